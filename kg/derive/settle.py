"""Makes a graph hold exactly what follows from it now: the table of derivations over all of it, or over what a change reaches.

What is derived here belongs to no notice: it holds an empty list of contributions, by which it is told from what notices say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.derive.reach import Things, pattern_of, pattern_of_holdings
from kg.derive.rules import Rule, rules, seat
from kg.derive.seats import HOLDINGS, alike, successions
from kg.store import records as rec
from kg.store.changed import Changed
from kg.store.deciding import Decided
from kg.store.records import Run

Row = dict[str, Any]
Change = tuple[str, Row]
"""A writing statement on ``row``, and the row."""
_STORED = "RETURN r, a.uid AS source, b.uid AS target, labels(a)[0] AS source_label, labels(b)[0] AS target_label"


def settle(run: Run, changed: Changed | None = None) -> int:
    """Make what is missing, take away what no longer follows; how many relationships or ends of holdings changed."""
    changes = due(run, changed)
    apply(run, changes)
    return len(changes)


def due(run: Run, changed: Changed | None = None) -> list[Change]:
    """What is missing or no longer follows; each change stands by itself. What is rejected does not follow.

    ``changed`` is what changed since all that follows was last made; None if that is not known.
    """
    decided = Decided(run)
    part = _Whole(run) if changed is None else _Part(run, changed)
    wanted: dict[str, Row] = {}
    for rule in rules():
        for key, row in _found(rule, part.rows(rule)).items():
            if key not in decided.refused:
                wanted.setdefault(key, row | {"props": decided.marked(row["props"])})
    return [*_relationships(part.stored(), wanted), *_ends_of_holdings(part.holdings())]


def apply(run: Run, changes: Iterable[Change]) -> None:
    """Write changes, those of a kind together."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for statement, row in changes:
        groups[statement].append(row)
    for statement, rows in groups.items():
        run("UNWIND $rows AS row " + statement, {"rows": rows})


class _Whole:
    """All that rules yield, and all that is stored of it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        asked = sorted({type_ for rule in rules() for types in rule.needs for type_ in types})
        self.there = {type_ for type_ in asked if run(f"MATCH ()-[r:{type_}]->() RETURN 1 AS one LIMIT 1", {})}

    def rows(self, rule: Rule) -> list[Row]:
        if not all(types & self.there for types in rule.needs):
            return []  # to find out that it yields nothing would take a server longer than all the rest
        return self.run(rule.cypher, _parameters(rule))

    def stored(self) -> Iterator[Row]:
        for type_ in sorted({rule.type for rule in rules()}):
            yield from self.run(f"MATCH (a)-[r:{type_}]->(b) WHERE r.derived {_STORED}", {})

    def holdings(self) -> list[Row]:
        return self.run(HOLDINGS, {})


class _Part:
    """What rules yield for the ends that a change reaches, and what is stored of these."""

    def __init__(self, run: Run, changed: Changed) -> None:
        self.run, self.changed = run, changed
        self.ends: dict[tuple[str, str], dict[str, Things]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict[str, set[str]](set))
        )
        for rule in rules():
            for end, things in pattern_of(rule).reached(run, changed).items():
                for label, ids in things.items():
                    self.ends[rule.group][end][label] |= ids

    def rows(self, rule: Rule) -> Iterator[Row]:
        for end, things in self.ends[rule.group].items():
            for label, ids in sorted(things.items()):
                if pattern_of(rule).fits(end, label):
                    bound = f"UNWIND $ids AS id MATCH ({end}:{label} {{uid: id}})\n"
                    yield from self.run(bound + rule.cypher, {**_parameters(rule), "ids": sorted(ids)})

    def stored(self) -> Iterator[Row]:
        for (type_, kind), ends in self.ends.items():
            for end, things in ends.items():
                near, link = ("b", f"<-[r:{type_}]-(a)") if end == "target" else ("a", f"-[r:{type_}]->(b)")
                for label, ids in sorted(things.items()):
                    yield from self.run(
                        f"UNWIND $ids AS id MATCH ({near}:{label} {{uid: id}}){link} "
                        f"WHERE r.derived AND coalesce(r.kind, '') = $kind {_STORED}",
                        {"ids": sorted(ids), "kind": kind},
                    )

    def holdings(self) -> list[Row]:
        (things,) = pattern_of_holdings().reached(self.run, self.changed).values()
        ids = sorted({seat for ids in things.values() for post in ids for seat in alike(post)})
        return self.run(f"UNWIND $ids AS id MATCH (post:Post {{uid: id}}) {HOLDINGS}", {"ids": ids}) if ids else []


def _parameters(rule: Rule) -> dict[str, Any]:
    return {"head": seat().head.pattern} if "$head" in rule.match else {}


def _found(rule: Rule, rows: Iterable[Row]) -> dict[str, Row]:
    """What a rule yields now: rows by the relationship's key, of several ways to it the first in order of premises."""
    found: dict[str, Row] = {}
    for row in sorted(rows, key=lambda r: r["premises"]):
        key = f"{row['source']}|{rule.type}|{row['target']}|{rule.kind}|derived"
        if key not in found and row["source"] != row["target"]:
            found[key] = {
                "type": rule.type, "source": row["source"], "target": row["target"],
                "labels": (row["source_label"], row["target_label"]), "props": _props(rule, key, row),
            }  # fmt: skip
    return found


