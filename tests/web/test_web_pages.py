"""Every page answers, on both stores, in both languages; what goes wrong is said with the way back."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from web_served import Served, serving

from kg.ask import catalogue
from kg.cli import main
from kg.model import Edge, Evidence, Node, Notice, Reading
from kg.store import open_store
from kg.web import Settings
from kg.web.notice import Said, paragraphs
from kg.web.words import words as words_of

QUERIES = catalogue()


@pytest.fixture(params=["embedded", "neo4j"])
def site(request: pytest.FixtureRequest) -> Served:
    return request.getfixturevalue("served" if request.param == "embedded" else "served_neo4j")  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("/", "谁负责，向谁负责"),
        ("/queries", "supervision/who-supervises"),
        ("/notices", "沛县人民政府"),
        ("/search?q=生态环境局", "沛县生态环境局"),
        ("/search?q=生态环镜局", "沛县生态环境局"),
        ("/thing/region:320322", "由谁监督"),
        ("/thing/沛县人民政府", "agency:320322/人民政府"),
        ("/chain", "步数"),
        ("/chain?subject=沛县", "/drawing/chain?subject=region"),
        ("/graph?thing=沛县", "/drawing/around"),
        ("/drawing/chain?subject=沛县&depth=1", "<svg"),
        ("/drawing/around?thing=沛县", "vis"),
        ("/gaps", "/drawing/gaps"),
        ("/gaps?region=沛县", "region=%E6%B2%9B"),
        ("/drawing/gaps?region=沛县", "<h1"),
        ("/cypher", "MATCH (r:Region)"),
        ("/cypher?text=MATCH (r:Region {uid:'region:320322'}) RETURN r, r.name AS name", "/thing/region%3A320322"),
    ],
)
def test_a_page_answers(site: Served, path: str, holds: str) -> None:
    answer = site.ask(path)
    assert answer.status == 200, answer.text
    assert holds in unescape(answer.text)


def test_every_column_and_topic_of_a_saved_question_has_a_word_in_both_languages() -> None:
    for say in (words_of("zh", ""), words_of("en", "")):
        for name, saved in QUERIES.items():
            assert say.topic(saved.topic) != saved.topic, name
            shown = [c for c in saved.columns if not c.endswith("_id")]
            assert [c for c in shown if say.column(c) == c] == [], name


def test_answers_speak_the_language_of_the_reader(site: Served) -> None:
    asked = {"region": "沛县"}
    zh, en = (unescape(site.ask("/query/schemes/coverage-gaps", asked | {"lang": say}).text) for say in ("zh", "en"))
    assert ">乡镇无包联领导<" in zh and ">town without a leader<" not in zh
    assert ">town without a leader<" in en and ">乡镇无包联领导<" not in en
    chain = unescape(site.ask("/query/chains/accountability", {"subject": "沛县", "lang": "zh"}).text)
    assert all(f">{word}<" in chain for word in ("县级", "向上", "政府"))


@pytest.mark.parametrize("name", list(QUERIES))
def test_the_example_of_a_saved_question_answers(site: Served, name: str) -> None:
    example = {p.name: p.example for p in QUERIES[name].parameters if p.example is not None}
    page = site.ask(f"/query/{name}", example)
    assert page.status == 200
    assert "<tbody>" in page.text
    shown = site.ask(f"/api/query/{name}", example).json
    assert page.text.count("<tr>") == len(shown["rows"]) + 1
    assert site.ask(f"/query/{name}").status == 200


def test_both_stores_show_the_same(served: Served, served_neo4j: Served) -> None:
    notice = served.ask("/api/notices").json[0]["id"]
    for path in ("/", "/thing/region:320322", f"/notice/{quote(notice, safe='')}", "/drawing/chain?subject=沛县"):
        assert served.ask(path).text == served_neo4j.ask(path).text


def test_a_notice_shows_its_text_with_everything_that_was_read_from_it(served: Served) -> None:
    for notice in served.ask("/api/notices").json:
        page = served.ask(f"/notice/{quote(notice['id'], safe='')}")
        article = page.text.partition("<article")[2].partition("</article>")[0].partition(">")[2]
        shown = "".join(unescape(re.sub(r"<[^>]+>", "", article)).split())
        told = served.ask("/api/show", {"thing": notice["id"]}).json
        assert shown == "".join(told["text"].split())
        numbers = {n for said in re.findall(r'data-said="([^"]*)"', article) for n in said.split()}
        listed = set(re.findall(r'data-statement="(\d+)"', page.text))
        assert numbers and numbers <= listed


def test_a_list_is_read_as_the_table_it_is(served: Served) -> None:
    lists = [n for n in served.ask("/api/notices").json if n["title"].endswith("整改清单（2023年3月）")]
    page = unescape(served.ask(f"/notice/{quote(lists[0]['id'], safe='')}").text)
    rows = [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    ]
    assert rows[1][:3] == ["序号", "存在问题", "整改措施"]
    assert [row[0] for row in rows[2:]] == ["1", "2", "3", "4", "5"] and {len(row) for row in rows[1:]} == {8}
    assert re.search(r'<td colspan="6">填报单位', page)
    assert re.search(r'<td[^>]*><span class="said[^>]*>县交通运输局</span></td>', page)


def test_paragraphs_joined_again_are_the_text() -> None:
    text = "第一段说甲。\n\n第二段说乙和丙。"
    said = [
        Said(0, "a", "a", spans=((0, 3), (8, 11))),
        Said(1, "b", "b", spans=((2, 9),)),
        Said(2, "c", "c", spans=((4, 4), (50, 60))),
    ]
    lines = paragraphs(text, said, [])
    assert ["".join(p.text for p in line).strip() for line in lines] == ["第一段说甲。", "第二段说乙和丙。"]
    assert [line[0].text for line in paragraphs("　　缩进。", [Said(0, "a", "a", spans=((0, 5),))], [])] == ["　　"]
    for number, spans in enumerate(s.spans for s in said):
        marked = "".join(p.text for line in lines for p in line if number in p.said).replace("\n", "")
        asked = "".join(text[a:b] for a, b in spans if b <= len(text)).replace("\n", "")
        assert marked == asked


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nowhere", 404, "没有这一页"),
        ("/thing/没有这个人", 404, "没有叫“没有这个人”的事物"),
        ("/notice/notice:none", 404, "没有叫“notice:none”的通知"),
        ("/query/supervision/who-supervise", 400, "supervision/who-supervises"),
        ("/query/supervision/who-supervises?subject=没有", 200, "没有叫“没有”的事物"),
        ("/query/supervision/who-supervises?subject=没有&lang=en", 200, "nothing is called"),
        ("/query/duties/due-before?date=明天", 200, "“明天”不是日期"),
        ("/thing/region:320322?as_of=soon", 400, "“soon”不是日期"),
        ("/chain?subject=没有", 200, "没有叫“没有”的事物"),
        ("/chain?subject=沛县&depth=0", 400, "depth 不能小于 1"),
        ("/chain?subject=沛县&direction=aside", 400, "direction 只能是"),
        ("/graph", 400, "缺少参数 thing"),
        ("/gaps?region=没有", 200, "没有叫“没有”的地区"),
        ("/cypher?text=MATCH (n) DETACH DELETE n", 200, "role=\"alert\""),
        ("/cypher?text=MATCH", 200, "role=\"alert\""),
        ("/drawing/chain?subject=没有", 404, "没有叫“没有”的事物"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_a_page_for_people(site: Served, path: str, status: int, says: str) -> None:
    answer = site.ask(path)
    assert answer.status == status
    assert says in unescape(answer.text).replace("'", "'")
    assert 'href="/"' in answer.text
    assert "Traceback" not in answer.text


def test_an_ambiguous_name_offers_what_it_may_mean(served: Served) -> None:
    page = unescape(served.ask("/chain?subject=生态环境局").text)
    assert "可能是" in page and "/chain?subject=agency%3A320322%2F生态环境局&direction=both" in page.replace(
        quote("生态环境局"), "生态环境局"
    )
    page = unescape(served.ask("/thing/生态环境局").text)
    assert "可能是" in page and "/thing/agency%3A320322%2F生态环境局" in page.replace(quote("生态环境局"), "生态环境局")


def test_what_is_derived_says_why_in_words_with_what_it_rests_on(served: Served) -> None:
    page = unescape(served.ask("/thing/agency:320322/人民政府").text)
    assert "推定：上级人民政府领导下级人民政府" in page
    premises = re.findall(r'<details class="why">.*?</details>', page, re.DOTALL)
    assert premises
    for told in premises:
        assert re.search(r"<li><a href=\S+>[^<:]+</a> [\u4e00-\u9fff]+ <a href=\S+>[^<:]+</a></li>", told), told
    assert "Organic Law" in served.ask("/thing/agency:320322/人民政府", {"lang": "en"}).text


def test_who_was_punished_is_told_from_both_ends(served: Served) -> None:
    row = served.ask("/api/query/people/sanctions").json["rows"][0]
    assert "受到的问责" in served.ask(f"/thing/{row['who_id']}").text
    assert "谁因此被问责" in served.ask(f"/thing/{row['for_id']}").text


def test_the_language_follows_the_browser_and_a_choice_is_kept(served: Served) -> None:
    english = served.ask("/", headers={"accept-language": "en-GB,en;q=0.8"})
    assert '<html lang="en">' in english.text and "Newest notices" in english.text
    chosen = served.ask("/?lang=zh", headers={"accept-language": "en"})
    assert '<html lang="zh-CN">' in chosen.text
    kept = chosen.headers["set-cookie"].partition(";")[0]
    assert '<html lang="zh-CN">' in served.ask("/", headers={"accept-language": "en", "cookie": kept}).text


def test_no_store_is_told_and_not_made(tmp_path: Path) -> None:
    with serving(Settings(str(tmp_path / "none.kgl"))) as server:
        answer = server.ask("/")
    assert answer.status == 400 and "there is no store yet" in answer.text
    assert list(tmp_path.iterdir()) == []


def test_what_is_loaded_meanwhile_is_shown(tmp_path: Path) -> None:
    address = str(tmp_path / "graph.kgl")

    def put(name: str) -> None:
        text = f"{name}要治理散煤。"
        said = Evidence(f"notice:{name}", 0, 2, name)
        notice = Notice(f"notice:{name}", f"{name}的通知", "2024-01-02", text=text, sha256=name)
        with open_store(address) as store:
            node = Node(f"region:{name}", "Region", name, props={"level": "county"})
            store.put(Reading(notice, [node], [Edge(node.id, "STATED_IN", notice.id, (said,))]))

    put("甲县")
    with serving(Settings(address)) as server:
        assert "甲县的通知" in server.ask("/notices").text
        put("乙县")
        assert "乙县的通知" in server.ask("/notices").text


def test_the_api_says_what_the_command_line_says(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    def printed(*words: str) -> object:
        with pytest.raises(SystemExit) as ended:
            main(["--store", served.address, *words, "--format", "json"])
        assert ended.value.code == 0
        return json.loads(capsys.readouterr().out)

    assert served.ask("/api/show", {"thing": "沛县"}).json == printed("show", "沛县")
    assert served.ask("/api/chain", {"subject": "沛县", "depth": 2}).json == printed("chain", "沛县", "--depth", "2")
    rows = printed("query", "duties/of", "-p", "subject=沛县")
    assert served.ask("/api/query/duties/of", {"subject": "沛县"}).json["rows"] == rows
    assert served.ask("/api/query").json == printed("query")


def test_the_api_describes_itself_and_every_path_of_it_answers(served: Served) -> None:
    described = served.ask("/api/openapi.json").json
    assert described["openapi"].startswith("3.")
    needed = {"q": "沛县", "list": "整改清单", "name": "duties/of", "query": "duties/of", "parameter": "subject", "thing": "沛县",
              "subject": "沛县", "text": "MATCH (n:Region) RETURN count(n) AS n"}  # fmt: skip
    for path, ways in described["paths"].items():
        assert set(ways) == {"get"}
        values = (
            {p["name"]: needed[p["name"]] for p in ways["get"]["parameters"] if p["required"]}
            if "parameters" in ways["get"]
            else {}
        )
        if path.startswith("/api/query/"):
            values["subject"] = "沛县"
        place = path.replace("{name}", values.pop("name", ""))
        assert served.ask(place, values).status == 200, place


def test_an_answer_comes_as_csv_and_markdown(served: Served) -> None:
    for kind, first in (("csv", "\ufeffduty"), ("markdown", "| duty")):
        answer = served.ask("/api/query/duties/of", {"subject": "沛县", "format": kind})
        assert answer.text.startswith(first)
        assert "attachment" in answer.headers["content-disposition"]
    pasted = served.ask("/api/query/duties/of", {"subject": "沛县", "format": "cypher"}).text
    assert ':param subject => "region:320322"' in pasted and "MATCH" in pasted


def test_suggestions_come_from_the_graph(served: Served) -> None:
    found = served.ask("/api/suggest", {"query": "duties/of", "parameter": "subject", "prefix": "沛县生"}).json
    assert "沛县生态环境局" in [row["value"] for row in found]
    assert served.ask("/api/suggest", {"query": "", "parameter": "subject", "prefix": "沛县"}).json
    wrong = served.ask("/api/suggest", {"query": "duties/of", "parameter": "no"})
    assert wrong.status == 400 and "subject" in wrong.json["error"]


def test_every_row_leads_on(served: Served) -> None:
    page = served.ask("/query/supervision/who-supervises?" + urlencode({"subject": "沛县"})).text
    links = {unescape(link) for link in re.findall(r'<td[^>]*><a href="([^"]+)"', page)}
    assert len(links) > 5
    for link in links:
        answer = served.ask(link)
        assert answer.status == 200, link


def test_how_sure_is_asked_as_at_the_prompt(site: Served, capsys: pytest.CaptureFixture[str]) -> None:
    every, sure = (site.ask(f"/api/show?thing=沛县&min_confidence={x}").json["edges"] for x in ("", "0.95"))
    assert sure == [e for e in every if e["confidence"] >= 0.95] and 0 < len(sure) < len(every)
    for path, words in (
        ("/api/show?thing=沛县", ("show", "沛县")),
        ("/api/chain?subject=沛县&depth=2", ("chain", "沛县", "--depth", "2")),
        ("/api/query/duties/of?subject=沛县", ("query", "duties/of", "-p", "subject=沛县")),
        ("/api/gaps", ("report", "gaps")),
    ):
        with pytest.raises(SystemExit):
            main(["--store", site.address, *words, "--min-confidence", "0.95", "--format", "json"])
        printed, told = (
            json.loads(capsys.readouterr().out),
            site.ask(f"{path}&min_confidence=0.95".replace("gaps&", "gaps?")).json,
        )
        assert (told["rows"] if "rows" in told and words[0] == "query" else told) == printed, path


@pytest.mark.parametrize(
    "path",
    ["/thing/region:320322?", "/chain?subject=沛县", "/gaps?", "/graph?thing=沛县", "/query/duties/of?subject=沛县"],
)
def test_how_sure_stays_in_the_address(served: Served, path: str) -> None:
    page = unescape(served.ask(f"{path}&min_confidence=0.93").text)
    assert 'name="min_confidence"' in page and 'value="0.93"' in page
    onward = re.findall(r'(?:src|href)="(/(?:drawing|api|chain|graph)[^"]*[?][^"]*)"', page)
    assert onward and all("min_confidence=0.93" in link for link in onward if "suggest" not in link), onward
    for wrong in ("2", "-1", "much"):
        assert served.ask(f"{path}&min_confidence={wrong}").status in (400, 422)
    assert served.ask(f"{path}&min_confidence=").status == 200
