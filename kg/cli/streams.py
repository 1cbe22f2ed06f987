"""Standard output and error: UTF-8 everywhere, one line a complaint, whole files or none."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import click

from kg import whole


def use_utf8() -> None:
    """Make both streams UTF-8, also on a Windows console or in a pipe there; a lone surrogate is printed as '?'. A stream that
    was closed before the start (``>&-``) is an empty one."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.TextIOWrapper(io.BytesIO()))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def complain(message: str, who: str = "kg") -> int:
    """One line on standard error, whatever the message holds; returns the exit status 2."""
    line = " ".join(clean(message).split())
    try:
        click.echo(f"{who}: {line}", err=True)
    except OSError:
        pass  # nobody listens any more
    return 2


def clean(text: str) -> str:
    """Control characters made visible as spaces: a notice's words must not steer the terminal."""
    return "".join(" " if ord(c) < 32 and c not in "\n\t" or 127 <= ord(c) < 160 or c in _STEERING else c for c in text)


_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def stdin() -> bytes:
    """All of standard input."""
    return sys.stdin.buffer.read()


def put(text: str) -> None:
    """Text to standard output."""
    click.echo(clean(text))


def put_document(text: str) -> None:
    """A document to standard output as it is: what is in a file and what is in a pipe are the same characters."""
    sys.stdout.write(text)
    sys.stdout.flush()


def put_json(data: Any) -> None:
    """JSON to standard output, Chinese as it is."""
    import json

    put_document(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def save(path: Path, content: str | bytes) -> None:
    """Write a file whole, or leave what was there; ``-`` is standard output. Raises KgError."""
    if str(path) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content.encode("utf-8", "replace") if isinstance(content, str) else content)
        sys.stdout.flush()
    else:
        whole.write({path: content})


def closed_pipe() -> int:
    """After the reader has gone nothing more is written, not even at exit; returns the status 141, as after SIGPIPE."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        pass  # a stream without a descriptor, as in a test
    return 141
