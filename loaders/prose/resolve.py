"""Resolution: things of a page get ids that come from content, statements become edges with the original's words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from kg.derive.seats import is_acting, own_title
from kg.identity import digest, node_id, plain
from kg.model import Edge, Evidence, Node, Notice, Reading, Value
from kg.vocabulary import vocabulary
from loaders.clean.characters import letters
from loaders.confidence import calibrated
from loaders.prose.page import Entity, Page, Span, Statement, offices, seat_of

Original = Callable[[Span], tuple[int, int]]
"""Maps a span of the cleaned text to the original's offsets."""

_LEVELS = "省市州盟县区旗镇乡村师团"  # what a body's name begins with that a place would settle


@dataclass(slots=True)
class Resolver:
    """Turns one page into a Reading."""

    page: Page
    notice: Notice
    original: Original
    headline: tuple[int, int] | None = None  # where it stands in the original
    ids: dict[Entity, str] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    governments: dict[str, Entity] = field(default_factory=dict)
    quotes: dict[Span, Evidence | None] = field(default_factory=dict)
    again: dict[str, set[Evidence]] = field(default_factory=dict)  # of edges said more than once
    premises: dict[int, str] = field(default_factory=dict)
    acting: set[str] = field(default_factory=set)  # of holdings so far only of who acts in a post
    offices: tuple[dict[int, list[Entity]], dict[int, Entity]] | None = None

    @property
    def scope(self) -> str:
        """What things without a place of their own are told apart by: the notice."""
        return self.notice.id.split(":", 1)[1]

    def evidence(self, spans: tuple[Span, ...]) -> tuple[Evidence, ...]:
        """The original's words under spans of the cleaned text."""
        if len(spans) == 1:
            words = self.quote(spans[0])
            return () if words is None else (words,)
        return tuple(sorted({quote for s in spans if (quote := self.quote(s)) is not None}))

    def quote(self, span: Span) -> Evidence | None:
        """The original's words under one span, None where it has none."""
        try:
            return self.quotes[span]
        except KeyError:
            start, end = self.original(span)
            words = self.notice.text[start:end]
            found = self.quotes[span] = Evidence(self.notice.id, start, end, words) if words else None
            return found

    def key(self, e: Entity) -> str:
        """The part of an entity's id after its label."""
        if e.label in ("Obligation", "Target", "Observation"):
            parts = [str(e.props.get(k, "")) for k in ("text", "indicator", "op", "value", "unit", "period")]
            return f"{self.scope}/{digest(e.name, *parts, length=8)}"
        if e.label == "Meeting":
            return f"{e.props.get('date') or self.scope}/{digest(plain(e.name), length=8)}"
        if e.label == "Topic":
            return str(e.props.get("notation") or e.name)
        if e.label == "Scheme":
            return e.name
        if e.label == "Person":
            return f"{e.name}@{e.key if '/' in e.key else self.anchor(e)}"
        if not e.key:
            return f"{self.scope}/{e.name}"
        if e.key.startswith("~/"):
            return f"{self.scope}/{e.key[2:]}"
        if e.key.startswith("class/"):
            return f"{self.home or self.scope}/{e.key[6:]}"
        return e.key.removeprefix("area/").removeprefix("firm/")

    @property
    def home(self) -> str:
        """Code of the division the notice speaks from, '' where open."""
        return str(self.page.home)

    def anchor(self, person: Entity) -> str:
        """What tells a person from a namesake: the division of their posts' bodies, else the body, else the notice itself."""
        if self.offices is None:
            self.offices = offices(self.page.facts)
        posts, seats = self.offices
        bodies = [seats.get(id(post)) for post in posts.get(id(person), ())]
        if known := seat_of(b for b in bodies if b is not None):
            return known
        named = sorted(b.name for b in bodies if b is not None and not b.props.get("unresolved"))
        return named[0] if named else self.scope

    def node(self, e: Entity) -> str:
        """The id of an entity; its node is made on first use, and merged with one of the same id."""
        known = self.ids.get(e)
        if known:
            return known
        if e.label == "Notice":
            return self.notice.id
        key = self.key(e)
        if e.label == "Post":  # 代县长 is the post 县长
            body, slash, title = key.rpartition("/")
            key = f"{body}{slash}{own_title(title)}"
        uid = self.ids[e] = node_id(e.label, key)
        self.meet(uid, e)
        return uid

    def meet(self, uid: str, e: Entity) -> None:
        """Make the node of an entity, or merge it with the one that has its id."""
        aliases = tuple(dict.fromkeys(a for a in e.aliases if a and a != e.name))
        props: dict[str, Value] = {k: v for k, v in e.props.items() if v is not False and v not in ("", None, [])}
        if e.label == "Post":
            props.setdefault("title", e.name)
        if uid in self.nodes:
            old = self.nodes[uid]
            old.aliases = tuple(dict.fromkeys((*old.aliases, *(a for a in (e.name, *aliases) if a != old.name))))
            inferred = bool(old.props.get("inferred")) and bool(props.get("inferred"))
            old.props = {**props, **old.props}
            if not inferred:
                old.props.pop("inferred", None)
        else:
            self.nodes[uid] = Node(uid, e.label, e.name, aliases, props)

    def edge(self, s: Statement) -> str:
        """One statement as an edge; said again, its words are added. Returns the edge's key, '' where there is none."""
        evidence = self.evidence(s.spans)
        if not evidence:
            return ""
        props = {k: v for k, v in s.props.items() if v not in ("", None, [])} if s.props else {}
        ends = vocabulary().types[s.type]
        source, target = self.fitting(s.source, ends.domain), self.fitting(s.target, ends.range)
        if source is None or target is None:
            self.page.remarks.append(
                f"left out: {s.source.name} {s.type} {s.target.name} ({s.rule}): the ontology has no such ends"
            )
            return ""
        made = Edge(
            self.node(source),
            s.type,
            self.node(target),
            evidence,
            s.rule,
            self.confidence(s),
            s.derived,
            tuple(sorted({key for b in s.because if (key := self.premise(b))})) if s.because else (),
            props,
        )
        if made.source == made.target:
            return ""
        key = made.key
        old = self.edges.setdefault(key, made)
        acting = s.type == "HOLDS" and is_acting(str(s.target.props.get("title", "")))
        if old is not made:
            self.again.setdefault(key, {*old.evidence}).update(evidence)
            old.confidence = max(old.confidence, made.confidence)
            if key in self.acting and not acting:  # '免去其代县长职务，任命其为县长'
                old.props = made.props
            elif key in self.acting or not acting:
                old.props = {**made.props, **old.props}
        if acting and old is made:
            self.acting.add(key)
        elif not acting:
            self.acting.discard(key)
        return key

    def premise(self, s: Statement) -> str:
        """The key of the edge of a statement that another follows from; many follow from one."""
        if not self.premises.get(id(s)):
            self.premises[id(s)] = self.edge(s)
        return self.premises[id(s)]

    def confidence(self, s: Statement) -> float:
        """How sure a statement is; what is derived is as sure as its rule says."""
        said = round(s.confidence, 2)
        return said if s.derived else calibrated(s.type, s.source.label, s.rule, said)

    def fitting(self, e: Entity, allowed: Collection[str]) -> Entity | None:
        """An entity that may stand at an end of a relationship: a place where only a body may is its government."""
        if e.label in allowed and (e.name.strip() or e.label == "Notice"):
            return e
        if not e.name.strip() and e.label != "Notice":
            return None  # what has no name is no thing
        town = e.props.get("level") == "township" and not e.props.get("generic")
        if e.label != "Region" or "Agency" not in allowed or not (e.key.isdigit() or town):
            return None
        key = f"{e.key}人民政府" if e.key.startswith("~/") else f"{e.key}/人民政府"
        named = next((m.entity for m in self.page.mentions if m.entity.label == "Agency" and m.entity.key == key), None)
        found = named or self.governments.get(key)
        if found is None:
            props: dict[str, Value] = {"kind": "government", "inferred": True}
            if "level" in e.props:
                props["level"] = e.props["level"]
            found = self.governments[key] = Entity("Agency", f"{e.name}人民政府", [], e.place, props, key)
        return found

    def reading(self, statements: Iterable[Statement]) -> Reading:
        """The whole page: every mentioned thing, every statement, what follows from names, what stayed open."""
        here = Entity("Notice", "")
        named: dict[int, tuple[Entity, list[Span]]] = {}
        for m in self.page.mentions:
            named.setdefault(id(m.entity), (m.entity, []))[1].append(m.span)
        for entity, spans in named.values():
            self.as_written(entity, spans)
            self.edge(Statement(entity, "STATED_IN", here, tuple(spans), "mention", 1.0))
        if self.headline is not None:
            start, end = self.headline
            words = Evidence(self.notice.id, start, end, self.notice.text[start:end])
            for place in self.page.headed:
                stated = Edge(self.node(place), "STATED_IN", self.notice.id, (words,), "headline", 0.9)
                self.edges.setdefault(stated.key, stated)
        for s in statements:
            self.edge(s)
        for key, said_again in self.again.items():
            self.edges[key].evidence = tuple(sorted(said_again))
        remarks = [*self.page.remarks, *self.left_open()]
        if not any(n.label == "Obligation" for n in self.nodes.values()):
            remarks.append("no duties found in this notice")
        return Reading(
            self.notice,
            [node for _, node in sorted(self.nodes.items())],
            [edge for _, edge in sorted(self.edges.items())],
            remarks,
        )

    def as_written(self, entity: Entity, spans: Iterable[Span]) -> None:
        """Keep the brackets of a name as its notice has them, where all stages read others in their place: '各县〔区〕'."""
        for span in spans:
            words = self.quote(span)
            if words is not None and "〔" in words.quote and (said := letters(words.quote)) not in entity.aliases:
                entity.aliases.append(said)

    def left_open(self) -> list[str]:
        """Remarks that name the bodies and posts of which it is not known where they are ('县水利局'), or whose ('组长')."""
        every = [n for n in self.nodes.values() if n.props.get("unresolved") and not n.props.get("inferred")]
        placed = sorted({n.name for n in every if n.label == "Region" or n.name[0] in _LEVELS})
        others = sorted({n.name for n in every}.difference(placed))
        remarks = [f"place left open (pass --place to settle it): {'、'.join(placed)}"] if placed else []
        return remarks + ([f"not said whose they are: {'、'.join(others)}"] if others else [])
