"""What the lines around a table say for its rows: '责任单位：县水利局' over it, '以上任务均须于6月底前完成' under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from kg.lazy import lazy
from loaders.lists.header import TARGETS, Column
from loaders.lists.layout import Cell, Table
from loaders.lists.words import Meaning, inside_roles, meaning, plain_header, words

_LABEL = lazy(
    r"(?:^|(?<=[\s；。，、|）)]))(?:[\d一二三四五六七八九]{1,2}[.．、])?([\u4e00-\u9fff、/]{2,14}(?:（[\u4e00-\u9fff、/]{1,8}）)?)[：:][ \u3000]*"
)
_END = lazy(r"[；。]|[ \u3000]{2,}|\u3000|$")
_CAPTION = lazy(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．])\s*"
    r"(?P<value>[\u4e00-\u9fff]{1,14}?(?:局|委|办|办公室|委员会|中心|公司|镇|乡|街道|县|区))"
    r"(?P<role>牵头|负责|承担|主办|配合)?的?(?:重点)?(?:任务|事项|工作|问题|部分)?(?:清单|台账)?(?:（[^）]*）)?[：:]?"
)  # '（二）敬安镇', '一、县水利局牵头任务（3项）'
_CLASS = lazy(r"各|有关|相关|乡镇|全|重点|其他|市直|县直|区直|[省市县区镇]级")
_BREAKS = str.maketrans({"\n": " ", "\t": " ", "\r": " "})
_SHARED = ("party", "deadline", "charge", "county", "town", "village", "river", "reach", "firm")


@dataclass(frozen=True, slots=True)
class Said:
    """A label of a line with its value: what it means, the value as a cell; ``line`` counts the lines."""

    line: int
    label: str
    meaning: Meaning
    cell: Cell


def lines(table: Table, text: str) -> Iterator[tuple[str, int]]:
    """The lines around a table, each with its place in the notice's text."""
    for n, raw in enumerate((*table.head, *table.foot)):
        line = raw.translate(_BREAKS)
        at = text.rfind(line, 0, table.start) if n < len(table.head) else -1
        at = at if at >= 0 else text.find(line, table.start)
        at = at if at >= 0 else text.find(line)
        if line and at >= 0:
            yield line, at


def said(table: Table, text: str) -> list[Said]:
    """The labels of the lines around a table that mean what a column could; those of who filled it in mean nothing."""
    out: list[Said] = []
    open_: tuple[str, Meaning] | None = None  # a label whose value stands in the next cell
    for n, (line, at) in enumerate(lines(table, text)):
        if open_ is not None:
            if not _LABEL.search(line):
                out.append(Said(n, *open_, Cell(line, at, 0, 0, 0)))
            open_ = None
        if _signed().search(line):
            continue
        labels = list(_LABEL.finditer(line))
        for m, after in zip_longest(labels, labels[1:]):
            known = meaning(plain_header(m[1]))
            if known is None or known.contact or m[1] in _own():
                continue
            end = _END.search(line, m.end(), after.start() if after else len(line))
            stop = end.start() if end else after.start() if after else len(line)
            value = line[m.end() : stop].rstrip("；。，、 \u3000")
            if value:
                out.append(Said(n, m[1], known, Cell(value, at + m.end(), 0, 0, 0)))
            elif after is None:
                open_ = m[1], known
    return [*out, *told(table, text)]


def told(table: Table, text: str) -> Iterator[Said]:
    """What a sentence says for all rows, by the rows of words.toml."""
    for n, (line, at) in enumerate(lines(table, text)):
        if n < len(table.head) and (m := _CAPTION.fullmatch(line)) and not _CLASS.match(m["value"]):
            place = {"镇": "town", "乡": "town", "道": "town", "县": "county", "区": "county"}.get(m["value"][-1], "")
            kind = "party" if m["role"] or not place else place
            role = inside_roles()[1].get(m["role"] or "责任人", "责任")
            known = Meaning(kind, role if kind == "party" else "", "body" if kind == "party" else "")
            yield Said(n, m["value"], known, Cell(m["value"], at + m.start("value"), 0, 0, 0))
        for kind, pattern in _sentences():
            for m in pattern.finditer(line):
                role = inside_roles()[1].get(m.groupdict().get("role") or "", "")
                known = Meaning(kind, role, "body" if kind == "party" else "")
                yield Said(n, m[0][:12], known, Cell(m["value"], at + m.start("value"), 0, 0, 0))


def share(table: Table, text: str) -> list[Said]:
    """Give every row what the lines say and no column of it does; what is left, with the places, is said of the list as a
    whole."""
    columns = table.header.columns
    kinds = {c.kind for c in columns}
    duties = bool(kinds & {"measure", "problem", "goal"}) and "form" not in kinds
    roles = {c.meaning.role for c in columns if c.meaning and c.kind == "party"}
    either = any(c.meaning and c.meaning.of == "either" for c in columns)
    rest: list[Said] = []
    for one in said(table, text):
        m = one.meaning
        fits = m.kind in _SHARED and (m.kind not in kinds or m.kind in ("deadline", "party"))
        if m.kind == "party":
            fits = (
                duties and m.role not in roles and not either and (m.of == "body" or bool(_leads().search(one.label)))
            )
        elif m.kind in TARGETS:
            fits = fits and not ("place" in kinds or m.kind == "county" and "town" in kinds)
        else:
            fits = fits and duties
        if not fits or m.kind in TARGETS:
            rest.append(one)
        if not fits or not table.records:
            continue
        column = Column(1 + max(c.index for c in columns), one.label, m)
        for block in {id(b): b for b in (columns, *(b for b, _ in table.records))}.values():
            block.append(column)
        kind = {c.index for c in columns if c.kind == m.kind}
        for _, record in table.records:
            if m.kind == "party" or not kind & record.cells.keys():
                record.cells[column.index] = Cell(one.cell.raw, one.cell.at, record.number, column.index, record.number)
    return rest


@cache
def _own() -> frozenset[str]:
    """Labels of the list's own day and publisher."""
    return frozenset((*words()["front"]["date"], *words()["front"]["publisher"]))


@cache
def _signed() -> re.Pattern[str]:
    return lazy("|".join(words()["around"]["signed"]))


@cache
def _leads() -> re.Pattern[str]:
    return lazy("|".join(words()["around"]["leads"]))


@cache
def _sentences() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["kind"], lazy(r["pattern"])) for r in words()["around"]["rows"])
