"""Rows whose measures are each another's: numbered parts with a bearer and a deadline of their own, in brackets behind each
('1.清淤（责任单位：县水利局；时限：6月底）') or under the same numbers in the columns beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.lazy import lazy
from loaders.lists.cell import trimmed
from loaders.lists.header import Column
from loaders.lists.labelled import labelled
from loaders.lists.layout import Cell, Record, Table
from loaders.lists.people import is_name
from loaders.lists.words import Meaning, meaning, plain_header

_NUMBERS = (
    lazy(r"(?:^|(?<=[\n；;。 \u3000]))(\d{1,2})[.．、][ \u3000]*"),
    lazy(r"(?:^|(?<=[\n；;。 \u3000]))[（(](\d{1,2})[）)][ \u3000]*"),
    lazy(r"(?:^|(?<=[\n；;。 \u3000]))(?:[（(]([一二三四五六七八九十])[）)]|([一二三四五六七八九十])、)[ \u3000]*"),
    lazy(r"([①-⑳])[ \u3000]*"),
    lazy(r"(?:^|(?<=[\n；;。 \u3000]))(?:措施|任务|事项)([一二三四五六七八九十\d])[：:、.．][ \u3000]*"),
    lazy(r"(?:^|(?<=[\n；;。 \u3000]))(\d{1,2})[）)][ \u3000]*"),
)
_COUNT = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LABEL = lazy(r"(?:^|(?<=[（(；;，,、。\n \u3000]))([\u4e00-\u9fff]{2,10})[：:]")
_BRACKETS = lazy(r"[（(]([^（）()]{2,60})[）)][。；;，,\s]*$")
_DAY = lazy(r"(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日|底|上旬|中旬|下旬)?(?:之?前)?(?:完成)?")
_BODY = lazy(
    r"(?:局|委|办|办公室|委员会|公司|支队|大队|院|厅|镇|乡|街道|县|区|旗|政府|办事处|园区|开发区|管委会)(?: ?[\u4e00-\u9fff]{2,3})?$"
)
_FIRST = lazy(r"((?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|上旬|中旬|下旬|份)?(?:之?前))[，,]?(?=[\u4e00-\u9fff]{3})")
_LAST = lazy(
    r"[，,；;。](?:于|在|力争)?((?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|底|上旬|中旬|下旬)?(?:之?前)?)(?:全部|全面)?(?:完成|到位|建成|整改到位)?[。；;\s]*$"
)
_TIMED = ("时限", "期限", "时间", "节点")
_OWN = frozenset(("party", "charge", "deadline", "status"))
_BESIDE = frozenset(("party", "charge", "deadline", "status", "closed", "name"))
_BEFORE, _BEHIND = " \n\u3000", "；;，,。 \n\u3000"  # marks at the ends of a measure
_EDGES = "（(；;，,、。 \n\u3000"
_WIDE = str.maketrans({"(": "（", ")": "）", ",": "，", ";": "；", ":": "："})
_ROLES = Meaning("party", "责任", "body")
_UNTIL = Meaning("deadline")

Part = tuple[int, int]


def part(table: Table) -> None:
    """Make a row of each measure that has a bearer, deadline or state of its own."""
    if not any(_worded(c) for c in table.header.columns):
        return
    made: dict[str, Column] = {}

    def under(label: str, said: Meaning) -> Column:
        if label not in made:
            made[label] = Column(1 + max(c.index for c in table.header.columns), label, said)
            for block in {id(b): b for b in (table.header.columns, *(b for b, _ in table.records))}.values():
                block.append(made[label])
        return made[label]

    out: list[tuple[list[Column], Record]] = []
    for block, record in table.records:
        found = next((c for c in block if _worded(c) and c.index in record.cells), None)
        rows = list(_rows(block, record, found, under)) if found is not None else []
        out += [(block, r) for r in rows] or [(block, record)]
    table.records = out


def _rows(
    block: list[Column], record: Record, column: Column, under: Callable[[str, Meaning], Column]
) -> Iterator[Record]:
    """The rows that a row is; nothing where it is one."""
    cell = record.cells[column.index]
    parts = numbered(cell.raw)
    beside = {
        c.index: own
        for c in block
        if parts and c.kind in _BESIDE and c.index in record.cells
        and len(own := numbered(record.cells[c.index].raw)) == len(parts)
    }  # fmt: skip
    if not parts and (own := lined(cell.raw)):
        same = {
            c.index: lined(record.cells[c.index].raw) for c in block if c.kind in _BESIDE and c.index in record.cells
        }
        same = {k: v for k, v in same.items() if len(v) == len(own)}
        parts, beside = (own, same) if len(same) > 1 else ([], {})  # two columns beside are broken into as many lines
    parts = parts or pieces(cell.raw)
    timed = any(w in column.header for w in _TIMED)
    told = [owned(cell.raw, s, e, timed) for s, e in parts]
    until = any(c.kind == "deadline" and c.index in record.cells for c in block)
    first = [None if until else _FIRST.match(cell.raw, s, e) for s, e in parts]
    if beside or any(behind for _, behind in told) or sum(1 for m in first if m) > 1:
        for (_, behind), m in zip(told, first, strict=True):
            behind += (
                [("完成时限", _UNTIL, *m.span(1))] if m and not any(x[1].kind == "deadline" for x in behind) else []
            )
    if not beside and not any(behind for _, behind in told):
        return
    for n, ((start, _), (end, mine)) in enumerate(zip(parts, told, strict=True)):
        cells = dict(record.cells)
        cells[column.index] = run(cell, start, end)
        for k, other in beside.items():
            cells[k] = run(record.cells[k], *other[n])
        for label, said, s, e in mine:
            if said.kind == "deadline":
                cells = {
                    k: c for k, c in cells.items() if not any(b.index == k and b.kind == "deadline" for b in block)
                }
            new = under(label, said)
            cells[new.index] = run(cell, s, e)
        yield Record(cells, record.number, record.group)


def _worded(column: Column) -> bool:
    """Whether a column has the words of measures, or of goals with their days."""
    return column.kind == "measure" or column.kind == "goal" and any(w in column.header for w in _TIMED)


def run(cell: Cell, start: int, end: int) -> Cell:
    """A run of a cell as a cell."""
    return Cell(cell.raw[start:end], cell.at + start, cell.row, cell.column, cell.row)


def numbered(text: str) -> list[Part]:
    """The parts of a text that are numbered from one on, without their numbers; nothing where there are not two."""
    for pattern in _NUMBERS:
        kept: list[re.Match[str]] = []
        for m in pattern.finditer(text):
            kept += [m] if number(m) == len(kept) + 1 else []
        if len(kept) < 2 or text[: kept[0].start()].strip():
            continue
        ends = [m.start() for m in kept[1:]] + [len(text)]
        return [trimmed(text, m.end(), end, _BEFORE, _BEHIND) for m, end in zip(kept, ends, strict=True)]
    return []


def lined(text: str) -> list[Part]:
    """The lines of a text, nothing where there is but one."""
    found = [trimmed(text, m.start(), m.end(), _BEFORE, _BEHIND) for m in re.finditer(r"[^\n]+", text)]
    return found if len(found) > 1 else []


def number(m: re.Match[str]) -> int:
    """What a number says."""
    text = next(g for g in m.groups() if g)
    if text.isdigit() and text.isascii():
        return int(text)
    return _COUNT.find(text) + 1 if text in _COUNT else "一二三四五六七八九十".find(text) + 1


def pieces(text: str) -> list[Part]:
    """The runs of a text between line breaks and semicolons outside brackets."""
    out, start, depth = list[Part](), 0, 0
    for i, c in enumerate(f"{text}\n"):
        depth += (c in "（(") - (c in "）)")
        if c in "；;\n" and depth <= 0:
            s, e = trimmed(text, start, i, _BEFORE, _BEHIND)
            out += [(s, e)] if e > s else []
            start = i + 1
    return out


def owned(text: str, start: int, end: int, timed: bool) -> tuple[int, list[tuple[str, Meaning, int, int]]]:
    """Where a measure ends, and what is said behind it: (label, its meaning, start, end) of each. ``timed``: the column's head
    says that it holds deadlines too."""
    marks = [(m, said) for m in _LABEL.finditer(text, start, end) if (said := meaning(plain_header(m[1])))]
    marks = [(m, said) for m, said in marks if said.kind in _OWN]
    if marks and marks[0][0].start() > start:
        stops = [m.start() for m, _ in marks[1:]] + [end]
        found = [(m[1], said, *inner(text, m.end(), stop)) for (m, said), stop in zip(marks, stops, strict=True)]
        return inner(text, start, marks[0][0].start())[1], [f for f in found if f[3] > f[2]]
    if timed and (m := _LAST.search(text, start, end)) and m.start() > start:
        return m.start(), [("完成时限", _UNTIL, *m.span(1))]
    m = _BRACKETS.search(text, start, end)
    if m is None or m.start() <= start:
        return end, []
    if labelled(m[1].translate(_WIDE), "body"):
        return m.start(), [("责任分工", _ROLES, *m.span(1))]
    inside = [(m.start(1) + r.start(), m.start(1) + r.end(), r[0]) for r in re.finditer(r"[^，；,;]+", m[1])]
    days = [("完成时限", _UNTIL, s, e) for s, e, t in inside if any(c.isdigit() for c in t) and _DAY.fullmatch(t)]
    bodies = [
        ("责任分工", _ROLES, s, e)
        for s, e, t in inside
        if all(_BODY.search(x) or is_name(x) for x in re.split("[、和及]", t))
    ]
    return (m.start(), [*days, *bodies]) if inside and len(days) + len(bodies) == len(inside) else (end, [])


def inner(text: str, start: int, end: int) -> Part:
    """A run without brackets and marks at its ends; a bracket that opens in it is kept."""
    while end > start and (text[end - 1] in _EDGES or text[end - 1] in "）)" and not balanced(text[start:end])):
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    return start, end


def balanced(text: str) -> bool:
    """Whether as many brackets close as open."""
    return sum(c in "（(" for c in text) >= sum(c in "）)" for c in text)
