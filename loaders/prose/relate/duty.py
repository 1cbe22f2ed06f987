"""Reads the duties of a page in order: which clauses are one, in whose voice, and who must do it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg.lazy import lazy
from loaders.prose.page import Page, Sentence, Span
from loaders.prose.relate.addressed import Announced, addressed
from loaders.prose.relate.attribution import Attribution, Told
from loaders.prose.relate.directive import Directives, Modal, Verdict
from loaders.prose.relate.doers import Doers, Subject
from loaders.prose.relate.headings import NUMBER, Headings
from loaders.prose.relate.parties import Bearer
from loaders.prose.relate.points import Points
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.standing import Standing
from loaders.prose.relate.turn import Turn, ids
from loaders.words import NTH

_ANSWERS = lazy(
    f"[ 　]*(?:[（(]?{NTH}[）)、.．][ 　]*)?(?:整改|牵头|主体)?(?:责任|实施|牵头|承办|整改)(?:单位|主体|部门)[：:]?$"
)
_MUST = lazy("(?:[，“ ]|同时|还|也|更|又|一方面|另一方面)*(?:要|必须|务必|应|须|希望|请)")
_BOUND = lazy("[^，。；]{0,6}(?:按照?|根据)[^，。；]{0,14}(?:责任书|协议|承诺书|方案|计划|清单|预案|规定)，")
_PERIOD = lazy(
    "[^，。；：\ue020\ue021]{2,60}(?:期间|时段)(?:（[^（）]{1,20}）)?，"
)  # '高考期间（6月7日）和中考期间，全天禁止施工'
_STRESS = lazy("(?:全天|夜间|昼夜|一定|还|都|也|更|又|既|尤其|特别|就|首先|同时|均|务|则|决|绝|坚决)*")
_FOUND = lazy(
    f"[ 　]*(?:[（(]?{NTH}[）)、.．][ 　]*)?(?:(?:经查|经核查|经调查|经核实|经查明|调查发现|核查发现)[，：]|(?:整改|处理[及和与]整改|办理|处理|处置|查处)?(?:完成|落实|进展)?情况[：\t]|(?:反馈|存在)问题[：\t])"
)  # a paragraph that tells what was found out
_MENDED = lazy(
    "[^。\n]{0,40}(?<!未)(?<!没有)(?:已(?:经|全部|基本|按期|按要求)*(?:完成整改|整改完成|整改完毕|整改到位|整改落实|销号)|整改(?:已|工作)已?(?:经|全部|基本)*完成)。"
)  # opens a paragraph whose measures are told as taken
_LEADERS = lazy("领导|负责|书记|一把手")
_DEALT = lazy(
    "(?:巡?查出|排查出|发现|摸排出|反馈|交办|存在)的(?:[^，。；]{0,4}问题|隐患|线索)"
    "|(?:已经?|正在|尚未|尚|仍未|没有|不能|无法|可以|能够?|需要?|(?:不)?具备)[^，。；：\ue020\ue021]{1,14}的[^，。；的\ue020\ue021]{0,4}?(?=要(?!求))"
    "|(?:所有|全部|各类|这些|每个)[^，。；的\ue020\ue021]{0,6}(?:问题|任务|隐患)(?=要(?!求))"
)  # what is dealt with is not who must
_BLAME = lazy("对(?:于)?[^，。；]{0,20}(?:失职|失责|责任|损害|渎职)[^，。；]{0,12}，要?责成(?:有关|相关)部门")
_WHOEVER = lazy("(?:对|凡)[^。；]{2,50}?的，")
_PUNISHES = lazy(
    "(?:对(?:于)?|凡是?)[^，。；]{3,40}的，[^，。；]{0,8}?(?:通报批评|取消|处理|处罚|处置|处分|查处|追责|问责|追究|惩处|打击|拘留|曝光|一查到底)"
)  # who is punished may be those spoken of before, who does so is another
_WHEN = lazy("(?:接到|收到|发现|遇|出现|发生)[^，。；\ue020\ue021]{2,24}(?:时|后|的)，")
# until when an item is to be done: '（牵头单位：甲；完成时限：4月底前）', '（甲负责，6月底前）'
_UNTIL = lazy(
    "(?:完成|整改|办结|落实|实施|销号)(?:时限|时间|期限)(?:要求)?：(?P<t>[^；。）\n]{2,30})"
    "|(?<=[，；])(?P<u>[^，；（）]{2,16}(?:底前?|月前|日前|[周月]内|长期坚持|持续推进)(?:完成|落实)?)(?=）)"
)
_FIRST = lazy("一(?:是|要)|（一）|1[.．、]")
_HIS = lazy("其(?![他中次余它实间])")
_LED_BY = lazy("[ 　：]*(?:由|(?:组长|队长)[：由 　]?)")  # who leads the team that a label names
_FIGURE = lazy("[0-9][0-9.]*(?:%|个百分点|天|微克|毫克|辆|吨|万|以[内上下])")
_NAME = 40


@dataclass(slots=True)
class Duty:
    """One duty before it becomes statements: its clause's words, a short form of them, and what was read."""

    text: str
    name: str
    span: Span
    told: Told
    bearers: list[Bearer]
    verdict: Verdict
    paragraph: int
    watchers: list[Bearer] = field(default_factory=list)
    listed: bool = False  # whether a list behind its item says who must
    until: Span | None = None  # the words behind its item that say until when


