"""Whether a clause is a duty: words of obligation, or the bare verb phrase of an order; and what only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.prose.relate.rows import Row, Table, table
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE

SLOT = f"[{PEOPLE}{BODIES}]{FILL}*+"
_SEGMENT = re.compile("[^，：]+")


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
    """The tables of duties, compiled. ``text`` is the slotted text of a page, ``words`` its own; all offsets fit both."""

    def __init__(self, text: str, words: str) -> None:
        self.text, self.words = text, words
        self._modals, self._not, self._told, self.slogans = _compiled()
        t = table("duties")
        self.bare = _bare(t)
        self.lead = t.pattern("(?:{ordinal}|{link}，?|[“ 　，])*")
        self._any_modal = re.compile("|".join(r.pattern.pattern for r in self._modals))
        self._thing = t.pattern(
            "(?:[^，。；：、的\ue020\ue021]{2,18}?|[^，。；：的\ue020\ue021]{2,20}?等(?:重点)?(?:行业|领域|区域|企业|地区|场所)|[^，。；：]{2,24}?(?=停止|暂停|一律|全部|增加|减少))(?:停止|暂停|一律|全部|增加|减少|改为|不再|实行|实施|执行|禁行|停产|限产|采取)"
        )

    def modals(self, start: int, end: int) -> list[Modal]:
        """The words of obligation in a span, in order."""
        if self._any_modal.search(self.text, start, end) is None:
            return []
        found: list[Modal] = []
        for row in self._modals:
            found += [Modal(row, m.start(), m.end()) for m in row.pattern.finditer(self.text, start, end)]
        dropped = [m.span() for r in self._not if r.get("drop") for m in r.pattern.finditer(self.text, start, end)]
        found.sort(key=lambda x: x.start)
        return [m for m in found if not any(a <= m.start < b for a, b in dropped)]

    def excluded(self, start: int, end: int) -> str:
        """The row that says this is no duty whatever its words, or ''."""
        said = self.words[start:end]
        return next((r.name for r in self._not if not r.get("drop") and r.pattern.search(said)), "")

    def done(self, start: int, end: int) -> bool:
        """Whether what a duty list says of a doer is told as done or coming, not imposed."""
        return any(r.get("task") and r.pattern.search(self._on(r)[start:end]) for r in self._told)

    def _on(self, row: Row) -> str:
        """The text that a row is looked for in: the words themselves, or those with slots."""
        return self.text if row.get("on") == "slots" else self.words

    def narrates(self, start: int, order: int, end: int, *, weak: bool) -> str:
        """The row that says this tells what was or is, or ''. ``order`` is where the verb of the order stands; ``weak``
        whether the clause has a weak word of obligation."""
        before = max((self.text.rfind(c, start, order) for c in "，："), default=-1) + 1 or start
        after = next((m.start() for m in re.compile("[，：]").finditer(self.text, order, end)), end)
        spans = {
            "clause": (start, end),
            "order": (max(before, start), after),
            "before": (start, max(before, start)),
            "soft": (start, start if weak else end),
        }
        for row in self._told:
            a, b = spans[row.get("where")]
            if a < b and row.pattern.search(self._on(row)[a:b]):
                return row.name
        return ""

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
            if at in after:
                return at
            if scene and self.bare.match(self.text, at, m.end()):
                return at
            if things and scene and self._thing.match(self.text, at, m.end()):
                return at
            scene = scene and bool(_SETTING.match(self.text, at, m.end()))
        return -1


# a comma's reach that sets the scene for the order after it
_SETTING = re.compile(
    "(?:对|针对|围绕|按照?|依照|依据|根据|以|在|结合|通过|利用|本着|参照|向|为|从|凡|凡是|一旦|如|若|遇|除|到|自|至|当|经|每|会同|由|随着|鉴于|[0-9]{4}年|[0-9]+月|各类|上述|期间|逾期|对于|于)"
    "|[^，]{0,24}(?:时|后|前|的|期间|以内|起|之际|中|内|过程中|情况下|基础上|上|方面)$|[^，]{1,8}$"
)


def _compiled() -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    t = table("duties")
    return t["modal"], t["not"], t["told"], t["slogan"]


def _bare(t: Table) -> re.Pattern[str]:
    return t.pattern("(?!{scene}$)(?:{phrase}){0,2}(?:{adverb}|{verb})(?!之?[后前时]|以后|以前|期间|之中|的是)")
