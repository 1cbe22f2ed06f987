"""Who a list speaks of beyond its plain rows: members of committees, chiefs of streets and of parts, offices told in notes."""

from __future__ import annotations

import pytest
from lists_makers import Sheet, xlsx
from lists_readings import read, said

from kg.loading import Defaults
from kg.model import Node
from loaders.lists import LOADER


def holds(*lines: str) -> set[tuple[str, str]]:
    return {(who, post) for who, _, post in said(read(*lines), "HOLDS")}


def charged(*lines: str) -> set[tuple[str, str]]:
    return {(who, what) for who, _, what in said(read(*lines), "IN_CHARGE_OF")}


def duties(*lines: str) -> dict[str, Node]:
    return {n.name: n for n in read(*lines).nodes if n.label == "Obligation"}


def named(label: str, *lines: str) -> set[str]:
    return {n.name for n in read(*lines).nodes if n.label == label}


def test_members_of_a_committee_bear_what_each_has_to_do() -> None:
    text = "沛县河湖保护委员会分工表\n序号,成员单位,工作职责,联络员\n1,县水利局,清理河道围网,仲海波\n县河湖办  2024年3月5日\n"
    r = read(text)
    assert said(r, "BEARS") == {("沛县水利局", "责任", "清理河道围网")}
    assert [n.props.get("date") for n in r.nodes if n.label == "AccountabilityList"] == ["2024-03-05"]


def test_chiefs_of_streets_have_the_street() -> None:
    text = "沛县街长名单\n街巷名称,起止点,总街长,,街长,\n,,姓名,职务,姓名,职务\n汤沐街,南段,冉志高,副县长,仲海波,县城管局局长\n"
    assert charged(text) == {("冉志高", "汤沐街"), ("仲海波", "汤沐街")}


def test_towns_that_a_river_flows_through_are_places_and_no_ones_charge() -> None:
    text = "沛县河长名单\n流经乡镇,河流,县级河长\n龙固镇、敬安镇,沿河,冉志高\n"
    assert charged(text) == {("冉志高", "沿河")}
    assert {"龙固镇", "敬安镇"} <= named("Region", text)


def test_the_whole_of_the_lists_own_place_is_that_place() -> None:
    assert charged("沛县林长责任区域表\n林长,责任区域\n冉志高,全县\n仲海波,龙固镇\n") == {
        ("冉志高", "沛县"),
        ("仲海波", "龙固镇"),
    }


def test_a_line_between_rows_says_who_leads_the_part() -> None:
    lines = (
        "沛县龙固镇禁烧包保名册", "村,包村干部", "一、东片工作区　区长：镇党委副书记 冉志高", "前程村,仲海波",
        "备注：总指挥 龙固镇党委书记 逄金山；缺额另行补充。",
    )  # fmt: skip
    assert charged(*lines) == {("冉志高", "东片工作区"), ("仲海波", "前程村")}
    assert {who for who, _ in holds(*lines)} == {"冉志高", "逄金山"}


ITEMS = ("沛县任务分解表", "序号,重点任务,分管领导,牵头单位,完成时限")


@pytest.mark.parametrize(
    "note",
    [
        "注：分管领导：冉志高、仲海波（副县长）。",
        "注：冉志高、仲海波：副县长。",
        "注：冉志高（副县长），仲海波（副县长）。",
    ],
)
def test_a_note_gives_a_post_to_each_whom_it_names(note: str) -> None:
    rows = ("1,清理围网,冉志高,县水利局,12月底前", "2,补种树木,仲海波,县林业局,9月1日起施行")
    assert holds(*ITEMS, *rows, note) == {("冉志高", "沛县人民政府副县长"), ("仲海波", "沛县人民政府副县长")}


def test_of_the_titles_year_is_the_last_month_too_and_a_day_of_beginning_is_no_end() -> None:
    rows = ("1,清理围网,冉志高,县水利局,12月底前", "2,补种树木,仲海波,县林业局,9月1日起施行")
    found = duties(f"沛县2024年{ITEMS[0][2:]}", ITEMS[1], *rows)
    assert {k: n.props.get("due") for k, n in found.items()} == {"清理围网": "2024-12-31", "补种树木": None}


def test_names_and_as_many_titles_go_in_turn_unless_all_may_be_the_last_ones() -> None:
    row = "沛县整改清单\n序号,整改措施,责任单位,责任人\n1,清理围网,龙固镇人民政府,{}\n"
    two = {("冉志高", "沛县水利局局长"), ("仲海波", "沛县林业局局长")}
    assert holds(row.format("冉志高、仲海波（县水利局局长、县林业局局长）")) == two
    assert {who for who, _ in holds(row.format("冉志高、仲海波（镇党委委员、副镇长）"))} == {"仲海波"}


