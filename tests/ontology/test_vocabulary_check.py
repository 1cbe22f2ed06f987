"""The door: each way of breaking the schema is refused with a line that names the statement and says what to do."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from kg.errors import VocabularyError
from kg.model import Edge, Evidence, Node, Notice, Reading
from kg.vocabulary import vocabulary

TEXT = "定兴县生态环境局要每周巡查散煤点位。"
ID = "notice:test"
AGENCY, DUTY, PERSON, POST = "agency:130626/生态环境局", "obligation:test/1", "person:钱向南@130626", "post:x/局长"


def reading() -> Reading:
    """A reading that the schema allows."""
    words = Evidence(ID, 0, 8, TEXT[:8])
    return Reading(
        Notice(ID, "通知", "2024-09-01", text=TEXT),
        [
            Node(AGENCY, "Agency", "定兴县生态环境局", ("县生态环境局",)),
            Node(DUTY, "Obligation", TEXT, (), {"text": TEXT, "due": "2024-09-30", "actions": ["巡查"]}),
            Node(PERSON, "Person", "钱向南", (), {"partial": False}),
            Node(POST, "Post", "局长", (), {"title": "局长"}),
            Node("region:130626", "Region", "定兴县", (), {"adcode": "130626"}),
            Node("target:1", "Target", "点位", (), {"op": ">=", "value": 2}),
        ],
        [
            Edge(AGENCY, "BEARS", DUTY, (words,), "r", 0.9, props={"role": "责任"}),
            Edge(PERSON, "HOLDS", POST, (words,), "r", props={"since": "2023-01-02"}),
            Edge(AGENCY, "GOVERNS", "region:130626", (), "gazetteer", derived=True),
            Edge(ID, "CONCERNS", "region:130626", (words,), "r"),
            Edge(AGENCY, "STATED_IN", ID),
            Edge(POST, "SUPERVISES", AGENCY, (words,), "r", props={"kind": "rank"}),
        ],
    )


def test_a_good_reading_passes() -> None:
    vocabulary().check(reading())


def test_a_node_may_come_twice_with_one_label() -> None:
    good = reading()
    good.nodes.append(replace(good.nodes[0], aliases=("环境局",)))
    vocabulary().check(good)


Change = Callable[[Reading], Any]
CASES: dict[str, tuple[Change, str]] = {
    "unknown label": (
        lambda r: setattr(r.nodes[0], "label", "Agencies"),
        "'Agencies' is no label.*did you mean Agency",
    ),
    "far label": (lambda r: setattr(r.nodes[0], "label", "X"), "known: AccountabilityList, Agency"),
    "no id": (lambda r: setattr(r.nodes[0], "id", " "), "has no id"),
    "bar in id": (lambda r: setattr(r.nodes[0], "id", "a|b"), "does not fit"),
    "no name": (lambda r: setattr(r.nodes[0], "name", ""), "name=.*is empty"),
    "null name": (lambda r: setattr(r.nodes[0], "name", None), "name=None is null"),
    "aliases as text": (lambda r: setattr(r.nodes[0], "aliases", "别名"), "aliases=别名 is not a list"),
    "null alias": (lambda r: setattr(r.nodes[0], "aliases", (None,)), "aliases=.*is not a list of strings"),
    "one id, two labels": (
        lambda r: r.nodes.append(Node(AGENCY, "Person", "某某")),
        f"Person {AGENCY}: also stands as Agency",
    ),
    "id of the notice": (lambda r: r.nodes.append(Node(ID, "Person", "某某")), "is a Person, but it is the id of the"),
    "unknown property": (lambda r: r.nodes[0].props.update(levels="县"), "no property 'levels'; did you mean level"),
    "property of another label": (lambda r: r.nodes[0].props.update(due="2024-01-01"), "has no property 'due'"),
    "own field as property": (lambda r: r.nodes[0].props.update(name="x"), "'name' is a field of its own"),
    "null property": (lambda r: r.nodes[0].props.update(level=None), "level=None is null"),
    "map property": (lambda r: r.nodes[0].props.update(level={"a": 1}), "level=.*is not a string"),
    "list for one": (lambda r: r.nodes[0].props.update(level=["a"]), "level=.*is not a string"),
    "one for a list": (lambda r: r.nodes[1].props.update(actions="巡查"), "actions=巡查 is not a list of strings"),
    "null in a list": (lambda r: r.nodes[1].props.update(actions=["巡查", None]), "actions=.*no nulls"),
    "number in a list": (lambda r: r.nodes[1].props.update(actions=[1]), "actions=.*not a list of strings"),
    "required left out": (lambda r: r.nodes[1].props.pop("text"), "lacks 'text'; every one must have it .text, 原文"),
    "required empty": (lambda r: r.nodes[3].props.update(title=""), "title= is empty"),
    "not a date": (lambda r: r.nodes[1].props.update(due="9月底"), "due=9月底 is not a date; use YYYY-MM-DD"),
    "no such day": (lambda r: r.nodes[1].props.update(due="2024-02-30"), "is not a date"),
    "compact date": (lambda r: r.nodes[1].props.update(due="20240230"), "is not a date"),
    "empty date": (lambda r: r.nodes[1].props.update(due=""), "is not a date"),
    "text as boolean": (lambda r: r.nodes[2].props.update(partial="yes"), "partial=yes is not true or false"),
    "one as boolean": (lambda r: r.nodes[2].props.update(partial=1), "partial=1 is not true or false"),
    "text as number": (lambda r: r.nodes[5].props.update(value="2"), "value=2 is not a number"),
    "true as number": (lambda r: r.nodes[5].props.update(value=True), "value=True is not a number"),
    "no number": (lambda r: r.nodes[5].props.update(value=math.nan), "value=nan is not a number"),
    "value not allowed": (
        lambda r: r.nodes[5].props.update(op="<"),
        "op=< is not an allowed value; use one of <=, >=, =",
    ),
    "pattern": (lambda r: r.nodes[4].props.update(adcode="13"), "adcode=13 does not fit"),
    "broken character": (lambda r: r.nodes[0].props.update(level="\ud800"), "half of a surrogate pair"),
    "unknown type": (lambda r: setattr(r.edges[0], "type", "BEAR"), "'BEAR' is no relationship.*did you mean BEARS"),
    "wrong start": (lambda r: setattr(r.edges[1], "source", AGENCY), "HOLDS may not start at Agency; only at Person"),
    "wrong end": (lambda r: setattr(r.edges[0], "target", AGENCY), "BEARS may not end at Agency; only at Obligation"),
    "dangling start": (lambda r: setattr(r.edges[0], "source", "agency:?"), "agency:.* is not among the nodes"),
    "dangling end": (lambda r: setattr(r.edges[0], "target", "obligation:?"), "is not among the nodes"),
    "no evidence": (lambda r: setattr(r.edges[0], "evidence", ()), "BEARS.*is stated but has no evidence"),
    "evidence elsewhere": (
        lambda r: setattr(r.edges[0], "evidence", (Evidence("notice:other", 0, 1, "定"),)),
        "its evidence is in notice:other",
    ),
    "misquoted": (
        lambda r: setattr(r.edges[0], "evidence", (Evidence(ID, 0, 3, "定兴市"),)),
        "quoted as '定兴市' but the notice says '定兴县'",
    ),
    "beyond the text": (
        lambda r: setattr(r.edges[0], "evidence", (Evidence(ID, 0, 99, TEXT),)),
        "lies outside the notice's 18 characters",
    ),
    "empty evidence": (lambda r: setattr(r.edges[0], "evidence", (Evidence(ID, 3, 3, ""),)), "lies outside"),
    "negative offset": (lambda r: setattr(r.edges[0], "evidence", (Evidence(ID, -1, 3, ""),)), "lies outside"),
    "role not allowed": (
        lambda r: r.edges[0].props.update(role="主办"),
        "role=主办 is not an allowed value; use one of 牵头",
    ),
    "kind left out": (lambda r: r.edges[5].props.clear(), "SUPERVISES.*lacks .kind."),
    "unknown edge property": (lambda r: r.edges[0].props.update(since="2020-01-01"), "has no property 'since'"),
    "edge field as property": (lambda r: r.edges[0].props.update(evidence=["x"]), "'evidence' is a field of its own"),
    "stored field as property": (lambda r: r.edges[0].props.update(quotes=["x"]), "'quotes' is a field of its own"),
    "confidence too high": (lambda r: setattr(r.edges[0], "confidence", 1.5), "confidence=1.5 lies outside 0 to 1"),
    "confidence a word": (lambda r: setattr(r.edges[0], "confidence", "high"), "confidence=high is not a number"),
    "derived a word": (lambda r: setattr(r.edges[0], "derived", "no"), "derived=no is not true or false"),
    "derived without rule": (lambda r: setattr(r.edges[2], "rule", ""), "is derived but does not name its rule"),
    "null rule": (lambda r: setattr(r.edges[0], "rule", None), "rule=None is null"),
    "null premise": (lambda r: setattr(r.edges[2], "premises", (None,)), "are not keys of edges"),
    "notice without id": (lambda r: setattr(r, "notice", replace(r.notice, id="")), "it has no id"),
    "notice with a bad date": (
        lambda r: setattr(r, "notice", replace(r.notice, published="9月1日")),
        "published=9月1日",
    ),
    "notice with null": (lambda r: setattr(r, "notice", replace(r.notice, url=None)), "url=None: is not a string"),
}


@pytest.mark.parametrize("name", CASES)
def test_refusals(name: str) -> None:
    change, complaint = CASES[name]
    bad = reading()
    change(bad)
    with pytest.raises(VocabularyError, match=complaint) as refused:
        vocabulary().check(bad)
    line = str(refused.value)
    assert "\n" not in line and line.startswith("notice ") and len(line) < 600


def test_every_refusal_is_tried() -> None:
    assert len(CASES) == 58


def test_a_message_stays_one_short_line_whatever_the_values() -> None:
    bad = reading()
    bad.nodes[0].props["level"] = "x" * 10_000 + "\n\u2028"
    bad.nodes[0].props["bad\nname" * 50] = "x"
    with pytest.raises(VocabularyError) as refused:
        vocabulary().check(bad)
    assert len(str(refused.value).splitlines()) == 1 and len(str(refused.value)) < 400
