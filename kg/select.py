"""Which part of the graph a picture or an export shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kg.model import Edge, Graph, Reading

if TYPE_CHECKING:
    from kg.store import Store

STATED_IN = "STATED_IN"


def restrict(graph: Graph, *, stated_only: bool = False, as_of: str = "", least: float = 0.0) -> Graph:
    """The graph without what is derived, what did not hold on a day ('' and 'all' drop nothing), or what is less sure than
    ``least``.

    A thing goes when no notice up to that day names it, and so does a notice published later.
    """
    from kg.chain.when import ALL, in_force, span, stated

    day = "" if as_of == ALL else as_of
    if not stated_only and not day and not least:
        return graph
    notices = {k: n for k, n in graph.notices.items() if not day or n.published <= day}

    def stays(edge: Edge) -> bool:
        if stated_only and edge.derived or edge.confidence < least:
            return False
        if not day:
            return True
        if edge.type == "HOLDS":
            return span(edge, graph.notices).state(day) in ("holds", "unknown")
        return in_force(edge, graph.notices, day, dated=not edge.derived)

    def known(uid: str) -> bool:
        first = graph.nodes[uid].props.get("first_seen", "")
        return not day or not isinstance(first, str) or first <= day

    nodes = {uid: node for uid, node in graph.nodes.items() if known(uid)}
    both = nodes.keys() | notices.keys()
    said = map(stated, graph.edges) if stated_only else graph.edges
    edges = [e for e in said if e.source in both and e.target in both and stays(e)]
    if stated_only or least:
        # what no notice names stands there only for what was derived, and what nothing sure is said of for what is not
        used = {end for e in edges for end in (e.source, e.target)}
        nodes = {uid: n for uid, n in nodes.items() if uid in used or not (least or n.props.get("inferred"))}
    there = nodes.keys() | notices.keys()
    return Graph(nodes, edges, notices, [d for d in graph.decisions if there >= set(d.ends)])


def sure(reading: Reading, least: float) -> Reading:
    """The reading without statements that are less sure (0..1), and without the things that only those named."""
    if not least:
        return reading
    edges = [e for e in reading.edges if e.confidence >= least]
    named = {uid for e in edges for uid in (e.source, e.target)}
    return Reading(reading.notice, [n for n in reading.nodes if n.id in named], edges, reading.remarks)


def around(store: Store, name: str, depth: int) -> tuple[Graph, str]:
    """What lies within ``depth`` relationships of the thing called ``name``, and its id. Raises SubjectError."""
    from kg.lookup import find

    node = find(store, name)
    graph = store.around([node.id], depth)
    return graph, node.id


def between(store: Store, ids: Sequence[str]) -> Graph:
    """The things of these ids and what is said of one another."""
    wanted = set(ids)
    graph = store.around(sorted(wanted), 1)
    edges = [e for e in graph.edges if e.source in wanted and e.target in wanted]
    used = {v.notice for e in edges for v in e.evidence}
    return Graph(
        {k: n for k, n in graph.nodes.items() if k in wanted},
        edges,
        {k: n for k, n in graph.notices.items() if k in used},
        [d for d in graph.decisions if wanted >= set(d.ends)],
    )


def ids_in(rows: Iterable[dict[str, object]]) -> list[str]:
    """Ids of things in the rows of a query: columns ``…_id``, and nodes."""
    found: dict[str, None] = {}
    for row in rows:
        for column, value in row.items():
            if column.endswith("_id") and isinstance(value, str):
                found[value] = None
            elif isinstance(value, dict) and isinstance(value.get("uid"), str):
                found[value["uid"]] = None
    return list(found)
