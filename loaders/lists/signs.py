"""Signs and words that mark what a body has to do with a row (★ ○ √, 牵头), and the lines that explain them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from kg.lazy import lazy
from loaders.lists.words import inside_roles, nothings, summing, words
from loaders.source.grid import Grid

_SAMPLE = 400  # rows by which columns of marks are told
_NOTES = 20  # last rows of a long grid, where notes stand


@cache
def _marks() -> frozenset[str]:
    own = words()["legend"]
    return frozenset((*own["marks"], *own["short"], *inside_roles()[1]))


def is_mark(text: str) -> bool:
    """Whether a cell only marks its column's body as concerned with its row ('★', '牵头')."""
    return text in _marks() or spelt_role(text) != ""


def spelt_role(text: str) -> str:
    """The role that a mark says in a word of its own ('★牵头', '（主）'), '' where it is but a sign."""
    word = text.strip(_signs()) if len(text) < 8 else ""
    return inside_roles()[1].get(word) or words()["legend"]["short"].get(word, "")


@cache
def _signs() -> str:
    return f"{words()['legend']['marks']}（）() "


_MARK = r"(?P<mark>(?<!\d)\d(?!\d)|[^\s\u4e00-\u9fff\d，。；：、“”\"'（）()—–－=:|/-]{1,2})"


def explained(text: str) -> set[str]:
    """The marks that lines explain by a role, whatever they look like ('A为牵头单位')."""
    return {m["mark"] for p in legends(_MARK) for m in p.finditer(text)} - nothings()


@cache
def legends(mark: str) -> tuple[re.Pattern[str], ...]:
    """The ways in which a line explains a mark (a pattern)."""
    every = "|".join(sorted(map(re.escape, inside_roles()[1]), key=len, reverse=True))
    spelt = f"[“”\"'「」]?{mark}[“”\"'「」]?"
    own = words()["legend"]["patterns"]
    return tuple(lazy(p.replace("@MARK", spelt).replace("@ROLE", f"(?P<role>{every})")) for p in own)


def legend(text: str, used: Iterable[str]) -> dict[str, str]:
    """The role of each mark: by the words of a legend ('“★”为牵头单位', '配合单位用○表示'), or because the mark is such a word."""
    role, found = inside_roles()[1], dict[str, str]()
    lines, used = text.split("\n"), set(used)
    for mark in used - (nothings() - _marks()):
        ways = legends(re.escape(mark))
        said = (m for line in lines if mark in line and (m := ways[forward(line, used)].search(line)))
        if own := spelt_role(mark):
            found[mark] = own
        elif m := next(said, None):
            found[mark] = role[m["role"]]
    return found


def forward(line: str, marks: Iterable[str]) -> int:
    """Which way a line explains its marks: 0 where the role stands behind the last of them ('★牵头 ☆配合'), else 1."""
    last = max(marks, key=line.rfind)
    return 0 if legends(re.escape(last))[0].match(line[max(0, line.rfind(last)) :].lstrip()) else 1


def signs(lines: Iterable[str]) -> dict[str, str]:
    """The roles of signs that stand beside names ('县水利局★'), by the lines that explain them."""
    text = "\n".join(lines)
    return legend(text, {c for c in words()["legend"]["marks"] if c in text})


def alone(grid: Grid) -> list[str]:
    """The lines of a grid and around it, and what stands alone or beside signs among its rows: where marks are explained."""
    rows = grid.rows if len(grid.rows) <= _SAMPLE else [*grid.rows[:_SAMPLE], *grid.rows[-_NOTES:]]
    sign = re.compile(f"[{re.escape(words()['legend']['marks'])}]")
    filled = ([c for c in row.cells if c] for row in rows)
    inside = [c for texts in filled for c in texts if len(texts) == 1 or len(c) > 2 and sign.search(c)]
    return [*grid.before, *inside, *grid.after]


def marked(grid: Grid, marks: Callable[[str], bool]) -> frozenset[int]:
    """The columns that hold nothing but marks from their first one on; one mark is none."""
    seen: dict[int, int] = {}
    spelt: set[int] = set()
    for row in grid.rows[:_SAMPLE]:
        if summing(next((c for c in row.cells if c), "")):
            continue
        for k, text in enumerate(row.cells):
            if text and (marks(text) or seen.get(k) and text not in nothings()):
                over = seen.get(k) == 1 and k in spelt  # '牵头单位' over the bodies, where it is no mark
                seen[k] = seen.get(k, 0) + 1 if marks(text) else 0 if over else -_SAMPLE
                spelt |= {k} if len(text) > 2 else set()
    found = frozenset(k for k, n in seen.items() if n > 0)
    return found if len(found) > 1 and sum(seen[k] for k in found) > 2 else frozenset()
