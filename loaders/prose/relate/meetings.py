"""Meetings: who convened, chaired, attended and spoke, and which places they concern. Rows in tables/meetings.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lazy import lazy
from kg.model import Value
from kg.places import gazetteer
from loaders.prose.page import Entity, Page, Span, Statement
from loaders.prose.relate.attendance import TITLE, Attendance
from loaders.prose.relate.concerns import concerns
from loaders.prose.relate.crowd import sent
from loaders.prose.relate.events import Event, Events
from loaders.prose.relate.named import Named, places
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.staged import near, settle
from loaders.prose.relate.subject import Clauses
from loaders.words import HAN_NUMBER

_CHARGED = lazy("委托，?$")
_RULED = lazy("(?:人民)?政府$")
_HEADLINE = lazy(
    r"[^\u4e00-\u9fff]{0,2}(?P<S>[\u4e00-\u9fff]{2,14}?)(?:组织|紧急|专题|再次)?(?P<V>召开|举行|举办|调度)"
)
_CALLED = lazy("(?:组织|邀请|召集)$")
_LEADS = lazy("主持(?:组织)?$")
_OBJECT_OF = lazy(
    "(?:进驻|走访|调研|视察|检查|督导|督查|督察|暗访|巡查|巡察|走访|察看|查看|走进|深入|来到|到|赴|前往|联系|包保|约谈|对|向|在)了?$"
)
_I_CHAIR = lazy("(?:会议|大会|动员会|约谈会?)(?:就|将)?由我(?:来)?主持")
_BESIDE = lazy("(?:^|[，。；\n])(?:与|同|和|跟)$")  # '…，与市气象台进行视频会商'
_PART = lazy(
    "(?:(?![在与和及由就因为对向把将于到的邀请]|联合|会同|组织|召开|举行|共同|工作日)[\u4e00-\u9fff]){3,12}\ue021\ue000*+(?=召开|举行|举办|组织召开|主持召开)"
)  # '石桥市退圩还湖' + '工作指挥部', of which only the end has been read
_CALLED_IT = 0.75  # confidence that who called a meeting chaired it
_OFFICE = lazy("(?P<L>[省市县区旗州])长(?:办公会|周?例会|周?碰头会)")
_BOARD = lazy(
    "委员会$|(?:领导|协作|协调)小组$|(?:小组|委员会|指挥部)办公室$|指挥部$|(?:[治河湖林路]|大气|水源|整改|禁烧)[水长]?办$|联席会议$|人大常委会$|政协$"
)
_DEPARTMENT = lazy("[厅局部]$")  # '参加省水利厅视频会': its own
_SITTING = lazy("(?:[0-9]{4}年)?(?:度)?第[0-9一二三四五六七八九十百]+次|关于")
_OWN_SITTING = lazy("政府常务会")  # a regular sitting told by no number, which nobody need have called
_YEAR = lazy("[0-9]{3,4}年度?")  # before whose meeting it is
_BETWEEN = lazy(
    f"[对向与和、及]|理论学习|第{HAN_NUMBER}届|的[\u4e00-\u9fff]{{0,4}}(?:反馈|督)"
)  # '…督察组对石桥市督察动员会'


def relate(page: Page) -> list[Statement]:
    """Statements about the meetings of a page; each Meeting is made here, with ``date``, ``mode`` and ``venue``."""
    slots = Slots.of(page)
    clauses = Clauses.of(slots)
    events = Events.of(slots)
    if not events.found:
        return []
    named = Named.of(slots)
    found: list[Statement] = []
    notice = Entity("Notice", "")
    for event in events.found:
        found.append(Statement(event.entity, "STATED_IN", notice, (event.span,), event.row.name))
        settle(event, page, clauses)
        called = list(_convened(event, slots, clauses, named))
        found += called
        if not any(s.type == "CONVENED" for s in called):
            unread = list(_unread(event, slots, clauses))
            found += unread or _headline(event, page, named, alone=sum(e.primary for e in events.found) < 2)
        found += _author(event, slots)
    found += Attendance(slots, clauses, events).statements(found)
    led = {id(s.target) for s in found if s.type == "CHAIRED" and s.rule == "chairs"}
    for s in found:  # '甲召开座谈会，乙主持会议'
        if s.type == "CHAIRED" and s.confidence == _CALLED_IT and id(s.target) in led:
            s.type = "ATTENDED"
    known: dict[int, list[Statement]] = {}
    for s in found:
        known.setdefault(id(s.target), []).append(s)
    for event in events.found:
        found += concerns(event, slots, clauses, named, known.get(id(event.entity), []))
    unique: dict[tuple[int, str, int], Statement] = {}
    for s in found:
        unique.setdefault((id(s.source), s.type, id(s.target)), s)
    return sorted(unique.values(), key=lambda s: s.spans)


def _headline(event: Event, page: Page, named: Named, *, alone: bool) -> Iterator[Statement]:
    """The notice's own place, where the headline says that it called the meeting or went about the work ('石桥县召开…'); where
    the page tells of several, the one that the headline names."""
    m = _HEADLINE.match(page.meta.title)
    place = gazetteer().get(page.home, page.meta.published) if m and event.primary else None
    other = not alone and event.entity.name[-3:] not in page.meta.title
    if m is None or place is None or place.level == "province" or other:
        return
    name = _RULED.sub("", m["S"])
    ours = len(name) == 2 and name[0] in "我本" and place.name.endswith(name[1])
    if not ours and name not in (place.full_name, *(f.text for f in place.forms)):
        return
    known = named.region(place.name)
    props: dict[str, Value] = {"adcode": place.adcode, "level": place.level, "inferred": True}
    region = known or Entity("Region", place.name, [] if ours else [name], place.full_name, props, place.adcode)
    if event.kind == "held" and not m["V"].startswith("调度"):
        yield Statement(region, "CONVENED", event.entity, (event.span,), "headline", 0.7)
    if not ours:
        yield Statement(event.entity, "CONCERNS", region, (event.span,), "headline", 0.7)


def _unread(event: Event, slots: Slots, clauses: Clauses) -> Iterator[Statement]:
    """A body that nobody has read, which called the meeting or whose sitting it is."""
    sentence = clauses.sentence(event.span.start)
    if sentence is None or not event.primary:
        return
    span = near(sentence.span, event)
    rows = table("meetings").sieve("callers").over(slots.page.text)
    for row, m in rows.matches(span.start, min(span.end, event.span.end + 30)):
        words = Span(*m.span("C"))
        whole = row.name == "sits-by-name" and words.start == event.span.start
        marks = [k for k in slots.marks_in(words.start, words.end) if k.kind != "R"]  # of the places in its name
        if whole or row.name == "called-it" and m.end() <= event.span.start and not marks:
            body = Entity("Agency", slots.page.quote(words))
            yield Statement(body, "CONVENED", event.entity, (words.joined(event.span),), row.name, 0.75)
            return


def _convened(event: Event, slots: Slots, clauses: Clauses, named: Named) -> Iterator[Statement]:
    if event.kind in ("summons", "visit"):
        callers = list(_conveners(event.called, slots, clauses)) if event.called is not None else []
        yield from callers
        told = [*event.also, (event.row, event.match)]
        parties = [s for row, m in told for s in _parties(event, row, m, slots, clauses)]
        if any(s.type == "CONVENED" and "chaired" not in s.rule for s in parties):  # who chairs does it for who called
            parties = [s for s in parties if "chaired" not in s.rule or s.source.label == "Person"]
        convened = any(s.type == "CONVENED" for s in callers)
        plain = (
            "约谈会" not in event.entity.name
        )  # '某镇召开专门会议，约谈三家企业': the town did not come to its own meeting
        hosts = {id(s.source) for s in callers if plain and s.type == "CONVENED" and s.source.label == "Region"}
        own = [s for s in parties if s.type == "ATTENDED" and id(s.source) in hosts]
        yield from (s for s in parties if s not in own and (not convened or s.type != "CONVENED"))
    elif event.kind not in ("speech", "minutes") and "L" in event.row.pattern.groupindex:
        called = list(_conveners(event, slots, clauses))
        yield from called
        known = {id(s.source) for s in called if s.type == "CONVENED"}
        given = _givers(event, slots, clauses, named) if event.primary else ()
        yield from (s for s in given if s.type != "CONVENED" or not known)
        whose = list(_whose(event, slots)) if event.primary else []  # '县长某某主持召开县政府治理扬尘专题会'
        sits = _OWN_SITTING.search(event.entity.name)
        whose = [s for s in whose if s.source.label == "Agency"] if not sits else []
        yield from (*whose, *_office(event, slots)) if not known else ()
    elif event.primary:
        yield from _givers(event, slots, clauses, named)
        yield from _whose(event, slots)
        yield from _office(event, slots)
    elif event.row.name == "resolved-at":
        yield from _whose(event, slots)
    for span in [near(clauses.sentences[i].span, event) for i in event.sentences[:3]]:
        rows = table("meetings").sieve("convenes").over(slots.text)
        for row, m in rows.matches(span.start, span.end):
            run = slots.run(m.start("O"))
            for e in run.bodies if run else ():
                if not row.get("holder") or re.search(row.get("holder"), e.name):
                    yield Statement(e, "CONVENED", event.entity, (Span(*m.span()),), row.name)


def _office(event: Event, slots: Slots) -> Iterator[Statement]:
    """The government whose head's meeting it is ('市长办公会'), where the page names it."""
    office = _OFFICE.match(event.entity.name)
    ours = {f"{office['L']}政府", f"{office['L']}人民政府"} if office else set()
    for mark in [k for k in slots.marks if k.kind == "A" and slots.page.quote(k.span) in ours][:1]:
        for e in mark.entities:
            yield Statement(e, "CONVENED", event.entity, (event.span, mark.span), event.row.name, 0.75)


