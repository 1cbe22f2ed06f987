"""Departments and branches of government: what they look after and a unit word, coordinated lists expanded."""

from __future__ import annotations

import re

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.prose.count import number
from loaders.prose.page import Entity
from loaders.prose.recognise import groups
from loaders.prose.recognise.bare import own_name
from loaders.prose.recognise.domains import of_provinces, of_two_domains
from loaders.prose.recognise.hand import (
    firm_in_hand,
    of_every,
    of_its_level,
    of_the_province,
    own_office,
    place_in_hand,
)
from loaders.prose.recognise.lexicon import table, units
from loaders.prose.recognise.own_firm import own_firm, whole_name
from loaders.prose.recognise.places import region
from loaders.prose.recognise.surroundings import SEPARATORS, Bodies, Prefix, canonical, enter, words_of
from loaders.words import COUNT, NTH, OFFICIALS, SEVERAL, WHICH

BRANCH = lazy(
    f"等?(?:{COUNT}个)?(?:有关|相关|职能|责任|(?:行政|行业|业务)?主管|[省市县区州]直|[省市县区州]级)?部门(?!规章|联动|协同|责任(?!人)|间)(?:和单位|、单位|及单位)?"
    f"|等(?:{COUNT}[个家]?)?(?:有关|相关|职能|责任|成员)?(?:单位(?:和部门|、部门)?|局办)(?!联动|间)"  # '公安、供电等单位'
    "|等(?P<level>[省市县区州旗])(?:级|直)?(?:有关|相关|职能)部门(?!联动|间)"  # '水务、林业等县相关部门'
    "|等(?=[^，。；、等]{2,16}(?:指挥部|领导小组|委员会|专班|协调机制)(?:各)?成员单位)"
)
COUNTED = lazy(rf"(?P<more>(?:、[\u4e00-\u9fff]{{2,3}})*?)(?P<n>{SEVERAL})[家个](?:成员)?(?:单位|部门)(?!联动|间)")
"""What counts the branches of a list, a town or two by their short names among them ('住建、交通、大因3家单位')."""
TOGETHER = lazy(
    r"(?:[两二三四五六七八九十]|几)(?:个?大?部门|家单位|个单位|家|方)(?=要|应|须|必须|务必|联合|联手|共同|合力|合署|协同|各|都|一起|每)"
    r"|、(?=(?:[\u4e00-\u9fff]{2,6}(?:办|局|委|中心|办公室)、?){1,4}等(?:有关|相关|[省市县区州]直|[省市县区州]级)?(?:部门|单位))"
)  # '检察、公安、水利三家要', '公安、工信' + '、河长办等部门'
THEIR_HEADS = lazy(f"(?=等?的?{WHICH}{OFFICIALS})")  # '城管、交警的负责人'
LEGAL = lazy("(?:股份|集团)?有限(?:责任)?公司")
SQUAD = lazy(r"(?:公安)?交警(?![支大中]队|总队|部门)[\u4e00-\u9fff]{1,2}(?:大队|中队)")
NUMBERED = lazy(f"第{NTH}$")
OF_THE_FORESTS = ("林业局", "森林经营局", "林管局", "森工局", "森林工业局")
"""Bureaus that run a forest and bear its name."""
FORCE = lazy(r"机关(?!事务|党|干部)")
FORCES = ("公安", "检察", "司法", "监察", "纪检监察", "税务")  # '公安机关' is what 公安部门 is
NAMELESS = ("站", "室", "社", "厅", "点", "段", "队")  # bodies of this kind that nothing places are a class of bodies
OF_OFFICES = ("督查室", "研究室", "信息室", "督查科")
"""Sections of a committee's or a government's own office."""
STATIONS = ("所", "站", "服务中心")  # what a town has of its own
EVERY = lazy(
    r"(?:各|全[省市县]|所有|有关|相关)(?:级|镇（街道）|乡镇（街道）|镇（街）|乡（镇）|镇（办）|设区市|省、自治区、直辖市|省（区、市）|省（自治区、直辖市）|省|市（州）|州市|师市|盟市|旗县|街道|县区|区县|县（市、区）|县（市）区|县（区）|省区市|市州|省市|市区县|市县区|市县|县市区|县|区|市|镇街|镇办|镇|乡镇|地|派驻)"
)
OF_SEVERAL = lazy(r"(?:(?:[两二三四五六七八九十]|\d+个?)(?:省区|县市|县区|市县|区县|州市|省|市|县|区|地|旗|镇|乡))+$")
COUNT_OF_PLACES = lazy("等?(?P<n>[两二三四五六七八九])(?:地|方|[省市县区州旗])$")
OR_SO = lazy("（[局厅委办站所]）")  # '林业厅（局）': what it is called differs from place to place
SIDES = ("三方", "双方", "各方", "两地", "三地", "四地", "各地", "属地", "当地", "上级", "下级")


