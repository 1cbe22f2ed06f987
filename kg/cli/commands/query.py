"""``kg query``"""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from kg.cli.answer import put_rows
from kg.cli.complete import complete_parameter, complete_query
from kg.cli.options import as_of, format_option, min_confidence, stated_only
from kg.cli.session import Session, pass_session
from kg.cli.streams import complain, put, put_json
from kg.cli.values import assignments

if TYPE_CHECKING:
    from kg.ask import Catalogue, Parameter, SavedQuery
    from kg.store import Store


def _help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Help on the command, or on the query that is named beside --help."""
    if not wanted or ctx.resilient_parsing:
        return
    name = ctx.params.get("name")
    if name:
        from kg.cli.explain import explain

        session = ctx.find_object(Session) or Session()
        put(explain(session.catalogue().named(name)))
    else:
        click.echo(ctx.get_help())
    ctx.exit()


@click.command("query", add_help_option=False)
@click.argument("name", required=False, is_eager=True, shell_complete=complete_query)
@click.option("-p", "--param", "params", metavar="KEY=VALUE", multiple=True, shell_complete=complete_parameter,
              help="A parameter of the query.")  # fmt: skip
@format_option("table", "json", "csv", "markdown", "cypher")
@as_of
@stated_only
@min_confidence
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=500, show_default=True, help="Most rows.")
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True), default=30.0,
              show_default=True, help="Give up after this long.")  # fmt: skip
@click.option("--full", is_flag=True, help="Shorten nothing in the table, and show ids.")
@click.option("-h", "--help", "wanted", is_flag=True, expose_value=False, callback=_help,
              help="Show this message, or of a query NAME its parameters.")  # fmt: skip
@pass_session
def command(
    session: Session, name: str | None, params: tuple[str, ...], format: str, as_of: str, stated_only: bool,
    min_confidence: float, limit: int, timeout: float, full: bool,
) -> None:  # fmt: skip
    """List the saved queries (查询) by topic, or run one by its NAME.

    \b
    kg query
    kg query supervision/who-supervises --help
    kg query supervision/who-supervises -p subject=沛县
    kg query duties/due-before -p date=2023-12-31 --format csv > due.csv
    kg query duties/of -p subject=沛县 --format cypher          to paste into Neo4j Browser

    On a terminal a parameter that is missing is asked for, with suggestions from the graph.
    """
    known = session.catalogue()
    if not name:
        if params:
            raise click.UsageError("-p needs the NAME of a query before it")
        _list(known, format)
        return
    saved = known.named(name)
    given: dict[str, Any] = assignments(params)
    if format == "cypher" and not given:
        click.echo(saved.cypher.rstrip("\n"))
        return
    _look_at_keys(saved, given)
    with session.bench() as bench:
        if sys.stdin.isatty() and sys.stderr.isatty():
            for parameter in saved.parameters:
                if parameter.required and parameter.name not in given:
                    with bench.opened() as store:
                        given[parameter.name] = _ask(store, parameter)
        if format == "cypher":
            from kg.ask import pasted
            from kg.ask.run import arguments

            with bench.opened() as store:
                values = arguments(
                    store, saved, given, stated_only=stated_only, as_of=as_of or None, min_confidence=min_confidence
                )
            click.echo(pasted(saved, values))
            return
        rows = bench.ask(
            name, given, stated_only=stated_only, as_of=as_of, min_confidence=min_confidence, limit=limit,
            timeout=timeout,
        )  # fmt: skip
        put_rows(rows, format, full=full)


def _look_at_keys(saved: SavedQuery, given: dict[str, Any]) -> None:
    """A wrong key is told before the store is opened or anything is asked. Raises QueryError."""
    from kg.ask.nearest import or_nearest
    from kg.errors import QueryError

    known = [p.name for p in saved.parameters]
    for key in given:
        if key not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"{saved.name} has no parameter {key!r}: {takes}{or_nearest(key, known)}")


def _list(known: Catalogue, format: str) -> None:
    for error in known.broken.values():
        complain(str(error))
    if format == "json":
        from kg.ask import query_json

        put_json([query_json(q) for q in known.values()])
        return
    if format in ("csv", "markdown"):
        from kg.cli import table

        rows = [[q.name, q.title["zh"], q.title["en"], _takes(q), list(q.columns)] for q in known.values()]
        heads = ["name", "zh", "en", "parameters", "columns"]
        put((table.comma if format == "csv" else table.markdown)(heads, rows))
        return
    if format == "cypher":
        raise click.UsageError("--format cypher prints one query; name it")
    width = max(map(len, known), default=0)
    for n, (topic, queries) in enumerate(groupby(known.values(), key=lambda q: q.topic)):
        put(("\n" if n else "") + topic)
        for query in queries:
            takes = f"  ({_takes(query)})" if query.parameters else ""
            put(f"  {query.name:{width}}  {query.title['zh']} · {query.title['en']}{takes}")
    put("\n`kg query NAME --help` says more of one; run it with `kg query NAME -p key=value`")


def _takes(saved: SavedQuery) -> str:
    return ", ".join(p.name if p.required else f"[{p.name}]" for p in saved.parameters)


def _ask(store: Store, parameter: Parameter) -> str:
    """Ask for a value until one is understood; a number chooses among the suggestions."""
    from kg.ask import suggestions
    from kg.errors import KgError

    offered = suggestions(store, parameter, limit=9)
    click.echo(f"{parameter.name} ({parameter.type}): {parameter.text('zh')} · {parameter.text('en')}", err=True)
    while True:
        for n, each in enumerate(offered, 1):
            click.echo(f"  {n}  {each.value}  {each.what}".rstrip(), err=True)
        typed = str(click.prompt("a name, or a number of these" if offered else parameter.name, err=True)).strip()
        value = offered[int(typed) - 1].value if typed.isdecimal() and 1 <= int(typed) <= len(offered) else typed
        try:
            parameter.value(store, value)
            return value
        except KgError as error:
            complain(str(error))
            offered = suggestions(store, parameter, typed, limit=9) or offered
