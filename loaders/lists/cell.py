"""The words of a cell: forms of characters folded, telephone numbers out of the way, with the way back to the
notice's text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.lazy import lazy
from loaders.clean.characters import letters, normal
from loaders.clean.traced import Traced
from loaders.lists.layout import Cell
from loaders.lists.words import nothings
from loaders.prose.page import Span
from loaders.prose.recognise.lexicon import never_names, numbers

_HAN = r"[\u3400-\u9fff]"
_PHONE = lazy(
    r"(?<!\d)(?!20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d))(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[-— ]?\d{7,8}(?:-\d{1,5})?|\d{7,8}|\d{3,4}-\d{6,8}"
    r"|1[3-9]\d\*{2,6}\d{2,6})(?!\d)"
)
_PADDING = lazy(
    rf"(?<=(?<!{_HAN}){_HAN})[ \u3000]+(?={_HAN}{{1,2}}(?!{_HAN}))|(?<={_HAN}{{2}})[ \u3000]+(?={_HAN}(?!{_HAN}))"
)
_LETTERS = lazy(r"[\u4e00-\u9fff（）]+")
_BREAK = lazy(r"\s+")
_AS = lazy(
    r"[同见](?:左|右|前列|后列|(?:整改|牵头|直接|主要|第一|具体|包[联保村])*(?:责任|牵头|联系|负责|承办|配合)(?:人|领导|单位|部门))"
)
_EDGES = lazy(r"^[\s:：、，；。]+|[\s:：、，；]+$")


@dataclass(frozen=True, slots=True)
class Words:
    """``text`` is what a cell says: simplified, full-width marks, a line break for each of its own. ``at`` gives for
    each
    character its place in the cell; None where nothing has moved."""

    text: str
    at: tuple[int, ...] | None

    def span(self, cell: Cell, start: int, end: int) -> Span:
        """Characters start..end of ``text`` as a span of the notice's text."""
        if self.at is None:
            return Span(cell.at + start, cell.at + end)
        return Span(cell.at + self.at[start], cell.at + self.at[end - 1] + 1)


@lru_cache(4096)
def words_of(raw: str) -> Words:
    """The words of a cell's text; phone numbers are spaces."""
    if _LETTERS.fullmatch(raw):  # no mark, digit or space: only forms of letters can change
        return Words(letters(raw), None)
    traced = normal(Traced.of(raw))
    if " " in traced.text or "\u3000" in traced.text:
        traced = traced.without(_PADDING, lambda m: "" if _pads(m) else None)
    text = traced.text
    if re.search(r"\d{7}|\d{3,4}-\d{6}|\d\*", text):
        text = _PHONE.sub(lambda m: " " * len(m[0]), text)
        text = re.sub(r"(?:联系电话|电话|手机|联系方式|Tel|TEL|tel)[：:]?(?= )", lambda m: " " * len(m[0]), text)
        text = re.sub(r"（ *）", lambda m: " " * len(m[0]), text)
    start, end = 0, len(text)
    if m := _EDGES.match(text):
        start = m.end()
    while end > start and text[end - 1] in " \t\n　：，、；":
        end -= 1
    at = traced.at[start:end]
    moved = len(traced.text) != len(raw) or start > 0
    return Words(text[start:end], tuple(at) if moved else None)


def trimmed(text: str, start: int, end: int, before: str, behind: str) -> tuple[int, int]:
    """A run without the characters of ``before`` at its beginning and those of ``behind`` at its end."""
    end = start + len(text[start:end].rstrip(behind))
    return end - len(text[start:end].lstrip(before)), end


def _pads(m: re.Match[str]) -> bool:
    """Whether spaces stand inside a name ('谭 海', '欧阳　明'), as tables set names of two characters."""
    text, (start, end) = m.string, m.span()
    left = re.search(r"[\u3400-\u9fff]*$", text[max(0, start - 3) : start])
    right = re.match(r"[\u3400-\u9fff]*", text[end : end + 3])
    assert left is not None and right is not None
    known = numbers("surnames.tsv")
    if len(left[0]) == 2:
        return left[0] in known and left[0] not in never_names()
    return len(right[0]) == 1 or left[0] in known


def says(cell: Cell | None) -> Words | None:
    """The words of a cell, None where it is not there or says there is nothing."""
    if cell is not None and cell.mark:
        return headed(cell.raw)
    return _said(cell.raw) if cell is not None else None


def headed(raw: str) -> Words:
    """The words of a column's head, which may be set in lines of a character each."""
    traced = normal(Traced.of(raw)).without(_BREAK, lambda m: "")
    return Words(traced.text, tuple(traced.at))


@lru_cache(4096)
def _said(raw: str) -> Words | None:
    found = words_of(raw)
    nothing = (
        not found.text
        or bool(_AS.fullmatch(found.text))
        or "".join(found.text.split()) in nothings()
        or "".join(raw.split()) in nothings()
    )
    return None if nothing else found


def part(words_: Words, cell: Cell, start: int, end: int) -> tuple[Cell, Words]:
    """A run of a cell's words as a cell of its own, at its place in the notice."""
    text, at = words_.text[start:end], words_.at
    if at is None:
        return Cell(text, cell.at + start, cell.row, cell.column, cell.row), Words(text, None)
    moved = tuple(k - at[start] for k in at[start:end])
    return Cell(text, cell.at + at[start], cell.row, cell.column, cell.row), Words(text, moved)
