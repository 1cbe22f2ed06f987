"""``kg`` itself: the commands by section, each imported when it is called, and how a failure is told.

Exit status: 0 done, 1 done in part (or the graph breaks its shapes), 2 not done, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from errno import EDQUOT, ENOSPC
from importlib import import_module
from typing import Any, NamedTuple

import click

from kg.cli.session import Session
from kg.cli.streams import closed_pipe, complain, use_utf8
from kg.errors import KgError, SubjectError


class Entry(NamedTuple):
    """A command as the overview shows it; its module is ``kg.cli.commands.<name>``."""

    name: str
    help: str
    example: str


SECTIONS: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "Notices in and out (载入)",
        (
            Entry("load", "Load notices: files, folders, globs, or - for standard input.", "kg load notices/"),
            Entry("extract", "Read one notice and print what it says; touches no store.", "kg extract notice.txt"),
            Entry("notices", "List the notices that are loaded.", "kg notices"),
            Entry(
                "decide",
                "Reject or confirm a statement (裁定), or take that back.",
                'kg decide "沛县人民政府|GOVERNS|沛县" --confirm --by 李',
            ),
            Entry("decisions", "List what was decided on statements: by whom, when and why.", "kg decisions"),
            Entry("remove", "Take one notice out, with all that rests on it alone.", "kg remove 通报.txt"),
        ),
    ),
    (
        "Questions (查询)",
        (
            Entry("query", "List the saved queries, or run one.", "kg query duties/of -p subject=沛县"),
            Entry("report", "Report what is lacking (缺口), with the words.", "kg report gaps -o gaps.html"),
            Entry("show", "Show one thing: properties, relationships, and their words.", "kg show 沛县人民政府"),
            Entry(
                "cypher", "Run one read-only Cypher query of your own.", 'kg cypher "MATCH (r:Region) RETURN r.name"'
            ),
            Entry("stats", "Count what there is, and say where the store is kept.", "kg stats"),
        ),
    ),
    (
        "Pictures (图)",
        (
            Entry("chain", "Draw the accountability chain (责任链) of one thing.", "kg chain 沛县 -o chain.html"),
            Entry("viz", "Write an interactive page of the graph; it works offline.", "kg viz -o graph.html"),
            Entry("serve", "Open the graph in a browser: search, ask, follow to the words.", "kg serve"),
        ),
    ),
    (
        "Files and upkeep (导出)",
        (
            Entry("export", "Write the graph as RDF, GraphML, GEXF, CSV or JSON.", "kg export -o graph.ttl"),
            Entry("copy", "Copy a graph from one store to another.", "kg copy --from graph.kgl --to neo4j-local"),
            Entry("server", "Start or stop a Neo4j server of your own (服务器).", "kg server start"),
            Entry("validate", "Check the graph against its SHACL shapes.", "kg validate"),
            Entry("completion", "Print the shell completion script.", 'eval "$(kg completion bash)"'),
        ),
    ),
)
ENTRIES = {entry.name: entry for _, entries in SECTIONS for entry in entries}


class Kg(click.Group):
    """The group of all commands, with sections, late imports and errors in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(ENTRIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in ENTRIES:
            return None
        command = import_module(f"kg.cli.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in ENTRIES:
            from kg.ask.nearest import or_nearest

            ctx.fail(f"no command {args[0]!r}{or_nearest(args[0], ENTRIES)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, ENTRIES))
        for title, entries in SECTIONS:
            with formatter.section(title):
                for entry in entries:
                    formatter.write(f"  {entry.name:{width}}  {entry.help}\n  {'':{width}}    $ {entry.example}\n")

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SubjectError as error:
            _tell_candidates(ctx, error)
            raise click.exceptions.Exit(2) from error
        except BrokenPipeError:  # before click takes it for a failure
            raise click.exceptions.Exit(closed_pipe()) from None

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        use_utf8()
        try:
            # globs are expanded by the load itself: alike on every system, and '[' in a name does no harm elsewhere
            status = super().main(args, prog_name or "kg", complete_var, False, windows_expand_args=False, **extra)
            status = status if isinstance(status, int) else 0
            sys.stdout.flush()  # while a reader that went away can still be told from a success
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            status = 2
        except click.UsageError as error:
            where = error.ctx.command_path if error.ctx else "kg"
            status = complain(f"{error.format_message()} ({where} --help shows how)", where)
        except click.ClickException as error:
            status = complain(error.format_message())
        except (click.Abort, KeyboardInterrupt):
            complain("interrupted")
            status = 130
        except KgError as error:
            status = complain(str(error))
        except BrokenPipeError:
            status = closed_pipe()
        except Exception as error:
            if os.environ.get("KG_DEBUG"):
                raise
            if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT):
                status = complain(f"{error.filename or 'standard output'}: cannot be written, {error.strerror}")
            else:
                detail = f"{type(error).__name__}: {error}"
                status = complain(f"unexpected failure, {detail}; with KG_DEBUG=1 it is shown in full")
        raise SystemExit(status)


def _tell_candidates(ctx: click.Context, error: SubjectError) -> None:
    """A name that fits nothing, or several things: what it may mean, for a person or for a program."""
    complain(str(error))
    told = str(error)
    if any(f"[{uid}]" not in told for uid, _, _ in error.candidates):
        for uid, label, name in error.shown:
            click.echo(f"  {label}  {name}  {uid}", err=True)
    if ctx.find_object(Session) is not None and ctx.ensure_object(Session).format == "json":
        from kg.cli.streams import put_json

        put_json({"error": str(error), "candidates": error.choices})


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"kg {version('accountability-kg')}")
        ctx.exit()


_EPILOG = """\
\b
A thing (人、职务、机构、地区) is named in full, by an alias, by its id, or by a fragment that fits one thing only.
Every command that prints takes --format json. `kg COMMAND --help` says more."""


@click.group(
    "kg", cls=Kg, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120}
)
@click.option("--store", metavar="S", envvar="KG_STORE", default="", help="Where the graph is kept: a path (embedded "
              "store), or a neo4j:// or bolt:// address.  [env KG_STORE; default: a file in your data folder]")  # fmt: skip
@click.option("--queries", metavar="DIR", envvar="KG_QUERIES", default="", help="A folder of your own saved queries, "
              "TOPIC/NAME.cypher.  [env KG_QUERIES]")  # fmt: skip
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
@click.pass_context
def main(ctx: click.Context, store: str, queries: str) -> None:
    """Who answers for what, and to whom: a graph of accountability read from Chinese notices on pollution (责任链).

    Load a folder of notices, ask who supervises whom, draw the chain, and open the words each step rests on.
    """
    ctx.obj = Session(store, queries)
