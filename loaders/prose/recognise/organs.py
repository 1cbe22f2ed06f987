"""Whole organs: governments, party committees, congresses, bodies of the state; of a place, a level or each place of a list."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.hand import place_in_hand
from loaders.prose.recognise.inside import COMMITTEE, ORDINAL
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.regions import region, short
from loaders.prose.recognise.set_up import mends, tends
from loaders.prose.recognise.surroundings import FUNCTION, INNER, SEPARATORS, Bodies, Prefix, enter, words_of
from loaders.words import NTH

NOT_THE_CENTRE = lazy(
    rf"八项|(?:[、和][省市县区州盟旗]级?)+(?:主流|新闻|各级)?(?:媒体|记者)|[和、及与](?:[省市州盟县区]|自治区)级?(?:[、和][市州盟县区旗]级?)*(?:生态)?(?:环[境保]|督[察查])|[和、及与][\u4e00-\u9fff]{{2,8}}?[省市区州]级?(?:生态)?(?:环[境保][\u4e00-\u9fff]{{0,2}}|环境保护)?督[察查]|第{NTH}[、和至到]|生态|环保|环境|财政|预算|巡视|层面|电视台|媒体|储备|企业|资金|补助|投资|驻|专项|转移支付"
)
EVERY_ONE = lazy(
    r"(?:[县市州省区]（[市区县旗、]{1,5}）|乡镇（街道）|镇（街道）|乡（镇）)(?:[区县市])?$|各(?:有关|相关)?(?:省|自治区|直辖市|设区的?市|地级以上市|县级市|市|自治州|州|盟|地区|县|旗|区|乡|镇|街道|开发区|[、（）和及])*$"
)
REGIONAL_ALL = lazy(
    r"((?:(?:华北|华东|华南|华中|西北|西南|东北|长江|黄河|淮河|海河|珠江|松辽|太湖)(?:流域)?、)+"
    r"(?:华北|华东|华南|华中|西北|西南|东北|长江|黄河|淮河|海河|珠江|松辽|太湖)(?:流域)?)"
    r"(环境保护督查中心|督察局|核与辐射安全监督站|生态环境监督管理局)"
)
EACH_ZONE = lazy(
    "[各全][县市区]?(?:[\u4e00-\u9fff]{0,2}开发区|园区|功能区|高新区|经开区|新区|集聚区|管理区|示范区|度假区)$"
)
SO_MANY = lazy("(?<![第0-9])[两二三四五六2-6]个?[省市县区旗州镇乡]?$")
OF_LEVEL = lazy(r"(自治区|[省市县区州旗盟镇乡]|街道)(委|委员会|党委|党工委|政协|政府|政府办|政府办公室|政府办公厅)$")
OF_EVERY = lazy(r"(各)[^，。；：\n]{1,12}[、和]$")
ITS_DEPARTMENTS = lazy(
    r"(?:各?(?:有关|相关|组成|直属|工作|职能)(?:部门|机构|单位)|各部门|各直属(?:机构|单位))(?:和单位|、单位|、直属单位)?"
)


def national(b: Bodies, i: int) -> int:
    """A body of the state or the party that stands alone, with what hangs on it ('环境保护部督查组')."""
    word, start, end = b.t.word(i), b.t.starts[i], b.t.starts[i + 1]
    if start in b.at_end and b.at_end[start][1].props.get("kind") == "firm":  # '…分公司环保部'
        begin, host, whole = b.at_end[start]
        return b.inner(host, begin, start, end, whole)
    if word == "中央" and (stop := mends(b, i)):
        return stop
    if b.text[start - 1 : start] in ("市", "省", "县", "区") and word == "国资委":
        prefix = b.prefix(i)
        return b.record(
            prefix.start, end, enter(b.scene, prefix, word, "department", b.text[prefix.start : end]), prefix
        )
    if b.text[start - 1 : start] in ("市", "省", "县", "区") or (word == "中央" and NOT_THE_CENTRE.match(b.text, end)):
        return 0
    if many := REGIONAL_ALL.match(b.text, end):
        return regional(b, word, start, many)
    nested = b.nested(end)
    stop = nested or end
    told = word != "中央" and b.text.endswith("落实", 0, start)  # '贯彻落实' + '中央…领导小组会议精神'
    if not told and (own := tends(b, start + 2, stop + 3 * b.text.startswith("办公室", stop))) is not None:
        return own
    official = str(table("organs.toml")["national"][word])
    head = b.scene.entity(
        "Agency",
        f"100000/{official.removeprefix('中华人民共和国')}",
        official,
        word,
        "中国",
        kind="national",
        level="country",
    )
    if nested:
        core = b.text[end:nested]
        of_no_other = word == "中央"  # '中央第二生态环境保护督察组': of the centre, no part of the party's committee
        key, name = (
            (f"100000/{word}{core}", f"{word}{core}") if of_no_other else (f"{head.key}/{core}", f"{official}{core}")
        )
        sub = b.scene.entity("Agency", key, name, b.text[start:nested], "中国", kind="department")
        sub.aliases += [x for x in (core,) if x not in sub.aliases]
        if not of_no_other:
            b.part_of(sub, head, start, nested)
        if section := b.nested(nested):  # '…兵团生态环境局大气环境处'
            return b.inner(sub, start, nested, section, Prefix(start))
        return b.record(start, nested, sub, Prefix(start))
    head.props.pop("inferred", None)
    return b.record(start, end, head, Prefix(start))


def regional(b: Bodies, word: str, start: int, many: re.Match[str]) -> int:
    """Bodies of one kind of a ministry in several parts of the country ('环境保护部华东、华南环境保护督查中心')."""
    official = str(table("organs.toml")["national"][word])
    key = f"100000/{official.removeprefix('中华人民共和国')}"
    head = b.scene.entity("Agency", key, official, word, "中国", kind="national", level="country")
    at = many.start()
    for part in many.group(1).split("、"):
        core, stop = f"{part}{many.group(2)}", at + len(part)
        begin = start if at == many.start() else at
        e = b.scene.entity("Agency", f"{key}/{core}", f"{official}{core}", f"{word}{core}", "中国", kind="department")
        e.aliases += [x for x in (core,) if x not in e.aliases]
        stop = many.end() if stop == many.end(1) else stop
        b.part_of(e, head, begin, stop)
        b.record(begin, stop, e, Prefix(begin))
        at = stop + 1
    return many.end()


def organ(b: Bodies, i: int) -> int:
    """A whole organ: of the place or level before it, of each place of a list, or of a level it names itself ('市委')."""
    word, start, end = b.t.word(i), b.t.starts[i], b.t.starts[i + 1]
    prefix, core = b.prefix(i), word
    if word == "街办" and b.text[start - 1 : start] in ("各", "镇"):
        return b.a_class(start - 1, end, b.text[start - 1 : end])
    if word.endswith("部") and b.text.startswith("门", end) and word in words_of("party_offices"):  # '宣传部门'
        branch = enter(b.scene, prefix, f"{word}门", "branch", b.text[prefix.start : end + 1])
        return b.record(prefix.start, end + 1, branch, prefix)
    zones = b.scene.listed.get(start)
    if b.t.letters[max(0, i - 2) : i] == "LL" and start not in b.ends:  # '市县政协'
        first = b.t.starts[i - 2]
        cities = CITIES.search(b.text, max(0, first - 2), first)
        first = cities.start() if cities else first
        return b.a_class(first, end, b.text[first:end])
    if m := OF_LEVEL.match(word):
        before = b.ends.get(start)
        division = b.scene.level_place(m.group(1))
        beside = b.at_end.get(start - (b.text[start - 1 : start] in SEPARATORS), (0, None, Prefix(0)))[2].region
        where = (
            before[1]
            if before and before[1].name.endswith(m.group(1))
            else beside  # '清远市委、市政府'
            if beside is not None and beside.label == "Region" and beside.name.endswith(m.group(1))
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
        n := len(word) - len(word.lstrip("村街道"))
    ) and start + n in b.ends:  # '高家坪村' and '村委会' share a character
        s, place = b.ends[start + n]
        prefix, core, places = Prefix(s, place), {"办事处": "街道办事处", "办": "街道办事处"}.get(word[n:], word), []
    elif word in ("行署", "盟行署"):
        league = b.scene.level_place("盟")
        prefix, core, places = (
            Prefix(start, region(b.scene, league, inferred=True) if league else None, "" if league else "盟"),
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
    if core.endswith("政府") and (m := ITS_DEPARTMENTS.match(b.text, end)):
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
        own = prefix.start if prefix.level or SO_MANY.search(b.text, max(0, prefix.start - 4), prefix.start) else start
        end = b.spread(places, core, kind, prefix.start, own, end)
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


CONFERENCE = lazy("政协$|^中国人民政治协商会议[\u4e00-\u9fff]+委员会$|人民代表大会(?:常务委员会)?$|人大(?:常委会)?$")
CITIES = lazy("各?设$")  # '各设' + '区市政府'
EVERYWHERE = lazy(
    "(各级|各地|[两二三四五六七八九十0-9]+个?(?:县区|区县|市县|县市|乡镇|镇街|镇乡|街道|[省市州盟县区旗镇乡])(?:（[省市州盟县区旗镇乡街道、]{1,8}）)?)"
    "(?:地方)?党(?:委|工委|组织)[、和]$"
)
HEADED = lazy("(?:常务副|副|代)?([省市县区旗州])长")


def bare_organ(b: Bodies, start: int, end: int, word: str) -> int:
    """An organ without place: of the body or place named before it ('县委、政府', '大石头村党支部、村委会'), else nothing."""
    kind = "government" if "政府" in word else "organ"
    c = b.text[start - 1 : start]
    if word in words_of("of_conferences"):  # '市政协副主席、人口资源环境委员会主任'
        left = max(b.text.rfind(x, 0, start) for x in "。\n") + 1
        over = next(((x, p) for _, _, x, p in b.back(start, left) if CONFERENCE.search(x.name)), None)
        return b.inner(over[0], start, start, end, Prefix(start, over[1].region)) if over else 0
    if word.endswith("政府") and (m := EVERYWHERE.search(b.text, max(0, start - 20), start)):  # '各级党委、政府'
        b.a_class(start, end, f"{m.group(1)}{word}", word)
        both, said = b.scene.entities["Agency", f"class/{m.group(1)}{word}"], b.text[m.start() : end]
        both.aliases += [said] if said not in both.aliases else []
        return end
    if c and c in SEPARATORS and (start - 1) in b.at_end and word in words_of("bare_after_a_body"):
        before = b.at_end[start - 1][2]
        if before.region is not None and word in words_of("party_offices"):
            return b.inner(enter_host(b, before.region), start, start, end, Prefix(start, before.region))
        if before:
            e = enter(b.scene, before, word, kind, word)
            return b.record(start, end, e, Prefix(start, before.region, before.level))
    if word in words_of("named_by_themselves") and (own := own_name(b, start)) < start:
        prefix = b.prefix(b.t.begins[own])
        county = b.scene.home.get("county")
        home = region(b.scene, county, inferred=True) if county is not None else None
        place = prefix.region or home or last_place(b, own, ["county"])
        prefix = prefix if prefix else Prefix(own, place)
        return b.record(
            prefix.start, end, enter(b.scene, prefix, b.text[own:end], kind, b.text[prefix.start : end]), prefix
        )
    if c and c in SEPARATORS and word.endswith("政府") and (start - 1) in b.at_end:
        before_it = b.at_end[start - 1][1]
        if before_it.props.get("generic"):  # '各县区委、政府'
            return b.record(
                start, end, b.scene.entity("Agency", f"{before_it.key}/政府", word, word, generic=True), Prefix(start)
            )
    small = table("organs.toml")["of_small_places"].get(word) if c != "（" else ""  # '各乡镇人民政府（办事处）'
    if small and (each := EACH_ZONE.search(b.text, max(0, start - 10), start)):  # '某新区、各开发区管委会'
        return b.a_class(each.start(), end, b.text[each.start() : end])
    if small and c in SEPARATORS and (m := OF_EVERY.search(b.text, max(0, start - 16), start)):
        return b.a_class(start, end, f"{m.group(1)}{word}", word)  # '各镇人民政府、街道办事处'
    if small and (place := last_place(b, start, small.split())) is not None:
        core = {"办事处": "街道办事处", "村民委员会": "村委会"}.get(word, word)
        e = enter(b.scene, Prefix(start, place), core, kind, word)
        return b.record(start, end, e, Prefix(start, place))
    if word == "政府" and (m := HEADED.match(b.text, end)) and (not c or c in "，。；：、\n"):  # '政府副县长'
        level = b.scene.level_place(m.group(1))
        prefix = Prefix(start, region(b.scene, level, inferred=True)) if level else Prefix(start, None, m.group(1))
        e = enter(b.scene, prefix, word, kind, word if level else f"{m.group(1)}{word}")
        e.aliases += [word] if word not in e.aliases else []
        return b.record(start, end, e, prefix)
    begins = c in ("", *"，。；：\n") or b.text.endswith(("领着", "带着", "带领", "率领", "召集", "会同"), 0, start)
    listed = begins and b.text.startswith("、", end) or c == "、" and start - 1 in b.at_end
    runs_on = c == "委" and b.t.letters[b.t.at(start - 1)] == "T" == b.t.letter_at(end)  # '常委' + '组织部' + '部长'
    if (listed or runs_on or c and c in "，兼和、") and word in words_of("bare_after_a_title"):
        home = place_in_hand(b, start)
        if home is None and (beside := committee_before(b, start)):  # '县委常委、纪委书记' of a county nothing tells
            open_level = Prefix(start, None, beside.level)
            if word in words_of("party_offices"):
                host = enter(b.scene, open_level, "委员会", "party", f"{beside.level}委")
                return b.inner(host, start, start, end, open_level)
            return b.record(start, end, enter(b.scene, beside, word, kind, f"{beside.level}{word}"), open_level)
        if home is None and listed:  # '政府办、组织部、…' of a place that nothing tells
            return b.record(start, end, enter(b.scene, Prefix(start), word, kind, word), Prefix(start))
        if home is not None:
            if word in words_of("party_offices"):
                head = enter_host(b, home)
                return b.inner(head, start, start, end, Prefix(start, home))
            return b.record(start, end, enter(b.scene, Prefix(start, home), word, kind, word), Prefix(start, home))
    return 0


def committee_before(b: Bodies, start: int) -> Prefix | None:
    """What places the committee whose member's title stands before the mark before an offset; None for no title there."""
    k = b.t.at(start - 1) - 1
    if k < 0 or b.text[start - 1] != "、" or b.t.letters[k] != "T" or b.t.starts[k] not in b.at_end:
        return None
    prefix = b.at_end[b.t.starts[k]][2]
    return prefix if prefix.level else None


