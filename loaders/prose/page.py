"""What the stages of reading hand to one another: a cleaned page, the mentions in it, statements about them.

All offsets here are 0-based code points into the *cleaned* text (simplified script, one body, no menus), end
exclusive; only the last stage maps them back to the notice's own characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from kg.lazy import lazy
from kg.model import Value

_DIVISION = lazy(r"(\d{6})(\d+|/[^/]+(?:镇|乡|街道|苏木)(?=/|$))?")  # a county's code and what a township's key adds


class Span(NamedTuple):
    """A run of the cleaned text."""

    start: int
    end: int

    def within(self, other: Span) -> bool:
        """Whether this lies inside another span."""
        return other.start <= self.start and self.end <= other.end

    def joined(self, other: Span) -> Span:
        """The shortest run that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def __bool__(self) -> bool:
        return self.end > self.start


@dataclass(slots=True)
class Sentence:
    """A sentence with its clauses (split at ；), and the paragraph it stands in.

    ``heading`` is set where the sentence is a heading of its paragraph or stands alone as one
    ('一是深化思想认识。', '（二）难度更大。').
    """

    span: Span
    clauses: tuple[Span, ...]
    paragraph: int
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Meta:
    """Front matter of a notice, simplified script; '' where unknown. ``published`` is ISO (YYYY-MM-DD).

    ``place`` is the full name of the division whose notice this is ('河北省保定市望都县'), as the publisher, the
    headline or the analyst says; '' where nobody does.
    """

    title: str = ""
    published: str = ""
    publisher: str = ""
    doc_number: str = ""
    url: str = ""
    kind: str = ""
    place: str = ""

    @property
    def day(self) -> date | None:
        """The day of publication, None where it is not known to the day."""
        return date.fromisoformat(self.published) if re.fullmatch(r"\d{4}-\d\d-\d\d", self.published) else None


@dataclass(eq=False, slots=True)
class Entity:
    """A thing of the graph within one notice; all mentions of it share the object (identity is `is`).

    ``label`` is one of the ontology's classes. ``name`` is the fullest form that this notice settles
    ('保定市生态环境局'), ``aliases`` the forms met ('市生态环境局'). ``place`` is the full name of the division a
    body or place belongs to ('河北省保定市'), '' where open. ``props`` are the node's properties
    (``generic``, ``partial``, ``title`` …). ``key`` is the part of the id that recognition settles
    ('130600/人民政府'), '' where the id comes from elsewhere (a person's posts, a duty's words).
    """

    label: str
    name: str
    aliases: list[str] = field(default_factory=list)
    place: str = ""
    props: dict[str, Value] = field(default_factory=dict)
    key: str = ""


@dataclass(slots=True)
class Mention:
    """A run of text that names a thing.

    A coordinated list gives one mention a member ('公安、交通部门' -> 公安部门 over 公安, 交通部门 over 交通部门); several mentions may
    share a span where one word names several things ('两县').
    ``surface`` is the text of the span.
    """

    span: Span
    entity: Entity
    surface: str


@dataclass(slots=True)
class Statement:
    """``source -type-> target`` as read at ``spans`` (at least one), with the table row that read it.

    ``because`` are the statements that a derived one follows from.
    """

    source: Entity
    type: str
    target: Entity
    spans: tuple[Span, ...]
    rule: str
    confidence: float = 0.9
    derived: bool = False
    props: dict[str, Value] = field(default_factory=dict)
    because: tuple[Statement, ...] = ()


@dataclass(slots=True)
class Page:
    """One notice, cleaned and cut, with its mentions in order of ``span``.

    ``text`` is the body only (headline and front matter are in ``meta``; ``title_span`` is where the headline
    stands in ``text`` where it does). ``paragraphs`` are spans of ``text``. ``facts`` are the statements that a
    phrase of names makes by itself: who holds which post in which body. ``home`` is the code of the division the notice
    speaks from, '' where open. ``headed`` are the places of which the headline tells something ('某县召开…会议'). ``parted`` are
    offsets of characters that a space parted from the one before, which padded a name ('果 勇').
    """

    text: str
    meta: Meta
    paragraphs: Sequence[Span] = ()
    sentences: Sequence[Sentence] = ()
    mentions: list[Mention] = field(default_factory=list)
    facts: list[Statement] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    home: str = ""
    headed: list[Entity] = field(default_factory=list)
    parted: frozenset[int] = frozenset()

    def within(self, span: Span) -> list[Mention]:
        """Mentions inside a span, in order."""
        return [m for m in self.mentions if m.span.within(span)]

    def quote(self, span: Span) -> str:
        """The cleaned text of a span."""
        return self.text[span.start : span.end]


def offices(facts: Iterable[Statement]) -> tuple[dict[int, list[Entity]], dict[int, Entity]]:
    """The posts that each person holds (of whom no other is told, held), and the body that each post is in: by id() of the
    person and of the post."""
    posts: dict[int, list[Entity]] = {}
    seats: dict[int, Entity] = {}
    past: dict[int, list[Entity]] = {}
    for fact in facts:
        if fact.type == "HOLDS":
            ended = fact.props.get("status") in ("时任", "免去")
            (past if ended else posts).setdefault(id(fact.source), []).append(fact.target)
        elif fact.type == "POST_IN":
            seats.setdefault(id(fact.source), fact.target)
    return {**past, **posts}, seats


def seat_of(bodies: Iterable[Entity]) -> str:
    """The division that tells who has posts in these from a namesake: the one township among them, else the deepest county or
    what is above; '' where none is known. It hangs on the person's own posts alone, so that whoever else a notice names, the
    same person has the same id."""
    known = [m for b in bodies if (m := _DIVISION.match(b.key))]
    county = max((m[1] for m in known), key=lambda c: (len(c.rstrip("0")), c), default="")
    towns = {m[0] for m in known if m[1] == county and m[2]}
    return towns.pop() if len(towns) == 1 else county
