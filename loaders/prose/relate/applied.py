"""Where targets apply: in the place that their sentence speaks of or, where no duty has them, in the notice's own."""

from __future__ import annotations

from bisect import bisect_right

from loaders.prose.page import Entity, Page, Span, Statement
from loaders.prose.relate.duties import duties
from loaders.prose.relate.home import Places
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.targets import find

_SAID, _UNSAID = 0.85, 0.75


def relate(page: Page) -> list[Statement]:
    """APPLIES_IN from a target to the one place that it is set for. Of a target that names none the duty says it, if it has one."""
    places, sentences = Places(page), page.sentences
    taken = [duty.span for duty in duties(page)]
    out: list[Statement] = []
    for target in find(Slots.of(page)):
        at = target.span
        i = bisect_right(sentences, at.start, key=lambda s: s.span.start) - 1
        begins = sentences[i].span.start if i >= 0 else at.start
        place: Entity | None = None
        if named := places.named(begins, at.end):
            place, sure, rule = places.only(named), _SAID, "target-place"
        elif not any(duty.start <= at.start < duty.end for duty in taken):
            place, sure, rule = places.own, _UNSAID, "target-of-the-notices-place"
        if place is not None:
            out.append(
                Statement(target.entity, "APPLIES_IN", place, (Span(begins, at.end) if named else at,), rule, sure)
            )
    return out
