"""Drawings of chains: well-formed, complete, escaped, the same each time."""

from __future__ import annotations

import json
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_graph import graph

from kg.chain import Chain, accountability
from kg.draw import FORMATS, draw, folded
from kg.draw.layout import rows_of
from kg.draw.scene import scene
from kg.draw.svg import picture
from kg.errors import QueryError
from kg.model import Edge, Evidence, Graph, Node, Notice, Reading
from kg.store import open_store

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    '<script>alert(1)</script>', '"]; n0 -> n9 [label="', "a & b < c > d", "'); drop", "]]>", "--> |x| y", "end\nsubgraph z",
    "\u2028line", "`code` **bold**", "\\N \\G \\", "#quot;", "%%{init}%%", "\x00\x1b[31mred", "\ud800", "click n0 href",
]  # fmt: skip


def hostile_chain(text: str) -> Chain:
    notice = Notice("notice:<x>", text, "2024-01-01", text, url="javascript:alert(1)", text=f"前{text}后")
    quote = (Evidence(notice.id, 1, 1 + len(text), text),)
    nodes = [Node("A:1", "Agency", text), Node("D:1", "Obligation", f"事{text}", props={"deadline": text}),
             Node('P:"1"', "Person", text)]  # fmt: skip
    edges = [Edge("A:1", "BEARS", "D:1", quote, rule=text, props={"role": text}),
             Edge('P:"1"', "SUPERVISES", "A:1", quote, rule=text, props={"kind": text})]  # fmt: skip
    g = Graph({n.id: n for n in nodes}, edges, {notice.id: notice})
    return accountability(g, g.nodes["D:1"])


@pytest.fixture(scope="module")
def duty(county: Graph) -> Chain:
    return accountability(county, county.nodes["obligation:plan/05"])


@pytest.fixture(scope="module")
def large(county: Graph) -> Chain:
    return accountability(county, county.nodes["agency:371424/人民政府"])


def svg_of(document: str) -> ET.Element:
    return ET.fromstring(document)


def texts(element: ET.Element) -> str:
    return "".join("".join(t.itertext()) for t in element.iter(f"{SVG}text"))


def test_svg_names_lanes_boxes_and_sources(duty: Chain) -> None:
    root = svg_of(draw(duty, "svg"))
    said = texts(root)
    for box in duty.boxes:
        assert box.name in said
    for word in ("党政机关", "部门", "职责", "出处", "推定", "明文"):
        assert word in said
    for source in duty.sources():
        assert source.title in said and source.published in said
    assert root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None
    assert len(list(boxes_of(root))) == len(duty.boxes)


def test_svg_draws_derived_steps_dashed(duty: Chain) -> None:
    lines = [p for p in svg_of(draw(duty, "svg")).iter(f"{SVG}path") if p.get("marker-end")]
    assert len(lines) == len(duty.steps)
    assert sum(p.get("stroke-dasharray") is not None for p in lines) == sum(not s.stated for s in duty.steps)


def test_svg_has_no_style_sheet_script_or_link(large: Chain) -> None:
    document = draw(large, "svg")
    assert not re.search(r"<(style|script|image|a|foreignObject)\b| style=| on\w+=|href", document)


def boxes_of(root: ET.Element) -> Iterator[tuple[float, float, float, float]]:
    for g in root.iter(f"{SVG}g"):
        rect = g.find(f"{SVG}rect")
        if (g.get("class") or "").startswith("box") and g.find(f"{SVG}title") is not None and rect is not None:
            x, y, w, h = (float(rect.get(k, "0")) for k in ("x", "y", "width", "height"))
            yield x, y, x + w, y + h


@pytest.mark.parametrize("which", ["duty", "large"])
def test_boxes_do_not_overlap_and_stay_inside(which: str, request: pytest.FixtureRequest) -> None:
    root = svg_of(draw(request.getfixturevalue(which), "svg"))
    boxes = list(boxes_of(root))
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    for i, (a, b, c, d) in enumerate(boxes):
        assert a >= 0 and b >= 0 and c <= width and d <= height
        for e, f, g, h in boxes[i + 1 :]:
            assert not (a < g and e < c and b < h and f < d)


def test_a_large_chain_turns_and_says_what_it_leaves_out(large: Chain) -> None:
    s = scene(large)
    assert len(s.arrows) < len(large.steps)
    assert any("未画出" in remark for remark in s.remarks)
    assert "rankdir=LR" in draw(large, "dot") and "flowchart LR" in draw(large, "mermaid")


