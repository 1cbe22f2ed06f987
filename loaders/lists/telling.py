"""What a list says, told one by one: its things once all are known, then its statements, none of which is kept."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise

from kg.model import Edge, Node, Reading
from loaders.lists.resolve import ListResolver, joined
from loaders.lists.statements import Statements
from loaders.prose.page import Statement

_KNOWN = 4096  # offsets of which the cell is remembered


class Telling:
    """See :class:`kg.model.Tells`. ``mentioned`` says where things are named, ``cell`` in which cell an offset lies."""

    def __init__(
        self, resolver: ListResolver, mentioned: Iterable[Statement], statements: Iterable[Statement],
        cell: Callable[[int], str],
    ) -> None:  # fmt: skip
        self.notice = resolver.notice
        self._resolver, self._cell, self._cells = resolver, cell, dict[int, str]()
        self._mentions, self._statements = Statements(), Statements()
        for s in mentioned:
            if (fitted := resolver.fitted(s)) is not None:
                self._mentions.add(fitted)
        # two statements may turn out to be one, when what they speak of has one id
        self._digests = array("q")
        for s in statements:
            if (fitted := resolver.fitted(s)) is not None:
                self._statements.add(fitted)
                self._digests.append(self._digest(fitted))
        ordered = array("q", sorted(self._digests))
        self._again = {a for a, b in pairwise(ordered) if a == b}
        self.weight = len(resolver.ids) + len(self._mentions) + len(self._statements)

    @property
    def remarks(self) -> list[str]:
        """See :attr:`kg.model.Tells.remarks`."""
        return [*self._resolver.page.remarks, *self._resolver.left_open()]

    def _digest(self, s: Statement) -> int:
        """The same for statements of one key, and hardly ever for others."""
        p, node = s.props, self._resolver.node
        qualifier = (p.get("role") or p.get("kind") or p.get("form") or "") if p else ""
        return hash((node(s.source), s.type, node(s.target), str(qualifier), s.derived))

    def things(self) -> Iterator[tuple[Node, Edge | None]]:
        """All things by id, each with what names it; told once."""
        said, resolver = self._mentions, self._resolver

        def uid(n: int) -> str:
            return resolver.node(said.source(n))

        named = groupby(sorted(range(len(said)), key=uid), uid)
        at, mentions = next(named, ("", iter(())))
        for node in resolver.told():
            mention: Edge | None = None
            if node.id == at:
                for n in mentions:
                    edge = resolver.made(said[n])
                    if mention is None:
                        mention = edge
                    else:
                        joined(mention, edge)
                at, mentions = next(named, ("", iter(())))
            yield node, mention
        self._mentions = Statements()

    def statements(self) -> Iterator[Edge]:
        """All statements with the cells that they rest on; told once."""
        again: dict[str, Edge] = {}
        for digest, s in zip(self._digests, self._statements, strict=True):
            edge = self._resolver.made(s)
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
