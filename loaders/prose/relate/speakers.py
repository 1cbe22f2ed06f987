"""Who is meant by the words before '强调，': a person, a body, he, the meeting, a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.lazy import lazy
from loaders.prose.page import Entity, Page, Sentence, Span
from loaders.prose.relate.meant import OPENS, Meant
from loaders.prose.relate.rows import table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots
from loaders.words import HEADS, INSPECTION, OFFICIALS, TEAM_HEADS

# sets the scene before a speaker: '对下一步工作，', '调研中，'
_SETS = lazy(
    "(?:(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日(?:上午|下午|晚上?|凌晨)?|近日|日前|近期|(?:针?对|就|围绕|关于|谈到|结合|根据|按照)[^，。；：]{2,40}|[^，。；：]{1,14}(?:时|中|后|上|期间)|最后|同时|随后)，"
)
# a meeting that is learnt from, not the one that speaks: '传达了省、市会议精神，要求…'
_OTHERS = lazy(
    "[按根依据对随在]|(?:认真|及时|迅速|第一时间|集中|传达|专题|还|并|首先)*(?:传达|学习|贯彻|宣读|收[听看]|通报)了?[^，。；：]*会议?(?:的|上的)?(?:重要|有关|相关)?(?:精神|要求|讲话|部署|内容|文件)"
)
_CLOSING = lazy("[，。；：“”！？\n]")

_CALLED_SO = lazy("(?<=[\u4e00-\u9fff])“[\u4e00-\u9fff]{1,8}”$")  # words called so, no quotation

_TITLED = lazy(f"(?:党工委|党委|党组|党支部|办事处)?(?:常务)?(?:第一|副)?{HEADS}")
# what points are announced on in a sentence that names nobody
_MATTER = lazy(
    "(?:^|[，。：])(?:并|还|同时|最后|随后|，)*(?:(?:针?对|就|围绕|关于|结合)[^，。；：]{2,50}|(?:^|(?<=，)))$"
)
_FEEDBACK = lazy(f"(?:[^，。；]{{0,8}}{INSPECTION})?(?:书面)?反馈(?:意见|报告)?$")
_HELD = lazy(f"[^，。；：对向]{{0,12}}(?:{HEADS}|{TEAM_HEADS}|{OFFICIALS}|[河湖林田]长)")
_CHAIN = lazy("[^，。；：对向]{0,6}")
_GIVEN = lazy(f"(?P<g>[\u4e00-\u9fff]{{2}})(?:同志|副?{HEADS})")
# how a sentence goes on about somebody who goes round: '在石桥镇，实地察看收储点，'
_VISITS = lazy(
    "[ 　]*(?:(?:在|到|进入|沿着?)[^，。；：]{2,40}，|(?:随后|期间|其间|当[天日晚]|每到一处|一路上?|(?:检查|调研|督导|巡查|暗访)中)，?)*"
    "(?:又|还|先后|实地|现场|详细|认真|仔细|重点|一一|逐一|深入)*(?:[察查]看|检查|了解|督[导查]|听取|走进|来到|调研|询问|观看|翻看|查阅)"
)
_RESULT = lazy(
    "(?:进而|从而)?(?:导致|造成|致使|引发|使得)"
)  # '因履职不力，导致某厂偷排，责令…': who orders it stands before
_DESCRIBES = lazy("(?:范围|辖区|境内)?(?:主要|大多|全部|都|共)?(?:是|属|位于|地处|毗邻|有[0-9])")
_CAME_AND = lazy(
    "(?:同志)?(?:出席|参加|列席)(?:了)?(?:此次|本次)?(?:[活会][动议]|[^，。；：]{0,12}会)?(?:并|且|，)?(?:讲话)?并?"
)
_FAR = 600  # no sentence is looked back on further than this
_CHAIRS = lazy("主持|(?:并|作)(?:了)?(?:动员|总结|重要)?讲话")  # who presides speaks on behind '…，某某主持会议，要求…'
_AND_THERE = lazy("会[^，。；]{0,6}并(?:(?:就|对|围绕|针对)[^，。；\ue020]{2,40})?$|约谈并$")
_WHILE = lazy("(?:[0-9]{1,2}日)?(?:上午|下午)?在(?:参加|出席|列席|陪同)[^，。；]{2,50}(?:时|期间|过程中|后)")


def leads_on(said: str) -> bool:
    """Whether the words between a name and a word of speech already say something else of it ('… 参加了会议'), which '…出席会议并'
    does not."""
    beside = _CAME_AND.fullmatch(said) or _WHILE.match(said) or _AND_THERE.search(said)
    return bool(re.search("(?:参加|出席|列席|陪同)了?", said)) and not beside


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words they are. ``force`` overrides that of the words ('outside'); ``elided`` if the sentence leaves the
    speaker out; ``leads`` if the speaker opens the sentence; ``top`` for the country's leaders."""

    entities: tuple[Entity, ...]
    span: Span
    force: str = ""
    elided: bool = False
    leads: bool = True
    top: bool = False


