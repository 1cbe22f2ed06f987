"""A chain as an HTML file in a real browser with the network cut."""

from __future__ import annotations

import re

import pytest
from opened_page import Opener

from kg.chain import accountability
from kg.draw import draw
from kg.model import Graph


@pytest.fixture(scope="module")
def document(county: Graph) -> str:
    return draw(accountability(county, county.nodes["obligation:plan/05"]), "html")


def test_it_opens_without_a_request_or_an_error(show: Opener, document: str) -> None:
    opened = show(document)
    assert len(opened.requests) == 1 and opened.errors == []
    assert opened.page.inner_text("h1") == "完成四家板材企业挥发性有机物深度治理的责任链"
    assert opened.page.locator(".sources li").count() == 6


def test_an_arrow_opens_the_words_it_rests_on(show: Opener, document: str) -> None:
    opened = show(document)
    arrow = opened.page.get_by_role("button", name="邝学勤 → 临邑县生态环境局")
    arrow.focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#told h3") == "邝学勤 → 临邑县生态环境局"
    assert opened.page.inner_text("#told mark") == "副县长邝学勤，分管生态环境局、气象局。"
    assert "2024-02-26 · 临邑县人民政府办公室" in opened.page.inner_text("#told cite")
    opened.page.keyboard.press("Escape")
    assert opened.page.is_hidden("#panel")


def test_a_box_opens_what_stands_above_and_below(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.locator("g.box[id]", has_text="邝学勤").click()
    told = opened.page.inner_text("#told")
    assert "副县长" in told and "临邑县人民政府" in told and "临邑县生态环境局" in told
    opened.page.get_by_role("button", name="分管 临邑县生态环境局").click()
    assert opened.page.inner_text("#told h3") == "邝学勤 → 临邑县生态环境局"
    opened.page.click("#close")
    assert opened.page.is_hidden("#panel")


def test_derived_steps_say_from_what(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.get_by_role("button", name="山东省人民政府 → 德州市人民政府").focus()
    opened.page.keyboard.press(" ")
    assert "依行政区划" in opened.page.inner_text("#told") and "推定" in opened.page.inner_text("#told")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_itself_never_scrolls_sideways(show: Opener, document: str, width: int, dark: bool) -> None:
    opened = show(document, width=width, dark=dark)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.page.locator("g.box[id]", has_text="阮守拙").click()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    fill = opened.page.evaluate("getComputedStyle(document.querySelector('.paper')).fill")
    assert (fill == "rgb(18, 22, 28)") is dark


def test_it_prints_on_a_sheet_that_lies_as_the_drawing_does(show: Opener, document: str) -> None:
    opened = show(document)
    drawn = opened.page.locator(".drawing svg").bounding_box()
    sheet = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", opened.page.pdf(prefer_css_page_size=True))
    assert drawn is not None and sheet is not None
    assert (float(sheet[2]) > float(sheet[1])) is (drawn["height"] > drawn["width"])
