"""What a change of the graph touched, as far as something may follow from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple


class Link(NamedTuple):
    """A relationship that came, changed or went, by its ends and their labels."""

    source: str
    source_label: str
    target: str
    target_label: str


class Changed:
    """Relationships by type, and things with the properties of them that changed: all that these ``parts`` have. Where that
    is very much it is not remembered: ``whole`` says so, and that anything may have changed."""

    most: ClassVar[int] = 50_000

    def __init__(self, *parts: Changed) -> None:
        self.links: defaultdict[str, set[Link]] = defaultdict(set)
        self.things: defaultdict[tuple[str, str], set[str]] = defaultdict(set)  # by id and label
        self.lists: set[str] = set()  # that came, changed or went
        self.whole = False
        self.noted = 0  # the same more than once
        self.shaken = False  # whether a statement changed that lies aside, or rests on one that does
        for part in parts:
            self.add(part)

    def __len__(self) -> int:
        return len(self.things) + sum(map(len, self.links.values()))

    def link(self, type_: str, source: str, source_label: str, target: str, target_label: str) -> None:
        """Note a relationship, unless nothing ever follows from the like of it."""
        self.alike(type_, source_label, target_label, [(source, target)])

    def alike(self, type_: str, source_label: str, target_label: str, ends: Sequence[tuple[str, str]]) -> None:
        """Note relationships of one kind."""
        from kg.derive.reach import matters  # stands on this package

        if not self.whole and matters(type_, source_label, target_label):
            self.links[type_].update(Link(source, source_label, target, target_label) for source, target in ends)
            self._count(len(ends))

    def thing(self, uid: str, label: str, properties: Iterable[str]) -> None:
        """Note a thing whose properties changed, as far as something may follow from them."""
        from kg.derive.reach import read

        if not self.whole and (kept := read(label).intersection(properties)):
            self.things[uid, label] |= kept
            self._count(1)

    def add(self, other: Changed) -> None:
        """Take in what another change touched."""
        for type_, links in other.links.items():
            self.links[type_] |= links
        for thing, properties in other.things.items():
            self.things[thing] |= properties
        self.lists |= other.lists
        self.shaken, self.whole = self.shaken or other.shaken, self.whole or other.whole
        self._count(other.noted)

    def _count(self, more: int) -> None:
        self.noted += more
        if self.whole or self.noted > self.most:
            self.whole = True
            self.links.clear()
            self.things.clear()
