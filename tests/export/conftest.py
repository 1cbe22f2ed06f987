"""Graphs to export: one written by hand, and a strategy that draws any graph the ontology allows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import strategies as st

from kg.decisions import VERDICTS, Decision, decision, order
from kg.model import Edge, Evidence, Graph, Node, Notice, Value
from kg.vocabulary import PropertyInfo, vocabulary

TEXT = "定兴县生态环境局要每周巡查散煤点位，钱向南局长负责；违者“=约谈”<&>\u2028🏭"
LATER = "会上，钱向南再次要求巡查。"
FIELDS = {"uid", "name", "aliases", "evidence", "quotes", "confidence", "rule", "derived", "premises"}


def small_graph() -> Graph:
    """Two notices, each kind of thing an edge needs, a derived edge, and characters that every format must escape."""
    first = Notice(
        "notice:2024/1",
        "=通知<&>\"'",
        "2024-09-01",
        "定兴县",
        "定政〔2024〕1号",
        "http://example.cn/1",
        "",
        TEXT,
        "a" * 64,
    )
    second = Notice("notice:2024/2", "会议", "2024-10-08", text=LATER)

    def quote(start: int, end: int) -> Evidence:
        return Evidence(first.id, start, end, TEXT[start:end])

    agency, place, duty = "agency:130626/生态环境局", "region:130626", 'obligation:2024/1#%~<>"{}|^` 1'.replace("|", "")
    person, post = "person:钱向南@130626", "post:130626/生态环境局/局长"
    nodes = [
        Node(agency, "Agency", "定兴县生态环境局", ("县生态环境局", '局；办, "引"'), {"level": "county"}),
        Node(place, "Region", "定兴县", (), {"adcode": "130626", "inferred": True}),
        Node(
            duty, "Obligation", "每周巡查散煤点位", (), {"text": TEXT, "due": "2024-09-30", "actions": ["巡查", "=1+1"]}
        ),
        Node(person, "Person", "钱向南"),
        Node(post, "Post", "局长", (), {"title": "局长"}),
        Node("topic:散煤", "Topic", "散煤", (), {"notation": "coal-bulk"}),
        Node("target:1", "Target", "@SUM(A1)", (), {"op": "<=", "value": 33.5, "indicator": "PM2.5"}),
    ]
    governs = Edge(agency, "GOVERNS", place, (), "gazetteer", 1.0, True)
    told_twice = (quote(0, 18), Evidence(second.id, 3, 12, LATER[3:12]))
    held: dict[str, Value] = {"since": "2023-01-02", "until": "2024-12-01"}
    edges = [
        Edge(agency, "BEARS", duty, told_twice, "duty-must", 0.9, props={"role": "责任", "first_seen": "2024-09-01"}),
        Edge(person, "BEARS", duty, (quote(19, 26),), "duty-must", 0.8, props={"role": "责任"}),
        Edge(person, "BEARS", duty, (quote(19, 26),), "duty-lead", 0.7, props={"role": "牵头"}),
        Edge(person, "HOLDS", post, (quote(19, 24),), "post-after", 0.95, props=held),
        Edge(post, "POST_IN", agency, (quote(19, 24),), "post-after", 0.95),
        Edge(post, "SUPERVISES", agency, (quote(19, 24),), "head", 0.9, True, (governs.key,), {"kind": "rank"}),
        Edge(duty, "ABOUT", "topic:散煤", (quote(13, 15),), "topic", 0.9),
        Edge(duty, "HAS_TARGET", "target:1", (quote(0, 3),), "target", 1),
        Edge(first.id, "CONCERNS", place, (quote(0, 3),), "place", 0.9),
        governs,
        *(Edge(n.id, "STATED_IN", first.id, props={"first_seen": "2024-09-01"}) for n in nodes),
        Edge(agency, "STATED_IN", second.id, (Evidence(second.id, 0, 2, LATER[:2]),), "mention", 1.0),
    ]  # fmt: skip
    made = [
        decision(edges[0].key, "confirmed", "乙", at="2024-10-09T08:00:00Z", words=edges[0].evidence),
        decision(f"{agency}|PART_OF|agency:1||stated", "rejected", "甲", "“=不是”<&>\u2028", at="2024-10-10T08:00:00Z"),
    ]
    return Graph({n.id: n for n in nodes}, edges, {n.id: n for n in (first, second)}, made)


@pytest.fixture
def graph() -> Graph:
    return small_graph()


# ── any graph ──

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
BODIES = st.text(st.characters(codec="utf-8"), min_size=3)
DAYS = st.dates().map(str)
MOMENTS = st.datetimes(min_value=datetime(1000, 1, 1)).map(lambda at: at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def values(info: PropertyInfo) -> st.SearchStrategy[Value]:
    if info.values:
        return st.sampled_from(info.values)
    if info.pattern:
        return st.from_regex("[0-9]{6}", fullmatch=True)
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "boolean": st.booleans(),
        "date": DAYS,
        "day": DAYS | DAYS.map(lambda d: f"-{d[4:]}"),
        "decimal": st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False),
        "string": TEXTS,
        "moment": MOMENTS,
    }
    one = kinds[info.datatype]
    return st.lists(one, max_size=3) if info.many else one


@st.composite
def properties(draw: st.DrawFn, known: dict[str, PropertyInfo]) -> dict[str, Value]:
    own = {k: v for k, v in known.items() if k not in FIELDS}
    return {k: draw(values(v)) for k, v in own.items() if v.required or draw(st.booleans())}


@st.composite
def any_graph(draw: st.DrawFn) -> Graph:
    schema = vocabulary()
    ids = st.text(st.characters(codec="utf-8", exclude_characters="|"), min_size=1, max_size=10).filter(str.strip)
    notices = {
        uid: Notice(uid, draw(TEXTS), draw(DAYS | st.just("")), text=draw(BODIES))
        for uid in draw(st.lists(ids.map("notice:".__add__), min_size=1, max_size=3, unique=True))
    }  # fmt: skip
    nodes: dict[str, Node] = {}
    labels = st.sampled_from(sorted(schema.labels.keys() - {"Notice"}))
    for uid in draw(st.lists(ids, min_size=2, max_size=8, unique=True)):
        label = draw(labels)
        aliases = tuple(draw(st.lists(TEXTS, max_size=2)))
        nodes[uid] = Node(uid, label, draw(TEXTS), aliases, draw(properties(schema.labels[label].properties)))
    edges: list[Edge] = []
    for name in draw(st.lists(st.sampled_from(sorted(schema.types)), max_size=8)):
        kind = schema.types[name]
        label_of = {**{n.id: n.label for n in nodes.values()}, **dict.fromkeys(notices, "Notice")}
        starts, ends = ([u for u, lab in label_of.items() if lab in side] for side in (kind.domain, kind.range))
        if not starts or not ends:
            continue
        notice = notices[draw(st.sampled_from(sorted(notices)))]
        start = draw(st.integers(0, len(notice.text) - 1))
        end = draw(st.integers(start + 1, len(notice.text)))
        derived = draw(st.booleans())
        edges.append(
            Edge(
                draw(st.sampled_from(starts)), name, draw(st.sampled_from(ends)),
                () if derived and draw(st.booleans()) else (Evidence(notice.id, start, end, notice.text[start:end]),),
                draw(TEXTS), draw(st.floats(0, 1)), derived, tuple(e.key for e in edges[:1]) if derived else (),
                draw(properties(kind.properties)),
            )
        )  # fmt: skip
    return Graph(nodes, edges, notices, draw(decided(edges)))


@st.composite
def decided(draw: st.DrawFn, edges: list[Edge]) -> list[Decision]:
    """Decisions on some of these statements; that one stood here and is rejected is all the same to an export."""
    on = draw(st.lists(st.sampled_from(edges), max_size=3)) if edges else []
    made = {
        d.id: d for d in (
            decision(e.key, draw(st.sampled_from(VERDICTS)), f"甲{draw(TEXTS)}", f"因{draw(TEXTS)}", at=draw(MOMENTS),
                     words=e.evidence)
            for e in on if e.type != "STATED_IN"
        )
    }  # fmt: skip
    return sorted(made.values(), key=order)


@pytest.fixture(scope="session")
def graphs() -> st.SearchStrategy[Graph]:
    return any_graph()
