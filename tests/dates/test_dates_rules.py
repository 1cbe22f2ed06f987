"""Each row of the tables of dates and deadlines against its own examples."""

from __future__ import annotations

from datetime import date

import pytest

from kg.dates import due_of, find_dates, find_deadlines
from kg.dates.rules import Rule, date_rules, deadline_rules


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


def test_names_of_rows_are_unique() -> None:
    for rules in (date_rules(), deadline_rules()):
        assert len({rule.name for rule in rules}) == len(rules)
