"""What is computed about lists, kept in the store: read and written in the transaction that changes a list.

A list that came, changed or went is matched anew with the states before and after it; nothing else is touched. Of other
lists it is asked only whether a touched one comes between them and the state before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kg.history.match import Item
from kg.history.punished import Candidate, Punishment, meant
from kg.history.series import ITEMS, State, Succession, before, succession
from kg.model import Edge, Evidence, Value
from kg.store import records as rec
from kg.store.changed import Changed
from kg.store.deciding import Decided
from kg.store.merge import MergedEdge
from kg.store.records import Run

PUNISHING = "问责清单"
COMPUTED = ("RESEMBLES", "REVISION_OF", "SANCTIONED")
"""The types of what is computed here."""
_EVERY_LIST = (
    "MATCH (l:AccountabilityList)-[s:STATED_IN]->(n:Notice) RETURN l.uid AS uid, l.title AS title, l.kind AS kind, "
    "coalesce(l.date, n.published) AS day, l.adcode AS area, n.uid AS notice, n.publisher AS publisher, s.uid AS premise, "
    "s.evidence AS evidence, s.quotes AS quotes"
)
_PUNISHING = "MATCH (l:AccountabilityList) WHERE l.kind = $kind RETURN l.uid AS uid"
_ITEMS = (
    "UNWIND $ids AS id MATCH (l:AccountabilityList {uid: id})<-[r:LISTED_IN]-(o:Obligation) "
    "RETURN id, o.uid AS uid, o.text AS text, o.problem AS problem, o.item AS number, r.uid AS premise, "
    "r.evidence AS evidence, r.quotes AS quotes ORDER BY id, uid"
)
_PLACES = (
    "UNWIND $ids AS id MATCH (l:AccountabilityList {uid: id})<-[:LISTED_IN]-(o:Obligation)-[:APPLIES_IN]->(p) "
    "RETURN o.uid AS uid, p.uid AS place"
)
_BEARERS = (
    "UNWIND $ids AS id MATCH (l:AccountabilityList {uid: id})<-[:LISTED_IN]-(o:Obligation)<-[:BEARS]-(w) "
    "RETURN o.uid AS uid, w.uid AS bearer"
)
_FORGOTTEN = (
    "UNWIND $ids AS id MATCH (l:AccountabilityList {uid: id})<-[:LISTED_IN*0..1]-(o) "
    "MATCH (o)-[r:REVISION_OF|RESEMBLES]->() DELETE r"
)
_PUNISHMENTS = (
    "UNWIND $ids AS id MATCH (l:AccountabilityList {uid: id})<-[r:SANCTIONED]-(w) WHERE NOT r.derived "
    "RETURN id, r AS said, w.uid AS who, labels(w)[0] AS label ORDER BY id, r.uid"
)
_BODIES = (
    "UNWIND $ids AS id MATCH (w:Person {uid: id})-[:HOLDS]->(t)-[:POST_IN]->(b) RETURN id, t.uid AS post, b.uid AS body"
)


def settle(run: Run, touched: Collection[str], changed: Changed) -> Changed:
    """Compute anew what the lists ``touched`` take part in, and the punishments of those whose posts are among what else
    ``changed``; what of it changed. Of the lists those that go are still there, without a notice."""
    made = Changed()
    made.lists.update(touched)
    moved = _moved(run, changed)
    if touched or moved:
        _Settling(run, frozenset(touched), moved, made).settle()
    return made


def _moved(run: Run, changed: Changed) -> frozenset[str]:
    """The lists of punishments of people whose bodies may be other ones now."""
    punishing = frozenset(row["uid"] for row in run(_PUNISHING, {"kind": PUNISHING}))
    if changed.whole or not punishing:
        return punishing
    found: set[str] = set()
    for type_, label, way in (("HOLDS", "Person", ""), ("POST_IN", "Post", "<-[:HOLDS]-(:Person)")):
        if ids := sorted({link.source for link in changed.links[type_]}):
            match = f"UNWIND $ids AS id MATCH (:{label} {{uid: id}}){way}-[r:SANCTIONED]->(l:AccountabilityList) "
            found |= {row["uid"] for row in run(match + "RETURN DISTINCT l.uid AS uid", {"ids": ids})}
    return frozenset(found)


class _Settling:
    def __init__(self, run: Run, touched: frozenset[str], moved: frozenset[str], made: Changed) -> None:
        self.run, self.touched, self.moved, self.made, self.decided = run, touched, moved, made, Decided(run)
        states = [_state(row) for row in run(_EVERY_LIST, {})]
        self.states = {s.uid: s for s in sorted(states, key=lambda s: s.uid)}
        self.known: dict[str, list[Item]] = {}

    def settle(self) -> None:
        """Both kinds of links."""
        late = self.late() if self.touched else []
        self.read(s for s, _, maybe in late if maybe)
        found = [(s, anew, self.find(s, maybe)) for s, anew, maybe in late]
        self.forget([s for s, anew, link in found if anew or link])
        for _, _, link in found:
            if link:
                self.keep(link)
        self.punishments()

    # -- states of a list

    def late(self) -> list[tuple[State, bool, list[State]]]:
        """Lists whose state before may be another one now: whether the one it was is in question, and what it may be,
        the likeliest first."""
        rows = self.run(
            "MATCH (a:AccountabilityList)-[:REVISION_OF]->(b:AccountabilityList) RETURN a.uid AS new, b.uid AS old", {}
        )
        follows = {row["new"]: row["old"] for row in rows}
        here = [self.states[uid] for uid in sorted(self.touched & self.states.keys())]
        out = []
        for s in self.states.values():
            old = follows.get(s.uid)
            anew = s.uid in self.touched or old in self.touched
            maybe = self.earlier(s, list(self.states.values()) if anew else here)
            if old is not None and not anew:
                maybe = [t for t in maybe if t.place > self.states[old].place]
            if anew or maybe:
                out.append((s, anew, maybe))
        return out

    def forget(self, late: Sequence[State]) -> None:
        """Drop what leads from lists and their items to the states before."""
        if late:
            self.run(_FORGOTTEN, {"ids": [s.uid for s in late]})

    def earlier(self, s: State, every: Sequence[State]) -> list[State]:
        """What of ``every`` may be the state before a list, as far as nobody rejected it; the likeliest first."""
        refused = self.decided.refused
        return [
            old for old in before(s, every)
            if Edge(s.uid, "REVISION_OF", old.uid, derived=True).key not in refused
        ]  # fmt: skip

    def find(self, s: State, earlier: Sequence[State]) -> Succession | None:
        """The state before a list, of those that may be it. The likeliest is looked at alone, then ever more together."""
        at = 0
        while at < len(earlier):
            part, at = earlier[at : 2 * at + 1], 2 * at + 1
            self.read(part)
            for old in part:
                if found := succession(s, old, self.items(s), self.items(old)):
                    return found
        return None

    def items(self, s: State) -> list[Item]:
        """The items of a list, by id."""
        self.read([s])
        return self.known[s.uid]

    def read(self, lists: Iterable[State]) -> None:
        """Know the items of lists."""
        unknown = {s.uid: s.kind for s in lists if s.uid not in self.known}
        self.known |= {uid: [] for uid in unknown}
        if not (at := {"ids": [uid for uid, kind in unknown.items() if kind in ITEMS]})["ids"]:
            return
        places: dict[str, set[str]] = defaultdict(set)
        for row in self.run(_PLACES, at):
            places[row["uid"]].add(row["place"])
        for row in self.run(_ITEMS, at):
            self.known[row["id"]].append(
                Item(
                    row["uid"], row["text"], row["problem"] or "", row["number"] or "", frozenset(places[row["uid"]]),
                    row["premise"], _words(row),
                )
            )  # fmt: skip

    def keep(self, found: Succession) -> None:
        """Write a list's and its items' relationships to the state before."""
        new, old = found.new, found.old
        made = _edge(new.uid, "REVISION_OF", old.uid, "same-list", found.score, [old, new], basis=found.basis)
        self.write("AccountabilityList", "REVISION_OF", "AccountabilityList", [_row(made, new.day)])
        for sure, type_, rule in ((True, "REVISION_OF", "same-item"), (False, "RESEMBLES", "similar-item")):
            rows = [
                _row(_edge(m.new.uid, type_, m.old.uid, rule, m.score, [m.old, m.new], basis=m.basis), new.day)
                for m in found.items
                if m.sure == sure
            ]
            self.write("Obligation", type_, "Obligation", rows)

    def write(self, source: str, type_: str, target: str, rows: Iterable[dict[str, Any]]) -> None:
        """Make relationships, as far as nobody rejected them."""
        kept = [row for row in rows if row["props"]["uid"] not in self.decided.refused]
        made = [row | {"props": self.decided.marked(row["props"])} for row in kept]
        made.sort(key=lambda row: str(row["props"]["uid"]))
        for row in made:
            self.made.link(type_, row["source"], source, row["target"], target)
        if made:
            self.run(
                f"UNWIND $rows AS row MATCH (a:{source} {{uid: row.source}}) MATCH (b:{target} {{uid: row.target}}) "
                f"CREATE (a)-[r:{type_}]->(b) SET r = row.props",
                {"rows": made},
            )

    # -- punishments

    def punishments(self) -> None:
        """Link every punishment of a list that a touched one may bear on to the item that it is for."""
        here = [self.states[uid] for uid in sorted(self.touched & self.states.keys())]
        gone = self.touched - self.states.keys()
        punishing = [s for s in self.states.values() if s.kind == PUNISHING]
        again = [
            s for s in punishing if gone or s.uid in self.moved or any(t.uid == s.uid or _reaches(s, t) for t in here)
        ]
        if again or gone:
            self.forgive(gone | {s.uid for s in again})
        for s in again:
            self.punish(s)

    def forgive(self, lists: Iterable[str]) -> None:
        """Drop what the punishments of lists are linked to."""
        match = (
            "MATCH (w)-[r:SANCTIONED]->(o:Obligation) WHERE r.rule = 'punished-item' AND "
            "any(p IN r.premises WHERE any(list IN $lists WHERE p CONTAINS list)) "
        )
        at = {"lists": sorted(f"|SANCTIONED|{uid}|" for uid in lists)}
        for row in (found := self.run(match + "RETURN w.uid AS who, labels(w)[0] AS label, o.uid AS item", at)):
            self.made.link("SANCTIONED", row["who"], row["label"], row["item"], "Obligation")
        if found:
            self.run(f"{match} DELETE r", at)

    def punish(self, s: State) -> None:
        """Link the punishments of one list."""
        lists = [t for t in self.states.values() if _reaches(s, t)]
        rows = self.run(_PUNISHMENTS, {"ids": [s.uid] if lists else []})
        borne, actors = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for row in self.run(_BEARERS, {"ids": [t.uid for t in lists]}):
            borne[row["uid"]].add(row["bearer"])
        for row in self.run(_BODIES, {"ids": sorted({row["who"] for row in rows})}):
            actors[row["id"]] |= {row["post"], row["body"]}
        every = [Candidate(i, t, frozenset(borne[i.uid])) for t in lists for i in self.items(t)]
        series = len({t.kernel for t in lists})
        made: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        for row in rows:
            p = _punishment(row, actors[row["who"]])
            for found, score, _ in meant(p, s, every, series):
                given: dict[str, Value] = {"form": p.form, "reason": p.reason, "by": p.by, "item": found.item.number}
                e = Edge(
                    p.who, "SANCTIONED", found.item.uid, (*p.words, *found.item.words), "punished-item", score, True,
                    (p.key, found.item.premise), {k: v for k, v in given.items() if v},
                )  # fmt: skip
                made[p.label][e.key] = _row(e, s.day)
        for label, edges in sorted(made.items()):
            self.write(label, "SANCTIONED", "Obligation", edges.values())


def _punishment(row: Mapping[str, Any], bodies: Collection[str]) -> Punishment:
    said = row["said"]
    form, reason, item, by = (said.get(k) or "" for k in ("form", "reason", "item", "by"))
    words = tuple(rec.evidence_of(said["evidence"], said["quotes"]))
    return Punishment(
        said["uid"], row["who"], row["label"], form, reason, item, by, frozenset({row["who"], *bodies}), words
    )


def _reaches(punishing: State, s: State) -> bool:
    """Whether a list may have items that punishments are for: of the same place, one within it or around it."""
    if s.kind not in ITEMS:
        return False
    a, b = (x.area.rstrip("0") if len(x.area) == 6 else x.area for x in (punishing, s))
    return not a or not b or a.startswith(b) or b.startswith(a)


def _state(row: Mapping[str, Any]) -> State:
    return State(
        row["uid"], row["notice"], row["title"] or "", row["kind"], row["day"] or "", row["area"] or "",
        row["publisher"] or "", row["premise"], _words(row),
    )  # fmt: skip


def _words(row: Mapping[str, Any]) -> tuple[Evidence, ...]:
    return tuple(rec.evidence_of(row["evidence"] or (), row["quotes"] or ()))


def _edge(
    source: str, type_: str, target: str, rule: str, score: float, ends: Sequence[State | Item], **props: Value
) -> Edge:
    words = tuple(w for end in ends for w in end.words[:1])
    premises = tuple(end.premise for end in reversed(ends))
    return Edge(source, type_, target, words, rule, score, True, premises, props)


def _row(e: Edge, day: str) -> dict[str, Any]:
    merged = MergedEdge(e.evidence, e.rule, e.confidence, e.premises, day, day, e.props, ())
    return {"source": e.source, "target": e.target, "props": rec.edge_row(e.key, True, merged) | {"contributions": []}}
