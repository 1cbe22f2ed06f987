"""Who goes with what where words deal things out: '甲、乙分别督导石桥镇、大因镇', '甲、乙分别督导石桥镇、大因镇和永安镇'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots

_SHARED = lazy("分别|依次|各自")
_APART = lazy("[和与及；]")


def dealt(
    sources: Sequence[Entity], targets: Sequence[Entity], words: str, run: Run | None, slots: Slots
) -> Iterator[tuple[Entity, Entity]]:
    """Every source with every target; where ``words`` deal them out one with one, or one with one part of the list
    ``run`` of targets (None where it is no run of mentions), whose parts 和 joins."""
    if len(sources) > 1 and _SHARED.search(words):
        parts = [[e] for e in targets] if len(targets) == len(sources) else _parts(targets, run, slots)
        if len(parts) == len(sources):
            yield from ((s, t) for s, part in zip(sources, parts, strict=True) for t in part)
            return
    yield from ((s, t) for s in sources for t in targets)


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
