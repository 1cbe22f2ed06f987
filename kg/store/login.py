"""Name, password and database for a server, from anywhere but its address and the command line."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import StoreError

SCHEMES = {"neo4j", "neo4j+s", "bolt", "bolt+s"}
LOCAL = "neo4j-local"
_UNCHECKED = {"neo4j+ssc", "bolt+ssc"}
_HOW = "set NEO4J_PASSWORD, or name a file that holds it in NEO4J_PASSWORD_FILE"


@dataclass(frozen=True, slots=True)
class Login:
    """Where and as whom to connect: ``address`` is shown to people, ``uri`` connected to; the password is not shown.

    ``database`` None is the server's default.
    """

    address: str
    uri: str
    user: str
    password: str = field(repr=False)
    database: str | None = None


def login(address: str) -> Login:
    """How to connect to a bolt:// or neo4j:// address, or to the user's own server. Raises StoreError.

    The password comes from ``NEO4J_PASSWORD``, from the file named in ``NEO4J_PASSWORD_FILE``, or is asked for on a
    terminal. The user's own server has its own file.
    """
    database = os.environ.get("NEO4J_DATABASE") or None
    if address == LOCAL:
        from kg.server import login as own

        uri, user, password = own()
        return Login(address, uri, user, password, database)
    _check(address)
    user = os.environ.get("NEO4J_USERNAME") or "neo4j"
    password = os.environ.get("NEO4J_PASSWORD") or _from_file() or _asked(address, user)
    if not password:
        raise StoreError(f"{address}: no password; {_HOW} (and NEO4J_USERNAME if the name is not neo4j)")
    return Login(address, address, user, password, database)


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
        named, scheme, host, _ = "@" in parts.netloc, parts.scheme.lower(), parts.hostname, parts.port
    except ValueError:  # a wrong port or bracket; the address may hold a password, so it is not repeated
        named, scheme, host = "@" in address, "", None
    if named:
        raise StoreError("leave name and password out of the address; set NEO4J_USERNAME and NEO4J_PASSWORD")
    if scheme in _UNCHECKED:
        raise StoreError(
            f"{address}: +ssc takes any certificate for good; write +s, and name your own authority's in SSL_CERT_FILE"
        )
    if scheme not in SCHEMES or not host:
        raise StoreError(f"{address}: is no address of a server; write bolt://HOST:7687 or neo4j://HOST")
    if parts.query or parts.fragment or parts.path not in ("", "/"):
        raise StoreError(f"{scheme}://{parts.netloc}: nothing may follow the port; name the database in NEO4J_DATABASE")


def _from_file() -> str:
    named = os.environ.get("NEO4J_PASSWORD_FILE")
    if not named:
        return ""
    try:
        password = Path(named).expanduser().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise StoreError(f"{named}: the password cannot be read ({reason}); see NEO4J_PASSWORD_FILE") from error
    if not password:
        raise StoreError(f"{named}: is empty; put the password of the server into it, or unset NEO4J_PASSWORD_FILE")
    return password


def _asked(address: str, user: str) -> str:
    """The password from the person at a terminal; nobody is asked while a shell completes a word."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()) or os.environ.get("_KG_COMPLETE"):
        return ""
    import getpass

    try:
        return getpass.getpass(f"password of {user} at {address}: ")
    except EOFError:
        return ""
