"""Townships and villages: those of the counties in hand by the tables, others by their endings."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lazy import lazy
from kg.places import Place, gazetteer
from kg.sieve import compiled
from loaders.prose.count import number
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.lexicon import function_words, numbers, table
from loaders.prose.recognise.places import (
    Ends,
    Found,
    between_marks,
    called_well,
    child,
    counted_members,
    home_region,
    left_edge,
    measured,
    never_in_a_place,
    of_a_people,
    region,
)
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.tokens import Tokens
from loaders.words import SEVERAL

NO_NAME = lazy(r"[\d个了的你您]|各街?$|^[一两几多]位$|^[一多]名$")
SMALL = lazy(
    r"(?:镇(?!里|上(?![游级岗旗]))|乡(?![情亲愁贤音]|土[树文气特人植])|街道|街(?=办(?![理公事好成])))(?!貌|、(?:村|社区|组|街道|乡|镇)(?:、[村组社])*[两三四]级)|村(?!里|部(?![分署门])|镇(?![级两干银建联规])|貌|级|干|民(?!兵[营连]长)|组|两(?![个村地处])|支(?!部|委委员|书)|委(?!会)|屯|容|口|头|庄|落(?![实后地细成到选户款入])|村(?!长|第一书记|书记|文书|支书|支委|主任|党|干部|会计|集体|委会|委委员|民|级[河湖林田路]+长|[东西南北口头内外边里]))|社区(?!居(?!委会|民委员会))|苏木|嘎查|管区(?=党|书记|主任|包[片村]|总支)|(?:(?<=[乡镇村、和][\u4e00-\u9fff]{2})|(?<=[乡镇村、和][\u4e00-\u9fff]{3})|(?<=[乡镇村、和][\u4e00-\u9fff]{4}))屯(?=[、，。的等旁附各查检走开]|村民|群众|发现|因|有)"
)
TOWNS_STREETS = lazy("镇街道(?=办|党|人大|组织|召开|联合|开展|辖区|[、，。要应须对在将的])")
"""Subdistricts that keep the name of the town they were ('道口镇街道')."""
LINKED = lazy(
    r"(?<![\u4e00-\u9fff])(?P<who>[\u4e00-\u9fff]{2,3}(?:联系|[包联驻挂]))(?![合盟民星丰防动社户系村])[\u4e00-\u9fff]{2,4}$"
)
"""Somebody by a bare name, who looks after what follows ('罗文柏联' + '石桥村')."""
MINDS = lazy("联系|[挂驻联]")
"""Behind a name, before the place that they look after ('康敬之' + '挂' + '石桥村')."""
COMES = lazy("[里调督检视慰]")  # '某某来镇里调研'
RULED = lazy("党委|政府|人民政府|党政|副?[镇乡]长")  # '那木乡' + '党委': no pronoun
KIND_OF_TOWN = lazy("(?:镇|乡|街道)$")
COUNTED = compiled(f"(?:等)?{SEVERAL}个(?:行政|自然)?村(?!级|民|干|组|“)|等村(?!级|民|干|组|“)")


TOWNS = compiled(
    f"等?(?P<n>{SEVERAL})个?(?P<kind>乡镇（街道）|镇（街道）|乡（镇）|乡镇街道|乡镇|镇街|街镇|街道|街(?=办)|镇|乡)(?![政党长级域村上]|办[理公好成]|(?<=[镇乡])办)"
)


@cache
def not_a_town() -> frozenset[str]:
    """What stands before 镇, 乡, 村 without naming one."""
    return frozenset(table("words.toml")["not_a_town"].split())


@lru_cache(64)
def township_names(counties: tuple[str, ...]) -> tuple[AhoCorasick, dict[str, list[Place]]]:
    """All townships of some counties: what finds their names, and what each name may mean."""
    known: dict[str, list[Place]] = {}
    for code in counties:
        for place in gazetteer().children(code):
            known.setdefault(place.name, []).append(place)
    # the tables tell of today: a town was a township, a subdistrict a town
    for name, places in list(known.items()):
        stem = KIND_OF_TOWN.sub("", name)
        for other in (f"{stem}镇", f"{stem}乡") if len(stem) > 1 else ():
            known.setdefault(other, places)
        if stem != name and stem[-1:] in ("镇", "乡"):
            known.setdefault(stem, places)
    return AhoCorasick(list(known), matchkind=MatchKind.LeftmostLongest), known


def counties_in_hand(scene: Scene, found: Found) -> tuple[str, ...]:
    """Codes of the counties whose townships may be named by their names alone: the notice's own and those it names."""
    own = [scene.home["county"].adcode] if "county" in scene.home else []
    city = scene.home.get("prefecture")
    if city is not None and not own and all(p.level == "township" for p in gazetteer().children(city.adcode)):
        own = [city.adcode]  # 儋州市 has no counties
    return tuple(
        dict.fromkeys([*own, *(e.key for _, _, e in found if e.props.get("level") == "county" and e.key.isdigit())])
    )


