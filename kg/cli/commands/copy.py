"""``kg copy``"""

from __future__ import annotations

import sys

import click

from kg.cli.options import format_option
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_json


@click.command("copy")
@click.option("--from", "source", metavar="STORE", default="", help="The store to copy.  [default: that of --store]")
@click.option("--to", "target", metavar="STORE", required=True, help="The store that the graph is put into.")
@format_option("table", "json")
@pass_session
def command(session: Session, source: str, target: str, format: str) -> None:
    """Copy a graph from one store into another: path, bolt:// or neo4j:// address, or neo4j-local.

    \b
    kg copy --from graph.kgl --to neo4j-local
    kg copy --from neo4j+s://graph.example.org --to mine.kgl

    Into an empty store the copy is exact: both export the same bytes, and a notice can be corrected or taken out as
    before. What the target holds already stays; a notice that is in both is kept in its newest version. A copy that
    was broken off holds whole notices, and the same command goes on from there.
    """
    from kg.errors import StoreError
    from kg.store.copying import copy

    if not target:
        raise click.UsageError("--to is empty; name the store that the graph is put into")
    old, new = Session(source or session.store), Session(target)
    if old.address == new.address:
        raise click.UsageError("--from and --to are the same store")
    with old.bench() as bench, bench.opened() as here, new.writing() as there:
        was_empty = not there.counts().notices
        total = here.counts().notices
        with click.progressbar(
            length=total, label="copying", file=sys.stderr, hidden=not sys.stderr.isatty(), show_pos=True
        ) as bar:
            counts = copy(here, there, done=bar.update)
        if was_empty and here.graph() != there.graph():
            raise StoreError(f"{old.address}: was changed while it was copied; copy again")
    told = {kind: counts.get(kind, 0) for kind in ("new", "changed", "unchanged", "superseded")}
    if format == "json":
        put_json({"from": old.address, "to": new.address, **told})
        return
    line = f"{told['new']} new, {told['changed']} changed, {told['unchanged']} unchanged"
    older = f", {told['superseded']} older than what is there" if told["superseded"] else ""
    put(f"{line}{older}  {old.address} → {new.address}")
