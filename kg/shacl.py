"""The graph against the SHACL shapes of ``ontology/shapes.ttl``, and a report a person can read.

The validator is pySHACL over the RDF that an export would write, named graphs taken together.
"""

from __future__ import annotations

import hashlib
import json
import logging
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.export.terms import PREFIXES, RDF, TYPE, XSD, Lit, Quad, thing_id
from kg.resources import ontology_dir
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from rdflib import Graph as RdfGraph
    from rdflib.term import Node as Term

    from kg.model import Graph

SH = "http://www.w3.org/ns/shacl#"
_AKG = PREFIXES["akg"]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One violation.

    ``thing`` is the id of the thing, or the key of the relationship, that breaks the shapes; ``name`` and ``label``
    say what it is, ``zh`` and ``en`` what is wrong. ``path`` is the property's name and ``value`` the offending value,
    '' where there is none. ``constraint`` and ``shape`` are the SHACL terms, ``iri`` and ``path_iri`` the thing and the
    property in RDF.
    """

    label: str
    name: str
    thing: str
    path: str
    value: str
    constraint: str
    shape: str
    zh: str
    en: str
    iri: str
    path_iri: str

    def line(self) -> str:
        """What, which thing, why: one line."""
        return f"{self.label} {self.name} ({self.thing}): {self.en} · {self.zh}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found, sorted; ``things`` and ``statements`` count what was looked at."""

    findings: tuple[Finding, ...]
    things: int
    statements: int

    @property
    def conforms(self) -> bool:
        """Whether nothing breaks the shapes."""
        return not self.findings

    def text(self) -> str:
        """One line a finding, and a last line that sums up."""
        seen = f"{self.things} things and {self.statements} statements"
        last = f"{seen} checked: {f'{len(self.findings)} violations' if self.findings else 'all conform'}"
        return "".join(f"{line}\n" for line in [*(f.line() for f in self.findings), last])

    def to_json(self) -> str:
        """``{"conforms", "things", "statements", "findings": [{…}]}``"""
        data = {"conforms": self.conforms, "things": self.things, "statements": self.statements}
        return json.dumps({**data, "findings": [asdict(f) for f in self.findings]}, ensure_ascii=False, indent=1) + "\n"

    def to_ttl(self) -> str:
        """A sh:ValidationReport in Turtle."""
        from kg.export.syntax import turtle

        report = "https://w3id.org/accountability-kg/report"
        quads = [
            Quad(report, TYPE, SH + "ValidationReport"),
            Quad(report, SH + "conforms", Lit("true" if self.conforms else "false", XSD + "boolean")),
        ]
        named = {
            f"{report}/{hashlib.sha256(repr(f).encode('utf-8', 'replace')).hexdigest()[:16]}": f for f in self.findings
        }
        quads += [Quad(report, SH + "result", result) for result in named]
        for result, finding in named.items():
            quads += [
                Quad(result, TYPE, SH + "ValidationResult"),
                Quad(result, SH + "focusNode", finding.iri),
                Quad(result, SH + "resultSeverity", SH + "Violation"),
                Quad(result, SH + "sourceConstraintComponent", SH + finding.constraint),
                Quad(result, SH + "resultMessage", Lit(f"{finding.en} · {finding.zh}")),
            ]
            quads += [Quad(result, SH + "resultPath", finding.path_iri)] if finding.path_iri else []
            quads += [Quad(result, SH + "sourceShape", finding.shape)] if finding.shape else []
            quads += [Quad(result, SH + "value", Lit(finding.value))] if finding.value else []
        return turtle(quads)


def validate(graph: Graph) -> Report:
    """Every thing and statement of ``graph`` against the project's shapes."""
    from rdflib import Graph as RdfGraph
    from rdflib import Literal, URIRef

    from kg.export.rdf import triples

    data = RdfGraph()
    with _quiet():
        for quad in triples(graph):
            value = quad.object
            if isinstance(value, str):
                term: Term = URIRef(value)
            elif value.datatype == XSD + "string":
                term = Literal(value.text)
            else:
                term = Literal(value.text, datatype=URIRef(value.datatype))
            data.add((URIRef(quad.subject), URIRef(quad.predicate), term))
    return validate_rdf(data)


def validate_rdf(data: RdfGraph) -> Report:
    """RDF in the terms of the ontology against the project's shapes; ``data`` is read, not changed."""
    import pyshacl
    from rdflib import Namespace

    shapes = _shapes()
    with _quiet():
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, inplace=True)
    sh, reader = Namespace(SH), _Reader(data, shapes)
    # An alternative that fails inside sh:or is reported by the sh:or alone, so each result stands for itself.
    findings = {reader.finding(results, r) for r in results.objects(None, sh.result)}
    classes = [_uri(info.iri) for info in vocabulary().labels.values()]
    things = sum(len(set(data.subjects(_uri(TYPE), c))) for c in classes)
    return Report(tuple(sorted(findings)), things, len(set(data.subjects(_uri(TYPE), _uri(_AKG + "Statement")))))


