"""People and the posts they are said to hold: names around title chains, in lists and in rosters."""

from __future__ import annotations

import re
from bisect import bisect_right, insort

from kg.lazy import lazy
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.recognise.chains import Chain
from loaders.prose.recognise.edges import OTHER, SHORT_WORD, WORD, edge, everyday_at, given, surname_length
from loaders.prose.recognise.lexicon import titles
from loaders.prose.recognise.names import REDACTED, backward, forward
from loaders.prose.recognise.regions import home
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.seats import Seats
from loaders.words import COUNT

SIGNS = lazy(r"[\s*•・]")  # what stands within a name and is no part of it, or a dot of another form
PLURAL = lazy(
    r"领导$|^(?:常务|第一|执行|专职)?副|教授$|研究员$"
    r"|成员$|委员$|代表$|^常委$|(?:河|林|田)长$|联络员|巡视员|调研员|网格员|护林员|负责人|组员$|队员$|干部$|人员$"
)
VILLAGE_HEAD = lazy(r"(?:各|行政)?村(?:级)?党(?:支部|总支|委|组织)书记|村支书|村主任")
BEFORE_A_PERSON = lazy(r"(?:免去|撤销|任命|给予|对|责令|由|经)$")
CLASSED = lazy(
    r"(?:[\u4e00-\u9fff·]{2,4}、)*[\u4e00-\u9fff·]{2,4}等(?:\d|[一二两三四五六七八九十]|村|镇|乡|街|县|市|区|社|企|单|部|地)"
)
PLACES = lazy(
    rf"[、，和及与]?[\u4e00-\u9fff]{{2,4}}(?:、[\u4e00-\u9fff]{{2,4}})*?等?{COUNT}个?(?:街道|[镇乡县区市村]|社区|园区)"
)  # '负责人和' + '龙城、斗南、雨花六个街道'
POST_FIRST = lazy(r"[^\t：。；]{3,40}[长记任员席官师]\t(?=[\u4e00-\u9fff·]{2,12}$)")  # '泗水镇镇长　贾某'
NAMES_ONLY = lazy(r"[\u4e00-\u9fff·]{2,6}(?:[ \t][\u4e00-\u9fff·]{2,6})+")  # a further row of a list of members
ITEM = lazy(r"(?:^|\n)[ 　]*(?:\d{1,2}[.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳])[ 　]*$")
PIECE = lazy(r"(?<=[。，；：、\n“”])[\u4e00-\u9fff·]{2,14}$")
ALSO = lazy("(?:^|[。，；：\n])(?:还有|以及|另有|包括|分别是)$")
AND_BEFORE = lazy("(?:、|以及|及|和|与)$")
LIKELY = 0.8  # that two characters are a given name
TOWARDS = "向对同与和"
SURNAME_ALONE = lazy(r"(?:^|(?<=[\n，。；：“]))(?![由经请和与向对原让据按时现])[\u4e00-\u9fff]$")
OF_AN_AREA = lazy("（[\u4e00-\u9fff]{1,8}(?:片|片区|组|线|区|村|镇|段)）")
FAR = 40
OF_MANY = lazy(f"等(?:在家的?|部分|几位|{COUNT}(?:位|名))?$")


def short_of(name: str) -> str:
    """What somebody is called beside a title: the first part of a name with a dot, the given name of one of three; '' for
    none."""
    first, dot, _ = name.partition("·")
    return first if dot else name[1:] if len(name) == 3 and surname_length(name, 0) == 1 else ""


