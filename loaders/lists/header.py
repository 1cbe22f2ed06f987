"""Headers: which rows of a grid they are, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.lazy import lazy
from loaders.lists.among import PEOPLE, belong, extents, heads, members, numbered_grids, projects, repeated, twins
from loaders.lists.matrix import crossed
from loaders.lists.signs import alone, explained, is_mark, marked
from loaders.lists.words import Meaning, in_chinese, meaning, plain_header
from loaders.source.grid import Grid, Row

TARGETS = ("county", "town", "village", "grid", "river", "reach", "firm", "area", "place", "body")
SUBSTANCE = frozenset(
    (
        "party",
        "charge",
        "holder",
        "measure",
        "problem",
        "form",
        "punished",
        "portfolio",
        "reason",
        "title",
        "name",
        "rota",
        "former",
    )
)
_BODIES = lazy(r"(?:单位|部门|机关|科室|科局)(?:（.*）)?$")
_OR_PEOPLE = lazy(r"人员?[、/和及或]|姓名|个人")
_LEVEL = lazy(r"(?:省|市|县|区|县区|州|旗|乡|镇|乡镇|镇街|街道|村|村居)级?(?:领导|干部)?")
_DEEPEST = 3  # rows of a header
_WIDE = 60  # characters; a longer cell is no header


@dataclass(slots=True)
class Column:
    """One column: ``header`` as the file has it (levels joined by a stroke), what it means, and for a part of a
    person (title, unit)
    the column of the person in ``person``; -1 where it stands alone."""

    index: int
    header: str
    meaning: Meaning | None
    person: int = -1
    kind: str = field(init=False)  # of the meaning, '' where nobody knows it

    def __post_init__(self) -> None:
        self.kind = self.meaning.kind if self.meaning else ""


@dataclass(slots=True)
class Header:
    """A header: indices into ``grid.rows`` of its rows, and its columns in ``blocks`` (several where a wide roster
    repeats
    its columns side by side)."""

    first: int
    last: int
    columns: list[Column]
    blocks: list[list[Column]]
    texts: tuple[str, ...]


def read_word(text: str, asked: Mapping[str, str]) -> Meaning | None:
    """What one header cell means; ``asked`` maps known words to headers of this file (``--columns``)."""
    plain = plain_header(text)
    for known, here in asked.items():
        if plain == plain_header(here):
            return meaning(plain_header(known))
    return meaning(plain)


class Headers:
    """Finds the headers of one grid."""

    def __init__(self, grid: Grid, asked: Mapping[str, str]) -> None:
        self.grid, self.asked = grid, asked
        self.across = {(a, b): d for a, b, _, d in grid.merges if d > b}
        self.lines = "\n".join(alone(grid))
        own = explained(self.lines)
        self.marks: Callable[[str], bool] = lambda text: is_mark(text) or text in own
        self.marked = marked(grid, self.marks)
        self.down: dict[int, dict[int, tuple[int, int]]] = {}  # row number -> column -> (row number, column) above
        for a, b, c, d in grid.merges:
            if a <= 40 or c - a <= 4:  # only what can be part of a header
                for r in range(a + 1, min(c, a + 4) + 1):
                    for k in range(b, d + 1):
                        self.down.setdefault(r, {})[k] = (a, b)

    def at(self, i: int) -> Header | None:
        """The header that begins at ``grid.rows[i]``, or None."""
        rows = self.grid.rows
        if not self.looks(rows[i]):
            upper = i + 1 < len(rows) and self.upper(rows[i]) and self.looks(rows[i + 1])
            if not upper:
                return None
            last = i + 1
        else:
            last = i
        while last + 1 < len(rows) and last + 1 - i < _DEEPEST:
            if self.continues(rows[last], rows[last + 1]):
                last += 1
            elif last + 2 < len(rows) and last + 2 - i < _DEEPEST and self.between(*rows[last : last + 3]):
                last += 2
            else:
                break
        paths = self.paths(rows[i : last + 1])
        columns = [self.column(k, p) for k, p in enumerate(paths)]
        if not {c.kind for c in columns} & SUBSTANCE:
            crossed(columns, self.lines)
        twins(columns)
        kinds = {c.kind for c in columns}
        if not kinds & SUBSTANCE or len([c for c in columns if c.meaning]) < 2:
            return None
        if "measure" in kinds and not kinds & {"charge", "holder"}:
            projects(columns)
        members(columns)
        heads(columns)
        columns = [c for c in columns if c.header]
        numbered_grids(columns)
        extents(columns)
        blocks = repeated(columns)
        for block in blocks:
            belong(block)
        return Header(i, last, columns, blocks, tuple(c.header for c in columns))

    def column(self, k: int, path: tuple[str, ...]) -> Column:
        """The column under these texts; one that holds nothing but marks is headed by the lowest alone."""
        own = read_word(path[-1], self.asked) if path else None
        over = read_word(path[-2], self.asked) if len(path) > 1 else None
        if own is None and over is not None and over.kind == "status" and k in self.marked:
            return Column(k, "/".join(path), over)  # '推进情况' over '已完成', '滞后': a mark says which
        if k not in self.marked or not path or own is not None:
            return Column(k, "/".join(path), self.path_meaning(path))
        return Column(k, path[-1], Meaning("marked", over.role if over is not None and over.kind == "party" else ""))

    def cells(self, row: Row) -> list[str]:
        """Texts of a row without what no header could be."""
        return [c for c in row.cells if c]

    def looks(self, row: Row) -> bool:
        """Whether most cells of a row are words of headers, and some of them say who, what or how."""
        texts = self.cells(row)
        if len(texts) < 2 or any(len(t) > _WIDE for t in texts):
            return False
        known = [m for t in texts if (m := read_word(t, self.asked))]
        heads = sum(1 for k, t in enumerate(row.cells) if t and k in self.marked and not self.marks(t))
        return len({(m.kind, m.role, m.wants) for m in known}) + bool(heads) >= 2 and 2 * (len(known) + heads) >= len(
            texts
        )

    def upper(self, row: Row) -> bool:
        """Whether a row may be the upper one of a header whose lower row is known: short texts, one of them over
        several columns."""
        texts = self.cells(row)
        spans = any(a == row.number for a, _ in self.across) or (len(texts) < len(row.cells) and len(texts) > 1)
        return len(texts) > 1 and spans and not any(len(t) > 20 or re.search(r"[：:\d]", t) for t in texts)

    def between(self, above: Row, row: Row, below: Row) -> bool:
        """Whether a row of words that nobody knows alone ('县级', '镇级') stands between two rows of a header."""
        inside = all(
            not t or k >= len(above.cells) or not above.cells[k] or k in self.over(above)
            for k, t in enumerate(row.cells)
        )
        return inside and self.upper(row) and self.continues(row, below)

    def over(self, row: Row) -> set[int]:
        """The columns of a row whose words stand over several: a blank or a merged cell follows."""
        merged = {k for k in range(len(row.cells)) if (row.number, k) in self.across}
        return merged | {k for k, t in enumerate(row.cells[:-1]) if t and not row.cells[k + 1]}

    def continues(self, above: Row, row: Row) -> bool:
        """Whether a row is one more row of the header that ``above`` belongs to."""
        texts = [t for k, t in enumerate(row.cells) if t]
        if not texts or row.number - above.number > 1 or (len(texts) == 1 and row.cells[0]):
            return False  # one text at the left is a group's heading
        known = [
            k
            for k, t in enumerate(row.cells)
            if t and (k in self.marked or read_word(t, self.asked) or self.level(above, k, t))
        ]
        if any(len(t) == 1 and self.marks(t) for t in texts):
            return False
        covered = self.down.get(row.number, {})
        held = sum(1 for k, (r, _) in covered.items() if r <= above.number and k < len(above.cells) + 8)
        if held and self.under(above, row, covered):
            return True
        if held:
            return all(len(t) <= _WIDE for t in texts) and 2 * len(known) >= len(texts)
        over = any((above.number, k) in self.across for k in range(len(above.cells)))
        gaps = any(t and (k >= len(above.cells) or not above.cells[k]) for k, t in enumerate(row.cells))
        return (over or gaps) and len(known) == len(texts)

    def under(self, above: Row, row: Row, covered: Mapping[int, tuple[int, int]]) -> bool:
        """Whether a row stands under cells merged over several columns each, between cells that come down from above: whatever
        its words are, they only part what is over them ('黄色预警', '红色预警' under '减排措施')."""
        wide = {k for a, b in self.across if a == above.number for k in range(b, self.across[a, b] + 1)}
        filled = {k for k, t in enumerate(row.cells) if t}
        down = {k for k, (r, _) in covered.items() if r <= above.number}
        return (
            len(filled) > 1
            and filled <= wide
            and all(k in down for k, t in enumerate(above.cells) if t and k not in wide)
        )

    def level(self, above: Row, k: int, text: str) -> bool:
        """Whether a cell only says of what level those are whom the cell over it names ('责任领导' over '县级', '乡镇级')."""
        over = next((c for c in reversed(above.cells[: k + 1]) if c), "") if _LEVEL.fullmatch(text) else ""
        m = read_word(over, self.asked) if over else None
        return m is not None and m.kind in PEOPLE

    def paths(self, rows: Sequence[Row]) -> list[tuple[str, ...]]:
        """The texts above each column, top first, each once."""
        width = max(len(r.cells) for r in rows)
        width = max([width, *(d + 1 for (a, _), d in self.across.items() if any(a == r.number for r in rows))])
        filled: list[list[str]] = []
        for depth, row in enumerate(rows):
            line = row.cells + [""] * (width - len(row.cells))
            for k in range(width):
                if line[k] and (end := self.across.get((row.number, k))):
                    for j in range(k + 1, min(end + 1, width)):
                        line[j] = line[k]
            if depth + 1 < len(rows) and not any(a == row.number for a, _ in self.across):
                below = rows[depth + 1].cells
                for k in range(
                    1, width
                ):  # no merges in a CSV: a blank over a lower header belongs to the text at its left
                    if not line[k] and k < len(below) and below[k] and line[k - 1]:
                        line[k] = line[k - 1]
            filled.append([re.sub(r"\s+", "", in_chinese(t)) for t in line])
        return [tuple(dict.fromkeys(line[k] for line in filled if line[k])) for k in range(width)]

    def path_meaning(self, path: tuple[str, ...]) -> Meaning | None:
        """What a column means by the texts above it."""
        if not path:
            return None
        own = read_word(path[-1], self.asked)
        if len(path) == 1:
            return own
        over = read_word(path[-2], self.asked) or read_word("".join(path[:-1]), self.asked)
        if own and own.kind == "name" and over and over.kind in ("party", "charge", "holder", "punished"):
            return over
        if own and own.kind == "unit" and over and over.kind == "party" and over.of == "body":
            return over
        both = read_word("".join(path), self.asked)
        if own is None or (own.kind in ("charge", "unit") and both and both.kind in ("party", "charge")):
            return both or over
        return own


def of_header(column: Column) -> str:
    """What stands under a header whose meaning leaves it open: bodies ('包联单位'), people, either ('姓名/单位')."""
    if not _BODIES.search(column.header):
        return "person"
    return "either" if column.kind == "name" or _OR_PEOPLE.search(column.header) else "body"
