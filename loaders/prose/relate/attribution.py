"""Who says so: for every clause of a page, whose words they are and where what is said begins.

A turn of speech is opened by words such as 'X强调，', goes on to the end of its paragraph, and into the next ones
where those only number its points (一是 … 二是 …). Words of others told inside a turn hold for their sentence alone.
In a document what nobody else says is said by the body that issued it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.lazy import lazy
from loaders.prose.page import Entity, Page, Sentence, Span
from loaders.prose.relate.issuer import Genre, genre, issuers
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import BODIES, FILL, Slots
from loaders.prose.relate.speakers import Speaker, Speakers
from loaders.words import HAN_NUMBER, HEADS, NOT_DECIMAL


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks and with what force.

    ``force`` is 'order' (bare verb phrases are duties), 'say' (a duty needs 要, 应, 须 …), 'vow' (one who speaks for
    himself unless he names another), 'pledge' and 'outside' (no duties), 'rule' (a document's own voice) or '' (nobody
    speaks: narrative). ``span`` are the words that name the speaker, None where the page as a whole does.
    """

    speakers: tuple[Entity, ...] = ()
    force: str = ""
    rule: str = "narrative"
    span: Span | None = None


@dataclass(slots=True)
class Told:
    """A clause with its voice; what is said begins at ``content``. ``told`` is True where the words that name the
    speaker stand in this clause, ``causes`` where they also make the object the doer ('责令该公司停产')."""

    clause: Span
    voice: Voice
    content: int
    told: bool = False
    causes: bool = False


_ORDINAL = f"(?:首先，|其次，|再次，|最后，|（(?:{HAN_NUMBER}|[0-9]{{1,2}})）|{HAN_NUMBER}(?:是|要|、)|[0-9]+[.．、]{NOT_DECIMAL}|[第其]{HAN_NUMBER}，|—+|[●■◆★▲▶·•※☆◎○]+)"
_FIRST = lazy("(?:一(?:是|要)|首先，|第一，|（一）|1[.．、](?![0-9]))")
_THEN = lazy("(?:[，并还又也]|同时|此外|随后|接着|最后|期间)*")  # before '要求…' of who the sentence before tells of
_POINT = lazy(rf"(?:^|[：\n])[ 　]*{_ORDINAL}[^，。；：\n]{{4,24}}。?$")
_NUMBERED = lazy(rf"[ 　]*{_ORDINAL}")
_GOES_ON = lazy(
    rf"[ 　“]*(?:{_ORDINAL}|在[^，。；：“”]{{2,16}}[上中面]，(?={BODIES}{FILL}*(?:[、和]{BODIES}{FILL}*)*(?:要(?!求)|应|须|必须|务必))|(?:还|也|更|又)?要(?!求|点|闻)|必须|务必|{BODIES}{FILL}*[^，。；：]{{0,6}}?(?:(?<![主重需])要(?!求)|应|须|必须|务必)|各[^，。；]{{1,12}}要(?!求)|{BODIES}{FILL}*[^。；：“”]{{2,40}}，[^，。；：]{{1,12}}(?:要(?!求)|必须|务必))"
)
_NOUN = lazy(
    "(?:按照?|依照|依据|根据|遵照|对照|围绕|落实|贯彻|达到|符合|响应|执行|结合)(?:[^，。；《]{0,30}|[^，。；《]{0,10}《[^，。；]{0,80})$"
)
_VERB = lazy("提出|强调|指出|作出|做出|作了|讲了|谈了|明确提出")  # never what one acts by, as 要求 and 部署 are
_UNKNOWN = lazy(f"(?!会|并|同|还|随|最|调|座|期|此|讲|又|也)[\u4e00-\u9fff]{{2,4}}(?:同志|{HEADS})?")
_PLEDGED = lazy(
    "(?:承诺|保证|决心)书(?:（[^（）]*）)?$|(?:整改|落实|完成|进展|工作|办理)情况(?:的)?(?:报告|汇报)(?:（[^（）]*）)?$"
)
_QUOTES = lazy("[“”]")
_BLANK = " 　。：:\n"
_OBLIGED = lazy(
    "(?<![主重需首只纪概摘简])要(?![求素点闻])|必须|应当|务必|不得|严禁|逐[条项件](?!点评|点名|听取|分析|剖析|回应|解读|讲评)|(?<![申邀呈提])请(?=[各你有相\ue020\ue021])|(?<![无必胡])须"
)


