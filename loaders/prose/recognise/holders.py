"""Who holds a post: the name after a chain of titles, those listed after it, or the name before it."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.recognise import each
from loaders.prose.recognise.edges import SHORT_WORD, WORD, edge, everyday_at, given
from loaders.prose.recognise.names import backward, forward
from loaders.prose.recognise.people import People
from loaders.prose.recognise.phrase import Chain
from loaders.prose.recognise.regions import home
from loaders.prose.recognise.settling import beside_name
from loaders.words import COUNT

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
POST_FIRST = lazy(r"[^\t：。；]{3,40}[长记任员席官师][\t ](?=[\u4e00-\u9fff·]{2,12}$)")  # '泗水镇镇长　贾某'
NAMES_ONLY = lazy(r"[\u4e00-\u9fff·]{2,6}(?:[ \t][\u4e00-\u9fff·]{2,6})+")  # a further row of a list of members
ITEM = lazy(r"(?:^|\n)[ 　]*(?:\d{1,2}[.．]|[（(][一二三四五六七八九十\d]{1,2}[）)]|[①-⑳])[ 　]*$")
PIECE = lazy(r"(?<=[。，；：、\n“”])[\u4e00-\u9fff·]{2,14}$")
ALSO = lazy("(?:^|[。，；：\n])(?:还有|以及|另有|包括|分别是)$")
AND_BEFORE = lazy("(?:、|以及|及|和|与)$")
TOWNS_OWN = lazy("^(?:[镇乡](?:党|政府|人大|纪委)|镇(?:副|代|代理)?镇长|乡(?:副|代|代理)?乡长)")
OF_A_PERSON = lazy("（(?:女|男|兼|挂职|(?:女，)?[\u4e00-\u9fff]{1,4}族(?:，女)?)）$")
TITLES_ALONE = lazy("\n[\u4e00-\u9fff·]{2,12}(?=\n)")
LINE_BEGINS = lazy("(?:^|\n)(?:中共)?$")
LIKELY = 0.8  # that two characters are a given name
TOWARDS = "向对同与和"
SURNAME_ALONE = lazy(r"(?:^|(?<=[\n，。；：“]))(?![由经请和与向对原让据按时现])[\u4e00-\u9fff]$")
OF_AN_AREA = lazy("（[\u4e00-\u9fff]{1,8}(?:片|片区|组|线|区|村|镇|段)）")
OF_MANY = lazy(f"等(?:在家的?|部分|几位|相关|有关|{COUNT}(?:位|名))?$")


class Holders:
    """Finds who holds the chains of one scene."""

    def __init__(self, people: People) -> None:
        self.p, self.scene, self.t, self.text = people, people.scene, people.t, people.text

    def find(self, chain: Chain, limit: int) -> None:
        """The name after a chain, with names listed after it; else the name before it. ``limit`` is where the next begins."""
        end, text = chain.end, self.text
        inner = text.find("）", end, end + 60) + 1 if text[end : end + 1] == "（" else 0
        at = inner or end
        spaced = text[at : at + 1] in ("：", " ", "\t")
        below = TITLES_ALONE.match(text, end) if LINE_BEGINS.search(text, 0, chain.start) else None
        if below and forward(self.t, end + 1, loose=True, firm=True) == below.end():
            self.p.hold(self.p.person(end + 1, below.end()), chain, end + 1, below.end())
            return  # '石桥县人民政府县长' on a line of its own, and below it who holds the speech
        if each.deal(self.p, chain):
            return
        at += spaced
        if spaced and (note := OF_AN_AREA.match(text, at)):
            at = note.end()  # '组员：（东片）张某　李某'
        if text[end : end + 1] == "）" and self.bracketed(chain):
            at = end + 1
            stop = forward(self.t, at, loose=True, firm=True)
            if stop and self.p.met(at, stop):
                self.p.hold(self.p.person(at, stop), chain, at, stop)
            return
        stop = 0
        if text[end : end + 1] != "）" and at < max(limit, inner + 1):
            firm = chain.posts[0].own or len(chain.posts) > 1 or spaced
            stop = forward(self.t, at, loose=True, firm=firm, settled=chain.posts[0].body is not None)
        before = self.name_before(chain)
        if stop and text[at] == "为":
            stop = 0  # '浔河河长为路某'
        alone = SURNAME_ALONE.search(text, max(0, chain.start - 2), chain.start) if stop else None
        if alone and (text[at] in TOWARDS or self.p.so_called(alone.group()[-1], chain.posts[0].title)):
            stop = 0  # '王局长' + '向' + '鱼主任汇报', '普副县长' + '点得准'
        if stop and before is not None and not spaced and edge(self.t, stop) < WORD:
            stop = 0
        if stop and chain.rule == "class" and PLACES.match(text, at):
            stop = 0
        if stop and self.p.met(at, stop):
            labelled = spaced and text[at - 1] == "："
            self.p.hold(self.p.person(at, stop), chain, at, stop, appointed=labelled)
            if PLURAL.search(chain.posts[-1].title) or spaced or chain.posts[-1].status == "时任":
                self.list_after(chain, stop)
            if spaced and text[at - 1] == "：":
                self.lines_after(chain, stop)
        elif before is not None:
            beside_name(self.p.seats, chain.posts[0], before[0])
            self.p.hold(self.p.person(*before), chain, *before)
        elif (many := OF_MANY.search(text, max(0, chain.start - 6), chain.start)) and (
            chain.rule == "place" or text.startswith("领导", chain.start)
        ):
            if chain.rule == "class" and chain.posts[0].body is None and (place := home(self.scene)):
                chain.posts[0].body = self.p.seats.region(place)
            self.list_before(chain, many.start())
        else:
            self.nobody(chain)

    def bracketed(self, chain: Chain) -> bool:
        """Whether a chain stands in a bracket behind another: '副县长（兼县公安局局长）张某'."""
        opened = self.text.rfind("（", max(0, chain.start - 80), chain.start)
        return opened in self.p.chain_ends and "）" not in self.text[opened : chain.end]

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
        if own and (place := self.p.seats.bodies.ends.get(start)) is not None:
            start = place[0]  # '，沛县' + '县纪委副书记'
        c = self.text[start - 1 : start]
        end = start
        if c and c in "（： \t":
            end = start - 1
        elif c == "）" and (note := OF_A_PERSON.search(self.text, max(0, start - 12), start)):
            end = note.start()  # '罗文柏（女）县煤炭局局长'
        elif c and c in "，；":
            bracket = self.text.rfind("（", max(0, start - 40), start)
            if bracket >= 0 and "）" not in self.text[bracket:start]:
                end = bracket
            elif c == "，" and own and not self.text[start].isdigit():  # '石玉宏，26个村民组组长参加'
                end = start - 1
            else:
                return None
        elif own:
            if start in self.p.named and self.text[self.p.named[start][0] - 1 : self.p.named[start][0]] in (
                "",
                "：",
                "\n",
            ):
                return self.p.named[start][0], start  # a roster's '组长：张某县委书记'
            m = backward(self.t, start)
            if m < 0 or not BEFORE_A_PERSON.search(self.text[max(0, m - 3) : m]):
                return None
        if end == start and TOWNS_OWN.search(self.text, end - 1, chain.end):
            return None  # '张集镇' + '党委书记', whatever county it lies in
        if end in self.p.named:
            person = self.p.named[end][1]
            if c == "，" and "（" not in self.text[end:start] and self.p.titles_of.get(person.name):
                return None  # '…副县长张某，县生态环境局局长' begins the next one's post
            return self.p.named[end][0], end
        s = backward(self.t, end, firm=end != start)
        if s < 0 and end == start:  # '市环保局王某副处长'
            ends = self.p.seats.bodies.at_end
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
                if (end := forward(self.t, stop, firm=True)) and self.text[end : end + 1] == "（":
                    if not self.p.met(stop, end):
                        return
                    self.p.hold(self.p.person(stop, end), chain, stop, end)  # '储某（…）' + '金某（…）'
                    stop = end
                    continue
            if chain.rule == "place" and self.t.letter_at(stop) == "T":
                stop = self.t.starts[self.t.begins[stop] + 1]  # '市领导张某副市长、李某部长'
            if self.text[stop : stop + 1] not in ("、", " ", "和", "，", "\t", "及", "与"):
                return
            if self.text[stop] == "，" and CLASSED.match(self.text, stop + 1):
                return  # '副所长王某，江海、华严等村'
            at = stop + 1
            end = forward(self.t, at, loose=True, firm=True)
            if not end or edge(self.t, end) < SHORT_WORD or not self.p.met(at, end):
                return
            if self.text[stop] == "与" and edge(self.t, end) < WORD:
                return  # '市领导周某与张某家的…'
            if self.text[stop] == "，" and self.text[end : end + 1] not in "，（、。":
                return
            self.p.hold(self.p.person(at, end), chain, at, end)
            stop = end

    def list_before(self, chain: Chain, end: int) -> None:
        """Names before a title of many: '张某、李某、王某等市领导'."""
        names: list[tuple[int, int]] = []
        while (start := self.piece(end)) >= 0 and self.p.met(start, end):
            names.insert(0, (start, end))
            joint = AND_BEFORE.search(self.text, max(0, start - 2), start)
            if joint is None:
                break
            end = joint.start()
        first = names[0][0] if names else 0
        if names and (self.text[first - 1 : first] in ("", *"。，；：\n") or ALSO.search(self.text, 0, first)):
            for start, end in names:
                self.p.hold(self.p.person(start, end), chain, start, end)

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
            if begin > line and end == line + len(row) and self.p.met(begin, end):
                self.p.hold(self.p.person(begin, end), chain, begin, end)
                stop = end
                continue
            apart = self.text[end : end + 1] in (" ", "\t", "（", "，") or self.t.letter_at(line) == "M"
            if not end or not apart or "：" in row or "。" in row[:-1]:
                return
            if not self.p.met(line, end):
                return
            self.p.hold(self.p.person(line, end), chain, line, end)
            if NAMES_ONLY.fullmatch(row):
                self.list_after(chain, end)
                end = line + len(row)
            stop = end
