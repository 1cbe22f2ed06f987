"""The same notices on the embedded store and on a server."""

from __future__ import annotations

from typing import NamedTuple

from kg.store import Store


class Both(NamedTuple):
    """Two stores that must answer alike."""

    embedded: Store
    neo4j: Store
