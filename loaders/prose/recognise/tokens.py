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
        return self.text[self.starts[i]:self.starts[i + 1]]

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
    starts: list[int] = []
    letters: list[str] = []
    at = 0

    def loose(end: int) -> None:
        nonlocal at
        while at < end:
            c = text[at]
            if m := more.match(text, at, end):
                starts.append(at)
                letters.append("P")
                at = m.end()
                continue
            starts.append(at)
            letters.append("p" if PUNCTUATION.match(c) else "n" if c.isdigit() else "x")
            at += 1

    for k, start, end in matcher.find_matches_as_indexes(text):
        loose(start)
        starts.append(start)
        letters.append(letter_of[k])
        at = end
    loose(len(text))
    begins = {s: i for i, s in enumerate(starts)}
    starts.append(len(text))
    return Tokens(text, starts, "".join(letters), begins)
