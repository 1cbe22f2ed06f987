"""A statement is right as often as its confidence says, and the table of confidences follows from its counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reliability import SURE, Verdict, at_least, counted, judge, shares, table, verdicts
from score_sets import RELIABILITY, annotated

from kg.model import Edge, Node, Notice, Reading
from loaders.confidence import ANY, Counts, as_said, calibrated, lines, smoothed

SETS = annotated()


@pytest.fixture(scope="module", params=list(SETS))
def judged(request: pytest.FixtureRequest) -> list[Verdict]:
    RELIABILITY[request.param] = list(verdicts(*SETS[request.param]))
    return RELIABILITY[request.param]


def test_of_what_says_nine_in_ten_nine_in_ten_are_right(judged: list[Verdict]) -> None:
    right, n = at_least(SURE, judged)
    assert n > 100
    assert right / n >= SURE


def test_of_notices_held_back_what_is_less_sure_is_less_often_right() -> None:
    held_back = RELIABILITY.get("unseen") or list(verdicts(*SETS["unseen"]))
    right, n = at_least(SURE, held_back)
    all_right, everything = at_least(0.0, held_back)
    assert (all_right - right) / (everything - n) < right / n


def test_the_table_follows_from_its_counts() -> None:
    assert smoothed(x.counts for x in lines()) == lines()
    assert len(lines()) > 100


COUNTS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda c: (c[0], sum(c)))


@given(COUNTS, COUNTS, st.integers(1, 20), st.integers(0, 80))
def test_a_rule_is_surer_the_more_of_its_statements_were_right_and_never_certain(
    fresh: tuple[int, int], usual: tuple[int, int], few: int, more: int
) -> None:
    counts = {"usual": usual, "wrong": (0, few), "few": (few, few), "many": (few + more, few + more)}
    rows = [Counts("BEARS", "before", 0.9, 0, 0, *fresh), *(Counts("BEARS", k, 0.9, *n) for k, n in counts.items())]
    sure = {x.counts.rule: x.confidence for x in smoothed(rows) if x.counts.kind != ANY}
    assert sure["wrong"] <= sure["few"] <= sure["many"] <= 0.99


def test_a_rule_nobody_counted_is_believed_as_its_kind_but_no_more_than_its_stage_does() -> None:
    kinds = {x.counts.kind: x.confidence for x in lines() if x.counts.rule == ANY}
    assert calibrated("BEARS", "Agency", "no such rule", 0.99) == kinds["BEARS"]
    assert calibrated("BEARS", "Agency", "no such rule", 0.3) == 0.3
    assert calibrated("SANCTIONED", "Person", "given", 0.99) == kinds[ANY]
    with as_said():
        assert calibrated("BEARS", "Agency", "no such rule", 0.99) == 0.99
    assert calibrated("BEARS", "Agency", "no such rule", 0.99) == kinds["BEARS"]


def test_each_statement_is_judged_by_itself() -> None:
    gold = {
        "persons": ["林知远"],
        "holds": [{"person": "林知远", "post": "县长", "at": ["望都县人民政府", "县政府"]}],
        "obligations": [{"anchor": "完成散煤清零", "bearers": [["望都县"]], "assigner": ["保定市"]}],
        "supervises": [[["保定市"], ["望都县"]]],
    }
    nodes = [
        Node("p", "Person", "林知远"),
        Node("q", "Person", "和平路"),
        Node("t", "Post", "望都县人民政府县长", props={"title": "县长"}),
        Node("a", "Agency", "望都县人民政府"),
        Node("b", "Agency", "保定市人民政府"),
        Node("o", "Obligation", "完成散煤清零", props={"text": "望都县要完成散煤清零。"}),
        Node("x", "Obligation", "形势好转", props={"text": "形势好转。"}),
    ]
    said = [("p", "HOLDS", "t"), ("t", "POST_IN", "a"), ("a", "BEARS", "o"), ("b", "BEARS", "o"), ("a", "BEARS", "x"),
            ("b", "SUPERVISES", "a"), ("a", "SUPERVISES", "b"), ("p", "STATED_IN", "n"), ("q", "STATED_IN", "n")]  # fmt: skip
    edges = [Edge(a, how, b, rule=f"{a}{b}", confidence=0.9) for a, how, b in said]
    edges.append(Edge("a", "SUPERVISES", "b", rule="table", derived=True))
    edges.append(Edge("a", "CONCERNS", "b", rule="of this the annotation says nothing"))
    found = list(judge(gold, Reading(Notice("n"), nodes, edges)))
    assert {(v.kind, v.rule): v.right for v in found} == {
        ("HOLDS", "pt"): True, ("POST_IN", "ta"): True, ("BEARS", "ao"): True, ("BEARS", "bo"): False,
        ("BEARS", "ax"): False, ("SUPERVISES", "ba"): True, ("SUPERVISES", "ab"): False,
        ("STATED_IN Person", "pn"): True, ("STATED_IN Person", "qn"): False,
    }  # fmt: skip
    assert counted(found)[:2] == [Counts("BEARS", "ao", 0.9, 1, 1), Counts("BEARS", "ax", 0.9, 0, 1)]
    assert counted([], found[:1], [Counts("HOLDS", "pt", 0.9, 5, 5, 2, 3)]) == [Counts("HOLDS", "pt", 0.9, 0, 0, 3, 4)]
    assert at_least(0.9, found) == (5, 9) and at_least(0.91, found) == (0, 0)
    assert sum(n for n, _, _ in shares(found)) == 9
    assert "0.556" in table({"x": found})
