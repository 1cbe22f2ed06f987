"""Targets and figures of notices side by side, on each store: the same period, never another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.ask import catalogue, run
from kg.loading import Defaults, files, load
from kg.store import Store

MEETING = """临邑县召开空气质量调度会

发布日期：2024-01-09　来源：临邑县人民政府

1月8日，临邑县召开空气质量调度会。县长阮守拙主持会议。
阮守拙强调，要坚持以周保月、以月保季、以季保年，确保全县每周PM2.5平均浓度不高于60微克/立方米，1月PM2.5平均浓度不高于58微克/立方米，\
一季度PM2.5平均浓度不高于55微克/立方米，2024年PM2.5平均浓度不高于42微克/立方米。
"""
JANUARY = """临邑县通报空气质量情况

发布日期：2024-02-05　来源：临邑县人民政府

1月份，全县PM2.5平均浓度为57微克/立方米。1月第四周全县PM2.5平均浓度为62微克/立方米。
"""
QUARTER = """临邑县召开一季度调度会

发布日期：2024-04-09　来源：临邑县人民政府

4月8日，县长阮守拙主持召开一季度调度会。一季度，全县PM2.5平均浓度为53微克/立方米。德平镇1—3月PM2.5平均浓度为49微克/立方米。
"""
PLAN = """临邑县人民政府关于印发大气污染防治“三保三包”工作方案的通知

临政发〔2024〕8号

发布日期：2024-03-11　来源：临邑县人民政府

各乡镇人民政府、各街道办事处，县各有关部门：
为完成全年目标，实行“三保三包”工作机制。
一、“三保”目标。以周保月、以月保季、以季保年。PM2.5年均浓度控制在42微克/立方米以下，一季度PM2.5平均浓度控制在55微克/立方米以下，\
3月份控制在50微克/立方米以下，3月第三周控制在48微克/立方米以下。德平镇PM2.5年均浓度控制在40微克/立方米以下。
二、“三包”责任。县领导包乡镇，部门包重点区域，乡镇干部包村。副县长糜仲远包德平镇。
"""
ROSTER = """临邑县秸秆禁烧县领导包镇方案

发布日期：2024-05-11　来源：临邑县人民政府

