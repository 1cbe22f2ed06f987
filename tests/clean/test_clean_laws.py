"""Laws of clean-up: the way back is exact, cleaning cleaned text changes nothing, time grows with length."""

from __future__ import annotations

import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.clean.characters import letters, normal
from loaders.clean.cleaner import Cleaned, clean
from loaders.clean.spaces import spaced
from loaders.clean.traced import Traced
from loaders.prose.page import Span
from loaders.source import Document

WORDS = (
    [
        "各镇要落实责任",
        "縣政府要著力推進",
        "态(tài)度",
        "保護(hù)環境",
        "副县长殷 斌",
        "韩 涛",
        "郑　勇",
        "（VOCs）",
        "(kg)",
        "PM2.5",
        "３５％",
    ]
    + [
        "14:30",
        "1,200",
        "“散乱污”",
        '"三包"',
        "「零容忍」",
        "https://example.cn/a?b=1",
        "一、",
        "（二）",
        "1.",
        "三是",
        "2024-05-06",
    ]
    + [
        "来源：县大气办",
        "记者石云天",
        "首页 > 正文",
        "相关新闻",
        "各县  局",
        "\t",
        "\u200b",
        "&nbsp;",
        " ",
        "\u3000",
        "\n",
        "\n\n",
    ]
    + [
        "，",
        "。",
        "；",
        ",",
        ".",
        ",,",
        ",。",
        "：",
        "——",
        "!",
        "?",
        "(",
        ")",
        "……",
        "Ca(OH)2",
        "𠮷",
        "🙂",
        "⼈",
        "乾县",
        "昇",
    ]
    + ["的通知", "关于印发", "某县人民政府"]
)
STRAY = {
    "(",
    ")",
    "!",
    "?",
    ".",
    ",",
    '"三包"',
    "&nbsp;",
    "1.",
    " ",
    "各县  局",
    "\t",
    "\u3000",
}  # read by what stands around
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map("".join) | st.text(max_size=200)
PLAIN = "各镇县乡村要须严查落实责任督察整改扬尘散煤秸秆，、；：（）“”0123456789%abcXY"
SENTENCES = st.text(alphabet=PLAIN.replace("：", ""), min_size=12, max_size=60)


def forms(text: str) -> str:
    """The documented conversions of one character, white space apart."""
    return spaced(normal(Traced.of(text))).text


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_character_kept_stands_in_the_original(text: str) -> None:
    cleaned = clean(Document(text))
    at = cleaned.trace.at
    assert len(at) == len(cleaned.page.text)
    assert all(0 <= a <= b < len(text) for a, b in pairwise(at)) or len(at) < 2
    for kept, place in zip(cleaned.page.text, at, strict=True):
        if kept in "\n\t ":
            continue  # borders of paragraphs and columns, and spaces between words
        run = text[place : place + 8]  # an entity is several characters
        assert (
            kept == text[place]
            or kept in forms(text[place])
            or kept in normal(Traced.of(run)).text
            or _converted(kept, text[place])
        )


def _converted(kept: str, original: str) -> bool:
    """Conversions that hang on what stands around: quotation marks, punctuation, script."""
    pairs = {
        '"': "“”",
        ",": "，",
        ".": "。",
        ":": "：",
        ";": "；",
        "?": "？",
        "!": "！",
        "(": "（",
        ")": "）",
        "•": "·",
        "・": "·",
    }
    return kept in pairs.get(original, "") or ("\u3400" <= kept <= "\u9fff" and "\u2e80" <= original <= "\U0003ffff")


@given(TEXTS, st.data())
@settings(max_examples=150, deadline=None)
def test_a_quote_is_a_run_of_the_original_and_quotes_nest(text: str, data: st.DataObject) -> None:
    cleaned = clean(Document(text))
    length = len(cleaned.page.text)
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    a, b = cleaned.original(Span(start, end))
    assert 0 <= a <= b <= len(text)
    assert cleaned.quote(Span(start, end)) == text[a:b]
    if start < end:
        outer = cleaned.original(Span(0, length))
        assert outer[0] <= a < b <= outer[1]


@given(st.lists(st.sampled_from([w for w in WORDS if w not in STRAY]), max_size=40).map("。".join))
@settings(max_examples=150, deadline=None)
def test_forms_are_a_fixed_point(text: str) -> None:
    once = normal(Traced.of(text)).text
    assert normal(Traced.of(once)).text == once


@given(st.lists(SENTENCES, min_size=1, max_size=6, unique=True))
@settings(max_examples=150, deadline=None)
def test_cleaning_what_is_clean_changes_nothing(sentences: list[str]) -> None:
    once = clean(Document("\n".join(f"县长指出，{s}。" for s in sentences))).page.text
    assert clean(Document(once)).page.text == once


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_ignored_runs_and_body_do_not_overlap(text: str) -> None:
    cleaned = clean(Document(text))
    body = [place for kept, place in zip(cleaned.page.text, cleaned.trace.at, strict=True) if kept not in "\n\t "]
    for ignored in cleaned.ignored:
        assert not any(ignored.start <= place < ignored.end for place in body)


@given(
    st.text(
        st.one_of(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), st.sampled_from("（）縣長鎮")), max_size=12
    )
)
def test_letters_alone_come_out_as_in_a_whole_notice(text: str) -> None:
    assert letters(text) == normal(Traced.of(text)).text


def seconds(text: str) -> tuple[float, Cleaned]:
    start = time.perf_counter()
    cleaned = clean(Document(text))
    return time.perf_counter() - start, cleaned


def test_time_grows_with_length_on_one_long_line() -> None:
    unit = "各县 区要严格(yán)落实责任，，严查 10 处问题 ；乡镇,要每日巡查."
    short, _ = min((seconds(unit * 8_000) for _ in range(3)), key=lambda x: x[0])
    long, cleaned = seconds(unit * 64_000)
    assert len(cleaned.page.text) > 1_500_000
    assert long < 40 * short + 0.5  # eight times the text; a quadratic step would take sixty-four times as long
