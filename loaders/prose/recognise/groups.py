"""Task bodies (领导小组, 指挥部, 督察组) and firms: a last word, and what stands before it that belongs to the name."""

from __future__ import annotations

import re
from itertools import islice

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.hand import of_the_province
from loaders.prose.recognise.own_firm import own_firm
from loaders.prose.recognise.set_up import LASTING, called_by_number, own_prefix, tends, told_apart
from loaders.prose.recognise.surroundings import FUNCTION, Bodies, Prefix, canonical, enter, words_of
from loaders.prose.recognise.titled import titled
from loaders.words import BARE_TEAM, NTH, NUMERALS, TEAM_HEADS

HOSTED = lazy(r"(?:领导小组|指挥部|联席会议|委员会)办公室$")
FOUNDED = lazy(
    r"(?:成立|组建|设立|建立|组成|调整|充实)(?:了|由)?(?P<name>(?![\d一二三四五六七八九十两几多]|健全|完善)(?:(?![的由在为将]|各级|机制)[\u4e00-\u9fff“”]){2,30})$"
)
EACH_SETS_UP = lazy(
    r"(?P<each>(?:各|每一?个?|(?:\d+|[两三四五六七八九十]+)个)(?:村（社区）|行政村|村居|村组|村|社区|连队|团场|单位|部门|学校|企业|网格|县区|区县|县（市、区）|县（区）|县市区|市县|县市|乡镇|镇街|[县区市镇])(?:（街道）)?)"
    r"(?:[^，。；、\n]{0,6}|均|都|也|相继|先后|分别)(?:成立|组建|设立|建立)(?:了)?$"
)  # each of them its own group
SEVERAL = lazy(r"(?:\d+|[一二三四五六七八九十两几多各]+)(?:个|支)$|[两三四各]地$")
HELD = lazy(
    rf"(?:第{NTH}次(?:全体)?(?:会议|会商)?)?(?:在|于|会商|近日|日前)?(?:召开|举行|会商|\S{{2,8}}(?:召开|举行))(?!了?[^，。；：\n]{{2,20}}会)"
    r"|[上中前后期]|机制|制度"
)
BECAME = lazy("，?(?:已|将|正式)?(?:调整|更名|升格|改名|改组|改设|升级|变更|提升|改)(?:成|为)了?$")
OVER_IT = lazy("领导小组(?:办公室)?")  # '大气污染防治指挥部' + '领导小组办公室'
HOLDS = lazy(r"(?:召开|举行|举办)了?[^，。；：\n]{0,28}联席会议?$")
SET_UNDER = lazy("[下内]设(?:立|置)?的?$")
SENT = lazy("派?驻[\u4e00-\u9fff]{0,6}$")
TEAM = lazy(f"第{NTH}(?:小?组|分队)(?!组?长)")
TEAMS = lazy(f"{BARE_TEAM}|(?:验收|核验|评估|评审|专家)组")
GOES = lazy("(?:一路|先后|依次|分别|随后|又|还)*(?:[走跑查看]|来到|到|强调|指出|要求|认为)")
GOES_ON = lazy("[法理好证]|公(?!室)|事(?!处)|(?<=指)挥")
DRIVES = lazy("(?:推动|推进)$")
MADE_UP = lazy(f"(?:组成|组建|成立|[任为](?:{TEAM_HEADS}))的$")  # by whom, stands before it
SENT_OUT = lazy("(?:监察|督察)专员办(?:公室)?$")  # by provinces: '第四环境监察专员办公室'
LEADS = lazy("率领$|带领$|率$")
SET_UP = lazy("(?:成立|组建|设立|建立)了?$")
HEADED_BY = lazy(f"，(?:正?副?(?:{TEAM_HEADS}|主任)由|由?[^，。；]{{2,30}}(?:任|担任|为)(?:{TEAM_HEADS}|主任))")
FOR_INSPECTORS = lazy(
    rf"(?:中央|[\u4e00-\u9fff]{{2,3}}省)(?:第?{NTH}轮)?(?:第{NTH})?(?:生态环境保护|环境保护|生态环保|环保)督[察查]$"
)
"""Before the place of a body that is there for its superiors' inspectors ('安徽省生态环境保护督察' + '宣城市协调联络组')."""
SETS_UP = ("成立", "组建", "设立", "建立")
LED = lazy(f"{TEAM_HEADS}$")
IN_NAMES = frozenset(f"第轮批“”+战攻坚专班驻点组环境回头看{NUMERALS}")


