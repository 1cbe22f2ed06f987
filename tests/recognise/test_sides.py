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
