"""What several notices say of one thing, merged: pure functions, independent of the order of loading.

Contributions are ordered by (published, notice id). Per property the newest wins; a name comes from the newest
contribution that is not ``inferred``, every other spelling becomes an alias; ``generic`` and ``inferred`` hold
only if they hold in every contribution. Of a relationship all evidence is kept, oldest notice first; ``rule``,
``confidence`` and ``premises`` are those of the surest contribution (the newest of equals), because a second,
weaker reading of the same fact must not make it less certain. Of a holding the newest notice tells the status too where it
gives none: see :func:`_later`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.model import Evidence, Value

ONLY_IF_ALL_SAY = ("generic", "inferred")
ACTING, REMOVED = "代理", "免去"
_PASSING = (ACTING, "拟任", "时任")
"""Statuses of a holding that end where a later notice names the holder without one."""
_NOT_HELD = ("拟任", REMOVED)
"""Those that do not say that the post was held on the day of the notice."""
HOW_HELD = frozenset(("status", "since", "until"))
"""What notices say of how and when a post is held."""


class NodeSaid(NamedTuple):
    """What one notice says of a thing; ``published`` is the notice's ISO date or ''."""

    notice: str
    published: str
    name: str
    aliases: tuple[str, ...]
    props: dict[str, Value]


class EdgeSaid(NamedTuple):
    """What one notice says of a relationship, with its words."""

    notice: str
    published: str
    rule: str
    confidence: float
    premises: tuple[str, ...]
    props: dict[str, Value]
    evidence: tuple[Evidence, ...]


class MergedNode(NamedTuple):
    """A thing as the graph holds it; ``first_seen`` and ``last_seen`` are ISO dates or ''."""

    name: str
    aliases: tuple[str, ...]
    first_seen: str
    last_seen: str
    props: dict[str, Value]


class MergedEdge(NamedTuple):
    """A relationship as the graph holds it, with the contributions it was merged from."""

    evidence: tuple[Evidence, ...]
    rule: str
    confidence: float
    premises: tuple[str, ...]
    first_seen: str
    last_seen: str
    props: dict[str, Value]
    said: tuple[EdgeSaid, ...]


def _age(said: NodeSaid | EdgeSaid) -> tuple[str, str]:
    return said.published, said.notice


def _seen(dates: Iterable[str]) -> tuple[str, str]:
    known = sorted(d for d in dates if d)
    return (known[0], known[-1]) if known else ("", "")


def merge_node(contributions: Sequence[NodeSaid]) -> MergedNode:
    """Merge at least one contribution to a thing."""
    if len(contributions) == 1:  # most things are named by one notice only
        (said,) = contributions
        own = {k: v for k, v in said.props.items() if v is True or k not in ONLY_IF_ALL_SAY}
        spelt = tuple(sorted({*said.aliases} - {said.name, ""})) if said.aliases else ()
        return MergedNode(said.name, spelt, said.published, said.published, own)
    ordered = sorted(contributions, key=_age)
    props: dict[str, Value] = {}
    for said in ordered:
        props.update(said.props)
    for flag in ONLY_IF_ALL_SAY:
        props.pop(flag, None)
        if all(said.props.get(flag) is True for said in ordered):
            props[flag] = True
    stated = [said for said in ordered if said.props.get("inferred") is not True]
    name = (stated or ordered)[-1].name
    spellings = {said.name for said in ordered}.union(*(said.aliases for said in ordered)) - {name, ""}
    first, last = _seen(said.published for said in ordered)
    return MergedNode(name, tuple(sorted(spellings)), first, last, props)


def absorb(merged: MergedNode, said: NodeSaid) -> MergedNode | None:
    """The merge with one more notice's contribution, or None where only a merge of all of them can tell.

    Saves reading a thousand contributions to a province when the next notice merely names it again.
    """
    newest = said.published > merged.last_seen
    props = dict(merged.props)
    for flag in ONLY_IF_ALL_SAY:
        if said.props.get(flag) is not True:
            props.pop(flag, None)
    for key, value in said.props.items():
        if key in ONLY_IF_ALL_SAY or props.get(key) == value:
            continue
        if key in props and not newest:
            return None
        props[key] = value
    name = merged.name
    if said.name != name:
        inferred, was_inferred = said.props.get("inferred") is True, merged.props.get("inferred") is True
        if inferred == was_inferred and not newest:
            return None
        if was_inferred or not inferred:
            name = said.name
    spellings = {merged.name, *merged.aliases, said.name, *said.aliases} - {name, ""}
    first, last = _seen((merged.first_seen, merged.last_seen, said.published))
    return MergedNode(name, tuple(sorted(spellings)), first, last, props)


def merge_edge(contributions: Sequence[EdgeSaid]) -> MergedEdge:
    """Merge at least one contribution to a relationship; at most one a notice."""
    if len(contributions) == 1:
        (said,) = contributions
        words = said.evidence if len(said.evidence) < 2 else tuple(sorted(set(said.evidence)))
        return MergedEdge(
            words, said.rule, said.confidence, said.premises, said.published, said.published, said.props, (said,)
        )
    ordered = sorted(contributions, key=_age)
    props: dict[str, Value] = {}
    named = ""
    for said in ordered:
        _later(props, said, named)
        if not named and said.props.get("status") not in _NOT_HELD:
            named = str(said.props.get("since") or said.published)
    surest = max(ordered, key=lambda said: (said.confidence, _age(said)))
    evidence = [e for said in ordered for e in sorted(set(said.evidence))]
    first, last = _seen(said.published for said in ordered)
    return MergedEdge(
        tuple(evidence), surest.rule, surest.confidence, surest.premises, first, last, props, tuple(ordered)
    )


def may_end(props: Mapping[str, Value]) -> bool:
    """Whether one of these properties of a relationship may go where one more notice speaks of it."""
    return props.get("status") in _PASSING or "until" in props or "outright" in props


def _later(props: dict[str, Value], said: EdgeSaid, named: str) -> None:
    """Add to what is said of a relationship what the next notice says; it was said to hold on the day ``named``, if on any.

    Who acted in a post, or was to come, and is named without that holds it outright (from the day ``outright``). Who is
    appointed again after the end has not left; who is elected anew to what they held already has held it since before.
    """
    own, status, now = dict(said.props), props.get("status"), said.props.get("status")
    since = str(own.get("since", ""))
    if status in _PASSING and now is None:
        del props["status"]
        if status == ACTING:
            props["outright"] = since or said.published
    elif now == ACTING:
        props.pop("outright", None)
    if since > str(props.get("until", "~")):
        del props["until"]
        if status == REMOVED:
            props.pop("status", None)
    elif named and since > named:
        del own["since"]
    props.update(own)
