"""The part of a graph that a chain has come to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, partial
from itertools import product

from kg.chain.rules import rules
from kg.chain.source import (
    LABELS,
    Answers,
    Drawn,
    degrees,
    few,
    near,
    premises,
    told,
    whole_edges,
    whole_nodes,
    whole_notices,
)
from kg.chain.when import stated
from kg.model import Edge, Graph, Node, Notice

THINGS, NEAREST = 240, 60  # things up to which a chain is followed whole, and of a larger one with all that are alike
HUB, DENSE = 100, 8  # relationships of one thing beyond which only a few are asked for, and in a larger chain
LEAST = 20  # things of one office for which there is always room
KEPT = (3, 1)  # of those alike, where they are too many, how many are shown beside the one that stands for the rest
_WAYS = {"-{}->": "out", "<-{}-": "in"}
_EITHER = tuple(_WAYS)


@cache
def _leading(way: str, label: str) -> tuple[frozenset[str], frozenset[str]]:
    """The types of relationships that leave things of a label, and of those that reach them, where these lead that way and on
    from one office to another."""
    moves = [move for move in rules().moves[way].get(label, ()) if move.type not in rules().office]
    return frozenset(m.type for m in moves if m.way == "out"), frozenset(m.type for m in moves if m.way == "in")


def _kinds(types: AbstractSet[str], arrow: str) -> list[tuple[str, str]]:
    return [(type_, one) for type_ in sorted(types) for one in ((arrow,) if arrow in _WAYS else _EITHER)]


def rehearse(store: Answers) -> Iterator[Callable[[], object]]:
    """Every question that chains without further settings ask of a store, of nothing: a server that was asked them once has
    planned them for all subjects."""
    nobody, drawn = [Node("", label, "") for label in LABELS], Drawn("", False, 0.0)
    kinds = {(rules().types, "-{}-"), (rules().office, "-{}-"), (rules().types - rules().office, "-{}-")}
    kinds |= {(frozenset({type_}), arrow) for type_, arrow in zip(rules().renewed, _EITHER, strict=True)}
    kinds.add((frozenset({"GOVERNS"}), "-{}-"))
    kinds |= {(frozenset({type_}), arrow) for type_, arrow in product(rules().types, _EITHER)}
    for way, label in product(("up", "down"), LABELS):
        kinds |= {(types, arrow) for arrow, types in zip(_EITHER, _leading(way, label), strict=True) if types}
    yield partial(told, store, nobody)
    yield partial(whole_nodes, store, nobody)
    yield partial(whole_edges, store, [Edge("", "HOLDS", "")], {"": nobody[0]})
    yield partial(premises, store, [Edge("", "HOLDS", "").key])
    for texts in (False, True):
        yield partial(whole_notices, store, [""], texts)
    for types, arrow in sorted(kinds, key=lambda one: (one[1], sorted(one[0]))):
        yield partial(near, store, nobody, types, arrow)
        yield partial(degrees, store, nobody, [("|".join(sorted(types)), arrow)])
        yield partial(degrees, store, nobody, _kinds(types, arrow))
    for type_, arrow in sorted(product(rules().types, _EITHER)):
        yield partial(degrees, store, nobody, [(type_, arrow)], drawn)
        for kept in KEPT:
            yield partial(few, store, nobody, type_, arrow, kept + 1, drawn)


class Surroundings:
    """The part of the graph fetched so far, with both directions indexed; from a store it comes without words (see
    :mod:`kg.chain.source`), and notices are for a graph in memory only.

    With ``most`` not all are asked for of a thing that has very many: ``short`` holds of which (id, type, way). That is
    THINGS, and once the walk would lead to more it is ``overflown`` and done anew with NEAREST, or 0: everything."""

    def __init__(
        self, store: Answers | Graph, subject: Node, as_of: str = "", stated_only: bool = False, least: float = 0.0,
        most: int = 0,
    ) -> None:  # fmt: skip
        self._stated_only, self._least = stated_only, least
        self.drawn = Drawn(as_of, stated_only, least)
        self._most = most
        self.overflown = False
        self.short: set[tuple[str, str, str]] = set()
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

    def fetch(self, ids: Iterable[str], *, office: bool = False, way: str = "", room: int | None = None) -> None:
        """Bring in every relationship a chain may follow that touches these things, or those that stay with one office.

        Where a ``way`` (up, down) is given, only those that lead on that way: places, bodies and leaders have thousands;
        with ``room`` they are walked to, and there is room for so many.
        """
        asked = set(ids) if self.store is not None else set()
        same, further = asked - self._fetched["office"], set() if office else asked - self._fetched[""]
        narrow = further - self._fetched[way] if way else set()
        further = set() if way else further
        if room is not None and self._most == NEAREST:
            same -= self._bring_places(same, room)
        parts = [(same, rules().office), (further, rules().types - rules().office)]
        for some, types in [(same, rules().types)] if same == further else parts:
            self.bring(some, types, room=None if room is None else max(room, LEAST))
        asking: defaultdict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
        for uid in narrow:
            for arrow, types in zip(("-{}->", "<-{}-"), _leading(way, self.nodes[uid].label), strict=True):
                asking[arrow, types].add(uid)
        for (arrow, types), some in sorted(asking.items(), key=lambda one: (one[0][0], sorted(one[0][1]))):
            if types:
                self.bring(some, types, arrow, room)
        self._fetched["office"] |= same
        self._fetched[""] |= further
        self._fetched[way] |= narrow

    def _bring_places(self, ids: AbstractSet[str], room: int) -> set[str]:
        """Bring in which bodies govern which places, and of those for whose posts there is no room nothing else; these."""
        places = {uid for uid in ids if self.nodes[uid].label in ("Agency", "Region")}
        if len(places) <= max(room, LEAST):
            return set()
        self.bring(places, {"GOVERNS"})
        self.short |= {(uid, "POST_IN", "in") for uid in places}
        self._fetched["office"] |= places
        return places

    def bring(
        self, ids: Collection[str], types: AbstractSet[str], arrow: str = "-{}-", room: int | None = None
    ) -> None:
        """Bring in the relationships of these types that touch these things, or leave (``-{}->``) or reach (``<-{}-``) them."""
        if not ids or self.store is None:
            return
        nodes = [self.nodes[uid] for uid in sorted(ids)]
        if self._most and self._bring_few(nodes, types, arrow, room):
            return
        self._learn(*near(self.store, nodes, types, arrow))

    def count(self, keys: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], int]:
        """How many relationships, of those that are drawn, things have: by id, type and way."""
        asked: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for uid, type_, way in keys:
            asked[type_, way].add(uid)
        found = {}
        if self.store is None:
            return {}
        for (type_, way), some in sorted(asked.items()):
            kinds = [(type_, next(arrow for arrow in _EITHER if _WAYS[arrow] == way))]
            for uid, (number,) in degrees(self.store, [self.nodes[i] for i in sorted(some)], kinds, self.drawn).items():
                found[uid, type_, way] = number
        return found

    def _bring_few(self, nodes: list[Node], types: AbstractSet[str], arrow: str, room: int | None) -> bool:
        """Bring in a few of each type for each thing if there are too many, and whether so."""
        assert self.store is not None
        each = {uid: n for uid, (n,) in degrees(self.store, nodes, [("|".join(sorted(types)), arrow)]).items()}
        whole = sum(each.values())
        if not whole:
            return True
        dense = HUB if self._most == THINGS else DENSE
        if room is None:
            many = [node for node in nodes if each[node.id] > dense]
            if whole <= HUB or not many:
                return False
            self._bring_of(many, types, arrow, KEPT[0], degrees(self.store, many, _kinds(types, arrow)))
            rest = [node for node in nodes if each[node.id] <= dense]
            if rest:
                self._learn(*near(self.store, rest, types, arrow))
            return True
        if whole <= min(room, HUB):
            return False
        numbers = degrees(self.store, nodes, _kinds(types, arrow))
        most = [max(row) for row in numbers.values()]
        if sum(most) <= room and max(most) <= HUB:
            return False
        if self._most == THINGS:
            self.overflown = True
            return True
        fitting = [k for k in KEPT if sum(min(number, k + 1) for number in most) <= room]
        self._bring_of(nodes, types, arrow, (fitting or [KEPT[-1] if types <= rules().office else 0])[0], numbers)
        return True

    def _bring_of(
        self, nodes: list[Node], types: AbstractSet[str], arrow: str, kept: int, numbers: Mapping[str, list[int]]
    ) -> None:
        """Bring in, of each type for each thing, so many and one more, which may stand for the rest; with 0 none."""
        assert self.store is not None
        for at, (type_, one) in enumerate(_kinds(types, arrow)):
            some = [node for node in nodes if numbers[node.id][at]]
            if some and kept:
                self._learn(*few(self.store, some, type_, one, kept + 1, self.drawn))
            enough = kept + 1 if kept else 0
            self.short |= {(node.id, type_, _WAYS[one]) for node in some if numbers[node.id][at] > enough}

    def _learn(self, edges: list[Edge], ends: dict[str, Node]) -> None:
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
                and edge.type in rules().types.union(rules().renewed)
                and edge.confidence >= self._least
            ):
                self._keys.add(key)
                edge = stated(edge) if self._stated_only else edge
                self.out[edge.source].append(edge)
                self.into[edge.target].append(edge)
