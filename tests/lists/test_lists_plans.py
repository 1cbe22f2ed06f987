"""Plans over quarters and months, and the days by which they are to be done."""

from __future__ import annotations

import pytest
from lists_readings import read, said

from kg.model import Node

HEAD = "序号,攻坚任务,主抓单位"


def duties(*lines: str) -> dict[str, Node]:
    return {n.name: n for n in read(*lines).nodes if n.label == "Obligation"}


def test_what_a_quarter_wants_stands_beside_the_item_its_bearers_and_its_deadline() -> None:
    lines = (
        "沛县2024年治水攻坚推进计划表",
        f"{HEAD},协同单位,进度安排,,,,,交账时间",
        ",,,,一季度,二季度,三季度,四季度,,",
        "一、沿河流域,,,,,,,,,",
        "1,建设截污管网12公里,县水利局,龙固镇政府,完成设计,开工,铺设6公里,铺设12公里,,12月20日前",
    )
    (duty,) = duties(*lines).values()
    assert (duty.props["text"], duty.props["due"]) == ("建设截污管网12公里", "2024-12-20")
    assert duty.props["fields"][0] == "进度安排/一季度：完成设计" and len(duty.props["fields"]) == 4
    bears = said(read(*lines), "BEARS")
    assert bears == {("沛县水利局", "牵头", duty.name), ("龙固镇人民政府", "配合", duty.name)}


def test_months_are_kept_and_state_no_deadline() -> None:
    found = duties(
        "沛县治水攻坚推进计划表",
        f"{HEAD},1月,2月,3月份,备注",
        "1,退养鱼塘300亩,县水利局,摸底,√,√,",
        "2,清淤,县水利局,,√,√,",
    )
    assert found["退养鱼塘300亩"].props["fields"] == ["1月：摸底", "2月：√", "3月份：√"]
    assert "deadline" not in found["退养鱼塘300亩"].props


def test_of_quarters_marked_under_a_head_of_deadlines_the_last_is_the_deadline() -> None:
    found = duties(
        "沛县2024年治水攻坚推进计划表",
        f"{HEAD},完成时限,,,",
        ",,,一季度,二季度,三季度,四季度",
        "1,铺设管网,县水利局,,√,,",
        "2,退养鱼塘,县水利局,,,√,√",
    )
    assert {n: d.props.get("due") for n, d in found.items()} == {"铺设管网": "2024-06-30", "退养鱼塘": "2024-12-31"}


@pytest.mark.parametrize(
    ("day", "props"),
    [
        ("2024-10-31", {"due": "2024-10-31", "status": None}),
        ("2024-05-31", {"due": None, "status": "已销号"}),
    ],
)
def test_a_day_of_closing_that_is_to_come_is_a_deadline(day: str, props: dict[str, str | None]) -> None:
    found = duties("沛县治水攻坚销号表", "填报日期：2024年7月5日", f"{HEAD},办结日期", f"1,铺设管网,县水利局,{day}")
    assert {k: found["铺设管网"].props.get(k) for k in props} == props
