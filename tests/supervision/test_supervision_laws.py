"""Laws of the stages that read relations: spans quote the page, reading is repeatable, any page can be read."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from marked_text import marked

from loaders.prose.page import Page, Statement
from loaders.prose.relate import contracts, meetings, sanctions, supervision
from loaders.prose.relate.rows import table

EXAMPLES = [
    row.example
    for name in ("meetings", "supervision", "contracts", "sanctions")
    for rows in table(name).sections.values()
    for row in rows
]
WORDS = [
    "{Agency:县政府}",
    "{Region:石桥镇}",
    "{Person:罗文柏}",
    "{Post:镇长}",
    "{Agency*:各部门}",
    "要",
    "对",
    "督查",
    "约谈",
    "，",
    "。",
    "；",
    "：",
    "由",
    "包",
    "会议",
    "召开",
    "5月8日",
    "（",
    "）",
    "\n",
    "、",
    "的",
    "主持",
    "诫勉谈话",
    "河长",
    "我市",
    "两县",
]


def relate(page: Page) -> list[Statement]:
    return [s for stage in (meetings, supervision, contracts, sanctions) for s in stage.relate(page)]


def told(page: Page) -> list[tuple[object, ...]]:
    return [(s.source.name, s.type, s.target.name, s.spans, s.rule) for s in relate(page)]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=6))
def test_spans_lie_in_the_page_and_reading_is_repeatable(parts: list[str]) -> None:
    text = "\n".join(parts)
    page = marked(text)
    for s in relate(page):
        assert s.spans and all(0 <= span.start < span.end <= len(page.text) for span in s.spans)
        assert s.source is not s.target
        assert 0 < s.confidence <= 1
    assert told(page) == told(marked(text))


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_page_can_be_read(words: list[str]) -> None:
    page = marked("".join(words))
    for s in relate(page):
        assert all(0 <= span.start < span.end <= len(page.text) for span in s.spans)


@settings(deadline=None, max_examples=20)
@given(st.sampled_from(EXAMPLES), st.text(alphabet="，。的和在了是有 \n", max_size=30))
def test_words_after_a_closed_paragraph_change_nothing(example: str, tail: str) -> None:
    before = {(s.source.name, s.type, s.target.name) for s in supervision.relate(marked(example))}
    after = {(s.source.name, s.type, s.target.name) for s in supervision.relate(marked(example + "\n" + tail))}
    assert before == after
