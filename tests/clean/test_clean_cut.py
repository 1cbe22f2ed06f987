"""Sentences, clauses and headings of cleaned pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.prose.cut import cut, number_of
from loaders.prose.page import Meta, Page


def sentences(text: str) -> list[str]:
    page = cut(Page(text, Meta()))
    return [page.quote(s.span) for s in page.sentences]


def headings(text: str) -> list[str]:
    page = cut(Page(text, Meta()))
    return [page.quote(s.span) for s in page.sentences if s.heading]


SENTENCES = [
    (
        "ends with its mark or its paragraph",
        "各镇要排查。县里要督查\n逐户登记！",
        ["各镇要排查。", "县里要督查", "逐户登记！"],
    ),
    (
        "numbers and addresses end nothing",
        "PM2.5降至35.5微克，见http://a.cn/?x=1。",
        ["PM2.5降至35.5微克，见http://a.cn/?x=1。"],
    ),
    (
        "closing quotation marks belong to it",
        "他说：“一天也不能丢。”县里表态。",
        ["他说：“一天也不能丢。”", "县里表态。"],
    ),
    ("a speech of several sentences", "他说：“要快。要准。”随后散会。", ["他说：“要快。", "要准。”", "随后散会。"]),
    ("closing brackets too", "（此件公开。）各镇执行。", ["（此件公开。）", "各镇执行。"]),
    (
        "marks in brackets end nothing",
        "定期清淤（甲牵头。乙配合）。各镇执行。",
        ["定期清淤（甲牵头。乙配合）。", "各镇执行。"],
    ),
    (
        "brackets that say it all",
        "定期清淤。[甲牵头。乙配合。]各镇执行。",
        ["定期清淤。", "[甲牵头。乙配合。]", "各镇执行。"],
    ),
    ("brackets never closed", "定期清淤（甲牵头。乙配合。", ["定期清淤（甲牵头。", "乙配合。"]),
    ("marks in a row", "怎么办？！落实。", ["怎么办？！", "落实。"]),
    ("the number of an item is part of it", "一、总则\n（一）各镇要排查。", ["一、总则", "（一）各镇要排查。"]),
    ("no text, no sentence", "\n \n", []),
]


@pytest.mark.parametrize(("name", "text", "expected"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_sentences(name: str, text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


HEADINGS = [
    ("a line without a mark", "压实责任\n各镇要排查。", ["压实责任"]),
    ("a numbered line with a comma", "二、狠抓重点，强力攻坚\n各镇要排查。", ["二、狠抓重点，强力攻坚"]),
    ("a short numbered sentence before its text", "（一）任务更重。今年要求高。", ["（一）任务更重。"]),
    (
        "points of a speech",
        "一是提高认识。各镇要学习。二是压实责任。各镇要排查。",
        ["一是提高认识。", "二是压实责任。"],
    ),
    ("items that follow one another head nothing", "要求：\n1.落实网格责任。\n2.加强日常巡查。\n3.及时上报。", []),
    (
        "items without marks",
        "一、任务\n（一）治理扬尘\n（二）治理散煤\n二、保障\n各镇要配合。",
        ["一、任务", "二、保障"],
    ),
    ("a point that says what to do", "一要完善预案。各单位要细化措施。", []),
    ("a numbered directive", "（三）要加强巡查。每周不少于两次。", []),
    ("an opening to somebody is none", "各镇人民政府：\n同志们：\n请落实。", []),
    ("a row of a table is none", "县住建局\t韩文涛\t局长", []),
]


@pytest.mark.parametrize(("name", "text", "expected"), HEADINGS, ids=[h[0] for h in HEADINGS])
def test_headings(name: str, text: str, expected: list[str]) -> None:
    assert headings(text) == expected


def test_clauses_part_at_semicolons() -> None:
    page = cut(Page("县住建局负责工地；县城管局负责道路；各镇配合。", Meta()))
    assert [page.quote(c) for c in page.sentences[0].clauses] == [
        "县住建局负责工地；",
        "县城管局负责道路；",
        "各镇配合。",
    ]


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("（一）任务", "（一）"),
        ("一、任务", "一、"),
        ("1.任务", "1."),
        ("三是任务", "三是"),
        ("第三条 任务", "第三条"),
        ("1.5倍", ""),
        ("任务", ""),
    ],
)
def test_numbers_of_items(sentence: str, number: str) -> None:
    assert number_of(sentence) == number


@given(st.text(alphabet="各镇要查一二（）1.、是；。！？”“\n\t ，", max_size=80))
@settings(max_examples=300, deadline=None)
def test_sentences_and_clauses_tile_the_text(text: str) -> None:
    page = cut(Page(text, Meta()))
    covered = [i for s in page.sentences for i in range(s.span.start, s.span.end)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    for sentence in page.sentences:
        assert sentence.span.within(page.paragraphs[sentence.paragraph])
        within = [i for c in sentence.clauses for i in range(c.start, c.end)]
        spoken = {i for i in range(sentence.span.start, sentence.span.end) if not text[i].isspace()}
        assert len(within) == len(set(within))
        assert spoken <= set(within) <= set(range(sentence.span.start, sentence.span.end))
