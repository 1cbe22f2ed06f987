"""From what a pattern read (year, month, 下旬 …) to days of the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

# Dates without a year look back from the publication date, but a notice also announces the weeks to come.
_AHEAD = timedelta(days=31)
_AHEAD_OF_ANCHOR = timedelta(days=150)  # a text without a date of its own tells on from the date that it named last
# Deadlines look ahead, but a report may come out after the first of the deadlines that it quotes.
_BEHIND = timedelta(days=60)

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1, "来年": 1, "前年": -2, "次年": 1, "翌年": 1}
_MONTHS = {"本月": 0, "当月": 0, "上个月": -1, "上月": -1, "下个月": 1, "下月": 1, "次月": 1}
_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "明天": 1, "明日": 1}
_WEEKS = {"上周": -1, "上星期": -1, "本周": 0, "这周": 0, "下周": 1, "下星期": 1}
_FEASTS = {"五一": (5, 1), "七一": (7, 1), "国庆": (10, 1), "元旦": (1, 1)}
_TENTHS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10)}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, and how precise the text was: day, month, quarter, half or year."""

    first: date
    last: date
    precision: str


@dataclass(slots=True)
class Context:
    """What an incomplete date is completed from: the publication date, and the date that was named last in the text."""

    reference: date | None
    anchor: date | None = None
    forward: bool = False

    @property
    def now(self) -> date | None:
        """The date that 今年 and 本月 count from."""
        return self.reference or self.anchor


def number(text: str) -> int:
    """A numeral below 100 or a year written digit by digit: '12', '十二', '二十', '两', '二〇一六'."""
    if text.isdigit() and text.isascii():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[c]) for c in text))


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the month's last day where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def period(read: Mapping[str, str | None], context: Context) -> Period | None:
    """The period that the groups of a pattern name; None where a year cannot be known or the day does not exist."""
    try:
        start = _start(read, context)
        if start is None or not any(read.get(k) for k in ("month2", "day2", "year2")):
            return start
        return _range(read, start)
    except (ValueError, OverflowError):  # the 31st of a month that has none
        return None


def _start(read: Mapping[str, str | None], context: Context) -> Period | None:
    now, anchor = context.now, context.anchor
    if read.get("serial"):
        return _one(date(1899, 12, 30) + timedelta(days=int(read["serial"] or 0)))
    if relday := read.get("relday"):
        base = now if relday in _DAYS else anchor
        shift = _DAYS.get(relday, 0 if relday in ("同日", "当日", "当天") else 1)
        return _one(base + timedelta(days=shift)) if base else None
    if feast := read.get("feast"):  # the day before it
        day = timedelta(days=1)
        return _in_year(_year(read, context), lambda y: _one(date(y, *_FEASTS[feast]) - day), context)
    if plan := read.get("plan"):
        return Period(date(2001 + 5 * number(plan), 1, 1), date(2005 + 5 * number(plan), 12, 31), "year")
    if week := read.get("week"):
        return _one(_weekday(now, _WEEKS[week], read.get("weekday") or "一")) if now else None
    if this := read.get("this"):
        return _this(this, now) if now else None
    if not any(read.get(k) for k in ("month", "relmonth", "quarter", "half", "day", "bareday")) and read.get("month2"):
        return _one(now) if now else None  # 即日起至…
    return _calendar(read, context)


def _calendar(read: Mapping[str, str | None], context: Context) -> Period | None:
    now = context.now
    year = _year(read, context)
    part = (read.get("part") or "").removeprefix("月")
    if relmonth := read.get("relmonth"):
        if now is None:
            return None
        moved = add_months(now.replace(day=1), _MONTHS[relmonth])
        return _month(moved.year, moved.month, read.get("day"), part)
    if month := read.get("month"):
        return _in_year(year, lambda y: _month(y, number(month), read.get("day"), part), context)
    if day := read.get("day") or read.get("bareday"):
        return _bare_day(number(day), context)
    if quarter := read.get("quarter"):
        end = number(quarter) * 3
        return _in_year(year, lambda y: Period(date(y, end - 2, 1), last_day(y, end), "quarter"), context)
    if half := read.get("half"):
        first, end = (1, 6) if half == "上半年" else (7, 12)
        return _in_year(year, lambda y: Period(date(y, first, 1), last_day(y, end), "half"), context)
    if read.get("yearend"):
        year = year or (now.year if now else None)
        return Period(date(year, 1, 1), date(year, 12, 31), "year") if year else None
    if part and now:  # 月底前: of this month
        return _month(now.year, now.month, None, part)
    if year is None and read.get("year2"):
        year = number(read["year2"] or "")
    return Period(date(year, 1, 1), date(year, 12, 31), "year") if year else None


