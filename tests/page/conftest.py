"""A real Chromium without a network, and pages to open in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

sys.path.insert(0, str(Path(__file__).parents[1] / "chain"))

from county_graph import build
from opened_page import Opened, Opener

from kg.model import Graph
from kg.page import page


@pytest.fixture(scope="session")
def county() -> Graph:
    return build()


@pytest.fixture(scope="session")
def document(county: Graph) -> str:
    """The page of all of a county."""
    return page(county, title="临邑县大气污染防治责任图")


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[[int, int, bool], BrowserContext]]:
    """Offline browser contexts by size and colour scheme, each made once."""
    made: dict[tuple[int, int, bool], BrowserContext] = {}

    def context(width: int, height: int, dark: bool) -> BrowserContext:
        key = (width, height, dark)
        if key not in made:
            made[key] = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", offline=True,
                reduced_motion="reduce", locale="zh-CN", has_touch=width < 500,
            )  # fmt: skip
            made[key].set_default_timeout(5000)
        return made[key]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def show(contexts: Callable[[int, int, bool], BrowserContext], tmp_path: Path) -> Iterator[Opener]:
    """Open a document with the network cut: ``show(html, width=1280, dark=False)``."""
    pages: list[Page] = []

    def opener(document: str, *, width: int = 1280, height: int = 800, dark: bool = False, at: str = "") -> Opened:
        path = tmp_path / f"page{len(pages)}.html"
        path.write_text(document, "utf-8")
        opened = Opened(contexts(width, height, dark).new_page())
        pages.append(opened.page)
        opened.page.on("request", lambda r: opened.requests.append(r.url))
        opened.page.on("pageerror", lambda e: opened.errors.append(str(e)))
        opened.page.on("console", lambda m: opened.errors.append(m.text) if m.type in ("error", "warning") else None)
        opened.page.goto(path.as_uri() + at)
        if 'id="graph"' in document:
            opened.page.wait_for_selector("html[data-ready=true]")
        return opened

    yield opener
    for one in pages:
        one.close()
