"""What a pattern cannot do without, read off the pattern itself."""

from __future__ import annotations

import atexit
import hashlib
import json
import re
import sys
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from kg.kept import file_for, keep

MARKS = "\n。！？；，：、"
"""The marks that a match may be unable to run over."""

_MOST = 160  # words that one pattern is looked for by
_SETS, _DEAR = 3, 8.0  # sets of words that one pattern is looked for by, and what a further one may cost
_FAR = 1000  # characters; more is no bound
_COSTS = (0.0, 1.0, 0.15)  # how often a word of so many characters may stand in a text; longer ones hardly ever
_ITEMS = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}
_COMMON = frozenset("的、，。：；（）“”一二三是在和与要为 0123456789\n")


@dataclass(frozen=True, slots=True)
class Needs:
    """What the matches of a pattern have in common.

    Each holds a word of every set in ``words`` (the rarest first) and none of ``marks``; what follows it matters for
    ``reach`` characters at most, None where no bound is known. ``start`` is a class of characters of which it begins with
    one, in a pattern's notation; '' where none is known, and where the engine looks for one of its own accord.
    """

    words: tuple[frozenset[str], ...]
    marks: str
    reach: int | None
    start: str = ""


@lru_cache(None)
def needs(pattern: str, flags: int = 0) -> Needs:
    """What every match of a pattern needs. Nothing is claimed of a pattern with flags, but for that of several lines.

    It is kept for the next start, since parsing all patterns of the tables takes longer than reading a notice.
    """
    known, key = _known(), hashlib.sha256(f"{flags} {pattern}".encode()).hexdigest()[:32]
    if key in known:
        words, marks, reach, start = known[key]
        return Needs(tuple(map(frozenset, words)), marks, reach, start)
    found = _read_off(pattern, flags)
    known[key] = [list(map(sorted, found.words)), found.marks, found.reach, found.start]
    return found


@cache
def _known() -> dict[str, Any]:
    """The needs of patterns met before, by digest; what joins them is written when the process ends."""
    path = file_for("needs", {"needs.py": Path(__file__).read_bytes(), "python": sys.version.encode()})
    try:
        known: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        known = {}
    before = len(known)
    atexit.register(lambda: keep(path, known) if len(known) > before else None)
    return known


def _read_off(pattern: str, flags: int) -> Needs:
    tree = import_module("re._parser").parse(pattern, flags)
    if tree.state.flags & ~(re.UNICODE | re.MULTILINE):
        return Needs((), "", None)
    held = sorted(_words(tree)[1], key=_cost_of)
    words = [h for n, h in enumerate(held) if n == 0 or n < _SETS and _cost_of(h) < _DEAR]
    eaten = _eaten(tree)
    marks = "".join(c for c in MARKS if c not in eaten)
    start = _start(tree) if tree.state.flags == flags | re.UNICODE else ""
    return Needs(tuple(map(frozenset, words)), marks, _reach(tree), start)


def _words(tree: Any) -> tuple[set[str] | None, list[set[str]]]:
    """All that a part of a pattern can match where that is little (else None), and sets of words of each of which every
    match holds one."""
    exact, whole = {""}, True
    held: list[set[str]] = []
    for op, value in tree.data:
        these, more = _words_of(op.name, value)
        held += more
        if these is not None and len(exact) * len(these) <= _MOST:
            exact = {a + b for a in exact for b in these}
            continue
        whole = False
        held.append(exact)
        exact = these or {""}
    held.append(exact)
    return (exact if whole else None), [_fewest(h) for h in held if h and "" not in h]


def _words_of(op: str, value: Any) -> tuple[set[str] | None, list[set[str]]]:
    if op == "LITERAL":
        return {chr(value)}, []
    if op in ("ASSERT", "ASSERT_NOT", "AT"):
        return {""}, []
    if op == "IN":
        return _chars(value), []
    if op == "BRANCH":
        parts = [_words(p) for p in value[1]]
        if all(e is not None for e, _ in parts) and sum(len(e or ()) for e, _ in parts) <= _MOST:
            return {w for e, _ in parts for w in e or ()}, []
        best = [min(h, key=_cost_of, default=None) for _, h in parts]
        return None, [{w for b in best for w in b or ()}] if all(best) else []
    if op == "SUBPATTERN":
        return _words(value[3]) if not value[1] and not value[2] else (None, [])
    if op == "ATOMIC_GROUP":
        return _words(value)
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, part = value
        exact, held = _words(part)
        if most == 1 and exact is not None:
            return (exact | {""} if least == 0 else exact), []
        return None, held if least else []
    return None, []


def _chars(items: Any) -> set[str] | None:
    """The characters of a class, None where they are many."""
    found: set[str] = set()
    for op, value in items:
        if op.name == "LITERAL":
            found.add(chr(value))
        elif op.name == "RANGE" and value[1] - value[0] < 32:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return found


def _fewest(words: set[str]) -> set[str]:
    """Without the words that hold another."""
    sizes = sorted({len(w) for w in words})
    if len(sizes) == 1:
        return words
    return {
        w for w in words if not any(w[i : i + n] in words for n in sizes if n < len(w) for i in range(len(w) - n + 1))
    }


