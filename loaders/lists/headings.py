"""What heads the columns of a book, for a person who says what they mean."""

from __future__ import annotations

from collections.abc import Mapping

from kg.loading import Heading
from loaders.lists.tables import likely, tables
from loaders.lists.textual import textual
from loaders.lists.words import Meaning, meaning, plain_header, words
from loaders.source.grid import Book


def headings(book: Book, asked: Mapping[str, str]) -> list[Heading]:
    """The columns of a book's tables, or where none is understood the cells of the row that is likeliest a header."""
    columns: dict[str, Meaning | None] = {}
    for table in tables(book, textual(book).starts, asked):
        columns |= {c.header: c.meaning for c in table.header.columns}
    if not columns and book.grids:
        row = likely(book)[1]
        columns = {" ".join(c.split()): None for c in (row.cells if row else ()) if c.strip()}
    offered = {meaning(plain_header(word)): word for word in words()["offered"]}
    return [Heading(text, known is not None, offered.get(known, "")) for text, known in columns.items()]
