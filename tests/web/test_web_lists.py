"""Lists side by side: the pages over both stores, in the browser, on paper, empty and long; what may be downloaded."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_faults import serious_faults
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from web_served import Served, serving

from kg.loading import Defaults, load
from kg.store import open_store
from kg.web import Settings
from kg.web.lists import SHOWN, wordings

LIST = "沛县省大气污染防治专项督察反馈问题整改清单"
COMPARED = f"/lists/compare?list={LIST}"


@pytest.fixture(params=["embedded", "neo4j"])
def site(request: pytest.FixtureRequest) -> Served:
    return request.getfixturevalue("served" if request.param == "embedded" else "served_neo4j")  # type: ignore[no-any-return]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30000)
    yield context.new_page()
    context.close()


def items(page: str) -> list[str]:
    """The text of each item, its spaces taken out."""
    main = page.partition("<main")[2]
    return [
        "".join(unescape(re.sub(r"<[^>]+>", "", body)).split())
        for body in re.findall(r"<tbody>(.*?)</tbody>", main, re.DOTALL)
    ]


def test_two_states_stand_side_by_side_with_words_and_cells(site: Served) -> None:
    page = site.ask(COMPARED)
    assert page.status == 200
    done, moved, handed, overdue, new, dropped = items(page.text)
    assert "已完成" in done and "拆除全部生产线C4" in done and "已关停拆除并通过验收G4" in done
    assert "延期275天" in moved and "2023-06-302023年6月底F5" in moved and "2024-03-312024年3月底F5" in moved
    assert "栾庆余党内警告堆场封闭工程两次逾期D5" in moved
    assert "换人承担" in handed and "沛县城市管理局牵头县城管局D6" in handed and "沛县市场监督管理局" in handed
    assert "超期120天" in overdue and "汪启程诫勉谈话" in overdue
    assert "新增" in new and "本期没有此项" in new
    assert "不再列出" in dropped and "本期没有此项" in dropped
    assert 'title="15-rectification-list-september.csv#C4"' in page.text
    assert "可信度1.00·措辞相似0.94，序号相同，地点相同" in done


def test_both_stores_show_the_same_lists(served: Served, served_neo4j: Served) -> None:
    for path in ("/lists", COMPARED, f"{COMPARED}&as_of=2024-06-01&min_confidence=0.9", f"/api{COMPARED}"):
        assert served.ask(path).text == served_neo4j.ask(path).text, path


def test_the_day_the_kind_of_change_and_how_sure_are_in_the_address(served: Served) -> None:
    assert "超期 366 天" in served.ask(f"{COMPARED}&as_of=2024-05-31").text
    only = served.ask(f"{COMPARED}&change=overdue").text
    assert len(items(only)) == 1 and "超期120天" in items(only)[0]
    unsure = served.ask(f"{COMPARED}&min_confidence=0.93").text
    assert "无从对照" in unsure and 'value="0.93"' in unsure
    assert "没有这一类" in served.ask(f"{COMPARED}&change=doubtful").text
    assert served.ask(f"{COMPARED}&min_confidence=").status == 200
    assert served.ask(f"{COMPARED}&min_confidence=2").status in (400, 422)


def test_every_list_and_cell_leads_to_where_it_stands(served: Served) -> None:
    page = served.ask("/lists").text
    assert LIST + "（2023年9月）" in page and "沛县省大气污染防治专项督察整改问责清单" in page
    for text in (page, served.ask(COMPARED).text):
        for link in {unescape(link) for link in re.findall(r'<(?:a|link)[^>]* href="(/[^"]+)"', text)}:
            assert served.ask(link).status == 200, link


def test_what_is_downloaded_is_what_is_shown(served: Served) -> None:
    told = served.ask(f"/api{COMPARED}").json
    answer = served.ask(f"/api{COMPARED}&format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert "attachment" in answer.headers["content-disposition"]
    assert [row["duty"] for row in rows] == [(x["new"] or x["old"])["duty"]["text"] for x in told["lines"]]
    assert [row["change"] for row in rows] == [", ".join(x["changes"]) for x in told["lines"]]
    assert "15-rectification-list-september.csv#C4" in rows[0]["cells"]
    assert [[s["title"] for s in states] for states in served.ask("/api/lists").json][1] == [
        LIST + "（2023年9月）",
        LIST + "（2023年3月）",
    ]


@pytest.mark.parametrize("name", ["没有这份清单", LIST + "（2023年3月）&before=沛县省大气污染防治专项督察整改问责清单"])
def test_what_cannot_be_compared_is_told(served: Served, name: str) -> None:
    page = served.ask(f"/lists/compare?list={name}")
    assert page.status == 200 and 'role="alert"' in page.text and 'href="/lists"' in page.text
    assert served.ask(f"/api/lists/compare?list={name}").status == 404


def test_without_lists_it_says_how_to_come_by_one(tmp_path: Path) -> None:
    address = str(tmp_path / "none.kgl")
    with open_store(address) as store:
        load(store, [("n.txt", "望都县要求治理散煤。".encode(), "")], Defaults())
    with serving(Settings(address)) as server:
        assert "还没有清单" in server.ask("/lists").text


def test_a_long_list_is_paged_and_what_did_not_change_is_folded(tmp_path: Path, tab: Page) -> None:
    def text(month: int, done: str) -> bytes:
        rows = [f"{n},第{n}号工地裸土未盖,覆盖第{n}号工地裸土,县住建局,2024年12月底,{done if n <= 150 else '推进中'}"
                for n in range(1, 261)]  # fmt: skip
        head = f"望都县扬尘整改清单（2024年{month}月）\n填报单位：望都县住建局,,,,2024年{month}月30日,\n序号,存在问题,整改措施,责任单位,整改时限,进展情况"
        return "\n".join([head, *rows]).encode()

    address = str(tmp_path / "long.kgl")
    with open_store(address) as store:
        load(store, [("a.csv", text(4, "推进中"), ""), ("b.csv", text(6, "已完成"), "")], Defaults())
    with serving(Settings(address)) as server:
        first = server.ask("/lists/compare?list=望都县扬尘整改清单")
        assert len(first.body) < 600_000
        tab.goto(f"{server.base}/lists/compare?list=望都县扬尘整改清单")
        assert tab.locator("main > table.sides tbody").count() == SHOWN
        folded = tab.locator("details.quiet-items tbody")
        assert folded.count() == SHOWN and not folded.first.is_visible()
        tab.locator("details.quiet-items summary").click()
        assert folded.first.is_visible() and "另有 10 项" in tab.inner_text("details.quiet-items")
        with tab.expect_navigation():
            tab.locator("main > .tools a.button").click()
        assert tab.locator("main > table.sides tbody").count() == 50
        with tab.expect_navigation():
            tab.locator(".tabs .c-unchanged").click()
        assert tab.locator("main > table.sides tbody").count() == SHOWN


def test_another_state_is_chosen_by_hand(served: Served, tab: Page) -> None:
    tab.goto(f"{served.base}/lists")
    with tab.expect_navigation():
        tab.locator(".states .button").first.click()
    assert tab.locator(".sides thead time").all_inner_texts() == ["2023-03-31", "2023-09-28"]
    tab.fill("input[name=as_of]", "2023-12-01")
    with tab.expect_navigation(url="**as_of=2023-12-01**"):
        tab.locator(".ask button").click()
    assert "超期 47 天" in tab.inner_text("table.sides")
    with tab.expect_navigation(url="**/notice/**"):
        tab.locator(".sides .cell").first.click()


def test_on_paper_all_items_are_there_and_nothing_to_press(served: Served, tab: Page) -> None:
    tab.goto(served.base + quote(COMPARED, safe="/?=&"))
    tab.emulate_media(media="print")
    assert not tab.locator(".ask").is_visible() and not tab.locator(".tabs").is_visible()
    assert tab.locator(".sides tbody").last.is_visible()


@pytest.mark.parametrize(("width", "dark", "tongue"), [(1280, True, "en-US"), (390, False, "zh-CN")])
def test_axe_finds_no_serious_fault_in_lists(
    served: Served, browser: Browser, width: int, dark: bool, tongue: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 860}, color_scheme="dark" if dark else "light", locale=tongue
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    for path in ("/lists", COMPARED, f"{COMPARED}&change=new", f"/lists/compare?list={LIST}（2023年3月）"):
        page.goto(served.base + quote(path, safe="/?=&"))
        assert serious_faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, path
    assert wrong == []
    context.close()


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("清运两侧垃圾", "清运河道两侧垃圾", ("清运|两侧垃圾", "清运|*河道|两侧垃圾")),
        ("改造管网6公里", "改造管网8公里", ("改造管网|*6|公里", "改造管网|*8|公里")),
        ("取缔散煤点", "安装水质监测站", ("取缔散煤点", "安装水质监测站")),
        ("同样", "同样", ("同样", "同样")),
        ("", "新的", ("", "新的")),
    ],
)
def test_what_differs_in_two_wordings_is_marked(old: str, new: str, shown: tuple[str, str]) -> None:
    assert tuple("|".join("*" * d + t for t, d in pieces) for pieces in wordings(old, new)) == shown


@given(st.text("甲乙丙丁，", max_size=12), st.text("甲乙丙丁，", max_size=12))
def test_wordings_lose_nothing_and_differ_only_where_marked(old: str, new: str) -> None:
    left, right = wordings(old, new)
    assert ("".join(t for t, _ in left), "".join(t for t, _ in right)) == (old, new)
    same = ["".join(t for t, differs in pieces if not differs) for pieces in (left, right)]
    assert same[0] == same[1] or not any(differs for _, differs in (*left, *right))
