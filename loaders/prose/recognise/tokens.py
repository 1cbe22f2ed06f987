"""Text as a row of words with their classes (see :mod:`.lexicon` for the letters)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

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
        return bisect_right(self.starts, offset) - 1

    def word(self, i: int) -> str:
        """The i-th word."""
        return self.text[self.starts[i] : self.starts[i + 1]]

    def letter_at(self, offset: int) -> str:
        """Class of the word that begins at an offset; '' inside a word, 'p' at the ends of the text."""
        if offset >= len(self.text) or offset < 0:
            return "p"
        i = self.begins.get(offset)
        return self.letters[i] if i is not None else ""

    def inside(self, offset: int) -> bool:
        """Whether an offset lies inside a word, not at its beginning or end."""
        return 0 < offset < len(self.text) and offset not in self.begins


def lex(text: str, places: Iterable[str] = ()) -> Tokens:
    """Cut a text into words; what no table knows is one word a character. ``places`` are further words of class P,
    met only among unknown characters."""
    more = re.compile("|".join(sorted(map(re.escape, places), key=len, reverse=True)) or "(?!)")
    matcher, _, letter_of = vocabulary_of_words()
    extra = [m.span() for m in more.finditer(text)] if places else []
    starts: list[int] = []
    letters: list[str] = []
    at = 0

    def loose(end: int) -> None:
        nonlocal at
        while at < end:
            c = text[at]
            starts.append(at)
            letters.append("p" if PUNCTUATION.match(c) else "n" if c.isdigit() else "x")
            at += 1

    def local(found: list[tuple[int, int, int]]) -> list[tuple[int, int, str]]:
        """The matcher's words and the places of this notice; where they meet, the one that begins first, then the longer."""
        rows = [(s, -e, letter_of[k]) for k, s, e in found] + [(s, -e, "P") for s, e in extra]
        rows.sort()
        out: list[tuple[int, int, str]] = []
        for s, e, c in rows:
            if not out or s >= out[-1][1]:
                out.append((s, -e, c))
        return out

    for start, end, letter in local(matcher.find_matches_as_indexes(text)):
        loose(start)
        starts.append(start)
        letters.append(letter)
        at = end
    loose(len(text))
    begins = {s: i for i, s in enumerate(starts)}
    starts.append(len(text))
    return Tokens(text, starts, "".join(letters), begins)
