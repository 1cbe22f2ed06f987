"""Development zones, parks, reserves: places that no division table has."""

from __future__ import annotations

import re
from functools import cache

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.prose.count import number
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.lexicon import function_words, table
from loaders.prose.recognise.naming import words_of
from loaders.prose.recognise.places import (
    Ends,
    Found,
    Region,
    child,
    counted_members,
    home_region,
    left_edge,
    named_at_length,
    own_start,
    region,
    short,
)
from loaders.prose.recognise.scene import Scene

ZONE = lazy(
    r"(?:高新(?=执法|分局|住建|城管|生态环境|公安)|工业项目区|(?<=[\u4e00-\u9fff]{2})经济区(?=管委会|管理委员会|党工委)|生态经济区|(?<=[\u4e00-\u9fff]{2})生态区(?=[、，。；和要应]|管委会)|经济技术开发区|经济技术产业开发区|高新技术产业开发区|高新技术开发区|经济开发区|循环经济园区|工业园区|产业园区|产业集聚区|高新区|经开区|特色商务区|中央商务区|"
    r"化工园区|工业集中区|循环经济产业园|综合实验区|实验区|港务区|保税港区|综合保税区|综保区|(?<![香家])港区|自贸试验区|物流园区|科技园区|工业集聚区|产业园|工业园|新区|开发区|示范区|保税区|旅游度假区|台商投资区|投资区|华侨(?:经济|管理|旅游经济)区|(?<=[\u4e00-\u9fff]{2})(?<![的被区级该本各])管理区(?=[、，。；党管分要各和]|管委会|帮包|包[片联保])|度假区|合作区|循环经济试验区|产业试验区|[东西南北]城区(?=管委会|管理委员会|党工委)|工业区(?=管委会|管理委员会|党工委)|试验区(?=管委会|管理委员会|党工委)|国家农高区|农高区|(?:国家)?旅游休闲区|(?:科学城|科技城|生态功能区)(?=管委会|管理委员会|党工委)|风景名胜区|风景区|自然保护区|(?<![源级地])保护区|湿地公园|(?<=[\u4e00-\u9fff]{2})蓄滞?洪区|(?:国家级?|省级)?(?:森林|地质|矿山)公园|国家公园|(?:工贸|产业)集中区|(?:临空|空港|临港|航空港)(?:产业|经济)区|(?<=[两三四五]个)新城|(?<=[\u4e00-\u9fff]{2})新城(?=[、，。；和等要]|管委会|党工委)|(?<=[\u4e00-\u9fff]{2})园区(?=[、，。；和等要应须]|管委会)|林场|(?:老?工业|化工|能源化工)基地|(?<=[\u4e00-\u9fff]{2})(?:景区|矿区|旅游区|(?<!老)工业区(?!域))|(?<=[\u4e00-\u9fff])(?<![半群孤热冷绿花安])岛(?![屿城市湾国链礁内状型式礁]))(?![长委域]|(?<![\u4e00-\u9fff]{5})内)"
)
WEAK = lazy("岛|生态区|新城|景区|旅游区|矿区|工业区|园区|保护区|(?:国家级?|省级)?(?:森林|地质|矿山)公园|国家公园")
"""What is a place only by a name of its own ('安宁园区'): by its class alone, or after a trade, it is any."""
RESERVED = lazy("(?:国家级?|省级)?(?:森林公园|地质公园|矿山公园|湿地公园|国家公园|自然保护区|风景名胜区)|国家公园")
"""What is a place of its own right behind the place that it is called by ('泉山' + '森林公园')."""
OWN = frozenset(
    "临空经济区 空港经济区 临港经济区 高新区 经开区 开发区 新区 经济开发区 经济技术开发区 产业集聚区".split()
)
SHORT = {
    "经开区": "经济(?:技术)?(?:产业)?开发区|经开区",
    "综保区": "综合保税区|综保区",
    "高新区": "高新(?:技术)?(?:产业)?(?:开发)?区",
    "经济开发区": "经济(?:技术)?开发区",
    "开发区": "开发区",
    "示范区": "示范区",
    "实验区": "实验区",
    "新区": "新区",
    "工业园区": "工业园区",
    "产业园": "产业园",
    "工业园": "工业园区?",
}
"""A zone by its class alone -> how the one meant ends that the notice has named before."""
ACTS = "召开|党工委|管委会|生态环境|环境|党政|围绕|要(?!求)|将|对"
"""What follows a zone that a notice calls by its class where it speaks of that zone alone."""
AMONG_CLASSES = lazy(
    r"(?:各|相关|有关|所有|全体|其他)(?:[县市区旗镇乡]|乡镇|镇街|街道|县区|市县|[（）、])+(?:党委|人民政府|政府|党工委|办事处)?(?:[、和](?:各)?|（)$|全[国省市县]$"
)
COUNTED = lazy("[两二三四五六七八九]处")
ITS_BODY = lazy("管委会|管理委员会|党工委")
ASPIRED = lazy(
    "(?:争?创(?:成|建)?|建成|打造|建设(?=生态|绿色|低碳|现代|一流|美丽|宜居)|建设成)(?:为)?(?:[^，。；\n]{2,16}、)?(?:(?:国家|省)级|全[国省市]|[\u4e00-\u9fff]{0,2}(?:生态|宜居|绿色|低碳|文明|现代|一流|美丽))"
    "[^，。；、\n]{0,14}?(?:区|公园)$"
)
"""Before the kind of zone that somebody wants to be ('创成省级工业园区、健康养老示范区')."""
LISTED_ZONES = lazy(r"(?:等)?(?:两|(?<![一二三四五六七八九十])[三四五]|\d+)个?$")


