"""One more notice that says what many have said: the stored relationship with its share, without merging all of theirs again.

A province's government is over its cities in the words of every notice about one of them.
"""

from __future__ import annotations

import json
from bisect import bisect
from collections.abc import Mapping
from typing import Any

from kg.store import records as rec
from kg.store.merge import HOW_HELD, EdgeSaid, may_end

_PARTS = {"type", "source", "target", *rec.ADDED}


def added(row: Mapping[str, Any], said: EdgeSaid) -> dict[str, Any] | None:
    """The properties of a stored relationship with one more contribution, of a notice that had none to it. None where only a
    merge of all can tell them: an earlier notice says otherwise, or the relationship rests on one notice so far."""
    if not row.get("contributions") or "confirmed_by" in row:
        return None
    age, lines = (said.published, said.notice), row["contributions"]
    at = bisect(lines, age, key=_age)
    last = at == len(lines)
    if may_end(row) or "since" in said.props or (not last and HOW_HELD & said.props.keys()):
        return None
    if any(row.get(key, value) != value for key, value in said.props.items()) and not last:
        return None
    out = {key: value for key, value in row.items() if key not in _PARTS} | said.props
    sure = (said.confidence, last) > (row["confidence"], False)
    if sure:
        out |= {"rule": said.rule, "confidence": said.confidence, "premises": list(said.premises)}
        if not said.premises:
            out.pop("premises")
    elif said.confidence == row["confidence"] and (said.rule, list(said.premises)) != (
        row["rule"],
        row.get("premises", []),
    ):
        return None
    words = sorted(set(said.evidence))
    begin = _before(row["evidence"], lines[at:])
    out["evidence"] = [*row["evidence"][:begin], *(e.ref for e in words), *row["evidence"][begin:]]
    out["quotes"] = [*row["quotes"][:begin], *(e.quote for e in words), *row["quotes"][begin:]]
    out["contributions"] = [*lines[:at], rec.contribution(said), *lines[at:]]
    days = [day for day in (row["first_seen"], row["last_seen"], said.published) if day]
    return out | {"first_seen": min(days, default=""), "last_seen": max(days, default="")}


def _age(line: str) -> tuple[str, str]:
    notice, published, *_ = json.loads(line)
    return published, notice


def _before(refs: list[str], later: list[str]) -> int:
    """Where among the words of notices, oldest first, those of these later ones begin."""
    notices = {_age(line)[1] for line in later}
    return next((n for n, ref in enumerate(refs) if ref.rpartition("#")[0] in notices), len(refs))
