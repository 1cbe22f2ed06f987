"""Sentences of every kind of notice, in duty_cases.toml, read as they say; and laws that hold for any text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_text import marked

from kg.vocabulary import vocabulary
from loaders.prose.page import Statement
from loaders.prose.relate import duties

CASES = tomllib.loads((Path(__file__).parent / "duty_cases.toml").read_text("utf-8"))["case"]


def read(case: dict[str, Any]) -> list[Statement]:
    return duties.relate(marked(case["text"], title=case.get("title", "")))


def named(found: list[Statement], kind: str, piece: str) -> list[str]:
    """Sources of one kind of statement on the duty that holds a piece, with a role that is not the usual one."""
    out = []
    for s in found:
        if s.type == kind and piece in str(s.target.props["text"]):
            role = s.props.get("role", "责任")
            out.append(s.source.name if role == "责任" else f"{s.source.name} {role}")
    return out


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])
def test_duties_of_a_text(case: dict[str, Any]) -> None:
    found = read(case)
    texts = [str(s.source.props["text"]) for s in found if s.type == "STATED_IN"]
    assert len(texts) == len(case["duties"]), texts
    assert all(piece in text for piece, text in zip(case["duties"], texts, strict=True))
    for piece, who in case.get("who", {}).items():
        assert sorted(named(found, "BEARS", piece)) == sorted(who)
    for piece, by in case.get("by", {}).items():
        assert sorted(named(found, "ASSIGNED", piece)) == sorted(by)


def test_until_when_may_stand_behind_the_item() -> None:
    text = (
        "1.逐家核实锅炉底数。（牵头单位：{Agency:县发改局}；配合单位：{Agency*:各镇}；完成时限：4月底前）\n"
        "2.各工地要装好喷淋。（{Agency:县住建局}负责，6月底前完成）\n"
        "3.各镇要补种护坡林草。\n责任单位：{Agency:县林业局}\n完成时限：10月底"
    )
    found = duties.relate(marked(text, title="扬尘整治工作方案"))
    assert [s.source.props.get("deadline") for s in found if s.type == "STATED_IN"] == ["4月底前", "6月底前", "10月底"]


def test_the_day_is_that_of_the_words() -> None:
    text = "{Agency:县政府}要在30个工作日内制定整改方案，6个月内报送整改情况；{Agency:县住建局}要在6个月内销号，20个工作日内报告。"
    found = duties.relate(marked(text, title="整改通知"))
    read = [s.source.props for s in found if s.type == "STATED_IN"]
    assert [(p["deadline"], p.get("due")) for p in read] == [("30个工作日内", None), ("6个月内", "2024-12-01")]


def test_deadline_cadence_topic_place_and_target() -> None:
    text = "会议要求，{Agency:县住建局}要在2024年9月底前完成{Region:青山镇}工地扬尘整治，每周调度，整改率不低于96%。"
    found = duties.relate(marked(text))
    [duty] = {id(s.target): s.target for s in found if s.type == "BEARS"}.values()
    assert (duty.props["deadline"], duty.props["due"], duty.props["cadence"]) == (
        "2024年9月底前",
        "2024-09-30",
        "weekly",
    )
    assert {"完成", "调度"} <= set(duty.props["actions"])  # type: ignore[arg-type]
    assert any("扬尘" in s.target.name for s in found if s.type == "ABOUT")
    assert ["青山镇"] == [s.target.name for s in found if s.type == "APPLIES_IN"]
    assert [96.0] == [s.target.props["value"] for s in found if s.type == "HAS_TARGET"]


def test_who_a_list_names_to_see_to_it_supervises() -> None:
    text = "1.封闭料场，年底前完成。\n责任单位：{Region:青山镇}。\n督办单位：{Agency:县发改委}。"
    found = duties.relate(marked(text, title="整改工作方案"))
    assert [(s.source.name, s.target.name, s.props["kind"]) for s in found if s.type == "SUPERVISES"] == [
        ("县发改委", "青山镇", "inspection")
    ]


PIECES = st.sampled_from(
    [
        "{Person:郭砚秋}",
        "{Agency:县住建局}",
        "{Agency*:各镇}",
        "{Region:青山镇}",
        "要",
        "应当",
        "不得",
        "负责",
        "强调，",
        "要求",
        "表示，",
        "会议",
        "他",
        "牵头",
        "，",
        "。",
        "；",
        "：",
        "“",
        "”",
        "（",
        "）",
        "一是",
        "二要",
        "\n",
        "由",
        "责任单位：",
        "每周",
        "9月底前",
        "完成整改",
        "加强巡查",
        "将",
        "了",
        "、",
        "和",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_statements_of_any_text_lie_in_the_page_and_fit_the_schema(text: str) -> None:
    page = marked(text, title="工作方案")
    types = vocabulary().types
    for s in duties.relate(page):
        assert all(0 <= span.start < span.end <= len(page.text) for span in s.spans)
        assert s.source.label in types[s.type].domain and s.target.label in types[s.type].range
        if s.type == "BEARS":
            assert str(s.target.props["text"]) in page.text
            assert s.props["role"] in ("牵头", "配合", "责任", "督办")


@given(st.lists(PIECES, max_size=20).map("".join))
def test_reading_twice_gives_the_same(text: str) -> None:
    first, again = (
        [(s.source.name, s.type, s.target.name, s.spans) for s in duties.relate(marked(text))] for _ in "ab"
    )
    assert first == again
