"""Resolution of a list: as for prose, with people told apart by where their rows place them, and the cells of every
edge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from kg.model import Edge, Evidence, edge_key
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.resolve import ANCHOR_DIGITS, Resolver

_ENOUGH = 12  # pieces of evidence of one edge


class ListResolver(Resolver):
    """A resolver for pages of thousands of people: what it looks for is indexed. ``codes`` is :attr:`Draft.codes`."""

    codes: dict[int, str]

    @cached_property
    def _posts(self) -> dict[int, list[Entity]]:
        found: dict[int, list[Entity]] = defaultdict(list)
        for s in self.page.facts:
            if s.type == "HOLDS":
                found[id(s.source)].append(s.target)
        return found

    @cached_property
    def _bodies(self) -> dict[int, Entity]:
        return {id(s.source): s.target for s in reversed(self.page.facts) if s.type == "POST_IN"}

    @cached_property
    def _kept(self) -> list[Entity]:
        return []

    @cached_property
    def _quotes(self) -> dict[Span, Evidence]:
        return {}

    @cached_property
    def _taken(self) -> dict[str, int]:
        return {}

    def body_of(self, post: Entity) -> Entity | None:
        """The body that a post is in."""
        return self._bodies.get(id(post))

    def node(self, e: Entity) -> str:
        """As for prose; statements are let go one by one, but what has an id is kept, so that no other thing is taken for it."""
        known = self.ids.get(id(e))
        if known:
            return known
        self._kept.append(e)
        return super().node(e)

    def key(self, e: Entity) -> str:
        """The part of an id after its label; a duty's is settled by its row."""
        if e.label == "Obligation" and e.key:
            return f"{self.scope}/{e.key}"
        return super().key(e)

    def anchor(self, person: Entity) -> str:
        """As for prose where a post says it; else where the person's row is, finer where namesakes share a county."""
        bodies = [b for p in self._posts.get(id(person), ()) if (b := self.body_of(p)) is not None]
        codes = sorted({b.key.split("/", 1)[0][:ANCHOR_DIGITS] for b in bodies})
        known = [c for c in codes if c.isdigit()]
        if known:
            found = max(known, key=lambda c: (len(c.rstrip("0")), c))
        else:
            named = sorted(b.name for b in bodies if not b.props.get("unresolved"))
            code = self.codes.get(id(person), "")
            found = code[:ANCHOR_DIGITS].ljust(ANCHOR_DIGITS, "0") if code else named[0] if named else self.scope
        if self._taken.setdefault(f"{person.name}@{found}", id(person)) != id(person):
            return self.codes.get(id(person), "") or found
        return found

    def evidence(self, spans: Iterable[Span]) -> tuple[Evidence, ...]:
        """The notice's words under spans, in order."""
        distinct, known, out = {span for span in spans if span[1] > span[0]}, self._quotes, []
        for span in sorted(distinct) if len(distinct) > 1 else distinct:
            found = known.get(span)
            if found is None:  # kept once: a cell is what several statements rest on
                found = known[span] = Evidence(self.notice.id, *span, self.notice.text[span[0] : span[1]])
            out.append(found)
        return tuple(out)

    def confidence(self, s: Statement) -> float:
        """As the column's reader says: what was counted is prose."""
        return round(s.confidence, 2)

    def edge(self, s: Statement) -> str:
        """As for prose; a statement that others rest on is entered once, and evidence beyond what is enough is not
        gathered."""
        if not s.derived:
            return self._again(s) or super().edge(s)
        if id(s) not in self._entered:
            self._entered[id(s)] = self._again(s) or super().edge(s)
            self._derived.append(s)
        return self._entered[id(s)]

    def _again(self, s: Statement) -> str:
        """The key of the edge that says the same already with enough evidence, '' where there is none."""
        source = self.ids.get(id(s.source))
        target = self.ids.get(id(s.target)) if source is not None else None
        if source is None or target is None:
            return ""
        key = edge_key(source, s.type, target, s.props, derived=s.derived)
        old = self.edges.get(key)
        return key if old is not None and len(self.again.get(key, old.evidence)) >= _ENOUGH else ""

    @cached_property
    def _entered(self) -> dict[int, str]:
        return {}

    @cached_property
    def _derived(self) -> list[Statement]:
        return []  # kept, so that no id comes again

    def with_cells(self, edges: list[Edge], cell: Callable[[int], str]) -> None:
        """Set the property ``cells`` of stated edges: for each piece of evidence the cell that it stands in."""
        known: dict[int, str] = {}
        for e in edges:
            if not e.derived and e.type != "STATED_IN":
                cells = []
                for v in e.evidence:
                    if v.start not in known:
                        known[v.start] = cell(v.start)
                    cells.append(known[v.start])
                if any(cells):
                    e.props["cells"] = cells
