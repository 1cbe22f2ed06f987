"""Tables that cross bodies with bare matters, whichever of them has the rows."""

from __future__ import annotations

import pytest
from lists_readings import read, said

from kg.errors import SourceError

BUILDING, KITCHENS = ("沛县住房和城乡建设局", "责任", "扬尘"), ("沛县城市管理局", "责任", "油烟")
BOTH = ("沛县城市管理局", "责任", "扬尘")


@pytest.mark.parametrize("corner", ["行业", "监管领域", "污染类型"])
def test_bare_matters_are_borne_by_the_bodies_of_the_head(corner: str) -> None:
    r = read("沛县行业监管责任分工表", f"序号,{corner},县住建局,县城管局", "1,扬尘,√,√", "2,油烟,,√")
    assert said(r, "BEARS") == {BUILDING, BOTH, KITCHENS}


@pytest.mark.parametrize("corner", ["责任单位", "部门", "单位"])
def test_matters_of_the_head_are_borne_by_the_bodies_that_mark_them(corner: str) -> None:
    r = read("沛县行业监管责任分工表", f"{corner},扬尘,油烟,备注", "县住建局,√,,", "县城管局,√,√,试行")
    assert said(r, "BEARS") == {BUILDING, BOTH, KITCHENS}
    edge = next(e for e in r.edges if e.type == "BEARS" and len({v.quote for v in e.evidence}) > 2)
    assert {"√"} < {v.quote for v in edge.evidence}


def test_a_legend_gives_the_marks_of_bodies_in_rows_their_roles() -> None:
    rows = ("单位,扬尘,油烟", "县住建局,●,", "县城管局,○,●")
    r = read("沛县大气污染防治职责分工表", "注：●为牵头单位，○为配合单位", *rows)
    roles = {(body, role, what) for body, role, what in said(r, "BEARS")}
    assert roles == {(*BUILDING[:1], "牵头", "扬尘"), (BOTH[0], "配合", "扬尘"), (KITCHENS[0], "牵头", "油烟")}


def test_marks_in_a_table_that_hands_nothing_out_are_no_duties() -> None:
    with pytest.raises(SourceError):
        read("沛县环保培训签到表", "部门,第一讲,第二讲", "县住建局,√,√", "县城管局,√,")
