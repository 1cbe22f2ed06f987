"""``key=value`` as it is typed."""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import QueryError


def assignments(given: Iterable[str]) -> dict[str, str]:
    """``-p key=value`` options as a dict. Raises QueryError for one that lacks its key, or is given twice."""
    found: dict[str, str] = {}
    for text in given:
        key, equals, value = text.partition("=")
        key = key.strip()
        if not equals or not key:
            raise QueryError(f"-p {text!r} is not key=value; write for instance -p subject=沛县")
        if key in found:
            raise QueryError(f"-p {key} is given twice ({found[key]!r} and {value!r}); give it once")
        found[key] = value
    return found