副县长糜仲远包德平乡，县委副书记关未央包林子镇，副县长宿怀英包柳桥镇。宿安镇待定。
"""
MEASURED = "place tier period value secures secures_value measured measured_period"


def asked(store: Store, name: str, columns: str, **given: str) -> list[tuple[Any, ...]]:
    rows = run(store, catalogue()[name], given).rows
    return [tuple(row[c] for c in columns.split()) for row in rows]


def write(folder: Path, *notices: str) -> Path:
    for n, text in enumerate(notices):
        (folder / f"{n}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def loaded(make_store: Callable[[], Store], tmp_path: Path) -> Callable[..., Store]:
    def load_all(*notices: str) -> Store:
        store = make_store()
        assert load(store, files([str(write(tmp_path, *notices))]), Defaults()).failed == []
        return store

    return load_all


def test_a_target_has_the_figure_of_its_own_period_beside_it(loaded: Callable[..., Store]) -> None:
    store = loaded(MEETING, JANUARY, QUARTER)
    assert asked(store, "schemes/roll-up", MEASURED, region="临邑县") == [
        ("临邑县", "周", "每周", 60.0, "1月", 58.0, 62.0, "1月第四周"),
        ("临邑县", "月", "1月", 58.0, "一季度", 55.0, 57.0, "1月份"),
        ("临邑县", "季", "一季度", 55.0, "2024年", 42.0, 53.0, "一季度"),
        ("临邑县", "年", "2024年", 42.0, None, None, 53.0, "一季度"),
    ]
    assert asked(store, "targets/figures", "place period value", region="德平镇") == [("德平镇", "1—3月", 49.0)]


@pytest.mark.parametrize(
    ("told", "beside"),
    [
        (JANUARY, [("周", 62.0, "1月第四周"), ("月", 57.0, "1月份"), ("季", 57.0, "1月份"), ("年", 57.0, "1月份")]),
        (QUARTER, [("周", None, None), ("月", None, None), ("季", 53.0, "一季度"), ("年", 53.0, "一季度")]),
    ],
)
def test_a_longer_period_is_shown_as_far_as_it_went_and_a_shorter_not_by_it(
    loaded: Callable[..., Store], told: str, beside: list[tuple[Any, ...]]
) -> None:
    store = loaded(MEETING, told)
    assert asked(store, "schemes/roll-up", "tier measured measured_period", region="临邑县") == beside


def test_targets_that_a_scheme_states_plainly_belong_to_the_place_they_are_set_for(
    loaded: Callable[..., Store],
) -> None:
    store = loaded(PLAN)
    assert asked(
        store, "schemes/roll-up", "place indicator tier period value secures secures_value", region="临邑县"
    ) == [
        ("临邑县", "PM2.5浓度", "周", "3月第三周", 48.0, "3月份", 50.0),
        ("临邑县", "PM2.5浓度", "月", "3月份", 50.0, "一季度", 55.0),
        ("临邑县", "PM2.5浓度", "季", "一季度", 55.0, "全年", 42.0),
        ("临邑县", "PM2.5浓度", "年", "全年", 42.0, None, None),
        ("德平镇", "PM2.5浓度", "年", "全年", 40.0, None, None),
    ]
    rows = asked(store, "targets/of-region", "value through quote", region="临邑县")
    assert sorted(r[0] for r in rows) == [40.0, 42.0, 48.0, 50.0, 55.0]
    assert all(through == "region" and quote for _, through, quote in rows)
    assert [r[0] for r in asked(store, "targets/of-region", "value", region="德平镇")] == [40.0]


def test_a_list_that_is_a_later_state_of_another_hides_no_target_without_a_duty(
    loaded: Callable[..., Store], tmp_path: Path
) -> None:
    store = loaded(PLAN)
    for month in ("3", "6"):
        path = tmp_path / f"list{month}.csv"
        path.write_text(
            f"临邑县河道整治整改清单（2024年{month}月）\n序号,存在问题,整改措施,责任单位,完成时限\n"
            "1,河道两侧有排污口,封堵河道两侧排污口,县水利局,2024年12月底前\n2,河滩有垃圾,清运河滩垃圾,县水利局,2024年9月底前\n",
            "utf-8",
        )
        load(store, files([str(path)]), Defaults())
    assert store.query("MATCH (:Obligation)-[r:REVISION_OF]->(:Obligation) RETURN count(r) AS n").rows[0]["n"] == 2
    assert len(asked(store, "schemes/roll-up", "value", region="临邑县")) == 5


def test_contracts_of_a_scheme_whose_headings_split_it(loaded: Callable[..., Store]) -> None:
    rows = asked(loaded(PLAN), "schemes/contracts-of", "who place class", subject="三保三包")
    assert sorted(rows, key=str) == [
        ("乡镇干部", "村", None), ("县领导", "乡镇", None), ("糜仲远", "德平镇", "县领导"), ("部门", "重点区域", None),
    ]  # fmt: skip


def test_towns_by_the_names_they_had_and_towns_that_no_table_has_are_towns(loaded: Callable[..., Store]) -> None:
    store = loaded(ROSTER)
    assert asked(store, "schemes/load", "who towns villages places") == [
        ("关未央", 1, 0, "林子镇"), ("宿怀英", 1, 0, "柳桥镇"), ("糜仲远", 1, 0, "德平乡"),
    ]  # fmt: skip
    for name in ("德平乡", "德平镇"):  # as the notice has it; as the division tables of today do
        assert asked(store, "schemes/load", "who towns", region=name) == [("糜仲远", 1)]
    gaps = {
        place for gap, place in asked(store, "schemes/coverage-gaps", "gap_en place", region="临邑县") if "town" in gap
    }
    assert {"宿安镇", "临南镇"} <= gaps and gaps.isdisjoint({"宿安乡", "德平镇", "德平乡", "柳桥镇", "林子镇"})
