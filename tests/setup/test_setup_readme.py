"""The README tells the truth: every command and query is in it, and its examples run."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from kg.ask import catalogue
from kg.cli.app import ENTRIES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
LINES = [line[2:] for block in BLOCKS for line in block.splitlines() if line.startswith("$ kg ")]


def test_every_command_is_in_the_table() -> None:
    assert {m[1] for m in re.finditer(r"^\| `kg (\w+)", README, re.MULTILINE)} == set(ENTRIES)


def test_every_saved_query_is_in_the_table_with_its_titles_and_parameters() -> None:
    for query in catalogue().values():
        parameters = ", ".join(f"`{p.name}`" if p.required else f"[`{p.name}`]" for p in query.parameters)
        row = f"| `{query.name}` | {query.title['zh']} · {query.title['en']} | {parameters} |"
        assert row in README, row
    assert README.count("\n| `") - README.count("\n| `kg ") == len(catalogue())


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert "://" in target or (ROOT / target).exists(), target


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
    from click.testing import CliRunner

    from kg.cli import main

    monkeypatch.chdir(place)
    monkeypatch.setenv("KG_STORE", "demo.kgl")
    assert len(LINES) >= 10
    for line in LINES:
        done = CliRunner().invoke(main, shlex.split(line, comments=True)[1:])
        assert done.exit_code == 0, (line, done.stderr)
        assert done.stdout.strip(), line
    assert {p.name for p in place.iterdir()} >= {"town.html", "town.svg", "graph.ttl"}
