"""The tables of scores after the last test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from score import table
from score_sets import RELIABILITY, TABLES, annotated


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was scored, what was not, and how reliable is what says how sure it is."""
    if RELIABILITY:
        from reliability import table as reliability_table

        terminalreporter.section("reliability of confidences")
        terminalreporter.write_line(reliability_table(RELIABILITY))
    if not TABLES:
        return
    terminalreporter.section("scores of reading")
    terminalreporter.write_line(table(TABLES))
    if "given" not in annotated():
        terminalreporter.write_line(
            "Not scored: the notices that KG_NOTICES (a folder of them) and KG_GOLD (a folder with gold/ and score.py) "
            "would name; these variables are not set."
        )
