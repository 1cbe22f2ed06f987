"""Supervision, 包保 and punishments in sentences that the rows' own examples do not show."""

from __future__ import annotations

import pytest
from marked_text import marked

from loaders.prose import read
from loaders.prose.page import Entity, Page, Statement
from loaders.prose.relate import cascade, contracts, sanctions, supervision


def watched(page: Page) -> set[tuple[str, str, str]]:
    return {(s.source.name, s.target.name, str(s.props["kind"])) for s in supervision.relate(page)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{Agency:华东督察局}、{Agency:华南督察局}将分别对{Region:临江市}、{Region:云浦市}跟踪督办。",
            {("华东督察局", "临江市", "inspection"), ("华南督察局", "云浦市", "inspection")},
        ),
        (
            "{Agency:市大气办}要强化调度，对{Region:安河县}开展专项督查；每周通报结果。",
            {("市大气办", "安河县", "inspection")},
        ),
        (
            "一、检查范围\n{Region:安河县}、{Region:临江县}境内的采矿企业，重点检查{Agency:安河县远山矿业有限公司}。",
            set(),
        ),
        (
            "{Agency:市环保局}通报{Agency:省大气处}来{Region:安河县}检查指导情况。",
            {("省大气处", "安河县", "inspection")},
        ),
        (
            "（一）{Region:石桥镇}。应急期间{Region:东石桥村}垃圾成堆，被{Agency:市环保局}通报曝光。",
            {("市环保局", "石桥镇", "discipline")},
        ),
        ("{Agency:督查组}由{Post:副局长}{Person:罗文柏}率领检查组，对{Region:石桥镇}开展督查。", set()),
        (
            "{Agency:县政府}{Post:副县长}{Person:罗文柏}率督查组，对{Region:石桥镇}开展督查。",
            {("县政府", "石桥镇", "inspection")},
        ),
        ("{Person:罗文柏}代表{Agency:县政府}，约谈{Region:石桥镇}主要负责人。", {("县政府", "石桥镇", "discipline")}),
    ],
)
def test_who_watches_whom(text: str, expected: set[tuple[str, str, str]]) -> None:
    found = watched(marked(text))
    assert found >= expected if expected else True
    assert not expected or found == expected


@pytest.mark.parametrize(
    "text",
    [
        "要加大巡查暗访力度，强化通报考核问责。",
        "{Agency:环保部门}要加强督查。",
        "{Person:罗文柏}强调，要对{Region:石桥镇}开展督查。",
        "要更好地督促{Agency*:各级各部门}落实责任。",
        "以{Agency:县委}部署为指导，{Agency:县水利局}完成任务。",
        "{Region:石桥镇}须于4月30日前向{Agency:区委}书面报告整改结果。",
        "{Agency:县政府}要对金线河开展巡查。",
    ],
)
def test_what_is_no_supervision(text: str) -> None:
    assert watched(marked(text)) == set()


def test_pair_that_points_back() -> None:
    page = marked("{Region:望江县}、{Region:安河县}要守住成果。{Agency:省督察办}每两个月对{Agency*:两县}现场核查一次。")
    assert {t for _, t, _ in watched(page)} == {"望江县", "安河县"}


def test_our_own_place() -> None:
    page = marked("我市要把{Agency:省环保督察组}指出的问题列入清单。")
    assert watched(page) == {("省环保督察组", "我市", "inspection")}


def test_our_own_city_in_a_county_s_notice_is_the_one_above_it() -> None:
    page = marked("{Agency:省督察组}对我市扬尘治理工作进行督察。")
    page.home = "411425"  # 虞城县
    assert watched(page) == {("省督察组", "商丘市", "inspection")}


@pytest.mark.parametrize("mark", "，。")
def test_scheme_of_a_charge(mark: str) -> None:
    found = contracts.relate(marked(f"实行“三保三包”{mark}落实县级领导包乡镇、乡镇干部包村制度。"))
    schemes = {(s.source.name, s.target.name) for s in found if s.type == "PART_OF_SCHEME"}
    assert schemes == {("县级领导", "三保三包"), ("乡镇干部", "三保三包")}
    apart = contracts.relate(marked("实行“三保三包”。\n县级领导包乡镇。"))
    assert not [s for s in apart if s.type == "PART_OF_SCHEME"]


@pytest.mark.parametrize(
    "text",
    [
        "推行“三保三包”工作机制。\n一、“三保”目标\n以周保月、以月保季。\n二、“三包”责任\n县级领导包乡镇，乡镇干部包村。",
        "推行“三保三包”工作机制。\n一、三保目标。以周保月、以月保季。\n二、三包责任制。县级领导包乡镇，乡镇干部包村。\n三、督办。部门包片。",
    ],
)
def test_scheme_whose_parts_head_sections_of_a_page_that_names_it_whole(text: str) -> None:
    page = marked(text)
    assert {(s.source.name, s.target.name) for s in contracts.relate(page) if s.type == "PART_OF_SCHEME"} == {
        ("县级领导", "三保三包"),
        ("乡镇干部", "三保三包"),
    }
    steps = [s for s in cascade.relate(page) if s.type == "PART_OF_SCHEME"]
    assert {(s.source.name, s.target.name) for s in steps} == {(step, "三保三包") for step in ("周", "月", "季")}
    assert all("三保三包" in page.quote(s.spans[0]) or "三保三包" in page.quote(s.spans[1]) for s in steps)


