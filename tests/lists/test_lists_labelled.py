"""Cells that say themselves who is what, firms and their people, places in one run, and columns of marks."""

from __future__ import annotations

import pytest
from lists_readings import read, said

from loaders.lists.signs import legend
from loaders.lists.words import words

TASK = "清运河岸垃圾"
LEAD, HELP = ("沛县水利局", "牵头", TASK), ("沛县财政局", "配合", TASK)


@pytest.mark.parametrize(
    "cell",
    [
        "牵头单位：县水利局；配合单位：县财政局",
        '"牵头单位：县水利局\n配合单位：县财政局"',
        '"1.牵头：县水利局\n2.配合：县财政局"',
        '"【牵头】县水利局\n【配合】县财政局"',
        '"牵头单位\n县水利局\n配合单位\n县财政局"',
        "主责：县水利局，协同：县财政局",
        "县水利局牵头，县财政局配合",
        "由县水利局牵头负责；县财政局配合落实",
        "县水利局（牵头）、县财政局（配合）",
    ],
)
def test_a_cell_of_all_roles_gives_each_its_own(cell: str) -> None:
    r = read("沛县河湖整改清单", "序号,整改措施,责任分工,整改时限", f"1,{TASK},{cell},2024年6月底")
    assert said(r, "BEARS") == {LEAD, HELP}


def test_a_person_beside_a_label_is_of_the_bodies_before_and_a_leader_of_none_of_them() -> None:
    cell = "责任单位：县水利局；责任人：副局长 冉志高；县级领导：副县长 禚丽华；配合单位：/"
    r = read("沛县河湖整改清单", "序号,整改措施,责任分工", f"1,{TASK},{cell}")
    posts = {(a, b) for a, _, b in said(r, "HOLDS")}
    assert posts == {("冉志高", "沛县水利局副局长"), ("禚丽华", "沛县人民政府副县长")}
    assert {x[:2] for x in said(r, "BEARS")} == {("沛县水利局", "责任"), ("冉志高", "责任"), ("禚丽华", "责任")}


def test_titles_of_firms_are_of_the_rows_firm_and_never_of_its_town() -> None:
    r = read(
        "沛县涉气企业治理清单",
        "序号,企业全称,属地,治理内容,企业第一责任人（职务）,镇办监管责任人",
        "1,沛县顺和制板有限公司,龙固镇,更换布袋除尘器,禚丽华（生产副总）,龙固镇环保所所长 冉志高",
        "2,沛县长和砖厂,敬安镇,安装脱硫塔,邰玉林（厂长）,敬安镇副镇长 仲海波",
    )
    assert {(a, b) for a, _, b in said(r, "HOLDS")} == {
        ("禚丽华", "沛县顺和制板有限公司生产副总"),
        ("冉志高", "龙固镇环境保护所所长"),
        ("邰玉林", "沛县长和砖厂厂长"),
        ("仲海波", "敬安镇人民政府副镇长"),
    }


@pytest.mark.parametrize(
    ("title", "body", "post"),
    [
        ("局党委委员", "县水利局", "沛县水利局党委委员"),
        ("街道党工委副书记", "沛城街道办事处", "沛城街道党工委副书记"),
        ("园区办主任", "龙固镇人民政府", "龙固镇园区办主任"),
        ("城区分局局长", "县公安局", "沛县公安局城区分局局长"),
    ],
)
def test_what_stands_before_a_bare_title_is_the_rows_body_or_a_part_of_it(title: str, body: str, post: str) -> None:
    r = read("沛县河湖整改清单", "序号,整改措施,责任单位,责任人", f"1,{TASK},{body},{title} 冉志高")
    assert [b for _, _, b in said(r, "HOLDS")] == [post]


def test_a_place_of_town_and_village_in_one_cell_is_both() -> None:
    r = read("沛县河湖整改清单", "序号,点位（镇、村）,整改措施,责任单位", f"1,龙固镇前程村三组,{TASK},县水利局")
    assert {b for _, _, b in said(r, "APPLIES_IN")} == {"龙固镇", "前程村"}


MATRIX = [
    "序号,重点任务,住建局,交通运输局,龙固镇,完成时限",
    "1,建设喷淋设施,{0},,{1},6月底前",
    "2,清扫路侧积土,{1},{0},,长期坚持",
]
MARKED = {
    ("沛县住房和城乡建设局", "牵头", "建设喷淋设施"),
    ("龙固镇", "配合", "建设喷淋设施"),
    ("沛县住房和城乡建设局", "配合", "清扫路侧积土"),
    ("沛县交通运输局", "牵头", "清扫路侧积土"),
}


