"""Notices brought in the browser: read first, kept when a person says so; nothing else can write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from web_served import Served, serving

from kg.loading import Defaults, headings
from kg.web import Settings
from kg.workbench import Workbench

SAMPLES = Path(__file__).parents[2] / "kg" / "samples"
NOTICE = """望都县召开散煤治理推进会
发布日期：2024-03-02　来源：望都县人民政府
3月1日，望都县召开散煤治理推进会。副县长顾清和要求，县生态环境局要在6月底前完成散煤清零。
"""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    address = str(tmp_path / "graph.kgl")
    Workbench(address).load(next(SAMPLES.glob("07*")))
    with serving(Settings(address, writable=True)) as server:
        yield server


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30000)
    yield context.new_page()
    context.close()


def test_a_pasted_notice_is_looked_at_and_then_kept(site: Served, tab: Page) -> None:
    tab.goto(f"{site.base}/add")
    tab.fill("textarea", NOTICE)
    tab.fill("[name=place]", "河北省保定市望都县")
    with tab.expect_navigation():
        tab.click("main button")
    assert "/add/" in tab.url
    assert "散煤治理推进会" in tab.inner_text(".item h2")
    assert len(site.ask("/api/notices").json) == 1, "nothing is kept yet"
    tab.click("summary")
    assert "顾清和" in tab.frame_locator("iframe").locator("body").inner_text()
    with tab.expect_navigation():
        tab.click("main button")
    assert tab.locator(".chip >> text=新").count()
    assert len(site.ask("/api/notices").json) == 2
    with tab.expect_navigation():
        tab.click("main ul a")
    assert "顾清和" in tab.inner_text("article")


def test_files_are_dropped_some_good_some_bad_and_some_left_out(site: Served, tab: Page, tmp_path: Path) -> None:
    bad = tmp_path / "picture.pdf"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    good = sorted(SAMPLES.glob("0[89]*"))[:2]
    tab.goto(f"{site.base}/add")
    tab.set_input_files("input[type=file]", [*map(str, good), str(bad)])
    with tab.expect_navigation():
        tab.click("main button")
    assert "/add/" in tab.url
    assert tab.locator(".item").count() == 3
    assert "picture.pdf" in tab.inner_text(".item .alert")
    tab.uncheck("[name=keep] >> nth=0")
    with tab.expect_navigation():
        tab.click("main button")
    assert tab.locator(".chip >> text=新").count()
    assert len(site.ask("/api/notices").json) == 2


def test_nothing_brought_and_a_wrong_date_are_told(site: Served, tab: Page) -> None:
    tab.goto(f"{site.base}/add")
    with tab.expect_navigation():
        tab.click("main button")
    assert "nothing was brought" in tab.inner_text("[role=alert]")


def test_a_form_that_is_not_ours_is_refused(site: Served) -> None:
    page = site.ask("/add")
    cookie = page.headers["set-cookie"].partition(";")[0]
    token = re.search(r'name="form" value="([^"]+)"', page.text)[1]  # type: ignore[index]
    headers = {"origin": site.base, "content-type": "application/x-www-form-urlencoded"}
    body = f"form={token}&text=x".encode()
    ways = [
        ({**headers}, body),
        ({**headers, "cookie": cookie}, b"text=x"),
        ({**headers, "cookie": "kg_form=other"}, body),
    ]
    for sent, data in ways:
        answer = site.ask("/add", headers=sent, data=data, method="POST")
        assert answer.status == 400 and "form" in answer.text
    for origin in ("https://evil.example.org", "null"):
        sent = {**headers, "cookie": cookie, "origin": origin}
        assert site.ask("/add", headers=sent, data=body, method="POST").status == 403
    assert site.ask("/add", headers={**headers, "cookie": cookie}, data=body, method="POST").status == 303
    assert len(site.ask("/api/notices").json) == 1


def test_without_the_flag_there_is_no_way_to_write(served: Served) -> None:
    assert served.ask("/add").status == 404
    assert served.ask("/add", headers={"origin": served.base}, data=b"text=x", method="POST").status in (404, 405)
    assert "/add" not in served.ask("/").text


def test_a_tray_that_is_gone_is_told(site: Served) -> None:
    answer = site.ask("/add/nothing-here")
    assert answer.status == 404 and "no longer at hand" in answer.text


TABLE = """某县散煤整治任务台账,,,
甲字,天字,地字,颜色
封存散煤销售点,平原县市场监督管理局,2024年6月底前,红
更换型煤炉具,平原县住房和城乡建设局,2024年9月底前,蓝
"""


def test_a_table_whose_header_is_not_understood_is_read_by_what_a_person_says_of_it(
    site: Served, tab: Page, tmp_path: Path
) -> None:
    table = tmp_path / "台账.csv"
    table.write_text(TABLE, "utf-8")
    tab.goto(f"{site.base}/add")
    tab.set_input_files("input[type=file]", str(table))
    tab.fill("[name=place]", "山东省德州市平原县")
    with tab.expect_navigation():
        tab.click("main button")
    assert "/add/" in tab.url
    assert "第 2 行的表头没有认出" in tab.inner_text(".alert")
    assert tab.locator(".mapping label span").all_inner_texts() == ["甲字", "天字", "地字", "颜色"]
    tab.get_by_label("甲字").select_option(label="整改措施")
    tab.get_by_label("天字").select_option(label="责任单位")
    tab.get_by_label("地字").select_option(label="整改时限")
    with tab.expect_navigation():
        tab.click("text=按所选含义重读")
    assert "没有认出这些列，原样保留：颜色" in tab.inner_text(".item")
    assert tab.get_by_label("天字").input_value() == "责任单位"
    with tab.expect_navigation():
        tab.click("text=保留所选")
    duties = site.ask(
        "/api/cypher", {"text": "MATCH (b:Agency)-[:BEARS]->(o) WHERE o.due > '2024' RETURN b.name AS b, o.due AS due"}
    )
    assert {(row["b"], row["due"]) for row in duties.json["rows"]} == {
        ("平原县市场监督管理局", "2024-06-30"), ("平原县住房和城乡建设局", "2024-09-30")
    }  # fmt: skip


def test_a_column_that_is_understood_can_be_said_to_mean_something_else(site: Served) -> None:
    told = headings(
        TABLE.encode(), "t.csv", Defaults(columns={"整改措施": "甲字", "责任单位": "天字", "责任单位 ": "颜色"})
    )[0]
    assert [(h.text, h.word) for h in told] == [
        ("甲字", "整改措施"),
        ("天字", "责任单位"),
        ("地字", ""),
        ("颜色", "责任单位"),
    ]
