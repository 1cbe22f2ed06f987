"""Which annotated notices there are, and the tables of scores after the last test."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from score import Scores, table

GOLD = Path(__file__).parents[1] / "gold"
TABLES: dict[str, Scores] = {}


def annotated() -> dict[str, tuple[Path, Path]]:
    """Annotations and notices of each set; ``given`` are those that KG_GOLD and KG_NOTICES name, if they do."""
    sets = {name: (GOLD / name, GOLD / name) for name in ("seen", "unseen")}
    if os.environ.get("KG_GOLD") and os.environ.get("KG_NOTICES"):
        sets["given"] = (Path(os.environ["KG_GOLD"]) / "gold", Path(os.environ["KG_NOTICES"]))
    return sets


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was scored, and what was not."""
    if not TABLES:
        return
    terminalreporter.section("scores of reading")
    terminalreporter.write_line(table(TABLES))
    if "given" not in annotated():
        terminalreporter.write_line(
            "Not scored: the notices that KG_NOTICES (a folder of them) and KG_GOLD (a folder with gold/ and score.py) "
            "would name; these variables are not set."
        )