@cache
def kinds_of_zones() -> frozenset[str]:
    """Words that say what kind a zone is, before its last word."""
    return frozenset(table("words.toml")["zone_words"].split())


def zones(scene: Scene, found: Found, ends: Ends) -> None:
    """Development zones and the like: under the place before them, listed ('阳泉、运城两个…开发区'), or the notice's own."""
    text = scene.page.text
    by_end = found.by_end()
    for m in ZONE.finditer(text):
        start, end = m.span()
        if not found.free(start, end) or scene.tokens.letters[scene.tokens.at(start)] == "N":
            continue  # '长三角一体化' + '示范区' + '执委会'
        counted = LISTED_ZONES.search(text, max(0, start - 4), start)
        if counted and counted.group():
            listed_zones(scene, found, ends, by_end, counted.start(), m)
            continue
        if ITS_BODY.match(text, end) and each_has_one(text, by_end, start):
            listed_zones(scene, found, ends, by_end, start, m)
            continue
        if start not in ends and ASPIRED.search(text, max(0, start - 32), end):
            continue
        own = left_edge(scene, words_left(scene, start), ends, 4)
        if RESERVED.fullmatch(m.group()):
            own = named_at_length(scene, own, words_left(scene, start), ends)
        begin = words_left(scene, own)
        if begin < own:  # '平原' + '城乡一体化示范区'
            begin = left_edge(scene, begin, ends, 4)
        begin = own_start(text, begin, words_left(scene, start))
        if begin < start and scene.tokens.word(scene.tokens.at(begin)) in words_of("domains_that_are_verbs"):
            begin = scene.tokens.starts[scene.tokens.at(begin) + 1]  # '督查' + '湄水省级风景名胜区'
        if begin == words_left(scene, start) < start and RESERVED.fullmatch(m.group()) and begin not in ends:
            begin = of_words(scene, begin)
        if (water := named_by_a_water(scene, begin, words_left(scene, start))) < begin:
            found.drop(water, begin)
            begin = water
            ends.pop(begin, None)
        prefix = ends.get(begin)
        name = text[begin:end]
        if begin not in ends and (
            name[0].isdigit()
            or name[0] in "属各该本我两全辖所某内外沿"
            or COUNTED.search(name)
            or not its_own(scene, begin, words_left(scene, start))
        ):
            continue
        kept = RESERVED.fullmatch(name) is not None and prefix is not None
        if name.startswith(("国家级", "省级")) and begin == words_left(scene, start) and not kept:
            continue  # '围绕国家级开发区创建': of that class
        weak = WEAK.fullmatch(m.group()) and not text.startswith(("管委会", "管理委员会", "党工委"), end)
        if weak and not kept and not named_by_itself(scene, begin, start):
            continue
        weak = weak and not kept
        k = scene.tokens.at(begin - 1) if begin else -1
        place = scene.level_place(scene.tokens.word(k)) if k >= 0 and scene.tokens.letters[k] == "L" else None
        bare = begin == start or place is not None and begin == words_left(scene, start)  # '市' + '城乡一体化示范区'
        if prefix is None and bare:
            among = name in ("开发区", "产业集聚区") and AMONG_CLASSES.search(text, max(0, start - 20), start)
            zone = named_zone(found, name) or beside_a_county(scene, ends, start, name)
            zone = zone or (None if among else own_zone(scene, name))
            if place is not None and (stem := town_called(scene, scene.tokens.starts[k], start)):
                zone = child(scene, home_region(scene) or upper(scene), f"{stem}{name}", f"{stem}{name}", "zone")
                begin = start - len(stem)
            elif place is not None:  # '县工业园区'
                zone = child(scene, region(scene, place, inferred=True), f"{place.name}{name}", name, "zone")
                begin = scene.tokens.starts[k]
        else:
            if prefix and prefix[0] in ends and ends[prefix[0]][1].props.get("level") == "zone":
                prefix, weak, name = ends[prefix[0]], False, text[prefix[0] : end]  # '石桥高新区' + '东坝' + '园区'
            parent = prefix[1] if prefix else home_region(scene) or upper(scene)
            label = f"{short(prefix[1])}{name}" if prefix and not weak else name
            surface = text[prefix[0] : end] if prefix and not weak else name
            zone = same_zone(scene, parent, label, name, surface) if prefix else same_reserve(scene, name, m.group())
            zone = zone or child(scene, parent, label, surface, "zone")
            if prefix and not weak:
                found.drop(prefix[0], begin)
                begin = prefix[0]
        if zone is not None:
            zone.props.setdefault("inferred", True)
            found.add(begin, end, zone)
            ends[end] = (prefix[0] if prefix else begin, zone)


