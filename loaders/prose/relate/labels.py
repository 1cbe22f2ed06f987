"""Labels of a list of duties: '责任单位：甲局；督办单位：乙局' in either order, over lines and columns, item by item."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from loaders.prose.page import Span, Statement
from loaders.prose.relate.rows import table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.subject import Clauses

_FAR = 400  # characters that one item of a list may take between its two labels


def labelled(slots: Slots, clauses: Clauses) -> Iterator[Statement]:
    """SUPERVISES from each body that a label calls the watcher of an item to those that the item calls responsible."""
    watchers = _found("{watcher}", "S", slots)
    doers = _found("{doer}", "O", slots) if watchers else []
    if not doers:
        return
    starts = [m.start() for m, _ in doers]
    first = watchers[0][0].start() < starts[0]
    for n, (m, who) in enumerate(watchers):
        low = watchers[n - 1][0].end() if n else 0
        high = watchers[n + 1][0].start() if n + 1 < len(watchers) else len(slots.text)
        i = bisect_right(starts, m.start())
        mine = doers[i:][:3] if first else doers[max(0, i - 3) : i]
        mine = mine or doers[-1:] if len(doers) == 1 else mine  # '包案领导：甲 责任单位：乙 督办单位：丙'
        for d, whom in mine:
            if low <= d.start() <= high and abs(d.start() - m.start()) <= _FAR:
                yield from _said(m, who, d, whom)


def _found(label: str, slot: str, slots: Slots) -> list[tuple[re.Match[str], Run]]:
    """Where a label stands, and the list that it opens; also where the label has been read as the first words of the list
    ('责任单位甲镇、乙镇')."""
    words = table("supervision")
    before = words.finditer(f"{label}(?:：|为|是|\\t|[ 　]{{1,4}})?<{slot}>", slots.text)
    found = [(m, run) for m in before if (run := slots.run(m.start(slot)))]
    own = words.pattern(f"(?<![\u4e00-\u9fff]){label}(?![：为是])")
    for run in slots.runs:
        m = own.match(slots.page.text, run.span.start) if len(run.marks) > 1 and run.marks[0].generic else None
        if m is not None and m.end() == run.marks[0].span.end:
            found.append((m, run))
    return sorted(found, key=lambda f: f[0].start())


def _said(m: re.Match[str], who: Run, d: re.Match[str], whom: Run) -> Iterator[Statement]:
    span = Span(min(m.start(), d.start()), max(who.span.end, whom.span.end))
    for source in who.entities:
        for target in whom.bodies:
            if source is not target and target.label != "Post":
                yield Statement(
                    source, "SUPERVISES", target, (span,), "watches-duty", 0.9, props={"kind": "inspection"}
                )
