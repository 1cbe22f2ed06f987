"""Where a notice speaks from: what '我市', '全省', '市委' and '县生态环境局' mean in it.

In order: what the analyst or the front matter says, the publisher, the headline, the places named in the text where they
all lie in one division. What none of them settles stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from kg.lazy import lazy
from kg.places import Place, gazetteer, place_of
from loaders.prose.page import Meta
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.ours import by_short_name
from loaders.prose.recognise.places import resolve
from loaders.prose.recognise.regions import far_town, within_another
from loaders.prose.recognise.scene import ORDER, Scene, home_of
from loaders.prose.recognise.tokens import among
from loaders.words import COUNT

OPENING = 60
ENUMERATED = lazy(
    rf"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{{2,3}}(?:、[\u4e00-\u9fff]{{2,3}})+)等?{COUNT}个?(?:县|市|区|旗)"
)
OF_A_CITY = lazy(
    r"(?P<city>[\u4e00-\u9fff]{2}市)(?P<list>[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3}?)+)等?[两二三四五六七八九\d]+(?:地|个?[县市区旗]+)"
)
CLOSED = lazy(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[对在及和与]))(?P<list>(?:[\u4e00-\u9fff]{2,3}、)+)(?P<last>[\u4e00-\u9fff]{2,3}?)(?P<all>等?)(?P<kind>[市县区旗])(?![长委级直])"
)
SHORT_COUNTY = lazy(
    r"(?:^|(?<=[、，。；：“（\s对向由在与及至到往于]))(?![本该我全各每两几某同邻代开和应有原])[\u4e00-\u9fff]县(?![长级直域城区市乡内外里上下])"
)
"""A county of one character ('攸县'), where it stands as a place may."""
PRESS = lazy("([\u4e00-\u9fff]{2,4})(?:人大|政协|发布|融媒体?中心|融媒|日报|新闻网|广播电视台|电视台)$")
"""A county's organ of the press or of its congress, by the county's short name."""
SIGNED = lazy(
    "(?:^|(?<=[\n（　 ]))([\u4e00-\u9fff]{2,4}?)(?:日报|晚报|融媒体?中心|新闻网|广播电视台|电视台|网(?=消息|[^\u4e00-\u9fff]{0,8}讯))",
    re.MULTILINE,
)
"""What signs a notice at a line's beginning: a paper or a channel, by its place's short name."""
SPEAKER = lazy(
    r"^[（ 　]?([\u4e00-\u9fff]{1,11}?[省市县区旗州盟镇乡])(?:委|(?:人民)?政府)?(?:常务)?副?(?:书记|[省市县区旗州盟镇乡]长|专员|主席)[ 　\t][\u4e00-\u9fff 　·]{2,8}）?$",
    re.MULTILINE,
)
"""A line that names who holds a speech, behind what he is a head of."""
PRESS_LINE = lazy(
    "^[（ 　]?([\u4e00-\u9fff]{2,4}(?:融媒体?中心|融媒|发布|日报|广播电视台|电视台))(?=[ 　：]|$)[^，。；\n]{0,24}$",
    re.MULTILINE,
)
"""A line with which a county's organ of the press signs, and its reporters."""
OURS = lazy("我[省市县区州盟旗]")
COMES = lazy(
    "[^。；\n]{0,40}(?<![近以年起将未])来[^，。；\n]{0,8}?(?:督[查导察]|调研|检查|视察|巡|考察|指导|暗访)"
    "|[^。；\n]{2,24}的?陪同下，?[^。；\n]{0,12}[到赴]我[省市县区州盟旗]"
)
"""Behind a place whose leader comes to where the notice is from."""
OWN = lazy("我(县|旗|盟|州|市|区)(?!级|直|间)")
OF_A_TOWN = lazy("[我该本][镇乡]|(?:^|(?<=[，。；\n、]))[镇乡](?:里|政府|党委|主要领导)")
"""How a text speaks of its own town."""
OWN_COUNTY = lazy("我[县旗盟州](?!级|直)")
OWN_TOWN = lazy("[我全本][镇乡](?![长级直村])")
PAPER = lazy("(?:日报|晚报|早报|晨报|时报|商报|都市报)(?:社)?$")
ISSUED = lazy("[\u4e00-\u9fff]{2,9}?[省市县区州旗盟](?:人民政府|委)(?:办公[厅室])?关于")
OF_THE_COUNTRY = lazy("中国[\u4e00-\u9fff]{0,6}(?:[报网]|新闻社|杂志)")
"""A newspaper of the whole country: it says nothing of where a notice is from."""
ANOTHERS = lazy(
    "我[省市县区州盟旗]|约谈[^，。；]{0,12}$|[，。；]对[^，。；]{0,24}$|[省市州]长[\u4e00-\u9fff]{2,4}(?:一行)?(?:到|赴|前往|深入)$"
)
"""Before a place that the notice does not speak from: its own is said to be another, or does something to that one."""
SUMMONS = lazy("约谈(?!会)[^，。；]{0,12}$")
CALLED = lazy(r"关于|中共|在|印发|转发|向(?=[\u4e00-\u9fff]{2,14}(?:反馈|移交|交办|转办))")


