"""Decisions: what is rejected is not in the graph and not lost, what is confirmed is sure, and both outlive any loading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from store_readings import Draft

from kg.decided import listed, statement
from kg.decisions import decision
from kg.errors import KgError, QueryError, StoreError, SubjectError
from kg.loading import Defaults, files, load
from kg.model import Graph, Reading
from kg.store import Store, open_store
from kg.store.copying import copy

CITY, COUNTY, HEAD = "agency:130600/人民政府", "agency:130631/人民政府", "person:甲@130600"
OVER = f"{CITY}|SUPERVISES|{COUNTY}|inspection|stated"
SAMPLES = Path(__file__).parents[2] / "kg" / "samples"


def over(key: str = "甲", published: str = "2024-01-01", confidence: float = 0.8) -> Reading:
    draft = Draft(key, published).say(f"{key}说：市政府督察县政府。")
    draft.edge(CITY, "SUPERVISES", COUNTY, kind="inspection", confidence=confidence)
    return draft.edge(HEAD, "IN_CHARGE_OF", COUNTY, confidence=0.7).reading()


def silent(key: str = "甲", published: str = "2024-05-01") -> Reading:
    draft = Draft(key, published).say("更正：甲包保县政府。")
    return draft.edge(HEAD, "IN_CHARGE_OF", COUNTY, confidence=0.7).reading()


def keys(graph: Graph) -> set[str]:
    return {e.key for e in graph.edges if e.type != "STATED_IN"}


def test_what_is_rejected_is_in_no_answer_and_no_count_and_comes_back_as_it_was(store: Store) -> None:
    store.put(over())
    before, counts = store.graph(), store.counts()
    made = store.decide(OVER, "rejected", "李审核", "原文说的是被督察的县")
    assert (made.by, made.why, made.words[0].quote) == ("李审核", "原文说的是被督察的县", "甲说：市政府督察县政府。")
    assert OVER not in keys(store.graph()) and store.graph().decisions == [made]
    assert not store.query(f"MATCH (a {{uid: '{CITY}'}})-[r:SUPERVISES]->() RETURN r").rows
    assert store.counts().nodes == counts.nodes
    assert store.counts().relationships["SUPERVISES"] == counts.relationships["SUPERVISES"] - 1
    assert [e.key for e in store.set_aside()] == [OVER]
    assert store.statements([OVER])[OVER].evidence == made.words
    store.decide(OVER, "withdrawn", "李审核")
    assert (store.graph().nodes, store.graph().edges) == (before.nodes, before.edges)
    assert [d.verdict for d in store.decisions()] == ["rejected", "withdrawn"]


def test_what_follows_falls_with_its_premise_and_comes_back_with_it(store: Store) -> None:
    store.put(over())
    charge, follows = f"{HEAD}|IN_CHARGE_OF|{COUNTY}||stated", f"{HEAD}|SUPERVISES|{COUNTY}|contract|derived"
    assert follows in keys(store.graph())
    store.decide(charge, "rejected", "李", "不是他")
    assert keys(store.graph()) == {OVER}
    store.put(over("乙"))
    assert keys(store.graph()) == {OVER}, "another notice that says the same does not bring it back"
    store.decide(charge, "withdrawn", "李")
    assert keys(store.graph()) == {OVER, charge, follows}


def test_what_follows_may_itself_be_rejected_and_stays_away(store: Store) -> None:
    store.put(over())
    follows = f"{HEAD}|SUPERVISES|{COUNTY}|contract|derived"
    store.decide(follows, "rejected", "李", "包保不等于监督")
    assert follows not in keys(store.graph())
    store.put(over("乙", "2024-02-01"))
    store.remove("notice:甲")
    assert follows not in keys(store.graph())
    assert [(d.state, d.edge.derived) for d in listed(store)] == [("holds", True)]
    store.decide(follows, "withdrawn", "李")
    assert follows in keys(store.graph())


def test_what_a_notice_itself_derives_falls_too_step_by_step(store: Store) -> None:
    draft = Draft("甲").say("市政府督察县政府。")
    draft.edge(CITY, "SUPERVISES", COUNTY, kind="inspection")
    draft.edge(CITY, "SUPERVISES", COUNTY, kind="rank", derived=True, premises=(OVER,))
    second = f"{CITY}|SUPERVISES|{COUNTY}|rank|derived"
    draft.edge(CITY, "SUPERVISES", COUNTY, kind="guidance", derived=True, premises=(second,))
    store.put(draft.reading())
    before = store.graph()
    assert len(keys(before)) == 3
    store.decide(OVER, "rejected", "李", "读错")
    assert keys(store.graph()) == set() and len(store.set_aside()) == 3
    again = (
        Draft("乙").say("市政府领导县政府。").edge(CITY, "SUPERVISES", COUNTY, kind="rank", confidence=0.5).reading()
    )
    store.put(again)
    assert keys(store.graph()) == {f"{CITY}|SUPERVISES|{COUNTY}|rank|stated"}
    store.remove("notice:乙")
    store.decide(OVER, "withdrawn", "李")
    assert (store.graph().edges, store.set_aside()) == (before.edges, [])


def test_what_is_confirmed_is_sure_and_says_who_and_when(store: Store) -> None:
    store.put(over())
    before = store.graph()
    made = store.decide(OVER, "confirmed", "王核对")

    def edge() -> tuple[float, object, object, int]:
        (e,) = (e for e in store.graph().edges if e.key == OVER)
        return e.confidence, e.props.get("confirmed_by"), e.props.get("confirmed_at"), len(e.evidence)

    assert edge() == (1.0, "王核对", made.at, 1)
    store.put(over("乙", "2024-02-01", 0.6))
    assert edge() == (1.0, "王核对", made.at, 2)
    assert [d.unseen for d in listed(store)] == [("notice:乙",)], "new words are told"
    store.remove("notice:乙")
    store.decide(OVER, "withdrawn", "王核对")
    assert store.graph().edges == before.edges
    assert edge()[:2] == (0.8, None)


def test_what_follows_from_the_confirmed_is_surer(store: Store) -> None:
    store.put(over())
    charge, follows = f"{HEAD}|IN_CHARGE_OF|{COUNTY}||stated", f"{HEAD}|SUPERVISES|{COUNTY}|contract|derived"
    store.decide(charge, "confirmed", "王")
    sure = {e.key: e.confidence for e in store.graph().edges}
    assert (sure[charge], sure[follows]) == (1.0, 1.0)
    store.decide(charge, "withdrawn", "王")
    store.decide(follows, "confirmed", "王")
    (edge,) = (e for e in store.graph().edges if e.key == follows)
    assert (edge.derived, edge.confidence, edge.props["confirmed_by"]) == (True, 1.0, "王")
    store.decide(charge, "rejected", "王", "不是他")
    assert follows not in keys(store.graph()), "a confirmation does not hold up what nothing supports"


def test_a_decision_outlives_reloading_correction_and_removal(store: Store) -> None:
    store.put(over())
    store.decide(OVER, "rejected", "李", "读错")
    assert store.put(over()) == "unchanged"
    assert store.put(over("甲", "2024-02-01", 0.95)) == "changed"
    assert OVER not in keys(store.graph()) and [d.state for d in listed(store)] == ["holds"]
    store.put(silent())
    assert [(d.state, d.edge.evidence[0].quote) for d in listed(store)] == [("unsaid", "甲说：市政府督察县政府。")]
    assert store.set_aside() == []
    removed = store.remove("notice:甲")
    assert store.counts().relationships == {} and removed.relationships == 1
    store.put(over("丙", "2024-06-01"))
    assert OVER not in keys(store.graph())
    assert [(d.state, d.unseen) for d in listed(store)] == [("holds", ("notice:丙",))]


def test_removing_a_notice_counts_what_is_seen_only(store: Store) -> None:
    store.put(over())
    store.decide(OVER, "rejected", "李", "读错")
    removed = store.remove("notice:甲")
    assert (removed.relationships, removed.relationships_kept) == (1, 0)
    assert store.set_aside() == []


def test_the_last_decision_holds_and_all_are_kept(store: Store) -> None:
    store.put(over())
    made = [
        store.decide(OVER, "rejected", "李", "读错"), store.decide(OVER, "confirmed", "王"),
        store.decide(OVER, "rejected", "李", "再看仍是读错"),
    ]  # fmt: skip
    assert store.decisions() == made and len({d.at for d in made}) == 3
    assert OVER not in keys(store.graph())
    assert [(d.decision.by, d.state) for d in listed(store, every=True)] == [
        ("李", "holds"), ("王", "replaced"), ("李", "replaced")
    ]  # fmt: skip


def test_decisions_go_along_with_a_copy_and_both_export_the_same(store: Store, tmp_path: Path) -> None:
    store.put(over()), store.put(over("乙", "2024-02-01"))
    charge = f"{HEAD}|IN_CHARGE_OF|{COUNTY}||stated"
    store.decide(OVER, "rejected", "李", "读错"), store.decide(charge, "confirmed", "王")
    with open_store(tmp_path / "copy.kgl") as other:
        copy(store, other)
        assert other.graph() == store.graph() and other.set_aside() == store.set_aside()
        other.decide(OVER, "withdrawn", "李")
        store.decide(OVER, "withdrawn", "李")
        assert other.graph().edges == store.graph().edges, "what was set aside went along"


def test_decisions_from_elsewhere_hold_before_and_after_what_they_are_about(make_store: Callable[[], Store]) -> None:
    made = [
        decision(OVER, "rejected", "李", "读错", at="2024-03-01T00:00:00Z"),
        decision(f"{HEAD}|IN_CHARGE_OF|{COUNTY}||stated", "confirmed", "王", at="2024-03-02T00:00:00Z"),
    ]
    first = make_store()
    assert first.keep(made) == made
    first.put(over()), first.put(over("乙"))
    before = first.graph()
    second = make_store()
    second.put(over("乙")), second.put(over())
    assert second.keep(reversed(made)) == made and second.keep(made) == []
    assert second.graph() == before and OVER not in keys(before)


def test_what_cannot_be_decided_is_said_and_nothing_changes(store: Store) -> None:
    store.put(over())
    before = store.graph()
    wrong: list[tuple[tuple[str, ...], type[KgError], str]] = [
        ((OVER, "rejected", "李"), QueryError, "says why"),
        ((OVER, "confirmed", "  "), QueryError, "says who"),
        ((OVER, "perhaps", "李"), QueryError, "no verdict; known: rejected, confirmed, withdrawn"),
        ((OVER, "confirmed", "李" * 81), QueryError, "at most 80"),
        ((OVER, "withdrawn", "李"), QueryError, "nothing to withdraw"),
        ((f"{CITY}|STATED_IN|notice:甲||stated", "confirmed", "李"), QueryError, "is no statement"),
        ((f"{CITY}|SUPERVISES|{COUNTY}|rank|stated", "confirmed", "李"), SubjectError, "there is no statement"),
        (("nonsense", "confirmed", "李"), QueryError, "no id of a statement"),
    ]
    for given, kind, says in wrong:
        with pytest.raises(kind, match=says) as caught:
            store.decide(*given)
        assert "\n" not in str(caught.value)
    assert store.graph() == before and store.decisions() == []


def test_a_reader_cannot_decide(tmp_path: Path) -> None:
    with open_store(tmp_path / "g.kgl") as store:
        store.put(over())
    with open_store(tmp_path / "g.kgl", read_only=True) as store, pytest.raises(StoreError, match="reading only"):
        store.decide(OVER, "confirmed", "李")


def test_a_notice_cannot_claim_to_be_confirmed(store: Store) -> None:
    reading = Draft("甲").say("句。").edge(CITY, "SUPERVISES", COUNTY, kind="rank", confirmed_by="通知").reading()
    with pytest.raises(KgError, match="confirmed_by"):
        store.put(reading)


def test_a_statement_is_found_by_its_id_or_by_the_names_of_its_ends(store: Store) -> None:
    store.put(over())
    store.put(Draft("乙").say("领导。").edge(CITY, "SUPERVISES", COUNTY, kind="rank").reading())
    head = store.graph().nodes[HEAD].name
    assert statement(store, OVER) == OVER
    assert statement(store, f"{CITY}|SUPERVISES|{COUNTY}|insp") == OVER
    assert statement(store, f"{head}|IN_CHARGE_OF|{COUNTY}") == f"{HEAD}|IN_CHARGE_OF|{COUNTY}||stated"
    with pytest.raises(SubjectError, match="fits 2 statements") as caught:
        statement(store, f"{CITY}|SUPERVISES|{COUNTY}")
    assert [uid for uid, _, _ in caught.value.candidates] == sorted({OVER, OVER.replace("inspection", "rank")})
    store.decide(OVER, "rejected", "李", "读错")
    assert statement(store, f"{CITY}|SUPERVISES|{COUNTY}|insp") == OVER, "also once it is rejected"
    for text, says in ((f"{CITY}|GOVERNS|{COUNTY}", "no notice states"), ("市政府督察", "is no statement"),
                       ("无此|SUPERVISES|物", "nothing is called")):  # fmt: skip
        with pytest.raises(SubjectError, match=says):
            statement(store, text)


LINKS = [
    ("REVISION_OF", "same-list", {"same-item", "same-list"}), ("REVISION_OF", "same-item", {"same-item"}),
    ("LISTED_IN", "", {"same-item", ""}), ("SANCTIONED", "punished-item", {"punished-item"}),
]  # fmt: skip


def test_what_is_computed_about_lists_heeds_decisions(make_store: Callable[[], Store]) -> None:
    store = make_store()
    load(store, files(map(str, sorted(SAMPLES.glob("*.csv")))), Defaults())
    before = store.graph()
    linked = {key for e in before.edges if e.rule == "same-item" for key in e.premises}
    for type_, rule, falls in LINKS:
        picked = [e for e in before.edges if e.type == type_ and (e.rule == rule if rule else e.key in linked)]
        key = picked[0].key
        store.decide(key, "rejected", "李", "不是同一事项")
        there = keys(store.graph())
        gone = [e for e in before.edges if e.key not in there and e.type != "STATED_IN"]
        assert key in {e.key for e in gone} and {e.rule if e.derived else "" for e in gone} == falls
        store.decide(key, "confirmed", "李")
        assert {e.key: e.confidence for e in store.graph().edges}[key] == 1.0
        store.decide(key, "withdrawn", "李")
        assert (store.graph().nodes, store.graph().edges) == (before.nodes, before.edges)
