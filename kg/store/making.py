"""The clauses by which things and relationships are made; an engine that is quicker with others has its own."""

from __future__ import annotations

from collections.abc import Iterable


class Making:
    """A thing's properties are ``row`` itself; a relationship's are ``row.props``, and its ends ``a`` and ``b``."""

    def node(self, label: str, keys: Iterable[str]) -> str:
        """Make a thing that may have been made by another writer just now."""
        return f"MERGE (n:{label} {{uid: row.uid}}) SET n = row"

    def change(self, label: str, keys: Iterable[str]) -> str:
        """Change some properties of a thing; null takes one away."""
        return f"MATCH (n:{label} {{uid: row.uid}}) SET n += row"

    def edge(self, type_: str, keys: Iterable[str]) -> str:
        """Make a relationship."""
        return f"CREATE (a)-[r:{type_}]->(b) SET r = row.props"
