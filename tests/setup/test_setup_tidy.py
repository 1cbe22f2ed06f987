"""Lint and types are part of the tests."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("tool", [["ruff", "check", "--no-cache", "."], ["mypy"]], ids=["ruff", "mypy"])
def test_the_code_is_tidy(tool: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_requirement_is_pinned_and_is_among_the_constraints() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    constraints = {folded(x) for x in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if "==" in x}
    assert all("==" in r for r in asked)
    assert not {folded(r) for r in asked} - constraints


def folded(requirement: str) -> str:
    """Package names are the same whatever their case and dashes."""
    name, _, version = requirement.partition("==")
    return name.lower().replace("_", "-") + "==" + version
