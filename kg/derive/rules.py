"""The table of derivations, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from kg.resources import ontology_dir

_TYPES = re.compile(r"-\[\w*:([A-Z_|]++)(?!\*0)")
ASKED = re.compile(r"(?:EXISTS|COUNT) \{.*?\}|OPTIONAL MATCH.*", re.DOTALL)  # what need not be there

_WHERE = re.compile(r"\bWHERE\b(.*?)(?=\n(?:MATCH|WITH)\b|\Z)", re.DOTALL)
_WORD = re.compile(r"(?<![$\w])[a-z]\w*(?!\w*\()")
_QUOTED = re.compile(r"'[^']*'")
_OF_PREMISES = {
    "uid": "premises", "evidence[-1]": "evidence", "quotes[-1]": "quotes", "first_seen": "first_seen", "last_seen": "last_seen",
    "confidence": "confidence",
}  # fmt: skip
ENDED = "coalesce({0}.until, {0}.superseded, CASE WHEN {0}.status IN ['免去', '时任'] THEN {0}.last_seen END)"
"""The day on which a relationship ended, as Cypher."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: ``words`` and ``reason`` are ``(zh, en)``; ``match`` binds source, target and each of ``premises``, of
    which it ends with those in ``lasts``. ``by`` are the
    ends by which it is derived anew, ``joins`` statements that find the first of them from other things."""

    name: str
    type: str
    kind: str
    words: tuple[str, str]
    reason: tuple[str, str]
    match: str
    premises: tuple[str, ...]
    lasts: frozenset[str]
    by: tuple[str, ...]
    joins: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def group(self) -> tuple[str, str]:
        """Which rules may make one relationship: the first in the table makes it."""
        return self.type, self.kind

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        """Sets of relationship types of each of which the graph must hold one, or the pattern matches nothing."""
        return tuple(frozenset(types.split("|")) for types in _TYPES.findall(ASKED.sub("", self.match)))

    def must(self, end: str) -> str:
        """What the pattern asks of the thing at an end by itself, as Cypher, so that few need be looked at; '' for nothing."""
        found = []
        for condition in _WHERE.findall(ASKED.sub("", self.match)):
            parts = _parts(condition)
            found += [part for part in parts if not part.startswith("NOT ") and _is_of(end, part)]
        return " AND ".join(found)

    @property
    def cypher(self) -> str:
        """The reading statement: ends, and of every premise its id, last words and days, and that on which it ended, if it did."""
        listed = ", ".join(
            f"[{', '.join(f'{premise}.{key}' for premise in self.premises)}] AS {column}"
            for key, column in _OF_PREMISES.items()
        )
        listed += f", [{', '.join(ENDED.format(p) if p in self.lasts else 'null' for p in self.premises)}] AS ended"
        return (
            f"{self.match.strip()}\nRETURN source.uid AS source, labels(source)[0] AS source_label, "
            f"target.uid AS target, labels(target)[0] AS target_label, {listed}"
        )


@dataclass(frozen=True, slots=True)
class Seat:
    """Posts that one person at a time holds. ``acting`` is what stands before the title of who acts, ``acts`` those and what
    stands before that of who held it; ``aside`` are the statuses of a holding that say nothing of who holds it now."""

    name: str
    words: tuple[str, str]
    reason: tuple[str, str]
    single: re.Pattern[str]
    head: re.Pattern[str]
    before: re.Pattern[str]
    acting: re.Pattern[str]
    acts: tuple[str, ...]
    aside: frozenset[str]


def _parts(condition: str) -> list[str]:
    """What all must hold of a condition; nothing where that is not told by AND alone."""
    found: list[str] = []
    for part in re.split(r"\s+AND\s+", condition.strip()):
        if found and _is_open(found[-1]):
            found[-1] += f" AND {part}"
        else:
            found.append(part)
    bare = _QUOTED.sub("", condition)
    while bare != (bare := re.sub(r"\([^()]*\)", "", bare)):
        pass
    return [] if re.search(r"\s(OR|XOR)\s", bare) else found


def _is_open(text: str) -> bool:
    """Whether a bracket or a quotation in it is not closed."""
    bare = _QUOTED.sub("", text)
    return "'" in bare or sum(map(bare.count, "([{")) > sum(map(bare.count, ")]}"))


def _is_of(end: str, condition: str) -> bool:
    """Whether a condition asks for properties of that thing, and for nothing else of the pattern."""
    bare = _QUOTED.sub("", condition)
    return f"{end}." in bare and not {*_WORD.findall(re.sub(rf"\b{end}\.\w+", "", bare))} - {"true", "false"}


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the table."""
    return tuple(
        Rule(
            row["name"], row["type"], row.get("kind", ""), (row["zh"], row["en"]), (row["reason"][0], row["reason"][1]),
            row["match"], tuple(row["premises"]), frozenset(row.get("while", ())),
            tuple(row.get("by", ("target", "source"))), tuple((name, tuple(each)) for name, each in row.get("joins", {}).items()),
        )
        for row in _table()["rule"]
    )  # fmt: skip


@cache
def seat() -> Seat:
    """The row about posts that one person at a time holds."""
    row = _table()["seat"]
    acts = (*row["acting"], *row["former"])
    before = f"({'|'.join(acts)})?"
    return Seat(
        row["name"], (row["zh"], row["en"]), (row["reason"][0], row["reason"][1]),
        re.compile(f"^{before}({row['titles']})$"), re.compile(f"^{before}({row['titles']}|{row['more_heads']})$"),
        re.compile(f"^{before}"), re.compile(f"^({'|'.join(row['acting'])})(?=({row['titles']})$)"), acts,
        frozenset(row["aside"]),
    )  # fmt: skip


@cache
def named() -> dict[str, Rule]:
    """Rules by name."""
    return {rule.name: rule for rule in rules()}


@cache
def edition() -> str:
    """A fingerprint of the table."""
    return sha256(ontology_dir().joinpath("derivations.toml").read_bytes()).hexdigest()[:12]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(ontology_dir().joinpath("derivations.toml").read_text("utf-8"))
