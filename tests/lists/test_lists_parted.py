"""Rows whose measures have bearers, deadlines and states of their own; headers of three lines; leaders with several titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lists_makers import Sheet, xlsx
from lists_readings import read, said

from kg.model import Reading
from loaders.lists.parted import numbered


def due(reading: Reading) -> dict[str, object]:
    return {n.name: n.props.get("due") for n in reading.nodes if n.label == "Obligation"}


HEAD = "沛县2024年河湖整改清单\n序号,存在问题,整改措施,责任单位,整改时限,督导单位\n"
EACH = {
    ("沛县水利局", "责任", "清运垃圾"),
    ("沛县公安局", "责任", "安装探头"),
    ("沛县河长制办公室", "督办", "清运垃圾"),
    ("沛县河长制办公室", "督办", "安装探头"),
}


@pytest.mark.parametrize(
    ("measure", "bodies", "until"),
    [
        (
            "1.清运垃圾（责任单位：县水利局；完成时限：6月底前）；\n2.安装探头（责任单位：县公安局，完成时限：8月底前）。",
            "",
            "",
        ),
        (
            "（1）清运垃圾。责任单位：县水利局，时限：6月底前。\n（2）安装探头。责任单位：县公安局，时限：8月底前。",
            "",
            "",
        ),
        ("1.清运垃圾；\n2.安装探头。", "1.县水利局\n2.县公安局", "1.6月底前\n2.8月底前"),
        ("清运垃圾\n安装探头", "县水利局\n县公安局", "6月底前\n8月底前"),
        ("措施一：清运垃圾。责任单位：县水利局\n措施二：安装探头。责任单位：县公安局", "", ""),
        ("①清运垃圾②安装探头", "①县水利局②县公安局", "①6月底前②8月底前"),
        ("清运垃圾（县水利局负责）\n安装探头（县公安局负责）", "", ""),
        ("清运垃圾（责任单位：县水利局）；安装探头（责任单位：县公安局）", "", ""),
    ],
)
def test_a_measure_with_its_own_bearer_and_deadline_is_a_duty_of_its_own(measure: str, bodies: str, until: str) -> None:
    r = read(f'{HEAD}1,河岸脏乱,"{measure}","{bodies}","{until}",县河长办\n')
    assert said(r, "BEARS") == EACH
    assert set(due(r)) == {"清运垃圾", "安装探头"}
    if "月" in measure + until:
        assert [str(d)[5:] for _, d in sorted(due(r).items())] == ["08-31", "06-30"]


def test_measures_that_share_bearer_and_deadline_are_one_duty() -> None:
    r = read(f'{HEAD}1,河岸脏乱,"1.清运垃圾；\n2.安装探头。",县水利局,2024年6月底,县河长办\n')
    assert due(r) == {"1.清运垃圾；2.安装探头。": "2024-06-30"}


def test_a_measure_says_its_day_at_its_end_where_its_head_speaks_of_one() -> None:
    r = read("沛县河湖整改清单\n序号,整改措施及时限,责任单位\n1,拆除围网，2024年10月20日前完成,县水利局\n")
    assert due(r) == {"拆除围网": "2024-10-20"}


def test_numbers_before_bodies_are_no_part_of_their_names() -> None:
    r = read(f'{HEAD}1,河岸脏乱,清运垃圾,"1.县水利局\n2.龙固镇人民政府",2024年6月底,\n')
    assert {a for a, _, _ in said(r, "BEARS")} == {"沛县水利局", "龙固镇人民政府"}


def test_several_titles_before_a_name_are_one_person_beside_bodies() -> None:
    head = "沛县河湖整改清单\n序号,整改措施,责任单位及责任人\n"
    r = read(f"{head}1,拆除围网,县财政局、县水利局党组书记、局长冉志高\n")
    assert {a for a, _, _ in said(r, "BEARS")} == {"沛县财政局", "冉志高"}
    assert {b for _, _, b in said(r, "HOLDS")} == {"沛县水利局党组书记", "沛县水利局局长"}


LINES = [
    ["序号", "问题与任务", None, "责任体系", None, None, None, "时限"],
    [None, "问题", "措施", "县级", None, "镇级", None, None],
    [None, None, None, "责任领导", "责任单位", "责任领导", "责任单位", None],
    [1, "沿河垃圾", "清运垃圾", "副县长 冉志高", "县水利局", "镇长 仲海波", "龙固镇人民政府", "2024年6月底"],
]
MERGES = ["A1:H1", "A2:A4", "B2:C2", "D2:G2", "D3:E3", "F3:G3", "B3:B4", "C3:C4", "H2:H4"]


@pytest.mark.parametrize("merged", [True, False])
def test_a_header_of_three_lines_is_read_with_its_merges_and_without(merged: bool) -> None:
    title = "沛县重点问题整改清单"
    text = "\n".join([title, *(",".join(str(c or "") for c in row) for row in LINES)])
    r = read(xlsx(Sheet("S", [[title], *LINES], MERGES)), name="list.xlsx") if merged else read(text)
    assert said(r, "BEARS") == {
        (who, "责任", "清运垃圾") for who in ("冉志高", "沛县水利局", "仲海波", "龙固镇人民政府")
    }
    assert due(r) == {"清运垃圾": "2024-06-30"}


WORDS = st.text(st.sampled_from("清运安装封堵巡查垃圾探头排口"), min_size=2, max_size=8)


@given(
    st.lists(WORDS, min_size=2, max_size=9),
    st.sampled_from(["{}.", "{}、", "（{}）"]),
    st.sampled_from(["；\n", "。", "\n"]),
)
def test_numbered_parts_come_out_as_they_went_in(parts: list[str], mark: str, between: str) -> None:
    text = between.join(f"{mark.format(n)}{p}" for n, p in enumerate(parts, 1))
    assert [text[s:e] for s, e in numbered(text)] == parts


@pytest.mark.parametrize(
    "measure",
    [
        "1.6月底前清运垃圾（县水利局）；\n2.8月底前安装探头（县公安局）",
        "1.清运垃圾（县水利局，6月底前）；\n2.安装探头（8月底前，县公安局）",
    ],
)
def test_brackets_behind_a_measure_name_its_bodies_and_its_day(measure: str) -> None:
    r = read(f'{HEAD}1,河岸脏乱,"{measure}",,,县河长办\n')
    assert {(a, role) for a, role, _ in said(r, "BEARS")} == {(a, role) for a, role, _ in EACH}
    assert sorted(str(d) for d in due(r).values()) == ["2024-06-30", "2024-08-31"]


def test_a_row_for_each_bearer_says_its_role() -> None:
    r = read(
        "沛县任务分工\n编号,任务内容,角色,单位\n1,清运垃圾,牵头,县水利局\n1,清运垃圾,配合,县财政局\n2,安装探头,牵头,县公安局\n"
    )
    assert said(r, "BEARS") == {
        ("沛县水利局", "牵头", "清运垃圾"),
        ("沛县财政局", "配合", "清运垃圾"),
        ("沛县公安局", "牵头", "安装探头"),
    }
    assert len(due(r)) == 2


def test_items_side_by_side_under_groups_of_labels_are_kept_apart() -> None:
    rows = [
        ["基本情况", "问题描述", "沿河垃圾", "围网养殖"],
        [None, "所在乡镇", "龙固镇", "敬安镇"],
        ["责任落实", "牵头单位", "县水利局", "县农业农村局"],
        [None, "责任人", "局长 冉志高", "副局长 仲海波"],
        ["整改情况", "整改措施", "清运垃圾", "拆除围网"],
        [None, "完成时限", "2024年6月底", "2024年7月底"],
    ]
    for merges in (["A1:A2", "A3:A4", "A5:A6"], []):
        r = read(xlsx(Sheet("沛县重点问题整改清单", rows, merges)), name="list.xlsx")
        assert {(a, b) for a, _, b in said(r, "BEARS")} == {
            ("沛县水利局", "清运垃圾"),
            ("冉志高", "清运垃圾"),
            ("沛县农业农村局", "拆除围网"),
            ("仲海波", "拆除围网"),
        }
        assert due(r) == {"清运垃圾": "2024-06-30", "拆除围网": "2024-07-31"}


@pytest.mark.parametrize(
    "heading",
    [["一", "思想认识方面", None, None, None], ["1", "思想认识方面", None, None, None], ["（二）", "思想认识方面"]],
)
def test_a_number_and_a_text_over_the_columns_are_a_heading_and_no_item(heading: list) -> None:
    rows = [["沛县整改清单"], ["序号", "问题", "责任单位", "责任人", "目标及时限"], heading]
    rows.append([2, "考核权重偏低", "县委组织部", "逄金山", "完善考核办法，2024年6月底前完成"])
    r = read(xlsx(Sheet("S", rows, ["A1:E1", "B3:E3"])), name="list.xlsx")
    assert due(r) == {"考核权重偏低": "2024-06-30"}
    assert {a for a, _, _ in said(r, "BEARS")} == {"中共沛县委员会组织部", "逄金山"}
