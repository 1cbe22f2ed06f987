"""A relationship with one more contribution is what all of them come to when they are merged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Evidence
from kg.store import records as rec
from kg.store.adding import added
from kg.store.merge import EdgeSaid, merge_edge

KEY = "agency:甲|SUPERVISES|agency:乙|rank|stated"
WORDS = st.lists(st.integers(0, 3), max_size=2, unique=True)


@st.composite
def shares(draw: st.DrawFn) -> EdgeSaid:
    notice = f"notice:{draw(st.sampled_from('甲乙丙丁戊'))}"
    props = draw(st.fixed_dictionaries({}, optional={"status": st.sampled_from("一二"), "kind": st.just("rank")}))
    words = tuple(Evidence(notice, at, at + 1, "字") for at in draw(WORDS))
    premises = draw(st.sampled_from([(), ("x|PART_OF|y||stated",)]))
    day = draw(st.sampled_from(["", "2024-01-01", "2024-02-01"]))
    return EdgeSaid(
        notice, day, draw(st.sampled_from("规则")), draw(st.sampled_from([0.5, 0.9])), premises, props, words
    )


@given(st.lists(shares(), min_size=2, max_size=5, unique_by=lambda s: s.notice))
def test_one_more_contribution(every: list[EdgeSaid]) -> None:
    *before, more = every
    stored = rec.edge_row(KEY, False, merge_edge(before)) | {"superseded": "2024-03-01", "superseded_by": "x"}
    found = added({"type": "SUPERVISES", "source": "agency:甲", "target": "agency:乙", **stored}, more)
    assert found is None or found == rec.edge_row(KEY, False, merge_edge(every))
    newest = max(every, key=lambda s: (s.published, s.notice)) is more
    assert found is not None or len(before) == 1 or not newest or not stored.get("contributions")
