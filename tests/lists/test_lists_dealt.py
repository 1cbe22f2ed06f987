"""Who was punished, as lists tell it: in words beside a duty, in lists in turn, with titles that their row completes."""

from __future__ import annotations

import pytest
from lists_makers import Sheet, xlsx

from kg.loading import Defaults
from kg.model import Reading
from loaders.lists import LOADER
from loaders.lists.dealt import dealt
from loaders.lists.words import words

HOME = Defaults(place="河北省保定市望都县")


def read(text: str, home: Defaults = HOME) -> Reading:
    found = LOADER.read(text.encode(), "list.csv", home)
    assert found is not None
    return found


def punished(reading: Reading) -> set[tuple[str, str, str]]:
    names = {n.id: n.name for n in reading.nodes}
    edges = [e for e in reading.edges if e.type == "SANCTIONED"]
    return {(names[e.source], str(e.props["form"]), str(e.props.get("reason", ""))) for e in edges}


def holds(reading: Reading) -> set[tuple[str, str]]:
    names = {n.id: n.name for n in reading.nodes}
    return {(names[e.source], names[e.target]) for e in reading.edges if e.type == "HOLDS" and not e.derived}


def kind(reading: Reading) -> object:
    return next(n.props["kind"] for n in reading.nodes if n.label == "AccountabilityList")


@pytest.mark.parametrize("row", words()["dealt"]["rows"], ids=lambda r: r["name"])
def test_a_row_reads_its_example(row: dict) -> None:
    text = row["example"]
    got = [f"{text[slice(*d.who)]}: {d.form or '、'.join(text[s:e] for s, e in d.forms)}" for d in dealt(text)]
    assert got == row["gives"]


BESIDE = (
    "望都县群众举报件边督边改情况一览表\n序号,举报内容,整改要求,责任单位,办结时限,办结情况,问责情况\n"
    "1,石料厂堆料未盖,堆料全部入棚,固店镇人民政府,2024年6月底,已办结,{}\n2,管网错接,改造错接管网,县住建局,2024年7月底,正在施工,无\n"
)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("因巡查缺位，对固店镇副镇长冉志高给予诫勉谈话", {("冉志高", "诫勉谈话", "巡查缺位")}),
        (
            "对固店镇副镇长冉志高、镇环保所所长祁小舟分别给予党内警告处分、批评教育（监管履职不力）",
            {("冉志高", "党内警告", "监管履职不力"), ("祁小舟", "批评教育", "监管履职不力")},
        ),
        (
            "冉志高（副镇长）：政务警告；祁小舟：约谈",
            {("冉志高", "政务警告", "石料厂堆料未盖"), ("祁小舟", "约谈", "石料厂堆料未盖")},
        ),
        ("责令固店镇人民政府作出书面检查", {("固店镇人民政府", "书面检查", "石料厂堆料未盖")}),
        ("党内警告", set()),
        ("约谈3人，诫勉谈话1人", set()),
        ("对3名责任人进行约谈", set()),
        ("已移交县纪委监委调查", set()),
    ],
)
def test_a_list_of_duties_tells_beside_them_who_was_punished(said: str, wanted: set) -> None:
    r = read(BESIDE.format(said))
    assert kind(r) == "整改清单"
    assert {n.name for n in r.nodes if n.label == "Obligation"} == {"堆料全部入棚", "改造错接管网"}
    assert punished(r) == wanted
    people = {n.name for n in r.nodes if n.label == "Person"}
    assert people == {who for who, _, _ in wanted if len(who) == 3}
    bodies = {n.name for n in r.nodes if n.label == "Agency" and not n.props.get("generic")}
    assert {b for b in bodies if not b.endswith("人民政府")} <= {"望都县住房和城乡建设局", "固店镇环保所"}


