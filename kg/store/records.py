"""Between readings and the property maps that both engines hold.

A node holds ``uid name aliases first_seen last_seen`` and its properties. A relationship holds ``uid`` (the
edge's key) ``evidence quotes confidence rule derived premises first_seen last_seen``, its properties and
``contributions``: a JSON line a notice, from which it is merged anew when a notice changes or goes. A thing's
contributions stand on its STATED_IN relationships. A notice keeps the keys of its statements, packed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.model import Edge, Evidence, Node, Notice, edge_key, notice_json
from kg.store.merge import EdgeSaid, MergedEdge, MergedNode, NodeSaid
from kg.store.packed import pack_json, pack_keys

Run = Callable[[str, Mapping[str, Any]], list[dict[str, Any]]]
"""Runs a statement within a transaction: Cypher and its parameters to rows."""
STATED_IN = "STATED_IN"
NOTICE = "Notice"
NOTICE_COLUMNS = ", ".join(f"n.{field} AS {field}" for field in Notice.__slots__ if field not in ("id", "text"))
"""What is asked of a notice ``n`` beside its id and its text."""
LIST = "AccountabilityList"


def each(labels: Iterable[str], key: str, returned: str) -> str:
    """Cypher that looks for the things ``n`` of these labels whose ``key`` is one of ``$given``, as ``text``.

    Label by label: among several of which one is on no thing, the embedded engine looks through all things for each text.
    """
    one = f"{{{key}: text}}) RETURN {returned}"
    return " UNION ALL ".join(f"UNWIND $given AS text MATCH (n:{label} {one}" for label in labels)


def stored(relationship: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a relationship as they are stored, without what an answer adds to them."""
    return {k: v for k, v in relationship.items() if k not in ("type", "source", "target")}


MARKS = ("contested", "turnover")
"""What a store keeps of posts for itself, each True or absent, see :func:`kg.derive.seats.marks`."""
_NODE_OWN = {"uid", "label", "name", "aliases", "first_seen", "last_seen", *MARKS}
_EDGE_OWN = {
    "uid", "type", "source", "target", "evidence", "quotes", "confidence", "rule", "derived", "premises",
    "first_seen", "last_seen", "contributions", "contribution",
}  # fmt: skip
# of a relationship what no notice says: what follows for a holding from others, see kg.derive, and who confirmed it
ADDED = {"superseded", "superseded_by", "confirmed_by", "confirmed_at"}
RESERVED = _NODE_OWN | _EDGE_OWN | ADDED | {"id"}
"""What a notice cannot call a property."""
INTERNAL = {"digest", "statements", "contributions", "contribution", *MARKS}  # kept by the store for itself


def node_row(uid: str, merged: MergedNode) -> dict[str, Any]:
    """A thing's properties as stored."""
    return {
        **merged.props, "uid": uid, "name": merged.name, "aliases": list(merged.aliases),
        "first_seen": merged.first_seen, "last_seen": merged.last_seen,
    }  # fmt: skip


def node_change(uid: str, before: MergedNode, after: MergedNode) -> dict[str, Any]:
    """The properties in which a thing's row differs from the one before; None for one that it no longer has.

    With a name goes the title, which the embedded engine would set to the name.
    """
    old, new = node_row(uid, before), node_row(uid, after)
    differ = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    return {"uid": uid, **{key: new.get(key) for key in differ | ({"title"} if "name" in differ else set())}}


ALWAYS = ("uid", "name", "aliases", "first_seen", "last_seen")
"""What every row of a thing holds."""


def node_state(properties: Mapping[str, Any]) -> MergedNode:
    """Inverse of :func:`node_row`."""
    rest = {k: v for k, v in properties.items() if k not in _NODE_OWN}
    return MergedNode(
        properties["name"], tuple(properties.get("aliases") or ()), properties.get("first_seen") or "",
        properties.get("last_seen") or "", rest,
    )  # fmt: skip


def node_of(properties: Mapping[str, Any]) -> Node:
    """A stored thing as a model node; the days it was first and last seen are among its properties."""
    state = node_state(properties)
    seen = {k: v for k, v in (("first_seen", state.first_seen), ("last_seen", state.last_seen)) if v}
    props = {k: v for k, v in sorted(state.props.items()) if k not in INTERNAL}
    return Node(properties["uid"], properties["label"], state.name, state.aliases, {**props, **seen})


def edge_row(key: str, derived: bool, merged: MergedEdge, whole: bool = False) -> dict[str, Any]:
    """A relationship's properties as stored.

    Most relationships rest on one notice and no premises; ``contributions`` and ``premises`` are left out then,
    which saves a fifth of a store's memory. ``whole`` keeps the contributions: what it says itself will be changed.
    """
    row = {
        **merged.props, "uid": key, "derived": derived, "rule": merged.rule, "confidence": merged.confidence,
        "evidence": [e.ref for e in merged.evidence], "quotes": [e.quote for e in merged.evidence],
        "first_seen": merged.first_seen, "last_seen": merged.last_seen,
    }  # fmt: skip
    if merged.premises:
        row["premises"] = list(merged.premises)
    if whole or len(merged.said) > 1 or not merged.evidence:
        row["contributions"] = [contribution(said) for said in merged.said]
    return row


