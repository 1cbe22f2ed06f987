"""Who does it: the run that is the subject at a place of a page, by the cuts of comma, semicolon and full stop."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from kg.lazy import lazy
from loaders.prose.last import last
from loaders.prose.page import Sentence, Span
from loaders.prose.relate.fill import Mark
from loaders.prose.relate.rows import table
from loaders.prose.relate.runs import TEAM, Run
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Slots
from loaders.words import HEADS, OFFICIALS, TEAM_HEADS, WHICH

_ABOUT = lazy("(?<!成)就(?!是|业|近|地|在)|围绕|针对")  # '某某就抓好我县整改工作作了部署': of what one speaks, not who
_SLOT = PEOPLE + BODIES + FILL
_MEMBERS = lazy("(?:副组长|成员|成员单位|组员|联络员|联系人)：$")  # of a team, whose head does what it does
_UNREAD_AGENT = lazy("(?<![自理缘])[由被][\u4e00-\u9fff]{1,8}$")  # somebody whom nobody has read does it
_OFFICE = lazy(f"(?:常委|委员|(?:党组|党委)?副?{HEADS})(?![室会办])")
_SENT = lazy("(?:组织|派出|抽调|成立|组建|组成|安排|选派)了?$")
_BESIDE = lazy("(?:配合|参与|协助|协同|参加)，$")  # who helps is not who does it
_LEADS = lazy("[^，]*牵头[、和及]")  # who leads is: '甲牵头、乙配合，对丙督查'
_AS_HEAD = lazy(f"[任为]副?{TEAM_HEADS}，$")
_HEADED_BY = lazy(f"副?{TEAM_HEADS}(?:分别)?由[^，。；]{{2,80}}?(?:担任|兼任)，$")
_ASIDE = lazy("（[^（）\n]{0,80}）")  # a comma in brackets parts nothing outside them
_COMMA = lazy("[，：]")
_INSPECTS = lazy(
    f"(?:约谈|督[察查导]|暗访|问责|点名|通报)了?[{PEOPLE}{BODIES}]|[{FILL}{BODIES}]对本案[^，。；]{{0,6}}督办"
)
_PUNISHED = lazy(
    "(?:也|均|都|分别)?(?:因[^，。；]{2,20})?(?:受到|被|受)[^，。；]{0,14}(?:处分|警告|诫勉(?:谈话)?|免职(?:处理)?|处理|记过|撤职|批评教育)，$"
)
_UNDERGONE = lazy("，(?:被|受到|给予|予以)[^，。；]{0,12}(?:处分|谈话|处理|警告|免职|记过)；?$")
_QUALIFIES = lazy(
    "(?:、[^，。；：\n]{2,60}?)?(?:等[^，。；：]{0,6})?(?:负责|直接|所)*(?:监管|管辖|管理|管护)的(?=[^，。；：])"
)  # '甲镇、乙镇监管的企业被…': the firms are
_WHO_OF = lazy(f"的{WHICH}(?:{OFFICIALS}|{HEADS})")

_AT_HAND = (
    *(
        "在家的",
        "在岗的",
        "在位的",
        "参会的",
        "与会的",
        "到会的",
        "落后的",
        "靠后的",
        "末位的",
        "后三位的",
        "垫底的",
        "滞后的",
    ),
    *("靠前的", "先进的", "突出的", "较差的", "不力的", "被约谈的", "被通报的"),
)  # said of who was there, it governs nobody
_GOES_TO = lazy("(?:深入|来到|前往|先后到|分赴|走进)[^。；：\\n]{2,40}，$")
_DATELINE = lazy("(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日(?:[电讯]|消息)")  # '北京4月28日电'
_LOOKS_AT = lazy(f"(?:挂牌督办|督办|约谈|通报批评|点名批评)了?(?=[{BODIES}])")
_FRONTED = lazy("(?:^|[，。；：\\n])对[^，。；：\\n]{2,50}，$")


class Clauses:
    """A page's sentences cut at commas, and the subjects in them."""

    @staticmethod
    @last
    def of(slots: Slots) -> Clauses:
        """The clauses of a page; those of the page asked for last are kept, as with its slots."""
        return Clauses(slots)

    def __init__(self, slots: Slots) -> None:
        words = table("subject")
        self.slots = slots
        self.sentences = list(slots.page.sentences)
        self._starts = [s.span.start for s in self.sentences]
        self._cut: dict[Span, list[Span]] = {}
        self._lead = words.pattern(
            r"(?:{lead})*(?:由[^，。；：\n]{2,40}?(?:带领|带队|牵头|率领|组成)的)?(?:(?!{directs})[^，。；：、\n\ue000-\ue021对向由被在把]{2,16}的)?(?:{count}个)?(?=<S>)"
        )
        self._matter = words.pattern(
            r"(?:{lead})*<S>(?:的?(?:{matter})|的?[^，。；：、\n\ue000-\ue021]{1,10}(?<![片组格段路街村巷坡沟])$)"
        )
        self._unread = words.pattern(
            r"(?:{lead})*(?:{noun}(?:要|应|须|必须|将|负责|可|对|$)|[省市县区旗镇乡村]里(?:[在把对要将已给]|(?:随后|当场|当即|立即|当天|当晚|还|也|又|再次)*(?:约谈|通报|督促|督查|责令|责成|检查)))"
        )
        self._outpost = re.compile("(?:派)?驻[\u4e00-\u9fff]{2,24}?(?:办事处|专员办|特派办|组|中心|站)")
        self._longer = words.pattern(r"{longer}")
        self._empty = words.pattern(r"(?:{lead}|{adverb}|自觉|主动)*")
        self._speech = words.pattern(r"(?<![的照据]){speech}(?:了|说|道)?[，：“]*$")
        self._objects = "除对向把将给同被由受经于在到赴来往的为是就叫让使于自从"
        self._governs = self._objects.replace("是", "的")
        self._speaks = words.pattern(r"(?<![的照据]){speech}(?:了|说|道)?(?:[，：“]|要|将|必须)")
        self._says_to = words.pattern(
            r"(?:并|还|同时|再次|反复|特别)*(?:指出|强调|要求|表示|提出|指示|希望)，?(?:要(?!求)|必须|应当|务必)"
        )
        self._close = words.pattern(r"(?<!{governs})<S>{adverb}*$")
        self._of = words.pattern(
            r"(?:(?<![\u4e00-\u9fff])对[^，。；：\ue020\ue021]{0,16}|向)<S:b>"
            r"(?:(?<!向.)[^，。；：]{0,4}|(?:通报|反馈|移交|交办|发函|发出)[^，。；：]{0,20})，"
        )
        self._at = words.pattern(
            r"对(?:[0-9]+[个家])?<S:b>[^，。；：]{0,10}(?:回访|检查|督查|督导|巡查|监督|抽查|帮扶|监测|考核|考评|评议|通报|排名|打分|调度)[^，。；：]{0,8}，"
        )
        self._led = words.pattern(
            r"由<S>(?:(?:分别|各自)?(?:牵头|带队|率队|带领|负总责|主抓|具体负责|(?:任|担任)(?:组长|<:b>))(?:[、和]<:b>(?:等?单位|负责)*(?:配合|参加|参与|协助|协同))?[，：]|(?:联合|共同|一道|一起|抽调[^，。；：]{2,30})?，)$"
        )
        self._team = words.pattern(
            r"<S:b>(?:，?由|，)<:p>{role}(?:[，、]?(?:成员(?:有|为|包括)[^，。；]{1,40}|(?:<>)?{role}))*，(?=分[^。；]*$|[^，。；]*$)"
        )
        self._set_up = words.pattern(
            r"(?:成立|组建|设立|下设)了?(?:{count}个)?(?:<S:b>|[^，。；：\n\ue020\ue021]{1,8}(?:[组队]|专班))(?:（[^（）\n]{2,30}）)?(?:，?(?:(?:<:b>|副?组长)?分别)?由[^；。]{2,100}?(?:任|担任|兼任|为|带队|率队|领队|牵头|负责)[^；。]{0,100}?|，?设?在<:b>[^；。]{0,30}?)，(?=[^；。，]*$)"
        )
        self._bracketed = words.pattern(r"（[^（）\n]{0,6}?[组队]长：?<S:p>")
        self._asks = words.pattern("(?:并|还|同时|也|明确|现场|当场|再次)*(?:要求|责成|责令)<S:b>")
        self._bids = words.pattern("(?:并|还|同时|现场|当场)*(?:指出|强调|提出)<S:b>(?=要(?!求)|应|须|必须|务必)")
        self._told = words.pattern("(?:要求|责成|责令|指派|委托|授权)<S:b>")
        self._agent = words.pattern(r"(?P<how>由|被|受|经)<S>[^，。；：]{0,12}?$")

    def index(self, at: int) -> int:
        """Index of the sentence at an offset; -1 before the first."""
        return bisect_right(self._starts, at) - 1

    def sentence(self, at: int) -> Sentence | None:
        """The sentence that holds an offset."""
        i = self.index(at)
        return self.sentences[i] if i >= 0 and at < self.sentences[i].span.end else None

    def segments(self, clause: Span) -> list[Span]:
        """A clause cut after its commas and colons."""
        found = self._cut.get(clause)
        if found is None:
            text = self.slots.text
            aside = [m.span() for m in _ASIDE.finditer(text, clause.start, clause.end)]
            marks = [m.end() for m in _COMMA.finditer(text, clause.start, clause.end)]
            ends = [at for at in marks if not any(a < at < b for a, b in aside)]
            starts, ends = [clause.start, *ends], [*ends, clause.end]
            found = self._cut[clause] = [Span(a, b) for a, b in zip(starts, ends, strict=True) if a < b]
        return found

    def _upto(self, clause: Span, at: int) -> Iterator[Span]:
        """The segments of a clause that begin before an offset, the last first."""
        cut = self.segments(clause)
        return (cut[i] for i in range(bisect_left(cut, (at,)) - 1, -1, -1))

    def opening(self, segment: Span) -> Run | None:
        """The run that opens a segment as its subject, after a date, a conjunction or a number."""
        text = self.slots.text
        m = self._lead.match(text, segment.start, segment.end)
        run = self.slots.run(m.end()) if m else None
        if run is None or text.startswith("的", run.span.end) or self.begins_a_name(run):
            return None
        if _DATELINE.match(text, run.span.end):
            return None
        if run.bodies and _QUALIFIES.match(self.slots.page.text, run.span.end, segment.end):
            return None
        whole = run.span.start == segment.start and run.span.end >= segment.end - 1 and not run.people
        if whole and _GOES_TO.search(text, max(0, segment.start - 60), segment.start):
            return None  # '深入甲镇、乙镇，丙镇，察看…': places gone to
        return run

    def subject(self, at: int) -> Run | None:
        """The subject of the verb at ``at``: nearest opening run leftwards in its clause, else in the clause before
        it (a list whose subject stands once). None across words of speech: a speaker is not who must do it."""
        sentence = self.sentence(at)
        slots = self.slots
        if sentence is None:
            return None
        for n, clause in enumerate(reversed([c for c in sentence.clauses if c.start <= at])):
            team = self._team.search(slots.text, clause.start, at)
            if n == 0 and team and (run := slots.run(team.start("S"))) and TEAM.search(slots.page.quote(run.span)):
                return run  # '督导组由某某任组长，某某任副组长，对…'
            own = self._next_to(next(self._upto(clause, at), clause), at) if n == 0 else None
            made = self._set_up.search(slots.text, clause.start, at) if n == 0 and own is None else None
            if made:
                run = slots.run(made.start("S")) if made["S"] else None
                if run is not None and not run.marks[-1].generic:
                    return run  # '甲成立乙，由某某任组长，督促丙…', '甲下设乙在丁，负责…，督促丙': 乙 does it
                if "分别" not in slots.text[made.start() : at] and (setter := self._setter(clause, made.start())):
                    return setter  # '甲成立两个督查组，由某某牵头，巡查各村': 甲 does it
            if n and _UNDERGONE.search(slots.text, clause.start, clause.end):
                return None  # '甲失职，给予诫勉谈话；对乙进行约谈': somebody else calls in
            if n == 1 and self._unread.match(slots.text, sentence.clauses[self._clause(sentence, at)].start, at):
                return None
            for segment in self._upto(clause, at):
                text, words = slots.text, slots.page.text
                if _MEMBERS.search(words, max(0, segment.start - 6), segment.start):
                    continue
                if segment.end <= at and words.startswith(("成员有", "成员包括"), segment.start):
                    continue
                helps = segment.end <= at and _BESIDE.search(text, max(0, segment.end - 4), segment.end)
                if helps and not _LEADS.match(text, segment.start, segment.end):
                    continue
                end = min(segment.end, at)
                if segment.end <= at and self._speech.search(text, segment.start, segment.end):
                    return None
                if segment.end >= at and _UNREAD_AGENT.search(text, segment.start, end):
                    return None
                agent = self._agent.search(text, segment.start, end) if segment.end >= at else None
                if agent:
                    return slots.run(agent.start("S")) if agent["how"] == "由" else None
                led = self._led.search(text, segment.start, end) if segment.end <= at else None
                if led:
                    leader = slots.run(led.start("S"))
                    return leader and (slots.team(leader) or leader)
                if segment.end <= at and _AS_HEAD.search(words, max(0, segment.end - 5), segment.end):
                    continue  # '…，甲任组长，对某厂…': the team does it
                if segment.end <= at and _HEADED_BY.match(words, segment.start, segment.end):
                    continue  # '…7个督察组，副组长由甲担任，对乙市督察': the teams do it
                asked = self._bids.match(text, segment.start, end) or (
                    self._asks.match(text, segment.start, end) if segment.end > at else None
                )
                if asked:
                    return slots.run(asked.start("S"))  # '…，并要求乙…督促丙': 乙 does it
                run = self._next_to(segment, at) or self.opening(Span(segment.start, end)) or self._head(segment, end)
                if run is None and segment.end >= at and self._unread.match(text, segment.start, at):
                    return None
                if run is None and self._says_to.match(text, segment.start, end):
                    return None  # '某某到某县调研，强调要督促企业…': not by him
                told = self._told.match(text, run.span.end, end) if run is not None and run.people else None
                if told:
                    return slots.run(told.start("S"))  # '某某要求乙…，督促丙': 乙 does it
                if run is not None and segment.end <= at and _PUNISHED.match(text, run.span.end, segment.end):
                    return None  # '某某受到处分，对某县政府通报批评': somebody else does
                if run is not None and run.span.end <= end:
                    return None if self._speaks.search(text, run.span.end, end) else run
        return None

    def _setter(self, clause: Span, at: int) -> Run | None:
        """Who sets up what is said to be set up at ``at``, where they open the clause's words up to there."""
        run = next((r for s in self._upto(clause, at) if (r := self.opening(Span(s.start, min(s.end, at))))), None)
        return run if run is not None and run.bodies else None

    def _head(self, segment: Span, end: int) -> Run | None:
        """Who leads the team that opens a segment, where brackets say so: '第一组（组长：某某）负责…'."""
        m = self._bracketed.search(self.slots.text, segment.start, end)
        return self.slots.run(m.start("S")) if m else None

    @staticmethod
    def _clause(sentence: Sentence, at: int) -> int:
        """Index of the clause of a sentence that holds an offset."""
        return max(i for i, c in enumerate(sentence.clauses) if c.start <= at)

    def _next_to(self, segment: Span, at: int) -> Run | None:
        """The run that stands right before the verb and is no other word's object ('通报大气司来我市检查')."""
        m = self._close.search(self.slots.text, max(segment.start, at - 60), at) if segment.end >= at else None
        run = self.slots.run(m.start("S")) if m else None
        if run is None or self.begins_a_name(run) or _SENT.search(self.slots.text, segment.start, run.span.start):
            return None  # '某局组织4个暗访组分赴…': the office does it
        return run

    def begins_a_name(self, run: Run) -> bool:
        """Whether a place is but the beginning of a body's name that nobody has read ('徐州市…指挥部办公室对…')."""
        last = run.marks[-1]
        if last.kind == "A" and self._outpost.match(self.slots.page.text, run.span.end):
            return True
        if last.kind in "AR" and _OFFICE.match(self.slots.page.text, run.span.end):
            return True  # '县委常委、某某带领…', of whom nobody has read the name
        return (
            last.kind == "R"
            and last.span.end == run.span.end
            and bool(self._longer.match(self.slots.text, run.span.end))
        )

    def free_runs(self, end: int, start: int | None = None, by: bool = False) -> list[Run]:
        """Runs before ``end`` (from ``start``, else from the last comma) that are no other word's object and qualify
        nothing; with ``by`` also those after 由."""
        text = self.slots.text
        if start is None:
            start = max(text.rfind(c, 0, end) for c in "，。；：\n") + 1
        out: list[Run] = []
        for run in self.slots.runs_in(start, end):
            at = run.span.start
            before = text[at - 1 : at] if at > start else ""
            if before == "的" and (text[at - 2] in _SLOT or text.endswith(_AT_HAND, 0, at)):
                before = ""
            if text.rfind("《", start, at) > text.rfind("》", start, at):
                continue  # '《柏乡镇禁烧方案》': of a paper's name
            governed = bool(before) and before in self._objects and not (by and before == "由")
            if governed or (out and before != "由" and _ABOUT.search(text, out[-1].span.end, at)):
                continue
            if text.startswith("的", run.span.end) and not _WHO_OF.match(
                self.slots.page.text, run.span.end
            ):  # only the last member qualifies what follows
                run = Run(run.span, run.heads[:-1], run.marks)
            if run.heads:
                out.append(run)
        return out

    def undergoer(self, at: int) -> Run | None:
        """Whom a passive at ``at`` is about: who opens its own segment; where that has no words of its own before the
        verb, the heading of the paragraph, else the subject before."""
        sentence = self.sentence(at)
        if sentence is None:
            return None
        clause = next((c for c in sentence.clauses if c.start <= at < c.end), sentence.span)
        segment = next((s for s in self._upto(clause, at + 1) if at < s.end), clause)
        run = self.opening(Span(segment.start, at))
        if run is not None and run.span.end <= at:
            tract = (
                at > run.span.end and self.slots.text[at - 1] in "片组格段路街巷坡沟"
            )  # '某村东片由': the tract is meant
            return None if tract else run
        near = self.slots.run(at - 1) if at else None
        if near is not None and near.span.end == at and self.slots.text[near.span.start - 1] not in self._governs:
            return near  # '这几天是某市被约谈后的整改期', '有报道称某市被约谈'
        m = self._matter.match(self.slots.text, segment.start, at)
        if m is not None:
            return self.slots.run(m.start("S"))
        if not self._empty.fullmatch(self.slots.text, segment.start, at):
            return None
        if self.slots.text.startswith(("并由", "并经"), segment.start):
            return None  # '甲核查，并由乙复核': what is looked into stands nowhere
        if _FRONTED.search(self.slots.text, max(clause.start - 1, segment.start - 60), segment.start):
            return (
                None  # '对被通报的镇街，由甲…': whom it is about stands in front, and is not who the clause opens with
            )
        before = _LOOKS_AT.search(self.slots.text, clause.start, segment.start)
        if before:
            return self.slots.run(before.end())  # '甲督办乙的问题，由丙跟踪督办': 乙 is who undergoes it
        near = self.subject(at)
        return near if near is not None and near.people else self.heading(at) or near

    def first(self, at: int) -> Run | None:
        """The subject that opens the sentence at ``at``."""
        sentence = self.sentence(at)
        return self.opening(self.segments(sentence.clauses[0])[0]) if sentence else None

    def listed(self, run: Run) -> int:
        """Where the list that a run closes begins, over commas: '县政府负责人，县住建局、县水利局负责人'."""
        start = run.span.start
        while start > 1 and self.slots.text[start - 1] == "，" and (left := self.slots.run(start - 2)):
            start = left.span.start
        return start

    def nearest(self, ending: str, at: int) -> Mark | None:
        """The mention before ``at`` whose words end like that ('局', '厂|公司'), within two paragraphs."""
        end = re.compile(f"(?:{ending})$")
        sentence = self.sentence(at)
        low = self.slots.page.paragraphs[max(0, sentence.paragraph - 1)].start if sentence else 0
        for mark in reversed(self.slots.marks_in(low, at)):
            if mark.kind in "AR" and end.search(self.slots.page.quote(mark.span)):
                return mark
        return None

    def beside(self, at: int, things: bool = False) -> Run | None:
        """The subject of a segment before the one at ``at``, in the same clause; with ``things`` one that is no person."""
        sentence = self.sentence(at)
        clause = next((c for c in sentence.clauses if c.start <= at < c.end), None) if sentence else None
        here = next(self._upto(clause, at + 1), None) if clause else None
        for segment in self._upto(clause, here.start) if clause and here else ():
            if self._speech.search(self.slots.text, segment.start, segment.end):
                return None
            if _BESIDE.search(self.slots.text, max(0, segment.end - 4), segment.end):
                continue
            if _INSPECTS.search(self.slots.text, segment.start, segment.end):
                return None  # '某督察局约谈某市，市政府现场督办…'
            run = self.opening(segment)
            matter = self._matter.match(self.slots.text, segment.start, segment.end)
            if run is None and matter is not None:
                run = self.slots.run(matter.start("S"))
            if run is not None and (run.bodies or not things):
                return run
        return None

    def spoken_of(self, at: int) -> Run | None:
        """Whom a sentence puts first with 对 ('对不合格的县，市政府约谈其负责人')."""
        sentence = self.sentence(at)
        found = self._of.search(self.slots.text, sentence.span.start, at) if sentence else None
        return self.slots.run(found.start("S")) if found else None

    def looked_at(self, at: int) -> Run | None:
        """What another is said to look at earlier in the clause ('甲对某厂回访，乙派人监督')."""
        sentence = self.sentence(at)
        clause = next((c for c in sentence.clauses if c.start <= at < c.end), None) if sentence else None
        found = list(self._at.finditer(self.slots.text, clause.start, at)) if clause else []
        return self.slots.run(found[-1].start("S")) if found else None

    def before(self, at: int) -> Run | None:
        """The subject that opens the sentence before the one at ``at``, in the same paragraph."""
        i = self.index(at)
        if i < 1 or self.sentences[i - 1].paragraph != self.sentences[i].paragraph:
            return None
        for segment in self.segments(self.sentences[i - 1].clauses[0]):
            if not self._speech.search(self.slots.text, segment.start, segment.end):
                return self.opening(segment)
        return None

    def heading(self, at: int) -> Run | None:
        """The one run that a paragraph's heading sentence consists of ('（一）曲阳镇。'), for what follows it."""
        i = self.index(at)
        while i > 0 and self.sentences[i - 1].paragraph == self.sentences[i].paragraph:
            i -= 1
            sentence = self.sentences[i]
            if sentence.heading:
                runs = self.slots.runs_in(sentence.span.start, sentence.span.end)
                return runs[0] if len(runs) == 1 else None
        return None
