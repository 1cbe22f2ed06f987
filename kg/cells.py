"""Names of a sheet's cells."""

from __future__ import annotations


def column_name(column: int) -> str:
    """The letters of a column counted from 0: 0 -> A, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_of(ref: str) -> int:
    """The column, counted from 0, of a cell reference such as C7; -1 where it has no letters."""
    column = 0
    for c in ref:
        if not c.isalpha():
            break
        column = column * 26 + ord(c.upper()) - 64
    return column - 1
