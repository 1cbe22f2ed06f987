"""Decisions in a store's transaction: which there are, and where a statement lies that is not to be seen.

A statement that is rejected, or derived from one that is, is no relationship: what is stored of it is kept in a node of its
own, and notices add to it and withdraw from it there, until it may be seen again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kg.decisions import Decision, last
from kg.store import records as rec
from kg.store.making import Making
from kg.store.records import Run
from kg.vocabulary import vocabulary

Row = dict[str, Any]
DECISION, ASIDE = "Decision", "KgAside"
LABELS = frozenset({DECISION, ASIDE})


class Decided:
    """What is decided in a store, and which statements lie aside, as read at one moment."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.last = last(decisions(run))
        self.refused = frozenset(key for key, made in self.last.items() if made.verdict == "rejected")
        self.hidden = set(self.refused)  # and what falls with them, once that is known
        self.away = {row["uid"] for row in run(f"MATCH (s:{ASIDE}) RETURN s.uid AS uid", {})}

    def marked(self, row: Row) -> Row:
        """A relationship's properties, with who confirmed it and when."""
        made = self.last.get(row["uid"])
        if made is None or made.verdict != "confirmed":
            return row
        return row | {"confidence": 1.0, "confirmed_by": made.by, "confirmed_at": made.at}

    def confirms(self, key: str) -> bool:
        """Whether a statement is confirmed."""
        return key in self.last and self.last[key].verdict == "confirmed"

    def aside(self, keys: Iterable[str]) -> dict[str, Row]:
        """What is stored of those of these statements that lie aside."""
        return aside(self.run, self.away.intersection(keys))

    def put_aside(self, making: Making, rows: Mapping[str, Row], instead: Iterable[str]) -> None:
        """Keep these aside; those of ``instead`` that are not among them are there no longer."""
        gone = sorted(set(instead) - rows.keys())
        if gone:
            self.run(f"UNWIND $keys AS key MATCH (s:{ASIDE} {{uid: key}}) DETACH DELETE s", {"keys": gone})
        kept = [{"uid": key, "row": json.dumps(row, ensure_ascii=False, sort_keys=True)} for key, row in rows.items()]
        if kept:
            self.run(making.merge(ASIDE), {"rows": kept})
        self.away = (self.away - set(gone)) | rows.keys()


def decisions(run: Run) -> list[Decision]:
    """All decisions of a store, in no order."""
    return [
        Decision(
            d["statement"], d["verdict"], d["decided_by"], d["decided_at"], d.get("why") or "",
            tuple(rec.evidence_of(d.get("evidence") or (), d.get("quotes") or ())),
        )
        for row in run(f"MATCH (d:{DECISION}) RETURN d", {})
        for d in [row["d"]]
    ]  # fmt: skip


def write(run: Run, making: Making, made: Iterable[Decision]) -> None:
    """Add decisions."""
    rows = [
        {
            "uid": d.id, "statement": d.statement, "verdict": d.verdict, "decided_by": d.by, "decided_at": d.at,
            "why": d.why, "evidence": [e.ref for e in d.words], "quotes": [e.quote for e in d.words],
        }
        for d in made
    ]  # fmt: skip
    run(making.merge(DECISION), {"rows": rows})


def aside(run: Run, keys: Collection[str] | None = None) -> dict[str, Row]:
    """What is stored of statements that lie aside (of all when None), as of a relationship."""
    if keys is None:
        found = run(f"MATCH (s:{ASIDE}) RETURN s.uid AS uid, s.row AS row", {})
    elif keys:
        match = f"UNWIND $keys AS key MATCH (s:{ASIDE} {{uid: key}}) RETURN s.uid AS uid, s.row AS row"
        found = run(match, {"keys": sorted(keys)})
    else:
        found = []
    return {row["uid"]: {**json.loads(row["row"]), **_ends(row["uid"])} for row in found}


def seen(run: Run, keys: Iterable[str]) -> dict[str, Row]:
    """The relationships of those of these keys that there are."""
    parts = {key: rec.parts_of(key) for key in keys}
    kinds = labels(run, {uid for source, _, target in parts.values() for uid in (source, target)})
    groups: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for key, (source, type_, target) in sorted(parts.items()):
        if source in kinds and target in kinds and type_ in vocabulary().types:
            groups[kinds[source], type_, kinds[target]].append({"uid": key, "source": source, "target": target})
    found: dict[str, Row] = {}
    for (a, type_, b), rows in groups.items():
        match = f"UNWIND $rows AS row MATCH (a:{a} {{uid: row.source}}) MATCH (b:{b} {{uid: row.target}}) "
        for row in run(f"{match} MATCH (a)-[r:{type_} {{uid: row.uid}}]->(b) RETURN r", {"rows": rows}):
            found[row["r"]["uid"]] = row["r"]
    return found


def labels(run: Run, ids: Iterable[str]) -> dict[str, str]:
    """The labels of those of these things that there are."""
    match = rec.each(vocabulary().labels, "uid", "text AS uid, labels(n)[0] AS label")
    return {row["uid"]: row["label"] for row in run(match, {"given": sorted(ids)})}


def lists(run: Run, ids: Collection[str], notices: Collection[str]) -> set[str]:
    """The lists that what is computed about lists may rest on these things or notices for."""
    kinds = labels(run, ids)
    found = {uid for uid, label in kinds.items() if label == rec.LIST}
    for label in sorted({*kinds.values()} - {rec.LIST, rec.NOTICE}):
        match = f"UNWIND $ids AS id MATCH (n:{label} {{uid: id}})-[:LISTED_IN|SANCTIONED]->(l:{rec.LIST}) RETURN l.uid AS uid"
        found |= {row["uid"] for row in run(match, {"ids": sorted(uid for uid in kinds if kinds[uid] == label)})}
    match = f"UNWIND $ids AS id MATCH (n:Notice {{uid: id}})<-[:STATED_IN]-(l:{rec.LIST}) RETURN l.uid AS uid"
    return found | {row["uid"] for row in run(match, {"ids": sorted(notices)})}


def _ends(key: str) -> Row:
    source, type_, target = rec.parts_of(key)
    return {"uid": key, "source": source, "type": type_, "target": target}
