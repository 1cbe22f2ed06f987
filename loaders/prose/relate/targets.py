"""Numbers that somebody must reach: indicator, op, value, unit, period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from loaders.prose.page import Entity, Page, Sentence, Span, Statement
from loaders.prose.relate.issuer import genre
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Slots

_NUMBER = re.compile("[0-9]")
_CUT = re.compile("[，。；：、（）！？“”\n]")
_PERIOD = re.compile(
    r"(?:[0-9]{4}年[0-9]{1,2}(?:-|—|至|到)[0-9]{1,2}月)|(?:[0-9]{4}年[0-9]{1,2}月(?:至|到|—|-)(?:[0-9]{4}年|次年)?[0-9]{1,2}月)|到?(?:[0-9]{4}年|今年|明年|全年|年度|上半年|下半年|“十[三四五六]五”(?:末|期间)?|秋冬季|供暖季|采暖季|[一二三四]季度)(?:(?:[0-9]{1,2}月)?底前?|(?:年)?末|[0-9]{1,2}月底前?|[0-9]{1,2}月[0-9]{1,2}日前)?"
    r"|(?:[0-9]{1,2}|[一二三四五六七八九十]+)月(?:底|末)前?|年底前?|[^，。；\s\ue000-\ue0ff]{0,4}(?:预警|响应)期间|每(?:个)?(?:工作日|日|天|周|月|季度?|半年|年|旬|晚|夜|班)|年度"
)
_EVERY = re.compile("每(?:个)?(?:工作日|日|天|周|月|季度?|半年|年|旬|晚|夜|班)(?=[^，。；]*$)")
_BASE = re.compile("(?:同比|环比|(?:比|较|与)(?:上年|去年|[0-9]{4}年)[^，。；、]{0,8}?(?:相比|水平|同期|底)?)+$")
_STRIP = re.compile(
    f"^(?:.*[{PEOPLE}{BODIES}]{FILL}*)?(?:[^，。；：]*?(?:督促|组织|推动|指导|确保|力争|要求|争取|保证|实现|务必|使|把|将|按照))*"
    "(?:到?[0-9]{4}年(?:底|末)?(?:前)?|今年|明年|全年|年底前?|其中|同时|并|也|还|的|全[省市县区镇乡国]|我[省市县区]|辖区内?|年度|主要|在|和|各|均|原则上|[一二三四五六七八九十]+是)*"
)
_VERBS = re.compile(
    "(?:要|需|须|应|必须|应当|务必|确保|力争|均|都|全部|分别|达到|控制|保持|稳定|总体|原则上|平均|再|也|还|力求|争取|做到|实现|得|不|应该|至少|在|为|到|的|同比|较上年|比上年|严格|持续|率先)+$"
)
_LEAD = 12  # a period that opens a sentence holds for all of it
_MEASURE = re.compile("(?:年均|平均)?(?:浓度|排放总量|排放量|总量|指数|天数|比例|率).*$")
_EMPTY = ("下去", "到", "去", "其中", "以上", "时间", "期限", "时限")  # not things that are measured
_EACH = re.compile("(?<![年月日平])均|都|分别")
_WORDS = dict(zip("一二三四五六七八九十两", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2), strict=True))


@dataclass(frozen=True, slots=True)
class Found:
    """A target with the words it rests on."""

    entity: Entity
    span: Span
    rule: str


@cache
def _rows() -> tuple[tuple[Row, ...], re.Pattern[str], re.Pattern[str]]:
    t = table("targets")
    return (
        t["target"],
        re.compile("|".join(r.pattern.pattern for r in t["goal"])),
        re.compile("|".join(r.pattern.pattern for r in t["told"])),
    )


class Targets:
    """Reads the targets of one page."""

    def __init__(self, page: Page, slots: Slots) -> None:
        self.page, self.text = page, slots.text
        self.rows, self._goal, self._told = _rows()
        # a plan or notice sets numbers in its tasks without saying that they must be reached
        self._plan = genre(page) == "document" and not re.search("通报|公示", page.meta.title)
        self._aims = self._plan
        self._quoted = re.compile("“([^”]{2,12})”")
        self._act = self._last = ""

    def read(self) -> list[Found]:
        """All targets in order."""
        out: list[Found] = []
        aims = False
        for sentence in self.page.sentences:
            if sentence.heading:
                aims = "目标" in self.page.quote(sentence.span)
            self._aims = aims or self._plan
            if _NUMBER.search(self.text, sentence.span.start, sentence.span.end) or "至少" in self.page.quote(
                sentence.span
            ):
                self._act = self._last = ""
                out += self._sentence(sentence)
        return out

    def _sentence(self, sentence: Sentence) -> Iterator[Found]:
        start, end = sentence.span.start, sentence.span.end
        found: list[tuple[re.Match[str], Row]] = []
        for row in self.rows:
            found += [(m, row) for m in row.pattern.finditer(self.text, start, end)]
        order = {id(r): i for i, r in enumerate(self.rows)}
        found.sort(key=lambda x: (x[0].start("n"), order[id(x[1])]))
        used = -1
        for m, row in found:
            if m.start("n") <= used:
                continue
            segment = max(self.text.rfind(c, start, m.start()) for c in "，；：") + 1 or start
            segment = max(segment, start)
            if not self._is_goal(sentence, segment, m, row):
                continue
            used = m.end("u")
            yield from self._targets(sentence, m, row)

    def _is_goal(self, sentence: Sentence, segment: int, m: re.Match[str], row: Row) -> bool:
        said = self.text[sentence.span.start : m.end()]
        clause = next((c for c in sentence.clauses if c.start <= m.start() < c.end), sentence.span)
        near = self.text[clause.start : m.end()]
        if self._told.search(near) and not self._goal.search(self.text, segment, m.end()):
            return False
        return row.get("goal") == "always" or self._aims or bool(self._goal.search(said))

    def _targets(self, sentence: Sentence, m: re.Match[str], row: Row) -> Iterator[Found]:
        start = sentence.span.start
        clause = next((c for c in sentence.clauses if c.start <= m.start() < c.end), sentence.span)
        period = self._period(clause.start, m.start()) or self._period(start, min(start + _LEAD, m.start()))
        for indicator, at, value in self._indicators(sentence, m, row):
            unit = m["u"].replace("％", "%") + (f"/{m['per']}" if "per" in row.pattern.groupindex else "")
            props = {"indicator": indicator, "op": row.get("op"), "value": value, "unit": unit}
            if period:
                props["period"] = period
            base = _BASE.search(self.text[start : m.start("n")].rstrip("下降低减少削压增加提高升"))
            if base:
                props["baseline"] = base.group()
            name = f"{indicator}{row.get('op')}{value:g}{unit}"
            yield Found(Entity("Target", name, [], "", props), Span(at, m.end()), row.name)

    def _period(self, start: int, at: int) -> str:
        said = self.text[start:at]
        every = _EVERY.search(said)
        if every:
            return every.group()
        found = [p.group() for p in _PERIOD.finditer(said)]
        return found[-1] if found else ""

    def _indicators(self, sentence: Sentence, m: re.Match[str], row: Row) -> Iterator[tuple[str, int, float]]:
        value = _number(m["n"])
        stop = m.start()
        begin = sentence.span.start
        depth = 0
        for i in range(stop - 1, begin - 1, -1):
            depth += {"）": 1, "（": -1}.get(self.text[i], 0)
            if depth < 0 or depth == 0 and self.text[i] != "（" and _CUT.match(self.text[i]):
                begin = i + 1
                break
        words = self._name(begin, stop)
        if row.get("counted"):
            words = self._counted(sentence, m) or words
        elif row.get("inside"):
            after = re.match("[^，。；：、！？）]{0,12}", self.page.text[m.end() :])
            deed = self._act + self.page.text[m.start() + 2 : m.start("n")] + (after.group() if after else "")
            words = re.sub("^(?:组织|开展|进行|召开|完成|实施)+", "", deed)
        if row.get("change"):
            change = re.search(
                "(同比|环比)?[再]?(下降|降低|减少|削减|压减|压降|增加|提高|提升|上升|增长|改善|扩大|降|增|下调)$",
                m["c"],
            )
            words = words + (change.group() if change else "") if words else words
        words = words.split("和")[-1] if "分别" in self.text[stop : stop + 2] and "和" in words else words
        if not words:
            words = self._before(sentence, begin)
        if not words or words in _EMPTY:
            return
        self._last = words
        values = [value]
        if "list" in row.pattern.groupindex:
            values = [float(v.rstrip(".")) for v in re.findall("[0-9.]+", m["list"])]
        siblings = list(self._siblings(begin, stop + 2, words, value))
        if len(values) > 1:
            siblings = [*reversed(siblings), (words, begin, value)]
            yield from ((w, at, v) for (w, at, _), v in zip(siblings, values, strict=False))
            return
        yield words, begin, value
        yield from siblings

    def _siblings(self, begin: int, stop: int, words: str, value: float) -> Iterator[tuple[str, int, float]]:
        """'二氧化硫、氮氧化物排放量均下降10%': the members of the list before the last."""
        if not _EACH.search(self.text, begin, stop):
            return
        at = begin
        inner = re.search("^(.{2,24}?)[和与及](?=.{2,})", self.page.text[begin:stop])
        if inner:
            tail = _MEASURE.search(words)
            head = self._name(begin, begin + inner.end(1))
            if head and tail and tail.group() not in head:
                head += tail.group()
            if head and head != words:
                yield head, begin, value
        while at > 0 and self.text[at - 1] == "、":
            prev = max(self.text.rfind(c, max(0, at - 40), at - 1) for c in "，。；：、\n") + 1
            head = self._name(prev, at - 1)
            if not head or len(head) > 12:
                return
            tail = _MEASURE.search(words)
            yield head + (tail.group() if tail and tail.group() not in head else ""), prev, value
            at = prev

    def _name(self, begin: int, stop: int) -> str:
        """What is measured, from the words between two offsets."""
        stop = begin + len(_BASE.sub("", _VERBS.sub("", _BASE.sub("", self.page.text[begin:stop]))))
        raw = self.text[begin:stop]
        lead = _STRIP.match(raw)
        cut = lead.end() if lead else 0
        said = self.page.text[begin + cut : stop]
        every = re.search("每(?:个)?(?:工作日|日|天|周|月|季度?|半年|年|旬|晚|夜|班)", said)
        whole = self.page.text[begin:stop]
        if every or re.search("每(?:周|月|日|天|旬|晚|季|年|夜|班)", whole):
            return self._frequency(begin, stop)
        said = _BASE.sub("", said)
        said = _VERBS.sub("", said)
        said = _BASE.sub("", said)
        said = re.sub(
            "^(?:要|需|须|应|必须|应当|务必)",
            "",
            re.sub(r"^.*(?:(?<![主重需首])要(?![求素点])|须|应当|必须|务必)(?=.{2,})", "", said),
        )
        return re.sub(r"(?<=[^\s])的(?=[^\s])", "", said).strip(" 　“”")

    def _frequency(self, begin: int, stop: int) -> str:
        """'村级河长每周巡河' -> 村级河长巡河; '镇级河长每旬' takes the deed of the one before."""
        said = self.page.text[begin:stop]
        said = re.sub("^.*?(?:督促|组织|指导|要求|确保)", "", said) if re.search("督促|要求|确保", said) else said
        who, _, deed = re.sub(
            "每(?:个)?(?:工作日|日|天|周|月|季度?|半年|年|旬|晚|夜|班)", "\0", said, count=1
        ).partition("\0")
        deed = _VERBS.sub("", deed)
        who = re.sub("(?:要|须|应|必须|应当)$", "", who)
        if deed:
            self._act = deed
            return re.sub("的", "", who + deed)
        return who + self._act if who else self._act

    def _counted(self, sentence: Sentence, m: re.Match[str]) -> str:
        """What is counted: the noun after the unit, or the term that the sentence puts in quotation marks."""
        after = re.match(r"(?:的)?([^，。；：、（）！？\ue000-\ue0ff]{0,16})", self.text[m.end() :])
        noun = after[1] if after else ""
        noun = re.sub("(?:年度|目标|任务|目标任务|工作|等)+$", "", noun)
        if len(noun) >= 2:
            return noun
        before = self.page.text[sentence.span.start : m.start()]
        quoted = self._quoted.search(before)
        return quoted[1] if quoted else self._last

    def _before(self, sentence: Sentence, begin: int) -> str:
        """The indicator of a number that names none: that of the number before, else the deed of the clause before."""
        if self._last:
            return self._last
        if begin - 1 <= sentence.span.start:
            return ""
        prev = max(self.text.rfind(c, sentence.span.start, begin - 1) for c in "，；：。") + 1
        name = self._name(max(prev, sentence.span.start), begin - 1)
        return name if 2 <= len(name) <= 24 else ""


def _number(said: str) -> float:
    if said[0].isdigit():
        return float(said)
    tens, _, ones = said.partition("十")
    if "十" in said:
        return float(_WORDS.get(tens, 1) * 10 + _WORDS.get(ones, 0))
    return float(_WORDS[said[0]])


def find(page: Page, slots: Slots) -> list[Found]:
    """The targets of a page in order of their words."""
    return Targets(page, slots).read()


def relate(page: Page) -> list[Statement]:
    """Every target of a page, stated in its notice."""
    notice = Entity("Notice", page.meta.title)
    return [Statement(f.entity, "STATED_IN", notice, (f.span,), f.rule) for f in find(page, Slots.of(page))]
