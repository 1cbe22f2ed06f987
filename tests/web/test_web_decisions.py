"""Statements rejected and confirmed in the browser: with and without scripts, on both stores, and by nobody else's form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from axe_faults import serious_faults
from playwright.sync_api import Browser, Page
from web_served import Served, serving

from kg.loading import Defaults, files, load
from kg.store import Store
from kg.web import Settings

SAMPLE = next((Path(__file__).parents[2] / "kg" / "samples").glob("07*"))
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def site(make_store: Callable[[], Store]) -> Iterator[Served]:
    store = make_store()
    load(store, files([str(SAMPLE)]), Defaults())
    store.close()
    with serving(Settings(store.address, writable=True)) as server:
        yield server


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    context.set_default_timeout(30000)
    yield context.new_page()
    context.close()


def one(site: Served) -> dict[str, Any]:
    """A statement about who bears a duty."""
    asked = "MATCH (a)-[r:BEARS]->() WHERE NOT r.derived RETURN a.uid AS source, r.uid AS id ORDER BY id LIMIT 1"
    (row,) = site.ask("/api/cypher", {"text": asked}).json["rows"]
    shown = site.ask("/api/show", {"thing": row["source"]}).json
    found: dict[str, Any] = next(e for e in shown["edges"] if e["id"] == row["id"])
    return found


def page_of(uid: str) -> str:
    return f"/thing/{quote(uid, safe='')}"


def test_a_statement_is_rejected_and_taken_back_without_scripts(site: Served, tab: Page) -> None:
    edge = one(site)
    row = f"li:has(> details input[value='{edge['id']}'])"
    tab.goto(site.base + page_of(edge["source"]))
    tab.click(f"{row} summary >> text=核对")
    tab.fill(f"{row} [name=by]", "李“审”核")
    tab.fill(f"{row} [name=why]", "原文说的是别处")
    with tab.expect_navigation():
        tab.click(f"{row} button >> text=驳回")
    assert tab.url.endswith("#decided")
    assert "原文说的是别处" in tab.inner_text("#decided")
    assert edge["id"] not in {e["id"] for e in site.ask("/api/show", {"thing": edge["source"]}).json["edges"]}
    notice = edge["evidence"][0]["notice"]
    tab.goto(f"{site.base}/notice/{quote(notice, safe='')}")
    assert "李“审”核" in tab.inner_text("#decided"), "the notice tells too what it says and is not shown"
    tab.goto(f"{site.base}/decisions")
    assert tab.inner_text(".chip.rejected") == "已驳回" and edge["evidence"][0]["quote"][:4] in tab.inner_text("main")
    tab.click("summary >> text=撤回")
    assert tab.input_value("details [name=by]") == "李“审”核", "the browser remembers who decides"
    with tab.expect_navigation():
        tab.click("details button >> text=撤回")
    assert tab.url.endswith("/decisions#decided")
    assert "还没有裁定" in tab.inner_text("#decided") and "已撤回" in tab.inner_text("main")
    assert edge["id"] in {e["id"] for e in site.ask("/api/show", {"thing": edge["source"]}).json["edges"]}


def test_a_statement_is_confirmed_on_the_page_of_its_notice(site: Served, tab: Page) -> None:
    edge = one(site)
    row = f"li:has(> details input[value='{edge['id']}'])"
    tab.goto(f"{site.base}/notice/{quote(edge['evidence'][0]['notice'], safe='')}")
    tab.click(f"{row} summary")
    tab.fill(f"{row} [name=by]", "王核对")
    with tab.expect_navigation():
        tab.click(f"{row} button >> text=确认")
    assert tab.inner_text(f"{row} .chip.sure").startswith("已确认 · 王核对 20")
    tab.goto(site.base + page_of(edge["source"]))
    assert "王核对" in tab.inner_text(f"{row} .chip.sure")
    shown = site.ask("/api/show", {"thing": edge["source"], "min_confidence": 1}).json
    assert [e["confirmed_by"] for e in shown["edges"] if e["id"] == edge["id"]] == ["王核对"]
    tab.click(f"{row} summary")
    with tab.expect_navigation():
        tab.click(f"{row} button >> text=驳回")
    assert "says why" in tab.inner_text("[role=alert]")
    assert [d["verdict"] for d in site.ask("/api/decisions").json] == ["confirmed"]


def test_programs_decide_through_the_api(site: Served) -> None:
    edge = one(site)

    def send(**body: str) -> Any:
        headers = {"origin": site.base, "content-type": "application/json"}
        return site.ask("/api/decisions", headers=headers, data=json.dumps(body).encode(), method="POST")

    made = send(statement=edge["id"], verdict="rejected", by="李", why="读错")
    assert made.status == 200 and made.json["statement"] == edge["id"]
    (row,) = site.ask("/api/decisions").json
    assert (row["id"], row["state"], row["why"]) == (made.json["id"], "holds", "读错")
    assert send(statement=edge["id"], verdict="withdrawn", by="李").status == 200
    assert site.ask("/api/decisions").json == [] and len(site.ask("/api/decisions", {"all": "true"}).json) == 2
    assert send(statement=edge["id"], verdict="rejected", by="李").status == 400
    assert send(statement="某某|HOLDS|某某", verdict="confirmed", by="李").status == 404
    assert send(statement=edge["id"]).status == 400
    assert "post" in site.ask("/api/openapi.json").json["paths"]["/api/decisions"]


def test_a_form_that_is_not_ours_decides_nothing(site: Served) -> None:
    edge = one(site)
    page = site.ask(page_of(edge["source"]))
    cookie = page.headers["set-cookie"].partition(";")[0]
    token = re.search(r'name="form" value="([^"]+)"', page.text)[1]  # type: ignore[index]
    said = {"statement": edge["id"], "verdict": "confirmed", "by": "李", "back": "//evil.example.org/x"}

    def send(headers: dict[str, str], **more: str) -> Any:
        return site.ask(
            "/decide", headers={**FORM, **headers}, data=urlencode({**said, **more}).encode(), method="POST"
        )

    ours = {"origin": site.base, "cookie": cookie}
    assert send({"origin": site.base}, form=token).status == 400
    assert send(ours).status == 400
    assert send({**ours, "cookie": "kg_form=other"}, form=token).status == 400
    for origin in ("https://evil.example.org", "null"):
        assert send({**ours, "origin": origin}, form=token).status == 403
    assert send({"cookie": cookie}, form=token).status == 403
    assert site.ask("/api/decisions", {"all": "true"}).json == []
    answer = send(ours, form=token)
    assert (answer.status, answer.headers["location"]) == (303, "/decisions#decided"), "it leads to no other site"
    assert len(site.ask("/api/decisions").json) == 1


def test_a_server_that_only_reads_shows_decisions_and_takes_none(site: Served) -> None:
    edge = one(site)
    headers = {"origin": site.base, "content-type": "application/json"}
    body = json.dumps({"statement": edge["id"], "verdict": "rejected", "by": "李<b>", "why": "读错<script>"}).encode()
    assert site.ask("/api/decisions", headers=headers, data=body, method="POST").status == 200
    with serving(Settings(site.address)) as reader:
        for path in ("/decisions", page_of(edge["source"])):
            text = reader.ask(path).text
            assert "李&lt;b&gt;" in text and "读错&lt;script&gt;" in text and "<script>" not in text
            assert 'action="/decide"' not in text
        headers = {"origin": reader.base, "content-type": "application/json"}
        assert reader.ask("/api/decisions", headers=headers, data=body, method="POST").status == 405
        assert reader.ask("/decide", headers={**headers, **FORM}, data=b"x=1", method="POST").status == 404
        assert len(reader.ask("/api/decisions").json) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_serious_fault_and_nothing_overflows(
    tmp_path: Path, browser: Browser, width: int, scheme: Any
) -> None:
    from kg.workbench import Workbench

    bench = Workbench(tmp_path / "graph.kgl")
    bench.load(SAMPLE)
    edges = [e for e in bench.graph().edges if e.type == "BEARS" and not e.derived]
    bench.decide(edges[0].key, "rejected", "李", "很长的理由，" * 40)
    bench.decide(edges[1].key, "confirmed", "李")
    bench.close()
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": 900}, color_scheme=scheme)
    with serving(Settings(bench.address, writable=True)) as site:
        page = context.new_page()
        notice = f"/notice/{quote(edges[0].evidence[0].notice, safe='')}"
        for path in (page_of(edges[0].source), page_of(edges[1].source), notice, "/decisions"):
            page.goto(site.base + path)
            page.click("details.decide summary >> nth=0")
            assert page.locator("details.decide[open] form").count() == 1
            assert serious_faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
