"""Things that a construction names by itself: classes of officials, rivers and reaches, schemes, meetings, the notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.lazy import lazy
from loaders.prose.last import last
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.relate.fill import called_bare
from loaders.prose.relate.slots import Slots

_OFFICIALS = lazy("领导|干部|成员|党员|网格员|组长|书记|负责人|代表|乡镇长|两委|河长|人员|[省市州县区旗镇乡]长$|常委$")
_BARE = lazy(
    "[东西南北中上下]片|(?:[上中下]游?|[东西南北中前后]|入[湖江河海库]口?|[出入]境|源头)段"
)  # of no place in particular
_WORKS = lazy("(?:厂|煤矿|公司|车间|[\u4e00-\u9fff]{2}部)$")
_RIVER = lazy("(?:^|(?<=[，。；：、\\n“]))[\u4e00-\u9fff]{1,5}?(?:河|江|溪|渠)(?=全线|全长|全段|干流|流域|共|划|分|由)")
_WATERS = ("排干", "干渠", "河", "江", "溪", "沟", "渠", "浜", "港", "涌", "湖", "水库", "圳", "塘")
_NEAR = 200  # characters within which the river of a reach is named
_GOVERNS = lazy(
    "(?:人民)?政府$|行政公署$|行署$|管理委员会$|管委会$|(?<=[县市区旗盟州镇乡])委$|(?<=[镇乡道])党工?委$|委员会$(?<=[县市区旗盟州镇乡道]委员会)"
)
_QUOTES = str.maketrans("", "", "“”")
_PLACES = lazy(
    r"(?:乡镇|镇街|[省市州县区乡镇村组屯户片田]|街道|社区|小区|片区|区域|网格|地块|田块|山头|路段|河段|点位|站点|点|线路|路|街|村居|（街道）|（社区）|（市、区）)$"
)


class Named:
    """Entities of a page by what they are called; the page's own mentions come before new ones."""

    @staticmethod
    @last
    def of(slots: Slots) -> Named:
        """Those of a page; one for all stages that read it, so that they speak of the same things."""
        return Named(slots)

    def __init__(self, slots: Slots) -> None:
        page = slots.page
        self.slots = slots
        self._spans = {m.span: m.entities[0] for m in slots.marks}
        self._generic = {page.quote(m.span): m.entities[0] for m in slots.marks if m.generic}
        self._actors: dict[str, Entity] = {}
        self.chiefs: list[Statement] | None = None  # who is chief of what, once it has been read
        self._regions: dict[str, Entity] = {}
        for e in [m.entity for m in page.mentions] + [s.target for s in page.facts]:
            if e.label == "Region":
                for name in (e.name, *e.aliases):
                    self._regions.setdefault(name, e)
        self._schemes: dict[str, Entity] = {}

    def generic(self, words: str, span: Span, acts: bool = False) -> Entity:
        """The class that ``words`` name at ``span``; with ``acts`` one that does something ('县包乡'), so no mere place."""
        known = self._spans.get(span) or self._generic.get(words) or self._tail_of_a_place(words)
        if known is None or acts and known.label == "Region":
            label = "Post" if _OFFICIALS.search(words) else "Region" if _PLACES.search(words) else "Agency"
            if acts and label == "Region":
                return self._actors.setdefault(
                    words, Entity("Agency", words, [], "", {"generic": True}, f"class/{words}")
                )
            known = self._generic[words] = Entity(label, words, [], "", {"generic": True}, f"class/{words}")
            called_bare(known)
        return known

    def _tail_of_a_place(self, words: str) -> Entity | None:
        """'交界地区' where the page speaks of '苏皖鲁豫交界地区'."""
        found = [e for n, e in self._regions.items() if len(words) > 3 and n.endswith(words)]
        return found[0] if found else None

    def waters(self, name: str) -> Entity:
        """The river or reach of that name."""
        known = self._regions.get(name)
        if known is None:
            level = "reach" if name.endswith("段") else "river"
            known = self._regions[name] = Entity(
                "Region", name, [], "", {"level": level, "inferred": True}, f"~/{name}"
            )
        return known

    def tract(self, name: str, at: int = 0) -> Entity:
        """The piece of land that somebody looks after by that name (石桥片); a brook (后沟) is a water, a works (炼焦厂) a body.
        A reach that says not of which river (上段) is that of the river named last before ``at``."""
        if name.endswith(_WATERS):
            return self.waters(name)
        if name.endswith("段") and _BARE.fullmatch(name) and at:
            rivers = _RIVER.findall(self.slots.page.text, max(0, at - _NEAR), at)
            if rivers:
                return self.waters(rivers[-1] + name)
        known = self._regions.get(name)
        if known is None and _WORKS.search(name):
            return self._actors.setdefault(name, Entity("Agency", name, [], "", {"kind": "works"}, f"~/{name}"))
        if known is None:
            known = self._regions[name] = Entity(
                "Region", name, [], "", {"level": "grid", "inferred": bool(_BARE.fullmatch(name))}, f"~/{name}"
            )
        return known

    def region(self, name: str) -> Entity | None:
        """The place of that name, if the page mentions it."""
        return self._regions.get(name)

    def area_of(self, body: Entity) -> Entity | None:
        """The area whose body it is by its name ('汾渭平原大气污染防治协作小组'), if the page mentions it."""
        areas = (e for e in self._regions.values() if e.props.get("level") == "area")
        return next((a for a in areas if any(body.name.startswith(n) for n in (a.name, *a.aliases) if n)), None)

    def whole(self, place: str) -> Entity | None:
        """The division whose full name ('河北省保定市望都县') is ``place``, if the page mentions it."""
        found = [e for n, e in self._regions.items() if len(n) > 1 and place.endswith(n)]
        return found[0] if found else None

    def governed(self, body: Entity, name: str) -> Entity | None:
        """The division of that name that a government of it governs, also where the page names the government only."""
        code, _, organ = body.key.partition("/")
        if organ != "人民政府" or not code.isdigit() or not body.place.endswith(name):
            return None
        return self._regions.setdefault(name, Entity("Region", name, [], body.place, {"inferred": True}, code))

    def scheme(self, name: str) -> Entity:
        """The scheme of that name, without marks of quotation ('“四包”责任制')."""
        name = name.translate(_QUOTES)
        return self._schemes.setdefault(name, Entity("Scheme", name))


def places(entities: Iterable[Entity], named: Named) -> Iterator[Entity]:
    """Named places among things, and those that a government among them governs, where the page knows them."""
    for e in entities:
        if e.props.get("generic"):
            continue
        if e.label == "Region":
            yield e
        elif e.label == "Agency":
            governs = next((n for n in (e.name, *e.aliases) if _GOVERNS.search(n)), "")
            names = [_GOVERNS.sub("", n) for n in (e.name, *e.aliases) if _GOVERNS.search(n)]
            place = next((p for n in names if (p := named.region(n)) is not None), None)
            if place is None and governs and e.place:
                place = named.whole(e.place) or named.governed(e, names[0])
            if place is not None:
                yield place
