"""Lines around a table that hold for its rows or for the list; rankings with those summoned; grids that numbers name."""

from __future__ import annotations

import re

import pytest
from lists_makers import WordTable, docx
from lists_readings import read, said

from loaders.lists.words import words

DUTIES = ("序号,整改措施,责任单位", "1,清运河岸垃圾,龙固镇人民政府", "2,拆除围网,敬安镇人民政府")
OWN = {("龙固镇人民政府", "责任", "清运河岸垃圾"), ("敬安镇人民政府", "责任", "拆除围网")}
LED = {("沛县水利局", "牵头", task) for _, _, task in OWN}


@pytest.mark.parametrize(
    ("above", "beneath"),
    [
        ("牵头单位：县水利局    完成时限：2024年6月底前", ""),
        ("牵头单位：,县水利局", "注：以上任务均须于2024年6月底前落实到位。"),
        ("", "注：1.以上任务由县水利局牵头；2.上述任务应于2024年6月底前全部完成。"),
    ],
)
def test_what_a_line_says_for_all_rows_is_said_of_each(above: str, beneath: str) -> None:
    r = read("沛县河湖整改清单", above, *DUTIES, beneath)
    assert said(r, "BEARS") == OWN | LED
    assert [n.props.get("due") for n in r.nodes if n.label == "Obligation"] == ["2024-06-30"] * 2


def test_a_line_for_all_rows_leaves_what_a_row_says_itself() -> None:
    rows = (
        "序号,整改措施,责任单位,整改时限",
        "1,清运河岸垃圾,龙固镇人民政府,2024年5月底",
        "2,拆除围网,敬安镇人民政府,",
    )
    r = read("沛县河湖整改清单", *rows, "注：未注明时限的，均须于2024年9月底前完成。责任单位：县水利局")
    due = {n.name: n.props["due"] for n in r.nodes if n.label == "Obligation"}
    assert due == {"清运河岸垃圾": "2024-05-31", "拆除围网": "2024-09-30"}
    assert said(r, "BEARS") == OWN


@pytest.mark.parametrize(
    "line",
    ["分管领导：禚丽华    填表人：邰玉林", "牵头领导：禚丽华  审核人：邰玉林", "负责人：禚丽华", "主办：沛县水利局"],
)
def test_who_signs_or_publishes_a_list_answers_for_none_of_it(line: str) -> None:
    assert said(read("沛县河湖整改清单", *DUTIES, line), "BEARS") == OWN


def test_a_line_over_a_roster_says_whose_it_is_and_who_leads_it() -> None:
    r = read(
        "沛县包村干部名册",
        "乡镇：龙固镇    包镇县领导：副县长 冉志高    镇级网格长：镇长 仲海波（电话：13500000007）",
        "村,包村干部,职务",
        "前程村,禚丽华,副镇长",
        "后程村,邰玉林,宣传委员",
    )
    charge = {(a, b) for a, _, b in said(r, "IN_CHARGE_OF")}
    assert charge == {("冉志高", "龙固镇"), ("仲海波", "龙固镇"), ("禚丽华", "前程村"), ("邰玉林", "后程村")}
    assert ("仲海波", "", "龙固镇人民政府镇长") in said(r, "HOLDS")


def test_a_ranking_says_who_was_summoned_and_its_notes_who_else_was_dealt_with() -> None:
    r = read(
        "沛县2024年6月空气质量排名及约谈情况",
        "排名,乡镇,PM2.5,约谈对象,约谈事由",
        "1,龙固镇,31,,",
        "2,敬安镇,45,镇长 仲海波,排名末位",
        "全县平均,,38,,",
        "注：1.对敬安镇人民政府予以全县通报批评；2.约谈由县委常委、副县长冉志高主持。",
    )
    forms = {(a, form) for a, form, _ in said(r, "SANCTIONED", "form")}
    assert forms == {("仲海波", "约谈"), ("敬安镇人民政府", "通报批评")}
    assert ("冉志高", "", "沛县人民政府副县长") in said(r, "HOLDS")
    assert not any("平均" in n.name for n in r.nodes if n.label == "Region")


def test_numbers_name_the_grids_of_people_and_their_head_has_the_village() -> None:
    rows = ("村,网格长,网格编号,网格员", "前程村,禚丽华,LG-1,第五建军", ",,LG-2,仲海波", "后程村,冉志高,1,逄金山")
    r = read("沛县龙固镇网格化环境监管名册", *rows)
    assert {(a, b) for a, _, b in said(r, "IN_CHARGE_OF")} == {
        ("禚丽华", "前程村"),
        ("第五建军", "LG-1"),
        ("仲海波", "LG-2"),
        ("冉志高", "后程村"),
        ("逄金山", "后程村1号网格"),
    }


@pytest.mark.parametrize(("row", "example"), [(r, x) for r in words()["around"]["rows"] for x in r["examples"]])
def test_a_sentence_for_all_rows_is_read_from_its_examples(row: dict, example: str) -> None:
    found = re.search(row["pattern"], example)
    assert found is not None
    assert found["value"]


def test_a_numbered_caption_is_the_place_or_the_body_of_its_table() -> None:
    one, two = ("序号", "任务", "配合单位"), ("序号", "任务", "责任人")
    blocks = ["沛县秋冬季任务清单", "一、县水利局牵头任务（1项）", WordTable([one, ("1", "清运垃圾", "县财政局")])]
    blocks += ["（二）敬安镇", WordTable([two, ("1", "取缔煤场", "镇长 仲海波")])]
    r = read(docx(*blocks), name="list.docx")
    assert r is not None
    assert said(r, "BEARS") == {
        ("沛县水利局", "牵头", "清运垃圾"),
        ("沛县财政局", "配合", "清运垃圾"),
        ("仲海波", "责任", "取缔煤场"),
    }
    assert said(r, "APPLIES_IN") == {("取缔煤场", "", "敬安镇")}
    assert said(r, "HOLDS") == {("仲海波", "", "敬安镇人民政府镇长")}


def test_much_prose_before_a_table_gives_it_its_title_and_day_and_no_rows() -> None:
    table = WordTable(
        [
            ["序号", "整改任务", "责任单位", "完成时限"],
            ["1", "清运河岸垃圾300吨", "龙固镇人民政府", "7月底前"],
            ["2", "封堵排口4处", "县水利局", "2024年9月20日前"],
            ["3", "安装探头6个并接入平台", "县公安局", "长期坚持"],
        ]
    )
    prose = (
        "关于印发《沛县沿河整治任务清单》的通知",
        "沛政办发〔2024〕37号",
        "各镇人民政府：",
        "经县政府同意，现将清单印发给你们。县水利局要加强指导，2024年5月10日前完成摸排，每月25日前报送进展。",
        "联系人：尚志强，联系电话：0516-89000000。",
        "2024年4月18日",
        "附件：沛县沿河整治任务清单",
    )
    r = read(docx(*prose, table, "注：清单由县河长办解释。"), name="list.docx")
    (about,) = [n for n in r.nodes if n.label == "AccountabilityList"]
    assert (about.name, about.props["date"], about.props["adcode"]) == ("沛县沿河整治任务清单", "2024-04-18", "320322")
    assert {n.name for n in r.nodes if n.label == "Obligation"} == {
        "清运河岸垃圾300吨",
        "封堵排口4处",
        "安装探头6个并接入平台",
    }
    assert said(r, "BEARS") == {
        ("龙固镇人民政府", "责任", "清运河岸垃圾300吨"),
        ("沛县水利局", "责任", "封堵排口4处"),
        ("沛县公安局", "责任", "安装探头6个并接入平台"),
    }