def task(b: Bodies, i: int) -> int:
    """A task body: its last word and what stands before it that belongs to the name."""
    end, word = b.t.starts[i + 1], b.t.word(i)
    if word[-1] == "队" and b.text[end : end + 1] == "伍":
        return 0  # '巡查队伍'
    if word[-1] in "办指" and GOES_ON.match(b.text, end):
        return 0  # '减排' + '办法'
    if word[-1] == "组" and b.text[end : end + 1] == "织":
        return 0  # '督察整改' + '工作组织机制'
    if b.text[end : end + 3] == "办公室" and not word.endswith("办公室"):
        end += 3
    if word.endswith("办") and b.text.startswith("公室", end):
        end += 2
    if word.endswith("指挥部") and (led_by := OVER_IT.match(b.text, end)):
        end = led_by.end()
    if word.endswith(("联席会议", "联席会")) and (
        HELD.match(b.text, end) or HOLDS.search(b.text, max(0, end - 36), end)
    ):
        return 0
    if word.endswith(("监察组", "工作队")) and SENT.search(b.text, max(0, b.t.starts[i] - 8), b.t.starts[i]):
        return 0  # '派驻纪检监察组': of no body in particular
    if m := TEAM.match(b.text, end):  # '省环境保护督察组第六组'
        end = m.end()
    if end in b.at_end:
        return end  # read as the office of a campaign
    left, prefix, k = name_left(b, i)
    whole = tends(b, left, end)
    whole = whole if whole is not None else told_apart(b, left, end)
    if whole is not None:
        return whole
    if prefix is not None and (drive := DRIVES.search(b.text, 0, prefix.start)) and of_an_area(prefix):
        left = drive.start()  # '省' + '推动长江经济带发展领导小组'
        prefix = b.prefix(b.t.begins[left]) if left in b.t.begins else None
        prefix = prefix or own_prefix(b, left)
    elif prefix is not None and of_an_area(prefix) and (at := b.t.begins.get(prefix.start)) and (over := b.prefix(at)):
        left, prefix = prefix.start, over  # '省' + '渭河流域治理领导小组'
    if k >= 0 and b.t.letters[k] == "N" and prefix is not None:
        return 0  # read with the national body it hangs on
    if prefix is None:
        left, prefix = founded(b, left)
        if by := EACH_SETS_UP.search(b.text, max(0, left - 24), left):
            return b.a_class(left, end, f"{by['each']}{b.text[left:end]}", b.text[left:end])
    core = b.text[left:end].strip("“”")
    if prefix is not None and b.text[max(0, prefix.start - 1) : prefix.start] == "各" and left > prefix.start:
        return b.a_class(prefix.start - 1, end, f"各{b.text[prefix.start : end]}")  # '各市河长办'
    if prefix is None and b.text[left - 1 : left] == "各":
        return b.a_class(left - 1, end, f"各{core}", core)  # '领导小组各专项工作组'
    if core.startswith("专门"):
        return 0  # '成立专门核查组'
    if m := SEVERAL.search(
        b.text, max(0, left - 8), left + core.startswith(("个", "支"))
    ):  # '6个督导组': a class of bodies
        return b.a_class(m.start(), end, b.text[m.start() : end], b.text[m.end() : end])
    if prefix is None and (team := called_by_number(b, core)) is not None:
        team.aliases += [core] if core not in team.aliases else []
        return b.record(left, end, team, Prefix(left))
    if prefix is None:
        if left == b.t.starts[i] and (
            known := turned_into(b, left, end) or again(b, left, end) or titled(b, left, end)
        ):
            return known
        if LASTING.search(core) and not HOSTED.search(core) and (firm := own_firm(b, left)) is not None:
            return b.inner(firm, left, left, end, Prefix(left))
        roster = b.text[end : end + 1] == "（" and b.t.letter_at(end + 1) == "T"  # '督战队（队长：'
        if core == word and SET_UP.search(b.text, max(0, left - 4), left) and HEADED_BY.match(b.text, end):
            prefix = own_prefix(b, left)  # '成立推进组，组长由某某担任'
            return b.record(left, end, enter(b.scene, prefix, core, "task", core), prefix)
        if core == word and (roster or word[-1] == "队" and b.t.letter_at(end) == "T"):  # '护秋队队长'
            place = b.scene.only_place(("village",)) or b.last_town(left)
            prefix = Prefix(left, place) if place is not None else own_prefix(b, left)
            return b.record(left, end, enter(b.scene, prefix, core, "task", core), prefix)
        if core == word and opens(b, i):
            return b.record(left, end, enter(b.scene, Prefix(left), core, "task", core), Prefix(left))
        own = len(word) > 2 and (
            word[-1] == "办" and word != "专员办" or word[:2] == "联合"
        )  # 大气办, 河长办: whole names
        made = word[-1] in "组队班" and MADE_UP.search(b.text, max(0, left - 8), left)
        if not made and (
            core == word and not own or (len(core) - len(word) < 2 and word in ("工作组", "检查组", "专班"))
        ):
            return 0
        if core == word and b.text[max(0, left - 2) : left] == "各级":
            e = b.scene.entity("Agency", f"class/{word}", word, f"各级{word}")
            return b.record(left - 2, end, e, Prefix(left))
        beside = b.text[left - 1 : left] == "、" and b.at_end.get(left - 1)  # '市转办组、案件查处组'
        listed = beside and beside[1].props.get("kind") == "task"
        if SENT_OUT.search(core):
            prefix = of_the_province(b, left)
        else:
            prefix = (b.inherit(left)[0] if core == word or listed else None) or led(b, left) or own_prefix(b, left)
    if of_an_area(prefix):
        same = met(b, b.text[prefix.start : end])  # '省厅苏北环境监察专员办公室', later '苏北环境监察专员办公室'
        if len(same) == 1:
            return b.record(prefix.start, end, same[0], prefix)
    if (sent := prefix.start - 1) in b.at_end and b.text[sent] == "驻":  # '市委督查室' + '驻区工作组'
        begin, host, whose = b.at_end[sent]
        b.inner(host, begin, sent, end, whose)
        b.scene.mention(b.at_end[end][1], begin, end, take=False)
        return end
    if len(places := b.places_before(prefix)) > 1:  # '开封市、新乡市两市河长办'
        return b.spread(places, core, "task", prefix.start, prefix.start, end)
    if prefix.region is not None and (m := FOR_INSPECTORS.search(b.text, max(0, prefix.start - 24), prefix.start)):
        e = enter(b.scene, prefix, core, "task", whole_name := b.text[m.start() : end])
        return b.record(end - len(whole_name), end, e, prefix)
    surface = b.text[prefix.start : end]
    if surface.count("“") != surface.count("”"):
        surface = surface.strip("“”").replace("“", "")  # '区“河长办' + '”'
    e = enter(b.scene, prefix, core, "task", surface)
    if (tail := b.nested(end)) and b.text[tail - 1] in "组队会":
        return b.inner(e, prefix.start, end, tail, prefix)  # '禁烧办督查组'
    if HOSTED.search(core) and len(core) > 6:
        known_as = e.key.split("/", 1)[-1] if prefix.region is not None else core  # as the notice knows it
        host = enter(b.scene, prefix, known_as.removesuffix("办公室"), "task", "")
        if id(host) not in b.scene.mentioned:
            host.props["inferred"] = True
        b.part_of(e, host, prefix.start, end)
    return b.record(prefix.start, end, e, prefix)


