"""The same notice in every format and encoding gives the same cleaned text."""

from __future__ import annotations

from pathlib import Path

import pytest
import source_makers as make

from loaders.clean.cleaner import clean
from loaders.source import Document, read

TITLE = "沛山县人民政府关于加强扬尘治理的通知"
BODY = [
    "各镇人民政府，县直各部门：",
    "为改善空气质量，县政府决定自2024年5月1日起，对全县在建工地扬尘实行网格化管理，由县住建局牵头，各镇（街道）配合，确保PM2.5浓度下降10%以上。",
    "一、压实责任",
    "各镇要明确责任人，县生态环境局要每周督查一次，对落实不到位的单位和个人严肃问责，直至问题销号。",
    "二、严格考核",
    "县领导包镇、镇干部包村，层层压实责任；县委督查室按月通报，连续两月末位的，由副县长韩文涛约谈。",
    "沛山县人民政府",
    "2024年4月28日",
]
TEXT = "\n".join([TITLE, *BODY]) + "\n"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


def same(document: Document) -> None:
    cleaned = clean(document)
    assert cleaned.page.text == "\n".join(BODY)
    assert cleaned.page.meta.title == TITLE
    assert cleaned.page.meta.published == "2024-04-28"
    assert cleaned.page.meta.publisher == "沛山县人民政府"
    for span in cleaned.page.paragraphs:
        start, end = cleaned.original(span)
        assert document.text[start:end] == cleaned.quote(span)


def wrapped(width: int) -> list[str]:
    """The notice as a typesetter breaks it, paragraphs set in."""
    lines = [TITLE]
    for paragraph in BODY:
        text = paragraph if paragraph in BODY[-2:] or paragraph.endswith("：") else "　　" + paragraph
        lines += [text[i : i + width] for i in range(0, len(text), width)]
    return lines


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding(encoding: str) -> None:
    same(read(TEXT.encode(encoding), "a.txt"))


@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030", "utf-8", "utf-16"])
def test_traditional_script_in_every_encoding(encoding: str) -> None:
    text = "縣政府召開揚塵治理會議，縣長要求各鄉鎮認真落實責任，加強監督檢查，對問題嚴肅處理。"
    document = read((text * 2).encode(encoding), "a.txt")
    assert document.text == text * 2
    assert clean(document).page.text.startswith("县政府召开扬尘治理会议，县长要求各乡镇认真落实责任")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_short_texts(encoding: str) -> None:
    assert read("副县长韩文涛负责".encode(encoding), "a.txt").text == "副县长韩文涛负责"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "big5hkscs", "utf-16"])
def test_pages_in_every_encoding(encoding: str) -> None:
    page = make.page([TITLE, "縣政府要求各鄉鎮認真落實責任，加強監督檢查。"], head=f'<meta charset="{encoding}">')
    assert "各鄉鎮認真落實責任" in read(page.encode(encoding, "ignore"), "a.html").text


def test_word() -> None:
    same(read(make.docx([TITLE, *BODY]), "a.docx"))


@pytest.mark.parametrize("mapped", [True, False])
@pytest.mark.parametrize("per_page", [30, 4])
def test_pdf(mapped: bool, per_page: int) -> None:
    lines = wrapped(36)
    if per_page == 4:  # a page number stands at the foot of every page
        lines = [x for i, line in enumerate(lines) for x in ([line, f"— {i // 3 + 1} —"] if i % 3 == 2 else [line])]
    same(read(make.pdf(lines, mapped=mapped, per_page=per_page), "a.pdf"))


def test_html_of_a_template_and_of_none() -> None:
    menu = '<ul class="nav"><li>首页</li><li>政务公开</li></ul>'
    foot = '<div class="footer"><p>版权所有：某网站。未经授权不得转载。</p></div>'
    for container in ('<div id="zoom">', '<div class="TRS_Editor">', '<div class="x17"><div>'):
        end = "</div>" if "x17" in container else ""
        page = make.page([TITLE, *BODY], container=container, before=menu, after=end + foot)
        same(read(page.encode(), "a.html"))


def test_the_ending_may_lie(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(make.page([TITLE, *BODY]), "utf-8")
    document = read(path)
    assert document.format == "html"
    assert document.source == str(path)
    same(document)


def test_a_web_archive() -> None:
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=gbk\r\n"
    )
    body = make.page([TITLE, *BODY]).encode("gbk")
    same(read(head.encode() + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + body + b"\r\n--b--\r\n", "a.mht"))


def test_word_tables_become_lines_with_tabs() -> None:
    table = [["单位", "责任人", "职务"], ["县住建局", "韩文涛", "局长\n党组书记"], ["县城管局", "李四光", "局长"]]
    text = read(make.docx(["责任分工如下：", table, "各单位要抓好落实。"]), "a.docx").text
    assert text.split("\n") == [
        "责任分工如下：",
        "单位\t责任人\t职务",
        "县住建局\t韩文涛\t局长 党组书记",
        "县城管局\t李四光\t局长",
        "各单位要抓好落实。",
    ]


def test_deleted_words_and_fallbacks_of_word_files_are_not_read() -> None:
    w = make.W
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    body = (
        "<w:p><w:r><w:t>各镇要</w:t></w:r><w:del><w:r><w:t>不</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>每日</w:t></w:r></w:ins><w:r><w:t>巡查。</w:t></w:r>"
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Fallback><w:r><w:t>重复</w:t></w:r></mc:Fallback>'
        "</mc:AlternateContent></w:p>"
    )
    document = read(make.docx_of(f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>'), "a.docx")
    assert document.text == "各镇要每日巡查。"
