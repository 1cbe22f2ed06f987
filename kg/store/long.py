"""One long notice that is new, put in a part at a time: what a part comes to is made, written and let go before the next."""

from __future__ import annotations

from kg.store import records as rec
from kg.store.parts import Parts
from kg.store.records import LIST, NOTICE
from kg.store.writing import Change, Thing


class Long(Change):
    """The change that such a notice brings; it comes to the same as all of it at once."""

    def take(self, parts: Parts, digest: str) -> None:
        """Put in what the parts hold."""
        notice = parts.notice
        self._make_nodes(NOTICE, [rec.notice_row(notice, digest, ())])
        there: dict[str, Thing] = {}  # what was in the store before
        lists: set[str] = set()
        for part in parts.things():
            self.things = {uid: Thing(label, said=[said]) for uid, (label, said) in part.nodes.items()}
            self._look_up()
            self._settle_things({notice.id})
            self._mention([part])
            there |= {uid: thing for uid, thing in self.things.items() if thing.stored is not None}
            lists |= {uid for uid, thing in self.things.items() if thing.label == LIST}
        keys = rec.PackedKeys()
        for part in parts.statements():
            ends: dict[str, Thing] = {}
            for s in part.statements.values():
                for uid, label in ((s.edge.source, s.source_label), (s.edge.target, s.target_label)):
                    if uid not in ends and uid != notice.id:
                        ends[uid] = there.get(uid) or Thing(label)
            self.things = ends
            self._settle_statements(list(part.statements.items()), [], {})
            keys.add(part.statements)
        self.run("MATCH (n:Notice {uid: $id}) SET n.statements = $keys", {"id": notice.id, "keys": keys.text()})
        self._settle_lists(lists)
