"""Which body follows which: one renamed, merged into another or closed in its favour. Rows in tables/succession.toml."""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.dates import find_dates
from kg.lazy import lazy
from kg.model import Value
from loaders.prose.page import Entity, Page, Span, Statement
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import Slots

_SAID = lazy("更名|改名|改称|改组|改设|改制|升格|合并|整合|撤并|并入|不再保留|不再设立|撤销|注销")
_DONE = lazy("已|曾|此前|当时")  # tells of what was done some day before
_NOT = lazy("拟|建议|研究|探索|申请|计划|不(?!再)[^，。；]{0,4}$")
_NEAR = 24


def relate(page: Page) -> list[Statement]:
    """SUCCEEDS from a body to each of those before it, with the day where the words or the notice give one."""
    if not _SAID.search(page.text):
        return []
    slots = Slots.of(page)
    found: dict[tuple[int, int], Statement] = {}
    for row, m in table("succession").sieve("rows").over(slots.text).matches():
        runs = [slots.run(m.start(g)) for g in ("S", "O", "X") if g in m.re.groupindex]
        new, *olds = [_bodies(run.entities) if run else [] for run in runs]
        old = [e for e in olds[0] if e in olds[-1]]  # of several those that are kept no more
        if len(new) != 1 or row.fields.get("several") and len(old) < 2 or _meant(page, m.start()):
            continue
        span = Span(*m.span())
        props = _props(page, row, span)
        for each in old:
            if each is not new[0]:
                made = Statement(new[0], "SUCCEEDS", each, (span,), row.name, row.confidence, props=dict(props))
                found.setdefault((id(new[0]), id(each)), made)
    return sorted(found.values(), key=lambda s: s.spans)


def _bodies(entities: list[Entity]) -> list[Entity]:
    return [e for e in entities if e.label == "Agency" and not e.props.get("generic")]


def _meant(page: Page, at: int) -> bool:
    """Whether words before an offset only intend what follows."""
    begun = max(page.text.rfind(c, max(0, at - _NEAR), at) for c in "，。；\n") + 1
    return bool(_NOT.search(page.text, max(begun, at - _NEAR), at))


def _props(page: Page, row: Row, span: Span) -> dict[str, Value]:
    """The day that the sentence names before its words; where it names no time, that of a notice that decides it."""
    i = bisect_right(page.sentences, span.start, key=lambda s: s.span.start) - 1
    begun = page.sentences[i].span.start if i >= 0 else span.start
    dates = find_dates(page.text[begun : span.end], page.meta.day)
    if dates:
        day = dates[0].iso if len(dates) == 1 and dates[0].precision == "day" and not dates[0].iso_end else ""
    else:
        day = (
            page.meta.published
            if row.fields.get("decided") and page.meta.day and not _DONE.search(page.quote(span))
            else ""
        )
    return {"date": day} if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else {}
