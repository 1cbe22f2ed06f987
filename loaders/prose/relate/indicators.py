"""What a number measures: the noun phrase before its words of comparison, the deed that is counted, the one named before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lazy import lazy
from loaders.prose.page import Page, Sentence
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import Slots

_AFTER = lazy("[^，。；：、！？）]{0,12}")
_NOUN = lazy(r"(?:的)?([^，。；：、（）！？\ue000-\ue0ff]{0,16})")
_CUT = lazy("[，。；：、（）！？“”\n]")
_CALLED = lazy("“[^“”，。；：]{1,8}”(?=[\u4e00-\u9fff]{2})")  # '完成“双代”改造1.5万户'
_EACH = lazy("(?<![年月日平])均(?!值|衡)|都(?!市)|分别")
_EVERY = lazy("每(?:个)?(?:工作日|半月|两周|日|天|周|月|季度?|半年|年|旬|晚|夜|班)")
_EVERIES = lazy("(?:[^，。；：、]{2,10}每(?:季度?|月|周|旬|日|天|半年|年|半月)、)+$")
_WAS = lazy("(?:为|是|达到?)?[0-9.]+[天%个]*$|^(?:同比|环比)[^，]*[0-9][天%个]*$")
_MODAL = lazy("^.*(?:(?<![主重需首])要(?![求素点])|须|应当|必须|务必)(?=.{2,})")
_ACTED = lazy("^(?:要|须|与[^，。；]{2,14}?(?=会商|联合|碰头)|组织|开展|进行|召开|完成|实施|的)+")
_ASKED = lazy("^.*?(?:督促|组织|指导|要求|确保|力争|提出|规定)")
_PAIR = lazy("^(.{2,24}?)[和与及](?=.{2,})")
_FROM = lazy("(?:由|从)[^，由从]{0,14}?[0-9.]+[%％一-鿿/]{0,8}$")
_SHORT = lazy("（(?:以下)?(?:简称|统称)[^（）]{1,12}）")
_DIVISION = ("省", "市", "州", "盟", "县", "区", "旗", "镇", "乡", "街道", "地区", "平原")
_PLACE = lazy("[^率度数量值比]{0,14}(?:[县市区镇乡旗州]|街道|平原|地区|城市)")
_FAR = 40  # a member of a list of indicators is no longer than this
_LONG = 160  # words of comparison stand no further from what they compare
_NEAR = 12


class Indicators:
    """Names what the numbers of one page measure. Keeps the last name of a sentence for the numbers that leave theirs out."""

    def __init__(self, page: Page, slots: Slots) -> None:
        self.page, self.slots, self.text = page, slots, slots.text
        t = table("targets")
        self._cause = t.pattern("^(?:.*(?:{cause}))(?=.{2,})")
        self._lead, self._verbs, self._empty = (
            t.pattern("^(?:{lead})+"),
            t.pattern("(?:{verbs})+$"),
            t.pattern("{empty}"),
        )
        self._base = t.pattern("(?:{than}(?:下降|降低)?)$")
        self._measured = t.pattern("(?:{deed})*{measure}(?![\u4e00-\u9fff]{5,})[^，]{0,4}$")
        self._places = t.pattern(
            "(?P<places>(?:[\u4e00-\u9fff]{2,12}、)+[\u4e00-\u9fff]{2,10}?)(?:等(?:区域|地区|城市))?(?:[0-9]{4}年度?|的|年度|全年|环境空气质量|环境|空气质量|考核|目标值?|城区|市区|为)*(?P<what>{polluted}(?:（PM[0-9.]+）)?[^，。；、]{0,6}?)(?:{verbs})*$"
        )
        self._quoted = re.compile("“([^”]{2,12})”")
        self._act = self._last = ""
        self._of: list[str] = []  # the places whose numbers were dealt out last

    def begin(self) -> None:
        """A new sentence begins."""
        self._act, self._last, self._of = "", "", []

    def segment(self, start: int, at: int) -> int:
        """Where the words before an offset begin: behind the last mark outside brackets, ``start`` at the earliest."""
        depth = 0
        start = max(start, at - _LONG)
        within = {i for m in _CALLED.finditer(self.page.text, start, at) for i in range(*m.span())}
        for i in range(at - 1, start - 1, -1):
            depth += {"）": 1, "（": -1}.get(self.page.text[i], 0)
            cuts = self.page.text[i] != "（" and i not in within and _CUT.match(self.page.text[i])
            if depth < 0 or depth == 0 and cuts:
                return i + 1
        return start

    def named(self, sentence: Sentence, begin: int, stop: int, *, counts: bool = False) -> str:
        """The indicator whose words lie between two offsets, else the one spoken of before, also of a place alone unless its number
        ``counts`` things; '' where none is."""
        words = self.phrase(begin, stop)
        if self._last and not counts and _PLACE.fullmatch(words) and self._measured.search(self._last):
            return words + self._last  # '利用率要达到80%，沿线县市要达到85%'
        if self._empty.fullmatch(words) or not words:
            words = self._before(sentence, begin)
        self._last = words or self._last
        return words

    def keep(self, words: str) -> str:
        """Take ``words`` for the indicator named last."""
        self._last = words or self._last
        return words

    def phrase(self, begin: int, stop: int) -> str:
        """The indicator in the words between two offsets: without places, doers, verbs and times around it."""
        said = self.page.text[begin:stop]
        if _EVERY.search(said):
            return self._often(said)
        begin = self._after_doers(begin, stop)
        said = self._trim(_SHORT.sub("", self.page.text[begin:stop]))
        said = self._cause.sub("", said) if self._cause.match(said) else said
        said = self._lead.sub("", said)
        said = _MODAL.sub("", said)
        said = self._lead.sub("", said)
        return re.sub(r"(?<=\S)的(?=\S)", "", said).strip(" 　“”：")

    def _trim(self, said: str) -> str:
        for _ in range(3):
            cut = self._verbs.sub("", self._base.sub("", _FROM.sub("", said)))
            if cut == said:
                break
            said = cut
        return said

    def _after_doers(self, begin: int, stop: int) -> int:
        """Behind the last named body or place before an indicator, and behind a class that is told to reach it."""
        last = self.slots.run(stop - 1) if stop > begin else None
        if last is not None and last.span.end == stop and any(not h.generic for h in last.heads):
            return stop  # nothing but names: what the number measures stands elsewhere
        for run in reversed(self.slots.runs_in(begin, stop)):
            end = run.span.end
            named = any(not h.generic for h in run.heads)
            told = self.page.text.startswith(("要", "须", "应", "必须", "将", "把", "确保", "力争", "务必"), end)
            if stop - end >= 2 and (named or told or self.page.text.startswith(("各", "每", "有关"), run.span.start)):
                return end
        return begin

    def _often(self, said: str) -> str:
        """'村级河长每周巡河' -> 村级河长巡河; '镇级河长每旬' takes the deed of the one before."""
        if re.search("督促|要求|确保|力争|提出|规定", said):
            said = _ASKED.sub("", said)
        who, _, deed = _EVERY.sub("\0", said, count=1).partition("\0")
        deed = _ACTED.sub("", self._verbs.sub("", deed))
        who = re.sub("每(?:人|组|队|班)$", "", who)
        who = self._lead.sub("", re.sub("(?:要|须|应|必须|应当)$", "", who).removeprefix("对"))
        if deed:
            self._act = deed
            return who + deed.replace("的", "")
        return who + self._act if who else self._act

    def each_every(self, start: int, begin: int, act: str = "") -> Iterator[tuple[str, str]]:
        """The members before the last of '县级河长每季度、镇级河长每月、村级河长每周巡河', each with its period."""
        listed = _EVERIES.search(self.page.text, max(start, begin - _LONG), begin) if act or self._act else None
        for one in listed.group().strip("、").split("、") if listed else ():
            who, _, every = one.partition("每")
            yield self._lead.sub("", _ASKED.sub("", who)) + (act or self._act), f"每{every}"

    def done(self, words: str, after: int) -> str:
        """The deed of '至少召开一次联席会议', from the words before the number and those after it; '' where there is none."""
        rest = _AFTER.match(self.page.text, after)
        deed = _ACTED.sub("", _ACTED.sub("", words) + (rest.group() if rest else ""))
        return "" if self._empty.fullmatch(deed) else self.keep(deed)

    def counted(self, sentence: Sentence, at: int, after: int) -> str:
        """What is counted: the noun after the unit, or the term that the sentence puts in quotation marks."""
        named = self.slots.run(after)  # '26家' + '加油站' + '油气回收改造': a class that is read as one
        rest = _NOUN.match(self.page.text if named and all(h.generic for h in named.heads) else self.text, after)
        noun = re.sub("(?:年度|目标|任务|目标任务|工作|等)+$", "", rest[1] if rest else "")
        if len(noun) >= 2:
            return self.keep(noun)
        quoted = self._quoted.search(self.page.text[max(sentence.span.start, at - _LONG) : at])
        return self.keep(quoted[1] if quoted else self._last)

    def _before(self, sentence: Sentence, begin: int) -> str:
        """The indicator of a number that names none: that of the comma's reach before, if it ends in one; else the last one
        spoken of; else the deed of the reach before."""
        start = max(sentence.span.start, begin - _LONG)
        if begin - 1 <= start:
            return self._last
        prev = max(max(self.text.rfind(c, start, begin - 1) for c in "，；：。") + 1, start)
        name = self.phrase(prev, begin - 1)
        name = _WAS.sub("", name)
        if self._empty.fullmatch(name):
            return self._last
        if self._measured.search(name) and len(name) <= 24:
            return name
        return self._last or (name if 2 <= len(name) <= 24 else "")

    def members(self, begin: int, stop: int, words: str, *, shared: bool, alike: bool) -> Iterator[tuple[str, int]]:
        """The members of a list of indicators before its last, the nearest first, each with its offset: '二氧化硫、氮氧化物排放量'.
        ``shared`` says that one number or a list of numbers is said of all of them, ``alike`` that they share the measure that stands at the end."""
        tail = self._measured.search(words) if alike else None
        inner = _PAIR.search(self.page.text[begin:stop]) if shared else None
        if inner:
            head = self.phrase(begin, begin + inner.end(1))
            if head and len(head) <= _NEAR * 2:
                yield self._completed(head, tail), begin
        at = begin
        while at > 0 and self.text[at - 1] == "、":
            prev = max(self.text.rfind(c, max(0, at - _FAR), at - 1) for c in "，。；：、\n") + 1
            head = self.phrase(prev, at - 1)
            if not head or len(head) > _NEAR or not (shared or self._alike(head)):
                return
            yield self._completed(head, tail), prev
            at = prev

    def listed(self, begin: int) -> list[str]:
        """The members of the list that the comma's reach before an offset holds ('黄色、橙色、红色预警期间，')."""
        if begin == 0 or self.text[begin - 1] != "，":
            return []
        prev = max(self.text.rfind(c, max(0, begin - _FAR), begin - 1) for c in "，。；：\n") + 1
        said = self.page.text[prev : begin - 1]
        return [x for x in re.split("[、和与]", re.sub("^到", "", said)) if x]

    def by_place(self, begin: int, stop: int, several: int, words: str) -> list[str]:
        """The indicator of each place of a list of so many: '甲市、乙市PM2.5浓度分别下降20%、15%', and of the same places what the
        sentence goes on with ('，优良天数比例分别达到70%、71%'); [] where there is no such list."""
        start = max(self.text.rfind(c, max(0, begin - _LONG), begin) for c in "，。；：\n") + 1
        listed = self._places.search(self.page.text, start, stop)
        places = self._lead.sub("", listed["places"].removeprefix("年")).split("、") if listed else []
        apart = len(places) == several and all(p.endswith(_DIVISION) for p in places)
        if listed and apart:
            self._of = places
            return [place + listed["what"] for place in places]
        return [place + words for place in self._of] if words and not listed and len(self._of) == several else []

    def _alike(self, head: str) -> bool:
        """Whether a member of a list is itself a measured thing."""
        return bool(
            re.search(
                "(?:率|比例|浓度|天数|指数|总量|比重|PM2.5|PM10|氧化物|氧化硫|颗粒物|臭氧|需氧量|氨氮|总磷|总氮|有机物)$",
                head,
            )
        )

    def _completed(self, head: str, tail: re.Match[str] | None) -> str:
        """A member with the measure that the list says once, at its end: '二氧化硫' + '排放总量'."""
        return head + (tail.group() if tail and not self._measured.search(head) else "")

    @staticmethod
    def shared(text: str) -> bool:
        """Whether words say that what follows holds for each of a list (均, 分别)."""
        return bool(_EACH.search(text))
