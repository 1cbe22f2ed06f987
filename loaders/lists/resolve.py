"""Resolution of a list: as for prose, with people told apart by where their rows place them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import groupby

from kg.model import Edge, Evidence, Node, Value
from kg.vocabulary import vocabulary
from loaders.prose.page import Entity, Statement, seat_of
from loaders.prose.resolve import Resolver

_ENOUGH = 12  # pieces of evidence of one edge
_NO_ALIASES, _NO_PROPS = list[str](), dict[str, Value]()


class ListResolver(Resolver):
    """A resolver for pages of thousands of people. ``codes`` is :attr:`Draft.codes`."""

    codes: dict[Entity, str]

    def meet(self, uid: str, e: Entity) -> None:
        """Its node is made when it is told."""

    def told(self) -> Iterator[Node]:
        """The nodes of all things that have ids, by these; only those of what was left open are kept."""
        self.offices = None
        for uid, same in groupby(sorted(self.ids, key=self.node), self.node):
            for e in same:
                super().meet(uid, e)
                e.aliases, e.props, e.key, e.place = _NO_ALIASES, _NO_PROPS, "", ""  # the node has them
            node = self.nodes[uid]
            if not node.props.get("unresolved"):
                del self.nodes[uid]
            yield node

    def key(self, e: Entity) -> str:
        """The part of an id after its label; a duty's is settled by its row."""
        if e.label == "Obligation" and e.key:
            return f"{self.scope}/{e.key}"
        return super().key(e)

    def anchor(self, person: Entity) -> str:
        """As for prose where a post says it; else where the person's row is."""
        posts, seats = self.offices or ({}, {})
        bodies = [b for p in posts.get(id(person), ()) if (b := seats.get(id(p))) is not None]
        named = sorted(b.name for b in bodies if not b.props.get("unresolved"))
        code = seat_of(bodies) or self.codes.get(person, "")
        return code or (named[0] if named else self.scope)

    def fitted(self, s: Statement) -> Statement | None:
        """The statement between things that may stand at its ends, which have ids from now on; None where it says nothing."""
        for start, end in s.spans:
            if end > start:
                break
        else:
            return None
        ends = vocabulary().types[s.type]
        source, target = self.fitting(s.source, ends.domain), self.fitting(s.target, ends.range)
        if source is None or target is None:
            self.page.remarks.append(
                f"left out: {s.source.name} {s.type} {s.target.name} ({s.rule}): the ontology has no such ends"
            )
            return None
        if self.node(source) == self.node(target):
            self._alike.append(s)  # kept, so that no other thing is taken for one of these
            return None
        return s if source is s.source and target is s.target else replace(s, source=source, target=target)

    @cached_property
    def _alike(self) -> list[Statement]:
        return []

    def made(self, s: Statement) -> Edge:
        """The edge of a fitted statement."""
        notice, text = self.notice.id, self.notice.text
        spans = s.spans if len(s.spans) == 1 else sorted({span for span in s.spans if span[1] > span[0]})
        return Edge(
            self.node(s.source), s.type, self.node(s.target),
            tuple([Evidence(notice, start, end, text[start:end]) for start, end in spans]),
            s.rule, round(s.confidence, 2), s.derived, (),
            {k: v for k, v in s.props.items() if v not in ("", None, [])} if s.props else {},
        )  # fmt: skip


def joined(old: Edge, new: Edge) -> None:
    """Add what the same edge says once more; evidence beyond what is enough is not gathered."""
    if len(old.evidence) < _ENOUGH:
        old.evidence = tuple(sorted({*old.evidence, *new.evidence}))
        old.confidence = max(old.confidence, new.confidence)
        old.props = {**new.props, **old.props}