def settle(scene: Scene, hints: Sequence[str] = ()) -> None:
    """Fill ``scene.home``, ``page.home`` and ``page.meta.place``.

    ``scene.home`` is what level words mean, which may go deeper than the notice's own place: in a city's notice on one
    county '县住建局' is that county's.
    """
    meta = scene.page.meta
    as_of = meta.published
    named = named_places(scene)
    beside = [h for h in hints if not h.endswith("讯")]
    heads = (meta.title, meta.publisher) if told_by_a_paper(meta) else (meta.publisher, meta.title)
    for text in (meta.place, *heads, *beside, *own(scene, hints)):
        place = first_place(text, as_of, named)
        if place is not None and place.level in ORDER and not OF_THE_COUNTRY.match(text):
            scene.home = home_of(place)
            scene.page.home = place.adcode
            inner = [p for p in named if p.name in f"{meta.title}{meta.publisher}" and place.adcode in p.parents]
            opens = first_place(meta.title, as_of, named)  # '黎城县人民政府关于…' in the paper of its city
            if opens is not None and place.adcode in opens.parents and meta.title.startswith(opens.name):
                inner.append(opens)
            inner += [town] if (town := town_behind(place, text, scene.page.text)) is not None else []
            deepest = max(inner, key=lambda p: len(p.parents), default=None)
            if deepest is not None and all(p.adcode in (*deepest.parents, deepest.adcode) for p in inner):
                scene.home = home_of(deepest)
            break
    else:
        named = [*named, *short_counties(scene, named)]
        whole = common(scene, named)
        scene.home = home_of(None if whole is not None and visits(scene.page.text, whole) else whole)
    told = scene.page.home if "prefecture" in scene.home else ""
    if "province" in scene.home and "prefecture" not in scene.home:
        # '州林业局' in a province's notice on one prefecture
        over = {c: p for p in named for c in (*p.parents, p.adcode) if scene.home["province"].adcode in p.parents}
        cities = [p for c in over if (p := gazetteer().get(c, as_of)) is not None and p.level == "prefecture"]
        told, scene.home = (cities[0].adcode, home_of(cities[0])) if len(cities) == 1 else (told, scene.home)
    if "county" not in scene.home and "prefecture" in scene.home:  # '县住建局' in a city's notice on one county
        counties = {p.adcode: p for p in named if p.level == "county" and scene.home["prefecture"].adcode in p.parents}
        only = next(iter(counties.values())) if len(counties) == 1 else None
        # where the prefecture is told '市政府' is its own, not a city's within it
        if only is not None and not (told == scene.home["prefecture"].adcode and only.name.endswith("市")):
            scene.home = home_of(only)
    county = county_of_towns(scene) if "county" not in scene.home else None
    if county is not None and not (county.name.endswith("市") and told == county.parents[-1]):
        scene.home = home_of(speaks_itself(scene, county) or county)
    if "province" not in scene.home and (whole := common(scene, named)) and not visits(scene.page.text, whole):
        scene.home = home_of(whole)
    deepest = next((scene.home[x] for x in reversed(ORDER) if x in scene.home), None)
    if not scene.page.home:
        scene.page.home = deepest.adcode if deepest is not None else ""
    if deepest is not None and not meta.place:
        scene.page.meta = replace(meta, place=deepest.full_name)


def told_by_a_paper(meta: Meta) -> bool:
    """Whether a newspaper prints what a government or an office of its issues by its headline."""
    return bool(PAPER.search(meta.publisher) and ISSUED.match(meta.title))


