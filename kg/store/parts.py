"""A long reading as rows that stand ready to be stored, a part at a time: in a file of its own, or as another process tells it.

It need not be in memory beside the graph that it becomes.
"""

from __future__ import annotations

import marshal
import struct
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from typing import IO, Any, NamedTuple, Protocol, Self

from kg.errors import KgError, SourceError, VocabularyError
from kg.model import Edge, Node, Notice, Reading, Tells, notice_json
from kg.store import records as rec
from kg.store.digest import Digest
from kg.store.merge import merge_node
from kg.store.packed import PackedKeys
from kg.store.records import STATED_IN
from kg.store.shares import Statement, check_values, checked_key, node_said
from kg.vocabulary import vocabulary
from kg.vocabulary.check import Door

_PART = 500  # rows of a part, each of which is a statement
_LENGTH = struct.Struct("<Q")
_ERRORS: dict[str, type[KgError]] = {"source": SourceError, "vocabulary": VocabularyError}


class Things(NamedTuple):
    """Things of one label as :func:`kg.store.records.node_row` has them, and the relationships by which the notice names them."""

    label: str
    nodes: list[dict[str, Any]]
    mentions: list[dict[str, Any]]


class Statements(NamedTuple):
    """Statements of one type between things of two labels: the ends and the properties of each relationship, as stored where
    no other notice speaks of it."""

    source_label: str
    type: str
    target_label: str
    rows: list[dict[str, Any]]


def pack(told: Tells, file: IO[bytes]) -> None:
    """Write what is told, as :class:`Parts` reads it. Raises VocabularyError for what the schema does not allow."""
    notice = told.notice
    _put(file, ("notice", notice_json(notice), told.weight))
    door, digest, keys = Door(vocabulary(), notice), Digest(notice), PackedKeys()
    things: defaultdict[str, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = defaultdict(lambda: ([], []))
    for node, mention in told.things():
        door.node(node)
        check_values(notice, node.id, node.props)
        digest.node(node)
        if mention is not None:
            door.edge(mention)
            digest.edge(mention)
        uid, said = node.id, node_said(notice, node)
        nodes, mentions = things[node.label]
        nodes.append(rec.node_row(uid, merge_node([said])))
        mentions.append({"source": uid, "target": notice.id, "props": rec.mention_row(uid, said, mention)})
        if len(nodes) == _PART:
            _put(file, ("things", node.label, *things.pop(node.label)))
    for label, part in things.items():
        _put(file, ("things", label, *part))
    kinds: defaultdict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    labels, told_keys = door.labels, list[str]()
    for edge in told.statements():
        door.edge(edge)
        key, kind = checked_key(notice, edge), (labels[edge.source], edge.type, labels[edge.target])
        digest.edge(edge)
        told_keys.append(key)
        rows = kinds[kind]
        rows.append({"source": edge.source, "target": edge.target, "props": Statement(edge, "", "", notice).row(key)})
        if len(rows) == _PART:
            _put(file, ("statements", *kind, kinds.pop(kind)))
        if len(told_keys) == _PART:
            keys.add(told_keys)
            told_keys.clear()
    for kind, rows in kinds.items():
        _put(file, ("statements", *kind, rows))
    keys.add(told_keys)
    _put(file, ("end", digest.text(), keys.text(), list(told.remarks)))
    file.flush()


def pack_error(error: KgError, file: IO[bytes]) -> None:
    """Write why there is nothing, or no more, to be told."""
    _put(file, ("error", "vocabulary" if isinstance(error, VocabularyError) else "source", str(error)))
    file.flush()


class Source(Protocol):
    """Where parts come from."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer at the end."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...


class Parts:
    """What a notice says, part by part, from a file: it is gone through once, to its end, and then holds ``digest``, ``keys``
    (packed) and ``remarks``. Raises the error that the file tells, and SourceError where it ends too early."""

    def __init__(self, file: Source, name: str = "") -> None:
        self._file, self._name = file, name
        self.digest = self.keys = ""
        self.remarks: list[str] = []
        _, notice, self.weight = self._next()
        self.notice = Notice(**notice)

    @classmethod
    def of(cls, reading: Reading) -> Parts | None:
        """Take all out of a reading; None, and it stays as it was, where a thing or a statement does not stand there once
        and in order, so that a part of them cannot be stored by itself. Raises VocabularyError for what no store can hold."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        try:
            pack(_Whole(reading), file)
            file.seek(0)
            parts = cls(file)
        except _OutOfOrderError:
            file.close()
            return None
        except BaseException:
            file.close()
            raise
        reading.nodes.clear()
        reading.edges.clear()
        return parts

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Things | Statements]:
        while True:
            kind, *rest = self._next()
            if kind == "end":
                self.digest, self.keys, self.remarks = rest
                return
            yield Things(*rest) if kind == "things" else Statements(*rest)

    def reading(self) -> Reading:
        """All of it at once."""
        made = Reading(self.notice)
        for part in self:
            if isinstance(part, Things):
                for node, mention in zip(part.nodes, part.mentions, strict=True):
                    props = mention["props"]
                    said = rec.node_said(self.notice.id, self.notice.published, props["contribution"])
                    made.nodes.append(Node(node["uid"], part.label, said.name, said.aliases, said.props))
                    if "evidence" in props:
                        made.edges.append(_edge(mention, STATED_IN))
            else:
                made.edges += [_edge(row, part.type) for row in part.rows]
        made.remarks += self.remarks
        return made

    def statement(self, part: Statements, row: dict[str, Any]) -> tuple[str, Statement]:
        """A row of a part as any notice's share in a relationship, by its key."""
        made = Statement(_edge(row, part.type), part.source_label, part.target_label, self.notice)
        return row["props"]["uid"], made

    def _next(self) -> Any:
        head = self._file.read(_LENGTH.size)
        if len(head) == _LENGTH.size:
            (length,) = _LENGTH.unpack(head)
            if len(body := self._file.read(length)) == length:
                kind, *rest = found = marshal.loads(body)
                if kind == "error":
                    raise _ERRORS[rest[0]](rest[1])
                return found
        raise SourceError(f"{self._name}: reading it was broken off; there may not be enough memory, load it by itself")


