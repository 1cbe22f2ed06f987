"""``kg serve``"""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

import click

from kg.cli.session import Session, pass_session
from kg.cli.streams import put

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command("serve")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=8765, show_default=True,
              help="Where it listens; 0 finds a free port.")  # fmt: skip
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True,
              help="Another address than this machine's own needs a token, which is printed (or set KG_TOKEN).")  # fmt: skip
@click.option(
    "--name", "names", metavar="HOST", multiple=True, help="A further name that people reach it by; repeat for more."
)
@click.option(
    "--writable",
    is_flag=True,
    help="Let notices be added in the browser (dropped or pasted, looked at, then kept), and statements be rejected or confirmed.",
)
@pass_session
def command(session: Session, port: int, host: str, names: tuple[str, ...], writable: bool) -> None:
    """Open the graph in a browser: search, ask, follow to the words (网页浏览).

    \b
    kg serve
    kg --store neo4j-local serve --port 9000
    kg serve --writable
    kg serve --host 0.0.0.0 --name kg.example.org

    It needs the extra: pip install 'accountability-kg[serve]'. Ctrl-C ends it.
    """
    from kg.errors import KgError

    if not host.strip():
        raise click.UsageError("--host is empty; name an address of this machine (0.0.0.0 is all of them)")
    try:
        import uvicorn

        from kg.web import Settings, application
    except ImportError as error:
        raise KgError(
            f"kg serve needs {error.name}; install the extra: pip install 'accountability-kg[serve]'"
        ) from error

    with session.writing() if writable else session.bench():
        pass  # what is wrong with the store is told here, at the prompt; one to write to is made
    token = "" if host in _LOOPBACK else os.environ.get("KG_TOKEN", "") or secrets.token_urlsafe(24)
    listener = _listen(host, port)
    port = listener.getsockname()[1]
    shown = names[0] if names else f"[{host}]" if ":" in host else host
    known = (*names, f"[{host}]" if ":" in host else host)
    own = Path(session.queries).expanduser() if session.queries else None
    app = application(Settings(session.address, own, known, token, writable, warm=True))
    put(f"http://{shown}:{port}/{f'?token={token}' if token else ''}  (Ctrl-C ends it)")
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=3
    )
    uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the address. Raises KgError, one line, when it is taken or not this machine's."""
    from kg.errors import KgError

    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise KgError(
            f"{host}:{port}: cannot listen there ({error.strerror or error}); choose another with --port"
        ) from error
