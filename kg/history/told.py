"""Which item of a list a punishment is for that a notice tells in prose: one that the punished, their post or their body bears,
by the reason that is given and the number, where there is one. What is in doubt is left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from kg.derive.reach import Pattern, Things
from kg.history.match import Item
from kg.history.punished import Candidate, Punishment, meant
from kg.history.series import State
from kg.model import Edge, Value
from kg.store import records as rec
from kg.store.changed import Changed
from kg.store.deciding import Decided
from kg.store.merge import MergedEdge
from kg.store.records import Run

Row = dict[str, Any]
_RULE = "punished-item"
_TOLD = (
    "MATCH (w{of})-[r:SANCTIONED]->(n:Notice) WHERE NOT r.derived AND (r.reason IS NOT NULL OR r.item IS NOT NULL) "
    "RETURN n.uid AS notice, n.title AS title, coalesce(n.published, '') AS day, w.uid AS who, labels(w)[0] AS label, r AS said"
)
_SEATS = (
    "UNWIND $ids AS id MATCH (w:Person {uid: id})-[h:HOLDS]->(t:Post)-[:POST_IN]->(b) "
    "RETURN id, t.uid AS post, b.uid AS body, labels(b)[0] AS label"
)
_GOVERNED = "UNWIND $ids AS id MATCH (b:Agency {uid: id})-[:GOVERNS]->(p:Region) RETURN id, p.uid AS place"
_BORNE = (
    "UNWIND $ids AS id MATCH (w:{label} {{uid: id}})-[:BEARS]->(o:Obligation)-[s:LISTED_IN]->(l:AccountabilityList) "
    "MATCH (l)-[:STATED_IN]->(n:Notice) RETURN DISTINCT id, o.uid AS uid, o.text AS text, o.problem AS problem, "
    "o.item AS number, s.uid AS premise, s.evidence AS evidence, s.quotes AS quotes, l.uid AS list, l.title AS title, "
    "l.kind AS kind, coalesce(l.date, n.published, '') AS day, n.uid AS notice"
)
_KEPT = (
    f"MATCH (w{{of}})-[r:SANCTIONED]->(o:Obligation) WHERE r.rule = '{_RULE}' "
    "RETURN w.uid AS source, labels(w)[0] AS label, o.uid AS target, r AS said"
)
_HANGS = """
MATCH (who:Person|Agency)-[:SANCTIONED]->(n:Notice) RETURN n.title, EXISTS { (who)-[:HOLDS]->(post:Post)-[:POST_IN]->(body) },
  EXISTS { (body)-[:GOVERNS]->(place:Region) }, EXISTS { (who)-[:GOVERNS]->(own:Region) },
