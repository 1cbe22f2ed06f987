"""The place that a headline is about."""

from __future__ import annotations

import pytest

from loaders.prose.cut import cut
from loaders.prose.page import Meta, Page
from loaders.prose.recognise import recognise


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("望都县召开秸秆禁烧推进会", "望都县"),
        ("陕西对年度治污任务开展专项督查", "陕西省"),
        ("山西因河流断面反弹约谈两市", "山西省"),
        ("河北望都县长方立夜查工地", "望都县"),
        ("2021年3月4日18时保定市启动橙色预警", "保定市"),
        ("天长市石岭镇召开禁烧动员会", "石岭镇"),
        ("清苑区领导现场督办信访件", "清苑区"),
        ("苍山屯村关于禁止露天焚烧的公告", "苍山屯村"),
        ("望都县生态环境局约谈三家企业", ""),
        ("望都县大气污染防治指挥部办公室关于扬尘的通报", ""),
        ("保定市纪委监委通报典型问题", ""),
        ("关于印发工作方案的通知", ""),
    ],
)
def test_headline_names_the_place_it_tells_of(title: str, place: str) -> None:
    page = recognise(
        cut(Page("有关部门要抓好落实。", Meta(title=title, place="河北省保定市望都县", published="2023-05-01")))
    )
    assert place in [e.name for e in page.headed] if place else not page.headed


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("襄城县召开治气动员会", {"襄城县"}),
        ("河南省生态环境厅约谈襄城县等三县", {"襄城县"}),
        ("关于对许昌市襄城县两起突出问题的督办通知", {"襄城县"}),
        ("许昌因扬尘被通报", {"许昌市"}),
        ("襄城县领导夜查工地", {"襄城县"}),
        ("许昌市生态环境局襄城分局公开结果", set()),
        ("襄城县人民政府办公室关于印发《襄城县治气方案》的通知", set()),
        ("襄城县大气污染防治指挥部通告", set()),
        ("治气再出发", set()),
    ],
)
def test_places_of_which_the_headline_tells_something(title: str, places: set[str]) -> None:
    page = recognise(cut(Page("各镇要抓好落实。", Meta(title=title, place="河南省许昌市襄城县"))))
    assert {e.name for e in page.headed} == places


def test_the_text_calls_by_its_stem_the_town_that_the_headline_says_was_visited() -> None:
    meta = Meta(title="方远征到清溪镇督查禁烧工作", place="河北省保定市望都县", published="2023-05-01")
    page = recognise(cut(Page("县长方远征到清溪督查禁烧，到东湖考察。", meta)))
    assert [m.surface for m in page.mentions if m.entity.name == "清溪镇"] == ["清溪"]
