"""One long notice that is new, put in a part at a time: what a part comes to is made, written and let go before the next."""

from __future__ import annotations

from typing import Any

from kg.store import records as rec
from kg.store.parts import Parts, Stated
from kg.store.records import LIST, NOTICE
from kg.store.writing import Change, Thing


class Long(Change):
    """The change that such a notice brings; it comes to the same as all of it at once."""

    def take(self, parts: Parts) -> None:
        """Put in what the parts hold."""
        notice = parts.notice
        self._make_nodes(NOTICE, [rec.notice_row(notice, parts.digest, ())])
        there: dict[str, Thing] = {}  # what was in the store before
        lists: set[str] = set()
        for things in parts.things():
            self.things = {uid: Thing(label, said=[said]) for uid, label, said, _ in things}
            self._look_up()
            self._settle_things({notice.id})
            made: dict[str, list[dict[str, Any]]] = {}
            for uid, label, _, mention in things:
                made.setdefault(label, []).append({"source": uid, "target": notice.id, "props": mention})
            for label, rows in sorted(made.items()):
                self._name(label, rows)
            there |= {uid: thing for uid, thing in self.things.items() if thing.stored is not None}
            lists |= {uid for uid, thing in self.things.items() if thing.label == LIST}
        keys = rec.PackedKeys()
        for stated in parts.statements():
            self._say(parts, stated, there)
            keys.add([one.key for one in stated])
        self.run("MATCH (n:Notice {uid: $id}) SET n.statements = $keys", {"id": notice.id, "keys": keys.text()})
        self._settle_lists(lists)

    def _say(self, parts: Parts, stated: list[Stated], there: dict[str, Thing]) -> None:
        """Write statements; of those that the store may know already, or that somebody decided on, as any notice's."""
        groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        known, others = {parts.notice.id, *there}, list[Stated]()
        decided = bool(self.decided.last or self.decided.away)
        for one in stated:
            _, a, b, (source, type_, target, spans, *_) = one
            if decided or not spans or (source in known and target in known):
                others.append(one)
            else:
                row = {"source": source, "target": target, "props": parts.row(one)}
                groups.setdefault((a, type_, b), []).append(row)
        for (a, type_, b), rows in sorted(groups.items()):
            self._make_edges(a, type_, b, rows)
            self.changed.alike(type_, a, b, [(row["source"], row["target"]) for row in rows])
        if others:
            ends: dict[str, Thing] = {}
            for _, a, b, (source, _, target, *_) in others:
                for uid, label in ((source, a), (target, b)):
                    if uid not in ends and uid != parts.notice.id:
                        ends[uid] = there.get(uid) or Thing(label)
            self.things = ends
            self._settle_statements([(one.key, parts.statement(one)) for one in others], [], {})
