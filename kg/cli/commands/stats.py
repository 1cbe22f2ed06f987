"""``kg stats``"""

from __future__ import annotations

import click

from kg.cli.options import format_option
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_json


@click.command("stats")
@format_option("table", "json")
@pass_session
def command(session: Session, format: str) -> None:
    """Count what there is, by label (类) and by relationship (关系), and say where the store is kept.

    \b
    kg stats
    kg --store team.kgl stats --format json
    """
    from kg.cli.table import table
    from kg.vocabulary import vocabulary

    with session.bench() as bench:
        counts = bench.counts()
        dates = sorted(n.published for n in bench.notices() if n.published)
        with bench.opened() as store:
            address = store.address
    schema = vocabulary()
    if format == "json":
        put_json(
            {
                "store": address,
                "schema": schema.version,
                "notices": counts.notices,
                "first_published": dates[0] if dates else None,
                "last_published": dates[-1] if dates else None,
                "nodes": counts.nodes,
                "relationships": counts.relationships,
            }
        )
        return
    put(f"{address}\n{counts.notices} notices")
    if dates:
        put(f"published {dates[0]} to {dates[-1]}")
    for title, numbers, names in (
        ("label", counts.nodes, {k: v.zh for k, v in schema.labels.items()}),
        ("relationship", counts.relationships, {k: v.zh for k, v in schema.types.items()}),
    ):
        rows = sorted(numbers.items(), key=lambda row: (-row[1], row[0]))
        rows.append(("all", sum(numbers.values())))
        put("\n" + table([title, "", "count"], [(name, names.get(name, ""), count) for name, count in rows]))
