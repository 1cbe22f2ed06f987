"""Heading lines over rows that say who leads what stands under them."""

from __future__ import annotations

import pytest
from lists_makers import WordTable, docx
from lists_readings import read, said

from loaders.lists.leading import heading

DUTIES = ("整改措施,责任单位,完成时限", "清运河岸垃圾,县水利局,2024年5月底", "拆除围网,县农业农村局,2024年6月底")
LED = {("冉志高", "责任", "清运河岸垃圾"), ("冉志高", "责任", "拆除围网")}


@pytest.mark.parametrize(
    ("line", "place", "who"),
    [
        ("龙固镇（包镇领导：副县长 冉志高）", "龙固镇", ["副县长 冉志高"]),
        ("二、敬安镇  包联县领导：虞怀庆（县政协副主席）", "敬安镇", ["虞怀庆（县政协副主席）"]),
        ("领办领导：虞怀庆（县政协副主席）", "", ["虞怀庆（县政协副主席）"]),
        ("（一）包抓领导：冉志高；牵头单位：县水利局", "", ["冉志高", "县水利局"]),
        ("一、龙固镇（2项）　包镇领导：冉志高", "龙固镇", ["冉志高"]),
        ("（三）敬安镇（共4项，包镇领导：冉志高）", "敬安镇", ["冉志高"]),
        ("联系人：冉志高", "", []),
        ("包镇领导：待定", "", []),
        ("龙固镇：共3项", "", []),
        ("一、大气污染防治", "", []),
    ],
)
def test_a_heading_names_a_place_and_who_leads(line: str, place: str, who: list[str]) -> None:
    named, led = heading(line)
    assert (named, [line[x.start : x.end] for x in led]) == (place, who)


def test_who_leads_the_rows_under_a_heading_bears_their_duties() -> None:
    head, first, second = DUTIES
    r = read("沛县河湖整改清单", head, "领办领导：冉志高（副县长）,,", first, "小计,1项,", "包抓领导：虞怀庆,,", second)
    bears = said(r, "BEARS")
    assert {("冉志高", "责任", "清运河岸垃圾"), ("虞怀庆", "责任", "拆除围网")} <= bears and len(bears) == 4
    assert said(r, "HOLDS") == {("冉志高", "", "沛县人民政府副县长")}


def test_a_heading_right_above_a_table_is_of_all_its_rows() -> None:
    r = read("沛县河湖整改清单", "龙固镇（包镇领导：冉志高）", *DUTIES)
    assert {x for x in said(r, "BEARS") if x[0] == "冉志高"} == LED
    assert {b for _, _, b in said(r, "APPLIES_IN")} == {"龙固镇"}


def test_each_table_of_a_roster_has_the_town_and_the_leader_of_its_heading() -> None:
    r = read(
        docx(
            "沛县秸秆禁烧包村责任人名单",
            "龙固镇（包镇领导：副县长 冉志高）",
            WordTable(
                [["行政村", "包村干部", "职务"], ["前程村", "禚丽华", "副镇长"], ["后程村", "邰玉林", "宣传委员"]]
            ),
            "敬安镇（包镇领导：县政协副主席 虞怀庆）",
            WordTable([["责任到人", "职务", "所包行政村"], ["仲海波", "镇长", "东孟村、西孟村"], ["", "", "南孟村"]]),
        ),
        name="list.docx",
    )
    assert {(a, b) for a, _, b in said(r, "IN_CHARGE_OF")} == {
        ("冉志高", "龙固镇"), ("禚丽华", "前程村"), ("邰玉林", "后程村"),
        ("虞怀庆", "敬安镇"), ("仲海波", "东孟村"), ("仲海波", "西孟村"),
    }  # fmt: skip
    assert ("仲海波", "", "敬安镇人民政府镇长") in said(r, "HOLDS")
