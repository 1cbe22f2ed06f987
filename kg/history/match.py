"""Which item of a list is which item of the state before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.history.tables import weights
from kg.history.wording import Pairs, Rarity, marks, pairs
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


def _match(old: Item, new: Item, rarity: Rarity) -> Match:
    w = weights()
    wording = alike(old, new, rarity)
    said = [f"wording {wording:.2f}"]
    score = wording
    for name, a, b in (
        ("number", {old.number} - {""}, {new.number} - {""}),
        ("place", old.places, new.places),
        ("mark", old.marks, new.marks),
    ):
        if a and b:
            same = bool(a & b)
            score += w.features[name][0 if same else 1]
            said.append(f"{'same' if same else 'other'} {name}")
    return Match(new, old, round(max(0.0, min(1.0, score)), 2), ", ".join(said), True)


def alike(old: Item, new: Item, rarity: Rarity) -> float:
    """Likeness of two items: problem with problem, measure with measure; one with the other where a list has only one."""
    measure = rarity.alike(old.measure_pairs, new.measure_pairs)
    if old.problem_pairs and new.problem_pairs:
        part = weights().problem
        return part * rarity.alike(old.problem_pairs, new.problem_pairs) + (1 - part) * measure
    across = max(rarity.alike(old.problem_pairs, new.measure_pairs), rarity.alike(old.measure_pairs, new.problem_pairs))
    return max(measure, across)
