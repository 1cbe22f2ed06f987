"""Numbers that somebody must reach: indicator, op, value, unit, period.

A target is an indicator, words of comparison that end where the number begins, and a number with its unit; the tables
hold the words, what makes a number a goal, and what makes it none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from kg.dates import days_of
from kg.lazy import lazy
from kg.model import Value
from kg.sieve import Part, compiled
from loaders.prose.last import last
from loaders.prose.page import Entity, Page, Sentence, Span, Statement
from loaders.prose.relate.indicators import Indicators
from loaders.prose.relate.issuer import genre
from loaders.prose.relate.quantities import Quantities, Quantity, valued
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import Slots
from loaders.prose.sift import sift
from loaders.words import HAN_NUMBER

_NUMBER = lazy(
    "[0-9]|[一二三四五六七八九两十百千](?:成|次|晚|个晚|夜|班|回|遍|趟|轮|天|百|十|场|厘米|米|%)|百分之|[前后][一二三四五六七八九十]|[为归]零"
)
_PERIOD = lazy(
    r"(?<![0-9至到—–~年-])[0-9]{1,2}月(?:[0-9]{1,2}日[之以]?前|(?:至|到|—|-)(?:次年|翌年|来年)[0-9]{1,2}月)|(?<![较比与])(?:[0-9]{4}年[0-9]{1,2}(?:-|—|至|到)[0-9]{1,2}月)|(?:[0-9]{4}年[0-9]{1,2}月(?:至|到|—|-)(?:[0-9]{4}年|次年)?[0-9]{1,2}月)|(?<![较比与])到?(?:[0-9]{4}年|今年|明年|全年|年度|上半年|下半年|“十[三四五六]五”(?:末|期间)?|秋冬季|今冬明春|供暖季|采暖季|[一二三四]季度)(?:(?:[0-9]{1,2}月|年)?底前?|(?:年)?末|[0-9]{1,2}月底前?|[0-9]{1,2}月[0-9]{1,2}日前|[0-9]{1,2}月(?![0-9]))?"
    rf"|到?(?:[0-9]{{1,2}}|{HAN_NUMBER})月(?:底|末)前?|[0-9]{{1,2}}月份?第[一二三四五1-5]个?周|[0-9]{{1,2}}月份|(?<![0-9年至到—–~-])[0-9]{{1,2}}月(?![份底末内前中上下初以之至到—–~0-9-])|年底前?|(?<![0-9])年内|[^，。；\s\ue000-\ue0ff]{{0,4}}(?:预警|响应|榨季|供暖季|采暖季|秋冬季|三夏|三秋|主汛期|汛期|禁烧期|夏收|秋收|春耕)”?期间|(?<!上)年度"
)
_EVERY = lazy("每(?:个)?(?:工作日|小时|半月|两周|日|天|周|月|季度?|半年|年|旬|晚|夜|班)(?=[^，。；]*$)")
_BASE = lazy(
    "(?:比(?![率例重])|较|与)(?:平日|平时|平常|上年|上一年|去年|前一年|[0-9]{4}年)[^，。；、0-9]{0,8}?(?:相比|水平|同期|底|均|分别|再|继续|至少|累计)*"
)
_CHANGED = lazy(
    "(同比|环比)?[再]?(下降|降低|减少|削减|压减|压降|缩减|减|增加|提高|提升|上升|增长|改善|扩大|减量|降|增|下调|停驶|限产|减产|停运|停产|减排|减负荷)$"
)
_BASE_UPTO = lazy(f"(?:{_BASE.pattern})$")
_SHARED = lazy("均|分别|再|继续|累计|至少")  # words of a base that say nothing of it
_GLOSS = lazy(
    "[（(](?:[A-Za-z]|(?:达到|符合)[^（）()]*类)[^（）()]*[）)]"
)  # '二氧化硫（SO2）', '水质优良（达到Ⅲ类）比例': the indicator once more
_CARRY_OUT = lazy("(?:开展|组织|进行|实施)$")  # '对排口开展不少于2次联合巡查'
_OFTEN = lazy("[次轮遍趟]")
_THINGS = lazy("[套台座处辆个名人条口支]")
_WORSE = lazy(
    "(?:浓度|综合指数|污染天数|超标天数|排放总?量|降尘量).{0,24}(?:上升|升高|反弹|增加|增长|提高)$"
)  # nobody aims at that
_OF_A_YEAR = lazy("年(?:度)?(?:均|平均)")
_FINE = lazy("(?:细|可吸入)颗粒物（(PM2\\.5|PM10)）")  # which goes by its letters
_AND_SUCH = lazy(
    "等(?:主要|重点|各类)?(?:大气|水)?污染物(?=排放|浓度|总量)"
)  # '氮氧化物等主要污染物排放总量' ends a list
_YEAR = lazy("(?<![比较与到由从])(20[0-9]{2})年(?!底|末|前|[^，]{0,6}(?:基础|基数|相比))")
_AIMS = lazy("目标(?:任务|值|指标)?(?:是|为|：|，)|(?:目标任务|任务|指标)(?:是|为|：)")
_AIMED = lazy(
    "^(?!.*(?:没有|没能|未能?|超额|提前|圆满)(?:完成|达到|实现)).*目标"
)  # heads goals, not what became of them
_AFTER = lazy("[^，。；：、！？）]{0,12}")
_TASK_AHEAD = lazy(
    "(?:[、和][^，。；：、0-9]{2,14}[0-9.]+[^，。；：、0-9]{1,4}?)+的(?:年度|目标|减排|硬)*任务"
)  # '削减化学需氧量1200吨、氨氮85吨的任务'
_WINDOW = 36  # characters of the words of comparison
_FAR = 400  # characters that what makes a number a goal may stand before it
_LEAD = 12  # a period that opens a sentence holds for all of it


@dataclass(frozen=True, slots=True)
class Found:
    """A target with the words it rests on."""

    entity: Entity
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class _Compared:
    """A quantity with the row that compares and where its words begin."""

    quantity: Quantity
    row: Row
    match: re.Match[str]

    @property
    def op(self) -> str:
        """The comparison, as the words after the number have it where they may."""
        fixed = self.row.get("fixed") or not self.quantity.bound
        return self.row.get("op") if fixed else self.quantity.bound


@cache
def _tables() -> tuple[Part[tuple[Row, str]], re.Pattern[str], re.Pattern[str], Quantities]:
    t = table("targets")
    return (
        sift([(r, f"(?:{r.source})[ ]?$") for r in t["comparator"]], itemgetter(1)),
        t.any_of("goal"),
        t.any_of("told"),
        Quantities(),
    )


def _clause(sentence: Sentence, at: int) -> Span:
    """The clause of a sentence that an offset lies in."""
    i = bisect_right(sentence.clauses, at, key=lambda c: c.start) - 1
    return sentence.clauses[i] if i >= 0 else sentence.span


class Targets:
    """Reads the targets of one page."""

    def __init__(self, page: Page, slots: Slots) -> None:
        self.page, self.text = page, page.text
        rows, self._goal, self._told, self._quantities = _tables()
        self.rows = rows.over(page.text)
        self._not = table("targets").sieve("not").over(page.text)
        self.names = Indicators(page, slots)
        # a plan or notice sets numbers in its tasks without saying that they must be reached
        self._plan = genre(page) == "document" and not re.search("通报|公示", page.meta.title)
        self._under = False  # under a heading that says 目标
        self._published = int(page.meta.published[:4] or 0)

    def read(self) -> list[Found]:
        """All targets in order."""
        out: list[Found] = []
        for sentence in self.page.sentences:
            if sentence.heading:
                self._under = bool(_AIMED.search(self.page.quote(sentence.span)))
            if _NUMBER.search(self.text, sentence.span.start, sentence.span.end):
                self.names.begin()
                for found in self._compared(sentence):
                    out += self._targets(sentence, found)
        return out

    def _compared(self, sentence: Sentence) -> Iterator[_Compared]:
        """The quantities of a sentence that are to be reached, in order."""
        for q in self._quantities.find(self.text, sentence.span.start, sentence.span.end):
            if self.text.endswith("PM", 0, q.start):
                continue
            low = max(sentence.span.start, q.start - _WINDOW)
            low = max(low, *(self.text.rfind(c, low, q.start) + 1 for c in "，；："))
            best: tuple[Row, re.Match[str]] | None = None
            for row, source in self.rows.among(low, q.start):
                m = compiled(source).search(self.text, low, q.start)
                if m is None or not self._fits(row, q, low) or (best and m.start() >= best[1].start()):
                    continue
                if self._is_goal(sentence, low, q, row):
                    best = row, m
            if best is not None and not self._no_goal(sentence, low, q):
                yield _Compared(q, *best)

    def _fits(self, row: Row, q: Quantity, low: int) -> bool:
        """Whether a row is for numbers of this unit, and its further conditions hold."""
        fields = row.fields
        if "units" in fields and not re.fullmatch(fields["units"], q.unit):
            return False
        if "before" in fields and not re.search(f"(?:{fields['before']})$", self.text[low : q.start]):
            return False
        if "after" in fields and not re.search(fields["after"], self.text[q.end : q.end + 24]):
            return False
        if fields.get("zero") and q.values[-1] or fields.get("bound") and not q.bound:
            return False
        if fields.get("counted") and "after" not in fields:
            after = re.match("[^，。；：]{0,16}(?:目标|任务|指标|计划)", self.text[q.end : q.end + 24])
            return bool(after) or self._under
        if not q.unit and q.values[-1]:
            return bool(re.search("[指系]数|PM|浓度|均值", self.text[max(0, q.start - 12) : q.start]))
        return True

    def _is_goal(self, sentence: Sentence, segment: int, q: Quantity, row: Row) -> bool:
        clause = _clause(sentence, q.start)
        near = self.text[max(clause.start, q.start - _FAR) : q.end]
        here = bool(self._goal.search(self.text, segment, q.end))
        begun = max(sentence.span.start, q.start - _FAR)
        aims = self._under or bool(_AIMS.search(self.text, begun, q.start))
        if not (here or aims) and (self._is_told(near) or self._is_past(near)):
            return False
        kind = row.get("goal")
        if kind == "aims":
            return aims or bool(row.get("plan") and self._plan)
        said = self.text[begun : q.end]
        if row.get("before") and _TASK_AHEAD.match(self.text, q.end):
            return True
        return kind in ("always", "task") or aims or self._plan or bool(self._goal.search(said))

    def _is_told(self, said: str) -> bool:
        """Whether words tell what has been reached: the last of them with no word of a goal behind it."""
        last = max((m.end() for m in self._told.finditer(said)), default=-1)
        return last >= 0 and self._goal.search(said, last) is None

    def _is_past(self, said: str) -> bool:
        """Whether words tell of a year before that of the page."""
        years = [int(y) for y in _YEAR.findall(said)]
        return bool(years) and max(years) < self._published

    def _no_goal(self, sentence: Sentence, segment: int, q: Quantity) -> bool:
        before, after = self.text[segment : q.start], self.text[q.end : min(q.end + 8, sentence.span.end)]
        for row in self._not.among(segment, q.start):
            units, other = row.get("units"), row.get("not_units")
            if (units and not re.search(f"(?:{units})$", q.unit)) or (other and re.fullmatch(other, q.unit)):
                continue
            if row.pattern.search(before) and re.search(row.get("after"), after):
                return True
        return False

    def _targets(self, sentence: Sentence, found: _Compared) -> Iterator[Found]:
        q, row = found.quantity, found.row
        start = sentence.span.start
        clause = _clause(sentence, q.start)
        period = self._period(max(clause.start, q.start - _FAR), q.start) or self._period(
            start, min(start + _LEAD, q.start), often=False
        )
        base = self._base(found)
        for words, at, value, unit, named in self._members(sentence, found):
            words = _AND_SUCH.sub("", _FINE.sub(r"\1", words))
            indicator = _GLOSS.sub("", words) or words
            if _WORSE.search(indicator):
                continue
            unit += row.get("suffix") + (f"/{found.match['per']}" if "per" in found.match.re.groupindex else "")
            props: dict[str, Value] = {"indicator": indicator, "op": found.op, "value": value, "unit": unit}
            if named or period:
                props["period"] = named or period
            of = named or period or ("全年" if _OF_A_YEAR.search(indicator) else "")
            props["first_day"], props["last_day"] = days_of(of, self.page.meta.day, ahead=True)
            if base:
                props["baseline"] = base
            name = f"{indicator}{found.op}{value:g}{unit}"
            yield Found(Entity("Target", name, [], "", props), Span(at, q.end), row.name)

    def _base(self, found: _Compared) -> str:
        """What a change is reckoned from, with the change ('比2020年下降'); '' where the words say no year."""
        if not found.row.get("change") or not (change := _CHANGED.search(found.match["c"])):
            return ""
        alike = re.search("同比|环比", change.group())
        upto = found.match.start() + change.end()
        base = _BASE_UPTO.search(self.text, max(0, upto - _WINDOW), upto - len(change.group()))
        return base.group() + change.group() if base else alike.group() if alike else ""

    def _period(self, start: int, at: int, *, often: bool = True) -> str:
        said = self.text[start:at]
        every = list(_EVERY.finditer(said)) if often else []
        if every:
            return every[-1].group()
        found = [p.group() for p in _PERIOD.finditer(said)]
        found = [p for p in found if p != "年度"] or found  # '2024年，…年度目标'
        return found[-1] if found else ""

    def _members(self, sentence: Sentence, found: _Compared) -> Iterator[tuple[str, int, float, str, str]]:
        """Indicator, offset, value, unit and period ('' where the sentence's own holds) of each number or indicator."""
        q, names = found.quantity, self.names
        begin = names.segment(sentence.span.start, q.start)
        stop = max(begin, found.match.start())
        words = self._indicator(sentence, found, begin, stop)
        change = _CHANGED.search(found.match["c"]) if found.row.get("change") else None
        base = self._base(found)
        tail = _SHARED.sub("", base) if _BASE.match(base) else change.group() if change else ""
        if not words and not (tail and found.row.get("units")):
            return
        if change and _THINGS.fullmatch(q.unit) and not names.phrase(begin, stop):
            return  # '倒排工期，增加1套设备'
        shared = len(q.values) > 1 or names.shared(self.text[stop : q.start] + self.text[max(begin, stop - 4) : stop])
        last = words.split("和")[-1].split("与")[-1] if shared and not found.row.get("inside") else words
        others = (
            list(names.members(begin, stop, last, shared=shared, alike=len(set(q.units)) == 1))
            if not found.row.get("inside")
            else []
        )
        deed = words if found.row.get("inside") and "每" in self.text[begin:stop] else ""
        if len(q.values) == 1 and (deed or q.unit) and next(names.each_every(sentence.span.start, begin, deed), None):
            others = []  # each of them has its own period
        said = [(w + tail, at) for w, at in reversed(others)] + [((last if others else words) + tail, begin)]
        values = list(zip(q.values, q.units, strict=True))
        listed = list(names.each_every(sentence.span.start, begin, deed)) if len(values) == 1 else []
        if listed and deed:  # '县级林长每季度、村级林长每旬至少巡林1次'
            said = [(self.text[begin:stop].partition("每")[0] + deed, begin)]
        for who, every in listed:
            yield who, begin, *valued(who, *values[0]), every
        if len(values) == 1:
            for w, at in reversed(said):
                yield w, at, *valued(w, *values[0]), ""
        elif places := names.by_place(begin, stop, len(values), words):
            for w, (v, u) in zip(places, values, strict=True):
                yield w + tail, begin, *valued(w, v, u), ""
        elif len(said) == len(values):
            for (w, at), (v, u) in zip(said, values, strict=True):
                yield w, at, *valued(w, v, u), ""
        else:  # one indicator over several periods
            periods = names.listed(begin)
            periods = periods if len(periods) == len(values) else [""] * len(values)
            for (v, u), p in zip(values, periods, strict=True):
                yield words + tail, begin, *valued(words, v, u), p

    def _indicator(self, sentence: Sentence, found: _Compared, begin: int, stop: int) -> str:
        q, row, names = found.quantity, found.row, self.names
        if row.get("counted"):
            return names.counted(sentence, q.start, q.end)
        if row.get("inside"):
            gap = re.sub("^(?:至少|最少)", "", self.text[found.match.start() : q.start])
            lead = names.phrase(begin, stop)
            tail = "" if lead and re.search("每", self.text[begin:stop]) and not gap else self._tail(q)
            deed = names.done(gap, q.end) if gap or tail else ""
            return names.keep(deed or lead) if not gap or not lead else names.keep(deed)
        if row.get("units") and re.search("名", row.get("units")) and not names.phrase(begin, stop):
            return "排名"
        often = _OFTEN.fullmatch(q.unit) and (
            names.phrase(begin, stop) in ("", "夜间", "白天") or _CARRY_OUT.search(self.text, begin, stop)
        )
        if often and (deed := names.done("", q.end)):
            return deed  # '夜间不少于两轮巡查'
        words = names.named(sentence, begin, stop, counts=bool(_THINGS.fullmatch(q.unit)))
        if words.startswith("每个") and _THINGS.fullmatch(q.unit) and (noun := self._tail(q)):
            return names.keep(words + noun)  # '每个小组不少于2名岗员'
        if words.endswith("指数") and row.get("units") and "名" in row.get("units"):
            return f"{words}排名"
        if row.get("label") and (
            not names.phrase(begin, stop) or re.fullmatch("(?:完成|建成)?", self.text[begin : q.start])
        ):
            return names.counted(sentence, q.start, q.end)
        return words

    def _tail(self, q: Quantity) -> str:
        after = _AFTER.match(self.text, q.end)
        return after.group() if after else ""


@last
def find(slots: Slots) -> list[Found]:
    """The targets of a page in order of their words; duties ask for them too."""
    return Targets(slots.page, slots).read()


def relate(page: Page) -> list[Statement]:
    """Every target of a page, stated in its notice."""
    notice = Entity("Notice", page.meta.title)
    return [Statement(f.entity, "STATED_IN", notice, (f.span,), f.rule) for f in find(Slots.of(page))]
