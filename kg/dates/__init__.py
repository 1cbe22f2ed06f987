"""Dates, deadlines and cadences in Chinese official prose and in the cells of lists.

The constructions are rows of kg/data/dates.toml, deadlines.toml and periods.toml.
"""

from __future__ import annotations

from datetime import date
from typing import NoReturn

from kg.dates.deadlines import DeadlineMention, due_of, find_deadlines
from kg.dates.mentions import DateMention, find_dates, parse_date
from kg.dates.spans import days_of
from kg.errors import QueryError
from kg.lazy import lazy

__all__ = ["DateMention", "DeadlineMention", "days_of", "due_of", "find_dates", "find_deadlines", "iso", "parse_date"]

_ISO = lazy(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def iso(text: str) -> str:
    """A date that a person typed (2024-09-30, or as notices write it: 2024年9月30日) as an ISO date.

    Raises :class:`kg.errors.QueryError`, one line, for anything else.
    """
    typed = text.strip()
    parts = _ISO.fullmatch(typed)
    if parts:
        try:
            return date(*map(int, parts.groups())).isoformat()
        except ValueError:
            raise QueryError(f"date {typed!r} does not exist in the calendar; write it as 2024-09-30") from None
    found = find_dates(typed)
    if len(found) == 1 and found[0][:2] == (0, len(typed)) and found[0].precision == "day" and not found[0].iso_end:
        return found[0].iso or _refuse(typed)
    return _refuse(typed)


def _refuse(typed: str) -> NoReturn:
    raise QueryError(f"date {typed!r} is not understood; write it as 2024-09-30 (a day with its year)")
