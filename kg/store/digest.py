"""The fingerprint of all that a reading says."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping
from typing import Any

from kg.model import Edge, Node, Notice, Reading, Value, notice_json
from kg.store.packed import pack_json

_PIECE = 1 << 16  # characters
_PLAINLY = 2  # the form of marshal's in which equal values are equal bytes, and that all versions of Python write


def digest_of(reading: Reading) -> str:
    """Fingerprint of all that a reading says; where its file lies and in which order it is listed do not count."""
    digest = Digest(reading.notice)
    for node in reading.nodes:
        digest.node(node)
    for edge in reading.edges:
        digest.edge(edge)
    return digest.text()


class Digest:
    """The fingerprint of a reading, as it comes; what is added is given back packed, for ``marshal.loads``.

    It is the sum of the digests of things: the same in whatever order they come, and none is kept.
    """

    def __init__(self, notice: Notice) -> None:
        self._notice = notice_json(notice)
        self._notice.pop("source")
        self._nodes = self._edges = 0

    def node(self, n: Node) -> bytes:
        """Add a node, as :func:`node_parts`."""
        packed = marshal.dumps(node_parts(n), _PLAINLY)
        self._nodes += int.from_bytes(hashlib.blake2b(packed, digest_size=16).digest())
        return packed

    def edge(self, e: Edge) -> bytes:
        """Add an edge, as :func:`edge_parts`."""
        packed = marshal.dumps(edge_parts(e), _PLAINLY)
        self._edges += int.from_bytes(hashlib.blake2b(packed, digest_size=16).digest())
        return packed

    def text(self) -> str:
        """The fingerprint of all that was added."""
        text, mark = self._notice["text"], '"text":"'
        before, _, behind = pack_json({**self._notice, "text": ""}).partition(mark)
        found = hashlib.sha256(f"{before}{mark}".encode())
        for at in range(0, len(text), _PIECE):  # all at once, a long text would be there three times more
            found.update(pack_json(text[at : at + _PIECE])[1:-1].encode())
        found.update(f"{behind}|{self._nodes}|{self._edges}".encode())
        return found.hexdigest()[:32]


def node_parts(n: Node) -> tuple[Any, ...]:
    """All that a node is, in plain values."""
    return n.id, n.label, n.name, tuple(n.aliases), _sorted(n.props)


def edge_parts(e: Edge) -> tuple[Any, ...]:
    """All that an edge is, in plain values; the notice's text has its words."""
    return (
        e.source, e.type, e.target, [v[1:3] for v in e.evidence], e.rule, e.confidence, e.derived, tuple(e.premises),
        _sorted(e.props),
    )  # fmt: skip


def _sorted(props: Mapping[str, Value]) -> list[tuple[str, Value]]:
    return sorted(props.items()) if len(props) > 1 else list(props.items())
