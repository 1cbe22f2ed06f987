"""Colours on a terminal; none where standard output is no terminal or NO_COLOR is set."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

ROLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "soft": {"dim": True},
    "said": {"bold": True},
    "unread": {"fg": "red", "bold": True, "underline": True},
    "unresolved": {"fg": "red"},
    "partial": {"fg": "yellow", "underline": True},
    "generic": {"fg": "white", "underline": True},
    "Person": {"fg": "yellow"},
    "Post": {"fg": "magenta"},
    "Agency": {"fg": "blue"},
    "Region": {"fg": "green"},
}
OTHER = {"fg": "cyan"}


def coloured() -> bool:
    """Whether standard output shows colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def paint(words: str, role: str) -> str:
    """Words in the colour of a role."""
    return click.style(words, **ROLES.get(role, OTHER)) if words and coloured() else words


def put_painted(line: str) -> None:
    """A line whose words are clean already."""
    click.echo(line, color=coloured())