@pytest.mark.parametrize(
    ("a", "b", "note"),
    [
        ("★", "☆", "注：“★”为牵头单位，“☆”为配合单位"),
        ("●", "○", "说明：●表示主办，○表示协办。"),
        ("▲", "△", "注：牵头单位用▲表示，配合单位用△表示"),
        ("牵头", "配合", "注：未列事项按职责办理"),
        ("主", "协", ""),
    ],
)
def test_marks_in_the_columns_of_bodies_are_roles_by_the_legend(a: str, b: str, note: str) -> None:
    r = read("沛县扬尘治理任务分解表", *(line.format(a, b) for line in MATRIX), note)
    assert said(r, "BEARS") == MARKED


def test_marks_that_nothing_explains_state_nothing_and_are_told() -> None:
    r = read("沛县扬尘治理任务分解表", *(line.format("★", "☆") for line in MATRIX))
    assert said(r, "BEARS") == set()
    assert any("★、☆" in remark for remark in r.remarks)


@pytest.mark.parametrize("text", words()["legend"]["examples"])
def test_a_legend_is_read_from_its_examples(text: str) -> None:
    assert set(legend(text, [c for c in text if c in words()["legend"]["marks"]]).values()) <= {"牵头", "配合"}
    assert legend(text, [c for c in text if c in words()["legend"]["marks"]])


@pytest.mark.parametrize(
    ("signs", "note"),
    [
        (("●", "◐", "○"), "注：●表示已完成，◐表示正在推进，○表示未启动。"),
        (("绿", "黄灯", "红"), "说明：绿色为已完成，黄灯为序时推进，红灯为未启动。"),
        (("已完成", "正在推进", "未启动"), ""),
    ],
)
def test_signs_of_how_far_an_item_is_are_read_by_their_legend(signs: tuple[str, str, str], note: str) -> None:
    rows = [f"{n},{task},县水利局,{sign}" for n, (task, sign) in enumerate(zip("清拆修", signs, strict=True), 1)]
    rows = [row.replace("清", "清运垃圾").replace("拆", "拆除围网").replace("修", "修复河岸") for row in rows]
    r = read("沛县河湖整改清单", "序号,整改措施,责任单位,进展", *rows, note)
    states = {n.name: n.props.get("status") for n in r.nodes if n.label == "Obligation"}
    assert states == {"清运垃圾": "已完成", "拆除围网": "推进中", "修复河岸": "未启动"}


def test_a_place_before_a_name_is_no_person() -> None:
    r = read("沛县河湖长名录", "河流,镇级河长", '沿河,"龙固镇：仲海波\n敬安镇：逄金山"')
    assert {n.name for n in r.nodes if n.label == "Person"} == {"仲海波", "逄金山"}


@pytest.mark.parametrize("between", ["、", "；", "\\n"])
def test_who_stands_in_the_brackets_of_a_body_is_of_that_body(between: str) -> None:
    cell = f"县水利局（局长 仲海波）{between}县财政局（局长 逄金山）"
    r = read("沛县河湖整改清单", "序号,整改措施,责任单位", f'1,{TASK},"{cell}"'.replace("\\n", "\n"))
    assert {(a, b) for a, _, b in said(r, "HOLDS")} == {("仲海波", "沛县水利局局长"), ("逄金山", "沛县财政局局长")}


def test_a_label_that_says_only_what_they_are_is_no_body() -> None:
    cell = "建设单位：徐州长和置业有限公司；施工单位：徐州顺成建设有限公司"
    r = read("沛县扬尘整改清单", "序号,整改措施,责任主体", f"1,{TASK},{cell}")
    assert {x[:2] for x in said(r, "BEARS")} == {("徐州长和置业有限公司", "责任"), ("徐州顺成建设有限公司", "责任")}


@pytest.mark.parametrize(
    ("cell", "note"),
    [
        ("县水利局★、县财政局", "注：★为牵头单位"),
        ("▲县水利局、县财政局", "说明：标“▲”的单位为牵头单位。"),
        ("县财政局、县水利局*", "注：带*号的为牵头部门"),
    ],
)
def test_a_sign_beside_a_name_says_its_role(cell: str, note: str) -> None:
    r = read("沛县河湖整改清单", "序号,整改措施,责任单位", f"1,{TASK},{cell}", note)
    assert said(r, "BEARS") == {LEAD, ("沛县财政局", "责任", TASK)}


@pytest.mark.parametrize(
    ("a", "b", "note"),
    [
        ("★", "☆", "说明：表中“★”表示主责，“☆”表示协同"),
        ("★", "☆", "注：★主抓 ☆会同"),
        ("★", "☆", "注：牵头★ 配合☆"),
        ("★", "☆", "注：牵头（★）、配合（☆）"),
        ("★", "☆", "以★标注的单位牵头，以☆标注的单位配合"),
        ("A", "B", "注：A为牵头单位，B为配合单位"),
        ("Ⅰ", "Ⅱ", "Ⅰ—牵头，Ⅱ—配合"),
        ("1", "2", "注：1—牵头，2—配合"),
        ("①", "②", "注：①为牵头单位，②为配合单位"),
        ("▲主", "△辅", ""),
        ("牵头单位", "配合单位", ""),
    ],
)
def test_notes_of_any_form_explain_marks_of_any_form(a: str, b: str, note: str) -> None:
    r = read("沛县扬尘治理任务分解表", *(line.format(a, b) for line in MATRIX), note)
    assert said(r, "BEARS") == MARKED


