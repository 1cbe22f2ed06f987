"""A store's file opened in the embedded engine: what must not be opened is refused first, a log that was left is taken up."""

from __future__ import annotations

import datetime as dt
import os
import warnings
from pathlib import Path
from typing import Any

from kg.errors import KgError, StoreError
from kg.store import unfinished

_MAGIC = b"RGF"  # how every file of the engine begins
_EMPTY_LOG = 64  # bytes; a write-ahead log up to this size holds no commit


def file_of(address: str | Path) -> Path:
    """The file of a store at a path; a folder stands for ``graph.kgl`` in it."""
    path = Path(address).expanduser()
    return path / "graph.kgl" if os.path.isdir(path) else path


def _look_before_opening(path: Path, *, read_only: bool) -> None:
    """Raise StoreError for what must not be opened, before the engine leaves lock files beside it."""
    log = Path(f"{path}-wal")
    try:
        if path.is_dir():
            raise StoreError(f"{path}: is a folder, not a store; name a file, or a folder that holds nothing else")
        if path.is_file():
            with path.open("rb") as file:
                if file.read(len(_MAGIC)) != _MAGIC:
                    raise StoreError(
                        f"{path}: is not a store, or one that was cut off while being copied; it is left as it is: "
                        "name another path, or put a whole copy in its place"
                    )
        elif path.exists():
            raise StoreError(f"{path}: is a pipe or a device, not a store; name a file")
        elif read_only and not pending(log):
            raise StoreError(f"{path}: there is no store yet; load notices first: kg --store {path} load FOLDER")
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
                raise PermissionError(13, "no permission to write")
    except OSError as error:
        verb = "read" if read_only else "written"
        raise StoreError(
            f"{path}: cannot be {verb} ({error.strerror or error}); choose a place of your own with --store PATH"
        ) from error


def pending(log: str | Path) -> bool:
    """Whether a write-ahead log may hold commits that the saved file lacks."""
    return size(log) > _EMPTY_LOG


def size(path: str | Path) -> int:
    """Bytes; 0 where there is no such file."""
    return os.stat(path).st_size if os.path.exists(path) else 0


def open_writer(path: Path) -> Any:
    """The engine's graph of a path, made where there is none; no other process may write to it meanwhile. Raises StoreError."""
    import kglite

    _look_before_opening(path, read_only=False)
    try:
        return _taken_up(path)
    except kglite.WriterLeaseHeldError as error:
        raise StoreError(
            f"{path}: another process is writing to it (process {error.holder.get('pid')}, since "
            f"{error.holder.get('since')}); wait until it has ended, or name another store"
        ) from error
    except (kglite.KgError, OSError, ValueError, RuntimeError) as error:
        raise _cannot_open(path, error) from error


def _taken_up(path: Path) -> Any:
    """The engine's graph of a path, for writing, with the commits in its log, but not with half of what was cut off."""
    import kglite

    while True:
        graph = kglite.open(str(path), durable="normal", auto_checkpoint_wal_mib=0)
        if not unfinished.is_there(path):
            return graph
        graph.__exit__(StoreError, None, None)  # first, so that nobody goes on with what is unfinished
        unfinished.undo(path)


def open_reader(path: Path) -> tuple[Any, list[str]]:
    """A session on the saved state, with remarks for the person who asks; commits that a broken-off load left in the log are
    taken up first if they can. Raises StoreError."""
    import kglite

    _look_before_opening(path, read_only=True)
    remarks: list[str] = []
    if pending(Path(f"{path}-wal")):
        try:
            graph = _taken_up(path)
            try:
                graph.save(layout="compact")
            finally:
                graph.__exit__(StoreError, None, None)
        except kglite.WriterLeaseHeldError as error:
            pid = error.holder.get("pid")
            if not path.exists():
                raise StoreError(
                    f"{path}: process {pid} is loading it for the first time; ask again when it has ended"
                ) from error
            saved = dt.datetime.fromtimestamp(path.stat().st_mtime).isoformat(" ", "seconds")
            remarks.append(f"{path}: process {pid} is writing to it; this is the state saved at {saved}")
        except (kglite.KgError, OSError, ValueError, RuntimeError) as error:
            if not path.exists():
                raise _cannot_open(path, error) from error
            remarks.append(
                f"{path}: its last commits could not be taken up ({first_line(error)}); this is the saved state"
            )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return kglite.open_session(str(path)), remarks
    except (kglite.KgError, OSError, ValueError, RuntimeError) as error:
        raise _cannot_open(path, error) from error


def _cannot_open(path: Path, error: Exception) -> KgError:
    return StoreError(
        f"{path}: cannot be opened as a store ({first_line(error)}); it is left as it is: name another path, put a whole "
        "copy in its place, or use the version that made it"
    )


def first_line(error: Exception) -> str:
    """An engine's message in one line: the first one, without its picture of the query."""
    return str(error).strip().split("\n")[0].strip()
