"""JSON: the whole graph in one document, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.decisions import decision_from_json, decision_json, order
from kg.errors import QueryError, SourceError
from kg.export.content import NOTICE, statements, things
from kg.model import Graph, Notice, edge_json, node_json, notice_json, reading_from_json


def write_json(graph: Graph) -> str:
    """``{"schema", "notices", "nodes", "edges", "decisions"}``: ``notices`` with their text; ``nodes`` and ``edges`` as `kg extract`
    prints them, ``nodes`` with a short entry for each notice so that both ends of every edge are found there."""
    from kg.vocabulary import vocabulary

    data = {
        "schema": vocabulary().version,
        "notices": [notice_json(graph.notices[key]) for key in sorted(graph.notices)],
        "nodes": [_sorted(node_json(n)) for n in things(graph)],
        "edges": [_sorted(edge_json(e)) for _, e in statements(graph)],
        "decisions": [decision_json(d) for d in sorted(graph.decisions, key=order)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def read_json(path: Path) -> Graph:
    """The graph in a file that :func:`write_json` made; SourceError names the file when it is none."""
    try:
        data = json.loads(path.read_text("utf-8"))
        notices = {d["id"]: Notice(**d) for d in data["notices"]}
        nodes = [d for d in data["nodes"] if not (d["label"] == NOTICE and d["id"] in notices)]
        made = [decision_from_json(d) for d in data.get("decisions", ())]
        read = reading_from_json({"notice": {"id": ""}, "nodes": nodes, "edges": data["edges"]})
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, QueryError) as error:
        raise SourceError(f"{path}: not a graph that `kg export -o FILE.json` wrote: {error!r}") from error
    return Graph({n.id: n for n in read.nodes}, read.edges, notices, made)


def _sorted(row: dict[str, Any]) -> dict[str, Any]:
    """The fields of the model first, then the properties by name, in whatever order they were set."""
    fields = (
        "id",
        "label",
        "name",
        "aliases",
        "source",
        "target",
        "type",
        "evidence",
        "rule",
        "confidence",
        "derived",
        "premises",
    )
    return {k: row[k] for k in [*(f for f in fields if f in row), *sorted(row.keys() - set(fields))]}
