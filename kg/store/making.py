"""The clauses by which things, relationships, constraints and indexes are made; an engine may have its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from kg.store.records import ALWAYS, NOTICE
from kg.vocabulary import vocabulary

MARKER = "KgStore"  # the one node that says what made this store


class Making:
    """A thing's properties are ``row`` itself; a relationship's are ``row.props``, and its ends ``a`` and ``b``.

    ``made`` are the properties of all that is to be made by the statement. ``degrees`` says whether the engine is to be told
    from which of its ends a relationship is found sooner.
    """

    degrees: ClassVar = False

    def node(self, label: str, made: Iterable[Mapping[str, Any]]) -> str:
        """Make a thing that may have been made by another writer just now."""
        return f"MERGE (n:{label} {{uid: row.uid}}) SET n = row"

    def change(self, label: str, keys: Iterable[str]) -> str:
        """Change some properties of a thing; null takes one away."""
        return f"MATCH (n:{label} {{uid: row.uid}}) SET n += row"

    def edge(self, type_: str, made: Iterable[Mapping[str, Any]]) -> str:
        """Make a relationship."""
        return f"CREATE (a)-[r:{type_}]->(b) SET r = row.props"


class Named(Making):
    """Properties one by one: the embedded engine takes a third of the time for them that it takes for a map.

    It answers an absent title with the name unless it is set to null, and setting the name sets the title as well. A
    property that no thing of a label has had yet must not stand inside CREATE.
    """

    degrees: ClassVar = True

    def node(self, label: str, made: Iterable[Mapping[str, Any]]) -> str:
        if label == NOTICE:  # it may be there, named by another
            return super().node(label, made) + ", n.title = row.title"
        create = f"CREATE (n:{label} {{{', '.join(f'{key}: row.{key}' for key in ALWAYS)}}}) "
        return create + _set_each([*(key for key in _keys(made) if key not in ALWAYS and key != "title"), "title"])

    def change(self, label: str, keys: Iterable[str]) -> str:
        return f"MATCH (n:{label} {{uid: row.uid}}) " + _set_each(sorted(keys, key="title".__eq__))

    def edge(self, type_: str, made: Iterable[Mapping[str, Any]]) -> str:
        return f"CREATE (a)-[r:{type_} {{{', '.join(f'{key}: row.props.{key}' for key in _keys(made))}}}]->(b)"


def _keys(rows: Iterable[Mapping[str, Any]]) -> list[str]:
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
