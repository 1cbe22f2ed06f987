"""What follows from what is stated: every rule on an example, with its premises, and gone with any of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_readings import Draft

from kg.ask import run
from kg.derive import rules, seat
from kg.derive.seats import is_single, marks, successions
from kg.model import Edge, Reading
from kg.store import Store
from kg.store.cypher import CypherStore
from kg.vocabulary import vocabulary

CASES = tomllib.loads(Path(__file__).with_name("derivation_cases.toml").read_text("utf-8"))["case"]
PUBLISHER = "临邑县纪委监委"


def readings(case: dict[str, Any]) -> list[Reading]:
    """The statements of a case in notices 甲 and 乙 by turns, so that what follows rests on several."""
    made = [Draft("甲", "2024-01-01", publisher=PUBLISHER), Draft("乙", "2024-02-02", publisher="临邑县人民政府")]
    things: dict[str, dict[str, Any]] = {}
    for line in case["things"]:
        uid, *pairs = line.split()
        things[uid] = {k: v == "true" if v in ("true", "false") else v for k, v in (p.split("=") for p in pairs)}
    for n, line in enumerate(case["says"]):
        draft = made[0] if "SANCTIONED" in line else made[n % 2]
        source, type_, target, *pairs = line.removeprefix("~").split()
        draft.say(f"{source}与{target}。")
        for uid in {source, target, *(things if "SANCTIONED" in line else ())} - {draft.id}:
            props = dict(things.get(uid, {}))
            draft.node(uid, props.pop("name", ""), **props)
        draft.edge(source, type_, target, derived=line.startswith("~"), **dict(p.split("=") for p in pairs))
    return [d.reading() for d in made]


def made_by(store: Store, rule: str) -> list[Edge]:
    return [e for e in store.graph().edges if e.rule == rule]


def _ended(edge: Edge) -> list[str]:
    assert (edge.props.get("superseded_by") in edge.premises) == ("superseded" in edge.props)
    return [str(edge.props["superseded"])] if "superseded" in edge.props else []


def test_every_rule_has_a_case_and_makes_what_the_schema_knows() -> None:
    assert {case["rule"] for case in CASES} == {rule.name for rule in rules()}
    for rule in rules():
        assert rule.type in vocabulary().types and all(rule.words) and all(rule.reason) and rule.premises
    assert all(seat().words) and all(seat().reason)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["rule"])
def test_a_rule_makes_what_follows_and_lists_its_premises(store: Store, case: dict[str, Any]) -> None:
    list(store.put_all(readings(case)))
    found = made_by(store, case["rule"])
    assert sorted(" ".join([e.source, e.target, *_ended(e)]) for e in found) == sorted(case["yields"])
    known = {e.key: e for e in store.graph().edges}
    for edge in found:
        assert edge.derived and edge.evidence and edge.premises
        assert {v.notice for v in edge.evidence} <= {v.notice for p in edge.premises for v in known[p].evidence}
        begun = max(str(known[p].props["first_seen"]) for p in edge.premises)
        assert edge.props["first_seen"] == begun
    store.remove("notice:乙")
    rest = {e.key for e in store.graph().edges}
    assert all(set(e.premises) <= rest for e in made_by(store, case["rule"]))
    store.remove("notice:甲")
    assert made_by(store, case["rule"]) == []


def test_loading_again_or_in_another_order_derives_the_same(store: Store) -> None:
    made = readings(CASES[0]) + [
        Draft("丙", "2024-03-03").say("乡镇。").edge("region:1", "WITHIN", "region:2").reading()
    ]
    list(store.put_all(made))
    graph = store.graph()
    assert [outcome for _, outcome in store.put_all(made)] == ["unchanged"] * 3
    for reading in made:
        store.remove(reading.notice.id)
    for reading in reversed(made):
        store.put(reading)
    assert store.graph() == graph and made_by(store, CASES[0]["rule"])


def test_a_corrected_notice_takes_with_it_what_followed_from_the_earlier_one(store: Store) -> None:
    list(store.put_all(readings(CASES[0])))
    changed = Draft("甲", "2024-01-02").say("另有安排。").edge("region:371424", "WITHIN", "region:371400").reading()
    assert store.put(changed) == "changed"
    assert "agency:371424/人民政府 agency:371424001/街道办事处" not in {
        f"{e.source} {e.target}" for e in made_by(store, CASES[0]["rule"])
    }


# -- a post that one person at a time holds


def holding(key: str, day: str, who: str, post: str = "post:府/县长", **props: Any) -> Reading:
    d = Draft(key, day).say(f"{post.split('/')[1]}{who}。")
    d.node(post, title=post.split("/")[1]), d.node(f"person:{who}", who.partition("@")[0])
    return d.edge(f"person:{who}", "HOLDS", post, **props).edge(post, "POST_IN", "agency:府").reading()


def ends(store: Store) -> dict[str, tuple[Any, Any]]:
    return {
        e.source: (e.props["superseded"], e.props["superseded_by"])
        for e in store.graph().edges
        if "superseded" in e.props
    }


def test_a_later_holder_of_a_single_seat_ends_the_earlier_holding(store: Store) -> None:
    list(
        store.put_all(
            [holding("一", "2023-01-01", "甲"), holding("二", "2023-04-01", "甲"), holding("三", "2023-11-24", "乙")]
        )
    )
    (holds,) = [e for e in store.graph().edges if e.source == "person:乙" and e.type == "HOLDS"]
    assert ends(store) == {"person:甲": ("2023-11-24", holds.key)}
    store.put(holding("四", "2024-03-01", "丙", status="代理"))
    assert ends(store)["person:甲"][0] == "2023-11-24" and ends(store)["person:乙"][0] == "2024-03-01"
    store.remove("notice:三"), store.remove("notice:四")
    assert ends(store) == {}


def test_who_acts_sits_in_the_seat_until_named_outright(store: Store) -> None:
    list(
        store.put_all(
            [holding("一", "2023-01-01", "甲"), holding("二", "2023-09-06", "乙", "post:府/代县长", status="代理")]
        )
    )
    assert ends(store)["person:甲"][0] == "2023-09-06"
    store.put(holding("三", "2023-12-10", "乙"))
    assert {who: day for who, (day, _) in ends(store).items()} == {"person:甲": "2023-09-06", "person:乙": "2023-12-10"}


@pytest.mark.parametrize(
    ("title", "props", "who"),
    [("副县长", {}, "乙"), ("常委", {}, "乙"), ("县长", {"status": "拟任"}, "乙"), ("县长", {"status": "时任"}, "乙"),
     ("县长", {}, "甲@别处")],
)  # fmt: skip
def test_what_ends_no_holding(store: Store, title: str, props: dict[str, str], who: str) -> None:
    list(store.put_all([holding("一", "2023-01-01", "甲", f"post:府/{title}"),
                        holding("二", "2023-09-01", who, f"post:府/{title}", **props)]))  # fmt: skip
    assert ends(store) == {}


def test_holders_named_on_the_same_days_contradict_and_nothing_follows(store: Store) -> None:
    list(
        store.put_all(
            [holding("一", "2023-01-01", "甲"), holding("二", "2023-03-01", "乙"), holding("三", "2023-03-01", "甲")]
        )
    )
    assert ends(store) == {}


def kept(store: Store, mark: str) -> list[str]:
    return [
        row["post"] for row in store.query(f"MATCH (p:Post) WHERE p.{mark} RETURN p.uid AS post ORDER BY post").rows
    ]


def duty(key: str, bearer: str) -> Reading:
    d = Draft(key, "2023-02-01").say("年底前封堵排口。")
    d.node("obligation:排口", "封堵排口", text="封堵排口", due="2023-12-31")
    return d.edge(bearer, "BEARS", "obligation:排口").reading()


@pytest.mark.parametrize("bearer", ["person:甲", "post:府/县长", "agency:府", "region:县"])
def test_a_post_is_marked_where_a_holder_went_and_duties_stay(store: Store, bearer: str) -> None:
    made = [holding("一", "2023-01-01", "甲"), duty("责", bearer), holding("二", "2023-11-24", "乙"),
            Draft("辖", "2023-01-01").say("县政府管县。").edge("agency:府", "GOVERNS", "region:县").reading()]  # fmt: skip
    for steps in (made, made[::-1]):
        for reading in steps:
            store.put(reading)
        assert kept(store, "turnover") == ["post:府/县长"] and kept(store, "contested") == []
        (row,) = run(store, "gaps/holder-changed").rows
        assert (row["bearer_id"], row["before"], row["after"]) == (bearer, "甲", "乙")
        assert not {"turnover", "contested"} & store.graph().nodes["post:府/县长"].props.keys()
        for at, left in ((2, []), (1, []), (0, [])):
            store.remove(steps[at].notice.id)
            assert kept(store, "turnover") == left
        store.remove(steps[3].notice.id)


def test_a_post_is_marked_where_two_hold_it_on_a_day(store: Store) -> None:
    made = [holding("一", "2023-01-01", "甲"), holding("二", "2023-03-01", "乙"), holding("三", "2023-03-01", "甲")]
    list(store.put_all(made))
    assert kept(store, "contested") == ["post:府/县长"]
    assert [(row["first"], row["second"]) for row in run(store, "gaps/two-holders").rows] == [("乙", "甲")]
    store.put(holding("三", "2023-04-02", "丙"))
    assert kept(store, "contested") == [] and run(store, "gaps/two-holders").rows == []


def test_a_store_of_a_version_without_marks_is_asked_of_all_posts_until_its_next_load(store: Store) -> None:
    made = [holding("一", "2023-01-01", "甲"), duty("责", "agency:府"), holding("二", "2023-03-01", "乙"),
            holding("三", "2023-03-01", "甲"), holding("四", "2023-11-24", "丙")]  # fmt: skip
    list(store.put_all(made))
    asked = ("gaps/holder-changed", "gaps/two-holders")
    before = [run(store, name).rows for name in asked]
    assert isinstance(store, CypherStore) and all(before)
    store._transact(
        lambda write: write(
            "MATCH (p:Post) MATCH (s:KgStore) SET p.turnover = null, p.contested = null, s.marked = null", {}
        )
    )
    assert [run(store, name).rows for name in asked] == before
    store.put(Draft("五", "2024-01-01").say("另有安排。").edge("region:村", "WITHIN", "region:县").reading())
    assert kept(store, "turnover") == kept(store, "contested") == ["post:府/县长"]
    assert [run(store, name).rows for name in asked] == before


@pytest.mark.parametrize("title", ["县长", "代县长", "局长", "县委书记", "党委书记", "镇长", "顺堤河县级河长"])
def test_single_seats(title: str) -> None:
    assert is_single(title)


@pytest.mark.parametrize(
    "title", ["副县长", "常务副县长", "副书记", "常委", "委员", "成员", "组长", "主要负责人", "网格员"]
)
def test_seats_of_several(title: str) -> None:
    assert not is_single(title)


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2022, 12, 31)).map(str)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), DAYS, DAYS), max_size=6, unique_by=lambda r: r[0]), st.randoms())
def test_an_end_comes_after_the_last_word_of_the_holder_and_with_the_next_one(
    held: list[tuple[str, str, str]], rnd: random.Random
) -> None:
    rows = [
        {"uid": who, "person": who, "name": who, "partial": False, "post": "post:府/县长", "title": "县长", "vague": False,
         "placed": True, "status": None, "since": None, "until": None, "first": min(a, b), "last": max(a, b)}
        for who, a, b in held
    ]  # fmt: skip
    found = successions(rows)
    by = {row["uid"]: row for row in rows}
    for uid, (day, successor) in found.items():
        assert day > by[uid]["last"] and by[successor]["first"] == day and successor != uid
        assert not any(by[uid]["last"] < row["first"] < day for row in rows)
    assert {r["uid"] for r in rows} - found.keys() == {
        r["uid"] for r in rows if not any(o["first"] > r["last"] for o in rows)
    }
    rnd.shuffle(rows)
    assert successions(rows) == found


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), DAYS, DAYS, st.booleans()), max_size=6))
def test_two_hold_a_post_on_a_day_where_their_times_overlap(held: list[tuple[str, str, str, bool]]) -> None:
    rows = [
        {"uid": f"{n}", "name": who, "post": "post:府/县长", "status": None, "since": min(a, b) if told else None, "duty": False,
         "until": max(a, b) if told else None, "first": min(a, b), "last": max(a, b)}
        for n, (who, a, b, told) in enumerate(held)
    ]  # fmt: skip
    days = [(who, min(a, b), max(a, b) + ("" if told else "~")) for who, a, b, told in held]
    both = [1 for one, a, b in days for two, c, d in days if one != two and a < d and c < b]
    assert ("contested" in marks(rows, {})["post:府/县长"]) == bool(both)


@pytest.mark.parametrize(
    "match,end,found",
    [
        ("MATCH (a)-[r:HOLDS]->(b) WHERE a.kind = 'x AND y' AND b.n IN ['a'] AND a.t =~ $head", "a", "a.kind = 'x AND y' AND a.t =~ $head"),
        ("MATCH (a)-[r:HOLDS]->(b) WHERE (a.kind = '(' OR a.uid ENDS WITH 'z')\n  AND coalesce(a.g, false)", "a", "(a.kind = '(' OR a.uid ENDS WITH 'z') AND coalesce(a.g, false)"),
        ("MATCH (a)-[r:HOLDS]->(b) WHERE a.kind = 'x' OR b.kind = 'x'", "a", ""),
        ("MATCH (a)-[r:HOLDS]->(b) WHERE NOT a.generic AND a.kind = b.kind AND a.uid STARTS WITH area", "a", ""),
        ("MATCH (a)-[r:HOLDS]->(b) WHERE any(x IN a.evidence WHERE x = 'q' AND a.kind = 'k')", "a", ""),
        ("MATCH (a)-[r:HOLDS]->(b) WHERE NOT EXISTS { MATCH (a)-[:HOLDS]->(c) WHERE a.kind = 'x' }", "a", ""),
        ("MATCH (a) WHERE a.uid =~ 'm.*'\nMATCH (a)-[r:HOLDS]->(b) WHERE b.n = 1", "a", "a.uid =~ 'm.*'"),
        ("MATCH (a) WHERE a.uid =~ 'm.*'\nMATCH (a)-[r:HOLDS]->(b) WHERE b.n = 1", "b", "b.n = 1"),
    ],
)  # fmt: skip
def test_what_a_pattern_asks_of_one_end_by_itself(match: str, end: str, found: str) -> None:
    assert dataclasses.replace(rules()[0], match=match).must(end) == found
