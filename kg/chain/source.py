"""What a chain asks of a store: of a relationship at first only what tells whether it is drawn, and its words once it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from kg.chain.rules import rules
from kg.chain.when import clause
from kg.model import Edge, Node, Notice
from kg.store.records import NOTICE_COLUMNS, edge_of, node_of, notice_of
from kg.vocabulary import vocabulary

Row = dict[str, Any]

LABELS = ("Agency", "Meeting", "Obligation", "Person", "Post", "Region")
"""What a chain is made of."""
_TIMES = ("since", "until", "superseded", "outright", "status", "first_seen", "last_seen")
_COLUMNS = "r.uid AS uid, n.uid AS near, labels(m)[0] AS label, " + ", ".join(
    f"r.{name} AS {name}" for name in (*_TIMES, "confidence", "rule")
)
_PROPS = ("title", "level", "generic", "inferred", "deadline", "status", "text")


class Answers(Protocol):
    """What a chain needs of a store."""

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Iterable[Row]:
        """The rows that answer a read-only query."""
        ...


class Once:
    """A store of which the same is asked once only."""

    def __init__(self, store: Answers) -> None:
        self._store = store
        self.plans = getattr(store, "plans", False)
        self._rows: dict[tuple[str, str], list[Row]] = {}

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Iterable[Row]:
        """The rows that answer a read-only query."""
        asked = cypher, repr(parameters)
        if asked not in self._rows:
            self._rows[asked] = list(self._store.query(cypher, parameters))
        return self._rows[asked]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which relationships are drawn, where the store is to tell: as of a day, without derived ones, with so much confidence."""

    as_of: str
    stated_only: bool
    least: float

    def clause(self, type_: str) -> str:
        """Cypher on ``r``, for relationships of a type."""
        return clause(self.as_of, self.stated_only, type_ == "HOLDS" or type_ in rules().dated, self.least)

    @property
    def given(self) -> dict[str, Any]:
        """The parameters of that."""
        return {"day": self.as_of, "least": self.least}


def near(
    store: Answers, nodes: Iterable[Node], types: Collection[str], arrow: str = "-{}-"
) -> tuple[list[Edge], dict[str, Node]]:
    """The relationships of these types that touch these things, or leave or reach them as the ``arrow`` says, without words, and
    the things at their ends, of which the label alone is known."""
    link = arrow.format(f"[r:{'|'.join(sorted(types))}]")
    return _read(_each(store, f"(n:{{label}} {{{{uid: id}}}}){link}(m)", _COLUMNS, _asked(nodes)))


def few(
    store: Answers, nodes: Iterable[Node], type_: str, arrow: str, most: int, drawn: Drawn
) -> tuple[list[Edge], dict[str, Node]]:
    """The same of one type, but of each thing at most so many: those whose ends come first by id."""
    link = arrow.format(f"[r:{type_}]")
    match = (
        f"(n:{{label}} {{{{uid: id}}}}) CALL {{{{ WITH n MATCH (n){link}(m) WHERE {drawn.clause(type_)} "
        f"RETURN r, m ORDER BY m.uid LIMIT {int(most)} }}}}"
    )
    return _read(_each(store, match, _COLUMNS, _asked(nodes), drawn.given))


def degrees(
    store: Answers, nodes: Iterable[Node], kinds: Iterable[tuple[str, str]], drawn: Drawn | None = None
) -> dict[str, list[int]]:
    """How many relationships of each of these kinds (types as ``A|B``, and an arrow) each thing has, by id; of those that are
    ``drawn``, or of all."""
    counts = []
    for at, (types, arrow) in enumerate(kinds):
        where = f" WHERE {drawn.clause(types)}" if drawn else ""
        counts.append(f"COUNT {{ (n){arrow.format(f'[r:{types}]')}(){where} }} AS k{at}")
    returned = f"n.uid AS uid, {', '.join(counts)}"
    rows = _each(store, "(n:{label} {{uid: id}})", returned, _asked(nodes), drawn.given if drawn else None)
    return {row["uid"]: [row[f"k{at}"] for at in range(len(counts))] for row in rows}


