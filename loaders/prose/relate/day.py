"""Days that a page names, as ISO dates: the year from the page's date of publication, looking back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from loaders.prose.page import Page, Span

_DAY = re.compile(
    r"(?<!截至)(?<!截止)(?<![自从至到截])(?:(?P<y>[0-9]{4})年|(?P<said>今年|去年|本年))?(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})日(?!前|以前|之前|以来|至|止)"
)
_SPOKEN = re.compile(r"今[天日]|昨[天日]|前天|(?<!同)当[天日]")


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where it stands; ``iso`` is '--MM-DD' where no year can be had."""

    span: Span
    iso: str


def days(page: Page) -> list[Day]:
    """The days of a page in order; '今天' and '昨日' count from the publication, '当天' from the day named before."""
    published = _date(page.meta.published)
    found = [(m.start(), m) for m in _DAY.finditer(page.text)] + [(m.start(), m) for m in _SPOKEN.finditer(page.text)]
    return list(_read([m for _, m in sorted(found, key=lambda f: f[0])], published))


def _read(found: list[re.Match[str]], published: date | None) -> Iterator[Day]:
    last: tuple[int, str] | None = None
    for m in found:
        span = Span(*m.span())
        if m.re is _DAY:
            iso = _iso(m, published, int(last[1][:4]) if last and last[1][:2] != "--" else None)
            if iso:
                last = (m.start(), iso)
                yield Day(span, iso)
        elif m.group()[0] == "当":
            if last:
                yield Day(span, last[1])
        elif published:
            back = {"今": 0, "昨": 1, "前": 2}[m.group()[0]]
            yield Day(span, (published - timedelta(days=back)).isoformat())


def _iso(m: re.Match[str], published: date | None, near: int | None) -> str:
    month, day = int(m["m"]), int(m["d"])
    if m["y"]:
        return _valid(int(m["y"]), month, day)
    if published is None:
        return f"{near:04}-{month:02}-{day:02}" if near else f"--{month:02}-{day:02}" if _valid(2000, month, day) else ""
    if m["said"]:
        return _valid(published.year - (m["said"] == "去年"), month, day)
    this = _valid(published.year, month, day)
    return this if this and this <= published.isoformat() else _valid(published.year - 1, month, day)


def _valid(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
