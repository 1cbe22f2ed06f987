"""What axe-core finds wrong with a page for people who use a keyboard or a screen reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import axe_core_python
from playwright.sync_api import Page

_AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf-8")
_RUN = """axe.run(document, {iframes: false}).then(r => JSON.stringify(r.violations
    .filter(v => ['serious', 'critical'].includes(v.impact)).map(v => [v.id, v.nodes.map(n => n.html)])))"""


def serious_faults(page: Page) -> list[Any]:
    """Rules that the page breaks, each with the elements. The tool is a guest: it enters past the page's policy."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": _AXE})
    told = session.send("Runtime.evaluate", {"expression": _RUN, "awaitPromise": True, "returnByValue": True})
    found: list[Any] = json.loads(told["result"]["value"])
    return found
