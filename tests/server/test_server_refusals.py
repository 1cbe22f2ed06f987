"""What a server is never made to do, who is not let in, and that each failure is one line without a password."""

from __future__ import annotations

import os
import select
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j
import neo4j.exceptions
import pytest
from called import call, process
from store_readings import Draft
from test_store_guard import REFUSED

from kg.errors import KgError, QueryError, StoreError
from kg.store import Store, open_store
from kg.store.login import Login, login
from kg.store.neo4j import Neo4jStore

SECRET = "geheim-wort"
WRITES = [
    "CREATE (n:Region {uid: 'x'})", "MERGE (n:Region {uid: 'x'})", "MATCH (n) SET n.name = 'x'", "MATCH (n) REMOVE n.name",
    "MATCH (n) DETACH DELETE n", "MATCH (n:Region) CALL { WITH n SET n.name = 'x' } IN TRANSACTIONS RETURN 1",
    "MATCH (n) FOREACH (i IN [1] | SET n.name = 'x')", "CREATE INDEX sneaked FOR (n:Region) ON (n.name)",
    "DROP INDEX kg_names", "CALL db.createLabel('Sneaked')", "CALL db.create.setNodeVectorProperty(null, 'x', [])",
]  # fmt: skip


@pytest.fixture
def store(neo4j_emptied: Callable[[], str]) -> Iterator[Store]:
    with open_store(neo4j_emptied()) as made:
        made.put(Draft("甲").say("句。").edge("agency:1/府", "SUPERVISES", "agency:2/府", kind="rank").reading())
        yield made


@pytest.mark.parametrize("cypher", [*WRITES, *(c for c, _ in REFUSED if c)])
def test_no_writing_clause_gets_through(store: Store, cypher: str) -> None:
    before = store.graph()
    with pytest.raises(QueryError):
        store.query(cypher)
    assert store.graph() == before


@pytest.mark.parametrize("cypher", WRITES)
def test_behind_the_guard_the_server_itself_refuses_to_write(store: Any, cypher: str) -> None:
    before = store.graph()
    with pytest.raises(KgError) as caught:
        store._read(cypher, {}, None, None)
    assert "\n" not in str(caught.value)
    assert store.graph() == before


def test_of_all_procedures_of_the_server_only_reading_ones_get_through(
    store: Store, neo4j_session: Callable[..., Any]
) -> None:
    listed = neo4j_session("SHOW PROCEDURES YIELD name, mode RETURN name, mode").records
    assert len(listed) > 40
    for name, mode in listed:
        try:
            store.query(f"CALL {name}")
        except QueryError as error:
            guarded = "not among the procedures known to read only" in str(error)
        else:
            guarded = False
        assert guarded or mode == "READ" or name == "dbms.components", (name, mode)


