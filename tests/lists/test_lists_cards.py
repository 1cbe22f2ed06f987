"""Vertical forms: an item's labels one under the other, its values beside them."""

from __future__ import annotations

import pytest
from lists_makers import Day, Sheet, WordTable, docx, xlsx

from kg.loading import Defaults
from kg.model import Reading
from loaders.lists import LOADER

HOME = Defaults(place="河北省保定市望都县")


def read(data: bytes, name: str = "list.xlsx") -> Reading:
    found = LOADER.read(data, name, HOME)
    assert found is not None
    return found


def said(reading: Reading, *types: str) -> set[str]:
    names = {n.id: n.name for n in reading.nodes}
    return {f"{names[e.source]} {e.type} {names[e.target]}" for e in reading.edges if e.type in types and not e.derived}


def duties(reading: Reading) -> dict[str, tuple[object, object]]:
    return {n.name: (n.props.get("due"), n.props.get("status")) for n in reading.nodes if n.label == "Obligation"}


def the_list(reading: Reading) -> tuple[object, ...]:
    (found,) = [n.props for n in reading.nodes if n.label == "AccountabilityList"]
    return found["title"], found["kind"], found.get("date")


FIRST = {
    "BEARS": {
        "望都县水利局 BEARS 清运河岸垃圾", "冉志高 BEARS 清运河岸垃圾", "岑若海 BEARS 清运河岸垃圾",
        "固店镇 BEARS 修复河岸绿化", "祁小舟 BEARS 修复河岸绿化", "岑若海 BEARS 修复河岸绿化",
    },
    "HOLDS": {"冉志高 HOLDS 望都县水利局局长", "岑若海 HOLDS 望都县人民政府副县长"},
}  # fmt: skip


def check(reading: Reading) -> None:
    for type_, wanted in FIRST.items():
        assert said(reading, type_) == wanted
    assert duties(reading) == {"清运河岸垃圾": ("2024-05-31", "推进中"), "修复河岸绿化": ("2024-06-30", "已完成")}
    assert the_list(reading)[:2] == ("望都县河道突出问题整改一事一表", "整改清单")


def test_word_tables_of_two_pairs_a_row_are_one_list() -> None:
    def form(*values: str) -> WordTable:
        number, problem, measure, body, person, watch, due, how = values
        return WordTable(
            [
                ["问题编号", number, "存在问题", problem],
                ["整改措施", measure, "", ""],
                ["责任单位", body, "责任人", person],
                ["督办领导", watch, "完成时限", due],
                ["进展情况", how, "", ""],
            ],
            across=[(1, 1, 3), (4, 1, 3)],
        )

    r = read(
        docx(
            "望都县河道突出问题整改一事一表",
            "（截至2024年5月20日）",
            form("1", "河岸堆垃圾", "清运河岸垃圾", "县水利局", "冉志高（局长）", "副县长 岑若海", "5月底", "正在清运"),
            form("2", "河岸裸露", "修复河岸绿化", "固店镇", "祁小舟", "同上", "6月底前", "已完成补植"),
        ),
        "list.docx",
    )
    check(r)
    assert the_list(r)[2] == "2024-05-20"
    (bears,) = [e for e in r.edges if e.type == "BEARS" and "水利局" in e.source]
    assert bears.props["cells"] == ["list.docx#B2", "list.docx#B3"]


def sheet(name: str, *rows: list) -> Sheet:
    return Sheet(name, [["望都县河道突出问题整改一事一表"], [], *rows], ["A1:D1"])


def test_a_sheet_for_each_item_in_two_layouts_under_a_cover() -> None:
    one = sheet(
        "一号", ["问题编号", "HD-1"], ["问题描述", "河岸堆垃圾"], ["整改要求", "清运河岸垃圾"], ["责任单位", "县水利局"],
        ["责任人", "局长 冉志高"], ["督办领导", "副县长 岑若海"], ["整改期限", Day(45443)], ["目前状态", "整改中"],
    )  # fmt: skip
    two = sheet(
        "二号", ["问题编号", "HD-2", "问题描述", "河岸裸露"], ["整改要求", "修复河岸绿化"], ["责任单位", "固店镇", "责任人", "祁小舟"],
        ["督办领导", "岑若海", "整改期限", "2024年6月底"], ["目前状态", "已完成整改"],
    )  # fmt: skip
    cover = Sheet("封面", [["望都县河道突出问题整改一事一表"], [], ["", "二〇二四年五月二十日"]])
    r = read(xlsx(cover, one, two))
    check(r)
    assert the_list(r)[2] == "2024-05-20"
    (bears,) = [e for e in r.edges if e.type == "BEARS" and "祁小舟" in e.source]
    assert bears.props["cells"] == ["list.xlsx#二号!B4", "list.xlsx#二号!D5"]


