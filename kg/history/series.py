"""Which list is a later state of which: by title, place, publisher and items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kg.dates import find_dates
from kg.history.match import Item, Match, matches, sure_at_most
from kg.history.tables import changing, weights
from kg.history.wording import Pairs, pairs, share
from kg.identity import plain
from kg.model import Evidence

_ISSUE = re.compile(r"第([一二三四五六七八九十\d]+)(?:期|次|轮|版)")
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
ITEMS = frozenset(("责任清单", "整改清单"))
"""Kinds of lists whose rows are items."""


@dataclass(frozen=True)
class State:
    """A list as one notice gives it. ``day`` is ISO, '' unknown; ``area`` the division code of its place, '' unknown."""

    uid: str
    notice: str
    title: str
    kind: str
    day: str = ""
    area: str = ""
    publisher: str = ""
    premise: str = ""
    words: tuple[Evidence, ...] = ()

    @cached_property
    def kernel(self) -> str:
        """The title without what changes from state to state."""
        return kernel(self.title)

    @cached_property
    def pairs(self) -> Pairs:
        """The kernel's pairs of characters."""
        return pairs(self.kernel)

    @cached_property
    def issue(self) -> int:
        """The number of the issue that the title gives, 0 for none."""
        m = _ISSUE.search(self.title)
        if m is None:
            return 0
        return int(m[1]) if m[1].isdigit() else sum(_DIGITS[c] for c in m[1] if c in _DIGITS)

    @cached_property
    def when(self) -> str:
        """The day, else the last month or year that the title names; '' unknown."""
        return self.day or max((d.iso_end or d.iso for d in find_dates(self.title)), default="")

    @cached_property
    def place(self) -> tuple[str, int, str]:
        """Where it stands among states that come before a later one; the greatest is the latest."""
        return self.when, self.issue, self.uid

    def before(self, other: State) -> bool:
        """Whether this state is known to come before another: by its time, else by its issue."""
        return bool(self.when) == bool(other.when) and self.place[:2] < other.place[:2]


@dataclass(frozen=True, slots=True)
class Succession:
    """A list, the state before it, and their items."""

    new: State
    old: State
    score: float
    basis: str
    items: list[Match]


@lru_cache(4096)
def kernel(title: str) -> str:
    """A title without dates, issues and the like."""
    return plain(changing().sub("", title))


def near(a: State, b: State) -> float:
    """Likeness of two lists before their items are looked at, 0 where they cannot be one."""
    w = weights().list
    if (a.kind in ITEMS) != (b.kind in ITEMS) or (a.kind not in ITEMS and a.kind != b.kind):
        return 0.0
    if a.area and b.area and a.area != b.area:
        return 0.0
    if not (a.area and b.area) and a.publisher and b.publisher and plain(a.publisher) != plain(b.publisher):
        return 0.0
    found = share(a.pairs, b.pairs)
    return found if found >= (w["alike"] if a.kind in ITEMS else w["equal"]) else 0.0


def succession(new: State, old: State, items: Sequence[Item], earlier: Sequence[Item]) -> Succession | None:
    """``new`` as the later state of ``old``, None where it is another list. Rosters are told by their title alone."""
    w, title = weights().list, near(new, old)
    if not title:
        return None
    basis = f"title {title:.2f}"
    if new.kind not in ITEMS:
        return Succession(new, old, round(0.9 * title, 2), basis, [])
    least = min(len(items), len(earlier))
    wanted = w["share"] if title >= w["equal"] else w["share_alike"]

    def enough(number: int) -> bool:
        return number > 0 and number / least >= wanted

    if not enough(sure_at_most(earlier, items)):
        return None
    found = matches(earlier, items)
    number = sum(m.sure for m in found)
    if not enough(number):
        return None
    basis = f"{basis}, {number} of {least} items"
    return Succession(new, old, round(0.6 * title + 0.4 * (number / least), 2), basis, found)


def before(new: State, every: Sequence[State]) -> list[State]:
    """Those of ``every`` that may be the state before, the latest first."""
    return sorted(
        (s for s in every if s.notice != new.notice and s.before(new) and near(s, new)),
        key=lambda s: s.place,
        reverse=True,
    )
