"""The page of a graph in a real browser with the network cut."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from axe_faults import serious_faults
from opened_page import Opener, centre

from kg.model import Edge, Evidence, Graph, Node, Notice
from kg.page import page


@pytest.fixture(scope="module")
def document(county: Graph) -> str:
    return page(county, title="临邑县大气污染防治责任图")


def test_it_opens_without_a_request_or_an_error(show: Opener, document: str) -> None:
    opened = show(document)
    assert opened.page.get_attribute("html", "data-ready") == "true"
    assert [r for r in opened.requests if not r.startswith("file:")] == []
    assert len(opened.requests) == 1
    assert opened.errors == []
    assert opened.page.inner_text("#counts") == "143 个事物，213 条关系，4 份通知"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_draws_something_and_fits_the_screen(show: Opener, document: str, width: int, dark: bool) -> None:
    opened = show(document, width=width, dark=dark)
    tones = opened.page.evaluate(
        """() => { const c = document.querySelector('canvas'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        const s = new Set(); for (let i = 0; i < d.length; i += 40) s.add(d[i] + ',' + d[i+1] + ',' + d[i+2]); return s.size; }"""
    )
    assert tones > 60
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    paper = opened.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (paper == "rgb(18, 22, 28)") is dark


def test_names_do_not_overlap(show: Opener, document: str) -> None:
    opened = show(document)
    for scale in (None, 0.8, 1.5):
        if scale:
            opened.page.evaluate("s => { Canvas.network.moveTo({scale: s}); Canvas.network.redraw(); }", scale)
        rows = opened.page.evaluate("Canvas.written")
        assert len(rows) > 15
        for i, (_, x, y, w) in enumerate(rows):
            for _, x2, y2, w2 in rows[i + 1 :]:
                assert not (x < x2 + w2 and x2 < x + w and abs(y - y2) < 13)


@pytest.mark.parametrize("width", [1280, 390])
def test_names_are_neither_cut_off_nor_under_a_control(show: Opener, document: str, width: int) -> None:
    opened = show(document, width=width)
    for _ in range(4):
        names = opened.page.evaluate("Canvas.written")
        assert names
        room = opened.page.evaluate("[$('canvas').clientWidth, $('canvas').clientHeight]")
        over = opened.page.evaluate(
            "['tools', 'time'].map($).filter((e) => !e.hidden).map((e) => [e.offsetLeft, e.offsetTop, e.offsetWidth, e.offsetHeight])"
        )
        for text, x, y, w in names:
            assert x >= 0 and x + w <= room[0], text
            assert not any(x < a + c and x + w > a and y + 6 > b and y - 6 < b + d for a, b, c, d in over), text
        opened.page.evaluate("Canvas.network.moveTo({scale: Canvas.network.getScale() * 1.5, animation: false})")
        opened.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


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


def test_the_interface_turns_to_english_and_back(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.click("#language")
    assert opened.page.get_attribute("#search", "placeholder") == "Search names, aliases"
    assert "Person" in opened.page.inner_text("#labels")
    assert opened.page.get_attribute("html", "lang") == "en"
    opened.page.click("#language")
    assert "人员" in opened.page.inner_text("#labels")


def test_it_opens_on_the_thing_it_is_given(show: Opener, county: Graph) -> None:
    opened = show(page(county, title="图", focus="person:邝学勤@371424"))
    assert opened.page.inner_text("#told h3") == "邝学勤"


def test_a_narrow_screen_folds_the_legend_and_opens_the_panel_below(show: Opener, document: str) -> None:
    opened = show(document, width=390, height=844)
    assert opened.page.is_hidden("#keys")
    opened.page.click("#fold")
    assert opened.page.is_visible("#keys")
    opened.page.click("#fold")
    opened.page.fill("#search", "邝学勤")
    opened.page.keyboard.press("Enter")
    box = opened.page.locator("#panel").bounding_box()
    assert box and box["x"] == 0 and box["width"] == 390 and box["y"] > 300
    _, y = centre(opened, "邝学勤")
    assert 100 < y < box["y"]


def test_a_large_graph_opens_on_an_overview_and_search_unfolds_the_rest(show: Opener) -> None:
    g = Graph({"agency:371424/局": Node("agency:371424/局", "Agency", "某局")})
    g.notices["n"] = Notice("n", "通知", "2024-01-01", text="某局做事")
    for i in range(3100):
        g.nodes[f"obligation:{i}"] = Node(f"obligation:{i}", "Obligation", f"第{i}件事")
        g.edges.append(Edge("agency:371424/局", "BEARS", f"obligation:{i}", (Evidence("n", 0, 4, "某局做事"),)))
    opened = show(page(g, title="大图"))
    assert "3,101" in opened.page.inner_text("#note")
    assert opened.page.evaluate("Canvas.count()") == 1
    assert opened.page.evaluate("Canvas.written[0][0]") == "某局 +3100", "as many things are behind it"
    opened.page.fill("#search", "第2999件事")
    opened.page.keyboard.press("Enter")
    assert opened.page.inner_text("#told h3") == "第2999件事"
    assert opened.page.evaluate("Canvas.count()") == 2
    opened.page.wait_for_timeout(100)
    assert "某局 +3099" in opened.page.evaluate("Canvas.written.map((w) => w[0])")
    assert opened.errors == []


def test_neighbours_of_an_overview_are_counted_by_kind_and_drawn_when_asked_for(show: Opener) -> None:
    g = Graph({"agency:371424/局": Node("agency:371424/局", "Agency", "某局")})
    g.notices["n"] = Notice("n", "通知", "2024-01-01", text="某局做事")
    for i in range(3100):
        g.nodes[f"obligation:{i}"] = Node(f"obligation:{i}", "Obligation", f"第{i}件事")
        kind = "ASSIGNED" if i < 30 else "BEARS"
        g.edges.append(Edge("agency:371424/局", kind, f"obligation:{i}", (Evidence("n", 0, 4, "某局做事"),)))
    opened = show(page(g, title="大图"))
    opened.page.fill("#search", "某局")
    opened.page.keyboard.press("Enter")
    assert opened.page.evaluate("Canvas.count()") == 1, "so many are not drawn unasked"
    assert sorted(opened.page.locator(".unfold").all_inner_texts()) == ["画出 30 个", "画出 3070 个"]
    opened.page.locator(".unfold", has_text="画出 30 个").click()
    assert opened.page.evaluate("Canvas.count()") == 31
    assert opened.page.locator(".unfold").all_inner_texts() == ["画出 3070 个"]
    assert opened.errors == []


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


def test_an_empty_graph_says_so(show: Opener) -> None:
    opened = show(page(Graph(), title="空图"))
    assert "没有内容" in opened.page.inner_text("#note")
    assert opened.errors == []


HOSTILE = '<img src=x onerror="window.hurt=1"></script><script>window.hurt=1</script>'


def test_hostile_names_run_nothing(show: Opener) -> None:
    notice = Notice("n", HOSTILE, "2024-01-01", HOSTILE, url="javascript:window.hurt=1", text=HOSTILE)
    g = Graph(
        {i: Node(i, "Agency", HOSTILE + i, (HOSTILE,), {"kind": HOSTILE}) for i in ("agency:1", "agency:2")},
        [
            Edge(
                "agency:1",
                "SUPERVISES",
                "agency:2",
                (Evidence("n", 0, len(HOSTILE), HOSTILE),),
                HOSTILE,
                props={"kind": HOSTILE},
            )
        ],
        {"n": notice},
    )
    opened = show(page(g, title=HOSTILE))
    opened.page.fill("#search", "<img")
    opened.page.keyboard.press("Enter")
    opened.page.click("#told .rel .why >> nth=0")
    assert opened.page.inner_text("#told mark") == HOSTILE
    assert opened.page.locator("#told a").count() == 0
    assert opened.page.evaluate("window.hurt === undefined")
    assert opened.page.locator("img").count() == 0
    assert opened.errors == []


def holdings(day: str) -> Graph:
    """Two who held one post one after the other, told of in two notices."""
    text = "甲任县长。乙任县长。"
    g = Graph({"post:1/县长": Node("post:1/县长", "Post", "县长")})
    for uid, name, since, until in (
        ("person:1", "甲", "2023-01-05", "2024-03-01"),
        ("person:2", "乙", "2024-03-01", ""),
    ):
        at = text.index(name)
        said = Evidence(f"n{uid[-1]}", at, at + 5, text[at : at + 5])
        g.nodes[uid] = Node(uid, "Person", name, props={"first_seen": since})
        g.notices[said.notice] = Notice(said.notice, f"任免{uid[-1]}", since, text=text)
        g.edges.append(
            Edge(uid, "HOLDS", "post:1/县长", (said,), props={"since": since, **({"until": until} if until else {})})
        )
    return g


def test_the_day_slider_shows_who_held_it_then(show: Opener) -> None:
    opened = show(page(holdings(""), title="任免"))
    assert opened.page.evaluate("Canvas.count()") == 3
    opened.page.fill("#day", "0")
    assert opened.page.inner_text("#said") == "2023-01-05"
    assert opened.page.evaluate("Canvas.edges().map(e => G.nodes[e.from][2])") == ["甲"]
    opened.page.fill("#day", "1")
    assert opened.page.evaluate("Canvas.edges().map(e => G.nodes[e.from][2])") == ["乙"]
    opened.page.fill("#day", "2")
    assert opened.page.inner_text("#said") == "全部时间"
    assert opened.page.evaluate("Canvas.edges().length") == 2


def test_the_day_means_what_the_command_line_means_by_it(show: Opener, county: Graph) -> None:
    from kg.select import restrict

    opened = show(page(county, title="图"))
    days = opened.page.evaluate("G.days")
    assert days
    for day in days:
        opened.page.evaluate("d => Time.set(d)", day)
        kept = restrict(county, as_of=day)
        seen = opened.page.evaluate(
            "() => G.edges.map((e, n) => [n, e]).filter(([n, e]) => Time.edge(n) && Time.node(e[0]) && Time.node(e[1])).map(([n]) => n)"
        )
        edges = sorted(county.edges, key=lambda e: e.key)
        assert {edges[n].key for n in seen} == {e.key for e in kept.edges}


def test_a_link_restores_the_view(show: Opener, document: str) -> None:
    opened = show(document)
    opened.page.locator("#labels .key", has_text="人员").click()
    opened.page.locator("#kinds .key", has_text="推定").click()
    opened.page.fill("#search", "临邑县生态环境局")
    opened.page.keyboard.press("Enter")
    opened.page.click("[data-deed=pin]")
    opened.page.evaluate("View.keep()")
    opened.page.wait_for_timeout(700)
    link = opened.page.url.partition("#")[2]
    again = show(document, at="#" + link)
    assert again.page.inner_text("#told h3") == "临邑县生态环境局"
    assert again.page.locator("#labels .key", has_text="人员").get_attribute("aria-pressed") == "false"
    assert again.page.locator("[data-deed=pin]").get_attribute("aria-pressed") == "true"
    assert again.page.evaluate("Canvas.count()") == opened.page.evaluate("Canvas.count()")
    here, there = (p.page.evaluate("Canvas.network.getScale()") for p in (opened, again))
    assert abs(here - there) < 0.01
    assert again.errors == []


@pytest.mark.parametrize(
    "link",
    [
        "#at=nobody&labels=%%%&see=a,b",
        "#see=1e999,0,-5&day=9999&pair=x",
        "#day=0000-01-01",
        "#lang=en",
        "#kept=__proto__ 99999 -1 x",
    ],
)
def test_a_link_that_means_nothing_here_does_no_harm(show: Opener, document: str, link: str) -> None:
    opened = show(document, at=link)
    assert opened.page.get_attribute("html", "data-ready") == "true"
    assert opened.errors == []


def test_what_was_done_is_undone_step_by_step(show: Opener, document: str) -> None:
    opened = show(document)
    assert opened.page.is_disabled("#undo")
    opened.page.locator("#labels .key", has_text="人员").click()
    opened.page.fill("#search", "临邑县生态环境局")
    opened.page.keyboard.press("Enter")
    opened.page.click("[data-deed=hide]")
    assert opened.page.evaluate("Canvas.count()") == 143 - 34 - 1
    for _ in range(8):
        if opened.page.is_disabled("#undo"):
            break
        opened.page.click("#undo")
    assert opened.page.evaluate("Canvas.count()") == 143
    assert opened.page.is_hidden("#all")


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


def test_what_is_on_screen_becomes_a_table(show: Opener, document: str, county: Graph) -> None:
    opened = show(document)
    with opened.page.expect_download() as got:
        opened.page.click("#save")
        opened.page.click("#save-csv")
    text = got.value.path().read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {(r["source_id"], r["target_id"]) for r in rows} == {(e.source, e.target) for e in county.edges}
    assert {r["quote"] for r in rows if r["quote"]} == {v.quote for e in county.edges for v in e.evidence}
    opened.page.locator("#kinds .key", has_text="推定").click()
    fewer = list(csv.DictReader(io.StringIO(opened.page.evaluate("Save.csv()").lstrip("\ufeff"))))
    assert fewer and all(r["derived"] == "0" for r in fewer)


def test_the_drawing_becomes_svg_and_png_with_its_sources(show: Opener, document: str) -> None:
    opened = show(document)
    root = ElementTree.fromstring(opened.page.evaluate("Save.svg()"))
    texts = ["".join(t.itertext()) for t in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any("《临邑县2024年空气质量提升攻坚行动方案》" in t for t in texts)
    assert any("山东省" in t for t in texts)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > 200
    with opened.page.expect_download() as got:
        opened.page.click("#save")
        opened.page.click("#save-png")
    picture = got.value.path().read_bytes()
    assert picture.startswith(b"\x89PNG") and len(picture) > 20_000


def test_cells_that_look_like_formulas_are_text(show: Opener) -> None:
    g = Graph(
        {i: Node(i, "Agency", "=1+1" + i) for i in ("agency:1", "agency:2")}, [Edge("agency:1", "PART_OF", "agency:2")]
    )
    opened = show(page(g, title="=x"))
    assert "'=1+1" in opened.page.evaluate("Save.csv()")


def test_axe_finds_no_serious_fault(show: Opener, document: str) -> None:
    for width, dark in ((1280, False), (390, True)):
        opened = show(document, width=width, dark=dark)
        opened.page.fill("#search", "临邑县生态环境局")
        opened.page.keyboard.press("Enter")
        assert serious_faults(opened.page) == []
