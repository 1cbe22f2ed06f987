"""Which item a punishment is for: by the number and the reason that it gives, and by who bears the item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.history.match import Item
from kg.history.series import State
from kg.history.tables import idle, weights
from kg.history.wording import Pairs, Rarity, pairs
from kg.model import Evidence

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Punishment:
    """A SANCTIONED relationship of a list of punishments. ``actors`` are the one punished and their bodies."""

    key: str
    who: str
    label: str
    form: str
    reason: str
    item: str
    by: str
    actors: frozenset[str]
    words: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item with the list it stands in and those who bear it."""

    item: Item
    state: State
    bearers: frozenset[str]


def meant(p: Punishment, listed: State, every: Sequence[Candidate], series: int) -> list[tuple[Candidate, float, str]]:
    """The items meant, one for each number that the punishment gives, how surely and by what; none that is in doubt.

    Of several states of an item the last one before the punishment. ``series`` counts the lists that ``every`` is of,
    the states of one as one.
    """
    matter = pairs(idle().sub("", p.reason))
    rarity = Rarity([c.item.every for c in every], [matter])
    out = []
    for number in _NUMBER.findall(p.item) or [""]:
        scored = [(c, *_score(p, matter, number, c, rarity, series)) for c in every]
        found = _best(scored, listed)
        out += [found] if found else []
    return list({c.item.uid: (c, score, basis) for c, score, basis in out}.values())


def _best(scored: Sequence[tuple[Candidate, float, str]], listed: State) -> tuple[Candidate, float, str] | None:
    w = weights()
    top = max((score for _, score, _ in scored), default=0.0)
    equal = [x for x in scored if x[1] >= max(w.punished["enough"], top - w.apart)]
    if not equal or len({c.state.uid for c, _, _ in equal}) < len(equal):
        return None  # two items of one list are as likely
    equal.sort(key=lambda x: (x[0].state.when, x[0].item.uid), reverse=True)
    before = [x for x in equal if not listed.when or x[0].state.when <= listed.when]
    return before[0] if before else equal[-1]


def _score(p: Punishment, matter: Pairs, number: str, c: Candidate, rarity: Rarity, series: int) -> tuple[float, str]:
    w = weights().punished
    parts = (c.item.problem_pairs, c.item.measure_pairs)
    wording = max(
        rarity.alike(matter, c.item.every),
        rarity.inside(matter, c.item.every),
        *(rarity.inside(part, matter) for part in parts),
    )
    if wording < w["least"] and (matter or not number):  # a number alone may name the item
        return 0.0, ""
    score, said = w["wording"] * wording, [f"wording {wording:.2f}"]
    if number and c.item.number:
        same = c.item.number == number
        score += w["number" if same else "other_number"]
        said.append("same number" if same else "other number")
        if same and series == 1:
            score += w["alone"]
    if p.actors & c.bearers:
        score += w["bearer"]
        said.append("bears it")
    return round(max(0.0, min(1.0, score)), 2), ", ".join(said)
