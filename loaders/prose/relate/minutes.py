"""Minutes: the lines at their head ('时间：…', '主持人：…') tell of a meeting that nothing else on the page need name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.prose.page import Entity, Page, Span
from loaders.prose.relate.day import Day
from loaders.prose.relate.rows import Row, table


class Minutes:
    """The head of a page's minutes: ``match`` is the head, ``span`` the line that gives the day, ``entity`` the meeting."""

    @staticmethod
    def of(page: Page, days: Sequence[Day]) -> Minutes | None:
        """The minutes that a page is, else None: labelled lines in a row, one of them the day, one of them who was there."""
        words = table("meetings")
        for m in words.pattern(r"(?:^|\n)(?P<N>(?:(?:{han_number}、)?{minutes_label}：[^\n]*(?:\n|$)){2,})").finditer(
            page.text
        ):
            when = words.pattern(r"(?:^|(?<=\n))(?:{han_number}、)?{minutes_time}：[^\n]*").search(
                page.text, m.start("N"), m.end()
            )
            there = words.pattern(r"(?:^|(?<=[\n；。\t 　、])){minutes_there}：").search(
                page.text, m.start("N"), m.end()
            )
            day = next((d for d in days if when and when.start() <= d.span.start < when.end()), None)
            if when and there and day:
                return Minutes(page, m, Span(*when.span()), day)
        return None

    def __init__(self, page: Page, match: re.Match[str], span: Span, day: Day) -> None:
        self.match, self.span = match, span
        name = table("meetings").pattern(r"{minutes_name}").search(page.meta.title)
        self.entity = Entity("Meeting", name["N"] if name else "会议", props={"date": day.iso})

    @property
    def row(self) -> Row:
        """The construction that this is."""
        return table("meetings")["minutes"][0]
