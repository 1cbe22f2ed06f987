"""Posts as phrases: titles with the body or place they are in, strung into chains ('省政协副主席、太原市委副书记、市长')."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.classes import reach_of
from loaders.prose.recognise.each import shared
from loaders.prose.recognise.hand import (
    behind_a_name,
    firm_in_hand,
    group_in_hand,
    of_every,
    office_in_hand,
    own_office,
    place_in_hand,
)
from loaders.prose.recognise.lexicon import row_of, shared_titles, statuses, titles
from loaders.prose.recognise.names import backward, forward
from loaders.prose.recognise.naming import Prefix, enter
from loaders.prose.recognise.own_firm import own_firm
from loaders.prose.recognise.phrase import NO_TITLE, Chain, Post
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.seats import LEVEL_NAMES, Seats
from loaders.prose.recognise.settling import follow, headed, settle, share
from loaders.prose.recognise.surroundings import Bodies
from loaders.prose.recognise.zones import kinds_of_zones
from loaders.words import NTH

JOIN = lazy(r"[、，]|兼任?|并任|和|暨|及")
TAKES = lazy(r"[兼担出]?任$|兼$")
WATER = "河|江|湖|水库|段|渠|溪|塘|浜|港|湾|海域|湿地|故道|片区|片"
REACH = lazy(
    rf"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{0,6}}(?:{WATER}|(?<=[\u4e00-\u9fff])水)$|(?<=[河江湖溪水川]、)[\u4e00-\u9fff]{{1,4}}川$"
    r"|(?!的)[\u4e00-\u9fff]{1,3}(?:河|江|湖|水库)(?:(?:干流|支流)?[\u4e00-\u9fff]{2,3}段|（[\u4e00-\u9fff]{2,6}段）(?:[\u4e00-\u9fff]{2,4}段)?)?$"
)
STRETCH = lazy(r"(?<![\u4e00-\u9fffA-Z0-9])[\u4e00-\u9fffA-Z0-9]{1,7}(?:路|街|大道|巷|国道|省道|线|塘|渠|沟|片区|片)$")
TAKEN_REACH = lazy(rf"(?<=[任为])(?!的)[\u4e00-\u9fff]{{1,6}}(?:{WATER}|水)$")
OTHER_REACH = lazy(r"(?<=[任为、])(?P<reach>[\u4e00-\u9fff]{1,6}(?:河|江|湖|水库|水|溪|渠|段|片区))、$")
SQUAD = lazy(f"(?:第?{NTH}(?:村民小组|小组|组|社))$")
SURE_NAME = lazy("Mp?$")
OFFICE = lazy(r"[任为]$")  # '张某任组长、县生态环境局局长李某任副组长' are two people's
BESIDE = lazy(
    r"[\u4e00-\u9fff·]{2,4}(?:党内|政务|行政|严重|警告|记大?过|撤职|降级|诫勉|谈话|批评教育|免职|处分|处理)+[，；、]"
    r"|[\u4e00-\u9fff·]{2,9}[、和，]|[、和，][\u4e00-\u9fff·]{2,9}"
)  # a name before or behind
OWN_OFFICE = lazy("政府[\u4e00-\u9fff]{2,8}办公室$")
GOVERNMENT = lazy("(?<![\u4e00-\u9fff])政府$")
OPENS = lazy(
    r"(?:^|[。；：\n]|[0-9]日(?:[上下]午|晚上?|夜间|凌晨|一早)?，?|(?:还|都)?有|(?:近日|日前|当天|当日|随后|随同的?是)，?)$"
)
OF_MANY = lazy("负责|领导|成员|分管|主管")
LISTED = lazy(r"[\u4e00-\u9fff·]{2,9}[、和]")  # a name between two chains of a list
PART = lazy(r"(?:分局|支队|大队|中队|集团|公司|总队|医院|学校)$")
OTHER_PART = lazy(r"(?<=[、，。；和\n])(?!该|本|我|集团|旗下|下属|所属|涉事|涉案|上述)[\u4e00-\u9fff]{2,5}公司$")
POSTED = lazy(r"派?驻[\u4e00-\u9fff]{2,10}$")
CHIEF = lazy(r"[河湖林田湾]段?长(?:助理)?$|督察长$")
OF_A_STRETCH = lazy(r"[路塘渠街片]长$")
FIRST_CHIEF = lazy(r"(?:第一)?副?总[河湖林田湾]+段?长(?:助理)?$")
LEVEL_CHIEF = lazy(r"(?:第一)?副?总?[河湖林田湾路]+段?长(?:助理)?$")
CHIEF_OF_LEVEL = lazy(
    "(?:(?P<level>[省市县区州旗镇乡村])级|[一二三四]级)?(?:第一|联合)?副?总?(?:[河湖林田湾路]+段?|网格)长"
)
KINDS = frozenset("省市县区州盟旗")
OFFICE_UNDER = lazy("[下内]设(?:立|置)?(?:一个)?(?P<office>办公室)[，：；（\\n ]*(?:由)?$")
OURS = lazy("[我全]([省市县区州盟旗镇乡])$")
OWN_PARTY = "机关党委"
SHARING = lazy("(?:常务|第一|执行)?副?(?P<unit>局|厅|大队|支队|中队)长")
NOT_A_POST = lazy(r"[制办级]|提[的出交]|会议|名单|名录|职责|信箱|接待|热线|令(?!狐)|公示牌|专线")
OF_A_DOMAIN = frozenset(("部长", "委员", "党支部书记", "党支部委员", "支部书记", "队长"))  # 宣传 + 部长
SET_TO = frozenset("网格员 网格长 巡查员 督导员 督查员 监督员 信息员 专员 总监 副总 经理".split())
"""Titles that what somebody looks after may stand before, behind a body or place: '三里庙村' + '秸秆禁烧' + '巡查员'."""
PARTY_OF_A_SMALL_PLACE = lazy(r"党委|党工委|党支部|党总支|支部(?=书记|委员|副书记)")
CLASS_OF_DEPUTY = lazy(r"(?:分管|包联|包保|挂钩)(副[省市县区州镇乡旗]长)$")
ORGAN_OF_A_TOWN = lazy("纪委|武装部|人武部")
OF_A_PARTY = frozenset(("书记", "副书记", "成员", "委员"))
PARTY = lazy("(?:党组|党委|党工委)$")
GRADE = lazy("[正副](?:国|部|厅局?|县处|处|县|科|局|司)[级职](?:的)?$")
"""A grade that a title begins with: '副厅职环境监察专员'."""
PAST = ("时任", "在任", "兼任")
"""How a post is held that goes on over a comma: '县政协副主席，时任县水利局局长罗某'."""
CANDIDATE = lazy("(?:提名的?)?(?:候?选人|人选)")
WORKING = lazy("党?工委(?=副?书记)")
CALLED = lazy("(?<=[、，。；兼])(?![省市县区州旗各原兼])[\u4e00-\u9fff]{2,4}$")
OF_A_COMMITTEE = lazy("常委$|委员$|党组成员$|书记$")


@cache
def note() -> re.Pattern[str]:
    """A bracket behind a title that says how the post is held."""
    words = "|".join(sorted(row_of("notes"), key=len, reverse=True))
    return re.compile(rf"（((?:{words}))(?:[，、一两三年期至]{{1,4}})?）")


def chains(scene: Scene, bodies: Bodies, seats: Seats) -> list[Chain]:
    """All title phrases of a scene, those joined by marks into one chain, each with its body settled."""
    out: list[Chain] = []
    t, text = scene.tokens, scene.page.text
    for found in re.finditer("[TK]", t.letters):
        i = found.start()
        start, end, title = t.starts[i], t.starts[i + 1], t.word(i)
        if t.letters[i] == "K":
            m = CLASS_OF_DEPUTY.match(title)
            begin = of_its_domain(bodies, i, title)
            bodied = begin in bodies.at_end or begin in bodies.ends
            if not (m or bodied) or not (
                forward(t, end, firm=m is not None) or bodied and behind_a_name(bodies, start, end)
            ):
                continue  # '财政所干部石磊' holds a post, 'X要求干部…' does not
            if m is not None:
                start, title = end - len(m.group(1)), m.group(1)
        if NOT_A_POST.match(text, end) or text.startswith("（工）委", start - 4):  # '各镇党（工）委书记'
            continue
        post = phrase(scene, bodies, seats, i, start, end, title)
        last = out[-1] if out else None
        if last is not None and post.body is None and text[last.end : post.start] == "、办公室" and "主任" in title:
            office = seats.office_of(last.posts[-1].body)
            post = Post(post.start - 3, post.end, title, post.status, office, own=office is not None, tail=post.tail)
        joint = text[last.end : post.start] if last else None
        if (
            last is not None
            and joint is not None
            and (JOIN.fullmatch(joint) or (joint == "" and (post.own or post.status or leads_on(scene, last, post))))
            and (goes_on(scene, last, post) or not closed(text, last, joint) or unnamed(scene, last, post))
            and not (OFFICE.search(text, max(0, last.start - 2), last.start) and forward(t, post.end, firm=True))
        ):
            settle(seats, last.posts[-1], post)
            if joint == "兼" and not post.status:
                post.status = "兼任"
            last.posts.append(post)
        else:
            reaches = beside_reach(scene, post) if post.body is not None else []
            listed = joint is not None and LISTED.fullmatch(joint)
            beside = seats.place_of(last.posts[-1].body) if last is not None and listed and last.posts[-1].own else None
            settle(seats, None, post, beside)
            if last is not None:
                beside_another(text, last, post)
            out.append(Chain(shared(seats, post) or [*reaches, post]))
    for n, chain in enumerate(out):
        for post, after in pairwise(chain.posts):
            led_beside(seats, post, after)
        share(seats, chain.posts)
        if n:  # '副局长石某、总工程师路某' of the bureau in hand
            beside_another(text, out[n - 1], chain.posts[0])
    follow(seats, [post for chain in out for post in chain.posts])
    return out


def led_beside(seats: Seats, post: Post, after: Post) -> None:
    """Settle the open post of a chief of woods, waters or a grid by the place of the post that follows ('乡级林长、东湖镇党委书记')."""
    m = CHIEF_OF_LEVEL.fullmatch(post.title)
    rotates = seats.text.endswith(("轮值", "双"), 0, post.start)
    if m is None or rotates or post.body is not None and not post.body.props.get("unresolved"):
        return
    place = seats.place_of(after.body)
    level = LEVEL_NAMES.get(m["level"] or "", "village" if m["level"] == "村" else "")
    if place is not None and (not level or place.props.get("level") == level) and place.name[0] != "我":
        post.body = place


def of_its_domain(bodies: Bodies, i: int, title: str) -> int:
    """Where title i begins with what it is for: '环保' + '网格员'."""
    t = bodies.t
    start = t.starts[i - 1] if i and t.letters[i - 1] == "D" else t.starts[i]
    seated = title in OF_A_DOMAIN or title in SET_TO and (start in bodies.at_end or start in bodies.ends)
    return start if seated and t.starts[i] not in bodies.at_end else t.starts[i]


def beside_another(text: str, last: Chain, post: Post) -> None:
    """Settle an open post whose title names no unit of its own by the post that is held beside it."""
    joint = text[last.end : post.start]
    if post.body is None and joint and BESIDE.fullmatch(joint) and post.title in shared_titles():
        post.body = last.posts[-1].body


def leads_on(scene: Scene, chain: Chain, post: Post) -> bool:
    """Whether a post of a party or its committee runs into another of the same person ('县委常委常务副县长李洋')."""
    return bool(OF_A_COMMITTEE.search(chain.posts[-1].title) and forward(scene.tokens, post.end, firm=True))


def reach_before(text: str) -> re.Match[str] | None:
    """The river, reach or tract that a text ends with: right after a verb of office, else after a mark."""
    return TAKEN_REACH.search(text) or REACH.search(text)


def beside_reach(scene: Scene, post: Post) -> list[Post]:
    """The same post on the other reaches of a list ('分别任石马江、西洋江县级河长')."""
    text, out, at = scene.page.text, list[Post](), post.start
    if post.body is None or post.body.props.get("level") != "reach":
        return []
    while m := OTHER_REACH.search(text, max(0, at - 10), at):
        start, end = m.span("reach")
        out.insert(0, Post(start, end, post.title, post.status, reach_of(scene, m["reach"]), own=True))
        at = start
    return out


def goes_on(scene: Scene, chain: Chain, post: Post) -> bool:
    """Whether somebody's post of now is followed by one of then, before the name ('县政协副主席，时任县水利局局长罗某')."""
    named = backward(scene.tokens, chain.start) >= 0
    return post.status in PAST and chain.posts[-1].own and not named


