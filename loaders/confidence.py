"""How sure a statement of prose is: how often those of its rule were right on annotated notices.

``confidence.tsv`` says it: a line for each kind of statement, rule, and confidence that the reading stage itself gives
('said'), with the counts that it rests on: on notices that rules are written with, and at first contact with notices that
no rule had been written with. A kind is a relationship, or that a thing of a class is mentioned ('STATED_IN Person').
Lines of the rule '*' sum a kind; what no line speaks of is believed as its kind is, but no more than its stage believes
it. ``tests/reading/reliability.py`` counts anew.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("confidence.tsv")
ANY = "*"
PRIOR = 10
"""So many statements a rule must have made to be believed as much for itself as for its kind."""


@dataclass(frozen=True, slots=True, order=True)
class Counts:
    """Of so many judged statements, so many were right: on notices that rules are written with, and at first contact."""

    kind: str
    rule: str
    said: float
    right: int = 0
    judged: int = 0
    first_right: int = 0
    first_judged: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """Counts and the confidence that follows from them; ``said`` is 0 for the rule '*'."""

    counts: Counts
    confidence: float


def kind_of(type_: str, source_label: str) -> str:
    """The kind of a statement by its relationship and the class of its source."""
    return f"{type_} {source_label}" if type_ == "STATED_IN" else type_


def calibrated(type_: str, source_label: str, rule: str, said: float) -> float:
    """The confidence, 0..1 with two decimals, of a statement that a stage gives ``said``."""
    known = _known()
    if not known:
        return said
    kind = kind_of(type_, source_label)
    found = known.get((kind, rule, said))
    return found if found is not None else min(said, known.get((kind, ANY, 0.0), known[ANY, ANY, 0.0]))


@contextmanager
def as_said() -> Iterator[None]:
    """Meanwhile a statement keeps what its stage gives it: for counting anew."""
    kept = dict(_known())
    _known().clear()
    try:
        yield
    finally:
        _known().update(kept)


def lines() -> list[Line]:
    """The table as it is kept."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader((x for x in file if not x.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Line(Counts(r[0], r[1], float(r[2]), *map(int, r[3:7])), float(r[7])) for r in rows]


def smoothed(counted: Iterable[Counts]) -> list[Line]:
    """Lines with their confidences, and those of the kinds.

    A kind is as sure as it was at first contact, drawn towards all kinds together by PRIOR statements. A rule is taken to
    be as much surer or less sure than its kind as it is on the notices that rules are written with (drawn towards the
    kind by PRIOR statements), until its own first contact says otherwise. Each is the mean of a Beta distribution, so
    that few statements never make a rule certain.
    """
    rows = sorted(c for c in counted if c.rule != ANY)
    kinds = {kind: _sum(kind, [c for c in rows if c.kind == kind]) for kind in sorted({c.kind for c in rows})}
    overall = _sum(ANY, kinds.values())
    base = (overall.first_right + 1) / (overall.first_judged + 2)
    sure = {k: _drawn(c.first_right, c.first_judged, base) for k, c in kinds.items()}
    out = [Line(overall, round(base, 2)), *(Line(c, round(sure[k], 2)) for k, c in kinds.items())]
    for c in rows:
        usual = (kinds[c.kind].right + 1) / (kinds[c.kind].judged + 2)
        expected = min(1.0, sure[c.kind] * _drawn(c.right, c.judged, usual) / usual)
        out.append(Line(c, round(min(_drawn(c.first_right, c.first_judged, expected), 0.99), 2)))
    return out


def write(found: Iterable[Line]) -> None:
    """Keep a table."""
    head = (
        "# How sure statements are, by kind, rule and what the stage says: see confidence.py. Written by\n"
        "# tests/reading/reliability.py; right and judged can be counted again, first_right and first_judged cannot.\n"
        "kind\trule\tsaid\tright\tjudged\tfirst_right\tfirst_judged\tconfidence\n"
    )
    rows = ("\t".join([*(f"{v:g}" if isinstance(v, float) else str(v) for v in (*astuple(x.counts), x.confidence))])
            for x in found)  # fmt: skip
    FILE.write_text(head + "".join(f"{row}\n" for row in rows), "utf-8")
    _known.cache_clear()


def _sum(kind: str, counted: Iterable[Counts]) -> Counts:
    rows = list(counted)
    return Counts(
        kind, ANY, 0.0, sum(c.right for c in rows), sum(c.judged for c in rows), sum(c.first_right for c in rows),
        sum(c.first_judged for c in rows),
    )  # fmt: skip


def _drawn(right: int, judged: int, towards: float) -> float:
    return (right + PRIOR * towards) / (judged + PRIOR)


@cache
def _known() -> dict[tuple[str, str, float], float]:
    return {(x.counts.kind, x.counts.rule, x.counts.said): x.confidence for x in lines()}
