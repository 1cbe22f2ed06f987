"""The page as a file: what it carries, what it may do, what it refuses."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from dataclasses import replace
from html import unescape
from itertools import pairwise
from typing import Any

import pytest

from kg.errors import SubjectError
from kg.model import Edge, Evidence, Graph, Node, Notice
from kg.page import page
from kg.page.document import as_json, document
from kg.page.evidence import passage, safe_url
from kg.page.place import place


def data_of(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="graph">(.*?)</script>', html, re.DOTALL)
    assert found
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def texts_of(html: str) -> list[str]:
    """The notices' texts, unpacked."""
    found = re.search(r'<script type="application/octet-stream" id="texts">([^<]*)</script>', html)
    assert found
    return json.loads(zlib.decompress(base64.b64decode(found[1]), -15)) if found[1] else []


def words_of(html: str) -> set[str]:
    """The words of all passages."""
    texts = texts_of(html)
    return {p[1] if len(p) == 2 else texts[p[0]][p[1] : p[2]] for p in data_of(html)["passages"]}


def test_everything_is_in_the_file(county: Graph) -> None:
    html = page(county, title="县图")
    data = data_of(html)
    assert [n[0] for n in data["nodes"]] == sorted(county.nodes)
    assert len(data["edges"]) == len(county.edges)
    assert {n["title"] for n in data["notices"]} == {n.title for n in county.notices.values()}
    quotes = {v.quote for e in county.edges for v in e.evidence}
    assert words_of(html) == quotes
    assert len(data["edges"]) == len(county.edges), "no parallel statement is lost"


def test_the_policy_admits_its_own_scripts_and_styles_alone(county: Graph) -> None:
    html = page(county, title="县图")
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert found
    policy = unescape(found[1])
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy
    for kind, tag in (("script-src", "script"), ("style-src", "style")):
        bodies = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        hashes = {base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() for b in bodies}
        allowed = re.search(rf"{kind} ([^;]*)", policy)
        assert allowed and set(re.findall(r"'sha256-([^']*)'", allowed[1])) == hashes and bodies


def test_nothing_is_fetched_and_nothing_styled_or_run_in_attributes(county: Graph) -> None:
    html = page(county, title="县图")
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    assert not re.search(r'\b(src|style|on\w+)\s*=|<(link|iframe|img|object|embed|base)\b|href="(?!#)', markup)


def test_the_same_graph_gives_the_same_bytes(county: Graph) -> None:
    mixed = Graph(dict(reversed(county.nodes.items())), county.edges[::-1], dict(reversed(county.notices.items())))
    assert page(county, title="县图") == page(mixed, title="县图")


def test_data_cannot_end_their_block() -> None:
    text = as_json({"a": "</script><!--<script>&\u2028\u2029"})
    assert not re.search("[<>&\u2028\u2029]", text)
    assert json.loads(text) == {"a": "</script><!--<script>&\u2028\u2029"}
    with pytest.raises(ValueError, match="end its own element"):
        document("t", "", lang="zh", styles=[], scripts=["'</script>'"], data={})


def test_titles_are_escaped(county: Graph) -> None:
    html = page(county, title='<img src=x onerror="alert(1)">')
    assert "<img src=x" not in html and "&lt;img src=x" in html


def test_lone_surrogates_do_not_stop_the_writing() -> None:
    g = Graph({"agency:1": Node("agency:1", "Agency", "局\ud800")})
    page(g, title="\udfff").encode("utf-8")


def test_a_focus_that_is_not_there_is_told(county: Graph) -> None:
    with pytest.raises(SubjectError, match="agency:none"):
        page(county, title="县图", focus="agency:none")


def test_notices_and_links_to_them_are_not_drawn(county: Graph) -> None:
    g = Graph(dict(county.nodes), list(county.edges), dict(county.notices))
    key = next(iter(g.notices))
    g.nodes[key] = Node(key, "Notice", "通知")
    g.edges.append(Edge("region:371424", "STATED_IN", key))
    data = data_of(page(g, title="县图"))
    assert key not in {n[0] for n in data["nodes"]}
    assert data["named"] == {str(sorted(county.nodes).index("region:371424")): [data["notices"].index(
        next(n for n in data["notices"] if n["id"] == key))]}  # fmt: skip


def test_a_large_graph_opens_on_places_and_bodies() -> None:
    g = Graph({"region:370000": Node("region:370000", "Region", "省")})
    for i in range(3200):
        g.nodes[f"obligation:{i}"] = Node(f"obligation:{i}", "Obligation", f"事{i}")
    for i in range(100):
        g.nodes[f"agency:371424/局{i}"] = Node(f"agency:371424/局{i}", "Agency", f"局{i}")
    data = data_of(page(g, title="大图"))
    assert data["overview"] and len(data["shown"]) == 101 and len(data["vis"]["nodes"]) == 101
    assert len(data["nodes"]) == 3301, "search still finds all"


