"""Loading: again, in another order, from a pipe, interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from called import call, process


def export(store: Path, format: str = "nq") -> str:
    done = call("--store", str(store), "export", "--format", format)
    assert done.status == 0, done.err
    return done.out


def test_loading_again_changes_nothing(own: Path, samples: Path) -> None:
    before = {f: export(own, f) for f in ("nq", "json")}
    done = call("--store", str(own), "load", str(samples))
    assert done.out.startswith("0 new, 0 changed, 18 unchanged, 0 failed")
    assert {f: export(own, f) for f in ("nq", "json")} == before


@pytest.mark.parametrize("format", ["ttl", "jsonld", "nq", "graphml", "gexf", "csv", "json"])
def test_another_order_gives_the_same_bytes(format: str, loaded: Path, backwards: Path) -> None:
    assert export(backwards, format) == export(loaded, format)


@pytest.fixture(scope="module")
def backwards(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """The samples loaded one by one, the last first, from the folder they lie in."""
    store = tmp_path_factory.mktemp("backwards") / "b.kgl"
    names = sorted((p for p in samples.iterdir() if p.suffix in (".txt", ".html", ".csv")), reverse=True)
    for half in (names[:6], names[6:]):
        assert call("--store", str(store), "load", *map(str, half)).status == 0
    return store


def test_a_corrected_notice_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    head = "关于扬尘整治的通知\n文号：沛政发〔2023〕77号\n发布日期：2023-05-0{day}\n发布机构：沛县人民政府\n\n"
    first, second = (
        head.format(day=day) + f"沛县住房和城乡建设局要在{month}月底前完成全部工地扬尘整治。\n"
        for day, month in ((6, 6), (8, 7))
    )
    stores = []
    for number, order in enumerate(((first, second), (second, first))):
        stores.append(tmp_path / f"s{number}.kgl")
        for text in order:
            (tmp_path / "notice.txt").write_text(text, "utf-8")
            assert call("--store", str(stores[-1]), "load", str(tmp_path / "notice.txt")).status == 0
    texts = [n["published"] for n in call("--store", str(stores[0]), "notices", "--format", "json").json]
    assert texts == ["2023-05-08"]
    assert export(stores[0]) == export(stores[1])
    assert "7月底前" in export(stores[0]) and "6月底前" not in export(stores[0])


def test_of_two_versions_of_one_day_the_one_loaded_last_counts_and_it_is_said(tmp_path: Path) -> None:
    head = "关于扬尘整治的通知\n文号：沛政发〔2023〕77号\n发布日期：2023-05-06\n发布机构：沛县人民政府\n\n"
    store, told = str(tmp_path / "s.kgl"), []
    for month in (6, 6, 7):
        text = head + f"沛县住房和城乡建设局要在{month}月底前完成全部工地扬尘整治。\n"
        (tmp_path / "notice.txt").write_text(text, "utf-8")
        told.append("same date" in call("--store", store, "load", str(tmp_path / "notice.txt")).out)
    assert told == [False, False, True]


def test_what_a_notice_leaves_out_is_filled_from_the_options(tmp_path: Path) -> None:
    (tmp_path / "n.txt").write_text("关于散煤治理的通知\n县人民政府要求，各镇要在9月底前完成散煤清零。\n", "utf-8")
    file, store = str(tmp_path / "n.txt"), str(tmp_path / "s.kgl")
    given = ["--place", "河北省保定市望都县", "--publisher", "望都县人民政府", "--published", "2023-06-30"]
    notice = call("extract", file, "--format", "json", *given).json
    assert notice["notice"]["published"] == "2023-06-30"
    assert any(n["name"] == "望都县人民政府" for n in notice["nodes"])
    assert call("--store", store, "load", file, *given).status == 0
    row = call("--store", store, "notices", "--format", "json").json[0]
    assert (row["published"], row["publisher"]) == ("2023-06-30", "望都县人民政府")


def test_standard_input_globs_and_folders_are_read(tmp_path: Path, samples: Path) -> None:
    store = str(tmp_path / "s.kgl")
    piped = call("--store", store, "load", "-", input=(samples / "11-orange-alert.html").read_bytes())
    assert piped.out.startswith("1 new")
    assert call("--store", store, "load", str(samples / "0[1-3]*")).out.startswith("3 new")
    assert call("--store", store, "load", str(samples), str(samples)).out.startswith("14 new, 0 changed, 4 unchanged")


def test_many_remarks_are_summed_up(loaded: Path, samples: Path) -> None:
    done = call("--store", str(loaded), "load", str(samples))
    every = call("--store", str(loaded), "load", str(samples), "--verbose")
    assert len(done.out.splitlines()) <= len(every.out.splitlines())
    assert len(done.out.splitlines()) < 8


def test_the_bar_is_for_terminals_only(tmp_path: Path, samples: Path) -> None:
    done = process("--store", str(tmp_path / "s.kgl"), "load", str(samples / "07-summons.txt"))
    assert (done.status, done.err) == (0, "")


if hasattr(signal, "SIGINT") and os.name == "posix":

    def test_an_interrupted_load_leaves_whole_notices_only(tmp_path: Path) -> None:
        folder, store = tmp_path / "many", tmp_path / "s.kgl"
        folder.mkdir()
        for number in range(600):
            text = (
                f"第{number}处工地\n沛县住房和城乡建设局要在6月底前完成第{number}处工地的扬尘整治。\n"
                + "督察组进驻。" * 300
            )
            (folder / f"{number:03}.txt").write_text(text, "utf-8")
        command = [sys.executable, "-m", "kg", "--store", str(store), "load", str(folder)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as load:
            log = Path(f"{store}-wal")
            for _ in range(2400):
                if log.exists() and log.stat().st_size > 100_000 or load.poll() is not None:
                    break
                time.sleep(0.05)
            load.send_signal(signal.SIGINT)
            _, told = load.communicate(timeout=60)
        assert load.returncode == 130, told
        assert told.count("\n") == 1
        assert "whole" in told
        stats = call("--store", str(store), "stats", "--format", "json").json
        assert 0 < stats["notices"] < 600
        assert f"{stats['notices']} of 600" in told
        assert call("--store", str(store), "validate").status == 0