def test_a_drawing_runs_down_the_page_as_long_as_it_fits_its_width() -> None:
    lines = graph(
        *(f"A:{'局' if i == 0 else f'{c}{i}'} -SUPERVISES-> A:{c}{i + 1}" for c in "甲乙丙丁" for i in range(6))
    )
    wide = graph(*(f"R:村{i:02d} -WITHIN-> R:镇" for i in range(30)))
    sizes = []
    for g, subject in ((lines, "A:局"), (wide, "R:镇")):
        root = svg_of(draw(accountability(g, g.nodes[subject]), "svg"))
        sizes.append((len(list(boxes_of(root))), float(root.get("width", "0")), float(root.get("height", "0"))))
    (long, across, down), (broad, width, height) = sizes
    assert long > 20 and across < 800 < down
    assert broad > 20 and max(width, height) < 2000


def test_a_row_of_many_that_stand_over_nothing_is_wrapped() -> None:
    g = graph(*(f"A:局 -BEARS-> D:整治第{i:02d}条黑臭河道并在年底前验收销号" for i in range(45)))
    s = scene(accountability(g, g.nodes["A:局"]))
    drawn = re.search(r'width="(\d+)" height="(\d+)"', picture(s, sources=False, live=True))
    assert drawn is not None and max(int(drawn[1]), int(drawn[2])) * 0.55 < 1497
    rows = rows_of(s, 9)
    assert [sum(v[0] != "\0" for v in row) for row in rows.rows][-5:] == [9] * 5
    assert rows.lanes[s.lanes[-1].order][1] == len(rows.rows) - 1


def test_nothing_is_left_out_of_a_small_chain(duty: Chain) -> None:
    assert len(scene(duty).arrows) == len(duty.steps)


def test_siblings_fold_when_there_are_too_many() -> None:
    g = graph(*(f"R:村{i:03d} -WITHIN-> R:镇" for i in range(150)))
    s = scene(accountability(g, g.nodes["R:镇"]))
    folded = [i for i in s.items if i.kind == "Fold"]
    assert len(s.items) <= 120
    assert [i.head for i in folded] == ["其余 147 个同类"]
    assert len(folded[0].folded) == 147
    assert "村149" in draw(accountability(g, g.nodes["R:镇"]), "json")


def test_what_a_fold_hides_comes_without_its_words_and_counts_all_the_same(tmp_path: Path) -> None:
    g = graph(*(f"R:村{i:03d} -WITHIN-> R:镇" for i in range(150)), "A:镇政府 -GOVERNS-> R:镇")
    text = ""
    for edge in g.edges:
        (said,) = edge.evidence
        edge.evidence = (said._replace(start=len(text), end=len(text) + len(said.quote)),)
        text += said.quote
    notice = replace(*g.notices.values(), text=text)
    with open_store(tmp_path / "store") as store:
        store.put(Reading(notice, list(g.nodes.values()), g.edges))
        whole, part = (accountability(store, g.nodes["R:镇"], shown=shown) for shown in (None, folded))
    assert [b.id for b in part.boxes] == [b.id for b in whole.boxes]
    assert len(whole.sources()) == 151 and len(part.sources()) == 5  # one of the fold itself, three shown, one inside
    told, all_told = scene(part), scene(whole)
    assert [(i.id, i.head, i.folded) for i in told.items] == [(i.id, i.head, i.folded) for i in all_told.items]
    assert [a.stated for a in told.arrows] == [a.stated for a in all_told.arrows]
    assert ["村090与镇" in draw(c, "html") for c in (whole, part)] == [True, False] and "村002与镇" in draw(
        part, "html"
    )


def test_nothing_is_hidden_of_a_chain_that_is_not_folded(duty: Chain) -> None:
    assert folded(duty) is None


@pytest.fixture(scope="module")
def crowd() -> Chain:
    """About two hundred boxes of which few have the same neighbours, with long arrows across many rows."""
    lines = [f"A:局{n} -PART_OF~> A:县政府" for n in range(30)]
    lines += [f"A:局{n} -BEARS-> D:事{n}之{m}" for n in range(30) for m in range(5)]
    lines += [f"A:局{n + 1} -BEARS-> D:事{n}之{n % 5}" for n in range(29)]
    lines += [f"A:局{n} -SUPERVISES-> A:局{n + 1}" for n in range(0, 28, 2)]
    g = graph(*lines)
    return accountability(g, g.nodes["A:县政府"], direction="down")


def test_those_unlike_fold_too_until_the_drawing_can_be_read(crowd: Chain) -> None:
    assert len(crowd.boxes) > 180
    s = scene(crowd)
    assert len(s.items) <= 120
    shown = {i.id for i in s.items}
    assert all(a.upper in shown and a.lower in shown and a.upper != a.lower for a in s.arrows)
    folded = [name for i in s.items for name in i.folded if name.startswith("事")]
    assert len(folded) + sum(i.kind == "Obligation" for i in s.items) == 150


