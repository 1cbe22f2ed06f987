"""Accountability lists: workbooks, CSV files and tables of pages and Word files as Readings.

read -> text -> layout -> rows -> statements -> resolve; names, bodies, places and ids are read as in prose.
"""

from __future__ import annotations

from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from kg.collector import at_rest, keep_tables
from kg.loading import Defaults, Heading
from kg.model import Reading

if TYPE_CHECKING:
    from kg.explain import Explanation
    from loaders.lists.telling import Telling

_LONG = {
    ".xlsx": 256 << 10,
    ".xlsm": 256 << 10,
    ".csv": 512 << 10,
    ".tsv": 512 << 10,
}  # bytes of some six thousand rows


class Lists:
    """The loader of accountability lists. It claims workbooks and CSV files, and pages and Word files that are a
    list."""

    name = "lists"
    endings = (".xlsx", ".xlsm", ".csv", ".tsv")
    refused = (".xls", ".et")

    def read(self, source: Path | bytes, name: str, defaults: Defaults) -> Reading | None:
        """One file, or None where no list is in it. Raises SourceError, one line that begins with the file's name."""
        reading, told = self._read(source, name, defaults)
        return told.reading if told is not None else reading

    def explain(self, source: Path | bytes, name: str, defaults: Defaults) -> Explanation | None:
        """As :meth:`read`, with what the sentences around a list leave unread."""
        from kg.explain.model import bare

        reading, told = self._read(source, name, defaults)
        return told if reading is None else bare(reading)

    @staticmethod
    def _read(source: Path | bytes, name: str, defaults: Defaults) -> tuple[Reading | None, Explanation | None]:
        """A file that is a list, or one of sentences with a list among them."""
        from loaders.lists.beside import read_beside
        from loaders.lists.opening import open_book
        from loaders.lists.reading import tell_book

        with at_rest():
            book = open_book(source, name or str(source))
            told = tell_book(book, defaults) if book is not None else None
            reading = told.reading() if told is not None else None
        if reading is not None:
            keep_tables()
        elif book is not None and book.format in ("html", "docx"):
            return None, read_beside(book, source, name, defaults)
        return reading, None

    def is_long(self, source: Path) -> bool:
        """Whether a file holds thousands of rows, by its size."""
        return source.stat().st_size >= _LONG.get(source.suffix.lower(), inf)

    def tell(self, source: Path | bytes, name: str, defaults: Defaults) -> Telling | None:
        """As :meth:`read`, what the file says told one by one."""
        from loaders.lists.opening import open_book
        from loaders.lists.reading import tell_book

        with at_rest():
            book = open_book(source, name or str(source))
            told = tell_book(book, defaults) if book is not None else None
            if told is not None:
                keep_tables()  # while the collector rests: it would go through them all when it goes on
            return told

    @property
    def offered(self) -> list[tuple[str, str]]:
        """Words that a column can be known by, in Chinese and English."""
        from loaders.lists.words import words

        return list(words()["offered"].items())

    def headings(self, source: Path | bytes, name: str, defaults: Defaults) -> list[Heading]:
        """What heads the columns of a file's tables. Raises SourceError."""
        from loaders.lists.headings import headings
        from loaders.lists.opening import open_book

        with at_rest():
            book = open_book(source, name or str(source))
            return headings(book, defaults.columns) if book is not None else []


LOADER = Lists()
