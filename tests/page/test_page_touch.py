"""Fingers on the page of a graph, at a phone's width: what a mouse does is done by a tap, a drag and two fingers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from opened_page import Opened, Opener, centre

from kg.model import Graph
from kg.page import page

Point = tuple[float, float]


@pytest.fixture
def opened(show: Opener, county: Graph) -> Opened:
    return show(page(county, title="临邑县大气污染防治责任图"), width=390, height=800)


@pytest.fixture
def fingers(opened: Opened) -> Callable[[list[list[Point]]], None]:
    """Puts fingers down at the first points, moves them through the others, and lifts them."""
    session = opened.page.context.new_cdp_session(opened.page)

    def move(steps: list[list[Point]]) -> None:
        for at, points in enumerate(steps):
            touched = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
            session.send(
                "Input.dispatchTouchEvent", {"type": "touchMove" if at else "touchStart", "touchPoints": touched}
            )
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    return move


def free(opened: Opened) -> Point:
    """A place on the drawing with nothing on it."""
    x, y = opened.page.evaluate(
        """() => { const r = $('canvas').getBoundingClientRect();
        for (let y = 120; y < r.height - 120; y += 7) for (let x = 90; x < r.width - 90; x += 7) {
            const p = {x, y};
            if (!Canvas.network.getNodeAt(p) && Canvas.network.getEdgeAt(p) === undefined) return [x + r.left, y + r.top]; } }"""
    )
    return x, y


def seen(opened: Opened) -> Any:
    return opened.page.evaluate("({...Canvas.network.getViewPosition(), scale: Canvas.network.getScale()})")


def test_a_tap_on_a_thing_shows_its_record_and_the_panel_is_closed_by_one(opened: Opened) -> None:
    opened.page.touchscreen.tap(*centre(opened, "临邑县人民政府"))
    opened.page.wait_for_selector("#told h3")
    assert opened.page.inner_text("#told h3") == "临邑县人民政府"
    opened.page.tap("#close")
    assert opened.page.is_hidden("#panel")


def test_a_finger_moves_the_drawing_and_not_the_page(
    opened: Opened, fingers: Callable[[list[list[Point]]], None]
) -> None:
    before, (x, y) = seen(opened), free(opened)
    fingers([[(x, y)], *([(x - 5 * n, y - 8 * n)] for n in range(1, 9))])
    opened.page.wait_for_function("x => Canvas.network.getViewPosition().x > x + 10", arg=before["x"])
    after = seen(opened)
    assert after["y"] > before["y"] + 20
    assert after["scale"] == before["scale"]
    assert opened.page.evaluate("[scrollX, scrollY]") == [0, 0]


@pytest.mark.parametrize("grows", [True, False])
def test_two_fingers_zoom_the_drawing_and_not_the_page(
    opened: Opened, fingers: Callable[[list[list[Point]]], None], grows: bool
) -> None:
    before, (x, y) = seen(opened), free(opened)
    steps = [[(x - 20 - 6 * n, y), (x + 20 + 6 * n, y)] for n in range(9)]
    fingers(steps if grows else steps[::-1])
    ratio = f"Canvas.network.getScale() / {before['scale']}"
    opened.page.wait_for_function(f"{ratio} > 1.3" if grows else f"{ratio} < 0.8")
    assert opened.page.evaluate("visualViewport.scale") == 1
