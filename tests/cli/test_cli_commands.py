"""Every command on the sample notices."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest
import rdflib
from called import Called, call

from kg.ask import catalogue
from kg.cli.explain import example

Ask = Callable[..., Called]
TOWN = "region:320322102"


def test_stats_counts_and_says_where_the_store_is(ask: Ask, loaded: Path) -> None:
    data = ask("stats", "--format", "json").json
    assert data["store"] == str(loaded)
    assert data["notices"] == data["nodes"]["Notice"] == 18
    said = ask("stats").out
    assert said.splitlines()[0] == str(loaded)
    for name, count in {**data["nodes"], **data["relationships"]}.items():
        assert any(
            line.split()[0] == name and line.split()[-1] == str(count) for line in said.splitlines() if line.split()
        )


def test_the_default_store_lies_in_the_users_data_folder(
    samples: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    assert call("load", str(samples / "07-summons.txt")).status == 0
    where = call("stats", "--format", "json").json["store"]
    assert Path(where).is_file()
    assert tmp_path in Path(where).parents


def test_the_store_and_the_queries_are_also_named_by_the_environment(
    loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").mkdir()
    text = "// title: 我的问题\n// columns: [name]\nMATCH (r:Region) RETURN r.name AS name ORDER BY name LIMIT 1\n"
    (tmp_path / "own" / "mine.cypher").write_text(text, "utf-8")
    monkeypatch.setenv("KG_STORE", str(loaded))
    monkeypatch.setenv("KG_QUERIES", str(tmp_path))
    assert len(call("query", "own/mine", "--format", "json").json) == 1
    assert "我的问题" in call("query").out


def test_notices_are_listed_oldest_first(ask: Ask) -> None:
    rows = ask("notices", "--format", "json").json
    assert len(rows) == 18
    assert [r["published"] for r in rows] == sorted(r["published"] for r in rows)
    assert all(r["title"] and "text" not in r for r in rows)
    table = ask("notices").out
    assert all(r["id"] in table for r in rows)
    assert len(list(csv.DictReader(io.StringIO(ask("notices", "--format", "csv").out)))) == 18


def test_saved_queries_are_listed_for_people_and_for_programs(ask: Ask) -> None:
    rows = ask("query", "--format", "json").json
    assert len(rows) >= 15
    for row in rows:
        assert {"name", "parameters", "columns"} <= row.keys()
        assert all({"name", "type", "default", "example"} <= p.keys() for p in row["parameters"])
        assert row["name"] in ask("query").out


@pytest.mark.parametrize("name", list(catalogue()))
def test_every_saved_query_explains_itself_and_its_example_answers(name: str, ask: Ask) -> None:
    saved = catalogue()[name]
    said = call("query", name, "--help")
    assert said.status == 0
    line = example(saved)
    assert line in said.out
    given = [
        x for p in saved.parameters if p.example is not None and p.required for x in ("-p", f"{p.name}={p.example}")
    ]
    rows = ask("query", name, *given, "--format", "json").json
    assert rows, f"{line} finds nothing in the sample notices"
    assert list(rows[0]) == list(saved.columns)
    firsts = [i for i, c in enumerate(saved.columns) if c.endswith("_id")]
    assert firsts == list(range(len(saved.columns) - len(firsts), len(saved.columns))), "names stand before ids"


def test_a_query_prints_the_same_rows_in_every_format(ask: Ask) -> None:
    question = ("query", "who-supervises", "-p", f"subject={TOWN}")
    rows = ask(*question, "--format", "json").json
    assert [r["supervisor_id"] for r in csv.DictReader(io.StringIO(ask(*question, "--format", "csv").out))] == [
        r["supervisor_id"] for r in rows
    ]
    assert len(ask(*question, "--format", "markdown").out.splitlines()) == len(rows) + 2
    table = ask(*question)
    assert f"{len(rows)} rows" in table.err
    assert all(r["supervisor"][:6] in table.out for r in rows)
    assert all(r["supervisor_id"] in ask(*question, "--full").out.replace("\n", "") for r in rows[:1])


def test_a_query_without_what_is_derived_has_only_stated_rows(ask: Ask) -> None:
    rows = ask("query", "who-supervises", "-p", f"subject={TOWN}", "--format", "json").json
    stated = ask("query", "who-supervises", "-p", f"subject={TOWN}", "--format", "json", "--stated-only").json
    assert any(r["derived"] for r in rows)
    assert stated and not any(r["derived"] for r in stated)


def test_a_query_before_the_first_notice_knows_nothing_stated(ask: Ask) -> None:
    arguments = ("query", "who-supervises", "-p", f"subject={TOWN}", "--as-of", "2001-01-01", "--format", "json")
    assert not [r for r in ask(*arguments).json if not r["derived"]]


def test_a_query_prints_its_cypher_with_its_parameters(ask: Ask) -> None:
    plain = ask("query", "duties/of", "--format", "cypher").out
    assert plain == catalogue()["duties/of"].path.read_text("utf-8").rstrip("\n") + "\n"
    filled = ask("query", "duties/of", "-p", f"subject={TOWN}", "--format", "cypher").out
    assert f':param subject => "{TOWN}";\n' in filled
    assert filled.endswith(plain)


def test_cypher_answers_questions_of_ones_own(ask: Ask) -> None:
    text = "MATCH (r:Region {uid: $uid}) RETURN r.name AS name"
    assert ask("cypher", text, "-p", f"uid={TOWN}", "--format", "json").json == [{"name": "龙固镇"}]
    assert call("cypher", "--help").status == 0
    assert ask("cypher", "-", "--format", "csv", input=b"RETURN 1 AS one").out == "one\n1\n"
    cut = ask("cypher", "MATCH (n) RETURN n.uid AS uid", "--limit", "2", "--format", "json")
    assert len(cut.json) == 2
    assert "first 2 rows" in cut.err


def test_show_gives_properties_edges_and_each_ones_sentence(ask: Ask) -> None:
    data = ask("show", "龙固镇人民政府", "--format", "json").json
    assert data["label"] == "Agency"
    words = [v for e in data["edges"] for v in e["evidence"]]
    assert words and all(v["quote"] and v["title"] and v["published"] for v in words)
    said = ask("show", data["id"]).out
    assert said.startswith("龙固镇人民政府")
    assert "《" in said and "》2023-" in said
    stated = ask("show", data["id"], "--stated-only", "--format", "json").json["edges"]
    assert 0 < len([e for e in stated if e["type"] != "STATED_IN"]) < len(data["edges"])
    early = ask("show", data["id"], "--as-of", "2023-01-31", "--format", "json").json["edges"]
    assert {v["published"] for e in early for v in e["evidence"] if not e["derived"]} <= {"2023-01-19"}


def test_show_knows_a_notice_by_its_title(ask: Ask) -> None:
    notice = ask("notices", "--format", "json").json[0]
    data = ask("show", notice["title"], "--format", "json").json
    assert data["id"] == notice["id"]
    assert data["text"]
    assert notice["title"] in ask("show", notice["id"]).out


CHAIN_STARTS = {
    "text": "龙固镇",
    "html": "<!doctype html>",
    "svg": "<svg",
    "mermaid": "flowchart",
    "dot": "digraph",
    "json": "{",
}


@pytest.mark.parametrize("format", list(CHAIN_STARTS))
def test_chain_draws_in_every_format_to_a_file_and_to_the_terminal(format: str, ask: Ask, tmp_path: Path) -> None:
    ending = {"text": "txt", "mermaid": "mmd"}.get(format, format)
    path = tmp_path / f"chain.{ending}"
    printed = ask("chain", TOWN, "--direction", "up", "--format", format)
    assert printed.status == 0
    assert CHAIN_STARTS[format] in printed.out[:400]
    written = ask("chain", TOWN, "--direction", "up", "-o", str(path))
    assert written.status == 0 and str(path) in written.out
    assert path.read_text("utf-8") == printed.out


def test_chain_reaches_the_top_and_leaves_out_what_is_derived_on_demand(ask: Ask) -> None:
    chain = ask("chain", TOWN, "--direction", "up", "--format", "json").json
    assert any(b["name"] == "江苏省人民政府" for b in chain["boxes"])
    assert {s["stated"] for s in chain["steps"]} == {True, False}
    stated = ask("chain", TOWN, "--stated-only", "--format", "json").json
    assert all(s["stated"] for s in stated["steps"])
    assert ask("chain", TOWN, "--as-of", "2023-03-31", "--format", "json").json["as_of"] == "2023-03-31"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--around", "龙固镇", "--depth", "1"],
        ["--query", "who-supervises", "-p", f"subject={TOWN}"],
        ["--stated-only", "--as-of", "2023-06-30"],
    ],
)
def test_viz_writes_one_page_that_asks_for_nothing(arguments: list[str], ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    said = ask("viz", "-o", str(path), *arguments, "--format", "json").json
    assert said["file"] == str(path)
    assert said["nodes"] > 1 and said["edges"] > 0
    text = path.read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert "龙固镇" in text
    assert not [w for w in ('src="http', "src='http", '<link rel="stylesheet"') if w in text]


def counted(path: Path) -> tuple[int, int]:
    """Things (with notices) and relationships of an exported file, read by other people's libraries."""
    match path.suffix:
        case ".graphml":
            graph = networkx.read_graphml(path)
        case ".gexf":
            graph = networkx.read_gexf(path)
        case ".json":
            data: dict[str, Any] = json.loads(path.read_text("utf-8"))
            return len({n["id"] for n in [*data["nodes"], *data["notices"]]}), len(data["edges"])
        case ".csv":
            nodes = path.with_name(f"{path.stem}.nodes.csv")
            return len(list(csv.DictReader(nodes.open(encoding="utf-8-sig")))), len(
                list(csv.DictReader(path.open(encoding="utf-8-sig")))
            )
        case _:
            return -1, triples(path)
    return graph.number_of_nodes(), graph.number_of_edges()