def townships(scene: Scene, found: Found, ends: Ends) -> None:
    """Townships of the counties in hand, by the division tables."""
    matcher, known = township_names(counties_in_hand(scene, found))
    text, county = scene.page.text, scene.home.get("county")
    for _, start, end in matcher.find_matches_as_indexes(text):
        options = known[text[start:end]]
        if county is not None and county.name == f"{text[start:end]}县":
            options = [county]  # '平乡' is 平乡县, whatever town is called by it
        for at in range(start, end):  # '小四平镇' names no 四平
            found.drop(at, end)
        if not found.free(start, end):
            continue
        prefix = ends.get(start)
        if prefix and prefix[1].key.isdigit():
            options = [p for p in options if prefix[1].key in p.parents] or options
        if len(options) == 1:
            word = text[start:end]
            a_county = options[0].level == "county"
            entity = region(scene, options[0], word, inferred=True) if a_county else as_named(scene, options[0], word)
            found.add(start, end, entity)
            ends[end] = (prefix[0] if prefix else start, entity)


def as_named(scene: Scene, place: Place, name: str) -> Entity:
    """A township of the tables; by the name it had, under its county, where the tables tell of a later one."""
    if place.name == name:
        return region(scene, place, name, inferred=True)
    county = gazetteer().get(place.parent) if place.parent else None
    entity = child(scene, region(scene, county, inferred=True) if county else None, name, name, "township")
    entity.props.setdefault("inferred", True)
    return entity


