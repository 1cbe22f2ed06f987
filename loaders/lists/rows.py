"""One row of a list: its places, its bodies, its people, each mentioned where it stands and settled by the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.lists.cell import Words, part, words_of
from loaders.lists.draft import ENOUGH, Draft
from loaders.lists.header import Column, of_header
from loaders.lists.labelled import OWN, labelled, signed
from loaders.lists.layout import Cell, Record
from loaders.lists.leading import heading
from loaders.lists.parties import Parties, Party, within
from loaders.lists.persons import Persons
from loaders.lists.phrases import Home, Phrases
from loaders.lists.row import Bearer, Block, Row, Target, bodies_beside, titles_beside
from loaders.lists.seat import Seat, division_code
from loaders.lists.where import Where, deepest, home_at, pieces
from loaders.lists.words import Meaning
from loaders.prose.page import Entity, Span

_GROUP_NUMBER = lazy(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．　 ]*)|（[^）]*）$|[：:]$|（?共?\d+[项个条件村户].*$"
)
_OF_COUNTY = lazy(r"县[级处]|县领导|县（市|县（区|县市区|区县|县区")
_OF_FIRM = lazy(r"企业|公司|工厂|厂长|(?:排污|用能|生产经营|施工)单位|工地|加油站|养殖场|业主")
_SITE = lazy("点位|工地")
_SITE_BODY = lazy("(?:林场|农场|牧场|渔场|茶场|景区|园区|开发区|保护区|管理区)$")
_OFFICES = lazy(r"(?:科室|股室|处室)(?:（.*）)?$")
_BUREAU = lazy(r"[局厅]$")
_WHO = lazy(
    r"(?:责任|负责|承办|经办|落实|整改)人(?:员)?(?:姓名)?(?:（.*）)?$"
)  # of the row's body, as its 领导 may not be
_AREA = lazy(
    r"^[\u4e00-\u9fff]{1,8}(?:镇|乡|街道|办事处|村|社区|县|区|市)$|(?:保护区|园区|片区|林场|公园|湿地|景区|风景区|开发区|新区|基地)[\u4e00-\u9fff]{0,6}$"
)
_RECENT = 4096  # cells whose reading is remembered, the oldest forgotten
_ORDER = ("county", "area", "town", "place", "river", "village", "reach", "grid", "firm", "body")


@dataclass(slots=True)
class Told:
    """What a cell's words came to where nothing else of the row bears on them: where the cell began, and how often."""

    at: int
    bearers: list[Bearer]
    times: int


