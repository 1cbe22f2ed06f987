"""Dates and deadlines through their public doors: what completes what, what is left open, and the laws."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates import due_of, find_dates, find_deadlines, iso, parse_date
from kg.errors import QueryError

DAYS = st.dates(date(1995, 1, 1), date(2035, 12, 31))
CHINESE = "〇一二三四五六七八九"


def spell(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return CHINESE[ones]
    return ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[ones] if ones else "")


WRITINGS = [
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month:02}月{d.day:02}日",
    lambda d: d.isoformat(),
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日".translate({48 + i: 0xFF10 + i for i in range(10)}),
    lambda d: "".join(CHINESE[int(c)] for c in str(d.year)) + f"年{spell(d.month)}月{spell(d.day)}日",
]


@given(DAYS, st.sampled_from(WRITINGS))
def test_a_full_date_in_any_writing_is_that_day(day: date, write: object) -> None:
    text = write(day)  # type: ignore[operator]
    assert parse_date(text) == day
    assert [(m.start, m.end, m.iso) for m in find_dates(f"于{text}印发。")] == [(1, 1 + len(text), day.isoformat())]
    assert find_deadlines(f"{text}前完成", None)[0].due == day.isoformat()


@given(DAYS, st.integers(0, 330))
def test_a_date_without_year_looks_back_from_publication(reference: date, days: int) -> None:
    day = reference - timedelta(days=days)
    if (day.month, day.day) != (2, 29):
        assert parse_date(f"{day.month}月{day.day}日", reference) == day


@given(DAYS, st.integers(0, 300))
def test_a_deadline_without_year_looks_ahead(reference: date, days: int) -> None:
    day = reference + timedelta(days=days)
    if (day.month, day.day) != (2, 29):
        assert find_deadlines(f"{day.month}月{day.day}日前", reference)[0].due == day.isoformat()


@given(st.text(alphabet="今去明年月日号上中下旬底末前至到—0123456789一二十个周季度每内工作日，。 ", max_size=40), DAYS)
def test_any_text_is_read_without_error_and_spans_lie_in_order(text: str, reference: date) -> None:
    for found in (find_dates(text, reference), find_deadlines(text, reference)):
        ends = 0
        for mention in found:
            assert ends <= mention.start < mention.end <= len(text)
            ends = mention.end
    due_of(text, reference)


@given(DAYS)
def test_iso_is_the_identity_on_iso_dates(day: date) -> None:
    assert iso(day.isoformat()) == day.isoformat()
    assert iso(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()


@pytest.mark.parametrize(
    "typed", ["2024-02-30", "2024-13-01", "昨天", "", "9月28日", "2024年9月", "2024-09-30 or so", "today"]
)
def test_a_wrong_date_is_one_line_that_says_how_to_write_it(typed: str) -> None:
    with pytest.raises(QueryError) as error:
        iso(typed)
    assert "\n" not in str(error.value)
    assert "2024-09-30" in str(error.value)


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("1月29日", date(2021, 2, 1), date(2021, 1, 29)),
        ("去年12月", date(2017, 3, 1), date(2016, 12, 1)),
        ("今年3月", date(2017, 3, 1), date(2017, 3, 1)),
        ("本月15日", date(2017, 3, 20), date(2017, 3, 15)),
        ("9月28日", None, None),
        ("次日", date(2017, 3, 1), None),
        ("2月30日", date(2017, 3, 1), None),
        ("四点要求", date(2017, 3, 1), None),
        ("近日", date(2017, 3, 1), None),
    ],
)
def test_parse_date(text: str, reference: date | None, expected: date | None) -> None:
    assert parse_date(text, reference) == expected


@pytest.mark.parametrize(
    "text",
    [
        "提出四点要求",
        "2个月",
        "三个方面",
        "第3日",
        "每月5日",
        "星期",
        "日常工作",
        "2号锅炉",
        "十四五",
        "2030年碳达峰前后各项",
        "12345热线",
        "PM2.5浓度33微克",
        "3.1万吨",
        "连续3日超标",
        "3日内",
        "1+30区域",
        "月季花",
        "世界环境日活动",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert [m for m in find_dates(text, date(2024, 5, 1)) if m.precision == "day"] == []


@pytest.mark.parametrize(
    "text",
    ["截至9月25日，浓度下降。", "两年前的事", "提前部署", "此前多次强调", "3个月前已经完成", "前后一致", "目前是9月末"],
)
def test_what_is_no_deadline(text: str) -> None:
    assert find_deadlines(text, date(2024, 9, 27)) == []


def test_a_year_that_nothing_settles_stays_open() -> None:
    (mention,) = find_dates("9月28日,市里召开会议。")
    assert (mention.iso, mention.precision) == ("", "day")
    (deadline,) = find_deadlines("9月底前完成。")
    assert deadline.due == ""


@pytest.mark.parametrize(
    ("cell", "due", "cadence"),
    [
        ("2024年12月底", "2024-12-31", ""),
        ("2024年2月底前", "2024-02-29", ""),
        ("2024年二季度", "2024-06-30", ""),
        ("2024年7月", "2024-07-31", ""),
        ("2024年11月中旬前", "2024-11-20", ""),
        ("2024年6月30日前", "2024-06-30", ""),
        ("2024/6/30", "2024-06-30", ""),
        ("45473", "2024-06-30", ""),
        ("9月底", "2024-09-30", ""),
        ("2024年6月底前完成，长期坚持", "2024-06-30", "continuous"),
        ("2024年10月—2025年3月", "2025-03-31", ""),
        ("2025年", "2025-12-31", ""),
        ("立行立改", "", "immediate"),
        ("立即执行", "", "immediate"),
        ("长期坚持", "", "continuous"),
        ("每月5日前", "", "monthly"),
        ("预警期间", "", "event"),
    ],
)
def test_cells_of_lists(cell: str, due: str, cadence: str) -> None:
    found = due_of(cell, date(2024, 3, 1))
    assert found is not None
    assert (found.due, found.cadence) == (due, cadence)


@pytest.mark.parametrize("cell", ["", "—", "无", "/", "同上", "张三"])
def test_cells_that_say_no_time(cell: str) -> None:
    assert due_of(cell, date(2024, 3, 1)) is None
