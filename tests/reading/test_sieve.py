"""A sieve finds what each of its patterns finds, in every table and text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.dates.rules import date_rules, deadline_rules
from kg.needs import needs
from kg.sieve import Part, Sieve
from loaders.prose.relate.rows import TABLES, Row, table

ROWS = [
    r for p in sorted(TABLES.glob("*.toml")) if p.stem != "slots" for s in table(p.stem).sections.values() for r in s
]
DATES = [*date_rules(), *deadline_rules()]
EXAMPLES = [
    *(re.sub(r"\{\w+:([^}]*)\}", "\ue021\ue000", r.example) for r in ROWS),
    *(example[0] for rule in DATES for example in rule.examples),
]
SAMPLES = [p.read_text("utf-8") for p in sorted((Path(__file__).parents[2] / "kg/samples").glob("*.txt"))]
PATTERNS = [r.source for r in (*ROWS, *DATES)]
COMPILED = [re.compile(p) for p in PATTERNS]


def same(sieve: Part[str], text: str, start: int, end: int) -> None:
    expected = [(p.pattern, m.span()) for p in COMPILED for m in p.finditer(text, start, end)]
    sifted = sieve.over(text)
    assert [(p, m.span()) for p, m in sifted.matches(start, end)] == expected
    assert {p for p, _ in expected} <= set(sifted.among(start, end))
    assert sifted.any(start, end) == bool(expected)


ALL = Sieve().part(PATTERNS, lambda p: p)


@pytest.mark.parametrize("text", SAMPLES, ids=range(len(SAMPLES)))
def test_a_sieve_of_all_tables_finds_what_their_patterns_find(text: str) -> None:
    same(ALL, text, 0, len(text))


@given(
    st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=6), st.sampled_from(["", "\n", "，", "；", " "]), st.data()
)
def test_any_part_of_any_text(texts: list[str], joint: str, data: st.DataObject) -> None:
    text = joint.join(texts)
    start = data.draw(st.integers(0, len(text)))
    same(ALL, text, start, data.draw(st.integers(start, len(text))))


@pytest.mark.parametrize(
    ("pattern", "words", "marks", "reach"),
    [
        ("召开|举行", [{"召开", "举行"}], "\n。！？；，：、", 2),
        ("(?:召开|举行)了?[^。]{0,9}会(?!议室)", [{"召开", "举行"}, {"会"}], "。", 4),
        ("(?<!不)得(?:以|到)?", [{"得"}], "\n。！？；，：、", 2),
        ("[一二]是.{2}", [{"一是", "二是"}], "\n", 2),
        ("(?:第[一二]次)?约谈", [{"约谈"}], "\n。！？；，：、", 2),
        ("a*", [], "\n。！？；，：、", 2),
        (r"甲\s?乙(?=[^。]*$)", [{"甲"}, {"乙"}], "。！？；，：、", None),
        ("(?i)PM", [], "", None),
    ],
)
def test_what_a_pattern_needs(pattern: str, words: list[set[str]], marks: str, reach: int | None) -> None:
    found = needs(pattern)
    assert found.marks == marks
    assert found.reach == reach
    assert [set(w) for w in found.words] == words


@pytest.mark.parametrize(
    ("pattern", "start"),
    [
        ("(?<!不)得(?:以|到)?", "[得]"),
        ("(?:第[一二]次)?(?:约谈|(?<=被)问责)", "[第约问]"),
        (r"(?:\d|[-\s])+日", r"[\-\d\s]"),
        ("(?:召开|举行)会", ""),
        ("(?:召开|[举进]行)会", "[举召进]"),
        ("(?<=被)[^，]{2}", ""),
        ("(?<=被)(?:问责)?", ""),
        ("(?m)(?<=被)问责", ""),
        ("(?<=被)(?i:pm)", ""),
    ],
)
def test_what_a_match_begins_with_where_the_engine_does_not_see_it(pattern: str, start: str) -> None:
    assert needs(pattern).start == start


def test_one_text_is_passed_over_once() -> None:
    sieve = Sieve()
    text, held = "市政府召开会议。", sieve.part(["召开"], lambda p: p)
    words = sieve.words(text)
    assert sieve.words(text) is words
    assert held.over(text).any(0, 5)
    more = sieve.part(["会议", "约谈"], lambda p: p)
    assert sieve.words(text) is not words, "a part that comes later has words of its own"
    assert [p for p, _ in more.over(text).matches()] == ["会议"]


def test_rows_find_their_examples_by_their_words() -> None:
    with_words = [r for r in ROWS if needs(r.source).words]
    assert len(with_words) > len(ROWS) * 0.9, "most constructions can be looked for by their words"
    assert isinstance(ROWS[0], Row)
