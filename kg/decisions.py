"""What an analyst decides on a statement: it is rejected, confirmed, or the decision before is withdrawn.

A decision is never changed or deleted; the last one on a statement holds. So two collections of decisions are put together
by taking both, in any order, and what a graph holds follows from its notices and its decisions alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from kg.errors import QueryError
from kg.identity import digest
from kg.model import Evidence

Verdict = Literal["rejected", "confirmed", "withdrawn"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
MOST_NAME, MOST_WHY = 80, 2000
"""Characters of a name and of a reason."""
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_STATEMENT = re.compile(r"[^|]+\|[A-Z_]+\|[^|]+\|.*\|(stated|derived)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\s]+")


@dataclass(frozen=True, slots=True)
class Decision:
    """``statement`` is the key of an edge, ``at`` a moment in UTC (``2024-03-02T08:00:00Z``); ``words`` are those that the
    statement rested on when it was decided."""

    statement: str
    verdict: Verdict
    by: str
    at: str
    why: str = ""
    words: tuple[Evidence, ...] = ()

    @property
    def id(self) -> str:
        """From its content: the same decision has the same id everywhere."""
        return f"decision:{digest(self.statement, self.verdict, self.by, self.at, self.why)}"

    @property
    def ends(self) -> tuple[str, str]:
        """The ids of the things that the statement joins."""
        source, _, target = self.statement.split("|", 3)[:3]
        return source, target


def decision(
    statement: str, verdict: str, by: str, why: str = "", *, at: str = "", words: Iterable[Evidence] = ()
) -> Decision:
    """A decision that keeps the rules; ``at`` '' is now. Raises QueryError: somebody decides, and a rejection says why."""
    if not _STATEMENT.fullmatch(statement):
        raise QueryError(f"{statement!r} is no id of a statement; `kg show NAME --ids` prints them")
    if statement.split("|", 2)[1] == "STATED_IN":
        raise QueryError("that a notice names a thing is no statement; decide on what it says of the thing")
    if verdict not in VERDICTS:
        raise QueryError(f"{verdict!r} is no verdict; known: {', '.join(VERDICTS)}")
    by, why = one_line(by), one_line(why)
    if not by:
        raise QueryError("a decision says who made it; give a name")
    if verdict == "rejected" and not why:
        raise QueryError("a rejection says why; give a sentence")
    for what, text, most in (("the name", by, MOST_NAME), ("the reason", why, MOST_WHY)):
        if len(text) > most:
            raise QueryError(f"{what} has {len(text)} characters; at most {most} are kept")
    return Decision(statement, verdict, by, _moment(at), why, tuple(sorted(set(words))))


def last(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The decision that holds on each statement; a withdrawal too."""
    return {d.statement: d for d in sorted(decisions, key=order)}


def order(made: Decision) -> tuple[str, str]:
    """Earlier ones first; of the same second in an order of their own."""
    return made.at, made.id


def after(made: Decision) -> str:
    """Now, or where the clock lags behind a decision, the second after it."""
    then = dt.datetime.strptime(made.at, _MOMENT).replace(tzinfo=dt.UTC)
    return max(then + dt.timedelta(seconds=1), dt.datetime.now(dt.UTC)).strftime(_MOMENT)


def decision_json(made: Decision) -> dict[str, Any]:
    """A decision as plain data; :func:`decision_from_json` is its inverse."""
    return {
        "id": made.id,
        "statement": made.statement,
        "verdict": made.verdict,
        "by": made.by,
        "at": made.at,
        "why": made.why,
        "words": [v._asdict() for v in made.words],
    }


def decision_from_json(data: Mapping[str, Any]) -> Decision:
    """Inverse of :func:`decision_json`. Raises QueryError for what is no decision."""
    try:
        said = {k: data[k] for k in ("statement", "verdict", "by", "at")} | {"why": data.get("why", "")}
        words = [Evidence(v["notice"], v["start"], v["end"], v["quote"]) for v in data.get("words", ())]
    except (KeyError, TypeError, AttributeError) as error:
        raise QueryError(f"not a decision: {error} is missing or of another kind") from error
    if not all(isinstance(v, str) for v in said.values()) or not said["at"]:
        raise QueryError("not a decision: statement, verdict, by, at and why are texts")
    return decision(**said, words=words)


def one_line(text: str) -> str:
    """A text without line breaks, control characters and lone surrogates."""
    return _CONTROL.sub(" ", text.encode("utf-8", "replace").decode("utf-8")).strip()


def _moment(at: str) -> str:
    if not at:
        return dt.datetime.now(dt.UTC).strftime(_MOMENT)
    try:
        return dt.datetime.strptime(at, _MOMENT).strftime(_MOMENT)
    except ValueError:
        raise QueryError(f"{at!r} is no moment in UTC; write it as 2024-03-02T08:00:00Z") from None
