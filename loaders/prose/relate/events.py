"""The meetings that a page reports or names with a date: name, day, and how far the page speaks of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.lazy import lazy
from kg.sieve import Part
from loaders.prose.last import last
from loaders.prose.page import Entity, Sentence, Span
from loaders.prose.relate.dated import LATELY, Dated
from loaders.prose.relate.day import Day
from loaders.prose.relate.minutes import Minutes
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.subject import Clauses
from loaders.words import COUNT, HAN_NUMBER

_BARE = lazy(r"(?:此次|本次|这次|该|全体|两场|本场)?(?:会议|大会)")
_OPENING = 400  # characters among which a speech says what meeting it is held at
_HOW_MANY = lazy(f"^(?:{COUNT}[场次个]|这?场)")
_PLAIN = lazy(_HOW_MANY.pattern + "?(?:专题|工作|现场|座谈|视频|紧急|专门)*会议?")
_WALK = lazy("巡[河湖库林湾]")
_ARTICLE = lazy(f"[ 　]*第{HAN_NUMBER}条")
_STRIP = lazy(
    r"^(?:“(?=[^”]+$)|了|的|一次|一场|此次|本次|这次|[^，。；：“”]{2,40}?(?:参加|出席|参与)的(?=[^，。；]{2}))+"
)
_FOLLOWS = lazy("接续|随后|随即|紧接着|会后")
_RANGE = lazy(r"(?:至|到|—|－|-|、)[0-9]{1,2}日")
_AT_ONCE = ("及时", "抓紧", "按时")  # a deed, where the day stands before it: '石桥镇5月8日及时召开…'
_DONE = lazy("[^，。；]{0,4}约谈了")  # what the headline tells of, in a text that gives no day
_TOLD_AFTER = ("took-part", "held-before")  # '会议由某某主持'
_OPENS = lazy(
    "(?:据[^，。；]{2,20}(?:消息|报道)，|“[^“”]{2,40}”)?在?(?:(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日(?:[上下]午|晚上?)?)?"
)
_RESOLVED = lazy("(?:[市县区省州旗]委|政府)(?:研究)?决定$|今天，?我们(?:在这里|在此)?$")  # the meeting that is opened
_BARE_DAY = lazy("([0-9]{1,2})[日号](?:[上下]午|[早中]?晚)?，")
_MARKS = lazy("[，。；：]")
_FOLD = lazy(r"[\s“”\"《》]")


@dataclass(slots=True)
class Event:
    """A meeting of the page. ``match`` is where it is introduced; ``sentences`` the indices it is spoken of in; ``called``
    how it is told that it was held, where ``match`` tells whom it summoned; ``also`` where else a 约谈 is told of."""

    entity: Entity
    span: Span
    row: Row
    match: re.Match[str]
    primary: bool
    kind: str
    sentences: range = range(0)
    called: Event | None = None
    also: list[tuple[Row, re.Match[str]]] = field(default_factory=list)
    callers: frozenset[int] = frozenset()  # ids of who summons
    ranged: bool = False  # dated with the first of several days ('3月17日至18日')

    @property
    def date(self) -> str:
        """ISO date, '' where the page gives none."""
        return str(self.entity.props.get("date", ""))


class Events:
    """The meetings of a page in order of their introduction."""

    @staticmethod
    @last
    def of(slots: Slots) -> Events:
        """The meetings of a page; those of the page asked for last are kept, as with its slots."""
        return Events(slots, Clauses.of(slots))

    def __init__(self, slots: Slots, clauses: Clauses) -> None:
        self.slots, self.clauses, self.page = slots, clauses, slots.page
        rows = table("meetings")
        self.days = Dated(self.page, clauses)
        self._duty = rows.pattern(r"{duty}")
        self.found: list[Event] = []
        self._current: dict[int, Event] = {}
        self._speech()
        self._minutes()
        if any(word in self.page.text for word in ("会", "仪式", "办公", "询问", "听证", "协商", "座谈")):
            for row, m in sorted(_matches(rows.sieve("events"), self.page.text), key=lambda f: f[1].start("N")):
                self._meeting(row, m)
        if "约谈" in self.page.text:
            for row, m in _matches(rows.sieve("summons"), slots.text):
                self._party(row, m, "summons")
        spoken = next((e for e in self.found if e.row.name == "spoken-at" or self._speaks_at(e)), None)
        if spoken is not None and not any(e.primary for e in self.found):
            spoken.primary = True
        if not any(e.primary for e in self.found) and re.search("巡|调度|会商", self.page.text):
            for row, m in _matches(rows.sieve("visits"), slots.text):
                self._party(row, m, "visit")
        self.found.sort(key=lambda e: e.span)
        self._spread()

    def _speaks_at(self, event: Event) -> bool:
        """Whether a sentence opens with what went on at a meeting of a day ('6月5日例会上，县委书记某某点名批评…')."""
        told = event.row.name in ("dated", "held-relative") and self.page.text.startswith("上，", event.span.end)
        sentence = self.clauses.sentence(event.span.start) if told else None
        at = sentence.span.start if sentence else 0
        return sentence is not None and bool(_OPENS.fullmatch(self.page.text, at, event.match.start()))

    def current(self, index: int) -> Event | None:
        """The meeting that a sentence speaks of."""
        return self._current.get(index)

    def another_day(self, sentence: Sentence, event: Event) -> bool:
        """Whether what a sentence tells is of another day than the meeting that came before it: the sentence, or its paragraph
        below that of the meeting, opens with a day of its own."""
        begun = self.clauses.sentence(event.span.start)
        reported = event.kind in ("held", "summons", "visit") and not event.ranged and event.date
        if begun is None or begun is sentence or not reported:
            return False
        apart = begun.paragraph != sentence.paragraph
        for start in (sentence.span.start, self.page.paragraphs[sentence.paragraph].start)[: 1 + apart]:
            if bare := _BARE_DAY.match(self.page.text, start):
                return int(bare[1]) != int(event.date[-2:])
            if (day := self.days.at(start)) is not None and not day.spoken:
                return day.iso[-5:] != event.date[-5:]
        return False

    def _meeting(self, row: Row, m: re.Match[str]) -> None:
        start, name = m.start("N"), m["N"]
        cut = _STRIP.match(name)
        if cut:
            start, name = start + cut.end(), name[cut.end() :]
        primary = bool(row.fields.get("primary")) and not any(e.kind == "speech" for e in self.found)
        day = self.days.of(m)
        segment_start = max(self.page.text.rfind(c, 0, m.start()) for c in "，。；：\n") + 1
        duty = self._duty.search(self.slots.text, segment_start, m.start("N"))
        at_once = duty and duty.group() in _AT_ONCE and day and segment_start <= day.span.start < duty.start()
        if duty and not at_once and not self.page.text.startswith(("定于", "拟于", "将于"), segment_start):
            return
        if primary and day is None and (self._is_headline(m.start("N"), name) or self._is_rule(m.start("N"))):
            return
        here = self._clause(m.start("N"))
        if row.name == "questioned" and any(
            name in e.entity.name or e.primary and self._clause(e.span.start) == here for e in self.found
        ):
            return  # '举行质询会议，对…进行质询'
        known = (
            (day is None and self._again(row, m, name, day)) or self._known(name, day) or self._again(row, m, name, day)
        )
        if known is not None:
            if day and (not known.date or known.ranged):
                known.entity.props["date"] = day.iso
            if len(name) > len(known.entity.name) and name.endswith(known.entity.name):
                known.entity.aliases.append(known.entity.name)
                known.entity.name = name
            elif name not in (known.entity.name, *known.entity.aliases):
                known.entity.aliases.append(name)
            attended = row.name in _TOLD_AFTER and _BARE.fullmatch(name)  # '…在常委会会议上强调…。某某等出席会议'
            if primary and not known.primary and not (attended and known.row.name == "spoken-at"):
                known.primary, known.row, known.match = True, row, m
                known.span = Span(start, start + len(name))
            return
        first = not any(e.primary for e in self.found)
        if not primary and day is None or row.fields.get("alone") and not first:
            return
        if primary and day is None:
            resolved = _RESOLVED.search(self.page.text, max(0, m.start() - 10), m.start())
            if not (first or resolved) or row.name == "took-part" and _BARE.fullmatch(name):
                return
            day = self.days.earlier(m.start("N")) if first else None
        if _BARE.fullmatch(name):
            name = self._title_name() or name
        self._add(row, m, Span(start, m.end("N")), name, day, "held" if primary else "named")

    def _is_headline(self, at: int, name: str) -> bool:
        """Whether a name stands in a line without marks above the text that tells of the meeting."""
        text = self.page.text
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        return end > 0 and not _MARKS.search(text, start, end) and text.find(name.removesuffix("议"), end) > 0

    def _is_rule(self, at: int) -> bool:
        """Whether an article of a rule speaks of a meeting: '第七条 市长召集和主持市政府全体会议'."""
        return bool(_ARTICLE.match(self.page.text, self.page.text.rfind("\n", 0, at) + 1))

    def _party(self, row: Row, m: re.Match[str], kind: str) -> None:
        day = self.days.of(m)
        if day is None and kind == "summons" and "约谈" in self.page.meta.title:
            day = self.days.opening(m.start("N"))
        if day is None and kind == "summons":
            day = self._sat_down(m.start("N"))
        at = self._clause(m.start("N"))
        if row.fields.get("alone") and any(e.primary for e in self.found):
            return
        plain = self._plain(at) if kind == "summons" else None
        if plain is not None:  # '召开会议，约谈某镇'
            plain.entity.aliases.append(plain.entity.name)
            plain.entity.name = "约谈" + _HOW_MANY.sub("", plain.entity.name)
        lately = kind == "summons" and "约谈" in self.page.meta.title and not any(e.primary for e in self.found)
        told = lately and (LATELY.search(self.page.text, max(0, at - 20), m.start("N")) or _DONE.match(m["N"]))
        if day is None and plain is None and not told:
            return
        if any(self._clause(e.span.start) == at and e.primary and e.kind == kind for e in self.found):
            return
        dates, summons = ("", day.iso if day else ""), kind == "summons"
        named = next((e for e in self.found if summons and "约谈" in e.entity.name and e.date in dates), None)
        if named is not None:
            if "L" in named.match.re.groupindex:
                named.called = replace(named)
            if named.kind == "summons":
                named.also.append((named.row, named.match))
            named.row, named.match, named.primary, named.kind, named.span = row, m, True, kind, Span(*m.span("N"))
            return
        if any(self._clause(e.span.start) == at and e.primary for e in self.found):
            return
        span = Span(*m.span("N"))
        self._add(row, m, span, self.page.quote(span).replace("约谈了", "约谈"), day, kind)

    def _plain(self, at: int) -> Event | None:
        """The meeting that a clause says was held, by no name of its own."""
        here = [e for e in self.found if e.primary and e.kind == "held" and self._clause(e.span.start) == at]
        return here[0] if len(here) == 1 and _PLAIN.fullmatch(here[0].entity.name) else None

    def _clause(self, at: int) -> int:
        """Where the clause begins that an offset lies in: one sentence may tell of several, parted by ；."""
        sentence = self.clauses.sentence(at)
        return max((c.start for c in sentence.clauses if c.start <= at), default=at) if sentence else at

    def _add(self, row: Row, m: re.Match[str], span: Span, name: str, day: Day | None, kind: str) -> None:
        entity = Entity("Meeting", name)
        if day:
            entity.props["date"] = day.iso
        ranged = day is not None and bool(_RANGE.search(self.page.text, day.span.start, day.span.end + 4))
        self.found.append(Event(entity, span, row, m, kind != "named", kind, ranged=ranged))

    def _again(self, row: Row, m: re.Match[str], name: str, day: Day | None) -> Event | None:
        """The meeting of that day that a bare '会议' after it means, where no other is said to follow."""
        last = next((e for e in reversed(self.found) if e.primary), None)
        if last is None and row.name in _TOLD_AFTER:
            last = next((e for e in reversed(self.found) if e.row.name == "spoken-at"), None)
            last = last if last and "\n" not in self.page.text[last.span.end : m.start("N")] else None
        if last is None or not _BARE.fullmatch(name) or day is not None and last.date and day.iso != last.date:
            return None
        return None if _FOLLOWS.search(self.page.text, max(0, m.start() - 12), m.start("N")) else last

    def _known(self, name: str, day: Day | None) -> Event | None:
        """A meeting met before that these words name again."""
        folded = _FOLD.sub("", name)
        for e in reversed(self.found[-40:]):
            if e.kind == "minutes" and (day is None or day.iso == e.date):
                return e
            mine = _FOLD.sub("", e.entity.name)
            dates_fit = day is None or not e.date or day.iso == e.date or (e.ranged and e.date < day.iso)
            bare = folded.removesuffix("议") if len(folded) > 6 else folded  # '推动会', '推动会议'
            same = mine.endswith(folded) or folded.endswith(mine) or mine.removesuffix("议").endswith(bare)
            if dates_fit and same and len(mine) > 2:
                return e
        return None

    def _sat_down(self, at: int) -> Day | None:
        """The day of the 约谈会 that the same paragraph said before whom it is called ('某县长坐到了约谈会上。副市长约谈某县')."""
        sentence = self.clauses.sentence(at)
        line = self.page.paragraphs[sentence.paragraph] if sentence else None
        met = [e for e in self.found if line and line.start <= e.span.start < at and e.primary]
        told = met and met[-1].row.name == "sat-down-at" and met[-1].date
        return Day(met[-1].span, met[-1].date) if told else None

    def _speech(self) -> None:
        """A speech: the headline names the meeting, the date stands under it, or the first words say '这次会议'."""
        spoken = r"在(?P<N>{named})上的?(?:主持|总结|动员|表态)?(?:讲话|发言|致辞|报告|总结|主持词)"
        above = table("meetings").pattern(rf"(?:^|(?<=\n))(?:[0-9]+、)?{spoken}").search(self.page.text, 0, 200)
        m = table("meetings").pattern(spoken).search(self.page.meta.title) or above
        if m is None or not self.page.sentences:
            return
        here = re.compile("会议(?!室|厅)|大会").search(self.page.text, 0, _OPENING)
        span = Span(*here.span()) if here else self.page.sentences[0].span
        lines = [p for p in self.page.paragraphs[:5] if p.end - p.start <= 30]
        day = next((d for d in self.days.all for p in lines if d.span.within(p)), None)
        early = (d for d in self.days.all if d.span.start < 120 and not d.spoken)
        day = day or next((d for d in early if "月" in self.page.quote(d.span)), None)  # not '上周五'
        if day is None and self.page.meta.published:
            day = Day(span, self.page.meta.published[:10])
        row = table("meetings")["events"][0]
        self._add(row, m, span, m["N"], day, "speech")

    def _minutes(self) -> None:
        """The meeting that a head of minutes tells of; it is spoken of from there on."""
        if "：" in self.page.text and (told := Minutes.of(self.page, self.days.all)) is not None:
            self.found.append(Event(told.entity, told.span, told.row, told.match, True, "minutes"))

    def _title_name(self) -> str:
        """The meeting's name from the headline, for a body that only says '会议'."""
        found = table("meetings").pattern(r"(?:召开|举行|在|出席)?(?P<N>{named})").search(self.page.meta.title)
        return found["N"] if found else ""

    def _spread(self) -> None:
        """Give each meeting the sentences it is spoken of in: the reported one to the end or to the next reported one."""
        primary = [e for e in self.found if e.primary]
        pairs = zip(primary[1:], primary, strict=False)
        aside = [
            e for e, x in pairs if e.kind == "summons" and x.kind == "held" and "" < e.date < x.date
        ]  # '此前的2日'
        primary = [e for e in primary if e not in aside]
        starts = [self.clauses.index(e.span.start) for e in primary] + [len(self.clauses.sentences)]
        for n, (e, at, end) in enumerate(zip(primary, starts, starts[1:], strict=False)):
            if e is primary[0] and e.row.name == "held-at-the-end":
                at = 0
            elif e is primary[0] and e.kind == "held":
                at = next((i for i in range(at) if _WALK.search(self.page.quote(self.clauses.sentences[i].span))), at)
            if e.kind == "minutes":
                at = self.clauses.index(e.match.start("N"))
            looks_back = n + 1 < len(primary) and "" < primary[n + 1].date < e.date  # '…。此前，省里还约谈过…'
            if e.kind == "summons" and len(primary) > 1 and not looks_back:
                paragraph = self.clauses.sentences[at].paragraph
                end = next((i for i in range(at, end) if self.clauses.sentences[i].paragraph != paragraph), end)
            e.sentences = range(at, end)
            self._current.update(dict.fromkeys(e.sentences, e))
        for e in aside:
            at = self.clauses.index(e.span.start)
            e.sentences = range(at, at + 1)
            self._current[at] = e


def _matches(rows: Part[Row], text: str) -> Iterator[tuple[Row, re.Match[str]]]:
    seen: set[tuple[int, int]] = set()
    starts: set[int] = set()
    for row, m in rows.over(text).matches():
        cut = _STRIP.match(m["N"])
        begins = cut.end() + m.start("N") if cut else m.start("N")  # '由各村书记参加的' + '动员会'
        told = row.name == "whatever-meets" and begins in starts
        if m.span("N") not in seen and not told:
            seen.add(m.span("N"))
            starts.add(begins)
            yield row, m