def department(b: Bodies, i: int) -> int:
    """D+ and a unit word, or a branch ('环保部门'), or a coordinated list of branches."""
    j = i
    if b.ends.get(b.t.starts[i + 1], (b.t.starts[i],))[0] < b.t.starts[i]:
        return 0  # '长寿经济技术开发区' + '管理委员会'
    if b.t.letters[i + 1 : i + 2] == "D" and b.t.word(i) in words_of("domains_that_are_verbs"):
        return 0  # '组织' + '公安、住建等部门'
    while j < len(b.t.letters) and b.t.letters[j] == "D":
        j += 1
    if b.t.letters[j : j + 1] == "P" and b.text.startswith("分局", b.t.starts[j + 1]):
        return branch_office(b, i, j)
    if squad := SQUAD.match(b.text, b.t.starts[i]):  # '交警' + '大因' + '大队'
        prefix = b.prefix(i)
        e = enter(b.scene, prefix, squad.group(), "department", b.text[prefix.start : squad.end()])
        return b.record(prefix.start, squad.end(), e, prefix)
    k = j  # '农牧和科技' + '局'
    while k + 1 < len(b.t.letters) and b.t.word(k) in ("和", "与") and b.t.letters[k + 1] == "D":
        k += 2
        if (
            (m := units().match(b.text, b.t.starts[k]))
            and b.unit_ok(b.t.starts[k], m.end())
            and m.group() not in ("部",)
        ):
            j = k
    end = b.t.starts[j]
    m = units().match(b.text, end)
    if m and b.unit_ok(end, m.end()):
        stop = m.end()
        longer = b.t.begins.get(end)
        if longer is not None and b.t.letters[longer] in "OQ" and b.t.starts[longer + 1] > stop:
            stop = b.t.starts[longer + 1]
        return unit(b, i, stop)
    if j < len(b.t.letters) and b.t.letters[j] == "Q":
        return groups.task(b, j)
    if b.t.letters[j : j + 1] == "N" and b.t.word(j).endswith("部"):  # a firm's own '能源' + '环保部', no ministry
        return unit(b, i, b.t.starts[j + 1])
    return branches(b, i, j)


OF_BUREAU = lazy("(?<![\u4e00-\u9fff、])[省市县区州旗][厅局]$|(?<=[，。；、和与及由对向经报到])[省市县区州旗][厅局]$")
WORKS = lazy("项目|工程|工地|大厦|广场|大楼|地块")


