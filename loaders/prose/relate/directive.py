"""Whether a clause is a duty: words of obligation, or the bare verb phrase of an order; and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.lazy import lazy
from kg.sieve import Part
from loaders.prose.relate.past import opens_in_the_past
from loaders.prose.relate.rows import Row, Table, sieve, table
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE

SLOT = f"[{PEOPLE}{BODIES}]{FILL}*+"
_SEGMENT, _COMMA = re.compile("[^，：]+"), re.compile("[，：]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a clause is a duty: the row and, for a word of obligation, where it stands and how it reads."""

    rule: str
    modality: str
    at: int
    strong: bool


@dataclass(frozen=True, slots=True)
class Modal:
    """A word of obligation at an offset."""

    row: Row
    start: int
    end: int

    @property
    def strong(self) -> bool:
        """Whether it makes a duty even outside an order."""
        return self.row.get("force") in ("strong", "task")

    @property
    def task(self) -> bool:
        """Whether it is what a duty list says of a doer (负责, 牵头)."""
        return self.row.get("force") == "task"


class Directives:
    """The tables of duties, compiled. ``text`` is the slotted text of a page, ``words`` its own; all offsets fit both.
    ``published`` is its day (ISO)."""

    def __init__(self, text: str, words: str, published: str = "") -> None:
        self.text, self.words, self.published = text, words, published
        t = table("duties")
        self._modals, self.slogans = t.sieve("modal").over(text), t["slogan"]
        not_, dropped, told, told_of_slots = _sieves()
        self._not, self._told = not_.over(words), told.over(words)
        self._dropped, self._told_of_slots = dropped.over(text), told_of_slots.over(text)
        self.bare = _bare(t)
        self.lead = t.pattern("(?:{ordinal}|{link}，?|[“ 　，—])*")
        self._thing = t.pattern(
            "(?:[^，。；：、的\ue020\ue021]{2,18}?|[^，。；：的\ue020\ue021]{2,20}?等(?:重点)?(?:行业|领域|区域|企业|地区|场所)|[^，。；：]{2,24}?(?=停止|暂停|一律|全部|增加|减少))(?:停止|暂停|一律|全部|增加|减少|改为|不再|实行|实施|执行|禁行|停产|限产|采取|(?<=总量)(?:控制|压减|削减)[在到至])"
        )

    def modals(self, start: int, end: int) -> list[Modal]:
        """The words of obligation in a span, in order."""
        found = [Modal(row, m.start(), m.end()) for row, m in self._modals.matches(start, end)]
        if not found:
            return []
        dropped = [m.span() for _, m in self._dropped.matches(start, end)]
        found.sort(key=lambda x: x.start)
        return [m for m in found if not any(a <= m.start < b for a, b in dropped)]

    def excluded(self, start: int, end: int) -> bool:
        """Whether this is no duty whatever its words."""
        return any(r.pattern.search(self.words[start:end]) for r in self._not.among(start, end))

    def done(self, start: int, end: int) -> bool:
        """Whether what a duty list says of a doer is told as done or coming, not imposed."""
        end = self._before_deeds(start, end)
        return opens_in_the_past(self.words, start, end, self.published) or any(
            r.fields.get("task") and r.pattern.search(said[start:end]) for r, said in self._telling(start, end)
        )

    def _before_deeds(self, start: int, end: int) -> int:
        """Where it begins that who gave the order did something next to that, or that another will, else the end."""
        besides = _BESIDES.search(self.words, start, end)
        coming = _COMING.search(self.text, start, end)
        return min([m.start() for m in (besides, coming) if m], default=end)

    def _telling(self, start: int, end: int) -> Iterator[tuple[Row, str]]:
        """The rows that may tell of a span what was or is, each with the text that it is looked for in: the words themselves,
        or those with slots."""
        for sifted in (self._told, self._told_of_slots):
            for row in sifted.among(start, end):
                yield row, sifted.text

    def narrates(self, start: int, order: int, end: int, *, weak: bool) -> bool:
        """Whether this tells what was or is. ``order`` is where the verb of the order stands; ``weak`` whether the clause
        has a weak word of obligation."""
        if opens_in_the_past(self.words, start, end, self.published):
            return True
        end = self._before_deeds(order, end)
        before = max((self.text.rfind(c, start, order) for c in "，："), default=-1) + 1 or start
        comma = _COMMA.search(self.text, order, end)
        after = comma.start() if comma else end
        spans = {
            "clause": (start, end),
            "order": (max(before, start), after),
            "before": (start, max(before, start)),
            "soft": (start, start if weak else end),
        }
        for row, said in self._telling(start, end):
            a, b = spans[row.fields["where"]]
            if a < b and row.pattern.search(said[a:b]):
                return True
        return False

    def opens(self, at: int, end: int) -> bool:
        """Whether a verb phrase or what sets its scene begins at an offset."""
        return bool(self.bare.match(self.text, at, end) or _SETTING.match(self.text, at, end))

    def slogan(self, start: int, end: int) -> bool:
        """Whether a heading names attitudes only, with neither doer nor deed."""
        m = self.lead.match(self.text, start, end)
        said = self.text[m.end() if m else start : end].strip("。；！ 　")
        parts = [p for p in re.split("[，、 ]", re.sub("^要", "", said)) if p]
        return bool(parts) and all(any(r.pattern.search(p) for r in self.slogans) for p in parts)

    def orders(self, start: int, end: int, subjects: list[tuple[int, int]], *, things: bool) -> int:
        """Where a bare verb phrase of an order begins in a span, -1 if there is none.

        ``subjects`` are spans of doers that open a comma's reach. ``things`` lets something that is no doer be the
        subject ('城区道路增加洒水频次')."""
        after = dict(subjects)
        scene = True
        for m in _SEGMENT.finditer(self.text, start, end):
            lead = self.lead.match(self.text, m.start(), m.end())
            at = lead.end() if lead else m.start()
            if at == m.end():
                continue  # '首先，'
            if at in after:
                return at
            if scene and self.bare.match(self.text, at, m.end()):
                return at
            if things and scene and self._thing.match(self.text, at, m.end()):
                return at
            scene = scene and bool(_SETTING.match(self.text, at, m.end()) or _LABEL.match(self.text, at, end))
        return -1


