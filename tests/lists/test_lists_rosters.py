"""Rosters of inspection groups, roads and committees."""

from __future__ import annotations

import pytest
from lists_readings import read


def said(text: str, type_: str) -> set[tuple[str, str]]:
    r = read(text)
    names = {n.id: n.name for n in r.nodes}
    return {(names[e.source], names[e.target]) for e in r.edges if e.type == type_ and not e.derived}


GROUPS = (
    "沛县秸秆禁烧督导组安排表\n组别,组长,副组长,成员单位,督导乡镇\n"
    "第一组,冉志高（副县长）,仲海波（县水利局局长）,县公安局,龙固镇、敬安镇\n"
)


def test_who_goes_to_a_town_to_inspect_supervises_it_and_is_not_in_charge_of_it() -> None:
    assert said(GROUPS, "SUPERVISES") == {(who, town) for who in ("冉志高", "仲海波") for town in ("龙固镇", "敬安镇")}
    assert said(GROUPS, "IN_CHARGE_OF") == set()
    assert said(GROUPS, "HOLDS") == {("冉志高", "沛县人民政府副县长"), ("仲海波", "沛县水利局局长")}


def test_chiefs_of_levels_have_the_road() -> None:
    text = (
        "沛县扬尘治理路长责任名单\n道路名称,长度（公里）,一级路长,职务,二级路长,职务\n"
        "汤沐路,5.2,冉志高,副县长,仲海波,县水利局副局长\n"
    )
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "汤沐路"), ("仲海波", "汤沐路")}


def test_an_office_in_a_committee_is_no_post_beside_the_one_held() -> None:
    text = "沛县生态环境保护委员会成员及职责分工表\n姓名,委员会职务,单位及职务,主要职责\n冉志高,主任,县委副书记、县长,主持全面工作\n"
    assert said(text, "HOLDS") == {("冉志高", "中共沛县委员会副书记"), ("冉志高", "沛县人民政府县长")}


def test_a_note_gives_those_whom_the_rows_name_their_posts() -> None:
    text = (
        "沛县会议议定事项任务分解表\n序号,议定事项,牵头落实单位,分管县领导\n1,建成截污管网,县水利局,冉志高\n"
        "注：冉志高为县委常委、副县长，禚丽华为副县长。\n"
    )
    assert said(text, "HOLDS") == {("冉志高", "中共沛县委员会常委"), ("冉志高", "沛县人民政府副县长")}


def test_beside_a_part_in_a_campaign_the_column_of_body_and_post_is_the_post() -> None:
    text = "沛县应急指挥部成员名单\n职务,姓名,单位及职务\n指挥长,冉志高,县委副书记、县长\n成员,仲海波,县水利局局长\n"
    assert said(text, "HOLDS") == {
        ("冉志高", "中共沛县委员会副书记"),
        ("冉志高", "沛县人民政府县长"),
        ("仲海波", "沛县水利局局长"),
    }


def test_who_is_on_duty_is_named_with_the_posts_in_the_body_whose_list_it_is() -> None:
    text = (
        "沛县水利局2024年清明假期值守安排表\n日期,星期,带班局领导,职务,值班员,值班电话,值班地点\n"
        "4月4日,星期四,冉志高,党组书记、局长,仲海波、逄金山,0516-8990000,局机关\n"
        "4月5日,星期五,尚志强,县水政监察大队大队长,康敬之,0516-8990000,局机关\n"
    )
    assert said(text, "HOLDS") == {
        ("冉志高", "沛县水利局党组书记"),
        ("冉志高", "沛县水利局局长"),
        ("尚志强", "沛县水政监察大队大队长"),
    }
    assert said(text, "IN_CHARGE_OF") == set()
    r = read(text)
    assert {n.name for n in r.nodes if n.label == "Person"} == {"冉志高", "尚志强", "仲海波", "逄金山", "康敬之"}
    assert [n.props["kind"] for n in r.nodes if n.label == "AccountabilityList"] == ["包保名册"]


def test_who_is_on_duty_in_a_village_is_not_in_charge_of_it() -> None:
    text = "龙固镇禁烧值班表\n村,值班领导,职务,值班人员\n前程村,冉志高,副镇长,仲海波\n"
    assert said(text, "IN_CHARGE_OF") == set()
    assert said(text, "HOLDS") == {("冉志高", "龙固镇人民政府副镇长")}


