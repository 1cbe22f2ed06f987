"""Agencies, found left to right: the class of the word at hand says which kind of body may stand there."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter

from kg.lazy import lazy
from kg.sieve import compiled
from loaders.prose.page import Entity
from loaders.prose.recognise import beside, firms, keepers, own_firm, under
from loaders.prose.recognise.departments import department
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.groups import task
from loaders.prose.recognise.hand import of_its_level, own_office
from loaders.prose.recognise.inside import an_office
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.naming import Prefix, enter
from loaders.prose.recognise.nation import national
from loaders.prose.recognise.organs import committee, organ
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.set_up import own_prefix
from loaders.prose.recognise.surroundings import Bodies
from loaders.prose.recognise.tokens import Tokens
from loaders.prose.recognise.works import firm
from loaders.words import HAN_NUMBER, INSPECTION, NTH, OTHER_PARTIES

KINDS: dict[str, Callable[[Bodies, int], int]] = {
    "N": national,
    "D": department,
    "O": organ,
    "Q": task,
    "F": firm,
    "C": committee,
}
"""Letter of a word (C: the single character 委) -> reader of the body that it may belong to: (bodies, word) -> where the
body ends, 0 for none."""
READABLE = lazy("[NDOQFC]")
COMMITTEE = lazy("委")


GROUP = lazy(
    r"(?<![\u4e00-\u9fff])((?:(?![由与和对将把向在要应从各的为及])[\u4e00-\u9fff]){1,7}组)(?=副?组长[、：]|由|负责|牵头|要|应当|须|实地|每[天日周月]|对|将|开展|一行|采取|通过|先后|深入|分别)"
)
SET_UP_GROUPS = lazy(
    "(?:下[设辖]|[内分]设|设立?|成立)[了的]?(?P<list>(?:(?:(?!的)[\u4e00-\u9fff]){2,9}组[、和及]){1,9}(?:(?!的)[\u4e00-\u9fff]){2,9}组)(?![织长员])"
)
HEADED_GROUP = compiled(
    rf"^[ \u3000\t]*(?:（(?:{HAN_NUMBER}|\d+)）|{HAN_NUMBER}、|\d{{1,2}}[.．、])[ \u3000]*(?P<name>(?!成立|组建|组织|设立|村民|居民|各|每|第)[\u4e00-\u9fff]{{2,9}}组)(?:[。：\s]|$)"
    r"\s*(?=副?组长|牵头|成员|负责|职责|主要职责|工作职责|由|责任单位|责任领导)",
    re.MULTILINE,
)
ITS_GROUP = lazy("[^、和及]+")
NO_GROUP = lazy(
    r"^(?:个|支|各|全|每|两|三|该|本|小|一|二|三|四|五|六|七|八|九|十|第|村民|居民|分|重|(?:检查|督查|督察|督导|工作|调研|考核|巡查|专家|领导|项目)[小分]?组$|班|组织|成立|组建)"
)


def groups(bodies: Bodies) -> None:
    """Groups of a task that no table has, before what a body does ('路面执法组由…牵头'), where several are set up
    ('下设路面执法组、宣传组') or where an item is headed by one ('（一）路面执法组。组长…')."""
    several = (x for m in SET_UP_GROUPS.finditer(bodies.text) for x in ITS_GROUP.finditer(bodies.text, *m.span("list")))
    headed = [m.span("name") for m in HEADED_GROUP.finditer(bodies.text)]
    for start, end in [m.span(1) for m in GROUP.finditer(bodies.text)] + [m.span() for m in several] + headed:
        name = bodies.text[start:end]
        if (start, end) not in headed and NO_GROUP.match(name) or not bodies.scene.free(start, end):
            continue
        i = bodies.t.begins.get(start, -1)
        levelled = i >= 0 and bodies.t.letters[i] == "L"  # '市' + '第一包片组'
        prefix = bodies.prefix(i + 1) if levelled else own_prefix(bodies, start)
        core = bodies.text[bodies.t.starts[i + 1] : end] if levelled else name
        bodies.record(start, end, enter(bodies.scene, prefix, core, "task", name), prefix)


BUREAU = lazy(
    r"(?<=[省市县区州旗])(?!委办)((?:(?![的由与和对将把向在要应从各为及省市县区州旗局])[\u4e00-\u9fff]){1,4}(?:局|(?<![主交转督承领协经查开举合联试筹包同照创申补])办(?![法事理案公])))"
    r"(?=[、，。；和及与（）赴等要应负牵主副（已将批对向派包到]|主要|有关|相关|分管|联合|会同|组织|关于|汇报|通报|介绍|传达|报告)"
)


QUOTED = lazy(
    r"(?<=[省市县区州旗镇乡])(?:“[^”\n]{1,12}”|\d{3})(?:专项行动|专项整治|专项|攻坚|行动)?(?:工作)?(?:领导小组|指挥部)?(?:办公室|办(?![法事理案])|专班|领导小组|指挥部)"
)


NUMBERED = lazy(
    f"(?:生态环境保护|生态环境|生态环保|环境保护|环保|大气|污染防治|秸秆禁烧|禁烧)*(?:专项)?{INSPECTION}"
    f"第?{NTH}组(?!长)"
)


IN_A_NAME = lazy(r"(?<![局委办部厅处所站院中心队会])[和与及](?=[\u4e00-\u9fff]{2})")


def offices(bodies: Bodies) -> None:
    """Offices of a level or place whose last word says that they are one, though no table has all they are about
    ('市环境投诉举报中心', '县环境应急与事故调查中心')."""
    t, works = bodies.t, table("organs.toml")["offices"]["works"]
    for m in an_office("(?<=[省市县区州旗镇乡道园])").finditer(bodies.text):
        (start, end), own = m.span(), m["own"]
        i = t.begins.get(start)
        if i is None or not bodies.scene.free(start, end) or re.search(works, own):
            continue
        letters = [t.letters[k] for k in range(i, t.at(m.start("unit") - 1) + 1)]
        known = all(c == "D" for c in letters)  # one that the tables read
        if (
            known
            or "T" in letters
            or letters[0] in "VTPSK"
            and len(t.word(i)) > 1
            or 0 < everyday_at(bodies.text, start) > len(own)
        ):
            continue
        prefix = bodies.prefix(i)
        joined = sum(own.count(c) for c in "和与及")
        sent = bodies.text.startswith("驻", prefix.start - 1)  # '…厅驻' + '徐州环境监察专员办公室'
        if prefix and prefix.start < start and not sent and joined <= 1 and joined == len(IN_A_NAME.findall(own)):
            core, surface = bodies.text[start:end], bodies.text[prefix.start : end]
            bodies.record(prefix.start, end, enter(bodies.scene, prefix, core, "department", surface), prefix)


def campaigns(bodies: Bodies) -> None:
    """Offices of a campaign by its quoted name ('县“263”办'), teams by their number ('市环保督查五组')."""
    for m in (*QUOTED.finditer(bodies.text), *NUMBERED.finditer(bodies.text)):
        start, end = m.span()
        i = bodies.t.begins.get(start)
        prefix = bodies.prefix(i) if i is not None and bodies.scene.free(start, end) else Prefix(start)
        if prefix:
            core, surface = m.group(), bodies.text[prefix.start : end]
            bodies.record(prefix.start, end, enter(bodies.scene, prefix, core, "task", surface), prefix)


def bureaus(bodies: Bodies) -> None:
    """Bureaus of a level or place whose domain no table has ('市滇管局')."""
    t = bodies.t
    for m in BUREAU.finditer(bodies.text):
        start, end = m.span(1)
        i = t.begins.get(start)
        branch = bodies.text.startswith("分局", start)
        if (
            i is None
            or branch
            or not bodies.scene.free(start, end)
            or 0 < everyday_at(bodies.text, start) < end - start
        ):
            continue
        prefix = bodies.prefix(i)
        letters = [t.letter_at(n) for n in range(start, end - 1)]
        if prefix and "x" in letters and all(c in ("x", "W", "D", "P", "") for c in letters):
            core, surface = m.group(1), bodies.text[prefix.start : end]
            bodies.record(prefix.start, end, enter(bodies.scene, prefix, core, "department", surface), prefix)


PARTIES = lazy(OTHER_PARTIES)
OF_LEVEL = lazy("([省市县区州])委(?:员会|会)?(?![员书]|副(?!主委)|主(?!委))")
THEIR_BODY = lazy(r"区委会?(?!员)|(?:基层)?委员会|(?<=[省市县区州])委会?|总支部?|支部|支社")


def parties(bodies: Bodies) -> None:
    """Committees and branches of the democratic parties ('农工党来宾市委会')."""
    for m in PARTIES.finditer(bodies.text):
        start = m.start()
        at = next((e for e in range(m.end() + 8, m.end(), -1) if e in bodies.ends and bodies.ends[e][0] == m.end()), 0)
        if own := OF_LEVEL.match(bodies.text, m.end()):  # '民进市委会'
            division, name = bodies.scene.level_place(own.group(1)), bodies.text[start : own.end()]
            key = f"{division.adcode if division else '~'}/{m.group()}"
            e = bodies.scene.entity("Agency", key, name, name, division.name if division else "", kind="party")
            bodies.record(start, own.end(), e, Prefix(start))
            continue
        body = THEIR_BODY.match(bodies.text, at) if at else None
        if body is not None and bodies.scene.free(start, body.end()):
            name, (_, place) = bodies.text[start : body.end()], bodies.ends[at]
            e = bodies.scene.entity("Agency", f"{place.key}/{m.group()}", name, name, place.place, kind="party")
            bodies.record(start, body.end(), e, Prefix(start, place))


LEVEL_BUREAU = compiled(
    r"(?<![\u4e00-\u9fff])(?:[省市县区州旗][厅局])(?![长里机]|党组(?!书记|成员|副书记))|(?<=[，。；、和与及由对向经报到])[省市县区州旗][厅局](?![长里机]|党组(?!书记|成员|副书记))"
)
OURS = lazy(r"[我本][厅局委](?![长里机党托])")


def our_bureau(bodies: Bodies) -> None:
    """'我厅', '本局': the department that publishes; open where nothing tells which."""
    for m in OURS.finditer(bodies.text):
        start, end = m.span()
        if bodies.scene.free(start, end):
            e = own_office(bodies, end) or bodies.scene.entity("Agency", f"~/{m.group()}", m.group(), unresolved=True)
            if m.group() not in e.aliases:
                e.aliases.append(m.group())
            bodies.record(start, end, e, Prefix(start))


def level_bureaus(bodies: Bodies) -> None:
    """'省厅', '市局': the one department of that level and kind that the notice names, of several the environment's."""
    for m in LEVEL_BUREAU.finditer(bodies.text):
        start, end = m.span()
        one = of_its_level(bodies, m.group())
        if one is not None and bodies.scene.free(start, end):
            if m.group() not in one.aliases:
                one.aliases.append(m.group())
            bodies.record(start, end, one, Prefix(start))


