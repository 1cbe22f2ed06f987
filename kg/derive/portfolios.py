"""When a portfolio ends: it is the person's who is said to have it while they hold the post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.derive.rules import ENDED

PORTFOLIOS = {
    type_: (
        f"UNWIND $ids AS id MATCH (who:Person {{uid: id}})-[r:{type_}]->(of) WHERE NOT r.derived{which} "
        "OPTIONAL MATCH (who)-[h:HOLDS]->(:Post) "
        "RETURN r.uid AS uid, who.uid AS person, of.uid AS of, labels(of)[0] AS label, r.evidence AS said, "
        "r.superseded AS superseded, r.superseded_by AS superseded_by, "
        f"h.uid AS holding, h.evidence AS held, {ENDED.format('h')} AS ended"
    )
    for type_, which in (("HAS_PORTFOLIO", ""), ("SUPERVISES", " AND r.kind = 'portfolio'"))
}
"""Asks by type for the portfolios of people, with each of the posts that these hold."""
WHO_HAS_PORTFOLIOS = (
    "MATCH (who:Person)-[r:HAS_PORTFOLIO]->() RETURN DISTINCT who.uid AS uid "
    "UNION MATCH (who:Person)-[r:SUPERVISES]->() WHERE r.kind = 'portfolio' AND NOT r.derived RETURN DISTINCT who.uid AS uid"
)


def portfolios(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Of portfolios that ended: ``{uid: (day, uid of the holding that ended last)}``. A portfolio goes with the posts that the
    notices name which say that the person has it, with all that the person held where these name none."""
    every: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["holding"]:
            every[row["uid"]].append(row)
    found: dict[str, tuple[str, str]] = {}
    for uid, held in every.items():
        there = [row for row in held if _notices(row["said"]) & _notices(row["held"])] or held
        if all(row["ended"] for row in there):
            found[uid] = max((row["ended"], row["holding"]) for row in there)
    return found


def _notices(refs: Iterable[str] | None) -> set[str]:
    return {ref.rpartition("#")[0] for ref in refs or ()}
