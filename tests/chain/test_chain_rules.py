"""Which things a chain takes in, and which it leaves out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graph import graph

from kg.chain import Chain, accountability
from kg.errors import QueryError
from kg.model import Graph
from kg.store import Store

COUNTY = graph(
    "A:甲局 -BEARS-> D:治扬尘 role=牵头",
    "A:乙局 -BEARS-> D:治扬尘 role=配合",
    "A:乙局 -BEARS-> D:治散煤 role=牵头",
    "A:县政府 -ASSIGNED-> D:治扬尘",
    "A:甲局 -PART_OF~> A:县政府",
    "A:乙局 -PART_OF~> A:县政府",
    "A:县政府 -GOVERNS~> R:某县",
    "A:县委 -GOVERNS~> R:某县",
    "A:市政府 -GOVERNS~> R:某市",
    "A:邻县政府 -GOVERNS~> R:邻县",
    "R:某县 -WITHIN~> R:某市",
    "R:邻县 -WITHIN~> R:某市",
    "P:张三 -SUPERVISES-> A:甲局 kind=portfolio",
    "P:张三 -HOLDS-> O:县政府副县长",
    "P:李四 -HOLDS-> O:县政府副县长",
    "O:县政府副县长 -POST_IN~> A:县政府",
    "P:王五 -HOLDS-> O:县长",
    "O:县长 -POST_IN~> A:县政府",
    "A:市督察组 -SUPERVISES-> A:县政府 kind=inspection",
    "P:李四 -IN_CHARGE_OF-> R:东乡",
    "R:东乡 -WITHIN~> R:某县",
    "A:市督察组 -SUPERVISES-> A:邻县政府 kind=inspection",
    levels={"A:甲局": "县", "A:乙局": "县", "A:县政府": "县", "A:县委": "县", "A:市政府": "市", "A:市督察组": "市",
            "A:邻县政府": "县", "R:某县": "县", "R:某市": "市", "R:邻县": "县", "R:东乡": "乡镇"},
)  # fmt: skip


def chain(subject: str, g: Graph = COUNTY, **options: object) -> Chain:
    return accountability(g, g.nodes[subject], **options)  # type: ignore[arg-type]


def names(c: Chain) -> set[str]:
    return {b.name for b in c.boxes}


def steps(c: Chain) -> set[tuple[str, str, str]]:
    return {(c.box(s.upper).name, s.zh, c.box(s.lower).name) for s in c.steps}


def test_a_duty_goes_up_to_the_highest_supervisor() -> None:
    c = chain("D:治扬尘", direction="up")
    assert names(c) == {"治扬尘", "甲局", "乙局", "县政府", "张三", "王五", "市督察组", "市政府", "县委"} - {"县委"}
    assert ("甲局", "牵头", "治扬尘") in steps(c)
    assert ("乙局", "配合", "治扬尘") in steps(c)
    assert ("张三", "分管", "甲局") in steps(c)
    assert ("市督察组", "督察", "县政府") in steps(c)
    assert ("市政府", "下辖", "县政府") in steps(c)


@pytest.mark.parametrize("stranger", ["治散煤", "邻县", "邻县政府", "李四", "东乡", "县委"])
def test_going_up_never_turns_down_again(stranger: str) -> None:
    assert stranger not in names(chain("D:治扬尘", direction="up"))


def test_a_body_goes_down_to_who_carries_the_work() -> None:
    c = chain("A:县政府", direction="down")
    assert {"甲局", "乙局", "治扬尘", "治散煤", "张三", "李四", "东乡", "王五"} <= names(c)
    assert not {"市政府", "市督察组", "邻县", "县委"} & names(c)
    assert ("李四", "包保", "东乡") in steps(c)


def test_both_directions_are_the_two_walks_together() -> None:
    up, down, both = (chain("A:甲局", direction=d) for d in ("up", "down", "both"))
    assert names(both) == names(up) | names(down)
    assert steps(both) == steps(up) | steps(down)


def test_a_person_stands_under_their_body_and_over_their_portfolio() -> None:
    c = chain("P:张三")
    assert ("县政府", "任职", "张三") in steps(c)
    assert ("张三", "分管", "甲局") in steps(c)
    assert "李四" not in names(c), "another holder of the same post inherits nothing"
    assert c.box("P:张三").title == "县政府副县长" or "副县长" in c.box("P:张三").title


def test_a_duty_asked_downward_shows_its_bearers_and_stops() -> None:
    c = chain("D:治扬尘", direction="down")
    assert {"甲局", "乙局", "治扬尘"} <= names(c)
    assert "市政府" not in names(c)
    assert not c.cut


def test_an_assigned_duty_leads_down_to_its_bearers() -> None:
    g = graph("M:调度会 -ASSIGNED-> D:报数据", "A:某局 -BEARS-> D:报数据", "A:县政府 -CONVENED-> M:调度会",
              "A:某局 -BEARS-> D:别的")  # fmt: skip
    c = chain("A:县政府", g, direction="down")
    assert names(c) == {"县政府", "调度会", "报数据", "某局"}


def test_a_government_and_its_region_are_one_box() -> None:
    c = chain("R:某县", direction="up")
    box = c.box("A:县政府")
    assert [n.id for n in box.members] == ["A:县政府", "R:某县"]
    assert box.subject
    assert [e.type for e in box.inner] == ["GOVERNS"]


def test_a_region_with_two_governing_bodies_keeps_the_party_committee_apart() -> None:
    c = chain("R:某县", direction="down")
    assert ("县委", "管辖", "县政府") in steps(c)


def test_an_idle_shared_post_is_drawn_with_each_holder() -> None:
    c = chain("A:县政府", direction="down")
    assert {b.name for b in c.boxes if b.kind == "Post"} == set()
    assert ("县政府", "任职", "张三") in steps(c) and ("县政府", "任职", "李四") in steps(c)


def test_a_busy_shared_post_is_a_box_of_its_own() -> None:
    g = graph(
        "O:副局长 -BEARS-> D:巡查", "P:甲 -HOLDS-> O:副局长", "P:乙 -HOLDS-> O:副局长", "O:副局长 -POST_IN-> A:某局"
    )
    assert {
        ("某局", "设岗", "副局长"),
        ("副局长", "任职", "甲"),
        ("副局长", "任职", "乙"),
        ("副局长", "承担", "巡查"),
    } == steps(chain("D:巡查", g, direction="up"))


def test_stated_and_derived_are_told_apart() -> None:
    c = chain("D:治扬尘", direction="up")
    by = {(c.box(s.upper).name, c.box(s.lower).name): s for s in c.steps}
    assert by["张三", "甲局"].stated and not by["县政府", "甲局"].stated
    assert by["县政府", "甲局"].why[0]


def test_stated_only_leaves_derived_steps_out() -> None:
    c = chain("D:治扬尘", direction="up", stated_only=True)
    assert all(s.stated for s in c.steps)
    assert not any(e.derived for s in c.steps for e in s.links)
    assert "市政府" not in names(c)


def test_depth_counts_steps_of_accountability() -> None:
    near = chain("D:治扬尘", direction="up", depth=1)
    assert {"甲局", "乙局", "县政府"} == names(near) - {"治扬尘", "王五"}
    assert near.cut
    assert not chain("D:治扬尘", direction="up", depth=9).cut


def test_lanes_run_from_the_highest_level_to_the_duty() -> None:
    c = chain("D:治扬尘", direction="up")
    assert [lane.zh for lane in c.lanes] == [
        "市 · 党政机关", "市 · 部门", "县 · 党政机关", "县 · 领导", "县 · 部门", "职责",
    ]  # fmt: skip


def test_circles_end() -> None:
    g = graph("A:甲 -SUPERVISES-> A:乙", "A:乙 -SUPERVISES-> A:甲", "A:乙 -BEARS-> D:事")
    assert names(chain("D:事", g)) == {"甲", "乙", "事"}


def test_inferred_areas_that_lead_nowhere_are_left_out() -> None:
    g = graph("R:村 -WITHIN~> R:县", "R:里 -WITHIN~> R:县", "P:干部 -IN_CHARGE_OF-> R:村")
    for ref in ("R:村", "R:里"):
        g.nodes[ref].props["inferred"] = True
    assert "里" not in names(chain("R:县", g, direction="down"))


@pytest.mark.parametrize(
    ("options", "said"),
    [({"direction": "sideways"}, "sideways"), ({"depth": 0}, "depth 0"), ({"as_of": "明天"}, "明天")],
)
def test_wrong_settings_are_told(options: dict[str, object], said: str) -> None:
    with pytest.raises(QueryError, match=said) as error:
        chain("D:治扬尘", **options)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("subject", ["obligation:plan/05", "agency:371424/人民政府", "person:邝学勤@371424",
                                     "region:371424103/东柳洼村", "meeting:2024-05-28/a1"])  # fmt: skip
def test_a_store_and_its_graph_give_the_same_chain(county_store: Store, subject: str) -> None:
    whole = county_store.graph()
    for options in ({}, {"depth": 1}, {"direction": "up"}, {"direction": "down", "depth": 2}, {"stated_only": True},
                    {"as_of": "2024-05-28"}, {"as_of": "all", "min_confidence": 0.9}):  # fmt: skip
        inside = accountability(whole, whole.nodes[subject], **options)  # type: ignore[arg-type]
        stored = accountability(county_store, whole.nodes[subject], **options)  # type: ignore[arg-type]
        assert stored.json() == inside.json()
        assert stored.notices == inside.notices


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(COUNTY.nodes)))
def test_the_order_of_statements_changes_nothing(rnd: random.Random, subject: str) -> None:
    edges, nodes = list(COUNTY.edges), list(COUNTY.nodes.items())
    rnd.shuffle(edges)
    rnd.shuffle(nodes)
    mixed = Graph(dict(nodes), edges, dict(COUNTY.notices))
    assert accountability(mixed, mixed.nodes[subject]).json() == chain(subject).json()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(COUNTY.nodes)), st.sampled_from(["up", "down", "both"]), st.integers(1, 4), st.booleans())
def test_every_step_joins_boxes_of_the_chain_and_every_box_but_the_subject_is_joined(
    subject: str, direction: str, depth: int, stated_only: bool
) -> None:
    c = chain(subject, direction=direction, depth=depth, stated_only=stated_only)
    ids = {b.id for b in c.boxes}
    joined = {i for s in c.steps for i in (s.upper, s.lower)}
    assert joined <= ids
    assert {b.id for b in c.boxes if not b.subject} <= joined
    assert sum(b.subject for b in c.boxes) >= 1
