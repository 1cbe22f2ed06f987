"""A notice's words cut where what is known of them changes, and gathered by sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.explain.model import Explanation, Named, Unread
from kg.model import Edge


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of which one and the same is known: numbers of mentions, statements and unread words."""

    start: int
    end: int
    named: tuple[int, ...] = ()
    said: tuple[int, ...] = ()
    unread: tuple[int, ...] = ()


def pieces(
    text: str,
    named: Sequence[Named],
    said: Sequence[Sequence[tuple[int, int]]],
    unread: Sequence[Unread],
    at: Iterable[int] = (),
) -> list[Piece]:
    """The whole text in pieces, none empty. ``said`` holds each statement's runs; it is cut ``at`` these offsets too."""
    runs = [(m.start, m.end, 0, i) for i, m in enumerate(named)]
    runs += [(a, b, 1, i) for i, statement in enumerate(said) for a, b in statement]
    runs += [(u.at, u.till, 2, i) for i, u in enumerate(unread)]
    changes: defaultdict[int, list[tuple[int, int, bool]]] = defaultdict(list)
    for start, end, kind, number in runs:
        changes[start].append((kind, number, True))
        changes[end].append((kind, number, False))
    now: tuple[dict[int, int], ...] = ({}, {}, {})  # number -> how many runs of it are open
    out: list[Piece] = []
    cuts = sorted(c for c in {0, len(text), *changes, *at} if 0 <= c <= len(text))
    for here, after in pairwise(cuts):
        for kind, number, opens in changes[here]:
            now[kind][number] = now[kind].get(number, 0) + (1 if opens else -1)
            if not now[kind][number]:
                del now[kind][number]
        out.append(Piece(here, after, tuple(sorted(now[0])), tuple(sorted(now[1])), tuple(sorted(now[2]))))
    return out


@dataclass(slots=True)
class Passage:
    """A sentence, or a line outside every sentence (a headline), with what came of it."""

    start: int
    end: int
    named: list[Named] = field(default_factory=list)
    said: list[Edge] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def passages(told: Explanation) -> list[Passage]:
    """Sentences in order, with the lines around them that something rests on. A statement stands, once, where the longest
    run of its words begins; derived ones are left out."""
    found = [Passage(a, b) for a, b in sorted(told.sentences)]
    starts = [p.start for p in found]
    text = told.reading.notice.text
    outside: dict[int, Passage] = {}

    def at(offset: int) -> Passage:
        i = bisect_right(starts, offset) - 1
        if i >= 0 and offset < found[i].end:
            return found[i]
        low = max(text.rfind("\n", 0, offset) + 1, found[i].end if i >= 0 else 0)
        high = min(text.find("\n", offset) % (len(text) + 1), starts[i + 1] if i + 1 < len(starts) else len(text))
        return outside.setdefault(low, Passage(low, high))

    for m in told.named():
        at(m.start).named.append(m)
    for e in told.statements(derived=False):
        if e.evidence:
            at(max(e.evidence, key=lambda v: v.end - v.start).start).said.append(e)
    for u in told.unread:
        at(u.at).unread.append(u)
    return sorted([*found, *outside.values()], key=lambda p: p.start)
