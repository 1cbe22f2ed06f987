"""Clean-up case by case: what stands in clean_cases.toml comes out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KgError
from loaders.clean.cleaner import clean
from loaders.source import Document

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("clean_cases.toml").read_text("utf-8"))["case"]


def test_no_case_is_lost() -> None:
    assert len(CASES) >= 34
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    cleaned = clean(Document(case["text"]))
    assert cleaned.page.text == case["body"]
    assert {k: getattr(cleaned.page.meta, k) for k in case.get("meta", {})} == case.get("meta", {})


def test_the_analyst_fills_what_the_notice_leaves_out_and_no_more() -> None:
    bare = clean(
        Document("各镇要抓好落实。"), place="河北省保定市望都县", publisher="望都县人民政府", published="2024年3月1日"
    )
    assert bare.page.meta.place == "河北省保定市望都县"
    assert bare.page.meta.publisher == "望都县人民政府"
    assert bare.page.meta.published == "2024-03-01"
    text = "全县治气会召开\n来源：县大气办 时间：2024-05-06\n各镇要抓好落实。"
    told = clean(Document(text), publisher="别的单位", published="2020-01-01")
    assert (told.page.meta.publisher, told.page.meta.published) == ("县大气办", "2024-05-06")


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(KgError, match="2024-13-40"):
        clean(Document("各镇要抓好落实。"), published="2024-13-40")


def test_names_beside_the_notice_are_told_apart_from_its_body() -> None:
    text = (
        "县治气会召开\n来源：县大气办 时间：2024-05-06\n县长韩文涛要求，各镇要抓好落实。\n编辑：石云天\n"
        "相关新闻\n郑四海调研春耕\n版权所有：某县人民政府办公室"
    )
    cleaned = clean(Document(text))
    why = {text[i.start : i.end]: i.why for i in cleaned.ignored}
    assert why["编辑：石云天"] == "byline"
    assert why["郑四海调研春耕"] == "foot"
    assert cleaned.title_at == (0, 6)
    assert cleaned.hints == ("某县人民政府",)


def test_a_sites_sections_say_whose_the_notice_is_the_narrowest_first() -> None:
    text = "要闻网 > 某市 > 河东县 > 正文\n县治气会召开\n县长韩文涛要求，各镇要抓好落实。"
    assert clean(Document(text)).hints == ("河东县", "某市")


def test_the_paper_that_opens_a_report_is_a_hint_and_no_word_of_it() -> None:
    cleaned = clean(
        Document("方远征调度治气工作\n石桥广电全媒体讯（记者 路鸣）10月8日，全县召开推进会。各镇要抓好落实。")
    )
    assert cleaned.page.text.startswith("10月8日，全县")
    assert cleaned.hints == ("石桥广电全媒体讯",)


def test_whose_weather_a_page_tells_is_a_hint_and_no_word_of_the_notice() -> None:
    for line in ("沛县 26℃~20℃ | 空气质量:优", "沛县今日天气：晴 -3℃ 东风3级", "沛县 晴转多云 12°C"):
        cleaned = clean(Document(f"{line}\n县长夜查工地\n5月8日，县长方征到工地检查。各镇要抓好落实。"))
        assert cleaned.hints[-1] == "沛县"
        assert cleaned.page.text.startswith("5月8日")
    warm = clean(Document("县里召开会议\n5月8日，沛县气温升至26℃，县长方征要求各镇防暑，抓好落实。"))
    assert warm.hints == () and "26℃" in warm.page.text


def test_a_quote_is_the_originals_own_words() -> None:
    text = "縣長韓 濤要求,,各鎮(zhèn)要抓好落實。"
    cleaned = clean(Document(text))
    at = cleaned.page.text.index("各镇")
    name = cleaned.page.text.index("韩涛")
    span = cleaned.page.paragraphs[0]
    assert cleaned.quote(type(span)(at, at + 2)) == "各鎮"
    assert cleaned.quote(type(span)(at, at + 3)) == "各鎮(zhèn)要"
    assert cleaned.quote(type(span)(name, name + 2)) == "韓 濤"
    assert cleaned.quote(span) == text


def test_a_masthead_above_the_headline_is_a_hint() -> None:
    text = "某县青山乡柳林村村务公开栏\n关于召开村民代表会的情况\n2022-11-13　整理：文书\n\n　　5月8日，村里开了会。各组要抓好落实。"
    assert clean(Document(text)).hints == ("某县青山乡柳林村村务公开栏",)
