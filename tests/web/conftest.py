"""The samples, served from either store."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from web_served import Served, serving

from kg.loading import Defaults, files, load
from kg.store import open_store
from kg.web import Settings


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An embedded store of the sample notices."""
    address = str(tmp_path_factory.mktemp("web") / "samples.kgl")
    with open_store(address) as store:
        tally = load(store, files([str(Path(__file__).parents[2] / "kg" / "samples")]), Defaults())
    assert tally.loaded and not tally.failed
    return address


@pytest.fixture(scope="session")
def served(samples: str) -> Iterator[Served]:
    """The samples served from the embedded store."""
    with serving(Settings(samples)) as server:
        yield server


@pytest.fixture(scope="session")
def served_neo4j(samples: str, neo4j_emptied: Callable[[], str]) -> Iterator[Served]:
    """The same from a real Neo4j server."""
    from kg.store.copying import copy

    address = neo4j_emptied()
    with open_store(samples, read_only=True) as source, open_store(address) as target:
        copy(source, target)
    with serving(Settings(address)) as server:
        yield server
