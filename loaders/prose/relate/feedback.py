"""Who follows an inspection up: the office that is to look at what comes of it stands over the place that was inspected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loaders.prose.page import Span, Statement
from loaders.prose.relate.rows import Row
from loaders.prose.relate.slots import Slots

_INSPECTORS = re.compile("督察.{0,4}组$|督察局$")


def followed_up(row: Row, m: re.Match[str], slots: Slots, found: Iterable[Statement]) -> Iterator[Statement]:
    """SUPERVISES of the office in a row's ``<S>`` over the one place that inspectors have looked into on this page."""
    run = slots.run(m.start("S"))
    looked = [s.target for s in found if s.target.label == "Region" and _INSPECTORS.search(s.source.name)]
    places = list({id(e): e for e in looked}.values())
    if run is None or len(places) != 1 or not re.search(row.get("holder"), slots.page.quote(run.span)):
        return
    for office in run.bodies:
        span = Span(run.span.start, m.end())
        yield Statement(
            office, "SUPERVISES", places[0], (span,), row.name, row.confidence, props={"kind": row.get("kind")}
        )
