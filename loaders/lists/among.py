"""What the columns of a header mean among one another: whose title a column holds, which come again side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.lazy import lazy
from loaders.lists.words import Meaning, meaning

if TYPE_CHECKING:
    from loaders.lists.header import Column

_EXTENT = lazy(r"(?:范围|区域|区|划分)(?:（.*）)?$")
_GIVING = lazy(r"(?<!被)(?:约谈|问责|处理)人$")
PARTS = ("name", "title", "unit", "phone")
PEOPLE = ("party", "charge", "holder", "punished", "name", "rota")


def twins(columns: list[Column]) -> None:
    """Heads that differ by what stands in their brackets alone are of one person: '县级河长（姓名）', '县级河长（职务）'."""
    named = {c.header.removesuffix("（姓名）") for c in columns if c.header.endswith("（姓名）")}
    for c in columns:
        stem, _, inner = c.header.removesuffix("）").rpartition("（")
        if stem in named and inner != "姓名" and (part := meaning(inner)) is not None and part.kind in PARTS:
            c.meaning, c.kind = part, part.kind


def projects(columns: list[Column]) -> None:
    """Projects beside what they build are no firms, which such a column has in a roster; nor are sites beside what must be done
    there, they say where."""
    for c in columns:
        if c.kind == "firm" and re.search(r"(?:点位|工地)(?:名称)?$", c.header):
            c.meaning, c.kind = Meaning("place"), "place"
        if c.kind == "firm" and re.search(r"项目(?:名称)?$", c.header):
            c.meaning, c.kind = Meaning("group"), "group"


def heads(columns: list[Column]) -> None:
    """The head of a unit (单位负责人) is a firm's in a list of firms; beside the bodies that bear a duty he is theirs."""
    if any(c.kind == "firm" for c in columns) or not any(body_only(c) for c in columns):
        return
    for c in columns:
        if c.kind == "holder" and c.meaning is not None and c.meaning.at == "firm" and "单位" in c.header:
            c.meaning, c.kind = Meaning("party", "责任", "person"), "party"


def members(columns: list[Column]) -> None:
    """Beside what each has to do the members of a committee (成员单位) are who does it; beside forms of punishment the body
    that carries them out (实施机关) gave them, and so did the 约谈人 beside an 约谈对象."""
    parties = [c for c in columns if c.kind == "party"]
    if not parties and any(c.kind == "measure" for c in columns):
        for c in columns:
            if c.header.endswith("成员单位"):
                c.meaning, c.kind = Meaning("party", "责任", "body"), "party"
    if any(c.kind == "form" for c in columns):
        for c in parties:
            if c.header.endswith("实施机关"):
                c.meaning, c.kind = Meaning("by"), "by"
    met = [c for c in columns if c.kind == "punished"]
    for c in met if any(not _GIVING.search(c.header) for c in met) else ():
        if _GIVING.search(c.header):
            c.meaning, c.kind = Meaning("by", of="person"), "by"


def numbered_grids(columns: list[Column]) -> None:
    """Where people have grids that nothing else names, the grids' numbers are their names."""
    if any(c.kind == "grid" for c in columns):
        return
    if any(c.meaning and c.kind == "charge" and c.meaning.wants[:1] == ("grid",) for c in columns):
        for c in columns:
            if c.kind == "serial" and "网格" in c.header.rpartition("/")[2]:
                c.meaning, c.kind = Meaning("grid"), "grid"


def extents(columns: list[Column]) -> None:
    """How far grids reach (网格范围) is no name of theirs where another column has one."""
    if any(c.kind == "grid" and not _EXTENT.search(c.header) for c in columns):
        for c in columns:
            if c.kind == "grid" and _EXTENT.search(c.header):
                c.meaning, c.kind = Meaning("group"), "group"


def repeated(columns: list[Column]) -> list[list[Column]]:
    """Columns that come again side by side, as blocks that share what stands before the first of them."""
    texts = [c.header for c in columns]
    for start in range(min(4, len(texts))):
        rest = texts[start:]
        for period in range(2, len(rest) // 2 + 1):
            times = len(rest) // period
            if rest[: period * times] == rest[:period] * times and len(rest) - period * times <= 1:
                shared, tail = columns[:start], columns[start + period * times :]
                if {c.kind for c in columns[start : start + period]} & {"charge", "party", "name", "holder"}:
                    return [
                        [replace(c) for c in (*shared, *columns[start + period * t : start + period * (t + 1)], *tail)]
                        for t in range(times)
                    ]
    return [columns]


def belong(columns: list[Column]) -> None:
    """Give every title and unit its person: the one under the same upper header, else the nearest to its left, else
    to its right."""
    people = [c for c in columns if c.kind in PEOPLE and not body_only(c)]
    taken: set[tuple[int, str]] = set()
    for c in columns:
        if c.kind not in ("title", "unit") or not people:
            continue
        over = c.header.rpartition("/")[0]
        same = [p for p in people if over and p.header.rpartition("/")[0] == over]
        left = [p for p in people if p.index < c.index and (p.index, c.kind) not in taken]
        right = [p for p in people if p.index > c.index and (p.index, c.kind) not in taken]
        near = same or left[-1:] or right[:1]
        if left and right and not same and c.index - left[-1].index > 2 and right[0].index == c.index + 1:
            near = right[:1]
        if near:
            c.person = near[0].index
            taken.add((near[0].index, c.kind))


def body_only(column: Column) -> bool:
    """Whether a column names bodies, never people."""
    m = column.meaning
    return m is not None and m.kind == "party" and m.of == "body"
