"""Every test of behaviour runs on each store there is; ``make_store`` opens fresh ones.

The embedded store always; a Neo4j server where ``KG_TEST_NEO4J`` gives its bolt:// address (its database is emptied
before each use; NEO4J_USERNAME and NEO4J_PASSWORD as for the store itself).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.store import Store, open_store

SERVER = os.environ.get("KG_TEST_NEO4J", "")


def emptied(address: str) -> str:
    """Empty the server's database, so that the next store opened there is a new one."""
    import neo4j

    login = (os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ["NEO4J_PASSWORD"])
    with neo4j.GraphDatabase.driver(address, auth=login) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return address


@pytest.fixture(params=["embedded", *(["neo4j"] if SERVER else [])])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Each call opens a new, empty store of the kind under test; all are closed at the end.

    A server holds one store, so a second call empties what the first one made: read from it before.
    """
    opened: list[Store] = []

    def make() -> Store:
        embedded = request.param == "embedded"
        store = open_store(tmp_path / f"store{len(opened)}.kgl" if embedded else emptied(SERVER))
        opened.append(store)
        return store

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()
