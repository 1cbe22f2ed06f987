"""What a change reaches is derived anew, and nothing else: it comes to the same as to derive everything."""

from __future__ import annotations

import tempfile
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_readings import Draft

from kg.derive import rules
from kg.derive.reach import pattern_of
from kg.export import render
from kg.model import Reading
from kg.store import Store, open_store
from kg.store.changed import Changed
from kg.store.cypher import CypherStore

CASES = tomllib.loads(Path(__file__).with_name("derivation_cases.toml").read_text("utf-8"))["case"]
MORE = [
    ["person:颜秋浦 HOLDS post:水利局/局长", "post:水利局/局长 POST_IN agency:水利局", "person:糜仲远 HOLDS post:水利局/局长",
     "person:糜仲远 HOLDS post:水利局/代局长 status=代理", "post:水利局/代局长 POST_IN agency:水利局"],
    ["person:颜秋浦 HOLDS post:水利局/局长 until=2024-02-15", "person:糜仲远 HOLDS post:水利局/局长", "post:水利局/局长 POST_IN agency:水利局",
     "agency:水利局 GOVERNS region:371424", "person:颜秋浦 BEARS obligation:甲/1", "agency:水利局 BEARS obligation:甲/1",
     "region:371424 BEARS obligation:甲/2", "post:水利局/局长 BEARS obligation:甲/2"],
    ["~agency:371424/委员会 SUPERVISES agency:371424/人民政府 kind=rank", "person:颜秋浦 SUPERVISES region:371424103 kind=contract",
     "~person:颜秋浦 SUPERVISES region:371424103 kind=contract", "person:糜仲远 SUPERVISES agency:371424103/人民政府 kind=contract",
     "person:糜仲远 IN_CHARGE_OF region:371424103", "~agency:371424103/人民政府 GOVERNS region:371424103"],
]  # fmt: skip
POOLS = [*(case["says"] for case in CASES), *MORE]


def props_of(pairs: list[str]) -> dict[str, Any]:
    return {k: v == "true" if v in ("true", "false") else v for k, v in (p.split("=") for p in pairs)}


THINGS = {uid: props_of(pairs) for case in CASES for uid, *pairs in map(str.split, case["things"])}
THINGS |= {"post:水利局/代局长": {"title": "代局长"}}


@pytest.fixture(scope="module", autouse=True)
def never_all_of_it() -> Any:
    """However much of a small store has changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CypherStore, "share", 1e9)
        yield


@st.composite
def readings(draw: st.DrawFn, pools: list[list[str]]) -> Reading:
    key = draw(st.sampled_from("甲乙丙丁"))
    publisher = draw(st.sampled_from(["临邑县纪委监委", "临邑县人民政府"]))
    draft = Draft(key, draw(st.sampled_from(["2024-01-01", "2024-02-02", "2024-03-03"])), publisher=publisher)
    for pool in draw(st.lists(st.sampled_from(pools), max_size=2, unique_by=id)):
        left_out = draw(st.sets(st.sampled_from(pool), max_size=2))
        bare = draw(st.sets(st.sampled_from(sorted(THINGS)), max_size=1))
        for line in pool:
            if line in left_out:
                continue
            source, type_, target, *pairs = line.removeprefix("~").replace("notice:甲", draft.id).split()
            draft.say(f"{source}与{target}。")
            for uid in {source, target} - {draft.id}:
                props = {} if uid in bare else dict(THINGS.get(uid, {}))
                draft.node(uid, props.pop("name", ""), **props)
            draft.edge(source, type_, target, derived=line.startswith("~"), **props_of(pairs))
    for uid in draw(st.sets(st.sampled_from(sorted(THINGS)), max_size=3)):
        if not uid.startswith("notice:"):
            draft.node(uid, **{k: v for k, v in THINGS[uid].items() if k != "name"})  # only named
    if draw(st.booleans()):
        draft.node("agency:371424/纪委监委", "临邑县纪委监委")
        draft.edge("agency:371424/纪委监委", "PART_OF", "agency:371424/委员会", derived=True)
    return draft.reading()


@st.composite
def courses(draw: st.DrawFn) -> list[Reading | int]:
    """Steps about few things."""
    pools = draw(st.lists(st.sampled_from(POOLS), min_size=1, max_size=2, unique_by=id))
    return draw(st.lists(st.one_of(readings(pools), readings(pools), st.integers(0, 1000)), min_size=2, max_size=9))


def take(store: Store, steps: list[Reading | int]) -> None:
    """Put readings; a number means a notice to be removed, or a statement to be decided on."""
    for step in steps:
        if isinstance(step, Reading):
            store.put(step)
            continue
        notices, edges = store.notices(), [e for e in store.graph().edges if e.type != "STATED_IN"]
        if step % 3 == 0 and notices:
            store.remove(notices[step % len(notices)].id)
        elif edges:
            decided = [d.statement for d in store.decisions() if d.verdict != "withdrawn"]
            key = edges[step % len(edges)].key
            if step % 5 == 0 and decided and last(store, decided[0]) != "withdrawn":
                store.decide(decided[0], "withdrawn", "李")
            else:
                store.decide(key, "confirmed" if step % 2 else "rejected", "李", "因")


def last(store: Store, key: str) -> str:
    return [d.verdict for d in store.decisions() if d.statement == key][-1]


@settings(max_examples=80)
@given(courses(), st.sampled_from([Changed.most, Changed.most, 9]))
def test_step_by_step_comes_to_the_same_as_all_at_once(steps: list[Reading | int], most: int) -> None:
    """Whether little or much is remembered."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "g.kgl") as store,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(Changed, "most", most)
        take(store, steps)
        found = render(store.graph(), "json")
        assert store.derive(whole=True) == 0 and render(store.graph(), "json") == found


def test_from_every_thing_of_a_pattern_a_way_leads_to_an_end() -> None:
    """And rules that may make one relationship are derived anew by the same ends."""
    for rule in rules():
        pattern = pattern_of(rule)
        assert pattern.labels.keys() == pattern.ways.keys() and pattern.steps, rule.name
        assert {other.by for other in rules() if other.group == rule.group} == {rule.by}