def town_behind(county: Place, head: str, text: str) -> Place | None:
    """The township that a headline names short behind its county, where the text speaks of its town or township ('东海县山左口提前
    谋划…', '该乡…'); None for none."""
    if county.level != "county" or not OF_A_TOWN.search(text) or county.name not in head:
        return None
    behind = head.partition(county.name)[2]
    towns = [p for p in gazetteer().children(county.adcode) if len(p.name) > 3 and behind.startswith(p.name[:-1])]
    return towns[0] if len(towns) == 1 else None


def own(scene: Scene, hints: Sequence[str] = ()) -> list[str]:
    """Who signs a text in a line of its own ('某县融媒　张某'); the one county or city named where it says 我县, 我市; what
    names its own place in short, beside it ('石桥融媒讯') or within."""
    text = scene.page.text
    found = [m.group(1) for m in (*PRESS_LINE.finditer(text), *SPEAKER.finditer(text[:OPENING]))]
    whole = f"{scene.page.meta.title}\n{text}"
    for kind in OWN.findall(text)[:1]:
        named = {p.adcode: p for p in (p for m in re.finditer(kind, whole) for p in _ending(whole, m.end()))}
        one = next(iter(named.values())) if len(named) == 1 else None
        if one is not None and kind == "市" and (over := over_another(text, one)) is not None:
            one = over
        mine = one is not None and (kind != "市" or not visits(text, one) and not listed(scene, one))
        found += [one.full_name] if one is not None and mine else []
    return found or list(by_short_name(text, scene.page.meta.publisher, hints))


def over_another(text: str, city: Place) -> Place | None:
    """The prefecture of a county's city that a text's 我市 holds to account ('我市…对石桥市进行约谈'), None for no such."""
    named = (m.start() for m in re.finditer(city.name, text))
    summoned = any(SUMMONS.search(text, max(0, at - 30), at) for at in named) or f"{city.name}进行约谈" in text
    over = gazetteer().get(city.parent) if summoned and city.level == "county" and city.parent else None
    return over if over is not None and over.level == "prefecture" else None


def listed(scene: Scene, city: Place) -> bool:
    """Whether a county's city stands in a list with another of its prefecture's counties: where '向侯马市、尧都区授旗' is
    said, 我市 is the prefecture."""
    near = [p for p in named_places(scene) if p.level == city.level == "county" and p.parent == city.parent]
    beside = [f"{a.name}{c}{b.name}" for a in near for b in near for c in "、和与及" if city in (a, b) and a is not b]
    return any(x in scene.page.text for x in beside)


def _ending(text: str, end: int) -> list[Place]:
    """The one division whose full name ends at an offset, the longest such name; [] for none."""
    for n in range(8, 1, -1):
        if text[max(0, end - n) : end] in table("words.toml")["not_places"].split():
            return []  # '会同' + '县纪委'
        every = [p for p in gazetteer().lookup(text[max(0, end - n) : end]) if p.level in ("county", "prefecture")]
        if every:
            return every if len(every) == 1 else []
    return []


def short_counties(scene: Scene, named: list[Place]) -> list[Place]:
    """Counties of one character before 县 that lie beside one that the text names ('萧县、砀山县')."""
    every = [p for w in SHORT_COUNTY.findall(scene.page.text) for p in gazetteer().lookup(w) if p.level == "county"]
    return [p for p in every if any(p.parent == x.parent and p is not x for x in named)]


def county_of_towns(scene: Scene) -> Place | None:
    """The one county, within what is settled, that has all the townships (all but one of five where it says 我区) that the
    headline, the publisher or the text name (two at least, or one beside its city where it says 我县): many townships share a name, their sets do not."""
    g, meta = gazetteer(), scene.page.meta
    within = next((scene.home[x].adcode for x in reversed(ORDER) if x in scene.home), None)
    have: Counter[str] = Counter()
    text = f"{meta.title} {meta.publisher}\n{scene.page.text}"
    windows = ([text[m.end() - n : m.end()] for n in (5, 4, 3) if m.end() >= n] for m in re.finditer("[镇乡]", text))
    # '上观音堂乡' is no 观音堂乡
    named = {next((w for w in every if g.lookup(w, within=within)), "") for every in windows} - {""}
    met = 0
    for name in sorted(named):
        counties = {c.parent for c in g.lookup(name, within=within) if c.level == "township"}
        if counties:
            met += 1
            have.update(counties)
    most = have.most_common(2)
    # one of many may have gone to a neighbour since
    enough = bool(most) and (most[0][1] == met or (most[0][1] >= max(4, met - 1) and OWN.search(scene.page.text)))
    if not enough or len(most) > 1 and most[1][1] == most[0][1]:
        return None
    county = g.get(most[0][0], meta.published)
    cities = {p.adcode for p in named_places(scene) if p.level == "prefecture"}
    sure = county is not None and cities & set(county.parents) and OWN_COUNTY.search(text)
    # '全镇' in what 枣林镇人民政府 made known, where there is one 枣林镇
    signs = OWN_TOWN.search(text) and any(
        f"{meta.publisher}\n{meta.title}".find(n) in (0, len(meta.publisher) + 1) for n in named
    )
    return county if met > 1 or sure or signs else None


