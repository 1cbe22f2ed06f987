"""Starts, finds and stops the user's own server, and sees to its password."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.server.jars import fetch
from kg.server.place import Place, Process
from kg.server.process import alive, alone, begin, end, free_port, last_complaint, listens

if TYPE_CHECKING:
    import neo4j

USER = "neo4j"
_STARTING, _STOPPING = 180.0, 60.0  # seconds
_ROOM = 300_000_000  # bytes that a server needs to begin with


@dataclass(frozen=True, slots=True)
class State:
    """A server as it is: ``address`` is its bolt:// address; ``pid`` is None where it is not running.

    ``crashed`` says that it was started and is gone without having been stopped.
    """

    address: str
    version: str
    pid: int | None
    folder: str
    crashed: bool = False


def status(place: Place | None = None) -> State:
    """The server as it is now. It runs where ``pid`` is set."""
    place = place or Place.usual()
    process = place.process()
    if process is None:
        return State(_address(place.port) if place.port else "", "", None, str(place.folder))
    return _state(place, process, running=_alive(process))


def start(
    place: Place | None = None, *, port: int | None = None, tell: Callable[[str], None] = lambda line: None,
    wait: Callable[[float], None] = lambda seconds: None,
) -> State:  # fmt: skip
    """Start the server and wait until it answers; one that runs already is left as it is.

    ``port``: None takes the one of the last start or else a free one, 0 a free one. ``tell`` gets lines for the
    person, ``wait`` the seconds since the start, again and again. Raises StoreError; nothing is left running then.
    """
    place = place or Place.usual()
    programs = fetch(tell)
    place.make()
    with alone(place):
        before = place.process()
        if before and _alive(before):
            return _state(place, before, running=True)
        if before:
            tell(f"the server (process {before.pid}) ended without being stopped; its data are taken up again")
            place.forget()
        if (free := shutil.disk_usage(place.folder).free) < _ROOM:
            raise StoreError(
                f"{place.folder}: {free // 1_000_000} MB are free, and a server needs {_ROOM // 1_000_000} MB; "
                "make room, or name another folder in KG_SERVER_HOME"
            )
        chosen = free_port(place.port if port is None else port)
        place.configure(chosen)
        if not place.password():
            place.new_password()
        process = begin(place, programs, chosen)
        try:
            _until_it_answers(place, process, wait)
        except BaseException:
            end(process, _STOPPING)
            place.forget()
            raise
    return _state(place, process, running=True)


def stop(place: Place | None = None) -> tuple[State, bool]:
    """Stop the server. The state as it was before, and whether it went by itself when asked to. Raises StoreError."""
    place = place or Place.usual()
    process = place.process()
    if process is None:
        return status(place), True
    with alone(place):
        was = _state(place, process, running=_alive(process))
        went = end(process, _STOPPING)
        place.forget()
    return was, went


def login(place: Place | None = None) -> tuple[str, str, str]:
    """Address, user and password of the server, for those who connect. Raises StoreError when it is not running."""
    place = place or Place.usual()
    process = place.process()
    if process is None or not place.password():
        raise StoreError("neo4j-local: your own server is not running; start it: kg server start")
    return _address(process.port), USER, place.password()


def new_password(place: Place | None = None) -> str:
    """Give the running server another random password, kept in its file. Raises StoreError."""
    place = place or Place.usual()
    address, user, old = login(place)
    with alone(place):
        new = place.new_password("password.new")  # kept before it is set: a break in between loses nothing
        with _driver(address, user, old) as driver:
            _set_password(driver, old, new)
        place.adopt_password()
    return new


def _alive(process: Process) -> bool:
    try:
        return alive(process) is not None
    except ImportError as error:
        raise StoreError(
            f"{error.name} is not installed, which a server of your own needs: "
            "python -m pip install 'accountability-kg[server]'"
        ) from error


def _state(place: Place, process: Process, *, running: bool) -> State:
    pid = process.pid if running else None
    return State(_address(process.port), process.version, pid, str(place.folder), crashed=not running)


def _address(port: int) -> str:
    return f"bolt://127.0.0.1:{port}"


def _until_it_answers(place: Place, process: Process, wait: Callable[[float], None]) -> None:
    """Wait for Bolt and make sure that the password is ours. Raises StoreError."""
    began = time.monotonic()
    while (past := time.monotonic() - began) < _STARTING:
        wait(past)
        if alive(process) is None:
            raise StoreError(
                f"the server ended while it started: {last_complaint(place.console)}; more in {place.console}"
            )
        if listens(process) and _answers(place, process):
            return
        time.sleep(0.25)
    raise StoreError(f"the server did not answer within {_STARTING:.0f} seconds; see {place.console}")


def _answers(place: Place, process: Process) -> bool:
    """Whether the server takes our password; the first log-in changes the one that Neo4j comes with."""
    import neo4j.exceptions as known

    try:
        for password in (place.password(), place.password("password.new")):
            if password:
                try:
                    with _driver(_address(process.port), USER, password) as driver:
                        driver.verify_connectivity()
                    if password != place.password():
                        place.adopt_password()
                    return True
                except known.AuthError:
                    pass
        with _driver(_address(process.port), USER, USER) as driver:
            _set_password(driver, USER, place.password())
        return True
    except known.AuthError as error:
        if "RateLimit" in (error.code or ""):
            return False
        raise StoreError(
            f"{place.folder}: the server takes none of the passwords kept beside its data; put its own into the "
            f"file {place.folder / 'password'}, or name another folder in KG_SERVER_HOME"
        ) from error
    except (known.DriverError, known.Neo4jError, OSError):
        return False  # not ready yet


def _driver(address: str, user: str, password: str) -> neo4j.Driver:
    import neo4j

    return neo4j.GraphDatabase.driver(
        address, auth=(user, password), connection_timeout=5, connection_acquisition_timeout=10,
        max_transaction_retry_time=5, telemetry_disabled=True, notifications_min_severity="OFF",
    )  # fmt: skip


def _set_password(driver: neo4j.Driver, old: str, new: str) -> None:
    with driver.session(database="system") as session:
        session.run("ALTER CURRENT USER SET PASSWORD FROM $old TO $new", {"old": old, "new": new}).consume()
