"""``--min-confidence``: what is less sure is left out, wherever statements are printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from called import Called, call

from kg.ask import catalogue

Ask = Callable[..., Called]
LEAST = 0.92


def edges(ask: Ask, tmp_path: Path, *more: str) -> list[dict[str, Any]]:
    """The relationships of an export."""
    assert ask("export", "-o", str(tmp_path / "g.json"), *more).status == 0
    found: list[dict[str, Any]] = json.loads((tmp_path / "g.json").read_text("utf-8"))["edges"]
    return found


def test_an_export_keeps_what_is_sure_and_the_things_it_speaks_of(ask: Ask, tmp_path: Path) -> None:
    everything = edges(ask, tmp_path)
    sure = edges(ask, tmp_path, "--min-confidence", str(LEAST))
    keys = ("source", "type", "target", "confidence", "rule")
    wanted = [[e[k] for k in keys] for e in everything if e["confidence"] >= LEAST]
    assert 0 < len(wanted) < len(everything)
    assert sorted([e[k] for k in keys] for e in sure) == sorted(wanted)
    nodes = {n["id"] for n in json.loads((tmp_path / "g.json").read_text("utf-8"))["nodes"]}
    assert nodes <= {e[end] for e in sure for end in ("source", "target")}
    assert edges(ask, tmp_path, "--min-confidence", "0") == everything


def test_a_reading_and_its_explanation(samples: Path) -> None:
    path = str(samples / "07-summons.txt")
    everything = call("extract", path, "--format", "json").json
    for more in ((), ("--explain",)):
        sure = call("extract", path, "--format", "json", "--min-confidence", str(LEAST), *more).json
        assert sure["edges"] == [e for e in everything["edges"] if e["confidence"] >= LEAST]
        assert 0 < len(sure["edges"]) < len(everything["edges"])


def test_one_thing(ask: Ask) -> None:
    everything = ask("show", "沛县人民政府", "--format", "json").json["edges"]
    sure = ask("show", "沛县人民政府", "--format", "json", "--min-confidence", str(LEAST)).json["edges"]
    assert sure == [e for e in everything if e["confidence"] >= LEAST] and 0 < len(sure) < len(everything)


def test_a_chain_has_only_steps_that_are_sure_and_says_so(ask: Ask) -> None:
    sure = ask("chain", "龙固镇", "--format", "json", "--min-confidence", "0.95").json
    links = [e for s in sure["steps"] for e in s["links"]]
    assert links and all(e["confidence"] >= 0.95 for e in links)
    assert sure["min_confidence"] == 0.95
    assert len(sure["steps"]) < len(ask("chain", "龙固镇", "--format", "json").json["steps"])
    assert "置信度不低于 0.95" in ask("chain", "龙固镇", "--min-confidence", "0.95").out


def test_the_page_of_the_graph(ask: Ask, tmp_path: Path) -> None:
    args = ("viz", "-o", str(tmp_path / "g.html"), "--format", "json")
    everything, sure = ask(*args).json, ask(*args, "--min-confidence", str(LEAST)).json
    assert 0 < sure["edges"] < everything["edges"] and 0 < sure["nodes"] < everything["nodes"]


def test_a_saved_query(ask: Ask) -> None:
    args = ("query", "duties/of", "-p", "subject=沛县人民政府", "--format", "json")
    everything = ask(*args).json
    assert everything and ask(*args, "--min-confidence", "0").json == everything
    assert ask(*args, "--min-confidence", "1").json == []


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_saved_query_can_leave_out_what_is_less_sure(name: str) -> None:
    cypher = catalogue()[name].cypher
    assert cypher.count("$min_confidence") >= cypher.count("OR NOT $stated_only")
    assert "$min_confidence" in cypher


def test_what_cannot_be_left_out_is_told(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "all.cypher").write_text(
        "// title: all\n// description: all\n// columns: [n]\nMATCH (n:Person) RETURN n.name AS n", "utf-8"
    )
    asked = ("--queries", str(tmp_path), "query", "own/all")
    assert call(
        "--store", ":memory:", "query", "duties/of", "-p", "subject=x", "--min-confidence", "2"
    ).failed_in_one_line("0<=x<=1")
    assert ask(*asked).status == 0
    assert ask(*asked, "--min-confidence", "0.5").failed_in_one_line("leave --min-confidence out")
