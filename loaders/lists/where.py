"""Places of a row: county, township, village, grid, river, reach, area and firm, each under the one before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lazy import lazy
from kg.places import Place, gazetteer
from loaders.lists.phrases import Home, Phrases
from loaders.prose.page import Entity
from loaders.prose.recognise.posts import reach_of
from loaders.prose.recognise.regions import child, region
from loaders.prose.recognise.scene import ORDER, Scene

_EVERYWHERE = lazy(
    r"^(?:市本级|县本级|区本级|本级|全[省市县区镇乡村]|市直|县直|市级|各.*|有关.*|相关.*|.*各县.*"
    r"|(?:属地|所在地?|部分|其他|其余|上述|涉[事及]|全部|所有|(?:\d+|[一二两三四五六七八九十]+)个)?"
    r"(?:乡镇街道|乡镇|镇街|镇办|街道|街镇|镇村|县区|区县|县市区|市县|属地|村居|村社区)"
    r"|沿[河湖江海线](?:乡镇街道|乡镇|镇街|县区|区县)|[两三]镇)$"
)  # a class of places is no place
_ZONE = lazy(
    r"(?:开发区|经开区|高新区|示范区|新区|园区|[产工]业园|科技园|基地|集聚区|林场|农场|保护区|管委会|管理区|景区)$"
)
_TOWN = lazy(r"[\u4e00-\u9fff]{1,5}?(?:镇|乡|街道|苏木)(?![镇乡村])")
_VILLAGE = lazy(r"[\u4e00-\u9fff]{1,7}?(?:村|社区|居委会|嘎查|屯)(?![委民])")
_OF_GRID = lazy(r"(?:[一二三四]级|环保|监管|监督)*网格$")
_HAMLET = lazy(
    r"[\u4e00-\u9fff]{1,3}[庄楼寨屯集湾桥店岭河沟山坪坝圩堡营口坊庙岗]"
)  # how villages are called without 村
_ALONG = lazy(r"(?P<town>[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道))?(?P<village>[\u4e00-\u9fff]{1,7}?(?:村|社区))?段$")
FIRM = lazy(r"(?:公司|厂|矿|集团|合作社|加油站|养殖场)$")
"""How the names of firms and sites end in a cell of places or firms."""

_WITH_NOTE = lazy(r"（[^）]*）$")


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the names in a cell of places or firms; brackets belong to a name."""
    start, depth = 0, 0
    for i, c in enumerate([*text, "\n"]):
        if c in "（(":
            depth += 1
        elif c in "）)":
            depth = max(0, depth - 1)
        elif c in "、，；/\n 　" and (depth == 0 or c == "\n"):
            if i > start:
                yield start, i
            start = i + 1