def test_bare_titles_of_a_subdistrict_and_bodies_of_unknown_kinds() -> None:
    text = "南京市栖霞区问责情况表\n姓名,单位,职务,处理方式,实施机关\n冉志高,栖霞街道,党工委副书记、办事处主任,诫勉谈话,区委组织部\n"
    assert ("冉志高", "栖霞街道办事处主任") in holds(text)
    assert "中共栖霞区委员会组织部" in {a for n in read(text).nodes for a in (n.name, *n.aliases)}
    text = "沛县问责情况表\n被问责人,单位及职务,问责方式\n冉志高,县蚕桑发展局党组成员、副局长,责令作出深刻检讨\n"
    assert holds(text) == {("冉志高", "沛县蚕桑发展局党组成员"), ("冉志高", "沛县蚕桑发展局副局长")}
    assert said(read(text), "SANCTIONED", "form") == {("冉志高", "责令作出深刻检讨", "沛县问责情况表")}


def test_an_office_beside_a_portfolio_is_held_and_not_led() -> None:
    text = '沛县领导分工\n姓名,职务,分管工作\n冉志高,副县长,"负责水利工作，联系县供销联社，兼任县河长办主任"\n'
    assert ("冉志高", "沛县河长制办公室主任") in holds(text)
    assert {what for _, _, what in said(read(text), "SUPERVISES", "kind")} == {"沛县供销联社"}


def test_a_committee_answers_for_its_zone_and_another_zones_head_is_not_the_rows() -> None:
    text = "沛县整改清单\n序号,整改措施,责任单位,完成时限\n1,清理围网,沛县经济开发区,立即启动\n"
    assert {n.label for n in read(text).nodes if "经济开发区管" in n.name} == {"Agency"}
    for other in ("青山林场", "浦东新区"):  # a county may be called a zone
        assert not any("管" in n.name for n in read(text.replace("沛县经济开发区", other)).nodes)
    text = "沛县企业包联表\n企业名称,所在园区（乡镇）,包联领导,帮扶专员\n大屯纸业有限公司,汉城工业园,冉志高（工业园区管委会主任）,仲海波\n"
    assert holds(text) == set()
    assert charged(text) == {("冉志高", "大屯纸业有限公司"), ("仲海波", "大屯纸业有限公司")}


def test_bodies_whose_people_are_not_named_yet_are_there_and_towns_that_no_table_has() -> None:
    text = "沛县驻厂名册\n企业名称,派出单位,驻厂监督员\n大屯纸业有限公司,县水利局,空缺\n恒兴水泥厂,县林业局,冉志高\n"
    assert {"沛县水利局", "沛县林业局"} <= named("Agency", text)
    text = "沛县整改清单\n序号,整改措施,责任单位\n1,清理围网,喀什巴于孜镇\n"
    assert "喀什巴于孜镇" in named("Region", text)


def test_sites_beside_what_must_be_done_say_where_and_firms_among_them_are_firms() -> None:
    text = "沛县整改清单\n点位,整改措施,责任单位\n龙固镇汤沐路楼盘,覆盖裸土,县住建局\n恒兴水泥有限公司,封闭料仓,县生态环境局\n"
    assert "恒兴水泥有限公司" in named("Agency", text) and "龙固镇汤沐路楼盘" not in named("Agency", text)
    assert "龙固镇" in named("Region", text)


def test_signs_are_explained_anywhere_and_may_have_a_note_and_what_is_to_come_is_no_state() -> None:
    text = (
        "沛县整改清单\n一、工地\n序号,整改措施,责任单位,整改状态,办结时间\n1,覆盖裸土,县住建局,√,立即启动\n"
        "2,清理围网,县水利局,×（换施工队）,每月一期\n\n沛县巡查清单\n序号,问题,整改措施,责任单位,整改状态\n"
        "1,扬尘,冲洗路面,县城管局,√\n注：“√”表示已整改完成，“×”表示未完成\n"
    )
    found = duties(text)
    assert {k: n.props.get("status") for k, n in found.items()} == {
        "覆盖裸土": "已完成", "清理围网": "未启动", "冲洗路面": "已完成",
    }  # fmt: skip
    assert [found[k].props.get("deadline") for k in ("覆盖裸土", "清理围网")] == ["立即启动", "每月一期"]


def test_a_row_of_unknown_words_under_a_merged_head_belongs_to_the_header() -> None:
    rows = [
        ["沛县减排清单"],
        ["企业名称", "减排措施", None, "包保领导"],
        [None, "甲类时段", "乙类时段", None],
        ["大屯纸业有限公司", "限产三成", "全线停产", "冉志高"],
    ]
    found = LOADER.read(xlsx(Sheet("表", rows, ["A2:A3", "B2:C2", "D2:D3"])), "r.xlsx", Defaults())
    assert found is not None
    assert [n.name for n in found.nodes if n.label == "Obligation"] == ["限产三成；全线停产"]


def test_of_two_days_the_last_is_the_lists() -> None:
    r = read("沛县处理情况表", "（统计时间：2024年1月1日至11月15日）", "姓名,职务,处理方式", "冉志高,副县长,约谈")
    assert [n.props.get("date") for n in r.nodes if n.label == "AccountabilityList"] == ["2024-11-15"]


def test_drivers_on_duty_are_people() -> None:
    text = "沛县值班表\n日期,带班领导,值班司机\n10月1日,冉志高,仲海波\n"
    assert named("Person", text) == {"冉志高", "仲海波"}
