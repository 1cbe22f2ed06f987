"""Turtle files to the compiled schema, a JSON value; run only when the cache has none for these files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rdflib import OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Literal, Node, URIRef

from kg.errors import VocabularyError

NAMESPACE = "https://w3id.org/accountability-kg#"
AKG = Namespace(NAMESPACE)
TOPIC = Namespace("https://w3id.org/accountability-kg/topic#")
_ONTOLOGY = NAMESPACE.rstrip("#")
DAY = URIRef("https://w3id.org/accountability-kg#day")  # a date, or month and day alone
_DATATYPES = {
    XSD.string: "string", XSD.boolean: "boolean", XSD.decimal: "decimal", XSD.date: "date", DAY: "day",
    XSD.dateTime: "moment",
}  # fmt: skip


def compile_ontology(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The schema in Turtle files (name to content). VocabularyError names the file or term that is wrong."""
    graph = Graph()
    for name, content in files.items():
        try:
            graph.parse(data=content, format="turtle")
        except Exception as error:  # rdflib raises a dozen kinds, its own and Python's, for a file that is not Turtle
            line = " ".join(str(error).split())
            raise VocabularyError(f"ontology/{name} is not Turtle: {line[:300]}") from error
    return _Compiler(graph).run()


class _Compiler:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.label_classes = self._ordered(graph.subjects(RDFS.subClassOf, AKG.Thing))
        self.value_labels = self._value_labels()
        self.own: dict[Node, list[Node]] = {}
        for kind in (OWL.DatatypeProperty, OWL.ObjectProperty):
            for prop in graph.subjects(RDF.type, kind):
                # Relationships aside, a link to another resource is a property only where a statement has it.
                for owner in self._classes(prop, RDFS.domain):
                    if kind == OWL.DatatypeProperty or owner == AKG.Statement:
                        self.own.setdefault(owner, []).append(prop)

    def run(self) -> dict[str, Any]:
        version = self.graph.value(AKG[""].defrag(), OWL.versionInfo)
        if version is None:
            raise VocabularyError(f"ontology/core.ttl: <{_ONTOLOGY}> has no owl:versionInfo")
        types = self._ordered(self.graph.subjects(AKG.statementClass, None))
        return {
            "version": str(version),
            "namespace": NAMESPACE,
            "labels": [self._label(c) for c in self.label_classes],
            "types": [self._type(t) for t in types],
            "topics": self._topics(TOPIC["topics"]),
            "fields": self._topics(TOPIC["fields"]),
            "schemes": self._schemes(),
        }

    # ── terms ──

    def _name(self, term: Node) -> str:
        name = self.graph.value(term, SKOS.notation)
        if name is None:
            raise VocabularyError(f"ontology: {term} has no skos:notation, the name the graph uses for it")
        return str(name)

    def _ordered(self, terms: Any) -> list[Node]:
        return sorted(set(terms), key=self._name)

    def _texts(self, term: Node, predicate: Node) -> dict[str, str]:
        found = {o.language: str(o) for o in self.graph.objects(term, predicate) if isinstance(o, Literal)}
        for language in ("zh", "en"):
            if language not in found:
                raise VocabularyError(f"ontology: {term} has no {str(predicate).rpartition('#')[2]} in '{language}'")
        return {str(k): v for k, v in found.items()}

    def _described(self, term: Node, label: Node = RDFS.label, comment: Node = RDFS.comment) -> dict[str, Any]:
        labels, comments = self._texts(term, label), self._texts(term, comment)
        return {
            "name": self._name(term),
            "zh": labels["zh"],
            "en": labels["en"],
            "comment_zh": comments["zh"],
            "comment_en": comments["en"],
            "iri": str(term),
        }

    def _classes(self, term: Node, predicate: Node) -> list[Node]:
        """The classes of a domain or range: one, or the members of a union."""
        end = self.graph.value(term, predicate)
        if end is None:
            return []
        union = self.graph.value(end, OWL.unionOf)
        return [end] if union is None else list(Collection(self.graph, union))

    def _ends(self, term: Node, predicate: Node) -> list[str]:
        classes = self._classes(term, predicate)
        return sorted(map(self._name, self.label_classes if AKG.Thing in classes else classes))

    def _aligned(self, term: Node, predicate: Node) -> tuple[list[str], list[str]]:
        """Terms of other vocabularies that this one refines, and those it refines turned round."""
        direct, inverse = [], []
        for other in self.graph.objects(term, predicate):
            turned = self.graph.value(other, OWL.inverseOf)
            if turned is not None:
                inverse.append(str(turned))
            elif not str(other).startswith(NAMESPACE):
                direct.append(str(other))
        return sorted(direct), sorted(inverse)

    # ── classes, relationships, properties ──

    def _label(self, term: Node) -> dict[str, Any]:
        return {
            **self._described(term),
            "properties": self._properties(term, [AKG.Thing]),
            "aligned": self._aligned(term, RDFS.subClassOf)[0],
        }

    def _type(self, term: Node) -> dict[str, Any]:
        statement = self.graph.value(term, AKG.statementClass)
        assert statement is not None  # how _Compiler.run found it
        qualifier = self.graph.value(term, AKG.qualifier)
        direct, inverse = self._aligned(term, RDFS.subPropertyOf)
        return {
            **self._described(term),
            "domain": self._ends(term, RDFS.domain),
            "range": self._ends(term, RDFS.range),
            "qualifier": None if qualifier is None else self._name(qualifier),
            "properties": self._properties(statement, [AKG.Statement]),
            "evidence_optional": self.graph.value(term, AKG.evidenceOptional) == Literal(True),
            "statement": str(statement),
            "statement_aligned": self._aligned(statement, RDFS.subClassOf)[0],
            "source_as": str(self.graph.value(statement, AKG.sourceAs) or ""),
            "aligned": direct,
            "aligned_inverse": inverse,
        }

    def _properties(self, owner: Node, common: list[Node]) -> list[dict[str, Any]]:
        rows = {}
        for cls in dict.fromkeys([*common, owner]):
            for prop in self._ordered(self.own.get(cls, ())):
                rows[prop] = self._property(prop, cls)
        return list(rows.values())

    def _property(self, prop: Node, owner: Node) -> dict[str, Any]:
        datatype = self.graph.value(prop, RDFS.range)
        reference = (prop, RDF.type, OWL.ObjectProperty) in self.graph
        if not reference and datatype not in _DATATYPES:
            raise VocabularyError(
                f"ontology: {prop} has the datatype {datatype}, which no property of the graph may have"
            )
        shape = self._shape(prop, owner)
        values = self.graph.value(shape, SH["in"]) if shape is not None else None
        scheme = self.graph.value(shape, RDFS.seeAlso) if shape is not None else None

        def bound(predicate: Node) -> Any:
            found = self.graph.value(shape, predicate) if shape is not None else None
            return None if found is None else found.toPython()  # type: ignore[attr-defined]

        minimum, maximum = bound(SH.minInclusive), bound(SH.maxInclusive)
        return {
            **self._described(prop),
            "datatype": "reference" if reference else _DATATYPES[datatype],  # type: ignore[index]
            "many": (prop, RDF.type, OWL.FunctionalProperty) not in self.graph,
            "required": bool(bound(SH.minCount)),
            "values": [] if values is None else [str(v) for v in Collection(self.graph, values)],
            "value_labels": {} if scheme is None else self.value_labels.get(scheme, {}),
            "pattern": bound(SH.pattern) or "",
            "minimum": None if minimum is None else float(minimum),
            "maximum": None if maximum is None else float(maximum),
            "aligned": self._aligned(prop, RDFS.subPropertyOf)[0],
        }

    def _shape(self, prop: Node, owner: Node) -> Node | None:
        """The property shape of ``prop`` in the node shape of ``owner``. Shapes for every thing have no class of their
        own to target (no thing is a bare akg:Thing), so theirs is the one that targets all labels."""
        for shape in self.graph.subjects(RDF.type, SH.NodeShape):
            targets = set(self.graph.objects(shape, SH.targetClass))
            if targets == (set(self.label_classes) if owner == AKG.Thing else {owner}):
                for row in self.graph.objects(shape, SH.property):
                    if self.graph.value(row, SH.path) == prop:
                        return row
        return None

    def _value_labels(self) -> dict[Node, dict[str, list[str]]]:
        found: dict[Node, dict[str, list[str]]] = {}
        for value, scheme in self.graph.subject_objects(SKOS.inScheme):
            if (scheme, SKOS.hasTopConcept, None) not in self.graph:
                labels = self._texts(value, SKOS.prefLabel)
                found.setdefault(scheme, {})[self._name(value)] = [labels["zh"], labels["en"]]
        return found

    # ── topics and schemes ──

    def _concept(self, term: Node) -> dict[str, Any]:
        described = self._described(term, SKOS.prefLabel, SKOS.definition)
        alt = sorted(
            str(o) for o in self.graph.objects(term, SKOS.altLabel) if isinstance(o, Literal) and o.language == "zh"
        )
        return {**described, "notation": described["name"], "name": described["zh"], "alt_labels": alt}

    def _topics(self, scheme: Node) -> list[dict[str, Any]]:
        rows = []
        for term in self._ordered(self.graph.subjects(SKOS.inScheme, scheme)):
            broader = self.graph.value(term, SKOS.broader)
            bureaus = sorted(str(o) for o in self.graph.objects(term, AKG.bureau))
            named = {"broader": "" if broader is None else self._name(broader), "bureaus": bureaus}
            rows.append({**self._concept(term), **named})
        return [_without(r, "zh") for r in rows]

    def _schemes(self) -> list[dict[str, Any]]:
        return [
            {
                **_without(self._concept(s), "zh"),
                "parts": sorted(map(str, self.graph.objects(s, SKOS.hiddenLabel))),
                "rules": sorted(map(self._rule, self.graph.objects(s, AKG.hasRule)), key=_rule_key),
            }
            for s in self._ordered(self.graph.subjects(RDF.type, AKG.Scheme))
        ]

    def _rule(self, term: Node) -> dict[str, str]:
        relation = self.graph.value(term, AKG.relationship)
        if relation is None:
            raise VocabularyError(f"ontology: the scheme rule {term} has no akg:relationship")
        return {
            "name": str(self.graph.value(term, SKOS.prefLabel)),
            "type": self._name(relation),
            "source": str(self.graph.value(term, AKG.ruleSource)),
            "target": str(self.graph.value(term, AKG.ruleTarget)),
        }


def _without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k != key}


def _rule_key(rule: Mapping[str, str]) -> tuple[str, str]:
    return rule["type"], rule["name"]