def small_places(scene: Scene, found: Found, ends: Ends) -> None:
    """Townships and villages that no table has in hand: a short unknown word before 镇, 乡, 村."""
    text, t = scene.page.text, scene.tokens
    for m in SMALL.finditer(text):
        at, end, kind = m.start(), m.end(), m.group()
        c = t.letter_at(at)
        titled = kind in ("村", "社区", "街道", "街") and c in "TKO" and c != ""  # '高家坪' + '村主任', '村委会'
        market = market_town(t, end) if kind == "镇" else 0
        community = kind == "社区" and c == "W" or called_township(text, end) or market
        if kind == "村" and text[at - 1 : at] == "村" and not found.free(at - 1, at):
            continue  # '河头村' + '村西'
        well = at - called_well(text, at, ends) if kind in ("村", "社区", "嘎查") else 0
        if not found.free(at, end) or (
            not titled and not community and not well and (c not in ("x", "L") or t.inside(end))
        ):
            continue
        joined = kind in ("镇", "乡") and text[at - 1 : at] == "村" or TOWNS_STREETS.match(text, at - 1) is not None
        own = at - joined  # '潘村' + '镇', '龙村' + '乡', '道口镇' + '街道'
        start = village_start(scene, at, ends) if kind == "村" else left_edge(scene, own, ends)
        start = end - (market or 3) if market or called_township(text, end) else start
        if start == at and kind in ("镇", "乡") and (word := called_like_its_county(scene, at, found)) < at:
            start = word
            found.drop(start, at)
            ends.pop(at, None)
        if start == at and kind in ("村", "社区") and (word := called_like_a_county(scene, at, ends)) < at:
            start = word
            found.drop(start, at)
        if kind in ("镇", "乡") and at - start < 2 and (whole := by_itself(text, end)):
            start = whole
        link = LINKED.search(text, max(0, start - 1), at) if text[start] in numbers("surnames.tsv") else None
        start = link.end("who") if link and link.start() == start else start
        minds = MINDS.match(text, start, at - 1) if start and t.letters[t.at(start - 1)] == "M" else None
        start = minds.end() if minds else start
        if kind in ("镇", "乡") and (whole := of_a_people(text, at)) < at:
            found.drop(whole, end)
            add_town(scene, found, ends, whole, end)
            continue
        start = at - well if well else start
        body = text[start:at]
        lone = len(body) == 1 and kind not in ("苏木", "管区") and not (kind == "村" and start in ends)
        if lone or not 1 <= len(body) <= 6 or NO_NAME.search(body):
            continue
        if titled and (len(body) < 2 or not all(t.letter_at(start + i) == "x" for i in range(len(body)))):
            continue
        if (
            not not_a_town().isdisjoint((body, text[start:end], text[start : end + 1]))
            or (len(body) > 3 and body[0] in "要应须将再")
            or (kind == "村" and body.endswith("城中"))
            or (len(body) > 2 and body[-1] in "两三四五六七八九十" and text[start - 1 : start] == "、")  # '、石桥三镇'
            or (kind == "乡" and body[-1] == "家" and (len(body) > 2 or body[0] not in numbers("surnames.tsv")))
            or (
                (body[-1] in "侨大小强重名产找跨进入驻住织挂逐访联包帮" or body[-1] == "来" and COMES.match(text, end))
                and not (well or at_home(scene, text[start:end]))
            )
            or (kind in ("镇", "乡") and everyday_at(text, start) == len(body))
            or (
                body[0] in "各该全本两几数每入驻包到某我这那是的看不"
                and not (body[0] == "那" and (kind == "屯" or RULED.match(text, end)))
                and not at_home(scene, text[start:end])
            )
            or never_in_a_place().search(text, max(0, start - 1), at)  # '上' + '述家乡'
            or TOWNS_STREETS.match(text, at)
        ):
            continue
        if measured(text)[end - 1]:
            continue  # '潇河郝村断面': where the water is measured
        before = ends.get(start)
        if kind == "村" and before and before[1].props.get("level") == "township":
            found.drop(start, at)  # '哈尔盖镇' + '果洛藏秀麻' + '村'
        name, kind = (f"{body}街道", "街道") if kind == "街" else (text[start:end], kind)  # '王寺街' + '办'
        entity = small_place(scene, name, kind, start, before[1] if before else None, found)
        if entity is not None:
            entity.props.setdefault("inferred", True)
            found.add(start, end, entity)
            ends[end] = (before[0] if before else start, entity)


def called_township(text: str, end: int) -> bool:
    """Whether a town ends at an offset whose name says township: the tables know a 柏乡镇, and no 各乡镇 or 南乡镇 that one could
    not mistake."""
    name = text[max(0, end - 3) : end]
    told = name.endswith("乡镇") and name[0] not in "东南西北分" and name[0] not in function_words()
    return told and any(p.level == "township" for p in gazetteer().lookup(name))


ITS_OWN = lazy("党委|党政|政府|人民政府|人大|纪委|(?:副|代|代理)?镇长")
"""What stands behind the name of the town that it belongs to."""


def market_town(t: Tokens, end: int) -> int:
    """Length of the name of a town that ends in the word for such towns, before what is its own ('张集镇' + '党委'): one that
    the tables know somewhere, with nothing unknown before it; 0 for none."""
    text = t.text
    for n in (5, 4, 3) if text.endswith("集镇", 0, end) and ITS_OWN.match(text, end) else ():
        start = end - n
        apart = start >= 0 and t.letter_at(start) == "x" and (not start or t.letters[t.at(start - 1)] not in "xn")
        if apart and text[start] not in function_words() and gazetteer().lookup(text[start:end]):
            return n
    return 0


