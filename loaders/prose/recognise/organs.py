"""Whole organs: governments, party committees, congresses; of a place, a level or each place of a list."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.bare import bare_organ
from loaders.prose.recognise.inside import COMMITTEE, ORDINAL
from loaders.prose.recognise.regions import region, short
from loaders.prose.recognise.surroundings import INNER, SEPARATORS, Bodies, Prefix, enter, words_of

EVERY_ONE = lazy(
    r"(?:[县市州省区]（[市区县旗、]{1,5}）|乡镇（街道）|镇（街道）|乡（镇）)(?:[区县市])?$|各(?:有关|相关)?(?:省|自治区|直辖市|设区的?市|地级以上市|县级市|市|自治州|州|盟|地区|县|旗|区|乡|镇|街道|开发区|[、（）和及])*$"
)
SO_MANY = lazy("(?<![第0-9])[两二三四五六2-6]个?[省市县区旗州镇乡]?$")
OF_LEVEL = lazy(
    r"(自治区|地(?=委)|[省市县区州旗盟镇乡]|街道)(委|委员会|党委|党工委|政协|政府|政府办|政府办公室|政府办公厅)$"
)
ITS_DEPARTMENTS = lazy(
    r"(?:各?(?:有关|相关|组成|直属|工作|职能)(?:责任|职能|有关|相关)?(?:部门|机构|单位)|各部门|各直属(?:机构|单位))(?:和单位|、单位|、直属单位)?"
)
CITIES = lazy("各?设$")  # '各设' + '区市政府'
EITHER = lazy("党委或者?(?:人民)?政府")  # which of the two is left open: the place's
LEGAL = lazy("(?:控股|股份|集团)*有限(?:责任)?公司")
COMMISSION = lazy("[建交经科教农](?=委(?![员托派会任书培]))")


def organ(b: Bodies, i: int) -> int:
    """A whole organ: of the place or level before it, of each place of a list, or of a level it names itself ('市委')."""
    word, start, end = b.t.word(i), b.t.starts[i], b.t.starts[i + 1]
    prefix, core = b.prefix(i), word
    if word.endswith("集团") and (legal := LEGAL.match(b.text, end)):  # '临沂市' + '水务集团' + '有限公司'
        whole = b.text[prefix.start : legal.end()]
        e = b.scene.entity("Agency", f"firm/{whole}", whole, b.text[prefix.start : end], kind="firm")
        return b.record(prefix.start, legal.end(), e, Prefix(prefix.start))
    if word == "街办" and b.text[start - 1 : start] in ("各", "镇"):
        return b.a_class(start - 1, end, b.text[start - 1 : end])
    if word.endswith("部") and b.text.startswith("门", end) and word in words_of("party_offices"):  # '宣传部门'
        branch = enter(b.scene, prefix, f"{word}门", "branch", b.text[prefix.start : end + 1])
        return b.record(prefix.start, end + 1, branch, prefix)
    if either := EITHER.match(b.text, start):
        return either.end()
    zones = b.scene.listed.get(start)
    if b.t.letters[max(0, i - 2) : i] == "LL" and start not in b.ends:  # '市县政协'
        first = b.t.starts[i - 2]
        cities = CITIES.search(b.text, max(0, first - 2), first) or EVERY_ONE.search(b.text, max(0, start - 40), start)
        first = cities.start() if cities else first
        return b.a_class(first, end, b.text[first:end])
    if m := OF_LEVEL.match(word):
        before, level = b.ends.get(start), "地区" if m.group(1) == "地" else m.group(1)
        division = b.scene.level_place(level)
        beside = b.at_end.get(start - (b.text[start - 1 : start] in SEPARATORS), (0, None, Prefix(0)))[2].region
        where = (
            before[1]
            if before and before[1].name.endswith(level)
            else beside  # '清远市委、市政府'
            if beside is not None and beside.label == "Region" and beside.name.endswith(level)
            else region(b.scene, division, inferred=True)
            if division
            else near
            if (near := in_the_sentence(b, start, m.group(1))) is not None
            else b.last_town(start)
            if m.group(1) in ("镇", "乡", "街道")
            else None
        )
        prefix, core = (
            Prefix(before[0] if before and where is before[1] else start, where, "" if where else m.group(1)),
            m.group(2),
        )
        places: list[Entity] = []
        if SO_MANY.search(b.text, max(0, start - 4), start) or b.text.endswith("等", 0, start):  # '曲阳、望都两县政府'
            places = b.places_before(prefix)
    elif zones:
        places = zones
    elif (
        n := 2 if word.startswith("社区") else len(word) - len(word.lstrip("村街道"))
    ) and start + n in b.ends:  # '高家坪村' and '村委会' share a character
        s, place = b.ends[start + n]
        own = word[n:] if word.startswith("社区") else word
        prefix, core, places = Prefix(s, place), {"办事处": "街道办事处", "办": "街道办事处"}.get(word[n:], own), []
    elif word in ("行署", "盟行署", "行政公署"):
        named = prefix.region if prefix.region is not None and prefix.region.name.endswith(("盟", "地区")) else None
        league = (b.scene.level_place("盟") or b.scene.level_place("地区")) if named is None else None
        prefix, core, places = (
            Prefix(prefix.start, named)
            if named is not None
            else Prefix(start, region(b.scene, league, inferred=True) if league else None, "" if league else "盟"),
            "行政公署",
            [],
        )
    elif not prefix and len(places := b.counted(start)) > 1:
        prefix = Prefix(start)
        if word in ("街办", "街道办"):  # '马王、高桥两个街办' names offices, no places
            places = [x for x in places if x.name.endswith("街道")]
            prefix = Prefix(min(s for s, x in b.ends.values() if s < start and any(x is p for p in places)))
            return b.spread(places, core, "government", prefix.start, prefix.start, end)
    elif not prefix:
        return bare_organ(b, start, end, word)
    else:
        places = b.places_before(prefix)
        if places and "政府" not in core:  # '东湖区、西湖区、高新区管委会': the zone's
            places = [p for p in places if p.props.get("level") == places[-1].props.get("level")]
    if (
        len(places) < 2
        and prefix.start not in b.begins
        and SO_MANY.search(b.text, max(0, prefix.start - 4), prefix.start)
    ):
        return end  # '两县政府', '两县县委'
    if core == "委" and b.text[start - 1 : start] == "团" and prefix.start == start:  # '团县委'
        prefix, core = Prefix(start - 1, prefix.region, prefix.level), "团委"
    kind = (
        "party"
        if re.search(r"委$|党|纪|委员会$", core) and core not in ("管委会", "监委", "村委会", "居委会")
        else "government"
        if "政府" in core
        else "organ"
    )
    if core.endswith(("政府", "委", "委员会")) and (m := ITS_DEPARTMENTS.match(b.text, end)):
        return b.a_class(prefix.start, m.end(), b.text[prefix.start : m.end()], prefix=prefix)
    nested = b.nested(end)
    if len(places) < 2 and (
        prefix.region is None or prefix.level or prefix.start == start or b.t.letters[i - 1 : i] == "L"
    ):  # '各市、县人民政府'
        every = EVERY_ONE.search(b.text, max(0, start - 40), start)
        if every is not None:
            return b.a_class(every.start(), end, b.text[every.start() : end])
    if (
        core in ("政协", "人大", "人大常委会")
        and (m := COMMITTEE.match(b.text, end))
        and b.t.letter_at(end) not in ("V", "T")
    ):
        nested = max(nested, m.end())
    if len(places) > 1:
        cores = (("党委", "party"), ("政府", "government")) if core == "党委政府" else ((core, kind),)
        for each, its_kind in cores:
            b.spread(places, each, its_kind, prefix.start, prefix.start, end)
        for p in places:
            p.props.pop("inferred", None)
            if id(p) not in b.scene.mentioned:
                stands = max((e for e, (s, x) in b.ends.items() if x is p and s < end), default=0)
                begin = b.ends[stands][0] if stands else prefix.start
                b.scene.mention(p, begin, stands or begin + len(short(p)), take=False)
        return end
    if "党委政府" == core:
        for c, k in (("党委", "party"), ("政府", "government")):
            b.scene.mention(
                enter(b.scene, prefix, c, k, f"{b.text[prefix.start : start]}{c}"), prefix.start, end, take=False
            )
        b.scene.take(prefix.start, end)
        return end
    head = enter(b.scene, prefix, core, kind, b.text[prefix.start : end])
    if nested:
        return b.inner(head, prefix.start, end, nested, prefix)
    return b.record(prefix.start, end, head, prefix)


def in_the_sentence(b: Bodies, before: int, level: str) -> Entity | None:
    """The one place of a level that the sentence has named before an offset ('石屏县成立由县委书记…')."""
    left = max(b.text.rfind(c, max(0, before - 200), before) for c in "。；\n") + 1
    every = {id(x): x for x in b.scene.places_back(before, left) if x.name.endswith(level)}
    return next(iter(every.values())) if len(every) == 1 else None


def committee(b: Bodies, i: int) -> int:
    """'保定市' + '委': the party committee of a place; '市' + '建委': a commission of its government."""
    start = b.t.starts[i]
    if b.text[start] == "委" and i and COMMISSION.match(b.text, start - 1):
        prefix = b.prefix(i - 1) or b.inherit(start - 1)[0]
        core = b.text[start - 1 : start + 1]
        e = enter(b.scene, prefix, core, "department", b.text[prefix.start : start + 1]) if prefix else None
        return b.record(prefix.start, start + 1, e, prefix) if e is not None else 0
    if b.text[start] != "委" or start not in b.ends:
        return 0
    s, place = b.ends[start]
    if place.props.get("level") not in ("province", "prefecture", "county"):
        return 0
    if s > 1 and b.text.startswith("中共", s - 2) and b.scene.free(s - 2, s):
        s -= 2
    head = enter(b.scene, Prefix(s, place), "委员会", "party", b.text[s : start + 1])
    numbered = ORDINAL.match(b.text, start + 1) and b.nested(start + 1)  # '省委' + '第一生态环境保护督察组'
    if stop := numbered or ((m := INNER.match(b.text, start + 1)) and m.end()):
        return b.inner(head, s, start + 1, stop, Prefix(s, place))
    return b.record(s, start + 1, head, Prefix(s, place))
