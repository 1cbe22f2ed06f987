"""Who a run of words names as doers: mentions, classes of doers that no mention covers, and both together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Value
from loaders.prose.page import Entity, Page, Span
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Mark, Run, Slots

_REACH = 12  # characters after a class that may still name who of it


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who must do it, where the words stand, by which row, and the role (牵头 配合 责任 督办)."""

    entity: Entity
    span: Span
    rule: str
    role: str = "责任"


class Parties:
    """Reads lists of doers on one page. Classes that no mention covers become entities of their own."""

    def __init__(self, page: Page, slots: Slots) -> None:
        self.page, self.slots, self.text = page, slots, slots.text
        t = table("bearers")
        slot = f"[{PEOPLE}{BODIES}]{FILL}*+"
        self._item = t.pattern(
            f"(?:(?:(?:{{quantity}}|{{whose}})*|{{untitled}}){slot}|(?:{{quantity}})*{{doer}})(?:（[^（）]{{1,30}}）)?"
        )
        self._doer = t.pattern("(?:{quantity}|{whose})*{doer}")
        self._join, self._tail = t.pattern("{join}"), t.pattern("(?:{tail})?")
        self._quantity, self._counts = (
            t.pattern("^(?:{quantity})+"),
            t.pattern("(?:其他|剩余)?[0-9一二两三四五六七八九十]"),
        )
        self._held, self._title, self._together = t.pattern("{held}"), t.pattern("{title}"), t.pattern("{together}")
        self._post, self._region, self._water = t.pattern("{post}"), t.pattern("{region}"), t.pattern("{water}")
        self._whose = t.pattern("{whose}")
        self._named = t.pattern("(?!{verbal}){named}")
        self._wider = t.pattern("(?!{verbal})[\u4e00-\u9fff]{1,8}")
        self._softened = t.pattern("(?:{adverb})*$")
        self._made: dict[str, Entity] = {}

    def read(self, at: int, end: int) -> tuple[int, list[Bearer]]:
        """The doers that a list names from ``at`` on, and where it ends; ``(at, [])`` where none begins there."""
        found: list[Bearer] = []
        stop, role = at, "责任"
        while (upto := self._member(at, end)) > at:
            stop = self._extended(upto, end)
            found += self._one(at, stop, role)
            at = stop
            join = self._join.match(self.text, at, end)
            if join is None:
                if self.text[at : at + 1] in (PEOPLE, BODIES) and at < end:
                    continue
                break
            if self._together.match(join.group()):
                found = [Bearer(b.entity, b.span, b.rule, "牵头") for b in found]
                role = "配合"
            at = join.end()
        if found:
            tail = self._tail.match(self.text, stop, end)
            stop = tail.end() if tail else stop
        return stop, found

    def unknown(self, at: int, upto: int) -> list[Bearer]:
        """The doer that is all there is between two offsets though nothing knows it: by its ending ('某某派出所'), or a class
        narrowed by the words before it ('市直包联' + '单位'). To be used before a word of obligation only."""
        upto -= len(self._softened.search(self.text[at:upto]).group())  # type: ignore[union-attr]
        span = Span(at, upto)
        run = self.slots.run(upto - 1) if upto > at else None
        if run is None:
            return self.named(at, upto)
        generic = len(run.heads) == 1 and run.heads[0].generic and run.span.end == upto
        if generic and self._wider.fullmatch(self.text, at, run.span.start):
            return [Bearer(self._class(self.page.quote(span)), span, "class")]
        return []

    def named(self, at: int, end: int) -> list[Bearer]:
        """The body that nothing knows between two offsets, by its ending."""
        if not self._named.fullmatch(self.text, at, end):
            return []
        name = self.page.text[at:end]
        return [Bearer(self._made.setdefault(name, Entity("Agency", name)), Span(at, end), "named")]

    def _member(self, at: int, end: int) -> int:
        """Where the member of a list that begins at an offset ends; the offset itself where none does. A class is looked for
        in the words themselves, since parts of its name may be mentions of wider classes ('任何' + '单位')."""
        m = self._item.match(self.text, at, end)
        upto = m.end() if m else at
        if self.slots.run(at) is not None:
            return upto
        doer = self._doer.match(self.page.text, at, end)
        if doer is not None and doer.end() > upto:
            run = self.slots.run(doer.end() - 1)
            inside = run is None or all(h.generic for h in run.heads)
            upto = max(doer.end(), run.span.end if run is not None else 0) if inside else upto
        return upto

    def _extended(self, at: int, end: int) -> int:
        """Where a class ends whose name goes on after the words that name it ('各县区' + '党政一把手')."""
        run = self.slots.run(at - 1)
        if run is None:  # a class that no mention covers, and a post of it: '四县市' + '主要负责人'
            after = self.slots.run(at)
            counted = self._counts.match(self.page.text, max(0, at - 2), at)
            held = (
                after is not None
                and after.span.start == at
                and all(counted is not None or (m.generic and m.kind == "T") for m in after.marks)
            )
            return after.span.end if after is not None and held else at
        titled = self._title.match(self.page.text, at, min(at + _REACH, end))
        if titled:
            return titled.end()
        if not run.heads or not run.heads[-1].generic or run.heads[-1].kind == "T":
            return at
        held_by = self._held.match(self.page.text, at, min(at + _REACH, end))
        return held_by.end() if held_by else at

    def _one(self, start: int, end: int, role: str) -> Iterator[Bearer]:
        """The doers of one member of a list."""
        run = next((r for i in (end - 1, *range(start, end)) if (r := self.slots.run(i))), None)
        if run is None:
            yield Bearer(self._class(self.page.text[start:end]), Span(start, end), "doer", role)
            return
        doer = self._doer.match(self.page.text, start, end)
        title = self._title.match(self.page.text, run.span.end, end) if run.span.end < end else None
        posts = all(m.kind == "T" for m in run.marks)
        whole = (
            doer is not None
            and run.span.start > start
            and (
                doer.end() >= run.span.end
                or (doer.end() == run.span.start and bool(posts or self._counts.match(self.text, start)))
            )
        )
        if whole or (title and title.end() == end and len(run.heads) == 1):
            yield Bearer(self._class(self.page.text[start:end]), Span(start, end), "doer", role)
            return
        words = self.page.text[start : run.span.end]
        if self._whose.match(words) and start < run.span.start and len(run.heads) == 1 and run.heads[0].generic:
            yield Bearer(self._class(words, run.heads[0].entities[0].name), Span(start, run.span.end), "doer", role)
            return
        for entity, span, part in self.members(run):
            if not (entity.label == "Region" and self._water.search(entity.name)):
                yield Bearer(entity, span, "subject", part or role)

    def members(self, run: Run) -> Iterator[tuple[Entity, Span, str]]:
        """The members of a run, each with its span and, where 会同 stands among them, its role."""
        split = self._together.search(self.page.text, run.span.start, run.span.end)
        joined = split is not None and any(h.span.end <= split.start() for h in run.heads)
        for head in run.heads or run.marks[-1:]:
            role = ""
            if joined and split is not None:
                role = "牵头" if head.span.start < split.start() else "配合"
            narrower = self._narrower(run, head)
            if narrower is not None:
                yield *narrower, role
            else:
                yield from ((entity, head.span, role) for entity in head.entities)

    def _narrower(self, run: Run, head: Mark) -> tuple[Entity, Span] | None:
        """A class that words around it make a narrower one: '市生态环境局各分局', '各县区党政一把手'."""
        if not head.generic:
            return None
        before = [m for m in run.marks if m.span.end == head.span.start and m.kind in "AR"]
        start = before[-1].span.start if before else head.span.start
        held = self._held.match(self.page.text, head.span.end, head.span.end + _REACH) if head.kind != "T" else None
        span = Span(start, held.end() if held else head.span.end)
        return (self._class(self.page.quote(span)), span) if span != head.span else None

    def _class(self, words: str, *aliases: str) -> Entity:
        """A doer named by what it is; quantity words are no part of its name unless nothing else is there."""
        name = words if words.startswith(("我", "本", "其他", "全")) else self._quantity.sub("", words) or words
        if name not in self._made:
            label = "Post" if self._post.search(name) else "Region" if self._region.search(name) else "Agency"
            props: dict[str, Value] = {"generic": True, "title": name} if label == "Post" else {"generic": True}
            self._made[name] = Entity(
                label, name, [a for a in (words, *aliases) if a != name], "", props, f"class/{name}"
            )
        return self._made[name]