def test_a_punishment_rests_on_the_words_of_its_cell() -> None:
    r = read(BESIDE.format("因巡查缺位，对固店镇副镇长冉志高给予诫勉谈话"))
    (edge,) = [e for e in r.edges if e.type == "SANCTIONED"]
    assert [v.quote for v in edge.evidence] == ["冉志高", "诫勉谈话"]
    assert edge.props["cells"] == ["list.csv#G3", "list.csv#G3"]
    assert edge.props["item"] == "1"


def test_a_reason_may_name_the_item_by_its_number() -> None:
    text = "望都县问责清单\n序号,姓名,职务,问责事由,问责方式\n1,冉志高,固店镇副镇长,河岸垃圾清运不力（整改清单第3项）,诫勉谈话\n"
    (edge,) = [e for e in read(text).edges if e.type == "SANCTIONED"]
    assert edge.props["item"] == "3"


def test_a_list_of_punishments_may_tell_them_in_words() -> None:
    text = "望都县责任追究清单\n序号,问题,责任单位,处理情况\n1,河岸堆垃圾,固店镇人民政府,对固店镇副镇长冉志高予以通报批评\n"
    r = read(text)
    assert kind(r) == "问责清单"
    assert punished(r) == {("冉志高", "通报批评", "河岸堆垃圾")}


def test_names_posts_and_forms_in_one_row_go_in_turn_and_titles_of_a_village_are_of_the_rows() -> None:
    rows = [
        ["望都县秸秆露天焚烧处理清单"],
        ["火点编号", "发现日期", "乡镇", "村屯", "追责对象及处理", "", "", "追责理由", "处理单位"],
        ["", "", "", "", "姓名（单位）", "职务", "处理形式", "", ""],
        ["F-1", "45592", "固店镇", "东街村", "冉志高\n祁小舟", "副镇长\n村党总支书记", "批评教育\n党内警告", "虚报巡查", "县纪委监委"],
        ["F-2", "45593", "固店镇", "西街村", "岑若海、尹采薇", "镇农业综合服务中心主任、村委会主任", "通报批评", "脱岗", "县纪委监委"],
        ["F-3", "45594", "固店镇", "/", "固店镇人民政府", "/", "扣减补助资金、通报批评", "火点5处", "县人民政府"],
    ]  # fmt: skip
    r = LOADER.read(xlsx(Sheet("表", rows, ["E2:G2", *(f"{c}2:{c}3" for c in "ABCDHI")])), "list.xlsx", HOME)
    assert r is not None
    assert punished(r) == {
        ("冉志高", "批评教育", "虚报巡查"), ("祁小舟", "党内警告", "虚报巡查"), ("岑若海", "通报批评", "脱岗"),
        ("尹采薇", "通报批评", "脱岗"), ("固店镇人民政府", "扣减补助资金", "火点5处"), ("固店镇人民政府", "通报批评", "火点5处"),
    }  # fmt: skip
    assert {("祁小舟", "东街村党总支书记"), ("尹采薇", "西街村主任")} <= holds(r)


def test_a_village_title_without_a_village_is_of_nothing_else_in_the_row() -> None:
    text = (
        "望都县问责清单\n序号,乡镇,姓名,职务,处理形式\n1,固店镇,冉志高,村委会主任,警告\n2,固店镇,祁小舟,副镇长,警告\n"
    )
    assert holds(read(text)) == {("祁小舟", "固店镇人民政府副镇长")}


def test_a_title_that_names_a_body_the_row_does_not_have_is_of_no_other() -> None:
    text = "望都县问责清单\n序号,责任单位,乡镇,姓名,职务,处理形式\n1,固店镇人民政府,固店镇,冉志高,镇环保所所长,警告\n"
    assert holds(read(text)) == {("冉志高", "固店镇环境保护所所长")}
    beside = read(BESIDE.format("对镇环保所所长冉志高给予批评教育"))
    assert punished(beside) == {("冉志高", "批评教育", "石料厂堆料未盖")}
    assert holds(beside) == set()