def add_town(scene: Scene, found: Found, ends: Ends, start: int, end: int) -> None:
    """Enter the township that start..end names, of the notice's own place."""
    entity = child(scene, home_region(scene), scene.page.text[start:end], scene.page.text[start:end], "township")
    entity.props.setdefault("inferred", True)
    found.add(start, end, entity)
    ends[end] = (start, entity)


def at_home(scene: Scene, name: str) -> bool:
    """Whether the tables know a township of that name in the notice's own place: 那大镇 of 儋州市."""
    homes = [p.adcode for p in scene.home.values() if p.level in ("county", "prefecture")]
    towns = [p.parents for p in gazetteer().lookup(name) if p.level == "township"] if homes else []
    return any(home in parents for parents in towns for home in homes)


VISITED = lazy(
    "(?:来到|到|赴|深入|前往|走进|下沉到?)(?P<stem>[\u4e00-\u9fff]{2,3})(?P<kind>[镇乡]|街道)(?:督|检|监督|调研|巡|视察|暗访|指导|走访|开展)"
)
"""The town that somebody visits by a headline."""


def called_short(scene: Scene, found: Found, ends: Ends) -> None:
    """The town that the headline names and the text calls by its stem where somebody visits it ('到西湖镇督查', '到西湖督查')."""
    told = VISITED.search(scene.page.meta.title)
    if told is None:
        return
    stem, kind = told["stem"], told["kind"]
    for m in re.finditer(f"(?<=[到赴入往进]){stem}(?=[督检调巡视暗指走开就，。])", scene.page.text):
        start, end = m.span()
        entity = small_place(scene, stem + kind, kind, start, None, found) if found.free(start, end) else None
        if entity is not None:
            entity.aliases += [stem] if stem not in entity.aliases else []
            found.add(start, end, entity)
            ends[end] = (start, entity)


AFTER_A_MARK = lazy(r"(?<=[，。；\n])(?![到在去来由对向至从])[\u4e00-\u9fff]{3,4}$")


def by_itself(text: str, end: int) -> int:
    """Where a township's name begins that fills what stands behind a mark, whatever words it is made of, where the tables
    know one of that name ('，边临镇召开…'); 0 for none."""
    m = AFTER_A_MARK.search(text, max(0, end - 5), end)
    return m.start() if m and any(p.level == "township" for p in gazetteer().lookup(m.group())) else 0


def called_like_its_county(scene: Scene, at: int, found: Found) -> int:
    """Where the short name of a place begins that a town is called by ('梨树' + '乡' in 梨树县); the offset itself for none."""
    t = scene.tokens
    k = t.at(at - 1) if at else -1
    if k < 0 or t.letters[k] != "P" or t.starts[k + 1] != at or t.word(k)[-1] in "省市县区州盟旗":
        return at
    towns = any(x.props.get("level") == "township" for _, _, x in found.at.get(t.starts[k], ()))
    lone = k > 1 and t.letters[k - 1] == "x" and t.starts[k] - t.starts[k - 1] == 1 and t.word(k - 2) in "、：（"
    return at if towns else t.starts[k - lone]  # '、' + '小白山乡'


def called_like_a_county(scene: Scene, at: int, ends: Ends) -> int:
    """Where the short name of a county begins that a village right behind its town is called by ('三营镇' + '共和' + '村'); the
    offset itself for none."""
    t = scene.tokens
    k = t.at(at - 1) if at else -1
    if k < 0 or t.letters[k] != "P" or t.word(k)[-1] in "省市县区州盟旗" or t.starts[k] not in ends:
        return at
    return t.starts[k] if ends[t.starts[k]][1].props.get("level") == "township" else at


