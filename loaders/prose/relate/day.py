"""The days that a page names as the time of something: no deadlines, no ends of a span of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.dates import find_dates
from kg.lazy import lazy
from kg.sieve import compiled
from loaders.prose.page import Page, Span
from loaders.words import NTH

_PLAIN = lazy(r"(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]")
_YEAR = lazy(r"(?<!\d)20\d\d(?=年|[—～\-至]|〕)")
_LONG_AGO = lazy("20\\d\\d年[^。\n]{0,12}[，]?曾")  # '2013年冬季，曾…': no year of what is told
_STAMP = lazy(r"(?<![\d.])(?:(20\d\d)[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](20\d\d))(?![\d.])")
_WINTER = lazy(r"20\d\d年?[—～\-至]+20\d\d年(?=度?秋冬|度?冬|采暖)")
_NOT_BEFORE = lazy(r"(?:截至|截止|自|从|至|到|—|-|日一)\Z")
_NOT_AFTER = lazy(r"前|以前|之前|以来|止|起|至|—|[-一](?=[0-9]{1,2}月)")
_SPOKEN = compiled(
    r"前一[天日晚]|(?:次|翌)日(?!前|内|起)|第二天(?!前|内|起)|今[天日晨早晚]|昨[天日晚夜]|前[天日](?!本)|前晚|(?<!同)当[天日晚](?!地)"
    r"|(?:(?<![\u4e00-\u9fff])|(?<=于))(?:周|星期)[一二三四五六日天](?=上午|下午|晚|，)"
    r"|(?:(?<=讯)|(?<=讯[ 　])|(?<=讯）)|(?<=[\u4e00-\u9fff]）)|(?<=[\u4e00-\u9fff]）[ 　]))\d{1,2}[日号](?=，)"
    r"|(?:(?<=[\u4e00-\u9fff])(?<![月年第至到截])|(?<![\d\u4e00-\u9fff、—～\-]))\d{1,2}[日号](?=主持|组织召开|召开|上午|下午|晚)"
)
_BARE = lazy("[0-9]{1,2}[日号]")
_OF_YEAR = lazy(rf"(?:召开|举行|举办)了?(20\d\d)年度?[^，。；：\n]{{0,24}}?第{NTH}(?:次|季度)")
_HELD = ("召开", "举行", "举办")
_WEEKDAYS = "一二三四五六日"
_SENT = lazy("[电讯]")
_ANY_YEAR = 2000  # stands for the year that a report's own day leaves out: '本报5月8日讯'


@dataclass(frozen=True, slots=True)
class Day:
    """A day and where it stands; ``iso`` is '--MM-DD' where no year can be had, ``spoken`` whether it says '昨天'."""

    span: Span
    iso: str
    spoken: bool = False


def days(page: Page) -> list[Day]:
    """The days of a page in order; '今天' and '昨日' count from the publication, else from the day that the report was sent,
    '当天' from the day named before."""
    published = _date(page.meta.published)
    found = [*_named(page, published), *((Span(*m.span()), m.group()) for m in _SPOKEN.finditer(page.text))]
    out: list[Day] = []
    sent: date | None = None
    for span, words in sorted(found):
        if words[:1] in "-0123456789" and words[-1] not in "日号":
            iso = words
        else:
            iso = _spoken(words, published or sent, out)
            iso = iso if published else iso.replace(f"{_ANY_YEAR}-", "--")
        if iso:
            out.append(Day(span, iso, iso != words))
            if sent is None and _SENT.match(page.text, span.end):  # '本报5月8日讯', in whatever year
                sent = _date(iso.replace("--", f"{_ANY_YEAR}-", 1) if iso.startswith("--") else iso)
    return out


def _named(page: Page, published: date | None) -> Iterator[tuple[Span, str]]:
    text = page.text
    for d in find_dates(text, published):
        if d.precision != "day" or _SPOKEN.match(text, d.start):
            continue
        if _NOT_BEFORE.search(text[max(0, d.start - 2) : d.start]) and not text.startswith(_HELD, d.end):
            continue
        if _NOT_AFTER.match(text, d.end):
            continue
        iso = _past(d.iso, text[d.start : d.end], published)
        if not iso and (m := _PLAIN.search(text, d.start, d.end)):
            iso = f"{_year(page, int(m['m'])) or '-'}-{int(m['m']):02}-{int(m['d']):02}"
        if iso:
            yield Span(d.start, d.end), iso


def _year(page: Page, month: int) -> str:
    """The year of a month in a notice without a date of its own: the only one that it names, of a winter's two
    ('2021—2022年秋冬季') the one whose half the month is in, that of a stamp, that of which a meeting is the nth; '' where there
    are others."""
    text = f"{page.meta.title}\n{page.text}"
    text = "".join(s for s in re.split("(?<=[。\n])", text) if not _LONG_AGO.search(s))
    winters = {m.group() for m in _WINTER.finditer(text)}
    years = set(_YEAR.findall(_WINTER.sub("", text)))
    if len(winters) == 1:
        first, last = _YEAR.findall(next(iter(winters)))
        years |= {first if month > 6 else last}
    stamps = {m[1] or m[2] for m in _STAMP.finditer(text)}
    if len(years) != 1 and len(stamps) == 1:  # when the page was made: '2021-07-27 16:12'
        return stamps.pop()
    if len(years) > 1:  # '召开2020年第一次全会' among talk of 2019
        years = set(_OF_YEAR.findall(text)) & years
    return next(iter(years)) if len(years) == 1 else ""


def _past(iso: str, words: str, published: date | None) -> str:
    """'8日' without its month in a notice of the 1st is the 8th of the month before."""
    found = _date(iso)
    if found is None or published is None or not _BARE.match(words) or found <= published + timedelta(days=1):
        return iso
    back = (found.replace(day=1) - timedelta(days=1)).replace(day=1)
    try:
        return back.replace(day=found.day).isoformat()
    except ValueError:
        return iso


def _spoken(words: str, published: date | None, before: list[Day]) -> str:
    if words[0] == "当":
        return before[-1].iso if before else ""
    if (step := {"前一": -1, "次日": 1, "翌日": 1, "第二": 1}.get(words[:2])) is not None:
        known = _date(before[-1].iso) if before else None
        return (known + timedelta(days=step)).isoformat() if known else ""
    if published is None:
        return ""
    if words[0] in "周星":  # '周三': the last one
        back = (published.weekday() - _WEEKDAYS.index(words[-1].replace("天", "日"))) % 7
        return (published - timedelta(days=back)).isoformat()
    if words[0].isdigit():  # '县长张某8日主持召开'
        last, day = before[-1].iso if before else "", f"{int(words[:-1]):02}"
        if _date(last) and last[8:] <= day:  # '3月17日至18日…。18日上午'
            return last[:8] + day if _date(last[:8] + day) else ""
        iso = published.isoformat()[:8] + day
        return _past(iso, words, published) if _date(iso) else ""
    return (published - timedelta(days={"今": 0, "昨": 1, "前": 2}[words[0]])).isoformat()


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None
