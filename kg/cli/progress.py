"""A bar on standard error while files are read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

Source = tuple[str, Path | bytes | None, str]
"""A file's name, where it is (None where it is not known), and why it cannot be read ('' where it can)."""


class Progress:
    """The sources one after another, with a bar where standard error is a terminal."""

    def __init__(self, sources: list[Source]) -> None:
        self._bar: Any = click.progressbar(
            sources, label="reading", file=sys.stderr, hidden=not sys.stderr.isatty(), show_pos=True,
            item_show_func=lambda item: Path(item[0]).name[:30] if item else "",
        )  # fmt: skip

    def __enter__(self) -> Iterator[Source]:
        self._bar.__enter__()
        return iter(self._bar)

    def __exit__(self, *error: object) -> None:
        self._bar.__exit__(*error)
