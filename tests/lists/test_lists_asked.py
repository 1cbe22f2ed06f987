"""Lists whose header asks instead of naming."""

from __future__ import annotations

from lists_readings import read, said

ASKED = (
    "沛县创建迎检重点工作推进表\n序号,板块,干什么,谁主办,谁协办,挂帅领导,什么时候完成,干到哪一步\n"
    "1,水,封停自备井6口,县水利局,县城管局、大屯街道,副县长 冉志高,2024年9月底,封停2口，比计划慢\n"
)


def test_a_header_that_asks_says_who_must_do_what_by_when_and_how_far_it_is() -> None:
    r = read(ASKED)
    duty = next(n for n in r.nodes if n.label == "Obligation")
    assert {(who, role) for who, role, _ in said(r, "BEARS")} == {
        ("沛县水利局", "牵头"),
        ("沛县城市管理局", "配合"),
        ("大屯街道办事处", "配合"),
        ("冉志高", "责任"),
    }
    assert (duty.props["due"], duty.props["status"]) == ("2024-09-30", "滞后")
    assert [n.props["kind"] for n in r.nodes if n.label == "AccountabilityList"] == ["责任清单"]
