"""Both stores answer every question alike, ordering included."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from both_stores import Both

from kg.ask import catalogue, run, suggestions
from kg.ask.run import arguments
from kg.chain import accountability
from kg.draw import draw
from kg.export import FORMATS, render
from kg.lookup import SUBJECTS, candidates, find, nearest
from kg.model import Reading
from kg.store import open_store
from kg.store.copying import copy
from kg.vocabulary import vocabulary

CATALOGUE = catalogue()
EXAMPLES = {q.name: {p.name: p.example for p in q.parameters if p.required} for q in CATALOGUE.values()}


def test_the_graphs_are_equal(both: Both) -> None:
    assert both.embedded.graph() == both.neo4j.graph()
    assert both.embedded.counts() == both.neo4j.counts()
    assert both.embedded.notices() == both.neo4j.notices()


@pytest.mark.parametrize("format", FORMATS)
def test_the_exports_are_the_same_bytes(both: Both, format: str) -> None:
    assert render(both.embedded.graph(), format) == render(both.neo4j.graph(), format)


@pytest.mark.parametrize("name", sorted(CATALOGUE))
@pytest.mark.parametrize(
    "how", [{}, {"stated_only": True, "as_of": "all"}, {"as_of": "2023-06-30", "limit": 2}], ids=str
)
def test_every_saved_query_answers_alike(both: Both, name: str, how: dict[str, Any]) -> None:
    one, other = (run(store, name, EXAMPLES[name], **how) for store in both)
    assert one.columns == other.columns and one.truncated == other.truncated
    assert one.rows == other.rows
    assert one.rows or how


@pytest.mark.parametrize("subject", ["龙固镇", "沛县", "沛县人民政府", "徐州市"])
@pytest.mark.parametrize("direction", ["up", "down", "both"])
def test_chains_are_alike(both: Both, subject: str, direction: str) -> None:
    chains = [accountability(store, find(store, subject, SUBJECTS), direction=direction) for store in both]
    for format in ("text", "json"):
        one, other = (draw(chain, format) for chain in chains)
        assert one == other


def test_what_lies_around_a_thing_is_alike(both: Both) -> None:
    (found,) = candidates(both.embedded, "沛县人民政府", ["Agency"], limit=1)
    assert both.embedded.around([found.id], 2) == both.neo4j.around([found.id], 2)


def test_fragments_of_names_find_the_same_things_by_index_as_without(both: Both) -> None:
    assert "fulltext" in both.neo4j.holding(["望都"], SUBJECTS) and "fulltext" not in both.neo4j.holding(
        ["2号"], SUBJECTS
    )
    names = [node.name for node in both.embedded.graph().nodes.values()]
    aliases = [alias for node in both.embedded.graph().nodes.values() for alias in node.aliases]
    pieces = {
        name[i : i + size] for name in [*names, *aliases][::7] for size in (1, 2, 3, 5) for i in range(0, len(name), 5)
    }
    labels = list(vocabulary().labels)
    for piece in sorted(pieces)[:150]:
        assert candidates(both.embedded, piece, labels) == candidates(both.neo4j, piece, labels), piece


def test_the_nearest_names_and_suggestions_are_alike(both: Both) -> None:
    assert nearest(both.embedded, "沛城", SUBJECTS) == nearest(both.neo4j, "沛城", SUBJECTS)
    for query in CATALOGUE.values():
        for parameter in query.parameters:
            one, other = (suggestions(store, parameter, limit=9) for store in both)
            assert one == other


@pytest.mark.parametrize(
    "expression",
    [
        "date('2024-02-03')", "datetime('2024-02-03T04:05:06Z')", "duration.inDays(date('2024-01-01'), date('2024-03-01')).days",
        "[1, 2.5, 'x', true, null]", "{a: 1, b: [1, 2]}", "1.0 / 3", "7 / 2", "'散煤' STARTS WITH '散'", "size('散煤治理')",
        "[x IN range(1, 3) WHERE x > 1 | x * 2]", "coalesce(null, 'x')", "split('a#b', '#')[-1]", "toInteger('12')",
        "reduce(s = 0, x IN [1, 2] | s + x)", "substring('治理散煤', 2)",
    ],
)  # fmt: skip
def test_values_look_alike(both: Both, expression: str) -> None:
    one, other = (store.query(f"RETURN {expression} AS v").rows for store in both)
    assert one == other and type(one[0]["v"]) is type(other[0]["v"])


def test_nodes_relationships_and_paths_look_alike(both: Both) -> None:
    cypher = "MATCH path = (a:Region)-[r:WITHIN]->(b) RETURN a, r, b, path ORDER BY a.uid, b.uid"
    one, other = (store.query(cypher) for store in both)
    assert one == other and len(one) > 3
    assert [list(row["a"]) for row in one] == [list(row["a"]) for row in other]  # the properties' order too


def test_a_copy_is_exact_and_a_store_like_any_other(both: Both, tmp_path: Path, sample_readings: list[Reading]) -> None:
    seen: list[int] = []
    with open_store(tmp_path / "copy.kgl") as made:
        assert copy(both.neo4j, made, seen.append) == {"new": len(sample_readings)} and sum(seen) == len(
            sample_readings
        )
        assert made.graph() == both.neo4j.graph() and render(made.graph(), "json") == render(both.neo4j.graph(), "json")
        assert copy(both.neo4j, made) == {"unchanged": len(sample_readings)}
        assert {outcome for _, outcome in made.put_all(sample_readings)} == {"unchanged"}
        gone = made.notices()[0].id
        with open_store(tmp_path / "other.kgl") as other:
            assert copy(both.embedded, other) == {"new": len(sample_readings)}
            assert made.remove(gone) == other.remove(gone)
            assert made.graph() == other.graph() != both.neo4j.graph()


def _operators(plan: Any) -> set[str]:
    found = {plan["operatorType"].partition("@")[0]}
    return found.union(*(_operators(child) for child in plan.get("children", ())))


@pytest.mark.parametrize("name", sorted(CATALOGUE))
def test_no_plan_scans_all_nodes_or_multiplies_rows(both: Both, neo4j_session: Callable[..., Any], name: str) -> None:
    values = arguments(both.neo4j, CATALOGUE[name], EXAMPLES[name])
    profile = neo4j_session("PROFILE " + CATALOGUE[name].cypher, values).summary.profile
    assert not {"AllNodesScan", "CartesianProduct"} & _operators(profile)
