"""Tables of constructions: rows of a .toml file, compiled to patterns over a page's slotted text.

In a row's ``pattern`` a slot ``<S>`` is a run of coordinated mentions (``<S:p>`` of persons only, ``<S:b>`` of others, ``<O:q>`` also 其,
``<>`` one that need not be known), ``~`` a gap of up to 16 characters within a comma's reach, ``~~`` one of up to 40
within a clause, and ``{word}`` a set of words from the table's ``[words]`` or one that all tables share (``loaders.words``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg.lazy import lazy
from kg.sieve import Part, compiled
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE
from loaders.prose.sift import sift
from loaders.words import TABLED

TABLES = Path(__file__).parent / "tables"

_GAPS = {"~~": r"[^。；！？\n]{0,40}?", "~": r"[^，。；：！？\n]{0,16}?"}
_TOKEN = lazy(r"(?<!\?P)<(?P<slot>[A-Z]?)(?::(?P<of>[pbq]))?>|(?P<gap>~~?)|\{(?P<word>[a-z_]+)\}")
_NAMED = lazy(r"\(\?P<[A-Z]>")
_FIRST = {"p": PEOPLE, "b": BODIES, "q": f"[{PEOPLE}{BODIES}]", None: f"[{PEOPLE}{BODIES}]"}
_SAID_OF = ("holder", "not_holder", "not_target")  # fields that are patterns of names, in which words stand too
_IT = "其(?!他|它|中|余|间|实|次)"


@dataclass(frozen=True, slots=True)
class Row:
    """One construction. ``source`` is its pattern in Python's notation, ``example`` a sentence that it reads, ``gives`` what it must
    read there."""

    name: str
    source: str
    example: str
    gives: tuple[str, ...]
    confidence: float = 0.9
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first asked for: most notices hold the words of few rows only."""
        return compiled(self.source)

    def get(self, key: str, default: str = "") -> str:
        """A further field of the row."""
        return str(self.fields.get(key, default))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file by section, and its word sets as alternations."""

    sections: Mapping[str, tuple[Row, ...]]
    words: Mapping[str, str]
    _compiled: dict[str, re.Pattern[str]] = field(default_factory=dict)
    _alone: dict[str, Part[str]] = field(default_factory=dict)
    _sieves: dict[tuple[str, ...], Part[Row]] = field(default_factory=dict)

    def __getitem__(self, section: str) -> tuple[Row, ...]:
        return self.sections[section]

    def pattern(self, source: str) -> re.Pattern[str]:
        """A pattern in this table's notation and words."""
        if source not in self._compiled:
            self._compiled[source] = compiled(_expand(source, self.words))
        return self._compiled[source]

    def finditer(self, source: str, text: str) -> Iterator[re.Match[str]]:
        """Where a pattern in this table's notation stands in all of a text."""
        if source not in self._alone:
            self._alone[source] = sift([_expand(source, self.words)], lambda p: p)
        return (m for _, m in self._alone[source].over(text).matches())

    def sieve(self, *sections: str) -> Part[Row]:
        """The rows of some sections, ready to be looked for in a text."""
        if sections not in self._sieves:
            self._sieves[sections] = sieve(r for s in sections for r in self.sections[s])
        return self._sieves[sections]

    def any_of(self, *sections: str) -> re.Pattern[str]:
        """One pattern that matches wherever a row of the sections does."""
        key = "\n".join(sections)
        if key not in self._compiled:
            rows = [r.source for s in sections for r in self.sections[s]]
            self._compiled[key] = self.pattern("|".join(f"(?:{_NAMED.sub('(?:', p)})" for p in rows))
        return self._compiled[key]


def sieve(rows: Iterable[Row]) -> Part[Row]:
    """Rows ready to be looked for in a text."""
    return sift(rows, lambda r: r.source)


@cache
def table(name: str) -> Table:
    """The table ``tables/<name>.toml``. Raises KeyError for a row that names an unknown word set and for
    a word set that there is already."""
    data = tomllib.loads((TABLES / f"{name}.toml").read_text("utf-8"))
    words = dict(TABLED)
    for key, value in data.pop("words", {}).items():
        if key in words:
            raise KeyError(f"{name}.toml: {key} is a word set twice")
        listed = sorted(value, key=len, reverse=True) if isinstance(value, list) else [value]
        words[key] = "(?:" + "|".join(_expand(v, words) for v in listed) + ")"
    sections = {key: tuple(_row(r, words) for r in rows) for key, rows in data.items()}
    return Table(sections, words)


def _row(raw: dict[str, Any], words: Mapping[str, str]) -> Row:
    known = {k: raw.pop(k) for k in ("name", "example")}
    raw |= {k: _expand(raw[k], words) for k in _SAID_OF if k in raw}
    return Row(
        source=_expand(raw.pop("pattern"), words),
        gives=tuple(raw.pop("gives", ())),
        confidence=raw.pop("confidence", 0.9),
        fields=raw,
        **known,
    )


def _expand(source: str, words: Mapping[str, str]) -> str:
    def one(m: re.Match[str]) -> str:
        if m["slot"] is not None:
            inside = f"{_FIRST[m['of']]}{FILL}*+"
            if m["of"] == "q":
                inside = f"(?:{inside}|{_IT})"
            return f"(?P<{m['slot']}>{inside})" if m["slot"] else inside
        return _GAPS[m["gap"]] if m["gap"] else words[m["word"]]

    return _TOKEN.sub(one, source)
