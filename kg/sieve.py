"""Many patterns over one text, each tried only where it can match.

Most patterns of a table cannot match without some words or others (召开 or 举行, and 会), and their matches never run over
certain marks (a comma, 。, a line's end). One pass over a text finds all those words; a pattern is then tried only
between marks that have its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, reduce
from operator import itemgetter, or_
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from kg.needs import needs

T = TypeVar("T")

CUTS = (re.compile("[\n。！？；，：]"), re.compile("[。]"), re.compile("[\n]"))
"""Where a text is cut into the parts that a pattern is tried in, the smallest parts first."""

_SHORT = 120  # characters that are not cut further
_TEXTS = 3  # texts that a sieve remembers: a page's, the same with slots, and one more
_MANY = 4096  # sets of words met that a part remembers


@lru_cache(None)
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of a table, compiled once. Where no match can begin its parts are not looked at one by one."""
    start = needs(pattern, flags).start
    return re.compile(f"(?={start})(?:{pattern})" if start else pattern, flags)


class Sieve:
    """Parts that share one pass over a text."""

    def __init__(self) -> None:
        self._sets: dict[frozenset[str], int] = {}
        self._words: dict[str, int] = {}
        self._matcher: AhoCorasick | None = None
        self._known: list[_Words] = []

    def part(self, things: Iterable[T], pattern: Callable[[T], str], flags: int = 0) -> Part[T]:
        """Things with a pattern each, in order, to be looked for in the texts that the sieve is laid over. It is compiled
        when a text first has its words."""
        looks = [_Look(i, thing, (pattern(thing), flags), self._bit) for i, thing in enumerate(things)]
        self._matcher, self._known = None, []
        return Part(self, looks)

    def _bit(self, words: frozenset[str]) -> int:
        """The bit of a set of words."""
        bit = self._sets.setdefault(words, 1 << len(self._sets))
        for word in words:
            self._words[word] = self._words.get(word, 0) | bit
        return bit

    def words(self, text: str) -> _Words:
        """Where the words of all parts stand. The last texts are remembered, since each is asked about many times."""
        known = next((x for x in self._known if x.text is text), None)
        if known is None:
            if self._matcher is None:
                self._matcher, self._bits = AhoCorasick(list(self._words)), list(self._words.values())
            found = self._matcher.find_matches_as_indexes(text, overlapping=True)
            known = _Words(text, [end for _, _, end in found], [self._bits[word] for word, _, _ in found])
            self._known = [known, *self._known[: _TEXTS - 1]]
        return known


class Part(Generic[T]):
    """Some things of a sieve."""

    def __init__(self, sieve: Sieve, looks: list[_Look[T]]) -> None:
        self.sieve, self.every = sieve, _Group(looks)
        cut = [(i, _Group([look for look in looks if look.cut == i])) for i in range(len(CUTS))]
        self.cut = [(i, group) for i, group in cut if group.bits]
        self.uncut = _Group([look for look in looks if look.cut == len(CUTS)])

    def over(self, text: str) -> Sifted[T]:
        """The part laid over a text."""
        return Sifted(self, self.sieve.words(text))


class Sifted(Generic[T]):
    """Where the things of a sieve can match in a text. Offsets are 0-based code points, end exclusive."""

    def __init__(self, part: Part[T], words: _Words) -> None:
        self.text, self._part, self._words = words.text, part, words

    def among(self, start: int, end: int) -> list[T]:
        """The things that may match within start..end, in order."""
        return [look.thing for look in self._part.every.chosen(self._words.within(start, end))]

    def any(self, start: int, end: int) -> bool:
        """Whether there is one that matches within start..end."""
        found = self._part.every.chosen(self._words.within(start, end))
        return any(look.pattern.search(self.text, start, end) for look in found)

    def matches(self, start: int = 0, end: int | None = None) -> Iterator[tuple[T, re.Match[str]]]:
        """Every match within start..end, thing by thing: what ``finditer`` of each finds."""
        text, part = self.text, self._part
        end = len(text) if end is None else end
        if end - start <= _SHORT:
            for look in part.every.chosen(self._words.within(start, end)):
                for m in look.pattern.finditer(text, start, end):
                    yield look.thing, m
            return
        found = [
            (look.number, look.thing, m)
            for look in part.uncut.chosen(self._words.within(start, end))
            for m in look.pattern.finditer(text, start, end)
        ]
        for cut, group in part.cut:
            for low, high, bits in self._words.parts(cut, group.bits, start, end):
                low, high = max(low, start), min(high, end)
                for look in group.chosen(bits):
                    for m in look.pattern.finditer(text, low, min(high + look.reach, end)):
                        if m.start() >= high:
                            break
                        found.append((look.number, look.thing, m))
        found.sort(key=itemgetter(0))
        yield from ((thing, m) for _, thing, m in found)