class Where:
    """Makes the places of rows; ``scene`` only holds the notice's things."""

    def __init__(self, phrases: Phrases, as_of: str) -> None:
        self.phrases, self.as_of = phrases, as_of
        self.scene: Scene = phrases.scene("", phrases.home)
        self.towns: dict[str, Entity | None] = {}
        self.counties: dict[str, Entity | None] = {}

    def division(self, place: Place) -> Entity:
        """The entity of a division of the tables, as named."""
        return region(self.scene, place)

    def leading(self, text: str, county: Entity | None) -> Entity | None:
        """The township of the tables that a village's name begins with, None for none."""
        m = _TOWN.match(text)
        town = self.town(m[0], county) if m is not None and m.end() < len(text) else None
        return town if town is not None and m is not None and town.key.isdigit() and town.name == m[0] else None

    def over(self) -> Entity | None:
        """The deepest division that the list speaks from."""
        levels = self.phrases.home.levels
        return region(self.scene, levels[-1][1], inferred=True) if levels else self.phrases.home.town

    def county(self, text: str) -> Entity | None:
        """The county (or city, or zone) that a cell or a group's heading names; None where it names none, or all."""
        text = _WITH_NOTE.sub("", text.strip())
        if not text or _EVERYWHERE.match(text):
            return None
        if text not in self.counties:
            self.counties[text] = self.find_county(text)
        return self.counties[text]

    def find_county(self, text: str) -> Entity | None:
        levels = self.phrases.home.places
        found = self.within(text, levels)
        if found is not None:
            entity = self.division(found)
            if text != entity.name and text not in entity.aliases:
                entity.aliases.append(text)
            return entity
        inner = [x for _, _, x in self.phrases.read(text, self.phrases.home).places]
        if inner:
            inner[-1].props.pop("inferred", None)
            return inner[-1]
        if _ZONE.search(text):
            return child(self.scene, self.over(), text, text, "zone")
        return None

    def within(self, text: str, levels: dict[str, Place]) -> Place | None:
        """The division of that name inside the list's own, the closest first."""
        g = gazetteer()
        for level in reversed(ORDER):
            if level in levels:
                own = levels[level]
                inside = [p for p in g.lookup(text, within=own.adcode, as_of=self.as_of or None) if p.level in ORDER]
                if inside and (len(inside) == 1 or inside[0].level != inside[1].level):
                    return inside[0]
        return g.resolve(text, as_of=self.as_of or None) if text[-1:] in "省市县区旗州盟" else None

    def place_of(self, entity: Entity | None) -> Place | None:
        """The division of the tables that an entity is."""
        return gazetteer().get(entity.key) if entity is not None and entity.key.isdigit() else None

    def town(self, text: str, county: Entity | None) -> Entity | None:
        """The township (or zone) of that name, of the row's county, else of the list's own division."""
        name = _WITH_NOTE.sub("", text.strip())
        if not name or _EVERYWHERE.match(name) or name in ("全镇", "机关"):
            return None
        key = f"{county.key if county else ''}|{name}"
        if key not in self.towns:
            self.towns[key] = self.find_town(name, county)
        return self.towns[key]

    def find_town(self, name: str, county: Entity | None) -> Entity | None:
        levels = self.phrases.home.places
        own = "township" in levels and levels["township"]
        if own and own.name == name:
            return self.division(own)
        above = self.place_of(county) or levels.get("county")
        for spelt in dict.fromkeys(
            (name, re.sub(r"(?:办事处|人民政府|政府|党委)$", "", name), f"{name}镇", f"{name}乡", f"{name}街道")
        ):
            found = self.children(spelt, above, levels)
            if len(found) == 1:
                entity = self.division(found[0])
                if name != entity.name and name not in entity.aliases:
                    entity.aliases.append(name)
                return entity
        if above is not None and name.startswith(above.name) and len(name) > len(above.name):
            return self.find_town(name[len(above.name) :], county)
        parent = county if county is not None else region(self.scene, above, inferred=True) if above else self.over()
        level = "zone" if _ZONE.search(name) else "township"
        return child(self.scene, parent, name, name, level)

    def children(self, name: str, above: Place | None, levels: dict[str, Place]) -> list[Place]:
        """Townships of that name in a county, or in all counties of the list's city."""
        g = gazetteer()
        if above is not None:
            return [p for p in g.children(above.adcode) if p.name == name]
        city = levels.get("prefecture")
        if city is None:
            return []
        return [
            t
            for c in g.children(city.adcode)
            for t in ([c] if c.level == "township" else g.children(c.adcode))
            if t.name == name
        ]

    def parts(self, text: str, county: Entity | None, *, sites: bool = False) -> Iterator[tuple[str, int, int]]:
        """The township and the village of a place in one run ('龙固镇前程村三组'), each with its kind and span; a firm where
        ``sites`` are named."""
        if sites and FIRM.search(text):
            yield "firm", 0, len(text)
            return
        levels = self.phrases.home.places
        own = [p.name for p in levels.values()] + [county.name if county is not None else ""]
        at = max(
            (text.find(n) + len(n) for n in own if n and n[-1:] not in "镇乡道" and n in text[: len(n) + 4]), default=0
        )
        above = self.place_of(county) or levels.get("county")
        known = [p.name for p in gazetteer().children(above.adcode)] if above is not None else []
        town = max((n for n in known if text.startswith(n, at)), key=len, default="")
        if not town and (m := _TOWN.match(text, at)):
            town = m[0]
        if town:
            yield "town", at, at + len(town)
        if m := _VILLAGE.match(text, at + len(town)):
            yield "village", at + len(town), m.end()

    def village(self, text: str, town: Entity | None, county: Entity | None) -> Entity | None:
        """The village of that name, of the row's township."""
        name = _WITH_NOTE.sub("", text.strip())
        if not name or re.fullmatch(r"\d+(?:\.\d+)?(?:个|村|个村)?", name) or _EVERYWHERE.match(name):
            return None
        if town is not None and name.startswith(town.name) and len(name) > len(town.name) + 1:
            name = name[len(town.name) :]
        parent = town or county or self.over()
        e = child(self.scene, parent, name, text.strip(), "village")
        if not re.search(r"(?:村|社区|居委会|屯|嘎查)$", name) and f"{name}村" not in e.aliases:
            e.aliases.append(f"{name}村")
        return e

    def hamlet(self, text: str, town: Entity | None, county: Entity | None) -> Entity | None:
        """The village that an area is, None where it is none ('责任区（村、场）' over '前程村', '沛城林场')."""
        name = text.strip()
        return self.village(name, town, county) if name.endswith(("村", "社区")) and _VILLAGE.fullmatch(name) else None

    def known(self, text: str, town: Entity | None, county: Entity | None) -> Entity | None:
        """The division or village of that name where a grid is called by nothing else, None where it has a name of its own."""
        if _VILLAGE.fullmatch(text):
            return self.village(text, town, county)
        found = (
            self.town(text, county) if _TOWN.fullmatch(text) else self.county(text) if text[-1:] in "县区市" else None
        )
        return found if found is not None and found.key.isdigit() else None

    def grid(self, text: str, parent: Entity | None) -> Entity:
        """A grid cell, of the row's village, township or county."""
        name = text.strip()
        if name.isdigit() and parent is not None:
            name = f"{parent.name}{name}号网格"
        e = child(self.scene, parent or self.over(), name, name, "grid")
        if parent is not None and not name.startswith(parent.name) and f"{parent.name}{name}" not in e.aliases:
            e.aliases.append(f"{parent.name}{name}")
        return e

    def river(self, text: str) -> Entity:
        """A river, lake or reservoir."""
        e = reach_of(self.scene, text.strip())
        e.props.pop("inferred", None)
        return e

    def reach(self, text: str, river: Entity | None) -> Entity:
        """A reach of the row's river."""
        name = text.strip()
        whole = name if river is None or river.name in name else f"{river.name}{name}"
        e = self.river(whole)
        if name != whole and name not in e.aliases:
            e.aliases.append(name)
        return e

    def called(
        self, grid: str, town: Entity | None, village: Entity | None, county: Entity | None
    ) -> tuple[Entity | None, Entity | None]:
        """The township and the village of a row with the one that its grid is called by ('龙固镇网格', '前程村网格')."""
        name = _OF_GRID.sub("", grid.strip())
        if name == grid.strip():
            return town, village
        if _TOWN.fullmatch(name):
            found = self.town(name, county)
            return town or (found if found is not None and found.key.isdigit() else None), village
        own = "township" in self.phrases.home.places or town is not None
        if village is None and (_VILLAGE.fullmatch(name) or own and _HAMLET.fullmatch(name)):
            village = self.village(name, town, county)
        return town, village

    def along(
        self, reach: str, town: Entity | None, village: Entity | None, county: Entity | None
    ) -> tuple[Entity | None, Entity | None]:
        """The township and the village of a row with those that its reach is called by ('龙固镇段')."""
        if m := _ALONG.search(reach):
            town = town or (self.town(m["town"], county) if m["town"] else None)
            village = village or (self.village(m["village"], town, county) if m["village"] else None)
        return town, village

    def firm(self, text: str) -> Entity:
        """An enterprise."""
        name = text.strip()
        return self.scene.entity("Agency", f"firm/{name}", name, name, kind="firm")

    def area(self, text: str, parent: Entity | None) -> Entity | None:
        """A named area: a zone or division where the tables or their endings say so; the list's own where it is all of that
        ('全县'), None for a class of areas."""
        if _EVERYWHERE.match(text.strip()):
            own = self.phrases.home.levels[-1:]
            return self.division(own[0][1]) if own and text.strip() == f"全{own[0][1].name[-1]}" else None
        found = self.county(text)
        return found or child(self.scene, parent or self.over(), text.strip(), text.strip(), "area")


def deepest(*places: Entity | None) -> Entity | None:
    """The first place that is there."""
    return next((p for p in places if p is not None), None)


def home_at(home: Home, where: Where, county: Entity | None, town: Entity | None) -> Home:
    """The home of a row with its own county and township."""
    if county is None and town is None:
        return home
    place = where.place_of(county)
    if place is None and town is not None and town.key.isdigit() and (t := gazetteer().get(town.key)) and t.parents:
        place = gazetteer().get(t.parents[-1])
    return home.beside(place, town)