def triples(path: Path) -> int:
    """How many statements of RDF's own kind stand in a file."""
    data = rdflib.Dataset()
    data.parse(path, format={".ttl": "turtle", ".nq": "nquads", ".jsonld": "json-ld"}[path.suffix])
    return len(set(data.subjects(rdflib.RDF.predicate, None)))


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "nq", "graphml", "gexf", "csv", "json"])
def test_export_writes_what_others_read_with_equal_counts(ending: str, ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{ending}"
    assert ask("export", "-o", str(path)).status == 0
    stats = ask("stats", "--format", "json").json
    things, relationships = counted(path)
    assert things in (-1, sum(stats["nodes"].values()))
    assert relationships == sum(stats["relationships"].values())
    assert ask("export", "--format", ending).out == path.read_bytes().decode("utf-8").replace("\r\n", "\n")


def test_export_of_a_part_is_smaller(ask: Ask) -> None:
    whole, part, stated = (
        ask("export", "--format", "json", *more).json
        for more in ([], ["--around", TOWN, "--depth", "1"], ["--stated-only", "--as-of", "2023-06-30"])
    )
    assert 1 < len(part["nodes"]) < len(whole["nodes"])
    assert not [e for e in stated["edges"] if e["derived"]]
    assert all(n["published"] <= "2023-06-30" for n in stated["notices"])


def test_the_samples_break_no_shape(ask: Ask) -> None:
    done = ask("validate")
    assert done.status == 0, done.out
    assert ask("validate", "--format", "json").json["conforms"] is True
    report = rdflib.Graph().parse(data=ask("validate", "--format", "ttl").out, format="turtle")
    assert (None, rdflib.SH.conforms, rdflib.Literal(True)) in report


def test_extract_reads_one_notice_and_touches_no_store(samples: Path, tmp_path: Path) -> None:
    file = str(samples / "07-summons.txt")
    data = call("--store", str(tmp_path / "none.kgl"), "extract", file, "--format", "json").json
    assert not list(tmp_path.iterdir())
    text = data["notice"]["text"]
    assert data["nodes"] and data["edges"]
    for edge in data["edges"]:
        assert {"source", "target", "type", "evidence", "rule", "confidence", "derived"} <= edge.keys()
        assert all(text[v["start"] : v["end"]] == v["quote"] for v in edge["evidence"])
    assert data["notice"]["title"] in call("extract", file).out
    assert len(rdflib.Graph().parse(data=call("extract", file, "--format", "ttl").out, format="turtle")) > 100
    piped = call("extract", "-", "--format", "json", input=Path(file).read_bytes()).json
    assert piped["nodes"] == data["nodes"]


@pytest.mark.parametrize("by", ["id", "title", "file", "bare name"])
def test_remove_takes_a_notice_out_by_any_of_its_names(by: str, own: Path, samples: Path) -> None:
    notices = call("--store", str(own), "notices", "--format", "json").json
    notice = next(n for n in notices if n["source"].endswith("07-summons.txt"))
    files = {"file": str(samples / "07-summons.txt"), "bare name": "07-summons.txt"}
    name = files[by] if by in files else notice[by]
    done = call("--store", str(own), "remove", name)
    assert done.status == 0, done.err
    assert notice["id"] in done.out
    assert len(call("--store", str(own), "notices", "--format", "json").json) == 17


def test_a_notice_removed_and_loaded_again_leaves_no_trace(own: Path, samples: Path) -> None:
    before = call("--store", str(own), "export", "--format", "nq").out
    assert (
        call("--store", str(own), "remove", str(samples / "09-river-chief.txt"), "--format", "json").json["nodes"] > 0
    )
    assert call("--store", str(own), "export", "--format", "nq").out != before
    assert call("--store", str(own), "load", str(samples / "09-river-chief.txt")).status == 0
    assert call("--store", str(own), "export", "--format", "nq").out == before