class _Look(Generic[T]):
    """How a thing is looked for: its number and pattern, the bits of the sets of words that it needs, and the cut of the
    text whose parts its matches keep to."""

    __slots__ = ("_pattern", "_source", "bits", "cut", "number", "reach", "thing")

    def __init__(self, number: int, thing: T, pattern: tuple[str, int], bit: Callable[[frozenset[str]], int]) -> None:
        need = needs(*pattern)
        self.number, self.thing, self._source = number, thing, pattern
        self.bits = sum({bit(words) for words in need.words})
        self.reach = need.reach or 0
        fitting = (i for i, cut in enumerate(CUTS) if set(cut.pattern[1:-1]) <= set(need.marks))
        self.cut = next(fitting, len(CUTS)) if need.words and need.reach is not None else len(CUTS)
        self._pattern: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """What it is looked for by."""
        if self._pattern is None:
            self._pattern = compiled(*self._source)
        return self._pattern


class _Group(Generic[T]):
    """Things, and which of them may match where some sets of words stand."""

    __slots__ = ("_known", "bits", "looks")

    def __init__(self, looks: list[_Look[T]]) -> None:
        self.looks, self.bits = looks, 0
        for look in looks:
            self.bits |= look.bits
        self._known: dict[int, list[_Look[T]]] = {}

    def chosen(self, bits: int) -> list[_Look[T]]:
        """The things all of whose sets are among ``bits``."""
        bits &= self.bits
        found = self._known.get(bits)
        if found is None:
            if len(self._known) >= _MANY:
                self._known.clear()
            found = self._known[bits] = [look for look in self.looks if look.bits & bits == look.bits]
        return found


class _Words:
    """Where the words of a sieve stand in a text: their ends in order, and the bits of the sets that each is in."""

    __slots__ = ("_bits", "_ends", "_parts", "_within", "text")

    def __init__(self, text: str, ends: list[int], bits: list[int]) -> None:
        self.text, self._ends, self._bits = text, ends, bits
        self._within: dict[tuple[int, int], int] = {}
        self._parts: dict[int, list[tuple[int, int, int]]] = {}

    def within(self, start: int, end: int) -> int:
        """The bits of the sets that have a word within start..end."""
        found = self._within.get((start, end))
        if found is None:
            here = self._bits[bisect_right(self._ends, start) : bisect_right(self._ends, end)]
            found = self._within[start, end] = reduce(or_, here, 0)
        return found

    def parts(self, cut: int, wanted: int, start: int, end: int) -> list[tuple[int, int, int]]:
        """The parts of start..end that have words of some sets: start, end and the bits of the sets met; the first and the
        last may begin before and end after it."""
        if not self.within(start, end) & wanted:
            return []
        if cut not in self._parts:
            self._parts[cut] = self._cut(_marks(self.text, cut))
        parts = self._parts[cut]
        first = max(bisect_left(parts, (start + 1,)) - 1, 0)
        return [part for part in parts[first : bisect_left(parts, (end,))] if part[2] & wanted]

    def _cut(self, marks: list[int]) -> list[tuple[int, int, int]]:
        out = []
        at, ends, count = 0, self._ends, len(self._ends)
        while at < count:
            number = bisect_left(marks, ends[at])
            low, high, bits = marks[number - 1] + 1 if number else 0, marks[number], 0
            while at < count and ends[at] <= high:
                bits |= self._bits[at]
                at += 1
            out.append((low, high, bits))
        return out


@lru_cache(8)
def _marks(text: str, cut: int) -> list[int]:
    """Where the parts of a text end; several sieves are laid over one."""
    return [*(m.start() for m in CUTS[cut].finditer(text)), len(text)]