def speaks_itself(scene: Scene, county: Place) -> Place | None:
    """The one town of a county whose name the publisher's or the headline opens with where the text says 我镇; None for none."""
    meta = scene.page.meta
    towns = gazetteer().children(county.adcode) if OWN_TOWN.search(scene.page.text) else []
    signs = [
        p for p in towns if any(x.startswith((p.name, county.name + p.name)) for x in (meta.publisher, meta.title))
    ]
    return signs[0] if len(signs) == 1 else None


def local_names(scene: Scene) -> list[str]:
    """Short or unsafe names of divisions that this notice may use: of counties it names in full, of its own county and
    city, and of the counties beside its own."""
    g, text, meta = gazetteer(), scene.page.text, scene.page.meta
    near = {p.adcode: p for p in (*scene.home.values(), *named_places(scene))}
    for level in ("prefecture", "county"):
        if level in scene.home:
            up = scene.home["prefecture"] if "prefecture" in scene.home else scene.home[level]
            near |= {p.adcode: p for p in g.children(up.adcode) if p.level == "county"}
    words = {f.text for p in near.values() if p.level in ("prefecture", "county") for f in p.forms if len(f.text) > 1}
    # '吉安市' + '泰和' + '生态环境局', '重庆市' + '南川和…两地'
    for city in (p for p in near.values() if p.level == "prefecture" or (p.level, p.name[-1]) == ("province", "市")):
        under = among(of_its_counties(city.adcode), text)
        words |= {w for w in under if f"{city.name}{w}" in text or visited(city, w, text)}
    head = f"{meta.title} {meta.publisher} {meta.place} {text[:60]}"
    for text_ in (meta.place, meta.publisher, meta.title):
        if place := place_in(text_, meta.published):
            kept = [f.text for f in place.forms if place.level != "township" or f.text.endswith(("镇", "乡", "道"))]
            words |= {w for w in kept if len(w) > 1 and w in head}
    words |= {w for w in SHORT_COUNTY.findall(text) if g.candidates(w)}
    for m in ENUMERATED.finditer(text):  # '阳新、大冶、浠水等4县（市）': short names that stand for each other's kind
        items = m.group(1).split("、")
        if all(any(p.level == "county" for p in g.lookup(x)) for x in items):
            words |= set(items)
    for m in OF_A_CITY.finditer(text):  # '深入南平市政和、松溪两地'
        cities = [p for p in near.values() if p.level == "prefecture" and m["city"] == p.name]
        own = {f.text for city in cities for p in g.children(city.adcode) for f in p.forms}
        items = m["list"].split("、")
        words |= set(items) if own.issuperset(items) else set()
    for m in CLOSED.finditer(text):  # '信宜、高州、化州市': the last one's kind is all of theirs
        items = [*m["list"].rstrip("、").split("、"), *([m["last"]] if m["all"] else [])]  # '天全、汉源等县'
        words |= {x for x in items if g.candidates(f"{x}{m['kind']}")}
    t = scene.tokens
    for m in AMONG.finditer(text):  # '忻州、大同、阳泉': a word that is a city's name too, between cities
        beside = [t.letters[k] for k in (t.at(m.start() - 1) - 1, t.at(m.end()) + 1) if 0 <= k < len(t.letters)]
        if "P" in beside and any(p.level == "prefecture" for p in g.lookup(m.group())):
            words.add(m.group())
    for m in IN_ITS_PROVINCE.finditer(text):  # '山西大同': a word that is a city's name too, behind its province's
        if any(p.level == "prefecture" and m["over"] in p.full_name for p in g.lookup(m["city"])):
            words.add(m["city"])
    return sorted(among(words, text))


