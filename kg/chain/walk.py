"""The walk: from a subject upward and downward along the moves of ``rules.toml``, and what it finds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.chain.model import Chain, Shown
from kg.chain.rules import Move, rules, title_of
from kg.chain.source import Answers, Once
from kg.chain.surroundings import NEAREST, THINGS, Surroundings
from kg.chain.when import ALL, holders, in_force, span
from kg.collector import at_rest
from kg.derive.seats import is_acting, is_head
from kg.errors import QueryError
from kg.model import Edge, Graph, Node

DIRECTIONS = ("both", "up", "down")
ENDS = 40  # places where a walk stopped that are looked beyond at once
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@at_rest()
def accountability(
    store: Answers | Graph,
    subject: Node,
    *,
    direction: str = "both",
    depth: int = 6,
    as_of: str = "",
    stated_only: bool = False,
    min_confidence: float = 0.0,
    shown: Callable[[Chain], Shown | None] | None = None,
    texts: bool = True,
    bounded: bool = False,
) -> Chain:
    """The chain of accountability of an obligation, region, agency, post, person or meeting.

    Upward to the highest supervisor and downward to who carries the work, at most ``depth`` steps each way (moves
    within one office, such as person to post to body, cost none). ``as_of`` is an ISO date, '' (what no notice has
    ended) or 'all'; ``stated_only`` leaves derived relationships out,
    ``min_confidence`` (0..1) those that are less sure. What ``shown`` leaves out comes from a store without its words,
    and without ``texts`` notices come without theirs, which of a long list is most of the time. Of a ``bounded`` chain in a
    store that is very large what is nearest comes whole, of those further away that are alike three, and a box that stands for
    the others, which are counted and not followed.
    QueryError for a bad direction, depth or date.
    """
    from kg.chain.build import build, complete

    if direction not in DIRECTIONS:
        raise QueryError(f"direction {direction!r} is unknown: choose one of {', '.join(DIRECTIONS)}")
    if depth < 1:
        raise QueryError(f"depth {depth} is too small: give a number of steps from 1 up")
    if as_of and as_of != ALL and not _DAY.fullmatch(as_of):
        raise QueryError(f"date {as_of!r} is not understood: write it as 2024-03-31, or 'all'")
    store = store if isinstance(store, Graph) or not bounded else Once(store)
    for most in (THINGS, NEAREST) if bounded else (0,):
        around = Surroundings(store, subject, as_of, stated_only, min_confidence, most)
        walk = Walk(around, subject, as_of, stated_only, most)
        if direction in ("both", "up") or subject.label == "Obligation":
            walk.follow("up", depth if direction != "down" else 1)
            if direction == "down":
                walk.ends.clear()
                walk.doors.clear()
        if direction in ("both", "down"):
            walk.follow("down", depth)
        if not around.overflown:
            break
    walk.enter()
    walk.join()
    walk.renew()
    walk.prune()
    walk.name_people()
    walk.count()
    chain = Chain(subject, direction, depth, as_of, stated_only, min_confidence)
    chain.bounded = bool(walk.counted)
    chain.cut = not chain.bounded and walk.goes_on()
    build(walk, chain)
    complete(walk, chain, shown(chain) if shown else None, texts)
    return chain


@dataclass
class Walk:
    """What has been reached: nodes and the relationships that led to them.

    ``empty`` maps a post without a holder on the day to the date since when (or ''); ``bare`` are bodies that bear a
    duty, or are the subject, for which nobody is named; ``ends`` is where the walk stopped, as direction, thing and how it was
    reached, ``doors`` the bodies of which it did not ask who works there; ``old`` are duties that a later list has anew; ``held`` what is known of who holds a post, and since when nobody does.
    ``counted`` maps relationships of which only some were followed (id, type, way) to the thing that stands for the rest, if one
    does, and ``more`` those to how many they stand for.
    """

    around: Surroundings
    subject: Node
    as_of: str
    stated_only: bool
    most: int = 0
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    empty: dict[str, str] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)
    ends: list[tuple[str, str, str]] = field(default_factory=list)
    doors: set[str] = field(default_factory=set)
    old: set[str] = field(default_factory=set)
    held: dict[str, tuple[int, list[Edge], str]] = field(default_factory=dict)
    counted: dict[tuple[str, str, str], str] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes[self.subject.id] = self.subject

    def follow(self, direction: str, depth: int) -> None:
        """Walk one way from the subject, breadth first; moves that cost nothing belong to the same step."""
        moves = rules().moves[direction]
        frontier = [(self.subject.id, "")]
        seen = set(frontier)
        for step in range(depth + 1):
            last = step == depth
            following: list[tuple[str, str]] = []
            while frontier:
                followed = [i for i, _ in frontier if i not in self.more]
                self.around.fetch(followed, office=last, way=direction, room=self.most - len(self.nodes))
                if self.around.overflown:
                    return
                self.around.fetch((i for i, _ in frontier), office=True)
                held = (e.target for i, _ in frontier for e in self.around.out[i] if e.type == "HOLDS")
                self.around.fetch(held, office=True)
                same: list[tuple[str, str]] = []
                for node_id, arrived in frontier:
                    if last:
                        self.ends.append((direction, node_id, arrived))
                    found = self._moves(moves, node_id, arrived)
                    left = self._fold(self._table(moves, node_id, arrived), found, node_id, last)
                    for move, edge, other in found:
                        if (last and move.cost) or other in left:
                            continue
                        if last and move.type == "POST_IN" and move.way == "in":
                            self.doors.add(node_id)
                            continue
                        self._take(edge)
                        state = (other, edge.type if edge.type in rules().turning else "")
                        if not move.stop and state not in seen:
                            seen.add(state)
                            (following if move.cost and other not in self.more else same).append(state)
                frontier = same
            frontier = following

    def _fold(self, moves: list[Move], found: list[tuple[Move, Edge, str]], node_id: str, last: bool) -> set[str]:
        """Choose who stands for those of whom only some are known, and what is left to one who does already."""
        ends: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
        for move, _, other in found:
            if not (last and move.cost):
                ends[node_id, move.type, move.way].append(other)
        if node_id in self.more:
            # Of one that stands for others, only the body that is drawn in one box with it.
            self.more |= {
                other: 0
                for key, some in ends.items()
                if key[1] == "GOVERNS"
                for other in some
                if other not in self.nodes
            }
            return {other for key, some in ends.items() if key[1] != "GOVERNS" for other in some}
        chosen, left = set[str](), set[str]()
        keys = ((node_id, move.type, move.way) for move in moves if not (last and move.cost))
        for key in [key for key in keys if key in self.around.short]:
            new = {other for other in ends[key] if other not in self.nodes}
            standing = [other for other in ends[key] if other in self.more]
            stands = min(standing) if standing else max(new, default="")
            self.counted[key] = stands
            self.around.overflown |= self.most == THINGS
            chosen.add(stands)
            left |= {other for other in new if standing and other > stands}
        self.more |= dict.fromkeys(chosen - {""} - self.more.keys(), 0)
        return left - self.more.keys()

    def join(self) -> None:
        """Add what joins those in the chain to things of which only some relationships are known."""
        for way, back in (("out", "<-{}-"), ("in", "-{}->")):
            for type_ in sorted({type_ for _, type_, one in self.counted if one == way}):
                self.around.bring(self.nodes.keys(), {type_}, back)
        for uid, type_, way in self.counted:
            for edge, other in self._known(uid, type_, way):
                if other in self.nodes:
                    self._take(edge)

    def count(self) -> None:
        """How many those stand for that stand for others."""
        keys = [key for key, stands in self.counted.items() if stands in self.nodes]
        for key, number in self.around.count(keys).items():
            drawn = sum(other in self.nodes for _, other in self._known(*key))
            self.more[self.counted[key]] = max(self.more[self.counted[key]], number - drawn + 1)

    def _known(self, uid: str, type_: str, way: str) -> list[tuple[Edge, str]]:
        edges = self.around.out[uid] if way == "out" else self.around.into[uid]
        return [(e, e.target if way == "out" else e.source) for e in edges if e.type == type_ and self._drawn(e)]

    def goes_on(self) -> bool:
        """Whether a step further leads to something that is not in the chain."""
        for at in range(0, len(self.ends), ENDS):
            some = self.ends[at : at + ENDS]
            if self._lead_on(some):
                return True
        doors = sorted(self.doors)
        for at in range(0, len(doors), ENDS):
            posts = {place.source for body in doors[at : at + ENDS] for place in self._posts(body)}
            self.around.fetch(posts, office=True)
            people = {edge.source for post in posts for edge in self._holders(post)[0]}
            if self._lead_on(
                [*(("down", uid, "") for uid in sorted(posts)), *(("down", uid, "HOLDS") for uid in sorted(people))]
            ):
                return True
        return False

    def _lead_on(self, ends: list[tuple[str, str, str]]) -> bool:
        for way in ("up", "down"):
            self.around.fetch((uid for direction, uid, _ in ends if direction == way), way=way)
        return any(
            move.cost and other not in self.nodes and other not in self.old
            for direction, uid, arrived in ends
            for move, _, other in self._moves(rules().moves[direction], uid, arrived)
        )

    def enter(self) -> None:
        """Where those in the chain work, of the bodies that the walk stopped at."""
        here = [uid for uid, node in self.nodes.items() if node.label in ("Person", "Post")]
        self.around.fetch(here, office=True)
        posts = {e.target for uid in here for e in self.around.out[uid] if e.type == "HOLDS"}
        posts |= {uid for uid in here if self.nodes[uid].label == "Post"}
        self.around.fetch(posts, office=True)
        for post in sorted(posts & self.around.nodes.keys()):
            places = [
                e for e in self.around.out[post] if e.type == "POST_IN" and e.target in self.doors and self._drawn(e)
            ]
            held = self._holders(post)[0] if places else []
            if post in self.nodes or any(e.source in self.nodes for e in held):
                for edge in [*places, *held]:
                    self._take(edge)

    def renew(self) -> None:
        """Drop the duties, but for the subject, that a list's later state of that day has anew."""
        duties = {i for i, n in self.nodes.items() if n.label == "Obligation"} - {self.subject.id}
        self.around.bring(duties, {rules().renewed})
        later = (e for i in duties for e in self.around.into[i] if e.type == rules().renewed)
        self.old = {e.target for e in later if self.as_of != ALL and self._drawn(e)}
        self._drop(self.old)

    def prune(self) -> None:
        """Drop what leads nowhere: posts and people that do nothing here, areas that no notice names."""
        self._tell()
        structure = {"HOLDS", "POST_IN"}
        active = {i for e in self.edges.values() if e.type not in structure for i in (e.source, e.target)}
        active |= {self.subject.id, *self.more}
        active |= {
            i
            for i, type_, _ in self.counted
            if type_ != "HOLDS" and i in self.nodes and self.nodes[i].label == "Person"
        }
        held = [e for e in self.edges.values() if e.type == "HOLDS"]
        keep = active | {e.source for e in held if e.target in active} | {e.target for e in held if e.source in active}
        self._drop({i for i, n in self.nodes.items() if n.label in ("Person", "Post") and i not in keep})
        while True:
            upper = {e.target for e in self.edges.values() if e.type == "WITHIN"}
            other = {i for e in self.edges.values() if e.type != "WITHIN" for i in (e.source, e.target)}
            leaf = {i for i, n in self.nodes.items() if n.props.get("inferred") and n.label == "Region"}
            if not self._drop(leaf - upper - other - {self.subject.id}):
                return

    def name_people(self) -> None:
        """Add the head of every body in the chain, and note the posts and bodies for which nobody is named."""
        bodies = sorted(i for i, n in self.nodes.items() if n.label in ("Agency", "Region") and i not in self.more)
        self.around.fetch(bodies, office=True)
        posts = {body: self._posts(body) for body in bodies}
        heads = {
            body: [e for e in row if is_head(title_of(self.around.nodes[e.source]))] for body, row in posts.items()
        }
        self.around.fetch((post.source for row in heads.values() for post in row), office=True)
        bearing = {e.source for e in self.edges.values() if e.type == "BEARS"} | {self.subject.id}
        headless = {body for body in bearing & posts.keys() if not any(self._holders(e.source)[0] for e in heads[body])}
        self.around.fetch((post.source for body in headless for post in posts[body]), office=True)
        for body in bodies:
            wanted = heads[body]
            if body in headless:
                wanted = wanted + [e for e in posts[body] if e not in wanted][: rules().posts_without_head]
            for place in wanted:
                held, since = self._holders(place.source)
                if held or since or place.source in self.nodes:
                    self._take(place)
                for edge in held:
                    self._take(edge)
            unknown = (body, "POST_IN", "in") in self.around.short
            if body in headless and not unknown and not any(self._holders(e.source)[0] for e in posts[body]):
                self.bare.add(body)
        posts_here = (i for i, n in self.nodes.items() if n.label == "Post" and not n.props.get("generic"))
        offices = sorted(i for i in posts_here if i not in self.more)
        self.around.fetch(offices, office=True)
        unused: set[str] = set()
        for post in offices:
            held, since = self._holders(post)
            if not held and is_acting(title_of(self.nodes[post])) and post != self.subject.id:
                unused.add(post)  # nobody acts any more, which is no vacancy
            elif not held:
                self.empty[post] = since or self._last_named(post)
        self._drop(unused)
        self._tell()

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
