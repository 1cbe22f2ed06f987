"""What a store notes of holdings, of the portfolios that go with them, and of posts: written where it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.derive.portfolios import PORTFOLIOS, portfolios
from kg.derive.seats import marks
from kg.store import records as rec
from kg.store.changed import Changed
from kg.store.records import Run

Row = dict[str, Any]
Ends = Mapping[str, tuple[str, str]]
"""Of holdings that ended: as :func:`kg.derive.seats.successions`."""
ROWS = 2_000  # to a statement


def write(run: Run, a: str, b: str, what: str, rows: Sequence[Row]) -> None:
    """Change relationships (``a``, ``b`` in ``what``) between things of these labels; a row names its ends."""
    ends = f"UNWIND $rows AS row MATCH (a:{a} {{uid: row.source}}) MATCH (b:{b} {{uid: row.target}}) "
    for at in range(0, len(rows), ROWS):
        run(ends + what, {"rows": rows[at : at + ROWS]})


def ends_of_holdings(run: Run, rows: Iterable[Row], ends: Ends, over: Changed | None) -> int:
    """Mark the holdings that ended because another began, and unmark the others; how many changed."""
    return _ended(
        run,
        "HOLDS",
        [
            {
                "source": row["person"],
                "a": "Person",
                "target": row["post"],
                "b": "Post",
                "uid": row["uid"],
                "day": day,
                "by": by,
            }
            for row in rows
            for day, by in [ends.get(row["uid"], (None, None))]
            if (row["superseded"], row["superseded_by"]) != (day, by)
        ],
        over,
    )


def ends_of_portfolios(run: Run, people: list[str], over: Changed | None) -> int:
    """Mark the portfolios of those whose posts have ended that they went with, and unmark the others; how many changed."""
    count = 0
    for type_, asked in PORTFOLIOS.items():
        found = run(asked, {"ids": people})
        ends = portfolios(found)
        made = [
            {
                "source": row["person"],
                "a": "Person",
                "target": row["of"],
                "b": row["label"],
                "uid": uid,
                "day": day,
                "by": by,
            }
            for uid, row in {row["uid"]: row for row in found}.items()
            for day, by in [ends.get(uid, (None, None))]
            if (row["superseded"], row["superseded_by"]) != (day, by)
        ]
        count += _ended(run, type_, made, over)
    return count


def _ended(run: Run, type_: str, rows: Sequence[Row], over: Changed | None) -> int:
    """Write on which day relationships of a type ended; how many they are."""
    end = f"MATCH (a)-[r:{type_} {{uid: row.uid}}]->(b) SET r.superseded = row.day, r.superseded_by = row.by"
    for a, b in sorted({(row["a"], row["b"]) for row in rows}):
        some = [row for row in rows if (row["a"], row["b"]) == (a, b)]
        write(run, a, b, end, some)
        if over is not None:
            over.alike(type_, a, b, [(row["source"], row["target"]) for row in some])
    return len(rows)


def mark_posts(run: Run, rows: Iterable[Row], ends: Ends, stored: Iterable[Row]) -> int:
    """Mark the posts of these holdings, and take from them the marks that hold no longer; how many changed."""
    found = marks(rows, ends)
    before = {row["post"]: {mark for mark in rec.MARKS if row[mark]} for row in stored}
    made = [
        {"post": post, **{mark: mark in found[post] or None for mark in rec.MARKS}}
        for post in sorted(before.keys() | found.keys())
        if before.get(post, set()) != found[post]
    ]
    if made:
        values = ", ".join(f"n.{mark} = row.{mark}" for mark in rec.MARKS)
        run(f"UNWIND $rows AS row MATCH (n:Post {{uid: row.post}}) SET {values}", {"rows": made})
    return len(made)