@lru_cache(512)
def of_its_counties(city: str) -> frozenset[str]:
    """Forms of the counties of a division, of more than one character; a roster's rows ask for the same again and again."""
    counties = (p for p in gazetteer().children(city) if p.level == "county")
    return frozenset(f.text for p in counties for f in p.forms if len(f.text) > 1)


IN_ITS_PROVINCE = lazy(
    "(?P<over>河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆)"
    "省?(?P<city>[\u4e00-\u9fff]{2})"
)
AMONG = lazy("(?<=、)[\u4e00-\u9fff]{2}(?=、|等)")


def visited(city: Place, county: str, text: str) -> bool:
    """Whether somebody goes to a county by its short name behind its city's and no word runs on ('到了吉安泰和，')."""
    if "到" not in text:
        return False
    names = [f"{f.text}{county}" for f in city.forms]
    return any(
        f"到{did}{name}{mark}" in text for name in names if name in text for did in ("了", "") for mark in "，。、"
    )


@lru_cache(512)
def place_in(text: str, as_of: str) -> Place | None:
    """The division that a line opens with; remembered, for a notice asks several times and sites repeat themselves."""
    return place_of(text, as_of=as_of)


def first_place(text: str, as_of: str, named: list[Place]) -> Place | None:
    """The division that a line of front matter opens with, or names unmistakably further on."""
    if not text:
        return None
    place = place_in(text, as_of)
    for m in () if place else CALLED.finditer(text):
        if place := place_in(text[m.end() :], as_of):
            break
    if place is None and (own := PRESS.match(text)):  # '奉贤人大', '澧县融媒体中心'
        every = [p for p in gazetteer().lookup(own.group(1)) if p.level == "county"]
        place = every[0] if len(every) == 1 else None
    if place is None:
        return next((p for p in named if p.name in text), None)
    return place


def named_places(scene: Scene) -> list[Place]:
    """Divisions that the text names beyond doubt, in order."""
    if scene.named is not None and scene.named[0] is scene.tokens:
        return scene.named[1]
    t = scene.tokens
    here = (i for i, c in enumerate(t.letters) if c == "P")
    words = dict.fromkeys(t.word(i) for i in here if not within_another(t.text, t.starts[i], t.starts[i + 1]))
    found = ((w, resolve(w, scene.page.meta.published)) for w in words)
    met = [(w, p) for w, p in found if p is not None and p.level in ORDER]
    near = [p for _, p in met]
    places = [p for w, p in met if not far_town(t.text, p, w, near)]
    scene.named = (scene.tokens, places)
    return places


def common(scene: Scene, places: list[Place]) -> Place | None:
    """The deepest division that holds all of several places, if one does. One place alone may be a neighbour's: it
    counts only where the text opens with it."""
    if not places:
        return None
    if len(places) == 1:
        opening = scene.page.text[:OPENING].partition(places[0].name)
        first = opening[1] and not ANOTHERS.search(opening[0])
        return places[0] if first or signed(scene.page.text, places[0]) else None
    chains = [(*p.parents, p.adcode) for p in places]
    shared = []
    for level in zip(*chains, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    if not shared:  # '…同志到北京开会去了' among three counties of one city
        provinces = Counter(chain[0] for chain in chains)
        (most, many), *rest = provinces.most_common()
        near = [p for p, chain in zip(places, chains, strict=True) if chain[0] == most]
        return common(scene, near) if many > 2 and sum(n for _, n in rest) == 1 else None
    inner = [p for p in places if p.adcode != (shared[-1] if shared else "")]
    if len(inner) > 1 and len(inner) < len(places):  # '云南省' beside three counties of one city
        return common(scene, inner) or gazetteer().get(shared[-1])
    return gazetteer().get(shared[-1])


def visits(text: str, place: Place) -> bool:
    """Whether it is somebody of a place who comes to where a text is from ('某市市长来瑞督查 … 我市领导陪同')."""
    at = text.find(place.name, 0, OPENING)
    return at >= 0 and bool(OURS.search(text) and COMES.match(text, at + len(place.name)))


def signed(text: str, place: Place) -> bool:
    """Whether a place's own newspaper or station signs a text ('…大会。大理日报')."""
    return any(m.group(1) in {f.text for f in place.forms} for m in SIGNED.finditer(text))
