"""Stores of both kinds, as in the tests of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.store import Store, open_store


@pytest.fixture(params=["embedded", "neo4j"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Each call opens a new, empty store; a server holds one, so that a second call empties what the first one made."""
    opened: list[Store] = []
    emptied = request.getfixturevalue("neo4j_emptied") if request.param == "neo4j" else None

    def make() -> Store:
        store = open_store(emptied() if emptied else tmp_path / f"store{len(opened)}.kgl")
        opened.append(store)
        return store

    yield make
    for store in opened:
        store.close()
