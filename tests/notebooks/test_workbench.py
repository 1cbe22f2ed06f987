"""The public interface: what it answers is what the commands answer; what it shows is safe to show."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.errors import KgError, SubjectError
from kg.model import Edge, Evidence, Graph, Node, Notice
from kg.store import Rows
from kg.workbench import Workbench

SAMPLES = Path(__file__).parents[2] / "kg" / "samples"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    made = Workbench(tmp_path_factory.mktemp("bench") / "graph.kgl")
    tally = made.load(SAMPLES)
    assert tally.new == len(made.notices()) and not tally.failed
    return made


def printed(bench: Workbench, capsys: pytest.CaptureFixture[str], *words: str) -> object:
    from kg.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["--store", bench.address, *words, "--format", "json"])
    assert ended.value.code == 0
    return json.loads(capsys.readouterr().out)


def test_it_answers_as_the_commands_do(bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    rows = bench.ask("duties/of", subject="沛县", stated_only=True)
    assert rows.rows == printed(bench, capsys, "query", "duties/of", "-p", "subject=沛县", "--stated-only")
    chain = bench.chain("龙固镇", direction="up", as_of="2023-06-30")
    assert chain.json() == printed(bench, capsys, "chain", "龙固镇", "--direction", "up", "--as-of", "2023-06-30")
    text = "MATCH (r:Region) RETURN r.name AS name ORDER BY name LIMIT 3"
    assert bench.cypher(text).rows == printed(bench, capsys, "cypher", text)


def test_what_is_less_sure_is_left_out_as_the_commands_do(bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--min-confidence", "0.95")
    rows = bench.ask("duties/of", subject="沛县", min_confidence=0.95)
    assert rows.rows == printed(bench, capsys, "query", "duties/of", "-p", "subject=沛县", *asked)
    assert len(rows) < len(bench.ask("duties/of", subject="沛县"))
    chain = bench.chain("龙固镇", direction="up", min_confidence=0.95)
    assert chain.json() == printed(bench, capsys, "chain", "龙固镇", "--direction", "up", *asked)
    assert bench.gaps(min_confidence=0.95) != bench.gaps()
    for graph in (bench.graph(min_confidence=0.95), bench.show("沛县", min_confidence=0.95).graph):
        assert graph.edges and all(e.confidence >= 0.95 for e in graph.edges)
    assert len(bench.graph(min_confidence=0.95).edges) < len(bench.graph().edges)


def test_two_states_of_a_list_are_compared(bench: Workbench) -> None:
    (states,) = [group for group in bench.lists() if len(group) == 2]
    found = bench.compare(states[0].uid, as_of="2023-09-28")
    assert (found.new, found.old) == (states[0], states[1])
    assert found.counts["overdue"] == 1 and len(found.rows().to_pandas()) == len(found.lines)
    assert bench.compare("整改清单", min_confidence=0.95).old is None


def test_loading_again_changes_nothing_and_questions_see_what_is_loaded(tmp_path: Path) -> None:
    with Workbench(tmp_path / "g.kgl") as bench:
        first = next(SAMPLES.glob("07*"))
        assert bench.load(first).new == 1
        assert bench.load(first).unchanged == 1
        assert len(bench.notices()) == 1
        bench.load(next(SAMPLES.glob("08*")))
        assert len(bench.notices()) == 2
        bench.remove(bench.notices()[0].id)
        assert len(bench.notices()) == 1


def test_threads_may_ask_at_once(bench: Workbench) -> None:
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(len(bench.ask("duties/of", subject="沛县")))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == 6 and len(set(answers)) == 1


def test_what_is_wrong_is_one_line(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(SubjectError, match="nothing is called"):
        bench.chain("没有这个人")
    with pytest.raises(KgError, match="supervision/who-supervises"):
        bench.ask("supervision/who-supervise", subject="沛县")
    with pytest.raises(KgError, match="give a date"):
        bench.show("沛县", as_of="soon")
    with pytest.raises(KgError, match="no store yet"):
        Workbench(tmp_path / "none.kgl").notices()


def test_as_networkx_nothing_is_lost(bench: Workbench) -> None:
    graph = bench.graph()
    made = graph.to_networkx()
    assert set(made.nodes) == set(graph.nodes) | set(graph.notices)
    assert {key for _, _, key in made.edges(keys=True)} == {e.key for e in graph.edges}
    for edge in graph.edges:
        data = made.edges[edge.source, edge.target, edge.key]
        assert data["type"] == edge.type and data["quotes"] == [e.quote for e in edge.evidence]


def test_as_pandas_the_columns_stay(bench: Workbench) -> None:
    rows = bench.ask("duties/of", subject="沛县")
    frame = rows.to_pandas()
    assert list(frame.columns) == list(rows.columns) and len(frame) == len(rows)
    assert list(frame[rows.columns[0]]) == [row[rows.columns[0]] for row in rows]
    assert list(Rows(("a", "b"), []).to_pandas().columns) == ["a", "b"]


def test_as_pyvis_all_things_and_relationships_are_there(bench: Workbench) -> None:
    graph = bench.graph(around="龙固镇", depth=1)
    made = graph.to_pyvis()
    assert len(made.nodes) == len(graph.nodes)
    assert len(made.edges) == sum(e.source in graph.nodes and e.target in graph.nodes for e in graph.edges)


def test_things_show_themselves(bench: Workbench) -> None:
    chain = bench.chain("龙固镇", direction="up")._repr_html_()
    ElementTree.fromstring(re.search(r"<svg.*</svg>", chain, re.DOTALL)[0])  # type: ignore[index]
    assert bench.graph()._repr_html_().count("<tr>") > 10
    assert "<iframe" in bench.graph(around="龙固镇", depth=1)._repr_html_()
    table = bench.ask("people/posts-of", person="孟广霖")._repr_html_()
    assert "<th>post</th>" in table


def test_hostile_words_show_as_words() -> None:
    bad = "<img src=x onerror=alert(1)>\"'</script>"
    said = Evidence("notice:1", 0, len(bad), bad)
    nodes = {i: Node(i, "Region", bad) for i in ("region:1", "region:2")}
    edge = Edge("region:1", "WITHIN", "region:2", (said,))
    graph = Graph(nodes, [edge], {"notice:1": Notice("notice:1", bad, text=bad)})
    html = graph._repr_html_()
    assert "<img" not in html and html.count("<iframe") == 1 and html.count('"') == 12
    assert "<img" not in Rows((bad,), [{bad: bad}])._repr_html_()
    assert "<img" not in graph.to_pyvis().edges[0]["title"]


def test_a_statement_is_decided_on_and_that_is_taken_back(tmp_path: Path) -> None:
    bench = Workbench(tmp_path / "graph.kgl")
    bench.load(SAMPLES / "07-summons.txt")
    before = bench.graph()
    said = next(e for e in before.edges if e.type != "STATED_IN" and not e.derived)
    made = bench.decide(said.key, "rejected", "李", "读错了")
    assert said.key not in {e.key for e in bench.graph().edges}
    (row,) = bench.decisions()
    assert (row.decision, row.edge, row.state, row.current) == (made, said, "holds", True)
    assert bench.show(row.edge.source).decided == [row]
    bench.withdraw(said.key, "李")
    assert (bench.graph().edges, bench.decisions()) == (before.edges, [])
    assert [d.state for d in bench.decisions(every=True)] == ["withdrawn", "withdrawn"]
    with pytest.raises(KgError, match="verdict"):
        bench.decide(said.key, "doubted", "李")
