"""Answers that are kept while the graph stays as it is, that come part by part, or that are asked before anybody waits for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from web_served import Served

from kg.errors import QueryError, SubjectError
from kg.remembered import Growing, Remembered
from kg.web.warm import Warming, questions, spelled
from kg.workbench import Workbench


def test_an_answer_is_kept_for_one_version_and_the_oldest_goes() -> None:
    asked: list[str] = []

    def ask(name: str) -> str:
        asked.append(name)
        return name

    kept = Remembered(2)
    for name, version in [("a", 1), ("b", 1), ("a", 1), ("c", 1), ("a", 1), ("b", 1), ("a", 2)]:
        assert kept.answer(name, version, lambda name=name: ask(name)) == name  # type: ignore[misc]
    assert asked == ["a", "b", "c", "b", "a"]
    kept.forget("a")
    assert kept.answer("a", 2, lambda: "anew") == "anew"


def test_what_grows_is_told_as_far_as_it_is_known() -> None:
    go_on = Event()

    def states() -> Iterator[int]:
        yield 1
        go_on.wait(30)
        yield 2

    found = Growing(states())
    assert found.newest(0.01) == 1
    go_on.set()
    assert found.newest(30) == 2


def test_what_goes_wrong_is_told_to_whoever_waits() -> None:
    def states() -> Iterator[int]:
        yield 1
        raise QueryError("no such day")

    with pytest.raises(QueryError, match="no such day"):
        Growing(states()).newest(30)


def test_a_report_grows_section_by_section_and_ends_as_the_whole(samples: str) -> None:
    with Workbench(samples) as bench:
        whole = bench.gaps(most=50)
        early = bench.gaps(most=50, patience=0.0)
        assert len(early.sections) + len(early.awaited) == len(whole.sections)
        assert bench.gaps(most=50, patience=30.0) == whole
        with pytest.raises(SubjectError):
            bench.gaps("没有这个县", patience=30.0)


def test_the_page_of_gaps_asks_again_until_all_is_there(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.web.drawings.PATIENCE", 30.0)
    whole = served.ask("/drawing/gaps")
    grown = served.ask("/drawing/gaps?growing=true")
    assert grown.text == whole.text and "refresh" not in {k.lower() for k in grown.headers}
    assert "growing=true" in re.search(r'<iframe[^>]+src="([^"]+)"', served.ask("/gaps").text)[1]  # type: ignore[index]


def test_all_that_is_asked_beforehand_can_be_asked(samples: str, tmp_path: Path) -> None:
    with Workbench(samples) as bench:
        for ask in [*questions(bench), *spelled(bench)]:
            ask()
        warming = Warming(bench)
        warming.start()
        warming.stop()
    with Workbench(tmp_path / "nothing.kgl") as bench:
        missing = Warming(bench)
        missing.start()
        missing.stop()
