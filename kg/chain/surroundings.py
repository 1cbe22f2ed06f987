"""The part of a graph that a chain has come to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache

from kg.chain.rules import rules
from kg.chain.source import Answers, near, told
from kg.chain.when import stated
from kg.model import Edge, Graph, Node, Notice


@cache
def _leading(way: str, label: str) -> tuple[frozenset[str], frozenset[str]]:
    """The types of relationships that leave things of a label, and of those that reach them, where these lead that way and on
    from one office to another."""
    moves = [move for move in rules().moves[way].get(label, ()) if move.type not in rules().office]
    return frozenset(m.type for m in moves if m.way == "out"), frozenset(m.type for m in moves if m.way == "in")


class Surroundings:
    """The part of the graph fetched so far, with both directions indexed; from a store it comes without words (see
    :mod:`kg.chain.source`), and notices are for a graph in memory only."""

    def __init__(self, store: Answers | Graph, subject: Node, stated_only: bool = False, least: float = 0.0) -> None:
        self._stated_only, self._least = stated_only, least
        self.nodes: dict[str, Node] = {subject.id: subject}
        self.notices: dict[str, Notice] = {}
        self.out: defaultdict[str, list[Edge]] = defaultdict(list)
        self.into: defaultdict[str, list[Edge]] = defaultdict(list)
        self._keys: set[str] = set()
        self._fetched: defaultdict[str, set[str]] = defaultdict(
            set
        )  # "office": what stays with one; "": the rest; a way: of that
        self._known = {subject.id}
        self.store = None if isinstance(store, Graph) else store
        if isinstance(store, Graph):
            self.nodes.update(store.nodes)
            self.notices.update(store.notices)
            self._add(store.edges)

    def fetch(self, ids: Iterable[str], *, office: bool = False, way: str = "") -> None:
        """Bring in every relationship a chain may follow that touches these things, or those that stay with one office.

        Where a ``way`` (up, down) is given, only those that lead on that way: places, bodies and leaders have thousands.
        """
        asked = set(ids) if self.store is not None else set()
        same, further = asked - self._fetched["office"], set() if office else asked - self._fetched[""]
        narrow = further - self._fetched[way] if way else set()
        further = set() if way else further
        parts = [(same, rules().office), (further, rules().types - rules().office)]
        for some, types in [(same, rules().types)] if same == further else parts:
            self.bring(some, types)
        asking: defaultdict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
        for uid in narrow:
            for arrow, types in zip(("-{}->", "<-{}-"), _leading(way, self.nodes[uid].label), strict=True):
                asking[arrow, types].add(uid)
        for (arrow, types), some in sorted(asking.items(), key=lambda one: (one[0][0], sorted(one[0][1]))):
            if types:
                self.bring(some, types, arrow)
        self._fetched["office"] |= same
        self._fetched[""] |= further
        self._fetched[way] |= narrow

    def bring(self, ids: Collection[str], types: Collection[str], arrow: str = "-{}-") -> None:
        """Bring in the relationships of these types that touch these things, or leave (``-{}->``) or reach (``<-{}-``) them."""
        if not ids or self.store is None:
            return
        edges, ends = near(self.store, (self.nodes[uid] for uid in sorted(ids)), types, arrow)
        for uid, node in ends.items():
            self.nodes.setdefault(uid, node)
        self._add(edges)
        self.tell(uid for uid, node in ends.items() if node.label == "Post")

    def tell(self, ids: Iterable[str]) -> None:
        """Bring in how these things are called and where they stand."""
        new = [uid for uid in ids if uid not in self._known]
        if self.store is not None and new:
            self.nodes |= told(self.store, (self.nodes[uid] for uid in sorted(new)))
            self._known.update(new)

    def _add(self, edges: Iterable[Edge]) -> None:
        for edge in edges:
            key = edge.key
            if (
                key not in self._keys
                and edge.type in (rules().types | {rules().renewed})
                and edge.confidence >= self._least
            ):
                self._keys.add(key)
                edge = stated(edge) if self._stated_only else edge
                self.out[edge.source].append(edge)
                self.into[edge.target].append(edge)
