"""Places: divisions by name, townships and villages under the county in hand, development zones, named areas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.places import Place, gazetteer
from loaders.prose.page import Entity
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.scene import ORDER, Scene, home_of

ZONE = re.compile(
    r"(?:高新(?=执法|分局|住建|城管|生态环境|公安)|经济技术开发区|经济技术产业开发区|高新技术产业开发区|高新技术开发区|经济开发区|工业园区|产业园区|产业集聚区|高新区|经开区|"
    r"化工园区|工业集中区|循环经济产业园|产业园|工业园|新区|开发区|示范区|保税区|风景名胜区|自然保护区|湿地公园|林场)(?![长委域内])"
)
SMALL = re.compile(r"镇|乡|街道|村(?!级|干|民|组|两|“|支|委(?!会)|屯|容|口|头|庄|村)|社区(?!居)|苏木|嘎查")
NOT_AN_AREA = re.compile(r"(?:片区|、[\u4e00-\u9fff]{2})*(?:两个|三个|六个|6个)?(?:环境保护|区域)?督[察查]")
AROUND = re.compile(r"[市县]?及周边(?:地区|区域)?(?:“[^”]{1,8}”)?(?:区域|地区|城市)|“[^”]{1,8}”区域")
AREA = re.compile(r"(?:片区|流域|平原|谷地|盆地|城市群|都市圈|沿线|库区|湖区)(?:城市)?")
LISTED_ZONES = re.compile(r"(?:等)?(?:两|三|四|五|\d+)个?$")
NUMBERED = re.compile(r"(?:等)?[一二三四五六七八九十\d]*个?$")


@cache
def not_a_town() -> frozenset[str]:
    """What stands before 镇, 乡, 村 without naming one."""
    return frozenset(table("words.toml")["not_a_town"].split())


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
    """The entity of a place that the tables do not have, under its parent where that is known."""
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


def titles_of_documents(text: str) -> list[tuple[int, int]]:
    """Spans of 《…》: places in them are no places of the notice."""
    return [m.span() for m in re.finditer(r"《[^》\n]{1,80}》", text)]


def divisions(scene: Scene) -> Iterator[tuple[int, int, int, Place]]:
    """Division names; of a chain ('河北省保定市望都县') each: (start of the chain, start, end, division)."""
    g, t, i = gazetteer(), scene.tokens, 0
    within: Place | None = next((scene.home[x] for x in reversed(ORDER) if x in scene.home), None)
    while i < len(t.letters):
        if t.letters[i] != "P":
            i += 1
            continue
        start, here = i, None
        while i < len(t.letters) and t.letters[i] == "P":
            word = t.word(i)
            inner = choose(
                scene,
                g.lookup(word, within=here.adcode if here else None, as_of=scene.page.meta.published or None),
                here or within,
                nested=here is not None,
            )
            if inner is None:
                break
            here = inner
            i += 1
        if here is None:
            i += 1
            continue
        if i - start > 1:  # '山东临沂' names both
            for k in range(start, i - 1):
                upper = next((p for p in home_of(here).values() if t.word(k) in {f.text for f in p.forms}), None)
                if upper is not None:
                    yield t.starts[k], t.starts[k], t.starts[k + 1], upper
        yield t.starts[start], t.starts[i - 1], t.starts[i], here


def choose(scene: Scene, candidates: list[Place], within: Place | None, *, nested: bool) -> Place | None:
    """The one candidate that fits: under the place before it, else unique, else in the notice's own province."""
    if nested and len(candidates) > 1:  # the division of the highest level right within the one before it
        level = min(ORDER.index(c.level) if c.level in ORDER else 9 for c in candidates)
        candidates = [c for c in candidates if c.level in ORDER and ORDER.index(c.level) == level]
    if nested:
        return candidates[0] if len(candidates) == 1 else None
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    if within is not None:
        homes = {p.adcode for p in home_of(within).values()}
        for reach in (homes, {within.adcode[:4] + "00"}, {within.adcode[:2] + "0000"}):
            near = [c for c in candidates if c.adcode in homes or any(p in reach for p in c.parents)]
            if len(near) == 1:
                return near[0]
    top = min(ORDER.index(c.level) if c.level in ORDER else 9 for c in candidates)
    first = [c for c in candidates if (ORDER.index(c.level) if c.level in ORDER else 9) == top]
    return first[0] if len(first) == 1 and top <= 2 else None


def read(scene: Scene) -> dict[int, tuple[int, Entity]]:
    """Find all places; mentions are recorded. Returns end offset -> (start, entity) for what may prefix a body."""
    text = scene.page.text
    quoted = titles_of_documents(text)
    ends: dict[int, tuple[int, Entity]] = {}
    found: list[tuple[int, int, Entity]] = []
    for chain, start, end, place in divisions(scene):
        entity = region(scene, place, text[start:end], inferred=True)
        if place.level == "area" and NOT_AN_AREA.match(text, end):
            continue
        found.append((start, end, entity))
        ends[end] = (chain, entity)
    townships(scene, found, ends)
    small_places(scene, found, ends)
    zones(scene, found, ends)
    areas(scene, found, ends)
    dropped = {i for s, e, _ in found for i in (s,) if any(a <= s and e <= b for a, b in quoted)}
    scene.region_spans = [(s, e, x) for s, e, x in sorted(found, key=lambda f: (f[0], f[1])) if s not in dropped]
    return ends


