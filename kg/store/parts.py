"""A long reading on disk, to be stored a part at a time: it need not be in memory beside the graph that it becomes."""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import TracebackType
from typing import Any, Self

from kg.model import Edge, Evidence, Node, Notice, Reading
from kg.store import records as rec
from kg.store.records import STATED_IN

_PART = 10_000  # things or statements of a part


class Parts:
    """What a reading says, taken out of it into a file of its own: :meth:`things` first, then :meth:`statements`."""

    def __init__(self, reading: Reading) -> None:
        self.notice = reading.notice
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        labels = {n.id: n.label for n in reading.nodes} | {self.notice.id: rec.NOTICE}
        named = {e.source: e for e in reading.edges if e.type == STATED_IN}
        things = [n for n in reading.nodes if n.id != self.notice.id]
        for part in _parts(things):
            self._keep([(rec.node_parts(n), rec.edge_parts(named[n.id]) if n.id in named else None) for n in part])
        self._statements = self._file.tell()
        named.clear()
        things.clear()
        said = [e for e in reading.edges if e.type != STATED_IN]
        reading.nodes.clear()
        reading.edges.clear()
        for part in _parts(said):
            self._keep([(rec.edge_parts(e), labels[e.source], labels[e.target]) for e in part])
        self._end = self._file.tell()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._file.close()

    def things(self) -> Iterator[rec.Shares]:
        """All things, with the words that name them."""
        for rows in self._between(0, self._statements):
            nodes = [Node(uid, label, name, aliases, dict(props)) for (uid, label, name, aliases, props), _ in rows]
            mentions = [_edge(self.notice, mention) for _, mention in rows if mention is not None]
            yield rec.shares(Reading(self.notice, nodes, mentions))

    def statements(self) -> Iterator[rec.Shares]:
        """All statements."""
        for rows in self._between(self._statements, self._end):
            edges = [_edge(self.notice, parts) for parts, _, _ in rows]
            labels: dict[str, str] = {}
            for edge, (_, source, target) in zip(edges, rows, strict=True):
                labels[edge.source], labels[edge.target] = source, target
            yield rec.shares(Reading(self.notice, [], edges), labels)

    def _keep(self, rows: list[Any]) -> None:
        marshal.dump(rows, self._file)

    def _between(self, start: int, end: int) -> Iterator[list[Any]]:
        while start < end:
            self._file.seek(start)
            rows = marshal.load(self._file)
            start = self._file.tell()
            yield rows


def divisible(reading: Reading) -> bool:
    """Whether each thing and each statement stands there once, in order, so that a part of them can be stored by itself."""
    ids, keys = (n.id for n in reading.nodes), (e.key for e in reading.edges)
    return all(a < b for each in (ids, keys) for a, b in pairwise(each))


def _parts(every: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (every[at : at + _PART] for at in range(0, len(every), _PART))


def _edge(notice: Notice, parts: Sequence[Any]) -> Edge:
    source, type_, target, spans, rule, confidence, derived, premises, props = parts
    words = tuple([Evidence(notice.id, start, end, notice.text[start:end]) for start, end in spans])
    return Edge(source, type_, target, words, rule, confidence, derived, premises, dict(props))
