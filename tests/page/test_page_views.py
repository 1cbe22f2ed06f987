"""What the page shows on a day, in a link, step by step back, and in the files that it makes, in a real browser."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from opened_page import Opener

from kg.model import Edge, Evidence, Graph, Node, Notice
from kg.page import page


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
