"""Each format read back by another tool: the same things, the same edges, the same words."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import networkx
import pytest
from rdflib import RDF, Dataset, Namespace, URIRef
from rdflib import Graph as RdfGraph

from kg.export import FORMATS, export, read_json, reading_ttl
from kg.export.terms import statement_iri, thing_id, thing_iri
from kg.model import Graph, Reading
from kg.shacl import validate
from kg.vocabulary import vocabulary

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
AKG = Namespace("https://w3id.org/accountability-kg#")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
TIME = Namespace("http://www.w3.org/2006/time#")
DERIVED = URIRef("https://w3id.org/accountability-kg/graph/derived")


def write(graph: Graph, folder: Path, ending: str) -> Path:
    path = folder / f"g.{ending}"
    export(graph, path)
    return path


def rdf(graph: Graph, folder: Path, ending: str) -> Dataset:
    """Any of the three as one dataset whose default graph is the union."""
    path = write(graph, folder, ending)
    data = Dataset(default_union=True)
    data.parse(path, format={"ttl": "turtle", "nq": "nquads", "jsonld": "json-ld"}[ending])
    return data


def count_things(data: RdfGraph) -> int:
    return sum(len(set(data.subjects(RDF.type, URIRef(i.iri)))) for i in vocabulary().labels.values())


def count_edges(data: RdfGraph) -> int:
    """Reified edges, and the plain STATED_IN that say nothing more."""
    reified = set(data.subjects(RDF.type, AKG.Statement))
    told = {(data.value(s, RDF.subject), data.value(s, RDF.object)) for s in data.subjects(RDF.predicate, AKG.statedIn)}
    return len(reified) + len(set(data.subject_objects(AKG.statedIn)) - told)


@pytest.mark.parametrize("ending", ["ttl", "nq", "jsonld"])
def test_rdf_holds_the_same_counts(graph: Graph, tmp_path: Path, ending: str) -> None:
    data = rdf(graph, tmp_path, ending)
    assert count_things(data) == len(graph.nodes) + len(graph.notices)
    assert count_edges(data) == len(graph.edges)
    assert len(set(data.subjects(RDF.type, OA.Annotation))) == sum(len(e.evidence) for e in graph.edges)


def test_the_three_rdf_forms_agree(graph: Graph, tmp_path: Path) -> None:
    turtle, quads, jsonld = (rdf(graph, tmp_path, e) for e in ("ttl", "nq", "jsonld"))
    assert set(quads.quads()) == set(jsonld.quads())
    bundles = set(quads.triples((None, RDF.type, PROV.Bundle)))
    bundles |= {t for s, _, _ in bundles for t in quads.triples((s, None, None))}
    assert set(turtle.triples((None, None, None))) == set(quads.triples((None, None, None))) - bundles


@pytest.mark.parametrize("ending", ["nq", "jsonld"])
def test_a_named_graph_a_notice(graph: Graph, tmp_path: Path, ending: str) -> None:
    data = rdf(graph, tmp_path, ending)
    agency, duty, place = (URIRef(thing_iri(u)) for u in ("agency:130626/生态环境局", _duty(graph), "region:130626"))

    def where(triple: tuple[URIRef, URIRef, URIRef]) -> set[str]:
        return {str(q[3]).rpartition("/graph/")[2] for q in data.quads((*triple, None))}

    assert where((agency, AKG.bears, duty)) == {"notice:2024/1", "notice:2024/2"}
    assert where((agency, AKG.governs, place)) == {"derived"}
    assert where((URIRef(thing_iri("notice:2024/1")), RDF.type, AKG.Notice)) == {"notice:2024/1"}
    for name in graph.notices:
        bundle = URIRef(f"https://w3id.org/accountability-kg/graph/{name}")
        assert data.value(bundle, PROV.hadPrimarySource) == URIRef(thing_iri(name))


@pytest.mark.parametrize("ending", ["ttl", "nq", "jsonld"])
def test_evidence_quotes_the_text_of_its_notice(graph: Graph, tmp_path: Path, ending: str) -> None:
    data = rdf(graph, tmp_path, ending)
    seen = 0
    for edge in graph.edges:
        statement = URIRef(statement_iri(edge.key))
        found = set()
        for note in data.objects(statement, AKG.evidence):
            assert data.value(note, OA.hasBody) == statement
            target = data.value(note, OA.hasTarget)
            notice = data.value(target, OA.hasSource)
            position, quote = sorted(data.objects(target, OA.hasSelector))
            start, end = (int(data.value(position, p)) for p in (OA.start, OA.end))
            exact = str(data.value(quote, OA.exact))
            assert str(data.value(notice, AKG.text))[start:end] == exact
            found.add((thing_id(str(notice)), start, end, exact))
            seen += 1
        assert found == {(e.notice, e.start, e.end, e.quote) for e in edge.evidence}
    assert seen == 11


def test_what_qualifies_a_statement_is_kept(graph: Graph, tmp_path: Path) -> None:
    data = rdf(graph, tmp_path, "ttl")
    for edge in graph.edges:
        statement = URIRef(statement_iri(edge.key))
        if edge.type == "STATED_IN" and not edge.evidence:
            assert (statement, None, None) not in data
            continue
        assert float(data.value(statement, AKG.confidence)) == edge.confidence
        assert data.value(statement, AKG.derived).toPython() is edge.derived
        assert {str(o) for o in data.objects(statement, AKG.premises)} == set(map(statement_iri, edge.premises))
        assert {str(o) for o in data.objects(statement, AKG.role)} == {edge.props.get("role")} - {None}
        sources = {thing_id(str(o)) for o in data.objects(statement, PROV.hadPrimarySource)}
        assert sources == {e.notice for e in edge.evidence}


def test_other_vocabularies_understand_it(graph: Graph, tmp_path: Path) -> None:
    data = rdf(graph, tmp_path, "ttl")
    person, post, agency = (
        URIRef(thing_iri(u))
        for u in ("person:钱向南@130626", "post:130626/生态环境局/局长", "agency:130626/生态环境局")
    )
    assert (person, ORG.holds, post) in data and (post, ORG.postIn, agency) in data
    assert (agency, ORG.reportsTo, post) in data
    (membership,) = data.subjects(ORG.member, person)
    assert (membership, RDF.type, ORG.Membership) in data and (membership, ORG.organization, agency) in data
    interval = data.value(membership, ORG.memberDuring)
    begin, end = (data.value(interval, p) for p in (TIME.hasBeginning, TIME.hasEnd))
    assert [str(data.value(i, TIME.inXSDDate)) for i in (begin, end)] == ["2023-01-02", "2024-12-01"]
    duty = URIRef(thing_iri(_duty(graph)))
    assert (duty, URIRef("http://www.w3.org/ns/odrl/2/assignee"), agency) in data
    topic = URIRef(thing_iri("topic:散煤"))
    exact = URIRef("http://www.w3.org/2004/02/skos/core#exactMatch")
    assert str(data.value(topic, exact)) == "https://w3id.org/accountability-kg/topic#coal-bulk"


def test_the_sample_conforms_to_the_shapes(graph: Graph) -> None:
    report = validate(graph)
    assert (
        report.text() == f"{len(graph.nodes) + 2} things and {len(graph.edges) - 7} statements checked: all conform\n"
    )


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_networks(graph: Graph, tmp_path: Path, ending: str) -> None:
    path = write(graph, tmp_path, ending)
    read = networkx.read_graphml(path) if ending == "graphml" else networkx.read_gexf(path)
    assert (len(read.nodes), len(read.edges)) == (len(graph.nodes) + len(graph.notices), len(graph.edges))
    label, name, kind = ("label", "name", "type") if ending == "graphml" else ("class", "label", "label")
    for node in graph.nodes.values():
        found = read.nodes[node.id]
        assert (found[label], found[name]) == (node.label, node.name)
        assert tuple(json.loads(found.get("aliases", "[]"))) == node.aliases
        for key, value in node.props.items():
            assert (json.loads(found[key]) if isinstance(value, list) else found[key]) == value
    found_edges = {d["id"]: (s, t, d) for s, t, d in read.edges(data=True)}
    for edge in graph.edges:
        source, target, data = found_edges[edge.key]
        assert (source, target, data[kind], data["derived"]) == (edge.source, edge.target, edge.type, edge.derived)
        assert json.loads(data.get("quotes", "[]")) == [e.quote for e in edge.evidence]
        assert data["confidence"] == edge.confidence


def test_json_gives_the_graph_back(graph: Graph, tmp_path: Path) -> None:
    path = write(graph, tmp_path, "json")
    again = read_json(path)
    assert (again.nodes, again.notices) == (graph.nodes, graph.notices)
    assert sorted(again.edges, key=lambda e: e.key) == sorted(graph.edges, key=lambda e: e.key)
    data = json.loads(path.read_text("utf-8"))
    assert len(data["nodes"]) == len(graph.nodes) + len(graph.notices)
    ends = {n["id"] for n in data["nodes"]}
    assert all({e["source"], e["target"]} <= ends for e in data["edges"])


def test_tables(graph: Graph, tmp_path: Path) -> None:
    path = write(graph, tmp_path, "csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        edges = list(csv.DictReader(file))
    with (tmp_path / "g.nodes.csv").open(encoding="utf-8-sig", newline="") as file:
        nodes = list(csv.DictReader(file))
    assert (len(edges), len(nodes)) == (len(graph.edges), len(graph.nodes) + len(graph.notices))
    twice = next(r for r in edges if r["type"] == "BEARS" and r["source_name"] == "定兴县生态环境局")
    assert twice["target_name"] == "每周巡查散煤点位" and twice["role"] == "责任" and twice["derived"] == "false"
    assert twice["quote"].split("\n") == ["定兴县生态环境局要每周巡查散煤点位，", "钱向南再次要求巡查"]
    assert twice["date"].split("\n") == ["2024-09-01", "2024-10-08"]
    assert twice["url"].split("\n")[0] == "http://example.cn/1"
    assert {r["source"] for r in edges} <= {r["id"] for r in nodes}


def test_tables_hold_no_formula(graph: Graph, tmp_path: Path) -> None:
    node = graph.nodes["region:130626"]
    for start in ("=", "+", "-", "@", "\t=", "\r", "＝", " =", "  ＠"):
        node.name = f"{start}HYPERLINK(1)"
        path = write(graph, tmp_path, "csv")
        for file in (path, tmp_path / "g.nodes.csv"):
            with file.open(encoding="utf-8-sig", newline="") as rows:
                cells = [cell for row in csv.reader(rows) for cell in row]
            assert [c for c in cells if c and c.lstrip(" ")[:1] in "=+-@\t\r＝＋－＠"] == []
            assert f"'{start}HYPERLINK(1)" in cells
    assert not any(c.startswith("''") for c in cells)


def test_characters_that_xml_cannot_hold(graph: Graph, tmp_path: Path) -> None:
    graph.nodes["region:130626"].name = "定\x00兴\x0b县\ufffe"
    for ending in ("graphml", "gexf"):
        path = write(graph, tmp_path, ending)
        read = networkx.read_graphml(path) if ending == "graphml" else networkx.read_gexf(path)
        assert read.nodes["region:130626"]["name" if ending == "graphml" else "label"] == "定\ufffd兴\ufffd县\ufffd"


def test_very_long_and_strange_texts(graph: Graph, tmp_path: Path) -> None:
    strange = "甲\\\"'\n\r\t\u2028\u2029\u0085\ufeff\u200e👩‍🏭" + "长" * 200_000
    graph.nodes[_duty(graph)].props["text"] = strange
    for ending in ("ttl", "nq", "jsonld"):
        data = rdf(graph, tmp_path, ending)
        assert str(data.value(URIRef(thing_iri(_duty(graph))), AKG.text)) == strange
    assert read_json(write(graph, tmp_path, "json")).nodes[_duty(graph)].props["text"] == strange


def test_an_empty_graph(tmp_path: Path) -> None:
    for ending in FORMATS:
        assert write(Graph(), tmp_path, ending).exists()
    assert read_json(tmp_path / "g.json") == Graph()
    assert len(networkx.read_graphml(tmp_path / "g.graphml")) == len(networkx.read_gexf(tmp_path / "g.gexf")) == 0
    assert len(RdfGraph().parse(tmp_path / "g.ttl")) == 0


def test_a_reading_as_turtle(graph: Graph) -> None:
    notice = graph.notices["notice:2024/1"]
    edges = [e for e in graph.edges if e.target != "notice:2024/2" and len(e.evidence) == 1]
    reading = Reading(notice, list(graph.nodes.values()), [*edges, edges[0]])
    data = RdfGraph().parse(data=reading_ttl(reading), format="turtle")
    assert count_things(data) == len(graph.nodes) + 1
    assert count_edges(data) == len(edges) + 1, "a thing said twice in one notice counts twice"


def _duty(graph: Graph) -> str:
    return next(n.id for n in graph.nodes.values() if n.label == "Obligation")
