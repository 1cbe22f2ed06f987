"""A small county with one gap of every kind, on each store there is."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from store_readings import Draft

from kg.model import Reading
from kg.store import Store, open_store

COUNTY, TOWN, OTHER, VILLAGE, ZONE = (
    "region:371424", "region:371424103", "region:371424104", "region:371424103/双庙李村", "region:371424/临北开发区"
)  # fmt: skip
GOV, WATER, FARM = "agency:371424/人民政府", "agency:371424/水利局", "agency:371424/农业农村局"


def plan() -> Reading:
    d = Draft("方案", "2024-03-01", "临邑县治水方案", url="https://example.org/plan")
    d.say("县水利局要在6月底前封堵排口。")
    d.node(COUNTY, "临邑县"), d.node(GOV, "临邑县人民政府", kind="government")
    d.node(WATER, "临邑县水利局"), d.node(FARM, "临邑县农业农村局")
    d.edge(
        WATER,
        "BEARS",
        d.node("obligation:1", "封堵排口", text="封堵排口", due="2024-06-30", deadline="6月底前"),
        role="责任",
    )
    d.edge("obligation:1", "STATED_IN", d.id).edge(GOV, "GOVERNS", COUNTY, derived=True)
    d.edge(WATER, "PART_OF", GOV, derived=True).edge(FARM, "PART_OF", GOV, derived=True)
    d.say("县农业农村局要指导减药。")
    d.edge(FARM, "BEARS", d.node("obligation:2", "减药", text="指导减药"), role="责任").edge(
        "obligation:2", "STATED_IN", d.id
    )
    d.say("对反复出现的问题要提级办理。")
    d.edge(GOV, "ASSIGNED", d.node("obligation:3", "提级", text="提级办理")).edge("obligation:3", "STATED_IN", d.id)
    d.say("水利局局长颜秋浦。")
    chief = d.node("post:371424/水利局/局长", "临邑县水利局局长", title="局长")
    d.edge(d.node("person:颜秋浦@371424", "颜秋浦"), "HOLDS", chief).edge(chief, "POST_IN", WATER)
    return d.reading()


def roster() -> Reading:
    d = Draft("名册", "2024-04-01", "临邑县包联名册")
    d.say("副县长糜仲远包德平镇。")
    d.node(COUNTY, "临邑县"), d.node(TOWN, "德平镇"), d.node(OTHER, "林子镇", inferred=True)
    d.node(VILLAGE, "双庙李村", level="village"), d.node(ZONE, "临北开发区", level="zone")
    for place in (TOWN, OTHER, ZONE):
        d.edge(place, "WITHIN", COUNTY, derived=True)
    d.edge(VILLAGE, "WITHIN", TOWN, derived=True).edge(d.node("person:糜仲远@371424", "糜仲远"), "IN_CHARGE_OF", TOWN)
    return d.reading()


def change() -> Reading:
    d = Draft("后任", "2024-05-10", "县水利局巡河")
    d.say("县水利局局长宿怀英巡河。")
    d.node(WATER, "临邑县水利局")
    chief = d.node("post:371424/水利局/局长", "临邑县水利局局长", title="局长")
    d.edge(d.node("person:宿怀英@371424", "宿怀英"), "HOLDS", chief).edge(chief, "POST_IN", WATER)
    return d.reading()


def mayors() -> Reading:
    d = Draft("两县长", "2024-07-20", "同日两会")
    d.say("县长阮守拙讲话。")
    seat = d.node("post:371424/人民政府/县长", "临邑县人民政府县长", title="县长")
    d.node(GOV, "临邑县人民政府", kind="government")
    d.edge(d.node("person:阮守拙@371424", "阮守拙"), "HOLDS", seat).edge(seat, "POST_IN", GOV)
    d.say("县长关未央主持。").edge(d.node("person:关未央@371424", "关未央"), "HOLDS", seat)
    return d.reading()


def elsewhere() -> Reading:
    d = Draft("邻县", "2024-02-01", "陵县方案")
    d.say("陵县水利局清淤。").node("agency:371403/水利局", "陵县水利局")
    d.edge("agency:371403/水利局", "BEARS", d.node("obligation:9", "清淤", text="清淤", due="2024-02-20"), role="责任")
    return d.edge("obligation:9", "STATED_IN", d.id).reading()


@pytest.fixture(scope="session", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "neo4j":
        address: str | Path = request.getfixturevalue("neo4j_emptied")()
    else:
        address = tmp_path_factory.mktemp("report") / "graph.kgl"
    with open_store(address) as made:
        assert {out for _, out in made.put_all([plan(), roster(), change(), mayors(), elsewhere()])} == {"new"}
        yield made