RIVER = "沛县河长名单\n河流名称,责任河段,{},职务,乡级河长\n沿河,{},冉志高,副县长,仲海波\n"


def test_beside_the_reach_of_a_township_a_chief_of_the_county_has_the_river() -> None:
    assert said(RIVER.format("县级河长", "龙固镇段"), "IN_CHARGE_OF") == {
        ("冉志高", "沿河"),
        ("仲海波", "沿河龙固镇段"),
    }
    assert ("冉志高", "沿河城区段") in said(RIVER.format("县级河长", "城区段"), "IN_CHARGE_OF")
    assert ("冉志高", "沿河龙固镇段") in said(RIVER.format("第一河长", "龙固镇段"), "IN_CHARGE_OF")


def test_the_one_leader_of_a_row_has_the_town_and_the_firm_that_are_said_to_be_theirs() -> None:
    rows = "{},{},企业联络员\n冉志高,龙固镇,大屯纸业有限公司,仲海波\n"
    both = "沛县包保企业表\n包保领导," + rows.format("联系乡镇", "包保企业")
    assert said(both, "IN_CHARGE_OF") == {
        ("冉志高", "龙固镇"),
        ("冉志高", "大屯纸业有限公司"),
        ("仲海波", "大屯纸业有限公司"),
    }
    where = "沛县包保企业表\n包保领导," + rows.format("所在乡镇", "包保企业")
    assert ("冉志高", "龙固镇") not in said(where, "IN_CHARGE_OF")


def test_areas_that_are_towns_are_each_one_and_a_captain_of_wardens_has_them() -> None:
    text = "沛县林长责任区域表\n林长,责任区域,护林队长\n冉志高,龙固镇、敬安镇,仲海波\n"
    assert said(text, "IN_CHARGE_OF") == {(who, town) for who in ("冉志高", "仲海波") for town in ("龙固镇", "敬安镇")}
    text = "沛县路段包片表\n包片领导,责任区域\n冉志高,汤沐路以东、沛公路以西\n"
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "汤沐路以东、沛公路以西")}


def test_a_body_that_watches_over_firms_is_in_charge_of_them_in_a_roster() -> None:
    text = "沛县重点企业监管名册\n企业名称,包保领导,监管部门\n大屯纸业有限公司,冉志高,县水利局\n"
    assert said(text, "IN_CHARGE_OF") == {(who, "大屯纸业有限公司") for who in ("冉志高", "沛县水利局")}


def test_a_body_that_a_title_begins_with_is_of_the_township_before_it() -> None:
    for post, body in (("敬安镇村建中心主任", "敬安镇村建中心"), ("沛县龙固镇文化站站长", "龙固镇文化站")):
        text = f"沛县整治责任追究情况\n姓名/单位,职务,追责事由,处理结果\n牛海生,{post},瞒报,诫勉\n"
        assert {(who, p.startswith(body)) for who, p in said(text, "HOLDS")} == {("牛海生", True)}


def test_who_leads_a_group_inspects_what_it_is_sent_to_and_its_members_are_named() -> None:
    text = (
        "沛县禁烧督导组名单\n督导组,组长,组长单位及职务,成员,联络员,督导对象\n"
        "第一组,冉志高,县水利局副局长,邰玉林（县财政局科长）、仲海波,仲海波,龙固镇、县供销社\n"
    )
    assert said(text, "SUPERVISES") == {("冉志高", "龙固镇"), ("冉志高", "沛县供销社")}
    assert ("冉志高", "沛县水利局副局长") in said(text, "HOLDS")
    r = read(text)
    assert {n.name for n in r.nodes if n.label == "Person"} == {"冉志高", "邰玉林", "仲海波"}
    assert not any(n.name.endswith("组") for n in r.nodes)


def test_where_a_reservoir_is_is_not_what_its_keepers_have() -> None:
    text = (
        "沛县水库“三个责任人”名单\n水库名称,所在乡镇,行政责任人,职务,巡查责任人,职务\n"
        "前进水库,龙固镇,冉志高,副县长,邰玉林,龙固镇水利站站长\n"
    )
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "前进水库"), ("邰玉林", "前进水库")}
    assert {n.props["kind"] for n in read(text).nodes if n.label == "AccountabilityList"} == {"包保名册"}


