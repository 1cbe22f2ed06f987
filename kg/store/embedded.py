"""The store of one analyst: a file beside which no server runs (engine: kglite)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

from kg.derive import settle
from kg.errors import QueryError, StoreError
from kg.store import unfinished, values
from kg.store.changed import Changed
from kg.store.cypher import CypherStore
from kg.store.making import Making, Named
from kg.store.opening import file_of, first_line, open_reader, open_writer, pending, size
from kg.store.protocol import Rows
from kg.store.records import Run

T = TypeVar("T")

_LOG, _LOGS = 64 << 20, 4  # the log is folded in when it is larger than so many bytes and so many times the file
_TRIES = 8
_ENGINE_SECONDS = 180.0  # the engine's own limit, where the asker sets none
# Passes of the engine's planner (0.21) that count wrongly: ways of two relationships where a condition asks after one of them
# or either direction will do, and what an OPTIONAL MATCH did not find.
_WRONG_PASSES = ("fuse_match_return_aggregate", "fuse_optional_match_aggregate")


class EmbeddedStore(CypherStore):
    """A graph in a file ``PATH``, with ``PATH-wal`` (commits since the last save) and lock files beside it.

    One process writes at a time; a second one may read, and then sees the state that was last saved. Every
    transaction is on disk when it returns. A file ``PATH-part`` says that what stands in the log is a part
    of one long notice, which is thrown away if the rest does not come.
    """

    making: Making = Named()
    portion: ClassVar[int] = 2_000
    long: ClassVar[float] = 50_000

    def __init__(self, path: Path, graph: Any, *, read_only: bool) -> None:
        super().__init__(str(path), read_only=read_only)
        self._path = path
        self._graph = graph  # the engine's; a reader's is a session

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open or make the store at ``path``; a folder stands for ``graph.kgl`` in it. Raises StoreError."""
        import kglite

        kglite.set_query_warning_policy("silent")  # they are handed on in Rows.warnings
        path = file_of(path)
        if read_only:
            session, remarks = open_reader(path)
            store = cls(path, session, read_only=True)
            store.remarks += remarks
        else:
            store = cls(path, open_writer(path), read_only=False)
        try:
            store._prepare()
        except BaseException:
            store._let_go()
            raise
        return store

    def _read(self, cypher: str, parameters: Mapping[str, Any], limit: int | None, timeout: float | None) -> Rows:
        import kglite

        options: dict[str, Any] = {"row_limit": limit, "disabled_passes": list(_WRONG_PASSES)}
        if timeout is not None:
            options["timeout_ms"] = max(1, int(timeout * 1000))
        try:
            graph = self._open_graph()
            reader = (graph if self.read_only else graph.session()).cursor()  # of the graph as it is now
            view = reader.cypher(cypher, params=dict(parameters), **options)
        except kglite.CypherTimeoutError as error:
            limit_s = timeout if timeout is not None else _ENGINE_SECONDS
            raise QueryError(f"no answer within {limit_s:g} seconds; narrow the question or allow more") from error
        except (kglite.KgError, ValueError, TypeError, OverflowError) as error:
            raise _query_error(error) from error
        total = (view.diagnostics or {}).get("total_rows")
        rows = [values.row(row, _plain) for row in view.to_list()]
        warnings = (
            w for w in view.warnings if "row_limit" not in w
        )  # who asks is told so in the words of this program
        return Rows(tuple(view.columns), rows, total is not None, tuple(warnings))

    def _transact(self, work: Callable[[Run], T]) -> T:
        import kglite

        for attempt in range(_TRIES):
            transaction, open_ = self._open_graph().begin(), True
            try:
                result = work(partial(_run, transaction))
                transaction.commit()
                open_ = False
                self._open_graph().sync()
                return result
            except kglite.TransactionConflictError as error:
                if attempt == _TRIES - 1:
                    raise StoreError(f"{self.address}: other writers kept coming between; try again") from error
                time.sleep(0.005 * 2**attempt)
            except kglite.KgError as error:
                raise StoreError(
                    f"{self.address}: could not be written ({first_line(error)}); nothing was changed"
                ) from error
            finally:
                if open_:
                    transaction.rollback()
        raise AssertionError("the last try returns or raises")

    def _one_by_one(self, work: Callable[[Run], T]) -> T:
        """Run ``work`` in no transaction: each statement is kept when it returns, and on disk when the log is next synced. A
        transaction copies the graph before it first writes, and remembers all that it wrote."""
        import kglite

        try:
            return work(partial(_run, self._open_graph()))
        except kglite.KgError as error:
            raise StoreError(
                f"{self.address}: could not be written ({first_line(error)}); see to that, and load again"
            ) from error

    def _keep(self, work: Callable[[Run], T], weight: int) -> T:
        return super()._keep(work, weight) if weight < self.long else self._at_length(work)

    def _at_length(self, work: Callable[[Run], T]) -> T:
        """Run work as long as a transaction would double what it takes: each statement is kept when it returns, yet all of
        them or none. The store is saved first; what the log then holds is thrown away if the work ends before its end."""
        self._save()
        unfinished.begin(self._path)
        try:
            result = self._one_by_one(work)
            self._open_graph().sync()
        except BaseException:
            self._let_go()
            unfinished.undo(self._path)
            self._graph = open_writer(self._path)
            raise
        unfinished.end(self._path)
        return result

    def _settle(self) -> int:
        changed = self._transact(lambda run: self._premises(run, self._known(run), Changed()))
        made = self._one_by_one(lambda run: settle(run, self.making, changed))  # nobody else writes in the meantime
        self._settled(lambda run: self._mark_settled(run, True))
        return made

    def _rest(self) -> None:
        import kglite

        if size(f"{self.address}-wal") > max(_LOG, _LOGS * size(self.address)):
            self._save()
        kglite.trim_memory()  # gives back what the batch needed

    def _declare(self, statements: Iterable[str]) -> None:
        for statement in statements:
            self._open_graph().cypher(statement)

    def close(self) -> None:
        try:
            if self._graph is not None and not self.read_only and pending(f"{self.address}-wal"):
                self._save()
        finally:
            self._let_go()

    def _save(self) -> None:
        import kglite

        kglite.trim_memory()  # to save takes half as much again as the graph
        try:
            # the plain layout, which another process could read in place, takes twice the memory and four times the disk
            self._open_graph().save(layout="compact")
        except Exception as error:
            raise StoreError(
                f"{self.address}: could not be saved ({first_line(error)}); what was loaded is kept in {self.address}-wal "
                "and taken up when the store is next opened with room on the disk"
            ) from error

    def _let_go(self) -> None:
        graph, self._graph = self._graph, None
        if graph is not None and not self.read_only:
            graph.__exit__(StoreError, None, None)  # the engine's close() would save once more

    def _open_graph(self) -> Any:
        if self._graph is None:
            raise StoreError(f"{self.address}: this store was closed; open it again")
        return self._graph


def _query_error(error: Exception) -> QueryError:
    line, column = getattr(error, "line", None), getattr(error, "col", None)
    text = first_line(error)
    if line and f"line {line}" not in text:
        text = f"line {line}, column {column}: {text}"
    return QueryError(text)


def _run(engine: Any, cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run a statement in a transaction, or on the graph itself."""
    view = engine.cypher(cypher, params=dict(parameters))
    return [values.row(row, _plain) for row in view]  # one after the other, not a list of all beside this one


def _plain(value: Any) -> Any:
    """The engine's nodes, relationships and paths come as dicts of a known shape; the rest is common to both stores."""
    if values.is_plain(value):
        return value
    if isinstance(value, dict):
        shape = value.keys()
        if shape == {"id", "labels", "properties"}:
            properties = dict(value["properties"])
            properties.pop("id", None)
            if properties.get("type") == value["labels"][0]:
                properties.pop("type")
            return values.node(value["labels"], properties)
        if shape == {"id", "start", "end", "type", "properties"}:
            return values.relationship(value["type"], value["properties"])
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return values.scalar(value)
