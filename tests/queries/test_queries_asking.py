"""Parameters, names of things and the user's own saved queries."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ask import catalogue, run, suggestions
from kg.errors import QueryError, SubjectError
from kg.lookup import SUBJECTS, find
from kg.store import Store


@pytest.mark.parametrize(
    ("text", "labels", "uid"),
    [
        ("望都县", SUBJECTS, "region:130631"),
        ("望都县", None, "region:130631"),
        ("region:130631", None, "region:130631"),
        ("县政府", SUBJECTS, "agency:130631/人民政府"),
        ("牧", ("Person",), "person:欧阳牧@130600"),
        (" 固店 ", None, "region:130631101"),
        ("2024-03-15", ("Meeting",), "meeting:2024-03-15/a1"),
        ("https://example.org/1", ("Notice",), "notice:会"),
        ("望政〔2018〕7号", ("Notice",), "notice:旧"),
    ],
)
def test_a_name_finds_its_thing(store: Store, text: str, labels: tuple[str, ...] | None, uid: str) -> None:
    assert find(store, text, labels).id == uid


def test_a_name_that_fits_several_lists_them_with_ids(store: Store) -> None:
    with pytest.raises(SubjectError, match="fits 3 things.*agency:130000/人民政府") as caught:
        find(store, "人民政府", ("Agency",))
    assert {uid for uid, _, _ in caught.value.candidates} == {
        f"agency:{c}/人民政府" for c in ("130000", "130600", "130631")
    }
    assert "\n" not in str(caught.value)


def test_a_name_that_fits_nothing_brings_the_nearest(store: Store) -> None:
    with pytest.raises(SubjectError, match="nothing is called '望都市'.*nearest") as caught:
        find(store, "望都市", SUBJECTS)
    assert caught.value.candidates[0] == ("region:130631", "Region", "望都县")
    with pytest.raises(SubjectError) as caught:
        find(store, "qqqq", SUBJECTS)
    assert caught.value.candidates == ()


@pytest.mark.parametrize(
    ("name", "params", "says"),
    [
        ("duties/off", {}, "no saved query 'duties/off'; nearest: duties/of"),
        ("who-supervise", {}, "nearest: supervision/who-supervises"),
        ("duties/of", {}, "duties/of needs subject .subject., for instance -p subject="),
        ("duties/of", {"subjekt": "望都县"}, "has no parameter 'subjekt': it takes subject; nearest: subject"),
        ("duties/of", {"subject": "望都县", "as_of": "2024-01-01"}, "use --as-of"),
        ("duties/due-before", {"date": "31.3.2024"}, "date='31.3.2024' is not a date such as 2024-03-31"),
        ("duties/due-before", {"date": "2024-02-30"}, "is not a date"),
        ("duties/due-before", {"date": "2024-03-31", "done": "maybe"}, "neither true nor false"),
        ("supervision/whom-does-it-supervise", {"subject": "望都县", "depth": "two"}, "not a whole number"),
    ],
)
def test_wrong_names_and_values_are_said_in_one_line(
    store: Store, name: str, params: dict[str, str], says: str
) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        run(store, name, params)
    assert "\n" not in str(caught.value)


def test_as_of_must_be_a_day(store: Store) -> None:
    with pytest.raises(QueryError, match="as of 'yesterday'"):
        run(store, "duties/of", {"subject": "望都县"}, as_of="yesterday")


def test_the_last_part_of_a_name_is_enough_and_rows_can_be_limited(store: Store) -> None:
    rows = run(store, "who-supervises", {"subject": "望都县"}, limit=2)
    assert len(rows) == 2 and rows.truncated


def test_every_example_and_default_is_of_its_type() -> None:
    for query in catalogue().values():
        for parameter in query.parameters:
            assert parameter.example is not None, (query.name, parameter.name)
            assert all(dict(parameter.description).values()), (query.name, parameter.name)
        assert all(query.title.values()) and all(query.description.values())


def test_suggestions_come_from_the_graph(store: Store) -> None:
    named = {p.name: p for q in catalogue().values() for p in q.parameters}
    assert [s.value for s in suggestions(store, named["region"], "望")] == ["望都县"]
    assert {s.value for s in suggestions(store, named["topic"])} == {"散煤", "扬尘"}
    assert [s.value for s in suggestions(store, named["post"], "副")] == ["副县长", "副市长"]
    assert [s.value for s in suggestions(store, named["done"], "t")] == ["true"]
    assert suggestions(store, named["date"]) == []


OWN = """// title: 我的问题
// description: {zh: 各级机构, en: bodies of a level}
// parameters:
//   - name: level
//     type: choice
//     choices: [city, county]
//     example: city
//   - name: since
//     type: date
//     default: 2024-01-01
// columns: [name]
MATCH (n:Agency) WHERE n.level = $level AND n.last_seen >= $since RETURN n.name AS name
"""


def test_own_queries_work_the_same(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "levels.cypher").write_text(OWN, encoding="utf-8")
    (tmp_path / "plain.cypher").write_text("// columns: [n]\nRETURN 1 AS n\n", encoding="utf-8")
    own = catalogue(tmp_path)
    assert {"mine/levels", "plain", "duties/of"} <= set(own) and own["plain"].topic == "own"
    assert run(store, "mine/levels", {"level": "city"}, extra_dir=tmp_path).rows == []
    assert run(store, own["plain"]).rows == [{"n": 1}]
    with pytest.raises(QueryError, match="level='town' is none of city, county"):
        run(store, own["mine/levels"], {"level": "town"})


def test_an_own_query_goes_before_one_of_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "duties").mkdir()
    (tmp_path / "duties" / "of.cypher").write_text("// columns: [n]\nRETURN 2 AS n\n", encoding="utf-8")
    assert catalogue(tmp_path)["duties/of"].columns == ("n",)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("MATCH (n) RETURN n", 1, "must begin with // lines"),
        ("// title: x\n// columns: [n\nRETURN 1 AS n", 2, "not YAML"),
        ("// title: x\nRETURN 1 AS n", 1, "columns must list"),
        ("// title: x\n// colums: [n]\nRETURN 1 AS n", 2, "unknown key 'colums'; nearest: columns"),
        ("// columns: [n]\n// drawing: pie\nRETURN 1 AS n", 2, "drawing 'pie' is none of"),
        ("// columns: [n]\n// parameters:\n//   - {name: x, type: dat}\nRETURN $x AS n", 3, "unknown type 'dat'; nearest: date"),
        ("// columns: [n]\n// parameters:\n//   - {name: x, typ: date}\nRETURN $x AS n", 3, "unknown key 'typ'"),
        ("// columns: [n]\n// parameters:\n//   - {name: x}\nRETURN 1 AS n", 3, r"\$x is not used"),
        ("// columns: [n]\nWITH 1 AS m\nRETURN $x AS n", 3, r"\$x is used but not declared"),
        ("// columns: [n]\n// parameters:\n//   - {name: x, type: choice}\nRETURN $x AS n", 3, "choices"),
        ("// columns: [n]\n// parameters:\n//   - {name: x, type: subject, labels: [Agencie]}\nRETURN $x AS n", 3, "nearest: Agency"),
        ("// columns: [n]\n// parameters:\n//   - {name: x, type: date, minimum: 1}\nRETURN $x AS n", 3, "numbers"),
        ("// columns: [n]\n// title: {zh: 甲,乙, en: a}\nRETURN 1 AS n", 2, "title must be a text, or one each .* holds a comma"),
        ("// columns: [n]\n// parameters:\n//   - {name: x, description: {zh: 甲(乙,丙), en: a}}\nRETURN $x AS n", 3, "'x': description must be"),
        ("// columns: [n]\nMATCH (n)\nDELETE n", 3, "DELETE"),
    ],
)  # fmt: skip
def test_a_broken_own_query_is_reported_with_file_and_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = tmp_path / "broken.cypher"
    path.write_text(text, encoding="utf-8")
    own = catalogue(tmp_path)
    assert "duties/of" in own  # the others stay usable
    with pytest.raises(QueryError, match=says) as caught:
        own.named("broken")
    assert str(caught.value).startswith(f"{path}:{line}: ") and "\n" not in str(caught.value)


def test_bytes_that_are_no_text_and_folders_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "x.cypher").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match="cannot be read"):
        catalogue(tmp_path).named("x")
    with pytest.raises(QueryError, match="not a folder"):
        catalogue(tmp_path / "nowhere")
