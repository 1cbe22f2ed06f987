"""What the first reader would wait for, asked in the background when the explorer starts: what the home page and the report on
gaps say, a page with its drawings, and of a server every question once, so that it knows how to answer it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

from kg.ask import SavedQuery
from kg.errors import KgError
from kg.web.limits import FINDINGS, NEAR, SECONDS
from kg.web.notice import marked
from kg.web.pages import NEWEST
from kg.web.thing import MOST
from kg.workbench import CHAIN_LABELS, Workbench

_TEXTS = ("县", "某个地方")  # too short for an index of names, and long enough


class Warming:
    """Asks one thing after the other until all is asked, or until it is stopped."""

    def __init__(self, bench: Workbench) -> None:
        self._bench, self._stopped = bench, threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Ask nothing more, and wait until what is asked just now is answered."""
        self._stopped.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _ask(self) -> None:
        try:
            for ask in questions(self._bench):
                if self._stopped.is_set():
                    return
                ask()
        except KgError:
            return  # whoever asks next is told


def questions(bench: Workbench) -> Iterator[Callable[[], object]]:
    """What is asked, what most readers see first before the rest."""
    yield bench.counts
    yield partial(bench.newest, NEWEST)
    for label in CHAIN_LABELS if bench.remote else ("Region",):
        with bench.opened() as store:
            found = store.query(f"MATCH (n:{label}) RETURN n.uid AS uid LIMIT 1").rows
        for row in found:
            yield partial(_draw, bench, row["uid"])
    yield partial(bench.gaps, most=FINDINGS)
    yield bench.lists
    if bench.remote:
        yield from spelled(bench)


def spelled(bench: Workbench) -> Iterator[Callable[[], object]]:
    """What has a server plan the questions that pages ask: the same for all things, but of other labels and relationships
    another."""
    from kg.chain.surroundings import rehearse
    from kg.lookup import candidates, find
    from kg.vocabulary import vocabulary

    with bench.opened() as store:
        yield from rehearse(store)
        for saved in bench.catalogue().values():
            yield partial(_plan, bench, saved)
        every = sorted(vocabulary().labels)
        for labels in (every, [label for label in every if label != "Notice"], CHAIN_LABELS):
            for text in _TEXTS:
                yield partial(candidates, store, text, labels)
        shown = set[str]()
        sets = {p.labels for saved in bench.catalogue().values() for p in saved.parameters if p.labels}
        for type_ in sorted(vocabulary().types):
            cypher = f"MATCH (a)-[r:{type_}]->(b) RETURN a.uid AS a, labels(a)[0] AS of, b.uid AS b, labels(b)[0] AS to LIMIT 1"
            for row in store.query(cypher).rows:
                for uid, label in ((row["a"], row["of"]), (row["b"], row["to"])):
                    if uid in shown:
                        continue
                    shown.add(uid)
                    if label == "Notice":
                        yield partial(marked, store, uid)
                        continue
                    yield partial(bench.show, uid, most=MOST)
                    if label == "Region":
                        yield partial(bench.gaps, uid, most=FINDINGS)
                    for fitting in [one for one in sorted(sets) if label in one]:
                        sets.discard(fitting)
                        yield partial(find, store, uid, fitting)


def _draw(bench: Workbench, uid: str) -> None:
    """Have the page and the drawings of a thing made."""
    from kg.draw import draw
    from kg.page import page

    bench.show(uid, most=MOST)
    draw(bench.chain(uid, depth=2, folded=True), "html")
    page(bench.near(uid, NEAR)[0], title="")


def _plan(bench: Workbench, saved: SavedQuery) -> None:
    """Have a saved question answered that finds nothing."""
    given = {p.name: "" if p.required else p.default for p in saved.parameters}
    given |= {"stated_only": False, "as_of": None, "min_confidence": 0.0, "most": 1}
    with bench.opened() as store:
        store.query(saved.cypher, given, limit=1, timeout=SECONDS)
