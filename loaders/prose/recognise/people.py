"""People and the posts they are said to hold: names around title chains, lists, rosters, 'surname + title', given names."""

from __future__ import annotations

import re
from functools import cache

from loaders.prose.page import Entity, Span, Statement
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.names import REDACTED, backward, edge, forward, surname_length
from loaders.prose.recognise.posts import Chain, Posts
from loaders.prose.recognise.scene import Scene

PLURAL = re.compile(
    r"领导$|^副(?:市长|县长|区长|省长|州长|镇长|主席|主任|局长|厅长|主任委员|组长|总指挥|指挥长|秘书长|检察长|县级河长|书记)|成员$|委员$|^常委$|(?:河|林|田)长$|联络员|巡视员|调研员|网格员|护林员|负责人"
)
GIVEN_ONLY = re.compile(r"(?<=[，。：；\s“、])([\u4e00-\u9fff]{2})同志(?!们)")
COMRADE = re.compile(
    r"(?:(?<=[\n；。，：])|^)([\u4e00-\u9fff]{3,4})同志(?=[任兼主由不转])|(?:(?<=[\n；。])|^)([\u4e00-\u9fff]{2})同志(?=[任兼主由不转])"
)
VILLAGE_HEAD = re.compile(r"(?:各|行政)?村(?:级)?党(?:支部|总支|委|组织)书记|村支书|村主任")
IDEOLOGY = re.compile(r"习近平(?=(?:新时代|生态文明|法治|经济|外交|强军|文化)|同志为核心)")
APPOINTED = re.compile(r"(?:同志)?(?:分别|共同|一并|均|转|不再)?(?:担任|兼任|出任|任|为)$")
DISMISSED = re.compile(r"(?:免去|撤销|任命|给予|对|责令|由|经)$")
PERSONAL = re.compile(
    r"村民|党员|群众|农民|居民|职工|业主|工人|司机|志愿者|包村干部|驻村干部|村干部|网格员|负责人|法定代表人|实际控制人"
)
FAR = 40
KEPT = frozenset({"市领导", "县领导", "区领导", "省领导"})


@cache
def speech() -> re.Pattern[str]:
    """What somebody who is named by name alone does at the head of a clause."""
    return re.compile("|".join(map(re.escape, table("words.toml")["speech"].split())))


