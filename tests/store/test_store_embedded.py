"""The embedded store's own troubles: places it cannot use, other processes, and being killed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_readings import Draft

from kg.errors import StoreError
from kg.model import Reading
from kg.store import open_store

HERE = Path(__file__).parent
CITY, COUNTY = "agency:130600/人民政府", "agency:130631/人民政府"


def reading(key: str) -> Reading:
    return Draft(key).say("市政府督察县政府。").edge(CITY, "SUPERVISES", COUNTY, kind="rank").reading()


def python(code: str, *args: object) -> subprocess.Popen[str]:
    prelude = f"import sys, time; sys.path.insert(0, {str(HERE)!r})\nfrom store_readings import Draft\n"
    return subprocess.Popen(
        [sys.executable, "-c", prelude + code, *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_what_was_loaded_is_there_when_opened_again(tmp_path: Path) -> None:
    with open_store(tmp_path / "new" / "folder" / "g.kgl") as store:
        store.put(reading("甲"))
        graph = store.graph()
    with open_store(tmp_path / "new" / "folder" / "g.kgl") as store:
        assert store.graph() == graph and store.put(reading("甲")) == "unchanged"
    with open_store(tmp_path / "new" / "folder" / "g.kgl", read_only=True) as store:
        assert store.graph() == graph
        with pytest.raises(StoreError, match="reading only"):
            store.put(reading("乙"))


def test_a_store_takes_more_in_however_much_was_taken_out_of_it_before(tmp_path: Path) -> None:
    path = tmp_path / "g.kgl"
    with open_store(path) as store:
        list(store.put_all(reading(key) for key in "甲乙丙丁"))
        store.remove("notice:乙")
    for key in "戊己庚辛":  # the engine begins to count anew each time
        with open_store(path) as store:
            assert store.put(reading(key)) == "new"
    statement = f"{CITY}|SUPERVISES|{COUNTY}|rank|stated"
    for why in ("一处", "二处", "三处"):
        with open_store(path) as store:
            assert store.decide(statement, "rejected", "李", why).why == why
    with open_store(path, read_only=True) as store:
        assert {n.id[-1] for n in store.notices()} == set("甲丙丁戊己庚辛")
        assert (len(store.decisions()), [e.key for e in store.set_aside()]) == (3, [statement])


def test_a_folder_stands_for_the_store_in_it(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        store.put(reading("甲"))
    assert (tmp_path / "graph.kgl").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"not a store at all, but a text that somebody keeps", b"RGF\x08\x02\x03\x00\x00\x00s\x03\x00"],
    ids=["empty", "text", "beginning"],
)
def test_what_is_not_a_whole_store_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    for read_only in (False, True):
        with pytest.raises(StoreError) as caught:
            open_store(path, read_only=read_only)
        assert str(path) in str(caught.value) and "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_store_cut_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "g.kgl"
    with open_store(path) as store:
        store.put(reading("甲"))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match="left as it is"):
        open_store(path)
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_a_graph_of_somebody_elses_is_refused(tmp_path: Path) -> None:
    import kglite

    path = tmp_path / "other.kgl"
    with kglite.open_session(str(path), durable="full") as session:
        session.execute("CREATE (:Person {name: 'x'})")
    with pytest.raises(StoreError, match="did not make"):
        open_store(path)


@pytest.mark.parametrize("field", ["layout", "schema"])
def test_a_store_of_another_version_is_refused(tmp_path: Path, field: str) -> None:
    import kglite

    path = tmp_path / "g.kgl"
    open_store(path).close()
    with kglite.open_session(str(path), durable="full") as session:
        session.execute(f"MATCH (n:KgStore) SET n.{field} = '99'")
    with pytest.raises(StoreError, match="another version.*99.*load the notices into a new store"):
        open_store(path)


@pytest.mark.parametrize("where", ["/proc/nowhere/g.kgl", "/dev/null/g.kgl"])
def test_a_place_that_cannot_be_written_is_said(where: str) -> None:
    if not Path("/proc").exists():
        where = "/dev/null/g.kgl"
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(where)


def test_a_folder_without_permission_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(folder, os.W_OK):  # the superuser may write anywhere
        return
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(folder / "g.kgl")


def test_reading_where_nothing_was_loaded_says_how_to_load(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store yet; load notices first"):
        open_store(tmp_path / "g.kgl", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_while_one_process_writes_others_read_the_saved_state(tmp_path: Path) -> None:
    path = tmp_path / "g.kgl"
    with open_store(path) as store:
        store.put(reading("甲"))
    writer = python(
        "from kg.store import open_store\n"
        "s = open_store(sys.argv[1])\n"
        "s.put(Draft('乙').say('句。').edge('agency:1/府', 'PART_OF', 'agency:2/府').reading())\n"
        "print('in', flush=True); time.sleep(60)",
        path,
    )
    try:
        assert writer.stdout is not None and writer.stdout.readline() == "in\n"
        with open_store(path, read_only=True) as store:
            assert [n.id for n in store.notices()] == ["notice:甲"]
            assert f"process {writer.pid} is writing" in store.remarks[0]
        with pytest.raises(StoreError, match=f"another process is writing.*process {writer.pid}"):
            open_store(path)
    finally:
        writer.kill()
        writer.communicate()
    with open_store(path, read_only=True) as store:  # what the killed writer had put in is taken up
        assert {n.id for n in store.notices()} == {"notice:甲", "notice:乙"} and store.remarks == []


def test_a_long_load_folds_its_log_into_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store import embedded

    path = tmp_path / "g.kgl"
    monkeypatch.setattr(embedded, "_LOG", 20_000)  # bytes
    seen, logs = [], []
    with open_store(path) as store:
        for n, _ in enumerate(store.put_all((reading(str(i)) for i in range(40)), batch=2)):
            logs.append(os.stat(f"{path}-wal").st_size)
            if n == 37:
                with open_store(path, read_only=True) as other:
                    seen = other.notices()
        graph = store.graph()
    assert 0 < len(seen) < 38 and max(logs) < 60_000 and logs != sorted(logs)
    with open_store(path, read_only=True) as store:
        assert store.graph() == graph


def test_a_store_that_was_only_looked_at_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "g.kgl"
    with open_store(path) as store:
        store.put(reading("甲"))
    before = path.stat()
    with open_store(path) as store:
        assert store.put(reading("甲")) == "unchanged"
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_notices_go_into_transactions_by_how_much_they_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store.embedded import EmbeddedStore

    sizes: list[int] = []
    put_ready = EmbeddedStore.put_ready
    monkeypatch.setattr(
        EmbeddedStore, "put_ready", lambda self, ready: (sizes.append(len(ready)), put_ready(self, ready))[1]
    )
    monkeypatch.setattr(EmbeddedStore, "portion", 9)  # each says three things: two bodies and a statement
    with open_store(tmp_path / "g.kgl") as store:
        assert len(list(store.put_all(reading(str(i)) for i in range(7)))) == 7
        assert sizes == [3, 3, 1]
        assert len(list(store.put_all((reading(str(i)) for i in range(7)), batch=5))) == 7
    assert sizes == [3, 3, 1, 5, 2]


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.2])
def test_a_load_killed_in_the_middle_leaves_whole_notices(tmp_path: Path, delay: float) -> None:
    path = tmp_path / "g.kgl"
    loader = python(
        "from kg.store import open_store\n"
        "def readings():\n"
        "    for i in range(100000):\n"
        "        d = Draft(str(i)).say(f'第{i}次督察。')\n"
        "        for j in range(20):\n"
        "            d.edge(f'agency:{i}/{j}', 'SUPERVISES', f'agency:{j}/府', kind='rank')\n"
        "        yield d.reading()\n"
        "with open_store(sys.argv[1]) as s:\n"
        "    for n, (r, o) in enumerate(s.put_all(readings(), batch=3)):\n"
        "        print(r.notice.id, flush=True)\n",
        path,
    )
    assert loader.stdout is not None
    said = [loader.stdout.readline().strip() for _ in range(7)]
    time.sleep(delay)
    loader.send_signal(signal.SIGKILL)
    said += loader.communicate()[0].split()
    with open_store(path) as store:
        ids = {n.id for n in store.notices()}
        assert set(said) <= ids  # nothing acknowledged is lost
        graph = store.graph()
        for notice_id in ids:
            number = notice_id.partition(":")[2]
            assert len([e for e in graph.edges if e.type == "SUPERVISES" and e.source.startswith(f"agency:{number}/") and
                        e.evidence[0].notice == notice_id]) == 20  # fmt: skip
        for uid, node in graph.nodes.items():
            stated = {e.target for e in graph.out(uid, "STATED_IN")}
            assert stated <= ids and stated, node
        again = Draft("0").say("第0次督察。")
        for j in range(20):
            again.edge(f"agency:0/{j}", "SUPERVISES", f"agency:{j}/府", kind="rank")
        assert store.put(again.reading()) == "unchanged"


def long_reading(key: str, of: int = 300) -> Reading:
    draft = Draft(key).say("各镇听县里的。")
    for n in range(of):
        draft.edge("agency:县/府", "SUPERVISES", f"agency:{key}/{n}", kind="rank")
    made = draft.reading()
    made.nodes.sort(key=lambda n: n.id)
    made.edges.sort(key=lambda e: e.key)
    return made


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.store.embedded import EmbeddedStore

    monkeypatch.setattr(EmbeddedStore, "long", 500)  # things and statements; more of them need no transaction


@pytest.mark.parametrize("used_up", [True, False])
def test_a_long_notice_comes_to_the_same_as_in_a_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, used_up: bool
) -> None:
    from kg.store.embedded import EmbeddedStore

    graphs = []
    for name, most in (("a", 500), ("b", 1 << 60)):
        monkeypatch.setattr(EmbeddedStore, "long", most)
        with open_store(tmp_path / name) as store:
            outcomes = [
                store.put(each) for each in (reading("甲"), long_reading("乙"), long_reading("乙"), reading("丙"))
            ]
            assert outcomes == ["new", "new", "unchanged", "new"]
            assert store.put(long_reading("乙", 290)) == "changed"
            graphs.append(store.graph())
        with open_store(tmp_path / name, read_only=True) as store:
            assert store.graph() == graphs[-1]
    assert graphs[0] == graphs[1]


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("used_up", [True, False])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, StoreError, MemoryError])
def test_a_long_notice_that_is_broken_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException], used_up: bool
) -> None:
    from kg.store.writing import Change

    with open_store(tmp_path / "g.kgl") as store:
        store.put(reading("甲"))
        before = store.graph()
        with monkeypatch.context() as patch:
            patch.setattr(Change, "_make_edges", lambda *_: (_ for _ in ()).throw(stop("off")))
            with pytest.raises(stop, match="off"):
                list(store.put_all([long_reading("乙")], used_up=used_up))
        assert store.graph() == before
        assert store.put(reading("丙")) == "new"
    with open_store(tmp_path / "g.kgl") as store:
        assert {n.id for n in store.notices()} == {"notice:甲", "notice:丙"}
        assert store.put(long_reading("乙")) == "new"


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("statement", [1, 2, 3])
@pytest.mark.parametrize("used_up", [True, False])
def test_a_long_notice_killed_on_its_way_in_is_not_in(
    tmp_path: Path, statement: int, read_only: bool, used_up: bool
) -> None:
    path = tmp_path / "g.kgl"
    with open_store(path) as store:
        store.put(reading("甲"))
        before = store.graph()
    loader = python(
        "import os\n"
        "from kg.store import embedded, open_store\n"
        "embedded.EmbeddedStore.long, run, at = 500, embedded._run, [0]\n"
        "def counted(*given):\n"
        "    at[0] += embedded.unfinished.is_there(s._path) and ('SET' in given[1] or 'CREATE' in given[1])\n"
        f"    if at[0] > {statement}:\n"
        "        print('there', os.stat(sys.argv[1] + '-wal').st_size, flush=True); time.sleep(60)\n"
        "    return run(*given)\n"
        "embedded._run = counted\n"
        "d = Draft('乙').say('各镇听县里的。')\n"
        "for n in range(300):\n"
        "    d.edge('agency:县/府', 'SUPERVISES', f'agency:乙/{n}', kind='rank')\n"
        "r = d.reading()\n"
        "r.nodes.sort(key=lambda n: n.id), r.edges.sort(key=lambda e: e.key)\n"
        "s = open_store(sys.argv[1])\n"
        f"list(s.put_all([r], used_up={used_up}))\n",
        path,
    )
    assert loader.stdout is not None and loader.stdout.readline().startswith("there")
    with open_store(path, read_only=True) as store:
        assert store.graph() == before  # others see what was saved
    loader.kill()
    loader.communicate()
    with open_store(path, read_only=read_only) as store:
        assert store.graph() == before
    with open_store(path) as store:
        assert store.put(long_reading("乙")) == "new" and len(store.notices()) == 2