class Reader:
    """Reads the duties of one page in order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.slots = Slots.of(page)
        self.text = self.slots.text
        self.attribution = Attribution(page, self.slots)
        self.directives = Directives(self.text, page.text, page.meta.published)
        self.doers = Doers(page, self.slots, self.directives)
        self.announced = Announced(self.doers.parties)
        self.duties: list[Duty] = []
        self.headings = Headings(page, self.directives, self.doers, self.attribution.genre)
        self._item = 0  # where the duties of the item begin that a list of doers may follow
        self._listed = 0  # how many duties there were at the list before
        self._always: list[Bearer] = []  # the doers of every item from where a list said so: '以下均需甲落实，不再列出'
        self._paragraph = -1
        self._turn = Turn()
        self._label: list[Bearer] = []  # the doers that a label or heading names for what stands under it
        self._label_end = 0
        self.points = Points(page)
        self.standing = Standing(page, self.doers.parties)
        self._under_heading = False
        self._answering: list[list[Bearer]] = []  # the doers under each heading '责任单位' of a notice on one matter
        self._itemised: list[Bearer] = []  # the doers before the first of a paragraph's points: '各单位一是…。二是…。'

    def read(self) -> list[Duty]:
        """All duties of the page."""
        paragraph, voice, before = -1, None, None
        sentences = list(self.attribution.read())
        for i, (sentence, told) in enumerate(sentences):
            after = sentences[i + 1][0] if i + 1 < len(sentences) else None
            numbered = NUMBER.match(self.text, sentence.span.start, sentence.span.end)
            spoken = told and (told[0].voice.speakers != voice or told[0].told and not told[0].causes)
            fresh = sentence.paragraph != paragraph
            if fresh or spoken:
                self._turn, self._itemised = Turn(), []
            elif numbered:
                self._turn = self._turn.point(first=_FIRST.match(self.text, numbered.start()) is not None)
            paragraph, voice = sentence.paragraph, told[-1].voice.speakers if told else None
            begins = told[0].content if len(told) == 1 and told[0].told else sentence.span.start
            heading = self.headings.read(sentence, begins, after)
            if fresh:
                self.points.enter(sentence)
                self.standing.enter(sentence)
            self._labelled(sentence, heading, fresh=fresh)
            if before is not None and fresh and _ANSWERS.match(self.page.quote(before)):
                self._answering.append(self.doers.parties.alone(*self.page.paragraphs[sentence.paragraph]))
            before = sentence.span if heading else None
            self._sentence(sentence, told, heading)
            said = self.duties[-1:]
            bore = [b for d in said if d.span.end == sentence.span.end for b in d.bearers]
            letter = not bore and self.attribution.genre == "document"
            self.points.read(sentence, addressed(self.doers.parties, sentence.span) if letter else bore)
        if len(self._answering) == 1:
            for duty in self.duties:
                duty.bearers = duty.bearers or self._answering[0]
        return self.duties

    def _labelled(self, sentence: Sentence, heading: bool, *, fresh: bool) -> None:
        """Keep the doers that head a paragraph ('县公安局：查处…；加强…') or several ('（二）县公安局' on a line of its own)."""
        if not fresh:
            if self._label and (found := self.doers.parties.alone(sentence.span.start, sentence.span.end - 1)):
                self._label, self._label_end = found, sentence.span.end  # '县农机局。负责…。县监察局。负责…'
            return
        paragraph = self.page.paragraphs[sentence.paragraph]
        goes_on = self.text.endswith("；", 0, max(0, paragraph.start - 1)) and not NUMBER.match(
            self.text, paragraph.start
        )
        if heading or not (self._under_heading or goes_on):
            self._label, self._under_heading = [], False
        label = self.doers.label(paragraph.start, sentence.span.end)
        if label is None:
            return
        stop, found = label
        alone = stop >= paragraph.end
        if not alone or heading or (self.duties and not self.text.startswith("：", stop - 1)):
            self._label, self._under_heading, self._label_end = found, alone, stop

    def _sentence(self, sentence: Sentence, told: list[Told], heading: bool) -> None:
        within: list[Bearer] = []
        had = several = False
        told_to: set[frozenset[int]] = set()
        fresh = sentence.paragraph != self._paragraph
        self._paragraph = sentence.paragraph
        if fresh and self._stands_above(sentence):
            return
        for n, clause in enumerate(told):
            span = clause.content, clause.clause.end
            listing, always = self.doers.is_listing(*span), self.doers.henceforth(*span)
            until = _UNTIL.match(self.text, self._begins(*span), span[1]) or listing and _UNTIL.search(self.text, *span)
            if until:
                self._until(until, sentence.paragraph)
            if listing:
                found = self.doers.listed(*span) or self.doers.roles(*span) or self._enclosed(*span)
                self._attach(found, sentence.paragraph)
            self._always = always or self._always
            if listing or until:
                continue
            if fresh and n == 0:
                self._item = len(self.duties)
            if n and NUMBER.match(self.text, clause.content, clause.clause.end) and not self._carries(sentence, within):
                several = several or bool(self._turn.last)
                self._turn = self._turn.point(first=False) if self._turn.over else Turn()
                within = []  # '一要…；二要…': each item has its own subject
            duty = self._clause(sentence, clause, heading, had, within)
            if always:
                self._listed = len(self.duties)  # lists to come are of other duties
            if duty is None:
                continue
            had = True
            if not self._turn.over and self._carries(sentence, duty.bearers):
                self._turn.over = duty.bearers
            told_to.add(ids(duty.bearers))
            parted = len(told_to - {frozenset()}) > 1  # '甲要…；乙要…；加大…': the third may be meant for either
            within = [] if self._turn.mixed or parted else duty.bearers and self._turn.last or within
            brackets = self.doers.listed(*span) or self._enclosed(*span)
            if brackets:
                self._attach(brackets, sentence.paragraph)
        self._turn.mixed = self._turn.mixed or several  # what follows such a list may be meant for any of them

    def _stands_above(self, sentence: Sentence) -> bool:
        """Whether a paragraph but says who must do what stands below it; who is to reach the goal right above it as well."""
        last = self.duties[-1].paragraph if self.duties else -1
        goals = [d for d in self.duties if d.paragraph == last] if self.standing.is_goal(last) else []
        if last == sentence.paragraph - 1 >= 0 and not goals:
            return False
        if not self.standing.listing(sentence, len(goals) == len(self.duties)):
            return False
        for duty in goals:
            duty.bearers = duty.bearers or self.standing.at(sentence)
        return True

    def _carries(self, sentence: Sentence, bearers: list[Bearer]) -> bool:
        """Whether a subject stands before the first of a sentence's items: '各单位一要…；二要…'."""
        first = _FIRST.search(self.text, sentence.span.start, sentence.span.end)
        return first is not None and bool(bearers) and all(b.span.end <= first.start() for b in bearers)

    def _attach(self, bearers: Iterable[Bearer], paragraph: int) -> None:
        """Give the doers of a list to the duties of the item it closes: those since the list before it, or the same."""
        listed = [*bearers, *self._always]
        found = _unique(b for b in listed if b.role != "督办")
        if self._listed < len(self.duties):
            self._item, self._listed = max(self._item, self._listed), len(self.duties)
        for duty in self._of_item(paragraph):
            duty.watchers += [b for b in listed if b.role == "督办"]
            kept = [] if found and duty.bearers == self._label else duty.bearers  # '一、建筑工地' is but its matter
            if kept and duty.paragraph != paragraph and not duty.listed:
                continue  # who is named in the duty does it, whoever the item as a whole is given to
            duty.listed = True
            duty.bearers = [*kept, *(b for b in found if b.entity not in [x.entity for x in kept])]

    def _enclosed(self, start: int, end: int) -> list[Bearer]:
        return self.doers.enclosed(start, end) if self.attribution.genre == "document" else []

    def _of_item(self, paragraph: int) -> list[Duty]:
        """The duties of the item before an offset: those of its paragraph, where it has some."""
        return [d for d in self.duties[self._item :] if d.paragraph == paragraph] or self.duties[self._item :]

    def _until(self, said: re.Match[str], paragraph: int) -> None:
        """Keep until when the duties of an item are to be done."""
        for duty in self._of_item(paragraph):
            duty.until = duty.until or Span(*said.span("t" if said["t"] else "u"))

    def _clause(self, sentence: Sentence, told: Told, heading: bool, had: bool, within: list[Bearer]) -> Duty | None:
        force, asked_of = told.voice.force, self.announced.asked(told)
        start, end = told.content, told.clause.end
        if force in ("pledge", "outside") or self.directives.excluded(told.clause.start if told.causes else start, end):
            return None
        if itemised := self.doers.itemised(start, end):
            start, self._itemised = itemised
        modals = self.directives.modals(start, end)
        opening = self.page.paragraphs[sentence.paragraph].start
        of_form = force == "rule" or (self.attribution.genre == "document" and not told.told)
        found = of_form and (_FOUND.match(self.text, opening) or _MENDED.match(self.page.text, opening))
        done = found or self.directives.done(told.clause.start if told.causes else start, end)
        if any(m.task for m in modals) and done:
            modals = [m for m in modals if not m.task]
        strong = [m for m in modals if m.strong]
        if heading and not (strong and not self.directives.slogan(start, end)):
            return None
        orders = (
            (force == "order" and not found)
            or (had and not found)
            or (self._turn.ordered and force in ("order", "say", "rule"))
        )
        figures = (
            self.headings.goals and not modals and _FIGURE.search(self.text, start, end)
        )  # a target, and no duty beside it
        if self.points.things and not strong and not told.causes:
            return None
        rule = force == "rule" and not self.headings.facts and not found and start >= self.headings.background
        bare = orders or (rule and not figures)
        if not (strong or told.causes or bare):
            return None
        by = self.doers.by(start, end)
        asked = told.told and self.text.endswith(("要求", "号召", "通知", "希望"), start - 2, start)
        subjects = self.doers.subjects(start, end, modals, bare=bare or by >= 0, asked=asked)
        roles = self.doers.roles(start, end)
        does = [s for s in subjects if s.told or self._does(s, by, bare=bare)]
        if strong and strong[0].row.name == "希望":  # '我市启动预警，请你们按照要求响应': what we did sets the scene
            wished = self.text.startswith("希望", strong[0].start)  # who stands before it wishes so
            does = [s for s in does if s.start > strong[0].start or s.told and not wished]
        if any(s.told for s in does):  # '各分局要提高站位，主要负责同志靠前指挥': the office must
            does = [s for s in does if s.told or not self.text.startswith(("亲自", "靠前", "挂帅", "具体抓"), s.end)]
        if (
            strong and strong[0].row.name == "要" and self._subjectless(start, end, strong[:1])
        ):  # '要多宣传，请群众一起动手': who is asked to join in
            does = [s for s in does if s.start < strong[0].start or not self.text.startswith("请", s.start - 1)]
            subjects = [s for s in subjects if s in does or not self.text.startswith("请", s.start - 1)]
        bearers = [b for s in does for b in s.bearers] + roles
        his = told.told and _HIS.match(self.text, start, end) is not None  # '要求其立即整改'
        caused = self.doers.names(start, end, *told.voice.speakers) if told.causes or his else []
        if caused and (meant := self.announced.advised(told, caused)) is not caused:
            bearers = [b for b in bearers if all(b.entity is not c.entity for c in caused)]
            caused = meant
        if caused:
            bearers = _unique([*caused, *bearers])  # '责成某市排查，并责成有关单位整改': the first is who must
        verdict: Verdict | None = None
        if strong:
            begins = self._begins(start, end)
            told_so = force == "" and (_MUST.match(self.text, begins) or _BOUND.match(self.text, begins))
            if (
                force in ("vow", "")
                and not (had and not told.told or told_so)
                and all(b.entity.name.startswith("我") for b in bearers)
            ):
                return None
            person = does and not roles and all(b.entity.label == "Person" for b in bearers)
            if force == "" and strong[0].row.name == "要" and person:
                return None  # nobody says so: '河长某某每周都要沿河走一趟'
            verdict = Verdict(strong[0].row.name, strong[0].row.name, strong[0].start, True)
        elif told.causes and self.directives.done(self.attribution.ordered_from(told), end):
            return None
        elif caused or told.causes and self.text.startswith("其", start):  # '发现3艘船未装，责令其改正'
            verdict = Verdict(told.voice.rule, "责令", start, True)
        elif bare:
            weak = [m for m in modals if not m.strong]
            at = self.directives.orders(start, end, [(s.start, s.end) for s in subjects], things=force == "rule")
            at = weak[0].start if at < 0 and weak and bare and force in ("order", "rule") else at
            at = self.doers.by(start, end) if at < 0 else at
            if at >= 0 and not self.directives.narrates(start, at, end, weak=bool(weak)):
                name = weak[0].row.name if weak else "祈使"
                verdict = Verdict(name, name, at, False)
        explicit = _unique(self.announced.meant(bearers))
        if self._label and explicit and self._is_led(explicit):
            explicit = self._label  # '（一）散煤组。组长某某，负责…': what the team is for
        named = verdict is not None and verdict.strong and bool(explicit or subjects)
        if verdict is None or (not named and self.directives.slogan(start, end)):
            return None
        if (
            not explicit
            and verdict.strong
            and verdict.rule != "希望"
            and (
                _MUST.match(self.text, verdict.at)
                or verdict.rule in ("负责", "统一指挥")
                or self.text.startswith(("不得", "一律", "禁止", "严禁"), verdict.at)
            )
        ):
            explicit = self.doers.topic(start, verdict.at)
        if any(b.rule == "会同乙" for b in explicit):
            explicit = [replace(b, role="牵头") if b.role == "责任" else b for b in explicit]
        of_whom = self._itemised or self._label or asked_of or self.points.asked
        called = addressed(self.doers.parties, told.clause) if force == "rule" else []
        of_whom = of_whom or called or (self.standing.at(sentence) if force == "rule" else [])
        asker = [id(e) for e in told.voice.speakers]
        if called and all(b.entity.name.startswith("你") or id(b.entity) in asker for b in explicit):
            explicit = called  # '请你局…', '请于5日前报我办，我办将复查'
        final = explicit or of_whom
        later = [s for s in subjects if s.told and strong and s.start > strong[0].start]
        if (
            explicit
            and later
            and strong[0].row.name in ("要", "必须")
            and len(later) == len(subjects)
            and all(b.entity.label == "Post" or _LEADERS.search(b.entity.name) for b in explicit)
            and not explicit[0].entity.name.startswith("各")
            and self._subjectless(start, end, strong[:1])
        ):
            final = _unique(
                [*self._turn.meant(), *explicit]
            )  # '要…，主要领导要…': both the subject before and this one
        if explicit and self._opens_with_label(start, explicit, end):
            final = _unique([*self._label, *explicit])
        left_out = self._subjectless(start, end, modals)
        if all(b.rule == "会同乙" for b in explicit) and left_out and not (of_whom and not explicit):
            carried = [] if _PUNISHES.match(self.page.text, self._begins(start, end)) else self._turn.meant()
            meant = within or carried or of_whom
            if _WHOEVER.match(self.text, start):  # who is to question one is not who refers the next
                meant = [b for b in meant if b.rule != "由甲做"]
            led = (_BLAME.match(self.page.text, start) and self._turn.above()) or meant
            final = [*(replace(b, role="牵头") for b in led), *explicit] if explicit else led
        earlier = told.voice.span is not None and told.voice.span.end <= sentence.span.start
        if earlier and final and {id(b.entity) for b in final} == {id(e) for e in told.voice.speakers}:
            return None  # '甲要求停产。甲将线索移交乙': what the speaker did
        if not heading:
            # '要提高认识，各镇要…': what follows may be meant for all
            both = bool(strong and subjects and left_out and subjects[0].start > strong[0].start)
            whole = _of_leaders(does) if len(does) == len(subjects) else []
            mixed = (len(subjects) > 1 and not whole or both) and not told.causes
            self._turn.hear(final, whole or final, mixed=mixed)
        said = self.page.quote(told.clause).strip("；。 　\n")
        duty = Duty(
            said,
            _short(self.page.text[self._begins(start, end) : end]),
            told.clause,
            told,
            final,
            verdict,
            sentence.paragraph,
        )
        self.duties.append(duty)
        return duty

    def _does(self, subject: Subject, by: int, *, bare: bool) -> bool:
        """Whether a subject without a word of obligation acts itself, not only who is named with 由 at ``by`` (-1: nobody)."""
        if by < 0 or subject.start > by:
            return True
        if self.text.startswith(("将", "把"), subject.end):
            return False
        return bare and (subject.end >= by - 1 or "，" in self.text[subject.end : by])

    def _subjectless(self, start: int, end: int, modals: list[Modal]) -> bool:
        """Whether a clause begins with its verb, its word of obligation or what sets its scene, so that who must do it
        is left out."""
        at = self._begins(start, end)
        at = dealt.end() if (dealt := _DEALT.match(self.text, at, end)) else at  # '查出的问题要…'
        at = period.end() if (period := _PERIOD.match(self.text, at, end)) else at
        said = {m.start for m in modals}
        stress = _STRESS.match(self.text, at)
        if (when := _WHEN.match(self.text, at, end)) and when.end() in said:
            return True  # '接到求助时，应在两小时内…'
        return at in said or (stress is not None and stress.end() in said) or self.directives.opens(at, end)

    def _opens_with_label(self, start: int, named: list[Bearer], end: int) -> bool:
        """Whether a clause is of who its label names as well as of who it names further on: '各镇：落实…，村干部每日巡查不少于3次'."""
        at = self._label_end
        return start < at < named[0].span.start and self.directives.bare.match(self.text, at, end) is not None

    def _is_led(self, named: list[Bearer]) -> bool:
        """Whether those named right behind a label are who lead what it names ('（一）散煤组。组长某某，负责…')."""
        led = _LED_BY.match(self.page.text, self._label_end)
        return led is not None and led.start() <= named[0].span.start <= led.end()

    def _begins(self, start: int, end: int) -> int:
        """Where a clause begins after its number and conjunctions."""
        lead = self.directives.lead.match(self.text, start, end)
        return lead.end() if lead else start


def _of_leaders(does: list[Subject]) -> list[Bearer]:
    """Whose own leaders the later subjects of a clause are ('各镇要…，分管领导要…'): what follows is for those of the first."""
    rest = [b for s in does[1:] for b in s.bearers]
    own = bool(rest) and all(b.entity.label == "Post" and _LEADERS.search(b.entity.name) for b in rest)
    return [b for b in does[0].bearers if b.entity.label != "Post"] if own else []


def _unique(bearers: Iterable[Bearer]) -> list[Bearer]:
    out: dict[int, Bearer] = {}
    for b in bearers:
        if id(b.entity) not in out or out[id(b.entity)].role == "责任":
            out[id(b.entity)] = b
    return list(out.values())


def _short(said: str) -> str:
    said = said.strip("；。，：“” 　\n")
    return said if len(said) <= _NAME else said[: _NAME - 1] + "…"
