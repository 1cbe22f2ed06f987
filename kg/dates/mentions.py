"""Dates in running text."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kg.dates.period import Context, Period, period
from kg.dates.rules import dates, hits, narrow


class DateMention(NamedTuple):
    """``text[start:end]`` names a time. Offsets are 0-based code points, end exclusive.

    ``precision`` is day, month, quarter, half, year or vague (近日). ``iso`` is as precise as the text: 2021-01-29, 2021-01,
    2021; '' where it is vague or the year cannot be known. ``iso_end`` is the end of a range, '' if it is none (a quarter
    is a range of months).
    """

    start: int
    end: int
    iso: str
    precision: str
    iso_end: str = ""


def find_dates(text: str, reference: date | None = None) -> list[DateMention]:
    """All dates of a text, in order.

    ``reference`` is the publication date. A date without a year is the last such date up to a month after it; a day
    without a month is of the month named before it, else of the publication's; 次日 follows the date named before it.
    """
    context = Context(reference)
    found = []
    for hit in hits(narrow(text), dates()):
        read = hit.match.groupdict()
        start, end = hit.match.span()
        start += len(hit.match[0]) - len(hit.match[0].lstrip())
        if read.get("vague"):
            found.append(DateMention(start, end, "", "vague"))
            continue
        named = period(read, context)
        if named is None:
            if not _impossible(hit.match[0]):
                found.append(DateMention(start, end, "", "day" if read.get("day") else "vague"))
            continue
        if named.precision == "day":
            context.anchor = named.last  # '4月30日至5月8日…8日' tells on from its end
        found.append(DateMention(start, end, *_iso(named, hit.rule.name)))
    return found


def parse_date(text: str, reference: date | None = None) -> date | None:
    """The day a text names (the first one, of a month or a range its first day), or None."""
    context = Context(reference)
    for hit in hits(narrow(text), dates()):
        named = period(hit.match.groupdict(), context)
        if named:
            return named.first
    return None


def _impossible(words: str) -> bool:
    """Whether a date is none at all (2月30日), not only one of an unknown year."""
    return period_exists(words) is False


def period_exists(words: str) -> bool:
    """Whether the words name a day that some year has."""
    for hit in hits(words, dates()):
        return period(hit.match.groupdict(), Context(date(2024, 12, 31), date(2024, 12, 31))) is not None
    return False


def _iso(named: Period, rule: str) -> tuple[str, str, str]:
    """iso, precision, iso_end."""
    if named.precision == "day":
        last = named.last.isoformat() if named.last != named.first else ""
        return named.first.isoformat(), "day", last
    if named.precision == "year":
        last = str(named.last.year) if named.last.year != named.first.year else ""
        return str(named.first.year), "year", last
    first, last = named.first.isoformat()[:7], named.last.isoformat()[:7]
    return first, named.precision, last if last != first else ""
