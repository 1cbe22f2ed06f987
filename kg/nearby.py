"""Some of what surrounds a thing, however much there is: so many relationships of each kind, and how many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from kg.model import Edge, Graph, Node, Notice
from kg.select import STATED_IN, restrict
from kg.store import Store
from kg.store.records import NOTICE, NOTICE_COLUMNS, edge_of, node_of, notice_of, parts_of

Kind = tuple[str, bool]
"""A type of relationship, and whether the thing is its source."""
Row = dict[str, Any]

_TIMES = ("since", "until", "superseded", "status", "first_seen", "last_seen")
_FILTERED = (
    f"r.uid AS uid, m.first_seen AS known, r.confidence AS confidence, {', '.join(f'r.{t} AS {t}' for t in _TIMES)}"
)


def nearby(
    store: Store, node: Node, most: int, *, skip: int = 0, only: Kind | None = None, stated_only: bool = False,
    as_of: str = "", least: float = 0.0, picture: bool = False,
) -> tuple[Graph, dict[Kind, int]]:  # fmt: skip
    """At most ``most`` relationships of each kind (``only`` of one; without the first ``skip``) with the things at their ends
    and their notices without text, and how many of each kind there are. For a ``picture`` notices have their text, and
    STATED_IN is no kind.

    STATED_IN comes newest first, others by key; what ``as_of``, ``stated_only`` and ``least`` leave out does not count.
    """
    filtered = bool(stated_only or as_of or least)
    counts = _counts(store, node, picture) if only is None else {only: 0}
    shown: list[Row] = []
    for kind in counts:
        if filtered:
            rows = _ends(store, node, kind, _FILTERED)
            stay = restrict(_light(node, rows), stated_only=stated_only, as_of=as_of, least=least).edges
            keys = {edge.key for edge in stay}
            rows = [row for row in rows if row["uid"] in keys]
            counts[kind] = len(rows)
            shown += rows[skip : skip + most]
        else:
            shown += _ends(store, node, kind, "r.uid AS uid", f"SKIP {int(skip)} LIMIT {int(most)}")
    if only and not filtered:
        counts = {only: _counts(store, node, picture).get(only, 0)}
    graph = restrict(_whole(store, node, shown, texts=picture), stated_only=stated_only, as_of=as_of, least=least)
    return graph, {kind: number for kind, number in counts.items() if number}


def _way(node: Node, kind: Kind) -> str:
    type_, leaving = kind
    link = f"[r:{type_}]" if type_ else "[r]"
    return f"MATCH (n:{node.label} {{uid: $id}}){'' if leaving else '<'}-{link}-{'>' if leaving else ''}(m) "


def _counts(store: Store, node: Node, picture: bool) -> dict[Kind, int]:
    """How many relationships of each kind the thing has."""
    found: dict[Kind, int] = {}
    for leaving in (True, False):
        for row in store.query(
            _way(node, ("", leaving)) + "RETURN type(r) AS type, count(r) AS number", {"id": node.id}
        ):
            if not picture or row["type"] != STATED_IN:
                found[row["type"], leaving] = row["number"]
    return found


def _ends(store: Store, node: Node, kind: Kind, columns: str, part: str = "") -> list[Row]:
    """The relationships of a kind, in order, with the id and label of the thing at the other end."""
    newest = "r.last_seen DESC, " if kind[0] == STATED_IN else ""
    cypher = f"{_way(node, kind)}RETURN labels(m)[0] AS label, {columns} ORDER BY {newest}r.uid {part}"
    rows = []
    for row in store.query(cypher, {"id": node.id}):
        source, _, target = parts_of(row["uid"])
        rows.append({**row, "kind": kind, "end": target if kind[1] else source})
    return rows


def _light(node: Node, rows: Iterable[Row]) -> Graph:
    """The relationships with as much as tells whether they stay."""
    graph = Graph({node.id: node}, [], {})
    for row in rows:
        source, type_, target = parts_of(row["uid"])
        qualifier, how = row["uid"].split("|")[-2:]
        props = {name: row[name] for name in _TIMES if row[name]} | {"role": qualifier}
        confidence = 1.0 if row["confidence"] is None else float(row["confidence"])
        graph.edges.append(Edge(source, type_, target, (), "", confidence, how == "derived", (), props))
        known = row["known"] or ""
        if row["label"] == NOTICE:
            graph.notices[row["end"]] = Notice(row["end"], published=known)
        else:
            graph.nodes[row["end"]] = Node(row["end"], row["label"], "", (), {"first_seen": known})
    return graph


def _whole(store: Store, node: Node, rows: Iterable[Row], *, texts: bool) -> Graph:
    """The relationships of these rows with all that is known of them."""
    alike: defaultdict[tuple[Kind, str], list[Row]] = defaultdict(list)
    for row in rows:
        alike[row["kind"], row["label"]].append(row)
    nodes, edges, named = {node.id: node}, {}, set[str]()
    for ((type_, leaving), label), some in alike.items():
        way = f"{'<' if leaving else ''}-[r:{type_}]-{'' if leaving else '>'}"
        cypher = f"UNWIND $ends AS id MATCH (m:{label} {{uid: id}}){way}(n:{node.label} {{uid: $id}}) RETURN r"
        wanted = {row["uid"] for row in some}
        found = store.query(
            cypher + ("" if label == NOTICE else ", m"), {"ends": sorted({r["end"] for r in some}), "id": node.id}
        )
        for row in found:
            if row["r"]["uid"] in wanted:
                edge = edge_of(row["r"])
                edges[edge.key] = edge
                named |= {said.notice for said in edge.evidence}
        if label == NOTICE:
            named |= {row["end"] for row in some}
        else:
            nodes |= {row["m"]["uid"]: node_of(row["m"]) for row in found}
    return Graph(nodes, [edges[key] for key in sorted(edges)], _notices(store, named, texts))


def _notices(store: Store, ids: Collection[str], texts: bool) -> dict[str, Notice]:
    text = ", n.text AS text" if texts else ""
    cypher = f"UNWIND $ids AS id MATCH (n:Notice {{uid: id}}) RETURN n.uid AS uid, {NOTICE_COLUMNS}{text}"
    return {row["uid"]: notice_of(row) for row in store.query(cypher, {"ids": sorted(ids)})}
