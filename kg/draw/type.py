"""Widths of text, for terminals (columns) and for drawings (units of the font size), and line breaking by them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable


def columns(text: str) -> int:
    """Columns that a terminal takes: two for a Chinese character, one for a Latin one, none for a combining one."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def ems(text: str) -> float:
    """Width in units of the font size: 1 for a Chinese character, about 0.56 for a Latin one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.62 if c.isupper() else 0.56 for c in text)


def wrap(text: str, limit: float, lines: int = 0, measure: Callable[[str], float] = ems) -> list[str]:
    """Break into lines no wider than ``limit``; with ``lines``, the last one ends in … if there is more.

    Latin words and numbers are not broken unless one alone is too wide; one closing mark may
    hang over the limit rather than begin a line.
    """
    out, current, width = [], "", 0.0
    for piece in _pieces(" ".join(text.split())):
        size = measure(piece)
        hangs = piece in "，。、；：！？）》”’,.;:!?)" and width <= limit
        if current and width + size > limit and not hangs:
            out.append(current.rstrip())
            current, width = "", 0.0
            if piece == " ":
                continue
        while measure(piece) > limit:
            part = cut(piece, limit, measure, "")
            part = part or piece[0]
            out.append(part)
            piece = piece[len(part) :]
        current += piece
        width = measure(current)
    out += [current] if current.strip() else []
    if lines and len(out) > lines:
        out = [*out[: lines - 1], cut(out[lines - 1] + out[lines], limit, measure)]
    return out or [""]


def cut(text: str, limit: float, measure: Callable[[str], float] = ems, mark: str = "…") -> str:
    """The text if it fits, else as much of it as fits with ``mark`` at its end."""
    if measure(text) <= limit:
        return text
    room, out = limit - measure(mark), ""
    for c in text:
        if measure(out + c) > room:
            break
        out += c
    return out + mark


def plain(text: str) -> str:
    """One line without control characters (they can move a terminal's cursor, or break an XML file)."""
    return "".join(" " if c in "\n\r\t\u2028\u2029" else c for c in text if _printable(c))


def _printable(c: str) -> bool:
    return c in "\n\r\t\u2028\u2029" or unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn", "Cf")


def _pieces(text: str) -> list[str]:
    out: list[str] = []
    for c in text:
        narrow = c != " " and unicodedata.east_asian_width(c) not in "WFA"
        if narrow and out and out[-1] != " " and unicodedata.east_asian_width(out[-1][-1]) not in "WFA":
            out[-1] += c
        else:
            out.append(c)
    return out
