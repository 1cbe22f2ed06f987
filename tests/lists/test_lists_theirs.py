"""What is whose in a row: grids and villages, parts of a body, leaders over groups of rows, ticks under a head of states."""

from __future__ import annotations

import pytest
from lists_readings import read


def said(text: str, type_: str) -> set[tuple[str, str]]:
    r = read(text)
    names = {n.id: n.name for n in r.nodes}
    return {(names[e.source], names[e.target]) for e in r.edges if e.type == type_ and not e.derived}


def duties(text: str) -> dict[str, dict]:
    return {n.name: n.props for n in read(text).nodes if n.label == "Obligation"}


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("一、河湖整治方面（牵头县领导：副县长 冉志高）", "冉志高"),
        ("（二）秸秆、散煤管控（包抓领导：冉志高）", "冉志高"),
        ("三、水源地保护（责任领导：副县长冉志高）", "冉志高"),
        ("四、河湖整治方面（说明：共两项）", ""),
    ],
)
def test_the_heading_of_a_matter_says_who_leads_it(line: str, who: str) -> None:
    text = f"沛县河湖整改清单\n整改措施,责任单位,完成时限\n{line},,\n清运河岸垃圾,县水利局,2024年5月底\n"
    assert {a for a, _ in said(text, "BEARS")} == {x for x in ("沛县水利局", who) if x}


@pytest.mark.parametrize(
    "line",
    [
        "第一组　　组长：冉志高（副县长）（包联以下2家企业）",
        "第一组 组长：副县长 冉志高",
        "第2小组（带队领导：副县长冉志高）",
        "一组　包联领导：冉志高（副县长）",
    ],
)
def test_who_leads_a_group_of_firms_has_them(line: str) -> None:
    text = (
        "沛县重点企业驻厂分工表\n企业名称,所在乡镇,驻厂员\n"
        f"{line},,\n大屯纸业有限公司,大屯镇,缪天成\n沛城铸造厂,龙固镇,康敬之\n"
    )
    assert said(text, "IN_CHARGE_OF") == {
        ("冉志高", "大屯纸业有限公司"), ("冉志高", "沛城铸造厂"),
        ("缪天成", "大屯纸业有限公司"), ("康敬之", "沛城铸造厂"),
    }  # fmt: skip
    assert ("冉志高", "沛县人民政府副县长") in said(text, "HOLDS")


def test_a_tick_under_a_head_of_states_says_which() -> None:
    text = (
        "沛县治水任务清单\n重点任务,责任单位,推进情况,,\n,,已完成,推进中,滞后\n"
        "清淤河道,县水利局,√,,\n拆除围网,县农业农村局,,√,\n建污水站,龙固镇人民政府,,,√\n种植水草,县林业局,×,,\n"
    )
    states = {name: props.get("status") for name, props in duties(text).items()}
    assert states == {"清淤河道": "已完成", "拆除围网": "推进中", "建污水站": "滞后", "种植水草": None}


def test_a_label_of_one_word_gives_a_role() -> None:
    text = '沛县任务清单\n重点任务,责任分工,完成时限\n清淤河道,"牵头：县水利局\n配合：县财政局\n责任：龙固镇、敬安镇人民政府",6月底\n'
    r = read(text)
    names = {n.id: n.name for n in r.nodes}
    roles = {names[e.source]: e.props["role"] for e in r.edges if e.type == "BEARS"}
    assert roles == {"沛县水利局": "牵头", "沛县财政局": "配合", "龙固镇人民政府": "责任", "敬安镇人民政府": "责任"}


def test_what_runs_over_several_rows_is_their_task_and_each_has_its_own_goal() -> None:
    from lists_makers import Sheet, xlsx

    rows = [
        ["沛县治水任务分解表"], ["重点任务", "工作目标及要求", "责任单位", "完成时限"],
        ["城区水体整治", "封堵排口12个", "县住建局", "6月底"], ["", "清淤护城河4公里", "县水利局", "9月底"],
    ]  # fmt: skip
    r = read(xlsx(Sheet("任务", rows, merges=("A3:A4",))), name="list.xlsx")
    assert {n.name for n in r.nodes if n.label == "Obligation"} == {"封堵排口12个", "清淤护城河4公里"}


@pytest.mark.parametrize("grid", ["前程村网格", "三级网格/前程村网格", "前程村"])
def test_people_of_a_grid_called_by_a_village_are_the_villages(grid: str) -> None:
    text = f"沛县龙固镇网格责任人名单\n网格名称,网格长,职务,网格员\n{grid.rpartition('/')[2]},冉志高,支部书记,康敬之\n"
    assert said(text, "HOLDS") == {("冉志高", "前程村支部书记")}


