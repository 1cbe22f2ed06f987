"""Figures that a notice tells of: what an indicator came to in a place over a period. Rows in tables/measured.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.dates import days_of
from kg.lazy import lazy
from kg.model import Value
from loaders.prose.page import Entity, Page, Sentence, Span, Statement
from loaders.prose.relate.home import Places
from loaders.prose.relate.issuer import genre
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.targets import find

_BOUND = lazy(r"[ ]?(?:及?以[上下内]|之内|左右|（含）|的?(?:目标|任务|要求|标准|底线))")
_SURE = 0.85


def relate(page: Page) -> list[Statement]:
    """OBSERVED_IN from each figure to the one place that its sentence speaks of, and where the figure is stated."""
    return list(_Figures(page).read())


class _Figures:
    """Reads the figures of one page."""

    def __init__(self, page: Page) -> None:
        self.page, self.text = page, page.text
        self.places = Places(page)
        rows = table("measured")
        self.rows = rows.sieve("figure").over(page.text)
        self.past, self.none = rows.any_of("past"), rows.any_of("not")
        self.period = rows.any_of("period")
        self.aims = [t.span for t in find(Slots.of(page))]
        self.plan = genre(page) == "document" and not re.search("通报|公示", page.meta.title)

    def read(self) -> Iterator[Statement]:
        notice = Entity("Notice", self.page.meta.title)
        for sentence in () if self.plan else self.page.sentences:
            start, end = sentence.span.start, sentence.span.end
            if sentence.heading or not self.rows.any(start, end) or not self.past.search(self.text, start, end):
                continue
            for row, m in self.rows.matches(start, end):
                place = self.places.only(self.places.named(start, m.start()))
                if place is None or self._none(sentence, m):
                    continue
                figure, span = self._figure(row, m, place, sentence)
                yield Statement(figure, "STATED_IN", notice, (span,), row.name, _SURE)
                yield Statement(figure, "OBSERVED_IN", place, (span,), row.name, _SURE)

    def _figure(self, row: Row, m: re.Match[str], place: Entity, sentence: Sentence) -> tuple[Entity, Span]:
        indicator, unit = m["I"].strip("“”的"), m["U"]
        value, period = float(m["N"]), self._period(sentence.span.start, m.start())
        name = f"{place.name}{period}{indicator}{value:g}{unit}"
        props: dict[str, Value] = {"indicator": indicator, "value": value, "unit": unit, "period": period}
        props["first_day"], props["last_day"] = days_of(period, self.page.meta.day)
        return Entity("Observation", name, [], "", props), sentence.span

    def _none(self, sentence: Sentence, m: re.Match[str]) -> bool:
        """Whether a figure is a goal, a bound, another year's or a standard."""
        low = max(sentence.span.start, *(self.text.rfind(c, sentence.span.start, m.start()) + 1 for c in "，；：、"))
        aimed = any(a.start < m.end() and m.start() < a.end for a in self.aims)
        return bool(aimed or self.none.search(self.text, low, m.start()) or _BOUND.match(self.text, m.end()))

    def _period(self, start: int, at: int) -> str:
        found = [p.group() for p in self.period.finditer(self.text, start, at)]
        return found[-1] if found else ""
