"""Over which days a figure was measured or a target holds: 一季度, 前三季度, 3月第三周, 截至10月底. Rows in kg/data/periods.toml."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Any

from kg.dates.period import Context, Period, last_day, number, period
from kg.dates.rules import dates, hits, narrow, period_rules
from kg.sieve import compiled

_LOOKING_BACK = 3  # in these months of a year 全年 tells of the year before


def days_of(words: str, reference: date | None, *, ahead: bool = False) -> tuple[str, str]:
    """First and last day (ISO) of the period that words name; ('', '') where they leave it open or the year cannot be known.

    ``reference`` is the publication date; ``ahead`` says that the words look ahead, as a target's do.
    """
    found = _days(narrow(words).removeprefix("到"), Context(reference, forward=ahead))
    return (found.first.isoformat(), found.last.isoformat()) if found else ("", "")


@cache
def _rows() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    return [(compiled(pattern), row) for pattern, row in period_rules()]


def _days(words: str, context: Context) -> Period | None:
    for pattern, row in _rows():
        if m := pattern.fullmatch(words):
            return None if row.get("open") else _read(m.groupdict(), context)
    return _dated(words, context)


def _dated(words: str, context: Context) -> Period | None:
    """The days of words that are one date or a range, whole."""
    found = [h for h in hits(words, dates()) if h.match.span() == (0, len(words))]
    return period(found[0].match.groupdict(), context) if found else None


def _read(said: dict[str, str | None], context: Context) -> Period | None:
    """The days that the groups of a row name."""
    now = context.now
    if since := said.get("since"):
        begun = _dated(since, context)
        return Period(begun.first, now, "day") if begun and now and begun.first <= now else None
    if until := said.get("until"):
        ended = _dated(until, context)
        return _until(ended.last) if ended else None
    if nth := said.get("nth"):
        month = period(said, context)
        return _week(month, number(nth)) if month else None
    if months := said.get("months") or said.get("quarters"):
        return _opening(number(months) * (3 if said.get("quarters") else 1), said, context)
    if now and said.get("whole"):  # told of early in a year it was the year before
        return _until(date(now.year - (not context.forward and now.month <= _LOOKING_BACK), 12, 31))
    return _until(now) if now else None


def _week(month: Period, nth: int) -> Period | None:
    first = month.first + timedelta(days=7 * nth - 7)
    return Period(first, min(first + timedelta(days=6), month.last), "week") if first <= month.last else None


def _opening(months: int, said: dict[str, str | None], context: Context) -> Period | None:
    """The first months of the year that is said, else of that which fits the reference."""
    year, now = period({k: said[k] for k in ("year", "relyear")}, context), context.now
    if year is None and now is None:
        return None
    of = year.first.year if year else now.year if now else 0
    ahead = year is None and now is not None and not context.forward and last_day(of, months) > now
    return _until(last_day(of - ahead, months))


def _until(last: date) -> Period:
    """From the beginning of the year."""
    return Period(date(last.year, 1, 1), last, "day")
