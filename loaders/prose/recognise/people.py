"""People and the posts they are said to hold: title chains before or after a name, lists, rosters, 'surname + title'."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from loaders.prose.page import Entity, Span, Statement
from loaders.prose.recognise.bodies import Bodies, Prefix, enter
from loaders.prose.recognise.lexicon import Title, statuses, table, titles
from loaders.prose.recognise.names import DOTTED, REDACTED, backward, edge, forward, surname_length
from loaders.prose.recognise.regions import home_region, region
from loaders.prose.recognise.scene import Scene

PLURAL = re.compile(r"领导$|^副(?:市长|县长|区长|省长|州长|镇长|主席|主任|局长|厅长|主任委员|组长|总指挥|指挥长|秘书长|检察长|县级河长|书记)|成员$|委员$|^常委$|(?:河|林|田)长$|联络员|巡视员|调研员|网格员|负责人")
GIVEN_ONLY = re.compile(r"(?<=[，。：；\s“、])([\u4e00-\u9fff]{2})同志(?!们)")
IDEOLOGY = re.compile(r"习近平(?=(?:新时代|生态文明|法治|经济|外交|强军|文化)|同志为核心)")
REACH = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{0,6}(?:河|江|湖|水库|段|渠|溪|塘|浜|港)$|[\u4e00-\u9fff]{1,3}(?:河|江|湖|水库)(?:[\u4e00-\u9fff]{2,3}段)?$")
NO_TITLE = Title("", "")
KEPT = frozenset({"市领导", "县领导", "区领导", "省领导"})
JOIN = re.compile(r"[、，]|兼任?|并任|和|暨")
SPEECH = "指出 强调 要求 表示 说 介绍 主持 出席 讲话 批示 带队 率队 调研 回应 提出 部署 通报 传达 参加 陪同 宣读 汇报 督导 检查 约谈 认为 率".split()


@dataclass(slots=True)
class Post:
    """A post as a phrase: its span, title, how it is held, and the body or place that it is in; ``own`` where the phrase
    names that body itself."""

    start: int
    end: int
    title: str
    status: str = ""
    body: Entity | None = None
    entity: Entity | None = None
    own: bool = False


@dataclass(slots=True)
class Chain:
    """Posts that one phrase strings together ('省政协副主席、太原市委副书记、市长')."""

    posts: list[Post] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.posts[0].start

    @property
    def end(self) -> int:
        return self.posts[-1].end


class People:
    """Reads the people of one scene, after its places and bodies."""

    def __init__(self, scene: Scene, bodies: Bodies) -> None:
        self.scene, self.bodies, self.t, self.text = scene, bodies, scene.tokens, scene.page.text
        self.known: dict[str, Entity] = {}
        self.posts_of: dict[str, set[str]] = {}

    def read(self) -> None:
        """Find title chains, then who holds them, then people named without a post."""
        chains = self.chains()
        for n, chain in enumerate(chains):
            self.holders(chain, chains[n + 1].start if n + 1 < len(chains) else len(self.text))
        self.speakers()
        self.given_names()
        self.everywhere()
        for chain in chains:
            self.surname_and_title(chain)

    # -- title chains

    def chains(self) -> list[Chain]:
        """All title phrases, those joined by marks into one chain."""
        out: list[Chain] = []
        t = self.t
        for i, c in enumerate(t.letters):
            if c != "T":
                continue
            start, end = t.starts[i], t.starts[i + 1]
            if self.text[end:end + 1] in ("制", "办", "级") or self.text[end:end + 2] in ("会议", "办公", "名单", "名录", "职责"):
                continue
            post = self.post(i, start, end)
            if post is None:
                continue
            if out and (m := JOIN.fullmatch(self.text[out[-1].end:post.start])) and m and not self.stands_alone(out[-1]):
                self.inherit(out[-1].posts[-1], post)
                out[-1].posts.append(post)
            elif out and out[-1].end == post.start and post.body is not None:
                out[-1].posts.append(post)
            else:
                self.inherit(None, post)
                out.append(Chain([post]))
        return out

    def stands_alone(self, chain: Chain) -> bool:
        """Whether a chain is closed: a comma after a chain that already has its name before it."""
        return self.text[chain.end:chain.end + 1] == "，" and "（" not in self.text[chain.start - 1:chain.start] and backward(self.t, chain.start) >= 0

    def post(self, i: int, start: int, end: int) -> Post | None:
        """One title with its status word and the body or place right before it."""
        title, t = self.t.word(i), self.t
        k, status = i - 1, ""
        while k >= 0 and t.letters[k] == "D" and title.endswith(("部长", "书记", "委员", "局长", "主任", "局局长", "长")) and t.starts[k] not in self.bodies.at_end and titles()[title].at in ("same", "party") and title != "成员":
            if any(b == t.starts[k + 1] for b in self.bodies.at_end):
                break
            if title in ("部长", "委员", "党支部书记", "党支部委员", "支部书记"):
                start, title, k = t.starts[k], t.word(k) + title, k - 1
                continue
            break
        if k >= 0 and t.word(k) in statuses() and t.letters[k] == "s":
            status, start, k = statuses()[t.word(k)], t.starts[k], k - 1
        body = None
        if start in self.bodies.at_end:
            begin, body, _ = self.bodies.at_end[start]
            start = begin
        elif start in self.bodies.ends:
            start, place = self.bodies.ends[start]
            body = place
        elif title.endswith(("河长", "湖长", "林长")) and (reach := REACH.search(self.text, max(0, start - 9), start)):
            start, body = reach.start(), reach_of(self.scene, reach.group())
        elif k >= 0 and t.letters[k] == "L" and t.starts[k + 1] == start:
            place_ = self.scene.level_place(t.word(k))
            town = self.bodies.last_town(t.starts[k]) if t.word(k) in ("镇", "乡", "街道") else None
            if town is not None or (place_ is not None and titles()[self.t.word(i)].at != "same"):
                body = town or region(self.scene, place_, inferred=True)  # type: ignore[arg-type]
                start = t.starts[k]
        if not status:
            k = t.at(start - 1) if start else -1
            if k >= 0 and t.letters[k] == "s" and t.starts[k + 1] == start:
                status, start = statuses()[t.word(k)], t.starts[k]
        if body is not None and body.label == "Region" and title.startswith("党委") and body.props.get("level") in ("township", "zone"):
            body = self.committee_of(body, start)
        return Post(start, end, title, status, body, own=body is not None)

    def committee_of(self, place: Entity, start: int) -> Entity:
        """The party committee of a township, which its secretary's title names ('北仓镇党委书记')."""
        return enter(self.scene, Prefix(start, place), "党委", "party", f"{place.name}党委" if self.text.startswith(place.name, start) else "")

    def inherit(self, before: Post | None, post: Post) -> None:
        """Settle the body of a post: its own, that of the post before it, or what its level word means here."""
        rule = titles()[post.title].at if post.title in titles() else "same"
        body = post.body
        if body is None and before is not None:
            body = before.body if rule in ("same", "party", "class") else self.place_of(before.body)
        if rule in table("organs.toml")["national"]:
            body = national_body(self.scene, rule)
        if body is None and (rule in ("gov", "place") or "级" in post.title):
            body = self.level_body(post.title)
        if body is not None and body.label == "Region" and rule == "gov" and body.props.get("level") in ("province", "prefecture", "county", "township", "zone"):
            want = self.level_for(post.title, body)
            body = enter_quietly(self.scene, want, "人民政府", "government") if want is not None else None
        elif body is not None and rule == "gov" and body.props.get("kind") in ("party",):
            body = None
        if body is not None and body.label == "Region" and rule == "party" and "党" not in post.title and body.props.get("level") in ("province", "prefecture", "county"):
            body = enter_quietly(self.scene, body, "委员会", "party")
        post.body = body

    def place_of(self, body: Entity | None) -> Entity | None:
        """The place a body belongs to."""
        if body is None or body.label == "Region":
            return body
        code = body.key.split("/", 1)[0]
        return self.scene.entities.get(("Region", code))

    def level_for(self, title: str, place: Entity) -> Entity | None:
        """The place whose head a title names: the place itself where the levels agree, else what the level word means here."""
        want = {"省": "province", "市": "prefecture", "县": "county", "区": "county", "旗": "county", "镇": "township", "乡": "township"}.get(title.removeprefix("常务").removeprefix("副")[:1], "")
        level = place.props.get("level")
        if not want or level == want or level == "zone" or (want == "prefecture" and (level == "county" or place.name.endswith("市"))) or title.endswith("主席"):
            return place
        body = self.level_body(title)
        return body if body is not None and body.label == "Region" else None

    def level_body(self, title: str) -> Entity | None:
        """The place that the level word in a title means in this notice ('县长' -> the county it speaks from)."""
        m = re.match(r"(?:常务)?副?([省市县区州盟旗镇乡])(?!长制)", title)
        if not m:
            return None
        place = self.scene.level_place(m.group(1))
        if place is not None:
            return region(self.scene, place, inferred=True)
        if m.group(1) in "镇乡":
            return None
        return self.scene.entity("Region", f"~/{m.group(1)}", f"我{m.group(1)}", f"全{m.group(1)}", "", level={"省": "province", "市": "prefecture"}.get(m.group(1), "county"), unresolved=True, inferred=True)

    # -- holders

    def holders(self, chain: Chain, limit: int) -> None:
        """Who holds the posts of a chain: the name after it, names listed after it, or the name before it."""
        end = chain.end
        at = end
        if self.text[at:at + 1] in "：:" or self.text[at:at + 1] == " ":
            at += 1
        stop = forward(self.t, at, loose=True) if at < limit and not self.closes_bracket(chain) else 0
        before = self.name_before(chain)
        if stop and before is not None and at == end and edge(self.t, stop) < 2:
            stop = 0
        if stop and self.scene.free(at, stop):
            person = self.person(at, stop)
            self.hold(person, chain, at, stop)
            if PLURAL.search(chain.posts[-1].title) or at > end:
                self.list_after(chain, stop, limit)
        elif before is not None:
            s, e = before
            if self.scene.free(s, e):
                self.hold(self.person(s, e), chain, s, e)
        elif titles().get(chain.posts[-1].title, NO_TITLE).at == "place" and self.scene.free(chain.posts[-1].start, end):
            word = chain.posts[-1].title
            self.scene.mention(self.scene.entity("Post", f"class/{word}", word, word, title=word, generic=True), end - len(word), end)

    def closes_bracket(self, chain: Chain) -> bool:
        """Whether the chain stands in brackets after a name."""
        return self.text[chain.end:chain.end + 1] == "）"

    def name_before(self, chain: Chain) -> tuple[int, int] | None:
        """The name before a chain: right before it, before a bracket, a comma, a colon or a space."""
        start = chain.start
        c = self.text[start - 1:start]
        if c == "（":
            end = start - 1
        elif c in ("：", " ", "，", "；") and start > 1 and (c in " ：" or c == "，" and (start in self.bodies.ends or chain.posts[0].body is not None)):
            bracket = self.text.rfind("（", max(0, start - 40), start)
            if c in "，；" and bracket >= 0 and "）" not in self.text[bracket:start]:
                end = bracket
            else:
                end = start - 1
        elif chain.posts[0].body is None or chain.posts[0].start == start:
            end = start
        else:
            return None
        if end == start and chain.posts[0].body is not None and self.text[start:start + 1] != chain.posts[0].title[:1] and start in (p.start for p in chain.posts) and self.t.letter_at(start) not in "T":
            pass
        s = backward(self.t, end)
        if s < 0 or (c in "，；" and not self.is_list_edge(s)):
            return None
        return s, end

    def is_list_edge(self, s: int) -> bool:
        return s == 0 or self.text[s - 1] in "\n。；：、（ "

    def list_after(self, chain: Chain, stop: int, limit: int) -> None:
        """Names listed after the first holder of a plural title ('市领导周某、刘某、王某等出席')."""
        while self.text[stop:stop + 1] in ("、", " ", "和") and stop + 1 < limit:
            at = stop + 1
            end = forward(self.t, at, loose=True)
            if not end or edge(self.t, end) < 1.5 or not self.scene.free(at, end):
                return
            self.hold(self.person(at, end), chain, at, end)
            stop = end

    def person(self, start: int, end: int) -> Entity:
        """The person named at start..end; the same name is the same person within one notice."""
        name = re.sub(r"[\s*]", "", self.text[start:end])
        partial = bool(REDACTED.fullmatch(self.text[start:end]))
        e = self.scene.entity("Person", name, name)
        if partial:
            e.props["partial"] = True
        else:
            self.known.setdefault(name, e)
        self.scene.mention(e, start, end)
        return e

    def hold(self, person: Entity, chain: Chain, start: int, end: int) -> None:
        """HOLDS and POST_IN for every post of a chain; the posts are mentioned as well. A bare title after a name whose
        posts are known ('曹某副市长') adds nothing."""
        first = chain.posts[0]
        if len(chain.posts) == 1 and not first.own and any(t.endswith(first.title) for t in self.posts_of.get(person.name, ())):
            return
        if not all(p.body is not None or len(chain.posts) > 1 or p.title in KEPT for p in chain.posts):
            return
        for post in chain.posts:
            entity = self.enter_post(post)
            span = (Span(min(start, chain.start), max(end, chain.end)),)
            props = {"status": post.status} if post.status else {}
            self.scene.page.facts.append(Statement(person, "HOLDS", entity, span, "title-chain", 0.92, props=dict(props)))
            self.posts_of.setdefault(person.name, set()).add(post.title)

    def enter_post(self, post: Post) -> Entity:
        """The post as a thing, in its body."""
        if post.entity is not None:
            return post.entity
        body = post.body
        name = f"{body.name if body else ''}{post.title}".replace("党委党委", "党委")
        e = self.scene.entity("Post", f"{body.key if body else '~'}/{post.title}", name, self.text[post.start:post.end], title=post.title)
        if post.title not in e.aliases and e.name != post.title:
            e.aliases.append(post.title)
        if body is None:
            e.props["unresolved"] = True
        else:
            self.scene.page.facts.append(Statement(e, "POST_IN", body, (Span(post.start, post.end),), "title-chain", 0.92))
        post.entity = e
        self.scene.mention(e, post.start, post.end, take=False)
        return e

    # -- people without a title in front of them

    def speakers(self) -> None:
        """A name at the head of a clause, right before a verb of speech."""
        cue = re.compile("|".join(map(re.escape, SPEECH)))
        for m in cue.finditer(self.text):
            at = m.start()
            if self.t.letter_at(at) != "V":
                continue
            s = backward(self.t, at)
            if s < 0 or not (s == 0 or self.text[s - 1] in "\n。；，：“”、 ") or not self.scene.free(s, at):
                continue
            name = self.text[s:at]
            if name in self.known or (self.text[s - 1:s] in ("\n", "。", "") and len(name) >= 2 and all(self.t.letter_at(s + k) == "x" for k in range(len(name)))):
                self.person(s, at)

    def given_names(self) -> None:
        """'益民同志': a person by given name only, kept as partial."""
        for m in GIVEN_ONLY.finditer(self.text):
            s, e = m.span(1)
            if self.scene.free(s, e) and not any(n.endswith(m.group(1)) for n in self.known):
                if surname_length(self.text, s) and forward(self.t, s) == e:
                    self.person(s, e)
                else:
                    entity = self.scene.entity("Person", m.group(1), m.group(1), partial=True)
                    self.scene.mention(entity, s, e)

    def everywhere(self) -> None:
        """Every other place where a known name stands, unless inside a longer word."""
        if not self.known:
            return
        pattern = re.compile("|".join(sorted(map(re.escape, self.known), key=len, reverse=True)))
        for m in pattern.finditer(self.text):
            s, e = m.span()
            if self.scene.free(s, e) and not IDEOLOGY.match(self.text, s):
                self.scene.mention(self.known[m.group()], s, e)

    def surname_and_title(self, chain: Chain) -> None:
        """'张县长', '凡副局长': the one known person of that surname who holds that title."""
        post = chain.posts[0]
        start = post.end - len(post.title)
        for n in (1, 2):
            s = start - n
            if s < 0 or surname_length(self.text, s) != n or not self.scene.free(s, start):
                continue
            if self.text[s - 1:s] and self.t.letter_at(s - 1) not in ("p", "V", "") and self.text[s - 1] not in "\n，。；：、“”与和":
                continue
            fits = [e for name, e in self.known.items() if name.startswith(self.text[s:start]) and any(t.endswith(post.title) or post.title.endswith(t.removeprefix("代")) for t in self.posts_of.get(name, ()))]
            if len(fits) == 1:
                alias = self.text[s:post.end]
                if alias not in fits[0].aliases:
                    fits[0].aliases.append(alias)
                self.scene.mention(fits[0], s, start)


