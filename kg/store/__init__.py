"""Where the graph is kept: one small interface, an embedded store behind it or a Neo4j server."""

from __future__ import annotations

from pathlib import Path

from kg.store.protocol import Counts, Outcome, Removed, Rows, Store

__all__ = ["Counts", "Outcome", "Removed", "Rows", "Store", "of_server", "open_store"]


def of_server(address: str) -> bool:
    """Whether an address is a server's rather than a file's."""
    return "://" in address or address == "neo4j-local"


def open_store(address: str | Path, *, read_only: bool = False) -> Store:
    """Open the store at a path (embedded; made when absent), at a ``neo4j://`` or ``bolt://`` address, or on the
    user's own server (``neo4j-local``).

    ``read_only`` opens for questions only: any number of processes may, also while one loads (they then see the
    last saved state, and ``remarks`` says so). Raises StoreError, one line, when it cannot be opened; nothing is
    overwritten then.
    """
    text = str(address)
    if of_server(text):
        from kg.store.neo4j import Neo4jStore

        return Neo4jStore.open(text, read_only=read_only)
    from kg.store.embedded import EmbeddedStore

    return EmbeddedStore.open(Path(text), read_only=read_only)
