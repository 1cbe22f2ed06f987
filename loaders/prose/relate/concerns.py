"""Which places a meeting concerns: those of its name or subject, where it was held to talk of them, whose people were called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lazy import lazy
from loaders.prose.page import Span, Statement
from loaders.prose.relate.chiefs import chiefs
from loaders.prose.relate.events import Event
from loaders.prose.relate.named import Named, places
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.staged import near
from loaders.prose.relate.subject import Clauses
from loaders.prose.relate.summoned import came_for, sent, summoned, supervised

_OURS = lazy(r"[我本全](?:省|市|县|区|旗|州|盟|镇|乡|街道)")
_RIVER = lazy(r".+?(?:河|江|湖|溪|渠|水库|故道|水道)(?![河江湖])")
_WATERS = lazy(
    "(?![全大小中县市区省入内江河两沿]|河[湖长道]|黑臭)[\u4e00-\u9fff]{1,3}(?:河|江|湖|水库|海)(?=流域|水环境|水体|水质|联防|跨界|治理|整治|保护|生态|综合|沿线|干流|支流)"
)
_ABOUT = lazy(r"(?:就|针对|围绕|关于)([\ue020\ue021]\ue000*+)")
_TALKS = lazy("座谈|反馈|汇报会|碰头|督[察导查]")
_ON_THE_SPOT = lazy("现场(?:验收|督办|协调|交办)会")


def concerns(event: Event, slots: Slots, clauses: Clauses, named: Named, found: list[Statement]) -> Iterator[Statement]:
    """The places in a meeting's name or subject, of a summoned government, of the place that convened it."""
    page = slots.page
    marks = slots.marks_in(event.span.start, event.span.end)
    about = [
        e
        for mark in marks
        if mark.kind == "R" and not any(x.kind == "R" and x.span.start == mark.span.end for x in marks)
        for e in places(mark.entities, named)
    ]
    if not about and (water := _WATERS.match(event.entity.name)):
        about = [named.waters(water[0])]
    for e in about:
        yield Statement(event.entity, "CONCERNS", e, (event.span,), event.row.name)
    sentence = clauses.sentence(event.span.start)
    convener = next((s.source for s in found if s.type == "CONVENED"), None)
    if sentence and event.primary:
        for m in _ABOUT.finditer(slots.text, near(sentence.span, event).start, event.span.start):
            run = slots.run(m.start(1))
            for e in places(run.entities if run else (), named):
                yield Statement(event.entity, "CONCERNS", e, (Span(m.start(), event.span.end),), event.row.name)
    its_own = [e for mark in marks if mark.kind == "A" for e in mark.entities]
    for e in its_own + [s.source for s in found if s.type == "CONVENED"] if event.primary else ():
        if e.label == "Agency" and (area := named.area_of(e)) is not None and area not in about:
            about.append(area)
            yield Statement(event.entity, "CONCERNS", area, (event.span,), event.row.name, 0.85)
    fed_back = any(s.type == "CONCERNS" and s.rule != "headline" for s in found)
    if event.primary and event.kind == "held" and not about and not fed_back:
        visited = list(_visited(event, slots, clauses, named))
        about += [s.target for s in visited]
        yield from visited
    called = summoned(event, found, slots, clauses)
    for s in found:
        if (
            event.kind != "summons"
            and not about  # '石桥县召开漕河流域治理推进会'
            and s.type == "CONVENED"
            and s.source.label == "Region"
            and s.rule != "headline"
            and not ("约谈" in event.entity.name and called)  # whose places it concerns
            and not _OURS.match(page.quote(s.spans[0]))
        ):
            yield Statement(event.entity, "CONCERNS", s.source, s.spans, s.rule, 0.8)
    for s in called:
        whom = came_for(s.source, slots)
        if whom is not None and whom is not convener:
            for e in places([whom], named):
                yield Statement(event.entity, "CONCERNS", e, s.spans, s.rule, 0.8)
    yield from supervised(called, found)
    yield from sent(called, found, slots)
    walked = (
        sentence
        and event.sentences
        and any(
            re.search("巡[河湖库湾]", page.quote(clauses.sentences[i].span))
            for i in range(event.sentences.start, clauses.index(event.span.start) + 1)
        )
    )
    if event.primary and walked:
        for s in chiefs(slots, named):
            if river := _RIVER.match(s.target.name):
                yield Statement(event.entity, "CONCERNS", named.waters(river.group()), s.spans, s.rule, 0.75)


def _visited(event: Event, slots: Slots, clauses: Clauses, named: Named) -> Iterator[Statement]:
    """The place that an inspection came to, where those who talk there are at its end ('到我县督导并召开座谈会')."""
    talks = bool(_TALKS.search(event.entity.name))
    if not talks and not _ON_THE_SPOT.search(event.entity.name):
        return
    rows = table("meetings").sieve("trips").over(slots.text)
    for sentence in clauses.sentences[: clauses.index(event.span.start) + 1]:
        span = near(sentence.span, event)
        for row, m in rows.matches(span.start, span.end):
            if not talks and row.name != "met-on-the-spot":
                continue
            run = slots.run(m.start("O"))
            for e in places(run.bodies if run else (), named):
                yield Statement(event.entity, "CONCERNS", e, (Span(*m.span()), event.span), row.name, 0.75)
            return
