"""Bodies renamed, merged and closed: every row reads its own example, and what is no succession gives none."""

from __future__ import annotations

import pytest
from marked_text import marked

from loaders.prose.relate import succession
from loaders.prose.relate.rows import Row, table


def followed(text: str, published: str = "2024-05-06") -> list[tuple[str, str, str]]:
    """The body that is now, the one before it, and the day."""
    found = succession.relate(marked(text, published=published))
    return [(s.source.name, s.target.name, str(s.props.get("date", ""))) for s in found]


@pytest.mark.parametrize("row", [pytest.param(r, id=r.name) for r in table("succession")["rows"]])
def test_each_row_reads_its_example(row: Row) -> None:
    assert [f"{new} > {old}" for new, old, _ in followed(row.example)] == list(row.gives)


@pytest.mark.parametrize(
    "text",
    [
        "拟将{Agency:县城市管理局}更名为{Agency:县综合行政执法局}。",
        "{Agency:县城市管理局}将责任单位由{Agency:县水务局}调整为{Agency:县住建局}。",
        "将{Agency:县水务局}的水质监测职责划入{Agency:县生态环境局}。",
        "{Agency:县水务局}、{Agency:县住建局}合并开展检查，通报{Agency:县生态环境局}。",
        "组建{Agency:县林草局}，不再保留{Agency:县绿化委员会}的牌子。",
        "{Region:石桥乡}更名为{Region:石桥镇}。",
    ],
)
def test_what_is_no_succession_gives_none(text: str) -> None:
    assert followed(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("决定将{Agency:县城管局}更名为{Agency:县执法局}。", "2024-05-06"),
        ("自2024年6月1日起，{Agency:县城管局}更名为{Agency:县执法局}。", "2024-06-01"),
        ("2019年，{Agency:县城管局}更名为{Agency:县执法局}。", ""),
        ("{Agency:县城管局}已更名为{Agency:县执法局}。", ""),
    ],
)
def test_the_day_is_that_of_the_words_or_of_a_notice_that_decides_it(text: str, day: str) -> None:
    assert followed(text) == [("县执法局", "县城管局", day)]