class People:
    """Reads the people of one scene, after its places, bodies and title chains."""

    def __init__(self, scene: Scene, posts: Posts) -> None:
        self.scene, self.posts, self.t, self.text = scene, posts, scene.tokens, scene.page.text
        self.known: dict[str, Entity] = {}
        self.named: dict[int, tuple[int, Entity]] = {}  # end of a name -> its start and person
        self.titles_of: dict[str, set[str]] = {}
        self.chain_ends: list[int] = []

    def read(self) -> None:
        """Find who holds each chain, then people named without a post, then every other mention of them."""
        chains = self.posts.chains()
        self.chain_ends = [c.end for c in chains]
        self.comrades()
        for n, chain in enumerate(chains):
            self.holders(chain, chains[n + 1].start if n + 1 < len(chains) else len(self.text))
        self.personal()
        self.speakers()
        self.given_names()
        self.everywhere()
        for chain in chains:
            self.appointed(chain)
            self.surname_and_title(chain)

    # -- who holds a chain

    def holders(self, chain: Chain, limit: int) -> None:
        """The name after a chain, with names listed after it; else the name before it."""
        if APPOINTED.search(self.text[max(0, chain.start - 6) : chain.start]):
            return  # '…任组长': read once everybody is known
        end = chain.end
        inner = self.text.find("）", end, end + 60) + 1 if self.text[end : end + 1] == "（" else 0
        at = inner or end
        spaced = self.text[at : at + 1] in ("：", " ", "\t")
        at += spaced
        if self.text[end : end + 1] == "）" and any(
            self.text.startswith("（", c) for c in self.chain_ends if c < chain.start and "）" not in self.text[c:end]
        ):
            at = end + 1
            stop = forward(self.t, at, loose=True, firm=True)
            if stop and (self.scene.free(at, stop) or stop in self.named):
                self.hold(self.person(at, stop), chain, at, stop)
            return
        firm = chain.posts[0].own or len(chain.posts) > 1 or bool(spaced)
        stop = 0
        if self.text[end : end + 1] != "）" and at < max(limit, inner + 1):
            stop = forward(self.t, at, loose=True, firm=firm)
        before = self.name_before(chain)
        if stop and before is not None and not spaced and edge(self.t, stop) < 2:
            stop = 0
        if stop and (self.scene.free(at, stop) or stop in self.named):
            self.hold(self.person(at, stop), chain, at, stop)
            if PLURAL.search(chain.posts[-1].title) or spaced:
                self.list_after(chain, stop)
            if self.text[at - 1] in "：" and spaced:
                self.lines_after(chain, stop)
        elif before is not None:
            self.hold(self.person(*before), chain, *before)
        elif (
            not chain.posts[0].own
            and chain.posts[0].body is None
            and (m := VILLAGE_HEAD.search(self.text, max(0, chain.start - 3), end))
        ):
            s = m.start() if m.end() == end else chain.start
            if self.scene.free(s, end):
                word = self.text[s:end]
                self.scene.mention(
                    self.scene.entity("Post", f"class/{word}", word, word, title=word, generic=True), s, end
                )
        elif chain.rule == "place" and self.scene.free(chain.posts[-1].start, end):
            word = chain.posts[-1].title
            self.scene.mention(
                self.scene.entity("Post", f"class/{word}", word, word, title=word, generic=True), end - len(word), end
            )

    def name_before(self, chain: Chain) -> tuple[int, int] | None:
        """The name before a chain: right before it, before a bracket, a colon, a space or tab, a comma in a roster."""
        start = chain.start
        c = self.text[start - 1 : start]
        end = start
        if c == "（" or c in ("：", " ", "\t"):
            end = start - 1
        elif c in ("，", "；"):
            bracket = self.text.rfind("（", max(0, start - 40), start)
            if bracket >= 0 and "）" not in self.text[bracket:start]:
                end = bracket
            elif c == "，" and chain.posts[0].own:
                end = start - 1
            else:
                return None
        elif chain.posts[0].own:
            m = backward(self.t, start)
            if m < 0 or not DISMISSED.search(self.text[max(0, m - 3) : m]):
                return None
        if end in self.named:
            person = self.named[end][1]
            if c == "，" and "（" not in self.text[end:start] and self.titles_of.get(person.name):
                return None  # '…副县长张某，县生态环境局局长' begins the next one's post
            return self.named[end][0], end
        s = backward(self.t, end, firm=end != start)
        if (
            s < 0
            or not self.scene.free(s, end)
            or (c in "，；\t " and self.text[s - 1 : s] not in ("", "\n", "。", "；", "：", "、", "（", " ", "\t"))
        ):
            return None
        return s, end

    def list_after(self, chain: Chain, stop: int) -> None:
        """Names listed after the first holder ('市领导周某、刘某等', '成员：储某（…）、金某（…）')."""
        while stop < len(self.text):
            if self.text[stop] == "（":
                close = self.text.find("）", stop, stop + 60)
                if close < 0:
                    return
                stop = close + 1
            if self.text[stop : stop + 1] not in ("、", " ", "和", "，", "\t"):
                return
            at = stop + 1
            end = forward(self.t, at, loose=True, firm=True)
            if not end or edge(self.t, end) < 1.5 or not (self.scene.free(at, end) or end in self.named):
                return
            if self.text[stop] == "，" and self.text[end : end + 1] not in "，（、。":
                return
            self.hold(self.person(at, end), chain, at, end)
            stop = end

    def lines_after(self, chain: Chain, stop: int) -> None:
        """The lines of a roster below its label ('成员：贾某　局长' and the lines that follow, a name and a post each)."""
        while (line := self.text.find("\n", stop) + 1) and line < len(self.text):
            end = forward(self.t, line, loose=True, firm=True)
            close = self.text.find("\n", line)
            row = self.text[line : close if close >= 0 else len(self.text)]
            if not end or self.text[end : end + 1] not in (" ", "\t", "（", "，") or "：" in row or "。" in row[:-1]:
                return
            if not (self.scene.free(line, end) or end in self.named):
                return
            self.hold(self.person(line, end), chain, line, end)
            stop = end

    def appointed(self, chain: Chain) -> None:
        """'由副县长权某任组长', '仝某、邸某任副组长': those named in the clause before the verb hold the post after it."""
        m = APPOINTED.search(self.text[max(0, chain.start - 6) : chain.start])
        if not m:
            return
        verb = chain.start - len(m.group())
        left = max(self.text.rfind(c, 0, verb) for c in "。；\n，：") + 1
        people = [(s, e, p) for e, (s, p) in self.named.items() if left <= s and e <= verb]
        people.sort(key=lambda f: f[0])
        if not people or self.text[people[-1][1] : verb].strip("同志均等人") not in ("", "分别"):
            return
        if "分别" in m.group() and len(people) == len(chain.posts):
            for (s, e, p), post in zip(people, chain.posts, strict=True):
                self.hold(p, Chain([post]), s, e, appointed=True)
            return
        for s, e, p in people:
            self.hold(p, chain, s, e, appointed=True)

    def person(self, start: int, end: int) -> Entity:
        """The person named at start..end; the same name is the same person within one notice."""
        if end in self.named and self.named[end][0] == start:
            return self.named[end][1]
        surface = self.text[start:end]
        name = re.sub(r"[\s*•・]", lambda m: "·" if m.group() in "•・" else "", surface)
        e = self.scene.entity("Person", name, name)
        if REDACTED.fullmatch(surface):
            e.props["partial"] = True
        else:
            self.known.setdefault(name, e)
        self.named[end] = (start, e)
        self.scene.mention(e, start, end)
        return e

    def hold(self, person: Entity, chain: Chain, start: int, end: int, *, appointed: bool = False) -> None:
        """HOLDS and POST_IN for every post of a chain; the posts are mentioned as well. A bare title beside a name whose
        posts are known ('曹某副市长') adds nothing."""
        first = chain.posts[0]
        held = self.titles_of.setdefault(person.name, set())
        if len(chain.posts) == 1 and not first.own and not appointed and any(t.endswith(first.title) for t in held):
            return
        if not all(p.body is not None or len(chain.posts) > 1 or p.title in KEPT for p in chain.posts):
            return
        dismissed = bool(re.search(r"(?:免去|撤销)$", self.text[max(0, start - 2) : start]))
        for post in chain.posts:
            status = post.status or ("免去" if dismissed else "")
            entity = self.posts.enter(post)
            whole = Span(min(start, post.start), max(end, post.end))
            far = whole.end - whole.start > FAR  # a label and a name lines below it are quoted apart
            span = (Span(post.start, post.end), Span(start, end)) if far else (whole,)
            self.scene.page.facts.append(
                Statement(
                    person, "HOLDS", entity, span, "title-chain", 0.92, props={"status": status} if status else {}
                )
            )
            held.add(post.title)

    # -- people without a title of the tables

    def personal(self) -> None:
        """'村民郑某', '包村干部荆某': a name right after a word for a kind of person."""
        for m in PERSONAL.finditer(self.text):
            at = m.end()
            stop = forward(self.t, at)
            if stop and edge(self.t, stop) >= 1.5 and self.scene.free(at, stop) and surname_length(self.text, at):
                self.person(at, stop)

    def speakers(self) -> None:
        """A name at the head of a clause, right before a verb of speech."""
        cue = speech()
        for m in cue.finditer(self.text):
            at = m.start()
            if self.t.letter_at(at) != "V":
                continue
            s = backward(self.t, at)
            if s < 0 or not (s == 0 or self.text[s - 1] in "\n。；，：“”、 ") or not self.scene.free(s, at):
                continue
            name = self.text[s:at]
            if name in self.known or (
                self.text[s - 1 : s] in ("\n", "。", "")
                and all(self.t.letter_at(s + k) == "x" for k in range(len(name)))
            ):
                self.person(s, at)

    def comrades(self) -> None:
        """'万某某同志任…' at the head of a clause."""
        for m in COMRADE.finditer(self.text):
            s, e = m.span(1) if m.group(1) else m.span(2)
            if (
                self.scene.free(s, e)
                and surname_length(self.text, s)
                and e - s - surname_length(self.text, s) in (1, 2)
            ):
                self.person(s, e)

    def given_names(self) -> None:
        """'益民同志': a person by given name only, kept as partial."""
        for m in GIVEN_ONLY.finditer(self.text):
            s, e = m.span(1)
            if not self.scene.free(s, e):
                continue
            longer = [p for n, p in self.known.items() if n.endswith(m.group(1)) and len(n) > 2]
            if len(longer) == 1:
                self.scene.mention(longer[0], s, e)
            elif surname_length(self.text, s) and forward(self.t, s) == e:
                self.person(s, e)
            else:
                self.scene.mention(self.scene.entity("Person", m.group(1), m.group(1), partial=True), s, e)

    def everywhere(self) -> None:
        """Every other place where a known name stands, unless inside a longer word."""
        if not self.known:
            return
        pattern = re.compile("|".join(sorted(map(re.escape, self.known), key=len, reverse=True)))
        for m in pattern.finditer(self.text):
            s, e = m.span()
            if self.scene.free(s, e) and not IDEOLOGY.match(self.text, s):
                self.named.setdefault(e, (s, self.known[m.group()]))
                self.scene.mention(self.known[m.group()], s, e)

    def surname_and_title(self, chain: Chain) -> None:
        """'张县长', '凡副局长': the one known person of that surname who holds that title."""
        post = chain.posts[0]
        start = post.end - len(post.title)
        for n in (1, 2):
            s = start - n
            if s < 0 or surname_length(self.text, s) != n or not self.scene.free(s, start):
                continue
            if s and self.t.letter_at(s - 1) not in ("p", "V", "") and self.text[s - 1] not in "\n，。；：、“”与和":
                continue
            fits = [
                e
                for name, e in self.known.items()
                if name.startswith(self.text[s:start])
                and any(t.endswith(post.title) or post.title.endswith(t) for t in self.titles_of.get(name, ()))
            ]
            if len(fits) == 1:
                alias = self.text[s : post.end]
                if alias not in fits[0].aliases:
                    fits[0].aliases.append(alias)
                self.scene.mention(fits[0], s, start)