class People:
    """The people of one scene as they are found, after its places, bodies and title chains."""

    def __init__(self, scene: Scene, seats: Seats, chains: list[Chain]) -> None:
        self.scene, self.seats, self.t, self.text = scene, seats, scene.tokens, scene.page.text
        self.chain_ends = {c.end for c in chains}
        self.known: dict[str, Entity] = {}
        self.by_surname: dict[str, list[tuple[str, Entity]]] = {}
        self.by_short: dict[str, list[str]] = {}  # full names by what they are called for short
        self.dotted: dict[str, list[str]] = {}  # names with a dot, by their first character
        self.lengths: set[int] = set()  # of short names
        self.ends: list[int] = []  # where names end, in order
        self.named: dict[int, tuple[int, Entity]] = {}  # end of a name -> its start and person
        self.titles_of: dict[str, set[str]] = {}

    def sure(self) -> None:
        """People whose names their surroundings have settled."""
        for m in re.finditer("M", self.t.letters):
            s, e = self.t.starts[m.start()], self.t.starts[m.start() + 1]
            if self.scene.free(s, e):
                self.person(s, e)

    def met(self, start: int, end: int) -> bool:
        """Whether start..end may be read as a name: free, or read as one before."""
        return end in self.named or self.scene.free(start, end)

    # -- who holds a chain

    def holders(self, chain: Chain, limit: int) -> None:
        """The name after a chain, with names listed after it; else the name before it. ``limit`` is where the next begins."""
        end, text = chain.end, self.text
        inner = text.find("）", end, end + 60) + 1 if text[end : end + 1] == "（" else 0
        at = inner or end
        spaced = text[at : at + 1] in ("：", " ", "\t")
        at += spaced
        if spaced and (note := OF_AN_AREA.match(text, at)):
            at = note.end()  # '组员：（东片）张某　李某'
        if text[end : end + 1] == "）" and self.bracketed(chain):
            at = end + 1
            stop = forward(self.t, at, loose=True, firm=True)
            if stop and self.met(at, stop):
                self.hold(self.person(at, stop), chain, at, stop)
            return
        stop = 0
        if text[end : end + 1] != "）" and at < max(limit, inner + 1):
            firm = chain.posts[0].own or len(chain.posts) > 1 or spaced
            stop = forward(self.t, at, loose=True, firm=firm, settled=chain.posts[0].body is not None)
        before = self.name_before(chain)
        if stop and text[at] == "为":
            stop = 0  # '浔河河长为路某'
        alone = SURNAME_ALONE.search(text, max(0, chain.start - 2), chain.start) if stop else None
        if alone and (text[at] in TOWARDS or self.so_called(alone.group()[-1], chain.posts[0].title)):
            stop = 0  # '王局长' + '向' + '鱼主任汇报', '普副县长' + '点得准'
        if stop and before is not None and not spaced and edge(self.t, stop) < WORD:
            stop = 0
        if stop and chain.rule == "class" and PLACES.match(text, at):
            stop = 0
        if stop and self.met(at, stop):
            labelled = spaced and text[at - 1] == "："
            self.hold(self.person(at, stop), chain, at, stop, appointed=labelled)
            if PLURAL.search(chain.posts[-1].title) or spaced:
                self.list_after(chain, stop)
            if spaced and text[at - 1] == "：":
                self.lines_after(chain, stop)
        elif before is not None:
            self.seats.beside_name(chain.posts[0], before[0])
            self.hold(self.person(*before), chain, *before)
        elif (many := OF_MANY.search(text, max(0, chain.start - 6), chain.start)) and (
            chain.rule == "place" or text.startswith("领导", chain.start)
        ):
            if chain.rule == "class" and chain.posts[0].body is None and (place := home(self.scene)):
                chain.posts[0].body = self.seats.region(place)
            self.list_before(chain, many.start())
        else:
            self.nobody(chain)

    def bracketed(self, chain: Chain) -> bool:
        """Whether a chain stands in a bracket behind another: '副县长（兼县公安局局长）张某'."""
        opened = self.text.rfind("（", max(0, chain.start - 80), chain.start)
        return opened in self.chain_ends and "）" not in self.text[opened : chain.end]

    def nobody(self, chain: Chain) -> None:
        """A title that nobody bears here names a class of people: '村党支部书记', '市领导'."""
        first, end, scene = chain.posts[0], chain.posts[-1].end, self.scene
        s = -1
        if not first.own and first.body is None and (m := VILLAGE_HEAD.search(self.text, max(0, chain.start - 3), end)):
            s = m.start() if m.end() == end else chain.start
        elif chain.rule == "place":
            s = end - len(chain.posts[-1].title)
        if s >= 0 and scene.free(s, end):
            word = self.text[s:end]
            scene.mention(scene.entity("Post", f"class/{word}", word, word, title=word, generic=True), s, end)

    def name_before(self, chain: Chain) -> tuple[int, int] | None:
        """The name before a chain: right before it, before a bracket, a colon, a space or tab, a comma in a roster."""
        start, own = chain.start, chain.posts[0].own
        c = self.text[start - 1 : start]
        end = start
        if c and c in "（： \t":
            end = start - 1
        elif c and c in "，；":
            bracket = self.text.rfind("（", max(0, start - 40), start)
            if bracket >= 0 and "）" not in self.text[bracket:start]:
                end = bracket
            elif c == "，" and own:
                end = start - 1
            else:
                return None
        elif own:
            if start in self.named and self.text[self.named[start][0] - 1 : self.named[start][0]] in ("", "：", "\n"):
                return self.named[start][0], start  # a roster's '组长：张某县委书记'
            m = backward(self.t, start)
            if m < 0 or not BEFORE_A_PERSON.search(self.text[max(0, m - 3) : m]):
                return None
        if end in self.named:
            person = self.named[end][1]
            if c == "，" and "（" not in self.text[end:start] and self.titles_of.get(person.name):
                return None  # '…副县长张某，县生态环境局局长' begins the next one's post
            return self.named[end][0], end
        s = backward(self.t, end, firm=end != start)
        if s < 0 and end == start:  # '市环保局王某副处长'
            ends = self.seats.bodies.at_end
            s = next((end - n for n in (3, 2) if end - n in ends and forward(self.t, end - n, firm=True) == end), -1)
        if s < 0 or not self.scene.free(s, end):
            return None
        opens = self.text[s - 1 : s] in ("", *"\n。；：、（ \t") or ITEM.search(self.text, max(0, s - 8), s)
        if c in "，；\t " and not opens:
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
            if chain.rule == "place" and self.t.letter_at(stop) == "T":
                stop = self.t.starts[self.t.begins[stop] + 1]  # '市领导张某副市长、李某部长'
            if self.text[stop : stop + 1] not in ("、", " ", "和", "，", "\t", "及"):
                return
            if self.text[stop] == "，" and CLASSED.match(self.text, stop + 1):
                return  # '副所长王某，江海、华严等村'
            at = stop + 1
            end = forward(self.t, at, loose=True, firm=True)
            if not end or edge(self.t, end) < SHORT_WORD or not self.met(at, end):
                return
            if self.text[stop] == "，" and self.text[end : end + 1] not in "，（、。":
                return
            self.hold(self.person(at, end), chain, at, end)
            stop = end

    def list_before(self, chain: Chain, end: int) -> None:
        """Names before a title of many: '张某、李某、王某等市领导'."""
        names: list[tuple[int, int]] = []
        while (start := self.piece(end)) >= 0 and self.met(start, end):
            names.insert(0, (start, end))
            joint = AND_BEFORE.search(self.text, max(0, start - 2), start)
            if joint is None:
                break
            end = joint.start()
        first = names[0][0] if names else 0
        if names and (self.text[first - 1 : first] in ("", *"。，；：\n") or ALSO.search(self.text, 0, first)):
            for start, end in names:
                self.hold(self.person(start, end), chain, start, end)

    def piece(self, end: int) -> int:
        """Start of the name that ends at an offset: of one that fills what stands behind the mark before it, of whatever
        people ('那顺巴雅尔、'), else of one with a surname; -1 for none."""
        m = PIECE.search(self.text, max(0, end - 16), end)
        if m and m.end() - m.start() > 2 and forward(self.t, m.start(), loose=True, firm=True) == end:
            return m.start()
        start = backward(self.t, end, firm=True)
        if (
            start < 0
            and m
            and len(m.group()) == 3
            and given(m.group()[1:]) > LIKELY
            and not everyday_at(self.text, end - 2)
        ):
            return m.start()  # '、但传捷、': a surname that is a word of every day
        return start

    def lines_after(self, chain: Chain, stop: int) -> None:
        """The lines of a roster below its label ('成员：贾某　局长' and the lines that follow, a name and a post each)."""
        while (line := self.text.find("\n", stop) + 1) and line < len(self.text):
            close = self.text.find("\n", line)
            row = self.text[line : close if close >= 0 else len(self.text)]
            begin = line + (m.end() if (m := POST_FIRST.match(row)) else 0)
            end = forward(self.t, begin, loose=True, firm=True)
            if begin > line and end == line + len(row) and self.met(begin, end):
                self.hold(self.person(begin, end), chain, begin, end)
                stop = end
                continue
            if not end or self.text[end : end + 1] not in (" ", "\t", "（", "，") or "：" in row or "。" in row[:-1]:
                return
            if not self.met(line, end):
                return
            self.hold(self.person(line, end), chain, line, end)
            if NAMES_ONLY.fullmatch(row):
                self.list_after(chain, end)
                end = line + len(row)
            stop = end

    # -- what is recorded

    def person(self, start: int, end: int) -> Entity:
        """The person named at start..end; the same name is the same person within one notice."""
        if end in self.named and self.named[end][0] == start:
            return self.named[end][1]
        surface = self.text[start:end]
        name = SIGNS.sub(lambda m: "·" if m.group() in "•・" else "", surface)
        whole = [n for n in self.dotted.get(name[0], ()) if n.startswith(f"{name}·")]
        if len(whole) == 1:  # '阿依江' of 阿依江·吐尔逊
            return self.called(self.known[whole[0]], start, end)
        e = self.scene.entity("Person", name, name)
        if REDACTED.fullmatch(surface):
            e.props["partial"] = True
        else:
            if name not in self.known:
                self.known[name] = e
                self.by_surname.setdefault(name[0], []).append((name, e))
                if "·" in name:
                    self.dotted.setdefault(name[0], []).append(name)
                if short := short_of(name):
                    self.by_short.setdefault(short, []).append(name)
                    self.lengths.add(len(short))
        self.note(start, end, e)
        self.scene.mention(e, start, end)
        return e

    def called(self, e: Entity, start: int, end: int) -> Entity:
        """A person by a part of the name."""
        short = self.text[start:end]
        e.aliases += [short] if short not in e.aliases else []
        self.note(start, end, e)
        self.scene.mention(e, start, end)
        return e

    def note(self, start: int, end: int, e: Entity) -> None:
        """Keep where a name stands."""
        if end not in self.named:
            insort(self.ends, end)
            self.named[end] = (start, e)

    def between(self, left: int, right: int) -> list[tuple[int, int, Entity]]:
        """The people named in left..right, in order: start, end, person."""
        ends = self.ends[bisect_right(self.ends, left) : bisect_right(self.ends, right)]
        return [(self.named[e][0], e, self.named[e][1]) for e in ends if self.named[e][0] >= left]

    def hold(
        self, person: Entity, chain: Chain, start: int, end: int, *, appointed: bool = False, status: str = ""
    ) -> None:
        """HOLDS and POST_IN for every post of a chain; the posts are mentioned as well. A bare title beside a name whose
        posts are known ('曹某副市长') adds nothing. ``appointed`` where a verb says so, with its ``status``."""
        first = chain.posts[0]
        held = self.titles_of.setdefault(person.name, set())
        if len(chain.posts) == 1 and not first.own and not appointed and any(t.endswith(first.title) for t in held):
            return
        if not appointed and not all(
            p.body is not None or len(chain.posts) > 1 or titles()[p.title].at == "place" for p in chain.posts
        ):
            return
        for post in chain.posts:
            how = post.status or status
            entity = self.seats.enter(post)
            held_as, name = Span(post.start, post.end), Span(start, end)
            whole = held_as.joined(name)
            far = whole.end - whole.start > FAR  # a label and a name lines below it are quoted apart
            span = (held_as, name) if far else (whole,)
            props = {"status": how} if how else {}
            self.scene.page.facts.append(
                Statement(person, "HOLDS", entity, span, "title-chain", 0.92, props=dict(props))
            )
            held.add(post.title)

    def so_called(self, surname: str, title: str) -> bool:
        """Whether somebody of a surname is known to hold a title."""
        return any(self.titled(name, title) for name, _ in self.by_surname.get(surname, ()))

    def titled(self, name: str, title: str) -> bool:
        """Whether somebody is known to hold a title, or one that it ends with."""
        return any(t.endswith(title) or title.endswith(t) for t in self.titles_of.get(name, ()))

    def surname_and_title(self, chain: Chain) -> None:
        """'张县长', '凡副局长', '买买提书记', '月明县长': the one known person of that surname, or called so, who holds that
        title."""
        post = chain.posts[0]
        start = post.end - len(post.title)
        free = [s for n in self.lengths if (s := start - n) >= 0 and self.scene.free(s, start)]
        told = [
            (s, name) for s in free
            for name in self.by_short.get(self.text[s:start], ()) if self.titled(name, post.title)
        ]  # fmt: skip
        if len(told) == 1:
            [(s, name)] = told
            alias = self.text[s : post.end]
            self.known[name].aliases += [alias] if alias not in self.known[name].aliases else []
            self.scene.mention(self.known[name], s, start)
            return
        for n in (1, 2):
            s = start - n
            if s < 0 or surname_length(self.text, s) != n or not self.scene.free(s, start):
                continue
            if (
                s
                and self.t.letter_at(s - 1) not in ("p", "V", "")
                and self.text[s - 1] not in "与和"
                and edge(self.t, s) < OTHER
            ):
                continue
            fits = [
                e
                for name, e in self.by_surname.get(self.text[s], ())
                if name.startswith(self.text[s:start]) and self.titled(name, post.title)
            ]
            if len(fits) == 1:
                alias = self.text[s : post.end]
                if alias not in fits[0].aliases:
                    fits[0].aliases.append(alias)
                self.scene.mention(fits[0], s, start)