class Attribution:
    """The voices of a page. ``genre`` is what kind of text it is, ``speakers`` finds who is meant."""

    def __init__(self, page: Page, slots: Slots) -> None:
        self.page, self.slots = page, slots
        self.text = slots.text
        self.genre: Genre = genre(page)
        self.speakers = Speakers(page, slots)
        t = table("speech")
        self._openings = t.sieve("opening", "announce", "inner").over(self.text)
        self._kinds = {r.name: k for k in ("opening", "announce", "inner") for r in t[k]}
        self._quoted, self._history, self._after = t["quoted"], t["history"], t["after"]
        self._acts = t["acts"][0].pattern
        self._turns = [r for r in t["turn"] if self.genre == "report" and re.search(r.get("page"), page.text)]
        words = t.finditer(
            "{order}|{order_noun}|{say}|{vow}|{pledge}|批示|意见|敦促|勒令|倡导|鼓励|讲话|的话：|：|[议商审]定|(?:点名|[当现]场|当即|立即|随即|转身)[让叫要请]|电话，[并又再]?[让叫]其|[发印下](?:布|发|出)|[应警控]期间，|请(?=\ue021)|[提点讲谈说]了[两二三四五六七八几]",
            self.text,
        )
        self._hits = [m.start() for m in words]
        self._outer: Voice = Voice()
        self._held = False
        self._announcer: Speaker | None = None  # who gave notice last of points to come
        self._asked: Voice | None = None  # who asked something in the sentence before: points after it are his as well
        self._quoting: tuple[Voice, int] | None = None  # whose quotation is open, and where it closes
        self._said_from = 0  # where the words begin of whom a paragraph opens with as a speaker
        self._opened = False  # whether the paragraph ends on words of speech: what is said stands in the next one

    def base(self) -> Voice:
        """The voice of what nobody is said to say."""
        if self.genre == "speech":
            return Voice(self.speakers.meant.author(), "order", "speech")
        if self.genre == "document" and _PLEDGED.search(self.page.meta.title.strip()):
            return Voice(issuers(self.page, self.slots), "pledge", "document")  # what the doer promises himself
        if self.genre == "document":
            return Voice(issuers(self.page, self.slots), "rule", "document")
        return Voice(self.speakers.meant.host, "", "host" if self.speakers.meant.host else "narrative")

    def read(self) -> Iterator[tuple[Sentence, list[Told]]]:
        """Every sentence with its clauses' voices, in order."""
        base = self.base()
        self._outer = base
        paragraph = -1
        for sentence in self.page.sentences:
            fresh = sentence.paragraph != paragraph
            if fresh:
                paragraph = sentence.paragraph
                self._turn(sentence, base)
            told = self._sentence(sentence, base)
            yield sentence, told
            self.speakers.note(sentence, self._named_in(told))

    def _named_in(self, told: list[Told]) -> Speaker | None:
        """The one person whom the words of speech of a sentence name last, if any."""
        named = [t.voice for t in told if t.told and t.voice.span and self._kinds.get(t.voice.rule) == "opening"]
        who = named[-1].speakers if named else ()
        alone = len(who) == 1 and who[0].label == "Person"
        return Speaker(who, named[-1].span) if alone and named[-1].span is not None else None

    def ordered_from(self, told: Told) -> int:
        """Where the words begin that may tell an order as done: '点了该厂的名，责令…' is none, '去年，…督促…' is one."""
        comma = self.text.rfind("，", told.clause.start, told.content)
        return comma + 1 if comma >= 0 and told.voice.rule == "责令甲做某事" else told.clause.start

    def _turn(self, sentence: Sentence, base: Voice) -> None:
        """At a new paragraph: does the turn before it go on?"""
        report = self.genre == "report"
        going_on = self._outer is not base and (
            self._opened or (report and _GOES_ON.match(self.text, sentence.span.start, sentence.span.end))
        )
        numbered = self._held and (
            _NUMBERED.match(self.text, sentence.span.start, sentence.span.end)
            or (report and self._is_point(sentence.paragraph - 1))
        )
        if not (going_on or numbered):
            self._outer, self._held = base, False
        for row in self._turns:
            m = row.pattern.match(self.text, sentence.span.start)
            run = self.slots.run(m.start("S")) if m else None
            if run is not None:
                self._outer = Voice(tuple(run.people), row.get("force"), row.name, run.span)
                self._held = bool(row.get("points"))
                self._said_from = m.end() if m else 0
                break

    def _is_point(self, paragraph: int) -> bool:
        """Whether a paragraph names but the point that the next one says: '一、压实责任。', '…提出三点要求：一是压实责任。'."""
        span = self.page.paragraphs[max(paragraph, 0)]
        return _POINT.search(self.text, max(0, span.start - 1), span.end) is not None

    def _sentence(self, sentence: Sentence, base: Voice) -> list[Told]:
        out: list[Told] = []
        if self._done_speaking(sentence):
            self._outer, self._held = base, False
        voice = self._outer
        if self._quoting is None or sentence.span.start >= self._quoting[1]:
            self._named_after(sentence)
        if self._quoting is not None and sentence.span.start < self._quoting[1]:
            voice = self._quoting[0]
        asked, self._asked = self._asked, None
        if asked and not voice.speakers and self._goes_on(sentence):
            voice = self._outer = asked  # '他要求参会干部，要…。一是…', '…，要求各村加强宣传。各级网格员要…'
        if _NUMBERED.match(self.text, sentence.span.start):
            self._held = True
        for clause in sentence.clauses:
            told = Told(clause, voice, clause.start)
            if self._any(clause):
                told = self._clause(sentence, clause, voice, base)
                voice = told.voice
                self._quote(told, sentence)
            if told.content < self._said_from < clause.end:
                told = replace(told, content=self._said_from)  # '某某：县水利局要…': he says it, and need not do it
            out.append(told)
        last = out[-1]
        said = last.told and not last.causes and not self.text.endswith("。", 0, last.content)
        self._opened = said and not self.text[last.content : sentence.span.end].strip(_BLANK)
        return out

    def _goes_on(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on with what was asked: its first point, or somebody else who must."""
        here = sentence.span.start, sentence.span.end
        later = _NUMBERED.match(self.text, *here) is not None
        return bool(_FIRST.match(self.text, *here) or (_GOES_ON.match(self.text, *here) and not later))

    def _follows(self, sentence: Sentence) -> bool:
        """Whether another sentence stands before one in its paragraph."""
        return sentence.span.start > self.page.paragraphs[sentence.paragraph].start

    def _done_speaking(self, sentence: Sentence) -> bool:
        """Whether a report's sentence tells what the speaker then went to do."""
        m = self._acts.match(self.text, sentence.span.start, sentence.span.end) if self.genre == "report" else None
        run = self.slots.run(m.start("S")) if m else None
        return run is not None and bool(run.people) and set(map(id, run.people)) <= set(map(id, self._outer.speakers))

    def _named_after(self, sentence: Sentence) -> None:
        """Keep whose words a quotation holds that opens a sentence and is followed by who says it: '“…。”她说。'"""
        at = sentence.span.start
        close = self._closes(at, sentence) if self.text.startswith("“", at) else -1
        for row in self._after if close > at else ():
            m = row.pattern.match(self.text, close + 1)
            who = self.speakers.find(close + 1, m.end("w")) if m else None
            if m is not None and who is not None and who.entities:
                voice = Voice(who.entities, who.force or row.get("force"), row.name, Span(close + 1, m.end()))
                self._quoting = (voice, close)

    def _closes(self, at: int, sentence: Sentence) -> int:
        """Where the quotation that opens at ``at`` closes in its paragraph; -1 where it does not."""
        depth = 0
        for m in _QUOTES.finditer(self.text, at, self.page.paragraphs[sentence.paragraph].end):
            depth += 1 if m.group() == "“" else -1
            if depth == 0:
                return m.start()
        return -1

    def _quote(self, told: Told, sentence: Sentence) -> None:
        """Keep whose words a quotation holds that goes on after its first sentence."""
        at = told.content if self.text.startswith("“", told.content) else told.content - 1
        if not told.told or not self.text.startswith("“", at):
            return
        close = self._closes(at, sentence)
        if close >= 0:
            self._quoting = (told.voice, close) if close > sentence.span.end else None

    def _any(self, span: Span) -> bool:
        i = bisect_left(self._hits, span.start)
        return i < len(self._hits) and self._hits[i] < span.end

    def _found(self, clause: Span) -> list[tuple[re.Match[str], Row]]:
        """Words of speech in a clause, each place once, the longest first."""
        found = [(m, row) for row, m in self._openings.matches(clause.start, clause.end)]
        found.sort(key=lambda x: (x[0].start(), -x[0].end()))
        kept: list[tuple[re.Match[str], Row]] = []
        for m, row in found:
            if not kept or m.start() >= kept[-1][0].end():
                kept.append((m, row))
        return kept

    def _clause(self, sentence: Sentence, clause: Span, voice: Voice, base: Voice) -> Told:
        content, told, causes = clause.start, False, False
        last: Speaker | None = None
        for m, row in self._found(clause):
            kind = self._kinds[row.name]
            besides = told and self.text.endswith("，并", content, m.start()) and self.text.endswith("要求", 0, content)
            if (causes or besides) and row.get("object") == "bearer":
                continue  # '责成某市…，并责成…', '要求企业停产，并责成…': the clause is the first one's
            if m.start() < content or (not _VERB.search(m.group()) and self._is_noun(content, m.start())):
                continue
            near = max(content, self.text.rfind("，", content, m.start()) + 1) if kind == "opening" else content
            if _OBLIGED.search(self.text, near, m.start()):
                continue
            if kind == "opening" and self.text.startswith(("由", "应由", "须由"), near):
                continue  # '由所在单位向办公室提出，'
            if row.get("narrative") and voice.force:
                continue
            if m.group() == "通知" and voice.force == "rule":
                continue  # in a circular that is a duty: '市教育局通知学校停课'
            going_on = last is not None and self.speakers.elided(content, m.start())
            who = None if going_on else self.speakers.find(content, m.start())
            if who is not None and kind == "opening" and _OBLIGED.search(self.text, who.span.end, m.start()):
                continue  # '甲要摸清底数，坚持严要求，': what he is told to do, not what he says
            named = m.start() - content
            if (
                who is None
                and last is None
                and kind == "opening"
                and named > 12
                and not self.speakers.elided(content, m.start())
            ):
                continue
            if kind == "announce" and who is not None and self._is_history(clause):
                continue
            begins = _THEN.fullmatch(self.text, sentence.span.start, m.start()) is not None
            opens = begins and not voice.speakers and self._follows(sentence)
            who = who or last or self.speakers.topic(quote=opens or self.text.startswith("“", m.end()))
            if who is None and kind != "announce" and not voice.speakers and self.genre == "report":
                who = self.speakers.visiting(content, m.start())
            if who is None and kind == "announce" and self.speakers.elided(content, m.start()):
                who = self._announcer  # '…对近期工作作了安排。…为抓好落实，提出具体要求：'
            if who is None and kind == "announce" and last is None and not voice.speakers and self._follows(sentence):
                who = self.speakers.before(content, m.start())
            if who is None and kind == "announce":
                continue
            last = who
            unknown = bool(_UNKNOWN.fullmatch(self.text, content, m.start())) and kind == "opening"
            if unknown and who is None:
                self.speakers.forget()
            voice = self._voice(who, row, m, voice, unknown)
            if row.get("object") != "bearer":
                self._keep(voice, kind, who, base, m, sentence)
            content, told, causes = m.end(), True, row.get("object") == "bearer"
            if row.get("whole"):
                break  # '从…等方面提出要求': the words of speech behind it close what it tells
        quoted = self._quotation(clause, voice, told)
        if quoted is not None:
            return quoted
        return Told(clause, voice, content, told, causes)

    def _voice(self, who: Speaker | None, row: Row, m: re.Match[str], voice: Voice, named: bool) -> Voice:
        if who is None:  # nobody new: the words belong to whoever speaks already
            return Voice(() if named else voice.speakers, row.get("force"), row.name, Span(*m.span()))
        force = who.force or row.get("force")
        if force in ("say", "vow") and self._held and voice.force == "order" and who.entities == voice.speakers:
            force = "order"  # among the points that were announced
        return Voice(who.entities, force, row.name, Span(who.span.start, m.end()))

    def _keep(
        self, voice: Voice, kind: str, who: Speaker | None, base: Voice, m: re.Match[str], sentence: Sentence
    ) -> None:
        """Whether a turn of speech begins here that goes beyond its sentence."""
        if self.genre == "report" and who is None and kind == "opening" and not voice.speakers:
            self._outer = voice  # somebody speaks whom nothing names
        if who is None or who.elided:
            return
        if self.genre != "report":  # in a document somebody's words hold to the end of their paragraph at most
            orders = voice.force == "order" or all(e.label == "Person" for e in who.entities)
            if (
                self.genre == "document"
                and kind == "opening"
                and orders
                and all(e.label in ("Person", "Agency") for e in who.entities)
            ):
                self._outer = voice
            return
        if kind == "announce":
            self._held, self._announcer = True, who
        item = kind == "inner" and any(  # told in one item of a list
            _NUMBERED.match(self.text, at)
            for at in (sentence.span.start, self.page.paragraphs[sentence.paragraph].start)
        )
        nested = item or self._outer is not base and (self.text.startswith("“", m.end()) or who.top or kind == "inner")
        if kind == "inner" and not who.leads:
            self._asked = voice if voice.force == "order" else None
        elif not nested:
            self._outer = voice

    def _is_noun(self, start: int, at: int) -> bool:
        """'按照会议要求，': not words of speech."""
        segment = max(start, self.text.rfind("，", start, at) + 1)
        return bool(_NOUN.search(self.text[segment:at]))

    def _is_history(self, clause: Span) -> bool:
        return any(r.pattern.search(self.text, clause.start, clause.end) for r in self._history)

    def _quotation(self, clause: Span, voice: Voice, told: bool) -> Told | None:
        """The words of somebody else in quotation marks."""
        for row in self._quoted:
            if row.get("alone") and voice.force:
                continue  # where nobody speaks already
            if row.get("silent") and told:
                continue  # where no word of speech names who does
            m = row.pattern.search(self.text, clause.start, clause.end)
            if m is None:
                continue
            run = self.slots.run(m.start("S"))
            if run is None:
                continue
            who = tuple(e for e in (run.people or run.bodies) if e.label in ("Person", "Agency"))
            body = who or tuple(b for p in run.heads for e in p.entities if (b := self.slots.body_of(e)))
            return Told(clause, Voice(body, row.get("force"), row.name, Span(m.start(), m.end())), m.end(), True)
        return None
