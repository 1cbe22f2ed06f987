"""Contracts end with a newer state of their roster, on both stores and in whatever order the rosters come."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from kg.ask import run
from kg.export import render
from kg.loading import Defaults
from kg.model import Reading
from kg.store import Store, open_store
from loaders.lists import LOADER

TITLE = "容城县大气污染防治包保名册"
HEADER = "序号,县级领导,职务,包联乡镇"
ROSTERS = {
    "2024-01": "1,滕书白,副县长,小里镇\n2,桑以宁,县委常委,南张镇",
    "2024-06": "1,蔺若谷,副县长,小里镇\n2,桑以宁,县委常委,南张镇",
    "2024-11": "1,蔺若谷,副县长,小里镇\n2,滕书白,副县长,南张镇",
}
OTHER = "容城县秸秆禁烧包保名册（2024年1月9日）\n{h}\n1,滕书白,副县长,小里镇\n"


def roster(month: str) -> Reading:
    year, m = month.split("-")
    text = f"{TITLE}（{year}年{int(m)}月9日）\n{HEADER}\n{ROSTERS[month]}\n"
    return read(text, month)


def read(text: str, name: str) -> Reading:
    found = LOADER.read(text.encode(), f"{name}.csv", Defaults())
    assert found is not None
    return found


def ended(store: Store) -> dict[tuple[str, str], str]:
    graph = store.graph()
    known = {e.key for e in graph.edges}
    out = {}
    for e in graph.edges:
        if e.type == "IN_CHARGE_OF" and "superseded" in e.props:
            assert e.props["superseded_by"] in known and not e.derived
            out[graph.nodes[e.source].name, graph.nodes[e.target].name] = str(e.props["superseded"])
    return out


def in_charge(store: Store, **given: str) -> set[str]:
    rows = run(store, "contracts/who-is-in-charge-of", {"subject": "小里镇"}, **given).rows
    return {row["who"] for row in rows}


def test_what_the_newer_roster_does_not_repeat_has_ended_on_its_day(make_store: Callable[[], Store]) -> None:
    store = make_store()
    for month in ROSTERS:
        store.put(roster(month))
    assert ended(store) == {("滕书白", "小里镇"): "2024-06-09", ("桑以宁", "南张镇"): "2024-11-09"}
    assert in_charge(store) == {"蔺若谷"}
    assert in_charge(store, as_of="2024-06-08") == {"滕书白"} and in_charge(store, as_of="2024-06-09") == {"蔺若谷"}
    assert in_charge(store, as_of="all") == {"滕书白", "蔺若谷"}
    over = {
        (e.source.partition("@")[0], e.props.get("superseded"))
        for e in store.graph().edges
        if e.rule == "charge-is-oversight"
    }
    assert {who for who, ended in over if not ended} == {"person:蔺若谷", "person:滕书白"}
    assert {each for each in over if each[1]} == {("person:滕书白", "2024-06-09"), ("person:桑以宁", "2024-11-09")}
    load = run(store, "schemes/load", {}, as_of="2024-07-01").rows
    assert {row["who"]: row["places"] for row in load} == {"蔺若谷": "小里镇", "桑以宁": "南张镇"}
    store.remove(roster("2024-06").notice.id)
    assert ended(store) == {("滕书白", "小里镇"): "2024-11-09", ("桑以宁", "南张镇"): "2024-11-09"}


def test_no_order_of_rosters_makes_a_difference(tmp_path: Path) -> None:
    seen = set()
    for n, order in enumerate(permutations(ROSTERS)):
        with open_store(tmp_path / f"{n}.kgl") as store:
            for month in order:
                store.put(roster(month))
            seen.add(render(store.graph(), "json"))
    assert len(seen) == 1


@pytest.mark.parametrize("day", ["2024年1月9日", "2024年8月1日"])
def test_another_roster_that_says_so_still_keeps_a_contract(tmp_path: Path, day: str) -> None:
    with open_store(tmp_path / "s.kgl") as store:
        store.put(roster("2024-01"))
        store.put(roster("2024-06"))
        store.put(read(OTHER.format(h=HEADER).replace("2024年1月9日", day), "other"))
        assert ended(store) == {}


def test_each_of_two_rosters_in_a_file_ends_its_own_contracts_only(tmp_path: Path) -> None:
    towns = f"{TITLE}（2024年1月9日）\n{HEADER}\n{ROSTERS['2024-01']}\n"
    rivers = "\n容城县河长名单\n河流,河长,职务\n萍河,滕书白,副县长\n"
    with open_store(tmp_path / "s.kgl") as store:
        store.put(read(towns + rivers, "two"))
        store.put(roster("2024-06"))
        assert ended(store) == {("滕书白", "小里镇"): "2024-06-09"}


def test_of_a_roster_that_names_its_month_the_last_day_counts(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.kgl") as store:
        store.put(read(f"{TITLE}（2024年1月）\n{HEADER}\n{ROSTERS['2024-01']}\n", "1"))
        store.put(read(f"{TITLE}（2024年6月）\n{HEADER}\n{ROSTERS['2024-06']}\n", "2"))
        assert ended(store) == {("滕书白", "小里镇"): "2024-06-30"}
        assert in_charge(store, as_of="2024-06-29") >= {"滕书白"} and in_charge(store) == {"蔺若谷"}


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("（2024年5月）", "2024-05-31"),
        ("（二〇二四年二月）", "2024-02-29"),
        ("（2024年6月底前）", ""),
        ("（2024年10月至2025年3月）", ""),
        ("（2024年5月8日）", "2024-05-08"),
    ],
)
def test_the_month_of_a_title_dates_a_list_by_its_last_day(title: str, day: str) -> None:
    found = read(f"{TITLE}{title}\n{HEADER}\n{ROSTERS['2024-01']}\n", "名册")
    (made,) = (n for n in found.nodes if n.label == "AccountabilityList")
    assert (found.notice.published, made.props.get("date", "")) == (day, day)


@pytest.mark.parametrize(("day", "who"), [("2024-06-15", "滕书白"), ("2024-09-30", "蔺若谷"), ("", "蔺若谷")])
def test_rosters_dated_by_the_month_of_their_titles_are_told_as_of_a_day(
    make_store: Callable[[], Store], day: str, who: str
) -> None:
    store = make_store()
    for month, rows in (("9", ROSTERS["2024-06"]), ("5", ROSTERS["2024-01"])):
        store.put(read(f"{TITLE}（2024年{month}月）\n{HEADER}\n{rows}\n", month))
    assert in_charge(store, **({"as_of": day} if day else {})) == {who}
