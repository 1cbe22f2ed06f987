"""Text as a row of words with their classes (see :mod:`.lexicon` for the letters)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loaders.prose.recognise.lexicon import PUNCTUATION, vocabulary_of_words


@dataclass(slots=True)
class Tokens:
    """Words of a text in order: word ``i`` is ``text[starts[i]:starts[i + 1]]`` of class ``letters[i]``.

    ``begins`` maps an offset to the word that begins there; ``starts`` has one offset more than there are words.
    """

    text: str
    starts: list[int]
    letters: str
    begins: dict[int, int]

    def at(self, offset: int) -> int:
        """Index of the word that covers an offset."""
        k = self.begins.get(offset)
        return k if k is not None else bisect_right(self.starts, offset) - 1

    def word(self, i: int) -> str:
        """The i-th word."""
        return self.text[self.starts[i] : self.starts[i + 1]]

    def letter_at(self, offset: int) -> str:
        """Class of the word that begins at an offset; '' inside a word, 'p' at the ends of the text."""
        i = self.begins.get(offset)
        if i is not None:
            return self.letters[i]
        return "p" if offset >= len(self.text) or offset < 0 else ""

    def inside(self, offset: int) -> bool:
        """Whether an offset lies inside a word, not at its beginning or end."""
        return 0 < offset < len(self.text) and offset not in self.begins


class Kinds(dict[int, str]):
    """Class of a single character that no table knows, by code point: a table for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        kind = self[code] = "p" if PUNCTUATION.match(c) else "n" if c.isdigit() else "x"
        return kind


KINDS = Kinds()


@lru_cache(256)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """An expression that finds some words, the longest first; nothing where there are none."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)")


def merged(text: str, places: Iterable[str], names: Sequence[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Words as (start, end, class): names first; of the tables' words and the places of this notice, where two meet, the
    one that begins first, then the longer."""
    matcher, _, letter_of = vocabulary_of_words()
    found = matcher.find_matches_as_indexes(text)
    local = tuple(places)
    if not local and not names:
        return [(s, e, letter_of[k]) for k, s, e in found]
    named = set(names)
    covered = {i for s, e in named for i in range(s, e)}
    rows = [(s, -e, letter_of[k]) for k, s, e in found]
    if local:
        rows += [(*_turned(m.span()), "P") for m in any_of(tuple(sorted(set(local)))).finditer(text)]
    if named:
        rows = [r for r in rows if covered.isdisjoint(range(r[0], -r[1]))]
        rows += [(s, -e, "M") for s, e in named]
    rows.sort()
    out: list[tuple[int, int, str]] = []
    for start, end, letter in rows:
        if not out or start >= out[-1][1]:
            out.append((start, -end, letter))
    return out


def _turned(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


def lex(text: str, places: Iterable[str] = (), names: Sequence[tuple[int, int]] = ()) -> Tokens:
    """Cut a text into words; what no table knows is one word a character. ``places`` are further words of class P, met
    only among unknown characters; ``names`` are spans of class M, which win over every word."""
    single = text.translate(KINDS)
    starts: list[int] = []
    letters: list[str] = []
    at = 0
    for start, end, letter in merged(text, places, names):
        if start > at:
            starts.extend(range(at, start))
            letters.append(single[at:start])
        starts.append(start)
        letters.append(letter)
        at = end
    starts.extend(range(at, len(text)))
    letters.append(single[at:])
    begins = dict(zip(starts, range(len(starts)), strict=True))
    starts.append(len(text))
    return Tokens(text, starts, "".join(letters), begins)