def test_scheme_in_the_headline_is_what_the_page_is_about() -> None:
    found = contracts.relate(marked("县级领导包乡镇。", title="龙泉县“三保三包”工作方案"))
    assert [(s.source.name, s.target.name) for s in found if s.type == "PART_OF_SCHEME"] == [("县级领导", "三保三包")]


@pytest.mark.parametrize(
    ("text", "watches"),
    [
        ("{Person:罗文柏}包{Region:石桥镇}。", True),
        ("{Person:罗文柏}联系{Region:石桥镇}。", False),
        ("{Person:罗文柏}包北坡。", False),
        ("{Post*:县级领导}包联{Agency*:乡镇}。", False),
    ],
)
def test_only_a_named_person_who_has_a_place_by_contract_supervises_it(text: str, watches: bool) -> None:
    kinds = {s.type for s in contracts.relate(marked(text))}
    assert kinds == ({"IN_CHARGE_OF", "SUPERVISES"} if watches else {"IN_CHARGE_OF"})


def test_a_body_is_not_punished_where_its_head_is() -> None:
    text = "{Agency:石桥镇政府}主要负责人受到通报批评，{Person:罗文柏}受到警告处分。"
    assert [s.source.name for s in sanctions.relate(marked(text))] == ["罗文柏"]


def test_all_who_stand_before_the_punishment_over_commas_are_punished() -> None:
    text = "{Post:副镇长}{Person:方大征}，{Post:站长}{Person:罗文柏}、{Post:村主任}{Person:路鸣}受到警告处分。"
    assert sorted(s.source.name for s in sanctions.relate(marked(text))) == ["方大征", "罗文柏", "路鸣"]


def test_who_gives_a_punishment_is_not_who_gets_the_next() -> None:
    text = "{Agency:县纪委}分别给予{Person:罗文柏}党内警告处分；将某甲上述问题合并处理，给予其党内严重警告处分。"
    assert [s.source.name for s in sanctions.relate(marked(text))] == ["罗文柏"]


def test_change_of_office_is_no_punishment() -> None:
    text = "决定任免如下：任命{Person:罗文柏}为镇长；免去{Person:康敬之}镇长职务。"
    assert sanctions.relate(marked(text)) == []


def test_punishment_has_its_reason_and_its_body() -> None:
    (found,) = sanctions.relate(marked("因整改不力，{Agency:县纪委监委}对{Post:镇长}{Person:康敬之}进行诫勉谈话。"))
    assert found.props == {"form": "诫勉谈话", "reason": "整改不力", "by": "县纪委监委"}


def test_an_office_does_not_watch_the_very_place_it_is_of() -> None:
    def read(place: str, office: str) -> set[tuple[str, str, str]]:
        page = marked("{Region:石桥县}要守住成果。{Agency:督查室}将适时开展后督察。")
        for m, key in zip(page.mentions, (place, office), strict=True):
            m.entity.key = key
        return watched(page)

    assert read("130699", "130600/政府督查室") == {("督查室", "石桥县", "inspection")}
    assert read("130699", "130699/政府督查室") == set()


def test_a_punishment_has_the_matter_of_its_heading_and_the_number_of_its_item() -> None:
    page = marked("二、整改清单第三项雨污管网错接整改滞后问题。{Post:副局长}{Person:费鸿儒}被诫勉谈话。")
    (said,) = sanctions.relate(page)
    assert said.props == {"form": "诫勉谈话", "reason": "整改清单第三项雨污管网错接整改滞后", "item": "3"}
    assert page.quote(said.spans[-1]) == "整改清单第三项雨污管网错接整改滞后"


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("{Person:史敬川}、{Person:费鸿儒}分别受到党内警告、诫勉谈话处理。", {"史敬川 党内警告", "费鸿儒 诫勉谈话"}),
        (
            "{Person:史敬川}、{Person:费鸿儒}履职不到位，分别受到党内警告、诫勉谈话处理。",
            {"史敬川 党内警告", "费鸿儒 诫勉谈话"},
        ),
        ("{Person:史敬川}、{Person:费鸿儒}分别受到诫勉谈话处理。", {"史敬川 诫勉谈话", "费鸿儒 诫勉谈话"}),
        ("{Person:史敬川}、{Person:费鸿儒}分别受到党内警告、政务记过、诫勉谈话处理。", set()),
        ("对{Agency:胡寨镇人民政府}予以全县通报批评。", {"胡寨镇人民政府 通报批评"}),
    ],
)
def test_punishments_in_turn_and_all_over_a_place(text: str, given: set[str]) -> None:
    assert {f"{s.source.name} {s.props['form']}" for s in sanctions.relate(marked(text))} == given


