"""Title phrases of cells: without the spaces in them, and what the body is called that a bare title heads."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from loaders.lists.words import words
from loaders.prose.recognise.lexicon import titles

_GAP = re.compile(r"[\s　]+")


@cache
def unit_of(title: str) -> str:
    """What the name of the body ends in that a bare title heads, as a pattern; '' where any may."""
    units = words()["heads"]
    return next((str(units[t]) for t in sorted(units, key=len, reverse=True) if title.endswith(t)), "")


@lru_cache(4096)
def closed_up(text: str) -> str:
    """A title phrase without the spaces in it; between two titles they are a mark."""
    text = text.strip("（）() ")

    def mark(m: re.Match[str]) -> str:
        before = text[max(0, m.start() - 6) : m.start()]
        return "、" if any(before.endswith(t) for k in range(2, 7) if (t := before[-k:]) in titles()) else ""

    return _GAP.sub(mark, text).replace("/", "、").replace("；", "、")
