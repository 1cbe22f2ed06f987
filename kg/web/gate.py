"""What stands before every request: who may ask, from which address, how much, and what a page may do in the browser."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
MOST_BYTES = 32 * 2**20
"""Of a request's body."""
HEARD_BYTES = 2**20
"""Of the body of a request that is refused."""
COOKIE = "kg_token"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FRAMED = "frame-ancestors 'self'"  # a drawing brings its own policy, which names its scripts by their hashes
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_SAFE = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Gate:
    """ASGI middleware. ``hosts`` are the names (without port) that it answers to; ``token`` is '' where none is needed."""

    app: App
    hosts: frozenset[str] = frozenset(LOOPBACK)
    token: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        refusal = self._refusal(scope, headers)
        if refusal:
            await _heard(receive, headers)
            await _say(send, *refusal)
            return
        if self.token and not self._known(headers):
            await _heard(receive, headers)
            await self._ask_for_token(scope, send)
            return
        await self.app(scope, _limited(receive), _dressed(scope, send))

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        """Status and reason for a request that is not for this server, not from its own pages, or too large."""
        host = headers.get("host", "")
        if _name(host) not in self.hosts:
            return 421, f"{host or 'this host'}: not a name of this server; open the address that kg serve printed"
        origin = headers.get("origin")
        if origin is not None and origin != "null" and urlsplit(origin).netloc != host:
            return 403, f"{origin}: another site's page may not ask here"
        if scope["method"] not in _SAFE and (origin is None or origin == "null"):
            # a browser names the page a form was sent from; programs that are no browser send the header themselves
            return 403, "a request that changes something must say where it comes from (header Origin)"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return 413, f"more than {MOST_BYTES // 2**20} MB at once; use kg load at the prompt"
        return None

    def _known(self, headers: dict[str, str]) -> bool:
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        return any(_same(self.token, given) for given in (bearer, _cookies(headers).get(COOKIE, "")))

    async def _ask_for_token(self, scope: Scope, send: Send) -> None:
        """A right ``?token=`` is kept in a cookie and taken out of the address; anything else is refused."""
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(asked).get("token", "")
        if scope["method"] not in _SAFE or not _same(self.token, given):
            await _say(send, 401, "open the address that kg serve printed: it holds the token this server asks for")
            return
        rest = urlencode([pair for pair in asked if pair[0] != "token"])
        place = scope["path"] + (f"?{rest}" if rest else "")
        cookie = f"{COOKIE}={self.token}; Path=/; HttpOnly; SameSite=Strict"
        place = "/" + place.lstrip("/")
        await _say(send, 303, "", {"location": _ascii(place), "set-cookie": cookie})


def form_token(secret: bytes, cookie: str) -> str:
    """What a form of ours carries, so that another site's form is known: bound to the browser's own cookie."""
    return hmac.new(secret, cookie.encode("utf-8"), "sha256").hexdigest()


async def _heard(receive: Receive, headers: dict[str, str]) -> None:
    """Take a small body in before it is refused: a connection closed on unread bytes is reset, and the refusal with it."""
    length = headers.get("content-length", "")
    more = length.isdecimal() and int(length) <= HEARD_BYTES
    while more:
        message = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)


def _limited(receive: Receive) -> Receive:
    seen = 0

    async def inner() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MOST_BYTES:
            return {"type": "http.disconnect"}
        return message

    return inner


def _dressed(scope: Scope, send: Send) -> Send:
    async def inner(message: Message) -> None:
        if message["type"] == "http.response.start":
            policy = FRAMED if scope["path"].startswith("/drawing/") else POLICY
            given = {k.lower() for k, _ in message.get("headers", ())}
            extra = {**_HEADERS, "content-security-policy": policy}
            message = {
                **message,
                "headers": [
                    *message.get("headers", ()),
                    *((k.encode(), v.encode()) for k, v in extra.items() if k.encode() not in given),
                ],
            }
        await send(message)

    return inner


async def _say(send: Send, status: int, text: str, headers: dict[str, str] | None = None) -> None:
    both = {
        "content-type": "text/plain; charset=utf-8",
        "content-security-policy": POLICY,
        **_HEADERS,
        **(headers or {}),
    }
    raw = [(k.encode("latin-1"), v.encode("latin-1", "replace")) for k, v in both.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": (text + "\n").encode("utf-8", "replace") if text else b""})


def _name(host: str) -> str:
    """The name of a Host header, without its port."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.rpartition(":")[0].lower() if ":" in host else host.lower()


def _cookies(headers: dict[str, str]) -> dict[str, str]:
    try:
        return {k: v.value for k, v in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _same(token: str, given: str) -> bool:
    return bool(given) and hmac.compare_digest(token.encode("utf-8"), given.encode("utf-8", "replace"))


def _ascii(place: str) -> str:
    return quote(place, safe="/?=&%+:@,;~-._!$'()*")
