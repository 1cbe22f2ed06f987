"""Small numbers as notices write them."""

from __future__ import annotations

from loaders.words import NUMERALS

_SIGNS = {"": 0, "两": 2} | {c: n for n, c in enumerate(NUMERALS, 1)}


def number(word: str) -> int:
    """The number below a hundred that a word gives ('两', '十二', '12'); 0 for none."""
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if not {tens, ones} <= _SIGNS.keys():
        return 0
    return (10 * (_SIGNS[tens] or 1) if ten else 0) + _SIGNS[ones]