def test_a_reason_is_that_of_its_own_part_of_the_sentence() -> None:
    page = marked("{Person:仇立本}因排查不细致，被诫勉；对{Person:阮白石}进行提醒谈话。")
    assert {s.source.name: s.props.get("reason") for s in sanctions.relate(page)} == {
        "仇立本": "排查不细致",
        "阮白石": None,
    }


def test_whose_general_office_signs_speaks_for_itself() -> None:
    page = marked(
        "我厅约谈了{Region:石桥市}政府主要负责人。\n{Agency:某省生态环境厅办公室}", publisher="某省生态环境厅办公室"
    )
    office = page.mentions[-1].entity
    page.facts.append(
        Statement(office, "PART_OF", Entity("Agency", "某省生态环境厅"), (page.mentions[-1].span,), "named")
    )
    assert watched(page) == {("某省生态环境厅", "石桥市", "discipline")}


def test_governments_of_cities_with_districts_are_one_class() -> None:
    found = read("河北省生态环境厅对治污任务开展督查。督查对象为各设区市人民政府。".encode(), "督查.txt")
    names = {n.id: n.name for n in found.nodes}
    over = {(names[e.source], names[e.target]) for e in found.edges if e.type == "SUPERVISES"}
    assert over == {("河北省生态环境厅", "各设区市人民政府")}


def test_nobody_below_supervises_a_body_of_the_nation() -> None:
    text = (
        "桃江县人民政府实地督导中央第五生态环境保护督察组反馈问题整改。中央第五生态环境保护督察组约谈了桃江县人民政府。"
    )
    reading = read(text.encode(), "a.txt", place="湖南省益阳市桃江县")
    names = {n.id: n.name for n in reading.nodes}
    told = {(names[e.source], names[e.target]) for e in reading.edges if e.type == "SUPERVISES"}
    assert told == {("中央第五生态环境保护督察组", "桃江县人民政府")}


def test_two_provinces_watch_each_its_own_city() -> None:
    found = read("湖北省水利厅、湖南省水利厅分头盯着，要督促荆州市、岳阳市清淤。".encode(), "督促.txt")
    names = {n.id: n.name for n in found.nodes}
    over = {(names[e.source], names[e.target]) for e in found.edges if e.type == "SUPERVISES" and not e.derived}
    assert over == {("湖北省水利厅", "荆州市"), ("湖南省水利厅", "岳阳市")}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{Agency:县生态环境局}负责督导{Region:赵庄乡}散煤治理。", "inspection"),
        ("{Region:赵庄乡}散煤治理由{Agency:县生态环境局}督导。", "inspection"),
        ("{Agency:县攻坚办}督促{Region:赵庄乡}整改。", "inspection"),
        ("{Agency:县生态环境局}指导{Agency:恒升水泥有限公司}编制方案。", "guidance"),
        ("{Agency:县纪委监委}问责{Agency:赵庄乡人民政府}。", "discipline"),
        ("{Agency:县攻坚办}对{Region:赵庄乡}通报批评。", "discipline"),
        ("{Agency:县水利局}在{Agency:县委}领导下清理排口。", "rank"),
        ("{Agency:县人民政府}已责令{Agency:恒升水泥有限公司}限期改正。", "rank"),
    ],
)
def test_the_verb_tells_what_kind_of_supervision_it_is(text: str, kind: str) -> None:
    assert {k for _, _, k in watched(marked(text))} == {kind}


def test_the_last_of_those_seen_to_are_called_in() -> None:
    page = marked(
        "{Agency:县林长办}要督促{Post*:乡级林长}及时录入，每旬通报一次，连续三旬靠后的由{Post:副总林长}{Person:罗文柏}约谈。"
    )
    assert ("罗文柏", "乡级林长", "discipline") in watched(page)


def test_who_is_told_to_set_a_team_up_looks_and_not_who_tells() -> None:
    page = marked(
        "{Person:康敬之}要求{Person:罗文柏}牵头成立{Agency:督查专班}，每天对{Region:石桥镇}、{Region:大因镇}巡查一遍。"
    )
    assert watched(page) == {("罗文柏", "石桥镇", "inspection"), ("罗文柏", "大因镇", "inspection")}


@pytest.mark.parametrize(
    "text",
    [
        "经核实，望都县贾村镇未整改到位，责令望都县人民政府月底前完成整改。",
        "省委、省政府高度重视，省生态环境厅跟踪督办，河北省人民政府要求县区落实。",
    ],
)
def test_nobody_stands_over_their_own_county_or_government(text: str) -> None:
    found = read(f"河北省保定市望都县大气污染防治情况\n2023年10月20日\n\n{text}\n".encode(), "own.txt")
    assert [e for e in found.edges if e.type == "SUPERVISES"] == []
