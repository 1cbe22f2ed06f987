"""Who is behind words that somebody else, or nobody, is said to say: a meeting, a document, a team's report, the page itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

from kg.lazy import lazy
from loaders.prose.above import headed, named
from loaders.prose.page import Entity, Page
from loaders.prose.relate.events import Events
from loaders.prose.relate.issuer import genre, issuers, sender, titled
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Slots
from loaders.words import TEAMS

# what may not stand between the beginning of a comma's reach and a speaker
_OBLIQUE = "对向在就随按被把将由受于给据听学传落照为从到与了属"
# verbs whose object is looked at or told, and does not speak
_LOOKS = "(?:检查|查看|察看|督查|督导|暗访|走访|抽查|走进|来到|组织|指导|督促|成立|组建|设立|抽调|派出|约谈(?!会)|点名|处罚|查处|(?<!接)拨通|(?:原则|一致)同意|审议(?:通过)?|叫来|找来|喊来|叫住|拦[住下]|请来|取缔|关停|协调(?!小?组)|联系(?!会)|邀请|聘请|委托|询问|问询|慰问|看望|了解|帮扶(?!组)|巡查(?!组|员))了?"
OPENS = lazy(f"(?:(?!{_LOOKS})[^{_OBLIQUE}，。；：]){{0,14}}?(?P<S>[{PEOPLE}{BODIES}]{FILL}*+)")
"""Whom a comma's reach opens with."""

_GREETING = lazy("(?:尊敬的)?(?:同志们|各位)")
_SIGNED = lazy("(?:^|[长记任席员理][ \u3000]+)([\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+)$")
# words that tell the teams of a page apart; 执法 and 监督 do not, so many offices are called by them
_TEAM = lazy("督察|督查|检查组|考核|调研|巡查|帮扶|巡察|督导|工作组|指挥部|领导小组")
_INSPECTORS = lazy(f"(?:{TEAMS}|督[^，。；]{{0,6}}局)$")
_DOCUMENT = lazy(
    "(?:联动|协调|协作|联防联控|合作|工作)机制|检察建议书?|责任书|承诺书|通知|通报|公告|通告|意见|方案|提示函|督办函|预案|办法"
)
_LETTER = lazy("函|令(?=中?$)")
_OPENING = 600  # characters within which a report says whose paper or warning it tells of
_BYLINE = 5  # a speaker's name stands among the first lines
_AFTERWARDS = lazy("[。\n](?:会议?(?:结束)?后|次日|随后)，[^。\n]{0,30}$")
_FAR = 600  # no sentence is looked back on further than this