def _cost_of(words: set[str]) -> float:
    return sum(map(_cost, words))


def _cost(word: str) -> float:
    return 20.0 if word in _COMMON else _COSTS[len(word)] if len(word) < len(_COSTS) else 0.05


def _eaten(tree: Any) -> set[str]:
    """Characters, with all marks that a match can hold among them."""
    found: set[str] = set()
    for op, value in tree.data:
        found.update(_eaten_by(op.name, value))
    return found


def _eaten_by(op: str, value: Any) -> Collection[str]:
    if op == "LITERAL":
        return chr(value)
    if op == "NOT_LITERAL":
        return MARKS.replace(chr(value), "")
    if op in ("ASSERT", "ASSERT_NOT", "AT", "GROUPREF"):
        return ()
    if op == "ANY":
        return MARKS.replace("\n", "")
    if op == "IN":
        return [c for c in MARKS if _in(value, c)]
    if op == "BRANCH":
        return set().union(*map(_eaten, value[1]))
    if op == "SUBPATTERN" and not value[1] and not value[2]:
        return _eaten(value[3])
    if op == "ATOMIC_GROUP":
        return _eaten(value)
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _eaten(value[2])
    return MARKS


def _in(items: Any, c: str) -> bool:
    negated, found = False, False
    for op, value in items:
        kind = op.name
        if kind == "NEGATE":
            negated = True
        elif kind == "LITERAL":
            found = found or chr(value) == c
        elif kind == "RANGE":
            found = found or value[0] <= ord(c) <= value[1]
        else:  # \s, \d and their like
            known = {"CATEGORY_SPACE": c.isspace(), "CATEGORY_DIGIT": False, "CATEGORY_WORD": False}
            found = found or known.get(value.name, not negated)
    return found != negated


def _reach(tree: Any) -> int | None:
    """How many characters after a match may matter, with two more to tell the end of the text (or its last line's) from
    that of a part."""
    most = 2
    for op, value in tree.data:
        kind, ahead = op.name, 0
        if kind in ("LITERAL", "IN"):
            continue
        parts: list[Any] = []
        if kind in ("ASSERT", "ASSERT_NOT"):
            parts = [value[1]]
            ahead = value[1].getwidth()[1] if value[0] > 0 else 0
        elif kind == "BRANCH":
            parts = value[1]
        elif kind == "SUBPATTERN":
            parts = [value[3]]
        elif kind == "ATOMIC_GROUP":
            parts = [value]
        elif kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            parts = [value[2]]
        elif kind == "GROUPREF_EXISTS":
            return None
        reaches = [_reach(part) for part in parts]
        if ahead > _FAR or None in reaches:
            return None
        most = max(most, *(ahead + (r or 0) for r in reaches)) if reaches else most
    return most


def _start(tree: Any) -> str:
    these, empty = _starts(tree)
    if not these or empty or _begins_plainly(tree):
        return ""
    return f"[{''.join(sorted(these))}]"


def _begins_plainly(tree: Any) -> bool:
    """Whether the engine itself sees which characters a match may begin with: it looks no further than the first part."""
    op, value = tree.data[0]
    if op.name == "BRANCH":
        return all(p.data and p.data[0][0].name == "LITERAL" for p in value[1])
    return _begins_plainly(value[3]) if op.name == "SUBPATTERN" else op.name in ("LITERAL", "IN")


def _starts(tree: Any) -> tuple[set[str] | None, bool]:
    """What a part may begin with, as items of a class of characters, None where that is much; and whether it may be empty."""
    found: set[str] = set()
    for op, value in tree.data:
        these, empty = _starts_of(op.name, value)
        if these is None:
            return None, False
        found |= these
        if not empty:
            return found, False
    return found, True


def _starts_of(op: str, value: Any) -> tuple[set[str] | None, bool]:
    if op == "LITERAL":
        return {re.escape(chr(value))}, False
    if op in ("ASSERT", "ASSERT_NOT", "AT"):
        return set(), True
    if op == "IN":
        chars = [_ITEMS.get(v.name) if o.name == "CATEGORY" else _range(o.name, v) for o, v in value]
        return (None if None in chars else {c for c in chars if c}), False
    if op == "BRANCH":
        parts = [_starts(p) for p in value[1]]
        much = any(these is None for these, _ in parts)
        return None if much else {c for these, _ in parts for c in these or ()}, any(empty for _, empty in parts)
    if op == "SUBPATTERN" and not value[1] and not value[2]:
        return _starts(value[3])
    if op == "ATOMIC_GROUP":
        return _starts(value)
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        these, empty = _starts(value[2])
        return these, empty or value[0] == 0
    return None, False


def _range(op: str, value: Any) -> str | None:
    """A character of a class, or a run of few."""
    if op == "LITERAL":
        return re.escape(chr(value))
    few = op == "RANGE" and value[1] - value[0] < 32
    return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}" if few else None
