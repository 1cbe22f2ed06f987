"""Who did what at a meeting: lists of people and bodies gathered up to the verb that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lazy import lazy
from loaders.prose.page import Entity, Sentence, Span, Statement
from loaders.prose.recognise.edges import surname_length
from loaders.prose.relate.crowd import Crowd, sent
from loaders.prose.relate.events import Event, Events
from loaders.prose.relate.named import Named
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import PEOPLE, Slots
from loaders.prose.relate.staged import APART
from loaders.prose.relate.subject import Clauses
from loaders.words import COUNT, HEADS, OFFICIALS, UNIT_HEADS, WHICH

_AT_MEETING = lazy(
    "开了?(?:一)?[个场次][^，。；]{0,8}会|会上|表态发言|交流发言|会议|座谈|约谈|召开|与会|会场|会由|会后|仪式|调度|会商"
)
_ON_THE_WAY = lazy("一路[看走问]|走进|来到|进驻|夜查|暗访|蹲下|沿途")
_HEADS = lazy(
    "(各?(?:乡镇（街道）|乡镇|镇街|镇乡|街道|县区|区县|县市区|社区|村居|村|片区?|网格|管区|连队|团场))(?:党委|党工委|党（工）委|党支部|支部|党总支|党组织)?(?:副?书记|长|主任|支书)"
)
_FIRMS = lazy("([^，。；]{0,8}(?:企业|公司))(?:主要|有关|相关)*(?:负责人|负责同志|法定代表人|代表)")
_WHICH = lazy(
    f"(?:重点|有关|相关|涉[\u4e00-\u9fff]{{1,3}}|驻[县区镇乡]|[省市县区]属|{COUNT}家)*$|(?<=[、，])(?!以?及|[和与各等对向])[\u4e00-\u9fff]{{2,6}}$"
)
_WITH = lazy("(?:召开|举行|举办)了?(?:有|由)(?:全[体镇乡县市区]|所有|各)*$")
_CALLS = lazy("(?:召开|举行|举办)了?")
_OF_WHICH = lazy("了?的[^，。；]{0,40}会")  # '召开由各村书记参加的动员会，作了部署': they came, and did not do it
_MODAL = lazy(
    "(?<![主重])要(?!求)|须|应当|必须|责成|责令|定期|每(?:[一两二三半]个?)?[日天周旬月季年]|将(?!有关|[^，。；]{0,12}(?:情况|结果|意见|问题))|负责(?!人|同志)"
)
_LISTED = lazy(
    rf"(?:[\ue020\ue021]\ue000*+|[、，；。和与及的等以各有关相主要分管负责人同志领导以及单位部门成员全体在家其他所有：（）\s0-9]|还有|部分|人员|代表|的{WHICH}(?:{OFFICIALS}|{HEADS})|先生|女士|直属|参会|分别|（[^（）]{{1,14}}）|党[组委]|常委|政府|[副正]|{HEADS}|委员|政法|组织部|宣传部|统战部|纪委|政协|人大|办公室|党政|级|员|总|全体|中层|以上|干部)*"
)
_NOBODY = (  # after a title: no name, so that its body is told of
    "参加|出席|列席|参会|到会|与会|到场|在场|通报|汇报|介绍|发言|表态|作|做|等|、|和(?![\u4e00-\u9fff]{1,2}[，、])|及|以及|依次|分别|先后|逐一|轮流|当场|现场|上台|共同|一同|均|也在|，"
)
TITLE = lazy(f"(?:党组|党委|常务)?副?(?:{HEADS}|{UNIT_HEADS}|成员|组长|总经理|董事长)(?!{_NOBODY})|常委|委员(?!会)")
_HEAD_CAME = lazy(f"(?:党组|党委|党工委)?副?(?:{HEADS}|{UNIT_HEADS})(?!、)(?:{_NOBODY})")
_CHARGES = lazy(
    "(?:同志)?(?:因[^。；\n]{2,24}，)?(?:专门|特意|特)?(?:书面|临时)?(?:委托|授权|指派|委派|指定|安排|请)(?:由|了)?[\ue020\ue021]"
)  # '由县长某某委托副县长某某主持': who asks another to do it does not
_CHARGED = lazy("(?:同志)?的?(?:委托|授权|指派|委派)")
_BY_WHOM = lazy("[受经应][^，。；\ue020\ue021]{0,5}$")
_SEATED = lazy("(?:分别|各自)?在[^，。；]{0,14}(?:主会场|分会场|会场|会议室|演播室)[，；]?$")
_WHOSE = lazy("[\ue000-\ue021]的$")
_HAN = lazy("[\u4e00-\u9fff]+")
_SLOTTED = lazy("[\ue000-\ue021]+")
_DOES = lazy(
    "[要应须将对向把被了着过就的在是有为到由因]|开展|推进|落实|加强|完成|组织|检查|督|调研|部署|研究|整治|治理|工作|会"
)
_OFFICE = lazy(r"(?!参加|出席|列席|参会|陪同|到会|与会|汇报|通报|作|主持|在场|分别|等)[\u4e00-\u9fff]{2,10}")
_INSPECTS = lazy("(?:陪同|一同)(?:参加)?(?:检查|督[查导]|暗访|夜查|巡查|察看|查看|走访|调研)")
_HEARS = lazy("听取(?!(?:工作|情况)?汇报后)|书面印发|印发了")
_ASKED = lazy("提出了?[\u4e00-\u9fff]{0,4}(?:要求|希望|建议)[，。]?$")
_PASSIVE = lazy("(?:被|受到)[^，。；的]{0,8}$")  # '我县被省里通报3次'
_ORDERED_BY = lazy("(?:按照?|根据|依据|遵照|依照|遵循|对照)[^，。；]{2,40}$")
_WISHED = lazy("(?:的|要求|精神|意见|情况|方案|部署|安排)*(?=[，。；]|$)")
_SETS = lazy("考虑|鉴于|按照?|根据|为了?|结合|落实|贯彻|对照")  # '考虑到防控要求，会议由…主持': nobody speaks
_OURS = ("我省", "我市", "我县", "我区", "我旗", "我州", "我镇", "我乡", "全省", "全市", "全县", "全区", "全旗", "全镇")
_NOT_THERE = lazy("批示|指示|总书记|总理|国家主席|贺信|来信")


class Attendance:
    """Reads the sentences that speak of a meeting; see :meth:`statements`."""

    def __init__(self, slots: Slots, clauses: Clauses, events: Events) -> None:
        self.slots, self.clauses, self.events = slots, clauses, events
        rows = table("meetings")
        self._roles, self._heard = (rows.sieve(s).over(slots.text) for s in ("roles", "heard"))
        self._speech = rows.pattern(r"{speech}(?:了|说|道)?(?:[，：“]|$)")
        self._crowd = Crowd(slots)
        self._there: set[tuple[int, int]] = set()
        self._absent: set[int] = set()

    def statements(self, known: list[Statement]) -> Iterator[Statement]:
        """ATTENDED, CHAIRED and SPOKE_AT; ``known`` are the statements already read of the same meetings."""
        self._there = {(id(s.source), id(s.target)) for s in known}
        found: list[Statement] = []
        for i, sentence in enumerate(self.clauses.sentences):
            event = self.events.current(i)
            if event is not None and not self.events.another_day(sentence, event):
                span = _ends(sentence.span)
                if self._roles.any(*span) or self._heard.any(*span):
                    found += self._sentence(sentence, event)
                self._note_absent(sentence)
        self._there |= {(id(s.source), id(s.target)) for s in found}
        yield from found
        for i, sentence in enumerate(self.clauses.sentences):
            event = self.events.current(i)
            if event is not None and not self.events.another_day(sentence, event):
                yield from self._speakers(sentence, event)
        for event in self.events.found:
            if event.row.name == "spoken-at":
                yield from self._spoke_there(event)

    def _sentence(self, sentence: Sentence, event: Event) -> Iterator[Statement]:
        pending: list[Run] = []
        last: list[Run] = []
        for clause in sentence.clauses:
            began = clause.start  # where the list begins that stands before a verb
            for row, m in self._heard.matches(*_ends(clause)):
                run = self.slots.run(m.start("O"))
                own = row.fields.get("others") and run and self.slots.page.text.startswith(_OURS, run.span.start)
                runs = [run] if run and not own else []
                if run and row.fields.get("listed"):
                    runs = self._rest(run, self._onwards(clause, sentence))
                yield from self._say(row, runs, event, m)
                if row.fields.get("listed") and runs:
                    yield from self._crowd.statements(Span(m.start("O"), clause.end), row, event, m)
            for segment in self.clauses.segments(clause):
                roles = sorted(self._roles.matches(*_ends(segment)), key=lambda f: f[1].start())
                roles = [(row, m) for row, m in roles if not Span(*m.span()).within(event.span)]  # '工作动员会'
                if not roles:
                    free = self.clauses.free_runs(segment.end, segment.start)
                    wrote = _NOT_THERE.search(self.slots.text, *_ends(segment))  # '作出批示': not there
                    free = [run for run in free if not run.span.within(event.span)]  # a place in the meeting's name
                    listed = not wrote and (free or self._crowd.classes(segment)) and self._lists(segment)
                    pending = [*pending, *free] if listed else []
                    began = began if listed else segment.end
                    said = self._speech.search(self.slots.text, *_ends(segment))
                    asked = _ASKED.search(self.slots.text, *_ends(segment))  # and what was asked is not told
                    if said and not asked and not _SETS.match(self.slots.text, segment.start):
                        return
                    continue
                before = self.clauses.free_runs(roles[0][1].start(), segment.start, by=True)
                there = (n for n, r in enumerate(before) if _WITH.search(self.slots.text, 0, r.span.start))
                before = before[next(there, 0) :]  # '石桥镇召开有…参加的…会'
                called = _CALLS.search(self.slots.text, segment.start, roles[0][1].start())
                if called and _OF_WHICH.match(self.slots.text, roles[0][1].end(), segment.end):
                    before = [r for r in before if r.span.start >= called.end()]  # '石桥镇召开各村、县水利局参加的会'
                before = [r for r in before if not self._asks_another(r, roles[0][1].start())]
                actors = [*pending, *before] or self._called_by_what(roles[0][1].start(), segment)
                actors = actors or ([] if self._a_name(segment.start, roles[0][1].start()) else last)
                if not actors and roles[0][0].name == "walks":
                    actors = self.clauses.free_runs(segment.start, clause.start)
                if not actors:
                    subject = next((m for row, m in roles if row.fields.get("subject")), None)
                    run = self.clauses.subject(subject.start()) if subject else None
                    actors = [run] if run else []
                held = [(row, m) for row, m in roles if self._holds(row, m, segment, sentence, event)]
                for row, m in held:
                    yield from self._say(row, actors, event, m)
                    if row.fields.get("list"):
                        came = Span(max(began, event.span.end if event.span.within(clause) else 0), m.start())
                        yield from self._crowd.statements(came, row, event, m)
                attended = [m for row, m in held if row.name == "takes-part"]
                within = attended and _OF_WHICH.match(self.slots.text, attended[-1].end(), segment.end)
                pending, last = [], [] if within else actors if held else last
                began = segment.end

    def _asks_another(self, run: Run, end: int) -> bool:
        """Whether it is another, named before or behind, whom this one asks to do it ('由县长甲委托副县长乙主持', '乙受书记甲委托主持')."""
        text = self.slots.text
        if _CHARGES.match(text, run.span.end, end):
            return True
        charged = _CHARGED.match(text, run.span.end, end)
        return charged is not None and _BY_WHOM.search(text, max(0, run.span.start - 8), run.span.start) is not None

    def _called_by_what(self, at: int, segment: Span) -> list[Run]:
        """The person right before a verb whom words with 的 tell of: '主管环保的站长某某对…作了安排'."""
        runs = self.slots.runs_in(segment.start, at)[-1:]
        return [
            r for r in runs if r.people and at - r.span.end <= 2 and self.slots.text.startswith("的", r.span.start - 1)
        ]

    def _a_name(self, start: int, end: int) -> bool:
        """Whether nothing but a name that nobody has read stands there: it is not who went before that did it."""
        words = self.slots.text[start:end].lstrip("，、 　")
        return 2 <= len(words) <= 4 and bool(_HAN.fullmatch(words)) and surname_length(words, 0) > 0

    def _lists(self, segment: Span) -> bool:
        """Whether a segment is but names, also where a title or a name in it has not been read."""
        if _LISTED.fullmatch(self.slots.text, *_ends(segment)):
            return True
        said = _SEATED.sub("，", self.slots.text[segment.start : segment.end])  # '…负责人在主会场，…在分会场参会'
        rest = _SLOTTED.sub("", said)
        return len(rest) <= 14 and not _DOES.search(rest)

    def _rest(self, first: Run, clause: Span) -> list[Run]:
        """The list that ``first`` opens, over commas, to the end of the clause."""
        runs = [first]
        for run in self.slots.runs_in(first.span.end, clause.end):
            if not _LISTED.fullmatch(self.slots.text, runs[-1].span.end, run.span.start) and (
                self.slots.text[runs[-1].span.end : run.span.start] != "，"
            ):
                break
            runs.append(run)
        return runs

    def _onwards(self, clause: Span, sentence: Sentence) -> Span:
        """A clause with those after it that but go on with its list ('参加会议的有：甲、乙；丙镇、丁镇；…')."""
        for c in sentence.clauses:
            if c.start >= clause.end:
                if not self._lists(c):
                    break
                clause = clause.joined(c)
        return clause

    def _holds(self, row: Row, m: re.Match[str], segment: Span, sentence: Sentence, event: Event) -> bool:
        """Whether the verb tells what happened at the meeting: no duty, no habit, and in its own paragraph."""
        text = self.slots.text
        if _MODAL.search(text, segment.start, m.start()) and row.name != "takes-part":
            return False
        if row.name == "takes-part" and re.search("(?<![主重])要|须|应当|必须|定期", text[segment.start : m.start()]):
            return False
        if text.startswith("会后", sentence.span.start) or APART.match(text, sentence.span.start, sentence.span.end):
            return False
        if (
            row.fields.get("report")
            and _ORDERED_BY.match(text, segment.start, m.start())
            and _WISHED.match(text, m.end())
        ):
            return False  # '按照省委、省政府安排部署，': who asked for it was not there
        if m.group().startswith("通报") and _PASSIVE.search(text, segment.start, m.start()):
            return False
        begun = self.clauses.sentence(event.span.start)
        elsewhere = begun is None or begun.paragraph != sentence.paragraph
        if event.kind == "held" and elsewhere and _INSPECTS.match(text, m.start()):
            return False  # an inspection told after the meeting
        if not row.fields.get("report") or event.kind == "speech":
            return True
        if _HEARS.search(text, segment.start, m.end() + 1):
            return False  # '听取…情况汇报'
        if re.search("发言|述职|检讨|致辞|经验|典型|表态|宣读|解读", m.group()):
            return True
        paragraph = self.slots.page.paragraphs[sentence.paragraph]
        return event.span.within(paragraph) or bool(_AT_MEETING.search(text, paragraph.start, paragraph.end))

    def _say(self, row: Row, runs: list[Run], event: Event, m: re.Match[str]) -> Iterator[Statement]:
        owned = {e.place for r in runs for h in r.heads if h.kind == "A" and len(h.entities) > 1 for e in h.entities}
        for run in runs:
            span = run.span.joined(Span(*m.span()))
            for e in sent(run):
                for kind in row.fields.get("bodies", ()):
                    yield Statement(e, kind, event.entity, (span,), row.name, 0.8)
            for e in run.entities:
                whose = e.label != "Person" and e in run.heads[-1].entities and not e.props.get("generic")
                head_came = _HEAD_CAME.match(self.slots.text, run.span.end)  # '凤羽镇党委书记和…发言'
                if whose and e.label == "Region" and not head_came and self.clauses.begins_a_name(run):
                    continue  # of an office that nobody has read: '…自然保护区管理局'
                if whose and self._is_title(run):
                    continue
                if e.label == "Region" and any(p.endswith(e.name) for p in owned):
                    continue  # '徐州，商丘等6市生态环境局': the place only says whose body came
                if e.name in ("大家", "我们"):
                    continue
                if e.props.get("level") == "area":
                    continue  # a river basin that a report was about
                types = row.fields.get("people" if e.label == "Person" else "bodies", ())
                if {"SPOKE_AT", "CHAIRED"} & {*types} and self.slots.text.endswith("代表", 0, run.span.start):
                    continue  # in whose name somebody else speaks or chairs
                if e.label == "Post" and not e.props.get("generic"):
                    continue  # a title without its holder's name
                men = e.label == "Post" or e.name in ("干部", "领导", "群众")
                if men and _WHOSE.search(self.slots.text, max(0, run.span.start - 2), run.span.start):
                    continue  # '石桥镇的干部' came for the town
                if e.label == "Post" and (heads := _HEADS.fullmatch(e.name)):  # '乡镇党委书记' came for 乡镇
                    of = Named.of(self.slots).generic(heads[1], Span(run.span.start, run.span.start), acts=True)
                    for kind in types:
                        yield Statement(of, kind, event.entity, (span,), row.name, 0.8)
                if e.props.get("generic") and (firms := _FIRMS.fullmatch(e.name)):  # '重点企业负责人' came for 重点企业
                    which = _WHICH.search(self.slots.page.text, max(0, run.span.start - 12), run.span.start)
                    such = Span(which.start() if which else run.span.start, run.span.start + len(firms[1]))
                    of = Named.of(self.slots).generic(self.slots.page.quote(such), such, acts=True)
                    for kind in types:
                        yield Statement(of, kind, event.entity, (span,), row.name, 0.8)
                if row.fields.get("convenes") and e.label == "Person" and (body := self.slots.body_of(e)) is not None:
                    for kind in ("CONVENED", "ATTENDED"):
                        yield Statement(body, kind, event.entity, (span,), row.name, row.confidence)
                for kind in types:
                    yield Statement(e, kind, event.entity, (span,), row.name, row.confidence)

    def _is_title(self, run: Run) -> bool:
        """Whether a body is but the body of a title, whose holder follows or has not been read."""
        text = self.slots.text
        if TITLE.match(text, run.span.end):
            return True
        holder = _OFFICE.match(text, run.span.end)
        return holder is not None and text.startswith(PEOPLE, holder.end())

    def _note_absent(self, sentence: Sentence) -> None:
        """People who sent word instead of coming ('作出批示'), or are told of after the meeting ('会后，…')."""
        text = self.slots.text
        later = text.startswith(("会后，", "会议结束后，"), sentence.span.start)
        if later or _NOT_THERE.search(text, sentence.span.start, sentence.span.end):
            for run in self.slots.runs_in(sentence.span.start, sentence.span.end):
                self._absent |= {id(e) for e in run.people}

    def _speakers(self, sentence: Sentence, event: Event) -> Iterator[Statement]:
        """Whoever opens a sentence with '强调' or '指出' in the report of a meeting."""
        for clause in sentence.clauses:
            for segment in self.clauses.segments(clause):
                m = self._speech.search(self.slots.text, *_ends(segment))
                run = self.clauses.opening(segment)
                if m is None or run is None or not self.slots.text.startswith(PEOPLE, run.span.start):
                    continue
                for e in run.people:
                    there = (id(e), id(event.entity)) in self._there
                    if there or self._may_speak(e, m, run, event, sentence):
                        yield Statement(
                            e, "SPOKE_AT", event.entity, (Span(run.span.start, m.end()),), "says", 0.9 if there else 0.7
                        )
                break

    def _may_speak(self, e: Entity, m: re.Match[str], run: Run, event: Event, sentence: Sentence) -> bool:
        near = m.start() - run.span.end
        told = self.slots.page.paragraphs[sentence.paragraph]
        day = self.events.days.earlier(run.span.start)
        if day and event.date and day.span.start >= told.start and day.iso[-5:] != event.date[-5:]:
            return False  # said on another day
        text = self.slots.text[told.start : told.end]
        if _ON_THE_WAY.search(text) and not _AT_MEETING.search(text):
            return False  # said on a walk or an inspection
        return id(e) not in self._absent and near <= (12 if event.kind == "summons" else 4)

    def _spoke_there(self, event: Event) -> Iterator[Statement]:
        for run in self.clauses.free_runs(event.match.start())[-1:]:
            for e in run.people:
                span = Span(run.span.start, event.match.end())
                yield Statement(e, "SPOKE_AT", event.entity, (span,), event.row.name)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
