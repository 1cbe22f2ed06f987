"""The clauses by which things, relationships, constraints and indexes are made; an engine may have its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from kg.store.records import ALWAYS, NOTICE
from kg.vocabulary import vocabulary

MARKER = "KgStore"  # the one node that says what made this store
_MANY = 1_000  # rows that are worth a statement of their own, which a server takes 20 ms to plan

Row = Mapping[str, Any]
Told = tuple[str, dict[str, Any]]
"""A statement and its parameters."""


class Making:
    """How an engine is told to make much at once. Things are given by their properties; relationships by ``source``, ``target``
    and ``props``.

    A server reads rows of values in less than half the time that it takes for maps, and the driver writes them so: what is
    the same in all rows stands beside them, words that several rows rest on stand there once. ``degrees`` says whether the
    engine is to be told from which of its ends a relationship is found sooner.
    """

    degrees: ClassVar = False

    def nodes(self, label: str, made: Sequence[Row]) -> Told:
        """Make things that are not there; notices may have been named before."""
        if label == NOTICE:
            return self.merge(label), {"rows": made}
        values = _Values(made)
        return f"UNWIND $rows AS row CREATE (n:{label} {values.text})", values.parameters([])

    def merge(self, label: str) -> str:
        """Give things, which may be there, the properties of ``rows`` and no others."""
        return f"UNWIND $rows AS row MERGE (n:{label} {{uid: row.uid}}) SET n = row"

    def change(self, label: str, keys: Iterable[str]) -> str:
        """Change some properties of a thing; null takes one away."""
        return f"MATCH (n:{label} {{uid: row.uid}}) SET n += row"

    def edges(self, a: str, type_: str, b: str, made: Sequence[Row]) -> Told:
        """Make relationships of one kind between things that are there."""
        values = _Values([row["props"] for row in made], 2)
        ends = f"UNWIND $rows AS row MATCH (a:{a} {{uid: row[0]}}) MATCH (b:{b} {{uid: row[1]}}) "
        first = [[row["source"] for row in made], [row["target"] for row in made]]
        return f"{ends}CREATE (a)-[r:{type_} {values.text}]->(b)", values.parameters(first)


class _Values:
    """Property maps as rows of values. ``text`` is the map that Cypher makes of a ``row``, of which the first ``before`` values
    are others. What all have alike is told once where there are so many that this is worth a statement of its own."""

    def __init__(self, made: Sequence[Row], before: int = 0) -> None:
        self.columns: list[list[Any]] = []
        self.once: dict[str, Any] = {}
        named: list[str] = []
        for key in _keys(made):
            column = [row.get(key) for row in made]
            if len(made) >= _MANY and _alike(column):
                self.once[key] = column[0]
                named.append(f"{key}: $once.{key}")
            elif all(value is None or isinstance(value, list) for value in column):
                table: dict[tuple[Any, ...], int] = {}
                at = [None if value is None else table.setdefault(tuple(value), len(table)) for value in column]
                self.once[key] = [list(value) for value in table]
                named.append(f"{key}: $once.{key}[row[{before + self._column(at)}]]")
            else:
                named.append(f"{key}: row[{before + self._column(column)}]")
        self.text = f"{{{', '.join(named)}}}"

    def _column(self, column: list[Any]) -> int:
        """The number of a column, which is also that of another where it holds the same."""
        for number, other in enumerate(self.columns):
            if other == column and all(type(a) is type(b) for a, b in zip(other, column, strict=True)):
                return number
        self.columns.append(column)
        return len(self.columns) - 1

    def parameters(self, before: Iterable[list[Any]]) -> dict[str, Any]:
        """The rows, with these columns before the others, and what is told once."""
        return {"rows": list(map(list, zip(*before, *self.columns, strict=True))), "once": self.once}


def _alike(column: Sequence[Any]) -> bool:
    first = column[0]
    return all(type(value) is type(first) and value == first for value in column)


class Named(Making):
    """Properties one by one: the embedded engine takes a third of the time for them that it takes for a map.

    It answers an absent title with the name unless it is set to null, and setting the name sets the title as well. A
    property that no thing of a label has had yet must not stand inside CREATE.

    Every thing gets its uid for the engine's own ``id`` too. The numbers that the engine (0.21) gives otherwise begin again
    below those in use once things were deleted and the store was saved, and then it refuses to make any more.
    """

    degrees: ClassVar = True

    def nodes(self, label: str, made: Sequence[Row]) -> Told:
        if label == NOTICE:
            statement, rows = super().nodes(label, made)
            return f"{statement}, n.title = row.title", rows
        always = ", ".join(f"{key}: row.{key}" for key in ALWAYS)
        create = f"UNWIND $rows AS row CREATE (n:{label} {{id: row.uid, {always}}}) "
        rest = [*(key for key in _keys(made) if key not in ALWAYS and key != "title"), "title"]
        return create + _set_each(rest), {"rows": made}

    def merge(self, label: str) -> str:
        missing = "FOREACH (_ IN CASE WHEN known IS NULL THEN [1] ELSE [] END | "
        return (
            f"UNWIND $rows AS row OPTIONAL MATCH (known:{label} {{uid: row.uid}}) "
            f"{missing}CREATE (:{label} {{id: row.uid, uid: row.uid}})) "
            f"WITH row MATCH (n:{label} {{uid: row.uid}}) SET n = row"
        )

    def change(self, label: str, keys: Iterable[str]) -> str:
        return f"MATCH (n:{label} {{uid: row.uid}}) " + _set_each(sorted(keys, key="title".__eq__))

    def edges(self, a: str, type_: str, b: str, made: Sequence[Row]) -> Told:
        each = ", ".join(f"{key}: row.props.{key}" for key in _keys(row["props"] for row in made))
        ends = f"UNWIND $rows AS row MATCH (a:{a} {{uid: row.source}}) MATCH (b:{b} {{uid: row.target}}) "
        return f"{ends}CREATE (a)-[r:{type_} {{{each}}}]->(b)", {"rows": made}


def _keys(rows: Iterable[Row]) -> list[str]:
    return sorted({key for row in rows for key in row})


def _set_each(keys: Iterable[str]) -> str:
    return "SET " + ", ".join(f"n.{key} = row.{key}" for key in keys)


def constraints() -> list[str]:
    """What loading needs: ``uid`` unique in every label, and found by it."""
    return [
        f"CREATE CONSTRAINT {label.lower()}_uid IF NOT EXISTS FOR (n:{label}) REQUIRE n.uid IS UNIQUE"
        for label in [*vocabulary().labels, MARKER]
    ]


def schema_statements() -> list[str]:
    """The constraints and indexes of a store: ``uid`` unique in every label, names found by index."""
    names = [
        f"CREATE INDEX {label.lower()}_name IF NOT EXISTS FOR (n:{label}) ON (n.name)" for label in vocabulary().labels
    ]
    return constraints() + names