def unit(b: Bodies, i: int, stop: int) -> int:
    """One department that ends at stop; spread over the places of a list before it."""
    start, prefix = b.t.starts[i], b.prefix(i)
    core = b.text[start:stop]
    if prefix and (legal := LEGAL.match(b.text, stop)):  # '敦化林业局' + '有限公司'
        whole = b.text[prefix.start : legal.end()]
        return b.record(
            prefix.start, legal.end(), b.scene.entity("Agency", f"firm/{whole}", whole, kind="firm"), prefix
        )
    if prefix.region is not None and prefix.region.props.get("level") == "village" and core[-1] in "局厅委":
        home = place_in_hand(b, start)
        prefix = Prefix(start, home) if home is not None else Prefix(start)  # '在东刘村' + '应急管理局分包点位'
    if not prefix and core.endswith("中心") and WORKS.match(b.text, stop):
        return 0  # '龙湖金融中心项目工地'
    if core[-1] == "站" and b.text[stop : stop + 1] in ("点", "房") and b.text[stop : stop + 2] != "点名":
        return stop  # '大气监测站点' are where one measures
    if b.text[start - 1 : start] == "）" and (end := of_provinces(b, start, stop)):
        return end
    if every := every_before(b, start):
        return b.a_class(every.start(), stop, b.text[every.start() : stop])
    if not prefix and (either := OR_SO.match(b.text, stop)):
        return b.a_class(start, either.end(), b.text[start : either.end()])
    if (
        not prefix
        and (begin := own_name(b, start)) < start
        and core[-1] in "局处所站院心"
        and b.text[begin - 1] in "、，"
    ):
        prefix = b.prefix(b.t.begins[begin]) or b.inherit(begin)[0]  # '、赛岐' + '海事处'
        core, i, start = b.text[begin:stop], b.t.begins[begin], begin
    if not prefix and core[-1] in "科处室心" and start in b.at_end and b.at_end[start][1].props.get("kind") == "firm":
        return b.inner(b.at_end[start][1], b.at_end[start][0], start, stop, prefix)  # '…有限公司' + '安全环保科'
    if not prefix and core[-1] == "部" and (firm := firm_in_hand(b, start) or own_firm(b, start)) is not None:
        return b.inner(firm, start, start, stop, prefix)  # '…公司经理某某、' + '安全环保部' + '部长'
    if not prefix and core[-1] in "科处室心站队" and (firm := own_firm(b, start)) is not None:
        start = whole_name(b, start)  # '水质' + '监测中心' in a firm's own notice
        return b.inner(firm, start, start, stop, prefix)
    if not prefix and core[-1] in "局所站队心" and (begin := own_name(b, start)) < start and begin in b.ends:
        i, start, prefix = b.t.begins[begin], begin, Prefix(*b.ends[begin])  # '石桥镇' + '东关' + '环卫所'
        core = b.text[start:stop]
    if not prefix and (joined := of_two_domains(b, i)) is not None:  # '城镇建设和' + '林草服务中心'
        i, start, prefix = joined, b.t.starts[joined], b.prefix(joined)
        core = b.text[start:stop]
    if not prefix and core in OF_THE_FORESTS and (begin := own_name(b, start)) < start:  # '二道白河' + '林业局'
        core, prefix = b.text[begin:stop], b.prefix(b.t.begins[begin])
        met = [e for e in b.scene.by_end.get("局", ()) if core.endswith(e.key.split("/")[-1])]
        if len(met) == 1 and not prefix:
            met[0].aliases += [core] if core not in met[0].aliases else []
            return b.record(begin, stop, met[0], Prefix(begin))
        i, start = b.t.begins[begin], begin
    if m := NUMBERED.search(b.text, max(0, start - 4), start):
        core, start = m.group() + core, start - len(m.group())
    if (nation := b.text[start - 2 : start]) in ("国家", "中国"):
        name = f"{nation}{core}"
        return b.record(
            start - 2,
            stop,
            b.scene.entity("Agency", f"100000/{name}", name, name, "中国", kind="national", level="country"),
            Prefix(start - 2),
        )
    if not prefix and core[-1] in "科股处室队局办" and (m := OF_BUREAU.search(b.text, max(0, start - 3), start)):
        host, at = of_its_level(b, m.group()), m.start()  # '市局大气科'
        if host is not None:
            return b.inner(host, at, start, stop, prefix)
        e = enter(b.scene, Prefix(start), b.text[at:stop], "department", b.text[at:stop])
        return b.record(at, stop, e, prefix)
    if not prefix and (host := own_office(b, start)) is not None:  # '厅执法局' of the 厅 in hand
        return b.inner(host, start - 1, start, stop, prefix)
    if not prefix and (office := office_before(b, start)) is not None:  # '顺德分局' + '大气环境科'
        return b.inner(office[1], office[0], start, stop, prefix)
    tail = b.nested(stop)
    places = b.places_before(prefix)
    counted = OF_SEVERAL.search(b.text, max(0, start - 4), start) if len(places) < 2 else None
    if counted and not (prefix and prefix.start < counted.start()):  # '两区环保局', but '二七区环保局'
        return b.a_class(counted.start(), stop, b.text[counted.start() : stop])
    if not prefix:
        prefix, spread = b.inherit(start)
        if spread and core.endswith(("科室", "科", "处", "股")):  # of the bureaus that the list names, no place's
            return b.a_class(start, stop, core)
        places = places or spread
        if not prefix and not spread and (own := known(b, core)):
            return b.record(prefix.start, stop, own, prefix)
        if not prefix and not spread and core.endswith("厅"):
            prefix = of_the_province(b, start)
        if (
            not prefix
            and not spread
            and core.endswith(("所", "站", "队", "中心"))
            and b.t.letter_at(stop) in ("T", "s")
        ):
            town = b.last_body(start, "township")  # '坊前镇派出所所长…、司法所所长…'
            prefix = Prefix(start, town) if town is not None else prefix
        if not prefix and not spread and core.endswith(STATIONS) and (own_town := b.scene.home.get("township")):
            prefix = Prefix(start, region(b.scene, own_town, inferred=True))  # '由村镇建设站牵头' in a town's notice
        if not prefix and not spread and b.t.letter_at(stop) in ("T", "s") and of_every(b, start):
            return b.a_class(start, stop, b.text[start:stop], prefix=prefix)
        if not prefix and not spread and core in OF_OFFICES and after_a_title(b, i, stop):
            near = next(((s, x, p) for s, _, x, p in b.back(start, max(0, start - 16)) if x.label == "Agency"), None)
            if near is not None and near[1].props.get("kind") in ("party", "government"):
                return b.inner(near[1], start, start, stop, near[2])  # '市委副秘书长、督查室主任'
        if not prefix and not spread and after_a_title(b, i, stop):  # '副县长、公安局局长'
            home = place_in_hand(b, start)
            prefix = Prefix(start, home) if home is not None else prefix
    if not prefix and not places and not tail and core.endswith(NAMELESS) and b.t.letter_at(stop) not in ("T", "s"):
        return b.a_class(start, stop, b.text[start:stop], prefix=prefix)
    if len(places) > 1 and not tail:
        return b.spread(places, core, "department", prefix.start, prefix.start, stop)
    head = enter(b.scene, prefix, core, "department", b.text[prefix.start : stop])
    if tail:
        return b.inner(head, prefix.start, stop, tail, prefix)
    return b.record(prefix.start, stop, head, prefix)


