"""A small graph that every saved query has something to say about."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from store_readings import Draft

from kg.model import Reading
from kg.store import Store, open_store

COUNTY, CITY, PROVINCE, TOWN = "region:130631", "region:130600", "region:130000", "region:130631101"
COUNTY_GOV, CITY_GOV, PROVINCE_GOV = (f"agency:{code}/人民政府" for code in ("130631", "130600", "130000"))
BUREAU, OLD_BUREAU = "agency:130631/生态环境局", "agency:130631/环境保护局"
MAYOR, DEPUTY, CITY_DEPUTY = "post:130631/人民政府/县长", "post:130631/人民政府/副县长", "post:130600/人民政府/副市长"
LIN, GU, OUYANG, HE = "person:林知远@130631", "person:顾清和@130631", "person:欧阳牧@130600", "person:何以宁@130631"
MEETING, COAL, DUST = "meeting:2024-03-15/a1", "topic:散煤", "topic:扬尘"


def places(draft: Draft) -> Draft:
    draft.node(COUNTY, "望都县"), draft.node(CITY, "保定市"), draft.node(PROVINCE, "河北省"), draft.node(TOWN, "固店镇")
    draft.node(COUNTY_GOV, "望都县人民政府", ("县政府",)), draft.node(CITY_GOV, "保定市人民政府")
    draft.node(PROVINCE_GOV, "河北省人民政府")
    for below, above in ((TOWN, COUNTY), (COUNTY, CITY), (CITY, PROVINCE)):
        draft.edge(below, "WITHIN", above, derived=True)
    for body, region in ((COUNTY_GOV, COUNTY), (CITY_GOV, CITY), (PROVINCE_GOV, PROVINCE)):
        draft.edge(body, "GOVERNS", region, derived=True)
    for above, below in ((PROVINCE_GOV, CITY_GOV), (CITY_GOV, COUNTY_GOV)):
        draft.edge(above, "SUPERVISES", below, kind="rank", derived=True)
    return draft


def meeting() -> Reading:
    d = Draft("会", "2024-03-16", "望都县召开散煤治理推进会", publisher="望都县人民政府", url="https://example.org/1")
    d.say("3月15日,望都县召开散煤治理推进会。")
    places(d)
    d.node(MEETING, "散煤治理推进会", date="2024-03-15", mode="video")
    d.edge(COUNTY_GOV, "CONVENED", MEETING).edge(MEETING, "CONCERNS", COUNTY)
    d.say("副县长顾清和主持,县长林知远讲话。")
    d.node(MAYOR, "望都县人民政府县长", title="县长"), d.node(DEPUTY, "望都县人民政府副县长", title="副县长")
    d.node(LIN, "林知远"), d.node(GU, "顾清和")
    d.edge(LIN, "HOLDS", MAYOR, since="2023-01-10").edge(GU, "HOLDS", DEPUTY)
    d.edge(MAYOR, "POST_IN", COUNTY_GOV).edge(DEPUTY, "POST_IN", COUNTY_GOV)
    d.edge(GU, "CHAIRED", MEETING).edge(LIN, "SPOKE_AT", MEETING)
    d.say("县生态环境局参加。")
    d.node(BUREAU, "望都县生态环境局"), d.node(OLD_BUREAU, "望都县环境保护局")
    d.edge(BUREAU, "ATTENDED", MEETING).edge(BUREAU, "PART_OF", COUNTY_GOV, derived=True)
    d.edge(BUREAU, "SUCCEEDS", OLD_BUREAU, derived=True, date="2019-01-01")
    d.say("会议要求,县生态环境局9月底前取缔全部散煤销售点,固店镇配合。")
    first = d.node(
        "obligation:会/1", "取缔散煤销售点", text="9月底前取缔全部散煤销售点", deadline="9月底前", due="2024-09-30"
    )
    d.node(COAL, "散煤", notation="1"), d.node(DUST, "扬尘", notation="2")
    d.edge(MEETING, "ASSIGNED", first).edge(BUREAU, "BEARS", first, role="责任").edge(TOWN, "BEARS", first, role="配合")
    d.edge(first, "APPLIES_IN", COUNTY).edge(first, "ABOUT", COAL)
    d.say("林知远要求,各有关部门做到散煤抽检合格率不低于98%。")
    second = d.node("obligation:会/2", "抽检", text="散煤抽检合格率不低于98%")
    crowd = d.node("agency:130631/各有关部门", "各有关部门", generic=True)
    target = d.node("target:会/1", "散煤抽检合格率≥98%", indicator="散煤抽检合格率", op=">=", value=98.0, unit="%")
    d.edge(LIN, "ASSIGNED", second).edge(crowd, "BEARS", second, role="责任").edge(second, "HAS_TARGET", target)
    d.edge(second, "APPLIES_IN", COUNTY).edge(second, "ABOUT", COAL)
    d.node("target:会/2", "关停3家", indicator="关停数", value=3.0)  # no duty is said to have it
    return d.reading()


def older() -> Reading:
    d = Draft("旧", "2018-05-02", "望都县扬尘治理责任清单", doc_number="望政〔2018〕7号")
    d.say("县长何以宁。")
    places(d)
    d.node(MAYOR, "望都县人民政府县长", title="县长"), d.node(HE, "何以宁")
    d.edge(HE, "HOLDS", MAYOR, since="2016-01-01", until="2023-01-10").edge(MAYOR, "POST_IN", COUNTY_GOV)
    d.say("县环境保护局负责工地扬尘。")
    d.node(OLD_BUREAU, "望都县环境保护局"), d.node(DUST, "扬尘", notation="2")
    duty = d.node("obligation:旧/1", "工地扬尘", text="负责工地扬尘", status="已完成", due="2018-12-31")
    d.edge(OLD_BUREAU, "BEARS", duty, role="牵头").edge(duty, "ABOUT", DUST).edge(duty, "APPLIES_IN", TOWN)
    d.say("开展洒水作业。")
    d.node("obligation:旧/2", "洒水", text="开展洒水作业")
    d.edge("obligation:旧/2", "ABOUT", DUST)
    return d.reading()


def roster() -> Reading:
    d = Draft("册", "2024-05-01", "保定市包联名册").say("副市长欧阳牧包联望都县,顾清和包联固店镇。")
    places(d)
    d.node(OUYANG, "欧阳牧"), d.node(GU, "顾清和"), d.node(CITY_DEPUTY, "保定市人民政府副市长", title="副市长")
    d.edge(OUYANG, "HOLDS", CITY_DEPUTY).edge(CITY_DEPUTY, "POST_IN", CITY_GOV)
    d.edge(OUYANG, "IN_CHARGE_OF", COUNTY).edge(OUYANG, "SUPERVISES", COUNTY_GOV, kind="contract")
    d.edge(GU, "IN_CHARGE_OF", TOWN).edge(GU, "HAS_PORTFOLIO", COAL)
    d.say("4月份,望都县散煤抽检合格率为91.5%。")
    figure = d.node(
        "observation:册/1",
        "望都县4月份散煤抽检合格率91.5%",
        indicator="散煤抽检合格率",
        value=91.5,
        unit="%",
        period="4月份",
    )
    d.edge(figure, "OBSERVED_IN", COUNTY)
    d.say("何以宁因工地扬尘被诫勉谈话。")
    d.node(HE, "何以宁")
    d.edge(
        HE,
        "SANCTIONED",
        d.node("list:册/1", "问责清单", kind="问责清单"),
        form="诫勉谈话",
        reason="工地扬尘",
        by="保定市纪委",
    )
    return d.reading()


OTHER, WATER, HOUSING = "region:130632", "agency:130632/水利局", "agency:130632/住房和城乡建设局"
FAN = "person:范予安@130632"


def states() -> list[Reading]:
    """Two states of a list, years after all else, and the punishments over it."""
    made = []
    for key, day, items in (
        ("单1", "2030-03-31", [
            ("1", "封堵河道两侧排污口", "2030-05-31", "推进中", WATER), ("2", "清运河滩垃圾", "2030-04-30", "推进中", WATER),
            ("3", "拆除违建货运码头", "2030-06-30", "未启动", HOUSING), ("4", "改造雨污分流管网9公里", "2030-12-31", "推进中", HOUSING),
            ("5", "修复岸坡植被", "2030-05-31", "未启动", WATER),
        ]),
        ("单2", "2030-06-30", [
            ("1", "封堵河道两侧全部排污口", "2030-05-31", "已完成", WATER), ("2", "清运河滩垃圾", "2030-04-30", "推进中", WATER),
            ("3", "改造雨污分流管网9公里", "2031-06-30", "推进中", HOUSING), ("4", "修复岸坡植被", "2030-07-31", "未启动", HOUSING),
            ("5", "拆除沿河货运码头", "2030-08-31", "未启动", HOUSING), ("6", "安装水质在线监测站", "2030-09-30", "未启动", WATER),
        ]),
    ):  # fmt: skip
        month = int(day[5:7])
        d = Draft(key, day, f"安新县河道整治整改清单（2030年{month}月）").say("整改清单。")
        d.node(OTHER, "安新县"), d.node(WATER, "安新县水利局"), d.node(HOUSING, "安新县住房和城乡建设局")
        the_list = d.node(f"list:{key}/河道", d.title, title=d.title, kind="整改清单", date=day)
        for number, text, due, status, bearer in items:
            d.say(f"{number} {text}；")
            o = d.node(f"obligation:{key}/{number}", text, text=text, item=number, due=due, status=status)
            d.edge(o, "LISTED_IN", the_list).edge(bearer, "BEARS", o, role="责任")
        made.append(d.reading())
    d = Draft("罚", "2030-08-01", "安新县河道整治问责清单").say("范予安因河滩垃圾清运不力受到诫勉谈话,对应第2项。")
    d.node(FAN, "范予安")
    the_list = d.node("list:罚/河道", d.title, title=d.title, kind="问责清单", date="2030-08-01")
    d.edge(FAN, "SANCTIONED", the_list, form="诫勉谈话", reason="河滩垃圾清运不力", item="2")
    return [*made, d.reading()]


@pytest.fixture(scope="session", params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "neo4j":
        address: str | Path = request.getfixturevalue("neo4j_emptied")()
    else:
        address = tmp_path_factory.mktemp("queries") / "graph.kgl"
    with open_store(address) as made:
        for _, outcome in made.put_all([meeting(), older(), roster(), *states()]):
            assert outcome == "new", outcome
        yield made
