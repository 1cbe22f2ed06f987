"""Small numbers as notices write them."""

from __future__ import annotations

_NUMBERS = {"两": 2} | {c: n for n, c in enumerate("一二三四五六七八九十", 1)}


def number(word: str) -> int:
    """The number that a word gives ('两', '十', '12'); 0 for none."""
    return _NUMBERS.get(word) or (int(word) if word.isdecimal() else 0)
