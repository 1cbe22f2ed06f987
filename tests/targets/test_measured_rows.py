"""Every row of the table of figures reads its own example."""

from __future__ import annotations

import pytest
from marked_text import marked

from loaders.prose.relate import measured
from loaders.prose.relate.rows import Row, table


def rows(section: str) -> list[object]:
    return [pytest.param(row, id=row.name) for row in table("measured")[section]]


def read(text: str, title: str = "") -> list[str]:
    """Place, period, indicator, value and unit of every figure."""
    found = [s for s in measured.relate(marked(text, title=title)) if s.type == "OBSERVED_IN"]
    return [
        " ".join(
            [
                s.target.name,
                *(f"{s.source.props[k]}" for k in ("period", "indicator")),
                f"{s.source.props['value']:g}",
                str(s.source.props["unit"]),
            ]
        )
        for s in found
    ]


@pytest.mark.parametrize("row", rows("figure"))
def test_a_figure_is_told(row: Row) -> None:
    assert read(row.example) == list(row.gives)


@pytest.mark.parametrize("row", rows("period"))
def test_the_period_before_a_figure_is_its(row: Row) -> None:
    [said] = read(f"{row.example}{{Region:龙泉县}}PM2.5平均浓度为38微克/立方米，同比下降5%。")
    assert said.split(" ")[1] == row.example.rstrip("，")


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        ("{Region:石桥镇}1—3月PM2.5平均浓度为46微克/立方米。", "石桥镇 1—3月 PM2.5平均浓度 46 微克/立方米"),
        ("{Region:石桥镇}一季度空气质量综合指数为4.2。", "石桥镇 一季度 空气质量综合指数 4.2 "),
        ("2月第三周{Region:石桥镇}PM2.5平均浓度是62微克/立方米。", "石桥镇 2月第三周 PM2.5平均浓度 62 微克/立方米"),
    ],
)
def test_a_place_may_stand_before_the_period_or_after_it(text: str, gives: str) -> None:
    assert read(text) == [gives]


@pytest.mark.parametrize(
    "text",
    [
        "{Region:石桥镇}1—3月要确保PM2.5平均浓度为46微克/立方米。",
        "{Region:石桥镇}3月PM2.5平均浓度应为46微克/立方米。",
        "今年，{Region:龙泉县}要确保PM2.5平均浓度为38微克/立方米以下。",
        "{Region:龙泉县}优良天数不少于260天，同比增加。",
        "9月份，{Region:龙泉县}和{Region:青山县}PM2.5平均浓度为38微克/立方米。",
        "9月份，PM2.5平均浓度为38微克/立方米。",
        "9月份，{Region:龙泉县}重污染天数较去年同期优良天数198天的水平明显改善。",
        "{Region:龙泉县}PM2.5平均浓度目标值为38微克/立方米，同比下降5%。",
        "9月份，{Region:龙泉县}PM2.5平均浓度为38微克/立方米以上。",
    ],
)
def test_what_is_no_figure_of_one_place_gives_none(text: str) -> None:
    assert read(text) == []


def test_a_plan_sets_figures_and_tells_none() -> None:
    text = "8月份，{Region:龙泉县}空气质量综合指数3.42，同比改善6.8%。"
    assert read(text) and not read(text, title="龙泉县秋冬季大气污染防治攻坚行动方案")
