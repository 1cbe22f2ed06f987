"""How much one request may ask."""

from __future__ import annotations

ROWS, SECONDS = 1000, 20.0
"""Most rows of an answer, and longest time for one."""
