"""How sure a statement of prose is: how often those of its rule were right on annotated notices.

``confidence.tsv`` says it: a line for each kind of statement, rule, and confidence that the reading stage itself gives
('said'), with the counts that it rests on. A kind is a relationship, or that a thing of a class is mentioned
('STATED_IN Person'). Lines of the rule '*' hold what a kind came to on notices that no rule had been written with; what no
line speaks of is believed as its kind is, but no more than its stage believes it. ``tests/reading/reliability.py``
counts anew.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("confidence.tsv")
ANY = "*"
PRIOR = 10
"""So many statements a rule must have made to be believed as much for itself as for its kind."""


@dataclass(frozen=True, slots=True)
class Line:
    """How many of so many judged statements were right, and the confidence that follows; ``said`` is 0 for '*'."""

    kind: str
    rule: str
    said: float
    right: int
    judged: int
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
        rows = csv.DictReader((x for x in file if not x.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Line(r["kind"], r["rule"], float(r["said"]), int(r["right"]), int(r["judged"]), float(r["confidence"]))
            for r in rows
        ]


def smoothed(counted: Iterable[tuple[str, str, float, int, int]]) -> list[Line]:
    """Lines with their confidences from (kind, rule, said, right, judged).

    A kind is as sure as it was on first contact, drawn towards all kinds together by PRIOR statements. A rule is as much
    surer or less sure than its kind as it was, drawn towards it by PRIOR statements, on the notices that rules are written
    with. Each share is that of a Beta distribution, so that few statements never make a rule certain.
    """
    rows = list(counted)
    fresh = {kind: (right, judged) for kind, rule, _, right, judged in rows if rule == ANY and kind != ANY}
    right, judged = sum(r for r, _ in fresh.values()), sum(n for _, n in fresh.values())
    overall = (right + 1) / (judged + 2)
    kinds = {kind: _drawn(r, n, overall) for kind, (r, n) in fresh.items()}
    out = [Line(ANY, ANY, 0.0, right, judged, round(overall, 2))]
    out += [Line(k, ANY, 0.0, *fresh[k], round(kinds[k], 2)) for k in sorted(fresh)]
    tuned: dict[str, list[int]] = {}
    for kind, rule, _, r, n in rows:
        if rule != ANY:
            both = tuned.setdefault(kind, [0, 0])
            both[0] += r
            both[1] += n
    for kind, rule, said, r, n in sorted(rows):
        if rule != ANY:
            usual = (tuned[kind][0] + 1) / (tuned[kind][1] + 2)
            sure = kinds.get(kind, overall) * _drawn(r, n, usual) / usual
            out.append(Line(kind, rule, said, r, n, round(min(sure, 0.99), 2)))
    return out


def write(found: Iterable[Line]) -> None:
    """Keep a table."""
    head = (
        "# How sure statements are, by kind, rule and what the stage says, with the counts it rests on: see confidence.py.\n"
        "# Made by tests/reading/reliability.py --write; the lines of the rule * are of first contact and stay.\n"
    )
    rows = [f"{x.kind}\t{x.rule}\t{x.said:g}\t{x.right}\t{x.judged}\t{x.confidence:g}\n" for x in found]
    FILE.write_text(head + "kind\trule\tsaid\tright\tjudged\tconfidence\n" + "".join(rows), "utf-8")
    _known.cache_clear()


def _drawn(right: int, judged: int, towards: float) -> float:
    return (right + PRIOR * towards) / (judged + PRIOR)


@cache
def _known() -> dict[tuple[str, str, float], float]:
    return {(x.kind, x.rule, x.said): x.confidence for x in lines()}
