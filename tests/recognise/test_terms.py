"""From when a post is held, and from when it no longer is."""

from __future__ import annotations

import pytest

from kg.loading import Defaults, read

MEETING, APPOINTMENTS = "沛县召开会议", "沛县人民政府关于燕归南等同志职务任免的通知"
SIGNED = "\n沛县人民政府\n2024年2月19日"


def terms(text: str, title: str = MEETING, published: str = "2024-03-06") -> dict[str, tuple[object, object]]:
    day = f"发布日期：{published}　来源：沛县人民政府\n\n" if published else ""
    found = read(f"{title}\n\n{day}{text}\n".encode(), "通知.txt", Defaults(place="江苏省徐州市沛县"))
    names = {n.id: n.name for n in found.nodes}
    return {
        f"{names[e.source]} {names[e.target].removeprefix('沛县').removeprefix('人民政府')}": (
            e.props.get("since"),
            e.props.get("until"),
        )
        for e in found.edges
        if e.type == "HOLDS"
    }


@pytest.mark.parametrize(
    ("text", "title", "those"),
    [
        (
            "自2024年2月20日起，燕归南任沛县人民政府副县长，司徒兰不再担任沛县人民政府副县长职务。",
            MEETING,
            {"燕归南 副县长": ("2024-02-20", None), "司徒兰 副县长": (None, "2024-02-20")},
        ),
        ("燕归南自2024年2月20日起担任县生态环境局局长。", MEETING, {"燕归南 生态环境局局长": ("2024-02-20", None)}),
        ("司徒兰今年2月起任沛县副县长。", MEETING, {"司徒兰 副县长": ("2024-02-01", None)}),
        (
            "任命燕归南为沛县人民政府副县长，任职时间自2024年2月20日起算。",
            MEETING,
            {"燕归南 副县长": ("2024-02-20", None)},
        ),
        (
            "2月19日，县人大常委会决定任命燕归南为沛县人民政府副县长，免去司徒兰的沛县人民政府副县长职务。",
            MEETING,
            {"燕归南 副县长": ("2024-02-19", None), "司徒兰 副县长": (None, "2024-02-19")},
        ),
        (
            "任命燕归南为沛县人民政府副县长；\n免去司徒兰的沛县人民政府副县长职务。" + SIGNED,
            APPOINTMENTS,
            {"燕归南 副县长": ("2024-02-19", None), "司徒兰 副县长": (None, "2024-02-19")},
        ),
        ("任命燕归南为沛县人民政府副县长。", APPOINTMENTS, {"燕归南 副县长": ("2024-03-06", None)}),
        ("司徒兰同志不再担任沛县人民政府副县长职务。", MEETING, {"司徒兰 副县长": (None, "2024-03-06")}),
        ("3月5日，沛县召开会议。县长燕归南主持，副县长司徒兰任组长。" + SIGNED, MEETING, {"燕归南 县长": (None, None)}),
        ("燕归南同志拟任沛县人民政府副县长。", APPOINTMENTS, {"燕归南 副县长": (None, None)}),
    ],
)
def test_an_appointment_says_since_when_and_a_dismissal_until_when(
    text: str, title: str, those: dict[str, tuple[str | None, str | None]]
) -> None:
    found = terms(text, title)
    assert {key: found.get(key) for key in those} == those


def test_without_any_date_nothing_is_said_of_the_day() -> None:
    assert terms("免去司徒兰的沛县人民政府副县长职务。", APPOINTMENTS, "") == {"司徒兰 副县长": (None, None)}
