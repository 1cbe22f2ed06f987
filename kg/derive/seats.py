"""Posts that one person at a time holds, when a holding ends because another has begun, and what posts are marked with so that
questions about their holders look at few of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from typing import Any

from kg.derive.rules import seat

HOLDINGS = (
    "MATCH (who:Person)-[h:HOLDS]->(post:Post) WHERE NOT h.derived RETURN h.uid AS uid, who.uid AS person, "
    "who.name AS name, coalesce(who.partial, false) AS partial, post.uid AS post, post.title AS title, "
    "coalesce(post.generic, false) OR coalesce(post.unresolved, false) AS vague, h.status AS status, "
    "h.since AS since, h.until AS until, h.first_seen AS first, h.last_seen AS last, "
    "h.superseded AS superseded, h.superseded_by AS superseded_by, "
    "EXISTS { MATCH (post)-[:POST_IN]->() } AS placed, EXISTS { MATCH (who)-[:BEARS]->(:Obligation) } "
    "OR EXISTS { MATCH (post)-[:BEARS]->(:Obligation) } OR EXISTS { MATCH (post)-[:POST_IN]->(:Agency|Region)"
    "-[:GOVERNS*0..1]->(:Agency|Region)-[:BEARS]->(:Obligation) } AS duty"
)
"""Asks for all holdings, as :func:`successions` and :func:`marks` take them, and for what is stored of their ends."""


def is_single(title: str) -> bool:
    """Whether a title (without its body) is that of a post that one person at a time holds: 县长, not 副县长 or 常委."""
    return bool(seat().single.match(title))


def is_head(title: str) -> bool:
    """Whether a title is that of the head of a body; also by class (主要负责人)."""
    return bool(seat().head.match(title))


def own_title(title: str) -> str:
    """The title of the post that one acts in, by that of who acts: 县长 of 代县长; any other is its own."""
    return seat().acting.sub("", title)


def is_acting(title: str) -> bool:
    """Whether a title is that of one who acts in a post of another title: 代县长."""
    return own_title(title) != title


def successions(holdings: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Of holdings that ended because another began: ``{uid: (day, uid of the successor's holding)}``.

    A holding has ``uid person name partial post title vague placed status since until first last`` (days are ISO or
    absent). It ends on the day on which the first holder named after its own last notice began, or was first named.
    Holders named in the meantime contradict one another, and nothing follows. Who acts (代县长) sits in the seat too, and
    no longer acts when named as the holder outright.
    """
    seats: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in holdings:
        if row["placed"] and not row["vague"] and is_single(str(row["title"] or "")):
            seats[_seat(row["post"])].append(row)
    found: dict[str, tuple[str, str]] = {}
    aside = seat().aside
    for rows in seats.values():
        begun = [(_begun(row), row) for row in rows if not row["partial"] and (row["status"] or "") not in aside]
        latest = max((day for day, _ in begun), default="")
        for row in rows:
            if not row["last"] or row["last"] >= latest or row["until"] or (row["status"] or "") in aside:
                continue
            later = [
                (day, other["uid"])
                for day, other in begun
                if day > row["last"] and (other["name"] != row["name"] or len(other["post"]) < len(row["post"]))
            ]
            if later:
                found[row["uid"]] = min(later)
    return found


def marks(holdings: Iterable[Mapping[str, Any]], ended: Container[str]) -> dict[str, set[str]]:
    """What each post is marked with: ``contested`` where two people's holdings of it overlap on a day, ``turnover`` where one
    ended and who held it, it or what its body stands for has duties.

    A holding is as in :func:`successions`, with ``duty``; ``ended`` are those that another ended.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    posts: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in holdings:
        posts[row["post"]].append(row)
        if row["duty"] and (row["until"] or row["status"] == "免去" or row["uid"] in ended):
            found[row["post"]].add("turnover")
    for post, rows in posts.items():
        if _overlap(rows):
            found[post].add("contested")
    return found


def _overlap(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether on some day two people of other names hold a post."""
    still: dict[str, str] = {}  # until when, by name
    for begun, end, name in sorted(
        (_begun(row), row["until"] or f"{row['last'] or ''}~", str(row["name"])) for row in rows
    ):
        still = {other: day for other, day in still.items() if day > begun}
        if still.keys() - {name}:
            return True
        still[name] = max(still.get(name, ""), end)
    return False


def alike(post: str) -> set[str]:
    """The ids of the posts in whose seat the holder of a post sits, or acts."""
    body, slash, title = _seat(post).rpartition("/")
    return {f"{body}{slash}{acts}{title}" for acts in ("", *seat().acts)}


def _seat(post: str) -> str:
    """A post's id, the same for who holds it and who acts in it."""
    body, slash, title = post.rpartition("/")
    return body + slash + seat().before.sub("", title)


def _begun(row: Mapping[str, Any]) -> str:
    return str(row["since"] or row["first"] or "")
