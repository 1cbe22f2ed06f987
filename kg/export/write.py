"""One door to all formats: choose by ending or name, render, write whole files or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg import whole
from kg.errors import QueryError
from kg.export.document import write_json
from kg.model import Graph, Reading


def _ttl(graph: Graph) -> str:
    from kg.export import rdf, syntax

    return syntax.turtle(rdf.triples(graph))


def _nq(graph: Graph) -> str:
    from kg.export import rdf, syntax

    return syntax.nquads(rdf.quads(graph))


def _jsonld(graph: Graph) -> str:
    from kg.export import rdf, syntax

    return syntax.jsonld(rdf.quads(graph))


def _graphml(graph: Graph) -> str:
    from kg.export.network import write_graphml

    return write_graphml(graph)


def _gexf(graph: Graph) -> str:
    from kg.export.network import write_gexf

    return write_gexf(graph)


def _csv(graph: Graph) -> str:
    from kg.export.table import write_edges

    return write_edges(graph)


_WRITERS: dict[str, Callable[[Graph], str]] = {
    "ttl": _ttl, "jsonld": _jsonld, "nq": _nq, "graphml": _graphml, "gexf": _gexf, "csv": _csv, "json": write_json
}  # fmt: skip
FORMATS = tuple(_WRITERS)


def render(graph: Graph, format: str) -> str:
    """The graph as the text of one format of :data:`FORMATS` (of csv, the edges); QueryError for another name."""
    writer = _WRITERS.get(format.lower().lstrip("."))
    if writer is None:
        raise QueryError(f"{format!r} is no export format; known: {', '.join(FORMATS)}")
    return writer(graph)


def export(graph: Graph, path: Path, format: str | None = None) -> list[Path]:
    """Write the graph to ``path`` and return the files written; the ending says the format unless ``format`` does.

    ``FILE.csv`` (edges) has ``FILE.nodes.csv`` (things) beside it. A file is replaced whole or left as it was.
    Raises QueryError for an unknown ending or format, KgError when a file cannot be written.
    """
    if format is None and path.suffix.lower().lstrip(".") not in _WRITERS:
        known = ", ".join(f".{f}" for f in FORMATS)
        raise QueryError(f"{path}: the ending says no export format; use one of {known}")
    chosen = (format or path.suffix).lower().lstrip(".")
    files: dict[Path, str | bytes] = {path: render(graph, chosen)}
    if chosen == "csv":
        from kg.export.table import write_nodes

        files[path.with_name(f"{path.stem}.nodes.csv")] = write_nodes(graph)
    whole.write(files)
    return list(files)


def reading_ttl(reading: Reading) -> str:
    """One reading as Turtle, for `kg extract --format ttl`."""
    return render(Graph({n.id: n for n in reading.nodes}, reading.edges, {reading.notice.id: reading.notice}), "ttl")
