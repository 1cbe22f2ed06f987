"""Which day of a page that of a meeting is, by where the words stand that name it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

from kg.lazy import lazy
from loaders.prose.page import Page
from loaders.prose.relate.day import Day, days
from loaders.prose.relate.subject import Clauses

_SPAN = lazy(r"(?:[0-9]{1,2}月)?[0-9]{1,2}日?(?:至|到|—|－|-)+(?:[0-9]{1,2}月)?[0-9]{1,2}日")
_NEWS = lazy("消息|[电讯]|报道|获悉|发布")  # '据省厅21日消息，推进会19日在石桥召开'
_RELEASED = lazy(
    "(?:上午|下午)?(?:[向对](?:媒体|社会|公众|新闻界|外界?)(?:公开)?(?:通报|公布|发布|披露|通告)"
    "|，?[^，。；\n]{0,6}记者从[^，。；会\n]{2,24}(?:获悉|了解到|得知))"
)
_PHASE = lazy("(?:时间|期限|阶段)(?:安排)?[：（(](?:[^。；\n]{0,16}(?:至|到|—|－|-)+)?$")
LATELY = lazy("近日|日前|近期|近段时间")


class Dated:
    """The days of a page (``all``), looked up by where the words of a meeting stand; a match names it in ``N``."""

    def __init__(self, page: Page, clauses: Clauses) -> None:
        self.page, self.clauses = page, clauses

    @cached_property
    def all(self) -> list[Day]:
        """Every day, in order."""
        return days(self.page)

    def of(self, m: re.Match[str]) -> Day | None:
        """The day in the sentence that stands last before the name, else one between the name and its verb."""
        sentence = self.clauses.sentence(m.start("N"))
        low = sentence.span.start if sentence else m.start()
        i = bisect_right(self.all, m.start("N"), key=lambda d: d.span.start) - 1
        after = self.all[i + 1] if i + 1 < len(self.all) else None
        if i >= 0 and self.all[i].span.start >= low:
            if after and after.span.end <= m.end() and _NEWS.match(self.page.text, self.all[i].span.end):
                return after
            return None if self._anothers(self.all[i], low) else self.all[i]
        bracket = self.page.text[m.end("N") : m.end("N") + 1] == "（"  # '推进会（5月8日）'
        return after if after and after.span.end <= m.end() + 12 * bracket else None

    def earlier(self, at: int) -> Day | None:
        """The day named last before an offset, of the news aside."""
        before = self.all[: bisect_right(self.all, at, key=lambda d: d.span.start)]
        return next((d for d in reversed(before) if not (self._told_on(d) or self._phase(d))), None)

    def at(self, start: int) -> Day | None:
        """The day that the words at an offset open with."""
        i = bisect_left(self.all, start, key=lambda d: d.span.start)
        day = self.all[i] if i < len(self.all) else None
        return day if day and not self.page.text[start : day.span.start].strip() else None

    def opening(self, at: int) -> Day | None:
        """The day of the first sentence of a paragraph that goes on to say who summoned whom."""
        sentence = self.clauses.sentence(at)
        line = self.page.paragraphs[sentence.paragraph] if sentence else None
        day = self.earlier(at)
        near = day and line and line.start <= day.span.start <= line.start + 24
        return day if near and day and line and not self._anothers(day, line.start) else None

    def _anothers(self, day: Day, low: int) -> bool:
        """Whether a day begins the time of what a sentence from ``low`` on told of 'lately' ('近日，针对3月9日至15日的火点…'), or is
        that of the news ('省厅5月8日向媒体通报，…', '昨日，记者从省厅获悉，…')."""
        text = self.page.text
        return self._told_on(day) or bool(
            _SPAN.match(text, day.span.start) and LATELY.search(text, low, day.span.start)
        )

    def _told_on(self, day: Day) -> bool:
        """Whether a day is that of the news ('省厅5月8日向媒体通报')."""
        return _RELEASED.match(self.page.text, day.span.end) is not None

    def _phase(self, day: Day) -> bool:
        """Whether a day begins, or ends, the time of a plan's phase ('时间：9月20日—9月30日')."""
        return _PHASE.search(self.page.text, max(0, day.span.start - 24), day.span.start) is not None
