"""Lists as their authors make them: merged cells, dittos, hidden rows, two tables, other columns."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lists_makers import Day, Formula, Sheet, WordTable, docx, xlsx

from kg.loading import Defaults, read
from kg.model import Edge, Reading
from kg.vocabulary import vocabulary
from loaders.lists import LOADER

HEADER = ["序号", "整改任务", "责任单位", "责任人", "完成时限"]


def lists(data: bytes, name: str = "list.xlsx", **given_: object) -> Reading:
    reading = LOADER.read(data, name, Defaults(**given_))  # type: ignore[arg-type]
    assert reading is not None
    return reading


def sheet(*rows: list, title: str = "望都县大气污染防治整改清单", name: str = "Sheet1", **more: object) -> Sheet:
    return Sheet(name, [[title], HEADER, *rows], ["A1:E1"], **more)  # type: ignore[arg-type]


def named(reading: Reading, type_: str) -> set[tuple[str, str]]:
    names = {n.id: n.name for n in reading.nodes}
    return {(names[e.source], names[e.target]) for e in reading.edges if e.type == type_ and not e.derived}


def edges(reading: Reading, type_: str) -> list[Edge]:
    return [e for e in reading.edges if e.type == type_ and not e.derived]


def duties(reading: Reading) -> dict[str, dict]:
    return {n.name: n.props for n in reading.nodes if n.label == "Obligation"}


def test_every_statement_says_its_cells() -> None:
    r = lists(xlsx(sheet([1, "清运河岸垃圾", "县水利局", "局长 冉志高", "2024年5月底"])))
    (bears,) = [e for e in edges(r, "BEARS") if e.source.startswith("agency:")]
    assert bears.props["cells"] == ["list.xlsx#Sheet1!B3", "list.xlsx#Sheet1!C3"]
    assert [v.quote for v in bears.evidence] == ["清运河岸垃圾", "县水利局"]


def test_hidden_rows_are_data_and_hidden_sheets_are_not() -> None:
    rows = [[1, "清运河岸垃圾", "县水利局", "", ""], [2, "拆除违建大棚", "县自然资源局", "", ""]]
    r = lists(
        xlsx(sheet(*rows, hidden_rows=[3]), sheet([1, "不该读到的事", "县教育局", "", ""], name="暗", hidden=True))
    )
    assert set(duties(r)) == {"清运河岸垃圾", "拆除违建大棚"}


def test_formulas_count_by_their_cached_values_and_days_by_their_style() -> None:
    r = lists(xlsx(sheet([Formula("ROW()-2"), "清运河岸垃圾", Formula("X!A1", "县水利局"), "", Day(45443)])))
    assert duties(r)["清运河岸垃圾"]["due"] == "2024-05-31"
    assert ("望都县水利局", "清运河岸垃圾") in named(r, "BEARS")


@pytest.mark.parametrize("ditto", ["同上", "〃", "以上同", "″"])
def test_a_ditto_repeats_the_same_people(ditto: str) -> None:
    r = lists(
        xlsx(
            sheet([1, "清运河岸垃圾", "县水利局", "局长 冉志高", "5月"], [2, "修复河岸绿化", "县林业局", ditto, ditto])
        )
    )
    assert {t for s, t in named(r, "BEARS") if s == "冉志高"} == {"清运河岸垃圾", "修复河岸绿化"}
    assert named(r, "HOLDS") == {("冉志高", "望都县水利局局长")}


def test_blanks_carry_down_in_the_leading_columns_of_a_csv_only() -> None:
    text = "望都县包村干部名册\n乡镇,包镇领导,村,包村干部\n固店镇,冉志高,东街村,祁小舟\n,,西街村,\n"
    r = lists(text.encode(), "a.csv")
    assert named(r, "IN_CHARGE_OF") == {("冉志高", "固店镇"), ("祁小舟", "东街村")}
    assert "西街村" in {n.name for n in r.nodes if n.label == "Region"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_encodings_and_separators_do_not_matter(encoding: str, mark: str) -> None:
    lines = [
        ["望都县秸秆禁烧责任清单"],
        ["序号", "重点任务", "牵头单位", "完成时限"],
        ["1", "秋收期间田间巡查", "县农业农村局", "2024年10月底前"],
    ]
    r = lists("\n".join(mark.join(x) for x in lines).encode(encoding), "a.csv")
    assert named(r, "BEARS") == {("望都县农业农村局", "秋收期间田间巡查")}
    assert duties(r)["秋收期间田间巡查"]["due"] == "2024-10-31"


def test_a_column_that_nobody_knows_is_kept_and_told() -> None:
    rows = [["望都县整改清单"], [*HEADER, "天气代码"], [1, "清运河岸垃圾", "县水利局", "", "", "晴7"]]
    r = lists(xlsx(Sheet("Sheet1", rows)))
    assert duties(r)["清运河岸垃圾"]["fields"] == ["天气代码：晴7"]
    assert any("天气代码" in x and "--columns" in x for x in r.remarks)


def test_a_header_that_is_not_there_is_told() -> None:
    rows = [["序号", "任务", "责任单位"], ["1", "清理垃圾", "县城管局"]]
    told = lists(xlsx(Sheet("Sheet1", rows)), columns={"完成时限": "几时办完", "责任单位": "责任单位"}).remarks
    assert any("几时办完" in x and "--columns" in x and "序号、任务" in x for x in told)


def test_columns_that_are_mapped_are_understood() -> None:
    rows = [
        ["望都县整改清单"],
        ["序号", "整改任务", "谁去办", "几时办完"],
        [1, "清运河岸垃圾", "县水利局", "2024年5月底"],
    ]
    r = lists(xlsx(Sheet("Sheet1", rows)), columns={"责任单位": "谁去办", "完成时限": "几时办完"})
    assert named(r, "BEARS") == {("望都县水利局", "清运河岸垃圾")}
    assert duties(r)["清运河岸垃圾"]["due"] == "2024-05-31"


def test_two_tables_in_a_sheet_are_one_reading_and_two_lists() -> None:
    rows = [
        ["望都县整改任务清单"],
        HEADER,
        [1, "清运河岸垃圾", "县水利局", "", ""],
        [],
        ["附：望都县包村干部名册"],
        ["乡镇", "村", "包村干部"],
        ["固店镇", "东街村", "祁小舟"],
    ]
    r = lists(xlsx(Sheet("Sheet1", rows)))
    assert {n.props["kind"] for n in r.nodes if n.label == "AccountabilityList"} == {"整改清单", "包保名册"}
    assert named(r, "IN_CHARGE_OF") == {("祁小舟", "东街村")}


def test_a_header_that_a_page_break_repeats_is_no_data() -> None:
    r = lists(xlsx(sheet([1, "清运河岸垃圾", "县水利局", "", ""], HEADER, [2, "修复河岸绿化", "县林业局", "", ""])))
    assert len(duties(r)) == 2


def test_telephone_numbers_are_no_part_of_the_graph() -> None:
    rows = [["望都县包村干部名册"], ["乡镇", "村", "包村干部"], ["固店镇", "东街村", "祁小舟 13912345678"]]
    r = lists(xlsx(Sheet("Sheet1", rows)))
    assert not any("139" in x for n in r.nodes for x in (n.id, n.name, *n.aliases))


def test_namesakes_in_two_towns_are_two_people() -> None:
    rows = [
        ["望都县包村干部名册"],
        ["乡镇", "村", "包村干部"],
        ["固店镇", "东街村", "祁小舟"],
        ["寺庄镇", "南关村", "祁小舟"],
        ["固店镇", "西街村", "祁小舟"],
    ]
    r = lists(xlsx(Sheet("Sheet1", rows)))
    people = [n.id for n in r.nodes if n.label == "Person"]
    assert len(people) == 2
    assert sorted(len([e for e in edges(r, "IN_CHARGE_OF") if e.source == p]) for p in people) == [1, 2]


def test_an_id_does_not_hang_on_who_else_stands_in_the_list() -> None:
    head = [["望都县包村干部名册"], ["乡镇", "村", "包村干部", "职务"]]
    rows = [
        ["固店镇", "东街村", "祁小舟", "副镇长"],
        ["寺庄镇", "南关村", "祁小舟", "副镇长"],
        ["寺庄镇", "北关村", "祁小舟", "县水利局科员"],
        ["新名乡", "石村", "祁小舟", "乡长"],  # a township that no table knows
    ]

    def charges(*some: int) -> dict[str, str]:
        r = lists(xlsx(Sheet("Sheet1", [*head, *(rows[k] for k in some)])))
        return {target: source for source, target in ((e.source, e.target) for e in edges(r, "IN_CHARGE_OF"))}

    every = charges(0, 1, 2, 3)
    assert len(set(every.values())) == 4
    assert every == charges(3, 2, 1, 0) == {**charges(0), **charges(1), **charges(2), **charges(3)}


def test_one_name_with_posts_in_two_bodies_in_a_row_is_two_people() -> None:
    rows = [
        ["望都县河道包保名册"],
        ["河道", "乡镇", "县级河长", "职务", "责任单位负责人", "职务"],
        ["清水河", "固店镇", "祁小舟", "副县长", "祁小舟", "县水利局局长"],
        ["九龙河", "固店镇", "简明", "副县长", "简明", "县公安局局长"],
    ]
    r = lists(xlsx(Sheet("Sheet1", rows)))
    held = {p.id: {e.target.rpartition("/")[2] for e in edges(r, "HOLDS") if e.source == p.id} for p in r.nodes
            if p.label == "Person"}  # fmt: skip
    assert held == {
        "person:祁小舟@130631": {"副县长"},
        "person:祁小舟@130631/水利局": {"局长"},
        "person:简明@130631": {"副县长", "局长"},
    }, "a deputy head may well have the police as well"


def test_a_person_in_a_list_is_the_person_of_a_meeting_report() -> None:
    table = lists(xlsx(sheet([1, "清运河岸垃圾", "县水利局", "局长 冉志高", ""])))
    report = "望都县召开河道清洁工作会议\n\n2024年5月6日，望都县召开河道清洁工作会议，望都县水利局局长冉志高出席会议并讲话。会议要求，要抓好落实。\n"
    prose = read(report.encode(), "report.txt", Defaults(place="河北省保定市望都县"))
    shared = {n.id for n in table.nodes} & {n.id for n in prose.nodes}
    assert {"person:冉志高@130631", "agency:130631/水利局", "post:130631/水利局/局长"} <= shared


def test_prose_with_a_small_table_stays_prose() -> None:
    lead = "各乡镇要高度重视秸秆禁烧工作，县农业农村局负责技术指导，县生态环境分局负责火点核查，确保全县不着一把火、不冒一股烟。"
    notice = docx(
        "关于做好秸秆禁烧工作的通知",
        lead,
        lead,
        lead,
        lead,
        WordTable([["镇名", "面积"], ["花家镇", "1200"], ["寇家镇", "900"]]),
    )
    assert LOADER.read(notice, "notice.docx", Defaults()) is None
    assert LOADER.read("<html><body><p>没有表格。</p></body></html>".encode(), "a.html", Defaults()) is None
    assert LOADER.read(b"text", "a.txt", Defaults()) is None


def test_reading_twice_gives_the_same() -> None:
    data = (Path(__file__).parent / "seen" / "02.xlsx").read_bytes()
    assert lists(data) == lists(data)


NAMES = st.text(alphabet="王李张刘陈伟芳娜敏静县局市镇长、，；（）/ \n0123456789同上〃abc", max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(NAMES, min_size=5, max_size=5), min_size=1, max_size=6))
def test_whatever_the_cells_hold_the_reading_obeys_the_schema(rows: list[list[str]]) -> None:
    data = xlsx(sheet(*[[n, f"第{n}项任务要落实", *r[2:]] for n, r in enumerate(rows, 1)]))
    reading = LOADER.read(io.BytesIO(data).getvalue(), "list.xlsx", Defaults())
    assert reading is not None
    vocabulary().check(reading)


STATISTICS = "序号,整改措施,责任单位\n1,清运垃圾,县水利局\n\n{}\n乡镇,应改户数,已改户数,完成率\n龙固镇,4210,3875,92.0%\n合计,4210,3875,\n"


@pytest.mark.parametrize("caption", ["表二 各镇改造进度统计", "各镇改造进度统计"])
def test_a_table_of_another_kind_beneath_a_list_is_left_out_and_told(caption: str) -> None:
    found = LOADER.read(f"沛县河湖整改清单\n{STATISTICS.format(caption)}".encode(), "r.csv", Defaults())
    assert found is not None
    assert [n.name for n in found.nodes if n.label == "Obligation"] == ["清运垃圾"]
    assert any("应改户数" in remark for remark in found.remarks)
    assert {n.name for n in found.nodes}.isdisjoint({"完成率", "龙固镇"})


@pytest.mark.parametrize(
    "heads",
    [
        ["序号\nНомер", "整改任务\nВазифа", "责任单位\nОрган", "责任人\nШахс", "完成时限\nМуддат"],
        ["序号\nنومۇر", "整改任务\nۋەزىپە", "责任单位\nئورۇن", "责任人\nكىشى", "完成时限\nمۆھلەت"],
        ["序号 Num", "整改任务 Task", "责任单位 Body in charge", "责任人 Person", "完成时限 Due date"],
    ],
)
def test_heads_may_say_the_same_in_another_language(heads: list[str]) -> None:
    rows = [["望都县大气污染防治整改清单"], heads, [1, "清运河岸垃圾", "县水利局", "局长 冉志高", "2024年5月底"]]
    r = lists(xlsx(Sheet("表", rows, ["A1:E1"])))  # type: ignore[list-item]
    assert named(r, "BEARS") == {("望都县水利局", "清运河岸垃圾"), ("冉志高", "清运河岸垃圾")}
    assert duties(r)["清运河岸垃圾"]["due"] == "2024-05-31"
