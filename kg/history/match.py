"""Which item of a list is which item of the state before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.history.tables import weights
from kg.history.wording import Ceiling, Pairs, Rarity, marks, pairs
from kg.model import Evidence

_NEAREST = 10  # items of the state before that an item is compared with, those with most in common


@dataclass(slots=True)
class Item:
    """An item as a list has it. ``number`` is what the list counts it by; ``premise`` the key of its LISTED_IN, with the
    ``words`` it rests on."""

    uid: str
    text: str
    problem: str = ""
    number: str = ""
    places: frozenset[str] = frozenset()
    premise: str = ""
    words: tuple[Evidence, ...] = ()
    measure_pairs: Pairs = field(init=False)
    problem_pairs: Pairs = field(init=False)
    every: Pairs = field(init=False)
    marks: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.measure_pairs, self.problem_pairs = pairs(self.text), pairs(self.problem)
        self.every = self.measure_pairs | self.problem_pairs
        self.marks = marks(self.text)


@dataclass(frozen=True, slots=True)
class Match:
    """An item and the one it was; ``sure`` is False where that is in doubt. ``basis`` says in words what speaks for it."""

    new: Item
    old: Item
    score: float
    basis: str
    sure: bool


def matches(old: Sequence[Item], new: Sequence[Item]) -> list[Match]:
    """The sure matches, each item in one at most, then the doubtful ones: one for each item of ``new`` left over."""
    w = weights()
    scored = sorted(_scored(old, new), key=lambda m: (-m.score, m.new.uid, m.old.uid))
    best: dict[str, Match] = {}
    for m in scored:
        if m.score >= w.doubtful and m.new.uid not in best and m.old.uid not in best:
            best[m.new.uid] = best[m.old.uid] = m
    rivals: dict[str, list[Match]] = defaultdict(list)
    for m in scored:
        for uid, other in ((m.new.uid, m.old.uid), (m.old.uid, m.new.uid)):
            settled = best.get(other)
            if settled is None or settled is best.get(uid) or settled.score < m.score + w.apart:
                rivals[uid].append(m)
    found, doubtful, taken = [], [], set()
    for m in scored:
        if best.get(m.new.uid) is not m:
            continue
        limit = (
            1.0 if m.score == 1.0 else m.score - w.apart
        )  # only the like of it competes with what is the same word for word
        near = [r for uid in (m.new.uid, m.old.uid) for r in rivals[uid] if r is not m and r.score >= limit]
        if m.score >= w.sure and not near:
            found.append(m)
            taken |= {m.new.uid, m.old.uid}
    for m in scored:
        if m.score >= w.doubtful and not taken & {m.new.uid, m.old.uid}:
            taken |= {m.new.uid, m.old.uid}
            doubtful.append(Match(m.new, m.old, m.score, m.basis, False))
    return found + doubtful


def _scored(old: Sequence[Item], new: Sequence[Item]) -> list[Match]:
    """The likeliest pairs of items, with their scores."""
    rarity = Rarity([i.every for i in old], [i.every for i in new])
    holders: dict[str, list[int]] = defaultdict(list)
    for n, item in enumerate(old):
        for p in item.every:
            holders[p].append(n)
    out = []
    for item in new:
        shared: Counter[int] = Counter()
        for p in item.every:
            for n in holders.get(p, ()):
                shared[n] += rarity.weight(p)
        near = sorted(shared, key=lambda n: (-shared[n], old[n].uid))[:_NEAREST]
        out += [_match(old[n], item, rarity) for n in near]
    return out


def sure_at_most(old: Sequence[Item], new: Sequence[Item]) -> int:
    """How many sure matches there can be at most: cheaper to tell than how many there are."""
    most, sure = Ceiling(old, new), weights().sure
    return sum(
        any(
            _score(1.0, told) >= sure and _score(alike(a, b, most), told) >= sure
            for a in old
            for told in (_told(a, b),)
        )
        for b in new
    )


def _match(old: Item, new: Item, rarity: Rarity) -> Match:
    wording, told = alike(old, new, rarity), _told(old, new)
    said = [f"wording {wording:.2f}", *(f"{'same' if same else 'other'} {name}" for name, same in told)]
    return Match(new, old, _score(wording, told), ", ".join(said), True)


def _told(old: Item, new: Item) -> list[tuple[str, bool]]:
    """What two items both have besides a wording, and whether it is the same."""
    told = [("number", old.number == new.number)] if old.number and new.number else []
    if old.places and new.places:
        told.append(("place", not old.places.isdisjoint(new.places)))
    if old.marks and new.marks:
        told.append(("mark", not old.marks.isdisjoint(new.marks)))
    return told


def _score(wording: float, told: Iterable[tuple[str, bool]]) -> float:
    for name, same in told:
        wording += weights().features[name][0 if same else 1]
    return round(max(0.0, min(1.0, wording)), 2)


def alike(old: Item, new: Item, rarity: Rarity | Ceiling) -> float:
    """Likeness of two items: problem with problem, measure with measure; one with the other where a list has only one."""
    measure = rarity.alike(old.measure_pairs, new.measure_pairs)
    if old.problem_pairs and new.problem_pairs:
        part = weights().problem
        return part * rarity.alike(old.problem_pairs, new.problem_pairs) + (1 - part) * measure
    across = max(rarity.alike(old.problem_pairs, new.measure_pairs), rarity.alike(old.measure_pairs, new.problem_pairs))
    return max(measure, across)
