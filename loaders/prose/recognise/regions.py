"""Places of a scene: divisions by name, then townships and villages, zones and named areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.lazy import lazy
from kg.places import Place, gazetteer
from loaders.prose.recognise.areas import areas
from loaders.prose.recognise.closed import closed_towns, closed_villages, listed_towns
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.places import (
    Ends,
    Found,
    child,
    home_region,
    left_edge,
    lookup,
    measured,
    region,
    short,
    titles_of_documents,
)
from loaders.prose.recognise.scene import ORDER, Scene, home_of
from loaders.prose.recognise.towns import called_short, counted_towns, counted_villages, small_places, townships
from loaders.prose.recognise.zones import zones
from loaders.words import NUMERALS

__all__ = ["child", "home_region", "left_edge", "read", "region", "short", "titles_of_documents"]

LEVEL_WORDS = "省市区县州盟旗"
CHIEF_OF_WATER = lazy(r"[河湖]段?长$")
NOT_AN_AREA = lazy(
    r"(?:[\u4e00-\u9fff]{0,4}(?:大学|学院|研究院|银行|油田|制药|军区|电网|公司|集团))|(?:生态环境)?(?:突出)?(?:问题)?警示片|(?:日报|晚报|早报|晨报|时报|新闻网)|(?:[\u4e00-\u9fff]{0,8}(?:保护局|管理局|监督局|水利委员会|管理委员会))|(?:片区|、[\u4e00-\u9fff]{2})*(?:两个|三个|六个|6个)?(?:环境保护|区域)?督[察查]"
)


SEVERAL = lazy("[两二三四五六七八九][省市县]")  # '鄂东三市'
A_NEW_TOWN = lazy("(?<=[\u4e00-\u9fff]{2})(?<![对在到赴向和与及由从])新城(?!区)")
"""A part of a city, no district that is called so ('沣东新城')."""
A_SCHOOL = lazy(r"[\u4e00-\u9fff]{0,4}(?:大学|学院|医院)|[交师农工林科]大(?![力幅])")
A_STREET = lazy(
    r"[山岭](?:[铜铁煤金锰铅锌石]+矿|矿[山区业]?|采石场|石料厂|采场|尾矿库)|古[镇城村]|老街|[东西南北中]?(?:一|二|三)?路(?!演|径|线|网|面|政|段|桥)|大道|片区(?![长区])|生态城(?!市)|水道(?!口)|[东西南北]街|湖(?![北南泊])|高速|机场|火车站|站(?!前)|大桥|庙(?!会)|河(?![长南北道湖池源西东])|溪(?![长口])"
)
"""What follows a place's short name in the name of a street, a lake or a station ('南京路', '青海湖')."""
COMMITTEE_OF_A_ZONE = lazy("管委会|管理委员会|党工委")
SPRINGS = lazy("源[于自出]")  # '漕' + '河源于': where a river rises
REGION_ACTS = lazy(
    r"(?:\A|(?<=[，。；\n日午]))自治区(?=(?:随即|组织|以[\u4e00-\u9fff]{2,6}形式)?(?:召开|举行)|启动|部署)"
)
"""A region that acts, by its level alone ('10月9日，自治区以视频形式召开…会议')."""
AGENCY = lazy("新华社|中新社|本报|新华网|中新网|本台")
PRESS = lazy(
    "网(?:消息|[^\u4e00-\u9fff]{0,4}(?:[0-9]{1,2}月[0-9]{1,2}日)?讯)|(?:日报|晚报|早报|晨报|时报|商报|都市报|青年报|新闻网|新闻联播)(?!社)"
    "|在线(?:”|讯|消息|独家)|[\u4e00-\u9fff]{0,8}(?:微信公众号|公众号|微信|微博|官微|客户端|小程序)(?!群)|[\u4e00-\u9fff]{2,8}”(?:平台|APP|小程序|系统)"
)
DATELINE = lazy(
    r"(?:新闻|频道|记者站)?(?:\d{1,2}月)?\d{1,2}日[电讯]"
)  # '新华社北京5月8日电': where the report was sent from


