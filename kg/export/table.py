"""CSV for a spreadsheet: one row an edge with the words it rests on, and one row a thing.

Several pieces of evidence stand on lines of their own within a cell, in the same order in each column. A text that a
spreadsheet would take for a formula is given a leading apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.export.content import statements, things
from kg.model import Edge, Graph, Node, Notice

BOM = "\ufeff"  # without it Excel reads UTF-8 as the machine's own encoding
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EDGE_COLUMNS = (
    "source_name", "type", "target_name", "quote", "notice_title", "date", "url", "derived", "confidence", "rule"
)  # fmt: skip
_EDGE_IDS = ("source", "source_label", "target", "target_label", "evidence", "premises", "id")


def write_edges(graph: Graph) -> str:
    """The edges, with names before ids, and the title, date and address of the notice of each quote."""
    edges = statements(graph)
    named = {n.id: n for n in things(graph)}
    own = sorted({name for _, edge in edges for name in edge.props})
    rows = [_edge_row(uid, edge, named, graph.notices) for uid, edge in edges]
    return _table([*_EDGE_COLUMNS, *own, *_EDGE_IDS], rows)


def write_nodes(graph: Graph) -> str:
    """The things, with every property that any of them has as a column."""
    nodes = things(graph)
    own = sorted({name for node in nodes for name in node.props})
    rows = [{**n.props, "name": n.name, "label": n.label, "aliases": list(n.aliases), "id": n.id} for n in nodes]
    return _table(["name", "label", "aliases", *own, "id"], rows)


def _edge_row(uid: str, edge: Edge, named: Mapping[str, Node], notices: Mapping[str, Notice]) -> dict[str, Any]:
    told = [notices.get(e.notice) or Notice(e.notice) for e in edge.evidence]
    return {
        **edge.props,
        "source_name": named[edge.source].name,
        "type": edge.type,
        "target_name": named[edge.target].name,
        "quote": [e.quote for e in edge.evidence],
        "notice_title": [n.title for n in told],
        "date": [n.published for n in told],
        "url": [n.url for n in told],
        "derived": edge.derived,
        "confidence": edge.confidence,
        "rule": edge.rule,
        "source": edge.source,
        "source_label": named[edge.source].label,
        "target": edge.target,
        "target_label": named[edge.target].label,
        "evidence": [e.ref for e in edge.evidence],
        "premises": list(edge.premises),
        "id": uid,
    }


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(c, "")) for c in columns] for row in rows)
    return BOM + text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = "\n".join(map(str, value)) if any(value) else ""
    if isinstance(value, str):
        return "'" + value if value.lstrip(" ").startswith(_FORMULA) else value
    return value
