"""The county as a graph and as a real store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from county_graph import build

from kg.model import Edge, Graph, Reading
from kg.store import Store, open_store


@pytest.fixture(scope="session")
def county() -> Graph:
    return build()


@pytest.fixture(scope="session")
def county_store(county: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The county in the embedded store, a reading a notice."""
    by_notice: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in county.edges:
        by_notice[edge.evidence[0].notice if edge.evidence else "notice:leaders"].append(edge)
    path: Path = tmp_path_factory.mktemp("county") / "store"
    with open_store(path) as store:
        for notice, edges in by_notice.items():
            ids = sorted({i for e in edges for i in (e.source, e.target)})
            store.put(Reading(county.notices[notice], [deepcopy(county.nodes[i]) for i in ids], edges))
        yield store
