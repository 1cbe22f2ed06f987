"""Whether a relationship holds on a day.

``since`` is inside a holding, ``until`` is not. A holding is unknown after the last notice that names it, and so is
one before the first. Without a day, what no notice has ended holds; with ``all``, everything is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kg.model import Edge, Notice
from kg.store.merge import ACTING, REMOVED

ALL = "all"
ENDED_BY_STATUS = frozenset({REMOVED})
PAST_BY_STATUS = frozenset({"时任"})
NOT_YET_BY_STATUS = frozenset({"拟任"})


@dataclass(frozen=True, slots=True)
class Span:
    """A relationship in time, ISO dates or '': when it began and ended, and when notices first and last spoke of it."""

    since: str
    until: str
    first: str
    last: str
    status: str = ""

    def state(self, as_of: str) -> str:
        """``holds``, ``unknown`` (last named before that day, not known to have ended), ``past`` or ``future``."""
        if as_of == ALL:
            return "holds"
        if self.status in NOT_YET_BY_STATUS:
            return "future"
        if self.until and (not as_of or as_of >= self.until):
            return "past"
        if not as_of:
            return "past" if self.status in PAST_BY_STATUS else "holds"
        begun = self.since or self.first
        if begun and as_of < begun:
            return "future"
        if self.last and as_of > self.last and not self.until:
            return "past" if self.status in PAST_BY_STATUS else "unknown"
        return "holds"


def span(edge: Edge, notices: Mapping[str, Notice]) -> Span:
    """The time of a relationship, from its own properties and from the notices that state it."""
    first = _text(edge, "first_seen") or min(_dates(edge, notices), default="")
    last = _text(edge, "last_seen") or max(_dates(edge, notices), default="")
    since, until, status = (_text(edge, name) for name in ("since", "until", "status"))
    until = until or _text(edge, "superseded")
    if status in ENDED_BY_STATUS and not until:
        until = last
    return Span(since, until, first, last, status)


def status(edge: Edge, as_of: str) -> str:
    """How a post is held on a day: who was only named outright later still acts, who was dismissed later is in office."""
    if as_of and as_of != ALL:
        if _text(edge, "outright") > as_of:
            return ACTING
        if _text(edge, "status") in ENDED_BY_STATUS and as_of < (_text(edge, "until") or _text(edge, "last_seen")):
            return ""
    return _text(edge, "status")


def stated(edge: Edge) -> Edge:
    """The relationship without an end that only follows from another holding."""
    if "superseded" not in edge.props:
        return edge
    return replace(edge, props={k: v for k, v in edge.props.items() if k not in ("superseded", "superseded_by")})


def in_force(edge: Edge, notices: Mapping[str, Notice], as_of: str, dated: bool) -> bool:
    """Whether a relationship other than a holding is drawn as of a day; ``dated`` ones begin when first stated."""
    if as_of == ALL:
        return True
    time = span(edge, notices)
    if time.until and (not as_of or as_of >= time.until):
        return False
    begun = time.since or (time.first if dated else "")
    return not (as_of and begun and as_of < begun)


def clause(as_of: str, stated_only: bool, dated: bool, least: float) -> str:
    """Cypher that tells of a relationship ``r`` whether it is drawn as of ``$day`` with at least ``$least`` confidence, as
    :func:`in_force` does; ``dated`` ones begin when first stated."""
    said = ["coalesce(r.confidence, 1.0) >= $least"] if least else ["true"]
    said += ["NOT coalesce(r.derived, false)"] if stated_only else []
    if as_of == ALL:
        return " AND ".join(said)
    until = "coalesce(r.until, '')" if stated_only else "coalesce(r.until, r.superseded, '')"
    ended, past, awaited = (
        f"coalesce(r.status, '') IN {sorted(some)!r}" for some in (ENDED_BY_STATUS, PAST_BY_STATUS, NOT_YET_BY_STATUS)
    )
    said.append(f"NOT {awaited}")
    if not as_of:
        return " AND ".join([*said, f"{until} = ''", f"NOT {ended}", f"NOT {past}"])
    begun, last = f"coalesce(r.since, {'r.first_seen, ' * dated}'')", "coalesce(r.last_seen, '')"
    said += [f"({until} = '' OR {until} > $day)", f"NOT ({ended} AND {until} = '' AND {last} <= $day)"]
    return " AND ".join([*said, f"NOT ({past} AND {last} < $day)", f"{begun} <= $day"])


def holders(
    edges: Iterable[Edge], notices: Mapping[str, Notice], as_of: str, single: bool
) -> tuple[list[tuple[Edge, Span, str]], str]:
    """Who holds a post on a day: ``(edge, span, state)`` in order of id, and since when nobody is known to (or '').

    ``single`` posts have one holder at a time: one named later takes the place of one last named before.
    """
    known = [(edge, span(edge, notices)) for edge in sorted(edges, key=lambda e: e.key)]
    now = [(edge, time, time.state(as_of)) for edge, time in known]
    here = [row for row in now if row[2] in ("holds", "unknown")]
    if single and as_of != ALL and len(here) > 1:
        latest = max(time.since or time.first for _, time, _ in here)
        here = [row for row in here if row[1].last >= latest or (row[1].since or row[1].first) == latest]
    ended = [time.until for _, time, state in now if state == "past" and time.until]
    return here, ("" if here else max(ended, default=""))


def _dates(edge: Edge, notices: Mapping[str, Notice]) -> Iterable[str]:
    for evidence in edge.evidence:
        notice = notices.get(evidence.notice)
        if notice and notice.published:
            yield notice.published


def _text(edge: Edge, name: str) -> str:
    value = edge.props.get(name, "")
    return value if isinstance(value, str) else ""
