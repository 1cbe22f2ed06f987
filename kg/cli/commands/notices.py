"""``kg notices``"""

from __future__ import annotations

import click

from kg.cli.options import format_option
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_json


@click.command("notices")
@format_option("table", "json", "csv", "markdown")
@click.option("--full", is_flag=True, help="Shorten nothing in the table, and show url and source.")
@pass_session
def command(session: Session, format: str, full: bool) -> None:
    """List the notices (通知) that are loaded, oldest first.

    \b
    kg notices
    kg notices --format csv > notices.csv
    """
    from dataclasses import fields

    from kg.cli import table
    from kg.model import Notice

    with session.bench() as bench:
        notices = bench.notices()
    heads = [f.name for f in fields(Notice) if f.name != "text"]
    if format == "json":
        put_json([{h: getattr(n, h) for h in heads} for n in notices])
        return
    if format == "table" and not full:
        heads = ["published", "title", "publisher", "doc_number", "id"]
    rows = [[getattr(n, h) for h in heads] for n in notices]
    if format != "table":
        put((table.comma if format == "csv" else table.markdown)(heads, rows))
    else:
        put(table.table(heads, rows, full=full) if rows else "no notices are loaded; `kg load FOLDER` loads some")