def test_the_file_system_and_the_network_are_out_of_reach(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a\n")
    for where in (f"file://{tmp_path}/x.csv", "http://127.0.0.1:1/x.csv"):
        with pytest.raises(QueryError, match="LOAD"):
            store.query(f"LOAD CSV FROM '{where}' AS line RETURN line")
        with pytest.raises(QueryError, match="LOAD"):
            store.query(f"MATCH (n) WITH n LIMIT 1 /* */ load\tcsv FROM '{where}' AS line RETURN line")


def test_limits_hold_at_the_prompt(store: Store) -> None:
    done = process(
        "--store", store.address, "cypher", "UNWIND range(1, 9) AS i RETURN i", "--limit", "2", "--format", "csv"
    )
    assert done.out.split() == ["i", "1", "2"]
    hangs = "UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b UNWIND range(1, 9000) AS c RETURN count(a + b + c)"
    assert process("--store", store.address, "cypher", hangs, "--timeout", "0.5").failed_in_one_line(
        "within 0.5 seconds"
    )


# -- who is not let in


@pytest.fixture
def bolt(neo4j_server: str, monkeypatch: pytest.MonkeyPatch) -> Login:
    """The server under its bolt:// address, as somebody else's."""
    known = login(neo4j_server)
    monkeypatch.setenv("NEO4J_USERNAME", known.user)
    return known


def test_passwords_come_from_the_environment_or_a_file(
    bolt: Login, store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", bolt.password)
    with open_store(bolt.uri) as one:
        assert one.counts() == store.counts()
    monkeypatch.delenv("NEO4J_PASSWORD")
    with pytest.raises(StoreError, match="no password; set NEO4J_PASSWORD, or name a file"):
        open_store(bolt.uri)
    (tmp_path / "word").write_text(bolt.password + "\n")
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "word"))
    with open_store(bolt.uri, read_only=True) as one:
        assert one.counts() == store.counts()
    monkeypatch.setenv("NEO4J_PASSWORD_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(StoreError, match="nowhere: the password cannot be read"):
        open_store(bolt.uri)


def test_a_wrong_password_is_one_line(bolt: Login) -> None:
    done = process("--store", bolt.uri, "stats", NEO4J_PASSWORD=SECRET, NEO4J_USERNAME="somebody")
    assert done.failed_in_one_line("refuses the name or password") and SECRET not in done.err


def test_a_wrong_database_is_one_line(bolt: Login) -> None:
    done = process("--store", bolt.uri, "stats", NEO4J_PASSWORD=bolt.password, NEO4J_DATABASE="elsewhere")
    assert done.failed_in_one_line("has no database 'elsewhere'", "NEO4J_DATABASE") and bolt.password not in done.err


def test_a_foreign_graph_and_another_version_are_refused_untouched(
    neo4j_emptied: Callable[[], str], neo4j_session: Callable[..., Any]
) -> None:
    address = neo4j_emptied()
    neo4j_session("CREATE (:Film {title: 'x'})")
    with pytest.raises(StoreError, match="did not make; name another place"):
        open_store(address)
    neo4j_emptied()
    with pytest.raises(StoreError, match="no store yet; load notices first: kg --store"):
        open_store(address, read_only=True)
    open_store(address).close()
    for field in ("layout", "schema"):
        neo4j_session(f"MATCH (n:KgStore) SET n.{field} = '99'")
        with pytest.raises(StoreError, match="another version.*99.*load the notices into a new store"):
            open_store(address)


def test_missing_indexes_are_made_when_a_store_is_next_opened(store: Store, neo4j_session: Callable[..., Any]) -> None:
    count = "SHOW INDEXES YIELD name, type, options WHERE type = 'FULLTEXT' RETURN name, options"
    assert "cjk" in str(neo4j_session(count).records[0]["options"])
    neo4j_session("DROP INDEX kg_names")
    neo4j_session("MATCH (n:KgStore) REMOVE n.indexes")  # as an older version left it
    with open_store(store.address, read_only=True) as old:
        assert "fulltext" not in old.holding(["府府"], ["Agency"]) and neo4j_session(count).records == []
    with open_store(store.address) as new:
        assert new.graph() == store.graph() and "fulltext" in new.holding(["府府"], ["Agency"])
    assert len(neo4j_session(count).records) == 1


def test_names_are_indexed_when_the_first_load_has_ended(neo4j_emptied: Callable[[], str]) -> None:
    with open_store(neo4j_emptied()) as new:
        assert "fulltext" not in new.holding(["府府"], ["Agency"])
        new.put(Draft("甲").say("句。").edge("agency:1/府", "SUPERVISES", "agency:2/府", kind="rank").reading())
        assert "fulltext" in new.holding(["府府"], ["Agency"])


def test_what_goes_wrong_while_the_next_statement_is_made_is_told_and_nothing_is_loaded(
    store: Store, neo4j_session: Callable[..., Any]
) -> None:
    before = store.graph()
    draft = Draft("乙").say("句。").edge("agency:3/府", "SUPERVISES", "agency:4/府", kind="rank")
    for uid in ("agency:3/府", "agency:4/府"):
        draft.node(uid, level="县")
    neo4j_session("CREATE CONSTRAINT sole_level FOR (n:Agency) REQUIRE n.level IS UNIQUE")
    try:
        with pytest.raises(StoreError, match="already exists .*nothing was changed"):
            store.put(draft.reading())
    finally:
        neo4j_session("DROP CONSTRAINT sole_level")
    assert store.graph() == before
    assert store.put(draft.reading()) == "new"


@pytest.mark.parametrize(
    ("agent", "fits"),
    [
        ("Neo4j/5.12.0", False),
        ("Neo4j/4.4.38", False),
        ("Neo4j/5.13.0", True),
        ("Neo4j/2025.10.1", True),
        ("Other/x", False),
    ],
)
def test_servers_that_are_too_old_are_refused(monkeypatch: pytest.MonkeyPatch, agent: str, fits: bool) -> None:
    class Told:
        def get_server_info(self) -> Any:
            return type("Info", (), {"agent": agent})

        def close(self) -> None:
            pass

    asked = Neo4jStore("bolt://elsewhere", Told(), None, read_only=True)  # type: ignore[arg-type]
    if fits:
        asked._check_server()
    else:
        with pytest.raises(StoreError, match="5.13 or newer is needed"):
            asked._check_server()


# -- nothing but one line, whatever the driver says


def _all_errors(root: type[Exception]) -> Iterator[type[Exception]]:
    yield root
    for kind in root.__subclasses__():
        yield from _all_errors(kind)


@pytest.mark.parametrize(
    "kind",
    sorted({*_all_errors(neo4j.exceptions.DriverError), *_all_errors(neo4j.exceptions.Neo4jError)}, key=str),
    ids=str,
)
def test_every_error_of_the_driver_becomes_one_line(kind: type[Exception]) -> None:
    asked = Neo4jStore("bolt://elsewhere", None, None, read_only=True)  # type: ignore[arg-type]
    error = kind.__new__(kind)
    error.args = ("one\ntwo",)
    for told in (asked._store_error(error), asked._query_error(error, 1.0)):
        assert isinstance(told, KgError) and "\n" not in str(told) and str(told)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        (f"bolt://neo4j:{SECRET}@127.0.0.1:1", "leave name and password out of the address"),
        (f"bolt://neo4j:{SECRET}@127.0.0.1:port", "leave name and password out of the address"),
        (f"bolt://{SECRET}@[::1", "leave name and password out of the address"),
        ("bolt+ssc://127.0.0.1:1", "takes any certificate"),
        ("bolt://127.0.0.1:1/films", "name the database in NEO4J_DATABASE"),
        ("bolt://127.0.0.1:1", "no server answers"),
        ("neo4j://127.0.0.1:1", "no server answers"),
    ],
)
def test_wrong_addresses_are_one_line_at_the_prompt(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str, says: str
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)
    for command in (["stats"], ["load", __file__], ["copy", "--to", str(tmp_path / "x.kgl")]):
        done = call("--store", address, *command)
        assert done.failed_in_one_line(says) and SECRET not in done.err + done.out


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    peer, _ = listener.accept()
                except OSError:
                    return
                try:
                    context.wrap_socket(peer, server_side=True).close()
                except OSError:
                    peer.close()

        threading.Thread(target=serve, daemon=True).start()
        address = f"bolt+s://localhost:{listener.getsockname()[1]}"
        done = process("--store", address, "stats", NEO4J_PASSWORD=SECRET)
        assert done.failed_in_one_line("certificate is not trusted", "SSL_CERT_FILE")
        trusted = process("--store", address, "stats", NEO4J_PASSWORD=SECRET, SSL_CERT_FILE=str(tmp_path / "cert.pem"))
        assert trusted.failed_in_one_line("no server answers")  # past the certificate, to a program that is no Neo4j


