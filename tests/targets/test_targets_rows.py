"""Every row of the tables targets and cascade reads its own example; the laws of both."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_text import marked

from loaders.prose.relate import cascade, targets
from loaders.prose.relate.rows import Row, table

CASES = tomllib.loads((Path(__file__).parent / "target_cases.toml").read_text("utf-8"))["case"]


def rows(name: str, section: str) -> list[object]:
    return [pytest.param(row, id=row.name) for row in table(name)[section]]


def read(text: str) -> list[list[str]]:
    """Indicator, op, value and unit of every target."""
    found = [s.source.props for s in targets.relate(marked(text))]
    return [[str(p["indicator"]), str(p["op"]), f"{p['value']:g}", str(p["unit"])] for p in found]


def secured(text: str) -> list[str]:
    return [f"{s.source.name}>{s.target.name}" for s in cascade.relate(marked(text)) if s.type == "SECURES"]


@pytest.mark.parametrize("row", rows("targets", "comparator"))
def test_words_of_comparison_set_a_number(row: Row) -> None:
    assert [" ".join(t) for t in read(row.example)] == list(row.gives)


@pytest.mark.parametrize("row", rows("targets", "not"))
def test_number_that_is_no_goal(row: Row) -> None:
    assert read(row.example) == []


@pytest.mark.parametrize("case", [pytest.param(c, id=c[0][:24]) for c in CASES])
def test_numbers_to_reach_in_a_text(case: list[Any]) -> None:
    text, wanted, title = (*case, "")[:3]
    found = [s.source.props for s in targets.relate(marked(text, title=title))]
    said = [f"{p['indicator']} {p['op']} {p['value']:g} {p['unit']}".strip() for p in found]
    dated = [f"{t} @ {p['period']}" if p.get("period") else t for t, p in zip(said, found, strict=True)]
    assert sorted(d if d in wanted else t for t, d in zip(said, dated, strict=True)) == sorted(wanted)


def test_change_since_a_year_is_of_the_indicator_and_kept_apart() -> None:
    [found] = [s.source for s in targets.relate(marked("到2030年，全市煤炭消费总量要比2025年再下降8%以上。"))]
    assert (found.props["indicator"], found.props["baseline"]) == ("煤炭消费总量比2025年下降", "比2025年再下降")
    assert found.name == "煤炭消费总量比2025年下降>=8%"


@pytest.mark.parametrize("row", rows("targets", "goal"))
def test_goal_makes_a_number_a_target(row: Row) -> None:
    assert len(read(row.example)) == 1
    assert row.pattern.search(row.example)


@pytest.mark.parametrize("row", rows("targets", "told"))
def test_number_reached_or_expected_is_no_target(row: Row) -> None:
    assert read(row.example) == []


@pytest.mark.parametrize("row", rows("cascade", "secures"))
def test_steps_of_a_cascade(row: Row) -> None:
    assert secured(row.example) == list(row.gives)


@pytest.mark.parametrize("row", rows("cascade", "same"))
def test_spellings_of_a_step_are_one(row: Row) -> None:
    [made] = [s for s in cascade.relate(marked(f"做到以小时保{row.example}。")) if s.type == "SECURES"]
    assert made.target.name == row.name
    assert row.example in (made.target.name, *made.target.aliases)


@pytest.mark.parametrize("mark", "，。")
def test_scheme_named_beside_a_cascade_holds_its_steps(mark: str) -> None:
    found = cascade.relate(marked(f"各镇要落实“三保三包”{mark}以周保月、以月保季。"))
    assert {(s.source.name, s.target.name) for s in found if s.type == "PART_OF_SCHEME"} == {
        (step, "三保三包") for step in ("周", "月", "季")
    }


PIECES = st.sampled_from(
    [
        "要",
        "确保",
        "PM2.5平均浓度",
        "优良天数",
        "不高于",
        "不少于",
        "控制在",
        "35",
        "天",
        "%",
        "微克/立方米",
        "以内",
        "以周保月",
        "，",
        "。",
        "；",
        "每周",
        "至少",
        "两次",
        "下降",
        "同比",
        "\n",
        "（",
        "）",
        "、",
        "均",
        "到2025年，",
    ]
)


@given(st.lists(PIECES, max_size=24).map("".join))
def test_spans_lie_within_the_page_and_quote_the_number(text: str) -> None:
    page = marked(text)
    for s in targets.relate(page):
        for span in s.spans:
            assert 0 <= span.start < span.end <= len(page.text)
            assert str(s.source.props["unit"])[:1] in page.quote(span)
    for s in cascade.relate(page):
        assert all(0 <= span.start < span.end <= len(page.text) for span in s.spans)


def test_rows_are_counted() -> None:
    counted = {name: {k: len(v) for k, v in table(name).sections.items()} for name in ("targets", "cascade")}
    assert counted == {
        "targets": {"comparator": 32, "goal": 7, "told": 1, "not": 28},
        "cascade": {"secures": 3, "same": 6},
    }
