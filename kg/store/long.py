"""One long notice that is new, put in a part at a time: what a part comes to is written and let go before the next."""

from __future__ import annotations

from typing import Any

from kg.store import records as rec
from kg.store.making import Pattern
from kg.store.parts import Parts, Statements, Things
from kg.store.records import LIST, NOTICE, STATED_IN
from kg.store.writing import Change, Thing


class Long(Change):
    """The change that such a notice brings; it comes to the same as all of it at once."""

    def take(self, parts: Parts) -> None:
        """Put in what the parts hold."""
        notice = parts.notice
        self._make_nodes(NOTICE, [rec.notice_row(notice, "", ())])
        there: dict[str, Thing] = {}  # what was in the store before
        lists: set[str] = set()
        for part in parts:
            if isinstance(part, Statements):
                self._say(parts, part, there)
                continue
            self._named(parts, part)
            there |= {uid: thing for uid, thing in self.things.items() if thing.stored is not None}
            lists |= self.things.keys() if part.label == LIST else set()
        made = {"id": notice.id, "digest": parts.digest, "keys": parts.keys}
        self.run("MATCH (n:Notice {uid: $id}) SET n.digest = $digest, n.statements = $keys", made)
        self._settle_lists(lists)

    def _named(self, parts: Parts, part: Things) -> None:
        """Write things: the new ones as they stand, the others with what was said of them before."""
        self.things = {node["uid"]: Thing(part.label) for node in part.nodes}
        self._look_up()
        self._make_nodes(part.label, [node for node in part.nodes if self.things[node["uid"]].stored is None])
        every, self.things = self.things, {uid: t for uid, t in self.things.items() if t.stored is not None}
        if self.things:
            for mention in part.mentions:
                if thing := self.things.get(mention["source"]):
                    told = mention["props"]["contribution"]
                    thing.said.append(rec.node_said(parts.notice.id, parts.notice.published, told))
            self._settle_things({parts.notice.id})
        self.things = every
        self._link((part.label, STATED_IN, NOTICE), part.mentions)

    def _link(self, pattern: Pattern, rows: list[dict[str, Any]]) -> None:
        """Write relationships of one kind that are not there yet."""
        a, type_, b = pattern
        self._make_edges((pattern, row) for row in rows)
        self.changed.alike(type_, a, b, [(row["source"], row["target"]) for row in rows])

    def _say(self, parts: Parts, part: Statements, there: dict[str, Thing]) -> None:
        """Write statements; those that the store may know already, or that somebody decided on, as any notice's."""
        a, type_, b, rows = part
        known = {parts.notice.id, *there}
        decided = bool(self.decided.last or self.decided.away)
        others = [row for row in rows if decided or row["source"] in known and row["target"] in known]
        if others:
            rows = [] if decided else [r for r in rows if not (r["source"] in known and r["target"] in known)]
        self._link((a, type_, b), rows)
        if others:
            ends: dict[str, Thing] = {}
            for row in others:
                for uid, label in ((row["source"], a), (row["target"], b)):
                    if uid not in ends and uid != parts.notice.id:
                        ends[uid] = there.get(uid) or Thing(label)
            self.things = ends
            self._settle_statements([parts.statement(part, row) for row in others], [], {})