def national_body(scene: Scene, word: str) -> Entity:
    """The body of the state or the party that a title implies ('总书记')."""
    official = str(table("organs.toml")["national"][word])
    key = f"100000/{official.removeprefix('中华人民共和国')}"
    known = ("Agency", key) in scene.entities
    e = scene.entity("Agency", key, official, word, "中国", kind="national", level="country")
    if not known:
        e.props["inferred"] = True
    return e


def reach_of(scene: Scene, name: str) -> Entity:
    """A river, reach, lake or wood that somebody is put in charge of."""
    e = scene.entity("Region", f"reach/{name}", name, name, name, level="reach")
    e.props.setdefault("inferred", True)
    return e


def enter_quietly(scene: Scene, place: Entity, core: str, kind: str) -> Entity:
    """A body that a title implies ('副市长' -> the city's government): there, but not named."""
    known = ("Agency", f"{place.key}/{core}") in scene.entities
    e = enter(scene, Prefix(0, place), core, kind, "")
    if not known:
        e.props["inferred"] = True
    return e


def classes(scene: Scene, bodies: Bodies) -> None:
    """People named by class (县级领导, 主要负责同志): generic posts, in the body right before them where there is one."""
    t = scene.tokens
    for i, c in enumerate(t.letters):
        if c != "K":
            continue
        start, end = t.starts[i], t.starts[i + 1]
        word = t.word(i)
        body = bodies.at_end.get(start)
        if body is not None:
            e = scene.entity("Post", f"{body[1].key}/{word}", f"{body[1].name}{word}", scene.page.text[body[0]:end], title=word, generic=True)
            scene.page.facts.append(Statement(e, "POST_IN", body[1], (Span(body[0], end),), "class-of-people", 0.9))
        else:
            e = scene.entity("Post", f"class/{word}", word, word, title=word, generic=True)
        if scene.free(start, end):
            scene.mention(e, start, end)


__all__ = ["People", "Post", "Chain", "classes", "DOTTED", "home_region"]
