"""One sieve for the tables of all stages: a page is passed over once for the words of all their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from kg.sieve import Part, Sieve

T = TypeVar("T")

_SIEVE = Sieve()


def sift(things: Iterable[T], pattern: Callable[[T], str], flags: int = 0) -> Part[T]:
    """Things with a pattern each, ready to be looked for in a page; made once, when their table is read."""
    return _SIEVE.part(things, pattern, flags)