def own_name(b: Bodies, start: int) -> int:
    """Where a run of two to six unknown characters begins that stands between a mark, a verb or a place and an offset;
    the offset itself where there is none ('由恩城' + '派出所')."""
    k = b.t.at(start - 1) if start else -1
    while k >= 0 and b.t.letters[k] == "x" and start - b.t.starts[k] <= 6:
        if b.t.word(k) in FUNCTION or everyday_at(b.text, b.t.starts[k]) or b.t.starts[k + 1] in b.ends:
            break
        k -= 1
    at = b.t.starts[k + 1]
    bounded = k < 0 or b.t.letters[k] in "pV" or at in b.ends or b.t.word(k) in "由和与"
    return at if bounded and start - at >= 2 else start


def enter_host(b: Bodies, home: Entity) -> Entity:
    """The party committee of a place, inferred where nothing names it."""
    known = ("Agency", f"{home.key}/委员会") in b.scene.entities
    head = (
        enter(b.scene, Prefix(0, home), "委员会", "party", "")
        if not known
        else b.scene.entities["Agency", f"{home.key}/委员会"]
    )
    if not known:
        head.props["inferred"] = True
    return head


def last_place(b: Bodies, before: int, levels: list[str]) -> Entity | None:
    """The place of some level named last before an offset in its sentence, else the only one of the notice."""
    left = max(b.text.rfind(c, max(0, before - 400), before) for c in "。\n") + 1
    zone = ("新区", "开发区", "示范区", "高新区", "园区") if "zone" in levels else ()
    near = next(
        (x for x in b.scene.places_back(before, left) if x.props.get("level") in levels or x.name.endswith(zone)), None
    )
    return near if near is not None else b.scene.only_place(levels)


COMMISSION = lazy("[建交经科教农](?=委(?![员托派会任书培]))")


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
