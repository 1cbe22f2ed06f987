"""What an older state of a list says has ended with the newer one, on both stores and in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from kg.ask import run
from kg.loading import Defaults
from kg.lookup import find
from kg.report import gaps, write
from kg.store import Store
from loaders.lists import LOADER

STATES = {
    "2024年3月31日": "1,大沙河沿岸垃圾堆放,清运垃圾,沛县水务局,2024年5月底,推进中\n2,老城区扬尘,安装喷淋设施,沛县住建局,2024年5月底,推进中\n3,秸秆露天堆放,清理秸秆堆垛,龙固镇人民政府,2024年4月底,未启动\n",
    "2024年6月30日": "1,大沙河沿岸垃圾堆放,清运垃圾,沛县水务局,2024年8月底,推进中\n2,老城区扬尘,安装喷淋设施,沛县城管局,2024年5月底,已完成\n",
}
FIRST, SECOND = STATES
DROPPED, MOVED, HANDED = "清理秸秆堆垛", "清运垃圾", "安装喷淋设施"


def put(store: Store, *days: str, dated: bool = True) -> Store:
    for day in days:
        when = f"填报日期：{day}\n" if dated else ""
        text = f"沛县督察整改清单\n{when}序号,存在问题,整改措施,责任单位,整改时限,完成情况\n{STATES[day]}"
        found = LOADER.read(text.encode(), "清单.csv", Defaults())
        assert found is not None
        store.put(found)
    return store


def asked(store: Store, query: str, as_of: str, **given: str) -> set[tuple[str, str | None, str | None]]:
    """What duties there are, with who bears them and the day of the newer state that ended them."""
    rows = run(store, query, given, **({"as_of": as_of} if as_of else {})).rows
    return {(row["duty"], row["bearer"], row["superseded"]) for row in rows}


OLD = {
    (MOVED, "沛县水务局", "2024-06-30"), (HANDED, "沛县住房和城乡建设局", "2024-06-30"), (DROPPED, "龙固镇人民政府", "2024-06-30"),
}  # fmt: skip
NEW = {(MOVED, "沛县水务局", None), (HANDED, "沛县城市管理局", None)}


@pytest.mark.parametrize(
    ("day", "those"), [("", NEW), ("2024-06-30", NEW), ("2024-06-29", OLD), ("all", OLD | NEW), ("2024-03-01", set())]
)
@pytest.mark.parametrize("order", list(permutations(STATES)))
def test_duties_are_those_of_the_newest_state_of_the_day(
    make_store: Callable[[], Store], order: tuple[str, ...], day: str, those: set[tuple[str, str, str | None]]
) -> None:
    store = put(make_store(), *order)
    assert asked(store, "duties/in-region", day, region="沛县") == those
    bearer = find(store, "沛县住房和城乡建设局").id
    assert asked(store, "duties/of", day, subject=bearer) == {
        each for each in those if each[1] == "沛县住房和城乡建设局"
    }
    due = asked(store, "duties/due-before", day, date="2024-12-31", done="true")
    assert due == those


def test_what_a_newer_state_dropped_is_neither_overdue_nor_without_a_person(make_store: Callable[[], Store]) -> None:
    store = put(make_store(), FIRST, SECOND)
    told = write(gaps(store))
    assert DROPPED not in told and "沛县水务局" in told
    assert DROPPED in write(gaps(store, as_of="2024-05-10"))


def test_stated_only_knows_nothing_of_states(make_store: Callable[[], Store]) -> None:
    store = put(make_store(), FIRST, SECOND)
    rows = run(store, "duties/in-region", {"region": "沛县"}, stated_only=True).rows
    assert len(rows) == 5 and not any(row["superseded"] for row in rows)


def test_a_report_on_notices_without_dates_says_so(make_store: Callable[[], Store]) -> None:
    store = put(make_store(), FIRST, dated=False)
    assert "通知均未注明日期" in write(gaps(store)) and "（）" not in write(gaps(store))
