"""Namesakes: a name that stands twice in one sentence, beside posts of two bodies, is two people's ('副县长某某，县水务局局长某某')."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace

from loaders.prose.page import Entity, Mention, Page, Span, Statement, seat_of

_SEATS = ("government", "party")  # who has a post there is meant where a division is all that tells a person
_TEAMS = ("task",)  # whoever has a post elsewhere may have one there as well


@dataclass(slots=True)
class Telling:
    """A name with the posts that stand beside it: the HOLDS statements, the bodies that the posts are in."""

    name: Span
    sentence: int
    facts: list[Statement]
    bodies: list[Entity]

    def of_another(self, beside: Telling) -> bool:
        """Whether somebody else is meant than beside another telling of the name."""
        apart = not any(a is b for a in self.bodies for b in beside.bodies)
        return self.sentence == beside.sentence and self.name != beside.name and apart

    def shares(self, other: Telling) -> bool:
        """Whether both tell of one post."""
        return any(a.target is b.target for a in self.facts for b in other.facts)


def part(page: Page) -> None:
    """Part the people of ``page.facts`` and ``page.mentions`` that are several by their posts. The one who has the plain id sits
    in the division's government or party committee, else is told of first; others are told by their body."""
    for person, tellings in _told(page).items():
        groups: list[list[Telling]] = []
        for t in tellings:
            near = [group for group in groups if not any(t.of_another(o) for o in group)]
            mine = next((group for group in near if any(t.shares(o) for o in group)), near[0] if near else None)
            if mine is None:
                groups.append(mine := [])
            mine.append(t)
        groups.sort(key=lambda group: not any(b.props.get("kind") in _SEATS for t in group for b in t.bodies))
        for group in groups[1:]:
            body = group[0].bodies[0]
            same = seat_of(b for t in groups[0] for b in t.bodies) == seat_of(b for t in group for b in t.bodies)
            own = body.key if same and "/" in body.key else person.key
            _give(page, person, replace(person, aliases=[], props=dict(person.props), key=own), group)


def _told(page: Page) -> dict[Entity, list[Telling]]:
    """The tellings of each person of whom there are several, in order."""
    names: dict[int, list[Span]] = defaultdict(list)
    posts: set[tuple[int, int]] = set()  # a post with where its mention begins or ends
    for m in page.mentions:
        if m.entity.label == "Person":
            names[id(m.entity)].append(m.span)
        elif m.entity.label == "Post":
            posts |= {(id(m.entity), m.span.start), (id(m.entity), m.span.end)}
    seats = {id(f.source): f.target for f in page.facts if f.type == "POST_IN"}
    by_name: dict[Entity, dict[Span, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for f in page.facts:
        if f.type == "HOLDS" and f.rule == "title-chain":
            whole = f.spans[0].joined(f.spans[-1])
            for name in names[id(f.source)]:
                if name.within(whole) and (name.start == whole.start or name.end == whole.end):
                    by_name[f.source][name].append(f)
    found: dict[Entity, list[Telling]] = defaultdict(list)
    for person, told in by_name.items():
        for name, facts in sorted(told.items()) if len(told) > 1 else ():
            behind = name.end + page.text.startswith(("（", " ", "\u3000"), name.end)
            beside = any((id(f.target), at) in posts for f in facts for at in (name.start, behind))
            bodies = [b for f in facts if (b := seats.get(id(f.target))) is not None and b.label == "Agency"]
            if beside and bodies and not any(b.props.get("kind") in _TEAMS for b in bodies):
                sentence = bisect_right(page.sentences, name.start, key=lambda s: s.span.start)
                found[person].append(Telling(name, sentence, facts, bodies))
    return found


def _give(page: Page, person: Entity, one: Entity, group: list[Telling]) -> None:
    """Give somebody's tellings, and where their title is said, to another of the same name."""
    titles = tuple(str(f.target.props.get("title") or f.target.name) for t in group for f in t.facts)
    for f in (f for t in group for f in t.facts):
        f.source = one
    spans = {t.name for t in group}
    for n, m in enumerate(page.mentions):
        short = m.surface != person.name and page.text.startswith(titles, m.span.end)
        if m.entity is person and (short or m.span in spans):
            page.mentions[n] = Mention(m.span, one, m.surface)
    one.aliases = [a for a in person.aliases if a.endswith(titles)]
    person.aliases = [a for a in person.aliases if a not in one.aliases]
