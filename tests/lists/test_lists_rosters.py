"""Rosters of inspection groups, roads and committees."""

from __future__ import annotations

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
