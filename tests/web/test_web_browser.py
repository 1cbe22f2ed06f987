"""The explorer in a real browser: suggestions, words and statements, drawings; hostile notices run nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_faults import serious_faults
from playwright.sync_api import Browser, Page
from web_served import Served, serving

from kg.loading import Defaults, load
from kg.store import open_store
from kg.web import Settings

HOSTILE = """<script>document.title="hit"</script>县召开会议
发布日期：2024-03-02　来源：望都县人民政府
3月1日，望都县召开“<img src=x onerror=document.title='hit'>”推进会。县长高<b>远</b>要求，县生态环境局要在6月底前完成</script><script>document.title='hit'</script>整治；javascript:alert(1)。
"""


@dataclass
class Tab:
    """A page with what it asked of the network and what went wrong in it."""

    page: Page
    base: str
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.base + quote(path, safe="/%?=&#"), wait_until="load")
        return self.page


Opens = Callable[..., Tab]


@pytest.fixture
def opens(browser: Browser) -> Iterator[Opens]:
    made = []

    def new(site: Served, *, width: int = 1280, dark: bool = False, tongue: str = "zh-CN") -> Tab:
        context = browser.new_context(
            viewport={"width": width, "height": 860}, color_scheme="dark" if dark else "light", locale=tongue,
            reduced_motion="reduce", has_touch=width < 500,
        )  # fmt: skip
        context.set_default_timeout(30000)
        made.append(context)
        tab = Tab(context.new_page(), site.base)
        tab.page.on("request", lambda r: tab.asked.append(r.url))
        tab.page.on("console", lambda m: tab.wrong.append(m.text) if m.type == "error" else None)
        tab.page.on("pageerror", lambda e: tab.wrong.append(str(e)))
        return tab

    yield new
    for context in made:
        context.close()


def test_typing_a_name_leads_to_the_thing(served: Served, opens: Opens) -> None:
    tab = opens(served)
    page = tab.go("/")
    page.locator(".big input").press_sequentially("沛县生态")
    page.locator(".big .menu li").first.wait_for()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation(url="**/thing/**"):
        page.keyboard.press("Enter")
    assert "沛县生态环境局" in page.locator("h1").inner_text()
    assert tab.wrong == []


def test_rows_of_an_earlier_prefix_cannot_be_chosen(served: Served, opens: Opens) -> None:
    page = opens(served).go("/")
    page.locator(".big input").press_sequentially("沛县")
    page.locator(".big .menu li").first.wait_for()
    typing = """el => { el.value += "生"; el.dispatchEvent(new Event("input"));
                return el.parentElement.querySelector(".menu").hidden }"""
    assert page.locator(".big input").evaluate(typing)
    page.locator(".big .menu li", has_text="沛县生态环境局").first.wait_for()


def test_a_question_is_asked_with_a_suggestion_and_its_address_repeats_it(served: Served, opens: Opens) -> None:
    tab = opens(served)
    page = tab.go("/query/supervision/who-supervises")
    page.locator("input[name=subject]").press_sequentially("沛县")
    page.locator(".ask .menu li", has_text=re.compile("region:320322$")).click()
    assert page.locator("input[name=subject]").input_value() == "沛县"
    with page.expect_navigation():
        page.locator(".ask button").click()
    rows = page.locator("tbody tr").count()
    again = opens(served)
    again.page.goto(page.url)
    assert again.page.locator("tbody tr").count() == rows
    frame = page.frame_locator("iframe.drawing")
    page.locator("iframe.drawing").scroll_into_view_if_needed()
    frame.locator("canvas").first.wait_for()
    assert tab.wrong == [] and all(url.startswith((tab.base, "data:")) for url in tab.asked)


def test_words_lead_to_statements_and_back(served: Served, opens: Opens) -> None:
    tab = opens(served)
    notice = served.ask("/api/notices").json[3]["id"]
    page = tab.go(f"/notice/{quote(notice, safe='')}")
    page.locator("[data-said]").nth(4).click()
    assert page.locator("[data-statement].on").count() >= 1
    page.locator("[data-statement] small").first.click()
    assert page.locator("[data-statement].on").count() == 1
    assert page.locator("[data-said].on").count() >= 1
    assert tab.wrong == []


def test_a_quote_opens_its_notice_at_its_words(served: Served, opens: Opens) -> None:
    tab = opens(served)
    page = tab.go("/thing/region:320322")
    quote_text = page.locator("#SUPERVISES-into q").first.inner_text()
    with page.expect_navigation(url="**/notice/**"):
        page.locator("#SUPERVISES-into cite a").first.click()
    lit = "".join(page.locator("[data-said].on").all_inner_texts())
    assert quote_text.strip("“”") in lit


def test_the_chain_is_drawn_and_a_step_opens_its_words(served: Served, opens: Opens) -> None:
    tab = opens(served)
    page = tab.go("/chain?subject=沛县&depth=1")
    frame = page.frame_locator("iframe.drawing")
    frame.locator(".arrow").first.dispatch_event("click")
    frame.locator("#panel").wait_for()
    assert tab.wrong == [] and all(url.startswith((tab.base, "data:")) for url in tab.asked)


def test_a_hostile_notice_runs_nothing(tmp_path: Path, opens: Opens) -> None:
    address = str(tmp_path / "hostile.kgl")
    with open_store(address) as store:
        tally = load(store, [("hostile.txt", HOSTILE.encode("utf-8"), "")], Defaults())
    assert tally.new == 1
    with serving(Settings(address)) as site:
        tab = opens(site)
        found = site.ask("/api/notices").json[0]["id"]
        things = [n["id"] for n in site.ask("/api/search", {"q": "县"}).json]
        paths = ["/", "/notices", f"/notice/{quote(found, safe='')}", "/search?q=<script>document.title='hit'</script>"]
        paths += [f"/thing/{quote(t, safe='')}" for t in things] + [f"/chain?subject={quote(things[0], safe='')}"]
        paths += ["/cypher?text=MATCH (n:Notice) RETURN n.title, n.text", "/<img src=x onerror=alert(1)>"]
        paths += [f"/graph?thing={quote(things[0], safe='')}"]
        for path in paths:
            page = tab.go(path)
            page.wait_for_timeout(50)
            assert "hit" != page.title() and page.locator("main script, main img[src=x]").count() == 0, path
        assert [w for w in tab.wrong if "404" not in w] == []


@pytest.mark.parametrize(("width", "dark", "tongue"), [(1280, False, "zh-CN"), (390, True, "en-US")])
def test_axe_finds_no_serious_fault_and_nothing_overflows(
    served: Served, opens: Opens, width: int, dark: bool, tongue: str
) -> None:
    tab = opens(served, width=width, dark=dark, tongue=tongue)
    notice = served.ask("/api/notices").json[3]["id"]
    for path in ("/", "/queries", "/search?q=沛县", "/thing/region:320322", f"/notice/{quote(notice, safe='')}", "/nowhere",
                 "/query/supervision/who-supervises?subject=沛县", "/chain?subject=沛县&depth=1", "/cypher?text=RETURN 1"):  # fmt: skip
        page = tab.go(path)
        assert serious_faults(page) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