def divisions(scene: Scene) -> Iterator[tuple[int, int, int, Place]]:
    """Division names; of a chain ('河北省保定市望都县') each: (start of the chain, start, end, division)."""
    t, i = scene.tokens, 0
    within = home(scene)
    while i < len(t.letters):
        if t.letters[i] != "P":
            i += 1
            continue
        if t.word(i)[-1] in "河江湖库" and t.letters[i + 1 : i + 2] == "T" and CHIEF_OF_WATER.search(t.word(i + 1)):
            i += 1  # '唐河县级河长': a river
            continue
        start, here = i, None
        cities = ("prefecture",) if among_cities(scene, i) else ORDER
        while i < len(t.letters) and t.letters[i] == "P":
            word = t.word(i)
            inner = choose(
                scene,
                [
                    p
                    for p in lookup(word, here.adcode if here else "", scene.page.meta.published)
                    if p.level in cities or p.level not in ORDER
                ],
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
                    if t.word(i - 1)[-1] in LEVEL_WORDS:  # '盐城市阜宁生态环境局' is one name
                        scene.uppers.add((t.starts[k], t.starts[k + 1]))
                    yield t.starts[k], t.starts[k], t.starts[k + 1], upper
        yield t.starts[start], t.starts[i - 1], t.starts[i], here


def among_cities(scene: Scene, i: int) -> bool:
    """Whether a place that a province and a city are called by stands in a list beside a city ('长春、吉林、四平')."""
    t = scene.tokens
    if {p.level for p in lookup(t.word(i), "", scene.page.meta.published)} != {"province", "prefecture"}:
        return False
    beside = [k + d for k, d in ((i - 1, -1), (i + 1, 1)) if 0 <= k + d < len(t.letters) and t.word(k) == "、"]
    named = [p for k in beside if t.letters[k] == "P" for p in lookup(t.word(k), "", scene.page.meta.published)]
    return any(p.level == "prefecture" for p in named) and all(p.level != "province" for p in named)


def in_full(text: str, start: int, end: int) -> bool:
    """Whether a place is named with the word for its level ('泰州' is a short name)."""
    return text[end - 1] in LEVEL_WORDS and not (text[end - 1] == "州" and end - start == 2)


def within_another(text: str, start: int, end: int) -> bool:
    """Whether a place's short name is but part of a school's, a street's or a river's ('南京路', '晋' + '江西' + '溪')."""
    if in_full(text, start, end):
        return False
    river = text[end - 1] in "东西南北" and start and RIVERS.fullmatch(text, start - 1, start + 1)
    water = river and any(p.level == "county" for p in gazetteer().lookup(text[start - 1 : start + 1]))
    return bool(water or A_NEW_TOWN.match(text, start) or A_SCHOOL.match(text, end) or A_STREET.match(text, end))


def far_town(text: str, place: Place, word: str, near: Iterable[Place]) -> bool:
    """Whether a word that a place in another province is called by means the town of that name that the text tells of
    ('南阳镇'). ``near`` are the places that the notice speaks of otherwise."""
    if (
        place.name in text
        or word[-1] in LEVEL_WORDS
        or not any(f"{word}{kind}" in text for kind in ("镇", "乡", "街道"))
    ):
        return False
    provinces = {p.adcode[:2] for p in near if p.adcode != place.adcode}
    return bool(provinces) and place.adcode[:2] not in provinces


WATERS = "河江湖溪"


def joined(text: str, start: int, end: int) -> bool:
    """Whether a place's first character joins the word before it to one that runs on ('和' + '田间')."""
    if text[start] in NUMERALS and everyday_at(text, end - 1):
        return text[start - 1 : start] != "、" or text[end] != "等"  # '四' + '平台', no '长春、四平等市'
    return text[start] in "和与于从" and everyday_at(text, start + 1) > end - start - 1


REACH = lazy(r"[\u4e00-\u9fff]{2,5}段(?![长位时])")
"""What follows a river's name where a reach of it is meant."""
RIVERS = lazy("[\u4e00-\u9fff][江河湖山海]")
BANK = lazy(
    r"[河湖江山海][东西南北](?:岸|侧|麓|坡|段|支|源|堤|干渠|大堤)|(?<=[鄱洞][阳庭])湖南(?!省)"
)  # '洳河北岸', '太行山东麓'


def home(scene: Scene) -> Place | None:
    """The deepest division that the notice speaks from."""
    return next((scene.home[x] for x in reversed(ORDER) if x in scene.home), None)


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


def read(scene: Scene) -> Ends:
    """Find all places; mentions are recorded. Returns end offset -> (start, entity) for what may prefix a body."""
    text = scene.page.text
    quoted = titles_of_documents(text)
    ends: Ends = {}
    found, gauged = Found(text), measured(text)
    for chain, start, end, place in divisions(scene):
        if gauged[start] or (gauged[end - 1] and text[end - 1] not in LEVEL_WORDS):
            continue  # '清水河' + '南湾桥'
        if text[end - 1] in WATERS and text[start - 1 : start] in ("大", "小"):
            continue  # '大' + '黑河'
        entity = region(scene, place, text[start:end], inferred=True)
        if place.level == "area" and (
            NOT_AN_AREA.match(text, end) or end - start == 2 and (SEVERAL.match(text, end) or text[end] in "东西南北")
        ):
            continue
        if place.level == "area" and text.startswith("辽河", start) and text[start - 1 : start] in ("东", "西"):
            continue  # '西' + '辽河流域'
        if within_another(text, start, end) or (text[end - 1] not in LEVEL_WORDS and joined(text, start, end)):
            continue  # '西安交通大学', '企业和田间'
        alone = text[start - 1 : start] != "、" and text[end : end + 1] not in ("、", "等", "两", "三", "区", "县")
        body = scene.tokens.letter_at(end) in ("D", "O", "Q")
        if place.level == "county" and text[end - 1] in "江河湖溪" and alone and not body:
            continue  # '右江', '衢江': the river rather than the county called by it
        if text[end - 1] in WATERS and REACH.match(text, end):
            continue  # '牡丹江' + '敦化段'
        if text[end - 2 : end] == "城区" and COMMITTEE_OF_A_ZONE.match(text, end):
            continue  # '东城区管委会': a city's own zone, no district of another
        if BANK.match(text, start):
            continue  # '洳河北岸'
        if far_town(text, place, text[start:end], scene.home.values() or (scene.named or (None, []))[1]):
            continue
        if text[end - 1] not in LEVEL_WORDS and SPRINGS.match(text, end - 1):
            continue
        if not in_full(text, start, end) and PRESS.match(text, end):
            continue  # '石家庄日报': who tells it
        if text[end - 1] not in LEVEL_WORDS and text.endswith("中国", 0, start) and text[end : end + 1] in ("网", "报"):
            continue  # '中国吉林网'
        if AGENCY.search(text, max(0, start - 3), start) and DATELINE.match(text, end):
            continue
        found.add(start, end, entity)
        ends[end] = (chain, entity)
    own = scene.level_place("自治区")
    for m in REGION_ACTS.finditer(text):
        if own is not None:
            found.add(*m.span(), region(scene, own, inferred=True))
    townships(scene, found, ends)
    called_short(scene, found, ends)
    counted_towns(scene, found, ends)
    listed_towns(scene, found, ends)
    small_places(scene, found, ends)
    closed_towns(scene, found, ends)
    closed_villages(scene, found, ends)
    counted_villages(scene, found, ends)
    zones(scene, found, ends)
    areas(scene, found, ends)
    in_title = bytearray(len(text) + 1)
    for a, b in quoted:
        in_title[a:b] = b"\1" * (b - a)
    scene.region_spans = sorted((f for f in found if not in_title[f[0]]), key=lambda f: (f[0], f[1]))
    return ends
