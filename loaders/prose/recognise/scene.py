"""What recognition knows of one notice while it reads: words, where it is from, and the things met so far."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.places import Place, gazetteer
from loaders.prose.page import Entity, Mention, Page, Span, Statement
from loaders.prose.recognise.tokens import Tokens

ORDER = ("country", "province", "prefecture", "county", "township")


@dataclass(slots=True)
class Scene:
    """The state of recognition of one page.

    ``home`` maps a level to the division that '省', '市', '县' … mean here; a level that nothing settles is missing.
    ``taken`` are spans already read, which no later step may cut into. ``region_spans`` are the places found, ``listed``
    the zones that one word names together, by the end of that word, ``uppers`` the places that another stands right
    behind; ``named`` the divisions named beyond doubt
    in these words; ``mentioned`` are the things mentioned so far, by their id(), ``by_core`` the bodies of known places by their own
    names, ``by_end`` all bodies by the last character of theirs.
    """

    page: Page
    tokens: Tokens
    home: dict[str, Place] = field(default_factory=dict)
    entities: dict[tuple[str, str], Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)
    region_spans: list[tuple[int, int, Entity]] = field(default_factory=list)
    listed: dict[int, list[Entity]] = field(default_factory=dict)
    uppers: set[tuple[int, int]] = field(default_factory=set)
    named: tuple[Tokens, list[Place]] | None = None
    mentioned: dict[int, Entity] = field(default_factory=dict)
    by_core: dict[str, list[Entity]] = field(default_factory=dict)
    by_end: dict[str, list[Entity]] = field(default_factory=dict)
    only: dict[tuple[str, ...], Entity | None] = field(default_factory=dict)

    def free(self, start: int, end: int) -> bool:
        """Whether no span taken so far overlaps start..end."""
        i = bisect_right(self.taken, (start, 1 << 60))
        before = self.taken[i - 1] if i else (0, 0)
        after = self.taken[i] if i < len(self.taken) else (1 << 60, 0)
        return before[1] <= start and end <= after[0]

    def take(self, start: int, end: int) -> None:
        """Keep start..end from being read as something else."""
        insort(self.taken, (start, end))

    def entity(self, label: str, key: str, name: str, surface: str = "", place: str = "", **props: object) -> Entity:
        """The thing with this key, made on first meeting; a new spelling becomes an alias."""
        found = self.entities.get((label, key))
        if found is None:
            found = Entity(label, name, [], place, dict(props), key)  # type: ignore[arg-type]
            self.entities[label, key] = found
            if label == "Agency" and not key.startswith("~"):
                self.by_core.setdefault(key.split("/", 1)[-1], []).append(found)
            if label == "Agency":
                self.by_end.setdefault(name[-1:], []).append(found)
        if surface and surface != found.name and surface not in found.aliases:
            found.aliases.append(surface)
        return found

    def mention(self, entity: Entity, start: int, end: int, *, take: bool = True) -> None:
        """Record that start..end names an entity."""
        self.mentioned[id(entity)] = entity
        self.mentions.append(Mention(Span(start, end), entity, self.page.text[start:end]))
        if take:
            self.take(start, end)

    def paragraph(self, offset: int) -> int:
        """Where the paragraph begins that an offset lies in."""
        k = bisect_right(self.page.paragraphs, offset, key=lambda p: p.start) - 1
        return self.page.paragraphs[k].start if k >= 0 else 0

    def places_back(self, before: int, left: int) -> Iterator[Entity]:
        """Places that begin in left..before, the last first."""
        k = bisect_left(self.region_spans, before, key=lambda f: f[0])
        while k > 0 and self.region_spans[k - 1][0] >= left:
            k -= 1
            yield self.region_spans[k][2]

    def only_place(self, levels: Sequence[str]) -> Entity | None:
        """The one place of some levels that the notice names, None where it names several or none."""
        key = tuple(levels)
        if key not in self.only:
            every = {id(x): x for _, _, x in self.region_spans if x.props.get("level") in key}
            self.only[key] = next(iter(every.values())) if len(every) == 1 else None
        return self.only[key]

    def part(self, part: Entity, whole: Entity, start: int, end: int) -> None:
        """Record that a body's name says of which body it is part."""
        self.page.facts.append(Statement(part, "PART_OF", whole, (Span(start, end),), "nested-name", 0.95))

    def level_place(self, word: str) -> Place | None:
        """The division that a level word means here ('市' in '市生态环境局'), or None where it stays open."""
        if word in ("省", "自治区"):
            province = self.home.get("province")
            return province if province is not None and province.name.endswith(word) else None
        for level in reversed(
            ORDER
        ):  # the deepest that is called so: a county-level city, then the prefecture's, then a municipality
            if level in self.home and self.home[level].name.endswith(word):
                return self.home[level]
        return None


def home_of(place: Place | None) -> dict[str, Place]:
    """The divisions a place lies in, by level, itself included."""
    if place is None:
        return {}
    g = gazetteer()
    return {p.level: p for p in (*g.ancestors(place.adcode), place) if p.level in ORDER}