class Meant:
    """Finds on one page whose words those of a thing are."""

    def __init__(self, page: Page, slots: Slots) -> None:
        self.page, self.slots, self.text = page, slots, slots.text
        self._summons = table("speech").pattern(
            "(?<![对向、被受])<S>(?:(?:受|代表)[^，。；\n]{1,16}，?)?(?:就[^。；\n]{2,90}?，)?(?:在[^，。；]{1,10})?(?:[^，。；\n]{0,8}对[^，。；\n]{2,90}?(?:进行|开展|实施)|(?:对<>)?)[^，。；\n]{0,10}约谈"
        )
        self._meeting: Entity | None = None
        self._bodies_named = [
            m for m in page.mentions if m.entity.label == "Agency" and _TEAM.search(m.entity.name + m.surface)
        ]
        self._bodies_at = [m.span.start for m in self._bodies_named]
        self._issued: dict[str, tuple[Entity, ...]] = {}

    def author(self) -> tuple[Entity, ...]:
        """Who holds a speech: the one person of its byline, in the lines above '同志们：'; () where nobody is named."""
        title = self.page.meta.title
        lines = list(self.page.paragraphs)[:_BYLINE]
        for span, after in zip(lines, [*lines[1:], None], strict=False):
            start = span.start + self.text.startswith("（", span.start)
            start += 2 * self.text.startswith("中共", start)
            run = self.slots.run(start)
            if span.end - span.start <= 40 and run is not None and run.span.start == start:
                runs = self.slots.runs_in(start, span.end)  # '县委副书记  路某'
                apart = all(self.text[a.span.end : b.span.start].isspace() for a, b in pairwise(runs))
                people = [p for r in runs if apart for p in r.people] or run.people
                if len(people) == 1:
                    return (people[0],)
            if after is not None and _GREETING.match(self.text, after.start):
                dated = self.text.startswith("（", span.start)  # '（2024年5月8日）'
                title = self.page.quote(span) if span.end - span.start <= 40 and not dated else title
                break
        there = [m.entity for m in self.page.mentions if m.entity.label == "Person" and m.entity.name in title]
        signed = _SIGNED.search(title.strip())
        name = named(signed[1]) if signed else headed(self.page.meta.title)
        return tuple(there[:1]) or ((Entity("Person", name),) if name else ())

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

    def meetings(self, at: int) -> tuple[Entity, ...]:
        """The meeting that '会议' means at an offset: the one spoken of there, else the one that the page reports."""
        events = self._events
        event = events.current(events.clauses.index(at)) or next((e for e in events.found if e.primary), None)
        event = event or (events.found[0] if len(events.found) == 1 else None)
        if event is not None and at < event.span.start and _AFTERWARDS.search(self.page.text, at, event.span.start):
            event = None  # '会议明确…。会后，某镇召开摊主大会': the one before has no name
        if event is not None:
            return (event.entity,)
        if self._meeting is None:
            self._meeting = Entity("Meeting", "会议")
        return (self._meeting,)

    def summoner(self) -> tuple[Entity, ...]:
        """Who the page says summons somebody, a body rather than a person: what '约谈要求' is theirs."""
        people: tuple[Entity, ...] = ()
        for m in self._summons.finditer(self.text):
            run = self.slots.run(m.start("S"))
            bodies = [b for b in run.bodies if b.label == "Agency" and not b.props.get("generic")] if run else []
            if bodies and run is not None and not run.people:
                return tuple(bodies)
            people = people or tuple(run.people if run else ())
        return people

    def issuer(self, text: str) -> tuple[Entity, ...]:
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
            subject = OPENS.match(self.text, start, m.start())
            run = self.slots.run(subject.start("S")) if subject else None
            if run is not None and re.search(
                "印发|出台|制[定订]|编制|拟[定订]|发布|下发|发出|在|联合|签订|签署", self.text[run.span.end : m.start()]
            ):
                behalf = self.slots.run(run.span.end + 2) if self.text.startswith("代表", run.span.end) else None
                said = (behalf or run).bodies
                return tuple(e for e in said if e.label == "Agency" and not (behalf and e.props.get("generic")))
        return ()

    def inspectors(self, at: int) -> tuple[Entity, ...]:
        """Whose words '反馈意见' are: the inspectors named last before an offset."""
        before = self._bodies_named[: bisect_right(self._bodies_at, at)]
        named = [m.entity for m in reversed(before) if _INSPECTORS.search(m.entity.name)]
        return tuple(named[:1])

    @cached_property
    def _prosecutors(self) -> tuple[Entity, ...]:
        """Who addresses what prosecutors advise: the one such office that the page names; () where there are several."""
        named = {id(m.entity): m.entity for m in self.page.mentions if m.entity.name.endswith("检察院")}
        return tuple(named.values()) if len(named) == 1 else ()

    def teams(self, text: str, at: int) -> tuple[Entity, ...]:
        """The team that '督察组' means: the last body named before whose name holds the word."""
        word = _TEAM.search(text)
        if word is None:
            return ()
        before = self._bodies_named[: bisect_right(self._bodies_at, at)]
        named = [m.entity for m in reversed(before) if word[0] in m.entity.name + m.surface]
        teams = [e for e in named if e.name.endswith("组")]  # '督察要求' is a team's word, not its office's
        return tuple((teams or named)[:1])
