"""How and where a meeting was held: by video or in a room, and which."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Page, Span
from loaders.prose.relate.events import Event
from loaders.prose.relate.rows import table
from loaders.prose.relate.subject import Clauses

_VENUE = lazy(
    r"在(?P<V>[^，。；：\n在]{2,24}?)(?<!集中)(?<!公开)(?:主持|组织|联合|隆重|顺利)*(?:召开|举行|举办|开了|签署|签订|向|约谈(?!会)|(?<=[室厅楼堂])，对)"
)
_ROOM = lazy("(?P<V>[^，。；：\n在]{0,16}(?:会议室|会议厅|报告厅|听证室|礼堂))")
_SUMMONED_AT = lazy(
    r"(?:^|(?<=[，厅局办委会府部市县区省日午]))在(?P<V>[^，。；：\n在]{2,20}?)(?<![期间后前时中上面作])，?(?=[对就因]|集中|公开)"
)
_HELD_AT = lazy(r"(?:会议|大会|仪式|[谈推度署商]会)在(?P<V>[^，。；：\n在]{2,24}?)(?:召开|举行|举办)")
_ON_THE_SPOT = lazy("(?:就地|当面)(?:召?开|举行)了?(?:一)?(?:个|场|次)?[^，。；]{0,6}$")
APART = lazy(
    "会(?:议(?:召开|开始)?)?[前后]，[^。；]*(?:收听|收看|参加|列席)"
)  # '会前，收听收看了全省电视电话会议': another meeting
_FAR = 1500  # characters


def settle(event: Event, page: Page, clauses: Clauses) -> None:
    """Mode and venue, where the words say them."""
    words = table("meetings")
    props = event.entity.props
    told = (clauses.sentences[i].span for i in event.sentences)
    spoken = [near(s, event) for s in told if not APART.match(page.text, s.start, s.end)] or [event.span]
    if any(words.pattern("{video}").search(page.text, s.start, s.end) for s in [*spoken, event.span]):
        props["mode"] = "video"
    elif words.pattern("{in_person}").search(event.entity.name) or _ON_THE_SPOT.search(
        page.text, max(0, event.span.start - 12), event.span.start
    ):
        props["mode"] = "in-person"
    sentence = clauses.sentence(event.span.start)
    if event.kind == "minutes" and (
        m := words.pattern(r"(?:地点|主会场)：(?P<V>[^，。；\n]{2,30})").search(event.match["N"])
    ):
        props["venue"] = m["V"]
        props.setdefault("mode", "in-person")
    if event.kind not in ("held", "summons") or sentence is None:
        return
    if event.kind == "summons" and (m := _SUMMONED_AT.search(page.text, sentence.span.start, event.span.start)):
        props.setdefault("mode", "in-person")
        props["venue"] = m["V"]
    said = [_VENUE.search(page.text, (here := near(sentence.span, event)).start, here.end)]
    line = page.paragraphs[sentence.paragraph].start
    said += [_ROOM.search(page.text, max(line, here.start - 120), event.span.end)]
    said += [_HELD_AT.search(page.text, s.start, s.end) for s in spoken]
    if m := next(filter(None, said), None):
        props["venue"] = m["V"]
        props.setdefault("mode", "in-person")


def near(span: Span, event: Event) -> Span:
    """The part of a sentence that can speak of a meeting: all of it, save in lines of many thousand characters."""
    if span.start <= event.span.start < span.end:
        return Span(max(span.start, event.span.start - _FAR), min(span.end, event.span.end + _FAR))
    return Span(span.start, min(span.end, span.start + _FAR))