def office_before(b: Bodies, start: int) -> tuple[int, Entity] | None:
    """The branch that a place and 分局 name short right before an offset, where the notice has named it in full, and where
    its short name begins."""
    at = start - 2
    if b.text[max(0, at) : start] != "分局" or at not in b.ends:
        return None
    begin = b.ends[at][0]
    known = [
        e for (label, _), e in b.scene.entities.items() if label == "Agency" and e.name.endswith(b.text[begin:start])
    ]
    return (begin, known[0]) if len(known) == 1 else None


def branch_office(b: Bodies, i: int, j: int) -> int:
    """'公安静海分局': the branch in a county of the bureau of the city above it."""
    start, end, word = b.t.starts[i], b.t.starts[j + 1] + 2, b.t.word(j)
    _, place = b.ends.get(b.t.starts[j + 1], (0, None))
    county = gazetteer().get(place.key) if place is not None else None
    codes = county.parents if county is not None else ()
    over = gazetteer().get(codes[-1]) if codes else None
    if over is None:
        return 0
    prefix = Prefix(start, region(b.scene, over, inferred=True))
    core = f"{b.text[start : b.t.starts[j]]}局{word}分局"
    e = enter(b.scene, prefix, core, "department", b.text[start:end])
    if tail := b.nested(end):
        return b.inner(e, start, end, tail, prefix)
    return b.record(start, end, e, prefix)


