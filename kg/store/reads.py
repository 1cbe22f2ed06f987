"""What a store answers, in the Cypher that both engines share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kg.decisions import Decision, order
from kg.errors import SubjectError
from kg.model import Graph, Notice
from kg.store import deciding, values
from kg.store import records as rec
from kg.store.guard import check_read_only
from kg.store.making import MARKER
from kg.store.protocol import Counts, Rows
from kg.store.records import NOTICE, STATED_IN
from kg.vocabulary import vocabulary


class Reads(ABC):
    """The part of a store that answers; an engine brings how a statement is run."""

    def __init__(self, address: str) -> None:
        self.address = address

    @abstractmethod
    def _read(self, cypher: str, parameters: Mapping[str, Any], limit: int | None, timeout: float | None) -> Rows:
        """Run a reading statement, in the engine's own read-only mode; values made plain."""

    def notices(self) -> list[Notice]:
        rows = self._read(
            f"MATCH (n:Notice) WHERE n.digest IS NOT NULL RETURN n.uid AS uid, {rec.NOTICE_COLUMNS}", {}, None, None
        )
        return sorted((rec.notice_of(row) for row in rows), key=lambda n: (n.published, n.id))

    def notice(self, notice_id: str) -> Notice:
        rows = self._read(
            "MATCH (n:Notice {uid: $id}) WHERE n.digest IS NOT NULL "
            f"RETURN n.uid AS uid, n.text AS text, {rec.NOTICE_COLUMNS}", {"id": notice_id}, None, None,
        ).rows  # fmt: skip
        if not rows:
            raise SubjectError(f"no notice {notice_id} in {self.address}; `kg notices` lists those that are loaded")
        return rec.notice_of(rows[0])

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *,
        limit: int | None = None, timeout: float | None = None,
    ) -> Rows:  # fmt: skip
        check_read_only(cypher)
        found = self._read(cypher, dict(parameters or {}), limit, timeout)
        rows = [values.row(row, values.public) for row in found.rows]
        return Rows(found.columns, rows, found.truncated, found.warnings)

    def holding(self, texts: Sequence[str], labels: Sequence[str]) -> str:
        return f"MATCH (n:{'|'.join(labels)})"

    def internal(self, cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Rows of a reading statement of this program's own, with what the store keeps for itself."""
        return self._read(cypher, parameters, None, None).rows

    def graph(self) -> Graph:
        nodes: list[dict[str, Any]] = []
        edges: list[dict[str, Any]] = []
        for label in vocabulary().labels:
            nodes += (row["n"] for row in self._read(f"MATCH (n:{label}) RETURN n", {}, None, None))
        for type_ in vocabulary().types:
            edges += (row["r"] for row in self._read(f"MATCH ()-[r:{type_}]->() RETURN r", {}, None, None))
        return _graph(nodes, edges, self.decisions())

    def around(
        self, ids: Sequence[str], depth: int, types: Collection[str] | None = None, *, known: Collection[str] = ()
    ) -> Graph:
        names = "|".join(sorted(vocabulary().types.keys() - {STATED_IN} if types is None else types))
        nodes: dict[str, dict[str, Any]] = {}
        edges: dict[str, dict[str, Any]] = {}
        for row in self._read(rec.each(vocabulary().labels, "uid", "n"), {"given": list(ids)}, None, None):
            nodes[row["n"]["uid"]] = row["n"]
        frontier = set(nodes)
        for _ in range(depth):
            reached: dict[str, dict[str, Any]] = {}
            for label in sorted({nodes[uid]["label"] for uid in frontier}):
                near = sorted(uid for uid in frontier if nodes[uid]["label"] == label)
                cypher = f"UNWIND $ids AS id MATCH (n:{label} {{uid: id}})-[r:{names}]-(m) RETURN r, m"
                for row in self._read(cypher, {"ids": near}, None, None) if names else ():
                    edges[row["r"]["uid"]] = row["r"]
                    if row["m"]["uid"] not in nodes:
                        reached[row["m"]["uid"]] = row["m"]
            nodes.update(reached)
            frontier = set(reached)
        rest_on = {ref.rpartition("#")[0] for edge in edges.values() for ref in edge.get("evidence") or ()}
        cypher = "UNWIND $ids AS id MATCH (n:Notice {uid: id}) RETURN n"
        found = self._read(cypher, {"ids": sorted(rest_on - nodes.keys() - set(known))}, None, None)
        between = [d for d in self.decisions() if nodes.keys() >= set(d.ends)]
        return _graph([*nodes.values(), *(row["n"] for row in found)], list(edges.values()), between)

    def turn(self) -> str:
        return ""

    def counts(self) -> Counts:
        nodes = self._read("MATCH (n) RETURN labels(n)[0] AS kind, count(n) AS n", {}, None, None)
        edges = self._read("MATCH ()-[r]->() RETURN type(r) AS kind, count(r) AS n", {}, None, None)
        own = {MARKER, *deciding.LABELS}
        by_label = {row["kind"]: row["n"] for row in sorted(nodes, key=lambda r: r["kind"]) if row["kind"] not in own}
        by_type = {row["kind"]: row["n"] for row in sorted(edges, key=lambda r: r["kind"])}
        loaded = "MATCH (n:Notice) WHERE n.digest IS NOT NULL RETURN count(n) AS n"
        return Counts(self._read(loaded, {}, None, None).rows[0]["n"], by_label, by_type)

    def decisions(self) -> list[Decision]:
        return sorted(deciding.decisions(self.internal), key=order)


def _graph(nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]], decisions: list[Decision]) -> Graph:
    things = {n["uid"]: rec.node_of(n) for n in nodes if not (n["label"] == NOTICE and "digest" in n)}
    notices = [rec.notice_of(n) for n in nodes if n["label"] == NOTICE and "digest" in n]
    return Graph(
        {uid: things[uid] for uid in sorted(things)},
        sorted((rec.edge_of(e) for e in edges), key=lambda e: e.key),
        {n.id: n for n in sorted(notices, key=lambda n: (n.published, n.id))},
        decisions,
    )