def test_nobody_is_asked_where_there_is_no_terminal() -> None:
    code = (
        "import os; os.environ.pop('NEO4J_PASSWORD', 0); from kg.store.login import login; login('bolt://127.0.0.1:1')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input="", capture_output=True, text=True, timeout=60, check=False
    )
    assert "no password; set NEO4J_PASSWORD" in done.stderr


def test_on_a_terminal_the_password_is_asked_for_and_not_shown(bolt: Login, store: Store) -> None:
    if os.name == "nt":  # it has no pseudo-terminals
        return
    for typed, status in ((bolt.password, 0), (SECRET, 2)):
        master, slave = os.openpty()
        asked = {k: v for k, v in os.environ.items() if not k.startswith("NEO4J_PASSWORD")} | {
            "NEO4J_USERNAME": bolt.user
        }
        kg = [sys.executable, "-m", "kg", "--store", bolt.uri, "stats"]
        child = subprocess.Popen(kg, stdin=slave, stdout=slave, stderr=slave, env=asked, start_new_session=True)
        os.close(slave)
        shown = b""
        while b"password of" not in shown:
            shown += os.read(master, 1000)
        os.write(master, typed.encode() + b"\n")
        while child.poll() is None or select.select([master], [], [], 0)[0]:
            try:
                shown += os.read(master, 1000) if select.select([master], [], [], 0.2)[0] else b""
            except OSError:  # the other end is closed
                break
        os.close(master)
        assert child.wait(60) == status and f"password of {bolt.user} at {bolt.uri}" in shown.decode()
        assert typed not in shown.decode()
        assert (b"notices" in shown) if status == 0 else (b"refuses the name or password" in shown)
