"""RDF terms and quads, as plain as they can be: an IRI is a string, a literal its text and datatype."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import unquote

ROOT = "https://w3id.org/accountability-kg/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
TIME = "http://www.w3.org/2006/time#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PREFIXES = {
    "akg": ROOT.rstrip("/") + "#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": OA,
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": ORG,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": SKOS,
    "time": TIME,
    "xsd": XSD,
}
TYPE = RDF + "type"
_THINGS = ROOT + "id/"
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/")


class Lit(NamedTuple):
    """A literal; ``datatype`` is an IRI."""

    text: str
    datatype: str = XSD + "string"


Term = str | Lit


class Quad(NamedTuple):
    """A statement of RDF; ``graph`` is '' for the default graph."""

    subject: str
    predicate: str
    object: Term
    graph: str = ""


def thing_iri(uid: str) -> str:
    """The IRI of a thing; Chinese stays readable, what an IRI may not hold is percent-encoded."""
    return _THINGS + "".join(map(_encode, uid))


def thing_id(iri: str) -> str | None:
    """Inverse of :func:`thing_iri`; None for any other IRI."""
    return unquote(iri.removeprefix(_THINGS)) if iri.startswith(_THINGS) and "#" not in iri else None


def statement_iri(uid: str) -> str:
    """The IRI of a reified edge, from its identifier."""
    return f"{ROOT}statement/{_digest(uid)}"


def annotation_iri(uid: str, ref: str) -> str:
    """The IRI of the annotation that ties an edge to one piece of its evidence."""
    return f"{ROOT}evidence/{_digest(f'{uid} {ref}')}"


def decision_iri(uid: str) -> str:
    """The IRI of a decision, from its id."""
    return f"{ROOT}decision/{uid.rpartition(':')[2]}"


def graph_iri(name: str) -> str:
    """The IRI of a named graph: of a notice's statements, or of 'derived' ones."""
    return ROOT + "graph/" + "".join(map(_encode, name))


def term_iri(name: str) -> str:
    """The IRI of a term that the ontology does not know; the shapes will say so."""
    return ROOT.rstrip("/") + "#" + "".join(map(_encode, name))


def literal(value: object, datatype: str) -> Lit:
    """A property's value under the ontology's datatype; under its own where the two do not agree."""
    if isinstance(value, bool):
        return Lit("true" if value else "false", XSD + "boolean")
    if isinstance(value, int | float):
        return Lit(_decimal(value), XSD + "decimal")
    if datatype == "day":
        return Lit(str(value), XSD + ("gMonthDay" if str(value).startswith("--") else "date"))
    return Lit(str(value), XSD + {"date": "date", "moment": "dateTime"}.get(datatype, "string"))


def _decimal(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    return text if "." in text else text + ".0"


def _encode(char: str) -> str:
    if char in _PLAIN or (char > "\x7f" and char.isprintable()):
        return char
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
