"""Who all points of a form are for, though none of them says so: the second side of a letter of responsibility ('乙方：某镇'), whom a
letter of supervision is sent ('某镇人民政府：'), who answers for the measures below ('责任单位：某局', then '整改措施：…')."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Page, Sentence
from loaders.prose.relate.headings import NUMBER, level
from loaders.prose.relate.parties import Bearer, Parties
from loaders.words import NTH

_LETTER = lazy(
    "(?:约谈|督办|整改|提醒|交办|警示|督促|催办|告诫)(?:通知|告知|建议|事项)?(?:书|函|单|令|通知)(?:（[^（）]*）)?$"
)
_PACT = lazy("责任(?:书|状)(?:（[^（）]*）)?$")
_SECOND = lazy("[ 　]*乙 *方(?:（[^（）\n]{1,12}）)?[：:][ 　]*")
_FIELD = f"[ 　]*(?:[（(]?{NTH}[）)、.．][ 　]*)?"
_ABOVE = lazy(f"{_FIELD}(?:整改|牵头|主体)?责任(?:单位|部门|主体)[：:](?P<who>[^。；，\n]{{2,60}})。?$")
_GOAL = lazy(f"{_FIELD}(?:整改|工作|治理)?目标[：:\t]")
_MEASURES = lazy(
    f"\n{_FIELD}(?:(?:整改|主要|工作|具体|治理)(?:措施|要求|任务)|责任(?:内容|事项)|工作内容)(?:[：:]|[ 　]*(?=\n))"
)
_HEAD = 8  # paragraphs among which a form names its sides or its addressee
_NAME = 40


class Standing:
    """The doers that stand for the points of one page."""

    def __init__(self, page: Page, parties: Parties) -> None:
        self.page, self.parties = page, parties
        title = page.meta.title.strip()
        self._second = self._second_side() if _PACT.search(title) else []
        self._called = self._addressee() if _LETTER.search(title) else []
        self._above: list[Bearer] | None = None  # None: no list stands above its measures on this page
        self._depth = self._number = 0

    def enter(self, sentence: Sentence) -> None:
        """A paragraph begins: the end of what a list above it was for, where its number begins another item."""
        number = level(self.page.quote(sentence.span).lstrip(" 　"))
        self._number = number or self._number
        if self._above and number and number <= self._depth:
            self._above = []

    def is_goal(self, paragraph: int) -> bool:
        """Whether a paragraph says but what is to be reached, as forms do above those who answer for it."""
        return paragraph >= 0 and _GOAL.match(self.page.text, self.page.paragraphs[paragraph].start) is not None

    def listing(self, sentence: Sentence, first: bool) -> bool:
        """Whether a paragraph is a list of doers above their measures; ``first`` says that no duty stands before it."""
        span = self.page.paragraphs[sentence.paragraph]
        m = _ABOVE.match(self.page.text, span.start, span.start + len(self.page.quote(span).rstrip()))
        if m is None or (self._above is None and not (first and _MEASURES.search(self.page.text, span.start))):
            return False
        self._above, self._depth = self.parties.alone(*m.span("who")), self._number
        return True

    def at(self, sentence: Sentence) -> list[Bearer]:
        """Who must do what a sentence says that names nobody."""
        if self._above:
            return self._above
        start = self.page.paragraphs[sentence.paragraph].start
        return (self._second or self._called) if NUMBER.match(self.page.text, start) else []

    def _second_side(self) -> list[Bearer]:
        """Who signs a letter of responsibility as its second side."""
        for span in self.page.paragraphs:
            if m := _SECOND.match(self.page.text, span.start, span.end):
                return self.parties.alone(m.end(), span.start + len(self.page.quote(span).rstrip()))
        return []

    def _addressee(self) -> list[Bearer]:
        """Who alone is called at the head of a letter."""
        for span in self.page.paragraphs[:_HEAD]:
            said = self.page.quote(span).rstrip()
            if said.endswith("：") and len(said) <= _NAME:
                found = self.parties.alone(span.start, span.start + len(said) - 1)
                return found if len(found) == 1 and not found[0].entity.props.get("generic") else []
        return []