def _props(rule: Rule, key: str, row: Row) -> Row:
    words: dict[str, str] = {}
    for refs, quotes in zip(row["evidence"], row["quotes"], strict=True):
        if refs:
            words.setdefault(refs[-1], quotes[-1])
    props: Row = {
        "uid": key, "derived": True, "rule": rule.name, "confidence": min(row["confidence"]),
        "premises": row["premises"], "evidence": list(words), "quotes": list(words.values()),
        "first_seen": max(row["first_seen"]), "last_seen": max(row["last_seen"]), "contributions": [],
    }  # fmt: skip
    return props | ({"kind": rule.kind} if rule.kind else {})


def _relationships(rows: Iterable[Row], wanted: Mapping[str, Row]) -> list[Change]:
    stored: dict[str, Row] = {}
    foreign: set[str] = set()
    for row in rows:
        props = rec.stored(row["r"])
        if props.get("contributions") != []:
            foreign.add(props["uid"])  # a notice's own reading derives it
            continue
        stored[props["uid"]] = {
            "type": row["r"]["type"], "source": row["source"], "target": row["target"],
            "labels": (row["source_label"], row["target_label"]), "props": props,
        }  # fmt: skip
    new = [row for key, row in wanted.items() if key not in stored and key not in foreign]
    gone = [row for key, row in stored.items() if key not in wanted or key in foreign]
    other = [row for key, row in wanted.items() if key in stored and stored[key]["props"] != row["props"]]
    return [
        *(_change("MATCH (a)-[r:T {uid: row.props.uid}]->(b) DELETE r", row) for row in gone),
        *(_change("MATCH (a)-[r:T {uid: row.props.uid}]->(b) SET r = row.props", row) for row in other),
        *(_change("CREATE (a)-[r:T]->(b) SET r = row.props", row) for row in new),
    ]


def _change(what: str, row: Row) -> Change:
    a, b = row["labels"]
    ends = f"MATCH (a:{a} {{uid: row.source}}) MATCH (b:{b} {{uid: row.target}}) "
    made = {"source": row["source"], "target": row["target"], "props": row["props"]}
    return ends + what.replace(":T", f":{row['type']}"), made


def _ends_of_holdings(rows: list[Row]) -> list[Change]:
    ends = successions(rows)
    end = (
        "MATCH (a:Person {uid: row.person}) MATCH (b:Post {uid: row.post}) "
        "MATCH (a)-[r:HOLDS {uid: row.uid}]->(b) SET r.superseded = row.day, r.superseded_by = row.by"
    )
    return [
        (
            end,
            {"person": r["person"], "post": r["post"], "uid": r["uid"], "day": day, "by": by},
        )
        for r in rows
        for day, by in [ends.get(r["uid"], (None, None))]
        if (r["superseded"], r["superseded_by"]) != (day, by)
    ]
