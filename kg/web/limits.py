"""How much one request may ask."""

from __future__ import annotations

ROWS, SECONDS = 1000, 20.0
"""Most rows of an answer, and longest time for one."""

PAGE = 200
"""Rows of an answer on one page."""

FINDINGS, NEAR = 50, 100
"""Findings of a kind on the page of gaps, and relationships of a kind in the drawing around a thing."""

PATIENCE = 0.1
"""Seconds after which a growing page shows what is known so far."""
