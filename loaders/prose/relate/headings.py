"""Headings of a page: which sentences only name what the sentences after them say, and what they say of those."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Page, Sentence
from loaders.prose.relate.directive import Directives
from loaders.prose.relate.doers import Doers
from loaders.prose.relate.issuer import Genre
from loaders.words import HAN_NUMBER, NOT_DECIMAL

NUMBER = lazy(
    f"[ 　]*(?:（{HAN_NUMBER}）|{HAN_NUMBER}[是要、]|[0-9]+[.．、]{NOT_DECIMAL}|[第其]{HAN_NUMBER}[件条点句个]?，)"
)
"""The number of an item, where a sentence or clause begins."""

_POINT = lazy(f"[ 　]*{HAN_NUMBER}[是要]")  # '一是拆。' goes on with what its heading is about

_FACTS = lazy(
    "指导思想|总体要求|(?:基本|总体|工作)思路|基本原则|基本情况|工作(?:开展|进展)?情况|存在(?:的)?(?:主要|突出)?问题|总体情况|主要(?:成效|做法|问题|工作)|有关情况|编制依据|背景|(?:适用|检查|整治|排查|实施|管控|督查|行动|考核|创建)(?:范围|对象|内容|时间|指标)|整改(?:措施|任务|工作|目标)?[及和与、]?(?:完成|落实|进展|整改)*(?:情况|成效|进展)|责任追究|问责情况|附则|形势|通报情况|调查情况|案情|典型案例|查处情况|评价结果|排名|违法事实|点名"
)
_OPENED = lazy(
    "现[将就对][^。；\n]{2,60}(?:通报|通知|公告|公示|函告|明确)如下|现[将就][^。；\n]{2,40}(?:印发|转发|下发|发)给你们"
)
_DRAWN_UP = lazy("制[定订]本(?:工作|实施|行动)?(?:方案|预案|办法|意见|制度|计划|规划|规定|细则|要点|措施)")
_OPENING = 400  # characters of what a plan says of how it came about
_PAIRED = lazy(
    f"[ 　]*(?:（?{HAN_NUMBER}[）、]|[0-9]+[.．、]|第{HAN_NUMBER}，)[\u4e00-\u9fff]{{4}}(?:，[\u4e00-\u9fff]{{4}}){{1,2}}。"
)  # '一、创新模式，提高效能。'
_LABEL = 16  # characters of a line that says what follows it: '整改完成情况：'
_TITLE = 8  # characters of a heading that is but a title
_LONG = 24  # characters of a numbered heading
_LINE = 40  # characters of one that is a line of its own above the numbers of its parts
_LEVELS = [
    re.compile(n)
    for n in (
        f"{HAN_NUMBER}、",
        f"（{HAN_NUMBER}）",
        f"[0-9]{{1,2}}[.．、]{NOT_DECIMAL}",
        "（[0-9]{1,2}）",
        "[①-⑳]",
    )
]


def level(said: str) -> int:
    """How deep an item stands by its number: 1 '一、', 2 '（一）', 3 '1.', 4 '（1）', 5 '①'; 0 where it has none."""
    return next((n for n, number in enumerate(_LEVELS, 1) if number.match(said)), 0)


class Headings:
    """Reads the headings of one page in order. ``facts`` says that the last one heads what was or is, not what must be done,
    ``goals`` that it heads numbers to reach; what stands before ``background`` ('现将…通报如下', '特制定本方案')
    tells how it came about."""

    def __init__(self, page: Page, directives: Directives, doers: Doers, genre: Genre) -> None:
        self.page, self.text, self.directives, self.doers = page, doers.text, directives, doers
        opened = _OPENED.search(page.text) or _DRAWN_UP.search(page.text, 0, _OPENING) if genre == "document" else None
        self.background = opened.start() if opened else 0
        self.facts = self.goals = False

    def read(self, sentence: Sentence, begins: int, after: Sentence | None) -> bool:
        """Whether a sentence is a heading; from where ``begins`` what it says, with the sentence ``after`` it."""
        if not self._is_heading(sentence, begins, after) or self._is_assigned(sentence, after):
            return False
        said = self.page.quote(sentence.span)
        if self._apart(sentence, after) or NUMBER.match(said) and not _POINT.match(said):
            self.facts, self.goals = bool(_FACTS.search(said)), said.rstrip("。： 　").endswith("目标")
        return True

    @staticmethod
    def _apart(sentence: Sentence, after: Sentence | None) -> bool:
        """Whether nothing follows a sentence in its paragraph."""
        return after is None or after.paragraph != sentence.paragraph

    def _is_assigned(self, sentence: Sentence, after: Sentence | None) -> bool:
        """Whether what looks like a heading is a measure, since what follows at once says who is responsible for it."""
        if after is None or not sentence.span.end - sentence.span.start > _TITLE:
            return False
        return self.doers.is_listing(after.span.start, after.span.end)

    def _is_heading(self, sentence: Sentence, begins: int, after: Sentence | None) -> bool:
        if sentence.heading:
            return True
        begins = begins if begins < sentence.span.end else sentence.span.start  # '管理要求：', which is nobody's speech
        said = self.page.text[begins : sentence.span.end]
        apart = self._apart(sentence, after)
        if apart and after and said.endswith("：") and len(said) <= _LABEL and (self.facts or _FACTS.search(said)):
            return True  # another such label ends what the one before headed
        if (
            apart
            and after
            and len(said) <= _LINE
            and (above := level(said))
            and above < level(self.page.quote(after.span))
        ):
            return sentence.span.start == self.page.paragraphs[sentence.paragraph].start
        number = NUMBER.match(said)
        if number is None or len(said) > _LONG or "；" in said:
            return False
        if "，" in said[number.end() :] and not self.directives.slogan(begins, sentence.span.end):
            paired = not apart and _PAIRED.fullmatch(said)
            return bool(paired) and after is not None and not NUMBER.match(self.text, after.span.start)
        if said.endswith(("。", "；")):
            return after is not None and not apart and not NUMBER.match(self.text, after.span.start)
        return apart and not (
            after and 0 < level(self.page.quote(after.span)) < level(said)
        )  # the last item of its list
