"""Who was told so far in one item or turn of speech, and who is meant by a sentence there that names nobody."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.lazy import lazy
from loaders.prose.relate.parties import Bearer

_EVERYBODY = lazy("各级(?:党委|政府|各|有关|部门)|各地|全[省市州县区旗镇乡]上下|各[^，。；]{1,8}各[^，。；]{1,8}$")


@dataclass(slots=True)
class Turn:
    """What the duties of one item or turn of speech have had for subjects so far."""

    sets: list[frozenset[int]] = field(default_factory=list)
    last: list[Bearer] = field(default_factory=list)
    ordered: bool = False
    mixed: bool = False
    first: list[Bearer] = field(default_factory=list)
    over: list[Bearer] = field(default_factory=list)  # who stands before its points: '各镇要…。一要…。二要…。'

    def hear(self, told: list[Bearer], last: list[Bearer], *, mixed: bool) -> None:
        """A duty of those ``told``; ``last`` are those of them whom a sentence after it may mean."""
        self.last = last
        self.first = self.first or told
        self.sets.append(frozenset() if mixed else ids(last))
        self.mixed = self.mixed or mixed
        self.ordered = True

    def meant(self) -> list[Bearer]:
        """The subject of the sentence before, where nothing else could be meant: nobody else was told, or all are told now."""
        everybody = bool(self.last) and all(_EVERYBODY.match(b.entity.name) for b in self.last)
        return self.last if not self.mixed and (everybody or len(set(self.sets)) == 1) else []

    def point(self, *, first: bool) -> Turn:
        """The turn of a numbered point: of who was told before the ``first`` of them, unless it names somebody itself."""
        over = self.meant() if first else self.over
        return Turn([ids(over)] if over else [], over, over=over)

    def above(self) -> list[Bearer]:
        """Who was told first, where that is over the place of who was told last: a province over its city."""
        codes = [b.entity.key[:6].rstrip("0") for b in self.first]
        below = [b.entity.key[:6] for b in self.last]
        over = below and all(c.isdigit() and all(k.startswith(c) for k in below) for c in codes)
        return self.first if over else []


def ids(bearers: list[Bearer]) -> frozenset[int]:
    """Who they are, whatever the words."""
    return frozenset(id(b.entity) for b in bearers)
