"""The accountability lists that are loaded, and two states of one side by side."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from kg.errors import KgError
from kg.history.compare import CHANGES, Comparison, Line
from kg.history.listed import Item, Word
from kg.web.api import AsOf, MinConfidence, bench_of
from kg.web.render import render, thing_path, words_of
from kg.web.words import Words

router = APIRouter()
SHOWN = 100
"""Items on a page."""
_QUIET = ("unchanged", "listed")
_ALIKE, _LONG = 0.5, 600  # wordings less alike, or longer, are not compared character by character

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a cell of the page: its text in pieces (True: differs from the other side), what the list says in its own
    words where that is not the same, and where."""

    pieces: Pieces
    href: str
    role: str
    quote: str
    cell: str
    ref: str
    at: str


@dataclass(frozen=True, slots=True)
class Field:
    """A line of an item: its name, the values in both states, and whether they differ."""

    name: str
    old: list[Value]
    new: list[Value]
    differs: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the comparison; ``marks`` are its changes as ``(key, text)``."""

    number: str
    marks: list[tuple[str, str]]
    fields: list[Field]
    old: bool
    new: bool
    perhaps: tuple[str, str, str] | None
    sure: str
    punished: list[Value]


@router.get("/lists")
def lists(request: Request) -> HTMLResponse:
    """The lists, the states of one together."""
    return render(request, "lists.html", series=bench_of(request).lists())


@router.get("/lists/compare")
def compare(
    request: Request, list: str, before: str = "", as_of: AsOf = "", min_confidence: MinConfidence = 0.0,
    change: str = "", page: Annotated[int, Query(ge=1)] = 1,
) -> HTMLResponse:  # fmt: skip
    """Two states of a list, item by item; ``change`` shows the items of which that is said."""
    bench, say = bench_of(request), words_of(request)
    asked = {"list": list, "before": before, "as_of": as_of, "min_confidence": min_confidence or ""}
    try:
        found = bench.compare(list, before, as_of=as_of, min_confidence=min_confidence)
    except KgError as error:
        return render(
            request, "compare.html", found=None, error=str(error), candidates=error.shown, asked=asked, states=(),
            as_of=as_of, min_confidence=min_confidence,
        )  # fmt: skip
    states = next(s for s in bench.lists() if any(x.uid == found.new.uid for x in s))
    asked |= {"list": found.new.uid, "before": found.old.uid if found.old else ""}
    chosen = [x for x in found.lines if change in x.changes] if change in CHANGES else found.lines
    loud = [x for x in chosen if change in CHANGES or x.changes[0] not in _QUIET]
    quiet = [x for x in chosen if x not in loud] if page == 1 else []
    last = max(1, -(-len(loud) // SHOWN))
    page = min(page, last)
    return render(
        request, "compare.html", found=found, error="", states=states, asked=asked, as_of=as_of,
        min_confidence=min_confidence, change=change, quiet_key="unchanged" if found.old else "listed",
        loud=[_entry(x, found, say) for x in loud[(page - 1) * SHOWN : page * SHOWN]],
        quiet=[_entry(x, found, say) for x in quiet[:SHOWN]], hidden=max(0, len(quiet) - SHOWN), page=page, last=last,
        sure=_sure(found.confidence, found.basis, say),
    )  # fmt: skip


def _entry(line: Line, found: Comparison, say: Words) -> Entry:
    old, new, perhaps = line.old, line.new, line.perhaps
    numbers = [i.number for i in (old, new) if i and i.number]
    number = " → ".join(dict.fromkeys(numbers))
    marks = [(c, say.change(c, days=_days(c, line, found.day))) for c in line.changes]
    near = None
    if perhaps is not None:
        near = thing_path("Obligation", perhaps.uid), perhaps.number, perhaps.duty.text
    return Entry(
        number, marks, _fields(old, new, say), old is not None, new is not None, near,
        _sure(line.confidence, line.basis, say) if perhaps or (old and new) else "", [_value(w) for w in line.punished],
    )  # fmt: skip


def _fields(old: Item | None, new: Item | None, say: Words) -> list[Field]:
    """The lines of an item, those that neither state has left out."""
    both = (old, new)
    rows: list[tuple[str, list[list[Word]], bool]] = []
    for name in ("duty", "problem"):
        rows.append((name, [_one(getattr(i, name)) if i else [] for i in both], True))
    rows.append(("bearer", [i.bearers if i else [] for i in both], False))
    others = [[w for w in i.parties if w not in i.bearers] if i else [] for i in both]
    rows.append(("others", others, False))
    for name in ("deadline", "progress"):
        rows.append((name, [_one(getattr(i, name)) if i else [] for i in both], False))
    fields = []
    charge = not any(i.uid.startswith("obligation:") for i in both if i)  # a roster's item is a place or a body
    for name, (left, right), wording in rows:
        if left or right:
            one = len(left) == len(right) == 1
            marked = wordings(left[0].text, right[0].text) if wording and one else None
            shown = [
                [_value(w, say, marked[side] if marked else None) for w in words]
                for side, words in enumerate((left, right))
            ]
            said = [[(w.text, w.uid, w.role, w.quote if name == "progress" else "") for w in x] for x in (left, right)]
            label = "charge" if charge and name == "duty" else name
            fields.append(Field(label, shown[0], shown[1], old is not None and new is not None and said[0] != said[1]))
    return fields


def _one(word: Word | None) -> list[Word]:
    return [word] if word is not None else []


def _value(word: Word, say: Words | None = None, pieces: Pieces | None = None) -> Value:
    cell = word.cell.rpartition("#")[2]
    at = thing_path("Notice", word.notice) + (f"#at-{word.start}" if word.start >= 0 else "") if word.notice else ""
    role = say.value("BEARS", "role", word.role) if say and word.role else ""
    return Value(
        pieces or [(word.text or word.quote, False)], thing_path("", word.uid) if word.uid else "", role,
        word.quote if word.quote and word.quote != word.text and word.text else "", cell, word.cell, at,
    )  # fmt: skip


def wordings(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Two wordings in pieces, True where they differ; wholly otherwise worded ones are left in one piece."""
    match = SequenceMatcher(None, old, new, autojunk=False)
    if old == new or max(len(old), len(new)) > _LONG or match.ratio() < _ALIKE:
        return [(old, False)], [(new, False)]
    steps = match.get_opcodes()
    left = [(old[a:b], tag != "equal") for tag, a, b, _, _ in steps if b > a]
    right = [(new[a:b], tag != "equal") for tag, _, _, a, b in steps if b > a]
    return left, right


def _sure(confidence: float | None, basis: str, say: Words) -> str:
    """How surely two are the same, and why."""
    if confidence is None:
        return ""
    return " · ".join(t for t in (f"{say('confidence')} {confidence:.2f}", say.basis(basis)) if t)


def _days(change: str, line: Line, day: str) -> int | None:
    """By how many days a deadline moved, or has passed."""
    old, new = (line.old.due if line.old else ""), (line.new.due if line.new else "")
    first, last = {"overdue": (new, day), "deadline_moved": (old, new), "deadline_advanced": (new, old)}.get(
        change, ("", "")
    )
    try:
        return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days
    except ValueError:
        return None