BEHIND_A_MARK = lazy("(?:(?<![\u4e00-\u9fff])|(?<=[和与及]))[\u4e00-\u9fff]{2,4}$")


def of_words(scene: Scene, end: int) -> int:
    """Where the name of a reserve begins that a word of a table closes, between a mark and its class ('连' + '古城' +
    '国家级'); the offset itself where what stands there is no name."""
    m, t = BEHIND_A_MARK.search(t_text := scene.page.text, max(0, end - 5), end), scene.tokens
    letters = t.letters[t.at(m.start()) : t.at(end)] if m and not t.inside(m.start()) else ""
    named = m and "x" in letters and set(letters) <= {"x", "W"} and t_text[m.start()] not in function_words()
    return m.start() if m and named and not everyday_at(t_text, m.start()) else end


WATERS = "湖河江溪山岭峰岩洞泉海"


def named_by_a_water(scene: Scene, begin: int, start: int) -> int:
    """Where the name of a lake or mountain begins that a place is called like and that a zone is named by ('云龙' + '湖' +
    '风景名胜区'); the offset itself for none."""
    t = scene.tokens
    k = t.at(begin - 1) if begin else -1
    alike = k >= 0 and start - begin == 1 and t.text[begin] in WATERS and t.letters[k] == "P"
    return t.starts[k] if alike and begin - t.starts[k] == 2 else begin


def each_has_one(text: str, by_end: Ends, at: int) -> bool:
    """Whether the place that ends at an offset and the one before it in a list are both called short: what follows then
    belongs to each ('临汾、侯马' + '经济开发区管委会')."""
    last = by_end.get(at)
    before = by_end.get(last[0] - 1) if last and text[last[0] - 1 : last[0]] == "、" else None
    spelt = (text[before[0] : last[0] - 1], text[last[0] : at]) if last and before else ()
    return bool(spelt) and all(word[-1] not in "省市县区州盟旗镇乡" or len(word) == 2 for word in spelt)


