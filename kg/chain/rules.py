"""The tables of this package, read once: moves, lanes, words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.chain.model import Lane
from kg.derive.rules import named
from kg.model import Edge, Node


@dataclass(frozen=True, slots=True)
class Move:
    """A row of ``up`` or ``down`` in ``rules.toml``."""

    type: str
    way: str
    cost: int
    after: frozenset[str]
    stop: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """``rules.toml`` as read: moves by direction and label, words as ``(zh, en)``, every type that a chain may follow, and those
    that stay with one office."""

    moves: dict[str, dict[str, tuple[Move, ...]]]
    downward: frozenset[str]
    dated: frozenset[str]
    posts_without_head: int
    words: dict[str, tuple[str, str]]
    order: dict[str, int]
    derived: dict[str, tuple[str, str]]
    gaps: dict[str, tuple[str, str]]
    notes: dict[str, tuple[str, str]]
    turning: frozenset[str]
    types: frozenset[str]
    office: frozenset[str]
    renewed: tuple[str, str]

    def word(self, edge: Edge) -> tuple[str, str]:
        """The words of a step that rests on this relationship."""
        return _of(self.words, edge) or (edge.type, edge.type)

    def why(self, edge: Edge) -> tuple[str, str]:
        """What a derived relationship follows from; empty for a stated one."""
        if not edge.derived:
            return "", ""
        rule = named().get(edge.rule)
        return rule.words if rule else _of(self.derived, edge) or ("", "")

    def reason(self, edge: Edge) -> tuple[str, str]:
        """Why a derived relationship holds, a statute or what the words mean; empty where the rule gives none."""
        rule = named().get(edge.rule) if edge.derived else None
        return rule.reason if rule else ("", "")


def _of(table: dict[str, tuple[str, str]], edge: Edge) -> tuple[str, str] | None:
    """The row of a relationship with its qualifier, else of the relationship alone."""
    qualifier = edge.props.get("role") or edge.props.get("kind") or ""
    return table.get(f"{edge.type}.{qualifier}") or table.get(edge.type)


@cache
def rules() -> Rules:
    """The table of moves."""
    data = _read("rules.toml")
    moves: dict[str, dict[str, tuple[Move, ...]]] = {}
    turning: set[str] = set()
    for direction in ("up", "down"):
        by_label = moves.setdefault(direction, {})
        for row in data[direction]:
            after = frozenset(row.get("after", ()))
            turning |= after
            move = Move(row["type"], row["way"], row["cost"], after, row.get("stop", False))
            for label in row["from"]:
                by_label[label] = (*by_label.get(label, ()), move)
    each = [m for by_label in moves.values() for row in by_label.values() for m in row]
    pairs = {k: {name: (zh, en) for name, (zh, en) in data[k].items()} for k in ("words", "derived", "gaps", "notes")}
    return Rules(
        moves,
        frozenset(data["downward"]),
        frozenset(data["dated"]),
        data["posts_without_head"],
        pairs["words"],
        {t: i for i, t in enumerate(data["order"]["types"])},
        pairs["derived"],
        pairs["gaps"],
        pairs["notes"],
        frozenset(turning),
        frozenset(m.type for m in each),
        frozenset(m.type for m in each if not m.cost),
        (data["renewed"][0], data["renewed"][1]),
    )


class Lanes:
    """Where a thing stands: its administrative level and its part of that level."""

    def __init__(self) -> None:
        data = _read("lanes.toml")
        self._levels = [row["key"] for row in data["level"]]
        self._by_value = {value: row["key"] for row in data["level"] for value in row["values"]}
        self._by_name = [(re.compile(row["names"]), row["key"]) for row in data["level"]]
        self._organ = re.compile(data["organ"]["names"])
        self._government = re.compile(data["government"]["names"])
        self._leader = re.compile(data["leader"]["titles"])
        self._lanes: dict[tuple[str, str], Lane] = {}
        for level in data["level"]:
            for part in data["part"]:
                zh, en = (f"{level['name'][i]} · {part['name'][i]}" for i in (0, 1))
                self._lanes[level["key"], part["key"]] = Lane(len(self._lanes), level["key"], part["key"], zh, en)
        for row in data["below"]:
            self._lanes["", row["key"]] = Lane(len(self._lanes), "", row["key"], *row["name"])

    def lane(self, level: str, part: str) -> Lane:
        """The lane of a level and a part; meetings and duties have the level ''."""
        return self._lanes[level, part]

    def rank(self, level: str) -> int:
        """0 for the nation, more further down."""
        return self._levels.index(level)

    def level(self, node: Node) -> str:
        """Key of the administrative level: from the property ``level``, else the division code in the id, else the name."""
        stated = self._by_value.get(str(node.props.get("level", "")).strip())
        return stated or _level_of_code(node) or self._level_of_name(node.name)

    def is_organ(self, node: Node) -> bool:
        """Whether a body leads its level as a whole, as a government or a party committee does."""
        return node.label == "Region" or bool(self._organ.search(node.name))

    def is_government(self, node: Node) -> bool:
        """Whether a body is the one that is drawn in one box with the area it governs."""
        return bool(self._government.search(node.name))

    def is_leader(self, title: str) -> bool:
        """Whether a title alone tells a leader of a level from the staff of its departments."""
        return bool(self._leader.search(title))

    def _level_of_name(self, name: str) -> str:
        return next((key for pattern, key in self._by_name if pattern.search(name)), "unknown")


@cache
def lanes() -> Lanes:
    """The table of lanes."""
    return Lanes()


def title_of(post: Node) -> str:
    """A post's title without its body."""
    title = str(post.props.get("title", ""))
    return title or post.name


_CODE = re.compile(r"^(?:region|agency|post):(\d{2,12})(/?)|@(\d{2,12})$")


def _level_of_code(node: Node) -> str:
    found = _CODE.search(node.id)
    if not found:
        return ""
    code = found[1] or found[3]
    if node.label == "Region" and found[2]:
        return "village"
    if len(code) > 9:
        return "village"
    if len(code) > 6:
        return "town"
    code = code.ljust(6, "0")
    if code == "000000":
        return "nation"
    return "province" if code.endswith("0000") else "city" if code.endswith("00") else "county"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("kg.chain").joinpath(name).read_text("utf-8"))