def after_a_title(b: Bodies, i: int, stop: int) -> bool:
    """Whether a department stands in a chain of posts: a title before it, and its own head's title behind it."""
    t = b.t
    return i > 1 and t.word(i - 1) in "、，兼" and t.letters[i - 2] == "T" and t.letter_at(stop) in ("T", "s")


def known(b: Bodies, core: str) -> Entity | None:
    """The one body met so far with this own name."""
    same = b.scene.by_core.get(canonical(core), ())
    return same[0] if len(same) == 1 else None


def every_before(b: Bodies, at: int) -> re.Match[str] | None:
    """The words that end at an offset and mean every place of a level ('各镇街' + '应急办')."""
    return next((m for m in EVERY.finditer(b.text, max(0, at - 10), at) if m.end() == at), None)


def branches(b: Bodies, i: int, j: int) -> int:
    """'公安、交通部门', '省气象、环保等部门': one branch of government a domain."""
    spans = [(b.t.starts[i], b.t.starts[j])]
    k = j
    while k + 1 < len(b.t.letters) and b.t.word(k) in SEPARATORS and b.t.letters[k + 1] == "D":
        a = k + 1
        k = a
        while k < len(b.t.letters) and b.t.letters[k] == "D":
            k += 1
        if units().match(b.text, b.t.starts[k]) and b.unit_ok(b.t.starts[k], b.t.starts[k] + 1):
            return 0
        spans.append((b.t.starts[a], b.t.starts[k]))
    m = (
        (len(spans) > 2 and THEIR_HEADS.match(b.text, spans[-1][1]))
        or (len(spans) > 1 and TOGETHER.match(b.text, spans[-1][1]))
        or BRANCH.match(b.text, spans[-1][1])
        or (FORCE.match(b.text, spans[-1][1]) if b.text[slice(*spans[-1])] in FORCES else None)
    )
    counted_ = COUNTED.match(b.text, spans[-1][1]) if not m and len(spans) > 1 else None
    if counted_ is not None and len(spans) + counted_["more"].count("、") == number(counted_["n"]):
        m = counted_
        towns_among(b, m.start(), m.end("more"), m.end())
    if not m or (b.t.word(i) in words_of("domains_that_are_verbs") and m.group()[0] in "有相职责"):
        return 0  # '组织相关部门': a verb
    every = every_before(b, spans[0][0])
    if every and every.group()[-1] not in "级地驻":
        own = (
            b.text[spans[0][1] : m.end()] if len(spans) == 1 and m.group()[0] != "等" else "部门"
        )  # '建设' + '主管部门'
        for n, (s, e) in enumerate(spans):  # '各县区公安、交通部门'
            begin, stop = (s if n else every.start()), (m.end() if n == len(spans) - 1 else e)
            b.a_class(begin, stop, f"{every.group()}{b.text[s:e]}{own}", f"{b.text[s:e]}{own}")
        return m.end()
    if len(spans) == 1 and len(told := counted_before(b, spans[0][0])) > 1:  # '甲市、乙市两地' + '公安部门'
        return b.spread(told, f"{b.text[slice(*spans[0])]}部门", "branch", spans[0][0], spans[0][0], m.end())
    prefix = b.prefix(i)
    if not prefix and (level := m.groupdict().get("level")):
        home = b.scene.level_place(level)
        where = region(b.scene, home, inferred=True) if home is not None else None
        prefix = Prefix(spans[0][0], where, "" if home is not None else level)
    if not prefix and b.text[spans[0][0] : m.end()] == "司法机关":
        return b.a_class(spans[0][0], m.end(), "司法机关")
    if not prefix and b.text[max(0, spans[0][0] - 2) : spans[0][0]] in ("各级", "基层", *SIDES):
        prefix = Prefix(spans[0][0] - 2)
    counted = OF_SEVERAL.search(b.text, max(0, spans[0][0] - 4), spans[0][0])
    if counted and len(b.places_before(prefix)) < 2:  # '四市公安、交通部门'
        prefix = Prefix(counted.start())
    if len(spans) == 1 and not counted and len(places := b.places_before(prefix)) > 1:  # '青浦区、嘉善县生态环境部门'
        return b.spread(places, f"{b.text[slice(*spans[0])]}部门", "branch", prefix.start, prefix.start, m.end())
    for n, (s, e) in enumerate(spans):
        domain = b.text[s:e]
        begin = prefix.start if n == 0 else s
        last = n == len(spans) - 1 and not (m is counted_ and counted_["more"])
        stop = m.end() if last else e
        surface = (
            b.text[begin:stop]
            if len(spans) == 1 and m.group()[0] != "等"
            else f"{b.text[prefix.start : spans[0][0]] if prefix else ''}{domain}部门"
        )
        sides = b.text[prefix.start : s] if n == 0 and prefix.region is None else ""
        if len(spans) == 1 and (sides in SIDES or counted):  # '三方生态环境部门', '三县公安机关': a class of bodies
            return b.a_class(begin, stop, surface, prefix=prefix)
        entity = department_of(b, prefix, domain) or enter(b.scene, prefix, f"{domain}部门", "branch", surface)
        for x in (surface, f"{domain}部门", domain if len(spans) > 1 else ""):
            if x and x != entity.name and x not in entity.aliases and not (prefix and x == domain):
                entity.aliases.append(x)
        b.record(begin, stop, entity, prefix)
    return spans[-1][1] if m is counted_ and counted_["more"] else m.end()


