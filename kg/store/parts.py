"""A long reading on disk, to be stored a part at a time: it need not be in memory beside the graph that it becomes."""

from __future__ import annotations

import marshal
import tempfile
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any, NamedTuple, Self

from kg.model import Edge, Evidence, Notice, Reading
from kg.store import records as rec
from kg.store.merge import NodeSaid
from kg.store.records import NOTICE, STATED_IN

_PART = 10_000  # things or statements of a part


class Named(NamedTuple):
    """A thing with what the notice says of it, and the properties of the relationship by which the notice names it."""

    id: str
    label: str
    said: NodeSaid
    mention: dict[str, Any]


class Stated(NamedTuple):
    """A statement as :func:`kg.store.records.edge_parts` has it, its key, and the labels of its ends."""

    key: str
    source_label: str
    target_label: str
    told: tuple[Any, ...]


class Parts:
    """What a reading says, in a file of its own: :meth:`things` first, then :meth:`statements`. ``digest`` is the reading's."""

    def __init__(self, notice: Notice) -> None:
        self.notice, self.digest = notice, ""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._statements = self._end = 0

    @classmethod
    def of(cls, reading: Reading) -> Parts | None:
        """Take all out of a reading; None, and it stays as it was, where a thing or a statement does not stand there once
        and in order, so that a part of them cannot be stored by itself. Raises VocabularyError for what no store can hold."""
        parts = cls(reading.notice)
        try:
            if parts._take(reading):
                reading.nodes.clear()
                reading.edges.clear()
                return parts
        except BaseException:
            parts._file.close()
            raise
        parts._file.close()
        return None

    def _take(self, reading: Reading) -> bool:
        named = {e.source: e for e in reading.edges if e.type == STATED_IN}
        labels, digest, mentions, last = {self.notice.id: NOTICE}, rec.Digest(self.notice), len(named), ""
        for nodes in _parts(reading.nodes):
            things = []
            for n in nodes:
                if n.id <= last or n.id == self.notice.id:
                    return False
                last, labels[n.id] = n.id, n.label
                rec.check_values(self.notice, n.id, n.props)
                mention = named.pop(n.id, None)
                things.append((digest.node(n), digest.edge(mention) if mention is not None else None))
            self._keep(things)
        self._statements, last = self._file.tell(), ""
        if named:
            return False
        for edges in _parts(reading.edges):
            said = []
            for e in edges:
                key = rec.checked_key(self.notice, e)
                if key <= last:
                    return False
                last, mentions = key, mentions - (e.type == STATED_IN)
                if e.type != STATED_IN:
                    said.append((key, labels[e.source], labels[e.target], digest.edge(e)))
            self._keep(said)
        self._end, self.digest = self._file.tell(), digest.text()
        return mentions == 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._file.close()

    def things(self) -> Iterator[list[Named]]:
        """All things, with the words that name them."""
        notice, published, loads = self.notice.id, self.notice.published, marshal.loads
        for rows in self._between(0, self._statements):
            part = []
            for node, mention in rows:
                uid, label, name, aliases, props = loads(node)
                spelt = tuple(sorted({*aliases} - {name, ""})) if aliases else ()
                said = NodeSaid(notice, published, name, spelt, dict(props))
                words = self._row("", loads(mention)) if mention is not None else {"rule": "", "confidence": 1.0}
                part.append(Named(uid, label, said, rec.mention_props(uid, said, words)))
            yield part

    def statements(self) -> Iterator[list[Stated]]:
        """All statements."""
        for rows in self._between(self._statements, self._end):
            yield [Stated(key, a, b, marshal.loads(told)) for key, a, b, told in rows]

    def row(self, stated: Stated) -> dict[str, Any]:
        """The properties of the relationship as stored, where nobody else speaks of it; it has words."""
        return self._row(stated.key, stated.told)

    def statement(self, stated: Stated) -> rec.Statement:
        """The statement as any notice's share in a relationship."""
        source, type_, target, spans, rule, confidence, derived, premises, props = stated.told
        words = tuple([Evidence(self.notice.id, s, e, self.notice.text[s:e]) for s, e in spans])
        edge = Edge(source, type_, target, words, rule, confidence, derived, premises, dict(props))
        return rec.Statement(edge, stated.source_label, stated.target_label, self.notice)

    def _row(self, key: str, told: Sequence[Any]) -> dict[str, Any]:
        _, _, _, spans, rule, confidence, derived, premises, props = told
        notice, text, published = self.notice.id, self.notice.text, self.notice.published
        words = spans if len(spans) < 2 else sorted(set(spans))
        row = {
            **dict(props), "uid": key, "derived": derived, "rule": rule, "confidence": float(confidence),
            "evidence": [f"{notice}#{s}-{e}" for s, e in words], "quotes": [text[s:e] for s, e in words],
            "first_seen": published, "last_seen": published,
        }  # fmt: skip
        if premises:
            row["premises"] = list(premises)
        return row

    def _keep(self, rows: list[Any]) -> None:
        marshal.dump(rows, self._file)

    def _between(self, start: int, end: int) -> Iterator[list[Any]]:
        while start < end:
            self._file.seek(start)
            rows = marshal.load(self._file)
            start = self._file.tell()
            yield rows


def _parts(every: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (every[at : at + _PART] for at in range(0, len(every), _PART))