def test_a_secretary_who_is_the_villages_head_as_well_has_both_posts() -> None:
    text = (
        "沛县龙固镇网格长名单\n网格名称,网格长,职务\n小杨庄网格,冉志高,支部书记兼村主任\n大杨屯网格,仲海波,支部副书记\n"
    )
    assert said(text, "HOLDS") == {
        ("冉志高", "小杨庄支部书记"), ("冉志高", "小杨庄村主任"), ("仲海波", "大杨屯支部副书记"),
    }  # fmt: skip


def test_people_of_a_grid_called_by_a_township_are_the_townships() -> None:
    text = (
        "沛县环境监管网格名单\n网格名称,网格长（姓名 职务 电话）,直接负责人（姓名 职务）\n"
        "龙固镇网格,冉志高 镇党委书记 13900000001,仲海波 镇环保助理\n敬安镇网格,逄金山 镇长 13900000002,康敬之 副镇长\n"
    )
    assert said(text, "HOLDS") == {
        ("冉志高", "龙固镇党委书记"), ("仲海波", "龙固镇人民政府环保助理"),
        ("逄金山", "敬安镇人民政府镇长"), ("康敬之", "敬安镇人民政府副镇长"),
    }  # fmt: skip


def test_who_tends_a_wood_or_a_reach_has_what_is_tended() -> None:
    text = (
        "沛县龙固镇林长制名册\n责任区（村、场）,村级林长,专职护林员,管护网格\n"
        "前程村,冉志高 村党支部书记,仲海波,前程村第一网格\n沛北林场,逄金山 林场场长,康敬之,沛北林场网格\n"
    )
    assert said(text, "IN_CHARGE_OF") == {
        ("冉志高", "前程村"), ("仲海波", "前程村第一网格"), ("逄金山", "沛北林场"), ("康敬之", "沛北林场网格"),
    }  # fmt: skip
    assert {b for _, b in said(text, "HOLDS")} == {"前程村党支部书记", "沛北林场场长"}


def test_the_body_of_those_who_stay_in_a_firm_is_theirs() -> None:
    text = (
        "沛县重点企业包联名单\n企业名称,驻厂监管员,监管员单位,企业联络员\n大屯纸业有限公司,缪天成,县应急管理局,阮小六\n"
    )
    assert "沛县应急管理局" in {n.name for n in read(text).nodes}
    assert said(text, "IN_CHARGE_OF") == {("缪天成", "大屯纸业有限公司"), ("阮小六", "大屯纸业有限公司")}


def test_offices_beside_leaders_who_go_to_counties_have_them_too() -> None:
    text = "徐州市生态环境局包片安排表\n包片领导,职务,包片区县,包片科室\n冉志高,总工程师,沛县、丰县,大气环境科\n"
    assert {a for a, b in said(text, "IN_CHARGE_OF") if b == "丰县"} == {"冉志高", "徐州市生态环境局大气环境科"}
    assert said(text, "HOLDS") == {("冉志高", "徐州市生态环境局总工程师")}


def test_reaches_of_lakes_are_places_of_their_chiefs() -> None:
    text = "县区,湖库名称,县级湖长,县级湖长职务,湖段,镇级湖长,镇级湖长职务\n沛县,微山湖,冉志高,副县长,龙固镇段,仲海波,镇长\n"
    assert {a: b for a, b in said(text, "IN_CHARGE_OF")} == {"冉志高": "微山湖", "仲海波": "微山湖龙固镇段"}


def test_the_secretary_of_a_villages_party_organisation_has_that_post() -> None:
    text = "龙固镇包村名单\n村（社区）,包村干部,村（社区）党组织书记\n前程村,仲海波,冉志高\n"
    assert said(text, "HOLDS") == {("冉志高", "前程村党组织书记")}


def test_a_list_of_a_township_that_many_counties_have_is_of_that_township() -> None:
    text = "古城镇秸秆禁烧包村责任表\n包村领导,村,包村干部\n冉志高（镇党委副书记、镇长）,前程村,仲海波\n康敬之（派出所所长）,后程村,逄金山\n"
    assert said(text, "HOLDS") == {
        ("冉志高", "古城镇党委副书记"), ("冉志高", "古城镇人民政府镇长"), ("康敬之", "古城镇派出所所长"),
    }  # fmt: skip


