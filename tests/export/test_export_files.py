"""Files: chosen by their ending, written whole or not at all, refused in one line."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kg.errors import KgError, QueryError, SourceError
from kg.export import FORMATS, export, read_json, render
from kg.model import Edge, Graph


def test_the_formats() -> None:
    assert FORMATS == ("ttl", "jsonld", "nq", "graphml", "gexf", "csv", "json")


def test_files_written_are_named(graph: Graph, tmp_path: Path) -> None:
    assert export(graph, tmp_path / "a.TTL") == [tmp_path / "a.TTL"]
    assert export(graph, tmp_path / "a.b.csv") == [tmp_path / "a.b.csv", tmp_path / "a.b.nodes.csv"]
    assert export(graph, tmp_path / "a.txt", "nq") == [tmp_path / "a.txt"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.TTL", "a.b.csv", "a.b.nodes.csv", "a.txt"]
    assert (tmp_path / "a.txt").read_text("utf-8") == render(graph, "nq")


@pytest.mark.parametrize("name", ["graph.xml", "graph", "graph.", "graph.csv.gz", ".ttl"])
def test_an_unknown_ending(graph: Graph, tmp_path: Path, name: str) -> None:
    with pytest.raises(
        QueryError, match=r"use one of \.ttl, \.jsonld, \.nq, \.graphml, \.gexf, \.csv, \.json"
    ) as refused:
        export(graph, tmp_path / name)
    assert "\n" not in str(refused.value) and not list(tmp_path.iterdir())


def test_an_unknown_format(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="'rdf' is no export format; known: ttl, jsonld"):
        export(graph, tmp_path / "a.ttl", "rdf")


def test_places_that_cannot_be_written(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "folder.ttl").mkdir()
    for path in (tmp_path / "missing" / "a.ttl", tmp_path / "folder.ttl", Path("/proc/none/a.ttl")):
        with pytest.raises(KgError, match="cannot be written") as refused:
            export(graph, path)
        assert str(path) in str(refused.value) and "\n" not in str(refused.value)
    assert [p.name for p in tmp_path.iterdir()] == ["folder.ttl"]


def test_a_failed_export_leaves_both_tables_as_they_were(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "g.csv").write_text("before")
    (tmp_path / "g.nodes.csv").mkdir()
    (tmp_path / "g.nodes.csv" / "x").write_text("in the way")
    with pytest.raises(KgError, match="g.nodes.csv"):
        export(graph, tmp_path / "g.csv")
    assert (tmp_path / "g.csv").read_text() == "before"
    assert len(list(tmp_path.iterdir())) == 2


def test_an_old_file_is_replaced_and_a_link_stays_a_link(graph: Graph, tmp_path: Path) -> None:
    real = tmp_path / "real.json"
    real.write_text("old")
    (tmp_path / "link.json").symlink_to(real)
    export(graph, tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink() and read_json(real).nodes == graph.nodes
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(real.stat().st_mode) == 0o666 & ~umask


def test_a_device_is_written_to_and_not_replaced(graph: Graph) -> None:
    export(graph, Path(os.devnull), "ttl")
    assert not Path(os.devnull).is_file()


def test_an_edge_that_leads_out_of_the_graph(graph: Graph, tmp_path: Path) -> None:
    graph.edges.append(Edge("region:130626", "WITHIN", "region:130600", (), "gazetteer", derived=True))
    for form in FORMATS:
        with pytest.raises(KgError, match="region:130600 is not in the graph"):
            export(graph, tmp_path / f"g.{form}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"notices": [{"id": 1, "x": 2}]}', "no json", "\udcff"], ids=ascii
)
def test_reading_what_is_no_graph(tmp_path: Path, content: str) -> None:
    path = tmp_path / "g.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(SourceError, match="not a graph") as refused:
        read_json(path)
    assert str(path) in str(refused.value) and "\n" not in str(refused.value)


def test_reading_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_json(tmp_path / "none.json")
