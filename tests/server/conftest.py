"""The sample notices on both stores, loaded once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("server", "store", "cli")]

from both_stores import Both

import kg
from kg.loading import Defaults, files, load, read
from kg.model import Reading
from kg.store import open_store

SAMPLES = Path(kg.__file__).parent / "samples"


@pytest.fixture(scope="session")
def sample_readings() -> list[Reading]:
    found = files([str(SAMPLES)])
    return [read(path, name, Defaults()) for name, path, _ in found if path is not None]


@pytest.fixture(scope="module")
def both(neo4j_emptied: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with (
        open_store(tmp_path_factory.mktemp("both") / "graph.kgl") as embedded,
        open_store(neo4j_emptied()) as server,
    ):
        for store in (embedded, server):
            tally = load(store, files([str(SAMPLES)]), Defaults())
            assert tally.new >= 12 and not tally.failed
        yield Both(embedded, server)