def unnamed(scene: Scene, chain: Chain, post: Post) -> bool:
    """Whether a comma parts the posts of one who is named behind the last ('县委常委、宣传部部长，大龙片区县级林长罗某')."""
    text, several = scene.page.text, len(chain.posts) > 1 or CHIEF.search(post.title)
    if not (several and post.own and chain.posts[0].own) or OF_MANY.search(text, chain.start, chain.end):
        return False
    opens = OPENS.search(text, max(0, chain.start - 24), chain.start)
    return bool(opens and backward(scene.tokens, chain.start) < 0 and forward(scene.tokens, post.end, firm=True))


def closed(text: str, chain: Chain, joint: str) -> bool:
    """Whether a chain has ended before a comma: its name stands before it ('张某副县长，县生态环境局局长…')."""
    if joint != "，":
        return False
    bracket = text.rfind("（", max(0, chain.start - 60), chain.start)
    return bracket < 0 or "）" in text[bracket : chain.end]


def phrase(scene: Scene, bodies: Bodies, seats: Seats, i: int, start: int, end: int, title: str) -> Post:
    """One title with its status word and the body or place right before it."""
    t, k, status = scene.tokens, i - 1, ""
    own = of_its_domain(bodies, i, title)
    if own < t.starts[i]:
        start, title, k = own, t.word(k) + title, k - 1
    if k >= 0 and t.letters[k] == "s" and t.starts[k + 1] == start:
        status, start, k = statuses()[t.word(k)], t.starts[k], k - 1
    if titles().get(title, NO_TITLE).at == "same" and (grade := GRADE.search(t.text, max(0, start - 5), start)):
        start, title = grade.start(), f"{grade.group()}{title}"
        k = t.at(start - 1) if start else -1
    start, body, title = before(scene, bodies, seats, i, k, start, title)
    k = t.at(start - 1) if start else -1
    if not status and k >= 0 and t.letters[k] == "s" and t.starts[k + 1] == start:
        status, start = statuses()[t.word(k)], t.starts[k]
    if body is None and status and title in OF_A_PARTY and (organ_of := PARTY.search(t.text, 0, start)):
        start, title = organ_of.start(), f"{organ_of.group()}{title}"  # '党组原副书记'
    if m := CANDIDATE.match(t.text, end):
        return Post(start, end, title, status or "拟任", body, own=body is not None, tail=m.end())
    if title[0] == "代" and title != "代表" and not status:
        status = statuses()["代"]
    organ = ORGAN_OF_A_TOWN.match(t.text, start)
    if body is not None and organ and body.name.endswith(("纪律检查委员会", "武装部")):
        town = seats.place_of(body)
        if town is not None and town.props.get("level") == "township":
            body, title = town, f"{organ.group()}{title}"  # '镇党委委员、纪委书记': the post keeps its organ
    if body is not None and title.startswith("党委") and body.props.get("kind") == "corps" and body.name.endswith("师"):
        body, title = seats.of_division(body, start), title.removeprefix("党委")  # '第六师党委副书记'
    if body is not None and body.name.endswith("街道办事处") and title.startswith("党"):
        body = seats.place_of(body) or body  # '办事处党工委委员'
    m = note().match(t.text, end)
    if m and not status:
        status = row_of("notes")[m.group(1)]
    if body is not None and body.label == "Region" and (party := PARTY_OF_A_SMALL_PLACE.match(title)):
        body, title = seats.small_party(body, party.group(), title, start)
    return Post(start, end, title, status, body, own=body is not None, tail=m.end() if m else 0)


