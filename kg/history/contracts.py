"""Contracts that end: who a roster put in charge of what, and its next state no longer does.

The stated words stay; ``superseded`` gives the day of the later state, ``superseded_by`` the key of the relationship that
says which list it is a later state of. A contract of which any notice speaks on that day or later goes on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import Any

from kg.dates.period import last_day
from kg.history.series import State
from kg.store.changed import Changed
from kg.store.records import Run, edge_saids

_STEPS = (
    "MATCH (new:AccountabilityList)-[r:REVISION_OF]->(old:AccountabilityList) WHERE old.kind = '包保名册' "
    "MATCH (new)-[:STATED_IN]->(n:Notice) RETURN old.uid AS old, new.uid AS new, r.uid AS step, coalesce(new.date, n.published) AS day, new.title AS title"
)
_ROSTERS = (
    "MATCH (l:AccountabilityList)-[s:STATED_IN]->(n:Notice) WHERE l.kind = '包保名册' "
    "RETURN n.uid AS notice, l.uid AS list, s.evidence AS evidence"
)
_CONTRACTS = (
    "UNWIND $notices AS id MATCH (n:Notice {uid: id})<-[:STATED_IN]-(t:Region|Agency)<-[r:IN_CHARGE_OF]-(w) WHERE NOT r.derived "
    "AND any(e IN r.evidence WHERE e STARTS WITH id + '#') RETURN DISTINCT labels(w)[0] AS a, w.uid AS who, labels(t)[0] AS b, t.uid AS what, r"
)
_KINDS = "UNWIND $ids AS id OPTIONAL MATCH (l:AccountabilityList {uid: id}) RETURN l.kind AS kind"
_ENDED = (
    "MATCH (w)-[r:IN_CHARGE_OF]->(t) WHERE r.superseded IS NOT NULL RETURN r.uid AS uid, labels(w)[0] AS a, w.uid AS who, "
    "labels(t)[0] AS b, t.uid AS what, r.superseded AS day, r.superseded_by AS by"
)
_END = (
    "UNWIND $rows AS row MATCH (w:{a} {{uid: row.who}}) MATCH (t:{b} {{uid: row.what}}) "
    "MATCH (w)-[r:IN_CHARGE_OF {{uid: row.uid}}]->(t) "
    "SET r.superseded = row.day, r.superseded_by = row.by"
)


def end(run: Run, known: Changed | None) -> Changed:
    """Mark what has ended and unmark what has not; the contracts that changed. ``known`` is what else changed since this was
    last done, None where that is not known: while no roster comes or goes, what it says of a contract changes with the
    contract alone."""
    if known is not None and not _rosters(run, known):
        after = run(_STEPS, {}) if known.links["IN_CHARGE_OF"] else []
        if not after:
            return Changed()
    found = _ends(run)
    stored = {row["uid"]: row for row in run(_ENDED, {})}
    rows = [{**row, "day": None, "by": None} for key, row in stored.items() if key not in found]
    rows += [
        row for key, row in found.items()
        if key not in stored or (stored[key]["day"], stored[key]["by"]) != (row["day"], row["by"])
    ]  # fmt: skip
    for a, b in sorted({(row["a"], row["b"]) for row in rows}):
        run(_END.format(a=a, b=b), {"rows": [row for row in rows if (row["a"], row["b"]) == (a, b)]})
    changed = Changed()
    for row in rows:
        changed.link("IN_CHARGE_OF", row["who"], row["a"], row["what"], row["b"])
    return changed


def _rosters(run: Run, known: Changed) -> bool:
    """Whether one of the lists that changed may be a roster; what kind those were that are gone is not known."""
    if not known.lists:
        return False
    return any(row["kind"] in (None, "包保名册") for row in run(_KINDS, {"ids": sorted(known.lists)}))


def _ends(run: Run) -> dict[str, dict[str, Any]]:
    """The contracts that have ended, by key: ``uid``, its ends with their labels, ``day``, ``by``."""
    after = {row["old"]: {**row, "day": _day(row)} for row in run(_STEPS, {})}
    if not after:
        return {}
    titles: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in run(_ROSTERS, {}):
        at = min((int(ref.rpartition("#")[2].partition("-")[0]) for ref in row["evidence"] or ()), default=0)
        titles[row["notice"]].append((at, row["list"]))
    for lists in titles.values():
        lists.sort()
    out: dict[str, dict[str, Any]] = {}
    old = sorted(notice for notice, lists in titles.items() if any(uid in after for _, uid in lists))
    for row in run(_CONTRACTS, {"notices": old}):
        said = edge_saids(row["r"])
        stood = {_roster(titles[s.notice], e.start) for s in said if s.notice in titles for e in s.evidence}
        last = {uid for uid in stood if uid not in after or after[uid]["new"] not in stood}
        ends = [after[uid] for uid in last if uid in after]
        if not ends or len(ends) < len(last):
            continue  # a roster that nothing came after says so still
        step = max(ends, key=lambda step: (step["day"], step["step"]))
        if step["day"] and all(s.published < step["day"] for s in said if s.notice not in titles):
            key = row.pop("r")["uid"]
            out[key] = {**row, "uid": key, "day": step["day"], "by": step["step"]}
    return out


def _day(row: dict[str, Any]) -> str:
    """The day of a list, else the last of the month or year that its title names; '' unknown."""
    when = State("", "", row["title"] or "", "", row["day"] or "").when
    year, month, day = (*when.split("-"), "", "")[:3]
    return when if day or not year else last_day(int(year), int(month or 12)).isoformat()


def _roster(lists: list[tuple[int, str]], at: int) -> str:
    """The list of a notice in which an offset stands: the one whose title comes last before it."""
    return lists[max(0, bisect_right(lists, at, key=lambda x: x[0]) - 1)][1]
