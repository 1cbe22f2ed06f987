"""Markup to lines: blocks begin new ones, the cells of a table row share one with tabs between them."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][^\s/>]*)(?:[^>\"]|\"[^\"]*\")*>", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANKS = re.compile(r" *\n[ \n]*")

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
        "caption",
        "ucapcontent",
        "ucaptitle",
        "founder-content",
        "founder-title",
    ]
)
_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "title", "head", "iframe", "select", "textarea"))
_CELL_LIMIT = 300  # characters; a longer cell is layout, not a table's


class _Rows:
    """Cells of the table rows that are open, innermost last."""

    def __init__(self) -> None:
        self.open: list[list[list[str]]] = []

    def close(self) -> str:
        """The innermost row as a line, or as lines where its cells are layout."""
        cells = ["".join(cell) for cell in self.open.pop()]
        cells = [_BLANKS.sub("\n", cell).strip(" \n") for cell in cells]
        filled = [cell for cell in cells if cell]
        if len(filled) < 2 or any(len(cell) > _CELL_LIMIT and "\n" in cell for cell in filled):
            return "\n".join(filled)
        return "\t".join(cell.replace("\n", " ") for cell in cells).strip("\t")


def render(markup: str) -> str:
    """The visible text of serialised HTML (tags balanced, as a parser writes them), a block a line.

    White space collapses as a browser does it; no-break and wide spaces stay, since they carry columns and names.
    """
    out: list[str] = []
    sink, rows, place, hidden = out, _Rows(), 0, ""
    for tag in _TAG.finditer(markup):
        closing, name = tag[1], (tag[2] or "").lower()
        if hidden:
            if closing and name == hidden:
                hidden, place = "", tag.end()
            continue
        if tag.start() > place:
            sink.append(unescape(_SPACE.sub(" ", markup[place : tag.start()])))
        place = tag.end()
        if name in _SILENT and not closing:
            hidden = name
        elif name == "br":
            sink.append("\n")
        elif name == "tr":
            if not closing:
                rows.open.append([])
            elif rows.open:
                line = rows.close()
                sink = rows.open[-1][-1] if rows.open and rows.open[-1] else out
                sink.append(f"\n{line}\n")
        elif name in ("td", "th"):
            if rows.open and not closing:
                rows.open[-1].append([])
                sink = rows.open[-1][-1]
        elif name in _BLOCKS:
            sink.append("\n")
    if not hidden and place < len(markup):
        sink.append(unescape(_SPACE.sub(" ", markup[place:])))
    while rows.open:
        out.append(f"\n{rows.close()}\n")
    return _BLANKS.sub("\n", "".join(out)).strip(" \n")
