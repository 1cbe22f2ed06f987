"""Accountability lists: workbooks, CSV files and tables of pages and Word files as Readings.

read -> text -> layout -> rows -> statements -> resolve; names, bodies, places and ids are read as in prose.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.loading import Defaults
from kg.model import Reading


class Lists:
    """The loader of accountability lists. It claims workbooks and CSV files, and pages and Word files that are a
    list."""

    name = "lists"
    endings = (".xlsx", ".xlsm", ".csv", ".tsv", ".xls")

    def read(self, source: Path | bytes, name: str, defaults: Defaults) -> Reading | None:
        """One file, or None where it is no list. Raises SourceError, one line that begins with the file's name."""
        from loaders.lists.opening import open_book
        from loaders.lists.reading import read_book

        with _uncollected():
            book = open_book(source, name or str(source))
            return read_book(book, defaults) if book is not None else None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: a roster makes a million things that stay, and looking through them over and
    over would take
    as long as the reading."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


LOADER = Lists()
