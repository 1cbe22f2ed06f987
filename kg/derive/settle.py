"""Makes a graph hold exactly what follows from it now: one pass over the table of derivations, in a store's transaction.

What is derived here belongs to no notice: it holds an empty list of contributions, by which it is told from what notices say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.derive.rules import Rule, rules, seat
from kg.derive.seats import successions
from kg.store.deciding import Decided

Run = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]
Row = dict[str, Any]
Change = tuple[str, Row]
"""A writing statement on ``row``, and the row."""


def settle(run: Run) -> int:
    """Make what is missing, take away what no longer follows; how many relationships or ends of holdings changed."""
    changes = due(run)
    apply(run, changes)
    return len(changes)


def due(run: Run) -> list[Change]:
    """What is missing or no longer follows; each change stands by itself. What is rejected does not follow."""
    decided = Decided(run)
    wanted: dict[str, Row] = {}
    there = _types(run)
    for rule in rules():
        if not all(types & there for types in rule.needs):
            continue  # to find out that it yields nothing would take a server longer than all the rest
        for key, row in _found(run, rule).items():
            if key not in decided.refused:
                wanted.setdefault(key, row | {"props": decided.marked(row["props"])})
    return [*_relationships(run, wanted), *_ends_of_holdings(run)]


def apply(run: Run, changes: Iterable[Change]) -> None:
    """Write changes, those of a kind together."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for statement, row in changes:
        groups[statement].append(row)
    for statement, rows in groups.items():
        run("UNWIND $rows AS row " + statement, {"rows": rows})


def _types(run: Run) -> set[str]:
    """The relationship types of the rules' patterns that the graph holds."""
    asked = sorted({type_ for rule in rules() for types in rule.needs for type_ in types})
    return {type_ for type_ in asked if run(f"MATCH ()-[r:{type_}]->() RETURN 1 AS one LIMIT 1", {})}


def _found(run: Run, rule: Rule) -> dict[str, Row]:
    """What a rule yields now: rows by the relationship's key, of several ways to it the first in order of premises."""
    found: dict[str, Row] = {}
    parameters = {"head": seat().head.pattern} if "$head" in rule.match else {}
    for row in sorted(run(rule.cypher, parameters), key=lambda r: r["premises"]):
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


def _relationships(run: Run, wanted: Mapping[str, Row]) -> list[Change]:
    stored: dict[str, Row] = {}
    foreign: set[str] = set()
    for type_ in sorted({rule.type for rule in rules()}):
        rows = run(
            f"MATCH (a)-[r:{type_}]->(b) WHERE r.derived RETURN r, a.uid AS source, b.uid AS target, "
            "labels(a)[0] AS source_label, labels(b)[0] AS target_label",
            {},
        )
        for row in rows:
            props = {k: v for k, v in row["r"].items() if k not in ("type", "source", "target")}
            if props.get("contributions") != []:
                foreign.add(props["uid"])  # a notice's own reading derives it
                continue
            stored[props["uid"]] = {
                "type": type_, "source": row["source"], "target": row["target"],
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


def _ends_of_holdings(run: Run) -> list[Change]:
    rows = run(
        "MATCH (who:Person)-[h:HOLDS]->(post:Post) WHERE NOT h.derived RETURN h.uid AS uid, who.uid AS person, "
        "who.name AS name, coalesce(who.partial, false) AS partial, post.uid AS post, post.title AS title, "
        "coalesce(post.generic, false) OR coalesce(post.unresolved, false) AS vague, h.status AS status, "
        "h.since AS since, h.until AS until, h.first_seen AS first, h.last_seen AS last, "
        "h.superseded AS superseded, h.superseded_by AS superseded_by, "
        "EXISTS { MATCH (post)-[:POST_IN]->() } AS placed",
        {},
    )
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