@cache
def township_names(counties: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, list[Place]]]:
    """All townships of some counties: a pattern of their names, and what each name may mean."""
    known: dict[str, list[Place]] = {}
    for code in counties:
        for place in gazetteer().children(code):
            known.setdefault(place.name, []).append(place)
    return re.compile("|".join(sorted(map(re.escape, known), key=len, reverse=True)) or "(?!)"), known


def counties_in_hand(scene: Scene, found: list[tuple[int, int, Entity]]) -> tuple[str, ...]:
    """Codes of the counties whose townships may be named by their names alone: the notice's own and those it names."""
    own = [scene.home["county"].adcode] if "county" in scene.home else []
    return tuple(
        dict.fromkeys([*own, *(e.key for _, _, e in found if e.props.get("level") == "county" and e.key.isdigit())])
    )


def townships(scene: Scene, found: list[tuple[int, int, Entity]], ends: dict[int, tuple[int, Entity]]) -> None:
    """Townships of the counties in hand, by the division tables."""
    pattern, known = township_names(counties_in_hand(scene, found))
    for m in pattern.finditer(scene.page.text):
        options, (start, end) = known[m.group()], m.span()
        found[:] = [f for f in found if not (f[0] == start and f[1] < end)]  # '静海' in '静海镇'
        if not scene_free(found, start, end):
            continue
        prefix = ends.get(start)
        if prefix and prefix[1].key.isdigit():
            options = [p for p in options if prefix[1].key in p.parents] or options
        if len(options) == 1:
            entity = region(scene, options[0], m.group(), inferred=True)
            found.append((start, end, entity))
            ends[end] = (prefix[0] if prefix else start, entity)


def small_places(scene: Scene, found: list[tuple[int, int, Entity]], ends: dict[int, tuple[int, Entity]]) -> None:
    """Townships and villages that no table has in hand: a short unknown word before 镇, 乡, 村."""
    text, t = scene.page.text, scene.tokens
    for m in SMALL.finditer(text):
        at, end, kind = m.start(), m.end(), m.group()
        c = t.letter_at(at)
        titled = kind in ("村", "街道") and c in "TKO" and c != ""  # '高家坪' + '村主任', '村委会'
        if not scene_free(found, at, end) or (not titled and (c not in "xL" or t.inside(end))):
            continue
        start = village_start(scene, at, ends) if kind == "村" else left_edge(scene, at, ends)
        body = text[start:at]
        lone = len(body) == 1 and kind != "苏木" and not (kind == "村" and start in ends)
        if lone or not 1 <= len(body) <= 6 or re.search(r"[\d个了的]", body):
            continue
        if titled and (len(body) < 2 or not all(t.letter_at(start + i) == "x" for i in range(len(body)))):
            continue
        if body in not_a_town() or body[0] in "各该全本两几数每入驻包到某我这那是的":
            continue
        before = ends.get(start)
        entity = small_place(scene, text[start:end], kind, start, before[1] if before else None, found)
        if entity is not None:
            entity.props.setdefault("inferred", True)
            found.append((start, end, entity))
            ends[end] = (before[0] if before else start, entity)


def village_start(scene: Scene, at: int, ends: dict[int, tuple[int, Entity]]) -> int:
    """Where a village's name begins: right after its township where that is named ('大隗镇' + '和合' + '村')."""
    text = scene.page.text
    near = next(
        (e for e in range(at - 1, at - 6, -1) if e in ends and ends[e][1].props.get("level") == "township"), None
    )
    if near is not None and re.fullmatch(r"[\u4e00-\u9fff]{1,5}", text[near:at]):
        return near + 1 if text[near] in "和与及" and at - near > 2 else near
    return left_edge(scene, at, ends)


def small_place(
    scene: Scene, name: str, kind: str, start: int, parent: Entity | None, found: list[tuple[int, int, Entity]]
) -> Entity | None:
    """The entity of a township or village by name, under its parent; None where the tables have several."""
    if kind in ("镇", "乡", "街道", "苏木"):
        options = (
            [p for p in gazetteer().children(parent.key) if p.name == name] if parent and parent.key.isdigit() else []
        )
        if len(options) > 1:
            return None
        return (
            region(scene, options[0], name)
            if options
            else child(scene, parent or home_region(scene), name, name, "township")
        )
    towns = [(s, x) for s, _, x in found if s < start and x.props.get("level") == "township"]
    over = parent or (max(towns, key=lambda f: f[0])[1] if towns else home_region(scene))
    if over is not None and over.props.get("level") not in ("township", "county"):
        over = home_region(scene) if over.props.get("level") == "village" else over
    return child(scene, over, name, name, "village")


