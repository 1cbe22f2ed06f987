"""Meetings read from whole reports."""

from __future__ import annotations

import pytest
from marked_text import marked

from loaders.prose.page import Entity, Statement
from loaders.prose.relate import meetings

REPORT = (
    "5月8日，{Region:云溪县}召开臭氧污染防控调度会。{Agency:县委}{Post:副书记}、{Post:县长}{Person:罗文柏}主持会议并讲话，"
    "{Post:副县长}{Person:康敬之}出席。\n"
    "会上，{Agency:县生态环境局}通报了形势，{Region:石桥镇}、{Region:大因镇}主要负责人作表态发言。\n"
    "{Person:罗文柏}强调，各镇要每月汇报进展，{Agency:县水利局}要定期参加会商。\n"
    "会议以视频形式召开，{Region*:各镇}设分会场。"
)


def the_meeting(found: list[Statement]) -> Entity:
    return next(s.source for s in found if s.type == "STATED_IN")


def who(found: list[Statement], kind: str) -> set[str]:
    return {s.source.name for s in found if s.type == kind}


def test_report_of_a_meeting() -> None:
    found = meetings.relate(marked(REPORT))
    meeting = the_meeting(found)
    assert (meeting.name, meeting.props) == ("臭氧污染防控调度会", {"date": "2024-05-08", "mode": "video"})
    assert who(found, "CONVENED") == {"云溪县"}
    assert who(found, "CHAIRED") == {"罗文柏"}
    assert who(found, "SPOKE_AT") == {"罗文柏", "县生态环境局", "石桥镇", "大因镇"}
    assert who(found, "ATTENDED") == {"康敬之", "县生态环境局", "石桥镇", "大因镇", "各镇"}
    assert [s.target.name for s in found if s.type == "CONCERNS"] == ["云溪县"]


def test_one_meeting_under_two_names() -> None:
    found = meetings.relate(
        marked("5月8日，县里召开扬尘治理推进会。推进会由{Post:副县长}{Person:康敬之}主持。会议开到晚上。")
    )
    assert len({id(s.source) for s in found if s.type == "STATED_IN"}) == 1
    assert who(found, "CHAIRED") == {"康敬之"}


def test_two_summonses_keep_their_parties_apart() -> None:
    found = meetings.relate(
        marked(
            "5月8日，{Agency:华北督察局}{Post:局长}{Person:方远征}约谈{Agency:云溪县政府}。{Post:县长}{Person:罗文柏}表示，诚恳接受。\n"
            "5月9日，{Agency:华东督察局}约谈{Agency:石桥县政府}。"
        )
    )
    came = {(s.target.props["date"], s.source.name) for s in found if s.type in ("ATTENDED", "SPOKE_AT")}
    assert came == {
        ("2024-05-08", "华北督察局"),
        ("2024-05-08", "方远征"),
        ("2024-05-08", "云溪县政府"),
        ("2024-05-08", "罗文柏"),
        ("2024-05-09", "华东督察局"),
        ("2024-05-09", "石桥县政府"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "{Agency:县生态环境局}要定期召开扬尘治理调度会。",
        "各单位须在5月20日前召开专题会议。",
        "{Agency:县政府}将适时约谈{Agency:石桥镇政府}。",
        "{Agency:县委}{Post:书记}{Person:罗文柏}多次作出批示。",
    ],
)
def test_duties_and_plans_are_no_meetings(text: str) -> None:
    assert meetings.relate(marked(text)) == []


def test_who_sent_word_did_not_attend() -> None:
    found = meetings.relate(
        marked(
            "5月8日，县里召开扬尘治理推进会。{Post:副县长}{Person:康敬之}传达了{Post:县长}{Person:罗文柏}批示。\n{Person:罗文柏}指出，要从严管控。"
        )
    )
    assert who(found, "SPOKE_AT") == {"康敬之"}


def test_days_count_from_when_the_report_was_sent() -> None:
    for words, day in (("9日下午", "--11-09"), ("昨日", "--11-10"), ("30日上午", "--10-30")):
        report = marked(f"本报11月11日讯　{words}，{{Region:石桥县}}召开扬尘治理推进会。", published="")
        assert the_meeting(meetings.relate(report)).props["date"] == day


def test_speech_takes_its_meeting_from_the_headline() -> None:
    page = marked(
        "同志们：\n这次会议是{Agency:县委}研究决定召开的。下面我讲三点。", title="在全县扬尘治理推进会上的讲话"
    )
    found = meetings.relate(page)
    assert the_meeting(found).name == "全县扬尘治理推进会"
    assert who(found, "CONVENED") == {"县委"}


@pytest.mark.parametrize("day", ["5月8日", "5月8号"])
def test_day_without_a_year_stays_without_one(day: str) -> None:
    page = marked(f"{day}，县里召开扬尘治理推进会。", published="")
    assert the_meeting(meetings.relate(page)).props["date"] == "--05-08"


def test_talk_of_a_year_past_gives_a_meeting_no_year() -> None:
    page = marked("1月7日，县里召开扬尘治理推进会。\n2013年冬季，曾出现雾霾。", published="")
    assert the_meeting(meetings.relate(page)).props["date"] == "--01-07"