def of_an_area(prefix: Prefix) -> bool:
    """Whether what stands before a body is an area of several provinces."""
    return prefix.region is not None and prefix.region.props.get("level") == "area"


def opens(b: Bodies, i: int) -> bool:
    """Whether a team that nothing names opens a sentence as the one that acts in it: '调研组强调', '督查组走了三家厂'."""
    sentence = i == 0 or b.text[b.t.starts[i] - 1] in "。\n"
    return (
        sentence
        and bool(TEAMS.fullmatch(b.t.word(i)))
        and (b.t.letters[i + 1 : i + 2] == "V" or bool(GOES.match(b.text, b.t.starts[i + 1])))
    )


def name_left(b: Bodies, i: int) -> tuple[int, Prefix | None, int]:
    """Where the name of the task body that ends in word i begins, the place or level before it, and the word that stopped it."""
    names, left, k = words_of("name_words"), b.t.starts[i], i - 1
    lasting = b.t.word(i).endswith(("指挥部", "领导小组", "委员会", "联席会议", "办公室", "协调小组", "协调组"))
    while k >= 0 and b.t.starts[i] - left < 36:
        c, word, at = b.t.letters[k], b.t.word(k), b.t.starts[k]
        if word == "组织" and k == i - 1 and b.t.word(i)[-1] in "组队班" and b.t.word(i) != "工作组":
            break  # '镇里马上组织' + '调查组'
        if b.t.starts[k + 1] in b.ends and c in "PLx":
            return b.t.starts[k + 1], Prefix(*b.ends[b.t.starts[k + 1]]), k
        if word == "）" and left == b.t.starts[i] and (noted := b.prefix(k + 1)):
            return left, noted, k  # '东平镇（东平林场）' + '河长办'
        if c in "LHN":
            return left, b.prefix(k + 1) if c in "LH" else Prefix(at), k
        if c in "Dn" or word in names or word in IN_NAMES:
            left, k = at, k - 1
            continue
        joint = lasting and word in "及和与暨" and k > 0 and (b.t.letters[k - 1] == "D" or b.t.word(k - 1) in names)
        if joint and left < b.t.starts[i]:  # '秸秆禁烧' + '及综合利用工作领导小组'
            left, k = b.t.starts[k - 1], k - 2
            continue
        whole = lasting or b.t.word(i) == "专班" and c == "x"  # '县' + '磷石膏综合利用专班'
        if c == "x" and (before := unknown_before(b, k, lasting=whole)) is not None:
            left, k = b.t.starts[before + 1], before
            continue
        if lasting and (over := place_over(b, k)) is not None:
            return (*over, k)
        break
    return left, None, k


