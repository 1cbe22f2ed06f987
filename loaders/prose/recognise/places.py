"""Places as things: divisions of the tables, places the tables do not have, and where a place's name begins."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.lazy import lazy
from kg.places import Place, gazetteer
from kg.places.tables import peoples
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.lexicon import function_words, table
from loaders.prose.recognise.scene import Scene

Region = tuple[int, int, Entity]
"""A place where it stands: start, end, thing."""
Ends = dict[int, tuple[int, Entity]]
"""Where a place ends -> where its chain begins ('河北省保定市望都县'), and the place: what may stand before a body."""


@lru_cache(20_000)
def lookup(word: str, within: str, as_of: str) -> tuple[Place, ...]:
    """What a name may mean within a division on a date ('' for any), best first; remembered, for names recur."""
    found = tuple(gazetteer().lookup(word, within=within or None, as_of=as_of or None))
    exact = tuple(p for p in found if p.name == word)  # 茌平县 was not yet the district it became
    later = {code for p in found for code in p.successors}  # '旬阳' was the county, not yet the city
    if len(found) > 1 and (given_up := parted(word, found)):
        return given_up
    return exact or tuple(p for p in found if p.adcode not in later) or found


def parted(word: str, found: tuple[Place, ...]) -> tuple[Place, ...]:
    """The place that had a full name and was parted among all that it leads to ('邢台县' among two districts); () for none."""
    states = {c.state.adcode: c.state for c in gazetteer().candidates(word) if c.state.name == word}
    old = next(iter(states.values())) if len(states) == 1 else None
    became = old is not None and old.until and {p.adcode for p in found} <= set(old.successors)
    return (old,) if old is not None and became else ()


@lru_cache(20_000)
def resolve(word: str, as_of: str) -> Place | None:
    """The one place that a name means on a date ('' for any), remembered."""
    return gazetteer().resolve(word, as_of=as_of or None)


_OF_A_POST = lazy("(?:党委|党工委|人大|政府)?副?(?:书记|[镇乡]长|主任|主席)")
"""After a township that is named for who serves or served there."""


class Found:
    """Places found so far in one text; none overlaps another, but for the members of a list that one word names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.covered = bytearray(len(text) + 1)
        self.at: dict[int, list[Region]] = {}
        self.towns: list[Region] = []

    def __iter__(self) -> Iterator[Region]:
        return (place for places in self.at.values() for place in places)

    def add(self, start: int, end: int, entity: Entity) -> None:
        """Keep a place."""
        self.at.setdefault(start, []).append((start, end, entity))
        self.covered[start:end] = b"\1" * (end - start)
        if entity.props.get("level") == "township":
            insort(self.towns, (start, end, entity), key=lambda t: t[0])

    def town_before(self, start: int) -> Entity | None:
        """The township named last before an offset; one that only names somebody's post counts in its sentence alone, and
        where no other is named."""
        k = bisect_left(self.towns, start, key=lambda t: t[0])
        sentence = max(self.text.rfind(c, 0, start) for c in "。\n")
        before = self.towns[:k][::-1]
        acting = (e for at, end, e in before if at > sentence or not _OF_A_POST.match(self.text, end))
        return next(acting, before[0][2] if before else None)

    def drop(self, start: int, end: int) -> None:
        """Forget the places that begin at an offset and end before another ('静海' in '静海镇')."""
        for place in self.at.get(start, ()):
            if place[1] <= end:
                self.covered[start : place[1]] = bytes(place[1] - start)
        self.at[start] = [place for place in self.at.get(start, ()) if place[1] > end]

    def free(self, start: int, end: int) -> bool:
        """Whether start..end overlaps nothing found so far."""
        return self.covered.find(1, start, end) < 0

    def by_end(self) -> dict[int, tuple[int, Entity]]:
        """Where a place ends -> where it begins, and the place."""
        return {end: (start, entity) for start, end, entity in self}


def region(scene: Scene, place: Place, surface: str = "", *, inferred: bool = False) -> Entity:
    """The entity of a division of the tables."""
    known = ("Region", place.adcode) in scene.entities
    entity = scene.entity("Region", place.adcode, place.name, surface, place.full_name, level=place.level)
    if not known:
        if place.adcode.isdigit():
            entity.props["adcode"] = place.adcode
        if place.full_name != place.name:
            entity.aliases.append(place.full_name)
        if inferred:
            entity.props["inferred"] = True
    elif not inferred:
        entity.props.pop("inferred", None)
    return entity


