"""Statements kept in columns: a long list makes hundreds of thousands, which as objects would not fit beside the things they are of."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import chain

from kg.model import Value
from loaders.prose.page import Entity, Span, Statement

Shared = tuple[str, str, float, bool, dict[str, Value]]
"""Type, rule, confidence, whether it is derived, and properties of a statement; not to be changed."""


class Statements:
    """Statements in the order in which they were added, each made anew when it is asked for."""

    def __init__(self) -> None:
        self._ends: list[Entity] = []  # source and target of each
        self._shared: list[Shared] = []  # what many have alike, once
        self._alike: dict[tuple[object, ...], int] = {}
        self._kinds = array("I")  # of each the place of what it shares
        self._first, self._count = array("I"), array("I")  # where its spans begin, and how many there are
        self._offsets = array("I")

    def __len__(self) -> int:
        return len(self._kinds)

    def __iter__(self) -> Iterator[Statement]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, n: int) -> Statement:
        type_, rule, confidence, derived, props = self._shared[self._kinds[n]]
        source, target = self._ends[2 * n], self._ends[2 * n + 1]
        return Statement(source, type_, target, self.spans(n), rule, confidence, derived, props)

    def __setitem__(self, n: int, s: Statement) -> None:
        self._kinds[n] = self._kind(s)
        if s.spans != self.spans(n):
            self._first[n], self._count[n] = len(self._offsets), len(s.spans)
            self._offsets.extend(chain.from_iterable(s.spans))

    def add(self, s: Statement, spans: tuple[Span, ...] | None = None) -> int:
        """One more, ``spans`` in place of its own; says where it is found."""
        spans = s.spans if spans is None else spans
        self._ends += (s.source, s.target)
        self._kinds.append(self._kind(s))
        self._first.append(len(self._offsets))
        self._count.append(len(spans))
        self._offsets.extend(chain.from_iterable(spans))
        return len(self._kinds) - 1

    def source(self, n: int) -> Entity:
        """What the n-th is said of."""
        return self._ends[2 * n]

    def spans(self, n: int) -> tuple[Span, ...]:
        """Where the n-th is said."""
        at, offsets = self._first[n], self._offsets
        if self._count[n] == 1:
            return (Span(offsets[at], offsets[at + 1]),)
        end = at + 2 * self._count[n]
        return tuple(map(Span, offsets[at:end:2], offsets[at + 1 : end : 2]))

    def count(self, n: int) -> int:
        """How many spans the n-th has."""
        return self._count[n]

    def props(self, n: int) -> dict[str, Value]:
        """The properties of the n-th, not to be changed."""
        return self._shared[self._kinds[n]][-1]

    def _kind(self, s: Statement) -> int:
        key: tuple[object, ...] = (s.type, s.rule, s.confidence, s.derived)
        if s.props:
            if not all(type(v) is str for v in s.props.values()):
                return self._another(s)  # no two such are compared: 1 and True would be one
            key += tuple(s.props.items())
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = self._another(s)
        return found

    def _another(self, s: Statement) -> int:
        self._shared.append((s.type, s.rule, s.confidence, s.derived, s.props))
        return len(self._shared) - 1