def place_over(b: Bodies, k: int) -> tuple[int, Prefix] | None:
    """Where the name of a lasting task body begins that a few nouns lead on from its place or level, and that prefix
    ('盐城市' + '沿海化工企业' + '整治协调小组')."""
    for j in range(k, max(-1, k - 5), -1):
        word, c = b.t.word(j), b.t.letters[j]
        if b.t.starts[j + 1] in b.ends and j < k:
            return b.t.starts[j + 1], Prefix(*b.ends[b.t.starts[j + 1]])
        if c == "L" and j < k and (j == 0 or b.t.letters[j - 1] != "x" or b.t.word(j - 1) in "的送给至"):
            return b.t.starts[j + 1], b.prefix(j + 1)
        if c not in "WDx" or word in FUNCTION or word in "要应须" or word in SETS_UP:
            return None
    return None


def led(b: Bodies, left: int) -> Prefix | None:
    """Whose team it is that somebody leads: their own body's ('市人大常委会副主任某某率' + '执法检查组')."""
    if not LEADS.search(b.text, max(0, left - 2), left):
        return None
    near = next((p for _, _, _, p in b.back(left, max(0, left - 40)) if p), None)
    return Prefix(left, near.region, near.level) if near is not None else None


def founded(b: Bodies, left: int) -> tuple[int, Prefix | None]:
    """Where the name of a task body begins whose founding is told, whatever words it is made of, and the place before it
    ('成立韩城市铁腕治霾专项行动' + '领导小组')."""
    m = FOUNDED.search(b.text, max(0, left - 34), left)
    if m is None:
        return left, None
    start = m.start("name")
    place = next((e for e in range(left, start, -1) if e in b.ends and b.ends[e][0] == start), 0)
    if place:
        return place, Prefix(*b.ends[place])
    k = b.t.begins.get(start)
    if k is not None and b.t.letters[k] in "LH":
        return b.t.starts[k + 1], b.prefix(k + 1)
    return start, own_prefix(b, start)


