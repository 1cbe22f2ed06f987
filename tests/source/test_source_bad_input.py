"""What cannot be read is refused in one line: which file, why, what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import source_makers as make

from kg.errors import KgError, SourceError
from loaders.source import read

TEXT = "县政府召开扬尘治理推进会，县长要求各镇认真落实责任，加强监督检查。" * 20
TRADITIONAL = "縣政府召開揚塵治理推進會，縣長要求各鄉鎮認真落實責任，加強監督檢查。" * 20
LINES = ["各镇要落实责任，县生态环境局要每周督查一次。"] * 5

BYTES = {
    "empty": (b"", "empty", "another file"),
    "only white space": (b" \r\n\n\t", "empty", "another file"),
    "only a byte order mark": (b"\xef\xbb\xbf", "empty", "another file"),
    "binary": (bytes(range(256)) * 20, "binary", ".docx"),
    "a picture": (make.png(), "picture", "OCR"),
    "a packed archive": (b"Rar!\x1a\x07\x01\x00" + bytes(100), "archive", "unpack"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file", ".docx"),
    "a protected Word file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "password",
        "without one",
    ),
    "a truncated Word file": (make.docx(LINES)[:300], "cut short or damaged", "Word"),
    "a Word file with broken markup": (make.docx_of("<w:document"), "cut short or damaged", "Word"),
    "a Word file that declares entities": (
        make.docx_of('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "entities",
        "anew",
    ),
    "a Word file without text": (make.docx([""]), "no text", "notice's text"),
    "a zip bomb": (make.bomb(60), "zip bomb", "leave it out"),
    "a scanned PDF": (make.pdf([]), "scan", "OCR"),
    "an encrypted PDF": (make.pdf(LINES, encrypt=make.ENCRYPTION), "encrypted", "password"),
    "a truncated PDF": (make.pdf(LINES)[:400], "damaged", "fetch it again"),
    "a PDF of nothing": (b"%PDF-1.4\n", "damaged", "fetch it again"),
    "RTF": (b"{\\rtf1\\ansi abc}", "RTF", ".docx"),
    "GB18030 and then UTF-8": (TEXT.encode("gb18030") + b"\n" + TRADITIONAL.encode(), "encoding", "UTF-8"),
    "UTF-8 and then GB18030": (TEXT.encode() + b"\n" + TEXT.encode("gb18030"), "encoding", "UTF-8"),
    "Big5 and then GB18030": (TRADITIONAL.encode("big5hkscs") + b"\n" + TEXT.encode("gb18030"), "encodings", "UTF-8"),
    "UTF-8 cut within a character": (TEXT.encode()[:-1], "damaged or mixed", "UTF-8"),
    "UTF-8 read as GBK and saved so": (TEXT.encode().decode("gb18030", "ignore").encode(), "encodings", "UTF-8"),
    "bytes that are no text": (bytes(0x80 + (i * 37) % 120 for i in range(4000)), "no known encoding", "UTF-8"),
    "UTF-16 cut within a character": (TEXT.encode("utf-16")[:-1], "damaged or mixed", "UTF-8"),
    "an empty web archive": (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--\n",
        "without a page",
        ".html",
    ),
    "more tags than a notice has": (b"<p>" * 400_000, "tags", "text alone"),
}


@pytest.mark.parametrize(("data", "why", "what_to_do"), BYTES.values(), ids=BYTES.keys())
def test_bytes_that_are_no_notice(data: bytes, why: str, what_to_do: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(data, "坏文件")
    message = str(caught.value)
    assert message.startswith("坏文件: ")
    assert "\n" not in message
    assert why in message
    assert what_to_do in message
    assert isinstance(caught.value, KgError)


def test_the_line_that_is_in_another_encoding_is_named() -> None:
    data = (
        "县政府要求各镇认真落实责任。\n".encode() * 3
        + "县住建局负责工地。\n".encode("gbk")
        + "各镇配合。\n".encode() * 60
    )
    with pytest.raises(SourceError, match="line 4"):
        read(data, "a.txt")


@pytest.mark.parametrize("ending", [".xyz", ".doc", ".wps", ".png", ".exe", ".md"])
def test_endings_that_are_no_notices(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    path.write_text(TEXT, "utf-8")
    with pytest.raises(SourceError, match=f"a\\{ending}: .*{ending[1:]}"):
        read(path)


def test_missing_files_folders_and_files_one_may_not_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none.txt: no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(SourceError, match="folder"):
        read(tmp_path)
    closed = tmp_path / "closed.txt"
    closed.write_text(TEXT, "utf-8")
    closed.chmod(0)
    if os.access(closed, os.R_OK):  # the superuser reads everything
        assert read(closed).text == TEXT
    else:
        with pytest.raises(SourceError, match="may not read"):
            read(closed)


def test_a_text_that_says_nothing_of_the_subject_is_read() -> None:
    assert read(b"hello", "a.txt").text == "hello"
    assert read("今天天气很好。".encode(), "a.txt").text == "今天天气很好。"


def test_characters_that_were_lost_before_are_remarked() -> None:
    document = read((TEXT + "\ufffd\ufffd").encode(), "a.txt")
    assert any("2 characters" in remark for remark in document.remarks)


def test_ten_megabytes_of_text_are_read() -> None:
    data = TEXT.encode("gb18030") * 7600
    assert len(data) > 10_000_000
    assert len(read(data, "a.txt").text) == len(TEXT) * 7600
