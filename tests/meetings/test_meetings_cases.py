"""Meetings report by report (meeting_cases.toml): how many, when, in what form, who called them and who came."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from marked_text import marked

from loaders.prose.page import Entity, Statement
from loaders.prose.relate import meetings

CASES = tomllib.loads((Path(__file__).parent / "meeting_cases.toml").read_text("utf-8"))["case"]


def around(meeting: Entity, found: list[Statement]) -> dict[str, Any]:
    """What a page says of a meeting, keyed as in the cases."""

    def who(*types: str) -> list[Entity]:
        return [s.source for s in found if s.target is meeting and s.type in types]

    came = who("ATTENDED")
    return {
        "date": meeting.props.get("date", ""),
        "mode": meeting.props.get("mode", ""),
        "chaired": {e.name for e in who("CHAIRED")},
        "people": {e.name for e in [*came, *who("CHAIRED", "SPOKE_AT")] if e.label == "Person"},
        "convened": {e.name for e in who("CONVENED") if e.label != "Person"},
        "bodies": {e.name for e in came if e.label != "Person"},
        "concerns": {s.target.name for s in found if s.source is meeting and s.type == "CONCERNS"},
    }


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_meetings_of_a_report(case: dict[str, Any]) -> None:
    page = marked(case["text"], title=case.get("title", ""))
    page.home = case.get("home", "")
    found = meetings.relate(page)
    there = [s.source for s in found if s.type == "STATED_IN"]
    assert len(there) == len(case["meetings"])
    for wanted in case["meetings"]:
        told = [around(m, found) for m in there if wanted["name"] in m.name]
        expected = {k: set(v) if isinstance(v, list) else v for k, v in wanted.items() if k != "name"}
        assert any(expected.items() <= t.items() for t in told), told
