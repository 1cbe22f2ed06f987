"""The public Python interface: a graph of notices that one loads into, asks, and draws.

::

    from kg.workbench import Workbench

    bench = Workbench("graph.kgl")                  # or neo4j://…; without an address the graph of the kg command
    bench.load("notices/")
    bench.ask("supervision/who-supervises", subject="沛县").to_pandas()
    bench.chain("龙固镇", direction="up", as_of="2023-06-30")   # shows itself in a notebook
    bench.graph(around="沛县").to_networkx()

The commands of ``kg``, the explorer and the notebooks do the same through the same functions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kg.ask import Catalogue, SavedQuery, catalogue, run
from kg.lookup import find
from kg.model import Graph, Node, Notice, Reading
from kg.opened import InTurn, Opened
from kg.remembered import Growing, Remembered
from kg.resources import default_address, queries_dir
from kg.store import Counts, Rows, Store
from kg.store.records import NOTICE_COLUMNS, notice_of

if TYPE_CHECKING:
    from kg.chain import Chain
    from kg.decided import Decided
    from kg.decisions import Decision
    from kg.history.compare import Comparison
    from kg.history.listed import ListState
    from kg.loading import Tally
    from kg.report import Report
    from kg.show import Record

T = TypeVar("T")

CHAIN_LABELS = ("Person", "Post", "Agency", "Region", "Obligation", "Meeting")
"""What a chain can be drawn of."""


def _moment(as_of: str) -> str:
    """An ISO date, 'all', or '' as it was given. Raises QueryError for what is no date."""
    from kg.ask.run import day

    return day(as_of or None) or ""


def _day(as_of: str) -> str:
    """The same where all time is no day of its own: '' for 'all'."""
    moment = _moment(as_of)
    return "" if moment == "all" else moment


class Workbench(Opened):
    """A graph at an address, safe to use from several threads.

    The store is opened when first asked, and again when its file has changed; one question at a time goes to an embedded
    store. ``queries`` is a folder of saved questions of one's own. Every method may raise KgError, whose text is one line.
    """

    def __init__(self, address: str | Path = "", queries: str | Path | None = None) -> None:
        super().__init__(str(address) or default_address())
        self._queries = Path(queries).expanduser() if queries else None
        self._growing = Remembered()
        self._questions: tuple[object, Catalogue] | None = None

    def close(self) -> None:
        """Let the store go; the next question opens it again."""
        super().close()
        self._growing.forget()

    def load(self, *paths: str | Path, place: str = "", publisher: str = "", published: str = "") -> Tally:
        """Load files, folders and globs, as ``kg load`` does; a file that fails is told in the tally and the rest goes on."""
        from kg.loading import Defaults, files, load
        from kg.readers import worth

        found = list(files(map(str, paths)))
        with self.writing() as store:
            return load(store, found, Defaults(place, publisher, published), processes=worth(len(found)))

    @staticmethod
    def read(path: str | Path, *, place: str = "", publisher: str = "", published: str = "") -> Reading:
        """What one file says; touches no store."""
        from kg.loading import Defaults, read

        return read(Path(path), str(path), Defaults(place, publisher, published))

    def remove(self, notice: str) -> None:
        """Take out the notice of that id, title, url or document number, with all that rests on it alone."""
        uid = self.find(notice, "Notice").id
        with self.writing() as store:
            store.remove(uid)

    def decide(self, statement: str, verdict: str, by: str, why: str = "") -> Decision:
        """Record that somebody looked at a statement and it is ``rejected`` (why must be said) or ``confirmed``.

        ``statement`` is its id (the key of an edge) or ``NAME|TYPE|NAME``, as far as that fits one only. What is rejected is in no
        answer, drawing or export any more, nor is what follows from it; what is confirmed is sure.
        """
        from kg import decided

        with self.opened() as store:
            key = decided.statement(store, statement)
        with self.writing() as store:
            return store.decide(key, verdict, by, why)

    def withdraw(self, statement: str, by: str, why: str = "") -> Decision:
        """Take back what was decided on a statement; that it was is kept."""
        return self.decide(statement, "withdrawn", by, why)

    def decisions(self, *, every: bool = False) -> list[Decided]:
        """The decisions that hold, newest first; with ``every`` also those that were withdrawn or replaced."""
        from kg.decided import listed

        with self.opened() as store:
            return listed(store, every=every)

    def notices(self) -> list[Notice]:
        """What is loaded, by date, without texts."""
        return self._remembered("notices", lambda store: store.notices())

    def newest(self, most: int, skip: int = 0) -> list[Notice]:
        """So many notices without texts, the newest first, without the first ``skip``."""
        columns = f"n.uid AS uid, {NOTICE_COLUMNS}"
        cypher = (
            f"MATCH (n:Notice) WHERE n.digest IS NOT NULL RETURN {columns} "
            f"ORDER BY coalesce(n.published, '') DESC, n.uid DESC SKIP {int(skip)} LIMIT {int(most)}"
        )
        return self._remembered(cypher, lambda store: [notice_of(row) for row in store.query(cypher)])

    def counts(self) -> Counts:
        """How many things and relationships of each kind there are."""
        return self._remembered("counts", lambda store: store.counts())

    def find(self, name: str, *labels: str) -> Node:
        """The one thing of that name, alias or id. Raises SubjectError with what it might mean."""
        with self.opened() as store:
            return find(store, name, labels or None)

    def catalogue(self) -> Catalogue:
        """The saved questions by name; read again when a file of them has changed."""
        folders = [queries_dir(), *([self._queries] if self._queries else [])]
        stamp = [(p, p.stat().st_mtime_ns) for folder in folders for p in sorted(folder.rglob("*.cypher"))]
        if self._questions is None or self._questions[0] != stamp:
            self._questions = (stamp, catalogue(self._queries))
        return self._questions[1]

    def ask(
        self, question: str, named: Mapping[str, Any] | None = None, /, *, stated_only: bool = False, as_of: str = "",
        min_confidence: float = 0.0, limit: int | None = None, timeout: float | None = None, **parameters: Any,
    ) -> Rows:  # fmt: skip
        """Answer a saved question; names of things are looked up. ``as_of`` is an ISO date, 'all', or '' for what has
        not ended; ``min_confidence`` (0..1) leaves out what is less sure; ``timeout`` is in seconds. ``named`` holds
        parameters as well, those whose names a keyword here takes."""
        saved = self.catalogue().named(question)
        with self.opened() as store:
            return run(
                store, saved, {**(named or {}), **parameters}, stated_only=stated_only, as_of=as_of or None,
                min_confidence=min_confidence, limit=limit, timeout=timeout,
            )  # fmt: skip

    def cypher(
        self, text: str, named: Mapping[str, Any] | None = None, /, *, limit: int | None = None,
        timeout: float | None = None, **parameters: Any,
    ) -> Rows:  # fmt: skip
        """Answer a read-only query of one's own; its parameters by keyword, or in ``named``."""
        with self.opened() as store:
            return store.query(text, {**(named or {}), **parameters}, limit=limit, timeout=timeout)

    def chain(
        self, subject: str, *, direction: str = "both", depth: int = 6, as_of: str = "", stated_only: bool = False,
        min_confidence: float = 0.0, folded: bool = False, texts: bool = True, bounded: bool | None = None,
    ) -> Chain:  # fmt: skip
        """The chain of accountability of a person, post, body, place, duty or meeting; see :func:`kg.draw.draw`. For a drawing
        that folds large chains (``folded``) what it hides comes without its words, and a very large one is ``bounded`` (if not
        said otherwise), see :func:`kg.chain.accountability`; only HTML needs the notices' ``texts``."""
        from kg import draw
        from kg.chain import accountability

        with self.opened() as store:
            node = find(store, subject, CHAIN_LABELS)
            return accountability(
                store, node, direction=direction, depth=depth, as_of=_moment(as_of), stated_only=stated_only,
                min_confidence=min_confidence, shown=draw.folded if folded else None, texts=texts,
                bounded=folded if bounded is None else bounded,
            )  # fmt: skip

    def gaps(
        self, region: str = "", *, around: str = "", as_of: str = "", stated_only: bool = False,
        min_confidence: float = 0.0, most: int | None = None, patience: float | None = None,
    ) -> Report:  # fmt: skip
        """What the chains of accountability lack: in all, in a region, or ``around`` one thing; at most so much of each
        kind. See :func:`kg.report.write`. With ``patience`` it is looked for in the background, and after so many seconds what
        is known so far is answered."""
        from kg.report import growing, scope

        moment = _day(as_of)
        store = cast("Store", InTurn(self))

        def states() -> Iterator[Report]:
            part = (
                scope.within(store, region) if region else scope.around(store, around) if around else scope.everything()
            )
            yield from growing(
                store, as_of=moment, stated_only=stated_only, min_confidence=min_confidence,
                scope=part, most=most, answer=self.answer,
            )  # fmt: skip

        if patience is None:
            *_, report = states()
            return report
        asked = region, around, moment, stated_only, min_confidence, most
        found = self._growing.answer(asked, self._version(), lambda: Growing(states()))
        try:
            return found.newest(patience)
        except Exception:
            self._growing.forget(asked)
            raise

    def lists(self) -> list[list[ListState]]:
        """The accountability lists, the states of one together, newest first."""
        from kg.history.listed import series

        return self._remembered("lists", series)

    def compare(self, name: str, before: str = "", *, as_of: str = "", min_confidence: float = 0.0) -> Comparison:
        """A list beside an earlier state of it, the one before if '' is given, item by item; see
        :func:`kg.history.compare.compare`."""
        from kg.history.compare import compare

        moment = _day(as_of)
        with self.opened() as store:
            return compare(store, name, before, as_of=moment, least=min_confidence)

    def show(
        self, thing: str, *, stated_only: bool = False, as_of: str = "", min_confidence: float = 0.0,
        most: int | None = None, skip: int = 0, only: tuple[str, bool] | None = None,
    ) -> Record:  # fmt: skip
        """One thing with its relationships and the words of each; with ``most`` so many of each type and end, or of ``only``
        one (type, whether the thing is its source), without the first ``skip``."""
        from kg.show import record

        chosen: dict[str, Any] = {
            "stated_only": stated_only, "as_of": _moment(as_of), "least": min_confidence, "most": most, "skip": skip,
            "only": only,
        }  # fmt: skip
        with self.opened() as store:
            if most is None:
                return record(store, thing, **chosen)
            return self.kept(("show", thing, *chosen.values()), lambda: record(store, thing, **chosen))

    def near(
        self, thing: str, most: int, *, stated_only: bool = False, as_of: str = "", min_confidence: float = 0.0
    ) -> tuple[Graph, bool]:
        """A thing with at most ``most`` relationships of each type and end, in memory, and whether there are more."""
        from kg.nearby import nearby

        with self.opened() as store:
            graph, counts = nearby(
                store, find(store, thing), most, stated_only=stated_only, as_of=_moment(as_of),
                least=min_confidence, picture=True,
            )  # fmt: skip
        return graph, any(number > most for number in counts.values())

    def graph(
        self,
        around: str = "",
        depth: int = 2,
        *,
        stated_only: bool = False,
        as_of: str = "",
        min_confidence: float = 0.0,
    ) -> Graph:
        """The whole graph, or what lies within ``depth`` relationships of a thing, in memory."""
        from kg import select

        with self.opened() as store:
            graph = select.around(store, around, depth)[0] if around else store.graph()
        return select.restrict(graph, stated_only=stated_only, as_of=_moment(as_of), least=min_confidence)

    def answer(self, store: Store, saved: SavedQuery, given: Mapping[str, Any], **chosen: Any) -> Rows:
        """The answer to a saved question as :func:`kg.ask.run` gives it, remembered for the day."""
        asked = saved.name, saved.cypher, tuple(given.items()), tuple(chosen.items()), dt.date.today()
        return self.kept(asked, lambda: run(store, saved, given, **chosen))
