"""Short phrases (a cell's bodies, a title) read by the recogniser of prose, in the place that their row speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.places import Place, gazetteer
from loaders.prose.page import Entity, Mention, Page, Span, Statement
from loaders.prose.recognise import bodies, corps, generics, regions
from loaders.prose.recognise.home import local_names
from loaders.prose.recognise.posts import Chain, Posts, classes
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.tokens import Tokens, lex

_KEPT = 20_000  # phrases remembered; a roster repeats its bodies and titles, hardly its names


@dataclass(frozen=True, slots=True, eq=False)  # told apart as objects: a list has one for each place of its rows
class Home:
    """Where a row speaks of: the division of each level, a township that the tables do not have, and a county-level
    city beside
    the city above it, which '市' goes on to mean."""

    levels: tuple[tuple[str, Place], ...] = ()
    town: Entity | None = None
    city: str = ""

    @property
    def places(self) -> dict[str, Place]:
        """Divisions by level, as recognition wants them."""
        return dict(self.levels)

    @property
    def code(self) -> str:
        """Code of the deepest division, '' where none is known."""
        return self.levels[-1][1].adcode if self.levels else ""

    def beside(self, county: Place | None, town: Entity | None) -> Home:
        """This home with a row's own county and township."""
        levels, city = self.places, ""
        if county is not None and county.level == "county" and levels.get("county") != county:
            levels.pop("county", None)  # a sheet or a row of another county than the title's
            levels.pop("township", None)
            if county.name.endswith("市") and "prefecture" in levels:
                city = county.name
            else:
                levels["county"] = county
        if town is not None and town.key.isdigit() and (place := gazetteer().get(town.key)):
            levels["township"] = place if place.name == town.name else replace(place, name=town.name)
            return Home(tuple(levels.items()), None, city)
        return Home(tuple(levels.items()), town, city)


@dataclass(slots=True)
class Phrase:
    """What a phrase names: mentions and facts with offsets into the phrase, its places (``hosts`` are those that a
    firm's name begins
    with), and its title chains; ``local`` is whether one of these is of a village, None until somebody asks."""

    text: str
    tokens: Tokens
    mentions: list[Mention] = field(default_factory=list)
    facts: list[Statement] = field(default_factory=list)
    places: list[tuple[int, int, Entity]] = field(default_factory=list)
    hosts: list[tuple[int, int, Entity]] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    posts: Posts | None = None
    local: bool | None = None


class Phrases:
    """Reads phrases of one notice; the same words at the same home are read once."""

    def __init__(self, page: Page, home: Home) -> None:
        self.page, self.home = page, home
        self.entities: dict[tuple[str, str], Entity] = {}
        self.known: dict[tuple[str, Home, bool], Phrase] = {}
        self.near: dict[Home, list[str]] = {}
        self.named: set[Entity] = set()  # bodies that titles name

    @cached_property
    def own_body(self) -> list[Entity]:
        """The body whose list this is, by the beginning of its title, else by who made it."""
        meta = self.page.meta
        for text, whole in ((meta.title, False), (meta.publisher, True)):
            for m in self.read(text, self.home).mentions:
                if m.entity.label == "Agency" and m.span.start == 0 and (m.span.end == len(text) or not whole):
                    return [m.entity]
        return []

    @cached_property
    def division(self) -> str:
        """The division of the corps whose list this is ('第八师石河子市…任务分工表'), '' for none."""
        meta = self.page.meta
        return corps.division(f"{meta.title}\n{meta.publisher}\n{meta.place}")

    @cached_property
    def own_zone(self) -> str:
        """The zone whose list this is, by the beginning of its title; '' where it is of a division."""
        title = self.page.meta.title
        return next(
            (title[:e] for s, e, x in self.read(title, self.home).places if s == 0 and x.props.get("level") == "zone"),
            "",
        )

    def scene(self, text: str, home: Home) -> Scene:
        """A scene over a phrase that shares the notice's things."""
        page = Page(text, self.page.meta, home=self.page.home)
        words = self.near.get(home)
        if words is None:
            words = self.near[home] = self.names_near(home)
        return Scene(page, lex(text, [w for w in words if w in text]), home.places, self.entities)

    def names_near(self, home: Home) -> list[str]:
        """Short and unsafe names of divisions that phrases at a home may use."""
        g = gazetteer()
        every = [f.text for level, p in home.levels for f in p.forms if len(f.text) > 1]
        for level, place in home.levels:
            if level in ("prefecture", "province"):
                every += [c.name for c in g.children(place.adcode)]
        text = "\n".join(dict.fromkeys(every))
        return [
            *local_names(Scene(Page(text, self.page.meta), lex(text), home.places)),
            *(n for n in every if len(n) > 1),
        ]

    def read(self, text: str, home: Home, *, titles: bool = False) -> Phrase:
        """Places, bodies and collectives of a phrase; with ``titles`` its title chains, else classes of people too."""
        key = (text, home, titles)
        if (found := self.known.get(key)) is not None:
            return found
        named = (x for x in (home.city, self.division) if x)  # named in front, so that what is theirs is known
        before = "".join(f"{x}\n" for x in named)
        scene = self.scene(before + text, home)
        ends = regions.read(scene)
        corps.read(scene, ends)
        if home.town is not None:
            scene.region_spans.append((0, 0, home.town))
        body = bodies.read(scene, ends)
        made = Phrase(text, scene.tokens)
        k = len(before)
        made.places = [(s - k, e - k, x) for s, e, x in scene.region_spans if e > s >= k and scene.free(s, e)]
        made.places += [
            (m.span.start - k, m.span.end - k, m.entity)
            for m in scene.mentions
            if m.entity.label == "Region" and m.span.start >= k
        ]
        if titles:
            made.posts = Posts(scene, body)
            made.chains = made.posts.chains()
        else:
            classes(scene, body)
            generics.read(scene, body)
        firms = [m.span for m in scene.mentions if m.entity.props.get("kind") == "firm"]
        made.hosts = [
            (s - k, e - k, x) for s, e, x in scene.region_spans if any(f.start == s >= k and e < f.end for f in firms)
        ]
        found_ = (replace(m, span=Span(m.span.start - k, m.span.end - k)) for m in scene.mentions if m.span.start >= k)
        kept = (m for m in found_ if not m.entity.props.get("generic") or not _inside(m.span, made.places))
        made.mentions = sorted(kept, key=lambda m: (m.span, m.entity.label, m.entity.name))
        made.facts = scene.page.facts
        for f in made.facts:
            if f.type == "PART_OF" and f.target in self.named:  # a part that is named later leaves its host named
                f.target.props.pop("inferred", None)
        self.named.update(p.body for c in made.chains for p in c.posts if p.body and "inferred" not in p.body.props)
        if len(self.known) > _KEPT:
            self.known.clear()
        self.known[key] = made
        return made


def _inside(span: Span, places: list[tuple[int, int, Entity]]) -> bool:
    """Whether a class is but the end of a place's name: the 街道 of 龙潭街道."""
    return any(s < span.start and span.end <= e for s, e, _ in places)
