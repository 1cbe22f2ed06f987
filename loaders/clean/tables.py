"""The tables beside the code, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


@cache
def characters() -> dict[str, Any]:
    """characters.toml: forms of one character."""
    return _table("characters.toml")


@cache
def furniture() -> dict[str, Any]:
    """furniture.toml: what stands on a page beside the notice."""
    return _table("furniture.toml")


@cache
def front() -> dict[str, Any]:
    """front.toml: front matter, its labels and forms, and the kinds of notice."""
    return _table("front.toml")


def any_label(*fields: str) -> str:
    """The labels of some fields of the front matter, of all without any, as an alternation, longer ones first."""
    labels = front()["labels"]
    every = {x for field in fields or labels for x in labels[field]}
    return "|".join(map(re.escape, sorted(every, key=lambda x: (-len(x), x))))
