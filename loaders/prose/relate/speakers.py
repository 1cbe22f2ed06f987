"""Who is meant by the words before '强调，': a person, a body, he, the meeting, a document."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from kg.lazy import lazy
from loaders.prose.page import Entity, Page, Sentence, Span
from loaders.prose.relate.events import Events
from loaders.prose.relate.issuer import genre, issuers, sender, titled
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Run, Slots
from loaders.words import HEADS, INSPECTION, OFFICIALS, TEAM_HEADS, TEAMS

# what may not stand between the beginning of a comma's reach and a speaker
_OBLIQUE = "对向在就随按被把将由受于给据听学传落照为从到与了"
# verbs whose object is looked at or told, and does not speak
_LOOKS = "(?:检查|查看|察看|督查|督导|暗访|走访|抽查|走进|来到|组织|指导|督促|成立|组建|设立|抽调|派出)了?"
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
_GREETING = lazy("(?:尊敬的)?(?:同志们|各位)")
_SIGNED = lazy("(?:^|[长记任席员理][ \u3000]+)([\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+)$")
_TEAM = lazy("督察|督查|检查组|考核|调研|巡查|帮扶|巡察|督导|工作组|指挥部|领导小组")
_FEEDBACK = lazy(f"(?:[^，。；]{{0,8}}{INSPECTION})?(?:书面)?反馈(?:意见|报告)?$")
_INSPECTORS = lazy(f"(?:{TEAMS}|督[^，。；]{{0,6}}局)$")
_DOCUMENT = lazy(
    "(?:联动|协调|协作|联防联控|合作|工作)机制|检察建议书?|责任书|承诺书|通知|通报|公告|通告|意见|方案|提示函|督办函|预案|办法"
)
_LETTER = lazy("函|令$")
_HELD = lazy(f"[^，。；：对向]{{0,12}}(?:{HEADS}|{TEAM_HEADS}|{OFFICIALS}|[河湖林田]长)")
_GIVEN = lazy(f"(?P<g>[\u4e00-\u9fff]{{2}})(?:同志|副?{HEADS})")
_FAR = 600  # no sentence is looked back on further than this
_HEADED = lazy(f"(?:[\u4e00-\u9fff]*{HEADS})?([\u4e00-\u9fff]{{2,4}}?)(?:同志)?在(?=.{{4,60}}上的?(?:讲话|发言|致辞))")
_NOBODY = lazy(f"^某|(?:{HEADS}|领导|同志)$")  # '某市市长在…会议上的讲话'
_CHAIRS = lazy("主持|(?:并|作)(?:了)?(?:动员|总结|重要)?讲话")  # who presides speaks on behind '…，某某主持会议，要求…'
_OPENING = 600  # characters within which a report says whose paper or warning it tells of
_BYLINE = 5  # a speaker's name stands among the first lines


def leads_on(said: str) -> bool:
    """Whether the words between a name and a word of speech already say something else of it ('… 参加了会议')."""
    return bool(re.search("(?:参加|出席|列席|陪同)了?", said))


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
        self._subject = re.compile(f"(?:(?!{_LOOKS})[^{_OBLIQUE}，。；：]){{0,14}}?(?P<S>[{PEOPLE}{BODIES}]{FILL}*+)")
        self._he = t.pattern(
            "(?:会上|会后|随后|最后|同时|此外|^|，)*{he}(?:还|又|也|就|在|[一-龥]{0,4}[对向]|并|$|说|特|当即|当场|现场|立即|随即|当晚|明确|再次)"
        )
        self._event = t.pattern("(?:^|.{0,40}?){event}(?![的由])")
        self._document = t.pattern("^.{0,30}?{document}[^，]{0,6}$")
        self._team = t.pattern("^.{0,12}?{team}[^，的]{0,8}$")
        self._outside = t.pattern("{outside}")
        self._summons = t.pattern(
            "(?<![对向、被受])<S>(?:(?:受|代表)[^，。；\n]{1,16}，?)?(?:在[^，。；]{1,10})?(?:[^，。；\n]{0,8}对[^，。；\n]{2,90}?(?:进行|开展|实施)|(?:对<>)?)[^，。；\n]{0,10}约谈"
        )
        self._omitted = re.compile(
            "(?:^|[，。：])(?:会上|会后|会议期间|并|同时|还|随后|最后|调研中|座谈中|期间|此外|讲话中|明确|特别|专门|着重|再次|又)*$"
        )
        self._last: Speaker | None = None  # the subject of the sentence before
        self._person: Speaker | None = None  # the person spoken of last
        self._meeting: Entity | None = None
        self._bodies_named = [
            m for m in page.mentions if m.entity.label == "Agency" and _TEAM.search(m.entity.name + m.surface)
        ]
        self._bodies_at = [m.span.start for m in self._bodies_named]
        self._issued: dict[str, tuple[Entity, ...]] = {}

    def find(self, start: int, at: int) -> Speaker | None:
        """The speaker named in ``start``..``at``, nearest comma's reach first; None where nobody is."""
        end = at
        first = True
        while end > start:
            begin = self._reach(start, end)
            leads = begin == start or bool(_SETS.fullmatch(self.text, start, begin))
            found = self._segment(begin, end, leads)
            if found is not None and not found.leads and _CHAIRS.search(self.text, found.span.end, end):
                found = replace(found, leads=True)
            if found is not None and (first or found.entities or found.force):
                return found
            end, first = begin - 1, False
        return None

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
        subject = self._subject.match(text)
        run = self.slots.run(start + subject.start("S")) if subject else None
        outside = bool(self._outside.search(text))
        if run is not None and not run.people:  # '某自治区党委书记、总林长某某': the post of whom it is the place
            held = next((r for r in self.slots.runs_in(run.span.end, end) if r.people), None)
            run = held if held and _HELD.fullmatch(self.text, run.span.end, held.span.start) else run
        if run is None and (named := self._by_given_name(text)):
            return Speaker((named,), Span(start, end), "", False, leads)
        if run is not None and self.text.startswith(("被", "受到"), run.span.end):
            return None  # '某某被约谈，责令…': somebody else orders it
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
        if self._event.match(text) and not _OTHERS.match(text):
            summons = self._summoner() if "约谈" in text else ()
            return Speaker(summons or self._meetings(start), Span(start, end), "", False, leads)
        if _FEEDBACK.match(text) and (teams := self._inspectors(start)):
            return Speaker(teams, Span(start, end), "", False, leads)
        if self._document.match(text):
            return Speaker(self._issuer(text), Span(start, end), "", False, leads)
        if self._team.match(text):
            return Speaker(self._teams(text, start), Span(start, end), "", False, leads)
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
            subject = self._subject.match(m.group())
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

    def before(self, start: int, at: int) -> Speaker | None:
        """Who announces points in a sentence that names nobody ('针对下步工作提出几点要求：'): the subject of the one before it."""
        last = self._last
        named = last is not None and not any(e.props.get("generic") or e.label == "Region" for e in last.entities)
        return replace(last, elided=False) if last and named and _MATTER.search(self.text[start:at]) else None

    def note(self, sentence: Sentence) -> None:
        """Keep the subject of a sentence for the next one."""
        first = sentence.clauses[0] if sentence.clauses else sentence.span
        self._last, led = None, True
        start = first.start
        for _ in range(3):
            m = _CLOSING.search(self.text, start, first.end)
            end = m.start() if m else first.end
            if self.text[start : start + 1] in ("他", "她"):
                break  # '他问镇党委书记张某，': still he
            subject = self._subject.match(self.text, start, end)
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

    def author(self) -> tuple[Entity, ...]:
        """Who holds a speech: the one person of its byline, in the lines above '同志们：'; () where nobody is named."""
        title = self.page.meta.title
        lines = list(self.page.paragraphs)[:_BYLINE]
        for span, after in zip(lines, [*lines[1:], None], strict=False):
            start = span.start + 2 * self.text.startswith("中共", span.start)
            run = self.slots.run(start)
            if span.end - span.start <= 40 and run is not None and len(run.people) == 1 and run.span.start == start:
                return (run.people[0],)
            if after is not None and _GREETING.match(self.text, after.start):
                title = self.page.quote(span) if span.end - span.start <= 40 else title
                break
        named = [m.entity for m in self.page.mentions if m.entity.label == "Person" and m.entity.name in title]
        signed = _SIGNED.search(title.strip()) or _HEADED.match(self.page.meta.title)
        whose = signed is not None and not _NOBODY.search(signed[1])
        return tuple(named[:1]) or ((Entity("Person", signed[1]),) if signed and whose else ())

    @cached_property
    def host(self) -> tuple[Entity, ...]:
        """The body that a report's headline says called in or inspected others, or whose circular or warning its opening tells
        of; () where none is known."""
        headline = self.page.meta.title.strip()
        for row in table("speech")["host"]:
            m = row.pattern.search(headline)
            if m is not None:
                return tuple(filter(None, [titled(self.page, m["h"])]))
        told = [m for r in table("speech")["tells"] for m in r.pattern.finditer(self.text, 0, _OPENING)]
        runs = [run for m in told if (run := self.slots.run(m.start("S"))) is not None and not run.people]
        named = [[b for b in r.bodies if b.label == "Agency" and not b.props.get("generic")] for r in runs]
        issued = {tuple(map(id, bodies)): bodies for bodies in named if bodies}
        return tuple(*issued.values()) if len(issued) == 1 else ()

    @cached_property
    def _events(self) -> Events:
        return Events.of(self.slots)

    def _meetings(self, at: int) -> tuple[Entity, ...]:
        """The meeting that '会议' means at an offset: the one spoken of there, else the one that the page reports."""
        events = self._events
        event = events.current(events.clauses.index(at)) or next((e for e in events.found if e.primary), None)
        event = event or (events.found[0] if len(events.found) == 1 else None)
        if event is not None:
            return (event.entity,)
        if self._meeting is None:
            self._meeting = Entity("Meeting", "会议")
        return (self._meeting,)

    def _summoner(self) -> tuple[Entity, ...]:
        """Who the page says summons somebody, a body rather than a person: what '约谈要求' is theirs."""
        people: tuple[Entity, ...] = ()
        for m in self._summons.finditer(self.text):
            run = self.slots.run(m.start("S"))
            bodies = [b for b in run.bodies if b.label == "Agency" and not b.props.get("generic")] if run else []
            if bodies and run is not None and not run.people:
                return tuple(bodies)
            people = people or tuple(run.people if run else ())
        return people

    def _issuer(self, text: str) -> tuple[Entity, ...]:
        """Who issued the document named: the body that a sentence says set it out ('省政府在…方案中', '印发《…》')."""
        title = re.search("《([^》]+)》", text)
        if title is None and genre(self.page) == "document":
            return issuers(self.page, self.slots)  # '通报要求，' in the circular itself
        word = _DOCUMENT.search(text)
        name = title[1] if title else word[0] if word else ""
        if not name and (sent := _LETTER.search(text)):
            return sender(self.slots, sent[0])
        if name == "通报" and self.host:
            return self.host  # what a headline says that somebody circulated
        if name.startswith("检察建议"):
            return self._prosecutors
        if title and len(name) == 2:  # '《方案》' is the one of which the page gives the title
            named = {t for t in re.findall("《([^》\n]{4,60})》", self.text) if t.endswith(name)}
            name = named.pop() if len(named) == 1 else name
        if len(name) < (3 if name.endswith("书") else 2):
            return ()
        if name not in self._issued:
            self._issued[name] = self._who_issued(name)
        return self._issued[name]

    def _who_issued(self, name: str) -> tuple[Entity, ...]:
        for m in re.finditer(
            f"(?P<S>[{PEOPLE}{BODIES}]{FILL}*+)(?:等?[两二三四五六0-9]+(?:地|省市?|市|县|区)|近日|日前|近期|已|还|又|先后|及时|正式|研究|专门|联合|共同)*(?:印发|出台|制[定订]|发布|下发|公布|编制|拟[定订])了?的?《[^》\n]{{0,60}}{re.escape(name)}",
            self.text,
        ):
            run = self.slots.run(m.start("S"))
            issued = [e for e in run.bodies if e.label in ("Agency", "Region")] if run else []
            if bodies := [e for e in issued if e.label == "Agency"] or issued:
                return tuple(bodies)  # '县委、县政府印发的《…方案》', '某县印发了《…方案》'
        for m in re.finditer(re.escape(name[-6:]), self.text):
            start = max(
                0, m.start() - _FAR, *(self.text.rfind(c, max(0, m.start() - _FAR), m.start()) + 1 for c in "，。；\n")
            )
            subject = self._subject.match(self.text, start, m.start())
            run = self.slots.run(subject.start("S")) if subject else None
            if run is not None and re.search(
                "印发|出台|制[定订]|编制|拟[定订]|发布|下发|发出|在|联合|签订|签署", self.text[run.span.end : m.start()]
            ):
                behalf = self.slots.run(run.span.end + 2) if self.text.startswith("代表", run.span.end) else None
                said = (behalf or run).bodies
                return tuple(e for e in said if e.label == "Agency" and not (behalf and e.props.get("generic")))
        return ()

    def _inspectors(self, at: int) -> tuple[Entity, ...]:
        """Whose words '反馈意见' are: the inspectors named last before an offset."""
        before = self._bodies_named[: bisect_right(self._bodies_at, at)]
        named = [m.entity for m in reversed(before) if _INSPECTORS.search(m.entity.name)]
        return tuple(named[:1])

    @cached_property
    def _prosecutors(self) -> tuple[Entity, ...]:
        """Who addresses what prosecutors advise: the one such office that the page names; () where there are several."""
        named = {id(m.entity): m.entity for m in self.page.mentions if m.entity.name.endswith("检察院")}
        return tuple(named.values()) if len(named) == 1 else ()

    def _teams(self, text: str, at: int) -> tuple[Entity, ...]:
        """The team that '督察组' means: the last body named before whose name holds the word."""
        word = _TEAM.search(text)
        if word is None:
            return ()
        before = self._bodies_named[: bisect_right(self._bodies_at, at)]
        named = [m.entity for m in reversed(before) if word[0] in m.entity.name + m.surface]
        teams = [e for e in named if e.name.endswith("组")]  # '督察要求' is a team's word, not its office's
        return tuple((teams or named)[:1])
