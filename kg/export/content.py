"""What every format writes, in one order: the things, notices among them, and the edges with an identifier each."""

from __future__ import annotations

import json
from collections import Counter

from kg.errors import KgError
from kg.model import Edge, Graph, Node, Notice, edge_json

NOTICE = "Notice"


def things(graph: Graph) -> list[Node]:
    """All nodes by id; a notice is a thing too, named by its title and without its text."""
    own = {n.id: notice_node(n) for n in graph.notices.values()}
    return [own.get(key) or graph.nodes[key] for key in sorted({*graph.nodes, *own})]


def notice_node(notice: Notice) -> Node:
    """A notice as a node of the graph; what is empty is left out, and so is the text."""
    rest = (f for f in notice.__slots__ if f not in ("id", "text"))
    return Node(notice.id, NOTICE, notice.title or notice.id, (), {f: v for f in rest if (v := getattr(notice, f))})


def statements(graph: Graph) -> list[tuple[str, Edge]]:
    """All edges with their identifiers, sorted. An identifier is the edge's key; where a graph holds several edges of
    one key (a single notice may say a thing twice), the later ones are numbered.

    Raises KgError for an edge that leads out of the graph, which no format could show.
    """
    seen: Counter[str] = Counter()
    found = []
    for edge in sorted(graph.edges, key=_order):
        for end in (edge.source, edge.target):
            if end not in graph.nodes and end not in graph.notices:
                raise KgError(f"{edge.key}: {end} is not in the graph that is exported; add it or leave the edge out")
        seen[edge.key] += 1
        found.append((edge.key if seen[edge.key] == 1 else f"{edge.key}~{seen[edge.key]}", edge))
    return found


def _order(edge: Edge) -> tuple[str, str]:
    return edge.key, json.dumps(edge_json(edge), sort_keys=True)