def test_the_second_of_two_titles_goes_on_from_the_first() -> None:
    text = "沛县问责清单\n被问责人,时任职务,问责事由,处理方式\n冉志高、仲海波,沛县水利局副局长、河道管理科科长,虚报进度,政务记过\n"
    assert {a for a, _ in said(text, "HOLDS")} == {"冉志高", "仲海波"}
    assert any(a == "仲海波" and "河道管理科" in b for a, b in said(text, "HOLDS"))


@pytest.mark.parametrize(
    ("body", "title", "post"),
    [
        ("县公路管理段", "段长", "沛县公路管理段段长"),
        ("县良种场", "场长", "沛县良种场场长"),
        ("县水文站", "站长", "沛县水文站站长"),
    ],
)
def test_a_bare_title_heads_the_body_that_ends_so(body: str, title: str, post: str) -> None:
    text = f"沛县督办清单\n督办事项,责任单位,责任人,办结时限\n清扫国道,{body},{title} 冉志高,6月底\n"
    assert said(text, "HOLDS") == {("冉志高", post)}
    text = f"沛县问责清单\n姓名,单位及职务,处理方式\n冉志高,{body}{title},诫勉谈话\n"
    assert said(text, "HOLDS") == {("冉志高", post)}


def test_a_deputy_mayor_who_answers_for_a_county_level_citys_duty_is_its_own() -> None:
    text = "徐州市督办清单\n督办要求,责任单位,责任人,督办领导\n清运垃圾,邳州市人民政府,冉志高（副市长）,副市长 仲海波\n"
    assert said(text, "HOLDS") == {("冉志高", "邳州市人民政府副市长"), ("仲海波", "徐州市人民政府副市长")}


def test_mongols_of_four_characters_are_people() -> None:
    text = "阿拉善左旗任务分解表\n工作任务,牵头领导,牵头单位\n清运垃圾,副旗长 乌云其木格,旗水务局\n整治排口,副旗长 娜仁高娃,旗水务局\n"
    assert {a for a, _ in said(text, "BEARS")} == {"乌云其木格", "娜仁高娃", "阿拉善左旗水务局"}


def test_who_is_said_to_be_the_same_as_another_is_nobody_new() -> None:
    text = "沛县销号表\n整改措施,责任单位,整改责任人,联系人\n清运垃圾,县水利局,冉志高,同整改责任人\n"
    assert {n.name for n in read(text).nodes if n.label == "Person"} == {"冉志高"}


def test_fields_of_work_are_no_duties() -> None:
    text = (
        "沛县人民政府领导工作分工\n姓名,职务,分管领域,分管部门\n"
        "冉志高,副县长,教育、卫生健康、医疗废物处置,县教育局\n仲海波,副县长,负责农业农村工作,县农业农村局\n"
    )
    assert set(duties(text)) == {"负责农业农村工作"}
    assert ("冉志高", "沛县教育局") in said(text, "SUPERVISES")


def test_the_line_of_who_made_a_table_public_is_no_row() -> None:
    text = (
        "沛县河长名单\n河流,镇级河长,职务\n沿河,冉志高,龙固镇镇长\n公示单位：龙固镇人民政府,,公示日期：2024年6月28日\n"
    )
    r = read(text)
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "沿河")}
    assert [n.props["date"] for n in r.nodes if n.label == "AccountabilityList"] == ["2024-06-28"]


@pytest.mark.parametrize(
    "cell", ["副县长热依汗·买买提", "热依汗·买买提副县长", "副县长 热依汗·买买提", "热依汗·买买提（副县长）"]
)
def test_a_title_right_beside_a_name_with_a_dot_is_no_part_of_it(cell: str) -> None:
    text = f"沛县督办清单\n督办事项,责任单位,督办领导\n清扫国道,县水利局,{cell}\n"
    assert said(text, "HOLDS") == {("热依汗·买买提", "沛县人民政府副县长")}


def test_the_head_of_a_unit_answers_for_what_the_unit_bears() -> None:
    text = "沛县治水任务清单\n重点任务,牵头单位,单位负责人\n清淤河道,县水利局,冉志高（局长）\n"
    assert said(text, "BEARS") == {("沛县水利局", "清淤河道"), ("冉志高", "清淤河道")}
    assert said(text, "HOLDS") == {("冉志高", "沛县水利局局长")}


def test_a_countys_leader_beside_a_township_and_a_village_has_the_township() -> None:
    text = "沛县禁烧包保名册\n所属乡镇,县级挂包领导,村,挂村干部\n龙固镇,冉志高（副县长）,前程村,仲海波\n"
    assert said(text, "IN_CHARGE_OF") == {("冉志高", "龙固镇"), ("仲海波", "前程村")}
