"""What a chain of accountability is made of: boxes in lanes, steps between them, gaps, and the words each rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.model import Edge, Evidence, Node, Notice, edge_json, node_json


@dataclass(frozen=True, slots=True, order=True)
class Lane:
    """A layer: ``order`` counts from the top (0) down; ``level`` and ``part`` are keys of ``lanes.toml``."""

    order: int
    level: str
    part: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Box:
    """One place in the chain: a thing, or things that act as one.

    ``members`` are the nodes it stands for, the one that gives the name first: a government with its region, a
    person with the posts that only they hold. ``inner`` are the relationships folded into it. ``title`` is a second
    line (the posts of a person, the deadline of a duty), ``notes`` are ``(zh, en)`` remarks such as when a holder was last named.
    ``stands_for`` is how many things alike a box is drawn for that were counted and not followed, itself among them (0: none).
    """

    id: str
    kind: str
    name: str
    lane: Lane
    members: tuple[Node, ...]
    title: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    inner: tuple[Edge, ...] = ()
    subject: bool = False
    generic: bool = False
    stands_for: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """``upper`` stands over ``lower`` (ids of boxes) by ``links``, the telling one first.

    It is ``stated`` if the words of a notice say so for at least one link; otherwise it is derived, and ``why``
    says from what.
    """

    upper: str
    lower: str
    links: tuple[Edge, ...]
    zh: str
    en: str
    why: tuple[str, str] = ("", "")

    @property
    def stated(self) -> bool:
        """At least one of its links is said in so many words."""
        return any(not e.derived for e in self.links)

    @property
    def type(self) -> str:
        """Relationship type of the telling link."""
        return self.links[0].type


Shown = tuple[frozenset[str], frozenset[tuple[str, str]]]
"""What a drawing shows of a chain: ids of boxes, and the ends of steps."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What the chain lacks at a box: ``kind`` is a key of the gaps table, ``since`` an ISO date or ''."""

    kind: str
    box: str
    zh: str
    en: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered line of the list of sources (from 1): the words, and the notice they stand in (None: not in hand)."""

    number: int
    evidence: Evidence
    notice: Notice | None

    @property
    def title(self) -> str:
        """Title of the notice, or its id."""
        return (self.notice.title if self.notice else "") or self.evidence.notice

    @property
    def published(self) -> str:
        """ISO date of the notice, or ''."""
        return self.notice.published if self.notice else ""


@dataclass(slots=True)
class Chain:
    """A chain of accountability as of a date.

    ``lanes`` run from the top down and hold at least one box each; ``boxes`` are ordered by lane and id; ``cut`` says
    that there is more beyond ``depth`` steps, ``bounded`` that of very many only some were followed. ``premises`` are the statements that derived ones rest on, by key, and ``names``
    those of all things that are drawn or that premises speak of, by id. The same graph gives the same chain, byte for byte.
    """

    subject: Node
    direction: str
    depth: int
    as_of: str
    stated_only: bool
    min_confidence: float = 0.0
    lanes: list[Lane] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    notices: dict[str, Notice] = field(default_factory=dict)
    cut: bool = False
    bounded: bool = False
    premises: dict[str, Edge] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def box(self, box_id: str) -> Box:
        """The box of that id; KeyError if there is none."""
        for b in self.boxes:
            if b.id == box_id:
                return b
        raise KeyError(box_id)

    def sources(self, per_link: int = 2) -> list[Source]:
        """The words that the steps and boxes say in so many words, numbered in the order of the steps; each passage once.

        Of a step the relationships of its telling type count; the mention that called for a derived one does not, nor
        does a passage that lies within another of the same relationship. ``per_link`` bounds how many passages are
        taken for one relationship (0: all).
        """
        found: dict[Evidence, Source] = {}
        edges = [e for s in self.steps for e in s.links if e.type == s.type]
        for edge in edges + [e for b in self.boxes for e in b.inner]:
            for evidence in () if edge.derived else _widest(edge)[: per_link or None]:
                if evidence not in found:
                    found[evidence] = Source(len(found) + 1, evidence, self.notices.get(evidence.notice))
        return list(found.values())

    def _repr_html_(self) -> str:
        from kg.notebook import chain_html

        return chain_html(self)

    def json(self) -> dict[str, Any]:
        """Plain data: subject, settings, lanes, boxes, steps, gaps and sources."""
        return {
            "subject": node_json(self.subject),
            "direction": self.direction,
            "depth": self.depth,
            "as_of": self.as_of,
            "stated_only": self.stated_only,
            "min_confidence": self.min_confidence,
            "cut": self.cut,
            **({"bounded": True} if self.bounded else {}),
            "lanes": [{"level": n.level, "part": n.part, "zh": n.zh, "en": n.en} for n in self.lanes],
            "boxes": [_box_json(b) for b in self.boxes],
            "steps": [_step_json(s) for s in self.steps],
            "gaps": [{"kind": g.kind, "box": g.box, "zh": g.zh, "en": g.en, "since": g.since} for g in self.gaps],
            "sources": [_source_json(s) for s in self.sources(0)],
        }


def _widest(edge: Edge) -> list[Evidence]:
    """An edge's passages without those that lie within another, in their order."""
    rows = edge.evidence
    return [
        v
        for v in rows
        if not any(w != v and w.notice == v.notice and w.start <= v.start and v.end <= w.end for w in rows)
    ]


def _box_json(b: Box) -> dict[str, Any]:
    return {
        "id": b.id,
        "label": b.kind,
        "name": b.name,
        "title": b.title,
        "level": b.lane.level,
        "lane": b.lane.zh,
        "members": [node_json(n) for n in b.members],
        "inner": [edge_json(e) for e in b.inner],
        "notes": [{"zh": zh, "en": en} for zh, en in b.notes],
        "subject": b.subject,
        "generic": b.generic,
        **({"stands_for": b.stands_for} if b.stands_for else {}),
    }


def _step_json(s: Step) -> dict[str, Any]:
    return {
        "upper": s.upper,
        "lower": s.lower,
        "type": s.type,
        "zh": s.zh,
        "en": s.en,
        "stated": s.stated,
        "why": {"zh": s.why[0], "en": s.why[1]},
        "links": [edge_json(e) for e in s.links],
    }


def _source_json(s: Source) -> dict[str, Any]:
    n = s.notice
    return {
        "number": s.number,
        "ref": s.evidence.ref,
        "quote": s.evidence.quote,
        "notice": s.evidence.notice,
        "title": s.title,
        "published": s.published,
        "publisher": n.publisher if n else "",
        "url": n.url if n else "",
    }
