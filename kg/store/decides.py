"""What a store does with decisions, whichever engine is behind it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable

from kg.collector import at_rest
from kg.decisions import Decision, after, decision, last, order
from kg.errors import QueryError, SubjectError
from kg.model import Edge
from kg.store import deciding as dec
from kg.store import records as rec
from kg.store.follows import Follows
from kg.store.records import Run
from kg.store.redo import Redo


class Decides(Follows):
    """The part of a store that keeps decisions; the rest of it brings what is abstract here."""

    @abstractmethod
    def check_writable(self) -> None: ...

    def decide(self, statement: str, verdict: str, by: str, why: str = "") -> Decision:
        self.check_writable()
        decision(statement, verdict, by, why)  # told before anything is looked for

        def work(run: Run) -> Decision:
            before = last(dec.decisions(run)).get(statement)
            rows = {**dec.aside(run, [statement]), **dec.seen(run, [statement])}
            if not rows and before is None:
                raise SubjectError(f"there is no statement {statement!r}; `kg show NAME --ids` prints their ids")
            if verdict == "withdrawn" and (before is None or before.verdict == "withdrawn"):
                raise QueryError(f"nothing is decided on {statement!r}, so there is nothing to withdraw")
            words = rec.edge_of(rows[statement]).evidence if rows else before.words if before else ()
            made = decision(statement, verdict, by, why, at=after(before) if before else "", words=words)
            self._decide(run, [made])
            return made

        return self._settled(work)

    def keep(self, made: Iterable[Decision]) -> list[Decision]:
        self.check_writable()
        given = {d.id: d for d in made}

        def work(run: Run) -> list[Decision]:
            known = {d.id for d in dec.decisions(run)}
            new = sorted((d for uid, d in given.items() if uid not in known), key=order)
            if new:
                self._decide(run, new)
            return new

        return self._settled(work) if given else []

    def _decide(self, run: Run, made: Collection[Decision]) -> None:
        with at_rest():
            dec.write(run, self.making, made)
            redo = Redo(run, self.making)
            redo.again({d.statement for d in made})
            self._derive(run, redo.changed)

    def statements(self, keys: Iterable[str]) -> dict[str, Edge]:
        wanted = set(keys)
        if not wanted:
            return {}
        rows = {**dec.aside(self.internal, wanted), **dec.seen(self.internal, wanted)}
        return {key: rec.edge_of(row) for key, row in sorted(rows.items())}

    def set_aside(self) -> list[Edge]:
        return [rec.edge_of(row) for _, row in sorted(dec.aside(self.internal).items())]
