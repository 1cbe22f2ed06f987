"""How notices get into the graph and out again: one transaction's work, in Cypher that both engines share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kg.model import Edge, Reading
from kg.store import records as rec
from kg.store.adding import added
from kg.store.changed import Changed
from kg.store.deciding import Decided
from kg.store.making import Making, Pattern
from kg.store.merge import EdgeSaid, MergedNode, NodeSaid, absorb, merge_edge, merge_node
from kg.store.packed import unpack_keys
from kg.store.protocol import Outcome
from kg.store.records import LIST, NOTICE, STATED_IN, Run
from kg.store.shares import Shares, Statement

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ready:
    """A reading that passed the door, with its fingerprint and what it contributes."""

    reading: Reading
    digest: str
    shares: Shares


@dataclass(slots=True)
class Thing:
    """A node touched by this transaction: what is stored of it, and what is newly said of it."""

    label: str
    stored: MergedNode | None = None
    degree: int = 0
    loaded: bool = False  # a notice that is itself in the store
    withdrawn: bool = False  # a replaced or removed notice named it
    said: list[NodeSaid] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """What a removal took out and what it left."""

    nodes: int = 0
    relationships: int = 0
    nodes_kept: int = 0
    relationships_kept: int = 0


class Change:
    """One transaction's change of the graph: notices put in, replaced or taken out."""

    def __init__(self, run: Run, making: Making) -> None:
        self.run = run
        self.making = making
        self.things: dict[str, Thing] = {}
        self.places: dict[str, str] = {}  # where the engine keeps things, by id
        self.tally = Tally()
        self.changed = Changed()
        self.decided = Decided(run)

    def put(self, ready: Sequence[Ready]) -> list[Outcome]:
        """Load readings; later ones of the same notice replace earlier ones. Where nothing says which is the later one, the
        reading's remarks say so."""
        stored = self._stored({each.reading.notice.id for each in ready})
        known = {uid: (row["digest"], row["published"], row["sha256"]) for uid, row in stored.items()}
        accepted: dict[str, Ready] = {}
        outcomes: list[Outcome] = []
        for each in ready:
            notice, before = each.reading.notice, known.get(each.reading.notice.id)
            uid, published = notice.id, notice.published
            if before and before[0] == each.digest:
                outcomes.append("unchanged")
                continue
            if before and before[1] > published:
                outcomes.append("superseded")
                continue
            if before and before[1] == published and before[2] != notice.sha256:
                day = f"of the same date ({published})" if published else "without a date"
                each.reading.remarks.append(f"takes the place of another version {day}; the one loaded last counts")
            outcomes.append("changed" if before else "new")
            known[uid] = (each.digest, published, notice.sha256)
            accepted[uid] = each
        self._apply(accepted, {uid: row for uid, row in stored.items() if uid in accepted})
        return outcomes

    def remove(self, notice_id: str) -> None:
        """Take a notice out; it must be in the store."""
        self._apply({}, self._stored({notice_id}))

    def _stored(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        rows = self.run(
            "UNWIND $ids AS id MATCH (n:Notice {uid: id}) WHERE n.digest IS NOT NULL "
            "RETURN n.uid AS uid, n.digest AS digest, n.published AS published, n.sha256 AS sha256, "
            "n.statements AS statements",
            {"ids": sorted(ids)},
        )
        return {row["uid"]: row for row in rows}

    def _apply(self, accepted: Mapping[str, Ready], replaced: Mapping[str, Mapping[str, Any]]) -> None:
        stale = self._withdraw(replaced)
        contributed = [each.shares for each in accepted.values()]
        for share in contributed:
            for uid, (label, said) in share.nodes.items():
                self.things.setdefault(uid, Thing(label)).said.append(said)
        self._look_up()
        rows = [rec.notice_row(r.reading.notice, r.digest, r.shares.statements) for r in accepted.values()]
        self._make_nodes(NOTICE, rows)
        gone = self._settle_things(accepted)
        self._mention(contributed)
        self._settle_statements([s for share in contributed for s in share.statements.items()], stale, replaced)
        self._settle_lists({uid for uid, thing in self.things.items() if thing.label == LIST})
        for label in sorted({self.things[uid].label for uid in gone}):
            ids = [uid for uid in gone if self.things[uid].label == label]
            self.run(f"UNWIND $ids AS id MATCH (n:{label} {{uid: id}}) DETACH DELETE n", {"ids": ids})
        forgotten = [uid for uid in replaced if uid not in accepted and uid not in self.things]
        self.run("UNWIND $ids AS id MATCH (n:Notice {uid: id}) DETACH DELETE n", {"ids": forgotten})

    def _mention(self, contributed: Iterable[Shares]) -> None:
        """Relate things to the notices that name them."""
        mentions: dict[str, list[tuple[str, NodeSaid, Edge | None]]] = {}
        for share in contributed:
            for uid, (label, said) in share.nodes.items():
                mentions.setdefault(label, []).append((uid, said, share.mentions.get(uid)))
        self._make_edges(
            (
                (label, STATED_IN, NOTICE),
                {"source": uid, "target": said.notice, "props": rec.mention_row(uid, said, mention)},
            )
            for label, named in sorted(mentions.items())
            for uid, said, mention in named
        )
        for label, named in mentions.items():
            self.changed.alike(STATED_IN, label, NOTICE, [(uid, said.notice) for uid, said, _ in named])

    def _settle_lists(self, touched: Collection[str]) -> None:
        """Compute anew what these lists take part in."""
        from kg.history.links import settle  # stands on this package

        self.changed.add(settle(self.run, touched, self.changed))

    def _withdraw(self, replaced: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """Take the notices' mentions away; returns the keys of their statements."""
        ids = {"ids": sorted(replaced)}
        if not replaced:
            return []
        match = f"UNWIND $ids AS id MATCH (m:Notice {{uid: id}})<-[r:{STATED_IN}]-(n) "
        for row in self.run(match + "RETURN id, n.uid AS uid, labels(n)[0] AS label", ids):
            self.things.setdefault(row["uid"], Thing(row["label"])).withdrawn = True
            self.changed.link(STATED_IN, row["uid"], row["label"], row["id"], NOTICE)
        self.run(match + "DELETE r", ids)
        for uid in replaced:  # a notice that others name stays as a bare mention when it is taken out
            named = self.run(f"MATCH (m:Notice {{uid: $id}})-[r:{STATED_IN}]->() RETURN count(r) AS n", {"id": uid})
            if named[0]["n"]:
                self.things.setdefault(uid, Thing(NOTICE)).withdrawn = True
        return sorted({key for row in replaced.values() for key in unpack_keys(row["statements"])})

    def _look_up(self) -> None:
        for label in sorted({thing.label for thing in self.things.values()}):
            ids = sorted(uid for uid, thing in self.things.items() if thing.label == label)
            for row in self.run(self.making.find(label), {"ids": ids}):
                node = row["node"]
                if row["place"] is not None:
                    self.places[node["uid"]] = row["place"]
                thing = self.things[node["uid"]]
                thing.stored, thing.degree = rec.node_state(node), row["degree"]
                thing.loaded = "digest" in node

    def _settle_things(self, accepted: Container[str]) -> list[str]:
        """Write what is new and what changed of every touched thing; returns those that nobody names any more."""
        merged: dict[str, MergedNode | None] = {}
        unsure: list[str] = []
        for uid, thing in self.things.items():
            state = None if thing.withdrawn else thing.stored
            if thing.stored is None:
                merged[uid] = merge_node(thing.said)
                continue
            for said in thing.said:
                state = absorb(state, said) if state else None
            if state is None:
                unsure.append(uid)
            else:
                merged[uid] = state
        for label in sorted({self.things[uid].label for uid in unsure}):
            ids = sorted(uid for uid in unsure if self.things[uid].label == label)
            rows = self.run(
                f"UNWIND $ids AS id MATCH (n:{label} {{uid: id}})-[r:{STATED_IN}]->(m) "
                "RETURN id AS uid, m.uid AS notice, r.first_seen AS published, r.contribution AS contribution",
                {"ids": ids},
            )
            others: dict[str, list[NodeSaid]] = {uid: [] for uid in ids}
            for row in rows:
                others[row["uid"]].append(rec.node_said(row["notice"], row["published"], row["contribution"]))
            for uid in ids:
                all_said = others[uid] + self.things[uid].said
                merged[uid] = merge_node(all_said) if all_said else None
        made: dict[str, list[tuple[str, MergedNode]]] = {}
        changed: dict[str, list[dict[str, Any]]] = {}
        gone = []
        for uid, result in merged.items():
            thing = self.things[uid]
            own_notice = thing.label == NOTICE and (uid in accepted or (thing.loaded and not thing.withdrawn))
            if result is None:
                if not own_notice:
                    gone.append(uid)
            elif own_notice or result == thing.stored:
                continue
            elif thing.stored is None:
                made.setdefault(thing.label, []).append((uid, result))
            else:
                row = rec.node_change(uid, thing.stored, result)
                self.changed.thing(uid, thing.label, row)
                props = {key: value for key, value in row.items() if key != "uid"}
                at = {"uid": uid, "place": self.places.get(uid), "props": props}
                changed.setdefault(self.making.change(thing.label, sorted(props)), []).append(at)
        for label, new in sorted(made.items()):
            for part in _portions(new, self.making.rows):
                self._make_nodes(label, [rec.node_row(uid, result) for uid, result in part])
        for statement, rows in sorted(changed.items()):
            self._each(statement, rows)
        self.tally.nodes = len(gone)
        self.tally.nodes_kept = sum(t.withdrawn for t in self.things.values()) - len(gone)
        return gone

    def _settle_statements(
        self, new: Sequence[tuple[str, Statement]], stale: Sequence[str], replaced: Mapping[str, Any]
    ) -> None:
        every: dict[str, list[Statement]] = {}
        for key, statement in new:
            every.setdefault(key, []).append(statement)
        for key in stale:
            every.setdefault(key, [])
        if not self.changed.whole or self.decided.refused or self.decided.away:  # else nothing more is remembered
            self._note(every)
        self._make_new(every)
        drop, left = set(replaced), frozenset(stale)
        alike = sorted(every.items(), key=lambda item: self._pattern(item[0]))  # so that a portion takes few statements
        gone = sum(self._settle_keys(dict(part), left, drop) for part in _portions(alike, self.making.rows))
        kept = len(left - self.decided.hidden) - gone
        self.tally.relationships, self.tally.relationships_kept = gone, kept

    def _note(self, every: Mapping[str, Sequence[Statement]]) -> None:
        """Remember that relationships come, change or go."""
        links: defaultdict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
        for key, statements in every.items():
            source, type_, target = rec.parts_of(key)
            a, b = self._label(source), self._label(target)
            for s in statements[:1]:
                a, b = s.source_label, s.target_label
            links[type_, a, b].append((source, target))
        for kind, ends in links.items():
            self.changed.alike(*kind, ends)
        self._shake(every)
        self._shake(premise for statements in every.values() for s in statements for premise in s.edge.premises)

    def _shake(self, keys: Iterable[str]) -> None:
        away = self.decided.refused | self.decided.away
        if away and not away.isdisjoint(keys):
            self.changed.shaken = True

    def _make_new(self, every: dict[str, list[Statement]]) -> None:
        """Make, and take from ``every``, the relationships that cannot be in the store, for a thing at their end was not, and of
        which one notice speaks; those that are decided on are left."""
        looked_at = self.decided.last.keys() | self.decided.away
        groups: dict[Pattern, list[tuple[str, Statement]]] = {}
        for key, (s, *others) in [item for item in every.items() if item[1]]:
            if others or key in looked_at or (self._known(s.edge.source) and self._known(s.edge.target)):
                continue
            groups.setdefault((s.source_label, s.edge.type, s.target_label), []).append((key, s))
            del every[key]
        self._make_edges(
            (pattern, {"source": s.edge.source, "target": s.edge.target, "props": s.row(key)})
            for pattern, new in sorted(groups.items(), key=lambda group: group[0])
            for key, s in new
        )

    def _settle_keys(self, part: Mapping[str, list[Statement]], stale: frozenset[str], drop: set[str]) -> int:
        """Write relationships anew, with what is said of each; how many of the ``stale`` among them are gone."""
        said: dict[str, list[EdgeSaid]] = {}
        labels: dict[str, tuple[str, str]] = {}
        derived: dict[str, bool] = {}
        for key, statements in part.items():
            source, _, target = rec.parts_of(key)
            said[key] = [s.said for s in statements]
            labels[key], derived[key] = (self._label(source), self._label(target)), key.endswith("|derived")
            for s in statements:
                labels[key], derived[key] = (s.source_label, s.target_label), s.edge.derived
        old, fresh = list[str](), list[str]()
        for key in said:
            source, _, target = rec.parts_of(key)
            (old if self._known(source) and self._known(target) else fresh).append(key)
        stored: set[str] = set()
        rows: dict[str, dict[str, Any]] = {}
        for match, keys in self._groups(old, labels):
            for row in self._each(f"{match} RETURN r", keys):
                key = row["r"]["uid"]
                stored.add(key)
                if len(said[key]) == 1 and key not in stale and (more := added(row["r"], said[key][0])):
                    rows[key] = more
                else:
                    said[key] += [each for each in rec.edge_saids(row["r"]) if each.notice not in drop]
        lying = self.decided.aside(said)
        for key, kept in lying.items():
            said[key] += [each for each in rec.edge_saids(kept) if each.notice not in drop]
        rows |= {
            key: self.decided.marked(rec.edge_row(key, derived[key], merge_edge(all_said), self.decided.confirms(key)))
            for key, all_said in said.items()
            if all_said and key not in rows
        }
        self._shake(premise for row in rows.values() for premise in row.get("premises") or ())
        self.decided.put_aside(self.making, {key: rows.pop(key) for key in self.decided.hidden & rows.keys()}, lying)
        for match, keys in self._groups([k for k in old if k in stored], labels):
            written = [{**row, "props": rows[row["uid"]]} for row in keys if row["uid"] in rows]
            self._each(f"{match} SET r = row.props", written)
            self._each(f"{match} DELETE r", [row for row in keys if row["uid"] not in rows])
        made: list[tuple[Pattern, dict[str, Any]]] = []
        for key in [*fresh, *(k for k in old if k not in stored)]:
            source, type_, target = rec.parts_of(key)
            if key in rows:
                row = {"source": source, "target": target, "props": rows[key]}
                made.append(((labels[key][0], type_, labels[key][1]), row))
        self._make_edges(sorted(made, key=lambda each: each[0]))
        return sum(1 for key in stored if key in stale and key not in rows)

    def _pattern(self, key: str) -> Pattern:
        source, type_, target = rec.parts_of(key)
        return type_, self._label(source), self._label(target)

    def _label(self, uid: str) -> str:
        return self.things[uid].label if uid in self.things else NOTICE

    def _known(self, uid: str) -> bool:
        """Whether a thing was in the store before this change; a notice of this change counts as known."""
        return uid not in self.things or self.things[uid].stored is not None

    def _groups(
        self, keys: Iterable[str], labels: Mapping[str, tuple[str, str]]
    ) -> list[tuple[str, list[dict[str, Any]]]]:
        """Patterns that find relationships, each with its rows: by where their ends are kept, else from the end that has fewer
        of them where that is known."""
        groups: dict[str, list[dict[str, Any]]] = {}
        between = self.making.between
        for key in keys:
            source, type_, target = rec.parts_of(key)
            row = {"uid": key, "source": self.places.get(source), "target": self.places.get(target)}
            if row["source"] and row["target"] and type_ != STATED_IN:
                pattern = between
            else:
                (a, b), row = labels[key], {"uid": key, "source": source, "target": target}
                pattern = f"MATCH (a:{a} {{uid: row.source}}) MATCH (b:{b} {{uid: row.target}}) "
                if self._degree(source) <= self._degree(target):
                    pattern += f"MATCH (a)-[r:{type_} {{uid: row.uid}}]->(b)"
                else:
                    pattern += f"MATCH (b)<-[r:{type_} {{uid: row.uid}}]-(a)"
            groups.setdefault(pattern, []).append(row)
        return sorted(groups.items())

    def _degree(self, uid: str) -> int:
        return self.things[uid].degree if uid in self.things else 0

    def _make_nodes(self, label: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            for told in self.run(*self.making.nodes(label, rows)):
                self.places.update(told["places"])

    def _make_edges(self, made: Iterable[tuple[Pattern, dict[str, Any]]]) -> None:
        for statement in self.making.links(made, self.places):
            self.run(*statement)

    def _each(self, cypher: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return self.run("UNWIND $rows AS row " + cypher, {"rows": rows}) if rows else []


def _portions(every: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """Runs of at most so many: what a large list comes to is made into rows, and written, a part at a time."""
    return (every[start : start + most] for start in range(0, len(every), most))
