"""Patterns that are compiled late are still patterns."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

import pytest

import kg.dates
import kg.lazy
import kg.places
import loaders
from kg.lazy import lazy
from loaders.prose.count import number
from loaders.prose.last import last
from loaders.prose.relate.rows import TABLES, table
from loaders.words import TABLED

_compile = re.compile


@pytest.mark.parametrize("package", [kg.dates, kg.places, loaders], ids=lambda p: p.__name__)
def test_every_late_pattern_of_the_modules_compiles(package: object) -> None:
    names = [m.name for m in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]  # type: ignore[attr-defined]
    late = type(lazy(""))
    every = [value for name in names for value in vars(import_module(name)).values() if type(value) is late]
    assert all(re.compile(one.pattern, one.flags).groups == one.groups for one in every)
    assert every or package is kg.places


def test_a_late_pattern_answers_as_any_other() -> None:
    late, other = (
        lazy("(?P<place>[\u4e00-\u9fff]+)县", re.MULTILINE),
        re.compile("(?P<place>[\u4e00-\u9fff]+)县", re.MULTILINE),
    )
    text = "沛县和丰县"
    assert [m.span() for m in late.finditer(text)] == [m.span() for m in other.finditer(text)]
    assert (late.sub("", text), late.pattern, late.flags, dict(late.groupindex)) == (
        other.sub("", text), other.pattern, other.flags, dict(other.groupindex)
    )  # fmt: skip
    with pytest.raises(AttributeError, match="nothing"):
        late.nothing  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("text", ["", "包保名册", "沛县和丰县", "丰县\n铜山区"])
def test_a_text_without_its_words_is_answered_as_by_any_other(text: str) -> None:
    pattern = "[\u4e00-\u9fff](?:县|市)(?!委)"
    late, other = (lambda: lazy(pattern)), re.compile(pattern)
    for name in ("match", "search", "fullmatch"):
        a, b = getattr(late(), name)(text), getattr(other, name)(text)
        assert (a and a.span()) == (b and b.span())
    assert [m.span() for m in late().finditer(text)] == [m.span() for m in other.finditer(text)]
    assert (late().findall(text), late().sub("某", text)) == (other.findall(text), other.sub("某", text))
    assert (late().split(text), late().subn("某", text)) == (other.split(text), other.subn("某", text))


def test_a_late_pattern_is_compiled_for_a_text_that_has_its_words_or_when_many_had_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = list[str]()
    monkeypatch.setattr(kg.lazy.re, "compile", lambda pattern, flags: made.append(pattern) or _compile(pattern, flags))
    late, often = lazy("[\u4e00-\u9fff]+县"), lazy("[\u4e00-\u9fff]+旗")
    assert (late.search("铜山区"), made) == (None, [])
    assert (late.search("到丰县"), made)[1] == [late.pattern]
    for _ in range(10_000):
        often.search("铜山区")
    assert made == [late.pattern, often.pattern]


def test_a_mistake_in_a_late_pattern_is_told_when_it_is_asked() -> None:
    late = lazy("(")
    with pytest.raises(re.error):
        late.search("沛县")


@pytest.mark.parametrize(
    ("word", "value"),
    [("两", 2), ("十", 10), ("十二", 12), ("三十五", 35), ("12", 12), ("五五", 0), ("几", 0), ("", 0)],
)
def test_small_numbers(word: str, value: int) -> None:
    assert number(word) == value


def test_words_that_all_tables_share_have_one_meaning() -> None:
    assert all(
        table(path.stem).words.items() >= TABLED.items() for path in TABLES.glob("*.toml") if path.stem != "slots"
    )


def test_what_was_made_last_is_kept_for_the_same_thing_alone() -> None:
    made: list[list[str]] = []

    @last
    def of(page: list[str]) -> list[str]:
        made.append(page)
        return [*page]

    one, alike = ["沛县"], ["沛县"]
    assert of(one) is of(one)
    assert of(alike) is not one
    assert [id(x) for x in made] == [id(one), id(alike)]
