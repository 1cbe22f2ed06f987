"""Labels of a list of duties: '责任单位：甲局；督办单位：乙局' in either order, over lines and columns, item by item."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from loaders.prose.page import Span, Statement
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import Run, Slots
from loaders.prose.relate.subject import Clauses

_FAR = 400  # characters that one item of a list may take between its two labels


def labelled(slots: Slots, clauses: Clauses) -> Iterator[Statement]:
    """SUPERVISES from each body that a label calls the watcher of an item to those that the item calls responsible."""
    words = table("supervision")
    watch = words.pattern("{watcher}(?:：|为|是|\\t|[ 　]{1,4})?<S>")
    watchers = [(m, run) for m in watch.finditer(slots.text) if (run := slots.run(m.start("S")))]
    if not watchers:
        return
    duty = words.pattern("{doer}(?:：|为|是|\\t|[ 　]{1,4})?<O>")
    doers = [(m, run) for m in duty.finditer(slots.text) if (run := slots.run(m.start("O")))]
    starts = [m.start() for m, _ in doers]
    first = bool(doers) and watchers[0][0].start() < starts[0]
    for n, (m, who) in enumerate(watchers):
        low = watchers[n - 1][0].end() if n else 0
        high = watchers[n + 1][0].start() if n + 1 < len(watchers) else len(slots.text)
        i = bisect_right(starts, m.start())
        mine = doers[i:][:3] if first else doers[max(0, i - 3) : i]
        for d, whom in mine:
            if low <= d.start() <= high and abs(d.start() - m.start()) <= _FAR:
                yield from _said(m, who, d, whom)


def _said(m: re.Match[str], who: Run, d: re.Match[str], whom: Run) -> Iterator[Statement]:
    span = Span(min(m.start(), d.start()), max(who.span.end, whom.span.end))
    for source in who.entities:
        for target in whom.bodies:
            if source is not target:
                yield Statement(
                    source, "SUPERVISES", target, (span,), "watches-duty", 0.9, props={"kind": "inspection"}
                )
