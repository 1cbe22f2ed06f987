"""Every test of behaviour runs on each store there is: the embedded one and a Neo4j server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.store import Store, open_store


@pytest.fixture(params=["embedded", "neo4j"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Each call opens a new, empty store of the kind under test; all are closed at the end.

    A server holds one store, so a second call empties what the first one made: read from it before.
    """
    opened: list[Store] = []
    emptied = request.getfixturevalue("neo4j_emptied") if request.param == "neo4j" else None

    def make() -> Store:
        store = open_store(emptied() if emptied else tmp_path / f"store{len(opened)}.kgl")
        opened.append(store)
        return store

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()
