"""``kg export``"""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.complete import complete_subject
from kg.cli.options import as_of, format_option, min_confidence, output, stated_only
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_document


@click.command("export")
@output()
@format_option("ttl", "jsonld", "nq", "graphml", "gexf", "csv", "json", default="", help="[default: by FILE's ending]")
@click.option(
    "--around", metavar="NAME", default="", shell_complete=complete_subject, help="Only what lies around one thing."
)
@click.option("--depth", metavar="N", type=click.IntRange(1, 12), default=None, help="Steps around it.  [default: 2]")
@as_of
@stated_only
@min_confidence
@pass_session
def command(
    session: Session,
    output: str,
    format: str,
    around: str,
    depth: int | None,
    as_of: str,
    stated_only: bool,
    min_confidence: float,
) -> None:
    """Write the graph to a file: .ttl, .jsonld, .nq, .graphml, .gexf, .csv or .json.

    \b
    kg export -o graph.ttl
    kg export -o 沛县.graphml --around 沛县 --depth 2
    kg export --format json | jq .

    .jsonld and .nq keep a named graph for each notice; in all RDF the evidence stands as Web Annotation selectors.
    FILE.csv holds the relationships, FILE.nodes.csv beside it the things. The same notices give the same bytes.
    """
    from kg.errors import QueryError
    from kg.export import FORMATS, export, render

    if depth is not None and not around:
        raise click.UsageError("--depth belongs to --around NAME")
    to_stdout = output in ("", "-")
    if to_stdout and not format:
        raise QueryError("say where to write and in what format: -o graph.ttl (or --format ttl for standard output)")
    if not to_stdout and not format and Path(output).suffix.lower().lstrip(".") not in FORMATS:
        raise QueryError(f"{output}: the ending says no format; use one of {', '.join('.' + f for f in FORMATS)}")
    with session.bench() as bench:
        graph = bench.graph(around, depth or 2, stated_only=stated_only, as_of=as_of, min_confidence=min_confidence)
    if to_stdout:
        put_document(render(graph, format))
        return
    written = export(graph, Path(output), format or None)
    put(
        f"{', '.join(map(str, written))}: {len(graph.nodes)} things, {len(graph.edges)} relationships, {len(graph.notices)} notices"
    )
