"""HTML pages: what of them is the notice, and what their markup says of it."""

from __future__ import annotations

import time

import source_makers as make

from kg.errors import SourceError
from loaders.clean.cleaner import clean
from loaders.source import read

PROSE = ["3月4日，县政府召开扬尘治理推进会。", "会议要求，各镇要抓好整改。县长韩文涛出席会议。"]


def test_front_matter_of_meta_tags() -> None:
    head = (
        '<title>扬尘治理推进会召开_某县生态环境局</title><meta name="SiteName" content="某县生态环境局">'
        '<meta name="ArticleTitle" content="扬尘治理推进会召开"><meta name="PubDate" content="2024-03-05 09:10">'
        '<meta name="ContentSource" content="县大气办"><link rel="canonical" href="https://example.gov.cn/1.html">'
    )
    cleaned = clean(read(make.page(PROSE, head=head).encode(), "a.html"))
    meta = cleaned.page.meta
    assert (meta.title, meta.published, meta.publisher) == ("扬尘治理推进会召开", "2024-03-05", "县大气办")
    assert meta.url == "https://example.gov.cn/1.html"
    assert cleaned.hints == ("某县生态环境局",)
    assert cleaned.page.text == "\n".join(PROSE)


def test_front_matter_beside_the_article() -> None:
    before = (
        '<div class="crumb">首页 &gt; 要闻</div><h1>扬尘治理推进会召开</h1>'
        '<p class="info"><b>发布时间：2024-03-05</b>&ensp;<b>来源：县大气办</b></p>'
    )
    meta = clean(read(make.page(PROSE, before=before).encode(), "a.html")).page.meta
    assert (meta.title, meta.published, meta.publisher) == ("扬尘治理推进会召开", "2024-03-05", "县大气办")


def test_the_title_of_the_window_without_the_sites_name() -> None:
    page = make.page(PROSE, head="<title>扬尘治理推进会召开-某县人民政府</title>")
    assert clean(read(page.encode(), "a.html")).page.meta.title == "扬尘治理推进会召开"


def test_related_articles_do_not_win_over_the_article() -> None:
    after = '<div class="content"><p>相关：县长郑四海调研春耕。</p></div>'
    text = read(make.page(PROSE * 3, container='<div class="article">', after=after).encode(), "a.html").text
    assert "郑四海" not in text


def test_hidden_scripts_and_share_bars_are_not_text() -> None:
    before = (
        '<script>var a = "<p>脚本。</p>";</script><style>.a{content:"样式。"}</style>'
        '<div style="display: none">隐藏。</div>'
    )
    after = '<div class="share">转到。</div><p hidden>隐藏。</p>'
    text = read(make.page(PROSE, container="<div>", before=before, after=after).encode(), "a.html").text
    assert text == "\n".join(PROSE)


def test_lines_subscripts_and_tables() -> None:
    container = (
        '<div id="zoom"><p>氮氧化物（NO<sub>x</sub>）<br>要下降。</p>裸露的文字。<div>一<b>段</b>话\n换行。</div>'
        "<table><tr><th>单位</th><th>责任人</th></tr><tr><td>县住建局</td><td><p>韩文涛</p><p>局长</p></td></tr></table>"
        "<table><tr><td><p>版式表格的一段。</p><p>又一段。</p></td></tr></table>"
    )
    text = read(make.page([], container=container).encode(), "a.html").text
    assert text.split("\n") == [
        "氮氧化物（NOx）",
        "要下降。",
        "裸露的文字。",
        "一段话 换行。",
        "单位\t责任人",
        "县住建局\t韩文涛 局长",
        "版式表格的一段。",
        "又一段。",
    ]


def test_a_page_without_sentences_is_read_whole() -> None:
    assert (
        "县级河长：韩文涛"
        in read(make.page(["河长名单", "县级河长：韩文涛"], container="<div>").encode(), "a.html").text
    )


def test_wide_and_deep_pages_are_read_or_refused_quickly() -> None:
    pages = (
        "<div>" * 50_000 + "各县要落实责任。",
        "<p>" * 100_000 + "各县要落实责任。",
        '<div class="content">各县要落实责任。</div>' * 20_000,
        "<table>" + "<tr><td>韩文涛</td><td>局长</td></tr>" * 10_000,
        "<table><tr><td>" * 2_000 + "各县要落实责任。",
        "<b>" * 1_000_000 + "各县要落实责任。",
    )
    for page in pages:
        start = time.perf_counter()
        try:
            text = read(page.encode(), "wide.html").text
        except SourceError as error:
            assert str(error).startswith("wide.html: ")
        else:
            assert "各县要落实责任。" in text or "韩文涛\t局长" in text
        assert time.perf_counter() - start < 15