def bureau(bodies: Bodies, k: int, title: str, unit: str) -> tuple[int, Entity, str]:
    """'县公安局长', '环境监察大队长', where body and title share a word: the body of what word k looks after."""
    t, stop = bodies.t, bodies.t.starts[k + 1]
    while k > 0 and t.letters[k - 1] == "D":
        k -= 1
    at = t.starts[k]
    prefix = bodies.prefix(k)
    if not prefix and (home := place_in_hand(bodies, at)) is not None:
        prefix = Prefix(at, home)
    core = f"{t.text[at:stop]}{unit}"
    body = enter(bodies.scene, prefix, core, "department", f"{t.text[prefix.start : at]}{core}")
    bodies.scene.mention(body, prefix.start, stop, take=False)
    return prefix.start, body, title


def in_brackets(bodies: Bodies, start: int, end: int) -> Entity | None:
    """The body behind whose name a bracket lists who holds its posts ('督战队（队长：张某，副队长：李某）')."""
    opened = bodies.text.rfind("（", max(0, start - 60), start)
    if opened < 0 or bodies.text[end : end + 1] != "：" or "）" in bodies.text[opened:start]:
        return None
    return bodies.at_end[opened][1] if opened in bodies.at_end else None


def by_another_name(bodies: Bodies, start: int) -> int:
    """Where the bracket opens that ends at an offset and holds a body's other name, right behind the body; -1 for none."""
    opened = bodies.text.rfind("（", max(0, start - 24), start) if bodies.text[start - 1 : start] == "）" else -1
    return opened if start - 1 in bodies.at_end and bodies.at_end[start - 1][0] - opened <= 3 else -1