def child(scene: Scene, parent: Entity | None, name: str, surface: str, level: str) -> Entity:
    """The entity of a place that the tables do not have, under its parent where that is known; of a township that they have as one
    of another kind it is that one's, by the name that it has here."""
    if level == "township" and parent and (town := gazetteer().town(parent.key, name)):
        entity, today = region(scene, town, surface), gazetteer().get(town.adcode)
        if today and today.name not in (entity.name, *entity.aliases):
            entity.aliases.append(today.name)
        return entity
    key = f"{parent.key if parent else '~'}/{name}"
    full = f"{parent.place or parent.name}{name}" if parent else name
    props: dict[str, object] = {"level": level}
    if parent is None:
        props["unresolved"] = True
    entity = scene.entity("Region", key, name, surface, full, **props)
    if full not in (entity.name, *entity.aliases):
        entity.aliases.append(full)
    entity.props.pop("inferred", None)
    return entity


_MEASURED = lazy(
    r"(?<=[\u4e00-\u9fff][河江渠溪湖库源沟港])(?:[^，。；、：\n河江]{0,8}[河江渠溪](?=[^，。；、：\n]))?[^，。；、：\n]{1,10}"
    r"(?=(?:、[^，。；：\n]*)?断面)"
)


@lru_cache(1)
def measured(text: str) -> bytearray:
    """Which characters name a place of measurement on a river, and no place ('清水河' + '石桥断面', '青河马营、白河北楼2个断面')."""
    own = bytearray(len(text) + 1)
    for m in _MEASURED.finditer(text) if "断面" in text else ():
        own[slice(*m.span())] = b"\1" * len(m.group())
    return own


def titles_of_documents(text: str) -> list[tuple[int, int]]:
    """Spans of 《…》: places in them are no places of the notice."""
    return [m.span() for m in re.finditer(r"《[^》\n]{1,80}》", text)]


def home_region(scene: Scene) -> Entity | None:
    """The county (or the deepest level above a township) that the notice speaks from."""
    place = scene.home.get("county") or scene.home.get("township")
    return region(scene, place, inferred=True) if place else None


def listed_start(scene: Scene, at: int, ends: Ends) -> int:
    """Where the member of a list begins that ends at ``at``: not with the word that joins it to what stands before the list."""
    text, start = scene.page.text, left_edge(scene, at, ends, 4)
    joined = (
        k + 1 for k in range(at - 3, max(0, start - 1), -1) if text[k] in "和与及" and text[k - 1] not in "、，。"
    )
    return next(joined, start)


MEMBER = lazy(r"(?<=、)[\u4e00-\u9fff]{2,4}$")


def between_marks(text: str, end: int) -> int:
    """Where a member of a list begins that fills what stands between two marks; 0 for none."""
    m = MEMBER.search(text, max(0, end - 5), end)
    return m.start() if m else 0


def counted_members(scene: Scene, at: int, ends: Ends, count: int) -> list[tuple[int, int]]:
    """The members, last first, of a list of names of two to four characters that ends at ``at``: 'and' stands before one only,
    or before as many as ``count``."""
    text, items = scene.page.text, list[tuple[int, int]]()
    while 2 <= at - (start := between_marks(text, at) or listed_start(scene, at, ends)) <= 4:
        items.append((start, at))
        joint = text[start - 1 : start]
        if joint not in ("、", "和", "与") or joint != "、" and len(items) == count:
            break
        at = start - 1
    return items


