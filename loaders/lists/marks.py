"""Tables that mark in a body's column what it has to do with a row (★ ○ √), with a legend in a line around the table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.lazy import lazy
from loaders.lists.header import Column
from loaders.lists.layout import Cell, Record, Table
from loaders.lists.matrix import dealing_out, headed_by_bodies
from loaders.lists.signs import alone, legend
from loaders.lists.words import Meaning, nothings, status_of

_QUOTED = "[“”\"'「」]?"


def settle(table: Table, lines: Iterable[str], text: str, every: Iterable[str] = ()) -> list[str]:
    """Put in place of each mark the body that heads its column, under the role that the legend gives the mark. Says of
    marks that nobody explains, which are left out. ``text`` is the notice's, ``every`` the lines around all of its tables."""
    lines = list(lines)
    for c in table.header.columns:
        if c.kind in ("status", "closed"):
            states(table, c, "\n".join([*lines, *every]), text)
    marked = [c for c in table.header.columns if c.kind == "marked"]
    if not marked:
        return []
    used = {r.cells[c.index].raw for _, r in table.records for c in marked if c.index in r.cells}
    roles = legend("\n".join([*lines, *alone(table.grid)]), used)
    if len(used) == 1 and not roles and not any(c.meaning and c.meaning.role for c in marked):
        roles = dict.fromkeys(used, "责任")
    heads = {c.index: m for c in marked if (m := lazy(r"\s*".join(map(re.escape, c.header))).search(text, table.start))}
    if not headed_by_bodies(marked):
        if not dealing_out("\n".join([*lines, *alone(table.grid)])) or not turned(table, marked, heads, roles):
            for c in marked:
                c.meaning, c.kind = None, ""
        return []
    under: dict[tuple[int, str], Column] = {}
    wide = 1 + max(c.index for c in table.header.columns)
    lost: set[str] = set()
    for block, record in table.records:
        for c in marked:
            mark = record.cells.pop(c.index, None)
            role = (roles.get(mark.raw) or (c.meaning.role if c.meaning else "")) if mark is not None else ""
            if mark is None or not role or c.index not in heads:
                lost |= {mark.raw} if mark is not None and mark.raw not in nothings() else set()
                continue
            new = Column(wide + len(under), c.header, Meaning("party", role, "body"))
            column = under.setdefault((c.index, role), new)
            if column is new:
                _add(table, block, column)
            head, sign = heads[c.index], (mark.at, mark.at + len(mark.raw))
            record.cells[column.index] = Cell(head[0], head.start(), mark.row, c.index, mark.last, sign)
    return [f"marks that no legend explains are left out: {'、'.join(sorted(lost))}"] if lost else []


def turned(table: Table, marked: list[Column], heads: Mapping[int, re.Match[str]], roles: Mapping[str, str]) -> bool:
    """Make a record of each matter in the head, borne by the bodies whose rows mark it. False where the rows are no bodies, or
    say more than that. ``heads`` is where each matter stands in the notice."""
    columns = table.header.columns
    others = [c for c in columns if c.kind not in ("serial", "remark", "marked")]
    m = others[0].meaning if len(others) == 1 else None
    if m is None or m.kind != "party" or m.of == "person":
        return False
    who, wide, first = others[0], 1 + max(c.index for c in columns), table.header.last + 1
    under: dict[tuple[int, str], Column] = {}
    block, records = [Column(wide, "", Meaning("measure"))], list[tuple[list[Column], Record]]()
    for c in marked:
        c.meaning, c.kind = Meaning("skip"), "skip"
        cells: dict[int, Cell] = {}
        for n, (_, r) in enumerate(table.records):
            mark, body = r.cells.get(c.index), r.cells.get(who.index)
            role = roles.get(mark.raw) if mark is not None else None
            if mark is None or body is None or not role or c.index not in heads:
                continue
            new = Column(wide + 1 + len(under), who.header, Meaning("party", role, "body"))
            sign = (mark.at, mark.at + len(mark.raw))
            cells[under.setdefault((n, role), new).index] = Cell(
                body.raw, body.at, body.row, body.column, body.last, sign
            )
        if cells:
            cells[wide] = Cell(heads[c.index][0], heads[c.index].start(), first, c.index, first)
            records.append((block, Record(cells, first)))
    block += under.values()
    table.header.columns, table.records = [*columns, *block], records
    return True


def _add(table: Table, block: list[Column], column: Column) -> None:
    """A column more, of the table and of the block of it that has the row."""
    table.header.columns.append(column)
    if block is not table.header.columns:
        block.append(column)


def states(table: Table, column: Column, note: str, text: str) -> None:
    """Put in place of a sign for how far an item is (●, 绿), which may have a note in brackets, the words by which a line
    explains it."""
    cells = [r.cells for _, r in table.records if column.index in r.cells]

    def shown(c: dict[int, Cell]) -> str:
        raw = c[column.index].raw
        return raw[0] if raw[1:2] in ("（", "(") else raw

    for sign in {shown(c) for c in cells}:
        m = re.search(
            rf"{_QUOTED}{re.escape(sign)}(?:色|灯)*{_QUOTED}(?:为|是|指|即|表示|代表|：|:|—|-)*([\u4e00-\u9fff]{{2,8}})",
            note,
        )
        known = m is not None and len(sign) <= 3 and not status_of(sign) and bool(status_of(m[1]))
        at = text.find(m[0]) + m.start(1) - m.start() if m is not None and known else -1
        if m is None or at < 0:
            continue
        for c in cells:
            if shown(c) == sign:
                c[column.index] = Cell(m[1], at, c[column.index].row, column.index, c[column.index].last)