def unknown_before(b: Bodies, k: int, *, lasting: bool) -> int | None:
    """The place, level word or mark that a short run of unknown characters ending at word k follows ('省' + '苏北',
    '、' + '滇池沿岸', only before a body that is ``lasting``); None if none. -1 is the beginning of the text."""
    j, worded = k, False
    while j >= 0 and k - j < 6 and (b.t.letters[j] == "x" or b.t.word(j) == "沿"):
        if (
            b.t.word(j) == "的"
            and lasting
            and k - j > 1
            and LED.search(b.text, max(0, b.t.starts[j] - 4), b.t.starts[j])
        ):
            return j  # '成立由张某任指挥长的' + '苎溪河治理指挥部'
        if SET_UNDER.search(b.text, max(0, b.t.starts[j] - 2), b.t.starts[j + 1]):
            return j if j < k else None  # '下设' + '普查工作办公室'
        if b.t.word(j) in FUNCTION or b.t.word(j) in "要应须个":
            return None
        worded = worded or everyday_at(b.text, b.t.starts[j]) > 0
        j -= 1
    if j >= 0 and (b.t.letters[j] in "LHP" or b.t.starts[j + 1] in b.ends):
        return j if lasting or not worded else None
    marked = not worded and j >= 0 and k - j > 1 and b.text[b.t.starts[j]] in "、，；："
    return (
        j
        if marked and lasting and not any(c in f"{NUMERALS}两几" for c in b.text[b.t.starts[j] : b.t.starts[k]])
        else None
    )


def turned_into(b: Bodies, start: int, end: int) -> int:
    """What a task body is said to have become, by its kind alone: '县治霾协作小组调整为' + '领导小组' has the rest of its name."""
    m = BECAME.search(b.text, max(0, start - 10), start)
    old = b.at_end[m.start()][1] if m is not None and m.start() in b.at_end else None
    kinds = [x for x in words_of("task_units") if old is not None and old.name.endswith(x)]
    if old is None or not kinds:
        return 0
    word = b.text[start:end]
    kind = max(kinds, key=len)
    key, name = (x.removesuffix(kind) + word for x in (old.key, old.name))
    return b.record(start, end, b.scene.entity("Agency", key, name, word, old.place, kind="task"), Prefix(start))


def again(b: Bodies, start: int, end: int) -> int:
    """A bare '领导小组', '督查组': the one such body already met."""
    word = b.text[start:end]
    if word.endswith("办公室") and len(word) > 3:
        hosts, named = met(b, word[:-3]), met(b, word)
        if len(hosts) == 1 and not named:
            host = hosts[0]
            office = b.scene.entity("Agency", f"{host.key}办公室", f"{host.name}办公室", word, host.place, kind="task")
            b.part_of(office, host, start, end)
            return b.record(start, end, office, Prefix(start))
    same = met(b, word) or hosts_met(b, word) or by_their_numbers(b, word)
    if len(same) != 1:
        return 0
    e = same[0]
    e.props.pop("inferred", None)
    if word not in e.aliases:
        e.aliases.append(word)
    if (tail := b.nested(end)) and b.text.endswith("委员会", end, tail):
        return b.inner(e, start, end, tail, Prefix(start))  # '协作小组专家咨询委员会'
    return b.record(start, end, e, Prefix(start))


def hosts_met(b: Bodies, ending: str) -> list[Entity]:
    """The bodies whose names end so that only their offices have named so far."""
    every = (e for e in b.scene.by_end.get(ending[-1:], ()) if e.name.endswith(ending))
    return [e for e in every if e.props.get("inferred") and e.props.get("kind") == "task"]


def by_their_numbers(b: Bodies, word: str) -> list[Entity]:
    """The teams mentioned so far that a bare '督查组' may mean: those of that kind by their numbers ('市督查五组')."""
    kind = re.compile(f"{word[:-1]}第?{NTH}组$")
    return [e for e in b.scene.by_end.get("组", ()) if id(e) in b.scene.mentioned and kind.search(e.name)]


def met(b: Bodies, ending: str) -> list[Entity]:
    """The bodies mentioned so far whose names end so; two are enough to know that there are several."""
    endings = (ending, canonical(ending))
    every = (e for c in {x[-1:] for x in endings} for e in b.scene.by_end.get(c, ()))
    return list(islice((e for e in every if e.name.endswith(endings) and id(e) in b.scene.mentioned), 2))