def test_the_sign_of_a_body_is_evidence_beside_its_head_and_the_duty() -> None:
    r = read("沛县扬尘治理任务分解表", *(line.format("★", "☆") for line in MATRIX), "注：★为牵头单位，☆为配合单位")
    assert all(
        len(e.evidence) == 3 and {"★", "☆"} & {v.quote for v in e.evidence} for e in r.edges if e.type == "BEARS"
    )


def test_a_sum_and_a_blank_are_no_marks_and_a_head_may_stand_upright() -> None:
    upright = [line.replace("住建局", '"住\n建\n局"') for line in MATRIX]
    blank = [line.format("★", "☆").replace(",,", ",—,") for line in upright]
    width = MATRIX[0].count(",")
    r = read("沛县扬尘治理任务分解表", *blank, "合计" + ",2" * width, "注：★为牵头单位，☆为配合单位")
    assert said(r, "BEARS") == MARKED


@pytest.mark.parametrize(
    ("cell", "bears"),
    [
        ("县水利局 仲海波", {"仲海波"}),
        ("县水利局　仲海波", {"仲海波"}),
        ("县水利局、仲海波", {"沛县水利局", "仲海波"}),
        ("县水利局", {"沛县水利局"}),
    ],
)
def test_a_body_set_before_a_name_only_says_where_that_one_works(cell: str, bears: set[str]) -> None:
    r = read("沛县河湖整改清单", "序号,整改措施,盯办人", f"1,清运垃圾,{cell}")
    assert {who for who, _, _ in said(r, "BEARS")} == bears
    assert "沛县水利局" in {n.name for n in r.nodes}


@pytest.mark.parametrize(
    "cell",
    [
        "县水利局冉志高",
        "县水利局-冉志高",
        "县水利局（冉志高）",
        "县水利局：冉志高",
        "冉志高（县水利局）",
        "县水利局（责任人：冉志高；联系人：邰玉林）",
    ],
)
@pytest.mark.parametrize("head", ["责任单位", "责任单位及责任人"])
def test_a_body_and_its_leader_in_one_cell_are_two_who_bear_the_duty(head: str, cell: str) -> None:
    r = read("沛县河湖整改清单", f"序号,整改措施,{head},整改时限", f"1,{TASK},{cell},2024年6月底")
    assert said(r, "BEARS") == {("沛县水利局", "责任", TASK), ("冉志高", "责任", TASK)}


@pytest.mark.parametrize("cell", ["龙固镇冉家庄", "龙固镇冉楼村"])
def test_a_village_behind_its_township_is_no_person(cell: str) -> None:
    r = read("沛县河湖整改清单", "序号,整改措施,责任单位,整改时限", f"1,{TASK},{cell},2024年6月底")
    assert not [n.name for n in r.nodes if n.label == "Person"]


def test_heads_that_ask_are_read() -> None:
    r = read(
        "沛县警示片问题“四定”清单",
        "序号,改什么,改到什么程度,怎么改,谁来改,谁来督,什么时候改完",
        f"1,河岸脏乱,岸坡无垃圾,{TASK},县水利局、县财政局,县督查室,2024年6月底",
    )
    assert {x[:2] for x in said(r, "BEARS")} == {("沛县水利局", "责任"), ("沛县财政局", "责任"), ("沛县督查室", "督办")}
    duty = next(n for n in r.nodes if n.label == "Obligation")
    assert (duty.name, duty.props["problem"], duty.props["due"]) == (TASK, "河岸脏乱", "2024-06-30")


def test_a_firm_bears_what_no_column_hands_to_others_and_who_is_bound_to_it_has_it() -> None:
    r = read(
        "沛县重污染天气应急减排清单",
        "序号,企业名称,应急减排措施,企业责任人,包联干部",
        "1,沛县顺和制板有限公司,热压机停产,邰玉林,冉志高（县工信局副局长）",
    )
    assert ("沛县顺和制板有限公司", "责任", "热压机停产") in said(r, "BEARS")
    assert said(r, "IN_CHARGE_OF") == {("冉志高", "", "沛县顺和制板有限公司")}


def test_a_firm_that_is_watched_over_does_not_bear_what_a_column_hands_to_a_body() -> None:
    r = read(
        "沛县涉气企业整改清单",
        "序号,企业名称,整改措施,责任单位,完成时限",
        "1,沛县顺和制板有限公司,更换布袋除尘器,龙固镇人民政府,2024年6月底",
    )
    assert said(r, "BEARS") == {("龙固镇人民政府", "责任", "更换布袋除尘器")}
