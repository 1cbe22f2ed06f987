"""Front matter of a list: title, kind, day, publisher, from the lines around it and what markup states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from kg.dates import due_of, find_dates
from kg.dates.period import last_day
from kg.lazy import lazy
from loaders.clean.values import iso_date, number_form
from loaders.lists.layout import Table
from loaders.lists.words import kind_by_title, words
from loaders.source.grid import Book

_ATTACHED = lazy(r"^(?:附件|附表|附|表)\s*[\d一二三四五六七八九十]*\s*[-—\d]*\s*[：:]?$")
_ATTACHED_TO = lazy(r"^附(?:件|表|录)?\s*[\d一二三四五六七八九十]*\s*[-—\d]*\s*[：: ]\s*(?=[\u4e00-\u9fff])")
_PART = lazy(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|附?表[一二三四五六七八九十\d]+[：:、]?)\s*"
)
_SITE = lazy(r"\s*(?:[_|]|\s[-–—]+\s|-{2,}|(?<=[\u4e00-\u9fff”）])-(?=[\u4e00-\u9fff])).*$")
_NAMED = lazy(r"[\u4e00-\u9fff]{6}(?:清单|台账|名册|名录|名单|表)(?:（[^）]*）)?$")
_BRACKETS = lazy(r"（[^）]*）")
_YEARS = lazy(r"(20\d{2})(?:年)?\s*(?:[—–\-－~至]+)\s*(20\d{2})年?")
_YEAR = lazy(r"(20\d{2})年")
_DAY_IN = lazy(r"(?:截至|截止|截止到|更新至|至)?\s*(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_RANGE = lazy(r"(20\d{2})年\d{1,2}月\d{1,2}日?\s*(?:至|到|[-—–－~～]+)\s*(\d{1,2})月(\d{1,2})日")
_AT_END = lazy(r"[ \u3000]{2}(20\d\d年\d{1,2}月\d{1,2}日)$")
_FIGURES = lazy(r"(?<![\d-])(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\d-])")
_MONTH_END = lazy(r"截[至止]到?\s*(20\d{2})年(\d{1,2})月(?:底|末)?")
_DEADLINE = lazy("以?前|以?后|之[前后]|内|起")
_NUMBER = lazy(r"[\u4e00-\u9fff]{2,16} ?[〔\[（【](?:19|20)\d{2}[〕\]）】] ?第? ?\d{1,5} ?号")


@dataclass(frozen=True, slots=True)
class Front:
    """What a list says of itself; '' where it says nothing. ``day`` is ISO."""

    title: str = ""
    kind: str = ""
    day: str = ""
    publisher: str = ""
    number: str = ""


@cache
def _labels(field: str) -> re.Pattern[str]:
    every = sorted(words()["front"][field], key=len, reverse=True)
    return re.compile(
        rf"(?:^|[\s　（(、，；|])(?:{'|'.join(map(re.escape, every))})(?:（[^）]*）|\([^)]*\))?\s*[：:]\s*([^\s　：:；;，,）)]+)"
    )


def fronts(tables: Sequence[Table], book: Book) -> list[Front]:
    """Front matter of each table of a book."""
    return [front(t, book, book.source, tables[0]) for t in tables]


def front(table: Table, book: Book, name: str, first: Table) -> Front:
    """Front matter of a table; ``name`` is the last resort for a title. A numbered heading ('二、任务清单') is a part of
    what the page, or the lines over the ``first`` table, are called."""
    head = [re.sub(r"[\n\r]+", " ", t).strip() for t in table.head]
    foot = [re.sub(r"[\n\r]+", " ", t).strip() for t in table.foot]
    title = title_of(head, book, table.grid.name, name)
    if _PART.match(title) and (whole := whole_title(first, book)):
        title = f"{whole}：{_PART.sub('', title)}"
    return Front(
        title,
        kind_by_title(title),
        day_of([*head, *foot], title, book),
        publisher_of([*head, *foot], book),
        next((number_form(m[0]) for t in head if (m := _NUMBER.search(t)) and len(t) < 40), ""),
    )


def whole_title(first: Table, book: Book) -> str:
    """What several tables with numbered headings are called together, '' where nothing says."""
    page = _SITE.sub("", book.meta.get("page_title", ""))
    lines = [re.sub(r"\s+", "", t) for t in (book.meta.get("title", ""), *first.head, page)]
    return next((t for t in lines if titled(t) and not _PART.match(t) and re.search(r"[\u4e00-\u9fff]{4}", t)), "")


def title_of(head: list[str], book: Book, sheet: str, name: str) -> str:
    """The line above the header that names the list, else what markup, the sheet or the file is called."""
    lines = [x for t in head if (x := _ATTACHED_TO.sub("", t).strip()) and titled(x)]
    listed = [x for x in lines if (kind_by_title(x) or _NAMED.search(x)) and "。" not in x]
    if listed:
        best = max(
            listed,
            key=lambda x: (
                bool(
                    re.search(
                        r"(?:清单|台账|名册|名录|名单|一览表|分工|花名册|表|[交督转]办单|通知单|单|函|方案|通报)(?:（.*）)?$",
                        x,
                    )
                ),
                len(x) > 7,
                listed.index(x) if book.format in ("html", "docx") else -listed.index(x),
            ),
        )
        return best.replace(" ", "")
    lines = [x for x in lines if "。" not in x] or lines  # a sentence is no title
    if lines and book.format in ("xlsx", "csv"):
        return max(lines, key=len).replace(" ", "")
    page = book.meta.get("title") or _SITE.sub("", book.meta.get("page_title", ""))
    if page and titled(page):
        return re.sub(r"\s+", "", page)
    if lines:
        return max(lines, key=len).replace(" ", "")
    if sheet and not re.fullmatch(r"(?i)(?:sheet|工作表|表)\s*\d*", sheet):
        return sheet
    return re.sub(r"\.\w+$", "", name.replace("\\", "/").rpartition("/")[2])


def titled(text: str) -> bool:
    """Whether a line may be a title: no label with a value, no date alone, not 附件1."""
    if len(text) < 4 or len(text) > 100 or _ATTACHED.match(text) or "：" in text[:12] or ":" in text[:12]:
        return False
    if _labels("date").search(_BRACKETS.sub("", text)):  # '某办公室　　交办日期：…'
        return False
    return not re.fullmatch(r"[\d年月日./\-— ]+", text) and not re.match(
        r"单位[：:]|联系|填报|首页|当前位置|您的位置", text
    )


def day_of(lines: Iterable[str], title: str, book: Book) -> str:
    """The day of a list: in its title's brackets, on a labelled line, alone in a cell, else what markup says, else the last of
    the month that its title names."""
    for text in (title, *dated(lines)):
        days = [*_DAY_IN.finditer(text), *_RANGE.finditer(text)]  # of two days the last is the list's
        for m in (*reversed(days), *_FIGURES.finditer("" if text is title else text)):
            if found := _iso(*map(int, m.groups())):
                return found
        if spelt := iso_date(text):  # in Chinese numerals
            return spelt
        if month := _MONTH_END.search(text):
            due = due_of(f"{month[1]}年{month[2]}月底")
            return due.due if due else ""
    return iso_date(book.meta.get("published", "")) or month_of(title)


def month_of(title: str) -> str:
    """The last day of the one month that a title names ('（2024年5月）'), '' where it names none, several, or a deadline."""
    months = [d for d in find_dates(title) if d.precision == "month"]
    if len(months) != 1 or months[0].iso_end or _DEADLINE.match(title, months[0].end):
        return ""
    year, month = map(int, months[0].iso.split("-"))
    return last_day(year, month).isoformat()


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def dated(lines: Iterable[str]) -> Iterator[str]:
    """Lines that state a day: labelled ones first, then those that are a date and little else."""
    kept = list(lines)
    pattern = _labels("date")
    for text in kept:
        if m := pattern.search(text):
            yield text[m.start(1) : m.start(1) + 24]
    for text in kept:
        if m := _AT_END.search(text):
            yield m[1]
        found = find_dates(text)
        if len(text) <= 40 and any(d.precision == "day" for d in found) or "截至" in text or "截止" in text:
            yield text


def publisher_of(lines: Iterable[str], book: Book) -> str:
    """Who made the list."""
    pattern = _labels("publisher")
    for text in lines:
        for m in pattern.finditer(text):
            name = re.sub(r"（(?:盖章|公章|章|签章|印)）?$|\((?:盖章|公章)\)?$", "", m[1]).strip("（）()")
            if re.search(r"[\u4e00-\u9fff]{3}", name) and not re.search(
                r"^(?:万?元|公里|个|户|人|吨|亩|本站|综合)", name
            ):
                return name
    return book.meta.get("publisher", "")


def reference(title: str, day: str) -> date | None:
    """The day from which a deadline without a year is counted: within the years of the title, else of the list's own
    day."""
    if m := _YEARS.search(title):
        return date(int(m[1]), 9, 1)
    years = {int(y) for y in _YEAR.findall(title)}
    if len(years) == 1:
        return date(years.pop(), 4, 1)
    if not day:
        return None
    own = date.fromisoformat(day)
    return own if own.month >= 11 else date(own.year, 3, 1)
