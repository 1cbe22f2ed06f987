"""Statements put where decisions and premises say: among the relationships, or aside."""

from __future__ import annotations

from collections.abc import Collection

from kg.store import records as rec
from kg.store.deciding import aside, labels, lists, seen
from kg.store.writing import Change, Thing


class Redo(Change):
    """The change of a graph that decisions bring; no notice comes or goes."""

    def again(self, keys: Collection[str]) -> None:
        """Place the statements of these keys anew, and what is computed about lists from them."""
        known = {**seen(self.run, keys), **aside(self.run, self.decided.away & set(keys))}
        words = {e.notice for key in keys if key in self.decided.last for e in self.decided.last[key].words}
        words |= {ref.rpartition("#")[0] for row in known.values() for ref in row.get("evidence") or ()}
        touched = lists(self.run, {uid for key in keys for uid in _ends(key)}, words)
        self._place(keys)
        self._settle_lists(touched)

    def fall(self) -> None:
        """What follows from a statement that is not to be seen is not seen either: what a notice derives is put aside, and
        brought back when it may be; what is computed about lists is dropped. The rules of derivation see to their own."""
        if not (self.decided.refused or self.decided.away):
            return
        hidden, fallen = self.decided.hidden, self.decided.aside(self.decided.away - self.decided.refused)
        while (
            more := (
                self._falling() | {k for k, row in fallen.items() if hidden.intersection(row.get("premises") or ())}
            )
            - hidden
        ):
            hidden |= more
        self._place((hidden - self.decided.refused) ^ fallen.keys())
        from kg.history.links import COMPUTED

        for type_ in COMPUTED:
            match = (
                f"MATCH (a)-[r:{type_}]->(b) WHERE r.derived AND size(r.contributions) = 0 "
                "AND any(p IN r.premises WHERE p IN $hidden) "
            )
            ends = "RETURN a.uid AS a, labels(a)[0] AS a_label, b.uid AS b, labels(b)[0] AS b_label"
            at = {"hidden": sorted(self.decided.hidden)}
            for row in (fell := self.run(match + ends, at)):
                self.changed.link(type_, row["a"], row["a_label"], row["b"], row["b_label"])
            if fell:
                self.run(f"{match} DELETE r", at)

    def _falling(self) -> set[str]:
        rows = self.run(
            "MATCH ()-[r]->() WHERE r.derived AND r.premises IS NOT NULL "
            "AND (r.contributions IS NULL OR size(r.contributions) > 0) "
            "AND any(p IN r.premises WHERE p IN $hidden) RETURN r.uid AS uid",
            {"hidden": sorted(self.decided.hidden)},
        )
        return {row["uid"] for row in rows}

    def _place(self, keys: Collection[str]) -> None:
        for uid, label in labels(self.run, {uid for key in keys for uid in _ends(key)}).items():
            self.things.setdefault(uid, Thing(label))
        self._look_up()
        self._settle_statements([], sorted(keys), {})


def _ends(key: str) -> tuple[str, str]:
    source, _, target = rec.parts_of(key)
    return source, target
