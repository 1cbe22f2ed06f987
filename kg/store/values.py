"""Plain values for what an engine answers: the same shapes and spellings whatever the engine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kg.store.records import INTERNAL, parts_of


def node(labels: Sequence[str], properties: Mapping[str, Any]) -> dict[str, Any]:
    """A node: uid, label and name first, then its properties by name."""
    rest = {k: v if is_plain(v) else scalar(v) for k, v in sorted(properties.items()) if v is not None}
    head = {"uid": rest.pop("uid", None), "label": labels[0] if labels else "", "name": rest.pop("name", None)}
    return {**head, **rest}


def relationship(type_: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """A relationship: uid, type and the ids of its ends first, then its properties by name."""
    rest = {k: v if is_plain(v) else scalar(v) for k, v in sorted(properties.items())}
    uid = rest.pop("uid", None)
    source, _, target = parts_of(uid) if uid else (None, "", None)
    return {"uid": uid, "type": type_, "source": source, "target": target, **rest}


PLAIN = frozenset({str, int, float, bool, type(None)})
"""Types whose values stay as they are; most are, so it is looked at first."""


def is_plain(value: Any) -> bool:
    """Whether a value, or every item of a list, stays as it is."""
    return type(value) in PLAIN or type(value) is list and PLAIN.issuperset(map(type, value))


def row(made: dict[str, Any], each: Callable[[Any], Any]) -> dict[str, Any]:
    """A row with ``each`` applied to its values, or as it is where all stay as they are, as in most."""
    values = made.values()
    if PLAIN.issuperset(map(type, values)) or all(map(is_plain, values)):
        return made
    return {column: each(value) for column, value in made.items()}


def scalar(value: Any) -> Any:
    """Dates and times as ISO strings, lists item by item; anything else as it is."""
    if is_plain(value):
        return value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return f"P{value.days}DT{value.seconds}S"
    if isinstance(value, list | tuple):
        return [scalar(item) for item in value]
    return value


def public(value: Any) -> Any:
    """The value without what a store keeps for itself in nodes and relationships."""
    if is_plain(value):
        return value
    if isinstance(value, dict):
        return {k: v if is_plain(v) else public(v) for k, v in value.items() if k not in INTERNAL}
    return [public(item) for item in value] if isinstance(value, list) else value
