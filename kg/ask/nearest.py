"""The nearest of what there is, for somebody who mistyped."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def or_nearest(word: str, known: Iterable[str]) -> str:
    """``; nearest: a, b`` or an empty string; a name's last part counts as the name."""
    names = list(known)
    near = get_close_matches(word, names, n=3, cutoff=0.5)
    short = {name.rpartition("/")[2]: name for name in names}
    near += [short[s] for s in get_close_matches(word.rpartition("/")[2], list(short), n=3, cutoff=0.5)]
    return f"; nearest: {', '.join(list(dict.fromkeys(near))[:3])}" if near else ""
