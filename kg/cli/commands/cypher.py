"""``kg cypher``"""

from __future__ import annotations

import click

from kg.cli.answer import FORMATS, put_rows
from kg.cli.options import format_option
from kg.cli.session import Session, pass_session
from kg.cli.streams import stdin
from kg.cli.values import assignments
from kg.errors import QueryError


@click.command("cypher")
@click.argument("query")
@click.option("-p", "--param", "params", metavar="KEY=VALUE", multiple=True, help="A $parameter; JSON, else a text.")
@format_option(*FORMATS)
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=1000, show_default=True, help="Most rows.")
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), default=30.0,
              show_default=True, help="Give up after this long.")  # fmt: skip
@click.option("--full", is_flag=True, help="Shorten nothing in the table, and show ids.")
@pass_session
def command(
    session: Session, query: str, params: tuple[str, ...], format: str, limit: int, timeout: float, full: bool
) -> None:
    """Run one read-only Cypher query of your own.

    \b
    kg cypher "MATCH (p:Person)-[:HOLDS]->(t:Post) RETURN p.name, t.name LIMIT 5"
    kg cypher "MATCH (r:Region {name: \\$name}) RETURN r" -p name=沛县
    kg cypher - < my.cypher

    Labels and relationships: `kg stats`. Whatever would write is refused.
    """
    import json
    from typing import Any

    if query == "-":
        query = stdin().decode("utf-8-sig", "replace")
    values: dict[str, Any] = {}
    for key, text in assignments(params).items():
        try:
            values[key] = json.loads(text)
        except ValueError:
            values[key] = text
    with session.bench() as bench:
        try:
            rows = bench.cypher(query, values, limit=limit, timeout=timeout)
        except QueryError as error:
            raise QueryError(
                f"{error} (in the query given)" if str(error).startswith("line ") else str(error)
            ) from error
        put_rows(rows, format, full=full)
