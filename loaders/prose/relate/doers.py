"""Who must do it: subjects of a clause, its 由 … and 牵头 … 配合, and lists such as （责任单位：…）."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Value
from loaders.prose.page import Entity, Page, Span
from loaders.prose.relate.directive import Directives, Modal
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Run, Slots

_SEGMENT = re.compile("[^，：]+")
_WATER = re.compile("(?:[河江湖溪库渠]|流域|断面|河段|[^区县市镇]段)$")
_POST = re.compile("领导|负责人|负责同志|干部|一把手|河长|湖长|林长|田长|路长|网格长|书记|指挥长|召集人|责任人|法定代表人|联络员|信息员")
_REGION = re.compile("^(?:我|本|其他|上游|下游)(?:[省市县区镇乡村州旗]|区域|地区|乡镇|县区|县|地方|城市)")
_HELD = re.compile("(?:党委|政府)?(?:党政)?(?:主要|分管|有关|相关|包保|包联)?(?:一把手|负责人|负责同志|领导班子|领导干部|领导|干部|主官)|(?:（[^（）]{1,12}）|厂区|河湖长|河长|湖长|林长|田长|路长|网格长|村?党支部|村委会|党组织|党总支|党委、政府|党委和政府|党政班子)(?:书记)?")
_BY = re.compile("(?<![自缘理事提报呈申来])由(?!于|此|来)")
_TITLE = re.compile("(?:党委|党组|党支部)?(?:第一|常务副|副)?(?:书记|主任|局长|镇长|乡长|县长|区长|市长|所长|站长|队长)(?![\\u4e00-\\u9fff]?[，、]?[\ue020])")
_COUNTS = re.compile("(?:其他|剩余)?[0-9一二两三四五六七八九十]")
_REACH = 12  # characters after a class that may still name who of it
_COUNTED = re.compile("(?P<n>[0-9]|[两三四五六七八九二])(?:个)?(?P<k>[省市县区镇乡村州盟旗])")
_NUMERALS = dict(zip("二两三四五六七八九", (2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_SCENE = re.compile("(?:中|上|下|时|期间|以来|方面)，?$")
_WITH = re.compile("会同|联合|协同|配合|商")


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who must do it, where the words stand, by which row, and the role (牵头 配合 责任 督办)."""

    entity: Entity
    span: Span
    rule: str
    role: str = "责任"


@dataclass(frozen=True, slots=True)
class Subject:
    """A doer at the head of a comma's reach; ``end`` is where its words end."""

    start: int
    end: int
    bearers: tuple[Bearer, ...]
    told: bool  # whether a word of obligation is its verb


