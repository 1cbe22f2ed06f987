"""Each row of the tables of dates and deadlines against its own examples."""

from __future__ import annotations

from datetime import date

import pytest

from kg.dates import days_of, due_of, find_dates, find_deadlines
from kg.dates.rules import Rule, date_rules, deadline_rules, period_rules


def cases(rules: tuple[Rule, ...]) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.name}-{n}") for rule in rules for n, example in enumerate(rule.examples)
    ]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("rule", "example"), cases(date_rules()))
def test_each_date_row_reads_its_example(rule: Rule, example: tuple[str, ...]) -> None:
    text, reference, *expected = example
    found = [
        f"{text[m.start : m.end]} = "
        + ("vague" if m.precision == "vague" else m.iso + (f"/{m.iso_end}" if m.iso_end else ""))
        for m in find_dates(text, day(reference))
    ]
    assert found == expected


@pytest.mark.parametrize(("rule", "example"), cases(deadline_rules()))
def test_each_deadline_row_reads_its_example(rule: Rule, example: tuple[str, ...]) -> None:
    text, reference, *expected = example
    if rule.cell:
        read = [m for m in [due_of(text, day(reference))] if m]
    else:
        read = find_deadlines(text, day(reference))
    assert [(f"{m.text} = {m.due} {m.cadence}").rstrip() for m in read] == [e.rstrip() for e in expected]
    assert [m.rule for m in read] == [rule.name]


@pytest.mark.parametrize(
    ("words", "reference", "days", "ahead"),
    [pytest.param(*e, key == "ahead", id=f"{row['name']}-{n}-{key}")
     for _, row in period_rules() for key in ("examples", "ahead") for n, e in enumerate(row.get(key, []))],
)  # fmt: skip
def test_each_row_of_periods_reads_its_example(words: str, reference: str, days: str, ahead: bool) -> None:
    assert "/".join(days_of(words, day(reference), ahead=ahead)).strip("/") == days


@pytest.mark.parametrize(
    ("words", "days", "ahead"),
    [
        ("1月", "2024-01-01/2024-01-31", "2024-01-01/2024-01-31"),
        ("1月份", "2024-01-01/2024-01-31", "2024-01-01/2024-01-31"),
        ("一季度", "2024-01-01/2024-03-31", "2024-01-01/2024-03-31"),
        ("11月", "2023-11-01/2023-11-30", "2024-11-01/2024-11-30"),
        ("1—2月", "2024-01-01/2024-02-29", "2024-01-01/2024-02-29"),
        ("到2025年", "2025-01-01/2025-12-31", "2025-01-01/2025-12-31"),
        ("每周", "", ""),
        ("目前", "", ""),
    ],
)
def test_days_of_a_period_look_back_for_a_figure_and_ahead_for_a_target(words: str, days: str, ahead: str) -> None:
    now = date(2024, 2, 5)
    assert "/".join(days_of(words, now)).strip("/") == days
    assert "/".join(days_of(words, now, ahead=True)).strip("/") == ahead


def test_days_without_a_year_are_open_where_the_notice_has_no_date() -> None:
    assert days_of("3月", None) == days_of("全年", None) == days_of("前8个月", None) == ("", "")
    assert days_of("2024年3月", None) == ("2024-03-01", "2024-03-31")


def test_names_of_rows_are_unique() -> None:
    for rules in (date_rules(), deadline_rules()):
        assert len({rule.name for rule in rules}) == len(rules)