def bureau_over(bodies: Bodies, before: int, city: str) -> Entity | None:
    """The bureau of a city (the first digits of its code) that the sentence has named last before an offset, itself or by
    one of its sections."""
    left = max(bodies.text.rfind(c, max(0, before - 200), before) for c in "。；\n") + 1
    near = (x for _, _, x, _ in bodies.back(before, left) if x.key.startswith(city) and "局" in x.name)
    over = next(near, None)
    if over is None:
        return None
    return bodies.scene.entities.get(("Agency", over.key.partition("局")[0] + "局"))


def branch_lists(bodies: Bodies) -> None:
    """Branches of the bureau in hand, by the short names of their places ('市生态环境局大气科，滕州、薛城分局')."""
    text, scene = bodies.text, bodies.scene
    for m in re.finditer("分局", text):
        at, places = m.start(), list[tuple[int, int, Entity]]()
        while at in bodies.ends:
            start, place = bodies.ends[at]
            places.insert(0, (start, at, place))
            at = start - 1 if text[start - 1 : start] in ("、", "和") else -1
        for start, end, place in places if m.start() in bodies.ends else ():
            stop, word = (m.end() if end == m.start() else end), f"{text[start:end]}分局"
            over = bureau_over(bodies, places[0][0], place.key[:4]) if place.key.isdigit() else None
            if over is not None and scene.free(start, stop):
                e = scene.entity(
                    "Agency", f"{over.key}/{word}", f"{over.name}{word}", word, over.place, kind="department"
                )
                bodies.part_of(e, over, start, stop)
                bodies.record(start, stop, e, Prefix(start))


