"""What one reading contributes to the graph: a share a thing and one a relationship, checked to be such as any store can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.derive.seats import own_title
from kg.errors import VocabularyError
from kg.model import Edge, Node, Notice, Reading, Value
from kg.store.merge import EdgeSaid, NodeSaid, merge_edge
from kg.store.records import NOTICE, RESERVED, STATED_IN, edge_row


@dataclass(slots=True)
class Statement:
    """One notice's share in a relationship, with the labels of its ends. ``share`` is the notice where that says what
    ``edge`` does and no more."""

    edge: Edge
    source_label: str
    target_label: str
    share: EdgeSaid | Notice

    @property
    def said(self) -> EdgeSaid:
        """What the notice says of it."""
        return self.share if isinstance(self.share, EdgeSaid) else _edge_said(self.share, self.edge, None)

    def row(self, key: str) -> dict[str, Any]:
        """The properties of the relationship as stored, where no other notice speaks of it."""
        e, notice = self.edge, self.share
        if isinstance(notice, EdgeSaid) or not e.evidence:
            return edge_row(key, e.derived, merge_edge([self.said]))
        words = e.evidence if len(e.evidence) < 2 else sorted(set(e.evidence))
        row = {
            **e.props, "uid": key, "derived": e.derived, "rule": e.rule, "confidence": float(e.confidence),
            "evidence": [v.ref for v in words], "quotes": [v.quote for v in words],
            "first_seen": notice.published, "last_seen": notice.published,
        }  # fmt: skip
        return row | {"premises": list(e.premises)} if e.premises else row


@dataclass(slots=True)
class Shares:
    """What one reading contributes: ``nodes`` by id (with label), ``statements`` by key, mentions by node id."""

    nodes: dict[str, tuple[str, NodeSaid]] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    mentions: dict[str, Edge] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.nodes) + len(self.statements) + len(self.mentions)


def node_said(notice: Notice, node: Node) -> NodeSaid:
    """What a notice says of a thing. A reading titles a post as the notice does; in the graph the one that somebody acts in
    (代县长) goes by its own title, whose id it has."""
    name, spelt, props = node.name, node.aliases, node.props
    title = str(props.get("title", "")) if node.label == "Post" else ""
    if (own := own_title(title)) != title and node.id.endswith(f"/{own}"):
        name, spelt, props = f"{name.removesuffix(title)}{own}", (*spelt, name), {**props, "title": own}
    return NodeSaid(notice.id, notice.published, name, tuple(sorted({*spelt} - {name, ""})), props)


def shares(reading: Reading, labels: Mapping[str, str] | None = None) -> Shares:
    """Fold a reading into one contribution a thing and one a relationship. ``labels`` are those of the ends where these are
    described elsewhere.

    Raises VocabularyError for an end that the reading does not describe and for a value no store can hold.
    """
    notice, found = reading.notice, Shares()
    for node in reading.nodes:
        if node.id == notice.id:
            continue
        if node.props:
            check_values(notice, node.id, node.props)
        said = node_said(notice, node)
        if before := found.nodes.get(node.id):
            spelt = {*said.aliases, *before[1].aliases, before[1].name} - {said.name}
            said = said._replace(aliases=tuple(sorted(spelt)), props={**before[1].props, **said.props})
        found.nodes[node.id] = (node.label, said)
    labels = labels or {notice.id: NOTICE} | {uid: label for uid, (label, _) in found.nodes.items()}
    for edge in reading.edges:
        key, source, target = checked_key(notice, edge), labels.get(edge.source), labels.get(edge.target)
        if not (source and target):
            raise VocabularyError(f"{notice.id}: {key} has an end that the notice does not describe; it is not loaded")
        if edge.type == STATED_IN:
            found.mentions[edge.source] = edge
            continue
        before_ = found.statements.get(key)
        share = notice if before_ is None else _edge_said(notice, edge, before_.said)
        found.statements[key] = Statement(edge, source, target, share)
    return found


def checked_key(notice: Notice, edge: Edge) -> str:
    """The edge's key. Raises VocabularyError where no store can hold it."""
    key = edge.key
    if "|" in edge.source or "|" in edge.target:
        raise VocabularyError(f"{notice.id}: {key} has an id with '|' in it; it is not loaded")
    if edge.props:
        check_values(notice, key, edge.props)
    return key


def _edge_said(notice: Notice, edge: Edge, before: EdgeSaid | None) -> EdgeSaid:
    words = edge.evidence if len(edge.evidence) < 2 else tuple(sorted(set(edge.evidence)))
    said = EdgeSaid(notice.id, notice.published, edge.rule, float(edge.confidence), edge.premises, edge.props, words)
    if before is None:
        return said
    surer = before if before.confidence > said.confidence else said
    return EdgeSaid(
        notice.id, notice.published, surer.rule, surer.confidence, surer.premises, {**before.props, **said.props},
        tuple(sorted({*before.evidence, *said.evidence})),
    )  # fmt: skip


def check_values(notice: Notice, where: str, props: Mapping[str, Value]) -> None:
    """Raise VocabularyError for a value that no store can hold, and for a name that is none of a property."""
    for key, value in props.items():
        good = (
            type(value) is str
            or isinstance(value, (str, int, float))
            or (isinstance(value, list) and all(isinstance(item, str) for item in value))
        )
        if not good or key in RESERVED:
            raise VocabularyError(f"{notice.id}: {where} cannot hold {key}={value!r}; it is not loaded")