def _put(file: IO[bytes], row: tuple[Any, ...]) -> None:
    body = marshal.dumps(row)
    file.write(_LENGTH.pack(len(body)))
    file.write(body)


def _edge(row: dict[str, Any], type_: str) -> Edge:
    """The statement that a row was made of."""
    props = row["props"]
    words = tuple(rec.evidence_of(props.get("evidence") or (), props.get("quotes") or ()))
    return Edge(
        row["source"], type_, row["target"], words, props["rule"], props["confidence"], props["derived"],
        tuple(props.get("premises") or ()), rec.said_props(props),
    )  # fmt: skip


class _OutOfOrderError(Exception):
    """A thing or a statement comes twice, or not in its place."""


class _Whole:
    """A reading, as :class:`Tells` has it."""

    def __init__(self, reading: Reading) -> None:
        self.notice, self.remarks = reading.notice, reading.remarks
        self.weight = len(reading.nodes) + len(reading.edges)
        self._reading = reading

    def things(self) -> Iterator[tuple[Node, Edge | None]]:
        mentions = [e for e in self._reading.edges if e.type == STATED_IN]
        named, last = {e.source: e for e in mentions}, ""
        if len(named) < len(mentions):
            raise _OutOfOrderError
        for node in self._reading.nodes:
            if node.id <= last or node.id == self.notice.id:
                raise _OutOfOrderError
            last = node.id
            yield node, named.pop(last, None)
        if named:
            raise _OutOfOrderError

    def statements(self) -> Iterator[Edge]:
        last = ""
        for edge in self._reading.edges:
            if (key := edge.key) <= last:
                raise _OutOfOrderError
            last = key
            if edge.type != STATED_IN:
                yield edge