def left_edge(scene: Scene, at: int, ends: Ends, reach: int = 6) -> int:
    """Where a name that ends at ``at`` begins: after a known word, a place or a mark; at most ``reach`` back."""
    t, i = scene.tokens, at
    while i > 0 and at - i < reach:
        k = t.at(i - 1)
        if i in ends and i != at:
            break
        if (
            t.letters[k] == "L"
            and i != at
            and t.starts[k + 1] - t.starts[k] == 1
            and k
            and t.letters[k - 1] == "x"
            and i not in ends
        ):
            i = t.starts[k]
            continue
        if t.word(k) == "和" and t.text[i - 2 : i] == "呼和":  # 'blue' in Mongolian: '呼和宝力格嘎查'
            i -= 2
            continue
        if t.word(k) in "的了是之着":
            return i + (t.text[i - 1 : i + 1] == "了解")  # '详细了解' + '滨江街道'
        if at - i >= 2 and k and everyday_at(t.text, t.starts[k] - 1) == 2 and t.letters[k - 1] in "xV":
            break  # '陪同' + '大石村', '到达' + '大石村': no name begins in the middle of a word
        if t.word(k) == "原" and k and t.letters[k - 1] == "x":
            i = t.starts[k]
            continue  # '平原'
        if t.word(k) == "前" and i != at and (not k or t.text[i - 2] in "、和，：；。\n"):
            i = t.starts[k]
            continue  # '、前王村'
        if t.letters[k] not in "xDn" or (t.letters[k] == "D" and t.starts[k + 1] - t.starts[k] > 2):
            break
        i = t.starts[k]
    return after_deed(t.text, i, at)


@cache
def _deeds() -> re.Pattern[str]:
    return re.compile("|".join(sorted(table("words.toml")["done_to"].split(), key=len, reverse=True)))


def after_deed(text: str, start: int, end: int) -> int:
    """Where a name begins in start..end: behind the word that says what is done to who has it ('督查' + '石桥镇')."""
    said = [m.end() for m in _deeds().finditer(text, start, end) if end - m.end() >= 2]
    return said[-1] if said else start


_BEFORE_A_NAME = "、，；：。（\n\t 和及与包驻赴由到在谈了对查系"


@cache
def never_in_a_place() -> re.Pattern[str]:
    """Words that never stand within the own name of a small place."""
    return re.compile("|".join(sorted(table("words.toml")["never_in_a_place"].split(), key=len, reverse=True)))


@cache
def common_words() -> re.Pattern[str]:
    """What villages are called by though it means something."""
    return re.compile(rf"(?:{'|'.join(table('words.toml')['called_well'].split())})$")


def called_well(text: str, at: int, ends: Ends) -> int:
    """Where the common word that ends at ``at`` begins as a name, with nothing but a place, a mark or a verb before it
    ('包和平村、红旗村'); ``at`` itself for none."""
    m = common_words().search(text, max(0, at - 3), at)
    return m.start() if m and (m.start() in ends or not m.start() or text[m.start() - 1] in _BEFORE_A_NAME) else at


def own_start(text: str, start: int, end: int) -> int:
    """Where the own name of a place begins in start..end: after the last word there that no place's name holds."""
    every = [m.end() for m in never_in_a_place().finditer(text, max(0, start - 1), end)]
    return max([start, *every])


def short(x: Entity) -> str:
    """A place's name without its level word; what is autonomous, without its peoples too ('昌吉回族自治州')."""
    if "自治" in x.name and (m := _autonomous().search(x.name)):
        return x.name[: m.start()]
    return re.sub(r"(?<=..)(?:市|县|地区|(?<!新)区|省|自治州|镇|乡)$", "", x.name)


@cache
def _autonomous() -> re.Pattern[str]:
    every = "|".join(sorted(peoples(), key=len, reverse=True))
    return re.compile(rf"(?<=..)(?:(?:{every})族?)*自治[州县区旗]$")


@cache
def _of_a_people() -> re.Pattern[str]:
    every = "|".join(sorted(peoples(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\u4e00-\u9fff])(?![各与及由对向])(?:(?![对在到的了由是将把被给与及]|[省市县区乡镇村]长|书记|主任)[\u4e00-\u9fff]){{1,7}}?(?:{every})+$"
    )


def of_a_people(text: str, at: int) -> int:
    """Where the name of an ethnic township begins that stands behind a mark ('石佛俄罗斯族民族' + '乡'); ``at`` for none."""
    m = _of_a_people().search(text, max(0, at - 16), at)
    return m.start() if m and at - m.start() > 3 else at


def named_at_length(scene: Scene, begin: int, end: int, ends: Ends) -> int:
    """Where the name of a reserve or a water begins that five or six unknown characters make ('毛乌素沙地柏'), else ``begin``."""
    start, t = left_edge(scene, end, ends, 6), scene.tokens
    unknown = all(t.letter_at(i) == "x" and not everyday_at(t.text, i) for i in range(start, end))
    own = t.text[start] == "大" or t.text[start] not in function_words()
    return start if unknown and own and start < begin and not never_in_a_place().search(t.text, start, end) else begin
