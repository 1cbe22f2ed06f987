"""Who goes with what where words deal things out: '甲、乙分别督导石桥镇、大因镇', '甲、乙分别督导石桥镇、大因镇和永安镇'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots

_SHARED = lazy("分别|依次|各自")
_MORE = lazy(
    "[、和与及][^，。；：、和与及]{2,10}?(?:开展|进行|实施|予以|挂牌)|(?:主要)?(?:负责人)?[和与及][^，。；：、和与及]{2,10}负责人"
)
_OTHER = lazy("[对到赴督导查][^，。；：、和与及对到赴督导查]{2,10}[、和与及]$")
_APART = lazy("[和与及；]")
_BEFORE = lazy("(?:(?<=[对到赴责包抓联管导查])|(?<=负责))((?:[^，。；：、\n和与及对到赴责]{2,10}、)+)$")
_APART_ALL = lazy("、|和|与|以?及")
_AFTER = lazy(
    "(?:(?:、|和|与|及|以及)[^，。；：、\n和与及的]{2,10}?(?=、|和|与|及|以及|的|等|进行|开展|实施|实行|予以|[，。；]|$))+"
)


def dealt(
    sources: Sequence[Entity], targets: Sequence[Entity], words: str, run: Run | None, slots: Slots
) -> Iterator[tuple[Entity, Entity]]:
    """Every source with every target; where ``words`` deal them out one with one, or one with one part of the list
    ``run`` of targets (None where it is no run of mentions), whose parts 和 joins."""
    if len(sources) > 1 and (mine := _at_home(sources, targets)):
        yield from ((s, t) for s, part in zip(sources, mine, strict=True) for t in part)
        return
    if len(sources) > 1 and _SHARED.search(words):
        parts = [[e] for e in targets] if len(targets) == len(sources) else _parts(targets, run, slots)
        if len(parts) == len(sources):
            yield from ((s, t) for s, part in zip(sources, parts, strict=True) for t in part)
            return
        if run is not None and len(targets) == 1 and len(sources) == 2:
            if _MORE.match(slots.page.text, run.span.end):  # '甲、乙分别对商户和[排水沟]开展夜查'
                yield sources[0], targets[0]
                return
            if _OTHER.search(slots.page.text, max(0, run.span.start - 16), run.span.start):  # '分别对[清水潭]、丙'
                yield sources[1], targets[0]
                return
        if run is not None and (found := _counted(sources, targets, run, slots)):
            yield from found
            return
        if run is not None and slots.text.startswith("、", run.span.end):
            return  # '甲、乙、丙分别负责企业、工地、渣土车的监管': a member that nobody has read, so who has which is open
    yield from ((s, t) for s in sources for t in targets)


def _counted(
    sources: Sequence[Entity], targets: Sequence[Entity], run: Run, slots: Slots
) -> list[tuple[Entity, Entity]]:
    """One with one where the list is as long as there are sources but nobody has read all its members, so that words alone tell
    which stand beside those read: '甲、乙、丙分别对[工业企业、建筑工地]、国省干道进行巡查'."""
    text = slots.page.text
    before = _BEFORE.search(text, max(0, run.span.start - 40), run.span.start)
    first, last = run.heads[0].span.start, run.heads[-1].span.end
    after = _AFTER.match(text, last)
    start, end = before.start(1) if before else first, after.end() if after else last
    if len(_APART_ALL.findall(text, start, end)) + 1 != len(sources):
        return []
    places = [(len(_APART_ALL.findall(text, start, h.span.start)), h) for h in run.heads]
    return [(sources[i], e) for i, h in places for e in h.entities if e in targets]


def _at_home(sources: Sequence[Entity], targets: Sequence[Entity]) -> list[list[Entity]]:
    """The targets of each source where each has some in its own place, and none is another's: '甲省厅、乙省厅督促甲省石桥市、乙省大因市'."""
    codes = [s.key.partition("/")[0] for s in sources]
    places = [c.rstrip("0") if c.isdigit() else "" for c in codes]
    parts = [[t for t in targets if p and t.key.startswith(p)] for p in places]
    return parts if all(parts) and sum(map(len, parts)) == len(targets) and len(set(places)) == len(places) else []


def _parts(targets: Sequence[Entity], run: Run | None, slots: Slots) -> list[list[Entity]]:
    """The targets of a list, cut where 和 stands between two of its members."""
    if run is None:
        return []
    parts: list[list[Entity]] = [[]]
    end = run.span.start
    for head in run.heads:
        if parts[-1] and _APART.search(slots.page.text, end, head.span.start):
            parts.append([])
        parts[-1] += [e for e in head.entities if e in targets]
        end = head.span.end
    return parts