def test_forms_one_under_the_other_in_a_csv_with_a_head_of_their_own() -> None:
    text = (
        "望都县河道突出问题整改一事一表,\n项目,内容\n整改措施,清运河岸垃圾\n责任单位：,县水利局\n责任人：,冉志高（局长）\n"
        "包案领导,岑若海（副县长）\n完成时限,2024年5月底\n整改进展,正在清运\n佐证材料,照片3张\n\n"
        "整改措施,修复河岸绿化\n责任单位：,固店镇\n责任人：,祁小舟\n包案领导,〃\n完成时限,2024年6月底\n整改进展,已完成\n佐证材料,/\n"
    )
    check(read(text.encode(), "list.csv"))


def test_a_label_may_stand_in_the_cell_of_its_value() -> None:
    rows = [
        ["整改措施：清运河岸垃圾", "责任单位：县水利局", "责任人：冉志高（局长）"],
        ["督办领导：副县长岑若海", "完成时限：2024年5月底", "进展情况：正在清运"],
        ["整改措施：修复河岸绿化", "责任单位：固店镇", "责任人：祁小舟"],
        ["督办领导：岑若海", "完成时限：2024年6月底", "进展情况：已完成"],
    ]
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    html = f"<html><body><h1>望都县河道突出问题整改一事一表</h1><table>{cells}</table></body></html>"
    check(read(html.encode(), "list.html"))


def test_items_may_stand_side_by_side() -> None:
    rows = [
        ["望都县河道突出问题整改一事一表"],
        ["序号", "1", "2"],
        ["整改措施", "清运河岸垃圾", "修复河岸绿化"],
        ["责任单位", "县水利局", "固店镇"],
        ["责任人", "冉志高（局长）", "祁小舟"],
        ["督办领导", "副县长 岑若海"],
        ["完成时限", "2024年5月底", "2024年6月底"],
        ["进展情况", "正在清运", "已完成"],
    ]
    check(read(xlsx(Sheet("Sheet1", rows, ["A1:C1", "B6:C6"]))))


def test_measures_under_one_problem_each_have_those_who_bear_them() -> None:
    rows = [
        ["存在问题", "河岸堆垃圾"], ["督办领导", "岑若海"],
        ["整改措施", "清运河岸垃圾"], ["责任单位", "县水利局"], ["完成时限", "2024年5月底"],
        ["整改措施", "设置禁倒标牌"], ["责任单位", "县城市管理综合行政执法局"], ["完成时限", "2024年7月底"],
    ]  # fmt: skip
    r = read(xlsx(Sheet("表", [["望都县河道问题整改清单"], *rows])))
    assert said(r, "BEARS") == {
        "望都县水利局 BEARS 清运河岸垃圾", "岑若海 BEARS 清运河岸垃圾",
        "望都县城市管理综合行政执法局 BEARS 设置禁倒标牌", "岑若海 BEARS 设置禁倒标牌",
    }  # fmt: skip
    assert {d[0] for d in duties(r).values()} == {"2024-05-31", "2024-07-31"}


def test_a_label_that_runs_down_has_several_values_and_parts_of_people_come_again() -> None:
    rows = [
        ["存在问题", "河岸堆垃圾"], ["整改措施", "清运河岸垃圾"], ["", "设置禁倒标牌"],
        ["责任人", "冉志高"], ["职务", "县水利局局长"], ["联系电话", "13900000001"],
        ["督办领导", "岑若海"], ["职务", "副县长"], ["联系电话", "13900000002"],
    ]  # fmt: skip
    r = read(xlsx(Sheet("表", [["望都县河道问题整改清单"], *rows], ["A3:A4"])))
    assert list(duties(r)) == ["清运河岸垃圾；设置禁倒标牌"]
    assert said(r, "HOLDS") == FIRST["HOLDS"]


