"""How alike two wordings are: pairs of neighbouring characters in common, rare ones counting more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import chain

from kg.identity import plain

Pairs = frozenset[str]
_LEAST = 8  # items that a list is taken to have at least: of two or three nothing is rare
_MARK = re.compile(
    r"第[一二三四五六七八九十\d]+|\d+#|#\d+|(?<![\d.])\d+号|[一二三四五六七八九十\d]期|[A-Z]\d*(?![A-Za-z0-9])"
)


def pairs(text: str) -> Pairs:
    """Each two characters that stand side by side, marks and spaces left out."""
    text = plain(text)
    return frozenset(text[i : i + 2] for i in range(max(1, len(text) - 1))) if text else frozenset()


def marks(text: str) -> frozenset[str]:
    """What tells one of several like things from the next: 3号, 二期, 第四, B2."""
    return frozenset(m.group().strip("#") for m in _MARK.finditer(text))


class Rarity:
    """How much a pair of characters tells, by how many items of one of the lists have it. Weights are whole numbers, so
    that sums do not depend on an order."""

    def __init__(self, *lists: Sequence[Pairs]) -> None:
        seen: Counter[str] = Counter()
        for items in lists:
            seen |= Counter(chain.from_iterable(items))
        most = max(_LEAST, *map(len, lists))
        self._weights = {p: _weight(most, n) for p, n in seen.items()}
        self._unseen = _weight(most, 1)
        self._totals: dict[Pairs, int] = {}

    def weight(self, pair: str) -> int:
        """What a pair tells."""
        return self._weights.get(pair, self._unseen)

    def total(self, every: Pairs) -> int:
        """What these pairs tell together."""
        weight, unseen = self._weights.get, self._unseen
        return sum([weight(p, unseen) for p in every])

    def alike(self, a: Pairs, b: Pairs) -> float:
        """Likeness of two wordings, 0 to 1; 0 where one says nothing."""
        if a == b:
            return 1.0 if a else 0.0
        return 2 * self.total(a & b) / (self._whole(a) + self._whole(b)) if a and b else 0.0

    def inside(self, part: Pairs, whole: Pairs) -> float:
        """How much of one wording another has, 0 to 1."""
        return self.total(part & whole) / self._whole(part) if part and whole else 0.0

    def _whole(self, every: Pairs) -> int:
        """What a wording tells, reckoned once."""
        found = self._totals.get(every)
        if found is None:
            found = self._totals[every] = self.total(every)
        return found


class Ceiling:
    """What no likeness by :class:`Rarity` exceeds, told without counting who has which pair: as though all that two
    wordings have in common were rare, and all that one alone has were common."""

    def __init__(self, *lists: Sequence[object]) -> None:
        most = max(_LEAST, *map(len, lists))
        self._common, self._rare = _weight(most, most), _weight(most, 1)

    def alike(self, a: Pairs, b: Pairs) -> float:
        """At least the likeness of two wordings."""
        both = len(a & b)
        shared = 2 * both * self._rare
        return shared / (shared + (len(a) + len(b) - 2 * both) * self._common) if both else 0.0


def share(a: Pairs, b: Pairs) -> float:
    """Likeness of two wordings that stand alone, of which no pair is rarer than another, 0 to 1."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


@cache
def _weight(most: int, holders: int) -> int:
    return round(1000 * math.log(1 + most / holders))
