"""A store that is kept open from one question to the next, and answers that are remembered while it stays as it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self, TypeVar

from kg.remembered import Remembered
from kg.store import Store, of_server, open_store
from kg.store.opening import file_of

T = TypeVar("T")

FRESH = 1.0
"""Seconds for which it is taken that nobody wrote to a server."""


class Opened:
    """The store at an address, safe to use from several threads: opened when first asked, and again when its file has changed.
    One question at a time goes to an embedded store."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._lock = threading.RLock()
        self._store: Store | None = None
        self._stamp: object = None
        self._kept = Remembered()
        self._turn: tuple[float, str] = (-FRESH, "")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def remote(self) -> bool:
        """Whether a server answers, which takes many questions at once."""
        return of_server(self.address)

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """The store itself, for questions only."""
        if self.remote:
            yield self._current()
            return
        with self._lock:
            yield self._current()

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The store, for loading; readers wait, and see what came of it afterwards."""
        with self._lock:
            self.close()
            with open_store(self.address) as store:
                yield store

    def close(self) -> None:
        """Let the store go; the next question opens it again."""
        with self._lock:
            store, self._store = self._store, None
            self._kept.forget()
            self._turn = (-FRESH, "")
            if store is not None:
                store.close()

    def kept(self, asked: Hashable, ask: Callable[[], T]) -> T:
        """What ``ask`` answers, remembered under ``asked`` while the graph stays as it is."""
        return self._kept.answer(asked, self._version(), ask)

    def _remembered(self, name: str, ask: Callable[[Store], T]) -> T:
        """What was asked before, while the graph stays as it is."""
        with self.opened() as store:
            return self.kept(name, lambda: ask(store))

    def _version(self) -> object:
        """What is another once the graph is: of a file when and how long it was saved; of a server, asked every second, what the
        last that wrote left there."""
        with self.opened() as store:
            if not self.remote:
                return self._stamp
            since, turn = self._turn
            if time.monotonic() - since > FRESH:
                self._turn = (time.monotonic(), turn := store.turn())
            return turn

    def _current(self) -> Store:
        with self._lock:
            stamp = None if self.remote else self._file_stamp()
            if self._store is None or stamp != self._stamp:
                self.close()
                self._store = open_store(self.address, read_only=True)
                self._stamp = None if self.remote else self._file_stamp()
            return self._store

    def _file_stamp(self) -> object:
        try:
            status = file_of(self.address).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size


class InTurn:
    """Such a store, let go after every question, so that others are answered in between."""

    def __init__(self, bench: Opened) -> None:
        self._bench = bench

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*given: Any, **named: Any) -> Any:
            with self._bench.opened() as store:
                return getattr(store, name)(*given, **named)

        return ask
