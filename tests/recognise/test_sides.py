"""Who is meant by the label of a side."""

from __future__ import annotations

from loaders.prose.cut import cut
from loaders.prose.page import Meta, Page
from loaders.prose.recognise import recognise


def test_a_side_is_whom_its_label_names() -> None:
    text = "甲方：望都县人民政府\n乙方：寺庄乡人民政府\n甲方每月对乙方考核一次，乙方（签字）"
    page = recognise(cut(Page(text, Meta(place="河北省保定市望都县", published="2023-05-01"))))
    told = [(m.surface, m.entity.name) for m in page.mentions if m.surface.endswith("方")]
    assert told == [("甲方", "望都县人民政府"), ("乙方", "寺庄乡人民政府")]


def test_nobody_of_one_side_holds_a_post_of_the_other() -> None:
    text = "甲方：沛县人民政府\n乙方：微山县人民政府\n甲方联系人：县水利局局长石玉宏\n乙方代表：方远征（副县长）"
    page = recognise(cut(Page(text, Meta(title="沛县与微山县联防联控协议", published="2023-05-01"))))
    held = {f.source.name: f.target.place for f in page.facts if f.type == "HOLDS"}
    assert set(held) == {"石玉宏", "方远征"} and not any("沛县" in place for place in held.values())
