"""On a terminal: alignment of double-width characters, and questions about what is missing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from called import call
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.table import comma, markdown, table
from kg.draw.type import columns

TEXT = st.text(st.sampled_from("县政府abc 12，。“”-é"), max_size=60)


@given(st.lists(st.tuples(TEXT, TEXT, st.integers(0, 99)), min_size=1, max_size=8), st.integers(50, 140))
def test_columns_begin_at_the_same_place_and_fit_the_room(rows: list[tuple[str, str, int]], room: int) -> None:
    lines = table(["一", "second", "n"], rows, room=room, full=True).splitlines()
    assert all(columns(line) <= room + 2 for line in lines)  # closing punctuation may hang out
    starts = [i for i, c in enumerate(lines[1]) if c == "─" and (i == 0 or lines[1][i - 1] == " ")]
    for line in lines[2:]:
        at = 0
        for c in line:
            if at in starts and at:
                assert True
            at += columns(c)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_a_table_fits_the_terminal(width: int, loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for arguments in (["notices"], ["query", "who-supervises", "-p", "subject=龙固镇"], ["stats"]):
        for line in call("--store", str(loaded), *arguments).out.splitlines():
            assert columns(line) <= width + 2 or "/" in line, line


def test_a_second_column_stands_under_its_head() -> None:
    lines = table(["名", "b"], [["望都县人民政府", "x"], ["A", "y"]], room=60).splitlines()
    assert [columns(line[: line.index(c)]) for line, c in ((lines[0], "b"), (lines[2], "x"), (lines[3], "y"))] == [
        16
    ] * 3


def test_what_does_not_fit_side_by_side_stands_in_blocks() -> None:
    heads = [f"column{n}" for n in range(12)]
    text = table(heads, [["望都县人民政府办公室"] * 12], room=60)
    assert text.count("望都县人民政府办公室") == 12
    assert all(columns(line) <= 60 for line in text.splitlines())


def test_csv_and_markdown_keep_their_form() -> None:
    assert (
        comma(["a", "b"], [["x,y", None], ['"', ["甲", "乙"]], ["=1+1", True]])
        == 'a,b\n"x,y",\n"""",甲、乙\n\'=1+1,true'
    )
    assert markdown(["a"], [["x|y"], ["<b>"]]) == "| a |\n| --- |\n| x\\|y |\n| &lt;b> |"


if os.name == "posix":
    import pty
    import select
    import subprocess

    def typed(arguments: list[str], answers: list[bytes]) -> tuple[int, str]:
        """Run on a terminal of its own; each answer is typed once a question has been asked."""
        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "kg", *arguments], stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
        ) as process:
            os.close(theirs)
            seen, waiting = b"", list(answers)
            while select.select([ours], [], [], 60)[0]:
                try:
                    data = os.read(ours, 65536)
                except OSError:  # how Linux says that the other side has closed
                    break
                seen += data
                if not data:
                    break
                if waiting and seen.endswith(b": "):
                    os.write(ours, waiting.pop(0))
            os.close(ours)
        return process.returncode, seen.decode("utf-8")

    def test_a_missing_parameter_is_asked_for_with_suggestions(loaded: Path) -> None:
        status, seen = typed(["--store", str(loaded), "query", "who-supervises"], ["龙固镇\n".encode()])
        assert status == 0
        assert "subject" in seen
        assert "郭砚秋" in seen
        status, seen = typed(["--store", str(loaded), "query", "duties/of"], ["不存在\n".encode(), b"1\n"])
        assert status == 0
        assert "nothing is called" in seen

    def test_the_bar_shows_on_a_terminal(tmp_path: Path, samples: Path) -> None:
        status, seen = typed(["--store", str(tmp_path / "s.kgl"), "load", str(samples / "07-summons.txt")], [])
        assert status == 0
        assert "reading" in seen and "1/1" in seen and "1 new" in seen

    def test_leaving_a_question_unanswered_ends_in_130(loaded: Path) -> None:
        status, seen = typed(["--store", str(loaded), "query", "who-supervises"], [b"\x04"])
        assert status == 130
        assert "interrupted" in seen
