"""The README tells the truth in both languages: every command and query is in it, and its examples run."""

from __future__ import annotations

import re
import shlex
import shutil
from collections import Counter
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kg.ask import catalogue
from kg.cli import main
from kg.cli.app import ENTRIES

ROOT = Path(__file__).parents[2]
ENGLISH, CHINESE = "README.md", "README.zh-CN.md"
README = {name: (ROOT / name).read_text("utf-8") for name in (ENGLISH, CHINESE)}

both = pytest.mark.parametrize("name", README)


def blocks(name: str, language: str) -> list[list[str]]:
    """The lines of each block of that language, without their comments, which are in the reader's own."""
    found = re.findall(rf"```{language}\n(.*?)```", README[name], re.DOTALL)
    return [[re.sub(r"\s+# .*", "", line) for line in block.splitlines()] for block in found]


def links(name: str) -> list[str]:
    return re.findall(r"\]\(([^)#]+)\)", README[name])


def options(name: str) -> set[str]:
    return {*re.findall(r"(?<=[ `])--[a-z][a-z-]+", README[name])}


def figures(name: str) -> Counter[str]:
    """Its numbers, .9 and 0.9 being one; not those within names, dates, paths or places in a list."""
    found = re.findall(r"(?<![A-Za-z0-9_#/.,-])\.?\d+(?:[.,]\d+)*", README[name])
    return Counter(number.removeprefix("0") for number in found)


LINES = [line[2:] for block in blocks(ENGLISH, "console") for line in block if line.startswith("$ kg ")]


@both
def test_every_command_is_in_the_table(name: str) -> None:
    assert {m[1] for m in re.finditer(r"^\| `kg (\w+)", README[name], re.MULTILINE)} == set(ENTRIES)


def test_every_option_is_one_of_a_command() -> None:
    with click.Context(main) as context:
        commands = [main.get_command(context, entry) for entry in main.list_commands(context)]
        commands += [c for group in commands if isinstance(group, click.Group) for c in group.commands.values()]
    known = {option for command in [main, *commands] if command for p in command.params for option in p.opts}
    assert options(ENGLISH) - {"--help"} <= known


@both
def test_every_saved_query_is_in_the_table_with_its_titles_and_parameters(name: str) -> None:
    for query in catalogue().values():
        parameters = ", ".join(f"`{p.name}`" if p.required else f"[`{p.name}`]" for p in query.parameters)
        row = f"| `{query.name}` | {query.title['zh']} · {query.title['en']} | {parameters} |"
        assert row in README[name], row
    assert README[name].count("\n| `") - README[name].count("\n| `kg ") == len(catalogue())


@both
def test_links_lead_somewhere(name: str) -> None:
    assert len(links(name)) >= 10
    for target in links(name):
        assert "://" in target or (ROOT / target).exists(), target


def test_each_language_leads_to_the_other() -> None:
    for name, other in ((ENGLISH, CHINESE), (CHINESE, ENGLISH)):
        assert f"]({other})" in README[name].splitlines()[1]
        assert Counter(links(name)) - Counter([other]) == Counter(links(other)) - Counter([name])


def test_both_languages_show_the_same_examples_options_and_figures() -> None:
    assert blocks(ENGLISH, "console") == blocks(CHINESE, "console")
    assert blocks(ENGLISH, "python") == blocks(CHINESE, "python")
    for start in ("## ", "|", "- **"):
        assert README[ENGLISH].count(f"\n{start}") == README[CHINESE].count(f"\n{start}"), start
    assert options(ENGLISH) == options(CHINESE)
    assert figures(ENGLISH) == figures(CHINESE)


def test_the_pictures_are_made_from_the_samples() -> None:
    picture = (ROOT / "docs" / "chain.svg").read_text("utf-8")
    assert "龙固镇" in picture and "徐州市人民政府" in picture


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples where the README's commands find them."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "kg" / "samples", folder / "kg" / "samples")
    return folder


def test_the_examples_run_in_their_order(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    monkeypatch.setenv("KG_STORE", "demo.kgl")
    assert len(LINES) >= 10
    for line in LINES:
        done = CliRunner().invoke(main, shlex.split(line, comments=True)[1:])
        assert done.exit_code == 0, (line, done.stderr)
        assert done.stdout.strip(), line
    assert {p.name for p in place.iterdir()} >= {"town.html", "town.svg", "graph.ttl"}
