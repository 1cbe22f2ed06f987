"""A page with its mentions turned into slots, so that one pattern reads a construction whatever fills it.

The slotted text is as long as the page's own, so offsets are the same: the first character of a run of coordinated
mentions becomes PEOPLE or BODIES, the rest of it FILL. '曲阳县、望都县政府主要负责人' is one run with two heads.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TypeVar

from kg.lazy import lazy
from loaders.prose.last import last
from loaders.prose.page import Entity, Page, offices
from loaders.prose.relate.fill import Mark, fill
from loaders.prose.relate.runs import TEAM, Run, marks_of, runs_of
from loaders.words import WAYS

PEOPLE, BODIES, FILL = "\ue020", "\ue021", "\ue000"
SLOT = f"[{PEOPLE}{BODIES}]{FILL}*+"

_CARES = "负责(?![人同])|牵头(?![单部领])|包[保联抓]|联系|带队|率队"
_OVER = "(?:约谈|通报|检查|督[查导办促战]|巡查|暗访|抽查|监督|指导)[^。；，]"  # whom, told behind it
_WAY = lazy(f"(?P<of>{SLOT})(?P<way>{WAYS})(?={_CARES}|{_OVER})")
_TO = lazy("[对就向][^，。；：\\n]*$")

_HEADS = lazy(f"(?P<team>{SLOT})[：，。\\s]*组长[ 　：为是]*$")
_BEHALF = lazy(f"(?:代表|受|，受|，代表)(?P<S>{SLOT})(?:的?委托)?")
_CHARGED = lazy(f"受(?P<S>{SLOT})的?委托，$")

_T = TypeVar("_T", Run, Mark)


class Slots:
    """The slotted text of a page (``text``) and its runs in order. In ``bare`` a run goes on over how its deed is done ('甲当场约谈乙'),
    so that a construction need not name every such word."""

    @staticmethod
    @last
    def of(page: Page) -> Slots:
        """The slots of a page; those of the page asked for last are kept, since several stages read one page in turn."""
        return Slots(page)

    def __init__(self, page: Page) -> None:
        self.page = page
        self.bodies: dict[int, Entity] = {}  # id(person entity) -> the body or place its title belongs to
        self.posts, self.seats = offices(page.facts)
        self.marks = fill(page, list(marks_of(page.mentions)))
        self.runs = runs_of(page.text, self.marks, self.bodies)
        self.text = _slotted(page.text, self.runs)
        self.bare = _WAY.sub(_bare, self.text)
        self._starts = [r.span.start for r in self.runs]
        self._marked = [m.span.start for m in self.marks]

    def run(self, at: int) -> Run | None:
        """The run that covers an offset."""
        i = bisect_right(self._starts, at) - 1
        return self.runs[i] if i >= 0 and at < self.runs[i].span.end else None

    def runs_in(self, start: int, end: int) -> list[Run]:
        """The runs that lie within a span."""
        return _within(self.runs, self._starts, start, end)

    def marks_in(self, start: int, end: int) -> list[Mark]:
        """The outermost mentions that lie within a span."""
        return _within(self.marks, self._marked, start, end)

    def body_of(self, person: Entity) -> Entity | None:
        """The body in whose name a person's title stands on this page ('华东督查中心主任某某')."""
        posts = self.posts.get(id(person))
        if posts:  # the last of a chain stands next to the name: '市委副书记、市长某某' speaks as 市长
            seat = self.seats.get(id(posts[-1]))
            if seat is not None:
                return seat
        return self.bodies.get(id(person))

    def principal(self, run: Run) -> Run | None:
        """In whose name a person acts: '某某代表县人民政府', '受县人民政府委托'."""
        m = _BEHALF.match(self.text, run.span.end)
        if m is None and run.people:  # a body that is charged with it acts itself
            m = _CHARGED.search(self.text, max(0, run.span.start - 60), run.span.start)
        return self.run(m.start("S")) if m else None

    def charger(self, run: Run) -> list[Entity]:
        """The government that is said to have charged a body with what it does: '受县人民政府委托，县水利局…'; both do it."""
        m = None if run.people else _CHARGED.search(self.text, max(0, run.span.start - 60), run.span.start)
        by = self.run(m.start("S")) if m else None
        return [b for b in by.bodies if b.name.endswith("政府")] if by is not None else []

    def team(self, leader: Run) -> Run | None:
        """The team that somebody is said to lead: '第一督导组由某某任组长', '第一督导组：组长某某'."""
        at = leader.span.start - 1
        if m := _HEADS.search(self.text, max(0, at - 40), at + 1):
            run, at = self.run(m.start("team")), m.end("team")
        else:
            run = self.run(at - 1) if at > 0 and self.text[at] == "由" else None
        return run if run is not None and run.span.end == at and TEAM.search(self.page.quote(run.span)) else None


def _within(things: Sequence[_T], starts: Sequence[int], start: int, end: int) -> list[_T]:
    """Those of the things beginning at ``starts`` that lie within a span."""
    return [x for x in things[bisect_left(starts, start) : bisect_left(starts, end)] if x.span.end <= end]


def _bare(m: re.Match[str]) -> str:
    done_to = _TO.search(m.string, max(0, m.start() - 40), m.start())
    return m[0] if done_to else m["of"] + FILL * len(m["way"])


def _slotted(text: str, runs: Sequence[Run]) -> str:
    parts = []
    at = 0
    for run in runs:
        first = PEOPLE if run.heads and all(m.kind == "P" for m in run.heads) else BODIES
        parts += [text[at : run.span.start], first, FILL * (run.span.end - run.span.start - 1)]
        at = run.span.end
    parts.append(text[at:])
    return "".join(parts)
