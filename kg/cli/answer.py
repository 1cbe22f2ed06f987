"""Prints the rows of a query in the format that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.streams import put, put_json

if TYPE_CHECKING:
    from kg.store import Rows

FORMATS = ("table", "json", "csv", "markdown")


def put_rows(rows: Rows, format: str, *, full: bool = False) -> None:
    """``table`` leaves the ids of named things to the other formats unless ``full``; what else there is to know goes to standard error."""
    from kg.cli import table

    for warning in rows.warnings:
        click.echo(f"kg: {' '.join(warning.split())}", err=True)
    heads = list(rows.columns)
    if format == "json":
        put_json(rows.rows)
    elif format == "csv":
        put(table.comma(heads, [[row[h] for h in heads] for row in rows]))
    elif format == "markdown":
        put(table.markdown(heads, [[row[h] for h in heads] for row in rows]))
    elif not rows.rows:
        click.echo("nothing found")
    else:
        shown = heads if full else [h for h in heads if not h.endswith("_id")] or heads
        shown = [h for h in shown if full or any(row[h] not in (None, "", []) for row in rows)] or shown
        words: list[str] = []
        if {"quote", "notice"} <= set(shown) and len(shown) > 3:
            words = [_words(row) for row in rows]
            shown = [h for h in shown if h not in ("quote", "notice", "date")]
        put(table.table(shown, [[row[h] for h in shown] for row in rows], full=full, below=words))
        click.echo(f"\n{len(rows)} row{'s' if len(rows) != 1 else ''}", err=True)
    if rows.truncated:
        click.echo(f"kg: only the first {len(rows)} rows are shown; --limit gives more", err=True)


def _words(row: dict[str, Any]) -> str:
    """The sentence that a row rests on, its notice and its day."""
    from kg.cli import table

    quote, notice, date = (table.cell(row.get(h)) for h in ("quote", "notice", "date"))
    return " ".join(t for t in (f"“{quote}”" if quote else "", f"——《{notice}》{date}" if notice else date) if t)
