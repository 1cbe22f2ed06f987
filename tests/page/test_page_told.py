"""What the page tells of a thing, a line and a notice, in a real browser: found by search, click and legend."""

from __future__ import annotations

from opened_page import Opener, centre


def test_search_flies_to_a_thing(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("县生态环境")
    assert opened.page.locator("#found li").count() == 2
    assert "临邑县生态环境局" in opened.page.inner_text("#found li[aria-selected=true]")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("ArrowUp")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#told h3") == "临邑县生态环境局"
    assert opened.page.is_hidden("#found")
    x, y = centre(opened, "临邑县生态环境局")
    assert 208 < x < 1280 - 384 and 56 < y < 800, "in sight, beside the panel"


def test_search_finds_aliases_and_says_when_there_is_nothing(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.fill("#search", "县水利局")
    assert "临邑县水利局" in opened.page.inner_text("#found li >> nth=0")
    opened.page.fill("#search", "没有的东西")
    assert opened.page.inner_text("#found") == "没有找到"


def test_a_click_on_a_thing_shows_its_record(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.mouse.click(*centre(opened, "临邑县人民政府"))
    told = opened.page.inner_text("#told")
    assert "临邑县人民政府" in told and "agency:371424/人民政府" in told and "德州市生态环境局" in told
    opened.page.keyboard.press("Escape")
    assert opened.page.is_hidden("#panel")


def test_a_click_on_a_line_shows_the_words(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.evaluate("Canvas.network.moveTo({scale: 1})")
    at = opened.page.evaluate(
        """() => { const n = name => G.nodes.findIndex(v => v[2] === name), a = n('德州市生态环境局'), b = n('临邑县人民政府');
        const p = Canvas.network.body.edges[a + '-' + b].edgeType.getPoint(0.5);
        Canvas.network.moveTo({position: p, scale: 1});
        const q = Canvas.network.canvasToDOM(p), r = document.getElementById('canvas').getBoundingClientRect();
        return [q.x + r.left, q.y + r.top]; }"""
    )
    opened.page.mouse.click(*at)
    assert opened.page.inner_text("#told mark") == "市生态环境局对各县落实情况开展督察。"
    told = opened.page.inner_text("#told")
    assert "临邑县2024年空气质量提升攻坚行动方案" in told and "2024-04-18" in told and "临邑县人民政府办公室" in told
    assert "督察" in told and "明文" in told
    assert opened.page.get_attribute("#told cite a", "href") == "https://www.example.gov.cn/plan.html"
    assert opened.page.get_attribute("#told cite a", "rel") == "noopener noreferrer"


def test_derived_statements_say_so(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.fill("#search", "德州市生态环境局")
    opened.page.keyboard.press("Enter")
    opened.page.click("#told .rel .why.derived >> nth=0")
    assert opened.page.locator("#told .chip.derived").inner_text() == "推定"
    assert "没有引文" in opened.page.inner_text("#told")
    said = opened.page.locator("#told dl dd").first
    assert said.inner_text() == "依其他表述推定 derived/structure"
    opened.page.click("#language")
    assert said.inner_text() == "inferred from other statements derived/structure"


def test_the_legend_filters(show: Opener, document: str) -> None:
    opened = show(document)
    people = opened.page.locator("#labels .key", has_text="人员")
    assert people.inner_text().split() == ["人员", "34"]
    people.click()
    assert opened.page.evaluate("Canvas.count()") == 143 - 34
    assert opened.page.locator("#labels .key", has_text="人员").get_attribute("aria-pressed") == "false"
    opened.page.locator("#labels .key", has_text="机构").click(modifiers=["Alt"])
    assert opened.page.evaluate("Canvas.count()") == 30
    opened.page.locator("#labels .key", has_text="机构").click(modifiers=["Alt"])
    assert opened.page.evaluate("Canvas.count()") == 143
    opened.page.locator("#kinds .key", has_text="推定").click()
    drawn = opened.page.evaluate("Object.values(Canvas.network.body.edges).filter(e => !e.options.hidden).length")
    assert 0 < drawn < 213
    opened.page.click("#all")
    assert opened.page.is_hidden("#all")


def test_hiding_everything_is_said_and_search_brings_a_kind_back(show: Opener, document: str) -> None:
    opened = show(document)
    for i in range(opened.page.locator("#labels .key").count()):
        opened.page.locator("#labels .key").nth(i).click()
    assert "隐藏" in opened.page.inner_text("#note")
    opened.page.fill("#search", "邝学勤")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("Canvas.count()") == 34
    assert opened.page.is_hidden("#note")


def test_words_are_kept_to_be_compared_with_others(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.fill("#search", "临邑县生态环境局")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#told .why").first.click()
    first = opened.page.locator(".statement blockquote").first.inner_text()
    opened.page.locator("[aria-pressed]", has_text="固定，以便对照").first.click()
    assert opened.page.locator(".kept").count() == 0, "what is told is not told twice"
    opened.page.fill("#search", "临邑县人民政府")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#told > div .why").last.click()
    assert opened.page.locator(".kept blockquote").first.inner_text() == first
    opened.page.wait_for_timeout(700)
    again = show(document, at="#" + opened.page.url.partition("#")[2])
    assert again.page.locator(".kept blockquote").first.inner_text() == first
    again.page.locator(".kept [aria-pressed]", has_text="取下").first.click()
    assert again.page.locator(".kept").count() == 0
    assert opened.errors == again.errors == []


def test_the_way_between_two_things_is_told_with_its_words(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.fill("#search", "山东省人民政府")
    opened.page.keyboard.press("Enter")
    opened.page.click("[data-deed=way]")
    assert "另一端" in opened.page.inner_text("#note")
    opened.page.fill("#search", "邝学勤")
    opened.page.keyboard.press("Enter")
    told = opened.page.inner_text("#told")
    assert "山东省人民政府" in told and "邝学勤" in told
    steps = opened.page.locator("#told .statement").count()
    assert steps >= 2 and opened.page.is_hidden("#note")
    assert opened.page.evaluate("View.code()").startswith("path=") or "path=" in opened.page.evaluate("View.code()")


def test_the_whole_notice_is_a_click_further_with_its_statements_marked(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.fill("#search", "德州市生态环境局")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#told .rel .why:not(.derived)").first.click()
    words = opened.page.locator("#told mark").first.inner_text()
    opened.page.locator("#told .more", has_text="看全文").first.click()
    assert opened.page.locator(".said").count() > 3
    assert words in opened.page.inner_text(".whole")
    opened.page.locator(".said").first.click()
    assert opened.page.locator("#told .statement").count() >= 1
    assert opened.errors == []