def test_a_zone_has_its_own_posts() -> None:
    text = (
        "望都县重点企业包联名册\n企业名称,属地,包联领导,职务\n望都立新电镀有限公司,工业园区,冉志高,工业园区党工委书记\n"
    )
    assert holds(read(text)) == {("冉志高", "工业园区党工委书记")}


def test_a_bare_title_in_a_column_of_county_leaders_is_of_the_rows_county_level_city() -> None:
    text = "保定市举报件整改清单\n县区,整改要求,包案县级领导,责任单位,完成时限\n安国市,堆料入棚,冉志高（副市长）,安国市水利局,6月底\n"
    assert holds(read(text, Defaults(place="河北省保定市"))) == {("冉志高", "安国市人民政府副市长")}


def test_a_column_of_reasons_beside_duties_may_tell_who_was_punished() -> None:
    text = (
        "望都县信访件办理情况一览表\n受理编号,信访件反映内容,处理和整改情况,办结情况,承办单位,追责情形\n"
        "X-1,石料厂扬尘扰民,督促石料厂覆盖堆料,未完成,县住建局,对固店镇副镇长冉志高予以通报批评\n"
    )
    r = read(text)
    assert punished(r) == {("冉志高", "通报批评", "石料厂扬尘扰民")}
    assert [n.props["status"] for n in r.nodes if n.label == "Obligation"] == ["未启动"]


def test_a_zone_may_be_called_by_its_counties_short_name() -> None:
    text = (
        "准格尔旗责任追究清单\n被问责人,职务,问责事由,处理方式\n冉志高,准格尔经济开发区管委会主任,堆料露天,诫勉谈话\n"
    )
    assert holds(read(text, Defaults(place="准格尔旗"))) == {("冉志高", "准格尔旗经济开发区管理委员会主任")}


def test_a_list_of_complaints_with_what_was_done_is_one_of_duties() -> None:
    text = (
        "望都县边督边改公开情况一览表\n序号,受理编号,交办问题基本情况,行政区域,调查核实情况,是否属实,处理和整改情况,是否办结,责任人被处理情况\n"
        "1,X-1,石料厂扬尘扰民,固店镇,经查属实,属实,已督促覆盖堆料,已办结,约谈固店镇副镇长冉志高\n2,X-2,夜间噪声,寺庄镇,经查,不属实,无,已办结,无\n"
    )
    r = read(text)
    assert kind(r) == "整改清单"
    assert punished(r) == {("冉志高", "约谈", "石料厂扬尘扰民")}


def test_a_bureau_that_one_title_names_is_not_left_open_by_a_part_of_it_in_another() -> None:
    text = (
        "望都县责任追究清单\n被问责人,职务,问责事由,处理方式\n"
        "冉志高,县水利局局长,堆料露天,诫勉谈话\n祁小舟,县水利局执法大队大队长,巡查缺位,批评教育\n"
    )
    assert ("望都县水利局", None) in {(n.name, n.props.get("inferred")) for n in read(text).nodes}


def test_who_summons_is_not_summoned_and_titles_in_parallel_share_their_place() -> None:
    text = (
        "河北省2024年生态环境问题约谈名单\n约谈对象,单位职务,约谈事由,警示措施,约谈人\n"
        "冉志高、祁小舟,望都县县长、副县长,降尘量不降反升,公开约谈,省生态环境厅副厅长 岑若海\n"
    )
    r = LOADER.read(text.encode(), "r.csv", Defaults())
    assert r is not None
    assert {x[:2] for x in punished(r)} == {("冉志高", "公开约谈"), ("祁小舟", "公开约谈")}
    names = {n.id: n.name for n in r.nodes}
    assert {(names[e.source], names[e.target]) for e in r.edges if e.type == "HOLDS"} == {
        ("冉志高", "望都县人民政府县长"), ("祁小舟", "望都县人民政府副县长"), ("岑若海", "河北省生态环境厅副厅长"),
    }  # fmt: skip