class Speakers:
    """Finds speakers on one page; keeps who was spoken of last."""

    def __init__(self, page: Page, slots: Slots) -> None:
        self.page, self.slots, self.text = page, slots, slots.text
        t = table("speech")
        self._he = t.pattern(
            "(?:会上|会后|随后|最后|同时|此外|^|，)*{he}(?:还|又|也|就|在|[一-龥]{0,4}[对向]|并|$|说|特|当即|当场|现场|实地|先后|深入|来到|走进|前往|立即|随即|当晚|明确|再次)"
        )
        self._event = t.pattern("(?:^|.{0,40}?){event}(?![的由])")
        self._agreed = t.pattern("明确|议定|商定|决定|确定|约定")
        self._document = t.pattern("^.{0,30}?{document}[^，]{0,6}$")
        self._team = t.pattern("^[^对向给由与]{0,12}?{team}[^，的]{0,8}$")
        self._outside = t.pattern("{outside}")
        self._bystander = t.pattern("(?:{bystander})$")
        self._folk = t.pattern("{folk}")
        self._omitted = re.compile(
            "(?:^|[，。：])(?:会上|会后|会议期间|并|同时|还|随后|最后|调研中|座谈中|期间|此外|讲话中|明确|特别|专门|着重|再次|又)*$"
        )
        self._last: Speaker | None = None  # the subject of the sentence before
        self._person: Speaker | None = None  # the person spoken of last
        self.meant = Meant(page, slots)

    def find(self, start: int, at: int) -> Speaker | None:
        """The speaker named in ``start``..``at``, nearest comma's reach first; None where nobody is."""
        end = at
        first = True
        listed = False  # whether the reach behind is but one more of a list
        while end > start:
            begin = self._reach(start, end)
            if listed := begin > start and self._goes_on(begin, end, listed=listed):
                end = begin - 1
                continue
            leads = begin == start or bool(_SETS.fullmatch(self.text, start, begin))
            found = self._segment(begin, end, leads)
            if found is not None and not found.leads and _CHAIRS.search(self.text, found.span.end, end):
                found = replace(found, leads=True)
            if found is not None and (first or found.entities or found.force):
                return self._with_those_before(found, start, begin)
            end, first = begin - 1, False
        return None

    def _goes_on(self, begin: int, end: int, *, listed: bool) -> bool:
        """Whether a comma's reach but goes on with a list of bodies or places: '约谈甲市，乙市，以及丙厅，要求'; ``listed`` says that the
        reach behind it does."""
        run = self.slots.run(begin)
        if run is None or run.people or (run.span.start, run.span.end) != (begin, end):
            return False
        return listed or "，以及" in self.page.quote(run.span)

    def _with_those_before(self, speaker: Speaker, start: int, begin: int) -> Speaker:
        """A person with those whom commas set apart before him: '县委书记甲，县长乙前往某镇，要求'."""
        if not any(e.label == "Person" for e in speaker.entities):
            return speaker
        while begin > start:
            end, begin = begin - 1, self._reach(start, begin - 1)
            run = self.slots.run(begin)
            if run is None or not run.people or (run.span.start, run.span.end) != (begin, end):
                break
            speaker = replace(speaker, entities=(*run.people, *speaker.entities), leads=speaker.leads or begin == start)
        return speaker

    def _reach(self, start: int, end: int) -> int:
        """Where the comma's reach begins that ends at ``end``; words called so ('“回头看”工作动员会精神') part nothing."""
        passed = end
        for m in reversed(list(_CLOSING.finditer(self.text, start, end))):
            if m.start() >= passed:
                continue
            called = _CALLED_SO.search(self.text, max(start, m.start() - 14), m.end())
            if called is None:
                return m.end()
            passed = called.start()
        return start

    def _segment(self, start: int, end: int, leads: bool) -> Speaker | None:
        text = self.text[start:end]
        if _RESULT.match(text):
            return None
        subject = OPENS.match(text)
        run = self.slots.run(start + subject.start("S")) if subject else None
        outside = bool(self._outside.search(text))
        if (
            run is not None
            and run.people
            and self._bystander.search(self.text, max(0, run.span.start - 12), run.span.start)
        ):
            return Speaker((), run.span, "outside", False, leads)
        if run is not None and run.people and self._folk.fullmatch(self.page.quote(run.span)):
            return Speaker((), run.span, "outside", False, leads)
        if run is not None and not run.people:  # '某自治区党委书记、总林长某某': the post of whom it is the place
            held = next((r for r in self.slots.runs_in(run.span.end, end) if r.people), None)
            chain = held is not None and held.marks[0].kind != "P"  # '街道包抓领导、县政府督查员某某'
            titled = held and (_CHAIN if chain else _HELD).fullmatch(self.text, run.span.end, held.span.start)
            run = held if held and titled else run
        if run is None and (named := self._by_given_name(text)):
            return Speaker((named,), Span(start, end), "", False, leads)
        if run is not None and self.text.startswith(("被", "受到"), run.span.end):
            return None  # '某某被约谈，责令…': somebody else orders it
        if run is not None and not run.people and _DESCRIBES.match(self.text, run.span.end, end):
            return None  # '该社区主要是街区，…，要求': what is described asks nothing
        if run is not None:
            who = tuple(run.people) or tuple(e for e in run.bodies if e.label in ("Agency", "Region"))
            if leads_on(self.text[run.span.end : end]):
                near = self.slots.run(end - 1)  # a sentence that lost its full stop: '… 参加了会议某某强调'
                return Speaker(tuple(near.people), near.span) if near and near is not run and near.people else None
            if who and all(e.props.get("generic") and e.name.startswith("我") for e in who):
                return None  # '我们倡议：'
            if (
                who
                and not run.people
                and all(e.props.get("generic") for e in who)
                and _TITLED.match(self.text, run.span.end, end)
            ):
                return Speaker(
                    (), run.span, "", False, leads
                )  # '街道党工委书记要求': a post of which nothing says who holds it
            if who or outside:
                top = bool(re.search("总书记|国家主席|国务院总理|党中央|中共中央", self.page.quote(run.span)))
                return Speaker(who, run.span, "outside" if outside and not run.people else "", False, leads, top)
            bodies = self._bodies_of(run)
            if bodies:
                return Speaker(bodies, run.span, "", False, leads)
        if outside:
            return Speaker((), Span(start, end), "outside", False, leads)
        if self._he.match(text):
            he = self._named_before(start) or self._person
            return Speaker(he.entities, Span(start, end), "", False, leads) if he else None
        agreed = text.endswith("会上") and self._agreed.match(self.text, end)
        if (agreed or self._event.match(text)) and not _OTHERS.match(text):
            summons = self.meant.summoner() if "约谈" in text else ()
            return Speaker(summons or self.meant.meetings(start), Span(start, end), "", False, leads)
        if _FEEDBACK.match(text) and (teams := self.meant.inspectors(start)):
            return Speaker(teams, Span(start, end), "", False, leads)
        if self._document.match(text):
            return Speaker(self.meant.issuer(text), Span(start, end), "", False, leads)
        if self._team.match(text):
            return Speaker(self.meant.teams(text, start), Span(start, end), "", False, leads)
        return None

    def _by_given_name(self, text: str) -> Entity | None:
        """The one person of the page whom '国栋副市长' means, where that is all there is; None where there is none."""
        given = _GIVEN.fullmatch(text)
        named = {id(m.entity): m.entity for m in self.page.mentions if m.entity.label == "Person"} if given else {}
        meant = [e for e in named.values() if given and len(e.name) == 3 and e.name.endswith(given["g"])]
        return meant[0] if len(meant) == 1 else None

    def _named_before(self, at: int) -> Speaker | None:
        """The person who is the subject earlier in the same sentence."""
        begin = max(0, at - _FAR, *(self.text.rfind(c, max(0, at - _FAR), at) + 1 for c in "。！？\n"))
        found = None
        for m in re.finditer("[^，；：]+", self.text[begin:at]):
            subject = OPENS.match(m.group())
            run = self.slots.run(begin + m.start() + subject.start("S")) if subject else None
            if run is not None and run.people:
                found = Speaker(tuple(run.people), run.span)
        return found

    def _bodies_of(self, run: Run) -> tuple[Entity, ...]:
        """The bodies of a run of posts named by class ('县委主要领导')."""
        return tuple(m.entities[0] for m in run.marks if m.kind == "A")

    def elided(self, start: int, at: int) -> bool:
        """Whether the speaker is left out before ``at`` ('会上强调，', '，并指出，')."""
        return bool(self._omitted.search(self.text[max(start, at - 16) : at]))

    def topic(self, *, quote: bool) -> Speaker | None:
        """Who a sentence without a speaker is taken to be about: with a quotation (or where it opens with 要求), the person
        the sentence before began with; None leaves it to whoever speaks already."""
        if quote and self._last is not None and any(e.label == "Person" for e in self._last.entities):
            return Speaker(self._last.entities, self._last.span, "", True, False)
        return None

    def visiting(self, start: int, at: int) -> Speaker | None:
        """Who goes round and asks in words that leave him out ('在石桥镇，察看收储点，要求…'): the person spoken of last."""
        who = self._person if _VISITS.match(self.text, start, at) else None
        return replace(who, elided=True, leads=False) if who is not None else None

    def before(self, start: int, at: int) -> Speaker | None:
        """Who announces points in a sentence that names nobody ('针对下步工作提出几点要求：'): the subject of the one before it."""
        last = self._last
        named = last is not None and not any(e.props.get("generic") or e.label == "Region" for e in last.entities)
        return replace(last, elided=False) if last and named and _MATTER.search(self.text[start:at]) else None

    def forget(self) -> None:
        """Somebody speaks whom nothing knows: '他' is none of those spoken of before."""
        self._last = self._person = None

    def note(self, sentence: Sentence, said: Speaker | None) -> None:
        """Keep the subject of a sentence for the next one; whom a quotation speaks of is nobody's subject. ``said`` is who
        speaks in it, whom 'he' means where its subject is nobody: '县政府常务会听取汇报，县长某某说，…。他要求…'."""
        if self.text.startswith("“", sentence.span.start):
            return
        first = sentence.clauses[0] if sentence.clauses else sentence.span
        self._last, led = None, True
        start = first.start
        for _ in range(3):
            m = _CLOSING.search(self.text, start, first.end)
            end = m.start() if m else first.end
            if self.text[start : start + 1] in ("他", "她"):
                break  # '他问镇党委书记张某，': still he
            subject = OPENS.match(self.text, start, end)
            run = self.slots.run(subject.start("S")) if subject else None
            if run is not None and not run.people and self.text.startswith("：", end):
                run = None  # '铜梁区：区委书记某某到…': of whom this tells stands behind it
            if run is not None and (run.people or run.bodies):
                self._last = Speaker(tuple(run.people or run.bodies), run.span)
                break
            if m is None or end >= first.end:
                break
            led = led and not any(x.kind == "P" for x in self.slots.marks_in(start, end))
            start = end + 1
        if led and self._last is not None and any(e.label == "Person" for e in self._last.entities):
            self._person = self._last
        elif said is not None and self._last is not None:
            self._person = said