def _read(rows: Iterable[Row]) -> tuple[list[Edge], dict[str, Node]]:
    edges: list[Edge] = []
    ends: dict[str, Node] = {}
    for row in rows:
        source, type_, target, qualifier, how = row["uid"].split("|")
        props = {name: row[name] for name in _TIMES if row[name]} | ({"role": qualifier} if qualifier else {})
        sure = 1.0 if row["confidence"] is None else float(row["confidence"])
        edges.append(Edge(source, type_, target, (), row["rule"] or "", sure, how == "derived", (), props))
        end = target if row["near"] == source else source
        ends[end] = Node(end, row["label"], "")
    return edges, ends


def _asked(nodes: Iterable[Node]) -> Iterable[tuple[str, str]]:
    return ((node.label, node.id) for node in nodes)


def told(store: Answers, nodes: Iterable[Node]) -> dict[str, Node]:
    """These things with as much as tells where they stand and how they are called."""
    columns = ", ".join(f"n.{name} AS {name}" for name in _PROPS)
    found = {}
    what = f"n.uid AS uid, labels(n)[0] AS label, n.name AS name, {columns}"
    for row in _each(store, "(n:{label} {{uid: id}})", what, _asked(nodes)):
        props = {name: row[name] for name in _PROPS if row[name] is not None}
        found[row["uid"]] = Node(row["uid"], row["label"], row["name"] or "", (), props)
    return found


def whole_nodes(store: Answers, nodes: Iterable[Node]) -> dict[str, Node]:
    """These things with all that is known of them."""
    rows = _each(store, "(n:{label} {{uid: id}})", "n", _asked(nodes))
    return {row["n"]["uid"]: node_of(row["n"]) for row in rows}


def whole_edges(store: Answers, edges: Iterable[Edge], nodes: Mapping[str, Node]) -> dict[str, Edge]:
    """These relationships with their words; ``nodes`` holds their ends."""
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        keys[edge.source].append(edge.key)
    match = f"(n:{{label}} {{{{uid: id.uid}}}})-[r:{'|'.join(sorted(rules().types))}]->() WHERE r.uid IN id.keys"
    asked = ((nodes[uid].label, {"uid": uid, "keys": some}) for uid, some in keys.items())
    return {row["r"]["uid"]: edge_of(row["r"]) for row in _each(store, match, "r", asked)}


def premises(store: Answers, keys: Iterable[str]) -> tuple[dict[str, Edge], dict[str, str]]:
    """The statements of these keys with their words, and the names of the things they speak of."""
    given: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        given[key.partition("|")[0]].append(key)
    if not given:
        return {}, {}
    of = f"-[r:{'|'.join(sorted(vocabulary().types))}]->(m) WHERE r.uid IN id.keys RETURN r, n.name AS name, m.name AS other"
    cypher = " UNION ALL ".join(
        f"UNWIND $given AS id MATCH (n:{label} {{uid: id.uid}}){of}" for label in sorted(vocabulary().labels)
    )
    found: dict[str, Edge] = {}
    names: dict[str, str] = {}
    for row in store.query(cypher, {"given": [{"uid": uid, "keys": some} for uid, some in given.items()]}):
        edge = edge_of(row["r"])
        found[edge.key] = edge
        names |= {edge.source: row["name"] or edge.source, edge.target: row["other"] or edge.target}
    return found, names


def whole_notices(store: Answers, ids: Iterable[str], texts: bool) -> dict[str, Notice]:
    """These notices with their ``texts``, or without."""
    cypher = "UNWIND $ids AS id MATCH (n:Notice {uid: id}) WHERE n.digest IS NOT NULL "
    rows = store.query(
        f"{cypher}RETURN n.uid AS uid, {'n.text AS text, ' * texts}{NOTICE_COLUMNS}", {"ids": sorted(ids)}
    )
    return {row["uid"]: notice_of(row) for row in rows}


def _each(
    store: Answers, match: str, returned: str, asked: Iterable[tuple[str, Any]], more: Mapping[str, Any] | None = None
) -> Iterable[Row]:
    """The rows for what is asked of things of some labels, in one question; it names labels that are on a thing only, for with
    another the embedded engine would not use its index. A server plans each question that is spelled differently: it is asked of
    every label."""
    given = list(asked)
    if not given:
        return ()
    named = LABELS if getattr(store, "plans", False) else {label for label, _ in given}
    labels = "|".join(sorted({*named, *(label for label, _ in given)}))
    cypher = f"UNWIND $given AS id MATCH {match.format(label=labels)} RETURN {returned}"
    return store.query(cypher, {"given": [one for _, one in given], **(more or {})})
