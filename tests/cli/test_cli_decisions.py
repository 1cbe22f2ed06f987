"""Statements rejected and confirmed at the prompt."""

from __future__ import annotations

from pathlib import Path

import pytest
from called import Called, call

HELD = "杜仲明|HOLDS|沛县人民政府副县长"
KEY = "person:杜仲明@320322|HOLDS|post:320322/人民政府/副县长||stated"


@pytest.fixture
def kg(own: Path) -> object:
    return lambda *arguments: call("--store", str(own), *arguments)


def ids(done: Called) -> set[str]:
    return {edge["id"] for edge in done.json["edges"]}


def test_a_statement_is_rejected_listed_and_taken_back(kg) -> None:  # type: ignore[no-untyped-def]
    before = kg("export", "-o", "-", "--format", "json").out
    assert KEY in kg("show", "杜仲明", "--ids").out
    said = kg("decide", HELD, "--reject", "--by", "李", "--why", "原文说的是另一人")
    assert said.status == 0 and KEY in said.out and "rejected by 李" in said.out
    shown = kg("show", "杜仲明", "--format", "json")
    assert KEY not in ids(shown) and [d["why"] for d in shown.json["decisions"]] == ["原文说的是另一人"]
    assert "not shown, by decision" in kg("show", "杜仲明").out
    asked = kg("query", "people/posts-of", "-p", "person=杜仲明", "--format", "json")
    assert "沛县人民政府副县长" not in {row["post"] for row in asked.json}
    (row,) = kg("decisions", "--format", "json").json
    assert (row["statement"], row["verdict"], row["by"], row["state"]) == (KEY, "rejected", "李", "holds")
    assert row["source_name"] == "杜仲明" and row["evidence"]
    assert kg("decide", HELD, "--withdraw", "--by", "李").status == 0
    assert kg("decisions").out.startswith("nothing is decided")
    assert [d["verdict"] for d in kg("decisions", "--all", "--format", "json").json] == ["withdrawn", "rejected"]
    after = kg("export", "-o", "-", "--format", "json").out
    assert after.partition('"decisions"')[0] == before.partition('"decisions"')[0]


def test_what_is_confirmed_says_so_and_passes_for_sure(kg, own: Path) -> None:  # type: ignore[no-untyped-def]
    sure = ids(kg("show", "杜仲明", "--min-confidence", "1", "--format", "json"))
    assert KEY not in sure
    assert kg("decide", KEY, "--confirm", "--by", "王", "--format", "json").json["verdict"] == "confirmed"
    assert KEY in ids(kg("show", "杜仲明", "--min-confidence", "1", "--format", "json"))
    assert "已确认 confirmed by 王 20" in kg("show", "杜仲明").out
    assert kg("validate").status == 0
    assert HELD.split("|")[0] in kg("decisions", "--format", "csv").out and "王" in kg("decisions").out


@pytest.mark.parametrize("ending", ["json", "ttl", "nq", "jsonld"])
def test_decisions_go_from_store_to_store_in_files(kg, loaded: Path, tmp_path: Path, ending: str) -> None:  # type: ignore[no-untyped-def]
    kg("decide", HELD, "--reject", "--by", "李", "--why", "另一人：“同名”\n再核")
    file = tmp_path / f"decisions.{ending}"
    if ending == "json":
        file.write_text(kg("decisions", "--all", "--format", "json").out, "utf-8")
    else:
        assert kg("export", "-o", str(file)).status == 0
    other = tmp_path / "other.kgl"
    other.write_bytes(loaded.read_bytes())
    done = call("--store", str(other), "decisions", "--load", str(file), "--format", "json")
    assert done.json == kg("decisions", "--format", "json").json and "1 new, 0 known" in done.err
    assert "0 new, 1 known" in call("--store", str(other), "decisions", "--load", str(file)).err
    assert (
        kg("export", "-o", "-", "--format", "nq").out
        == call("--store", str(other), "export", "-o", "-", "--format", "nq").out
    )


def test_what_goes_wrong_is_told_in_one_line(kg, own: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "bad.json").write_text("[{}]")
    (tmp_path / "bad.ttl").write_text("no turtle")
    (tmp_path / "bad.txt").write_text("")
    stamp = own.stat().st_mtime_ns
    assert kg("decide", HELD, "--by", "李").failed_in_one_line("--reject, --confirm or --withdraw")
    assert kg("decide", HELD, "--confirm").failed_in_one_line("--by NAME is missing")
    assert kg("decide", HELD, "--reject", "--by", "李").failed_in_one_line("says why")
    assert kg("decide", HELD, "--withdraw", "--by", "李").failed_in_one_line("nothing to withdraw")
    assert kg("decide", "杜仲明", "--confirm", "--by", "李").failed_in_one_line("is no statement", "--ids")
    assert kg("decide", "杜仲明|GOVERNS|沛县", "--confirm", "--by", "李").failed_in_one_line("no notice states")
    for file, says in (("none.json", "No such file"), ("bad.json", "not a decision"), ("bad.ttl", "not a file of decisions"),
                       ("bad.txt", "decisions are read from .json")):  # fmt: skip
        assert kg("decisions", "--load", str(tmp_path / file)).failed_in_one_line(file, says)
    nowhere = call("--store", str(tmp_path / "none.kgl"), "decide", HELD, "--confirm", "--by", "李")
    assert nowhere.failed_in_one_line("no store yet") and not (tmp_path / "none.kgl").exists()
    assert own.stat().st_mtime_ns == stamp, "the store is untouched"
