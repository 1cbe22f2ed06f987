"""What holds of every graph: equal graphs give identical bytes, and nothing is lost on the way out."""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Dataset

from kg.export import FORMATS, export, read_decisions, read_json, render
from kg.export.content import things
from kg.export.terms import thing_id, thing_iri
from kg.model import Edge, Graph, Node, Reading, edge_json
from kg.shacl import validate
from kg.vocabulary import vocabulary

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
SETTINGS = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def shuffled(graph: Graph, seed: int) -> Graph:
    """The same graph, put together in another order: nodes, edges, notices and properties."""
    order = random.Random(seed)

    def mix(mapping: dict) -> dict:  # type: ignore[type-arg]
        return dict(order.sample(list(mapping.items()), len(mapping)))

    nodes = {k: Node(n.id, n.label, n.name, n.aliases, mix(n.props)) for k, n in mix(graph.nodes).items()}
    edges = [
        Edge(e.source, e.type, e.target, e.evidence, e.rule, e.confidence, e.derived, e.premises, mix(e.props))
        for e in order.sample(graph.edges, len(graph.edges))
    ]
    return Graph(nodes, edges, mix(graph.notices), order.sample(graph.decisions, len(graph.decisions)))


@SETTINGS
@given(data=st.data())
def test_the_order_of_putting_together_does_not_show(graphs: st.SearchStrategy[Graph], data: st.DataObject) -> None:
    graph = data.draw(graphs)
    other = shuffled(graph, data.draw(st.integers(0, 2**16)))
    for form in FORMATS:
        assert render(graph, form) == render(other, form)


@SETTINGS
@given(data=st.data())
def test_json_round_trip(graphs: st.SearchStrategy[Graph], data: st.DataObject) -> None:
    graph = data.draw(graphs)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "g.json")
        export(graph, path)
        again = read_json(path)
    assert (again.nodes, again.notices, again.decisions) == (graph.nodes, graph.notices, graph.decisions)

    def in_order(edges: list[Edge]) -> list[Edge]:
        return sorted(edges, key=lambda e: json.dumps(edge_json(e), sort_keys=True))

    assert in_order(again.edges) == in_order(graph.edges)


@SETTINGS
@given(data=st.data(), ending=st.sampled_from(["json", "ttl", "nq", "jsonld"]))
def test_decisions_are_read_back(graphs: st.SearchStrategy[Graph], data: st.DataObject, ending: str) -> None:
    graph = data.draw(graphs)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"g.{ending}")
        export(graph, path)
        assert read_decisions(path) == graph.decisions


@SETTINGS
@given(data=st.data())
def test_rdf_and_networks_read_back_with_equal_counts(graphs: st.SearchStrategy[Graph], data: st.DataObject) -> None:
    graph = data.draw(graphs)
    quads, jsonld = Dataset(), Dataset()
    quads.parse(data=render(graph, "nq"), format="nquads")
    jsonld.parse(data=render(graph, "jsonld"), format="json-ld")
    assert set(quads.quads()) == set(jsonld.quads())
    assert len(set(quads.quads())) == len(render(graph, "nq").splitlines())
    subjects = {thing_id(str(s)) for s, _, _, _ in quads.quads()} - {None}
    assert subjects == {n.id for n in things(graph)}
    for form in ("graphml", "gexf"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"g.{form}")
            export(graph, path)
            read = networkx.read_graphml(path, force_multigraph=True) if form == "graphml" else networkx.read_gexf(path)
        assert len(read.edges) == len(graph.edges)


@SETTINGS
@given(data=st.data())
def test_the_door_and_the_shapes_agree(graphs: st.SearchStrategy[Graph], data: st.DataObject) -> None:
    """What the store's door lets in conforms to the shapes, notice by notice."""
    graph = data.draw(graphs)
    for notice in graph.notices.values():
        known = {notice.id, *graph.nodes}
        edges = [
            e for e in graph.edges
            if {e.source, e.target} <= known and {v.notice for v in e.evidence} <= {notice.id}
        ]  # fmt: skip
        vocabulary().check(Reading(notice, list(graph.nodes.values()), edges))
        report = validate(Graph(graph.nodes, edges, {notice.id: notice}))
        assert report.conforms, report.text()


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_an_iri_gives_its_id_back(uid: str) -> None:
    iri = thing_iri(uid)
    assert thing_id(iri) == uid
    assert not set(iri) & set(' <>"{}|\\^`#?%\n\t') - {"%"}