def counted_before(b: Bodies, at: int) -> list[Entity]:
    """The places of a list whose count ends at an offset ('济南市、泰安市两地'), as many as it says; [] for none."""
    m = COUNT_OF_PLACES.search(b.text, max(0, at - 5), at)
    places = [place for _, place in b.listed_to(m.start())] if m else []
    return places if m and len(places) == number(m["n"]) else []


def towns_among(b: Bodies, start: int, end: int, close: int) -> None:
    """The towns of the notice's own county that a list of start..end names in short, each behind a mark; what closes the
    list, up to ``close``, goes with the last."""
    county = b.scene.home.get("county")
    towns = gazetteer().children(county.adcode) if county is not None else ()
    for m in re.finditer("[\u4e00-\u9fff]+", b.text[start:end]):
        named = [p for p in towns if p.name in (f"{m.group()}{kind}" for kind in ("镇", "乡", "街道"))]
        at, stop = start + m.start(), start + m.end()
        stop = close if stop == end else stop
        if len(named) == 1 and b.scene.free(at, stop):
            b.scene.mention(region(b.scene, named[0], m.group()), at, stop)


def department_of(b: Bodies, prefix: Prefix, domain: str) -> Entity | None:
    """The department of the same place that looks after a domain, where the notice names it by its full name."""
    if prefix.region is None:
        return None
    full = str(table("organs.toml")["spelt"].get(domain, domain))
    for unit in ("厅", "局", "委员会"):
        if e := b.scene.entities.get(("Agency", f"{prefix.region.key}/{full}{unit}")):
            return e
    return None
