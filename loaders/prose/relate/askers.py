"""Who stands behind a sentence that names nobody who does it: who decided on it, who asked."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.relate.rows import table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.subject import Clauses
from loaders.words import COUNCILS

_DECIDES = "<S:b>(?:(?:研究|联合)?决定[，：]|(?:表示|透露|称|介绍|明确)，(?:下一步，?)?还?将)"
_APPROVES = "经<S:b>(?:常务会议?|常委会议?|会议)?(?:研究|批准|同意|审议)(?:同意|批准)?，(?:现)?决定"
_LOOKS = "<S:b>，?(?:将|决定|拟|联合|共同)*对[^。；\n]{2,60}?(?:进行|开展)[^，。；]{0,8}?(?:督[查察导]|检查|考核|考评|评价|巡查)"
_ASKS = "<S:b>[^。；\n]{0,60}?(?:专题询问|联组询问|联组会议|询问会|质询会)"
_COUNCIL = lazy(COUNCILS)


def decider(at: int, slots: Slots, clauses: Clauses) -> Run | None:
    """Who decides or says to be going to do it ('县委、县政府决定，对…通报批评', '市环委办表示，将对…')."""
    sentence = clauses.sentence(at)
    if sentence is None:
        return None
    said = (table("supervision").pattern(p).search(slots.text, sentence.span.start, at) for p in (_DECIDES, _APPROVES))
    m = next(filter(None, said), None)
    return slots.run(m.start("S")) if m else None


def inspector(at: int, slots: Slots) -> Run | None:
    """Who was last said to look into something before a page names whom: '甲对某工作开展督查。…督查对象为…'."""
    runs = _runs(_LOOKS, at, slots)
    return runs[-1] if runs else None


def approver(at: int, slots: Slots) -> Run | None:
    """Who approved of what a page lists after it: '经某某批准，决定对…问责。…向某局发出监察建议'. None where several did."""
    found = {id(e): r for r in _runs(_APPROVES, at, slots) for e in r.entities}
    runs = {id(r): r for r in found.values()}
    return next(iter(runs.values())) if len(runs) == 1 else None


def questioner(at: int, slots: Slots) -> Run | None:
    """The council that asks, where others are said to answer it: '某人大常委会对…进行专题询问'."""
    runs = [r for r in _runs(_ASKS, at, slots) if _COUNCIL.search(slots.page.quote(r.span))]
    return runs[-1] if runs else None


def _runs(pattern: str, at: int, slots: Slots) -> list[Run]:
    found = table("supervision").pattern(pattern).finditer(slots.text, 0, at)
    return [r for m in found if (r := slots.run(m.start("S"))) is not None]
