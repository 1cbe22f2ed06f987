"""The chain of accountability of one thing: what was asked is checked, walked, tidied and drawn up."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.chain.build import build, complete
from kg.chain.model import Chain, Shown
from kg.chain.source import Answers, Once
from kg.chain.surroundings import NEAREST, THINGS, Surroundings
from kg.chain.walk import Walk
from kg.chain.when import ALL
from kg.collector import at_rest
from kg.errors import QueryError
from kg.model import Graph, Node

DIRECTIONS = ("both", "up", "down")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@at_rest()
def accountability(
    store: Answers | Graph,
    subject: Node,
    *,
    direction: str = "both",
    depth: int = 6,
    as_of: str = "",
    stated_only: bool = False,
    min_confidence: float = 0.0,
    shown: Callable[[Chain], Shown | None] | None = None,
    texts: bool = True,
    bounded: bool = False,
) -> Chain:
    """The chain of accountability of an obligation, region, agency, post, person or meeting.

    Upward to the highest supervisor and downward to who carries the work, at most ``depth`` steps each way (moves
    within one office, such as person to post to body, cost none). ``as_of`` is an ISO date, '' (what no notice has
    ended) or 'all'; ``stated_only`` leaves derived relationships out,
    ``min_confidence`` (0..1) those that are less sure. What ``shown`` leaves out comes from a store without its words,
    and without ``texts`` notices come without theirs, which of a long list is most of the time. Of a ``bounded`` chain in a
    store that is very large what is nearest comes whole, of those further away that are alike three, and a box that stands for
    the others, which are counted and not followed.
    QueryError for a bad direction, depth or date.
    """
    if direction not in DIRECTIONS:
        raise QueryError(f"direction {direction!r} is unknown: choose one of {', '.join(DIRECTIONS)}")
    if depth < 1:
        raise QueryError(f"depth {depth} is too small: give a number of steps from 1 up")
    if as_of and as_of != ALL and not _DAY.fullmatch(as_of):
        raise QueryError(f"date {as_of!r} is not understood: write it as 2024-03-31, or 'all'")
    store = store if isinstance(store, Graph) or not bounded else Once(store)
    for most in (THINGS, NEAREST) if bounded else (0,):
        around = Surroundings(store, subject, as_of, stated_only, min_confidence, most)
        walk = Walk(around, subject, as_of, stated_only, most=most)
        if direction in ("both", "up") or subject.label == "Obligation":
            walk.follow("up", depth if direction != "down" else 1)
            if direction == "down":
                walk.ends.clear()
                walk.doors.clear()
        if direction in ("both", "down"):
            walk.follow("down", depth)
        if not around.overflown:
            break
    walk.enter()
    walk.join()
    walk.renew()
    walk.prune()
    walk.name_people()
    walk.count()
    chain = Chain(subject, direction, depth, as_of, stated_only, min_confidence)
    chain.bounded = bool(walk.counted)
    chain.cut = not chain.bounded and walk.goes_on()
    build(walk, chain)
    complete(walk, chain, shown(chain) if shown else None, texts)
    return chain
