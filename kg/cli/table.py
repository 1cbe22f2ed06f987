"""Tables for the terminal: a Chinese character takes two columns, and what is too wide is wrapped or shortened."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from typing import Any

from kg.cli.streams import clean
from kg.draw.type import columns, wrap

_GAP = "  "
_INDENT = "    "
_NARROW = 12  # a column is not squeezed below this; where that does not do, each row becomes a block of its own
_MOST_LINES = 4  # of a cell, unless everything is asked for


def width() -> int:
    """Columns of the terminal, or 100 where there is none."""
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def cell(value: Any) -> str:
    """A value as a person reads it: nothing for None, lists with 、, yes or no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "、".join(cell(v) for v in value)
    if isinstance(value, Mapping):
        return cell(value.get("name") or value.get("uid")) or ", ".join(f"{k}={cell(v)}" for k, v in value.items())
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, int):
        return str(value)
    return clean(str(value))


def table(
    heads: Sequence[str], rows: Sequence[Sequence[Any]], *, full: bool = False, room: int | None = None,
    below: Sequence[str] = (),
) -> str:  # fmt: skip
    """Aligned columns within ``room`` terminal columns (the terminal's if None); ``full`` shortens no cell.

    ``below`` holds a text for each row, printed under it over the whole width.
    """
    room = room or width()
    texts = [[" ".join(cell(v).split()) for v in row] for row in rows]
    natural = [max([columns(h), *(columns(t[i]) for t in texts)]) for i, h in enumerate(heads)]
    # an id that is broken over lines cannot be copied
    least = [n if h.endswith("id") else min(n, max(_NARROW, columns(h))) for n, h in zip(natural, heads, strict=True)]
    gaps = len(_GAP) * (len(heads) - 1)
    if sum(least) + gaps > room:
        return _blocks(heads, texts, room, below)
    widths = _fit(natural, least, room - gaps)
    right = [bool(rows) and all(type(row[i]) is int for row in rows) for i in range(len(heads))]
    lines = [_line([[h] for h in heads], widths, right)[0], _GAP.join("─" * w for w in widths)]
    for number, text in enumerate(texts):
        cells = [wrap(t, w, 0 if full else _MOST_LINES, columns) or [""] for t, w in zip(text, widths, strict=True)]
        lines += _line(cells, widths, right)
        lines += [_INDENT + line for line in _under(below, number, room, full)]
    return "\n".join(line.rstrip() for line in lines)


def _fit(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths that fit: the widest columns give way first."""
    widths = list(natural)
    while sum(widths) > room:
        over = sum(widths) - room
        spare = [i for i in range(len(widths)) if widths[i] > least[i]]
        top = max(widths[i] for i in spare)
        widest = [i for i in spare if widths[i] == top]
        next_top = max([widths[i] for i in spare if widths[i] < top], default=0)
        cut = max(1, min(top - next_top, over // len(widest)))
        for i in widest:
            give = min(cut, widths[i] - least[i], sum(widths) - room)
            widths[i] -= max(give, 0)
    return widths


def _line(cells: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    height = max(len(c) for c in cells)
    out = []
    for n in range(height):
        texts = [c[n] if n < len(c) else "" for c in cells]
        pads = [" " * (w - columns(t)) for t, w in zip(texts, widths, strict=True)]
        out.append(_GAP.join(p + t if r else t + p for t, p, r in zip(texts, pads, right, strict=True)))
    return out


def _under(below: Sequence[str], number: int, room: int, full: bool) -> list[str]:
    return wrap(clean(below[number]), room - len(_INDENT), 0 if full else _MOST_LINES, columns) if below else []


def _blocks(heads: Sequence[str], texts: Sequence[Sequence[str]], room: int, below: Sequence[str]) -> str:
    """Each row as ``name  value`` lines; empty values are left out."""
    side = max(columns(h) for h in heads)
    out = []
    for number, text in enumerate(texts, 1):
        out.append(f"── {number} " + "─" * max(0, min(room, 60) - len(str(number)) - 4))
        for head, value in zip(heads, text, strict=True):
            lines = wrap(value, max(20, room - side - 2), 0, columns)
            for n, line in enumerate(lines):
                out.append((head + " " * (side - columns(head)) if n == 0 else " " * side) + _GAP + line)
        out += [_INDENT + line for line in _under(below, number - 1, room, True)]
    return "\n".join(out)


def markdown(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for row in rows:
        cells = (" ".join(cell(v).split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;") for v in row)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def comma(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """CSV without its final line end. A list is joined by 、; a text that a spreadsheet would take for a formula gets a '."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_tame(v) for v in row] for row in rows)
    return out.getvalue().removesuffix("\n")


def _tame(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None or isinstance(value, int | float):
        return value
    text = cell(value)
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t") else text
