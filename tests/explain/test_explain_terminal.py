"""``kg extract FILE --explain`` as text and as JSON."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from called import call, process
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.explain.marks import pieces
from kg.explain.model import Named, Unread
from kg.explain.why import why
from kg.loading import Defaults, explain, read
from kg.model import Node

SAMPLES = Path(kg.__file__).parent / "samples"
SUMMONS = SAMPLES / "07-summons.txt"
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def test_each_sentence_has_its_names_its_statements_and_what_is_unread() -> None:
    done = call("extract", str(SUMMONS), "--explain")
    assert done.status == 0 and "\x1b" not in done.out
    blocks = done.out.split("\n\n")
    block = next(b for b in blocks if b.startswith("约谈要求，沛县人民政府"))
    assert "Agency 沛县住建局 = 沛县住房和城乡建设局 agency:320322/住房和城乡建设局" in block
    assert "→ 徐州市打好污染防治攻坚战指挥部办公室 SUPERVISES discipline 沛县人民政府  looks-into" in done.out
    assert "? unread, supervisory: 对…立案" in block
    assert "\n  4 more derived by division-table\n" in done.out


def test_json_is_the_reading_with_mentions_and_unread_words() -> None:
    told = call("extract", str(SUMMONS), "--explain", "--format", "json").json
    plain = call("extract", str(SUMMONS), "--format", "json").json
    assert {k: told[k] for k in plain} == plain
    text = told["notice"]["text"]
    assert told["mentions"] and told["unread"]
    for found in [*told["mentions"], *told["unread"]]:
        assert text[found["start"] : found["end"]] == found["quote"]
    for found in told["unread"]:
        assert text[found["at"] : found["till"]] == found["word"]
        assert found["start"] <= found["at"] < found["till"] <= found["end"]
    assert {m["id"] for m in told["mentions"]} <= {n["id"] for n in plain["nodes"]}


@pytest.mark.parametrize("path", sorted(p for p in SAMPLES.iterdir() if p.suffix != ".md"), ids=lambda p: p.name)
def test_explaining_reads_the_same_and_its_offsets_are_the_notices_own(path: Path) -> None:
    told = explain(path, str(path), Defaults())
    assert told.reading == read(path, str(path), Defaults())
    assert told.sentences == sorted(told.sentences)
    text = told.reading.notice.text
    assert all(0 <= a < b <= len(text) for a, b in told.sentences)
    assert all((u.start, u.end) in told.sentences and u.start <= u.at < u.till <= u.end for u in told.unread)


def test_a_list_is_explained_too(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("序号,乡镇,包保领导,责任人\n1,龙固镇,邵和平,何敬之\n2,杨屯镇,沈知远,阮守拙\n", "utf-8")
    done = call("extract", str(path), "--explain")
    assert done.status == 0, done.err
    assert "邵和平" in done.out and "Person" in done.out


def test_what_stays_open_says_why() -> None:
    out = call("extract", "-", "--explain", input="会议要求，县生态环境局要加强巡查。益民同志参加会议。".encode()).out
    assert re.search(r"县生态环境局.*\(unresolved: nothing says which 县 it is; --place settles it\)", out)
    assert re.search(r"Person 益民.*\(partial: a given name without its surname\)", out)


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (Node("x", "Region", "鼓楼区", props={"unresolved": True}), "places are called so: .*福建省福州市鼓楼区"),
        (Node("x", "Region", "我市", props={"unresolved": True}), "nothing says which 市 it is"),
        (
            Node("x", "Region", "小石门经济开发区", props={"unresolved": True}),
            "the tables of divisions have no such place",
        ),
        (Node("x", "Agency", "督查组", props={"unresolved": True}), "nothing says of which place"),
        (Node("x", "Person", "李某", props={"partial": True}), "left out"),
        (Node("x", "Agency", "各有关部门", props={"generic": True}), "a class"),
        (Node("x", "Region", "沛县"), "^$"),
    ],
    ids=lambda value: value.name if isinstance(value, Node) else "",
)
def test_each_reason_is_told_in_both_languages(node: Node, said: str) -> None:
    zh, en = why(node)
    assert re.search(said, en) and bool(zh) == bool(en)


def test_escape_sequences_of_a_notice_do_not_reach_the_terminal() -> None:
    done = call("extract", "-", "--explain", input="县长\x1b[31m王海涛要求，各镇要\x1b]0;x\x07加强巡查。".encode())
    assert done.status == 0 and "\x1b" not in done.out and "\x07" not in done.out


def test_formats_that_do_not_go_together_are_told() -> None:
    assert call("extract", str(SUMMONS), "--format", "html").failed_in_one_line("--explain")
    assert call("extract", str(SUMMONS), "--explain", "--format", "ttl").failed_in_one_line("--explain")
    assert call("extract", str(SAMPLES), "--explain").failed_in_one_line("is a folder")


RUNS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda r: (r[0], min(40, sum(r)))), max_size=8)


@given(RUNS, st.lists(RUNS, max_size=5), RUNS)
def test_pieces_are_the_text_and_know_what_covers_them(
    named: list[tuple[int, int]], said: list[list[tuple[int, int]]], unread: list[tuple[int, int]]
) -> None:
    text = "".join(chr(0x4E00 + i) for i in range(40))
    mentions = [Named(a, b, "x", "resolved") for a, b in named]
    words = [Unread(0, 40, a, b, "directive", "要") for a, b in unread]
    cut = pieces(text, mentions, said, words)
    assert "".join(text[p.start : p.end] for p in cut) == text
    assert all(p.start < p.end for p in cut)
    for p in cut:
        assert set(p.named) == {i for i, (a, b) in enumerate(named) if a <= p.start and p.end <= b}
        assert set(p.said) == {i for i, s in enumerate(said) if any(a <= p.start and p.end <= b for a, b in s)}
        assert set(p.unread) == {i for i, (a, b) in enumerate(unread) if a <= p.start and p.end <= b}


if os.name == "posix":
    import pty
    import subprocess

    def shown(**environment: str) -> str:
        """What a terminal is sent."""
        ours, theirs = pty.openpty()
        arguments = [sys.executable, "-m", "kg", "extract", str(SUMMONS), "--explain"]
        kept = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        with subprocess.Popen(arguments, stdout=theirs, stderr=theirs, env={**kept, **environment}):
            os.close(theirs)
            seen = b""
            while True:
                try:
                    data = os.read(ours, 65536)
                except OSError:  # how Linux says that the other side has closed
                    break
                if not data:
                    break
                seen += data
        os.close(ours)
        return seen.decode("utf-8").replace("\r\n", "\n")

    def test_a_terminal_shows_colours_unless_they_are_not_wanted() -> None:
        plain = process("extract", str(SUMMONS), "--explain").out
        coloured = shown()
        assert "\x1b[" in coloured and ESCAPE.sub("", coloured) == plain
        assert shown(NO_COLOR="1") == plain
