"""One thing with all that is said of it: what ``kg show`` prints and the web explorer's page of a thing holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.decided import Decided, about, decided_json
from kg.lookup import find, names_of
from kg.model import Edge, Graph, Node, Notice, edge_json, node_json
from kg.nearby import Kind, nearby
from kg.select import restrict
from kg.store import Store
from kg.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Record:
    """A thing, the notice itself where it is one, its relationships (STATED_IN last) and the graph around it; ``counts`` says
    how many of each kind there are where only some were asked for, ``decided`` which decisions hold on what is or was said of it,
    ``beyond`` the names of things that only premises speak of."""

    node: Node
    notice: Notice | None
    edges: list[Edge]
    graph: Graph
    counts: dict[Kind, int] = field(default_factory=dict)
    decided: list[Decided] = field(default_factory=list)
    beyond: dict[str, str] = field(default_factory=dict)

    def name(self, uid: str) -> str:
        """The name of a thing beside it or in a premise, the title of a notice, else the id."""
        if uid in self.graph.nodes:
            return self.graph.nodes[uid].name or uid
        notice = self.graph.notices.get(uid)
        return notice.title if notice and notice.title else self.beyond.get(uid, uid)

    def other(self, edge: Edge) -> str:
        """The id at the far end of one of its relationships."""
        return edge.target if edge.source == self.node.id else edge.source


def record(
    store: Store, thing: str, *, stated_only: bool = False, as_of: str = "", least: float = 0.0, most: int | None = None,
    skip: int = 0, only: Kind | None = None,
) -> Record:  # fmt: skip
    """The thing of that name or id, as of a day ('' and 'all' drop nothing), with what is at least so sure. Raises SubjectError.

    With ``most`` so many relationships of each kind come (``only`` of one; without the first ``skip``), and notices without
    text; a notice itself comes whole.
    """
    node = find(store, thing)
    counts: dict[Kind, int] = {}
    notice = None
    if most is None or node.label == "Notice":
        graph = store.around([node.id], 1, set(vocabulary().types))
        notice = store.notice(node.id) if node.id in graph.notices else None
        graph = restrict(graph, stated_only=stated_only, as_of=as_of, least=least)
    else:
        graph, counts = nearby(
            store, node, most, skip=skip, only=only, stated_only=stated_only, as_of=as_of, least=least
        )
    edges = [e for e in graph.edges if node.id in (e.source, e.target)]
    edges.sort(key=lambda e: (e.type == "STATED_IN", e.type, e.key))
    ends = {end for edge in edges for key in edge.premises for end in key.split("|")[:3:2]} - graph.nodes.keys()
    beyond = names_of(store, ends) if ends else {}
    return Record(node, notice, edges, graph, counts, about(store, node.id), beyond)


def record_json(found: Record) -> dict[str, Any]:
    """The record as plain data: the node's own, ``edges`` with their ids, the names of both ends and each sentence's notice,
    and ``decisions``."""
    rows = []
    for edge in found.edges:
        row = edge_json(edge)
        for said in row["evidence"]:
            where = found.graph.notices.get(said["notice"])
            said |= {"title": where.title if where else "", "published": where.published if where else ""}
        rows.append(
            {"id": edge.key, "source_name": found.name(edge.source), "target_name": found.name(edge.target), **row}
        )
    own = {f: getattr(found.notice, f) for f in found.notice.__slots__} if found.notice else {}
    return {**node_json(found.node), **own, "edges": rows, "decisions": [decided_json(d) for d in found.decided]}
