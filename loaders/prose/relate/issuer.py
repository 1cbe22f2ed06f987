"""What kind of text a page is, and who issued it: a document's directives are its issuer's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from kg.lazy import lazy
from kg.sieve import compiled
from loaders.prose.page import Entity, Page, Span
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Slots
from loaders.words import AUTHORITIES, HAN_NUMBER, TEAM_HEADS

Genre = Literal["speech", "document", "report"]

_SPEECH = lazy(r"(?<![并作表])讲话(?:稿|提纲|要点|摘要)?(?:（.*）)?$|(?:上|时)的(?:讲话|发言|致辞)|动员令$|致辞$")
_DOCUMENT = lazy(
    r"(?:通知书?|公告|通告|通报|方案|意见|办法|决定书?|预案|细则|规定|规划|计划|要点|清单|名单|名册|分工|措施|倡议书?|函|批复|公示|制度|一封信|公开信"
    r"|须知|职责|(?:科室|机构|单位|主要|工作|部门)职能|规则|公约|民约|条例|提示|令|台账|任务书|责任书|目标|告知书|督办单|提示单|建议书|安排|协议|文件|工作部署|时间表|路线图|提醒单)(?:（[^（）]*）|\([^()]*\)|〔[^〕]*〕)*$"
)
_NEWS = lazy(
    r"[向对][^，。]{2,30}(?:反馈|移交|交办)(?!.{0,30}(?:的通知|的函|方案)$)|召开|举行|签[订署发]|调研|督导(?!.{0,6}通报)|约谈(?!.{0,12}(?:通报|办法|制度|通知|函))|接连|部署|开展(?!.{0,20}(?:通知|方案|公告|意见)$)"
)
_ISSUED = compiled(
    r"(?:现)?(?:将|就)[^。\n]{2,60}(?:通知|通报|公告|通告|函告|明确|公示)如下|制[定订]本(?:工作|实施|行动)?(?:方案|预案|办法|意见|制度|清单|计划|规划|规定|规范|细则|要点|措施)|印发给你们|(?:安排|任务|分工|责任|(?:工作|实施|分工|整改|行动)方案)(?:公布|公告|通知|明确)?如下|公布如下|作(?:出)?如下(?:安排|规定|通知|公告|决定)|(?:方案|计划|意见|办法|细则|规定|通知|预案|要点)》?[^，。\n]{0,6}，(?:主要|具体)?(?:要点|内容|任务|措施|安排)如下|经研究，决定|特此(?:通知|公告|通报|通告|函)|现将[^。，；\n]{0,40}(?:印发|下发|发给你们)，请(?:各|你|认真|遵照|结合|照此|抓好|贯彻)"
)
# a line that calls who is to act, as circulars begin
_CALLS = lazy(
    r"(?:^|\n)[^。；：\n]{0,60}?各[^。；：\n]{0,60}(?:政府|单位|部门|委员会|管委会|办事处|街道|[镇乡局]|企业|公司|处室|科室)：(?=\n)"
    r"|(?:^|\n)(?:[^。；：，、\n]{2,24}[、，]){1,30}[^。；：，、\n]{2,24}(?:政府|厅|局|委员会|管委会|办事处|集团|公司)：(?=\n)"
)
# who answers for each of its measures, as plans say behind them
_ASSIGNED = compiled(
    r"(?:[（\[【]|\n[ 　]*)(?:牵头|责任|主办)(?:单位|部门)：|[（；，、][^（）；，\n]{2,24}牵头[^（）\n]{0,80}）"
)
_PART = lazy(  # a piece of one: '（二）严格责任。' begins it
    rf"[ 　]*(?!（?一[）、])(?:（{HAN_NUMBER}）|{HAN_NUMBER}、|第{HAN_NUMBER}[章条])[^，。；：\n]{{2,20}}[。\n]"
)
_OPENING = 200  # characters within which it stands
_ORDER = lazy("(?:河湖?|湖|林|田|路)长(?:制)?令")
_PACT = lazy("责任[书状]")
_FIRST_SIDE = lazy(f"(?:^|\n)[ 　]*甲 *方(?:（[^（）\n]{{1,12}}）)?[：:][ 　]*(?P<S>[{BODIES}]{FILL}*+)")
_JOINTLY = lazy("共同|联合|联名")
_CHIEF = lazy(r"[ 　]*[^，。；：\n]{0,8}总(?:河湖?|湖|林|田|路)长[：\t 　]+")
_DATE = lazy(
    r"[（(]?(?:[0-9〇○零一二三四五六七八九十]{2,4}年)?[0-9一二三四五六七八九十]{1,3}月(?:[0-9一二三四五六七八九十]{1,3}日)?(?:印发|发布|发)?[）)]?"
)
_SENDERS = f"(?:{AUTHORITIES}|公司|集团|组|专班)"  # teams and firms send letters too
_BODY = lazy(f"{_SENDERS}$")
_GOVERNS = lazy(r"(?:政府|党委|[市县区州旗]委)(?:办公室|办公厅)?$")  # what it publishes is its own
_DIVISION = ("省", "市", "州", "盟", "县", "区", "旗", "镇", "乡")
_TITLED = lazy(rf"([^，。；：《》\s]{{3,34}}?{_SENDERS})(?=关于|印发|转发|批转|文件|[0-9]{{4}}年)")
_SEVERAL = lazy(r"((?:[^，。；：《》\s]{3,24}\s+)+[^，。；：《》\s]{3,24}?)\s*(?=关于|印发)")
_DECIDED = lazy(f"经(?P<S>[{PEOPLE}{BODIES}]{FILL}*+)(?:常务会议?|常委会议?)?(?:研究|审议)")
_APPROVED = lazy(f"经(?P<S>[{BODIES}]{FILL}*+)(?:批准|同意)，(?:现)?决定")
_PROMULGATED = lazy(f"（[^（）\n]{{0,24}}?(?P<S>[{PEOPLE}{BODIES}]{FILL}*+)(?:联合)?(?:印发|发布|公布|制定)）")
_RESOLVED = lazy(
    f"(?:^|[，。；\n])[^，。；：\n在对将]{{0,6}}?(?P<S>[{BODIES}]{FILL}*+)(?:研究)?决定(?=于|由|对|开展|启动|自|从|在)"
)
_SENDS = lazy(f"(?P<S>[{BODIES}]{FILL}*+)现将[^。，；\n]{{0,40}}(?:印发|下发|发给你们)，请")
_FOUNDED = lazy(  # '为加强组织领导，县政府成立禁烧领导小组'
    f"(?:^|[，。；\n])(?P<S>[{BODIES}]{FILL}*+)(?:研究|决定|专门|已|特)*(?:成立|组建)了?[^。；，\n{BODIES}]{{0,40}}(?:[{BODIES}]|领导小组|指挥部|工作专班)"
)
_DRAWN_UP = lazy(
    f"(?:^|[，。；\n]|近日|日前|[0-9]日)[^，。；\n在对将由据）、.]{{0,4}}?(?P<S>[{BODIES}]{FILL}*+)"
    r"(?:(?:按照|根据|结合|针对|围绕|为|对照)[^。；\n]{2,40}，|近日|日前|已|专门|研究|联合|共同|及时|迅速|第一时间)*"
    r"(?:制定|制订|出台|印发|下发|拟定)了?[^。；，\n]{2,40}(?:方案|办法|意见|通知|预案|计划|细则|清单|制度)(?:（[^（）]*）)?》?(?=[，。；])"
)
_PRINTED = lazy("\n[^，。；\n]{2,30}办公室[ 　]*[0-9年月日]{4,12}印发[ 　]*$")
_ITS_OFFICE = lazy("办公室$|办公厅$")
_SPACED = lazy("[ 　\t]")
_ROSTER = lazy(f"\n[ 　]*(?:常务|第一)?副?(?:{TEAM_HEADS}|主任|成员|[组队]员)[ 　]*(?:：|（)")
_FULL = {"纪委": "纪律检查委员会", "监委": "监察委员会"}
_SPOKEN = lazy(
    r"(?:^|\n)[ 　]*(?:同志们|各位领导|各位代表|各位同志)[：，:]|下面，?我(?:再)?(?:代表[^，。]{2,20}，?)?(?:就[^，。]{2,40})?(?:讲|谈|强调|提)"
)
_HEAD = 800  # a speech shows itself in its first characters
_LAST = 12  # a signature stands among the last paragraphs
_SIGNED = lazy(
    rf"\n[ 　]*[^，。；：、\n]{{3,40}}?{_SENDERS}[ 　]*\n?[ 　]*[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日[ 　]*(?=\n|$)"
)  # a body and the day, with which no report ends
_END = 400  # characters from the end within which that stands


def genre(page: Page) -> Genre:
    """A speech, a document (a circular, plan, notice, list …) or a report on what others said and did."""
    title = page.meta.title.strip()
    if (_SPEECH.search(title) and "签发" not in title) or _SPOKEN.search(page.text[:_HEAD]):
        return "speech"
    if _DOCUMENT.search(title) and not (_NEWS.search(title) and not title.startswith("关于") and "关于" not in title):
        return "document"
    if (
        _PART.match(page.text)
        or _ISSUED.search(page.text)
        or _CALLS.search(page.text, 0, _OPENING)
        or len(_ASSIGNED.findall(page.text)) > 1
        or not _NEWS.search(title)
        and _SIGNED.search(page.text, max(0, len(page.text) - _END))
    ):
        return "document"
    return "report"


def issuers(page: Page, slots: Slots) -> tuple[Entity, ...]:
    """The bodies that sign a document; else those that its headline or its publisher names; () where open."""
    together = _together(page)
    if together:
        return together
    if _PACT.search(page.meta.title) and (first := _told(slots, _FIRST_SIDE)):
        return first
    if _ORDER.search(page.meta.title) and (chiefs := tuple(_chiefs(page, slots)) or sender(slots, "令")):
        return chiefs
    signed = tuple(_signature(page, slots))
    signed = signed or tuple(_signed_within(page, slots))
    if signed:
        return _whose_office(signed, page, slots)
    headed = _titled(page)
    if headed:
        return (headed,)
    for told in (_PROMULGATED, _RESOLVED, _SENDS, _DRAWN_UP, _FOUNDED):
        if found := _told(slots, told):
            return found
    decided = tuple(_decided(slots))
    if decided:
        return decided
    own = _GOVERNS.search(page.meta.publisher)
    for told in () if own else (_RESOLVED, _SENDS, _DRAWN_UP):  # of the place alone: '某市印发实施计划'
        if found := _told(slots, told, "Region"):
            return found
    if page.meta.publisher and _BODY.search(page.meta.publisher):
        return (_body(page, page.meta.publisher),)
    return _told(slots, _APPROVED) or _government(page)


def _chiefs(page: Page, slots: Slots) -> Iterator[Entity]:
    """Who signs an order of the chiefs of rivers or woods: '总河长：石玉宏' among its last lines."""
    for span in list(page.paragraphs)[-_LAST:]:
        m = _CHIEF.match(page.text, span.start, span.end)
        run = slots.run(m.end()) if m else None
        alone = run is not None and not _DATE.sub("", page.text[run.span.end : span.end]).strip(" 　")
        yield from (run.people if run is not None and alone else ())


def _government(page: Page) -> tuple[Entity, ...]:
    """The government of the place that front matter names as the publisher ('发布机构：石桥镇'); () where it names none."""
    place, key = page.meta.publisher, f"{page.home}/人民政府"
    if not page.home or not place.endswith(_DIVISION) or not page.meta.place.endswith(place):
        return ()
    known = (m.entity for m in page.mentions if m.entity.label == "Agency" and m.entity.key == key)
    named = Entity(
        "Agency", f"{place}人民政府", [place], page.meta.place, {"kind": "government", "inferred": True}, key
    )
    return (next(known, named),)


def sender(slots: Slots, kind: str) -> tuple[Entity, ...]:
    """Who wrote the one letter (``kind`` 函), or signed the one order (令), that a page tells of; () where open."""
    told = [m for r in table("speech")["sent"] if r.get("kind") == kind for m in r.pattern.finditer(slots.text)]
    runs = [slots.run(m.start("S")) for m in told]
    if len(told) == 1 and _JOINTLY.search(told[0].group()):  # '县委书记甲，县长乙共同签发'
        begin = max(slots.text.rfind(c, 0, told[0].start()) for c in "。；\n") + 1
        runs += [r for r in slots.runs_in(begin, told[0].start()) if r.people]
    senders = {id(e): e for r in runs if r for e in r.entities if e.label in ("Agency", "Person")}
    return tuple(e for e in senders.values() if not e.props.get("generic")) if len(told) == 1 else ()


def _together(page: Page) -> tuple[Entity, ...]:
    """The bodies that a headline names side by side: '某某部　某某局关于…的意见'; () unless there are several."""
    head = _SEVERAL.match(page.meta.title.strip())
    names = head[1].split() if head else []
    return tuple(_body(page, n) for n in names) if all(map(_BODY.search, names)) else ()


def _titled(page: Page) -> Entity | None:
    """The body that a headline begins with: '某某办公室关于…的通知'."""
    head = _TITLED.match(page.meta.title.strip())
    return (titled(page, head[1]) or Entity("Agency", head[1])) if head else None


def titled(page: Page, name: str) -> Entity | None:
    """The body of a page that a headline names; None where the page speaks of no such body."""
    named = [
        m.entity
        for m in page.mentions
        if m.entity.label == "Agency"
        and not m.entity.props.get("generic")
        and any(
            x == name or (len(x) > 3 and name.endswith(x)) or (len(name) > 3 and x.endswith(name))
            for x in (m.entity.name, *m.entity.aliases, m.surface)
        )
    ]
    return max(named, key=lambda e: len(e.name), default=None)


def _whose_office(signed: tuple[Entity, ...], page: Page, slots: Slots) -> tuple[Entity, ...]:
    """Who resolved what an office has but printed: '县政府决定…' over '县政府办公室 4月13日印发'; else those who sign."""
    resolved = _told(slots, _RESOLVED) if len(signed) == 1 and _PRINTED.search(page.text) else ()
    hosts = [e for e in resolved if signed[0].name.startswith(e.name) and _ITS_OFFICE.search(signed[0].name)]
    return tuple(hosts) or signed


def _told(slots: Slots, pattern: re.Pattern[str], label: str = "Agency") -> tuple[Entity, ...]:
    """Whom the opening says to have issued or resolved this ('（县委、县政府印发）'): bodies, or places ('某县决定由…')."""
    m = pattern.search(slots.text, 0, _HEAD)
    run = slots.run(m.start("S")) if m else None
    bodies = run.bodies if run is not None else ()
    return tuple(e for e in bodies if e.label == label and not e.props.get("generic"))


def _decided(slots: Slots) -> Iterator[Entity]:
    """The bodies in '经市委、市政府研究，…'."""
    m = _DECIDED.search(slots.text)
    run = slots.run(m.start("S")) if m else None
    if run is not None:
        yield from (e for e in run.bodies if e.label == "Agency" and not e.props.get("generic"))


def _signature(page: Page, slots: Slots) -> Iterator[Entity]:
    seen: list[list[Entity]] = []
    dated = False
    for span in reversed(list(page.paragraphs)[-_LAST:]):
        line = page.quote(span)
        rest = _DATE.sub("", line).strip(" 　")
        dated = dated or rest != line.strip(" 　")
        if not rest:
            continue
        bodies = _alone(slots, span, line)
        if bodies and _ROSTER.match(page.text, span.end):
            continue  # a group whose members stand below
        if bodies:
            seen.append(bodies)
        elif seen:
            break
    if not dated and (within := list(_signed_within(page, slots))):
        yield from within  # below stands a list of those it goes to
        return
    for bodies in reversed(seen):
        yield from bodies


def _signed_within(page: Page, slots: Slots) -> Iterator[Entity]:
    """The bodies that sign a circular above what it sends out: a line of their own over one of nothing but the day."""
    lines = list(page.paragraphs)
    for span, below in pairwise(lines):
        if _DATE.fullmatch(page.quote(below).strip(" 　")):
            yield from _alone(slots, span, page.quote(span))


def _alone(slots: Slots, span: Span, line: str) -> list[Entity]:
    """The bodies of a line that holds nothing else but a date."""
    start = span.start + len(line) - len(line.lstrip(" 　"))
    run = slots.run(start)
    if run is None or run.span.start != start:
        return []
    end = run.span.end
    out = list(run.bodies)
    if all(m.kind == "A" for m in run.marks) and _SPACED.search(slots.page.text, start, end):  # '某省公安厅 某省财政厅'
        out = [e for m in run.marks for e in m.entities]
    while (nxt := slots.run(_skip(slots.text, end, span.end))) is not None and nxt.span.end <= span.end:
        out += nxt.bodies
        end = nxt.span.end
    if _DATE.sub("", slots.text[end : span.end]).strip():
        return []
    return [e for e in out if e.label == "Agency" and not e.props.get("generic")]


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at] in " 　\t":
        at += 1
    return at


def _body(page: Page, name: str) -> Entity:
    """The agency of this name that the page mentions, or a new one."""
    for m in page.mentions:
        if m.entity.label == "Agency" and (m.entity.name == name or name in m.entity.aliases):
            return m.entity
    full = name[:-2] + _FULL.get(name[-2:], name[-2:])
    return Entity("Agency", full, [name] if name != full else [])