def test_a_large_chain_is_drawn_within_a_second_or_so_of_work(crowd: Chain) -> None:
    begun = time.process_time()
    draw(crowd, "svg")
    assert time.process_time() - begun < 3  # 0.5 s on a quiet machine


def test_a_derived_step_carries_no_number_of_a_source() -> None:
    g = graph("A:甲 -SUPERVISES-> A:乙", "A:乙 -BEARS-> D:事")
    g.edges.append(Edge("A:丙", "SUPERVISES", "A:甲", g.edges[0].evidence, "a rule", derived=True))
    g.nodes["A:丙"] = Node("A:丙", "Agency", "丙")
    arrows = {(a.upper, a.lower): a for a in scene(accountability(g, g.nodes["D:事"])).arrows}
    assert arrows["A:甲", "A:乙"].numbers and arrows["A:丙", "A:甲"].numbers == ()


def test_gaps_are_drawn(county: Graph) -> None:
    c = accountability(county, county.nodes["obligation:plan/u0"])
    for form in ("text", "svg", "mermaid", "dot", "html"):
        assert "未写明责任主体" in draw(c, form)


def test_dot_is_balanced_and_declares_what_it_joins(large: Chain) -> None:
    lines = draw(large, "dot").splitlines()
    assert lines[0] == "digraph chain {" and lines[-1] == "}"
    bare = [re.sub(r'"(?:[^"\\]|\\.)*"', '""', line) for line in lines]
    assert all('"' not in line.replace('""', "") for line in bare)
    declared = {m[1] for line in bare if (m := re.match(r"  (n\d+) \[", line))}
    joined = {n for line in bare if (m := re.match(r"  (n\d+) -> (n\d+) \[", line)) for n in m.groups()}
    assert joined <= declared and len(declared) == len(scene(large).items)


def test_mermaid_declares_what_it_joins(large: Chain) -> None:
    lines = draw(large, "mermaid").splitlines()
    declared = {m[1] for line in lines if (m := re.match(r'    (n\d+)\["[^"]*"\]:::\w+$', line))}
    joined = [m.groups() for line in lines if (m := re.match(r'  (n\d+) (?:-->|-\.->)\|"[^"]*"\| (n\d+)$', line))]
    assert {n for pair in joined for n in pair} <= declared
    assert len(joined) == len(scene(large).arrows)
    assert sum(line == "  end" for line in lines) == len(scene(large).lanes)


def test_json_holds_everything(duty: Chain) -> None:
    data = json.loads(draw(duty, "json"))
    assert data["subject"]["id"] == "obligation:plan/05"
    assert [b["id"] for b in data["boxes"]] == [b.id for b in duty.boxes]
    assert all({"upper", "lower", "zh", "stated", "links"} <= s.keys() for s in data["steps"])
    assert data["sources"][0]["quote"] and data["sources"][0]["title"]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("form", FORMATS)
def test_hostile_names_stay_text(form: str, text: str) -> None:
    document = draw(hostile_chain(text), form)
    document.encode("utf-8", "surrogatepass" if form == "json" else "strict")
    if form == "svg":
        assert svg_of(document).find(f".//{SVG}script") is None
    if form == "html":
        assert document.count("<script") == 2
        assert "javascript:" not in document
    if form in ("svg", "html"):
        assert "<script>alert" not in document
    if form == "dot":
        for line in document.splitlines():
            assert '"' not in re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
    if form == "mermaid":
        body = document.split("---\n")[2].splitlines()
        known = r'flowchart TB|  subgraph L\d+\["[^"]*"\]|    n\d+\["[^"]*"\]:::\w+|  end|  n\d+ (-->|-\.->)\|"[^"]*"\| n\d+|  (classDef|style) .*'
        assert all(re.fullmatch(known, line) for line in body), body
    if form == "text":
        assert "\x1b" not in document and "\x00" not in document


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_chain_gives_the_same_bytes(county: Graph, form: str, lang: str) -> None:
    def one() -> str:
        return draw(accountability(county, county.nodes["person:邝学勤@371424"]), form, lang=lang)

    assert one() == one()


@pytest.mark.parametrize("form", FORMATS)
def test_a_thing_alone_is_drawn(form: str) -> None:
    g = Graph({"A:1": Node("A:1", "Agency", "孤立的局")})
    assert "孤立的局" in draw(accountability(g, g.nodes["A:1"]), form)


def test_unknown_formats_and_languages_are_told(duty: Chain) -> None:
    with pytest.raises(QueryError, match="choose one of text"):
        draw(duty, "gif")
    with pytest.raises(QueryError, match="choose one of zh"):
        draw(duty, "svg", lang="fr")
