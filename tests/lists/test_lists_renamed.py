"""Tables of bodies renamed and merged: which follows which, from what day, on which cells."""

from __future__ import annotations

from lists_readings import read

TABLE = """临邑县机构更名情况表
原机构名称,现机构名称,方式,更名时间
县城市管理局,县综合行政执法局,更名,2024年6月1日
县环境保护局、县水务局,县生态水务局,合并,2024年3月
"""


def test_a_table_of_renamed_bodies_says_which_follows_which() -> None:
    r = read(TABLE)
    names = {n.id: n.name for n in r.nodes}
    found = [e for e in r.edges if e.type == "SUCCEEDS"]
    assert {(names[e.source], names[e.target], e.props.get("date")) for e in found} == {
        ("临邑县综合行政执法局", "临邑县城市管理局", "2024-06-01"),
        ("临邑县生态水务局", "临邑县环境保护局", None),
        ("临邑县生态水务局", "临邑县水务局", None),
    }
    assert all(len(e.evidence) == 2 and not e.derived for e in found)
