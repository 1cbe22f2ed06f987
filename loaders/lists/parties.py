"""Who a cell names: people, bodies, places and classes of these, each with the role that the cell itself says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.lazy import lazy
from loaders.lists.cell import Words
from loaders.lists.draft import Draft
from loaders.lists.layout import Cell
from loaders.lists.people import Said, is_name, matching, pieces, said
from loaders.lists.phrases import Home, Phrases
from loaders.lists.words import inside_roles
from loaders.prose.page import Entity, Mention, Span, Statement
from loaders.prose.recognise.regions import child, region
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.surroundings import Prefix, enter, full_name

_LEVEL = lazy(r"^(?:我)?([省市县区州旗镇乡])(?=[\u4e00-\u9fff]{2,})")
_NOT_A_BODY = lazy(
    r"^(?:[^\u4e00-\u9fffA-Za-z]+|[\d.\s]+.*|等|各|及|和|见.*|详见.*|第?[一二三四五六七八九十\d]{1,3}[组队]|.{26,}|[（(].*[）)]|.*[。，].*|[\u4e00-\u9fff])$"
)
_FIRM = lazy(r"(?:公司|厂|矿|集团|合作社|超市|饭店|电厂|加油站|养殖场)$")
_ALL_OF = lazy(r"(?:各|有关|相关|全部|所有)[\u4e00-\u9fff、]{1,6}（[\u4e00-\u9fff、]+）$")  # '各村（社区）'
_NUMBER = lazy(r"(?:^|(?<=[\n；。 ]))(?:\d{1,2}[.．、](?!\d)|（\d{1,2}）|[①-⑳])")
_WHERE = lazy(r"(?:^|(?<=[\s、，；]))[\u4e00-\u9fff]{2,10}?(?:镇|乡|街道|村|社区|局|办|中心)：")  # '龙固镇：某某'
_OPEN = lazy(  # of nobody in prose; in a table the list's own, but for one of a county that nothing names
    r"~/(?!县(?!域)|旗|区(?![域划块])|镇|乡(?![村镇])|[州盟]|市(?![场政容民监]))[\u4e00-\u9fff]+(?:局|分局)"
)
_DASH = " -—–－·"
_PLACE_END = lazy(r"[庄楼寨屯集湾桥店岭河沟山坪坝湖村圩堡营口]$")  # '某镇王家庄' is a place in it
_ONLY_NAMED = lazy(r"(?:联系人|联络员|联系电话|经办人)：$")
_TOWN = lazy(r"[\u4e00-\u9fff]{2,9}(?:镇|乡|街道|苏木)")  # the tables do not have it in the list's county
_ZONE = lazy("(?:开发区|高新区|经开区|园区|新区|示范区|[产工]业园)$")  # has a committee; a 林场 or 景区 hardly
_GENERIC = lazy(r"^(?:各|有关|相关|全[省市县区]|所有|其他|涉及|沿线|属地|责任|辖区)")


@dataclass(slots=True)
class Party:
    """One of those whom a cell names: a thing, or a person still to be settled (``said``). ``start`` and ``end`` are
    of the
    cell's words; ``role`` is '' where the column says it."""

    start: int
    end: int
    entity: Entity | None = None
    said: Said | None = None
    role: str = ""
    lone_title: bool = False
    aside: bool = False  # only says where the one behind it works


