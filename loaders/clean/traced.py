"""Text that knows where each of its characters stood in the original."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Traced:
    """``text`` and, for each of its characters, the 0-based offset of the original character it comes from.

    ``at`` has the length of ``text`` and never falls. Passes either replace characters one by one
    (:meth:`swapped`) or leave some out (:meth:`without`, :meth:`chosen`), so the map stays exact.
    """

    text: str
    at: array[int]

    @classmethod
    def of(cls, text: str) -> Traced:
        """The original itself."""
        return cls(text, array("I", range(len(text))))

    def swapped(self, text: str) -> Traced:
        """The same characters in another form; ``text`` must be as long as before."""
        if len(text) != len(self.text):
            raise ValueError("a swap keeps the length of the text")
        return Traced(text, self.at)

    def without(self, pattern: re.Pattern[str], keep: Callable[[re.Match[str]], str | None] | None = None) -> Traced:
        """Leave out every match of ``pattern``.

        ``keep`` may answer with one character that stays for the whole match (at the offset where the match
        first has it, else at its start), with '' for none, or with None to leave the match as it is.
        """
        pieces: list[str] = []
        at: array[int] = array("I")
        place = 0
        for match in pattern.finditer(self.text):
            kept = keep(match) if keep else ""
            if kept is None:
                continue
            start, end = match.span()
            pieces.append(self.text[place:start])
            at.extend(self.at[place:start])
            if kept:
                pieces.append(kept)
                at.append(self.at[max(start, self.text.find(kept, start, end))])
            place = end
        if not place:
            return self
        pieces.append(self.text[place:])
        at.extend(self.at[place:])
        return Traced("".join(pieces), at)

    def dropping(self, offsets: list[int]) -> Traced:
        """Leave out the single characters at these offsets of this text (rising)."""
        if not offsets:
            return self
        starts = [0, *(offset + 1 for offset in offsets)]
        return self.chosen(zip(starts, [*offsets, len(self.text)], strict=True))

    def chosen(self, pieces: Iterable[tuple[int, int] | str]) -> Traced:
        """A new text of pieces of this one: spans in order, and single characters that stand between them.

        A character put in between (a line break) gets the offset of the character before it.
        """
        texts: list[str] = []
        at: array[int] = array("I")
        for piece in pieces:
            if isinstance(piece, str):
                texts.append(piece)
                at.append(at[-1] if at else 0)
            else:
                texts.append(self.text[slice(*piece)])
                at.extend(self.at[slice(*piece)])
        return Traced("".join(texts), at)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The original offsets (end exclusive) that a run of this text covers; an empty run gives an empty one."""
        if end <= start:
            here = self.at[start] if start < len(self.at) else (self.at[-1] + 1 if self.at else 0)
            return here, here
        return self.at[start], self.at[end - 1] + 1

    def place(self, offset: int) -> int:
        """Where in this text the first character at or after an original offset stands (the text's length if none)."""
        return bisect_left(self.at, offset)