def counted_villages(scene: Scene, found: Found, ends: Ends) -> None:
    """Villages that one word names together: '东街、石庄两个行政村'."""
    text = scene.page.text
    for m in COUNTED.finditer(text):
        end, items = m.start(), list[tuple[int, int]]()
        while 2 <= end - (start := between_marks(text, end) or left_edge(scene, end, ends, 4)) <= 4:
            items.append((start, end))
            if text[start - 1 : start] != "、":
                break
            end = start - 1
        for start, end in items if len(items) > 1 else ():
            if found.free(start, end) and text[end - 1] != "村":
                over = found.town_before(start) or home_region(scene)
                entity = child(scene, over, f"{text[start:end]}村", text[start:end], "village")
                entity.props.setdefault("inferred", True)
                found.add(start, end, entity)
                ends[end] = (start, entity)


def counted_towns(scene: Scene, found: Found, ends: Ends) -> None:
    """Townships that one word names together ('桥东、桥西、赞善三个街道'): by the tables, others where the count fits."""
    text, counties = scene.page.text, tuple[str, ...]()
    for m in TOWNS.finditer(text):
        items = counted_members(scene, m.start(), ends, number(m["n"]))
        if len(items) < 2:
            continue
        kinds = [k for k in ("镇", "乡", "街道") if k in m["kind"] or k == "街道" and "街" in m["kind"]]
        counties = counties or counties_in_hand(scene, found)
        _, known = township_names(counties)
        tabled = {i: [k for k in kinds if text[slice(*i)] + k in known] for i in items}
        fits = len(kinds) == 1 and len(items) == number(m["n"])
        if not (all(tabled.values()) or fits):
            continue
        for start, end in items:
            if not found.free(start, end):
                continue
            name = f"{text[start:end]}{(tabled[start, end] or kinds)[0]}"
            options = known.get(name, [])
            if len(options) == 1:
                entity = as_named(scene, options[0], name)
            else:
                entity = child(scene, home_region(scene), name, text[start:end], "township")
            if text[start:end] not in entity.aliases:
                entity.aliases.append(text[start:end])
            found.add(start, end, entity)
            ends[end] = (start, entity)


PREPOSITIONS = "在把从以就由给被"
"""What stands between a township that acts and a village ('大隗镇' + '在' + '和合村'), and begins no village's name."""
GIVEN = lazy("村[^，。；\n]{0,8}?(?:派|反馈|交办|转办|下发|下达|发出|送达|移交|提出|通报)")
"""Behind a village to which something goes ('柏乡镇向' + '东阳村派驻工作组')."""


def village_start(scene: Scene, at: int, ends: Ends) -> int:
    """Where a village's name begins: right after its township where that is named ('大隗镇' + '和合' + '村')."""
    text = scene.page.text
    near = next(
        (e for e in range(at - 1, at - 6, -1) if e in ends and ends[e][1].props.get("level") == "township"), None
    )
    own = (
        near is not None
        and not (scene.tokens.inside(near) and scene.tokens.letters[scene.tokens.at(near)] == "O")
        and not any(everyday_at(text, i) or scene.tokens.letter_at(i) in ("O", "T", "K", "Q") for i in range(near, at))
    )
    if near is not None and own and re.fullmatch(r"[\u4e00-\u9fff]{1,5}", text[near:at]):
        long = at - near > 2
        linked = long and (text[near] in "和与及对将" or (text[near] == "向" and GIVEN.match(text, at) is not None))
        return near + (linked or (text[near] in PREPOSITIONS and at - near > 1))
    if text[at - 1] == "村":  # '李村' + '村'
        return left_edge(scene, at - 1, ends)
    return left_edge(scene, at, ends)


def small_place(scene: Scene, name: str, kind: str, start: int, parent: Entity | None, found: Found) -> Entity | None:
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
    over = parent or found.town_before(start) or home_region(scene)
    if over is not None and over.props.get("level") not in ("township", "county"):
        over = home_region(scene) if over.props.get("level") == "village" else over
    return child(scene, over, name, name, "zone" if kind == "管区" else "village")
