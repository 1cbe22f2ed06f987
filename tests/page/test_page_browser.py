"""The page of a graph in a real browser with the network cut."""

from __future__ import annotations

import pytest
from axe_faults import serious_faults
from opened_page import Opener, centre

from kg.model import Edge, Evidence, Graph, Node, Notice
from kg.page import page


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


def test_search_tells_namesakes_apart(show: Opener) -> None:
    g = Graph({uid: Node(uid, uid.partition(":")[0].title(), name) for uid, name in (
        ("person:甲乙@1", "甲乙"), ("person:甲乙@2", "甲乙"), ("person:甲乙丙@1", "甲乙丙"), ("post:1/县长", "某县县长"),
    )})  # fmt: skip
    g.nodes["notice:n"] = Node("notice:n", "Notice", "某县通报")
    g.notices["notice:n"] = Notice("notice:n", "某县通报", "2024-01-01", text="县长甲乙")
    words = (Evidence("notice:n", 0, 4, "县长甲乙"),)
    g.edges += [Edge(p, "HOLDS", "post:1/县长", words) for p in ("person:甲乙@1", "person:甲乙丙@1")]
    g.edges += [Edge("person:甲乙@2", "STATED_IN", "notice:n", words)]
    opened = show(page(g, title="同名"))
    opened.page.fill("#search", "甲乙")
    rows = opened.page.locator("#found li")
    assert [told.replace("\n", "") for told in rows.all_inner_texts()] == [
        "甲乙某县县长人员", "甲乙《某县通报》人员", "甲乙丙人员",
    ]  # fmt: skip
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


def test_axe_finds_no_serious_fault(show: Opener, document: str) -> None:
    for width, dark in ((1280, False), (390, True)):
        opened = show(document, width=width, dark=dark)
        opened.page.fill("#search", "临邑县生态环境局")
        opened.page.keyboard.press("Enter")
        assert serious_faults(opened.page) == []
