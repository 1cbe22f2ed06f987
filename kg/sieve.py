"""Many patterns over one text, each tried only where it can match.

Most patterns of a table cannot match without some word or other (召开, 举行), and their matches never run over certain
marks (。 or a line's end). One pass over a text finds all those words at once; a pattern is then tried between the marks
around each of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from kg.needs import MARKS, needs

T = TypeVar("T")

_MARK = re.compile(f"[{MARKS}]")


class Sieve(Generic[T]):
    """Things with a pattern each, in order."""

    def __init__(self, things: Iterable[T], pattern: Callable[[T], re.Pattern[str]]) -> None:
        self.things = tuple(things)
        self.looks = [_Look(thing, pattern(thing), 1 << i) for i, thing in enumerate(self.things)]
        bits: dict[str, int] = {}
        for look in self.looks:
            for word in look.words or ():
                bits[word] = bits.get(word, 0) | look.bit
        self.bits = list(bits.values())
        self.always = sum(look.bit for look in self.looks if look.words is None)
        self.matcher = AhoCorasick(list(bits)) if bits else None
        self._chosen: dict[int, list[_Look[T]]] = {}
        self._last: Sifted[T] | None = None

    def over(self, text: str) -> Sifted[T]:
        """The sieve laid over a text; the last one is kept, since one text is asked about many times."""
        if self._last is None or self._last.text is not text:
            self._last = Sifted(self, text)
        return self._last

    def chosen(self, bits: int) -> list[_Look[T]]:
        """The things that a set of bits names."""
        found = self._chosen.get(bits)
        if found is None:
            found = self._chosen[bits] = [look for look in self.looks if look.bit & bits]
        return found


class _Look(Generic[T]):
    """How a thing is looked for: its pattern, what that needs, and the thing's own bit."""

    __slots__ = ("bit", "finditer", "marks", "reach", "search", "thing", "words")

    def __init__(self, thing: T, pattern: re.Pattern[str], bit: int) -> None:
        need = needs(pattern)
        self.thing, self.bit, self.words, self.reach = thing, bit, need.words, need.reach or 0
        self.finditer, self.search = pattern.finditer, pattern.search
        self.marks = need.marks if need.words and need.reach is not None else ""


class Sifted(Generic[T]):
    """Where the things of a sieve can match in a text. Offsets are 0-based code points, end exclusive."""

    def __init__(self, sieve: Sieve[T], text: str) -> None:
        self.sieve, self.text = sieve, text
        found = sieve.matcher.find_matches_as_indexes(text, overlapping=True) if sieve.matcher else []
        self._ends = [end for _, _, end in found]
        self._bits = [sieve.bits[word] for word, _, _ in found]
        self._cuts: dict[str, list[int]] = {}

    def _among(self, start: int, end: int) -> int:
        """The bits of the things that may match within start..end."""
        bits = self.sieve.always
        for i in range(bisect_right(self._ends, start), bisect_right(self._ends, end)):
            bits |= self._bits[i]
        return bits

    def among(self, start: int, end: int) -> Iterator[T]:
        """The things that may match within start..end, in order."""
        bits = self._among(start, end)
        return (look.thing for look in self.sieve.chosen(bits)) if bits else iter(())

    def any(self, start: int, end: int) -> bool:
        """Whether there is one that matches within start..end."""
        bits = self._among(start, end)
        return bits > 0 and any(look.search(self.text, start, end) for look in self.sieve.chosen(bits))

    def matches(self, start: int = 0, end: int | None = None) -> Iterator[tuple[T, re.Match[str]]]:
        """Every match within start..end, thing by thing: what ``finditer`` of each finds."""
        text, ends = self.text, self._ends
        end = len(text) if end is None else end
        low, high = bisect_right(ends, start), bisect_right(ends, end)
        bits = self.sieve.always
        for i in range(low, high):
            bits |= self._bits[i]
        for look in self.sieve.chosen(bits) if bits else ():
            thing = look.thing
            if not look.marks:
                for m in look.finditer(text, start, end):
                    yield thing, m
                continue
            cuts, bit, done = self._cut(look.marks), look.bit, start
            for i in range(low, high):
                at = ends[i]
                if at > done and self._bits[i] & bit:
                    k = bisect_left(cuts, at)
                    done = min(cuts[k], end)
                    for m in look.finditer(text, max(cuts[k - 1] + 1, start), min(done + look.reach, end)):
                        if m.start() >= done:
                            break
                        yield thing, m

    def _cut(self, marks: str) -> list[int]:
        """Offsets of some marks, with those of the ends of the text around them."""
        found = self._cuts.get(marks)
        if found is None:
            found = self._cuts[marks] = _cut(self.text, marks)
        return found


@lru_cache(32)
def _cut(text: str, marks: str) -> list[int]:
    return [-1, *(m.start() for m in _marked(text) if m[0] in marks), len(text)]


@lru_cache(4)
def _marked(text: str) -> list[re.Match[str]]:
    """The marks of a text; several sieves are laid over one."""
    return list(_MARK.finditer(text))
