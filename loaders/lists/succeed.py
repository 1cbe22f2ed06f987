"""Tables of bodies renamed and merged: which one follows which, from when."""

from __future__ import annotations

from datetime import date

from kg.dates import find_dates
from loaders.lists.cell import Words
from loaders.lists.draft import Draft
from loaders.lists.layout import Cell
from loaders.lists.row import Row
from loaders.lists.rows import Rows
from loaders.prose.page import Entity, Span


def succeeded(rows: Rows, draft: Draft, row: Row, reference: date | None) -> None:
    """SUCCEEDS from the body that a row says is now to each that it says was."""
    new = [x for _, cell, w in row.words("successor") for x in _bodies(rows, row, cell, w)]
    if len(new) != 1:
        return
    days = [d for _, _, w in row.words("when") for d in find_dates(w.text, reference)]
    day = days[0].iso if len(days) == 1 and days[0].precision == "day" and not days[0].iso_end else ""
    for old, span in (x for _, cell, w in row.words("former") for x in _bodies(rows, row, cell, w)):
        draft.mention(old, span)
        draft.mention(*new[0])
        if old is not new[0][0]:
            draft.say(new[0][0], "SUCCEEDS", old, (span, new[0][1]), "list-row", 0.95, date=day)


def _bodies(rows: Rows, row: Row, cell: Cell, words: Words) -> list[tuple[Entity, Span]]:
    read = rows.parties.read(cell, words, row.home, "body")
    bodies = [
        p for p in read if p.entity is not None and p.entity.label == "Agency" and not p.entity.props.get("generic")
    ]
    return [(p.entity, words.span(cell, p.start, p.end)) for p in bodies if p.entity is not None]
