"""What is left unread: every row of its table, and what counts as read."""

from __future__ import annotations

import pytest
from marked_text import marked

from kg.model import Edge, Evidence
from loaders.prose.page import Page, Span
from loaders.prose.relate.rows import Row, table
from loaders.prose.unread import READS, unread

ROWS = [pytest.param(kind, row, id=f"{kind}-{row.name}") for kind in READS for row in table("unread")[kind]]


def same(span: Span) -> tuple[int, int]:
    return span.start, span.end


def missed(page: Page, *edges: Edge) -> list[tuple[str, str]]:
    return [(u.kind, u.construction) for u in unread(page, same, edges)]


def edge(page: Page, type_: str, words: str) -> Edge:
    at = page.text.index(words)
    return Edge("a", type_, "b", (Evidence("notice:x", at, at + len(words), words),))


@pytest.mark.parametrize(("kind", "row"), ROWS)
def test_each_row_sees_its_example(kind: str, row: Row) -> None:
    assert missed(marked(row.example)) == [(kind, shape) for shape in row.gives]


def test_a_word_of_obligation_is_seen_by_the_table_of_duties() -> None:
    assert missed(marked("各组长要逐户登记。")) == [("directive", "要")]
    assert missed(marked("这项工作很重要。")) == []


def test_the_shape_tells_who_stands_before_and_after() -> None:
    assert missed(marked("片长督导{Region:安新县}。")) == [("supervisory", "督导…")]
    assert missed(marked("由{Agency:县城管局}督导。")) == [("supervisory", "由…督导")]
    assert missed(marked("常态化督导。")) == [("supervisory", "督导")]


def test_a_clause_that_gave_a_statement_of_its_kind_is_read() -> None:
    page = marked("{Agency:县城管局}要清运渣土；{Agency:县督查室}督导{Region:安新县}。")
    over, duty = edge(page, "SUPERVISES", "督导"), edge(page, "BEARS", "要清运渣土")
    assert missed(page) == [("directive", "要"), ("supervisory", "督导…")]
    assert missed(page, duty) == [("supervisory", "督导…")]
    assert missed(page, over) == [("directive", "要")]
    assert missed(page, over, duty) == []


def test_in_a_duty_that_was_read_a_word_of_supervision_without_anybody_below_is_no_gap() -> None:
    page = marked("{Agency:县城管局}要强化督导。")
    assert missed(page, edge(page, "BEARS", page.text)) == []


def test_a_name_or_a_topic_of_its_own_reads_nothing() -> None:
    page = marked("{Agency:县督查室}督导{Region:安新县}。")
    assert missed(page, edge(page, "STATED_IN", "安新县"), edge(page, "POST_IN", page.text)) == [
        ("supervisory", "督导…")
    ]


def test_what_the_table_of_duties_holds_for_no_duty_is_not_missed() -> None:
    assert missed(marked("我们也要清醒看到，问题还没有根治。")) == []
    assert missed(marked("现将要求通知如下。")) == []
