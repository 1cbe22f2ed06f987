"""The graph as RDF quads.

The default graph holds what is known of each thing and each statement (a reified edge: its ends, rule, confidence,
whether derived, premises). A named graph a notice holds what that notice says: the notice itself, the plain triples
that rest on it, and its words as Web Annotations. Derived triples have a named graph of their own, so stated and
derived never mix, and so have decisions. Besides the project's own terms stand those of the vocabularies that the ontology aligns them with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.decisions import Decision
from kg.export.content import statements, things
from kg.export.terms import (
    OA,
    ORG,
    PROV,
    RDF,
    ROOT,
    SKOS,
    TIME,
    TYPE,
    XSD,
    Lit,
    Quad,
    annotation_iri,
    decision_iri,
    graph_iri,
    literal,
    statement_iri,
    term_iri,
    thing_iri,
)
from kg.model import Edge, Evidence, Graph, Node, Value
from kg.vocabulary import PropertyInfo, TypeInfo, Vocabulary, vocabulary

DERIVED, DECISIONS = graph_iri("derived"), graph_iri("decisions")
_SECTIONS = tuple(ROOT + part for part in ("graph/", "id/", "statement/", "evidence/", "decision/"))


def quads(graph: Graph) -> list[Quad]:
    """All quads of a graph, sorted, none twice."""
    return sorted(set(_Writer(graph, vocabulary()).run()), key=_order)


def triples(graph: Graph) -> list[Quad]:
    """The same without named graphs; a derived statement is then known by its ``akg:derived`` alone."""
    flat = {q._replace(graph="") for q in _Writer(graph, vocabulary(), bundles=False).run()}
    return sorted(flat, key=_order)


class _Writer:
    def __init__(self, graph: Graph, schema: Vocabulary, *, bundles: bool = True) -> None:
        self.graph = graph
        self.schema = schema
        self.bundles = bundles
        self.topics = {t.notation: t.iri for t in (*schema.topics, *schema.fields)}
        self.seats: dict[str, list[str]] = {}  # post -> the bodies it is in
        for edge in graph.edges:
            if edge.type == "POST_IN":
                self.seats.setdefault(edge.source, []).append(edge.target)

    def run(self) -> Iterator[Quad]:
        for node in things(self.graph):
            yield from self._thing(node)
        for key in self.graph.notices if self.bundles else ():
            yield Quad(graph_iri(key), TYPE, PROV + "Bundle")
            yield Quad(graph_iri(key), PROV + "hadPrimarySource", thing_iri(key))
        for uid, edge in statements(self.graph):
            kind = self.schema.types.get(edge.type)
            yield from self._plain(edge, kind)
            if _says_more(edge, kind):
                yield from self._statement(uid, edge, kind)
                for item in edge.evidence:
                    yield from _evidence(uid, item, DERIVED if edge.derived else graph_iri(item.notice))
        for made in self.graph.decisions:
            yield from _decision(made)

    def _thing(self, node: Node) -> Iterator[Quad]:
        subject = thing_iri(node.id)
        where = graph_iri(node.id) if node.id in self.graph.notices else ""
        label = self.schema.labels.get(node.label)
        yield Quad(subject, TYPE, label.iri if label else term_iri(node.label), where)
        for other in label.aligned if label else ():
            yield Quad(subject, TYPE, other, where)
        values: dict[str, Value] = {**node.props, "uid": node.id, "name": node.name, "aliases": list(node.aliases)}
        if node.id in self.graph.notices:
            values["text"] = self.graph.notices[node.id].text
        yield from _properties(subject, values, label.properties if label else {}, where)
        topic = self.topics.get(str(node.props.get("notation"))) if node.label == "Topic" else None
        if topic:
            yield Quad(subject, SKOS + "exactMatch", topic, where)

    def _plain(self, edge: Edge, kind: TypeInfo | None) -> Iterator[Quad]:
        """The triple itself, in the graph of each notice that says it."""
        source, target = thing_iri(edge.source), thing_iri(edge.target)
        if edge.derived:
            graphs = [DERIVED]
        else:
            told = sorted({e.notice for e in edge.evidence})
            graphs = [graph_iri(n) for n in told or ([edge.target] if edge.target in self.graph.notices else [])]
        for where in graphs or [""]:
            yield Quad(source, _predicate(edge, kind), target, where)
            for other in kind.aligned if kind else ():
                yield Quad(source, other, target, where)
            for other in kind.aligned_inverse if kind else ():
                yield Quad(target, other, source, where)

    def _statement(self, uid: str, edge: Edge, kind: TypeInfo | None) -> Iterator[Quad]:
        subject = statement_iri(uid)
        yield Quad(subject, TYPE, term_iri("Statement"))
        for other in (kind.statement, *kind.statement_aligned) if kind else ():
            yield Quad(subject, TYPE, other)
        yield Quad(subject, RDF + "subject", thing_iri(edge.source))
        yield Quad(subject, RDF + "predicate", _predicate(edge, kind))
        yield Quad(subject, RDF + "object", thing_iri(edge.target))
        values: dict[str, Value] = {
            **edge.props, "uid": uid, "rule": edge.rule, "confidence": edge.confidence, "derived": edge.derived
        }  # fmt: skip
        yield from _properties(subject, values, kind.properties if kind else {}, "")
        for premise in edge.premises:
            yield Quad(subject, term_iri("premises"), statement_iri(premise))
            yield Quad(subject, PROV + "wasDerivedFrom", statement_iri(premise))
        for notice in {e.notice for e in edge.evidence}:
            yield Quad(subject, PROV + "hadPrimarySource", thing_iri(notice))
        if kind and kind.source_as:
            yield Quad(subject, kind.source_as, thing_iri(edge.source))
        if kind and ORG + "Membership" in kind.statement_aligned:
            yield from self._membership(subject, edge)

    def _membership(self, subject: str, edge: Edge) -> Iterator[Quad]:
        """What org:Membership says beyond the holder: the body, and the time as an interval."""
        for body in self.seats.get(edge.target, ()):
            yield Quad(subject, ORG + "organization", thing_iri(body))
        interval = subject + "/interval"
        for name, predicate in (("since", "hasBeginning"), ("until", "hasEnd")):
            if edge.props.get(name):
                yield Quad(subject, ORG + "memberDuring", interval)
                yield Quad(interval, TYPE, TIME + "Interval")
                yield Quad(interval, TIME + predicate, f"{interval}/{name}")
                yield Quad(f"{interval}/{name}", TYPE, TIME + "Instant")
                yield Quad(f"{interval}/{name}", TIME + "inXSDDate", literal(edge.props[name], "date"))


def _says_more(edge: Edge, kind: TypeInfo | None) -> bool:
    """Whether an edge says more than its plain triple: a bare STATED_IN does not (its days are the notice's own)."""
    if kind is None or not kind.evidence_optional:
        return True
    return bool(edge.evidence or edge.derived or edge.rule or edge.props.keys() - {"first_seen", "last_seen"})


def _properties(
    subject: str, values: Mapping[str, Value], known: Mapping[str, PropertyInfo], where: str
) -> Iterator[Quad]:
    for name, value in values.items():
        info = known.get(name)
        predicates = (info.iri, *info.aligned) if info else (term_iri(name),)
        items: Iterable[object] = value if isinstance(value, list) else (value,)
        for item in items:
            if item != "":
                for predicate in predicates:
                    yield Quad(subject, predicate, literal(item, info.datatype if info else "string"), where)


def _evidence(uid: str, item: Evidence, where: str) -> Iterator[Quad]:
    """The words as a Web Annotation: the statement its body, a stretch of the notice its target."""
    note, notice = annotation_iri(uid, item.ref), thing_iri(item.notice)
    span = f"{item.start},{item.end}"
    target, position, quote = f"{notice}#char={span}", f"{notice}#position={span}", f"{notice}#quote={span}"
    number = XSD + "nonNegativeInteger"
    yield Quad(statement_iri(uid), term_iri("evidence"), note, where)
    yield Quad(note, TYPE, OA + "Annotation", where)
    yield Quad(note, OA + "hasBody", statement_iri(uid), where)
    yield Quad(note, OA + "hasTarget", target, where)
    yield Quad(target, TYPE, OA + "SpecificResource", where)
    yield Quad(target, OA + "hasSource", notice, where)
    yield Quad(target, OA + "hasSelector", position, where)
    yield Quad(target, OA + "hasSelector", quote, where)
    yield Quad(position, TYPE, OA + "TextPositionSelector", where)
    yield Quad(position, OA + "start", Lit(str(item.start), number), where)
    yield Quad(position, OA + "end", Lit(str(item.end), number), where)
    yield Quad(quote, TYPE, OA + "TextQuoteSelector", where)
    yield Quad(quote, OA + "exact", Lit(item.quote), where)


def _decision(made: Decision) -> Iterator[Quad]:
    """A decision as an activity that used the statement, whether that is in the graph or not."""
    subject = decision_iri(made.id)
    yield Quad(subject, TYPE, term_iri("Decision"), DECISIONS)
    yield Quad(subject, TYPE, PROV + "Activity", DECISIONS)
    yield Quad(subject, PROV + "used", statement_iri(made.statement), DECISIONS)
    yield Quad(subject, PROV + "endedAtTime", literal(made.at, "moment"), DECISIONS)
    said = {"statement": made.statement, "verdict": made.verdict, "decidedBy": made.by, "why": made.why}
    for name, text in said.items():
        if text:
            yield Quad(subject, term_iri(name), Lit(text), DECISIONS)
    yield Quad(subject, term_iri("decidedAt"), literal(made.at, "moment"), DECISIONS)
    for item in made.words:
        yield Quad(subject, term_iri("seenWords"), Lit(f"{item.ref} {item.quote}"), DECISIONS)


def _predicate(edge: Edge, kind: TypeInfo | None) -> str:
    return kind.iri if kind else term_iri(edge.type)


def _order(quad: Quad) -> tuple[str, int, str, str, bool, tuple[str, str]]:
    """Things first, then the statements about them, then the words these rest on."""
    thing = quad.object
    pair = (thing.text, thing.datatype) if isinstance(thing, Lit) else (thing, "")
    rank = next((i for i, start in enumerate(_SECTIONS) if quad.subject.startswith(start)), len(_SECTIONS))
    if "#" in quad.subject:
        rank = len(_SECTIONS)
    return quad.graph, rank, quad.subject, quad.predicate, isinstance(thing, Lit), pair