def test_levels_in_the_second_row_of_a_header_are_of_those_above_them() -> None:
    text = (
        "沛县河湖整改责任清单\n序号,整改措施,责任领导,,责任单位,,整改时限\n,,县级,乡镇级,牵头,配合,\n"
        "1,清运河岸垃圾,冉志高,邰玉林,县水利局,县财政局,2024年6月底\n"
    )
    r = read(text)
    names = {n.id: n.name for n in r.nodes}
    assert {(names[e.source], e.props["role"]) for e in r.edges if e.type == "BEARS"} == {
        ("冉志高", "责任"), ("邰玉林", "责任"), ("沛县水利局", "牵头"), ("沛县财政局", "配合"),
    }  # fmt: skip


def test_a_project_beside_what_is_built_is_no_firm() -> None:
    text = (
        "沛县大气污染防治重点项目表\n序号,项目名称,建设内容,实施主体,计划完成时间\n"
        "1,顺和制板除尘改造,更换布袋除尘器,沛县顺和制板有限公司,2024年6月\n"
    )
    assert [n.name for n in read(text).nodes if n.props.get("kind") == "firm"] == ["沛县顺和制板有限公司"]


def test_who_is_punished_has_the_post_in_the_body_that_is() -> None:
    text = (
        "沛县环境问题问责情况表\n序号,问责事由,被问责单位,被问责人,职务,问责方式\n"
        "1,散煤复燃,龙固镇人民政府,冉志高,镇长,诫勉\n2,工地扬尘,县住建局,邰玉林,副局长,政务记过\n"
    )
    assert said(text, "HOLDS") == {("冉志高", "龙固镇人民政府镇长"), ("邰玉林", "沛县住房和城乡建设局副局长")}
    assert {a for a, _ in said(text, "SANCTIONED")} == {"冉志高", "邰玉林"}


def test_a_name_and_a_post_in_heads_that_differ_by_their_brackets_are_one_person() -> None:
    text = (
        "沛县河长名单\n河流,县级河长（姓名）,县级河长（职务）,镇级河长（姓名）,镇级河长（职务）\n"
        "大沙河,冉志高,副县长,邰玉林,龙固镇党委书记\n"
    )
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "大沙河"), ("邰玉林", "大沙河")}
    assert said(text, "HOLDS") == {("冉志高", "沛县人民政府副县长"), ("邰玉林", "龙固镇党委书记")}


def test_columns_of_the_first_and_the_second_of_several_people() -> None:
    text = "沛县环境网格员名单\n乡镇,网格名称,网格员1,电话1,网格员2,电话2\n龙固镇,东网格,冉志高,139,邰玉林,138\n"
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "东网格"), ("邰玉林", "东网格")}


def test_a_village_named_with_its_township_is_the_village() -> None:
    text = "沛县散煤治理包村责任表\n包村单位,帮包村,镇包村干部\n县水利局,龙固镇东村、敬安镇西村,冉志高\n"
    assert said(text, "IN_CHARGE_OF") == {
        ("沛县水利局", "东村"), ("沛县水利局", "西村"), ("冉志高", "东村"), ("冉志高", "西村"),
    }  # fmt: skip


def test_a_grid_is_called_by_its_name_not_by_how_far_it_reaches() -> None:
    text = "沛县龙固镇网格员公示表\n村,网格名称,网格范围,网格长,网格员\n三里村,三里东网格,全村,冉志高,仲海波\n"
    assert said(text, "IN_CHARGE_OF") == {(who, "三里东网格") for who in ("冉志高", "仲海波")}
    text = "沛县龙固镇网格员公示表\n村,网格范围,网格员\n三里村,三里村东片,仲海波\n"
    assert said(text, "IN_CHARGE_OF") == {("仲海波", "三里村东片")}


