"""Files and folders to the store: what is found, what fails, what is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.loading import Defaults, files, load, loaders, read
from kg.store import open_store

DUTY = "丰县生态环境局要在9月底前完成油气回收检查。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notices = tmp_path / "通知"
    (notices / "下级").mkdir(parents=True)
    (notices / "a.txt").write_text(DUTY, "utf-8")
    (notices / "下级" / "b.txt").write_text("睢宁县水务局要加强巡河。", "gb18030")
    (notices / "c.txt").write_bytes(b"")
    (notices / ".hidden.txt").write_text(DUTY, "utf-8")
    (notices / "图.png").write_bytes(b"\x89PNG\r\n")
    return notices


def test_the_prose_loader_is_registered() -> None:
    assert "prose" in [x.name for x in loaders()]


def test_a_folder_is_searched_downward_and_hidden_files_are_left_out(folder: Path) -> None:
    assert [Path(n).name for n, _, _ in files([str(folder)])] == ["a.txt", "c.txt", "b.txt"]


def test_a_glob_and_a_file_named_twice_count_once(folder: Path) -> None:
    assert [Path(n).name for n, _, _ in files([str(folder / "*.txt"), str(folder / "a.txt")])] == ["a.txt", "c.txt"]


def test_one_bad_file_is_told_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        tally = load(store, files([str(folder), str(tmp_path / "无")]), Defaults())
        assert (tally.new, tally.loaded, len(tally.failed)) == (2, 2, 2)
        assert all(reason.startswith(name) for name, reason in tally.failed)
        again = load(store, files([str(folder)]), Defaults())
        assert (again.new, again.unchanged) == (0, 2)
        assert len(store.notices()) == 2


def test_what_the_analyst_says_fills_what_a_notice_leaves_out(folder: Path) -> None:
    r = read(
        folder / "a.txt", "a.txt", Defaults(place="江苏省徐州市丰县", publisher="丰县人民政府", published="2023-08-01")
    )
    assert (r.notice.publisher, r.notice.published) == ("丰县人民政府", "2023-08-01")


def test_an_empty_folder_says_what_it_should_hold(tmp_path: Path) -> None:
    ((_, _, why),) = files([str(tmp_path)])
    assert "no notices" in why and ".txt" in why


def test_a_file_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.xyz").write_text(DUTY, "utf-8")
    with pytest.raises(SourceError, match=r"x\.xyz"):
        read(tmp_path / "x.xyz", "x.xyz", Defaults())
