"""The walk: from a subject upward and downward along the moves of ``rules.toml``, and what it finds."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kg.chain.reached import Reached
from kg.chain.rules import Move, rules, title_of
from kg.chain.surroundings import THINGS
from kg.chain.when import ALL
from kg.derive.seats import is_acting, is_head
from kg.model import Edge

ENDS = 40  # places where a walk stopped that are looked beyond at once


@dataclass
class Walk(Reached):
    """The walk, and what it knows of those that it did not follow or that nobody holds.

    At most about ``most`` things are reached (0: all). ``empty`` maps a post without a holder on the day to the date since when
    (or ''); ``bare`` are bodies that bear a duty, or are the subject, for which nobody is named; ``ends`` is where the walk
    stopped, as direction, thing and how it was reached, ``doors`` the bodies of which it did not ask who works there; ``old``
    are duties that a later list has anew. ``counted`` maps relationships of which only some were followed (id, type, way) to the
    thing that stands for the rest, if one does, and ``more`` those to how many they stand for.
    """

    most: int = 0
    empty: dict[str, str] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)
    ends: list[tuple[str, str, str]] = field(default_factory=list)
    doors: set[str] = field(default_factory=set)
    old: set[str] = field(default_factory=set)
    counted: dict[tuple[str, str, str], str] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=dict)

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
        """Drop the duties, but for the subject, of lists of which there is a later state on that day: it has them anew, or has
        them no longer."""
        listed, follows = rules().renewed
        duties = {i for i, n in self.nodes.items() if n.label == "Obligation"} - {self.subject.id}
        self.around.bring(duties, {listed}, "-{}->")
        lists = {e.target for i in duties for e in self.around.out[i] if e.type == listed}
        self.around.bring(lists, {follows}, "<-{}-")
        later = (e for uid in lists for e in self.around.into[uid] if e.type == follows)
        ended = {e.target for e in later if self.as_of != ALL and self._drawn(e)}
        self.old = {i for i in duties if any(e.type == listed and e.target in ended for e in self.around.out[i])}
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
