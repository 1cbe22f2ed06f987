"""All tables of a book, whichever way they are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.errors import SourceError
from loaders.lists.cards import Cards
from loaders.lists.header import Headers
from loaders.lists.layout import Reader, Table
from loaders.lists.words import known_headers, plain_header
from loaders.source.grid import Book, Grid, Row

_COVER = 12  # rows; a longer sheet without a table is no cover


def tables(book: Book, starts: Mapping[int, list[int]], asked: Mapping[str, str]) -> list[Table]:
    """All tables of a book. ``starts`` gives for each grid (by its place) where its rows begin in the notice's text."""
    found: list[Table] = []
    cover: list[str] = []
    forms: Cards | None = None
    for n, grid in enumerate(book.grids):
        cards = Cards.of(grid, starts[n], asked)
        if cards is None:
            mine = list(Reader(book, grid, Headers(grid, asked), starts[n]).tables())
            if not mine and not found:
                cover += covering(grid) if book.format == "xlsx" else grid.before
            found += mine
        elif forms is None or not forms.joined(cards):
            forms = cards
            found.append(cards.table)
    if found:  # of lines that may be a title the first counts in a workbook, the last on a page
        found[0].head = [*found[0].head, *cover] if book.format == "xlsx" else [*cover, *found[0].head]
    return found


def covering(grid: Grid) -> list[str]:
    """The lines of a sheet that is the cover of those after it: title, publisher, day."""
    lines = [[c for c in row.cells if c] for row in grid.rows]
    return [c for line in lines for c in line] if len(lines) <= _COVER and all(len(x) <= 2 for x in lines) else []


def no_header(book: Book, asked: Mapping[str, str]) -> SourceError:
    """The error of a file without a header that is understood."""
    if not book.grids:
        return SourceError(f"{book.source}: no sheet of it holds anything; give the file that has the list")
    grid, first = likely(book)
    where = f"sheet {grid.name}, " if grid.name and book.format == "xlsx" else ""
    row = (
        f"row {first.number}: {'｜'.join(' '.join(c.split()) for c in first.cells if c)[:120]}" if first else "no rows"
    )
    said = f" (--columns gave {'、'.join(asked.values())})" if asked else ""
    return SourceError(
        f"{book.source}: {where}the header is not understood ({row}){said}; words such as {known_headers()} are: "
        "say what a column means with --columns '责任人=its header'"
    )


def unmet(found: Iterable[Table], asked: Mapping[str, str]) -> list[str]:
    """A remark on the headers that ``--columns`` names and no table has; none where each is there."""
    cells = [c for t in found for row in t.grid.rows[t.header.first : t.header.last + 1] for c in row.cells]
    cells += [c.header for t in found for c in t.header.columns]
    there = {plain_header(c) for c in cells}
    missing = [here for here in asked.values() if plain_header(here) not in there]
    headers = "、".join(dict.fromkeys(c.header for t in found for c in t.header.columns))
    return (
        [f"no column is headed {'、'.join(missing)}, as --columns says; the headers are {headers}"] if missing else []
    )


def likely(book: Book) -> tuple[Grid, Row | None]:
    """The largest grid, and of its first rows the one with the most short texts."""
    grid = max(book.grids, key=lambda g: len(g.rows))
    return grid, max(grid.rows[:30], key=lambda r: len({c for c in r.cells if c and len(c) <= 20}), default=None)


def no_rows(book: Book, table: Table) -> SourceError:
    """The error of a file whose header is understood, with nothing beneath it."""
    where = f"sheet {table.grid.name}, " if table.grid.name and book.format == "xlsx" else ""
    row = table.grid.rows[table.header.last].number
    return SourceError(
        f"{book.source}: {where}no rows stand beneath the header (row {row}); give the file that has the list"
    )