def _whose(event: Event, slots: Slots) -> Iterator[Statement]:
    """Whose meeting it is by its name: '石桥市人民政府第12次常务会议', '石桥县扬尘治理现场会', '领导小组第2次会议'."""
    year = _YEAR.match(slots.text, event.span.start)
    start = year.end() if year else event.span.start
    whose = slots.run(start)
    if whose is None or _BETWEEN.match(slots.text, whose.span.end) or len(whose.entities) > 1:
        return
    of_its_own = start in (whose.span.start, whose.marks[-1].span.start) and whose.span.within(event.span)
    sits = of_its_own or _SITTING.match(slots.page.text, whose.span.end)
    for e in whose.entities:
        rules = e.label == "Agency" and (
            _RULED.search(e.name)
            or e.props.get("kind") == "party"
            or sits
            and _BOARD.search(e.name)
            or event.row.name == "took-part"
            and _DEPARTMENT.search(e.name)
        )
        if rules or e.label == "Region" and e.props.get("level") not in ("area", "reach"):
            yield Statement(e, "CONVENED", event.entity, (event.span,), event.row.name, 0.8)


def _conveners(event: Event, slots: Slots, clauses: Clauses) -> Iterator[Statement]:
    """Who stands before '召开'; not whom they visited, as in '调研石桥镇并召开…'."""
    at = event.match.start("L")
    free = clauses.free_runs(at)
    runs = [r for r in free if not _OBJECT_OF.search(slots.text, max(0, r.span.start - 6), r.span.start)]
    beside = [r for r in runs if _BESIDE.search(slots.text, max(0, r.span.start - 2), r.span.start)]
    with_us = slots.runs_in(beside[0].span.start, at) if beside else []
    runs = [r for r in runs if r not in with_us]
    runs = runs or [r for r in [clauses.subject(beside[0].span.start - 1 if beside else at)] if r]
    for e in [e for r in with_us for e in r.bodies]:
        yield Statement(
            e, "ATTENDED", event.entity, (Span(with_us[0].span.start, event.span.end),), event.row.name, 0.8
        )
    leads = bool(_LEADS.search(slots.text, max(0, at - 6), at))
    sentence = clauses.sentence(at)
    several = [e for r in slots.runs_in(sentence.span.start, at) for e in r.people] if sentence else []
    for run in runs:
        if TITLE.match(slots.text, run.span.end):
            continue  # the body of a title whose holder has not been read
        if run.bodies and (clauses.begins_a_name(run) or _PART.match(slots.text, run.span.end)):
            continue  # '兴化市里下河退圩还湖工作指挥部召开': of a body that nobody has read
        if run.people and slots.text.endswith("代表", 0, run.span.start):
            continue  # '副县长甲代表县长乙主持召开'
        span = (Span(run.span.start, event.span.end),) if run.span.start < event.span.end else (run.span, event.span)
        called = len(runs) > 1 and bool(_CALLED.search(slots.text, max(0, run.span.start - 2), run.span.start))
        for e in run.entities:
            if called:
                yield Statement(e, "ATTENDED", event.entity, span, event.row.name, 0.8)
            elif e.label == "Person" and not leads and len(several) > 1:  # '书记贾某，县长雒某巡林，并现场召开座谈会'
                yield from (Statement(x, "ATTENDED", event.entity, span, event.row.name, 0.75) for x in several)
            elif (
                e.label == "Person" and not leads and slots.page.quote(run.span).endswith("一行")
            ):  # '处长贾某一行召开座谈会'
                yield Statement(e, "ATTENDED", event.entity, span, event.row.name, 0.8)
                if (body := slots.body_of(e)) is not None:
                    yield Statement(body, "CONVENED", event.entity, span, event.row.name, 0.8)
            elif (
                e.label == "Person" and event.row.fields.get("unled") and not leads
            ):  # who organised it need not chair it
                yield Statement(e, "ATTENDED", event.entity, span, event.row.name, 0.75)
            elif e.label == "Person":
                yield Statement(e, "CHAIRED", event.entity, span, event.row.name, 0.9 if leads else _CALLED_IT)
            elif e.label in ("Agency", "Region") and e.name != "我们":
                yield Statement(e, "CONVENED", event.entity, span, event.row.name)


