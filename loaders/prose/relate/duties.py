"""Duties: what somebody must do, who must, who says so, by when, where, about what and to what number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kg.dates import find_deadlines
from kg.lazy import lazy
from kg.model import Value
from loaders.prose.last import last
from loaders.prose.page import Entity, Page, Span, Statement
from loaders.prose.relate.duty import Duty, Reader
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.targets import Found, find
from loaders.prose.relate.topics import Topics

_ASSIGNERS = ("Person", "Agency", "Meeting", "Region")
_ACTIONS = 6  # the verbs that a duty keeps
# what every deadline or cadence has some of; spares the parser the rest
_TIME = lazy(
    "[0-9一二三四五六七八九十两几]个?(?:[年月日周天季小工]|半年|学期)|[每底末]|逐[年月日周季天旬]|按[年月日周季天旬]|小时|分钟|前(?![来往进景期款述沿提])|立即|即日|即刻|马上|长期|定期|常态|经常|随时|适时|当[天日月年]|本[周月季年]|季度|[汛冬春夏秋节麦收种播冻学考降]前|今[晚夜]|明[早晚]|号前|限[期时]?[0-9一二三两]|期间|[上下]半年|[一二三四]季度|收获前|全年|年内|月内|日内|限期|按期|按时|如期|尽快"
)
_STRONG, _WEAK = 0.95, 0.85  # a word of obligation is surer than a bare verb phrase


def relate(page: Page) -> list[Statement]:
    """The obligations of a page, each with ASSIGNED, BEARS, ABOUT, APPLIES_IN, HAS_TARGET and where it is stated."""
    found = duties(page)
    return list(_Statements(page).of(found)) if found else []


@last
def duties(page: Page) -> list[Duty]:
    """The duties of a page; where targets apply asks for them too."""
    return Reader(page).read()


class _Statements:
    """Turns what was read into statements."""

    def __init__(self, page: Page) -> None:
        self.page, self.slots = page, Slots.of(page)
        self.topics = Topics(page)
        self.targets: list[Found] = find(self.slots)
        self._at = [t.span.start for t in self.targets]
        self._notice = Entity("Notice", page.meta.title)
        self._reference = page.meta.day
        self._verb = table("duties").pattern("{verb}")

    def of(self, duties: list[Duty]) -> Iterator[Statement]:
        """All statements, duty by duty."""
        for duty in duties:
            yield from self._duty(duty)

    def _duty(self, duty: Duty) -> Iterator[Statement]:
        obligation = Entity("Obligation", duty.name, [], "", self._props(duty))
        sure = _STRONG if duty.verdict.strong else _WEAK
        here = duty.span
        stated = (here, duty.until) if duty.until else (here,)
        yield Statement(obligation, "STATED_IN", self._notice, stated, duty.verdict.rule, sure)
        voice = duty.told.voice
        for who in voice.speakers:
            if who.label in _ASSIGNERS:
                spans = (voice.span, here) if voice.span else (here,)
                yield Statement(who, "ASSIGNED", obligation, spans, voice.rule, sure)
        for b in duty.bearers:
            yield Statement(b.entity, "BEARS", obligation, (b.span, here), b.rule, sure, props={"role": b.role})
        yield from self._watched(duty)
        for topic, span in self.topics.within(here):
            yield Statement(obligation, "ABOUT", topic, (span,), "topic")
        for place, span in self._places(duty):
            yield Statement(obligation, "APPLIES_IN", place, (span, here), "place", sure)
        for target in self._targets(here):
            yield Statement(obligation, "HAS_TARGET", target.entity, (target.span,), target.rule)

    def _watched(self, duty: Duty) -> Iterator[Statement]:
        """Who a list names to see to it (督办单位) supervises those who must do it."""
        for w in duty.watchers:
            for b in duty.bearers:
                named = b.role in ("牵头", "责任") and b.entity.label != "Person"
                if named and b.entity is not w.entity and w.entity.label != "Region":
                    yield Statement(
                        w.entity, "SUPERVISES", b.entity, (w.span, b.span), w.rule, props={"kind": "inspection"}
                    )

    def _props(self, duty: Duty) -> dict[str, Value]:
        props: dict[str, Value] = {"text": duty.text, "modality": duty.verdict.modality}
        said = self.page.quote(duty.span)
        actions = [m.group() for m in self._verb.finditer(said)]
        if actions:
            props["actions"] = list(dict.fromkeys(a for a in actions if len(a) > 1))[:_ACTIONS]
        said = said[duty.told.content - duty.span.start :]
        found = find_deadlines(said, self._reference) if _TIME.search(said) else []
        if duty.until and not any(d.due for d in found):
            found = [*find_deadlines(self.page.quote(duty.until), self._reference), *found]
        once = [d for d in found if not d.cadence] or found
        if once:
            # its own day: '30个工作日内制定方案，6个月内报送' names none for the first
            props["deadline"] = once[0].text
            if once[0].due:
                props["due"] = once[0].due
        again = [d.cadence for d in found if d.cadence]
        if again:
            props["cadence"] = again[0]
        return props

    def _places(self, duty: Duty) -> Iterator[tuple[Entity, Span]]:
        """The places that a duty names and that do not bear it."""
        bearing = {id(b.entity) for b in duty.bearers}
        for run in self.slots.runs_in(duty.told.content, duty.span.end):
            for head in run.heads:
                for e in head.entities:
                    if head.kind == "R" and not head.generic and id(e) not in bearing:
                        bearing.add(id(e))
                        yield e, head.span

    def _targets(self, span: Span) -> Iterator[Found]:
        for target in self.targets[bisect_left(self._at, span.start) :]:
            if target.span.start >= span.end:
                break
            yield target
