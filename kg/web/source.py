"""The store that pages are made from, shared by all requests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.ask import Catalogue, catalogue
from kg.store import Store, open_store

ROWS, SECONDS = 1000, 20.0
"""Most rows of an answer, and longest time for one."""


class Source:
    """Opens the store when first asked and again when its file has changed; one request at a time uses an embedded one.

    ``own_queries`` is the folder of the user's own saved queries. Every method may raise KgError.
    """

    def __init__(self, address: str, own_queries: Path | None = None) -> None:
        self.address = address
        self._own_queries = own_queries
        self._lock = threading.RLock()
        self._store: Store | None = None
        self._stamp: object = None

    @property
    def remote(self) -> bool:
        """Whether a server answers, which takes many questions at once."""
        return "://" in self.address or self.address == "neo4j-local"

    @contextmanager
    def open(self) -> Iterator[Store]:
        """The store, for questions only."""
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

    def catalogue(self) -> Catalogue:
        """All saved queries, the user's own included."""
        return catalogue(self._own_queries)

    def close(self) -> None:
        """Let the store go; the next request opens it again."""
        with self._lock:
            store, self._store = self._store, None
            if store is not None:
                store.close()

    def _current(self) -> Store:
        with self._lock:
            stamp = None if self.remote else self._file_stamp()
            if self._store is None or stamp != self._stamp:
                self.close()
                self._store = open_store(self.address, read_only=True)
                self._stamp = None if self.remote else self._file_stamp()
            return self._store

    def _file_stamp(self) -> object:
        path = Path(self.address).expanduser()
        path = path / "graph.kgl" if path.is_dir() else path
        try:
            status = path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size
