"""``kg validate``"""

from __future__ import annotations

import click

from kg.cli.options import format_option
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_document


@click.command("validate")
@format_option("table", "json", "ttl")
@pass_session
def command(session: Session, format: str) -> None:
    """Check the graph against the SHACL shapes of the ontology (本体).

    \b
    kg validate
    kg validate --format ttl > report.ttl

    Exit status: 0 all conform, 1 something does not.
    """
    from kg.shacl import validate

    with session.bench() as bench:
        report = validate(bench.graph())
    if format == "table":
        put(report.text().rstrip("\n"))
    else:
        put_document(report.to_json() if format == "json" else report.to_ttl())
    if not report.conforms:
        raise click.exceptions.Exit(1)
