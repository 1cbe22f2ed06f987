"""How a store is opened and loaded, in the Cypher that both engines share; an engine adds how it runs a statement."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial
from math import inf
from types import TracebackType
from typing import ClassVar, Self, TypeVar

from kg.collector import at_rest
from kg.errors import KgError, SourceError, StoreError, VocabularyError
from kg.model import Reading
from kg.store.changed import Changed
from kg.store.decides import Decides
from kg.store.digest import digest_of
from kg.store.long import Long
from kg.store.making import MARKER, Making, schema_statements
from kg.store.parts import Parts
from kg.store.protocol import Outcome, Removed, Told
from kg.store.records import Run
from kg.store.shares import shares
from kg.store.writing import Change, Ready
from kg.vocabulary import vocabulary

T = TypeVar("T")

LAYOUT = 1  # how records.py lays a graph out; a store of another layout is refused


class CypherStore(Decides):
    """The behaviour of a store on top of an engine that answers Cypher."""

    making: Making = Making()
    portion: ClassVar[int]  # about how many things and statements go well into one transaction
    long: ClassVar[float] = inf  # things and statements from which on a notice takes much memory in a transaction
    # what each version of the indexes added; a store says its own
    index_steps: ClassVar[Mapping[int, Callable[[], list[str]]]]

    def __init__(self, address: str, *, read_only: bool) -> None:
        super().__init__(address)
        self.read_only = read_only
        self.remarks: list[str] = []
        self.indexes = 0  # the version of the indexes that the store has
        self._forget()

    # -- what an engine adds

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
            for n, (group, seen) in enumerate(self._ahead(self._portions(readings, batch))):
                if n:
                    self._rest()
                whole = [told for told in group if isinstance(told, Reading)]
                if whole and not (used_up and _weight(whole[0]) >= self.long):
                    yield from zip(group, self._put_seen(seen()), strict=True)
                else:
                    yield group[0], self._put_long(group[0])
                group.clear()  # nor is it kept while what follows from it is derived
                del seen
                whole.clear()
        except StoreError:
            reached = False
            raise
        finally:
            if reached and self._is_unsettled():
                self.derive()

    def _ahead(self, groups: Iterable[list[Told]]) -> Iterator[tuple[list[Told], Callable[[], list[Ready | KgError]]]]:
        """The groups in turn, each with how to learn what :meth:`_see` says of it."""
        for group in groups:
            yield group, partial(self._see, group)

    @staticmethod
    def _see(group: Sequence[Told], digest: str = "") -> list[Ready | KgError]:
        """The readings of a group that pass the door, or why they do not. ``digest`` is that of a single one, where it is known."""
        seen: list[Ready | KgError] = []
        with at_rest():
            for reading in group:
                if isinstance(reading, Parts):
                    continue
                try:
                    vocabulary().check(reading)
                    seen.append(Ready(reading, digest or digest_of(reading), shares(reading)))
                except VocabularyError as error:
                    seen.append(error)
        return seen

    def _put_seen(self, seen: Sequence[Ready | KgError]) -> list[Outcome | KgError]:
        """One transaction of a load, by which all that passed the door is in before anything is told."""
        with at_rest():
            outcomes = iter(self.put_ready([each for each in seen if isinstance(each, Ready)]))
        return [next(outcomes) if isinstance(each, Ready) else each for each in seen]

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
                    return self._put_seen(self._see([told.reading()], told.digest))[0]
                parts = told if isinstance(told, Parts) else None if there else Parts.of(told)
                if parts is None:
                    assert isinstance(told, Reading)
                    return self._put_seen(self._see([told]))[0]
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


def _weight(told: Reading | Parts) -> int:
    return told.weight if isinstance(told, Parts) else len(told.nodes) + len(told.edges)


CypherStore.index_steps = {2: schema_statements}  # 1 was the same, for fewer labels
