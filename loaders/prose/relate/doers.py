"""Who must do it: subjects of a clause, its 由 … and 牵头 … 配合, and lists such as （责任单位：…）."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.prose.page import Page
from loaders.prose.relate.directive import Directives, Modal
from loaders.prose.relate.parties import Bearer, Parties
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import BODIES, PEOPLE, Slots

_SEGMENT = re.compile("[^，：]+")
_BREAK = re.compile("[；。）\n]")
_WITHIN = re.compile("(?:内|境|范围|区域|辖区|全域)$")
_NAME = 16  # characters of the longest name looked for by its ending alone
_SCENE = re.compile("(?:中|上|下|时|期间|以来|方面)，?$")


@dataclass(frozen=True, slots=True)
class Subject:
    """A doer at the head of a comma's reach; ``end`` is where its words end."""

    start: int
    end: int
    bearers: tuple[Bearer, ...]
    told: bool  # whether a word of obligation is its verb


class Doers:
    """Finds who must do it on one page."""

    def __init__(self, page: Page, slots: Slots, directives: Directives) -> None:
        self.page, self.slots, self.text, self.directives = page, slots, slots.text, directives
        self.parties = Parties(page, slots)
        t = table("bearers")
        self._adverbs, self._by_word = t.pattern("(?:{adverb})*"), t.pattern("{by}")
        self._roles, self._by = t["role"], t["by"]
        self._listed, self._listed_roles = t["listed"][0].pattern, t["listed_role"]

    def subjects(self, start: int, end: int, modals: list[Modal], *, bare: bool) -> list[Subject]:
        """The subjects of a clause. ``bare`` lets the verb follow without a word of obligation."""
        out: list[Subject] = []
        pending: list[Bearer] = []
        begun = start
        ends = {m.start for m in modals}
        strong = {m.start for m in modals if m.strong}
        for m in _SEGMENT.finditer(self.text, start, end):
            lead = self.directives.lead.match(self.text, m.start(), m.end())
            at = lead.end() if lead else m.start()
            asked = next((x for x in modals if x.start == at and x.row.name in ("希望", "责令")), None)
            if asked is not None:
                at = asked.end
            stop, found = self.parties.read(at, m.end())
            if not found:
                modal = next((x for x in sorted(strong) if at < x < m.end()), -1)
                known = modal < 0 or self.directives.bare.match(self.text, at, modal) is not None
                found = [] if known else self.parties.unknown(at, modal)
                if found:
                    out.append(Subject(at, modal, tuple(pending + found), True))
                pending = []
                continue
            if stop >= m.end() or self.text[stop : m.end()].strip("”’） ") == "":
                pending, begun = pending + found, (begun if pending else at)
                continue
            after = self._adverbs.match(self.text, stop, m.end())
            verb = after.end() if after else stop
            told = any(stop <= x <= verb for x in ends) or asked is not None
            of = self.text.startswith("的", stop)
            # 'X在…前要…': the word of obligation further on in the same reach
            told = told or (
                not of
                and any(stop < x < m.end() for x in strong)
                and self._acts(found, stop, min(x for x in strong if stop < x))
            )
            does = told or (
                not of
                and bare
                and not _SCENE.search(self.text, stop, m.end())
                and self.directives.bare.match(self.text, verb, m.end()) is not None
            )
            if does:
                out.append(Subject(begun if pending else at, stop, tuple(pending + found), told))
            pending = []
        for x in modals:  # 禁止任何单位和个人…
            if self.page.text.startswith("任何", x.end):
                stop, found = self.parties.read(x.end, end)
                out += [Subject(x.end, stop, tuple(found), True)] if found else []
        first = next((s.start for s in out if s.told), start)
        return [s for s in out if s.start >= first]  # what comes before the order sets its scene

    def _acts(self, found: list[Bearer], stop: int, modal: int) -> bool:
        """Whether what stands between a name and its word of obligation leaves the name the subject."""
        between = self.text[stop:modal]
        if _WITHIN.search(between):
            return False
        if re.match("[在于对按以从根结针自每为向到作接收可]|" + BODIES, between):
            return True
        return len(between) <= 14 and all(b.entity.label == "Region" for b in found) and "的" not in between

    def topic(self, start: int, end: int) -> list[Bearer]:
        """The doer that a clause opens with though its first verb is no order ('两县同饮一河水，要…')."""
        m = _SEGMENT.match(self.text, start, end)
        if m is None:
            return []
        lead = self.directives.lead.match(self.text, m.start(), m.end())
        at = lead.end() if lead else m.start()
        stop, found = self.parties.read(at, m.end())
        if (
            not found
            or m.end() >= end
            or "的" in self.text[stop : m.end()]
            or self.text.startswith(("的", "是", "、"), stop)
            or self.text[at] == PEOPLE
        ):
            return []
        return found

    def names(self, at: int, end: int) -> list[Bearer]:
        """The doers that a list names from ``at`` on."""
        return self.parties.read(at, end)[1]

    def roles(self, start: int, end: int) -> list[Bearer]:
        """Doers that 由 …, 牵头 …, 配合 … name in a clause."""
        out = self._by_whom(start, end)
        for row in self._roles:
            for m in row.pattern.finditer(self.text, start, end):
                for group in ("S", "B"):
                    if group in row.pattern.groupindex and m[group] and (run := self.slots.run(m.start(group))):
                        out += [Bearer(e, s, row.name, row.get(group)) for e, s, _ in self.parties.members(run)]
        return out

    def by(self, start: int, end: int) -> int:
        """Where '由甲…' names who does it, -1 if nowhere."""
        return next((b.span.start for b in self._by_whom(start, end)), -1)

    def _by_whom(self, start: int, end: int) -> list[Bearer]:
        """The doers of 由 …; what they do says their role."""
        out: list[Bearer] = []
        for m in self._by_word.finditer(self.text, start, end):
            stop, found = self.parties.read(m.end(), end)
            for upto in range(m.end() + 3, min(m.end() + _NAME, end)) if not found else ():
                if self.directives.bare.match(self.text, upto, end) and (found := self.parties.named(m.end(), upto)):
                    stop = upto
                    break
            does = next((r for r in self._by if found and r.pattern.search(self.text[stop:end])), None)
            if does is not None:
                out += [
                    Bearer(b.entity, b.span, does.name, b.role if b.role == "配合" else does.get("role")) for b in found
                ]
        return out

    def listed(self, start: int, end: int) -> list[Bearer]:
        """Doers in '责任单位：甲、乙；配合单位：丙' between two offsets."""
        out: list[Bearer] = []
        marks = list(self._listed.finditer(self.page.text, start, end))
        for n, m in enumerate(marks):
            after = marks[n + 1] if n + 1 < len(marks) else None
            stop = min(x for x in (after.start() if after else end, self._break(m.end(), end)))
            row = next(r for r in self._listed_roles if r.pattern.search(m["k"]))
            at = m.end()
            while at < stop:
                nxt, found = self.parties.read(at, stop)
                out += [Bearer(b.entity, b.span, m.group().rstrip("：:"), row.name) for b in found]
                at = max(nxt, at) + 1
        return out

    def _break(self, start: int, end: int) -> int:
        m = _BREAK.search(self.text, start, end)
        return m.start() if m else end

    def is_listing(self, start: int, end: int) -> bool:
        """Whether a span only says who is responsible for what stands before it."""
        m = self._listed.search(self.page.text, start, end)
        if m is not None and m.start() - start <= 6:
            return True
        said = self.page.text[start:end].strip("。；\n 　")
        return said.startswith("（") and said.endswith("）") and bool(self.roles(start, end))