@pytest.mark.parametrize("title", ["党委书记", "镇长"])
def test_words_that_could_head_a_column_are_data_under_a_header(title: str) -> None:
    rows = [
        ["固店镇领导班子工作分工"], ["职务", "姓名", "分管工作"],
        [title, "冉志高", "主持全面工作"], ["镇长", "岑若海", "水利"], ["副镇长", "祁小舟", "环境保护"],
    ]  # fmt: skip
    assert "固店镇领导班子工作分工" in the_list(read(xlsx(Sheet("Sheet1", rows))))
    table = [["望都县河道整改清单"], ["整改措施", "责任单位", "完成时限"], ["完善责任人公示", "固店镇", "5月底"]]
    assert list(duties(read(xlsx(Sheet("Sheet1", table))))) == ["完善责任人公示"]


def test_a_page_with_a_table_about_itself_keeps_the_title_before_it() -> None:
    def table(*rows: list) -> str:
        return "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in rows) + "</table>"

    about = table(["索引号", "Z-17", "公开目录", "督查"], ["公开责任部门", "县政府办公室", "公开日期", "2024年5月6日"])
    items = table(["序号", "整改措施", "责任单位"], ["1", "清运河岸垃圾", "县水利局"], ["2", "修复河岸绿化", "固店镇"])
    r = read(f"<html><body><h1>望都县河道整改清单</h1>{about}{items}</body></html>".encode(), "list.html")
    assert the_list(r)[:2] == ("望都县河道整改清单", "整改清单")
    assert set(duties(r)) == {"清运河岸垃圾", "修复河岸绿化"}


def test_labels_may_stand_in_groups() -> None:
    rows = [
        ["望都县河道突出问题整改一事一表"], ["基本情况", "问题名称", "河岸堆垃圾"], ["", "所属乡镇", "固店镇"],
        ["整改情况", "整改措施", "清运河岸垃圾"], ["", "整改时限", "2024年5月底"], ["责任落实", "责任单位", "县水利局"],
    ]  # fmt: skip
    r = read(xlsx(Sheet("表", rows, ["A1:C1", "A2:A3", "A4:A5"])))
    assert duties(r) == {"清运河岸垃圾": ("2024-05-31", None)}
    assert said(r, "BEARS", "APPLIES_IN") == {"望都县水利局 BEARS 清运河岸垃圾", "清运河岸垃圾 APPLIES_IN 固店镇"}


def test_a_sign_of_river_chiefs_and_a_notice_of_a_punishment_are_forms() -> None:
    sign = [
        ["望都县唐河河长公示牌"],
        ["河流名称", "唐河"],
        ["县级河长", "冉志高"],
        ["职务", "副县长"],
        ["河道专管员", "祁小舟"],
    ]
    assert said(read(xlsx(Sheet("牌", sign))), "IN_CHARGE_OF", "HOLDS") == {
        "冉志高 IN_CHARGE_OF 唐河", "祁小舟 IN_CHARGE_OF 唐河", "冉志高 HOLDS 望都县人民政府副县长",
    }  # fmt: skip
    case = [
        ["被问责人", "冉志高"],
        ["职务", "固店镇副镇长"],
        ["问责事由", "巡查缺位"],
        ["处理形式", "党内警告"],
        ["处理机关", "县纪委监委"],
    ]
    r = read(docx("望都县问责情况通报", WordTable(case)), "list.docx")
    (edge,) = [e for e in r.edges if e.type == "SANCTIONED"]
    assert (edge.props["form"], edge.props["reason"], edge.props["by"]) == ("党内警告", "巡查缺位", "望都县纪委监委")


def test_a_form_with_labels_side_by_side_is_one_item_whatever_labels_nobody_knows() -> None:
    rows = [
        ["督办要求", "恢复脱硫设施运行", "", ""],
        ["责任单位", "龙固镇人民政府", "责任人", "副镇长 仲海波"],
        ["监管单位", "县水利局", "办结期限", "2024年10月15日"],
        ["案卷颜色", "蓝", "归档盒号", "7"],
    ]
    text = "\n".join(["沛县突出环境问题督办单", *(",".join(r) for r in rows)])
    r = LOADER.read(text.encode(), "list.csv", Defaults())
    assert r is not None
    names = {n.id: n.name for n in r.nodes}
    bears = {(names[e.source], e.props["role"]) for e in r.edges if e.type == "BEARS"}
    assert bears == {("龙固镇人民政府", "责任"), ("仲海波", "责任"), ("沛县水利局", "督办")}
    (duty,) = [n for n in r.nodes if n.label == "Obligation"]
    assert duty.props["due"] == "2024-10-15"


