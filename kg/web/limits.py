"""How much one request may ask."""

from __future__ import annotations

ROWS, SECONDS = 1000, 20.0
"""Most rows of an answer, and longest time for one."""

PAGE = 200
"""Rows of an answer on one page."""

FINDINGS = 50
"""Findings of a kind on the page of gaps."""
