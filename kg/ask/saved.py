"""Reads saved questions from files of Cypher whose leading ``//`` lines are YAML.

::

    // title: {zh: 谁监督谁, en: Who supervises whom}
    // description: {zh: …, en: …}
    // parameters:
    //   - {name: subject, type: subject, example: 望都县, description: {zh: …, en: …}}
    // columns: [step, supervisor, supervised]
    // drawing: chain
    MATCH …

The file pastes into Neo4j Browser as it is. Besides its own parameters a question may use ``$stated_only``
(bool), ``$as_of`` (ISO date, 'all' or null) and ``$min_confidence`` (0..1), which every run sets, and
``$most``, the rows that will be looked at, after which it may stop; one that asks for a day
of its own by that name lists ``as_of`` among its parameters, and takes ``--as-of`` for it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.ask.nearest import or_nearest
from kg.ask.parameters import BOTH, Parameter, in_both, parameter_from
from kg.errors import QueryError
from kg.resources import queries_dir
from kg.store.guard import check_read_only

DRAWINGS = ("table", "chain", "graph", "timeline")
COMMON = frozenset({"stated_only", "as_of", "min_confidence", "most"})
_KEYS = {"title", "description", "parameters", "columns", "drawing"}
_USED = re.compile(r"\$([A-Za-z_]\w*)")


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A saved question; ``cypher`` is the whole file, ``title`` and ``description`` are ``{"zh": …, "en": …}``."""

    name: str
    topic: str
    title: dict[str, str]
    description: dict[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    drawing: str
    cypher: str
    path: Path


@dataclass(slots=True)
class _Place:
    path: Path
    lines: list[str] = field(default_factory=list)

    def wrong(self, what: str, word: str = "") -> QueryError:
        """An error at the first line that holds ``word``."""
        line = next((i for i, text in enumerate(self.lines, 1) if word and word in text), 1)
        return QueryError(f"{self.path}:{line}: {what}")


class Catalogue(dict[str, SavedQuery]):
    """Saved questions by name, sorted; ``broken`` holds the error of each file that cannot be used."""

    def __init__(self) -> None:
        super().__init__()
        self.broken: dict[str, QueryError] = {}

    def named(self, name: str) -> SavedQuery:
        """The question of that name (its last part will do if it is the only one). Raises QueryError."""
        if name in self.broken:
            raise self.broken[name]
        if name in self:
            return self[name]
        short = [full for full in self if full.rpartition("/")[2] == name]
        if len(short) == 1:
            return self[short[0]]
        raise QueryError(f"no saved query {name!r}{or_nearest(name, self)}; `kg query` lists them all")


def catalogue(extra_dir: Path | None = None) -> Catalogue:
    """The questions that ship with the project, and those in ``extra_dir``, which go before ones of the same name.

    A file that cannot be used is kept in ``broken`` under its name and does not stand in the way of the others.
    Raises QueryError when ``extra_dir`` is not a folder.
    """
    folders = [queries_dir()]
    if extra_dir is not None:
        if not extra_dir.is_dir():
            raise QueryError(f"{extra_dir}: is not a folder of saved queries; name one with --queries")
        folders.append(extra_dir)
    found: dict[str, SavedQuery] = {}
    made = Catalogue()
    for folder in folders:
        for name, path in _files(folder):
            found.pop(name, None)
            made.broken.pop(name, None)
            try:
                found[name] = read(path, name)
            except QueryError as error:
                made.broken[name] = error
    for name in sorted(found):
        made[name] = found[name]
    return made


def read(path: Path, name: str) -> SavedQuery:
    """Read one file. Raises QueryError that begins with the file and the line."""
    import yaml

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}:1: cannot be read ({error}); it must be a UTF-8 text file") from error
    lines = text.split("\n")
    place = _Place(path, lines)
    count = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    front = "\n".join(line[2:].removeprefix(" ") for line in lines[:count])
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(front, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(mark.line + 1, max(count, 1)) if mark else 1
        raise QueryError(
            f"{path}:{line}: its leading // lines are not YAML ({getattr(error, 'problem', error)})"
        ) from error
    if not isinstance(data, dict):
        raise place.wrong("it must begin with // lines that give title, description, parameters and columns")
    for key in data:
        if key not in _KEYS:
            raise place.wrong(f"unknown key {key!r}{or_nearest(str(key), _KEYS)}", str(key))
    columns = data.get("columns")
    if not isinstance(columns, list) or not columns or not all(isinstance(c, str) for c in columns):
        raise place.wrong("columns must list the names of the columns", "columns")
    drawing = data.get("drawing", "table")
    if drawing not in DRAWINGS:
        raise place.wrong(f"drawing {drawing!r} is none of {', '.join(DRAWINGS)}", "drawing")
    given = data.get("parameters") or []
    if not isinstance(given, list):
        raise place.wrong("parameters must be a list", "parameters")
    parameters = tuple(parameter_from(spec, place.wrong) for spec in given)
    body = "\n".join(lines[count:])
    _check_use(parameters, body, place)
    try:
        check_read_only(text)
    except QueryError as error:
        line = re.search(r"line (\d+)", str(error))
        raise QueryError(f"{path}:{line[1] if line else count + 1}: {error}") from error
    return SavedQuery(
        name, name.rpartition("/")[0] or "own", _texts(data, "title", name, place), _texts(data, "description", "", place),
        parameters, tuple(columns), drawing, text, path,
    )  # fmt: skip


def _check_use(parameters: tuple[Parameter, ...], body: str, place: _Place) -> None:
    declared = [p.name for p in parameters]
    used = set(_USED.findall(body))
    for name in declared:
        if declared.count(name) > 1 or name == "stated_only":
            raise place.wrong(f"parameter {name!r} is given twice", f"name: {name}")
        if name not in used:
            raise place.wrong(f"parameter {name!r} is declared but ${name} is not used", f"name: {name}")
    for name in sorted(used - COMMON - set(declared)):
        raise place.wrong(f"${name} is used but not declared among the parameters", f"${name}")


def _texts(data: dict[str, Any], key: str, default: str, place: _Place) -> dict[str, str]:
    both = in_both(data.get(key, default))
    if both is None:
        raise place.wrong(f"{key} {BOTH}", key)
    return both


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*.cypher")):
        yield path.relative_to(folder).with_suffix("").as_posix(), path
