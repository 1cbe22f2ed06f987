"""What holds of recognition whatever the text: exact spans, the same answer twice, no effect of what follows on what is before."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_recognise_cases import HERE, cases

from loaders.prose.cut import cut
from loaders.prose.page import Meta, Page
from loaders.prose.recognise import recognise
from loaders.prose.recognise.lexicon import HERE as LEXICON
from loaders.prose.recognise.lexicon import borne, everyday, numbers, table
from loaders.prose.recognise.sure import NAME, rows, trimmed
from loaders.prose.recognise.tokens import among, lex

FILES = ("names.cases", "posts.cases", "bodies.cases", "regions.cases")
SENTENCES = [p.values[1] for f in FILES for p in cases(f)]  # type: ignore[attr-defined]
WORDS = [
    "县委",
    "副县长",
    "林长生",
    "（",
    "）",
    "、",
    "，",
    "。",
    "\n",
    "任",
    "由",
    "同志",
    "望都县",
    "高岭乡",
    "公安",
    "局",
    "部门",
    "成员：",
    "等",
    "兼",
    "X",
    "村",
    "：",
    "免去",
    "其",
]
texts = st.lists(st.sampled_from([*SENTENCES, *WORDS]), max_size=12).map("".join)


def read(text: str) -> Page:
    return recognise(cut(Page(text, Meta(place="河北省保定市望都县", published="2023-05-01"))))


def found(page: Page) -> list[tuple[int, int, str, str]]:
    return [(m.span.start, m.span.end, m.entity.label, m.entity.key) for m in page.mentions]


@given(texts)
@settings(max_examples=120, deadline=None)
def test_spans_are_exact_and_in_order(text: str) -> None:
    page = read(text)
    for m in page.mentions:
        assert 0 <= m.span.start < m.span.end <= len(page.text)
        assert m.surface == page.quote(m.span)
    assert [m.span for m in page.mentions] == sorted(m.span for m in page.mentions)
    for s in page.facts:
        assert s.spans and all(0 <= x.start < x.end <= len(page.text) for x in s.spans)


@given(texts)
@settings(max_examples=60, deadline=None)
def test_the_same_text_gives_the_same_things(text: str) -> None:
    one, two = read(text), read(text)
    assert found(one) == found(two)
    assert [(s.source.name, s.type, s.target.name, s.spans) for s in one.facts] == [
        (s.source.name, s.type, s.target.name, s.spans) for s in two.facts
    ]


@given(st.sampled_from(SENTENCES))
@settings(max_examples=60, deadline=None)
def test_a_paragraph_behind_changes_nothing_before_it(text: str) -> None:
    alone, more = read(text), read(f"{text}\n下一步将持续抓好落实，确保完成全年目标。")
    assert found(alone) == [f for f in found(more) if f[0] < len(text)]


@given(texts)
@settings(max_examples=120, deadline=None)
def test_words_tile_the_text(text: str) -> None:
    tokens = lex(text, ["望都", "高岭"])
    assert "".join(tokens.word(i) for i in range(len(tokens.letters))) == text
    assert all(tokens.at(tokens.starts[i]) == i for i in range(len(tokens.letters)))


@given(st.sets(st.sampled_from(["望都", "望都县", "高岭", "高岭镇", "曲阳", "都县"])), texts, st.integers(0, 30_000))
@settings(max_examples=60, deadline=None)
def test_words_of_a_text_are_found_in_it_however_long_it_is(words: set[str], text: str, more: int) -> None:
    text += "，" * more
    assert among(words, text) == {w for w in words if w in text}


@pytest.mark.parametrize("row", table("sure.toml")["row"], ids=lambda r: r["example"])
def test_each_row_of_sure_names_reads_its_example(row: dict[str, str]) -> None:
    text = row["example"]
    mine = row["pattern"].replace("NAME", NAME)
    spans = [trimmed(text, *m.span("name")) for (found, *_), m in rows().over(text).matches() if found == mine]
    assert row["name"] in [text[s[0] : s[1]] for s in spans if s]


@pytest.mark.parametrize("row", table("generics.toml")["row"], ids=lambda r: r["example"])
def test_each_row_of_collectives_reads_its_example(row: dict[str, str]) -> None:
    page = read(f"要求，{row['example']}的责任要落实到人。")
    assert any(m.surface.startswith(row["example"][:2]) and m.entity.props.get("generic") for m in page.mentions)


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("县治水工作领导小组成员单位参加会议。", "县治水工作领导小组成员单位", "望都县治水工作领导小组成员单位"),
        ("各镇街、开发区要落实责任。", "开发区", "开发区"),
        ("望都县有关部门和各乡镇参加会议。", "有关部门", "有关部门"),
        ("县有关部门和各乡镇参加会议。", "县有关部门", "县有关部门"),
        (
            "对16家涉挥发性有机物（VOCs）企业进行约谈。",
            "16家涉挥发性有机物（VOCs）企业",
            "16家涉挥发性有机物（VOCs）企业",
        ),
        ("17个乡镇党委、政府要落实责任。", "政府", "17个乡镇政府"),
        ("各县（市）、区党政主要负责同志要亲自抓。", "各县（市）、区", "各县（市）、区"),
        ("各行政村（社区）党支部书记是第一责任人。", "各行政村（社区）", "各行政村（社区）"),
        *(
            (f"{c}要落实责任。", c, c)
            for c in ("各镇乡（街道）", "各镇乡", "各乡镇场", "各镇（园区）", "各街乡镇", "各村社")
        ),
    ],
)
def test_collectives_have_what_nothing_else_has_read(text: str, word: str, name: str) -> None:
    page = read(text)
    assert name in [m.entity.name for m in page.mentions if m.entity.props.get("generic") and m.surface == word]


def test_no_word_is_listed_as_a_name_and_as_none() -> None:
    assert not borne() & everyday()
    assert all(len(word) > 1 for word in everyday())


def test_surnames_are_listed_once() -> None:
    lines = [x.split("\t")[0] for x in Path(LEXICON / "surnames.tsv").read_text("utf-8").splitlines() if x[0] != "#"]
    assert len(lines) == len(set(lines)) == len(numbers("surnames.tsv"))


def test_the_tables_of_sentences_are_there() -> None:
    assert all((HERE / f).exists() for f in FILES) and len(SENTENCES) > 120
