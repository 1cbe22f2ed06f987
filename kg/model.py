"""What is read from notices: things, statements about them, and the words each rests on.

Offsets are 0-based code points into ``Notice.text`` (the notice's own characters, before script
conversion), end exclusive: ``notice.text[e.start:e.end] == e.quote`` always holds.
Labels, relationship types and property names are those of ``ontology/``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from kg.decisions import Decision

Scalar = str | int | float | bool
Value = Scalar | list[str]  # what a property of a node or an edge may hold in either store


class Evidence(NamedTuple):
    """A run of a notice's own characters; ``notice`` is the Notice's id."""

    notice: str
    start: int
    end: int
    quote: str

    @property
    def ref(self) -> str:
        """``notice#start-end``, as relationships keep it."""
        return f"{self.notice}#{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Notice:
    """A document. ``published`` is an ISO date or ''; ``source`` the file or address it was read from."""

    id: str
    title: str = ""
    published: str = ""
    publisher: str = ""
    doc_number: str = ""
    url: str = ""
    kind: str = ""
    text: str = ""
    sha256: str = ""
    source: str = ""


@dataclass(slots=True)
class Node:
    """A thing. ``id`` comes from content; ``name`` is its fullest simplified form, ``aliases`` the other spellings.

    ``props`` holds further properties of its class. Two are common to all: ``generic`` (a collective such as
    各有关部门, named by class) and ``inferred`` (no notice names it; it stands there to complete a chain).
    """

    id: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    props: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True)
class Edge:
    """A statement ``source -type-> target`` with the words it rests on.

    ``rule`` names the row of the table that made it, ``confidence`` is in 0..1. A ``derived`` edge is not stated
    in so many words: it follows from its ``premises`` (keys of other edges, see :attr:`key`) or from a reference
    table named in ``rule``; its evidence is then the mention that called for it.
    """

    source: str
    type: str
    target: str
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""
    confidence: float = 1.0
    derived: bool = False
    premises: tuple[str, ...] = ()
    props: dict[str, Value] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Identity in the graph: ends, type, stated or derived, and what qualifies it (role, kind or form)."""
        return edge_key(self.source, self.type, self.target, self.props, derived=self.derived)


def edge_key(source: str, type_: str, target: str, props: Mapping[str, Value], *, derived: bool) -> str:
    """:attr:`Edge.key`, before there is an edge."""
    qualifier = (props.get("role") or props.get("kind") or props.get("form") or "") if props else ""
    return f"{source}|{type_}|{target}|{qualifier}|{'derived' if derived else 'stated'}"


@dataclass(slots=True)
class Reading:
    """All that one notice says: the unit that is loaded, replaced and removed as a whole.

    ``nodes`` hold what *this* notice says of each thing; ``remarks`` are lines for the person who loads it
    (what was left unresolved, and why).
    """

    notice: Notice
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


class Tells(Protocol):
    """What one notice says, told once and never all in memory: every thing with what names it, then every other statement, each a single time.

    ``weight`` is about how many there are; ``remarks`` are known when all is told.
    """

    notice: Notice
    weight: int

    @property
    def remarks(self) -> Sequence[str]:
        """Lines for the person who loads it."""
        ...

    def things(self) -> Iterator[tuple[Node, Edge | None]]:
        """All things."""
        ...

    def statements(self) -> Iterator[Edge]:
        """All statements but those that say where a thing is named."""
        ...


@dataclass(slots=True)
class Graph:
    """A part of the graph in memory, merged over notices; what views and exports draw and write.

    ``decisions`` are all that were made on statements between its things, earliest first; what is rejected is not in ``edges``.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    notices: dict[str, Notice] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)

    def out(self, node_id: str, *types: str) -> Iterator[Edge]:
        """Edges that leave a node, of the given types or of all."""
        return (e for e in self.edges if e.source == node_id and (not types or e.type in types))

    def into(self, node_id: str, *types: str) -> Iterator[Edge]:
        """Edges that reach a node, of the given types or of all."""
        return (e for e in self.edges if e.target == node_id and (not types or e.type in types))

    def to_networkx(self) -> Any:
        """The graph as a ``networkx.MultiDiGraph``, see :func:`kg.notebook.to_networkx`."""
        from kg.notebook import to_networkx

        return to_networkx(self)

    def to_pyvis(self) -> Any:
        """The graph as a ``pyvis.network.Network`` in the colours of ``kg viz``."""
        from kg.notebook import to_pyvis

        return to_pyvis(self)

    def _repr_html_(self) -> str:
        from kg.notebook import graph_html

        return graph_html(self)


def node_json(n: Node) -> dict[str, Any]:
    """A node as `kg extract --format json` and the views print it."""
    return {"id": n.id, "label": n.label, "name": n.name, "aliases": list(n.aliases), **n.props}


def edge_json(e: Edge) -> dict[str, Any]:
    """An edge as `kg extract --format json` and the views print it."""
    return {
        "source": e.source,
        "target": e.target,
        "type": e.type,
        "evidence": [{"notice": v.notice, "start": v.start, "end": v.end, "quote": v.quote} for v in e.evidence],
        "rule": e.rule,
        "confidence": e.confidence,
        "derived": e.derived,
        "premises": list(e.premises),
        **e.props,
    }


def notice_json(n: Notice) -> dict[str, Any]:
    """A notice's properties, text included."""
    return {f: getattr(n, f) for f in n.__slots__}


def reading_json(r: Reading) -> dict[str, Any]:
    """A whole reading; :func:`reading_from_json` is its inverse."""
    return {
        "notice": notice_json(r.notice),
        "nodes": [node_json(n) for n in r.nodes],
        "edges": [edge_json(e) for e in r.edges],
        "remarks": list(r.remarks),
    }


def reading_from_json(data: Mapping[str, Any]) -> Reading:
    """Inverse of :func:`reading_json`."""
    return Reading(
        Notice(**data["notice"]),
        [_node(d) for d in data["nodes"]],
        [_edge(d) for d in data["edges"]],
        list(data.get("remarks", ())),
    )


def _node(d: Mapping[str, Any]) -> Node:
    own = {"id", "label", "name", "aliases"}
    return Node(d["id"], d["label"], d["name"], tuple(d["aliases"]), _rest(d, own))


def _edge(d: Mapping[str, Any]) -> Edge:
    own = {"source", "target", "type", "evidence", "rule", "confidence", "derived", "premises"}
    evidence = tuple(Evidence(v["notice"], v["start"], v["end"], v["quote"]) for v in d["evidence"])
    return Edge(
        d["source"],
        d["type"],
        d["target"],
        evidence,
        d["rule"],
        d["confidence"],
        d["derived"],
        tuple(d["premises"]),
        _rest(d, own),
    )


def _rest(d: Mapping[str, Any], own: Iterable[str]) -> dict[str, Value]:
    return {k: v for k, v in d.items() if k not in own}
