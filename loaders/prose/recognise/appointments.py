"""Posts that a verb gives or takes: '由副县长权某任组长', '任命X为…', '免去其…职务', '拟任…的X同志', '组长由X担任'."""

from __future__ import annotations

import re
from functools import cache

from kg.lazy import lazy
from loaders.prose.above import headed, is_speech, lines_above
from loaders.prose.page import Entity
from loaders.prose.recognise.chains import FIRST_CHIEF
from loaders.prose.recognise.classes import reach_of
from loaders.prose.recognise.lexicon import row_of
from loaders.prose.recognise.names import backward, forward
from loaders.prose.recognise.people import People
from loaders.prose.recognise.phrase import Chain, Post
from loaders.words import COUNT, NUMERALS, TEAM_HEADS

SHARED = r"(?:分别|共同|一并|均|都|同时|继续|兼职|自动|主动|拟|仍)*"
MARKS = "。；\n，：！？“”"
REACH = 400  # characters of a sentence that are looked through
POLITE = lazy(rf"(?:同志|先生|女士|等同志|等人|等|一行|等?(?:{COUNT}[人位]|{COUNT}[名位]同志))$")
OF_SOMEBODY = lazy(r"(?:其|(?<!其)他|她|该同志)(?:的|原|所任|担任的)?$")
BORNE_BY = lazy(r"(?:一职|职务)?(?:分别|依次|均|都)?由")
RANGE = lazy(rf"第([{NUMERALS}])至$")
CONSISTS = lazy(r"(?:[一二两三四五六0-9]+[位名人])?(?:分别)?(?:为|是|有|包括|由|：)(?!本|该|各|[省市县区]?直)")
BEING = lazy(r"(?:分别)?[为是：]")
REACH_END = lazy(r"[，。；\n]|\Z")  # '某河河长为副市长张某，某江河长为…'
FAR = 40
NEXT_HEAD = lazy(
    r"\Z|[。；\n]|[，、\s][\u4e00-\u9fff]{2,8}：|[，\s](?=(?:常务|第一)?副?(?:组长|总指挥|指挥长|成员|召集人|政委|办公室))"
)
ROSTER_LINE = lazy(r"\n(?P<row>[^：。；，\n]{4,50}(?<=[\u4e00-\u9fff]))(?=\n|\Z)")
GROUP_POST = lazy(f"(?:{TEAM_HEADS}|成员|政委|主任委员|总(?:河|湖|河湖|林|田)长)$")
TAKEN_UP = lazy(r"(?:同志|先生|女士)?(?:分别|共同|依次|均|都|兼)?(?:担任|兼任|出任|(?<![主责])任|负责|组成|构成)")
WHO = lazy(r"(?:人选)?的(?=[\u4e00-\u9fff])")
CHIEF = lazy(r"[河湖林田湾]段?长$")
REACH_BY = lazy(
    r"(?:^|(?<=[，。；：、\n]))(?P<reach>[\u4e00-\u9fff]{1,8}(?:河|江|湖|水库|溪|渠|港|段|片|水|塘|浜))由[^，。；：\n]{2,12}$"
)
OF_MANY = lazy(r"级(?:副?总)?(?:河|湖|河湖|林|田)长$")
LABEL_CHIEF = lazy("(?:第一|副)?总(?:河湖?|湖|林|田)段?长")
TITLED = lazy(r"[、，][^，。；：\n]*")  # a mark and the titles behind it
LAST_OF = lazy(rf"第([{NUMERALS}])")
WITH_STATUS = lazy(r"兼任|拟任|现任|代理|挂职(?:任|担任)?")
HAN = lazy(r"[\u4e00-\u9fff]")
NO_ONE = "的这那还也就都正或而但于不只凡可，。；：\n"  # before 是
NEWLY = lazy(r"(?:^|(?<![\u4e00-\u9fff]))(?:新任|首任|第一任|上一?任|本任)$")
NAMED_FIRST = lazy(r"(?:以|[组队班挥]长、)[\u4e00-\u9fff·]{2,4}$")
HANDED = lazy(r"，?(?:现|拟)?(?:调整|变更|更换|改)(?:为由?|由)")  # '甲担任的某河河长' + '调整为由乙担任'
SUCCEEDED = lazy(r"，(?:现|拟)?由(?=[^，。；]{2,16}(?:接任|继任|接替)[，。；])")  # '甲不再担任某河河长' + '，由乙接任'
ASIDE = lazy("（[^（）]{2,40}）")
SINCE = lazy(
    r"，?(?:自|从|于)?(?:今年|去年|20\d\d年)?(?:[0-9]{1,2}月份?)?(?:[0-9]{1,2}日)?(?<=[年月日份])(?:起|开始)，?$"
)  # '自2月20日起' + '任'
HAD = lazy(r"(?:同志)?(?:担任|任)的$")
ME = lazy(
    r"(?:^|(?<![\u4e00-\u9fff]))(?:今天|现在|如今|今年|由)?(?P<me>我)(?:本人)?(?:[到来在去][^，。；：“”\n]{1,8})?$"
)  # '我到沛县' + '担任代县长'
THEN = lazy(r"[^，。；\n]{0,4}(?:期间|时(?!间)|的时候)")
FORMERLY = lazy(r"(?:转任|调任|升任|改任|晋升为|调整为|改任为)")