def test_of_leaders_with_duties_the_bodies_stand_under_them_and_the_towns_are_theirs_to_visit() -> None:
    text = (
        "沛县政府领导安全生产责任分工表\n姓名,职务,安全生产工作职责,分管联系单位,联系乡镇\n"
        "冉志高,副县长,开展渡口船舶专项整治,县交通运输局,龙固镇\n"
    )
    assert said(text, "SUPERVISES") == {("冉志高", "沛县交通运输局")}
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "龙固镇")}
    assert said(text, "BEARS") == {("冉志高", "开展渡口船舶专项整治")}
    assert said(text, "APPLIES_IN") == set()


def test_a_sumu_is_a_township_and_a_gacha_a_village_in_headers_too() -> None:
    text = (
        "科尔沁左翼中旗包嘎查（村）名册\n苏木（镇）,包苏木镇旗级领导,嘎查（村）,包嘎查干部\n"
        "保康镇,冉志高,东升村,仲海波\n保康镇,冉志高,架玛吐嘎查,空缺\n"
    )
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "保康镇"), ("仲海波", "东升村")}


@pytest.mark.parametrize("places", ["乡镇", "镇街", "沿河乡镇", "各乡镇、街道", "涉事乡镇", "两镇", "5个乡镇", "属地"])
def test_a_class_of_places_is_no_place(places: str) -> None:
    r = read(f"沛县整改台账\n序号,问题,整改措施,乡镇,责任单位\n1,裸土未覆盖,苫盖裸土,{places},县水利局\n")
    assert {n.name for n in r.nodes if n.label == "Region"} <= {"沛县", "徐州市", "江苏省", "中国"}


def test_a_heading_of_a_class_of_places_is_no_place() -> None:
    r = read("沛县问责情况表\n序号,姓名,职务,问责事由,处理方式\n二、乡镇,,,,\n1,冉志高,龙固镇镇长,巡查缺位,诫勉谈话\n")
    assert "乡镇" not in {n.name for n in r.nodes}


def test_inspectors_who_are_sent_to_help_look_after_where_they_go_too() -> None:
    helping = GROUPS.replace("督导组安排表", "督导帮扶分组表")
    assert said(helping, "SUPERVISES") == said(GROUPS, "SUPERVISES")
    assert said(helping, "IN_CHARGE_OF") == {
        (who, town) for who in ("冉志高", "仲海波") for town in ("龙固镇", "敬安镇")
    }


@pytest.mark.parametrize(("county", "town"), [("南京市浦口区", "沿江街道"), ("徐州市铜山区", "沿湖街道")])
def test_a_place_that_sounds_like_a_class_is_one(county: str, town: str) -> None:
    r = read(f"{county}整改台账\n序号,问题,整改措施,乡镇（街道）,责任单位\n1,裸土未覆盖,苫盖裸土,{town},区水利局\n")
    assert town in {n.name for n in r.nodes if n.label == "Region"}


def test_a_body_in_the_brackets_of_a_name_is_where_that_one_works_and_no_other() -> None:
    text = "沛县企业包联名册\n企业名称,包联干部\n沛县永安建材有限公司,冉志高（县水利局）、仲海波（局长）\n"
    assert said(text, "IN_CHARGE_OF") == {(who, "沛县永安建材有限公司") for who in ("冉志高", "仲海波")}
    assert said(text, "HOLDS") == set()
    assert "沛县水利局" in {n.name for n in read(text).nodes}


def test_villages_and_grids_of_a_roster_are_theirs_who_squat_there_and_head_them() -> None:
    text = (
        "沛县三级田长名录\n乡镇,村别,蹲点干部,网格,网格田长\n"
        "龙固镇,前程村,冉志高,前程一号网格,仲海波\n,后程村,,后程一号网格,逄金山\n"
    )
    assert said(text, "IN_CHARGE_OF") == {
        ("冉志高", "前程村"),
        ("仲海波", "前程一号网格"),
        ("逄金山", "后程一号网格"),
    }


def test_villages_that_nobody_looks_after_are_known_though_the_grid_has_a_name() -> None:
    r = read("沛县龙固镇网格员名单\n网格名称,责任区域,网格员\n东网格,三里村、前庄村,空缺\n西网格,后庄村,冉志高\n")
    assert {"三里村", "前庄村", "后庄村"} <= {n.name for n in r.nodes if n.label == "Region"}
