"""A graph from one store into another, notice by notice: with it goes what each notice contributed, so that in the
new store too a notice can be corrected or taken out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from kg.errors import StoreError
from kg.model import Edge, Reading
from kg.store import records as rec
from kg.store.cypher import CypherStore
from kg.store.deciding import aside
from kg.store.protocol import Outcome, Store
from kg.store.records import NOTICE, STATED_IN
from kg.store.shares import Shares, Statement
from kg.store.writing import Ready
from kg.vocabulary import vocabulary

_BATCH = 100  # notices to a transaction


def copy(source: Store, target: Store, done: Callable[[int], None] = lambda count: None) -> dict[Outcome, int]:
    """Load all notices of one store into another; how many came out as what. ``done`` gets the size of each batch.

    The rules of loading hold: a notice that the target has already is unchanged, replaced or kept, by its date. Decisions go
    first, so that what is rejected is never seen there; of those on one statement the last holds, whichever store it is from.
    Raises StoreError; whole batches are in then, and copying again goes on from there.
    """
    if not isinstance(source, CypherStore) or not isinstance(target, CypherStore):
        raise StoreError("only stores that were opened by their address can be copied")
    target.check_writable()
    target.keep(source.decisions())
    counts: dict[Outcome, int] = defaultdict(int)
    for group in _batches(_contents(source)):
        outcomes = target.put_ready(group)
        for outcome in outcomes:
            counts[outcome] += 1
        done(len(outcomes))
    if counts.keys() & {"new", "changed"}:
        target.derive()
    return dict(counts)


def _batches(contents: Iterator[Ready]) -> Iterator[list[Ready]]:
    group: list[Ready] = []
    for each in contents:
        group.append(each)
        if len(group) == _BATCH:
            yield group
            group = []
    if group:
        yield group


def _contents(store: CypherStore) -> Iterator[Ready]:
    """Every loaded notice with its fingerprint and its share in the graph, oldest first."""
    statements = _statements(store)
    for notice in store.notices():
        shares = Shares()
        rows = store.internal(
            f"MATCH (m:Notice {{uid: $id}})<-[r:{STATED_IN}]-(n) RETURN n.uid AS uid, labels(n)[0] AS label, r",
            {"id": notice.id},
        )
        for row in rows:
            said = rec.node_said(notice.id, row["r"]["first_seen"], row["r"]["contribution"])
            shares.nodes[row["uid"]] = (row["label"], said)
            shares.mentions[row["uid"]] = rec.edge_of(row["r"])
        for key, said_edge, derived in statements.pop(notice.id, []):
            start, type_, end = rec.parts_of(key)
            labels = [NOTICE if uid == notice.id else shares.nodes[uid][0] for uid in (start, end)]
            edge = Edge(start, type_, end, derived=derived)
            shares.statements[key] = Statement(edge, labels[0], labels[1], said_edge)
        (own,) = store.internal("MATCH (n:Notice {uid: $id}) RETURN n.digest AS digest", {"id": notice.id})
        yield Ready(Reading(store.notice(notice.id)), own["digest"], shares)


def _statements(store: CypherStore) -> dict[str, list[tuple[str, Any, bool]]]:
    """What each notice says of which relationships: ``(key, said, derived)`` by notice."""
    found: dict[str, list[tuple[str, Any, bool]]] = defaultdict(list)
    rows = list(aside(store.internal).values())
    for type_ in sorted(vocabulary().types.keys() - {STATED_IN}):
        for row in store.internal(f"MATCH ()-[r:{type_}]->() RETURN r", {}):
            rows.append(row["r"])
    for row in rows:
        for said in rec.edge_saids(row):
            found[said.notice].append((row["uid"], said, bool(row["derived"])))
    return found
