"""Every test of behaviour runs on each store there is: the embedded one and a Neo4j server."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.store import Store


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()
