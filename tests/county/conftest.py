"""The county's notices and tables, loaded into each store there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.loading import Defaults, files, load
from kg.store import Store, open_store

NOTICES = Path(__file__).with_name("notices")


@pytest.fixture(scope="session", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "neo4j":
        address: str | Path = request.getfixturevalue("neo4j_emptied")()
    else:
        address = tmp_path_factory.mktemp("county") / "graph.kgl"
    with open_store(address) as made:
        tally = load(made, files([str(NOTICES)]), Defaults())
        assert (tally.new, tally.failed) == (18, [])
        yield made