def _givers(event: Event, slots: Slots, clauses: Clauses, named: Named) -> Iterator[Statement]:
    """A 反馈会 or 移交仪式 is held by who feeds back or hands over, in its sentence or the one before."""
    at = clauses.index(event.span.start)
    if not re.search("反馈|移交|交办", event.entity.name):
        return
    for sentence in clauses.sentences[max(0, at - 1) : at + 1]:
        rows = table("meetings").sieve("gives").over(slots.text)
        for row, m in rows.matches(sentence.span.start, sentence.span.end):
            who, whom = slots.run(m.start("S")), slots.run(m.start("O"))
            span = (Span(*m.span()),)
            for e in who.bodies if who else ():
                yield Statement(e, "CONVENED", event.entity, span, row.name)
            if row.fields.get("only"):
                continue  # what went before says not who came
            both = [*(who.bodies if who else ()), *(whom.bodies if whom else ())]
            for e in both if "反馈" in event.entity.name else ():
                yield Statement(e, "ATTENDED", event.entity, span, row.name, 0.8)
            for e in places(whom.bodies if whom else (), named):
                yield Statement(event.entity, "CONCERNS", e, span, row.name, 0.8)
            return


def _parties(event: Event, row: Row, m: re.Match[str], slots: Slots, clauses: Clauses) -> Iterator[Statement]:
    """Both sides of a 约谈, and the body in whose name it is held; those who walk a river together."""
    name = row.name
    groups = m.re.groupindex
    who = slots.run(m.start("S")) if "S" in groups else clauses.subject(m.start())
    if who and slots.text.endswith("代表", 0, who.span.start):  # '副县长某某代表县政府约谈': he was there for it
        who = agent if (agent := slots.run(who.span.start - 3)) and agent.people else who
    whom = slots.run(m.start("O")) if "O" in groups else None
    others = slots.runs_in(whom.span.end, m.end()) if whom and row.fields.get("listed") else []
    others += _beside(who, m.end(), slots) if who and event.kind == "visit" else []
    low = min(m.start(), who.span.start) if who else m.start()
    span = (Span(low, m.end()),)
    behalf = slots.principal(who) if who else None
    charged = bool(who and behalf and _CHARGED.search(slots.text, max(0, who.span.start - 4), who.span.start))
    charged = (
        charged or behalf is not None and slots.text.startswith("委托", behalf.span.end)
    )  # '省厅受省政府委托，约谈…'
    event.callers |= {id(e) for e in (who.entities if who else ())}
    for e in who.entities if who else ():
        if e.label == "Person":
            yield Statement(e, "CHAIRED" if "chaired" in name else "ATTENDED", event.entity, span, name)
        elif charged and event.kind == "summons":
            yield Statement(e, "ATTENDED", event.entity, span, name)
        bodies = behalf.bodies if behalf else [b for b in [slots.body_of(e) if e.label == "Person" else e] if b]
        for body in bodies if event.kind == "summons" else ():
            yield Statement(body, "CONVENED", event.entity, span, name)
            if not body.props.get("inferred") and not charged:
                # a government that only its head's title tells of, or that charged him with it, did not come itself
                yield Statement(body, "ATTENDED", event.entity, span, name)
    for e in [e for run in (whom, *others) if run for e in (*run.entities, *sent(run))]:
        yield Statement(e, "ATTENDED", event.entity, span, name)


def _beside(who: Run, end: int, slots: Slots) -> list[Run]:
    """Runs of people that but a comma parts from one another: '副县长甲，副县长乙一行到…巡河'."""
    found: list[Run] = []
    for run in slots.runs_in(who.span.end, end) if who.people else ():
        if not run.people or slots.text[(found or [who])[-1].span.end : run.span.start] != "，":
            break
        found.append(run)
    return found


def _author(event: Event, slots: Slots) -> Iterator[Statement]:
    """Who gave the speech, or chaired: named on a short line of their own above it."""
    chairs = event.kind == "speech" and ("主持" in slots.page.meta.title or _I_CHAIR.search(slots.text))
    for paragraph in slots.page.paragraphs[:4] if event.kind == "speech" else ():
        if slots.text.startswith(("同志们", "各位"), paragraph.start):
            break
        if paragraph.end - paragraph.start <= 40:
            for mark in slots.marks_in(paragraph.start, paragraph.end):
                for e in mark.entities if mark.kind == "P" else ():
                    for kind in ("CHAIRED", "SPOKE_AT") if chairs else ("SPOKE_AT",):
                        yield Statement(e, kind, event.entity, (mark.span,), "author")
