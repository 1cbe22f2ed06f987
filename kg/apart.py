"""A long file read in a process of its own: it is told part by part while the first parts are stored, and what reading it took
is given back with the process.

    python -m kg.apart    reads what standard input names, and writes to standard output (see :mod:`kg.store.parts`)
"""

from __future__ import annotations

import marshal
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.collector import at_rest
from kg.errors import KgError, SourceError
from kg.loading import Defaults, Lengthy, loaders, unforeseen
from kg.store.parts import Parts, pack, pack_error

_CHUNK, _AHEAD = 1 << 20, 64  # bytes that are taken at once, and how many such chunks may wait


@contextmanager
def parts(source: Path, name: str, defaults: Defaults) -> Iterator[Parts]:
    """What a file says, told by another process, which ends with the block. Raises SourceError."""
    given = (
        str(source), name, defaults.place, defaults.publisher, defaults.published, dict(defaults.columns),
        defaults.second_opinion,
    )  # fmt: skip
    reader = child(__name__)
    assert reader.stdin is not None and reader.stdout is not None
    try:
        reader.stdin.write(marshal.dumps(given))
        reader.stdin.flush()  # it stays open: where it ends, so does the reader
        yield Parts(_Ahead(reader.stdout), name)
    finally:
        reader.kill()
        reader.wait()
        reader.stdin.close()


def child(module: str) -> subprocess.Popen[bytes]:
    """A process that runs a module of this program; it is asked and answers by pipes, see :func:`outlet`. Ctrl-C is not for it:
    who started it ends it."""
    path = os.pathsep.join(dict.fromkeys(str(Path(folder).resolve()) for folder in sys.path))
    return subprocess.Popen(
        [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        process_group=0 if os.name == "posix" else None,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )  # fmt: skip


def outlet() -> tuple[IO[bytes], IO[bytes]]:
    """In such a process: what it is asked, and where it answers; what else is printed goes to standard error."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb", _CHUNK)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, out


class _Ahead:
    """What a pipe brings, taken from it as it comes, so that the process at its other end need not wait for this one."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._chunks: queue.Queue[bytes] = queue.Queue(_AHEAD)
        self._rest, self._at = b"", 0
        self._pipe, self._closed = pipe, False
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        chunk = b" "
        while chunk and not self._closed:
            chunk = self._pipe.read1(_CHUNK)  # type: ignore[attr-defined]
            self._chunks.put(chunk)
        self._pipe.close()

    def read(self, size: int) -> bytes:
        """So many bytes, fewer at the end."""
        found = [self._rest[self._at : self._at + size]]
        self._at += size
        missing = size - len(found[0])
        while missing > 0:
            self._rest, self._at = self._chunks.get(), missing
            if not self._rest:
                self._chunks.put(b"")
                break
            found.append(self._rest[:missing])
            missing -= len(found[-1])
        return b"".join(found)

    def close(self) -> None:
        """Take no more."""
        self._closed = True
        while not self._chunks.empty():
            self._chunks.get()


def main() -> None:
    """Read the file that standard input names."""
    asked, out = outlet()
    source, name, *given = marshal.load(asked)
    threading.Thread(target=_end_with, args=(asked,), daemon=True).start()
    try:
        with at_rest():
            able = [one for one in loaders() if isinstance(one, Lengthy)]
            told = next((t for one in able if (t := one.tell(Path(source), name, Defaults(*given))) is not None), None)
            if told is None:
                raise SourceError(f"{name}: no loader knows this kind of file; convert it to .xlsx or .csv")
            pack(told, out)
    except KgError as error:
        pack_error(error, out)
    except BrokenPipeError:
        os._exit(1)  # nobody wants it any more
    except Exception as error:  # noqa: BLE001 - one file that no loader foresaw must not cost the others
        pack_error(unforeseen(name, error), out)
    out.close()
    os._exit(0)  # to give back all that was read one by one takes longer


def _end_with(pipe: IO[bytes]) -> None:
    pipe.read()
    os._exit(1)


if __name__ == "__main__":
    main()
