"""``kg extract DIR --report``: what a folder leaves unread, commonest first."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from called import call

import kg

SAMPLES = Path(kg.__file__).parent / "samples"
# a shape that no row of the tables reads: what is to be read of it is a place with no name
ONE = "望都县召开会议。片长老洪常态化督战。会议研究了其他工作。"
TWO = "望都县召开会议。片长老洪常态化督战，护林员昼夜督战。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(ONE, "utf-8")
    (tmp_path / "b.txt").write_text(TWO, "utf-8")
    (tmp_path / "c.txt").write_text("今天没有风。", "utf-8")
    return tmp_path


def test_constructions_are_counted_with_a_sentence_of_each_of_two_notices(folder: Path) -> None:
    done = call("extract", str(folder), "--report", "--format", "json")
    assert done.status == 0, done.err
    assert done.json["notices"] == 3 and done.json["failed"] == []
    [found] = [c for c in done.json["constructions"] if c["construction"] == "督战"]
    assert (found["kind"], found["count"], found["notices"]) == ("supervisory", 2, 2)
    assert [Path(x["file"]).name for x in found["examples"]] == ["a.txt", "b.txt"]
    for example, text in zip(found["examples"], (ONE, TWO), strict=True):
        assert text[example["at"] : example["till"]] == "督战"
        assert text[example["start"] :].startswith(example["quote"])


def test_the_commonest_come_first_and_each_is_counted_as_explained(tmp_path: Path) -> None:
    told = call("extract", str(SAMPLES), "--report", "--format", "json").json
    counts = [c["count"] for c in told["constructions"]]
    assert counts == sorted(counts, reverse=True) and counts
    notices = [p for p in sorted(SAMPLES.iterdir()) if p.suffix != ".md"]
    each = [call("extract", str(p), "--explain", "--format", "json").json["unread"] for p in notices]
    assert sum(counts) == sum(map(len, each))
    assert all(len(c["examples"]) == min(2, c["notices"]) or c["notices"] == 1 for c in told["constructions"])


def test_table_and_csv(folder: Path) -> None:
    out = call("extract", str(folder), "--report").out
    assert "督战" in out and f"{folder / 'a.txt'}#{ONE.index('督战')} “" in out and "in 3 notices" in out
    rows = list(csv.DictReader(io.StringIO(call("extract", str(folder), "--report", "--format", "csv").out)))
    [row] = [r for r in rows if r["construction"] == "督战"]
    assert row["count"] == "2" and row["quote1"] == "片长老洪常态化督战。" and row["file2"].endswith("b.txt")


def test_a_file_that_cannot_be_read_is_told_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 cut off")
    done = call("extract", str(folder), "--report")
    assert done.status == 1 and "bad.pdf" in done.err and len(done.err.splitlines()) == 1 and "督战" in done.out
    (folder / "empty").mkdir()
    assert call("extract", str(folder / "empty"), "--report").status == 2


def test_formats_and_options_that_do_not_go_together_are_told(folder: Path) -> None:
    assert call("extract", str(folder), "--report", "--explain").failed_in_one_line("exclude each other")
    assert call("extract", str(folder), "--report", "--format", "ttl").failed_in_one_line("--report")
    assert call("extract", str(folder / "a.txt"), "--format", "csv").failed_in_one_line("csv goes with --report ")
    assert call("extract", str(folder)).failed_in_one_line("--report")
