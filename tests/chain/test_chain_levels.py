"""Where things stand: level from what is said, else from the division code, else from the name."""

from __future__ import annotations

import pytest

from kg.chain.rules import lanes
from kg.derive.seats import is_head
from kg.model import Node


@pytest.mark.parametrize(
    ("node", "level"),
    [
        (Node("region:370000", "Region", "山东省"), "province"),
        (Node("region:371400", "Region", "德州市"), "city"),
        (Node("region:371424", "Region", "临邑县"), "county"),
        (Node("region:371424103", "Region", "德平镇"), "town"),
        (Node("region:371424103/东柳洼村", "Region", "东柳洼村"), "village"),
        (Node("agency:371424/水利局", "Agency", "临邑县水利局"), "county"),
        (Node("agency:000000/国务院", "Agency", "国务院"), "nation"),
        (Node("agency:x", "Agency", "生态环境部"), "nation"),
        (Node("agency:x", "Agency", "德州市水利局"), "city"),
        (Node("agency:x", "Agency", "山东省水利厅"), "province"),
        (Node("agency:x", "Agency", "临邑县水利局"), "county"),
        (Node("agency:x", "Agency", "德平镇人民政府"), "town"),
        (Node("agency:x", "Agency", "某公司"), "unknown"),
        (Node("agency:371424/x", "Agency", "某局", props={"level": "市"}), "city"),
        (Node("person:甲@371424", "Person", "甲"), "county"),
    ],
)
def test_levels(node: Node, level: str) -> None:
    assert lanes().level(node) == level


@pytest.mark.parametrize("title", ["书记", "县长", "代县长", "局长", "镇党委书记", "主任", "支队长"])
def test_heads(title: str) -> None:
    assert is_head(title)


@pytest.mark.parametrize("title", ["副书记", "副县长", "常委", "局长助理", "组织部长候选人", "副主任"])
def test_not_heads(title: str) -> None:
    assert not is_head(title)


@pytest.mark.parametrize(
    "name", ["临邑县人民政府", "中共临邑县委", "中共临邑县委员会", "山东省政府", "河滩镇党委", "恒源街道办事处"]
)
def test_leading_bodies(name: str) -> None:
    assert lanes().is_organ(Node("a", "Agency", name))


@pytest.mark.parametrize("name", ["临邑县水利局", "德州市生态环境局", "县大气办", "某公司"])
def test_departments(name: str) -> None:
    assert not lanes().is_organ(Node("a", "Agency", name))
