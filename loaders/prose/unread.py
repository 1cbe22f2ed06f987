"""What a page leaves unread: words of duty and of supervision whose clause gave no statement of their kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import accumulate

from kg.explain import Unread
from kg.lazy import lazy
from kg.model import Edge
from loaders.prose.page import Page, Span
from loaders.prose.relate.directive import Directives
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import BODIES, PEOPLE, Slots

DUTY = frozenset("BEARS ASSIGNED APPLIES_IN HAS_TARGET SECURES LISTED_IN SANCTIONED".split())
OVER = frozenset("SUPERVISES IN_CHARGE_OF SANCTIONED PART_OF_SCHEME".split())
MET = frozenset("CONVENED CHAIRED SPOKE_AT ATTENDED CONCERNS".split())
READS = {"directive": DUTY | OVER, "supervisory": OVER}
"""By kind of word, the relationships that its clause may have given."""

_NEAR = 20  # characters before a word in which a party's preposition belongs to it
_SLOT = f"[{PEOPLE}{BODIES}]"
_AFTER = lazy(f"了?(?:一?[次下])?[各全]?{_SLOT}")

Original = Callable[[Span], tuple[int, int]]


def unread(page: Page, original: Original, edges: Iterable[Edge]) -> list[Unread]:
    """In order; ``original`` maps spans of the page to the notice's own characters, in which the edges' evidence is."""
    edges = list(edges)
    read = {kind: _Runs(edges, types) for kind, types in READS.items()}
    said = _Runs(edges, {"ABOUT", *DUTY, *OVER, *MET})
    slots = Slots(page)
    directives = Directives(slots.text, page.text)
    found: dict[tuple[int, int, str], Unread] = {}
    for sentence in page.sentences:
        if sentence.heading:
            continue
        start, end = original(sentence.span)
        for clause in sentence.clauses:
            here = original(clause)
            for kind, word, construction in _words(slots.text, page.text, clause, directives):
                # in a clause that says something else a word of supervision is missed where it has somebody to stand over
                missed = kind == "supervisory" and "…" in construction or not said.touch(*here)
                if not missed or read[kind].touch(*here):
                    continue
                at, till = original(word)
                key = (start, clause.start, construction)
                found.setdefault(key, Unread(start, end, at, till, kind, construction))
    return sorted(found.values())


def sentences(page: Page, original: Original) -> list[tuple[int, int]]:
    """The page's sentences in the notice's own offsets."""
    return [original(s.span) for s in page.sentences]


class _Runs:
    """The runs of words that stated edges of some types rest on, to ask whether any overlaps another run."""

    def __init__(self, edges: Iterable[Edge], types: Collection[str]) -> None:
        runs = sorted({(v.start, v.end) for e in edges if not e.derived and e.type in types for v in e.evidence})
        self._starts = [start for start, _ in runs]
        self._furthest = list(accumulate((end for _, end in runs), max))

    def touch(self, start: int, end: int) -> bool:
        i = bisect_left(self._starts, end)
        return i > 0 and self._furthest[i - 1] > start


def _words(slotted: str, text: str, clause: Span, directives: Directives) -> Iterator[tuple[str, Span, str]]:
    """Kind, word and construction of each word of duty or supervision in a clause that is not told as something else."""
    if directives.excluded(clause.start, clause.end):
        return
    t, own = table("unread"), []
    for kind in READS:
        for row in t[kind]:
            for m in row.pattern.finditer(slotted, clause.start, clause.end):
                own.append((kind, Span(*m.span("V"))))
    for modal in directives.modals(clause.start, clause.end):
        if not any(w.start < modal.end and modal.start < w.end for _, w in own):
            own.append(("directive", Span(modal.start, modal.end)))
    for kind, word in sorted(own, key=lambda one: one[1]):
        yield kind, word, construction(slotted, text, clause, word)


def construction(slotted: str, text: str, clause: Span, word: Span) -> str:
    """A word with its shape: '由…负责', '对…督导', '督导…' before a named party, '督导'."""
    low = max(clause.start, word.start - _NEAR, *(slotted.rfind(c, clause.start, word.start) + 1 for c in "，：；、 "))
    before = list(_party().finditer(slotted, low, word.start))
    head = f"{before[-1][0]}…" if before and before[-1].end() < word.start else ""
    after = "" if head or not _AFTER.match(slotted, word.end) else "…"
    return f"{head}{text[word.start : word.end]}{after}"


@cache
def _party() -> re.Pattern[str]:
    return re.compile(table("unread").words["party"] + "(?!于)")