def contribution(said: EdgeSaid) -> str:
    """One notice's share in a relationship as a line; its words stand among the relationship's own."""
    return pack_json([said.notice, said.published, said.rule, said.confidence, said.premises, said.props])


def edge_saids(row: Mapping[str, Any]) -> list[EdgeSaid]:
    """The contributions that :func:`edge_row` merged; none of what no notice says but the graph derives."""
    if row.get("contributions") == []:
        return []
    words: dict[str, list[Evidence]] = {}
    for item in evidence_of(row["evidence"], row["quotes"]):
        words.setdefault(item.notice, []).append(item)
    if not row.get("contributions"):
        props = said_props(row)
        ((notice, evidence),) = words.items()
        premises = tuple(row.get("premises") or ())
        return [EdgeSaid(notice, row["first_seen"], row["rule"], row["confidence"], premises, props, tuple(evidence))]
    found = []
    for line in row["contributions"]:
        notice, published, rule, confidence, premises, props = json.loads(line)
        evidence = words.get(notice, [])
        found.append(EdgeSaid(notice, published, rule, confidence, tuple(premises), props, tuple(evidence)))
    return found


def said_props(row: Mapping[str, Any]) -> dict[str, Any]:
    """Of a stored relationship's properties those that a notice says beside what every statement has."""
    return {k: v for k, v in row.items() if k not in _EDGE_OWN and k not in ADDED}


def evidence_of(refs: Iterable[str], quotes: Iterable[str]) -> list[Evidence]:
    """Parallel lists of ``notice#start-end`` and quotes as evidence."""
    found = []
    for ref, quote in zip(refs, quotes, strict=True):
        notice, _, span = ref.rpartition("#")
        start, _, end = span.partition("-")
        found.append(Evidence(notice, int(start), int(end), quote))
    return found


def edge_of(properties: Mapping[str, Any]) -> Edge:
    """A stored relationship (with ``type``, ``source``, ``target``) as a model edge."""
    props = {k: v for k, v in sorted(properties.items()) if k not in _EDGE_OWN}
    seen = {k: properties[k] for k in ("first_seen", "last_seen") if properties.get(k)}
    return Edge(
        properties["source"], properties["type"], properties["target"],
        tuple(evidence_of(properties.get("evidence") or (), properties.get("quotes") or ())),
        properties.get("rule") or "", float(properties.get("confidence", 1.0)), bool(properties.get("derived")),
        tuple(properties.get("premises") or ()), {**props, **seen},
    )  # fmt: skip


def mention_row(node_id: str, said: NodeSaid, mention: Edge | None) -> dict[str, Any]:
    """The STATED_IN relationship of a thing to a notice: where it is named, and what the notice says of it."""
    edge = mention or Edge(node_id, STATED_IN, said.notice)
    words = sorted(set(edge.evidence)) if len(edge.evidence) > 1 else edge.evidence
    row = {**edge.props, "rule": edge.rule, "confidence": float(edge.confidence)}
    if words:
        row |= {"evidence": [e.ref for e in words], "quotes": [e.quote for e in words]}
    return mention_props(node_id, said, row)


def mention_props(node_id: str, said: NodeSaid, words: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a STATED_IN relationship, of which some say where the thing is named, by which rule and how surely."""
    row = {
        **words, "uid": edge_key(node_id, STATED_IN, said.notice, {}, derived=False), "derived": False,
        "rule": words["rule"] or "named", "first_seen": said.published, "last_seen": said.published,
        "contribution": pack_json([said.name, said.aliases, said.props]),
    }  # fmt: skip
    return row


def node_said(notice: str, published: str, contribution: str) -> NodeSaid:
    """Inverse of what :func:`mention_row` keeps in ``contribution``."""
    name, aliases, props = json.loads(contribution)
    return NodeSaid(notice, published, name, tuple(aliases), props)


def notice_row(notice: Notice, digest: str, keys: Iterable[str]) -> dict[str, Any]:
    """A notice's properties as stored."""
    own = notice_json(notice)
    own["uid"] = own.pop("id")
    return {
        **own, "name": notice.title or notice.id, "aliases": [], "first_seen": notice.published,
        "last_seen": notice.published, "digest": digest, "statements": pack_keys(keys),
    }  # fmt: skip


def notice_of(properties: Mapping[str, Any]) -> Notice:
    """A stored notice as a model notice (its text may be left out)."""
    known = {k: properties.get(k) or "" for k in Notice.__slots__ if k != "id"}
    return Notice(id=properties["uid"], **known)


def parts_of(key: str) -> tuple[str, str, str]:
    """Source, type and target of an edge's key (ids hold no '|', which the door sees to)."""
    source, type_, target = key.split("|", 3)[:3]
    return source, type_, target
