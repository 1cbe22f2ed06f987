"""What a walk has reached, and what is known of it: moves, posts and who holds them on the day."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.chain.rules import Move, rules, title_of
from kg.chain.surroundings import Surroundings
from kg.chain.when import holders, in_force, span
from kg.derive.seats import is_head
from kg.model import Edge, Node


@dataclass
class Reached:
    """What has been reached: nodes and the relationships that led to them.

    ``held`` is what is known of who holds a post (of how many relationships, by which, and since when nobody does).
    """

    around: Surroundings
    subject: Node
    as_of: str
    stated_only: bool
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    held: dict[str, tuple[int, list[Edge], str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes[self.subject.id] = self.subject

    def bearers(self, duty: str) -> list[str]:
        """Ids of those who bear a duty, drawn or not."""
        self.around.fetch([duty])
        return [e.source for e in self.around.into[duty] if e.type == "BEARS" and self._drawn(e)]

    def staffed(self, body: str) -> bool:
        """Whether somebody is known to hold a post of a body, drawn or not."""
        posts = self._posts(body)
        self.around.fetch((place.source for place in posts), office=True)
        return any(self._holders(place.source)[0] for place in posts)

    def ended(self, post: str) -> bool:
        """Whether the last holding of a post is known to have ended, rather than only not to be named any more."""
        return bool(self._holders(post)[1])

    def holding_state(self, edge: Edge) -> tuple[str, str]:
        """``(state, last notice's date)`` of a holding in this chain; see :mod:`kg.chain.when`."""
        time = span(edge, self.around.notices)
        return time.state(self.as_of), time.last

    def _moves(self, table: dict[str, tuple[Move, ...]], node_id: str, arrived: str) -> list[tuple[Move, Edge, str]]:
        found = []
        for move in self._table(table, node_id, arrived):
            edges = self.around.out[node_id] if move.way == "out" else self.around.into[node_id]
            for edge in sorted((e for e in edges if e.type == move.type), key=lambda e: e.key):
                other = edge.target if move.way == "out" else edge.source
                if other != node_id and other in self.around.nodes and self._drawn(edge):
                    found.append((move, edge, other))
        return found

    def _table(self, table: dict[str, tuple[Move, ...]], node_id: str, arrived: str) -> list[Move]:
        node = self.around.nodes.get(node_id, self.nodes.get(node_id))
        return [move for move in table.get(node.label if node else "", ()) if arrived not in move.after]

    def _drawn(self, edge: Edge) -> bool:
        if self.stated_only and edge.derived:
            return False
        if edge.type == "HOLDS":
            return any(e is edge for e in self._holders(edge.target)[0])
        mine = self.subject.label == "Obligation" and edge.target == self.subject.id
        return in_force(edge, self.around.notices, self.as_of, edge.type in rules().dated and not mine)

    def _posts(self, body: str) -> list[Edge]:
        edges = (e for e in self.around.into[body] if e.type == "POST_IN" and e.source in self.around.nodes)
        return sorted((e for e in edges if not (self.stated_only and e.derived)), key=lambda e: e.key)

    def _holders(self, post: str) -> tuple[list[Edge], str]:
        self.around.fetch([post], office=True)
        edges = self.around.into[post]
        if post not in self.held or self.held[post][0] != len(edges):
            holding = [e for e in edges if e.type == "HOLDS" and not (self.stated_only and e.derived)]
            node = self.around.nodes.get(post)
            single = node is not None and not self.stated_only and is_head(title_of(node))
            held, since = holders(holding, self.around.notices, self.as_of, single)
            here = [edge for edge, _, _ in held if edge.source in self.around.nodes]
            self.held[post] = len(edges), here, since
        return self.held[post][1:]

    def _last_named(self, post: str) -> str:
        spans = [span(e, self.around.notices) for e in self.around.into[post] if e.type == "HOLDS"]
        past = [s.last for s in spans if not self.as_of or s.last <= self.as_of]
        return max(past, default="")

    def _drop(self, ids: set[str]) -> bool:
        self.nodes = {i: n for i, n in self.nodes.items() if i not in ids}
        self.edges = {k: e for k, e in self.edges.items() if e.source not in ids and e.target not in ids}
        return bool(ids)

    def _tell(self) -> None:
        """What is in the chain is called by its name from here on."""
        self.around.tell(self.nodes)
        self.nodes = {uid: self.around.nodes.get(uid, node) for uid, node in self.nodes.items()}

    def _take(self, edge: Edge) -> None:
        self.edges[edge.key] = edge
        for node_id in (edge.source, edge.target):
            self.nodes.setdefault(node_id, self.around.nodes[node_id])
