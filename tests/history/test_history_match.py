"""Items of two states of a list: which is which, told by their words, numbers and places."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.history.match import Item, matches, sure_at_most
from kg.history.series import State, before, kernel, near, succession
from kg.history.tables import changing, table

CASES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("item_pairs.toml").read_text("utf-8"))


def items(state: str, texts: list[str]) -> list[Item]:
    return [Item(f"{state}/{n}", text) for n, text in enumerate(texts)]


@pytest.mark.parametrize("case", CASES["pair"], ids=lambda c: f"{c['old']} {c['new']}")
def test_two_wordings(case: dict[str, Any]) -> None:
    ends = []
    for k, state in enumerate(("old", "new")):
        places = frozenset({case["place"][k]} if "place" in case else ())
        number, problem = (case.get(name, ["", ""])[k] for name in ("number", "problem"))
        ends.append(Item(f"{state}/x", case[state], problem, number, places))
    fill = [items(state, CASES["fill"]) for state in ("old", "new")]
    found = matches([*fill[0], ends[0]], [*fill[1], ends[1]])
    pair = [m for m in found if "/x" in m.new.uid + m.old.uid]
    told = "other" if not pair else "same" if pair[0].sure else "doubtful"
    assert told == case["is"], [(m.score, m.basis) for m in pair]
    assert {(m.new.uid, m.old.uid) for m in found if m not in pair} == {(f"new/{n}", f"old/{n}") for n in range(9)}


def test_two_that_are_as_near_are_in_doubt() -> None:
    old = items("old", ["清理东堤堆场积存渣土", "清理西堤堆场积存渣土"])
    (found,) = matches(old, items("new", ["清理两堤堆场积存渣土"]))
    assert not found.sure and found.score >= 0.6


def test_what_is_the_same_word_for_word_is_no_matter_of_doubt() -> None:
    old = items("old", ["清理东堤堆场积存渣土", "清理东堤堆场积存渣土块"])
    found = matches(old, items("new", ["清理东堤堆场积存渣土块", "清理东堤堆场积存渣土"]))
    assert {(m.new.uid, m.old.uid) for m in found if m.sure} == {("new/0", "old/1"), ("new/1", "old/0")}


WORDS = st.lists(st.text("清理堆场渣土河道东西南北堤企业工地监管三五台", min_size=1, max_size=12), max_size=8)


@given(WORDS, WORDS, st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter_and_none_is_in_two_matches(
    old: list[str], new: list[str], shuffled: random.Random
) -> None:
    ends = [items("old", old), items("new", new)]
    found = matches(*ends)
    for end in ends:
        shuffled.shuffle(end)
    assert matches(*ends) == found
    for uids in ([m.new.uid for m in found], [m.old.uid for m in found]):
        assert len(set(uids)) == len(uids)


ITEM = st.tuples(
    st.text("清理堆场渣土河道3号", min_size=1, max_size=9), st.text("清理堆场", max_size=4), st.sampled_from(["", "1", "2"]),
    st.frozensets(st.sampled_from("甲乙"), max_size=1),
)  # fmt: skip


@given(st.lists(ITEM, max_size=6), st.lists(ITEM, max_size=6))
def test_no_more_is_surely_matched_than_was_said_to_be_possible(
    old: list[tuple[str, str, str, frozenset[str]]], new: list[tuple[str, str, str, frozenset[str]]]
) -> None:
    ends = [[Item(f"{end}/{n}", *row) for n, row in enumerate(rows)] for end, rows in (("old", old), ("new", new))]
    assert sum(m.sure for m in matches(*ends)) <= sure_at_most(*ends) <= len(new)


@given(st.lists(st.text("清理堆场渣土河道东西南北堤", min_size=4, max_size=9), unique=True, max_size=8))
def test_a_list_that_did_not_change_is_found_again_whole(texts: list[str]) -> None:
    found = matches(items("old", texts), items("new", texts))
    assert {(m.new.uid, m.old.uid) for m in found if m.sure} == {(f"new/{n}", f"old/{n}") for n in range(len(texts))}


@pytest.mark.parametrize("row", table()["changing"], ids=lambda r: r["examples"][0])
def test_what_changes_in_titles(row: dict[str, Any]) -> None:
    for title in row["examples"]:
        assert changing().search(title), title
        assert kernel(title) in ("整改清单", "责任清单", "台账", "整改台账"), kernel(title)


def state(title: str, day: str, **fields: str) -> State:
    return State(
        f"list:{title}{day}{fields}",
        f"notice:{title}{day}{fields}",
        title,
        fields.pop("kind", "整改清单"),
        day,
        **fields,
    )


MARCH = state("某县扬尘整改清单（2024年3月）", "2024-03-31", area="320322")


@pytest.mark.parametrize(
    ("other", "follows"),
    [
        (state("某县扬尘整改清单（2024年6月）", "2024-06-30", area="320322"), True),
        (state("某县扬尘整改台账（2024年6月）", "2024-06-30", area="320322"), True),
        (state("某县扬尘整改清单（2024年6月）", "2024-06-30"), True),
        (state("某县扬尘整改清单（2024年6月）", "2024-06-30", area="320324"), False),
        (state("某县扬尘整改清单", "2024-03-31", area="320322"), False),
        (state("某县扬尘整改清单", "", area="320322"), False),
        (state("某县河长名册", "2024-06-30", area="320322", kind="包保名册"), False),
        (state("某县水污染防治重点工程责任分工", "2024-06-30", area="320322"), False),
    ],
    ids=lambda x: x.title + x.day + x.area if isinstance(x, State) else str(x),
)  # fmt: skip
def test_which_lists_may_be_states_of_one(other: State, follows: bool) -> None:
    assert before(other, [MARCH, other]) == ([MARCH] if follows else [])


def test_a_list_is_known_again_by_its_items_too() -> None:
    june = state("某县扬尘整改清单（2024年6月）", "2024-06-30", area="320322")
    old, new = items("old", CASES["fill"]), items("new", [*CASES["fill"][:4], "建成两处充电站"])
    found = succession(june, MARCH, new, old)
    assert found is not None and found.basis == "title 1.00, 4 of 5 items" and 0.9 < found.score < 1
    assert succession(june, MARCH, items("new", ["建成两处充电站"]), old) is None
    assert near(june, MARCH) == 1.0
