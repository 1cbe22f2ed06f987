"""Heading lines that say who leads what stands under them: '龙固镇（包镇领导：副县长 冉志高）', '领办领导：县委常委 冉志高'."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.lazy import lazy
from loaders.lists.around import lines
from loaders.lists.cell import trimmed
from loaders.lists.header import Column
from loaders.lists.layout import Cell, Table
from loaders.lists.people import said
from loaders.lists.words import Meaning, meaning, plain_header

_HEADING = lazy(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?"
    r"(?:第?[一二三四五六七八九十\d]{1,3}(?:督导|督查|检查|包联|工作)?(?:组|小组|片区|片|战区)(?=[\s（(])"
    r"|(?!.*[镇乡县区市旗道木][\s，,、（(])[\u4e00-\u9fff、]{2,24}(?=[（(][\u4e00-\u9fff]{2,10}[：:]))?"
    r"(?:(?P<place>[\u4e00-\u9fff]{1,8}?(?:镇|乡|街道|苏木|[县区市旗]))(?:（共?\d+[\u4e00-\u9fff]{1,3}）)?(?=[\s，,、（(]))?[\s，,、]*"
    r"(?:[（(](?:共?\d+[\u4e00-\u9fff]{1,3}[，,；;、])?)?"
    r"(?P<told>[\u4e00-\u9fff]{2,10}[：:][^。]{2,80})"
)
_COUNTED = lazy(
    r"[（(](?:包联|包保|负责|联系|督导)?(?:以下|下列|共)?\d+[^（）()：:]{1,8}[）)]$"
)  # '（包联以下4家企业）'
_LABEL = lazy(r"(?:^|(?<=[\s；;，,、.．（()）]))([\u4e00-\u9fff]{1,10}(?:领导|干部|人|长|单位|部门))[：:]")
_DUTIES = frozenset(("measure", "problem", "goal"))


@dataclass(frozen=True, slots=True)
class Led:
    """One whom a heading names: the label, what it means, where they stand in the heading."""

    label: str
    meaning: Meaning
    start: int
    end: int


@lru_cache(64)
def heading(text: str) -> tuple[str, tuple[Led, ...]]:
    """The place that a heading names ('' for none), and who leads there; nobody where it is no such heading."""
    m = _HEADING.fullmatch(text) if "：" in text or ":" in text else None
    if m is None:
        return "", ()
    labels = list(_LABEL.finditer(text, m.start("told")))
    last = len(text) - (text[-1] in "）)" and text.count("）") + text.count(")") > text[m.start("told") :].count("（"))
    if not labels or labels[0].start() > m.start("told"):
        return "", ()
    led: list[Led] = []
    for label, end in zip(labels, [*(x.start() for x in labels[1:]), last], strict=True):
        known = meaning(plain_header(label[1]))
        start, end = trimmed(text, label.end(), end, " \u3000", "；;，,、 \u3000")
        if known is None or known.kind not in ("party", "charge") or known.contact:
            return "", ()
        if known.of != "body" and not said(text[start:end])[0]:
            return "", ()
        if (counted := _COUNTED.search(text, start, end)) is not None:
            end = counted.start()
        led.append(Led(label[1], known, start, end))
    return m["place"] or "", tuple(led)


def lead(table: Table, text: str) -> None:
    """Put a table under the heading right above it, and those whom headings name among those who bear the duties under them, or
    in a roster have charge of what stands there where the heading names no place that is theirs."""
    for line, at in list(lines(table, text))[: len(table.head)][-1:]:
        for _, record in table.records if heading(line)[0] else ():
            record.group = record.group or Cell(line, at, -1, 0, -1)
    columns = table.header.columns
    made: dict[str, Column] = {}
    duties = bool({c.kind for c in columns} & _DUTIES)
    for block, record in table.records:
        over = record.group
        place, led = heading(over.raw) if over is not None else ("", ())
        for one in led if duties or not place else ():
            if not duties and one.meaning.kind != "charge":
                continue
            column = made.get(one.label)
            if column is None:
                column = made[one.label] = Column(1 + max(c.index for c in columns), one.label, one.meaning)
                columns.append(column)
            if all(c is not column for c in block):
                block.append(column)
            assert over is not None
            raw = over.raw[one.start : one.end]
            record.cells[column.index] = Cell(raw, over.at + one.start, over.row, column.index, over.row)