class Parties:
    """Reads the cells of those who bear a duty, supervise it or are in charge."""

    def __init__(self, draft: Draft, phrases: Phrases) -> None:
        self.draft, self.phrases = draft, phrases
        self.here: tuple[Span, ...] = ()

    def read(self, cell: Cell, words: Words, home: Home, of: str) -> list[Party]:
        """All parties of a cell. ``of`` is person or body: what stands there unless the words say otherwise."""
        self.here = (words.span(cell, 0, len(words.text)),)
        text = _NUMBER.sub(lambda m: " " * len(m[0]), words.text)
        out = self.people_first(text, home) if of == "person" else self.bodies(text, 0, home, strict=False)
        return sorted(out, key=lambda p: (p.start, p.end))

    def people_first(self, text: str, home: Home) -> list[Party]:
        """Names and titles are people; what is left may be bodies."""
        if "：" in text:
            text = _WHERE.sub(lambda m: " " * len(m[0]), text)
        names, lone, rest = said(text, loose=True)
        out = [Party(n.start, n.end, said=n) for n in names]
        out += [Party(s, e, lone_title=True) for s, e in lone]
        for n in names:
            if not n.titles and text[n.end : n.end + 1] == "（":
                self.works_in(text[n.end + 1 : matching(text, n.end)], home)
        for s, e in rest:
            behind = any(n.start > e and not text[e : n.start].strip(" \u3000") for n in names)
            out += [replace(p, aside=behind) for p in self.bodies(text[s:e], s, home, strict=True)]
        return out

    def works_in(self, text: str, home: Home) -> None:
        """Mention the body that brackets behind a name hold ('某某（县水务局）'): it only says where that one works."""
        for m in self.phrases.read(text, home).mentions:
            if m.entity.label == "Agency" and m.span == (0, len(text)) and not m.entity.props.get("generic"):
                self.draft.mention(m.entity, self.here[0])

    def bodies(self, text: str, at: int, home: Home, *, strict: bool) -> Iterator[Party]:
        phrase = self.phrases.read(text, home)
        agencies = [self.owned(m, home) for m in phrase.mentions if m.entity.label == "Agency"]
        for f in phrase.facts:
            if f.type == "PART_OF":
                self.draft.fact(replace(f, spans=self.here))
        governed = {m.entity.key.split("/", 1)[0] for m in agencies if m.entity.key.endswith("/人民政府")}
        chains = [n for n in said(text)[0] if n.titles and "、" in text[min(s for s, _ in n.titles) : n.start]]
        for n in chains:  # '县农业农村局党组书记、局长某某' is one person
            before, after = min(s for s, _ in n.titles), [x for x in n.titles if x[0] >= n.end]
            titles = [(s + at, e + at) for s, e in ((before, n.start), *after)]
            yield Party(n.start + at, n.end + at, said=Said(n.name, n.start + at, n.end + at, titles))
        taken = [(min(n.start, *(s for s, _ in n.titles)), max(n.end, *(e for _, e in n.titles))) for n in chains]
        for piece in pieces(text):
            if any(s <= piece.start < e for s, e in taken):
                continue
            role = next((r for s, e in piece.inner if (r := role_word(text[s:e]))), "")
            end = max([piece.end, *(e + 1 for _, e in piece.inner if not role)])
            mine = [
                m
                for m in agencies
                if piece.start < m.span.end <= end and (m.span.start >= piece.start or m.span.end == piece.end)
            ]
            core = text[piece.start : piece.end]
            if not role and _ALL_OF.fullmatch(text[piece.start : end]) and not any(m.span.end == end for m in mine):
                yield Party(piece.start + at, end + at, entity=self.unknown(text[piece.start : end], [], home))
                continue
            found = list(self.piece(core, piece.start, piece.end, mine, governed, phrase.places, home, strict))
            for p in found:
                yield replace(p, start=p.start + at, end=p.end + at, role=role or p.role)
            for s, e in piece.inner:
                for n in () if role or (not found and strict) else said(text[s:e])[0]:
                    if _ONLY_NAMED.search(text[s : s + n.start]):
                        continue
                    k = s + at
                    beside = [(a + k, b + k) for a, b in n.titles]
                    yield Party(n.start + k, n.end + k, said=Said(n.name, n.start + k, n.end + k, beside))

    def piece(
        self, core: str, start: int, end: int, mine: list[Mention], governed: set[str],
        places: list[tuple[int, int, Entity]], home: Home, strict: bool,
    ) -> Iterator[Party]:  # fmt: skip
        """The parties of one piece."""
        hosts = [(m.span.end, m.entity) for m in mine if m.span.start == start]
        for until, host in hosts or [(e, x) for s, e, x in places if s == start]:
            if not host.props.get("generic") and (name := person_behind(core[until - start :])):
                yield Party(start, until, entity=host)
                yield Party(end - len(name), end, said=Said(name, end - len(name), end))
                return
        if is_name(core) and mine and all(m.span.start > end for m in mine):  # '某某（县水务局）'
            yield Party(start, end, said=Said(core, start, end))
            for m in mine:
                yield Party(m.span.start, m.span.end, entity=m.entity)
            return
        last = max((m.span.end for m in mine), default=start)
        first = min((m.span.start for m in mine), default=end)
        rest = core[last - start :] if mine else ""
        if (
            mine
            and last >= end
            and (first <= start or len(mine) > 1 or any(m.entity.props.get("generic") for m in mine))
        ):
            seen: set[int] = set()
            outer = [m for m in mine if not any(m.span.within(o.span) and m.span.end < o.span.end for o in mine)]
            for m in outer:
                if id(m.entity) not in seen:
                    seen.add(id(m.entity))
                    yield Party(max(start, min(m.span.start, end)), end, entity=m.entity)
            return
        names, lone, _ = said(core)
        if any((s, e) == (start, end) for s, e, _ in places):
            names = []  # '石总场' sounds like a name
        if names and not (mine and not rest):
            for n in names:
                yield Party(
                    n.start + start,
                    n.end + start,
                    said=Said(n.name, n.start + start, n.end + start, [(a + start, b + start) for a, b in n.titles]),
                )
            if mine and first <= start and rest == names[0].name:
                yield Party(first, last, entity=mine[0].entity)
            return
        if lone:
            yield Party(start, end, lone_title=True)
            return
        if mine and rest and first <= start and re.match(r"等|及其?|主要|分管|牵头|和", rest):
            for m in mine:
                yield Party(start, last, entity=m.entity)
            return
        here = [(s, e, x) for s, e, x in places if start <= s and e <= end]
        if here and here[-1][1] == end and not mine:
            if here[-1][2].key.split("/", 1)[0] not in governed:
                yield Party(start, end, entity=here[-1][2])
            return
        if _NOT_A_BODY.match(core) or (strict and not mine and len(core) < 3):
            return
        yield Party(start, end, entity=self.unknown(core, here, home))

    def owned(self, m: Mention, home: Home) -> Mention:
        """A body without a place ('交通运输局', '生态环境分局') as the one of the list's own county or city."""
        levels = [p for level, p in home.levels if level != "township"]
        if not levels or not _OPEN.fullmatch(m.entity.key):
            return m
        scene = self.phrases.scene("", home)
        own = Prefix(0, region(scene, levels[-1], inferred=True))
        name, kind = m.entity.key.removeprefix("~/"), str(m.entity.props.get("kind") or "department")
        return replace(m, entity=enter(scene, own, name, kind, name))

    def office_of(self, place: Entity, home: Home) -> Entity:
        """Who bears a duty where a place stands among bodies: of a subdistrict its office, of a zone its committee, else the
        place itself."""
        zone = place.props.get("level") == "zone" and _ZONE.search(place.name)
        office_ = "办事处" if place.name.endswith("街道") else "管委会" if zone else ""
        if not office_:
            return place
        phrase = self.phrases.read(f"{place.name}{office_}", home)
        office = next((m.entity for m in phrase.mentions if m.entity.label == "Agency"), place)
        if office is not place:
            self.draft.mention(place, self.here[0])
            if place.name not in office.aliases:
                office.aliases.append(place.name)
        return office

    def offices(self, cell: Cell, words: Words, host: Entity, home: Home) -> Iterator[Party]:
        """The parts of a body that a cell names (科室, 大队)."""
        scene = self.phrases.scene("", home)
        self.here = (words.span(cell, 0, len(words.text)),)
        for piece in pieces(words.text):
            name = words.text[piece.start : piece.end]
            name = name.removeprefix(host.name)
            if name and not _NOT_A_BODY.match(name):
                e = enter(scene, Prefix(0, host), name, "department", words.text[piece.start : piece.end])
                self.draft.fact(Statement(e, "PART_OF", host, self.here, "column-office", 0.9))
                yield Party(piece.start, piece.end, entity=e)

    def unknown(self, name: str, places: list[tuple[int, int, Entity]], home: Home) -> Entity:
        """A body of no known kind: of the place its name begins with, else the list's own where a level word says
        so."""
        scene = self.phrases.scene("", home)
        if _GENERIC.match(name):
            return scene.entity("Agency", f"class/{name}", name, name, generic=True)
        if _FIRM.search(name):
            return scene.entity("Agency", f"firm/{name}", name, name, kind="firm")
        if places and name.startswith(places[0][2].name):
            place = places[0][2]
            return enter(scene, Prefix(0, place), name[len(place.name) :], "organ", name)
        if own := of_level(scene, name):
            return own
        if home.levels:
            own = region(scene, home.levels[-1][1], inferred=True)
            if _TOWN.fullmatch(name):
                return child(scene, own, name, name, "township")
            e = scene.entity("Agency", f"{own.key}/{name}", name, name, own.place, kind="organ")
            if full_name(own, name) not in e.aliases:
                e.aliases.append(full_name(own, name))
            return e
        return scene.entity("Agency", f"~/{name}", name, name, kind="organ", unresolved=True)


