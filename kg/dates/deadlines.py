"""Deadlines and cadences: by when, or how often, something must be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from kg.dates.period import Context, add_months, number, period
from kg.dates.rules import Hit, Rule, deadlines, hits, narrow
from kg.lazy import lazy
from kg.sieve import Part

# After these words a date tells what was, not what must be.
_PAST = lazy(r"(?:截至|截止|截止到|自|从|早在|曾于|已于|已在|是|目前)\s*$")
_AFTER_EVENT = lazy(r"(?:后|之日起|日起)的?\s*$")
_EACH = lazy(r"每(?:年|半年|季度?|月|周|旬)[^，。；\n]*$")  # and what follows comes round again
_HALF_MONTH = timedelta(days=15)


class DeadlineMention(NamedTuple):
    """``text[start:end]`` says by when or how often. Offsets are 0-based code points, end exclusive.

    ``due`` is the last day as an ISO date, '' where none can be said: working days (public holidays are not known here),
    terms that run from an event, seasons, repeated duties. ``cadence`` is daily, weekly, monthly, quarterly, half-yearly,
    yearly, event (whenever something happens), continuous or immediate, '' for once. ``rule`` names the row of
    deadlines.toml.
    """

    start: int
    end: int
    text: str
    due: str
    cadence: str
    rule: str


def find_deadlines(text: str, reference: date | None = None) -> list[DeadlineMention]:
    """All deadlines of a text, in order. ``reference`` is the publication date; a date without a year is the next one."""
    return _find(text, reference, deadlines(cells=False))


def due_of(text: str, reference: date | None = None) -> DeadlineMention | None:
    """What the deadline cell of a list says, or None. A bare date, month, quarter, year or serial is a deadline there.

    Of several the last day wins, and one that comes round again (每年5月至9月) is none; a cell that names a day and a habit (2024年6月底前完成，长期坚持) has that day.
    """
    found = _find(text, reference, deadlines(cells=True))
    dated = [m for m in found if m.due and not _EACH.search(text, 0, m.start)]
    if dated:
        best = max(dated, key=lambda m: m.due)
        return best._replace(cadence=next((m.cadence for m in found if m.cadence), ""))
    return found[0]._replace(due="") if found else None


def _find(text: str, reference: date | None, rules: Part[Rule]) -> list[DeadlineMention]:
    found = []
    for hit in hits(narrow(text), rules):
        start, end = hit.match.span()
        if hit.rule.due != "none" and _PAST.search(text, max(0, start - 6), start):
            continue
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        found.append(
            DeadlineMention(start, end, text[start:end], _due(hit, reference), hit.rule.cadence, hit.rule.name)
        )
    return found


def _due(hit: Hit, reference: date | None) -> str:
    read = hit.match.groupdict()
    kind = hit.rule.due
    if kind == "none":
        return ""
    if kind == "period":
        named = period(read, Context(reference, forward=True))
        return named.last.isoformat() if named else ""
    before = hit.match.string[max(0, hit.match.start() - 6) : hit.match.start()]
    if reference is None or _AFTER_EVENT.search(before):
        return ""
    return _after(reference, kind, read).isoformat()


def _after(reference: date, kind: str, read: Mapping[str, str | None]) -> date:
    count = read["count"] or "一"
    if kind == "months":
        return reference + _HALF_MONTH if count == "半" else add_months(reference, number(count))
    days = number(count) if count != "半" else 1
    return reference + timedelta(days=days * (7 if kind == "weeks" else 1))