def test_positions_follow_the_levels_and_keep_apart(county: Graph) -> None:
    at, bands = place(county, list(county.nodes))
    height = [at[i][1] for i in ("region:370000", "region:371400", "region:371424", "region:371424103",
                                 "region:371424103/东柳洼村", "meeting:2024-05-28/a1", "obligation:plan/00", "topic:散煤")]  # fmt: skip
    assert height == sorted(height) and len(set(height)) == len(height)
    points = sorted(at.values())
    assert len(set(points)) == len(points)
    assert all(abs(a[0] - b[0]) >= 40 or abs(a[1] - b[1]) >= 40 for a, b in pairwise(points))
    assert all(b.top < b.bottom for b in bands)
    width = max(x for x, _ in points) - min(x for x, _ in points)
    assert 0.8 < width / (bands[-1].bottom - bands[0].top) < 2.2


@pytest.mark.parametrize(
    ("url", "kept"),
    [("https://a.cn/x", True), ("http://a.cn", True), ("javascript:alert(1)", False), ("data:text/html,x", False),
     ("//a.cn", False), ("", False), (" JAVASCRIPT:x", False), ("http://[", False), ("file:///etc/passwd", False)],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str, kept: bool) -> None:
    assert bool(safe_url(url)) is kept


def test_a_passage_stands_in_its_paragraph() -> None:
    notice = Notice("n", text="甲段。\n乙段开头，关键的话，乙段结尾。\n丙段。")
    start = notice.text.index("关键的话")
    assert passage(Evidence("n", start, start + 4, "关键的话"), notice) == ("乙段开头，", "关键的话", "，乙段结尾。")


def test_a_long_paragraph_is_cut_and_says_so() -> None:
    notice = Notice("n", text="前" * 80 + "关键" + "后" * 80)
    before, quote, after = passage(Evidence("n", 80, 82, "关键"), notice)
    assert (before, quote, after) == ("…" + "前" * 48, "关键", "后" * 48 + "…")


def test_a_quote_that_does_not_fit_its_notice_stands_alone() -> None:
    assert passage(Evidence("n", 0, 2, "别的"), Notice("n", text="关键的话")) == ("", "别的", "")
    assert passage(Evidence("n", 0, 2, "别的"), None) == ("", "别的", "")


def test_without_quotes_no_word_of_a_notice_is_in_the_file(county: Graph) -> None:
    html = page(county, title="县图", quotes=False)
    assert texts_of(html) == [] and words_of(html) == {""}
    assert len(data_of(html)["edges"]) == len(county.edges)
    for evidence in {v for e in county.edges for v in e.evidence if len(v.quote) > 12}:
        assert not any(evidence.quote in str(row) for row in data_of(html)["edges"])
    sentences = {s for n in county.notices.values() for s in re.split("[，。；：\\s]", n.text) if len(s) > 20}
    names = {name for n in county.nodes.values() if n.label != "Obligation" for name in (n.name, *n.aliases)}
    assert sentences and not {s for s in sentences if s in html and not any(s in name for name in names)}


def test_posts_stand_in_place_of_people_everywhere(county: Graph) -> None:
    html = page(county, title="邝学勤的责任", people=False)
    people = [n for n in county.nodes.values() if n.label == "Person"]
    assert people
    for name in {name for n in people for name in (n.name, *n.aliases)}:
        assert name not in html and name not in "".join(texts_of(html)), name
    data = data_of(html)
    assert len(data["nodes"]) == len(county.nodes) and len(data["edges"]) == len(county.edges)


def test_a_person_of_whom_no_post_is_known_is_nobody() -> None:
    g = Graph({"person:甲乙@1": Node("person:甲乙@1", "Person", "甲乙")})
    html = page(g, title="甲乙", people=False)
    assert "甲乙" not in html and "某同志" in html


def test_who_confirmed_a_statement_is_told_but_not_where_people_are_left_out(county: Graph) -> None:
    signed = {"confirmed_by": "核对员欧阳", "confirmed_at": "2024-03-02T08:00:00Z"}
    edges = [replace(county.edges[0], props={**county.edges[0].props, **signed}), *county.edges[1:]]
    html = page(replace(county, edges=edges), title="县图")
    assert [row[6]["confirmed_by"] for row in data_of(html)["edges"] if "confirmed_by" in row[6]] == ["核对员欧阳"]
    assert data_of(html)["properties"]["confirmed_by"] == ["确认人", "confirmed by"]
    assert "核对员欧阳" not in page(replace(county, edges=edges), title="县图", people=False)


def test_a_page_stays_small(county: Graph) -> None:
    """Beside the drawing library a thing takes well under two kilobytes, its relationships and words included."""
    bare = len(page(Graph(), title="县图").encode("utf-8"))
    assert (len(page(county, title="县图").encode("utf-8")) - bare) / len(county.nodes) < 1400
