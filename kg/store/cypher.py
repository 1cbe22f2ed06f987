"""Everything a store does that can be said in the Cypher both engines share; an engine adds three primitives."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from math import inf
from types import TracebackType
from typing import Any, ClassVar, Self, TypeVar

from kg.collector import at_rest
from kg.decisions import Decision
from kg.errors import KgError, SourceError, StoreError, SubjectError, VocabularyError
from kg.model import Graph, Notice, Reading
from kg.store import deciding, values
from kg.store import records as rec
from kg.store.changed import Changed
from kg.store.decides import Decides
from kg.store.guard import check_read_only
from kg.store.long import Long
from kg.store.making import MARKER, Making, schema_statements
from kg.store.parts import Parts
from kg.store.protocol import Counts, Outcome, Removed, Rows, Told
from kg.store.records import NOTICE, STATED_IN, Run
from kg.store.writing import Change, Ready
from kg.vocabulary import vocabulary

T = TypeVar("T")

LAYOUT = 1  # how records.py lays a graph out; a store of another layout is refused


class CypherStore(Decides):
    """The behaviour of a store on top of an engine that answers Cypher."""

    making: ClassVar[Making] = Making()
    portion: ClassVar[int]  # about how many things and statements go well into one transaction
    long: ClassVar[float] = inf  # things and statements from which on a notice takes much memory in a transaction
    # what each version of the indexes added; a store says its own
    index_steps: ClassVar[Mapping[int, Callable[[], list[str]]]]

    def __init__(self, address: str, *, read_only: bool) -> None:
        self.address = address
        self.read_only = read_only
        self.remarks: list[str] = []
        self.indexes = 0  # the version of the indexes that the store has
        self._forget()

    # -- what an engine adds

    @abstractmethod
    def _read(self, cypher: str, parameters: Mapping[str, Any], limit: int | None, timeout: float | None) -> Rows:
        """Run a reading statement, in the engine's own read-only mode; values made plain."""

    @abstractmethod
    def _transact(self, work: Callable[[Run], T]) -> T:
        """Run ``work`` in one write transaction, again from its start when another writer came between."""

    def _keep(self, work: Callable[[Run], T], weight: int) -> T:
        """As :meth:`_transact`, for the loading of notices with about so many things and statements."""
        return self._transact(work)

    @abstractmethod
    def _declare(self, statements: Iterable[str]) -> None:
        """Run constraint and index statements (each says IF NOT EXISTS)."""

    @abstractmethod
    def close(self) -> None:
        """Save and let go."""

    def _rest(self) -> None:
        """Called between the batches of a load."""

    # -- opening

    def _prepare(self) -> None:
        """Make sure that this is a store of this version, or make it one if there is nothing in it."""
        # counted before the marker is looked for: another process that makes the store just now sets the marker first
        filled = self.internal("MATCH (n) RETURN count(n) AS n", {})[0]["n"]
        found = self.internal(
            f"MATCH (n:{MARKER}) RETURN n.layout AS layout, n.schema AS schema, n.indexes AS indexes", {}
        )
        if not found:
            if filled:
                raise StoreError(
                    f"{self.address}: holds a graph that this program did not make; name another place for the store"
                )
            if self.read_only:
                raise StoreError(
                    f"{self.address}: there is no store yet; load notices first: kg --store {self.address} load FOLDER"
                )
        else:
            ours, theirs = (LAYOUT, vocabulary().version), (found[0]["layout"], found[0]["schema"])
            if ours != theirs:
                raise StoreError(
                    f"{self.address}: made by another version (layout {theirs[0]}, schema {theirs[1]}; this one has "
                    f"layout {ours[0]}, schema {ours[1]}); load the notices into a new store, or use the version that "
                    "made it"
                )
        self.indexes = found[0]["indexes"] or 1 if found else 0
        if not self.read_only:
            self._migrate(max(self.index_steps) if found else min(self.index_steps))

    def _migrate(self, last: int) -> None:
        """Make the indexes that are missing, then say so in the marker: a break in between repeats harmless steps.

        In a new store only what loading needs is made at first: to fill the other indexes at the end of the first load
        takes a server a quarter of the time that it takes notice by notice.
        """
        if last <= self.indexes:
            return
        for step, statements in sorted(self.index_steps.items()):
            if self.indexes < step <= last:
                self._declare(statements())
        self.indexes = last
        made = {
            "uid": "store", "name": "store", "layout": LAYOUT, "schema": vocabulary().version, "indexes": self.indexes
        }  # fmt: skip
        self._transact(lambda run: run(f"MERGE (n:{MARKER} {{uid: 'store'}}) SET n += $made", {"made": made}))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing

    def _finish(self) -> None:
        self._migrate(max(self.index_steps))

    def put(self, reading: Reading) -> Outcome:
        ((_, outcome),) = self.put_all([reading])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def put_all(
        self, readings: Iterable[Told], *, batch: int | None = None, used_up: bool = False
    ) -> Generator[tuple[Told, Outcome | KgError], None, None]:
        self.check_writable()
        reached = True
        try:
            for n, group in enumerate(self._portions(readings, batch)):
                if n:
                    self._rest()
                whole = [told for told in group if isinstance(told, Reading)]
                if whole and not (used_up and _weight(whole[0]) >= self.long):
                    yield from zip(group, self._put_group(whole), strict=True)
                else:
                    yield group[0], self._put_long(group[0])
                group.clear()  # nor is it kept while what follows from it is derived
                whole.clear()
        except StoreError:
            reached = False
            raise
        finally:
            if reached and self._is_unsettled():
                self.derive()

    def _put_group(self, group: Sequence[Reading], digest: str = "") -> list[Outcome | KgError]:
        """One transaction of a load, by which all of the group that passes the door is in before anything is told. ``digest`` is
        that of a single one, where it is known."""
        refused: dict[int, KgError] = {}
        good: list[Ready] = []
        with at_rest():
            for index, reading in enumerate(group):
                try:
                    vocabulary().check(reading)
                    good.append(Ready(reading, digest or rec.digest_of(reading), rec.shares(reading)))
                except VocabularyError as error:
                    refused[index] = error
            outcomes = iter(self.put_ready(good))
        return [refused[index] if index in refused else next(outcomes) for index in range(len(group))]

    def _portions(self, readings: Iterable[Told], batch: int | None) -> Iterator[list[Told]]:
        group: list[Told] = []
        weight = 0
        for told in readings:
            alone = isinstance(told, Parts) or (batch is None and _weight(told) >= self.long)
            if group and alone:
                yield group
                group, weight = [], 0
            group.append(told)
            weight += _weight(told)
            if alone or len(group) == batch or (batch is None and weight >= self.portion):
                yield group
                group, weight = [], 0
        if group:
            yield group

    def _put_long(self, told: Reading | Parts) -> Outcome | KgError:
        """A long reading by itself, a part at a time where it is new; nothing is left in it then."""
        known = "MATCH (n:Notice {uid: $id}) WHERE n.digest IS NOT NULL RETURN n.uid AS uid"
        there = _weight(told) < self.long or bool(self.internal(known, {"id": told.notice.id}))
        try:
            with at_rest():
                if there and isinstance(told, Parts):
                    return self._put_group([told.reading()], told.digest)[0]
                parts = told if isinstance(told, Parts) else None if there else Parts.of(told)
                if parts is None:
                    assert isinstance(told, Reading)
                    return self._put_group([told])[0]
                with parts:
                    self._rest()

                    def work(run: Run) -> Changed:
                        change = Long(run, self.making)
                        change.take(parts)
                        self._leave_open(run)
                        return change.changed

                    self._changed.add(self._keep(work, parts.weight))
        except (VocabularyError, SourceError) as error:
            return error
        except BaseException:
            self._forget()
            raise
        return "new"

    def put_ready(self, ready: list[Ready]) -> list[Outcome]:
        """Load readings that passed the door, all in one transaction; an outcome for each."""

        def work(run: Run) -> tuple[list[Outcome], Changed]:
            change = self._change(run)
            outcomes = change.put(ready)
            if {"new", "changed"} & set(outcomes):
                self._leave_open(run)
            return outcomes, change.changed

        if not ready:
            return []
        try:
            outcomes, changed = self._keep(work, sum(len(each.shares) for each in ready))
        except BaseException:
            self._forget()  # whether it was committed may not be known
            raise
        self._changed.add(changed)
        return outcomes

    def remove(self, notice_id: str) -> Removed:
        self.check_writable()
        notice = self.notice(notice_id)

        def work(run: Run) -> Removed:
            change = self._change(run)
            change.remove(notice_id)
            self._derive(run, change.changed)
            t = change.tally
            return Removed(notice, t.nodes, t.relationships, t.nodes_kept, t.relationships_kept)

        return self._settled(work)

    def _change(self, run: Run) -> Change:
        return Change(run, self.making)

    def check_writable(self) -> None:
        """Raise StoreError where the store was opened for reading."""
        if self.read_only:
            raise StoreError(f"{self.address}: opened for reading only; open it for writing to load or remove notices")

    # -- reading

    def notices(self) -> list[Notice]:
        rows = self._read(
            f"MATCH (n:Notice) WHERE n.digest IS NOT NULL RETURN n.uid AS uid, {rec.NOTICE_COLUMNS}", {}, None, None
        )
        return sorted((rec.notice_of(row) for row in rows), key=lambda n: (n.published, n.id))

    def notice(self, notice_id: str) -> Notice:
        rows = self._read(
            "MATCH (n:Notice {uid: $id}) WHERE n.digest IS NOT NULL "
            f"RETURN n.uid AS uid, n.text AS text, {rec.NOTICE_COLUMNS}", {"id": notice_id}, None, None,
        ).rows  # fmt: skip
        if not rows:
            raise SubjectError(f"no notice {notice_id} in {self.address}; `kg notices` lists those that are loaded")
        return rec.notice_of(rows[0])

    def query(
        self, cypher: str, parameters: Mapping[str, Any] | None = None, *,
        limit: int | None = None, timeout: float | None = None,
    ) -> Rows:  # fmt: skip
        check_read_only(cypher)
        found = self._read(cypher, dict(parameters or {}), limit, timeout)
        rows = [values.row(row, values.public) for row in found.rows]
        return Rows(found.columns, rows, found.truncated, found.warnings)

    def holding(self, texts: Sequence[str], labels: Sequence[str]) -> str:
        return f"MATCH (n:{'|'.join(labels)})"

    def internal(self, cypher: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Rows of a reading statement of this program's own, with what the store keeps for itself."""
        return self._read(cypher, parameters, None, None).rows

    def graph(self) -> Graph:
        nodes: list[dict[str, Any]] = []
        edges: list[dict[str, Any]] = []
        for label in vocabulary().labels:
            nodes += (row["n"] for row in self._read(f"MATCH (n:{label}) RETURN n", {}, None, None))
        for type_ in vocabulary().types:
            edges += (row["r"] for row in self._read(f"MATCH ()-[r:{type_}]->() RETURN r", {}, None, None))
        return _graph(nodes, edges, self.decisions())

    def around(
        self, ids: Sequence[str], depth: int, types: Collection[str] | None = None, *, known: Collection[str] = ()
    ) -> Graph:
        names = "|".join(sorted(vocabulary().types.keys() - {STATED_IN} if types is None else types))
        nodes: dict[str, dict[str, Any]] = {}
        edges: dict[str, dict[str, Any]] = {}
        for row in self._read(rec.each(vocabulary().labels, "uid", "n"), {"given": list(ids)}, None, None):
            nodes[row["n"]["uid"]] = row["n"]
        frontier = set(nodes)
        for _ in range(depth):
            reached: dict[str, dict[str, Any]] = {}
            for label in sorted({nodes[uid]["label"] for uid in frontier}):
                near = sorted(uid for uid in frontier if nodes[uid]["label"] == label)
                cypher = f"UNWIND $ids AS id MATCH (n:{label} {{uid: id}})-[r:{names}]-(m) RETURN r, m"
                for row in self._read(cypher, {"ids": near}, None, None) if names else ():
                    edges[row["r"]["uid"]] = row["r"]
                    if row["m"]["uid"] not in nodes:
                        reached[row["m"]["uid"]] = row["m"]
            nodes.update(reached)
            frontier = set(reached)
        rest_on = {ref.rpartition("#")[0] for edge in edges.values() for ref in edge.get("evidence") or ()}
        cypher = "UNWIND $ids AS id MATCH (n:Notice {uid: id}) RETURN n"
        found = self._read(cypher, {"ids": sorted(rest_on - nodes.keys() - set(known))}, None, None)
        between = [d for d in self.decisions() if nodes.keys() >= set(d.ends)]
        return _graph([*nodes.values(), *(row["n"] for row in found)], list(edges.values()), between)

    def turn(self) -> str:
        return ""

    def counts(self) -> Counts:
        nodes = self._read("MATCH (n) RETURN labels(n)[0] AS kind, count(n) AS n", {}, None, None)
        edges = self._read("MATCH ()-[r]->() RETURN type(r) AS kind, count(r) AS n", {}, None, None)
        own = {MARKER, *deciding.LABELS}
        by_label = {row["kind"]: row["n"] for row in sorted(nodes, key=lambda r: r["kind"]) if row["kind"] not in own}
        by_type = {row["kind"]: row["n"] for row in sorted(edges, key=lambda r: r["kind"])}
        loaded = "MATCH (n:Notice) WHERE n.digest IS NOT NULL RETURN count(n) AS n"
        return Counts(self._read(loaded, {}, None, None).rows[0]["n"], by_label, by_type)


def _weight(told: Reading | Parts) -> int:
    return told.weight if isinstance(told, Parts) else len(told.nodes) + len(told.edges)


def _graph(nodes: Iterable[Mapping[str, Any]], edges: Iterable[Mapping[str, Any]], decisions: list[Decision]) -> Graph:
    things = {n["uid"]: rec.node_of(n) for n in nodes if not (n["label"] == NOTICE and "digest" in n)}
    notices = [rec.notice_of(n) for n in nodes if n["label"] == NOTICE and "digest" in n]
    return Graph(
        {uid: things[uid] for uid in sorted(things)},
        sorted((rec.edge_of(e) for e in edges), key=lambda e: e.key),
        {n.id: n for n in sorted(notices, key=lambda n: (n.published, n.id))},
        decisions,
    )


CypherStore.index_steps = {2: schema_statements}  # 1 was the same, for fewer labels
