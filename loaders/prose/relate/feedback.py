"""Who follows an inspection up: the office that is to look at what comes of it stands over the place that was inspected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from kg.lazy import lazy
from loaders.prose.page import Span, Statement
from loaders.prose.relate.rows import Row
from loaders.prose.relate.slots import Slots

_INSPECTORS = lazy("督察.{0,4}组$|督察局$")


def followed_up(row: Row, m: re.Match[str], slots: Slots, found: Iterable[Statement]) -> Iterator[Statement]:
    """SUPERVISES of the office in a row's ``<S>`` over the place that inspectors have looked into on this page, or
    over those that they looked into together, or over each where the row says so; an office may be named by the end of its name."""
    run = slots.run(m.start("S"))
    looked = [s for s in found if s.target.label == "Region" and _INSPECTORS.search(s.source.name)]
    places = list({id(s.target): s.target for s in looked}.values())
    at_once = {spans: len({id(s.target) for s in looked if s.spans == spans}) for spans in {s.spans for s in looked}}
    together = len(places) in (1, *at_once.values())  # where one says all, another may say so again of some of them
    if run is None or not together and not row.fields.get("each"):
        return
    offices = [b for b in run.bodies if any(re.search(row.get("holder"), n) for n in (b.name, *b.aliases))]
    span = Span(run.span.start, m.end())
    for office, place in product(offices, places):
        yield Statement(office, "SUPERVISES", place, (span,), row.name, row.confidence, props={"kind": row.get("kind")})
