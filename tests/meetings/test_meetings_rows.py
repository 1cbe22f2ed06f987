"""Every row of tables/meetings.toml reads its own example."""

from __future__ import annotations

import pytest
from marked_text import marked

from loaders.prose.page import Statement
from loaders.prose.relate import meetings
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import Slots

TABLE = table("meetings")
LEAD = "5月8日，市里召开扬尘治理推进会。"


def rows(*sections: str) -> list[object]:
    return [pytest.param(row, id=row.name) for section in sections for row in TABLE[section]]


def read(text: str) -> list[Statement]:
    return meetings.relate(marked(text))


def told(found: list[Statement]) -> set[str]:
    """'TYPE who' for what people and bodies did."""
    return {f"{s.type} {s.source.name}" for s in found if s.source.label != "Meeting"}


@pytest.mark.parametrize("row", rows("minutes", "events"))
def test_event_is_found_with_its_day(row: Row) -> None:
    found = read(row.example)
    named = {f"{s.source.props.get('date')} {s.source.name}" for s in found if s.type == "STATED_IN"}
    assert set(row.gives) <= named
    assert list(row.pattern.finditer(marked(row.example).text))


@pytest.mark.parametrize("row", rows("summons", "visits"))
def test_parties_of_a_summons(row: Row) -> None:
    assert told(read(row.example)) >= set(row.gives)
    assert list(row.pattern.finditer(Slots(marked(row.example)).text))


@pytest.mark.parametrize("row", rows("roles", "heard", "convenes"))
def test_role_at_the_meeting(row: Row) -> None:
    assert told(read(LEAD + row.example)) == set(row.gives)


@pytest.mark.parametrize("row", rows("gives"))
def test_who_feeds_back_convenes(row: Row) -> None:
    assert set(row.gives) <= told(read(row.example))


@pytest.mark.parametrize("row", rows("crowd"))
def test_who_only_a_list_names(row: Row) -> None:
    assert {f"ATTENDED {w}" for w in row.gives} <= told(read(row.example))
    assert {m["C"] for m in row.pattern.finditer(marked(row.example).text)} >= set(row.gives)


@pytest.mark.parametrize("row", rows("callers"))
def test_caller_whom_nobody_has_read(row: Row) -> None:
    assert told(read(row.example)) == {f"CONVENED {w}" for w in row.gives}


@pytest.mark.parametrize("row", rows("trips"))
def test_place_that_an_inspection_came_to(row: Row) -> None:
    found = [s for s in read(row.example) if s.type == "CONCERNS"]
    assert {s.target.name for s in found} == set(row.gives)
    assert {s.rule for s in found} == {row.name}
