"""The store of a team: a Neo4j server (5.13 or newer), spoken to over Bolt.

Where name, password and database come from is told in :mod:`kg.store.login`; no password ever stands in an address
or a message.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from kg.errors import KgError, QueryError, StoreError
from kg.store import values
from kg.store.cypher import CypherStore
from kg.store.login import LOCAL, login
from kg.store.making import MARKER, Making, constraints, schema_statements
from kg.store.protocol import Rows, Told
from kg.store.records import Run
from kg.store.within import within
from kg.store.writing import Ready
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    import neo4j

T = TypeVar("T")

OLDEST = (5, 13)
_GRACE = (
    2.0  # seconds that a server has to end a question in time; one of 5.13 does not end a question that asks no data
)
_TYPES = (5, 26)  # from here on the type of a relationship may be a value
_LISTS_INDEXED = (5, 26)  # from here on a full-text index is known to hold the items of lists, which aliases are
_NAMES = "kg_names"
_IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]{2,}")  # what the analyser cuts into pairs, so that a phrase is a fragment


def _names_index() -> list[str]:
    labels = "|".join(vocabulary().labels)
    what = f"CREATE FULLTEXT INDEX {_NAMES} IF NOT EXISTS FOR (n:{labels}) ON EACH [n.name, n.aliases]"
    return [what + " OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"]


class Neo4jStore(CypherStore):
    """A graph on a server. Writers take turns: each write transaction first locks the marker of the store."""

    patience: ClassVar = 20.0  # seconds in which a transaction is tried again, after a conflict or a lost connection
    portion: ClassVar[int] = 60_000
    plans: ClassVar = True  # a question that is spelled like one before is answered sooner
    # the last step brings the names, and what labels that came later need
    index_steps: ClassVar = {1: constraints, 2: _names_index, 3: schema_statements}

    def __init__(self, address: str, driver: neo4j.Driver, database: str | None, *, read_only: bool) -> None:
        super().__init__(address, read_only=read_only)
        self._driver: neo4j.Driver | None = driver
        self._database = database
        self._version: tuple[int, ...] = ()
        self._declared: set[str] = set()

    @classmethod
    def open(cls, address: str, *, read_only: bool = False) -> Self:
        """Connect, check the server's version and the store's. Raises StoreError."""
        import neo4j

        known = login(address)
        logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what it says is said again in the error
        try:
            driver = neo4j.GraphDatabase.driver(
                known.uri, auth=(known.user, known.password), connection_timeout=10, max_transaction_retry_time=cls.patience,
                connection_acquisition_timeout=30, notifications_min_severity="OFF", telemetry_disabled=True,
                user_agent="accountability-kg",
            )  # fmt: skip
        except (neo4j.exceptions.DriverError, ValueError, OSError) as error:
            raise StoreError(f"{address}: cannot be connected to ({_line(error)}); check the address") from error
        store = cls(address, driver, known.database, read_only=read_only)
        try:
            store._check_server()
            store._prepare()
        except BaseException:
            store.close()
            raise
        return store

    def _check_server(self) -> None:
        import neo4j

        try:
            agent = str(self._connected().get_server_info().agent)
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
            raise self._store_error(error) from error
        version = tuple(int(part) for part in agent.rpartition("/")[2].split(".")[:2] if part.isdigit())
        self._version = version
        self.making = Making(types=version >= _TYPES)
        if version < OLDEST:
            raise StoreError(
                f"{self.address}: is Neo4j {agent.rpartition('/')[2]}; {OLDEST[0]}.{OLDEST[1]} or newer is needed"
            )

    def holding(self, texts: Sequence[str], labels: Sequence[str]) -> str:
        if self.indexes < 2 or self._version < _LISTS_INDEXED or not all(map(_IDEOGRAPHS.fullmatch, texts)):
            return super().holding(texts, labels)
        phrases = " ".join(f'"{text}"' for text in texts)
        return (
            f"CALL db.index.fulltext.queryNodes('{_NAMES}', '{phrases}') YIELD node "
            f"WITH node AS n WHERE n:{'|'.join(labels)} WITH n"
        )

    def turn(self) -> str:
        return str(self.internal(f"MATCH (n:{MARKER}) RETURN n.turn AS turn", {})[0]["turn"])

    def _read(self, cypher: str, parameters: Mapping[str, Any], limit: int | None, timeout: float | None) -> Rows:
        import neo4j

        @neo4j.unit_of_work(timeout=timeout)
        def work(transaction: neo4j.ManagedTransaction) -> Rows:
            result = transaction.run(cypher, dict(parameters))
            columns = tuple(result.keys())
            records = result.fetch(limit + 1) if limit is not None else list(result)
            rows = [{c: _plain(record[i]) for i, c in enumerate(columns)} for record in records[:limit]]
            return Rows(columns, rows, limit is not None and len(records) > limit)

        def ask() -> Rows:
            with self._session(neo4j.READ_ACCESS) as session:
                return session.execute_read(work)

        try:
            return ask() if timeout is None else within(timeout + _GRACE, ask)
        except TimeoutError as error:
            raise _late(timeout) from error
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
            raise self._query_error(error, timeout) from error

    def _transact(self, work: Callable[[Run], T]) -> T:
        import neo4j

        def whole(transaction: neo4j.ManagedTransaction) -> T:
            def run(cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
                if "RETURN" not in cypher:
                    # with a row to give the server answers before it works, and the next rows are made meanwhile; what
                    # goes wrong is told by a later statement or by the commit
                    transaction.run(f"{cypher} RETURN count(*) AS done", dict(parameters))
                    return []
                result = transaction.run(cypher, dict(parameters))
                keys = result.keys()
                return [{key: _plain(record[key]) for key in keys} for record in result]

            run(f"MERGE (n:{MARKER} {{uid: 'store'}}) SET n.turn = randomUUID()", {})
            return work(run)

        try:
            with self._session(neo4j.WRITE_ACCESS) as session:
                return session.execute_write(whole)
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
            raise self._store_error(error) from error

    def _ahead(self, groups: Iterable[list[Told]]) -> Iterator[tuple[list[Told], Callable[[], list[Ready | KgError]]]]:
        # while the server has one group to work on, the next is looked at
        with ThreadPoolExecutor(1) as meanwhile:
            before: tuple[list[Told], Callable[[], list[Ready | KgError]]] | None = None
            for group in groups:
                seen = meanwhile.submit(self._see, group)
                if before:
                    yield before
                before = group, seen.result
            if before:
                yield before

    def _settle(self) -> int:
        missing = [made for step, made in sorted(self.index_steps.items()) if step > self.indexes]
        if missing:  # the server fills the indexes while it is asked what follows
            self._declare((statement for made in missing for statement in made()), wait=False)
        return super()._settle()

    def _declare(self, statements: Iterable[str], *, wait: bool = True) -> None:
        import neo4j

        wanted = [statement for statement in statements if statement not in self._declared]

        def all_of_them(transaction: neo4j.ManagedTransaction) -> None:
            for statement in wanted:
                transaction.run(statement).consume()

        try:
            with self._session(neo4j.WRITE_ACCESS) as session:
                if wanted:
                    session.execute_write(all_of_them)
                    self._declared.update(wanted)
                if wait:
                    session.run("CALL db.awaitIndexes(60)").consume()
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError) as error:
            raise self._store_error(error) from error

    def close(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    def _connected(self) -> neo4j.Driver:
        if self._driver is None:
            raise StoreError(f"{self.address}: this store was closed; open it again")
        return self._driver

    def _session(self, access: str) -> neo4j.Session:
        return self._connected().session(database=self._database, default_access_mode=access)

    def _query_error(self, error: Exception, timeout: float | None) -> KgError:
        code = getattr(error, "code", "") or ""
        if "TransactionTimedOut" in code or "Terminated" in code:
            return _late(timeout)
        if code.startswith(("Neo.ClientError.Statement", "Neo.ClientError.Procedure")):
            return QueryError(_line(error))
        return self._store_error(error)

    def _store_error(self, error: Exception) -> StoreError:
        import neo4j.exceptions as known

        if isinstance(error, known.AuthError):
            return StoreError(
                f"{self.address}: the server refuses the name or password; check NEO4J_USERNAME and NEO4J_PASSWORD"
            )
        if _untrusted(error):
            return StoreError(
                f"{self.address}: the server's certificate is not trusted ({_untrusted(error)}); if it is your own, "
                "name its authority's file in SSL_CERT_FILE"
            )
        if isinstance(error, known.ServiceUnavailable | known.SessionExpired):
            how = "kg server start" if self.address == LOCAL else "start it, or check the address,"
            return StoreError(f"{self.address}: no server answers, or it went away; {how} and try again")
        if "DatabaseNotFound" in (getattr(error, "code", "") or ""):
            return StoreError(f"{self.address}: has no database {self._database!r}; set NEO4J_DATABASE to one it has")
        return StoreError(f"{self.address}: {_line(error)}; nothing was changed")


def _late(timeout: float | None) -> QueryError:
    return QueryError(f"no answer within {timeout or 0:g} seconds; narrow the question or allow more")


def _untrusted(error: BaseException | None) -> str:
    """Why a certificate was refused, if that lies behind the error; '' if not."""
    import ssl

    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message or "it cannot be checked"
        error = error.__cause__ or error.__context__
    return ""


def _line(error: Exception) -> str:
    """The server's message in one line: what and where, without its picture of the query."""
    lines = (getattr(error, "message", None) or str(error)).strip().splitlines() or [""]
    if len(lines) == 1:
        return str(lines[0])
    said = lines[:-2] if lines[-1].strip() == "^" else lines[:1]  # an older server lists what it expected line by line
    return " ".join(line.strip() for line in said).replace('"', "'")


def _plain(value: Any) -> Any:
    if values.is_plain(value):
        return value
    import neo4j.graph
    import neo4j.time

    if isinstance(value, neo4j.graph.Node):
        return values.node(sorted(value.labels), {k: _plain(v) for k, v in value.items()})
    if isinstance(value, neo4j.graph.Relationship):
        return values.relationship(value.type, {k: _plain(v) for k, v in value.items()})
    if isinstance(value, neo4j.graph.Path):
        return {"nodes": [_plain(n) for n in value.nodes], "relationships": [_plain(r) for r in value.relationships]}
    if isinstance(value, neo4j.time.Date | neo4j.time.DateTime | neo4j.time.Time):
        return values.scalar(value.to_native())
    if isinstance(value, neo4j.time.Duration):
        return value.iso_format()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return values.scalar(value)