def before(
    scene: Scene, bodies: Bodies, seats: Seats, i: int, k: int, start: int, title: str
) -> tuple[int, Entity | None, str]:
    """The body or place right before a title: (where it begins, the thing, the title as it then reads)."""
    t, text = scene.tokens, scene.page.text
    if (
        (posted := POSTED.search(text, max(0, start - 14), start))
        and posted.start() in bodies.at_end
        and start in bodies.ends
    ):
        begin, body, _ = bodies.at_end[posted.start()]  # '市环保局驻户县督查专员'
        return begin, body, title
    if text[max(0, start - 2) : start - 1] in ("我", "本", "该") and (host := own_office(bodies, start)) is not None:
        return start - 2, host, title  # '我厅一级巡视员', '该局总工程师'
    if title.startswith(("党组", "党委")) and (host := own_office(bodies, start)) is not None:
        return start - 1, host, title  # '局党组成员'
    if (
        title == "领导"
        and text[start - 1 : start] == "局"
        and (host := own_office(bodies, start) or bodies.department_in_hand(start))
    ):
        return start - 1, host, "局领导"
    if title == "政协委员" and (ruled := bodies.prefix(t.at(start))):
        conference = enter(scene, ruled, "政协", "organ", f"{text[ruled.start : start]}政协")
        bodies.record(ruled.start, start + 2, conference, ruled)
        return ruled.start, conference, "委员"
    if title == "人大代表" and (ruled := bodies.prefix(t.at(start))):
        congress = enter(scene, ruled, "人大", "organ", f"{text[ruled.start : start]}人大")
        bodies.record(ruled.start, start + 2, congress, ruled)
        return ruled.start, congress, "代表"
    if GOVERNMENT.search(text, max(0, start - 3), start) and titles().get(title, NO_TITLE).at == "gov":
        return start - 2, None, title  # a roster's '石明  政府副县长'
    if text[start - 1 : start] == "的" and (start - 1 in bodies.at_end or start - 1 in bodies.ends):
        start -= 1  # '县农业农村局的技术员'
    if start in bodies.at_end:
        begin, body, _ = bodies.at_end[start]
        return begin, body, title
    if noted := bodies.at_end.get(by_another_name(bodies, start)):
        offices = title.endswith("主任") and noted[1].name.endswith("局")
        return noted[0], bodies.at_end[start - 1][1] if offices else noted[1], title  # '县发改局（县粮食局）局长'
    if title.startswith(OWN_PARTY) and start + len(OWN_PARTY) in bodies.at_end:  # '…局机关党委' + '书记'
        begin, body, _ = bodies.at_end[start + len(OWN_PARTY)]
        return begin, body, title.removeprefix(OWN_PARTY)
    if title.startswith("村") and len(title) > 2 and start + 1 in bodies.ends:
        begin, place = bodies.ends[start + 1]
        return begin, place, title[1:]
    if start in bodies.ends:
        begin, place = bodies.ends[start]
        kind = place.name[-1] if title == "领导" and text[start - 1] == place.name[-1] else ""
        return begin, place, f"{kind}{title}" if kind in KINDS else title  # '高县领导' is said as '县领导'
    if title == "领导" and (ours := OURS.search(text, max(0, start - 2), start)):  # '我市领导'
        return ours.start(), seats.level_body(ours[1] + title, start), ours[1] + title
    if OF_A_STRETCH.search(title) and (stretch := STRETCH.search(text, max(0, start - 10), start)):
        return stretch.start(), reach_of(scene, stretch.group()), title  # '东大街' + '路长'
    stop = start - (text[start - 1 : start] == "的")  # '石桥江东段的区级河长'
    if CHIEF.search(title) and (reach := reach_before(text[max(0, stop - 14) : stop])):
        name = reach.group().lstrip("他她其兼任为和与及")
        return stop - len(name), reach_of(scene, name), title
    if title in ("组长", "小组长", "社长") and (squad := SQUAD.search(text, max(0, start - 8), start)):
        return squad.start(), reach_of(scene, squad.group()), title
    if title.endswith("主任"):
        named = text[max(0, start - 3) : start] == "办公室" and (start < 4 or t.letters[t.at(start - 4)] not in "DWx")
        begin = start - 3 if named else start
        taken = begin if named else t.starts[i]
        if TAKES.search(text, max(0, taken - 2), taken) and (office := office_in_hand(bodies, start)):
            return begin, office, title
        if named and (group := group_in_hand(bodies, start)):
            return begin, seats.office(group, start), title
        if (under := OFFICE_UNDER.search(text, max(0, start - 12), start)) and (group := group_in_hand(bodies, start)):
            office = seats.office(group, start)
            scene.mention(office, *under.span("office"), take=False)
            return start, office, title
    if k >= 0 and t.letters[k] == "L" and t.starts[k + 1] == start:
        word = t.word(k)
        if word in ("师市", "自治区") and title.startswith("党委") and len(title) > 2:
            division = scene.level_place(word)
            prefix = Prefix(t.starts[k], seats.region(division) if division else None, "" if division else word)
            core = "委员会" if division else "党委"
            return t.starts[k], enter(scene, prefix, core, "party", f"{word}党委"), title.removeprefix("党委")
        if word == "区" and title.startswith("党工委"):  # no district has one: a zone's
            at = t.starts[k - 1] if k and t.word(k - 1) in kinds_of_zones() else t.starts[k]
            own = f"{text[at:start]}党工委"
            return at, enter(scene, Prefix(at), own, "party", own), title[3:]
        town = bodies.last_town(t.starts[k]) if word in ("镇", "乡", "街道") else None
        division = scene.level_place(word)
        if division is not None and title.startswith("妇联"):  # '县妇联主席': a village's is its own, '妇联主席'
            women = Prefix(t.starts[k], seats.region(division))
            return t.starts[k], enter(scene, women, "妇联", "organ", f"{word}妇联"), title.removeprefix("妇联")
        if town is not None:  # '街道领导' is said of a town as '市领导' is of a city
            return t.starts[k], town, f"{word}{title}" if title == "领导" else title
        if division is not None and (titles().get(title, NO_TITLE).at != "same" or LEVEL_CHIEF.match(title)):
            return t.starts[k], seats.region(division), title
        if word in KINDS and LEVEL_CHIEF.match(title):  # '县委书记、县林长' where no headline names the county
            return t.starts[k], seats.level_body(f"{word}长", start), title
    if title.startswith("车间") and start + 2 in bodies.at_end:  # '合成车间' + '主任'
        begin, shop, _ = bodies.at_end[start + 2]
        return begin, shop, title.removeprefix("车间")
    if text.endswith("纪委", 0, start) and (firm := firm_in_hand(bodies, start) or own_firm(bodies, start)) is not None:
        return bodies.at_end.get(start - 2, (start - 2,))[0], firm, f"纪委{title}"
    m = PART.search(text, max(0, start - 3), start)
    other = OTHER_PART.search(text, max(0, start - 9), start)  # '电解一公司经理曹某、运输公司经理缑某'
    if m is not None and not other and (whole := headed(seats, start, m.group())) is not None:
        return m.start(), whole, title
    if k >= 0 and t.letters[k] == "H" and t.starts[k + 1] == start and CHIEF.search(title):
        division = scene.level_place(t.word(k)[1:])  # '全县总河长'
        if division is not None:
            return t.starts[k], seats.region(division), title
    if k >= 0 and t.letters[k] == "D" and t.starts[k + 1] == start and (shared := SHARING.fullmatch(title)):
        if of_every(bodies, t.starts[k]):
            return t.starts[k], None, title
        return bureau(bodies, k, title, shared["unit"])
    if (holder := in_brackets(bodies, start, t.starts[i + 1])) is not None:
        return start, holder, title
    committee = WORKING.match(title)
    called = CALLED.search(text, max(0, start - 5), start) if committee else None
    if committee and called and all(t.letter_at(n) == "x" for n in range(called.start(), start)):
        name = f"{called.group()}{committee.group()}"  # '县委书记、石桥工委书记'
        body = enter(scene, Prefix(called.start()), name, "party", name)
        scene.mention(body, called.start(), start + len(committee.group()), take=False)
        return called.start(), body, title[committee.end() :]
    unlisted = bodies.unlisted(start) if titles().get(title, NO_TITLE).at == "same" else None
    if unlisted and (
        OWN_OFFICE.search(text, t.starts[unlisted[0]] - 2, start)
        or forward(t, t.starts[i + 1], firm=True)
        or SURE_NAME.search(t.letters, 0, t.at(bodies.at_end.get(head := t.starts[unlisted[0]], (head,))[0]))
    ):
        return (*bodies.named(*unlisted), title)
    return start, None, title
