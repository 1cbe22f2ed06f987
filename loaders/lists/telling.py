"""What a list says, told one by one: its things once all are known, then its statements, none of which is kept."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from kg.model import Edge, Node, Reading
from loaders.lists.resolve import ListResolver, joined
from loaders.prose.page import Statement

_KNOWN = 50_000  # offsets of which the cell is remembered


class Telling:
    """See :class:`kg.model.Tells`. ``mentioned`` says where things are named, ``cell`` in which cell an offset lies."""

    def __init__(
        self, resolver: ListResolver, mentioned: Iterable[Statement], statements: Iterable[Statement],
        cell: Callable[[int], str],
    ) -> None:  # fmt: skip
        self.notice = resolver.notice
        self._resolver, self._cell, self._cells = resolver, cell, dict[int, str]()
        self._mentions: dict[str, list[Statement]] = {}
        for s in mentioned:
            if (fitted := resolver.fitted(s)) is not None:
                self._mentions.setdefault(resolver.node(fitted.source), []).append(fitted)
        # two statements may turn out to be one, when what they speak of has one id
        self._statements, self._digests = list[Statement](), array("q")
        for s in statements:
            if (fitted := resolver.fitted(s)) is not None:
                self._statements.append(fitted)
                self._digests.append(self._digest(fitted))
        ordered = sorted(self._digests)
        self._again = {a for a, b in pairwise(ordered) if a == b}
        self.weight = len(resolver.nodes) + len(self._mentions) + len(self._statements)
        self.remarks = [*resolver.page.remarks, *resolver.left_open()]

    def _digest(self, s: Statement) -> int:
        """The same for statements of one key, and hardly ever for others."""
        p, node = s.props, self._resolver.node
        qualifier = (p.get("role") or p.get("kind") or p.get("form") or "") if p else ""
        return hash((node(s.source), s.type, node(s.target), str(qualifier), s.derived))

    def things(self) -> Iterator[tuple[Node, Edge | None]]:
        """All things by id, each with what names it; told once."""
        nodes, made = self._resolver.nodes, self._resolver.made
        for uid, node in sorted(nodes.items()):
            mention: Edge | None = None
            for edge in map(made, self._mentions.pop(uid, ())):
                if mention is None:
                    mention = edge
                else:
                    joined(mention, edge)
            yield node, mention
        nodes.clear()

    def statements(self) -> Iterator[Edge]:
        """All statements with the cells that they rest on; told once."""
        again: dict[str, Edge] = {}
        self._statements.reverse()
        for digest in self._digests:
            edge = self._resolver.made(self._statements.pop())
            if digest not in self._again:
                yield self._placed(edge)
            elif (old := again.setdefault(edge.key, edge)) is not edge:
                joined(old, edge)
        for edge in again.values():
            yield self._placed(edge)

    def _placed(self, edge: Edge) -> Edge:
        """The edge with the property ``cells``, where it is stated: for each piece of evidence the cell that it stands in."""
        if not edge.derived:
            cells, known = [], self._cells
            for words in edge.evidence:
                at = words[1]
                if at not in known:
                    if len(known) > _KNOWN:
                        known.clear()
                    known[at] = self._cell(at)
                cells.append(known[at])
            if any(cells):
                edge.props["cells"] = cells
        return edge

    def reading(self) -> Reading:
        """All at once."""
        things = list(self.things())
        edges = [mention for _, mention in things if mention is not None]
        edges += self.statements()
        edges.sort(key=lambda e: e.key)
        return Reading(self.notice, [node for node, _ in things], edges, self.remarks)
