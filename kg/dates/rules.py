"""The tables of constructions, dates.toml, deadlines.toml and periods.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.lazy import lazy
from kg.sieve import Part, Sieve, compiled

_DATA = Path(__file__).parent.parent / "data"
_MACRO = lazy(r"\{([A-Z]+2?)\}")
# Full-width digits and signs become half-width ones, one for one, so offsets stay.
_NARROW = dict(zip("０１２３４５６７８９．／－：○Ｏ", "0123456789./-:〇〇", strict=True))
_TRIGGER = lazy(
    r"[年月日号周天季旬期时]|分钟|\d[-./]\d|今[晚夜]|明[早晚]|[汛冬麦收种播冻学考降]前|近日|日前|最近|不久|连日|近来|前期|近段|坚持|推进|持续|常态|立|即[刻知查]|马上|即日|边查|4\d{4}|5\d{4}|20\d\d|Q[1-4]|国庆|五一|元旦|七一|十[二三四五]五"
)
_SIEVE = Sieve()
_SENTENCE = lazy(r"[^。；;！!？?\n]+")


class Rule(NamedTuple):
    """A row of a table: its pattern as text, expanded. ``due``, ``cadence`` and ``cell`` are used by deadlines only."""

    name: str
    source: str
    due: str
    cadence: str
    cell: bool
    examples: tuple[tuple[str, ...], ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """What it is looked for by, compiled when it is first asked for."""
        return compiled(self.source)


class Hit(NamedTuple):
    """A match of a row."""

    rule: Rule
    match: re.Match[str]


def narrow(text: str) -> str:
    """The text with half-width digits; every offset stays."""
    for wide in _NARROW.keys() & set(text):
        text = text.replace(wide, _NARROW[wide])
    return text


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


def _expanded(pattern: str, macros: dict[str, str]) -> str:
    while _MACRO.search(pattern):
        pattern = _MACRO.sub(lambda m: macros[m[1]], pattern)
    return pattern


def _rules(table: dict[str, Any], macros: dict[str, str]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            row["name"],
            _expanded(row["pattern"], macros),
            row.get("due", ""),
            row.get("cadence", ""),
            row.get("cell", False),
            tuple(tuple(example) for example in row["examples"]),
        )
        for row in table["rule"]
    )


@cache
def date_rules() -> tuple[Rule, ...]:
    """Rows of dates.toml."""
    return _rules(_table("dates.toml"), _table("dates.toml")["macros"])


@cache
def deadline_rules() -> tuple[Rule, ...]:
    """Rows of deadlines.toml."""
    table = _table("deadlines.toml")
    return _rules(table, {**_table("dates.toml")["macros"], **table["macros"]})


@cache
def period_rules() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Rows of periods.toml, each with its pattern expanded."""
    table = _table("periods.toml")
    macros = {**_table("dates.toml")["macros"], **table["macros"]}
    return tuple((_expanded(row["pattern"], macros), row) for row in table["rule"])


@cache
def dates() -> Part[Rule]:
    """Rows of dates.toml, ready to be looked for."""
    return _SIEVE.part(date_rules(), lambda rule: rule.source)


@cache
def deadlines(*, cells: bool) -> Part[Rule]:
    """Rows of deadlines.toml, ready to be looked for; with ``cells`` also those for the cells of lists only."""
    return _SIEVE.part((r for r in deadline_rules() if cells or not r.cell), lambda rule: rule.source)


def hits(text: str, rules: Part[Rule]) -> Iterator[Hit]:
    """Matches in order of place, none overlapping: at each place the longest, then the earlier row. ``text`` is narrow."""
    sifted = rules.over(text)
    for sentence in _SENTENCE.finditer(text):
        if not _TRIGGER.search(text, *sentence.span()):
            continue
        found = [hit for hit in sifted.matches(*sentence.span()) if hit[1][0]]
        end = 0
        for rule, match in sorted(found, key=lambda f: (f[1].start(), -f[1].end())):
            if match.start() >= end:
                end = match.end()
                yield Hit(rule, match)
