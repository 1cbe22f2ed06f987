"""What a list says, gathered: mentions and statements with the cells that they rest on, each said once."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Value
from loaders.prose.page import Entity, Mention, Page, Span, Statement

ENOUGH = 12  # cells kept as evidence of one statement; a roster of thousands of rows names its county in each


class Draft:
    """Collects for one page, whose text is the notice's own. ``codes`` says of a person without a post where they
    are."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.codes: dict[int, str] = {}
        self.statements: dict[tuple[int, str, int, str], Statement] = {}
        self._mentioned: dict[int, list[Span]] = {}
        self._facts: dict[tuple[int, str, int], int] = {}

    def close(self) -> None:
        """Nothing more is said: what tells whether something was said before is let go, and what was named stands as
        named, however a later phrase only implied it."""
        for m in self.page.mentions:
            m.entity.props.pop("inferred", None)
        self._mentioned.clear()
        self._facts.clear()

    def mention(self, entity: Entity, span: Span) -> None:
        """Record that a run of the notice names an entity."""
        spans = self._mentioned.get(id(entity))
        if spans is None:
            spans = self._mentioned[id(entity)] = []
        if len(spans) >= ENOUGH or span in spans or span[0] >= span[1]:
            return
        spans.append(span)
        entity.props.pop("inferred", None)
        self.page.mentions.append(Mention(span, entity, self.page.text[span.start : span.end]))

    def fact(self, s: Statement, spans: tuple[Span, ...] | None = None) -> None:
        """Record what a phrase of names makes by itself (HOLDS, POST_IN, PART_OF); ``spans`` where the phrase is of a
        cell."""
        facts, key = self.page.facts, (id(s.source), s.type, id(s.target))
        at = self._facts.get(key)
        if at is not None:
            old = facts[at]
            if len(old.spans) < ENOUGH or s.props.keys() - old.props.keys():
                facts[at] = _joined(old, s if spans is None else replace(s, spans=spans))
        else:
            self._facts[key] = len(facts)
            facts.append(s if spans is None else replace(s, spans=spans))

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
        key = (id(source), type_, id(target), qualifier)
        old = self.statements.get(key)
        if (
            old is not None
            and len(old.spans) >= ENOUGH
            and "reason" not in given
            and not given.keys() - old.props.keys()
        ):
            return
        distinct = tuple(dict.fromkeys([s for s in spans if s[0] < s[1]]))
        made = Statement(source, type_, target, distinct, rule, confidence, props=given)
        self.statements[key] = made if old is None else _joined(old, made)


def _joined(old: Statement, new: Statement) -> Statement:
    """Two tellings of one statement; of reasons that differ both are kept."""
    props = {**new.props, **old.props}
    a, b = str(old.props.get("reason", "")), str(new.props.get("reason", ""))
    if a and b and b not in a:
        props["reason"] = f"{a}；{b}"
    spans = old.spans
    if len(spans) < ENOUGH:
        spans = tuple(dict.fromkeys((*spans, *new.spans)))
    return Statement(old.source, old.type, old.target, spans, old.rule, old.confidence, old.derived, props)
