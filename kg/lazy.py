"""Patterns that are compiled when a text first has the words that they cannot match without: one notice or list needs a third of
those that all need, and a class of Chinese characters takes a millisecond to compile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from kg.needs import needs

_ASKED = (
    "match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags", "groups", "groupindex",
)  # fmt: skip
_LOOKED_FOR, _PAGE = 8_000, 1_000  # words in so many characters: that takes no longer than to compile a pattern

Match = re.Match[str]


class _Lazy:
    """What a pattern answers: that nothing is there, until a text has its words or looking for these has taken long enough."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.given = pattern, flags
        self._words: tuple[frozenset[str], ...] | None = None
        self._left = _LOOKED_FOR

    def match(self, text: str, *part: int) -> Match | None:
        return self._compiled("match")(text, *part) if self._may(text) else None

    def search(self, text: str, *part: int) -> Match | None:
        return self._compiled("search")(text, *part) if self._may(text) else None

    def fullmatch(self, text: str, *part: int) -> Match | None:
        return self._compiled("fullmatch")(text, *part) if self._may(text) else None

    def finditer(self, text: str, *part: int) -> Iterator[Match]:
        return self._compiled("finditer")(text, *part) if self._may(text) else iter(())

    def findall(self, text: str, *part: int) -> list[Any]:
        return self._compiled("findall")(text, *part) if self._may(text) else []

    def sub(self, by: str | Callable[[Match], str], text: str, count: int = 0) -> str:
        return self._compiled("sub")(by, text, count) if self._may(text) else text

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        return self._compiled(name)

    def _compiled(self, name: str) -> Any:
        """The compiled pattern's answers, which it gives itself from now on."""
        compiled = re.compile(*self.given)
        for each in _ASKED:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

    def _may(self, text: str) -> bool:
        """Whether a text has what each match holds, or to find out would take too long."""
        if self._words is None:
            self._words = needs(*self.given).words
        for words in self._words:
            self._left -= (4 + len(words)) * (1 + len(text) // _PAGE)
            if self._left < 0:
                return True
            for word in words:
                if word in text:
                    break
            else:
                return False
        return True


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As :func:`re.compile`; a mistake in the pattern is told when it is first looked for."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
