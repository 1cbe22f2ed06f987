"""Posts that are but to look after a place: '张汴乡包乡领导某某', '某某为石桥村包保责任人'. Words in tables/contracts.toml."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg.lazy import lazy
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.relate.charge import in_charge
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import Slots

_CHARGE = lazy("包[^长]{0,4}(?:领导|干部|责任人|组长)$")
_LEADS_IT = lazy("^(?:包[^长村片]{0,4}|挂点)(?:领导|责任人)$")
_WHAT_OF = lazy("[包驻]([乡镇村县市区片组屯])")


def posted(slots: Slots) -> Iterator[Statement]:
    """Who holds a post that is but to look after a place: '张汴乡包乡领导某某'."""
    holds = [s for s in slots.page.facts if s.type == "HOLDS" and _CHARGE.search(s.target.name)]
    for s in holds:
        seat = slots.seats.get(id(s.target))
        kind = _WHAT_OF.search(s.target.name)
        of_it = kind is None or seat is not None and seat.name.endswith(kind[1])  # a town's '包村干部' has some village
        if seat is not None and not seat.props.get("generic") and of_it and not _one_of_several(seat, s, slots):
            yield from in_charge(s.source, seat, s.spans, "post-of-charge")
    yield from _led(slots)
    words = table("contracts")
    called = words.pattern("{roster}(?:责任)?(?:领导|干部|人|责任人|联系人)")
    for m in words.finditer("<S:p>{note}(?:同志)?(?:为|是|任|担任|作为)<O:b>", slots.text):
        who, what = slots.run(m.start("S")), slots.run(m.start("O"))
        if who and what and called.fullmatch(slots.page.quote(what.marks[-1].span)):  # '某某为石桥村包保责任人'
            span = (Span(who.span.start, what.span.end),)
            seats = [e for k in what.marks[:-1] for e in k.entities if k.kind in "RA"]
            for a, b in ((a, b) for a in who.people for b in seats):
                yield from in_charge(a, b, span, "post-of-charge")


def _one_of_several(seat: Entity, s: Statement, slots: Slots) -> bool:
    """Whether a place is but the last of a list that stands some way before the post: '到甲村、乙村督查，要求包村干部某某驻村'."""
    at = min(span.start for span in s.spans)
    run = next((r for r in reversed(slots.runs_in(max(0, at - 60), at)) if seat in r.entities), None)
    return run is not None and len(run.heads) > 1 and run.span.end + 1 < at


def _led(slots: Slots) -> Iterator[Statement]:
    """Whose place it is that leaders named after it look after: '石桥镇冬防包抓领导县政协副主席某某、副县长某某'."""
    for place, mark in pairwise(slots.marks):
        near = 0 <= mark.span.start - place.span.end <= 3 and place.kind in "AR" and not place.generic
        if near and mark.kind == "T" and mark.generic and _LEADS_IT.search(slots.page.quote(mark.span)):
            run = slots.run(mark.span.end - 1)
            run = run if run and run.people else slots.run(mark.span.end)
            for who, what in ((a, b) for a in (run.people if run else ()) for b in place.entities):
                span = (Span(place.span.start, run.span.end),) if run else ()
                yield from in_charge(who, what, span, "post-of-charge")
