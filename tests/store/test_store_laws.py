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

from kg.decisions import VERDICTS, Decision, decision, last
from kg.export import FORMATS, render
from kg.model import Edge, Graph, Reading
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
        if draw(st.booleans()):
            because = (draw(st.sampled_from(draft.edges)).key,)
            draft.edge(target, "PART_OF", source, derived=True, confidence=confidence, premises=because)
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


@st.composite
def decided(draw: st.DrawFn, corpus: list[Reading]) -> list[Decision]:
    """Decisions on what a corpus says."""
    said = sorted({e.key for r in corpus for e in r.edges}) or [f"{AGENCIES[0]}|PART_OF|{AGENCIES[1]}||stated"]
    return [
        decision(draw(st.sampled_from(said)), draw(st.sampled_from(VERDICTS)), "甲", "因", at=f"2024-01-01T00:00:0{n}Z")
        for n in range(draw(st.integers(1, 4)))
    ]


@st.composite
def decided_corpora(draw: st.DrawFn) -> tuple[list[Reading], list[Decision], list[Reading | Decision]]:
    corpus = draw(corpora())
    made = draw(decided(corpus))
    mixed: list[Reading | Decision] = [*corpus, *made]
    return corpus, made, draw(st.permutations(mixed))


def settled(steps: Iterable[Reading | Decision]) -> tuple[Graph, list[Edge]]:
    """The graph after loading and deciding in this order, and what lies aside."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "g.kgl") as store:
        for step in steps:
            if isinstance(step, Decision):
                store.keep([step])
            else:
                store.put(step)
        return store.graph(), store.set_aside()


@settings(max_examples=25, deadline=None)
@given(decided_corpora())
def test_decisions_hold_in_whatever_order_they_and_the_notices_come(
    case: tuple[list[Reading], list[Decision], list[Reading | Decision]],
) -> None:
    corpus, made, mixed = case
    wanted, other = settled([*corpus, *made]), settled(mixed)
    assert other == wanted
    refused = {key for key, d in last(made).items() if d.verdict == "rejected"}
    assert refused.isdisjoint(e.key for e in wanted[0].edges)
    hidden = refused | {e.key for e in wanted[1]}
    assert not any(hidden & set(e.premises) for e in wanted[0].edges)
    assert [render(wanted[0], form) for form in FORMATS] == [render(other[0], form) for form in FORMATS]


@settings(max_examples=15, deadline=None)
@given(decided_corpora())
def test_what_is_withdrawn_might_never_have_been_decided(
    case: tuple[list[Reading], list[Decision], list[Reading | Decision]],
) -> None:
    corpus, made, mixed = case
    back = [decision(key, "withdrawn", "乙", at="2024-02-01T00:00:00Z") for key in last(made)]
    (graph, aside), never = settled([*mixed, *back]), settled(corpus)[0]
    assert (graph.nodes, graph.edges, aside) == (never.nodes, never.edges, [])


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
