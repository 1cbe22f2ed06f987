"""Many files read by several processes: the same graph as one after another, and no file lost with a process."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.loading import Defaults, Tally, files, load
from kg.model import Graph
from kg.readers import Readers, Source, worth
from kg.store import open_store

COUNT = 24


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Notices, an empty one among them."""
    made = tmp_path / "通报"
    made.mkdir()
    for n in range(COUNT):
        text = f"第{n}处工地\n\n沛县住房和城乡建设局要在{n % 9 + 1}月底前完成第{n}处工地的扬尘整治。\n"
        (made / f"{n:02}.txt").write_text(text, "utf-8")
    (made / "07.txt").write_bytes(b"")
    return made


def loaded(store: Path, folder: Path, processes: int) -> tuple[Tally, Graph]:
    with open_store(store) as opened:
        return load(opened, files([str(folder)]), Defaults(), processes=processes), opened.graph()


def test_several_processes_come_to_the_same(tmp_path: Path, folder: Path) -> None:
    one, alone = loaded(tmp_path / "a.kgl", folder, 0)
    more, together = loaded(tmp_path / "b.kgl", folder, 2)
    assert (one, alone) == (more, together)
    assert more.new == COUNT - 1 and [Path(name).name for name, _ in more.failed] == ["07.txt"]


def test_no_file_is_lost_with_its_process(folder: Path) -> None:
    def sources() -> Iterator[Source]:
        yield from every[:6]
        for reader in readers._every:
            reader._process.kill()
        yield from every[6:]

    every = [(p.name, p, "") for p in sorted(folder.glob("1*.txt"))]
    with Readers(2, Defaults()) as readers:
        told = [answer().notice.title for _, answer in readers.told(sources())]
    assert told == [f"第{n}处工地" for n in range(10, 20)]


def test_what_cannot_be_read_is_told_in_its_turn(folder: Path) -> None:
    given: list[Source] = [("-", None, ""), ("不在.txt", Path("不在.txt"), ""), ("坏.txt", None, "坏.txt: broken")]
    with Readers(1, Defaults()) as readers:
        for (name, _, _), answer in readers.told(given):
            with pytest.raises(SourceError, match=f"^{name}: "):
                answer()


def test_their_processes_end_with_the_block() -> None:
    with Readers(2, Defaults()) as readers:
        running = [reader._process.pid for reader in readers._every]
    assert len(running) == 2
    for pid in running:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def test_few_files_are_not_worth_a_process() -> None:
    assert worth(1) == worth(20) == 0
    assert worth(10_000) in (0, *range(2, 9))