PROCURACY = lazy(f"院(?=[、，。；就对将向要在的办以与和]|第{HAN_NUMBER}检察部)")


def procuracies(bodies: Bodies) -> None:
    """'德兴市院', '市院': the procuracy of a place or level, where the notice names one there and no court."""
    found = list(PROCURACY.finditer(bodies.text))
    every = {e.name: e for (label, _), e in bodies.scene.entities.items() if label == "Agency"} if found else {}
    for m in found:
        prefix = bodies.prefix(bodies.t.begins[m.start()]) if m.start() in bodies.t.begins else Prefix(0)
        place = prefix.region.name if prefix.region is not None else ""
        e = next((e for n, e in every.items() if place and n.endswith(f"{place}人民检察院")), None)
        court = any(n.endswith("人民法院") for n in every)
        if e is not None and not court and bodies.scene.free(m.start(), m.end()):
            word = bodies.text[prefix.start : m.end()]
            if word not in e.aliases:
                e.aliases.append(word)
            bodies.record(prefix.start, m.end(), e, prefix)


def committees(t: Tokens) -> str:
    """Classes of words, with that of a committee for 委 where no table knows it."""
    letters = bytearray(t.letters, "ascii")
    for m in COMMITTEE.finditer(t.text):
        if letters[k := t.at(m.start())] == ord("x"):
            letters[k] = ord("C")
    return letters.decode()


def read(scene: Scene, ends: dict[int, tuple[int, Entity]]) -> Bodies:
    """All bodies of a scene. ``ends`` maps where a place ends to its start and entity."""
    bodies, t, i = Bodies(scene, ends), scene.tokens, 0
    letters = committees(t)
    bureaus(bodies)
    offices(bodies)
    keepers.read(bodies)
    campaigns(bodies)
    parties(bodies)
    named = bytearray(len(t.text) + 1)
    for end, (start, _, _) in bodies.at_end.items():
        named[start:end] = b"\1" * (end - start)
    while found := READABLE.search(letters, i):
        i = found.start()
        end = 0 if named[t.starts[i]] else KINDS[found.group()](bodies, i)
        if not end:
            i += 1
        elif end > t.starts[i] and end in t.begins:
            i = t.at(end)
        else:
            i = max(i + 1, t.at(end - 1) + 1)
    branch_lists(bodies)
    firms.read(bodies)
    own_firm.read(bodies)
    level_bureaus(bodies)
    our_bureau(bodies)
    procuracies(bodies)
    under.read(bodies)
    groups(bodies)
    bodies.groups.sort(key=itemgetter(0))
    beside.read(bodies)
    return bodies