@cache
def verbs() -> re.Pattern[str]:
    """A verb of office right before a chain, with what shares it out."""
    words = "|".join(sorted(row_of("appointing"), key=len, reverse=True))
    return re.compile(rf"(?:转|不再|{SHARED})({words})(?:双方?|各自|全[省市县区]|本[省市县区])?\Z")


@cache
def moves() -> re.Pattern[str]:
    """A verb right before the person whom it appoints or dismisses."""
    return re.compile("(" + "|".join(sorted(row_of("moving"), key=len, reverse=True)) + ")(?:原)?$")


class Appointments:
    """Reads the verbs of office of one scene, once its people are known."""

    def __init__(self, people: People) -> None:
        self.p, self.text, self.t = people, people.text, people.t
        self.given: list[int] = []  # where posts end that a verb of office gives

    def cue(self, chain: Chain) -> re.Match[str] | None:
        """The verb of office right before a chain, or with which it begins ('张某兼任县公安局局长')."""
        start = chain.start
        if m := WITH_STATUS.match(self.text, start):
            if self.text[start - 1 : start] in "，、；" and forward(self.t, chain.end, firm=True):
                return None  # '市长（时任）龙某，现任代市长孔某'
            c = self.text[start - 1 : start]
            if c and (HAN.match(c) or c == "，"):
                start = m.end()
        if NEWLY.search(self.text, max(0, start - 4), start) and forward(self.t, chain.end, firm=True):
            return None  # '新任县委书记石某'
        m = verbs().search(self.text, max(0, start - 10), start)
        if m is not None and m.group(1) == "是" and self.text[m.start() - 1 : m.start()] in NO_ONE:
            return None  # '带队的是' + '县环保局局长石某', no '石某是县环保局局长'
        if m is not None and m.start() + 1 in self.p.named:  # '以宋培均' + '为组长'
            m = verbs().search(self.text, m.start() + 1, start)
        if m is not None and m.group().removeprefix("分别") in ("为", "由", "是") and m.start() in self.p.chain_ends:
            named = self.p.chain_starts[m.start()]  # '以石某副县长' + '为组长'; '副总指挥为镇党委副书记宁某'
            if m.group(1) == "是" and backward(self.t, named, firm=True) >= 0:
                return m  # '方某副县长' + '是总河长'
            return m if NAMED_FIRST.search(self.text, max(0, named - 8), named) else None
        return m

    def claims(self, chain: Chain) -> bool:
        """Whether a verb of office says who holds a chain, so that no name beside it does."""
        if self.cue(chain):
            self.given.append(chain.end)
            return True
        if HAD.search(self.text, max(0, chain.start - 6), chain.start) and HANDED.match(self.text, chain.end):
            return True
        return bool(OF_SOMEBODY.search(self.text, max(0, chain.start - 10), chain.start))

    def moved(self) -> None:
        """People right after a verb that appoints or dismisses ('免去豆某岘塬镇副镇长职务')."""
        words = "|".join(sorted(row_of("moving"), key=len, reverse=True))
        for m in re.finditer(rf"(?:{words})", self.text):
            at = m.end()
            stop = forward(self.t, at, firm=True)
            follows = self.t.letter_at(stop) if stop else ""
            named = follows in ("T", "O", "D", "P", "L", "s") or self.text[stop : stop + 1] in ("为", "的", "同")
            if stop and named and self.p.scene.free(at, stop):
                self.p.person(at, stop)

    def before_verbs(self, chain: Chain) -> None:
        """A name right before a verb of office that no title or 同志 has shown ('由王某任组长')."""
        if not (m := self.cue(chain)):
            return
        end = m.start()
        if since := SINCE.search(self.text, max(0, end - 20), end):
            end = since.start()
        polite = POLITE.search(self.text, max(0, end - 5), end)
        end = polite.start() if polite else end
        while end > 0 and end not in self.p.named:
            start = backward(self.t, end, firm=True)
            if (
                start < 0
                or not self.p.scene.free(start, end)
                or self.text[start - 1 : start] not in ("", *MARKS, "由", "以", "、", *"和与及")
            ):
                return
            joint = self.text[start - 1 : start]
            if joint and joint in "和与及" and backward(self.t, start - 1, firm=True) < 0:
                return  # '县水利局和石某任…'
            self.p.person(start, end)
            end = start - 1 if joint in "、和与及" else 0

    def read(self, chain: Chain) -> None:
        """Who holds a chain that a verb of office stands before or behind."""
        if m := self.cue(chain):
            self.taken(chain, m.start(), m)
        elif m := OF_SOMEBODY.search(self.text, max(0, chain.start - 10), chain.start):
            self.of_somebody(chain, m.start())
        elif chain.posts[0].own and (person := self.ending(chain.start, "的")) is not None:
            self.moved_person(chain, person)
        if self.text[chain.start - 1 : chain.start] == "由" and FORMERLY.match(self.text, chain.end):
            before = self.ending(chain.start - 1)  # '由县水务局副局长转任…'
            if before is not None:
                self.p.hold(before[2], chain, before[0], before[1], appointed=True, status="时任")
        if self.text[chain.start - 1 : chain.start] == "等" and OF_MANY.search(chain.posts[0].title):
            self.summed_up(chain, chain.start - 1)
        if self.handed_over(chain):
            return
        if m := BORNE_BY.match(self.text, chain.end):
            self.borne_by(chain, m.end())
        elif (self.of_a_reach(chain) or OF_MANY.search(chain.posts[0].title)) and (
            m := BEING.match(self.text, chain.end)
        ):
            stop = REACH_END.search(self.text, m.end(), m.end() + FAR)
            every = self.p.between(m.end(), stop.start()) if stop else []
            if not every and (end := forward(self.t, m.end(), firm=True)) and self.p.met(m.end(), end):
                every = [(m.end(), end, self.p.person(m.end(), end))]
            if len(every) == 1:
                self.p.hold(every[0][2], chain, every[0][0], every[0][1], appointed=True)
        elif GROUP_POST.search(chain.posts[-1].title) and (m := CONSISTS.match(self.text, chain.end)):
            stop = NEXT_HEAD.search(self.text, m.end(), m.end() + REACH)
            labelled = m.group() == "：" and LABEL_CHIEF.fullmatch(self.text, chain.start, chain.end)
            if labelled and stop and chain.posts[-1].body is None:  # '总林长：县委书记方某、县长石某'
                led = (self.p.seats.place_led(x) for _, _, x in self.p.between(m.end(), stop.start()))
                chain.posts[-1].body = next(filter(None, led), None)
            known = chain.posts[-1].body is not None
            every = self.p.between(m.end(), stop.start() if stop and known else m.end())
            if every and m.group() == "：" and stop:
                every += self.lines_below(stop.start())
            for s, e, x in every if not every or m.group() != "：" or every[0][0] > m.end() else ():
                self.p.hold(x, chain, s, e, appointed=True)

    def lines_below(self, end: int) -> list[tuple[int, int, Entity]]:
        """Who closes the lines below a label's, each behind their post ('县水利局局长　张某')."""
        found: list[tuple[int, int, Entity]] = []
        while row := ROSTER_LINE.match(self.text, end):
            every = self.p.between(*row.span("row"))
            if len(every) != 1 or every[0][1] != row.end() or every[0][0] == row.start("row"):
                break
            found, end = found + every, row.end()
        return found

    def handed_over(self, chain: Chain) -> bool:
        """'甲担任的某河河长调整为由乙担任', '某河河长由甲调整为乙': one had it, the other has it."""
        had = HAD.search(self.text, max(0, chain.start - 6), chain.start)
        by = BORNE_BY.match(self.text, chain.end)
        stop = REACH_END.search(self.text, by.end(), by.end() + FAR) if by else None
        handed = HANDED.search(self.text, by.end(), stop.start()) if by and stop else HANDED.match(self.text, chain.end)
        if handed is None or not (had or by):
            next_one = SUCCEEDED.match(self.text, chain.end)
            if next_one and (after := self.person_after(next_one.end())):
                self.p.hold(after[2], chain, after[0], after[1], appointed=True)
            return False
        before = self.person_before(handed.start() if by else had.start() if had else 0)
        after = self.person_after(handed.end())
        if before:
            self.p.hold(before[2], chain, before[0], before[1], appointed=True, status="时任")
        if after:
            self.p.hold(after[2], chain, after[0], after[1], appointed=True)
        return True

    def person_before(self, end: int) -> tuple[int, int, Entity] | None:
        """Who is named right before an offset or right before the titles that end there."""
        polite = POLITE.search(self.text, max(0, end - 3), end)
        end = polite.start() if polite else end
        end = self.p.chain_starts.get(end, end)
        start = backward(self.t, end, firm=True) if end not in self.p.named else self.p.named[end][0]
        return (start, end, self.p.person(start, end)) if start >= 0 and self.p.met(start, end) else None

    def person_after(self, start: int) -> tuple[int, int, Entity] | None:
        """Who is named behind an offset and the titles that begin there."""
        stop = REACH_END.search(self.text, start, start + FAR)
        if stop and (every := self.p.between(start, stop.start())):
            return every[0]
        start = next((e for e, s in self.p.chain_starts.items() if s == start), start)  # '副县长' + '方某'
        end = forward(self.t, start, firm=True)
        return (start, end, self.p.person(start, end)) if end and self.p.met(start, end) else None

    @staticmethod
    def of_a_reach(chain: Chain) -> bool:
        """Whether a chain is the one post of a river's or a reach's chief."""
        post = chain.posts[-1]
        return len(chain.posts) == 1 and post.body is not None and post.body.props.get("level") == "reach"

    def summed_up(self, chain: Chain, end: int) -> None:
        """Everybody named with a title before a title of many: '县长张某，副县长李某、王某等县级河长'."""
        people: list[tuple[int, int, Entity]] = []
        while end in self.p.named:
            start, person = self.p.named[end]
            people.append((start, end, person))
            before = self.p.between(0, start)
            end = before[-1][1] if before else -1
            if end < 0 or not TITLED.fullmatch(self.text, end, start) or start not in self.p.chain_ends | {end + 1}:
                break
        for s, e, x in reversed(people):
            self.p.hold(x, chain, s, e, appointed=True)

    def taken(self, chain: Chain, verb: int, m: re.Match[str]) -> None:
        """'X任A', 'X、Y分别任A、B'; without a name before the verb its sentence's subject takes the post."""
        only = chain.posts[0]
        reach = REACH_BY.search(self.text, max(0, verb - 24), verb) if CHIEF.search(only.title) else None
        if reach and only.body is None and len(chain.posts) == 1:  # '灵山港由毛某担任河长'
            only.body = reach_of(self.p.scene, reach["reach"])
        status = row_of("appointing")[m.group(1)]
        if m.group().startswith("不再"):
            status = "免去"
        people = self.listed(verb)
        dealt = "分别" in m.group() and len(chain.posts) > 1
        if not people and dealt:  # '甲、乙陪同巡查，分别担任东河、西河县级河长'
            people = self.p.between(max(self.text.rfind(c, max(0, verb - REACH), verb) for c in "。；\n") + 1, verb)
            if 1 < len(people) != len(chain.posts):
                return
        if not people:
            person = self.subject(verb)
            if person is not None and (self.text[verb - 1 : verb] in MARKS or self.text[verb - 1 : verb] == "并"):
                people = [person]
            elif FORMERLY.match(m.group()) and person is not None:
                people = [person]  # 'X由县水务局副局长转任…'
            elif (me := self.speaker(verb, chain)) is not None:
                people = [me]
        if not people:
            return
        if "分别" in m.group() and len(people) == len(chain.posts):
            for (s, e, p), post in zip(people, chain.posts, strict=True):
                self.p.hold(p, Chain([post]), s, e, appointed=True, status=status)
            return
        if FIRST_CHIEF.fullmatch(only.title) and only.body is None and len(chain.posts) == 1:
            only.body = self.p.seats.place_led(people[0][2])
        for s, e, p in people:
            move = moves().search(self.text, max(0, s - 6), s)
            how = row_of("moving")[move.group(1)] if move and not status else status
            self.p.hold(p, chain, s, e, appointed=True, status=how)

    def of_somebody(self, chain: Chain, at: int) -> None:
        """'免去其县水利局总工程师职务': the post of the sentence's subject."""
        move = moves().search(self.text, max(0, at - 6), at)
        ended = move is not None or self.text.find("免去", chain.end, chain.end + 12) >= 0
        person = self.subject(at)
        if person is not None:
            status = row_of("moving")[move.group(1)] if move else "免去" if ended else ""
            self.p.hold(person[2], chain, person[0], person[1], appointed=True, status=status)

    def moved_person(self, chain: Chain, person: tuple[int, int, Entity]) -> None:
        """'免去X的…职务', '免去X…职务'."""
        if move := moves().search(self.text, max(0, person[0] - 6), person[0]):
            status = row_of("moving")[move.group(1)]
            self.p.hold(person[2], chain, person[0], person[1], appointed=True, status=status)

    def borne_by(self, chain: Chain, at: int) -> None:
        """'组长由县长X担任': the names between 由 and the verb, after their own titles."""
        stop = min((i for c in "。；\n" if (i := self.text.find(c, at, at + 80)) >= 0), default=at + 80)
        verb = TAKEN_UP.search(self.text, at, stop)
        if verb is None:
            return
        people = self.p.between(at, verb.start())
        if LABEL_CHIEF.fullmatch(self.text, chain.start, chain.end) or self.text[chain.start - 1 : chain.start] == "双":
            led = (self.p.seats.place_led(x) for _, _, x in people)  # '双总林长由县委书记方某、县长石某担任'
            chain.posts[-1].body = chain.posts[-1].body or next(filter(None, led), None)
        if chain.posts[-1].body is None and GROUP_POST.search(chain.posts[-1].title):
            return  # of a group that nothing tells
        if not people or self.text[people[-1][1] : verb.start()] not in ("", "等", "同志"):
            return
        if len(chain.posts) == 1 and len(posts := self.numbered(chain)) == len(people):
            for (s, e, x), post in zip(people, posts, strict=True):
                self.p.hold(x, Chain([post]), s, e, appointed=True)
            return
        for s, e, x in people:
            self.p.hold(x, chain, s, e, appointed=True)

    def numbered(self, chain: Chain) -> list[Post]:
        """The posts of '第一至第四督导组组长', one a group."""
        post, first = chain.posts[0], RANGE.search(self.text, max(0, chain.start - 4), chain.start)
        body = post.body
        last = LAST_OF.search(body.name) if first and body is not None else None
        if first is None or body is None or last is None:
            return []
        out = []
        for n in range(NUMERALS.index(first[1]), NUMERALS.index(last[1]) + 1):
            name, key = (x.replace(last[0], f"第{NUMERALS[n]}") for x in (body.name, body.key))
            short = self.text[post.start : post.end - len(post.title)].replace(last[0], f"第{NUMERALS[n]}")
            group = self.p.scene.entity("Agency", key, name, short, body.place, kind="task")
            self.p.scene.mention(group, first.start(), post.end - len(post.title), take=False)
            out.append(Post(post.start, post.end, post.title, post.status, group, own=True))
        return out

    # -- who is meant

    def ending(self, end: int, *between: str) -> tuple[int, int, Entity] | None:
        """The person named right before an offset, over 同志 and the like."""
        for word in ("", *between):
            at = end - len(word)
            if word and self.text[at:end] != word:
                continue
            polite = POLITE.search(self.text, max(0, at - 3), at)
            at = polite.start() if polite else at
            if at in self.p.named:
                return self.p.named[at][0], at, self.p.named[at][1]
        return None

    def listed(self, verb: int) -> list[tuple[int, int, Entity]]:
        """The people named in the clause that ends at a verb, the last of them right before it."""
        left = max(self.text.rfind(c, max(0, verb - REACH), verb) for c in MARKS) + 1
        while self.text[left - 1 : left] == "，" and left - 1 in self.p.named:  # '县委常委石某，副县长路某任副组长'
            earlier = max(self.text.rfind(c, max(0, left - 1 - REACH), left - 1) for c in MARKS) + 1
            if any(v in self.text[earlier : left - 1] for v in ("任", "为", "是")):
                break
            left = earlier
        left = max((e for e in self.given if left < e < verb), default=left)  # '以石某为组长、路某为副组长'
        people = self.p.between(left, verb)
        end = self.p.chain_starts.get(verb, verb)  # '以石某副县长' + '为组长'
        told = ASIDE.sub("", self.text[people[-1][1] : end]) if people else ""  # '路某（县长）' + '任组长'
        told = POLITE.sub("", SINCE.sub("", told.removesuffix("分别")))
        if not people or told.strip("同志均等人先生女士") not in ("", "分别"):
            return []
        return people

    def subject(self, before: int) -> tuple[int, int, Entity] | None:
        """The person whom the sentence speaks of before an offset: the one named first in it."""
        left = max(self.text.rfind(c, max(0, before - REACH), before) for c in "。\n") + 1
        people = self.p.between(left, before)
        return people[0] if people else None

    def speaker(self, verb: int, chain: Chain) -> tuple[int, int, Entity] | None:
        """Who says 'I' before a verb of office: the one person named above a speech, or in its headline."""
        page, me = self.p.scene.page, ME.search(self.text, max(0, verb - 16), verb)
        if me is None or THEN.match(self.text, chain.end) or not is_speech(page, verb):
            return None
        above = {id(x): x for line in lines_above(page) for _, _, x in self.p.between(line.start, line.end)}
        name = headed(page.meta.title)
        who = next(iter(above.values()), None) or self.p.known.get(name)
        if len(above) > 1 or (who is None and not name):
            return None
        who = who or self.p.scene.entity("Person", name, name)
        self.p.scene.mention(who, *me.span("me"))
        return (*me.span("me"), who)

    def proposed(self, chain: Chain) -> None:
        """'拟任县发改局副局长的时某同志': a name after 的 behind a proposed post."""
        if not (m := WHO.match(self.text, chain.end)):
            return
        at = m.end()
        stop = forward(self.t, at, firm=True)
        if stop and self.p.met(at, stop):
            verb = self.cue(chain)
            status = row_of("appointing")[verb.group(1)] if verb else chain.posts[0].status
            if verb or chain.posts[0].status:
                self.p.hold(self.p.person(at, stop), chain, at, stop, appointed=True, status=status)
