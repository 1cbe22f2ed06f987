"""Patterns that are compiled when a text is first looked through for them: one notice or list needs half of those that all need, and
a class of Chinese characters takes a millisecond to compile."""

from __future__ import annotations

import re
from typing import Any, cast

_ASKED = (
    "match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags", "groups", "groupindex",
)  # fmt: skip


class _Lazy:
    """What a pattern answers, from the first question on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.given = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ASKED:
            raise AttributeError(name)
        compiled = re.compile(*self.given)
        for each in _ASKED:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As :func:`re.compile`; a mistake in the pattern is told when it is first looked for."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
