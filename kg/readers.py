"""Many files read by several processes at once, while what the first ones say is stored. Each has a thread here that asks it,
waits for its answer, and reads nothing itself.

    python -m kg.readers    reads the files that standard input names, one after another, and tells each on standard output
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Self

from kg.apart import child, outlet
from kg.errors import KgError, SourceError
from kg.loading import Defaults, is_long, read, unforeseen
from kg.model import Reading

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

Source = tuple[str, Path | bytes | None, str]
"""A file's name, where it is or what it holds (None where that is not known), and why it cannot be read ('' where it can)."""

_MANY = 64  # files from which on more processes pay, each having to load the tables
_MOST = 4  # processes: what more of them read would wait to be stored
_AHEAD = 4  # files that are asked for ahead of their turn, for each process


def worth(files: int) -> int:
    """How many processes are worth starting for so many files; 0 where this one is quicker."""
    able = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(able, _MOST) if files >= _MANY and able > 1 else 0


class Readers:
    """So many processes that read; they end with the block. None at all: every file is read here, when its turn comes."""

    def __init__(self, count: int, defaults: Defaults) -> None:
        self._defaults, self._every = defaults, [_Process(defaults) for _ in range(count)]
        self._idle: SimpleQueue[_Process] = SimpleQueue()
        for one in self._every:
            self._idle.put(one)
        self._threads = _threads(count) if count else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for one in self._every:
            one.kill()
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        for one in self._every:
            one.close()

    def told(self, sources: Iterable[Source]) -> Iterator[tuple[Source, Callable[[], Reading]]]:
        """The sources in turn, each with how to learn what it says, which raises KgError; the next few are being read meanwhile."""
        waiting: deque[tuple[Source, Callable[[], Reading]]] = deque()
        for source in sources:
            waiting.append((source, self._asked(*source)))
            if len(waiting) > _AHEAD * len(self._every):
                yield waiting.popleft()
        yield from waiting

    def _asked(self, name: str, source: Path | bytes | None, why: str) -> Callable[[], Reading]:
        if why or source is None:
            return partial(_refuse, why or f"{name}: nothing to read")
        here = partial(_read, source, name, self._defaults)
        if self._threads is None or isinstance(source, bytes) or is_long(source):
            return here
        return partial(_answer, self._threads.submit(self._ask, source, name), here)

    def _ask(self, source: Path, name: str) -> Reading | KgError:
        reader = self._idle.get()
        try:
            return reader.ask(source, name)
        finally:
            self._idle.put(reader)


class _Process:
    """A process that reads one file after another."""

    def __init__(self, defaults: Defaults) -> None:
        self._process = child(__name__)
        assert self._process.stdin is not None and self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        self._first: tuple[Defaults, ...] = (defaults,)

    def ask(self, source: Path, name: str) -> Reading | KgError:
        """What a file says, or why it says nothing. Raises EOFError or OSError where the process is gone."""
        for said in (*self._first, (source, name)):
            pickle.dump(said, self._to)
        self._first = ()
        self._to.flush()
        told: Reading | KgError = pickle.load(self._from)
        return told

    def kill(self) -> None:
        """Stop it, whatever it does."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Let its pipes go."""
        self._from.close()
        with suppress(OSError):  # what it was to be asked and never took
            self._to.close()


def _threads(count: int) -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # takes a while

    return ThreadPoolExecutor(count)


def _refuse(why: str) -> Reading:
    raise SourceError(why)


def _read(source: Path | bytes, name: str, defaults: Defaults) -> Reading:
    try:
        return read(source, name, defaults)
    except KgError:
        raise
    except Exception as error:
        raise unforeseen(name, error) from error


def _answer(told: Future[Reading | KgError], here: Callable[[], Reading]) -> Reading:
    try:
        said = told.result()
    except (EOFError, OSError, pickle.UnpicklingError):  # its process was ended by others: by a system short of memory
        return here()
    if isinstance(said, KgError):
        raise said
    return said


def main() -> None:
    """Read what standard input names, until it ends."""
    given, out = outlet()
    try:
        defaults: Defaults = pickle.load(given)
        while True:
            source, name = pickle.load(given)
            try:
                said: Reading | KgError = _read(source, name, defaults)
            except KgError as error:
                said = error
            pickle.dump(said, out, pickle.HIGHEST_PROTOCOL)
            out.flush()
    except (EOFError, BrokenPipeError):
        os._exit(0)  # nobody wants more


if __name__ == "__main__":
    main()
