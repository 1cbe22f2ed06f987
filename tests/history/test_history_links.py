"""What is computed about lists in a store: the same whatever the order in which lists come, change and go."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from kg.ask import run
from kg.export import render
from kg.loading import Defaults
from kg.model import Edge, Reading
from kg.store import Store, open_store
from kg.store.copying import copy
from loaders.lists import LOADER

RULES = {"same-list", "same-item", "similar-item", "punished-item"}
HEADER = "序号,存在问题,整改措施,责任单位,整改时限,是否销号"
MARCH = """定兴县河道整治整改清单（2024年3月）
{h}
1,北河店镇段两侧堆积垃圾,清运河道两侧垃圾并设置围挡,北河店镇政府,2024年5月底,否
2,固城镇养殖尾水直排,督促养殖场建设三级沉淀池,固城镇政府,2024年6月底,否
3,县城雨污管网错接,改造错接管网6公里,县住建局,2024年12月底,否
"""
JUNE = """定兴县河道整治整改清单（2024年6月）
{h}
1,北河店镇段两侧堆积垃圾,清运河道两侧垃圾并设置硬质围挡,北河店镇政府,2024年5月底,是
2,固城镇养殖尾水直排,督促养殖场建设三级沉淀池,县农业农村局,2024年8月底,否
3,县城雨污管网错接,改造错接管网6公里,县住建局,2024年12月底,否
"""
SEPTEMBER = """定兴县河道整治整改台账（截至2024年9月30日）
{h}
1,固城镇养殖尾水直排,督促养殖场建成三级沉淀池,县农业农村局,2024年8月底,否
2,县城雨污管网错接,改造错接管网8公里,县住建局,2024年12月底,否
3,沿河餐饮油污入河,对沿河餐饮店安装隔油池,县城管局,2024年11月底,否
"""
PUNISHED = """定兴县河道整治问责清单（2024年10月9日）
序号,姓名,单位及职务,问责事由,问责方式,决定机关,对应清单序号
1,史敬川,固城镇副镇长,养殖尾水直排整改不力,诫勉谈话,县纪委监委,2
2,费鸿儒,县住建局副局长,私自外出,批评教育,县纪委监委,
"""
ELSEWHERE = """容城县河道整治整改清单（2024年6月）
{h}
1,北河店镇段两侧堆积垃圾,清运河道两侧垃圾并设置围挡,县水利局,2024年5月底,否
"""
EVERY = {"march": MARCH, "june": JUNE, "september": SEPTEMBER, "punished": PUNISHED, "elsewhere": ELSEWHERE}


def reading(name: str, text: str = "") -> Reading:
    found = LOADER.read((text or EVERY[name]).format(h=HEADER).encode(), f"{name}.csv", Defaults())
    assert found is not None
    return found


def computed(store: Store) -> list[Edge]:
    return [e for e in store.graph().edges if e.rule in RULES]


def told(store: Store) -> set[tuple[str, str, str]]:
    names = {n.id: str(n.props.get("title") or n.props.get("text") or n.name) for n in store.graph().nodes.values()}
    return {(names[e.source], e.type, names[e.target]) for e in computed(store)}


CHAIN = {
    ("定兴县河道整治整改清单（2024年6月）", "REVISION_OF", "定兴县河道整治整改清单（2024年3月）"),
    ("清运河道两侧垃圾并设置硬质围挡", "REVISION_OF", "清运河道两侧垃圾并设置围挡"),
    ("督促养殖场建设三级沉淀池", "REVISION_OF", "督促养殖场建设三级沉淀池"),
    ("改造错接管网6公里", "REVISION_OF", "改造错接管网6公里"),
    ("定兴县河道整治整改台账（截至2024年9月30日）", "REVISION_OF", "定兴县河道整治整改清单（2024年6月）"),
    ("督促养殖场建成三级沉淀池", "REVISION_OF", "督促养殖场建设三级沉淀池"),
    ("改造错接管网8公里", "REVISION_OF", "改造错接管网6公里"),
    ("史敬川", "SANCTIONED", "督促养殖场建设三级沉淀池"),
}


def test_lists_and_items_are_linked_on_both_stores(make_store: Callable[[], Store]) -> None:
    store = make_store()
    for name in EVERY:
        store.put(reading(name))
    assert told(store) == CHAIN
    graph = store.graph()
    keys = {e.key for e in graph.edges}
    for e in computed(store):
        assert e.derived and 0 < e.confidence <= 1 and set(e.premises) <= keys
        assert all(graph.notices[v.notice].text[v.start : v.end] == v.quote for v in e.evidence)
        assert len({v.notice for v in e.evidence}) == 2


def test_no_order_of_loading_makes_a_difference(tmp_path: Path) -> None:
    readings = {name: reading(name) for name in EVERY}
    seen = set()
    for n, order in enumerate([*permutations(EVERY)][::17]):
        with open_store(tmp_path / f"{n}.kgl") as store:
            for name in order:
                store.put(readings[name])
            seen.add(render(store.graph(), "json"))
    with open_store(tmp_path / "all.kgl") as store:
        assert all(outcome == "new" for _, outcome in store.put_all(readings.values()))
        seen.add(render(store.graph(), "json"))
    assert len(seen) == 1


@pytest.mark.parametrize("gone", EVERY)
def test_what_a_list_took_part_in_goes_with_it(make_store: Callable[[], Store], gone: str) -> None:
    store, readings = make_store(), {name: reading(name) for name in EVERY}
    for one in readings.values():
        store.put(one)
    before = render(store.graph(), "json")
    store.remove(readings[gone].notice.id)
    after = told(store)
    titles = {str(n.props["title"]) for n in readings[gone].nodes if n.label == "AccountabilityList"}
    assert not any(title in ends for ends in after for title in titles)
    if gone == "june":
        assert (
            "定兴县河道整治整改台账（截至2024年9月30日）",
            "REVISION_OF",
            "定兴县河道整治整改清单（2024年3月）",
        ) in after
    assert (("史敬川", "SANCTIONED", "督促养殖场建设三级沉淀池") in after) == (gone != "punished")
    store.put(readings[gone])
    assert render(store.graph(), "json") == before


def test_a_corrected_list_is_matched_anew(tmp_path: Path) -> None:
    numbered = "{title}\n文号：定环发〔2024〕{n}号\n{rest}"

    def numbered_reading(name: str, n: int, text: str) -> Reading:
        title, _, rest = text.partition("\n")
        return reading(name, numbered.format(title=title, n=n, rest=rest))

    corrected = JUNE.replace("清运河道两侧垃圾并设置硬质围挡", "聘请专人看守").replace(
        "北河店镇段两侧堆积垃圾", "码头未封闭"
    )
    with open_store(tmp_path / "a.kgl") as one, open_store(tmp_path / "b.kgl") as other:
        one.put(numbered_reading("march", 3, MARCH))
        assert one.put(numbered_reading("june", 6, JUNE)) == "new"
        assert one.put(numbered_reading("june", 6, corrected)) == "changed"
        other.put(numbered_reading("june", 6, corrected))
        other.put(numbered_reading("march", 3, MARCH))
        assert not any("聘请专人看守" in ends for ends in told(one)) and len(told(one)) == 3
        assert render(one.graph(), "json") == render(other.graph(), "json")


def test_a_copy_computes_the_same(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.kgl") as one, open_store(tmp_path / "b.kgl") as other:
        for name in EVERY:
            one.put(reading(name))
        copy(one, other)
        assert render(one.graph(), "json") == render(other.graph(), "json")
        other.remove(reading("march").notice.id)
        assert ("督促养殖场建成三级沉淀池", "REVISION_OF", "督促养殖场建设三级沉淀池") in told(other)


ROSTER = "{title}\n序号,行政村,包村干部,联系电话\n{rows}"
SPRING = ROSTER.format(
    title="定兴县固城镇秸秆禁烧包村干部名册（2023年5月20日）",
    rows="1,胡楼村,江怀远（副镇长）,13800000051\n2,毛庄村,尤国栋,13800000052\n3,邵口村,尤国栋,13800000053\n",
)
AUTUMN = ROSTER.format(
    title="定兴县固城镇秸秆禁烧包村干部名册（2023年9月18日）",
    rows="1,胡楼村,江怀远（副镇长）,13800000051\n2,毛庄村,席慕青,13800000054\n3,新河村,席慕青,13800000054\n",
)


def test_two_states_of_a_roster_are_compared_place_by_place(make_store: Callable[[], Store]) -> None:
    store = make_store()
    store.put(reading("autumn", AUTUMN))
    store.put(reading("spring", SPRING))
    rows = run(store, "lists/changes", {"list": "包村干部名册"})
    assert [(r["duty"], r["change"], r["bearer"], r["bearer_before"]) for r in rows] == [
        ("胡楼村", "unchanged 无变化", "江怀远", "江怀远"),
        ("毛庄村", "bearer_changed 换人承担", "席慕青", "尤国栋"),
        ("新河村", "new 新增", "席慕青", ""),
        ("邵口村", "dropped 不再列出", "尤国栋", ""),
    ]
    assert all(r["quote"] in store.notice(r["notice_id"]).text for r in rows)


def test_what_is_less_sure_can_be_left_out(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.kgl") as store:
        for name in ("march", "june"):
            store.put(reading(name))
        changed = JUNE.replace("清运河道两侧垃圾并设置硬质围挡", "清运河道沿岸垃圾")
        store.put(reading("june", changed.replace("2024年6月", "2024年7月")))
        sure = run(store, "lists/changes", {"list": "2024年7月"}, min_confidence=0.99)
        assert [r["change"] for r in sure if "new" in r["change"]] == ["new 新增, done 已完成"]
        assert not any("new" in r["change"] for r in run(store, "lists/changes", {"list": "2024年7月"}))