# what who gave the order did next to that: '要求各镇整改，并通报了情况'
_BESIDES = lazy(
    "，(?:并|还|随后|会后|最后)[^，。；]{0,6}(?:通报|介绍|听取|观看|传达|讲话|作|宣读|签订|回答|解读|分析|总结|学习|讲解|部署|安排|汇报|察看|查看|检查|走访|慰问)了"
)
# what somebody else will do about it: '由甲负责整改，乙将持续跟踪'
_COMING = lazy(f"，{SLOT}(?:也|还|届时|同时|随后)*将(?![^，。；：]{{2,24}}(?<!通)报)")
_LABEL = lazy(f"{SLOT}：")  # '县水利局：逐座核定…'
# a comma's reach that sets the scene for the order after it
_SETTING = lazy(
    "(?:对|针对|围绕|按照?|依照|依据|根据|以|在|结合|通过|利用|本着|参照|向|为|从|凡|凡是|一旦|如|若|遇|除|到|自|至|当|经|每|会同|由|随着|鉴于|[0-9]{4}年|[0-9]+月|各类|上述|期间|逾期|对于|于)"
    "|[^，]{0,24}(?:时|后|前|的|期间|以内|起|之际|中|内|过程中|情况下|基础上|上|方面)$|[^，]{1,8}$"
)


@cache
def _sieves() -> tuple[Part[Row], Part[Row], Part[Row], Part[Row]]:
    """What is no duty; what is no word of obligation; what is told, by its words and by the slots in them."""
    none, told = table("duties")["not"], table("duties")["told"]
    return (
        sieve(r for r in none if "drop" not in r.fields),
        sieve(r for r in none if "drop" in r.fields),
        sieve(r for r in told if r.get("on") != "slots"),
        sieve(r for r in told if r.get("on") == "slots"),
    )


def _bare(t: Table) -> re.Pattern[str]:
    return t.pattern(
        "(?!{scene}$)(?:{phrase}){0,2}(?:{adverb}|{verb})(?!(?<=坚决)(?:[，。；]|$)|之?[后前时]|以后|以前|期间|之中|的是)"
    )