def home_region(scene: Scene) -> Entity | None:
    """The county (or the deepest level above a township) that the notice speaks from."""
    place = scene.home.get("county") or scene.home.get("township")
    return region(scene, place, inferred=True) if place else None


def scene_free(found: list[tuple[int, int, Entity]], start: int, end: int) -> bool:
    """Whether start..end overlaps nothing found so far."""
    return not any(s < end and start < e for s, e, _ in found[-400:])


def left_edge(scene: Scene, at: int, ends: dict[int, tuple[int, Entity]], reach: int = 6) -> int:
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
        if t.letters[k] not in "xDn" or (t.letters[k] == "D" and t.starts[k + 1] - t.starts[k] > 2):
            break
        i = t.starts[k]
    return i


def zones(scene: Scene, found: list[tuple[int, int, Entity]], ends: dict[int, tuple[int, Entity]]) -> None:
    """Development zones and the like: under the place before them, listed ('阳泉、运城两个…开发区'), or the notice's own."""
    text = scene.page.text
    by_end = {e: (s, x) for s, e, x in found}
    for m in ZONE.finditer(text):
        start, end = m.span()
        if not scene_free(found, start, end):
            continue
        counted = LISTED_ZONES.search(text[max(0, start - 4) : start])
        if counted and counted.group():
            at, listed = start - len(counted.group()), []
            while at in by_end:
                s, x = by_end[at]
                listed.append((s, at, x))
                at = s - 1 if s and text[s - 1] in "、和" else -1
            for s, e, x in listed:
                zone = child(scene, x, f"{short(x)}{m.group()}", f"{short(x)}{m.group()}", "zone")
                found.append((s, e, zone) if e != start else (s, end, zone))
            if listed:
                ends[end] = (listed[-1][0], found[-1][2])
                scene.listed[end] = [f[2] for f in found[-len(listed) :]]
            continue
        kind = "高新区" if m.group() == "高新" else m.group()
        begin = left_edge(scene, start, ends, 4)
        prefix = ends.get(begin) if begin == start or begin in ends else None
        name = text[begin:end]
        if prefix is None and begin == start:
            parent = home_region(scene) or (
                region(scene, scene.home["prefecture"], inferred=True) if "prefecture" in scene.home else None
            )
            if parent is None or kind not in ("高新区", "经开区", "开发区", "新区"):
                continue
            parent_name = scene.home.get("prefecture") if "county" not in scene.home else scene.home["county"]
            zone = child(
                scene,
                region(scene, parent_name, inferred=True) if parent_name else parent,
                f"{parent_name.name.rstrip('市县区') if parent_name else ''}{kind}",
                name,
                "zone",
            )
        else:
            parent = (
                prefix[1]
                if prefix
                else home_region(scene)
                or next(
                    (
                        region(scene, scene.home[x], inferred=True)
                        for x in ("prefecture", "province")
                        if x in scene.home
                    ),
                    None,
                )
            )
            label = f"{short(prefix[1])}{name}" if prefix and begin == start else name
            zone = child(scene, parent, label, text[prefix[0] : end] if prefix else name, "zone")
            if prefix:
                begin = prefix[0]
                found[:] = [f for f in found if f[:2] != (prefix[0], start) and f[:2] != (prefix[0], begin)]
        zone.props.setdefault("inferred", True)
        found.append((begin, end, zone))
        ends[end] = (begin, zone)


def areas(scene: Scene, found: list[tuple[int, int, Entity]], ends: dict[int, tuple[int, Entity]]) -> None:
    """Named areas that no division table has: river basins, plains, groups of cities."""
    text = scene.page.text
    by_end = {e: (s, x) for s, e, x in found}
    for m in AROUND.finditer(text):
        start = by_end.get(m.start(), (m.start(), None))[0]
        if start == m.start() and not m.group().startswith("“") or not scene_free(found, m.start(), m.end()):
            continue
        name = text[start : m.end()]
        inner = next(
            (
                x
                for k, x in scene.entities.items()
                if k[0] == "Region" and k[1].startswith("area/") and name.startswith("“") and k[1].endswith(name)
            ),
            None,
        )
        found[:] = [f for f in found if f[:2] != (start, m.start())]
        entity = inner or scene.entity("Region", f"area/{name}", name, name, name, level="area", inferred=True)
        if name not in (entity.name, *entity.aliases):
            entity.aliases.append(name)
        found.append((start, m.end(), entity))
    for m in AREA.finditer(text):
        start = left_edge(scene, m.start(), ends, 4)
        if m.start() - start < 2 or not scene_free(found, start, m.end()):
            continue
        name = text[start : m.end()]
        entity = scene.entity("Region", f"area/{name}", name, name, name, level="area", inferred=True)
        found.append((start, m.end(), entity))


def short(x: Entity) -> str:
    """A place's name without its level word."""
    return re.sub(r"(?<=..)(?:市|县|区|省|自治州|镇|乡)$", "", x.name)
