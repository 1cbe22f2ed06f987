"""What a store does so that the graph holds what follows from it, whichever engine is behind it.

The marker says how things stand: ``settled`` is True where all that follows is made; the token of an opened store where that
store's changes, which it remembers, are all that is not followed up yet; False where nobody remembers, and everything is
derived anew. ``marked`` is True where posts are marked as well (:func:`kg.derive.seats.marks`); questions look at all posts where
it is not, as in a store of an earlier version until its next load. ``rules`` tells by which table of derivations: by another one
everything is derived anew.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar, TypeVar
from uuid import uuid4

from kg.collector import at_rest
from kg.derive.rules import edition
from kg.derive.settle import settle
from kg.store.changed import Changed
from kg.store.making import MARKER, Making
from kg.store.reads import Reads
from kg.store.records import Run
from kg.store.redo import Redo

T = TypeVar("T")


class Follows(Reads):
    """The part of a store that derives; the rest of it brings what is abstract here."""

    making: Making
    share: ClassVar[float] = 0.02  # of all relationships: where more changed, to derive everything anew is quicker

    @abstractmethod
    def _transact(self, work: Callable[[Run], T]) -> T:
        """Run ``work`` in one write transaction, again from its start when another writer came between."""

    @abstractmethod
    def _finish(self) -> None:
        """Called when a load has ended."""

    def derive(self, *, whole: bool = False) -> int:
        """Make the graph hold exactly what follows from its statements; how many relationships changed.

        It ends a load; a new store gets the rest of its indexes then. Looks only at what changed, where that is known;
        ``whole`` looks at everything.
        """
        if whole:
            self._transact(lambda run: self._mark_settled(run, False))
        with at_rest():
            changed = self._settle()
        self._finish()
        return changed

    def _settle(self) -> int:
        return self._settled(lambda run: self._derive(run, Changed()))

    def _settled(self, work: Callable[[Run], T]) -> T:
        """A transaction after which nothing is left open."""
        result = self._transact(work)
        self._changed = Changed()
        return result

    def _derive(self, run: Run, changed: Changed) -> int:
        # the marker is written first, so that two loads do not derive the same thing at the same time
        known = self._known(run)
        self._mark_settled(run, True)
        return settle(run, self.making, self._premises(run, known, changed))

    def _premises(self, run: Run, known: Changed | None, changed: Changed) -> Changed | None:
        """What the rules of derivation take as it stands: what decisions hide, which contracts have ended, and what
        punishments are for. With that all that changed; None where it is not known, or too much."""
        from kg.history import contracts, told  # stand on this package

        redo, every = Redo(run, self.making), None if known is None else Changed(known, changed)
        if every is None or every.shaken:
            redo.fall()
        if every is not None:
            every.add(redo.changed)
            if every.whole or len(every) > self.share * run("MATCH ()-[r]->() RETURN count(r) AS n", {})[0]["n"]:
                every = None
        for step in (contracts.end, told.link):
            made = step(run, every)
            if every is not None:
                every.add(made)
        return every

    def _leave_open(self, run: Run) -> None:
        """Say that what follows from this transaction is not made yet."""
        self._mark_settled(run, False if self._known(run) is None else self._token)

    def _known(self, run: Run) -> Changed | None:
        """What changed since all that follows was made, None where that is not known."""
        (row,) = run(f"MATCH (n:{MARKER}) RETURN n.settled AS settled, n.marked AS marked, n.rules AS rules", {})
        if row["settled"] is True and not (row["marked"] and row["rules"] == edition()):
            return None
        return {True: Changed(), None: Changed(), self._token: self._changed}.get(row["settled"])

    def _forget(self) -> None:
        """Remember no change; what is open is so to this store as to others."""
        self._token, self._changed = uuid4().hex, Changed()

    def _mark_settled(self, run: Run, settled: bool | str) -> None:
        marker = f"MATCH (n:{MARKER}) SET n.settled = $settled, n.marked = $marked, n.rules = $rules"
        run(marker, {"settled": settled, "marked": settled is True, "rules": edition()})

    def _is_unsettled(self) -> bool:
        (row,) = self.internal(f"MATCH (n:{MARKER}) RETURN n.settled AS settled", {})
        return row["settled"] not in (True, None)
