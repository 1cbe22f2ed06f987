"""Decisions read back from what was exported: JSON, Turtle, N-Quads or JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.decisions import Decision, decision_from_json, order
from kg.errors import QueryError, SourceError
from kg.export.terms import TYPE, term_iri

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib.term import Node

READ = {".json": "", ".ttl": "turtle", ".nq": "nquads", ".jsonld": "json-ld"}
_WORDS = re.compile(r"(.*?)#(\d+)-(\d+) (.*)", re.DOTALL)


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in a file of `kg decisions --format json` or of `kg export`, earliest first.

    Raises SourceError, which names the file, where it cannot be read or holds what is no decision.
    """
    if path.suffix.lower() not in READ:
        raise SourceError(f"{path}: decisions are read from {', '.join(READ)}; export to one of these")
    try:
        text = path.read_text("utf-8-sig")
        rows = _rows(json.loads(text)) if path.suffix.lower() == ".json" else list(_from_rdf(text, path))
        return sorted({d.id: d for d in map(decision_from_json, rows)}.values(), key=order)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except QueryError as error:
        raise SourceError(f"{path}: {error}") from error
    except Exception as error:  # a dozen kinds, rdflib's and Python's own, for a file that is not of its format
        line = " ".join(str(error).split())
        raise SourceError(f"{path}: not a file of decisions ({line[:200]})") from error


def _rows(data: Any) -> list[Any]:
    found = data.get("decisions") if isinstance(data, dict) else data
    if not isinstance(found, list):
        raise QueryError("there is no list of decisions in it")
    return found


def _from_rdf(text: str, path: Path) -> Iterator[dict[str, Any]]:
    from rdflib import Dataset, URIRef

    data = Dataset(default_union=True)
    data.parse(data=text, format=READ[path.suffix.lower()])
    for subject in data.subjects(URIRef(TYPE), URIRef(term_iri("Decision"))):
        said = {k: _one(data, subject, name) for k, name in _NAMES.items()}
        said["at"] = said["at"].replace("+00:00", "Z")  # as rdflib spells it
        words = [m.groups() for w in _all(data, subject, "seenWords") if (m := _WORDS.fullmatch(w))]
        yield said | {"words": [{"notice": n, "start": int(a), "end": int(b), "quote": q} for n, a, b, q in words]}


_NAMES = {"statement": "statement", "verdict": "verdict", "by": "decidedBy", "at": "decidedAt", "why": "why"}


def _one(data: Dataset, subject: Node, name: str) -> str:
    return next(iter(_all(data, subject, name)), "")


def _all(data: Dataset, subject: Node, name: str) -> list[str]:
    from rdflib import URIRef

    return sorted({str(o) for o in data.objects(subject, URIRef(term_iri(name)))})