def town_called(scene: Scene, at: int, end: int) -> str:
    """The own name of a town that ends in a level word before a zone ('漕市' of 漕市镇 before 工业园区), which the notice
    names elsewhere; '' for none."""
    text = scene.page.text
    stem = text[max(0, at - 1) : end] if at and scene.tokens.letter_at(at - 1) == "x" else ""
    return stem if stem and any(f"{stem}{kind}" in text for kind in ("镇", "乡", "街道")) else ""


def same_zone(scene: Scene, parent: Entity | None, label: str, name: str, surface: str) -> Entity | None:
    """The zone of that place and class that the notice has named already, in full or in short ('长寿经开区', '长寿经济技术开发区')."""
    kind = next((k for k in ("经开区", "高新区", "综保区") if re.fullmatch(SHORT[k], name)), "")
    start, stem = f"{parent.key if parent else '~'}/", label.removesuffix(name)
    for (_, key), zone in scene.entities.items() if kind else ():
        own = zone.name.removeprefix(stem)
        if key.startswith(start) and zone.name.startswith(stem) and re.fullmatch(SHORT[kind], own):
            zone.aliases += [x for x in (label, surface) if x not in (zone.name, *zone.aliases)]
            if len(label) > len(zone.name):
                zone.aliases[zone.aliases.index(label)], zone.name = zone.name, label
            return zone
    return None


RESERVES = {"保护区": "(?:[国省州市县]家?级)?自然保护区", "风景区": "(?:[国省州市县]家?级)?(?:重点)?风景名胜区"}


def same_reserve(scene: Scene, name: str, kind: str) -> Entity | None:
    """The reserve that the notice has named already by its full class ('清溪岭保护区', '清溪岭国家级自然保护区')."""
    whole = re.compile(f"(?:.*[县市区])?{name.removesuffix(kind)}{RESERVES[kind]}$") if kind in RESERVES else None
    every = (x for (label, _), x in scene.entities.items() if label == "Region" and whole)
    zone = next((x for x in every if whole is not None and whole.match(x.name)), None)
    if zone is not None:
        zone.aliases += [name] if name not in zone.aliases else []
    return zone


def its_own(scene: Scene, begin: int, start: int) -> bool:
    """Whether begin..start can be a zone's own name: none, or two characters and more without a word of every day
    ('沿' + '江' and '关闭退出' name no zone)."""
    if scene.page.text[begin:start] in ("湿地", "野生动物", "水生野生动物", "森林生态"):
        return False
    own = [i for i in range(begin, start) if scene.tokens.letter_at(i) in ("x", "")]
    return start - begin != 1 and not any(everyday_at(scene.page.text, i) for i in own)


def named_by_itself(scene: Scene, begin: int, start: int) -> bool:
    """Whether begin..start is a name of two or three unknown characters alone, after a mark, a place or a verb ('安宁' +
    '园区', no '排污企业园区')."""
    t, own = scene.tokens, words_left(scene, start)
    k = t.at(begin - 1) if begin else -1
    bounded = k < 0 or t.letters[k] in "pPL" or t.letters[k] == "V" and begin - t.starts[k] > 1
    bounded = bounded or k >= 0 and t.word(k) in ("和", "与", "及", "在", "对", "赴", "到")
    bounded = bounded and t.text[begin] not in function_words()
    return (
        bounded
        and 2 <= own - begin <= 3
        and t.text[begin:own] not in words_of("firm_words")
        and all(t.letter_at(i) == "x" for i in range(begin, own))
    )


def words_left(scene: Scene, start: int) -> int:
    """Where the words before a zone's last word begin that say what kind it is ('农业高新技术' 产业示范区)."""
    words, text = kinds_of_zones(), scene.page.text
    while n := next((n for n in (4, 3, 2) if text[max(0, start - n) : start] in words), 0):
        start -= n
    return start


