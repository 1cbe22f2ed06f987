"""The page of ``kg extract --explain`` in a real browser with the network cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from opened_page import Opened, Opener

import kg
from kg.explain import Explanation
from kg.explain.page import page
from kg.loading import Defaults, explain
from kg.model import Edge, Evidence, Node, Notice, Reading

SUMMONS = Path(kg.__file__).parent / "samples" / "07-summons.txt"


@pytest.fixture(scope="module")
def document() -> str:
    return page(explain(SUMMONS, "07-summons.txt", Defaults()))


def marked(opened: Opened) -> str:
    return "".join(opened.page.locator("#text .on").all_inner_texts())


def test_it_opens_without_a_request_or_an_error_and_holds_the_notice(show: Opener, document: str) -> None:
    opened = show(document)
    assert len(opened.requests) == 1 and opened.errors == []
    assert opened.page.inner_text("h1") == "徐州市攻坚办就夏季秸秆焚烧和扬尘问题约谈沛县政府"
    text = opened.page.evaluate("document.getElementById('text').textContent")
    assert text == explain(SUMMONS, "07-summons.txt", Defaults()).reading.notice.text


def test_a_click_on_a_statement_marks_its_words(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.locator("#told .row", has_text="鲍立言 主持 约谈").click()
    assert marked(opened) == "市生态环境局党组书记、局长鲍立言主持"
    assert opened.page.inner_text("#told mark") == "市生态环境局党组书记、局长鲍立言主持"
    assert "chairs" in opened.page.inner_text("#told .row.on")
    opened.page.locator("#told .row.on").click()
    assert marked(opened) == ""


def test_a_click_on_words_shows_what_they_say(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.locator("#text span", has_text="季凤岐").first.click()
    told = opened.page.inner_text("#told")
    assert "person:季凤岐@320322" in told and "沛县人民政府副县长" in told and "出席" in told
    assert "鲍立言" not in told
    opened.page.keyboard.press("Escape")
    assert marked(opened) == ""
    opened.page.locator("#text .u").first.focus()
    opened.page.keyboard.press("Enter")
    assert "未读出监督关系" in opened.page.inner_text("#told")


def test_lists_of_what_is_derived_named_and_unread(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.locator("#tabs button", has_text="推定").click()
    opened.page.locator("#told .row", has_text="沛县人民政府 管辖 沛县").click()
    assert "body-name" in opened.page.inner_text("#told")
    opened.page.locator("#tabs button", has_text="提及").click()
    opened.page.locator("#told .row", has_text="沛县住建局 → 沛县住房和城乡建设局").click()
    assert marked(opened) == "沛县住建局"
    opened.page.locator("#tabs button", has_text="未读").click()
    opened.page.locator("#told .row", has_text="挂牌督办").click()
    assert marked(opened) == "挂牌督办"


def test_what_is_derived_says_what_it_follows_from(show: Opener) -> None:
    text = "甲局在乙县。"
    nodes = [Node("agency:a", "Agency", "甲局"), Node("region:b", "Region", "乙县")]
    here = (Evidence("notice:x", 0, 5, "甲局在乙县"),)
    stated = Edge("agency:a", "GOVERNS", "region:b", here, "told", 0.9)
    derived = Edge("agency:a", "SUPERVISES", "region:b", here, "from-that", 0.8, True, (stated.key,))
    told = Explanation(Reading(Notice("notice:x", text=text), nodes, [stated, derived]), [(0, len(text))])
    opened = show(page(told))
    opened.page.locator("#tabs button", has_text="推定").click()
    opened.page.locator("#told .row", has_text="from-that").click()
    full = opened.page.inner_text("#told .full")
    assert "据以推定" in full and "told" in full and marked(opened) == "甲局在乙县"


def test_its_words_turn_to_english_and_back(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.click("#language")
    assert opened.page.inner_text("#tabs").startswith("Stated") and opened.page.get_attribute("html", "lang") == "en"
    opened.page.click("#language")
    assert opened.page.inner_text("#tabs").startswith("明文")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_never_scrolls_sideways_and_words_stay_in_sight(show: Opener, document: str, width: int, dark: bool) -> None:
    opened = show(document, width=width, dark=dark)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    opened.page.locator("#tabs button", has_text="明文").click()
    opened.page.locator("#told .row", has_text="季凤岐").last.click()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    box = opened.page.locator("#text .on").first.bounding_box()
    assert box is not None and 0 <= box["y"] < (800 * 0.42 if width == 390 else 800)
    paper = opened.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (paper == "rgb(18, 22, 28)") is dark


def test_a_narrow_screen_opens_and_shuts_the_list_below(show: Opener, document: str) -> None:
    opened = show(document, width=390)
    assert opened.page.is_hidden("#told")
    tab = opened.page.locator("#tabs button", has_text="未读")
    tab.click()
    assert opened.page.is_visible("#told")
    tab.click()
    assert opened.page.is_hidden("#told")


def test_hostile_words_stay_words(show: Opener) -> None:
    bad = "</script><img src=x onerror=alert(1)><b>&amp;\u2028𠮷\ud800"
    notice = Notice("notice:x", title=bad, text=f"{bad}要整改。")
    here = (Evidence("notice:x", 0, len(bad), bad),)
    nodes = [Node(bad, "Agency", bad, (bad,), {"unresolved": True})]
    edges = [Edge(bad, "STATED_IN", "notice:x", here, "mention"), Edge(bad, "BEARS", bad, here, bad, 0.5)]
    opened = show(page(Explanation(Reading(notice, nodes, edges, [bad]), [(0, len(notice.text))])))
    assert opened.errors == [] and len(opened.requests) == 1
    assert opened.page.locator("img").count() == 0 and opened.page.locator("#text b").count() == 0
    opened.page.locator("#told .row").first.click()
    assert "<img src=x" in opened.page.inner_text("#told mark") and "𠮷" in marked(opened)
