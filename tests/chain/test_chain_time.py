"""Who holds a post on a day, and what a chain shows as of it."""

from __future__ import annotations

import pytest
from small_graph import graph

from kg.chain import Chain, accountability
from kg.model import Graph

BASE = ("A:某局 -BEARS-> D:事 @2023-01-10", "O:局长 -POST_IN~> A:某局")


def chain(g: Graph, as_of: str = "", subject: str = "D:事") -> Chain:
    return accountability(g, g.nodes[subject], as_of=as_of)


def people(c: Chain) -> set[str]:
    return {b.name for b in c.boxes if b.kind == "Person"}


CHANGE = graph(
    *BASE,
    "P:前任 -HOLDS-> O:局长 since=2022-01-01 until=2023-06-15 @2023-03-01",
    "P:后任 -HOLDS-> O:局长 since=2023-06-15 @2023-08-01",
)


@pytest.mark.parametrize(
    ("day", "who"),
    [
        ("2023-06-14", {"前任"}),
        ("2023-06-15", {"后任"}),
        ("2023-08-01", {"后任"}),
        ("", {"后任"}),
        ("all", {"前任", "后任"}),
    ],
)
def test_on_the_day_of_a_change_the_new_holder_holds(day: str, who: set[str]) -> None:
    assert people(chain(CHANGE, day)) == who


def test_a_holding_is_unknown_after_its_last_notice() -> None:
    c = chain(CHANGE, "2024-05-01")
    assert people(c) == {"后任"}
    assert c.box("P:后任").notes == (("最后见于2023-08-01", "last named 2023-08-01"),)
    assert not chain(CHANGE, "2023-07-01").box("P:后任").notes


def test_a_removal_ends_a_holding_and_leaves_the_post_vacant() -> None:
    g = graph(*BASE, "P:前任 -HOLDS-> O:局长 status=免去 @2023-06-15")
    c = chain(g)
    assert people(c) == set()
    assert [(x.kind, x.box, x.since) for x in c.gaps] == [("vacant", "O:局长", "2023-06-15")]
    assert c.gaps[0].zh == "2023-06-15起空缺或任职者不详"


def test_before_the_first_notice_nobody_is_known() -> None:
    g = graph(*BASE, "P:后任 -HOLDS-> O:局长 @2023-08-01")
    c = chain(g, "2023-02-01")
    assert people(c) == set()
    assert [x.kind for x in c.gaps] == ["no_person"]


def test_a_single_post_goes_to_whoever_is_named_later() -> None:
    g = graph(*BASE, "P:前任 -HOLDS-> O:局长 @2022-01-01", "P:后任 -HOLDS-> O:局长 @2023-08-01")
    assert people(chain(g)) == {"后任"}
    assert people(chain(g, "2022-05-01")) == {"前任"}
    assert people(chain(g, "2024-05-01")) == {"后任"}


def test_two_holders_named_on_one_day_are_both_shown() -> None:
    g = graph(*BASE, "P:甲 -HOLDS-> O:局长 @2023-08-01", "P:乙 -HOLDS-> O:局长 @2023-08-01")
    assert people(chain(g)) == {"甲", "乙"}


def test_someone_then_in_office_is_not_drawn_as_holder_today() -> None:
    g = graph(*BASE, "P:旧人 -HOLDS-> O:局长 status=时任 @2023-08-01")
    assert people(chain(g)) == set()


def test_an_acting_holder_is_marked() -> None:
    g = graph(*BASE, "P:新人 -HOLDS-> O:局长 status=代理 @2023-08-01")
    assert chain(g).box("P:新人").title == "局长（代理）"


def test_a_post_that_nobody_acts_in_any_more_is_no_vacancy() -> None:
    g = graph(*BASE, "P:新人 -HOLDS-> O:局长 @2023-12-01", "O:代局长 -POST_IN~> A:某局",
              "P:新人 -HOLDS-> O:代局长 status=代理 superseded=2023-12-01 @2023-08-01")  # fmt: skip
    c = chain(g)
    assert people(c) == {"新人"} and c.gaps == [] and "代局长" not in {b.name for b in c.boxes}
    assert "代局长（代理）" in chain(g, "2023-09-01").box("P:新人").title


def test_what_was_said_later_is_not_drawn_for_an_earlier_day() -> None:
    g = graph("A:某局 -BEARS-> D:事 @2023-01-10", "A:督察组 -SUPERVISES-> A:某局 @2023-05-01")
    assert "督察组" not in {b.name for b in chain(g, "2023-02-01").boxes}
    assert "督察组" in {b.name for b in chain(g, "2023-05-01").boxes}


def test_a_relation_that_has_ended_is_not_drawn() -> None:
    g = graph("A:某局 -BEARS-> D:事 @2023-01-10", "P:旧人 -SUPERVISES-> A:某局 until=2023-06-01 @2023-03-01")
    assert "旧人" not in {b.name for b in chain(g).boxes}
    assert "旧人" in {b.name for b in chain(g, "2023-05-31").boxes}


def test_a_duty_keeps_its_bearers_though_asked_for_an_earlier_day() -> None:
    assert "某局" in {b.name for b in chain(CHANGE, "2022-05-01").boxes}


RENEWED = graph(
    "A:某局 -POST_IN-> A:府 @2023-01-10",
    "A:某局 -BEARS-> D:旧 @2023-01-10",
    "A:某局 -BEARS-> D:新 @2023-06-10",
    "A:某局 -BEARS-> D:删 @2023-01-10",
    "D:旧 -LISTED_IN-> L:一期 @2023-01-10",
    "D:删 -LISTED_IN-> L:一期 @2023-01-10",
    "D:新 -LISTED_IN-> L:二期 @2023-06-10",
    "L:二期 -REVISION_OF~> L:一期 first_seen=2023-06-10",
)


@pytest.mark.parametrize(
    ("day", "duties"),
    [
        ("", {"D:新"}),
        ("2023-06-10", {"D:新"}),
        ("2023-06-09", {"D:旧", "D:删"}),
        ("all", {"D:旧", "D:删", "D:新"}),
    ],
)
def test_of_the_states_of_a_list_the_chain_shows_the_latest(day: str, duties: set[str]) -> None:
    shown = {b.id for b in chain(RENEWED, day, "A:某局").boxes if b.kind == "Obligation"}
    assert shown == duties
    assert "D:旧" in {b.id for b in chain(RENEWED, day, "D:旧").boxes}
