"""Notices of sentences with a list in them or attached."""

from __future__ import annotations

import pytest
from lists_makers import WordTable, docx
from lists_readings import said

from kg.loading import Defaults
from kg.model import Reading
from kg.vocabulary import vocabulary
from loaders.lists import LOADER

TITLE = "沛县人民政府办公室关于做好今秋秸秆禁烧的通知"
DUTY = "县农业农村局要组织好农机，负责秸秆还田的技术指导，确保收割一块、翻耕一块，夜间由县公安局牵头设卡巡查。"
LINES = (TITLE, "各镇人民政府：", *[DUTY] * 8, "沛县人民政府办公室", "2024年9月5日", "附件", "沛县包镇领导名册")
ROWS = [
    ["乡镇", "包镇领导", "领导职务", "联系电话"],
    ["龙固镇", "冉志高", "县委常委、统战部部长", "13900000001"],
    ["", "邰玉林", "县水利局\n局长", "13900000002"],
    ["敬安镇", "仲海波", "副县长", "13900000003"],
]


def word() -> bytes:
    return docx(*LINES, WordTable(ROWS, down=[(1, 0, 2)]))


def page() -> bytes:
    cells = ["".join(f"<td>{c}</td>" for c in row).replace("\n", "<br>") for row in ROWS]
    cells[1] = cells[1].replace("<td>", "<td rowspan=2>", 1)
    cells[2] = cells[2].removeprefix("<td></td>")
    lines = "".join(f"<p>{x}</p>" for x in LINES)
    rows = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<html><head><title>{TITLE}</title></head><body>{lines}<table>{rows}</table></body></html>".encode()


@pytest.fixture(params=["docx", "html"])
def reading(request: pytest.FixtureRequest) -> Reading:
    found = LOADER.read(word() if request.param == "docx" else page(), f"notice.{request.param}", Defaults())
    assert found is not None
    return found


def test_rows_are_read_as_a_lists(reading: Reading) -> None:
    assert {(a, b) for a, _, b in said(reading, "IN_CHARGE_OF")} == {
        ("冉志高", "龙固镇"), ("邰玉林", "龙固镇"), ("仲海波", "敬安镇"),
    }  # fmt: skip
    assert ("邰玉林", "", "沛县水利局局长") in said(reading, "HOLDS")
    assert ("仲海波", "", "沛县人民政府副县长") in said(reading, "HOLDS")


def test_sentences_are_read_as_prose_and_the_notice_is_the_whole(reading: Reading) -> None:
    assert ("沛县公安局", "牵头") in {x[:2] for x in said(reading, "BEARS")}
    assert reading.notice.title == TITLE and reading.notice.published == "2024-09-05"
    assert DUTY in reading.notice.text and "仲海波" in reading.notice.text


def test_all_rests_on_the_notices_own_words(reading: Reading) -> None:
    vocabulary().check(reading)
    for e in reading.edges:
        assert e.evidence
        for v in e.evidence:
            assert v.notice == reading.notice.id and reading.notice.text[v.start : v.end] == v.quote
    held = [e for e in reading.edges if e.type == "HOLDS"]
    assert held and all(len(e.props["cells"]) == len(e.evidence) for e in held)
    named = {v.quote for e in reading.edges if e.type == "HOLDS" for v in e.evidence}
    assert "冉志高" in named and "邰玉林" in named


def test_the_list_is_the_one_of_its_caption(reading: Reading) -> None:
    assert [n.name for n in reading.nodes if n.label == "AccountabilityList"] == ["沛县包镇领导名册"]


def test_a_table_of_figures_leaves_the_notice_to_prose() -> None:
    figures = WordTable([["镇名", "面积", "台数"], ["龙固镇", "1200", "30"], ["敬安镇", "900", "20"]])
    assert LOADER.read(docx(*LINES, figures), "notice.docx", Defaults()) is None


def test_what_its_sentences_leave_unread_is_told_where_it_stands() -> None:
    lines = (*LINES[:2], "会议由冉志高督导。", *LINES[2:])
    table = WordTable(ROWS, down=[(1, 0, 2)])
    told = LOADER.explain(docx(*lines[:4], table, *lines[4:]), "notice.docx", Defaults())
    assert told is not None
    text = told.reading.notice.text
    assert DUTY in {text[s:e] for s, e in told.sentences}
    assert all(text[u.start : u.end].endswith("。") for u in told.unread)
