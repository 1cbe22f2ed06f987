"""Workbooks and Word files written by hand, part by part, so that a test controls what no library lets it: cached
values, hidden
rows and sheets, damage."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT = f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/></Types>'


@dataclass(frozen=True)
class Formula:
    """A formula with its cached value (None: the program that wrote it never computed one)."""

    text: str
    value: str | int | float | None = None


@dataclass(frozen=True)
class Day:
    """A date cell, as a serial number with a date style."""

    serial: int


Value = str | int | float | Formula | Day | None


@dataclass
class Sheet:
    """A sheet: rows of values from row 1 on, merged ranges ('A1:H1'), hidden row numbers."""

    name: str
    rows: Sequence[Sequence[Value]]
    merges: Sequence[str] = ()
    hidden_rows: Collection[int] = ()
    hidden: bool = False
    extra: str = ""
    inline: bool = False
    strings: list[str] = field(default_factory=list)


def column(k: int) -> str:
    """The letters of a column counted from 0."""
    return (chr(64 + k // 26) if k >= 26 else "") + chr(65 + k % 26)


def _cell(ref: str, value: Value, strings: list[str], inline: bool) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, Day):
        return f'<c r="{ref}" s="1"><v>{value.serial}</v></c>'
    if isinstance(value, Formula):
        stored = "" if value.value is None else f"<v>{escape(str(value.value))}</v>"
        kind = ' t="str"' if isinstance(value.value, str) else ""
        return f'<c r="{ref}"{kind}><f>{escape(value.text)}</f>{stored}</c>'
    if isinstance(value, int | float):
        return f'<c r="{ref}"><v>{value}</v></c>'
    if inline:
        return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    if value not in strings:
        strings.append(value)
    return f'<c r="{ref}" t="s"><v>{strings.index(value)}</v></c>'


def xlsx(*sheets: Sheet) -> bytes:
    """A workbook."""
    strings: list[str] = []
    parts: dict[str, str] = {}
    for n, s in enumerate(sheets, 1):
        rows = []
        for r, values in enumerate(s.rows, 1):
            cells = "".join(_cell(f"{column(k)}{r}", v, strings, s.inline) for k, v in enumerate(values))
            hidden = ' hidden="1"' if r in s.hidden_rows else ""
            rows.append(f'<row r="{r}"{hidden}>{cells}</row>')
        merges = "".join(f'<mergeCell ref="{m}"/>' for m in s.merges)
        merged = f'<mergeCells count="{len(s.merges)}">{merges}</mergeCells>' if merges else ""
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}{s.extra}</sheetData>{merged}</worksheet>'
        )
    names = "".join(
        f'<sheet name="{escape(s.name)}" sheetId="{n}" state="{"hidden" if s.hidden else "visible"}" r:id="rId{n}"/>'
        for n, s in enumerate(sheets, 1)
    )
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{names}</sheets></workbook>'
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{MAIN}">'
        + "".join(f'<si><t xml:space="preserve">{escape(t)}</t></si>' for t in strings)
        + "</sst>"
    )
    parts["[Content_Types].xml"] = CONTENT
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    )
    return packed(parts)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of parts, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@dataclass
class WordTable:
    """A table of a Word file: rows of cells; '' after a text continues it across where ``across`` lists (row, column,
    columns), and
    down where ``down`` lists (row, column, rows); both counted from 0."""

    rows: Sequence[Sequence[str]]
    across: Sequence[tuple[int, int, int]] = ()
    down: Sequence[tuple[int, int, int]] = ()


def docx(*blocks: str | WordTable) -> bytes:
    """A Word file of paragraphs and tables."""
    body = "".join(_paragraph(b) if isinstance(b, str) else _table(b) for b in blocks)
    return packed({
        "[Content_Types].xml": CONTENT,
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    })  # fmt: skip


def _paragraph(text: str) -> str:
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(t)}</w:t></w:r>' for t in text.split("\n")
    )
    return f"<w:p>{runs}</w:p>"


def _table(table: WordTable) -> str:
    spans = {(r, c): n for r, c, n in table.across}
    begins = {(r, c): n for r, c, n in table.down}
    goes_on = {(r + k, c) for r, c, n in table.down for k in range(1, n)}
    covered = {(r, c + k) for r, c, n in table.across for k in range(1, n)}
    covered |= {
        (r + j, c + k) for (r, c), n in begins.items() for j in range(1, n) for k in range(1, spans.get((r, c), 1))
    }
    rows = []
    for r, cells in enumerate(table.rows):
        made = []
        for c, text in enumerate(cells):
            if (r, c) in covered:
                continue
            props = ""
            if (r, c) in spans:
                props += f'<w:gridSpan w:val="{spans[r, c]}"/>'
            if (r, c) in begins:
                props += '<w:vMerge w:val="restart"/>'
            elif (r, c) in goes_on:
                props += "<w:vMerge/>"
            made.append(f"<w:tc><w:tcPr>{props}</w:tcPr>{_paragraph(text)}</w:tc>")
        rows.append(f"<w:tr>{''.join(made)}</w:tr>")
    return f"<w:tbl>{''.join(rows)}</w:tbl>"
