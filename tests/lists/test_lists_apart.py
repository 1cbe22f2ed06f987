"""Long lists, read by a process of their own: the same graph as read at once, whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

import loaders.lists
from kg import apart
from kg.errors import SourceError, VocabularyError
from kg.loading import Defaults, Tally, load
from kg.model import Edge, Graph, Node, Reading
from kg.store import Store, open_store
from kg.store.embedded import EmbeddedStore
from kg.store.parts import Parts, Statements, pack, pack_error
from loaders.lists import LOADER

HEAD = "广济省永和县秸秆禁烧包保责任名册（2024年9月5日）\n序号,乡镇,行政村,包村干部,联系电话\n"
SHORT = HEAD + "1,清河镇,上庄村,周长顺（副镇长）,\n"


def roster(rows: int = 80, person: str = "何") -> str:
    towns = ("清河镇", "东岭乡", "白沙镇")
    lines = (
        f"{n},{towns[n % 3]},{'上中下前后'[n % 5]}{'庄寨湾桥'[n // 20]}{n}村,{person}{'伟芳敏静'[n % 4]}{'明华'[n % 2]}（副镇长）,"
        for n in range(rows)
    )
    return HEAD + "\n".join(lines) + "\n"


@pytest.fixture(autouse=True)
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred rows are long."""
    monkeypatch.setattr(EmbeddedStore, "long", 100)
    monkeypatch.setattr(loaders.lists, "_LONG", {".csv": 100})


def loaded(store: Store, path: Path, text: str) -> Tally:
    path.write_text(text, "utf-8")
    return load(store, [(str(path), path, "")], Defaults())


def graph_of(store: Path, source: Path, *texts: str) -> Graph:
    with open_store(store) as opened:
        for text in texts:
            assert not loaded(opened, source, text).failed
        return opened.graph()


def test_read_apart_comes_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (roster(), SHORT, roster(60, "吕"))
    one = graph_of(tmp_path / "a.kgl", tmp_path / "名册.csv", *steps)
    assert graph_of(tmp_path / "b.kgl", tmp_path / "名册.csv", *reversed(steps)) == one
    monkeypatch.setattr(loaders.lists, "_LONG", {})
    monkeypatch.setattr(EmbeddedStore, "long", 1 << 60)
    assert graph_of(tmp_path / "c.kgl", tmp_path / "名册.csv", *steps) == one
    assert len(one.notices) == 3 and any(e.type == "IN_CHARGE_OF" for e in one.edges)


def test_read_again_it_is_unchanged(tmp_path: Path) -> None:
    with open_store(tmp_path / "g.kgl") as store:
        first = loaded(store, tmp_path / "名册.csv", roster())
        before = store.graph()
        assert (first.new, loaded(store, tmp_path / "名册.csv", roster()).unchanged) == (1, 1)
        assert first.remarks == [] and store.graph() == before


def test_what_is_wrong_with_a_file_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = roster() + "81,清河镇\n"
    with open_store(tmp_path / "g.kgl") as store:
        apart_told = loaded(store, tmp_path / "名册.csv", broken).failed
        monkeypatch.setattr(loaders.lists, "_LONG", {})
        assert loaded(store, tmp_path / "名册.csv", broken).failed == apart_told
        assert store.notices() == []
    ((_, why),) = apart_told
    assert "row 83 has 2 cells" in why and "\n" not in why and why.count("名册.csv") == 1


def packed(text: str) -> bytes:
    told, file = LOADER.tell(text.encode(), "名册.csv", Defaults()), io.BytesIO()
    assert told is not None
    pack(told, file)
    return file.getvalue()


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_reader_that_is_broken_off_leaves_nothing(tmp_path: Path, share: float) -> None:
    whole = packed(roster())
    with open_store(tmp_path / "g.kgl") as store:
        loaded(store, tmp_path / "其他.csv", SHORT)
        before = store.graph()
        ((_, outcome),) = store.put_all([Parts(io.BytesIO(whole[: int(len(whole) * share)]), "名册.csv")])
        assert isinstance(outcome, SourceError) and str(outcome).startswith("名册.csv: reading it was broken off")
        assert store.graph() == before
        assert [outcome for _, outcome in store.put_all([Parts(io.BytesIO(whole))])] == ["new"]


def test_an_error_on_the_way_is_the_reader_s_own() -> None:
    file = io.BytesIO()
    pack_error(VocabularyError("no such label"), file)
    with pytest.raises(VocabularyError, match="^no such label$"):
        Parts(io.BytesIO(file.getvalue()), "名册.csv")
    with pytest.raises(SourceError, match="broken off"):
        Parts(io.BytesIO(), "名册.csv")


def test_parts_hold_what_the_reading_says() -> None:
    read = LOADER.read(roster().encode(), "名册.csv", Defaults())
    again = Parts(io.BytesIO(packed(roster()))).reading()
    assert read is not None and again.notice == read.notice and again.remarks == read.remarks
    assert sorted(again.edges, key=lambda e: e.key) == read.edges
    assert [spelt(n) for n in sorted(again.nodes, key=lambda n: n.id)] == [spelt(n) for n in read.nodes]


def spelt(node: Node) -> Node:
    return Node(node.id, node.label, node.name, tuple(sorted(node.aliases)), node.props)


def test_the_reader_ends_with_who_asked_for_it(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text(roster(), "utf-8")
    with apart.parts(path, "名册.csv", Defaults()) as told:
        kinds: Iterator[bool] = (isinstance(part, Statements) for part in told)
        assert not next(kinds)
    with apart.parts(path, "名册.csv", Defaults()) as told:
        whole = told.reading()
    assert isinstance(whole, Reading) and all(isinstance(e, Edge) for e in whole.edges) and told.digest
