"""``kg server``"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Self

import click

from kg.cli.options import format_option
from kg.cli.streams import complain, put, put_json

if TYPE_CHECKING:
    from kg.server import State


@click.group("server", no_args_is_help=True)
def command() -> None:
    """A Neo4j server of your own (自用服务器), with no Java, Maven or Docker to install.

    \b
    kg server start
    kg --store neo4j-local load notices/
    kg server stop

    It is Neo4j's own Community edition (GPL-3.0), fetched once when you first start it, and runs as a process of
    its own under your data folder, on this machine alone. It needs the extra: pip install 'accountability-kg[server]'
    """


@command.command("start")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=None,
              help="Where it listens; 0 finds a free port.  [default: the last one, else a free one from 7687 on]")  # fmt: skip
@format_option("table", "json")
def start(port: int | None, format: str) -> None:
    """Start it and wait until it answers.

    \b
    kg server start
    kg server start --port 7700
    """
    from kg import server

    was_running = server.status().pid is not None
    with _Waiting() as waiting:
        state = server.start(port=port, tell=lambda line: click.echo(f"kg: {line}", err=True), wait=waiting.past)
    if format == "json":
        put_json(_data(state))
        return
    put(
        f"{'running already' if was_running else 'running'}: Neo4j {state.version} at {state.address} (process {state.pid})"
    )
    if was_running and port and not state.address.endswith(f":{port}"):
        complain(f"it listens where it did; for port {port} stop it first: kg server stop")
    put("use it with --store neo4j-local (or KG_STORE=neo4j-local)")


@command.command("stop")
@format_option("table", "json")
def stop(format: str) -> None:
    """Stop it; its data stay.

    \b
    kg server stop
    """
    from kg import server

    was, went = server.stop()
    if format == "json":
        put_json({**_data(server.status()), "stopped": was.pid is not None, "killed": not went})
    elif was.pid is None:
        put("it was not running")
    else:
        put("stopped" if went else "it did not end in time and was killed; the next start takes its data up again")


@command.command("status")
@format_option("table", "json")
def status(format: str) -> None:
    """Say whether it runs: version, address, process and data folder; exit status 1 where it does not.

    \b
    kg server status
    """
    from kg import server

    state = server.status()
    if format == "json":
        put_json(_data(state))
    else:
        running = state.pid is not None
        gone = "not running (it ended without being stopped; `kg server start` takes its data up again)"
        put(f"state     {'running' if running else gone if state.crashed else 'not running'}")
        put(f"version   Neo4j {state.version or server.VERSION} Community")
        if state.address:
            put(f"address   {state.address}  (--store neo4j-local)")
        if running:
            put(f"process   {state.pid}")
        put(f"folder    {state.folder}")
    if state.pid is None:
        raise click.exceptions.Exit(1)


@command.command("password")
@click.option("--renew", is_flag=True, help="Set another random password first; the server must be running.")
@format_option("table", "json")
def password(renew: bool, format: str) -> None:
    """Print the password of the user neo4j, for another program such as Neo4j Browser.

    \b
    kg server password
    kg server password --renew
    """
    from kg import server
    from kg.errors import StoreError

    word = server.new_password() if renew else server.Place.usual().password()
    if not word:
        raise StoreError("your own server has no password yet; start it once: kg server start")
    if format == "json":
        put_json({"user": "neo4j", "password": word})
    else:
        put(word)


def _data(state: State) -> dict[str, object]:
    return {
        "running": state.pid is not None, "version": state.version, "address": state.address, "process": state.pid,
        "folder": state.folder,
    }  # fmt: skip


class _Waiting:
    """The seconds that went by, on one line of a terminal that is wiped at the end."""

    def __init__(self) -> None:
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def past(self, seconds: float) -> None:
        if sys.stderr.isatty():
            click.echo(f"\rkg: Neo4j is starting … {seconds:.0f} s ", err=True, nl=False)
            self._shown = True

    def __exit__(self, *error: object) -> None:
        if self._shown:
            click.echo("\r" + " " * 40 + "\r", err=True, nl=False)