def _year(read: Mapping[str, str | None], context: Context) -> int | None:
    written = read.get("year") or read.get("year_dash")
    if written:
        return number(written)
    word = read.get("relyear")
    if not word:
        return None
    if word in ("同年", "当年"):
        base = context.anchor or context.reference
        return base.year if base else None
    base = context.anchor if word in ("次年", "翌年") else context.now
    base = base or context.now
    return base.year + _YEARS[word] if base else None


def _in_year(year: int | None, make: Callable[[int], Period], context: Context) -> Period | None:
    """The period in the year given, or in the year that fits the reference best."""
    if year is not None:
        return make(year)
    now = context.now
    if now is None:
        return None
    ahead = _AHEAD if context.reference is not None else _AHEAD_OF_ANCHOR
    years = (now.year - 1, now.year, now.year + 1)
    for candidate in years if context.forward else reversed(years):
        try:
            found = make(candidate)
        except ValueError:  # 29 February
            continue
        if found.last >= now - _BEHIND if context.forward else found.first <= now + ahead:
            return found
    return None


def _bare_day(day: int, context: Context) -> Period | None:
    """The 15th: of the month named last, else of the month that fits the reference."""
    if context.anchor and not context.forward:
        return _one(context.anchor.replace(day=day))
    now = context.now
    if now is None:
        return None
    found = now.replace(day=day)
    if context.forward and found < now:
        found = add_months(now.replace(day=1), 1).replace(day=day)
    if not context.forward and found > now + timedelta(days=10):
        found = add_months(now.replace(day=1), -1).replace(day=day)
    return _one(found)


def _range(read: Mapping[str, str | None], start: Period) -> Period | None:
    year2, month2, day2 = read.get("year2"), read.get("month2"), read.get("day2")
    later = read.get("relyear2")
    year = number(year2) if year2 else start.first.year + (1 if later in ("次年", "翌年", "明年", "来年") else 0)
    month = number(month2) if month2 else (12 if not day2 else start.first.month)
    if not year2 and not later and month < start.first.month:
        year += 1  # 11月至3月
    last = date(year, month, number(day2)) if day2 else last_day(year, month)
    if last < start.first:  # a slip of the pen: 2024年10月至2024年3月
        return start
    return Period(start.first, last, "day" if day2 else ("month" if month2 else "year"))


def _month(year: int, month: int, day: str | None, part: str) -> Period:
    if day:
        return _one(date(year, month, number(day)))
    end = last_day(year, month)
    if part in _TENTHS:
        first, last = _TENTHS[part]
        return Period(date(year, month, first), date(year, month, min(last, end.day)), "month")
    return Period(date(year, month, 1), end, "month")


def _one(day: date) -> Period:
    return Period(day, day, "day")


def _weekday(now: date, weeks: int, weekday: str) -> date:
    index = "一二三四五六日".index("日" if weekday == "天" else weekday)
    return now - timedelta(days=now.weekday()) + timedelta(days=7 * weeks + index)


def _this(word: str, now: date) -> Period:
    if word == "本周":
        return Period(now, now + timedelta(days=6 - now.weekday()), "week")
    if word == "本月":
        return Period(now, last_day(now.year, now.month), "month")
    if word == "本季度":
        return Period(now, last_day(now.year, (now.month - 1) // 3 * 3 + 3), "quarter")
    return _one(now)
