"""``kg decisions``"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import format_option
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_json

_TOLD = {
    "holds": "",
    "unsaid": "no notice says it any more",
    "withdrawn": "withdrawn",
    "replaced": "replaced by a later one",
}


@click.command("decisions")
@click.option("--all", "every", is_flag=True, help="Also those that were withdrawn or replaced by later ones.")
@click.option("--load", "source", metavar="FILE", default="", help="First take in the decisions in a file: of --format json, "
              "or of kg export (.json .ttl .nq .jsonld).")  # fmt: skip
@format_option("table", "json", "csv", "markdown")
@pass_session
def command(session: Session, every: bool, source: str, format: str) -> None:
    """List what was decided on statements (裁定), newest first: by whom, when and why.

    \b
    kg decisions
    kg decisions --all --format json > decisions.json
    kg --store new.kgl decisions --load decisions.json

    A decision holds on its statement whichever notices say it; what no notice says any more, and what new notices
    say that did not when it was decided, is told. Of two decisions on one statement the later holds.
    """
    from kg.cli import table
    from kg.decided import decided_json

    if source:
        from kg.export import read_decisions

        made = read_decisions(Path(source))
        with session.writing() as store:
            new = store.keep(made)
        click.echo(f"{source}: {len(new)} new, {len(made) - len(new)} known", err=True)
    with session.bench() as bench:
        found = bench.decisions(every=every)
    if format == "json":
        put_json([decided_json(d) for d in found])
        return
    heads = ["verdict", "statement", "by", "at", "why", "note"]
    rows = []
    for row in found:
        note = "; ".join(
            t for t in (_TOLD[row.state], f"{len(row.unseen)} new notices say it" if row.unseen else "") if t
        )
        made_on = f"{row.source} {row.edge.type} {row.target}"
        rows.append([row.decision.verdict, made_on, row.decision.by, row.decision.at, row.decision.why, note])
    if format == "table":
        below = [d.decision.statement for d in found]
        put(table.table(heads, rows, below=below) if rows else "nothing is decided; `kg decide` decides")
        return
    rows = [[*row, d.decision.statement] for row, d in zip(rows, found, strict=True)]
    put((table.comma if format == "csv" else table.markdown)([*heads, "id"], rows))