class Doers:
    """Finds who must do it on one page. Classes that no mention covers become entities of their own."""

    def __init__(self, page: Page, slots: Slots, directives: Directives) -> None:
        self.page, self.slots, self.text, self.directives = page, slots, slots.text, directives
        t = table("bearers")
        slot = f"[{PEOPLE}{BODIES}]{FILL}*+"
        held = f"[\u4e00-\u9fff]{{2,10}}(?:队长|主任|书记|组长|会长|站长|会计|村长)(?={PEOPLE})"
        self._item = t.pattern(f"(?:(?:(?:{{quantity}}|各|每个)*|{held}){slot}|(?:{{quantity}})*{{doer}})(?:（[^（）]{{1,30}}）)?")
        self._join = re.compile("[、和与及暨跟或]|以及|或者|会同|联合")
        self._tail = t.pattern("(?:{tail})?")
        self._adverbs = t.pattern("(?:{adverb})*")
        self._quantity = t.pattern("^(?:{quantity})+")
        self._roles, self._by = t["role"], t["by"]
        self._doer = t.pattern("(?:{quantity})*{doer}")
        self._listed, self._listed_roles = t["listed"][0].pattern, t["listed_role"]
        self._made: dict[str, Entity] = {}
        self._starts = [r.span.start for r in slots.runs]

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
            stop, found = self._names(at, m.end())
            if not found:
                pending = []
                continue
            if stop >= m.end() or self.text[stop:m.end()].strip("”’） ") == "":
                pending, begun = pending + found, (begun if pending else at)
                continue
            after = self._adverbs.match(self.text, stop, m.end())
            verb = after.end() if after else stop
            told = any(stop <= x <= verb for x in ends) or asked is not None
            of = self.text.startswith("的", stop)
            # 'X在…前要…': the word of obligation further on in the same reach
            told = told or (not of and any(stop < x < m.end() for x in strong)
                            and self._acts(found, stop, min(x for x in strong if stop < x)))
            does = told or (not of and bare and not _SCENE.search(self.text, stop, m.end())
                            and self.directives.bare.match(self.text, verb, m.end()) is not None)
            if does:
                out.append(Subject(begun if pending else at, stop, tuple(pending + found), told))
            pending = []
        for x in modals:  # 禁止任何单位和个人…
            if self.page.text.startswith("任何", x.end):
                stop, found = self._names(x.end, end)
                out += [Subject(x.end, stop, tuple(found), True)] if found else []
        first = next((s.start for s in out if s.told), start)
        return [s for s in out if s.start >= first]  # what comes before the order sets its scene

    def _acts(self, found: list[Bearer], stop: int, modal: int) -> bool:
        """Whether what stands between a name and its word of obligation leaves the name the subject."""
        between = self.text[stop:modal]
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
        stop, found = self._names(at, m.end())
        if not found or m.end() >= end or "的" in self.text[stop:m.end()] or self.text.startswith(("的", "是", "、"), stop) or self.text[at] == PEOPLE:
            return []
        return found

    def names(self, at: int, end: int) -> list[Bearer]:
        """The doers that a list names from ``at`` on."""
        return self._names(at, end)[1]

    def _names(self, at: int, end: int) -> tuple[int, list[Bearer]]:
        found: list[Bearer] = []
        stop, role = at, "责任"
        while (m := self._item.match(self.text, at, end)) is not None:
            found += self._one(m.start(), m.end(), role)
            stop = at = self._extended(m.end(), end)
            join = self._join.match(self.text, at, end)
            if join is None:
                if self.text[at : at + 1] in (PEOPLE, BODIES) and at < end:
                    continue
                break
            if _WITH.match(join.group()):
                found = [Bearer(b.entity, b.span, b.rule, "牵头") for b in found]
                role = "配合"
            at = join.end()
        if found:
            tail = self._tail.match(self.text, stop, end)
            stop = tail.end() if tail else stop
        return stop, found

    def _extended(self, at: int, end: int) -> int:
        """Where a class ends whose name goes on after the mention ('各县区' + '党政一把手')."""
        run = self.slots.run(at - 1)
        if run is None:  # a class that no mention covers, and a post of it: '四县市' + '主要负责人'
            nxt = self.slots.run(at)
            held = nxt is not None and nxt.span.start == at and all(m.kind == "T" and m.generic for m in nxt.marks)
            return nxt.span.end if nxt is not None and held else at
        titled = _TITLE.match(self.page.text, at, min(at + _REACH, end))
        if titled:
            return titled.end()
        if not run.heads or not run.heads[-1].generic or run.heads[-1].kind == "T":
            return at
        held = _HELD.match(self.page.text, at, min(at + _REACH, end))
        return held.end() if held else at

    def _one(self, start: int, end: int, role: str) -> Iterator[Bearer]:
        run = self.slots.run(end - 1) or self.slots.run(start)
        run = run or next((r for i in range(start, end) if (r := self.slots.run(i))), None)
        if run is None:
            yield Bearer(self._class(self.text[start:end]), Span(start, end), "doer", role)
            return
        doer = self._doer.match(self.text, start, end)
        tail = _TITLE.match(self.page.text, run.span.end, end) if run.span.end < end else None
        counted = doer and _COUNTS.match(self.text, start) or all(m.kind == "T" for m in run.marks)
        if (doer and doer.end() == run.span.start > start and counted) or (tail and tail.end() == end and len(run.heads) == 1):
            yield Bearer(self._class(self.page.text[start:end]), Span(start, end), "doer", role)
            return
        words = self.page.text[start:run.span.end]
        if words.startswith(("各", "每")) and start < run.span.start and len(run.heads) == 1 and run.heads[0].generic:
            yield Bearer(self._class(words, run.heads[0].entities[0].name), Span(start, run.span.end), "doer", role)
            return
        for entity, span, part in self._members(run):
            if not (entity.label == "Region" and _WATER.search(entity.name)):
                yield Bearer(entity, span, "subject", part or role)

    def _members(self, run: Run) -> Iterator[tuple[Entity, Span, str]]:
        """The heads of a run, with roles where 会同 stands between them."""
        role, last = "", run.span.start
        split = _WITH.search(self.page.text, run.span.start, run.span.end)
        joined = split is not None and any(h.span.end <= split.start() for h in run.heads)
        for head in run.heads or run.marks[-1:]:
            meant = self._meant(run, head)
            if meant:
                yield from ((e, head.span, role) for e in meant)
                continue
            whole = self._whole(run, head)
            if whole is not None:
                yield whole
                continue
            if joined and split is not None:
                role = "牵头" if head.span.start < split.start() else "配合"
            for entity in head.entities:
                yield entity, head.span, role
            last = head.span.end

    def _whole(self, run: Run, head: Mark) -> tuple[Entity, Span, str] | None:
        """A class that words around it make a narrower one: '市生态环境局各分局', '各县区党政一把手'."""
        if not head.generic:
            return None
        before = [m for m in run.marks if m.span.end == head.span.start and m.kind in "AR"]
        start = before[-1].span.start if before else head.span.start
        held = _HELD.match(self.page.text, head.span.end, head.span.end + _REACH) if head.kind != "T" else None
        end = held.end() if held else head.span.end
        if (start, end) == (head.span.start, head.span.end):
            return None
        return self._class(self.page.text[start:end]), Span(start, end), ""

    def _meant(self, run: Run, head: Mark) -> tuple[Entity, ...]:
        """The places that '两县' means: the one right before it ('甲、乙两县'), or the last so many named together."""
        counted = _COUNTED.fullmatch(self.page.text, head.span.start, head.span.end) if head.generic else None
        if counted is None:
            return ()
        before = [m for m in run.marks if m.span.end == head.span.start and m.kind in "AR"]
        if before:
            return before[-1].entities
        number = _NUMERALS.get(counted["n"]) or int(counted["n"])
        for mark in self._lists(head.span.start):
            named = [h for h in mark.heads if h.kind in "AR" and not h.generic and any(
                e.name.endswith((counted["k"], counted["k"] + "人民政府")) for e in h.entities)]
            if len(named) == number == len(mark.heads):
                return tuple(h.entities[0] for h in named)
        return ()

    def _lists(self, at: int) -> Iterator[Run]:
        """The lists before an offset, the last first."""
        i = bisect_left(self._starts, at)
        yield from (self.slots.runs[j] for j in range(i - 1, max(-1, i - 60), -1) if len(self.slots.runs[j].heads) > 1)

    def _class(self, words: str, *aliases: str) -> Entity:
        """A doer named by what it is; quantity words are not part of its name unless nothing else is there."""
        name = words if words.startswith(("我", "本", "其他", "全")) else self._quantity.sub("", words) or words
        if name not in self._made:
            label = "Post" if _POST.search(name) else "Region" if _REGION.match(name) else "Agency"
            props: dict[str, Value] = {"generic": True, "title": name} if label == "Post" else {"generic": True}
            self._made[name] = Entity(label, name, [a for a in (words, *aliases) if a != name], "", props, f"class/{name}")
        return self._made[name]

    def roles(self, start: int, end: int) -> list[Bearer]:
        """Doers that 由 …, 牵头 …, 配合 … name in a clause."""
        out = self._by_whom(start, end)
        for row in self._roles:
            for m in row.pattern.finditer(self.text, start, end):
                for group in ("S", "B"):
                    if group in row.pattern.groupindex and m[group] and (run := self.slots.run(m.start(group))):
                        out += [Bearer(e, s, row.name, row.get(group)) for e, s, _ in self._members(run)]
        return out

    def by(self, start: int, end: int) -> int:
        """Where '由甲…' names who does it, -1 if nowhere."""
        return next((b.span.start for b in self._by_whom(start, end)), -1)

    def _by_whom(self, start: int, end: int) -> list[Bearer]:
        """The doers of 由 …; what they do says their role."""
        out: list[Bearer] = []
        for m in _BY.finditer(self.text, start, end):
            stop, found = self._names(m.end(), end)
            does = next((r for r in self._by if found and r.pattern.search(self.text[stop:end])), None)
            if does is not None:
                out += [Bearer(b.entity, b.span, does.name, b.role if b.role == "配合" else does.get("role")) for b in found]
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
                nxt, found = self._names(at, stop)
                out += [Bearer(b.entity, b.span, m.group().rstrip("：:"), row.name) for b in found]
                at = max(nxt, at) + 1
        return out

    def _break(self, start: int, end: int) -> int:
        m = re.compile("[；。）\n]").search(self.text, start, end)
        return m.start() if m else end

    def is_listing(self, start: int, end: int) -> bool:
        """Whether a span only says who is responsible for what stands before it."""
        m = self._listed.search(self.page.text, start, end)
        if m is not None and m.start() - start <= 6:
            return True
        said = self.page.text[start:end].strip("。；\n 　")
        return said.startswith("（") and said.endswith("）") and bool(self.roles(start, end))
