"""What only a real server can show: how it finds what a load writes, and that an older one is told the same in other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from store_readings import Draft

from kg.model import Graph, Reading
from kg.store import Store, open_store
from kg.store import neo4j as kept
from kg.store.making import Making

ROW = {"source": "a", "target": "b", "props": {"uid": "a|SUPERVISES|b"}}
PATTERN = ("Agency", "SUPERVISES", "Agency")
PLACED = {"a": "4:x:1", "b": "4:x:2"}


def _operators(plan: Any) -> Iterator[str]:
    yield plan["operatorType"].partition("@")[0]
    for child in plan.get("children", ()):
        yield from _operators(child)


@pytest.mark.parametrize("types", [True, False])
@pytest.mark.parametrize(
    "told",
    [
        lambda m: m.find("Agency"),
        lambda m: m.nodes("Agency", [{"uid": "a"}])[0],
        lambda m: m.nodes("Notice", [{"uid": "a"}])[0],
        lambda m: f"UNWIND $rows AS row {m.change('Agency', ['name'])}",
        lambda m: f"UNWIND $rows AS row {m.between} RETURN r",
        lambda m: f"UNWIND $rows AS row {m.between} SET r = row.props",
        lambda m: f"UNWIND $rows AS row {m.between} DELETE r",
        lambda m: next(m.links([(PATTERN, ROW)], PLACED))[0],
        lambda m: next(m.links([(PATTERN, ROW)], {}))[0],
    ],
)
def test_a_load_looks_through_nothing(
    neo4j_emptied: Callable[[], str], neo4j_session: Callable[..., Any], told: Callable[[Making], str], types: bool
) -> None:
    with open_store(neo4j_emptied()):
        making = Making(types=types)
        given = dict.fromkeys(("ids", "rows", "texts", "marks", "tables", "last"))
        plan = neo4j_session(f"EXPLAIN {told(making).removeprefix(making.kept)}", given).summary.plan
    assert not [operator for operator in _operators(plan) if "Scan" in operator]


def _said(day: int, *chain: str) -> Reading:
    draft = Draft(f"{day}", f"2024-01-0{day}").say(f"第{day}句，上级管下级。")
    for over, under in pairwise(chain):
        draft.edge(f"agency:{over}/府", "SUPERVISES", f"agency:{under}/府", kind="rank")
        draft.edge(f"agency:{under}/府", "GOVERNS", f"region:{under}")
    return draft.reading()


def _loaded(store: Store) -> list[Graph]:
    """The graph after notices that say new things, old things again, and other things than before."""
    graphs = []
    for said in ([_said(1, "1", "2", "3"), _said(2, "2", "3", "4")], [_said(3, "1", "2"), _said(4, "5", "4")]):
        assert {outcome for _, outcome in store.put_all(said)} == {"new"}
        graphs.append(store.graph())
    assert store.put(_said(2, "2", "4")) == "changed"
    return [*graphs, store.graph()]


def test_an_older_server_gets_the_same_graph(neo4j_emptied: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(neo4j_emptied()) as store:
        graphs = _loaded(store)
    monkeypatch.setattr(kept, "_TYPES", (9_999,))
    with open_store(neo4j_emptied()) as older:
        assert _loaded(older) == graphs
    assert len({len(graph.edges) for graph in graphs}) == 3
