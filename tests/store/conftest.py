"""Every test of behaviour runs on each store there is; ``make_store`` opens fresh ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.store import Store, open_store


@pytest.fixture(params=["embedded"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Each call opens a new, empty store of the kind under test; all are closed at the end."""
    opened: list[Store] = []

    def make() -> Store:
        store = open_store(tmp_path / f"store{len(opened)}.kgl")
        opened.append(store)
        return store

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(make_store: Callable[[], Store]) -> Store:
    return make_store()