""" + "".join(
    f"EXISTS {{ ({bearer})-[:BEARS]->({o}:Obligation)-[:LISTED_IN]->({l}:AccountabilityList)-[:STATED_IN]->(:Notice) }}, "
    f"{o}.text, {o}.problem, {o}.item, {l}.title, {l}.kind, {l}.date, "
    for bearer in ("who", "post", "body", "place", "own")
    for o, l in [(f"o_{bearer}", f"l_{bearer}")]
)
_ENDS = "UNWIND $rows AS row MATCH (a:{label} {{uid: row.source}}) MATCH (b:Obligation {{uid: row.target}}) "
_DROP = "MATCH (a)-[r:SANCTIONED {uid: row.props.uid}]->(b) WHERE any(p IN r.premises WHERE p CONTAINS '|SANCTIONED|notice:') DELETE r"


@cache
def pattern() -> Pattern:
    """What the links of somebody hang on."""
    return Pattern(_HANGS, ["who"], {})


def link(run: Run, known: Changed | None) -> Changed:
    """Make the graph hold just these links; those that changed. ``known`` is what else changed since this was last done, None
    where that is not known."""
    ask = _asking(run, None if known is None else pattern().reached(run, known)["who"])
    decided = Decided(run)
    wanted = {key: row for key, row in _links(run, ask(_TOLD)).items() if key not in decided.refused}
    for row in wanted.values():
        row["props"] = decided.marked(row["props"])
    mine: dict[str, Row] = {}
    for row in ask(_KEPT):
        said = rec.stored(row["said"])
        if any("|SANCTIONED|notice:" in p for p in said["premises"]):
            mine[said["uid"]] = {**row, "props": said}
        else:
            wanted.pop(said["uid"], None)  # a list of punishments says so itself
    old = [row for key, row in mine.items() if key not in wanted or wanted[key]["props"] != row["props"]]
    new = [row for key, row in wanted.items() if key not in mine or mine[key]["props"] != row["props"]]
    _write(run, _DROP, old)
    _write(run, "CREATE (a)-[r:SANCTIONED]->(b) SET r = row.props", new)
    changed = Changed()
    for row in (*old, *new):
        changed.link("SANCTIONED", row["source"], row["label"], row["target"], "Obligation")
    return changed


def _asking(run: Run, punished: Things | None) -> Callable[[str], list[Row]]:
    """Asks a question about these people and bodies, or about all."""
    if punished is None:
        return lambda cypher: run(cypher.replace("{of}", ":Person|Agency"), {})
    return lambda cypher: [
        row
        for label, ids in sorted(punished.items())
        for row in run(f"UNWIND $ids AS id {cypher.replace('{of}', f':{label} {{uid: id}}')}", {"ids": sorted(ids)})
    ]


def _write(run: Run, what: str, rows: Iterable[Row]) -> None:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["label"]].append({k: row[k] for k in ("source", "target", "props")})
    for label, found in sorted(groups.items()):
        run(_ENDS.format(label=label) + what, {"rows": sorted(found, key=lambda row: str(row["props"]["uid"]))})


def _links(run: Run, told: list[Row]) -> dict[str, Row]:
    """The links that follow now from these punishments, by key."""
    if not told:
        return {}
    told.sort(key=lambda row: str(row["said"]["uid"]))
    actors = _actors(run, told)
    borne = _borne(run, {actor for found in actors.values() for actor in found.items()})
    out: dict[str, Row] = {}
    for row in told:
        said = row["said"]
        mine: dict[str, Candidate] = {c.item.uid: c for actor in actors[row["who"]] for c in borne[actor]}
        every = [mine[uid] for uid in sorted(mine)]
        form, reason, item, by = (str(said.get(k) or "") for k in ("form", "reason", "item", "by"))
        p = Punishment(
            said["uid"], row["who"], row["label"], form, reason, item, by, frozenset(actors[row["who"]]),
            tuple(rec.evidence_of(said["evidence"], said["quotes"])),
        )  # fmt: skip
        notice = State(row["notice"], row["notice"], row["title"] or "", "", row["day"])
        for found, score, _ in meant(p, notice, every, len({c.state.kernel for c in every})):
            given: dict[str, Value] = {"form": form, "reason": reason, "by": by, "item": found.item.number}
            props = {k: v for k, v in given.items() if v}
            words, premises = (*p.words, *found.item.words), (p.key, found.item.premise)
            e = Edge(p.who, "SANCTIONED", found.item.uid, words, _RULE, score, True, premises, props)
            merged = MergedEdge(e.evidence, e.rule, score, premises, row["day"], row["day"], props, ())
            kept = rec.edge_row(e.key, True, merged) | {"contributions": []}
            out.setdefault(e.key, {"source": e.source, "label": row["label"], "target": e.target, "props": kept})
    return out


def _actors(run: Run, told: Iterable[Row]) -> dict[str, dict[str, str]]:
    """By the punished: themselves, their posts, bodies and the places that these govern, each with its label."""
    out: dict[str, dict[str, str]] = {row["who"]: {row["who"]: row["label"]} for row in told}
    for row in run(_SEATS, {"ids": sorted(out)}):
        out[row["id"]] |= {row["post"]: "Post", row["body"]: row["label"]}
    bodies = sorted({uid for found in out.values() for uid, label in found.items() if label == "Agency"})
    places = defaultdict[str, list[str]](list)
    for row in run(_GOVERNED, {"ids": bodies}):
        places[row["id"]].append(row["place"])
    for found in out.values():
        found |= {place: "Region" for uid in list(found) for place in places[uid]}
    return out


def _borne(run: Run, actors: Iterable[tuple[str, str]]) -> dict[str, list[Candidate]]:
    """The items that they bear, by who does."""
    labels: dict[str, list[str]] = defaultdict(list)
    for uid, label in sorted(actors):
        labels[label].append(uid)
    out: dict[str, list[Candidate]] = defaultdict(list)
    for label, ids in labels.items():
        for row in run(_BORNE.format(label=label), {"ids": ids}):
            words = tuple(rec.evidence_of(row["evidence"] or (), row["quotes"] or ()))
            item = Item(
                row["uid"], row["text"], row["problem"] or "", row["number"] or "", frozenset(), row["premise"], words
            )
            state = State(row["list"], row["notice"], row["title"] or "", row["kind"] or "", row["day"])
            out[row["id"]].append(Candidate(item, state, frozenset({row["id"]})))
    return out
