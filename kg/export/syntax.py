"""Quads as text: Turtle, N-Quads and JSON-LD. What is equal comes out equal, to the byte."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from kg.export.terms import PREFIXES, TYPE, XSD, Quad, Term

_BY_NAMESPACE = sorted(((iri, prefix) for prefix, iri in PREFIXES.items()), key=lambda pair: -len(pair[0]))
_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
# Line separators and invisible characters are escaped too, so that a line of text stays a line for every reader.
_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def turtle(triples: Sequence[Quad]) -> str:
    """Turtle with prefixes; subjects, predicates and objects sorted, types first. Graph names are left out."""
    lines: list[str] = []
    for subject, rows in groupby(triples, key=lambda q: q.subject):
        parts = []
        for predicate, found in groupby(sorted(rows, key=_types_first), key=lambda q: q.predicate):
            objects = ", ".join(_turtle_term(q.object) for q in found)
            parts.append(f"{'a' if predicate == TYPE else _shorten(predicate)} {objects}")
        lines += ["", f"{_shorten(subject)} " + " ;\n    ".join(parts) + " ."]
    body = "\n".join(lines) + "\n"
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(_used(triples).items())) + body


def nquads(quads: Iterable[Quad]) -> str:
    """One line a quad."""
    return "".join(
        f"<{q.subject}> <{q.predicate}> {_term(q.object)}{f' <{q.graph}>' if q.graph else ''} .\n" for q in quads
    )


def jsonld(quads: Sequence[Quad]) -> str:
    """A JSON-LD document: the default graph's nodes, then one entry a named graph."""
    top: list[dict[str, Any]] = []
    for name, rows in groupby(quads, key=lambda q: q.graph):
        nodes = [_json_node(subject, list(found)) for subject, found in groupby(rows, key=lambda q: q.subject)]
        if name:
            top.append({"@id": name, "@graph": nodes})
        else:
            top += nodes
    return (
        json.dumps({"@context": dict(sorted(_used(quads).items())), "@graph": top}, ensure_ascii=False, indent=1) + "\n"
    )


def _used(quads: Iterable[Quad]) -> dict[str, str]:
    """The prefixes that the terms of these quads need."""
    iris: set[str] = set()
    for quad in quads:
        iris |= {quad.subject, quad.predicate, quad.object if isinstance(quad.object, str) else quad.object.datatype}
    names = {_compact(iri).partition(":")[0] for iri in iris}
    return {prefix: iri for prefix, iri in PREFIXES.items() if prefix in names}


def _json_node(subject: str, rows: list[Quad]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": subject}
    for predicate, found in groupby(sorted(rows, key=_types_first), key=lambda q: q.predicate):
        values = [_json_value(q.object, predicate == TYPE) for q in found]
        node["@type" if predicate == TYPE else _compact(predicate)] = values[0] if len(values) == 1 else values
    return node


def _json_value(term: Term, is_type: bool) -> Any:
    if isinstance(term, str):
        return _compact(term) if is_type else {"@id": term}
    if term.datatype == XSD + "string":
        return term.text
    if term.datatype == XSD + "boolean":
        return term.text == "true"
    return {"@value": term.text, "@type": _compact(term.datatype)}


def _types_first(quad: Quad) -> tuple[bool, str]:
    return quad.predicate != TYPE, quad.predicate


def _turtle_term(term: Term) -> str:
    if isinstance(term, str):
        return _shorten(term)
    if term.datatype in (XSD + "boolean", XSD + "decimal"):
        return term.text
    if term.datatype == XSD + "string":
        return _quote(term.text)
    return f"{_quote(term.text)}^^{_shorten(term.datatype)}"


def _term(term: Term) -> str:
    if isinstance(term, str):
        return f"<{term}>"
    return _quote(term.text) + ("" if term.datatype == XSD + "string" else f"^^<{term.datatype}>")


def _shorten(iri: str) -> str:
    short = _compact(iri)
    return f"<{iri}>" if short == iri else short


def _compact(iri: str) -> str:
    """``prefix:name`` where a prefix fits and the rest is a plain name, else the IRI itself."""
    for namespace, prefix in _BY_NAMESPACE:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _quote(text: str) -> str:
    return '"' + _ESCAPE.sub(lambda m: _SHORT.get(m[0]) or f"\\u{ord(m[0]):04X}", text) + '"'