@contextmanager
def _quiet() -> Iterator[None]:
    """rdflib logs a traceback for each date that is none; here that is a finding, said once and in one line."""
    logger = logging.getLogger("rdflib.term")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


@cache
def _shapes() -> RdfGraph:
    from rdflib import Graph as RdfGraph

    return RdfGraph().parse(ontology_dir() / "shapes.ttl", format="turtle")


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("shacl.toml").read_text("utf-8"))


def _uri(iri: str) -> Term:
    from rdflib import URIRef

    return URIRef(iri)


class _Reader:
    """Turns the results of a validation into findings, with names looked up in the data and in the ontology."""

    def __init__(self, data: RdfGraph, shapes: RdfGraph) -> None:
        self.data = data
        self.shapes = shapes
        schema = vocabulary()
        self.labels = {i.iri: i for i in schema.labels.values()}
        self.types = {i.iri: i for i in schema.types.values()}
        tables = [i.properties for i in schema.labels.values()] + [i.properties for i in schema.types.values()]
        self.properties = {p.iri: p for table in tables for p in table.values()}

    def finding(self, results: RdfGraph, result: Term) -> Finding:
        def of(name: str) -> Term | None:
            return results.value(result, _uri(SH + name))

        focus, shape, path, value = of("focusNode"), of("sourceShape"), of("resultPath"), of("value")
        assert focus is not None  # SHACL gives every result a focus node
        component = str(of("sourceConstraintComponent")).removeprefix(SH)
        zh, en = self._said(component, shape, path, value)
        label, name, thing = self._who(focus)
        info = self.properties.get(str(path))
        named = info.name if info else "" if path is None else _local(path)
        what = "" if value is None or value == focus else self._value(value)
        where = str(shape) if str(shape).startswith("http") else ""
        return Finding(label, name, thing, named, what, component, where, zh, en, str(focus), str(path or ""))

    def _said(self, component: str, shape: Term | None, path: Term | None, value: Term | None) -> tuple[str, str]:
        """What is wrong, in Chinese and English."""
        own = {m.language: str(m) for m in self.shapes.objects(shape, _uri(SH + "message"))}  # type: ignore[attr-defined]
        if own:
            return own.get("zh", ""), own.get("en", "")
        for side, predicate in (("source", "targetSubjectsOf"), ("target", "targetObjectsOf")):
            kind = self.types.get(str(self.shapes.value(shape, _uri(SH + predicate))))
            if kind:
                ends = sorted(kind.domain if side == "source" else kind.range)
                labels = vocabulary().labels
                words = _words()[side]
                return (
                    words["zh"].format(relationship=kind.zh, allowed="、".join(labels[e].zh for e in ends)),
                    words["en"].format(relationship=kind.name, allowed=", ".join(ends)),
                )
        info = self.properties.get(str(path))
        fields = {
            "component": component,
            "value": "" if value is None else self._value(value),
            "limit": self._limit(component, shape),
        }
        words = _words().get(component, _words()["other"])
        english = info.name if info else _local(path) if path else ""
        return words["zh"].format(path=info.zh if info else english, **fields), words["en"].format(
            path=english, **fields
        )

    def _limit(self, component: str, shape: Term | None) -> str:
        """The parameter of the constraint: sh:maxCount of MaxCountConstraintComponent."""
        name = component.removesuffix("ConstraintComponent")
        found = self.shapes.value(shape, _uri(SH + name[:1].lower() + name[1:]))
        return "" if found is None else _local(found) if str(found).startswith("http") else str(found)

    def _who(self, focus: Term) -> tuple[str, str, str]:
        """Label, name and id of the thing, or type, ends and key of the relationship."""
        subject = self.data.value(focus, _uri(RDF + "subject"))
        if subject is not None:
            kind = self.types.get(str(self.data.value(focus, _uri(RDF + "predicate"))))
            target = self.data.value(focus, _uri(RDF + "object"))
            uid = self.data.value(focus, _uri(_AKG + "uid"))
            ends = f"{self._name(subject)} → {'?' if target is None else self._name(target)}"
            return kind.name if kind else "?", ends, str(uid or focus)
        found = (self.labels.get(str(t)) for t in self.data.objects(focus, _uri(TYPE)))
        label = min((info.name for info in found if info), default="?")
        return label, self._name(focus), thing_id(str(focus)) or str(focus)

    def _name(self, term: Term) -> str:
        return _short(str(self.data.value(term, _uri(_AKG + "name")) or thing_id(str(term)) or term))

    def _value(self, term: Term) -> str:
        return self._name(term) if str(term).startswith("http") else _short(str(term))


def _local(term: Term) -> str:
    return str(term).rpartition("#")[2].rpartition("/")[2]


def _short(text: str) -> str:
    """One line of at most 60 characters."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= 60 else text[:59] + "…"
