"""What cannot be read says so in one line that names the file and what to do; nothing is half read."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from lists_makers import MAIN, Formula, Sheet, packed, xlsx

from kg.errors import SourceError
from kg.loading import Defaults, load
from kg.store import open_store
from loaders.lists import LOADER

GOOD = [["望都县整改清单"], ["序号", "整改任务", "责任单位"], [1, "清运河岸垃圾", "县水利局"]]


def complaint(data: bytes | Path, name: str) -> str:
    with pytest.raises(SourceError) as raised:
        LOADER.read(data, name, Defaults())
    said = str(raised.value)
    assert said.startswith(name)
    assert "\n" not in said
    return said


def test_a_header_that_is_not_understood_is_shown_with_words_that_are() -> None:
    rows = [["某县名单"], ["天", "地", "玄", "黄"], ["甲", "乙", "丙", "丁"]]
    said = complaint(xlsx(Sheet("总表", rows)), "a.xlsx")
    assert "总表" in said
    assert "天｜地｜玄｜黄" in said
    assert "责任单位" in said or "整改措施" in said
    assert "--columns" in said


def test_a_header_without_rows() -> None:
    assert "no rows stand beneath the header (row 2)" in complaint(xlsx(Sheet("总表", GOOD[:2])), "a.xlsx")
    assert "no rows" in complaint("序号,整改任务,责任单位\n".encode(), "a.csv")


def test_a_workbook_that_is_cut_short() -> None:
    assert "damaged" in complaint(xlsx(Sheet("a", GOOD))[:900], "a.xlsx")
    assert "damaged" in complaint(b"PK\x03\x04 nothing", "a.xlsx")
    assert "not a workbook" in complaint(b"plain words", "a.xlsx")


def test_a_workbook_with_a_password() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "password" in complaint(ole + "EncryptedPackage".encode("utf-16-le") + bytes(99), "a.xlsx")
    assert ".xlsx" in complaint(ole, "a.xls")


def test_rows_of_a_csv_that_do_not_fit() -> None:
    head = "某县清单\n序号,整改任务,责任单位,完成时限\n"
    assert "row 3" in complaint(f"{head}1,清运,垃圾,县水利局,5月\n".encode(), "a.csv")
    assert "row 4" in complaint(f"{head}1,清运垃圾,县水利局,5月\n2,修复绿化\n".encode(), "a.csv")
    assert "quotation" in complaint(f'{head}1,"清运垃圾,县水利局,5月\n'.encode(), "a.csv")


def test_an_empty_file_and_an_empty_workbook() -> None:
    assert "empty" in complaint(b" \n", "a.csv")
    assert "no sheet" in complaint(xlsx(Sheet("a", [])), "a.xlsx")


def test_a_formula_without_a_stored_value() -> None:
    rows = [*GOOD[:2], [1, "清运河岸垃圾", Formula("VLOOKUP(A1,B:C,2)")]]
    said = complaint(xlsx(Sheet("表一", rows)), "a.xlsx")
    assert "表一, C3" in said


def test_a_million_empty_rows_take_no_time() -> None:
    blank = "".join(f'<row r="{r}" spans="1:3"/>' for r in range(4, 1_000_000))
    data = xlsx(Sheet("a", GOOD, extra=blank))
    start = time.process_time()
    reading = LOADER.read(data, "a.xlsx", Defaults())
    assert reading is not None
    assert time.process_time() - start < 5
    only = xlsx(Sheet("a", [], extra=blank))
    assert "no sheet" in complaint(only, "a.xlsx")


def test_a_zip_bomb_is_not_unpacked() -> None:
    parts = {
        n: zipfile.ZipFile(io.BytesIO(xlsx(Sheet("a", GOOD)))).read(n)
        for n in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    }
    bomb = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + b" " * (64 << 20)
    assert "bomb" in complaint(packed({**parts, "xl/worksheets/sheet1.xml": bomb}), "a.xlsx")


def test_entities_are_refused() -> None:
    parts = {
        n: zipfile.ZipFile(io.BytesIO(xlsx(Sheet("a", GOOD)))).read(n)
        for n in ("xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml")
    }
    evil = '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>'
    assert "entities" in complaint(packed({**parts, "xl/workbook.xml": evil}), "a.xlsx")


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    missing = tmp_path / "a.xlsx"
    assert "no such file" in complaint(missing, str(missing))


def test_one_bad_list_does_not_keep_the_others_out(tmp_path: Path) -> None:
    (tmp_path / "good.xlsx").write_bytes(xlsx(Sheet("a", GOOD)))
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04")
    with open_store(tmp_path / "store") as store:
        sources = [(p.name, p, "") for p in (tmp_path / "bad.xlsx", tmp_path / "good.xlsx")]
        tally = load(store, sources, Defaults())
        assert tally.new == 1
        assert [name for name, _ in tally.failed] == ["bad.xlsx"]
        assert len(store.notices()) == 1