def of_level(scene: Scene, name: str) -> Entity | None:
    """A body of no known kind of the division whose level its name begins with ('县蚕桑发展局'), None where none is."""
    m = _LEVEL.match(name)
    place = scene.level_place(m.group(1)) if m is not None else None
    if m is None or place is None:
        return None
    return enter(scene, Prefix(0, region(scene, place, inferred=True)), name[m.end() :], "organ", name)


def person_behind(text: str) -> str:
    """The name that stands right behind a body or place ('县住建局王凌霄', '县水务局-周平'), '' for none."""
    name = text.lstrip(_DASH)
    fits = (len(name) == 3 or 0 < len(name) < len(text)) and is_name(name) and not _PLACE_END.search(name)
    return name if fits else ""


def role_word(text: str) -> str:
    """The role that brackets say: '（牵头）'; '' for none."""
    pattern, roles = inside_roles()
    m = pattern.fullmatch(text.strip())
    return roles[m.group()] if m else ""


def within(p: Party, found: Sequence[Party], text: str) -> Party | None:
    """The body or place in whose brackets a person stands ('敬安镇（镇长 某某）')."""
    hosts = [q for q in found if q.entity is not None and q.end <= p.start and "（" in text[q.end : p.start]]
    return next((q for q in reversed(hosts) if "）" not in text[q.end : p.start]), None)
