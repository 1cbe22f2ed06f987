"""Lists that come, change and go one by one are linked as though they had come all at once."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from store_readings import Draft

from kg.export import render
from kg.model import Reading
from kg.store import open_store

ITEMS = [
    "清运河道两侧垃圾并设置围挡",
    "清运河道两侧垃圾并设置硬质围挡",
    "督促养殖场建设三级沉淀池",
    "改造错接管网6公里",
    "改造错接管网8公里",
]
DAYS = ["", "2024-03-31", "2024-06-30", "2024-09-30"]
MONTHS = ["", "（2024年3月）", "（2024年6月）", "第2期"]


@st.composite
def listings(draw: st.DrawFn, key: str) -> Reading:
    """A notice with a list of measures, of punishments or of places, or with none."""
    draft = Draft(key, draw(st.sampled_from(DAYS[1:])))
    kind = draw(st.sampled_from(["整改清单", "整改清单", "责任清单", "问责清单", "包保名册", ""]))
    draft.say("附件。")
    person = f"person:{draw(st.sampled_from('赵钱'))}@1"
    if draw(st.booleans()):
        post = draft.node("post:1/局/局长", title="局长")
        draft.edge(person, "HOLDS", post).edge(post, "POST_IN", "agency:1/局")
    if not kind:
        return draft.reading()
    place, month = draw(st.sampled_from(["甲县", "乙县"])), draw(st.sampled_from(MONTHS))
    given = {"date": draw(st.sampled_from(DAYS)), "adcode": draw(st.sampled_from(["", "130626", "130629"]))}
    title = f"{place}河道整治{kind}{month}"
    uid = draft.node(
        f"list:{key}/{title}/{given.get('adcode', '')}",
        title,
        title=title,
        kind=kind,
        **{k: v for k, v in given.items() if v},
    )
    for n, text in enumerate(draw(st.lists(st.sampled_from(ITEMS), unique=True, max_size=3))):
        if kind == "问责清单":
            item = {"item": draw(st.sampled_from("12"))} if draw(st.booleans()) else {}
            draft.edge(person, "SANCTIONED", uid, form=f"诫勉{n}", reason=text, **item)
        else:
            duty = draft.node(f"obligation:{key}/{n}", text[:9], text=text, item=str(n + 1))
            draft.edge(duty, "LISTED_IN", uid)
            if draw(st.booleans()):
                draft.edge("agency:1/局", "BEARS", duty, role="责任")
    return draft.reading()


@st.composite
def courses(draw: st.DrawFn) -> list[Reading | str]:
    """Notices that come, come again otherwise, and go (their ids)."""
    steps: list[Reading | str] = []
    for key in draw(st.lists(st.sampled_from("abcdef"), min_size=3, max_size=10)):
        there = {s.notice.id for s in steps if isinstance(s, Reading)}
        gone = f"notice:{key}" in there and draw(st.booleans())
        steps.append(f"notice:{key}" if gone else draw(listings(key)))
    return steps


def graph(steps: Sequence[Reading | str], at_once: Sequence[Reading] = ()) -> tuple[str, dict[str, Reading]]:
    """The graph that steps come to after these were loaded together, and the notices that are in it."""
    there: dict[str, Reading] = {}
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "g.kgl") as store:
        assert all(outcome == "new" for _, outcome in store.put_all(at_once, batch=100))
        for step in steps:
            if isinstance(step, Reading):
                if store.put(step) != "superseded":
                    there[step.notice.id] = step
            elif there.pop(step, None):
                store.remove(step)
        return render(store.graph(), "json"), there


@settings(max_examples=60)
@given(courses())
def test_lists_one_by_one_come_to_the_same_as_all_at_once(steps: list[Reading | str]) -> None:
    found, there = graph(steps)
    assert found == graph([], [*there.values()])[0]
