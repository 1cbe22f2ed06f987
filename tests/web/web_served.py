"""The explorer as the tests reach it: a real server over a real store, asked over HTTP."""

from __future__ import annotations

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

import uvicorn

from kg.web import Settings, application


@dataclass(frozen=True)
class Answer:
    """What came back; a redirect is not followed."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPEN = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({})).open


@dataclass(frozen=True)
class Served:
    """A running explorer."""

    port: int
    address: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, path: str, query: dict[str, Any] | None = None, *, headers: dict[str, str] | None = None,
        data: bytes | None = None, method: str | None = None,
    ) -> Answer:  # fmt: skip
        url = self.base + quote(path, safe="/%?=&#") + (f"?{urlencode(query)}" if query else "")
        request = urllib.request.Request(url, data=data, headers={**self.headers, **(headers or {})}, method=method)
        try:
            with _OPEN(request, timeout=60) as response:
                return Answer(response.status, {k.lower(): v for k, v in response.headers.items()}, response.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, {k.lower(): v for k, v in error.headers.items()}, error.read())


@contextmanager
def serving(settings: Settings) -> Iterator[Served]:
    """The explorer on a free port of this machine until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application(settings), log_level="error", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    limit = time.monotonic() + 20
    while not server.started:
        if time.monotonic() > limit or not thread.is_alive():
            raise RuntimeError("the explorer did not start")
        time.sleep(0.02)
    try:
        yield Served(listener.getsockname()[1], settings.address)
    finally:
        server.should_exit = True
        thread.join(10)
