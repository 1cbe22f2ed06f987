"""What a store does with notices, whichever engine is behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from store_readings import Draft

from kg.errors import QueryError, StoreError, SubjectError, VocabularyError
from kg.model import Evidence, Node, Reading
from kg.store import Store

CITY, COUNTY = "agency:130600/人民政府", "agency:130631/人民政府"


def rank(key: str, published: str = "2024-01-01", name: str = "", **props: Any) -> Reading:
    draft = Draft(key, published).say(f"{key}说：市政府督察县政府。")
    draft.node(CITY, name or "保定市人民政府", **props)
    return draft.edge(CITY, "SUPERVISES", COUNTY, kind="inspection").reading()


def test_a_notice_is_new_then_unchanged_then_changed(store: Store) -> None:
    assert store.put(rank("甲")) == "new"
    assert store.put(rank("甲")) == "unchanged"
    assert store.put(rank("甲", name="保定市政府")) == "changed"
    assert store.graph().nodes[CITY].name == "保定市政府"
    assert [n.id for n in store.notices()] == ["notice:甲"]


def test_a_version_published_earlier_does_not_replace_a_later_one(store: Store) -> None:
    store.put(rank("甲", "2024-05-01", name="新"))
    assert store.put(rank("甲", "2024-04-01", name="旧")) == "superseded"
    assert store.graph().nodes[CITY].name == "新"


def test_evidence_of_all_notices_is_kept_oldest_first(store: Store) -> None:
    store.put(rank("乙", "2024-02-01"))
    store.put(rank("甲", "2024-01-01"))
    (edge,) = store.graph().out(CITY, "SUPERVISES")
    assert [e.notice for e in edge.evidence] == ["notice:甲", "notice:乙"]
    assert (edge.props["first_seen"], edge.props["last_seen"]) == ("2024-01-01", "2024-02-01")
    text = store.notice("notice:甲").text
    assert text[edge.evidence[0].start : edge.evidence[0].end] == edge.evidence[0].quote


def test_the_newest_notice_names_a_thing_and_older_spellings_become_aliases(store: Store) -> None:
    store.put(rank("乙", "2024-02-01", name="保定市人民政府", level="市"))
    store.put(rank("甲", "2024-01-01", name="市政府", kind="政府"))
    node = store.graph().nodes[CITY]
    assert (node.name, node.aliases) == ("保定市人民政府", ("市政府",))
    assert (node.props["kind"], node.props["level"]) == ("政府", "市")


def test_an_inferred_name_gives_way_and_the_mark_goes_once_a_notice_names_the_thing(store: Store) -> None:
    store.put(rank("乙", "2024-02-01", name="猜的", inferred=True))
    assert store.graph().nodes[CITY].props["inferred"] is True
    store.put(rank("甲", "2024-01-01", name="真的"))
    node = store.graph().nodes[CITY]
    assert node.name == "真的" and "inferred" not in node.props


def test_replacing_withdraws_what_the_new_version_no_longer_says(store: Store) -> None:
    store.put(rank("甲"))
    other = Draft("甲", "2024-01-02").say("省政府督察市政府。")
    other.edge("agency:130000/人民政府", "SUPERVISES", CITY, kind="inspection")
    assert store.put(other.reading()) == "changed"
    graph = store.graph()
    assert COUNTY not in graph.nodes
    assert {e.target for e in graph.edges if e.type == "SUPERVISES"} == {CITY}


def test_removing_takes_what_rests_on_the_notice_alone(store: Store) -> None:
    store.put(rank("甲"))
    store.put(rank("乙", "2024-02-01", name="另名"))
    removed = store.remove("notice:乙")
    assert (removed.nodes, removed.nodes_kept, removed.relationships, removed.relationships_kept) == (0, 2, 0, 1)
    assert store.graph().nodes[CITY].name == "保定市人民政府"
    removed = store.remove("notice:甲")
    assert (removed.nodes, removed.relationships) == (2, 1)
    counts = store.counts()
    assert (counts.notices, counts.nodes, counts.relationships) == (0, {}, {})
    with pytest.raises(SubjectError, match="no notice notice:甲"):
        store.remove("notice:甲")


def test_a_notice_named_by_another_stays_as_a_mention(make_store: Callable[[], Store]) -> None:
    named = Draft("问责", "2024-03-01").say("因甲通知未落实被约谈。")
    named.nodes["notice:甲"] = Node("notice:甲", "Notice", "甲通知")
    named.edge(CITY, "SANCTIONED", "notice:甲", form="约谈")
    two = make_store()
    two.put(rank("甲")), two.put(named.reading())
    other_order = two.graph()
    fresh = make_store()
    fresh.put(named.reading())
    alone = fresh.graph()
    one = make_store()
    one.put(named.reading()), one.put(rank("甲"))
    assert one.graph() == other_order
    assert one.graph().notices["notice:甲"].title == "通知甲"
    one.remove("notice:甲")
    assert [n.id for n in one.notices()] == ["notice:问责"]
    assert one.graph().nodes["notice:甲"].name == "甲通知"
    assert one.graph() == alone


def test_every_node_points_to_the_notices_that_name_it(store: Store) -> None:
    store.put(rank("甲")), store.put(rank("乙"))
    assert [e.target for e in store.graph().out(COUNTY, "STATED_IN")] == ["notice:乙", "notice:甲"]


def test_mentions_keep_their_words(store: Store) -> None:
    draft = Draft("甲").say("市政府。")
    draft.edge(CITY, "STATED_IN", "notice:甲")
    store.put(draft.reading())
    (edge,) = store.graph().out(CITY, "STATED_IN")
    assert edge.evidence == (Evidence("notice:甲", 0, 4, "市政府。"),)


def test_statements_against_the_schema_are_refused_and_nothing_is_loaded(store: Store) -> None:
    wrong = Draft("甲").say("句。").edge(CITY, "WITHIN", COUNTY).reading()
    with pytest.raises(VocabularyError, match="WITHIN"):
        store.put(wrong)
    assert store.counts().notices == 0


def test_one_refused_reading_does_not_keep_the_others_out(store: Store) -> None:
    wrong = Draft("乙").say("句。").edge(CITY, "WITHIN", COUNTY).reading()
    outcomes = [outcome for _, outcome in store.put_all([rank("甲"), wrong, rank("丙")], batch=10)]
    assert outcomes[0] == outcomes[2] == "new" and isinstance(outcomes[1], VocabularyError)
    assert store.counts().notices == 2


def test_ids_that_would_break_keys_are_refused(store: Store) -> None:
    draft = Draft("甲").say("句。").edge("agency:a|b/人民政府", "SUPERVISES", COUNTY, kind="rank")
    with pytest.raises(VocabularyError, match=r"\|"):
        store.put(draft.reading())


def test_stopping_a_load_leaves_whole_batches(store: Store) -> None:
    load = store.put_all((rank(str(i)) for i in range(10)), batch=2)
    next(load), next(load), next(load)
    load.close()
    assert store.counts().notices == 4


def test_a_failure_inside_a_batch_leaves_nothing_of_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store.writing import Change

    store.put(rank("甲"))
    before = store.graph()
    settle = Change._settle_statements

    def fail(self: Change, *args: object) -> None:
        settle(self, *args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Change, "_settle_statements", fail)
        with pytest.raises(KeyboardInterrupt):
            store.put(rank("乙"))
    assert store.graph() == before
    assert store.put(rank("乙")) == "new"


def test_what_a_broken_off_load_left_to_be_derived_is_derived_by_the_next_one(
    make_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    def reading() -> Reading:
        draft = Draft("甲").say("张三包保望都县。")
        return draft.edge("person:张三@1", "IN_CHARGE_OF", "region:130631").reading()

    whole = make_store()
    whole.put(reading())
    graph = whole.graph()
    assert [e.type for e in graph.edges if e.derived] == ["SUPERVISES"]
    broken = make_store()
    with monkeypatch.context() as patch:
        patch.setattr(type(broken), "derive", lambda self: 0)
        broken.put(reading())
    assert broken.graph() != graph
    assert broken.put(reading()) == "unchanged"
    assert broken.graph() == graph


def test_around_goes_as_far_as_asked(store: Store) -> None:
    draft = Draft("甲").say("层层督察。")
    for above, below in (("0", "1"), ("1", "2"), ("2", "3")):
        draft.edge(f"agency:{above}/府", "SUPERVISES", f"agency:{below}/府", kind="rank")
    draft.edge("agency:0/府", "PART_OF", "agency:9/府")
    store.put(draft.reading())
    near = store.around(["agency:0/府"], 1)
    assert set(near.nodes) == {"agency:0/府", "agency:1/府", "agency:9/府"}
    far = store.around(["agency:0/府"], 2, ["SUPERVISES"])
    assert set(far.nodes) == {"agency:0/府", "agency:1/府", "agency:2/府"}
    assert {e.type for e in far.edges} == {"SUPERVISES"} and set(far.notices) == {"notice:甲"}
    assert store.around(["agency:0/府"], 0).edges == []
    assert store.around(["agency:nobody"], 2).nodes == {}


def test_answers_are_plain_values(store: Store) -> None:
    store.put(rank("甲"))
    rows = store.query(
        "MATCH path = (a:Agency {uid: $a})-[r:SUPERVISES]->(b) "
        "RETURN a, r, path, date('2024-02-03') AS day, datetime('2024-02-03T04:05:06Z') AS t, [1, 'x', null] AS list, "
        "{k: b.name} AS map, 1.5 AS f, true AS yes, null AS none",
        {"a": CITY},
    )
    assert rows.columns == ("a", "r", "path", "day", "t", "list", "map", "f", "yes", "none")
    row = rows.rows[0]
    assert (row["a"]["uid"], row["a"]["label"], row["a"]["name"]) == (CITY, "Agency", "保定市人民政府")
    assert "title" not in row["a"] and "id" not in row["a"]
    r = row["r"]
    assert (r["type"], r["source"], r["target"], r["kind"]) == ("SUPERVISES", CITY, COUNTY, "inspection")
    assert not {"contributions", "digest", "statements", "contribution"} & r.keys()
    assert [n["uid"] for n in row["path"]["nodes"]] == [CITY, COUNTY] and row["path"]["relationships"] == [r]
    assert (row["day"], row["t"][:19]) == ("2024-02-03", "2024-02-03T04:05:06")
    assert (row["list"], row["map"], row["f"], row["yes"], row["none"]) == (
        [1, "x", None],
        {"k": "人民政府"},
        1.5,
        True,
        None,
    )


def test_an_absent_title_is_null_and_a_given_one_stays(store: Store) -> None:
    draft = Draft("甲", title="标题").say("句。")
    draft.edge("person:某@1", "HOLDS", draft.node("post:1/人民政府/县长", "望都县人民政府县长", title="县长"))
    store.put(draft.reading())
    titles = {row["uid"]: row["title"] for row in store.query("MATCH (n) RETURN n.uid AS uid, n.title AS title")}
    assert titles["person:某@1"] is None and titles["post:1/人民政府/县长"] == "县长" and titles["notice:甲"] == "标题"


def test_a_new_name_leaves_titles_alone(store: Store) -> None:
    for key, day, suffix in (("甲", "2024-01-01", ""), ("乙", "2024-02-01", "（新）")):
        draft = Draft(key, day).say("句。")
        draft.node("person:某@1", "某" + suffix)
        draft.node("list:1", "清单" + suffix)
        draft.node("list:2", "另一清单" + suffix, title="题")
        draft.edge(
            "person:某@1", "HOLDS", draft.node("post:1/人民政府/县长", "望都县人民政府县长" + suffix, title="县长")
        )
        store.put(draft.reading())
    rows = store.query(
        "MATCH (n) WHERE n.first_seen <> n.last_seen RETURN n.uid AS uid, n.name AS name, n.title AS title"
    )
    assert {row["uid"]: (row["name"][-3:], row["title"]) for row in rows} == {
        "person:某@1": ("（新）", None), "list:1": ("（新）", None), "list:2": ("（新）", "题"),
        "post:1/人民政府/县长": ("（新）", "县长"),
    }  # fmt: skip


def test_a_property_that_no_thing_had_yet_can_come_later(store: Store) -> None:
    store.put(rank("甲"))
    store.put(rank("乙", "2024-02-01", level="市"))
    draft = Draft("丙", "2024-03-01").say("省政府。").edge(draft_agency := "agency:130000/人民政府", "PART_OF", CITY)
    draft.node(draft_agency, "省政府", kind="政府", level="省")
    store.put(draft.reading())
    nodes = store.graph().nodes
    assert nodes[CITY].props["level"] == "市" and nodes[draft_agency].props["kind"] == "政府"


def test_a_property_that_no_notice_gives_any_more_goes(store: Store) -> None:
    store.put(rank("甲", level="市", kind="政府"))
    store.put(rank("乙", "2024-02-01", level="地级市"))
    store.remove("notice:乙")
    assert store.graph().nodes[CITY].props["level"] == "市"
    store.put(rank("甲", "2024-03-01", kind="政府"))
    assert "level" not in store.graph().nodes[CITY].props


def test_a_row_limit_cuts_and_says_so(store: Store) -> None:
    rows = store.query("UNWIND range(1, 10) AS i RETURN i", limit=3)
    assert [row["i"] for row in rows] == [1, 2, 3] and rows.truncated
    assert not store.query("UNWIND range(1, 3) AS i RETURN i", limit=3).truncated


@pytest.mark.parametrize(
    "pattern",
    [
        "MATCH (a:Agency)-[h:SUPERVISES]->(b)-[r:GOVERNS]->(c) WHERE h.topic IS NOT NULL",
        "MATCH (a:Agency)-[h:SUPERVISES]->(b)-[r:GOVERNS]-(c) WHERE h.kind = 'inspection'",
        "MATCH (a:Agency)-[h:SUPERVISES]-(b)<-[r:GOVERNS]-(c)",
        "MATCH (a:Region)-[h]-(b) OPTIONAL MATCH (a)-[g:SUPERVISES]->(c)",
    ],
)
def test_a_count_is_of_the_rows_that_are_found(store: Store, pattern: str) -> None:
    draft = Draft("甲").say("市政府督察县政府。").edge(CITY, "SUPERVISES", COUNTY, kind="inspection")
    draft.edge(CITY, "GOVERNS", "region:130600").edge(COUNTY, "GOVERNS", "region:130631")
    store.put(draft.edge("region:130631", "WITHIN", "region:130600").reading())
    found = len(store.query(f"{pattern} RETURN a.name, b.name"))
    assert [row["n"] for row in store.query(f"{pattern} RETURN count(*) AS n")] == [found]
    assert [row["n"] for row in store.query(f"{pattern} RETURN count(b) AS n")] == [found]
    assert [row["n"] for row in store.query(f"{pattern} WITH a, h RETURN count(*) AS n")] == [found]


def test_a_time_limit_ends_a_query_that_hangs(store: Store) -> None:
    with pytest.raises(QueryError, match="within 0.2 seconds"):
        store.query(
            "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 200) AS c RETURN count(a + b + c)",
            timeout=0.2,
        )


@pytest.mark.parametrize(
    ("cypher", "says"),
    [("MATCH (n RETURN n", "line 1"), ("MATCH (n)\nRETRUN n", "line 2"), ("MATCH (n) RETURN nope(n)", "nope")],
)
def test_what_cannot_be_run_is_said_in_one_line(store: Store, cypher: str, says: str) -> None:
    store.put(rank("甲"))
    with pytest.raises(QueryError, match=says) as caught:
        store.query(cypher)
    assert "\n" not in str(caught.value)


def test_writes_are_refused_and_leave_no_trace(store: Store) -> None:
    store.put(rank("甲"))
    before = store.graph()
    with pytest.raises(QueryError, match="CREATE"):
        store.query("MATCH (n:Agency) CREATE (m:Agency {uid: 'x'})")
    assert store.graph() == before


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.counts()


@pytest.mark.parametrize(("many", "odd"), [(1, ""), (7, ""), (1_200, ""), *((7, mark) for mark in "\x1f\x1e\x1d")])
def test_much_that_is_put_at_once_is_stored_as_it_was_put(store: Store, many: int, odd: str) -> None:
    draft = Draft("甲").say(f"年底前完成各项{odd}目标。")
    for n in range(many):
        if n % 3 == 2:
            draft.say(f"第{n}项目标另定。")
        given = {"value": 1.5 if n % 4 else 1, "generic": True, "period": "全年", "unit": f"{odd}项" if n % 5 else ""}
        told = {key: value for key, value in given.items() if value}
        aliases = () if n % 6 else (f"目标{odd}{n}号", f"第{n}号目标")
        draft.node(f"target:甲/{n}", f"第{n}项", aliases, **told)
        draft.edge("obligation:甲/1", "HAS_TARGET", f"target:甲/{n}", confidence=0.8 if n % 2 else 1.0, rule="stated")
    put = draft.reading()
    store.put(put)
    graph = store.graph()
    for node in put.nodes:
        found = graph.nodes[node.id]
        kept = {key: (type(found.props[key]) is bool, found.props[key]) for key in node.props}
        assert kept == {key: (type(value) is bool, value) for key, value in node.props.items()}
        assert (found.name, set(found.aliases)) == (node.name, set(node.aliases))
        assert found.props.keys() - node.props.keys() == {"first_seen", "last_seen"}
    stored = {edge.key: edge for edge in graph.out("obligation:甲/1", "HAS_TARGET")}
    assert {e.key: (e.evidence, e.rule, e.confidence, e.derived) for e in stored.values()} == {
        e.key: (e.evidence, e.rule, e.confidence, e.derived) for e in put.edges
    }
