"""What a list says, gathered: mentions and statements with the cells that they rest on, each said once."""

from __future__ import annotations

from kg.model import Value
from loaders.lists.statements import Statements
from loaders.prose.page import Entity, Page, Span, Statement

ENOUGH = 12  # cells kept as evidence of one statement; a roster of thousands of rows names its county in each
_HERE = Entity("Notice", "")


class Draft:
    """Collects for one page, whose text is the notice's own: ``named`` says where each thing is named, ``facts`` are what phrases of
    names make by themselves (HOLDS, POST_IN, PART_OF), ``statements`` all else. ``codes`` says of a person without a post where they are."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.codes: dict[Entity, str] = {}
        self.named, self.facts, self.statements = Statements(), Statements(), Statements()
        self._named: dict[Entity, int] = {}
        self._facts: dict[tuple[Entity, str, Entity], int] = {}
        self._statements: dict[tuple[Entity, str, Entity, str], int] = {}

    def close(self) -> None:
        """Nothing more is said: what tells whether something was said before is let go, and what was named stands as
        named, however a later phrase only implied it."""
        for entity in self._named:
            entity.props.pop("inferred", None)
        self._named.clear()
        self._facts.clear()
        self._statements.clear()

    def mention(self, entity: Entity, span: Span) -> None:
        """Record that a run of the notice names an entity."""
        at, spans = self._named.get(entity), tuple[Span, ...]()
        if at is not None:
            if self.named.count(at) >= ENOUGH:
                return
            spans = self.named.spans(at)
        if span in spans or span[0] >= span[1]:
            return
        entity.props.pop("inferred", None)
        made = Statement(entity, "STATED_IN", _HERE, (*spans, span), "mention", 1.0)
        if at is None:
            self._named[entity] = self.named.add(made)
        else:
            self.named[at] = made

    def fact(self, s: Statement, spans: tuple[Span, ...] | None = None) -> None:
        """Record what a phrase of names makes by itself; ``spans`` where the phrase is of a cell."""
        facts, key = self.facts, (s.source, s.type, s.target)
        at = self._facts.get(key)
        if at is None:
            self._facts[key] = facts.add(s, spans)
        elif facts.count(at) < ENOUGH or s.props.keys() - facts.props(at).keys():
            facts[at] = _joined(facts[at], s, s.spans if spans is None else spans)

    def say(
        self,
        source: Entity,
        type_: str,
        target: Entity,
        spans: tuple[Span, ...],
        rule: str,
        confidence: float = 0.93,
        **props: Value,
    ) -> None:
        """Record a statement; said again, its cells are added."""
        if source is target:
            return
        given: dict[str, Value] = {k: v for k, v in props.items() if v not in ("", [], None)} if props else {}
        qualifier = str(given.get("role") or given.get("kind") or given.get("form") or "") if given else ""
        said, key = self.statements, (source, type_, target, qualifier)
        at = self._statements.get(key)
        if (
            at is not None
            and said.count(at) >= ENOUGH
            and "reason" not in given
            and not given.keys() - said.props(at).keys()
        ):
            return
        distinct = tuple(dict.fromkeys([s for s in spans if s[0] < s[1]]))
        made = Statement(source, type_, target, distinct, rule, confidence, props=given)
        if at is None:
            self._statements[key] = said.add(made)
        else:
            said[at] = _joined(said[at], made, distinct)


def _joined(old: Statement, new: Statement, spans: tuple[Span, ...]) -> Statement:
    """Two tellings of one statement, the new one at ``spans``; of reasons that differ both are kept."""
    props = {**new.props, **old.props}
    a, b = str(old.props.get("reason", "")), str(new.props.get("reason", ""))
    if a and b and b not in a:
        props["reason"] = f"{a}；{b}"
    if len(old.spans) < ENOUGH:
        spans = tuple(dict.fromkeys((*old.spans, *spans)))
    else:
        spans = old.spans
    return Statement(old.source, old.type, old.target, spans, old.rule, old.confidence, old.derived, props)
