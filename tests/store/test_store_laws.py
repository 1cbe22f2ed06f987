"""Laws of loading: order does not matter, twice is once, removal undoes, replacing is as if never otherwise."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from store_readings import Draft

from kg.model import Graph, Reading
from kg.store import open_store
from kg.store.merge import EdgeSaid, NodeSaid, absorb, merge_edge, merge_node

DATES = st.sampled_from(["", "2023-12-31", "2024-01-01", "2024-06-30"])
AGENCIES = [f"agency:{i}/府" for i in range(4)]
NAMES = st.sampled_from(["甲", "乙", "丙"])


@st.composite
def readings(draw: st.DrawFn, key: str) -> Reading:
    draft = Draft(key, draw(DATES))
    for uid in draw(st.lists(st.sampled_from(AGENCIES), unique=True, max_size=4)):
        props = {name: draw(NAMES) for name in draw(st.sets(st.sampled_from(["kind", "level"])))}
        flags = {name: draw(st.booleans()) for name in draw(st.sets(st.sampled_from(["inferred", "generic"])))}
        draft.node(uid, draw(NAMES), tuple(draw(st.sets(NAMES))), **props, **flags)
    for _ in range(draw(st.integers(0, 4))):
        draft.say(draw(st.sampled_from(["市政府督察。", "省政府督察！"])))
        source, target = draw(st.permutations(AGENCIES))[:2]
        confidence = draw(st.sampled_from([0.5, 0.9]))
        kind = draw(st.sampled_from(["rank", "guidance"]))
        draft.edge(source, "SUPERVISES", target, kind=kind, confidence=confidence, rule=draw(NAMES))
    if draw(st.booleans()) and draft.quote:
        person, post = "person:某@1", draft.node("post:1/府/长", title="长")
        ended: dict[str, Any] = {"until": draft.published} if draft.published else {}
        draft.edge(person, "HOLDS", post, **ended)
    return draft.reading()


@st.composite
def corpora(draw: st.DrawFn) -> list[Reading]:
    return [draw(readings(key)) for key in "abcd"[: draw(st.integers(1, 4))]]


def loaded(*readings: Reading, batch: int = 1, remove: Iterable[str] = ()) -> Graph:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "g.kgl") as store:
        for _, outcome in store.put_all(readings, batch=batch):
            assert isinstance(outcome, str), outcome
        for notice_id in remove:
            store.remove(notice_id)
        return store.graph()


@settings(max_examples=25, deadline=None)
@given(corpora().flatmap(lambda c: st.tuples(st.just(c), st.permutations(c), st.integers(1, 4))))
def test_the_order_of_loading_does_not_matter(case: tuple[list[Reading], list[Reading], int]) -> None:
    corpus, shuffled, batch = case
    assert loaded(*corpus) == loaded(*shuffled, batch=batch)


@settings(max_examples=15, deadline=None)
@given(corpora())
def test_loading_twice_is_loading_once(corpus: list[Reading]) -> None:
    assert loaded(*corpus, *corpus) == loaded(*corpus)


@settings(max_examples=20, deadline=None)
@given(corpora(), readings("x"))
def test_a_notice_put_in_and_taken_out_leaves_no_trace(corpus: list[Reading], extra: Reading) -> None:
    assert loaded(extra, *corpus, remove=[extra.notice.id]) == loaded(*corpus)


@settings(max_examples=20, deadline=None)
@given(corpora(), readings("a"))
def test_a_replaced_notice_might_never_have_been_otherwise(corpus: list[Reading], newer: Reading) -> None:
    latest = max(r.notice.published for r in (*corpus, newer))
    newer = Reading(replace(newer.notice, published=latest or "2024-12-31"), newer.nodes, newer.edges)
    assert loaded(*corpus, newer) == loaded(newer, *corpus[1:])


NODE_SAIDS = st.builds(
    NodeSaid,
    notice=st.sampled_from("abcdef"),
    published=DATES,
    name=NAMES,
    aliases=st.lists(NAMES, max_size=2).map(tuple),
    props=st.fixed_dictionaries(
        {}, optional={"kind": NAMES, "level": NAMES, "inferred": st.booleans(), "generic": st.just(True)}
    ),
)


@given(st.lists(NODE_SAIDS, min_size=2, max_size=6, unique_by=lambda s: s.notice))
def test_absorbing_agrees_with_merging_all(saids: list[NodeSaid]) -> None:
    state = absorb(merge_node(saids[:-1]), saids[-1])
    assert state is None or state == merge_node(saids)


EDGE_SAIDS = st.builds(
    EdgeSaid,
    notice=st.sampled_from("abcdef"),
    published=DATES,
    rule=NAMES,
    confidence=st.sampled_from([0.5, 0.9]),
    props=st.fixed_dictionaries({}, optional={"status": NAMES}),
)


@given(st.lists(EDGE_SAIDS, min_size=1, max_size=5, unique_by=lambda s: s.notice).flatmap(
    lambda saids: st.tuples(st.just(saids), st.permutations(saids))
))  # fmt: skip
def test_merging_relationships_is_independent_of_order(case: tuple[list[EdgeSaid], list[EdgeSaid]]) -> None:
    assert merge_edge(case[0]) == merge_edge(case[1])
