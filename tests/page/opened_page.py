"""A page opened in the browser, as the tests see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page


@dataclass
class Opened:
    """A page, what it asked of the network, and what went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


Opener = Callable[..., Opened]


def centre(opened: Opened, name: str) -> tuple[float, float]:
    """Where on the screen a thing's mark is."""
    at: Any = opened.page.evaluate(
        """name => { const n = G.nodes.findIndex(v => v[2] === name), r = document.getElementById('canvas').getBoundingClientRect();
        const p = Canvas.network.canvasToDOM(Canvas.network.getPosition(n)); return [p.x + r.left, p.y + r.top]; }""",
        name,
    )
    return at[0], at[1]
