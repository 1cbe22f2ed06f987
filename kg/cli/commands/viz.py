"""``kg viz``"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.complete import complete_query, complete_subject
from kg.cli.options import as_of, format_option, min_confidence, output, stated_only
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_json, save

if TYPE_CHECKING:
    from kg.model import Graph
    from kg.store import Store


@click.command("viz")
@output("graph.html", "The page to write.")
@click.option(
    "--around", metavar="NAME", default="", shell_complete=complete_subject, help="Only what lies around one thing."
)
@click.option("--depth", metavar="N", type=click.IntRange(1, 12), default=None, help="Steps around it.  [default: 2]")
@click.option(
    "--query", metavar="NAME", default="", shell_complete=complete_query, help="Only what a saved query finds."
)
@click.option("-p", "--param", "params", metavar="KEY=VALUE", multiple=True, help="A parameter of that query.")
@click.option("--quotes", type=click.Choice(["all", "none"]), default="all", show_default=True,
              help="Whether the notices' words go into the file; with none, of duties and reasons their first words only.")  # fmt: skip
@click.option("--posts-only", is_flag=True, help="Posts in place of people's names, everywhere in the file.")
@as_of
@stated_only
@min_confidence
@format_option("table", "json", help="How to say what was written.")
@pass_session
def command(
    session: Session, output: str, around: str, depth: int | None, query: str, params: tuple[str, ...], as_of: str,
    quotes: str, posts_only: bool, stated_only: bool, min_confidence: float, format: str,
) -> None:  # fmt: skip
    """Write the graph as one interactive page that works offline: search, filter, and click to open the words.

    \b
    kg viz
    kg viz -o 沛县.html --around 沛县 --depth 2
    kg viz -o who.html --query supervision/who-supervises -p subject=沛县
    """
    from kg.page import page
    from kg.select import restrict

    if around and query:
        raise click.UsageError("--around and --query exclude each other; give one of them")
    if Path(output).suffix.lower() not in ("", ".html", ".htm"):
        raise click.UsageError(f"{output}: what is written is a page; name a file .html")
    if depth is not None and not around:
        raise click.UsageError("--depth belongs to --around NAME")
    if params and not query:
        raise click.UsageError("-p belongs to --query NAME")
    with session.bench() as bench, bench.opened() as store:
        graph, title, focus = _part(session, store, around, depth or 2, query, params, stated_only, as_of)
        graph = restrict(graph, stated_only=stated_only, as_of=as_of, least=min_confidence)
    text = page(
        graph, title=title, focus=focus if focus in graph.nodes else None, quotes=quotes == "all", people=not posts_only
    )
    save(Path(output), text)
    if output == "-":
        return
    if format == "json":
        put_json({"file": output, "nodes": len(graph.nodes), "edges": len(graph.edges), "notices": len(graph.notices)})
    else:
        put(f"{output}: {len(graph.nodes)} things, {len(graph.edges)} relationships; open it in any browser")


def _part(
    session: Session, store: Store, around: str, depth: int, query: str, params: tuple[str, ...], stated_only: bool,
    as_of: str,
) -> tuple[Graph, str, str | None]:  # fmt: skip
    """The part of the graph that is asked for, its title, and the thing to open on."""
    from kg import select

    if around:
        graph, focus = select.around(store, around, depth)
        name = graph.nodes[focus].name if focus in graph.nodes else around
        return graph, name, focus
    if query:
        from kg.ask import run
        from kg.cli.values import assignments
        from kg.errors import SubjectError

        saved = session.catalogue().named(query)
        rows = run(store, saved, assignments(params), stated_only=stated_only, as_of=as_of or None)
        ids = select.ids_in(rows.rows)
        if not ids:
            raise SubjectError(f"{saved.name} finds nothing here that could be drawn; try other parameters")
        return select.between(store, ids), saved.title["zh"], None
    return store.graph(), "责任链知识图谱", None
