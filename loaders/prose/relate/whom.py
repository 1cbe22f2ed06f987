"""Lists of those who are supervised: what belongs to one verb, over commas and with words that describe each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.lazy import lazy
from loaders.prose.page import Entity, Span
from loaders.prose.relate.fill import Mark
from loaders.prose.relate.named import Named
from loaders.prose.relate.pointing import meant
from loaders.prose.relate.rows import table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.subject import Clauses
from loaders.words import COUNT, MORE_TRADES, TRADES

_RUN_BY = lazy("(企业|公司|单位)(?:主要|有关|相关)?(?:负责人|负责同志)")  # a firm is what its head is called in for
_AND = lazy("[、和及与]")
_STOP = lazy("(?:^|[、和及与]|的)[^、和及与\ue000-\ue021]{0,6}$")
_WORKS = lazy(
    f"{COUNT}号?(?:地块|路段|标段|楼)|"
    "[*＊×]|[\u4e00-\u9fff]{0,12}?(?:公司|集团|厂|矿|场|站|工地|园|酒店|小区|项目|医院|学校|中学|小学|基地|码头|油库|家)"
    f"|[\u4e00-\u9fff]{{2,4}}(?:{TRADES}|{MORE_TRADES})(?=[、，。；和及与等]|[两三四五六七八九十]+家)"
)
_AT_A_ROAD = lazy("[^，。；、和及]{0,6}[路街道][与和][^，。；、]{1,8}(?:交界处|交叉口|路口)|(?:出?入|门)口")
_MUST = lazy("(?:都|均|也|还|则)?(?:要(?!求)|须|应|必须|务必|负责)")
_SO_MANY = lazy(f"{COUNT}[个处条][^，。；]{{0,6}}(?:工地|点位|路段|道路)")
_CHARGED = lazy("(?:具体|分别)?负责$")
_COUNT = lazy(f"(?:{COUNT}家)?$")
_BELOW = lazy(
    f"(?:{COUNT}个?[省市州县区旗])?(?:辖区内?的?|所辖|下辖|的)?(?P<G>{COUNT}个(?P<K>市（州）|地市|市|区县|县区|县市区?|区（县）|县（市、区）|县（市）|县（区）|县|区"
    "|乡镇（街道）|镇（街道）|乡镇街道|乡镇|镇街|街镇|镇|乡|街道|村庄|村屯|村))(?![级委内])"
)
_LEVELS = ("省|自治区", "市|州|盟|地区", "县|区|旗", "镇|乡|街道|苏木", "村|社区")  # of places, the highest first


def in_turn(m: re.Match[str], who: Run, whom: Run | None, slots: Slots) -> tuple[Run, Run | None]:
    """The two parties of a verb in a row of like ones: '甲检查乙、乙检查丙' has 乙、乙 between its two verbs."""
    words = table("supervision")
    verb, again = (
        words.pattern("(?:{over}|查)[^，。；、的\ue020\ue021]{0,6}$"),
        words.pattern("(?:具体|分别)?负责(?:{over})|(?:{over}|查)<>"),
    )
    if _has_them_do(m, slots):
        return who, whom
    at = m.start("V") if {"S", "V"} <= set(m.re.groupindex) else m.start()
    charged = _CHARGED.search(slots.text, max(0, at - 4), at)
    at -= len(charged[0]) if charged else 0
    near = slots.run(at - 1) if at else None
    several = near is not None and near.span.end == at and len(near.heads) > 1
    if near and several and verb.search(slots.text, max(0, near.span.start - 12), near.span.start):
        who = Run(near.span, near.heads[-1:], near.marks)
    several = whom is not None and len(whom.heads) > 1 and whom.span.end >= m.end()
    if whom and several and again.match(slots.text, whom.span.end):
        whom = Run(whom.span, whom.heads[:-1], whom.marks)
    return who, whom


def _has_them_do(m: re.Match[str], slots: Slots) -> bool:
    """Whether a verb tells all of a list to do what the verb behind the list says: '督促甲、乙监督丙'."""
    verbs = table("supervision").pattern("(?P<A>督促|责成|协调|指导督促|督促指导|组织)<O:b>(?P<B>{over})")
    return any(
        f["A"] != f["B"] and f.start() <= m.end() and m.start() <= f.end()
        for f in verbs.finditer(slots.text, max(0, m.start() - 60), m.end() + 20)
    )


def listed(run: Run, slots: Slots, clauses: Clauses) -> Run:
    """A run with those before it that only commas part from it."""
    return _joined(slots.runs_in(clauses.listed(run), run.span.end))


def _named_such(head: Mark, run: Run, slots: Slots) -> bool:
    """Whether a class only says what those named before it are ('甲公司、乙公司等重点企业')."""
    named = any(not h.generic and h.kind in "AR" and h.span.end <= head.span.start for h in run.heads)
    return named and slots.page.text.startswith("等", max(0, head.span.start - 1))


def and_others(run: Run, slots: Slots) -> Run:
    """A run with those after it that further words describe: '对末位的乡镇、履职不力的部门和有关企业进行约谈'."""
    described = table("supervision").pattern(
        r"(?:(?:主要|分管|有关|相关)[^，。；：、\n\ue020\ue021]{0,10}?(?:负责人|负责同志|领导|同志))?[、和及与](?:以及)?(?:[^，。；：、\n\ue020\ue021对向由被]{2,16}(?:的|[、和及与])|部分|有关|相关|所有|个别|{count}[家个处座]|)(?=<>)"
    )
    runs = [_and_people(run, slots)]
    while m := described.match(slots.text, runs[-1].span.end):
        more = slots.run(m.end())
        if more is None:
            break
        runs.append(more)
    return _joined(runs)


def whose(run: Run, slots: Slots) -> Run:
    """The places whose works are but counted: '夜查了甲镇、乙镇的7个工地' is about 甲镇 and 乙镇."""
    at = run.span.start - 1
    owner = (
        slots.run(at - 1) if at > 0 and slots.text[at] == "的" and _SO_MANY.match(slots.page.quote(run.span)) else None
    )
    return owner if owner is not None and owner.span.end == at and all(h.kind == "R" for h in owner.heads) else run


def _level(words: str) -> int:
    """Which of the levels of places some words end or begin with; -1 for none."""
    return next((i for i, ends in enumerate(_LEVELS) if re.search(f"(?:{ends})$", words)), -1)


def those_below(run: Run, slots: Slots) -> Run:
    """Places of which but so many below them are looked into: '约谈甲、乙2市5个县' is about five counties and no city."""
    m = _BELOW.match(slots.page.text, run.span.end) if run.heads else None
    if m is None or not _all_places(run):
        return run
    kind = _level(re.sub("（[^）]*）", "", m["K"]).removesuffix("庄").removesuffix("屯"))
    if any(_level(e.name) >= kind or _level(e.name) < 0 for h in run.heads for e in h.entities):
        return run
    head = _class(m.start("G"), m.start("G"), m.end("G"), slots)
    return Run(Span(run.span.start, m.end("G")), (head,), run.marks)


def some_of(run: Run, slots: Slots) -> Run:
    """A list whose last place has but some that are looked into: '甲镇一家石材企业', '乙镇部分企业' are firms and no towns."""
    if not run.heads:
        return run
    last, text = run.heads[-1], slots.page.text
    some = table("supervision").pattern("(?:部分|个别|{count}[家处])(?P<G>[\u4e00-\u9fff]{0,8}?{class})")
    m = some.match(text, last.span.end) if last.kind == "R" and not last.generic else None
    return (
        Run(run.span, (*run.heads[:-1], _class(last.span.start, m.start("G"), m.end(), slots)), run.marks) if m else run
    )


def and_classes(run: Run, slots: Slots) -> Run:
    """A list that ends with a class, and the classes after it that nobody has read: '指导中小学校、幼儿园停止户外课程'."""
    if not run.heads or not run.heads[-1].generic:
        return run
    more = table("supervision").pattern(
        "[、和及与](?P<G>(?!{deed})[\u4e00-\u9fff（）]{0,6}?(?:{class}|[镇乡]长|书记|所长))(?={act}|停|进行|开展|实施|实行|予以|[，。；、和及与])"
    )
    heads, at = list(run.heads), run.span.end
    while m := more.match(slots.text, at):
        heads.append(_class(m.start("G"), m.start("G"), m.end("G"), slots))
        at = m.end("G")
    return Run(Span(run.span.start, at), tuple(heads), run.marks)


def _class(start: int, core: int, end: int, slots: Slots) -> Mark:
    """A class by all its words and by those from ``core`` on."""
    words = slots.page.text[core:end]
    found = Named.of(slots).generic(slots.page.text[start:end], Span(start, end))
    found.aliases += [words] if words not in (found.name, *found.aliases) else []
    return Mark(Span(start, end), "A", (found,))


def visited(m: re.Match[str], slots: Slots) -> Run | None:
    """Where a list of stops goes, in the group L, some of which nobody has read: '到甲镇、乙镇主干道、南关料场和丙公司检查'."""
    low, high = m.span("L")
    runs = [r for r in slots.runs_in(low, high) if _STOP.search(slots.text[low : r.span.start])]
    several = len(runs) > 1 or _AND.search(slots.text, low, high)
    if not several or not runs:
        return None
    unread = runs[0].span.start > low and not _AND.search(slots.text, low, runs[0].span.start)
    if unread and not runs[0].marks[0].generic:  # '石桥花园[工地]' is but a stop
        return None
    kept = [Run(r.span, heads, r.marks) for r in runs if (heads := stops(r, high, slots))]
    return _joined(kept) if kept else None


def stops(run: Run, end: int, slots: Slots) -> tuple[Mark, ...]:
    """The places and works among those gone to; not a district of which only works are named ('甲区陶瓷厂'), before ``end``."""
    heads = tuple(h for h in run.heads if h.kind in "AR" and not h.generic)
    if heads and heads[-1] is run.heads[-1] and _AT_A_ROAD.match(slots.text, run.span.end, end):
        return heads[:-1]
    holds = bool(heads) and (heads[-1].kind == "R" or slots.page.quote(heads[-1].span).endswith(("办事处", "街办")))
    if holds and heads[-1] is run.heads[-1] and _WORKS.match(slots.text, run.span.end, end):
        return heads[:-1]
    return heads


def _and_people(run: Run, slots: Slots) -> Run:
    """People with those after them that only commas part from them: '约谈甲镇镇长某某，乙镇镇长某某。'"""
    runs = [run]
    while runs[-1].people and slots.text.startswith("，", runs[-1].span.end):
        more = slots.run(runs[-1].span.end + 1)
        if more is None or not more.people or not slots.text.startswith(("，", "；", "。"), more.span.end):
            break
        runs.append(more)
    return _joined(runs) if len(runs) > 1 else run


def onwards(run: Run, slots: Slots, places: bool = False) -> Run:
    """A list with those after it that only commas part from it, up to the end of the sentence: '对象为甲、乙，丙、丁。'; where it
    holds for ``places`` alone, one of nothing else: '约谈甲市，乙市，丙市。'"""
    if places and not _all_places(run):
        return run
    runs = [run]
    while slots.text.startswith("，", runs[-1].span.end):
        more = slots.run(runs[-1].span.end + 1)
        if more is None or more.people or not slots.text.startswith(("，", "；", "。"), more.span.end):
            break
        if places and not _all_places(more):
            break
        runs.append(more)
    return _joined(runs)


def _all_places(run: Run) -> bool:
    """Whether a list is of named places and nothing else."""
    return bool(run.heads) and all(h.kind == "R" and not h.generic for h in run.heads)


def over_commas(m: re.Match[str], slots: Slots) -> Run:
    """A list in the group M that commas and brackets part: '甲镇、乙园区（筹）主要负责人，丙镇分管负责人'."""
    runs = slots.runs_in(*m.span("M"))
    named = [r for r in runs if any(h.kind != "T" or not h.generic for h in r.heads)]
    return _joined(named or runs)


def _joined(runs: Sequence[Run]) -> Run:
    """Several runs as one list."""
    return Run(
        Span(runs[0].span.start, runs[-1].span.end),
        tuple(h for r in runs for h in r.heads),
        tuple(k for r in runs for k in r.marks),
    )


def told(at: int, slots: Slots, clauses: Clauses) -> Run | None:
    """Who must do something by the clauses before ``at``, in its own sentence or else in the one before it in the paragraph:
    '甲镇、乙镇必须完成绿化，丙镇应设冲洗点。督查室将跟踪问效'."""
    i = clauses.index(at)
    for sentence in clauses.sentences[max(i - 1, 0) : i + 1][::-1]:
        if sentence.paragraph != clauses.sentences[i].paragraph:
            break
        cut = [s for c in sentence.clauses for s in clauses.segments(c) if s.end <= at]
        found = [r for s in cut if (r := clauses.opening(s)) is not None and _MUST.match(slots.text, r.span.end, s.end)]
        if found:
            return _joined(found) if all(r.bodies for r in found) else None
    return None


def before_it(m: re.Match[str], slots: Slots) -> list[Entity]:
    """The classes that a list names before the one that is read: '对诊所、村卫生室的监督'."""
    such = table("supervision").pattern("(?!{deed})[\u4e00-\u9fff]{0,8}{class}")
    pieces = list(re.finditer("[^、]+", m["L"])) if "L" in m.re.groupindex else []
    if not all(such.fullmatch(p.group()) for p in pieces):
        return []
    spans = [Span(m.start("L") + p.start(), m.start("L") + p.end()) for p in pieces]
    return [Named.of(slots).generic(slots.page.quote(span), span) for span in spans]


def wider(run: Run, slots: Slots) -> list[Entity]:
    """The members of a run; a class by the words before it as well ('园区' + '企业', '指挥部' + '成员单位')."""
    found: list[Entity] = []
    for head in run.heads:
        if head.generic and _named_such(head, run, slots):
            continue
        before = next((k for k in run.marks if k.span.end == head.span.start and k.kind in "AR"), None)
        if head.generic and before is not None and (head.kind != "T" or before.generic):
            span = Span(before.span.start, head.span.end)
            narrow = Named.of(slots).generic(slots.page.quote(span), span)
            narrow.aliases += [e.name for e in head.entities if e.name not in narrow.aliases]
            found.append(narrow)
        elif head.generic and head.kind == "T" and (whose := _RUN_BY.fullmatch(slots.page.quote(head.span))):
            counted = _COUNT.search(slots.page.text, max(0, head.span.start - 6), head.span.start)
            start = counted.start() if counted else head.span.start
            span = Span(start, head.span.start + whose.end(1))
            such = Named.of(slots).generic(slots.page.quote(span), span)
            found += meant(slots.page, Mark(span, "A", (such,)), slots.marks_in(max(0, start - 600), start)).entities
        else:
            found += head.entities
    return list({id(e): e for e in found}.values())
