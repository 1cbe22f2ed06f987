"""The page's table of colours, shapes and words, read once; names of labels and relationships come from the ontology."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from kg.vocabulary import vocabulary


@cache
def table() -> dict[str, Any]:
    """``style.toml`` as read."""
    data: dict[str, Any] = tomllib.loads(files("kg.page").joinpath("style.toml").read_text("utf-8"))
    return data


def group_of(relation: str) -> str:
    """The group a relationship is coloured by."""
    return next((k for k, v in table()["group"].items() if relation in v["types"]), "structure")


def shape_of(label: str) -> str:
    """The shape of a thing's mark, as vis-network names it."""
    return str(table()["label"].get(label, {}).get("shape", "dot"))


def weight_of(label: str) -> int:
    """How early a thing's name is written where room is short; more is earlier."""
    return int(table()["label"].get(label, {}).get("weight", 1))


def label_data(labels: list[str]) -> list[dict[str, Any]]:
    """Key, names, shape and colours of each label, for the page's script."""
    known, looks = vocabulary().labels, table()["label"]
    out = []
    for key in labels:
        info, look = known.get(key), looks.get(key, {"shape": "dot", "colour": ["#7a8591", "#98a2ad"]})
        names = [info.zh, info.en] if info else [key, key]
        out.append({"key": key, "name": names, "shape": look["shape"], "colour": look["colour"]})
    return out


def type_data(types: list[str]) -> list[dict[str, Any]]:
    """Key, names and colours of each relationship type, for the page's script."""
    known = vocabulary().types
    out = []
    for key in types:
        info = known.get(key)
        look = table()["group"][group_of(key)]
        out.append({"key": key, "name": [info.zh, info.en] if info else [key, key], "colour": look["colour"]})
    return out


def property_names(labels: list[str], types: list[str]) -> dict[str, list[str]]:
    """Names of the properties that things and relationships may have, and of their coded values (``property=value``)."""
    out: dict[str, list[str]] = {}
    known = vocabulary()
    for info in [*(known.labels.get(k) for k in labels), *(known.types.get(k) for k in types)]:
        for name, entry in (info.properties if info else {}).items():
            out.setdefault(name, [entry.zh, entry.en])
            for value, pair in (entry.value_labels or {}).items():
                out.setdefault(f"{name}={value}", list(pair))
    return out