class Rows:
    """Reads rows of one list."""

    def __init__(self, draft: Draft, phrases: Phrases, where: Where, persons: Persons) -> None:
        self.draft, self.phrases, self.where, self.persons = draft, phrases, where, persons
        self.parties = Parties(draft, phrases)
        self.signs: dict[str, str] = {}  # of the table in hand: signs beside names, and the roles that they say
        self.blocks: dict[int, Block] = {}  # by the columns' identity: a table keeps them
        self.homes: dict[tuple[str, str], Home] = {}
        self.settled: dict[tuple[int, int], list[Bearer]] = {}
        self.told: dict[tuple[int, str, str, int, int], Told] = {}
        self.within: dict[tuple[int, str], Column] = {}  # the columns that labels inside cells stand for
        self.groups: dict[str, tuple[Entity | None, Entity | None]] = {}

    def row(self, columns: list[Column], record: Record) -> Row:
        """A record with its places settled."""
        if (block := self.blocks.get(id(columns))) is None:
            block = self.blocks[id(columns)] = Block(columns)
        row = Row(block, record, self.phrases.home)
        if record.group is not None:
            row.county, row.town = county, town = self.group(record.group.raw)
            at = words_of(record.group.raw)
            for place, kind in ((county, "county"), (town, "town")):
                if place is not None:
                    span = at.span(record.group, 0, len(at.text))
                    row.targets.append(Target(kind, -1, place, span, record.group))
        for kind in (k for k in _ORDER if k in block.kinds):
            for column, cell, words in row.words(kind):
                self.places(row, column, cell, words)
        if row.town is None and row.county is None:
            row.town = self.phrases.home.town  # the list's own, of which the tables have many by that name
        for t in row.targets:
            self.draft.mention(t.entity, t.span)
        where = (row.county.key if row.county else "", row.town.key if row.town else "")
        if where not in self.homes:
            self.homes[where] = home_at(self.phrases.home, self.where, row.county, row.town)
        row.home = self.homes[where]
        return row

    def group(self, raw: str) -> tuple[Entity | None, Entity | None]:
        """The county or township that a heading line names ('一、无为市')."""
        if raw not in self.groups:
            named, led = heading(raw)
            text = _GROUP_NUMBER.sub("", _GROUP_NUMBER.sub("", named if led else words_of(raw).text))
            town = re.search(r"(?:镇|乡|街道|苏木)$", text)
            county = None if town else self.where.county(text) if re.search(r"[市县区旗]$", text) else None
            self.groups[raw] = county, self.where.town(text, None) if town and len(text) <= 8 else None
        return self.groups[raw]

    def places(self, row: Row, column: Column, cell: Cell, words: Words) -> None:
        """The places of one cell."""
        text = words.text
        if column.kind == "body":
            for p in self.parties.read(cell, words, row.home, "body"):
                if p.entity is not None and not p.entity.props.get("generic"):
                    row.targets.append(Target("body", column.index, p.entity, words.span(cell, p.start, p.end), cell))
            return
        spans = list(pieces(text))
        if column.kind == "river" or (column.kind == "area" and not all(_AREA.search(text[s:e]) for s, e in spans)):
            spans = [(0, len(text))]
        parts = [(column.kind, s, e) for s, e in spans]
        if column.kind == "place":
            read, sites = self.where.parts, bool(_SITE.search(column.header))
            parts = [(kind, s + a, s + b) for s, e in spans for kind, a, b in read(text[s:e], row.county, sites=sites)]
        for kind, s, e in parts:
            if kind == "village" and (town := self.where.leading(text[s:e], row.county)) is not None:
                row.town, s = town, s + len(town.name)  # '龙固镇东村'
            entity = self.place(kind, text[s:e], row)
            if entity is None:
                continue
            row.targets.append(Target(kind, column.index, entity, words.span(cell, s, e), cell))
            if kind == "grid" and entity.props.get("level") == "grid":
                row.town, row.village = self.where.called(text[s:e], row.town, row.village, row.county)
            if kind == "reach":
                row.town, row.village = self.where.along(text[s:e], row.town, row.village, row.county)
            if kind == "county" or (kind == "area" and entity.props.get("level") == "county"):
                if entity.props.get("level") == "township":
                    row.town = entity
                else:
                    row.county = entity
            elif kind == "town" or (kind in ("area", "grid") and entity.props.get("level") == "township"):
                row.town = entity
            elif kind == "village" or (kind in ("area", "grid") and entity.props.get("level") == "village"):
                row.village = entity

    def place(self, kind: str, text: str, row: Row) -> Entity | None:
        if kind == "county":
            return self.where.county(text)
        if kind == "town":
            return self.where.town(text, row.county)
        if kind == "village":
            return self.where.village(text, row.town, row.county)
        if kind == "river":
            return self.where.river(text)
        if kind == "reach":
            river = next((t.entity for t in row.targets if t.kind == "river"), None)
            return self.where.reach(text, river)
        if kind == "grid":
            named = self.where.known(text, row.town, row.county)  # '二级网格｜龙固镇': the township is the grid
            return named or self.where.grid(text, deepest(row.village, row.town, row.county))
        if kind == "firm":
            return self.where.firm(text)
        if kind == "area" and (village := self.where.hamlet(text, row.town, row.county)) is not None:
            return village
        return self.where.area(text, deepest(row.town, row.county))

    def home_by(self, row: Row) -> Home:
        """Where a row's sentences speak of: where the row does, else the one county whose bodies bear its duty."""
        codes = {division_code(b.entity) for b in row.bearers if b.role != "督办"}
        counties = [p for c in codes if (p := gazetteer().get(c)) is not None and p.level == "county"]
        if row.county is not None or row.town is not None or len(counties) != 1:
            return row.home
        return self.homes.setdefault((counties[0].adcode, ""), row.home.beside(counties[0], None))

    def party_columns(self, row: Row, *kinds: str) -> None:
        """Read the columns of parties, bodies before people, so that a bare title finds its body."""
        chosen = row.words(*kinds)
        chosen.sort(key=lambda x: (x[0].meaning is None or x[0].meaning.of != "body", x[0].index))
        for column, cell, words in chosen:
            row.bearers += self.read(row, column, cell, words)
        row.bearers.sort(key=lambda b: b.column.index)

    def read(self, row: Row, column: Column, cell: Cell, words: Words) -> list[Bearer]:
        """The parties of one cell, settled: people with the titles beside them and in their own columns."""
        m = column.meaning
        of = m.of if m is not None and m.of else of_header(column)
        if runs := labelled(words.text, of) or signed(words.text, of, self.signs):
            return self.apart(row, column, cell, words, runs)
        again = self.settled.pop((cell.at, column.index), None)
        if again is not None:  # a merged cell, or one that 同上 repeats: the same people
            self.settled[cell.at, column.index] = again
            return [replace(b, column=column, cell=cell) for b in again]
        alone = not row.bearers and column.kind != "holder" and not row.block.kinds & {"title", "unit"}
        key = (column.index, column.header, cell.raw, id(row.home), id(row.village) if "村" in cell.raw else 0)
        told = self.told.get(key) if alone else None
        if told is not None and told.times >= ENOUGH:  # said so often that its words are no more kept
            moved = cell.at - told.at
            return [
                Bearer(b.entity, Span(b.span.start + moved, b.span.end + moved), b.role, column, cell)
                for b in told.bearers
            ]
        hosts = [b.entity for b in row.bearers if b.entity.label == "Agency" and b.role in ("牵头", "责任")]
        if not hosts and column.kind == "charge" and _OFFICES.search(column.header):
            of, hosts = "office", self.phrases.own_body[:1]  # '包片科室' in a bureau's own list
        if of == "office" and len(hosts) == 1 and not hosts[0].props.get("generic"):
            found = list(self.parties.offices(cell, words, hosts[0], row.home))
        else:
            found = self.parties.read(cell, words, row.home, "body" if of == "office" else of)
        if m is not None and m.kind == "party" and of != "person":
            found = [
                p if p.entity is None else replace(p, entity=self.parties.office_of(p.entity, row.home)) for p in found
            ]
        role = m.role if m is not None else ""
        seat = self.seat(row, column, found)
        beside = bodies_beside(row, column)
        paired = beside if len(beside) == len([p for p in found if p.said]) > 1 and seat.bodies else []
        titles = titles_beside(row, column, len([p for p in found if p.said])) if of not in ("body", "office") else []
        out: list[Bearer] = []
        n = 0
        for p in found:
            entity = p.entity
            if p.said is not None:
                extra = titles[n] if n < len(titles) else None
                own = replace(seat, bodies=(paired[n],)) if paired else seat
                if n and extra is not None and not seat.bodies and titles[0] != extra:
                    own = self.after(titles[0][0], extra[0], own)
                n += 1
                host = within(p, found, words.text)
                entity = self.person(p, words, cell, self.seat(row, column, [host]) if host else own, extra, row)
            elif p.lone_title:
                entity = self.office(words.text[p.start : p.end], seat)
            if entity is None:
                continue
            span = words.span(cell, p.start, p.end)
            self.draft.mention(entity, span)
            if not p.aside:
                out.append(Bearer(entity, span, p.role or role, column, cell))
        if any(p.said for p in found):
            self.settled[cell.at, column.index] = out
            if len(self.settled) > _RECENT:
                del self.settled[next(iter(self.settled))]
        if alone:
            if len(self.told) > _RECENT:
                self.told.clear()
            self.told[key] = Told(cell.at, out, told.times + 1 if told else 1)
        return out

    def apart(
        self, row: Row, column: Column, cell: Cell, words: Words, runs: list[tuple[int, int, str, Meaning | None]]
    ) -> list[Bearer]:
        """The parties of a cell with labels inside: each run is read as a cell of its own, under the label as its head."""
        before, out = row.bearers, list[Bearer]()
        for start, end, label, said in sorted(runs, key=lambda r: r[3] is not None and r[3].of != "body"):
            under = column
            if said is not None and said is not OWN:
                under = self.within.setdefault((column.index, label), Column(column.index, label, said))
            row.bearers = [*before, *out]
            out += self.read(row, under, *part(words, cell, start, end))
        row.bearers = before
        return sorted(out, key=lambda b: b.span)

    def seat(self, row: Row, column: Column, found: Sequence[Party] = ()) -> Seat:
        """Where the people of a column sit, by the row."""
        bodies: list[Entity] = []
        for c, cell, words in row.words("unit"):
            if c.person == column.index:
                bodies += [p.entity for p in self.parties.read(cell, words, row.home, "body") if p.entity is not None]
                for b in bodies:
                    self.draft.mention(b, words.span(cell, 0, len(words.text)))
        bodies = bodies or [p.entity for p in found if p.entity is not None]
        role = column.meaning.role if column.meaning else ""
        if not bodies and role != "督办":
            bodies = [
                b.entity for b in row.bearers if b.entity.label in ("Agency", "Region") and b.role in ("牵头", "责任")
            ]
        bodies = bodies or bodies_beside(row, column)
        of_firm = column.kind == "holder" or _OF_FIRM.match(column.header)
        bodies = [t.entity for t in row.targets if t.kind == "firm" and of_firm] or bodies
        if not bodies and column.kind == "punished":  # '被问责单位｜被问责人｜职务'
            bodies = [b.entity for b in row.bearers if b.column.kind == "punished" and b.entity.label == "Agency"]
        if not bodies and (column.kind == "rota" or column.kind == "name" and "portfolio" in row.block.kinds):
            bodies = self.phrases.own_body
        if not bodies and column.kind == "charge":  # the 局长 in a bureau's own list
            bodies = [b for b in self.phrases.own_body if _BUREAU.search(b.name)]
        if not bodies and column.kind in ("charge", "name"):  # the 场长 of the 林场 that the row is about
            bodies = [t.entity for t in row.targets if t.kind == "area" and _SITE_BODY.search(t.entity.name)]
        code = next((k for b in bodies if (k := division_code(b))), "")
        wants = column.meaning.wants if column.meaning else ()
        if not code and role != "督办" and column.kind in ("charge", "holder"):
            if wants and wants[0] in ("village", "grid", "reach") or column.kind == "holder":
                grid = next((t for t in reversed(row.targets) if t.kind == "grid" and t.column < column.index), None)
                code = division_code(grid.entity if grid else None) or division_code(row.town or row.county)
            elif wants[:1] == ("town",):
                code = division_code(row.county)
        if not code and role != "督办" and column.kind == "party":
            code = division_code(row.county)
        of_county, county = bool(_OF_COUNTY.search(column.header)), row.county
        if (city := self.city(bodies)) is not None and _WHO.search(column.header):
            of_county, county = True, city
        return Seat(row.home, tuple(bodies), row.town, row.village, county, code or self.phrases.home.code, of_county)

    def after(self, first: str, title: str, seat: Seat) -> Seat:
        """The seat of the second of several people, whose title goes on from the first one's ('县水利局局长、河道科科长')."""
        if self.persons.posts(title, seat):
            return seat
        facts = (f for _, _, facts in self.persons.posts(first, seat) for f in facts if f.type == "POST_IN")
        return replace(seat, bodies=tuple(f.target for f in facts if f.target.label == "Agency")[:1])

    def city(self, bodies: Sequence[Entity]) -> Entity | None:
        """The county-level city whose government alone bears a row's duty: a bare 副市长 who answers for it is its own."""
        place = gazetteer().get(division_code(bodies[0])) if len(bodies) == 1 else None
        own = place is not None and place.level == "county" and place.name.endswith("市")
        return self.where.division(place) if own and place is not None and bodies[0].key.endswith("/人民政府") else None

    def person(
        self, p: Party, words: Words, cell: Cell, seat: Seat, extra: tuple[str, Span, str] | None, row: Row
    ) -> Entity:
        """The person of a party, their posts said."""
        assert p.said is not None
        phrases = [(words.text[s:e], words.span(cell, s, e), "") for s, e in p.said.titles]
        if extra is not None:
            phrases.append(extra)
        held = [(self.persons.posts(text, seat), at, status) for text, at, status in phrases]
        code = next((k for posts, _, _ in held if (k := self.persons.code_of(posts))), "") or seat.code
        facts = (f for posts, _, _ in held for _, _, facts in posts for f in facts if f.type == "POST_IN")
        bodies = [f.target for f in facts if f.target.label == "Agency"]
        entity = self.persons.person(p.said.name, code, bodies, row.posted.setdefault((p.said.name, code), []))
        span = words.span(cell, p.said.start, p.said.end)
        for posts, at, status in held:
            self.persons.hold(entity, posts, (span, at), status)
        return entity

    def office(self, text: str, seat: Seat) -> Entity | None:
        """An office or class of people that bears a duty without a name ('各乡镇长', '分管副市长')."""
        posts = self.persons.posts(text, seat)
        if len(posts) == 1 and not re.match(r"各|有关|相关|分管", text):
            entity, _, facts = posts[0]
            for f in facts:
                self.draft.fact(f)
            if facts:
                return entity
        return self.where.scene.entity("Post", f"class/{text}", text, text, title=text, generic=True)
