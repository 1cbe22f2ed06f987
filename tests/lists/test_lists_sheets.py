"""Workbooks whose sheets are places', and bodies of places that nothing names."""

from __future__ import annotations

from lists_makers import Sheet, xlsx
from lists_readings import read, said

from kg.loading import Defaults
from loaders.lists import LOADER


def _sheet(county: str, *rows: list[str]) -> Sheet:
    head = ["序号", "问题", "整改措施", "监管责任单位", "包保领导", "复查结果"]
    return Sheet(county, [[f"徐州市扬尘问题整改台账（{county}）"], head, *rows])


def test_a_sheet_called_by_a_county_says_where_its_rows_apply() -> None:
    book = xlsx(
        _sheet("沛县", ["1", "料堆裸露", "覆盖料堆并硬化道路", "县住建局", "副县长 冉志高", "已整改完成"]),
        _sheet("丰县", ["1", "道路积尘", "每天洒水清扫三次", "县城管局", "副县长 仲海波", "正在整改"]),
    )
    r = LOADER.read(book, "dust.xlsx", Defaults(place="江苏省徐州市"))
    assert r is not None
    assert ("冉志高", "", "沛县人民政府副县长") in said(r, "HOLDS")
    assert ("仲海波", "", "丰县人民政府副县长") in said(r, "HOLDS")
    assert {x[:2] for x in said(r, "BEARS")} >= {("沛县住房和城乡建设局", "责任"), ("丰县城市管理局", "责任")}
    assert {(a[:2], b) for a, _, b in said(r, "APPLIES_IN")} == {("覆盖", "沛县"), ("每天", "丰县")}
    assert {n.props["status"] for n in r.nodes if n.label == "Obligation"} == {"已完成", "推进中"}
    for e in r.edges:
        for v in e.evidence:
            assert r.notice.text[v.start : v.end] == v.quote


def test_a_countys_bureau_in_a_citys_list_that_names_no_county_is_not_the_citys() -> None:
    r = read(
        "徐州市扬尘问题整改台账\n序号,问题,整改措施,责任单位,配合单位",
        "1,料堆裸露,覆盖料堆,县住建局,市城管局、市场监管局",
        home=Defaults(place="江苏省徐州市"),
    )
    names = {n.name: n.props.get("unresolved") for n in r.nodes if n.label == "Agency"}
    assert names["县住建局"] and not names["徐州市城市管理局"] and not names["徐州市市场监督管理局"]