def listed_zones(scene: Scene, found: Found, ends: Ends, by_end: Ends, at: int, m: re.Match[str]) -> None:
    """The zones of several places that one word names."""
    text, listed = scene.page.text, list[Region]()
    while at in by_end:
        s, x = by_end[at]
        listed.append((s, at, x))
        at = s - 1 if s and text[s - 1] in "、和" else -1
    if not listed and m.group() == "新城":  # '东岭、西岭两个新城'
        return counted_zones(scene, found, ends, at, m)
    zones_ = [child(scene, x, f"{short(x)}{m.group()}", f"{short(x)}{m.group()}", "zone") for _, _, x in listed]
    for (s, e, _), zone in zip(listed, zones_, strict=True):
        found.add(s, m.end() if e == m.start() else e, zone)
    if listed:
        ends[m.end()] = (listed[-1][0], zones_[-1])
        scene.listed[m.end()] = zones_


def counted_zones(scene: Scene, found: Found, ends: Ends, at: int, m: re.Match[str]) -> None:
    """The zones of names that no table has, as many as the word that names them together counts."""
    text = scene.page.text
    count = number(text[m.start() - 2 : m.start() - 1])
    items = counted_members(scene, at, ends, count)
    if len(items) != count:
        return
    for start, end in items:
        name = f"{text[start:end]}{m.group()}"
        zone = child(scene, home_region(scene) or upper(scene), name, name, "zone")
        zone.aliases += [x for x in (text[start:end],) if x not in zone.aliases]
        stop = m.end() if (start, end) == items[0] else end
        found.add(start, stop, zone)
        ends[stop] = (start, zone)


def upper(scene: Scene) -> Entity | None:
    """The prefecture or province that the notice speaks from."""
    place = scene.home.get("prefecture") or scene.home.get("province")
    return region(scene, place, inferred=True) if place else None


def named_zone(found: Found, name: str) -> Entity | None:
    """The zone that a notice calls by its class once it has named it ('示范区' for 平原城乡一体化示范区): the only one of that
    class so far."""
    if name not in SHORT:
        return None
    ending = re.compile(f"(?:{SHORT[name]})$")
    same = {id(x): x for _, _, x in found if x.props.get("level") == "zone" and ending.search(x.name)}
    zone = max(same.values(), key=lambda x: len(x.name), default=None)
    if zone is None or not all(zone.name.endswith(x.name) for x in same.values()):
        return None
    if name not in zone.aliases:
        zone.aliases.append(name)
    return zone


def beside_a_county(scene: Scene, ends: Ends, start: int, name: str) -> Entity | None:
    """A zone by its class alone behind a city's county in a list ('鼎城区、武陵区、经开区'): that city's; None for no such."""
    county = ends[start - 1][1] if start - 1 in ends and scene.page.text[start - 1] in "、和" else None
    place = gazetteer().get(county.key) if county is not None and county.props.get("level") == "county" else None
    city = gazetteer().get(place.parent) if place is not None and place.parent and name in OWN else None
    if city is None or city.level != "prefecture":
        return None
    return child(scene, region(scene, city, inferred=True), f"{city.name.rstrip('市')}{name}", name, "zone")


def own_zone(scene: Scene, name: str) -> Entity | None:
    """A zone named by its class alone: the notice's own county's or city's; None where the class says too little."""
    kind = "高新区" if name == "高新" else name
    city = scene.home.get("prefecture")
    if name.endswith("城区") and city is not None and "county" not in scene.home:  # '东城区' beside a city's zones
        return child(scene, region(scene, city, inferred=True), f"{city.name}{name}", name, "zone")
    if kind not in OWN:
        return None
    place = scene.home.get("county") or scene.home.get("prefecture")
    if place is None:
        acts = len(re.findall(f"{kind}(?={ACTS})", scene.page.text)) > 1
        return child(scene, None, kind, kind, "zone") if acts and kind in ("经开区", "高新区") else None
    if place.name.endswith(kind):
        return region(scene, place, name, inferred=True)  # '新区' in a notice of 石桥新区
    stem = place.name if place.name.endswith("新区") else place.name.rstrip("市县区")
    return child(scene, region(scene, place, inferred=True), f"{stem}{kind}", name, "zone")
