"""When a post that a verb of office gives or takes was taken up or left. Words in lexicon/titles.toml."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache, cached_property

from kg.dates import find_dates
from kg.dates.mentions import DateMention
from kg.dates.period import last_day
from kg.lazy import lazy
from loaders.prose.page import Page, Span
from loaders.prose.recognise.lexicon import table

REMOVED = "免去"
BEGINNING = frozenset(("", "代理", "挂职", "兼任"))
"""Statuses of a holding with which it begins."""
_NEAR = 24  # characters behind a post in which the day stands from which it is held


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(table("titles.toml")["terms"][name])


_LINE = lazy(r"[^\n]+")


class Terms:
    """The days of one page's appointments and dismissals."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @cached_property
    def published(self) -> date | None:
        """The day on which the page was published."""
        try:
            return date.fromisoformat(self.page.meta.published)
        except ValueError:
            return None

    @cached_property
    def own(self) -> str:
        """The day of a notice of appointments: that on which it was signed, else published; '' for any other page."""
        if not _words("notices").search(self.page.meta.title):
            return ""
        for line in reversed(_LINE.findall(self.page.text)):
            for signed in find_dates(line, self.published):
                if signed.precision == "day" and line[signed.start : signed.end].strip() == line.strip():
                    return signed.iso
        return self.page.meta.published

    def of(self, held: Span, status: str) -> dict[str, str]:
        """From when a post is held, or is not held any more, that words at a span give or take with a ``status``."""
        if status == REMOVED:
            until = self._said(held, True) or self.own or self.page.meta.published
            return {"until": until} if until else {}
        since = (self._said(held, False) or self.own) if status in BEGINNING else ""
        return {"since": since} if since else {}

    def _said(self, held: Span, ends: bool) -> str:
        """The day that the sentence gives: '自2月20日起', before the words or right behind them; that of the deed, '2月19日，…决定任命'."""
        text = self.page.text
        low = max(text.rfind(c, 0, held.start) for c in "。\n") + 1
        days = find_dates(text[low : held.end], self.published)
        if days and (found := self._day(text[low : held.end], days[-1], ends)):
            return found
        stop = min((i for c in "。；\n" if (i := text.find(c, held.end)) >= 0), default=len(text))
        behind = text[held.end : min(stop, held.end + _NEAR)]
        days = find_dates(behind, self.published)
        return self._from(behind, days[0]) if days else ""

    def _day(self, said: str, named: DateMention, ends: bool) -> str:
        if found := self._from(said, named):
            return found
        between = said[named.end :]
        if named.iso_end or not _words("deeds").search(between) or _words("later").search(between):
            return ""
        if named.precision == "day":
            return named.iso
        if ends and named.precision == "month" and named.iso:  # left in the course of it
            year, month = map(int, named.iso.split("-"))
            return (last_day(year, month) + timedelta(days=1)).isoformat()
        return ""

    @staticmethod
    def _from(said: str, named: DateMention) -> str:
        """The day that words say something is from, the first of a month: '自2月20日起', '今年2月起'."""
        if named.iso_end or not _words("from").match(said, named.end):
            return ""
        return {"day": named.iso, "month": f"{named.iso}-01"}.get(named.precision, "") if named.iso else ""
