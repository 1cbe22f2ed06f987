"""Punishments told in prose are linked to the items of lists they are for where reason, number and bearer leave no doubt."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

from kg.ask import run
from kg.export import render
from kg.loading import Defaults
from kg.model import Reading
from kg.store import Store, open_store
from loaders.lists import LOADER
from loaders.prose import read

LIST = """定兴县河道整治整改清单（2024年3月）
序号,存在问题,整改措施,责任单位,整改时限,是否销号
1,北河店镇段两侧堆积垃圾,清运河道两侧垃圾并设置围挡,北河店镇政府,2024年5月底,否
2,固城镇养殖尾水直排,督促养殖场建设三级沉淀池,固城镇政府,2024年6月底,否
3,县城雨污管网错接,改造错接管网6公里,县住建局,2024年12月底,否
4,散煤销售点取缔不到位,取缔全部散煤销售点,县市场监管局,2024年6月底,否
5,固城镇禁养区养殖场未关闭,关闭禁养区内养殖场2家,固城镇政府,2024年6月底,否
"""
NOTICE = """定兴县通报生态环境保护领域履职不力典型案例
日前，定兴县纪委监委对履职不力典型案例进行通报。
一、固城镇养殖尾水直排整改不力问题。固城镇副镇长史敬川巡查不到位，受到党内警告处分。
二、整改清单第三项雨污管网错接整改滞后问题。县住建局副局长费鸿儒对工程进度监管不严负有直接责任，给予政务记过处分。
三、县市场监管局四级调研员康敬之私设小金库问题。2024年5月，康敬之受到党内严重警告处分。
四、固城镇养殖监管问题。固城镇镇长袁立夏对养殖场监管不力，被诫勉谈话。
定兴县纪委监委
2024年7月9日
"""
ROW = """定兴县河道整治问责清单（2024年8月9日）
序号,姓名,单位及职务,问责事由,问责方式,决定机关,对应清单序号
1,史敬川,固城镇副镇长,养殖尾水直排整改不力,党内警告,县纪委监委,2
"""


def readings() -> dict[str, Reading]:
    found = {"notice": read(NOTICE.encode(), "a.txt", place="河北省保定市定兴县")}
    for name, text in (("list", LIST), ("row", ROW)):
        table = LOADER.read(text.encode(), f"{name}.csv", Defaults())
        assert table is not None
        found[name] = table
    return found


def punished(store: Store) -> dict[str, str]:
    rows = run(store, "lists/changes", {"list": "定兴县河道整治整改清单"}).rows
    return {row["item"]: row["punished"] for row in rows if row["punished"]}


def test_items_are_punished_by_what_a_notice_tells(make_store: Callable[[], Store]) -> None:
    store, made = make_store(), readings()
    store.put(made["list"]), store.put(made["notice"])
    assert punished(store) == {"2": "史敬川 党内警告", "3": "费鸿儒 政务记过"}
    graph = store.graph()
    keys = {e.key for e in graph.edges}
    links = [e for e in graph.edges if e.rule == "punished-item"]
    for e in links:
        assert e.derived and set(e.premises) <= keys and len({v.notice for v in e.evidence}) == 2
        assert all(graph.notices[v.notice].text[v.start : v.end] == v.quote for v in e.evidence)
    told = next(e for e in links if "费鸿儒" in e.source)
    store.decide(told.premises[0], "rejected", "李审核", "所指另有其事")
    assert punished(store) == {"2": "史敬川 党内警告"}
    store.remove(made["notice"].notice.id)
    assert punished(store) == {}


def test_an_item_is_named_by_words_of_its_problem_or_measure_or_by_its_number_alone(
    make_store: Callable[[], Store],
) -> None:
    for told, item in (
        ("针对改造错接管网工作推进缓慢问题，对县住建局副局长费鸿儒给予政务记过处分。", "3"),
        ("县住建局副局长费鸿儒因雨污管网错接整改进度滞后，受到政务记过处分。", "3"),
        ("定兴县河道整治整改清单第3项整改不力，县住建局副局长费鸿儒被给予政务记过处分。", "3"),
        ("整改清单第5项禁养区养殖场关闭不及时，固城镇镇长费鸿儒被给予政务记过处分。", "5"),
        ("固城镇镇长费鸿儒因工作不力，受到政务记过处分。", ""),
        ("固城镇镇长费鸿儒因养殖问题整改不力，受到政务记过处分。", ""),
    ):
        store = make_store()
        notice = read(
            f"定兴县通报\n\n定兴县纪委监委\n2024年7月9日\n\n{told}".encode(), "b.txt", place="河北省保定市定兴县"
        )
        store.put(readings()["list"]), store.put(notice)
        assert punished(store) == ({item: "费鸿儒 政务记过"} if item else {}), told


def test_what_a_list_says_too_is_linked_once_and_no_order_makes_a_difference(tmp_path: Path) -> None:
    made, seen = readings(), set()
    for n, order in enumerate(permutations(made)):
        with open_store(tmp_path / f"{n}.kgl") as store:
            for name in order:
                store.put(made[name])
            links = [e.key for e in store.graph().edges if e.rule == "punished-item"]
            assert len(links) == len(set(links)) == 2
            seen.add(render(store.graph(), "json"))
    assert len(seen) == 1
