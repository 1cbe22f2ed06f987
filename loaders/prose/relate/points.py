"""Numbered points below a line that says what they are: what somebody is asked to do ('请各单位做好以下工作：'), or things that it
names ('下列行为：')."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Page, Sentence
from loaders.prose.relate.headings import NUMBER, level
from loaders.prose.relate.parties import Bearer

_ASKS = lazy(
    "(?:以下|下列|如下|[几两三四五六七八][项个])(?:[几两三四五六七八]?[点项个]?)(?:重点|主要|具体)?(?:工作|事项|要求|措施|任务|方面|(?:检察|监察|督办|整改)?(?:建议|意见))[^，。；：]{0,4}[：。]$"
    "|(?:责令|责成|要求)你[^，。；：]{1,6}：$|(?<=\n)[ 　]*(?:[一二三四五六七][、.．])?(?:督办|整改|办理|约谈)(?:要求|意见)：?$"
)
_NAMES = lazy(
    "(?:下列|以下|如下)[^，。；：]{0,14}(?:行为|情形|情况|现象|对象|车辆|区域|路段|范围|场所|活动|物品|人员|类型|条件|资料|材料)[^，。；：]{0,8}：$"
)


class Points:
    """Those below the last such line of a page. ``asked`` are the doers that it asks for them, ``things`` says that they are
    but things it names."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._level = 0
        self._open = False  # whether what the line says stands in the paragraph right below it
        self.asked: list[Bearer] = []
        self.things = False

    def enter(self, sentence: Sentence) -> None:
        """A paragraph begins: whether it is one of them, by its number."""
        mine = self._of(sentence)
        below = mine > self._level if mine else NUMBER.match(self.page.text, *sentence.span) is not None
        below, self._open = below or self._open, False
        if not below:
            self._level, self.asked, self.things = 0, [], False

    def read(self, sentence: Sentence, told: list[Bearer]) -> None:
        """Keep what a sentence that ends its paragraph says of the points below it; ``told`` are those whom it tells."""
        if sentence.span.end != self.page.paragraphs[sentence.paragraph].end:
            return
        things = _NAMES.search(self.page.text, *sentence.span) is not None
        if things or (told and _ASKS.search(self.page.text, *sentence.span)):
            self._level, self.things, self.asked = self._of(sentence), things, [] if things else told
            self._open = bool(self.asked)

    def _of(self, sentence: Sentence) -> int:
        return level(self.page.quote(sentence.span).lstrip(" 　"))