def test_lines_of_who_made_it_and_notes_are_no_labels_of_items_side_by_side() -> None:
    rows = [
        ["沛县县级领导包保企业安排表"],
        ["填报单位：沛县河长制办公室　　日期：2024.4.11"],
        ["包保领导", "冉志高", "仲海波"],
        ["职务", "副县长", "县政协副主席"],
        ["联系乡镇", "龙固镇", "敬安镇"],
        ["包保企业", "大屯纸业有限公司", "汤沐酒厂"],
        ["备注：企业变动时及时报备。"],
    ]
    r = LOADER.read(xlsx(Sheet("表", rows)), "r.xlsx", Defaults())
    assert r is not None and r.notice.published == "2024-04-11" and r.remarks == []
    names = {n.id: n.name for n in r.nodes}
    assert {(names[e.source], names[e.target]) for e in r.edges if e.type == "IN_CHARGE_OF"} == {
        ("冉志高", "龙固镇"), ("冉志高", "大屯纸业有限公司"), ("仲海波", "敬安镇"), ("仲海波", "汤沐酒厂"),
    }  # fmt: skip


def test_towns_across_have_labels_at_the_left_under_a_corner_of_two_words() -> None:
    rows = [
        ["沛县三夏秸秆禁烧包乡镇分解表"],
        ["县禁烧指挥部", "", "", "2024年5月20日"],
        ["乡镇\n项目", "龙固镇", "敬安镇", "杨屯镇"],
        ["包乡县领导", "冉志高", "虞怀庆", ""],
        ["职  务", "副县长", "县政协副主席", ""],
        ["乡镇责任人", "仲海波", "禚丽华", "邰玉林"],
        ["责任人职务", "镇长", "党委书记", "镇长"],
        ["麦田面积（亩）", "11200", "9800", "7400"],
    ]
    sheet = Sheet("表", rows, ["A1:D1", "A2:C2", "C4:D4", "C5:D5"])
    r = LOADER.read(xlsx(sheet), "r.xlsx", Defaults())
    assert r is not None
    assert said(r, "IN_CHARGE_OF") == {
        "冉志高 IN_CHARGE_OF 龙固镇", "虞怀庆 IN_CHARGE_OF 敬安镇", "虞怀庆 IN_CHARGE_OF 杨屯镇",
        "仲海波 IN_CHARGE_OF 龙固镇", "禚丽华 IN_CHARGE_OF 敬安镇", "邰玉林 IN_CHARGE_OF 杨屯镇",
    }  # fmt: skip
    assert {"仲海波 HOLDS 龙固镇人民政府镇长", "邰玉林 HOLDS 杨屯镇人民政府镇长"} <= said(r, "HOLDS")


def test_a_person_s_card_has_all_that_is_theirs_and_a_place_for_a_photograph() -> None:
    cards = [
        WordTable([["姓名", who, "照片"], ["现任职务", f"{town}副镇长"], ["责任网格", f"{town}网格"],
                   ["责任水体", f"沿河{town[:2]}段"], ["监督举报", "0516-89620000"]])
        for who, town in (("冉志高", "龙固镇"), ("禚丽华", "敬安镇"))
    ]  # fmt: skip
    r = LOADER.read(docx("沛县生态环境网格员公示卡", *cards), "r.docx", Defaults())
    assert r is not None
    assert said(r, "IN_CHARGE_OF") == {
        "冉志高 IN_CHARGE_OF 龙固镇网格", "冉志高 IN_CHARGE_OF 沿河龙固段",
        "禚丽华 IN_CHARGE_OF 敬安镇网格", "禚丽华 IN_CHARGE_OF 沿河敬安段",
    }  # fmt: skip
    assert said(r, "HOLDS") == {"冉志高 HOLDS 龙固镇人民政府副镇长", "禚丽华 HOLDS 敬安镇人民政府副镇长"}
