"""What a person who has only the wheel, or only a clone, gets."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEFT_OUT = (".git", ".venv", "out", "build", "dist", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")
COUNT = sum(p.name[:2].isdecimal() for p in (ROOT / "kg" / "samples").iterdir())
Kg = Callable[..., str]


def run(command: list[str], folder: Path) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "KG_", "VIRTUAL_ENV", "PIP_REQ"))}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a clone holds."""
    folder = tmp_path_factory.mktemp("sources") / "clone"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return folder


@pytest.fixture(scope="module")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(out), str(sources)], out)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def kg(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Kg:
    """``kg`` of a new environment that has the wheel alone; it runs in a folder of its own."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", with_pip=True)
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    install = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*install, "--constraint", str(ROOT / "constraints.txt"), str(wheel)], folder)
    return lambda *arguments: run([str(scripts / "kg"), "--store", "s.kgl", *arguments], folder)


def test_the_wheel_holds_all_data_and_no_tests(wheel: Path, sources: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        p.relative_to(sources).as_posix()
        for package in ("kg", "loaders")
        for p in (sources / package).rglob("*")
        if p.is_file()
    }
    wanted |= {
        f"kg/{p.relative_to(sources).as_posix()}" for d in ("ontology", "queries") for p in (sources / d).rglob("*.*")
    }
    assert not wanted - names
    assert {n.split("/")[0] for n in names} == {
        "kg",
        "loaders",
        next(n for n in names if ".dist-info" in n).split("/")[0],
    }
    assert {n.rpartition("/")[2] for n in names if "/licenses/" in n} == {"LICENSE", "NOTICE"}


def test_the_installed_wheel_answers_from_its_own_files(kg: Kg, samples: Path) -> None:
    assert f"{COUNT} new" in kg("load", str(samples))
    where = kg("query", "duties/of", "--help")
    assert str(ROOT) not in where and "site-packages" in where
    assert "郭砚秋" in kg("query", "supervision/who-supervises", "-p", "subject=龙固镇")
    assert "徐州市人民政府" in kg("chain", "龙固镇")
    for command in (
        ["viz"],
        ["chain", "龙固镇", "-o", "chain.html"],
        ["export", "-o", "graph.ttl"],
        ["validate"],
        ["stats"],
    ):
        assert kg(*command)


@pytest.fixture
def samples(sources: Path, tmp_path: Path) -> Path:
    """The sample notices away from any source tree."""
    return Path(shutil.copytree(sources / "kg" / "samples", tmp_path / "notices"))


def test_a_clone_shows_itself_by_one_command_and_again_in_seconds(sources: Path) -> None:
    said = run([sys.executable, "run.py", "demo"], sources)
    assert f"{COUNT} new" in said and "郭砚秋" in said and "chain.html" in said
    for name in ("demo.kgl", "graph.html", "chain.html", "chain.svg"):
        assert (sources / "out" / name).stat().st_size > 1000
    again = run([sys.executable, "run.py", "demo"], sources)
    assert "Installing" not in again
    assert f"{COUNT} unchanged" in again


def test_a_wrong_word_shows_what_there_is(sources: Path) -> None:
    done = subprocess.run([sys.executable, "run.py", "dmeo"], cwd=sources, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "run.py demo" in done.stdout
