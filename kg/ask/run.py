"""Runs a saved question with parameters as a person gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.ask.nearest import or_nearest
from kg.ask.saved import COMMON, SavedQuery, catalogue
from kg.errors import QueryError
from kg.store import Rows, Store

_ALL = 2**31 - 1


def run(
    store: Store,
    query: str | SavedQuery,
    params: Mapping[str, Any] | None = None,
    *,
    stated_only: bool = False,
    as_of: str | None = None,
    min_confidence: float = 0.0,
    limit: int | None = None,
    timeout: float | None = None,
    extra_dir: Path | None = None,
) -> Rows:
    """Answer the question of that name, or one read before.

    ``params`` are texts or plain values; names of things are looked up. ``as_of`` is an ISO date or 'all'; None
    speaks of what has not ended; ``min_confidence`` (0..1) leaves out what is less sure. ``limit`` cuts rows, ``timeout`` is in seconds. Raises QueryError or SubjectError.
    """
    saved = query if isinstance(query, SavedQuery) else catalogue(extra_dir).named(query)
    values = arguments(
        store, saved, params or {}, stated_only=stated_only, as_of=as_of, min_confidence=min_confidence, limit=limit
    )
    found = store.query(saved.cypher, values, limit=limit, timeout=timeout)
    # A saved question may name kinds of things that nothing loaded so far speaks of; that is no mistake of the asker.
    return Rows(found.columns, found.rows, found.truncated)


def arguments(
    store: Store, saved: SavedQuery, params: Mapping[str, Any], *, stated_only: bool = False, as_of: str | None = None,
    min_confidence: float = 0.0, limit: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What the query's ``$names`` stand for. Raises QueryError or SubjectError."""
    known = {p.name: p for p in saved.parameters}
    for key in params:
        if key not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            option = "; use --" + key.replace("_", "-") if key in COMMON else or_nearest(key, known)
            raise QueryError(f"{saved.name} has no parameter {key!r}: {takes}{option}")
    if min_confidence and "$min_confidence" not in saved.cypher:
        raise QueryError(f"{saved.name} does not ask how sure its relationships are; leave --min-confidence out")
    values: dict[str, Any] = {
        "stated_only": stated_only, "as_of": day(as_of), "min_confidence": float(min_confidence),
        "most": _ALL if limit is None else limit + 1,  # one more, by which it is seen that there are more
    }  # fmt: skip
    for name, parameter in known.items():
        if name in params:
            values[name] = parameter.value(store, params[name])
        elif values.get(name):
            continue  # --as-of, for a question that has the day among its parameters
        elif parameter.required:
            example = f", for instance -p {name}={parameter.example}" if parameter.example is not None else ""
            raise QueryError(f"{saved.name} needs {name} ({parameter.type}){example}")
        else:
            values[name] = parameter.value(store, parameter.default)
    return values


def day(as_of: str | None) -> str | None:
    """An ``--as-of``: an ISO date, 'all' or None. Raises QueryError."""
    if as_of is None or as_of == "all":
        return as_of
    try:
        return dt.date.fromisoformat(as_of).isoformat()
    except ValueError:
        raise QueryError(f"as of {as_of!r}: give a date such as 2024-03-31, or all") from None
