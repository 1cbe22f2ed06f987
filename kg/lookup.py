"""From a name as a person types it to one thing in the graph.

A name may be given in full, by an alias, by an id, or by a fragment that fits one thing only. A meeting may also
be given by its date, a notice by its url or document number. A list's title means its newest state.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from types import MappingProxyType

from kg.errors import SubjectError
from kg.model import Node
from kg.store import Store
from kg.store.records import each, node_of
from kg.vocabulary import vocabulary

SUBJECTS = ("Person", "Post", "Agency", "Region")
_MOST = 20  # candidates that are named
_TOLD = 2  # posts or notices of one that are named
_TELLING = {  # what tells namesakes apart, the first that there is
    "Person": ("-[:HOLDS]->(x:Post)",),
    "Post": ("-[:POST_IN]->(x)",),
    "Region": ("-[:WITHIN]->(x:Region)",),
    "Agency": ("-[:PART_OF]->(x:Agency)", "-[:GOVERNS]->(x:Region)"),
}
_ALSO = {"Meeting": ("date",), "Notice": ("url", "doc_number"), "AccountabilityList": ("title",)}


def find(store: Store, text: str, labels: Sequence[str] | None = None) -> Node:
    """The one thing that ``text`` means among ``labels`` (all when None).

    Tried in turn: id, full name, alias, fragment of a name or alias; the first that fits anything decides.
    Raises SubjectError with the candidates when it fits several, and with the nearest names when it fits none.
    """
    text = text.strip()
    wanted = list(labels or vocabulary().labels)
    if not text:
        raise SubjectError(f"the name is empty; give that of one thing among {', '.join(wanted)}")
    for way in (_by_id, _by_name, _by_alias):
        found = way(store, text, wanted)
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(store, text, found)
    found = candidates(store, text, wanted, limit=_MOST + 1)
    if len(found) == 1:
        return found[0]
    if found:
        raise _ambiguous(store, text, found)
    near = nearest(store, text, wanted)
    hint = f"; nearest: {_listed(near)}" if near else ""
    raise SubjectError(f"nothing is called {text!r} among {', '.join(wanted)}{hint}", _triples(near))


def newest_state(store: Store, text: str) -> Node:
    """The list that ``text`` means; where it fits several states of one list, the newest. Raises SubjectError."""
    label = "AccountabilityList"
    try:
        return find(store, text, [label])
    except SubjectError as error:
        ids = [uid for uid, _, _ in error.candidates]
        rows = store.query(
            f"UNWIND $ids AS id MATCH (l:{label} {{uid: id}}) "
            f"OPTIONAL MATCH (l)-[:REVISION_OF*1..30]->(before:{label}) RETURN id, collect(before.uid) AS before",
            {"ids": ids},
        )
        newest = [row["id"] for row in rows if set(ids) <= {row["id"], *row["before"]}]
        if len(newest) == 1 and len(ids) < _MOST:
            return find(store, newest[0], [label])
        raise


def candidates(store: Store, text: str, labels: Sequence[str], *, limit: int = _MOST) -> list[Node]:
    """Things with ``text`` in their name or an alias, those whose name begins with it and the shortest first."""
    if not text:
        return []
    return _nodes(
        store,
        f"{store.holding([text], labels)} WHERE n.name CONTAINS $text OR any(a IN n.aliases WHERE a CONTAINS $text) "
        "RETURN n ORDER BY CASE WHEN n.name STARTS WITH $text THEN 0 ELSE 1 END, size(n.name), n.name, n.uid "
        f"LIMIT {int(limit)}",
        text,
    )


def nearest(store: Store, text: str, labels: Sequence[str], *, limit: int = 5) -> list[Node]:
    """Things whose names are most like ``text``, best first, without their properties."""
    pieces = sorted({text[i : i + 2] for i in range(max(1, len(text) - 1))})
    rows = store.query(
        f"{store.holding(pieces, labels)} WHERE n.name =~ $like "
        "RETURN n.uid AS uid, labels(n)[0] AS label, n.name AS name ORDER BY abs(size(n.name) - $size), n.uid LIMIT 500",
        {"like": f"(?s).*(?:{'|'.join(map(re.escape, pieces))}).*", "size": len(text)},
    )
    matcher = SequenceMatcher(None, "", text)  # it remembers the second text
    scored = []
    for row in rows:
        matcher.set_seq1(row["name"])
        scored.append((matcher.ratio(), Node(row["uid"], row["label"], row["name"])))
    scored = [(score, node) for score, node in scored if score >= 0.3]
    scored.sort(key=lambda pair: (-pair[0], len(pair[1].name), pair[1].id))
    return [node for _, node in scored[:limit]]


def names_of(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """The name of each thing by its id, which stands for a name that it lacks; ids of nothing are left out."""
    match = each(vocabulary().labels, "uid", "text AS uid, n.name AS name")
    return {row["uid"]: row["name"] or row["uid"] for row in store.query(match, {"given": sorted(ids)})}


def _by_id(store: Store, text: str, labels: Sequence[str]) -> list[Node]:
    return [node_of(row["n"]) for row in store.query(each(labels, "uid", "n"), {"given": [text]})]


def _by_name(store: Store, text: str, labels: Sequence[str]) -> list[Node]:
    found = [node_of(row["n"]) for row in store.query(each(labels, "name", "n"), {"given": [text]})]
    return sorted(found, key=lambda node: node.id)


def _by_alias(store: Store, text: str, labels: Sequence[str]) -> list[Node]:
    found = _nodes(store, f"{store.holding([text], labels)} WHERE $text IN n.aliases RETURN n ORDER BY n.uid", text)
    for label in labels:
        for key in _ALSO.get(label, ()):
            found += _nodes(store, f"MATCH (n:{label}) WHERE n.{key} = $text RETURN n ORDER BY n.uid", text)
    return list({node.id: node for node in found}.values())


def _nodes(store: Store, cypher: str, text: str) -> list[Node]:
    return [node_of(row["n"]) for row in store.query(cypher, {"text": text})]


def known_by(store: Store, nodes: Sequence[Node]) -> dict[str, str]:
    """What tells things of one name apart, by id: a person's posts, a post's body, what a place lies in; else a notice."""
    often = Counter(node.name for node in nodes)
    alike: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        if often[node.name] > 1:
            alike[node.label].add(node.id)
    out: dict[str, str] = {}
    for label, ids in sorted(alike.items()):
        for way in (*_TELLING.get(label, ()), "-[:STATED_IN]->(x:Notice)"):
            names: dict[str, list[str]] = defaultdict(list)
            for row in store.query(
                f"UNWIND $ids AS id MATCH (n:{label} {{uid: id}}){way} RETURN DISTINCT id, labels(x)[0] AS label, x.name AS name ORDER BY id, name",
                {"ids": sorted(ids - out.keys())},
            ):
                names[row["id"]].append(f"《{row['name']}》" if row["label"] == "Notice" else row["name"])
            out |= {uid: "、".join(told[:_TOLD]) + "等" * (len(told) > _TOLD) for uid, told in names.items()}
    return out


def _ambiguous(store: Store, text: str, found: Sequence[Node]) -> SubjectError:
    more = " and more" if len(found) > _MOST else ""
    shown = found[:_MOST]
    known = known_by(store, shown)
    return SubjectError(
        f"{text!r} fits {'more than ' if more else ''}{len(shown)} things: {_listed(shown[:5], known)}"
        f"{' …' if len(found) > 5 else ''}; give the full name or the id",
        _triples(shown),
        known,
    )


def _listed(nodes: Sequence[Node], known: Mapping[str, str] = MappingProxyType({})) -> str:
    told = ((node, f"（{known[node.id]}）" if node.id in known else "") for node in nodes)
    return ", ".join(f"{node.name}{by} [{node.id}]" for node, by in told)


def _triples(nodes: Sequence[Node]) -> list[tuple[str, str, str]]:
    return [(node.id, node.label, node.name) for node in nodes]
