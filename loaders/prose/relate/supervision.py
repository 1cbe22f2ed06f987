"""Who supervises whom, as a page says it: inspection, direction, summons, follow-up. Rows in tables/supervision.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from kg.lazy import lazy
from loaders.prose.page import Entity, Page, Span, Statement
from loaders.prose.relate.along import together
from loaders.prose.relate.dealt import dealt
from loaders.prose.relate.feedback import followed_up
from loaders.prose.relate.fill import Mark
from loaders.prose.relate.home import home
from loaders.prose.relate.labels import labelled
from loaders.prose.relate.led import leaders
from loaders.prose.relate.named import Named, places
from loaders.prose.relate.once import said_once
from loaders.prose.relate.rounds import rounds
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import BODIES, Slots
from loaders.prose.relate.subject import Clauses
from loaders.prose.relate.supervisors import sources, supervisor
from loaders.prose.relate.whom import (
    and_classes,
    and_others,
    before_it,
    in_turn,
    listed,
    onwards,
    over_commas,
    some_of,
    those_below,
    told,
    visited,
    whose,
    wider,
)
from loaders.words import COUNT

_NATION = "100000/"
_KIND = {"厂": "企业"}
_WATERS = lazy("^(?:群众|社会|公众)$|(?:河|湖|江|水库|湿地|断面|渠|流域|平原|经济带)$")
_WATCHES = lazy(
    "人大|人民代表|政协|纪|监委|监察|检察|法院|督|巡[察视]|审计|评|考核|[组队]$|专班$|指挥部|领导小组|兵团|师$|河流域"
)
_PARTY = lazy("^中共|委员会$|委$")
_GOVERNMENT = lazy("人民政府$|政府$")
_A_NAME = lazy(
    rf"{COUNT}号?(?:地块|路段|标段|楼)|(?!的)[\u4e00-\u9fff（）]{{2,14}}?(?:有限公司|公司|集团)|[\u4e00-\u9fff]{{1,6}}?[煤金铜铁铅锌石土料砂]矿(?![区山产业])|{COUNT}家[\u4e00-\u9fff]{{0,6}}(?:企业|公司|厂)|[\u4e00-\u9fff]{{2,10}}局(?=原|时任|副?局长|党[委组])"
    rf"|(?:{COUNT}个?市)?{COUNT}个[县市区旗（）、]{{1,6}}[\u4e00-\u9fff]{{2,6}}局长"
)  # what a place begins the name of
_OF_A_VILLAGE = lazy("村(?:支书|支部书记|主任|干部|“?两委)")  # whoever looks into a village, its own cadres do not
_CHARGE = lazy("[包联驻][^长]{0,4}(?:领导|干部|责任人|组长|队长)$")
_MEN = lazy("(?:执法|检查|督查|督察|督导|巡查|工作|监管)人员")  # somebody's, but nothing says whose
_HEADS_OF = lazy("(?<=企业)(?:主要)?(?:负责人|负责同志)$")
_BLAMES = lazy("问责|追责|处分|处理")
_THEIR_MEN = lazy(
    f"(?:的|等)?{COUNT}余?[名位个](?:[^，。；：\n]{{0,8}})(?:责任人|干部|人员|党员|领导|负责人)"
)  # whom blame falls on, not their body: '对某局10名责任人进行问责'
_TO_PUNISH = lazy(
    "(?:依[规纪法]|从严|严肃)*对[^，。；]{2,80}?(?:处分|处理|诫勉|问责|追责|批评教育|立案|免职|处罚)"
    "|(?<=[纪监]委)(?:依[规纪法]|从严|严肃|深入|认真|彻底|及时|抓紧|牵头|组织|开展)*(?:调查|立案|追责|问责|核查|倒查|查处)"
)  # who is told to punish others is not looked into
_CALLED_SO = lazy("责任人|联系人")  # '巡查责任人某某' is what he is called, nobody inspects him
_ANSWERABLE = lazy("责任单位[、和及](?:相关|有关)*责任人员?$")  # whoever that may be: '对责任单位和责任人严肃问责'
_NEVER = lazy(
    "(?:从未|未曾|从来没有|没有|很少|从不|未|没|[未没不](?:有|能)?(?:按要求|按规定|按期|按时|及时|认真|严格|有效|(?<!不)定期|依法|依规|全面|真正))$"
)  # what was not done is told as a failing
_SUMMED = lazy(f"等{COUNT}[个家]")
_ASIDE = lazy("（[^（）\n]{1,6}）")
_GOES_ON = lazy("[\u4e00-\u9fff]{1,4}[局办科站队](?=要|将|须|应|负责|对|每)")
_FRONTED = lazy(f"对(?:于)?[^。；\n]{{0,40}}{BODIES}\ue000*[^，。；：\n]{{0,10}}，[^，。；：\n]{{0,30}}$")
_SUCH = lazy(
    "(?:^|[。；\n])[^。；\n\ue020\ue021]{2,24}的，?(?:一律|则|都|均)?由?[\ue020\ue021]\ue000*(?:将|要|集中|公开|当面|亲自)*$"
)
_LOOKED = lazy(f"对(?P<O>{BODIES})\ue000*[^，。；：\n]{{0,16}}?(?:督[查导察]|检查|巡查|考核|通报|排名|抽查|暗访)")
_LAST_OF_THEM = lazy("，[^，。；\n\ue020\ue021]{2,20}(?:垫底|末位|靠后|不力|滞后|不到位)的，?(?:一律|则|都|均)?$")
_LAST_ONES = lazy(
    "[，。；][^，。；\n\ue020\ue021]{0,10}(?:后[一两二三五十0-9]+[位名]|末[位尾]|靠后|垫底|倒数[^，。；]{0,4})的，?$"
)
_TOLD = lazy(f"(?:督促|督导|指导|督查|检查|调度)了?(?P<O>{BODIES})\ue000*")
_ASKED = lazy(f"(?:责成|责令|致函|约谈)(?P<O>{BODIES})\ue000*")
_STATISTIC = lazy("(?:单位|人员|干部|领导干部)[0-9]+余?[家个名人]次?")  # '约谈单位30家'
_SO_MANY_TIMES = lazy(f"{COUNT}余?(?:人次|[名人])(?=[，。；、]|$)")  # '约谈干部12人次'
_ITS_SITE = lazy(
    "[\u4e00-\u9fff]{2,14}?(?:项目|工地)(?![的业]|负责|方|部|经理)"
)  # '某街办安置房项目' is no street office
_TELLS_ALL = lazy("融媒体|电视台|广播台|报社|新闻中心|媒体$")  # what is told by them was looked into by nobody
_WHERE = lazy(
    "(?:辖区|境内|域内|范围内|所辖)的?[^，。；要应须将]{0,16}，(?:重点|主要|着重|突出)?$"
)  # where those are who are looked at
_OF_THEM = lazy("[^，。；要应须将]{0,4}，(?:重点|主要|着重)$")  # '辖区企业，重点检查某厂'
_ITS_HEADS = lazy("党政|主要|正职|书记|[镇乡]长|负责")
_SEEN_TO = lazy(
    f"(?:^|[。；\n])对[^，。；\n]{{0,30}}{BODIES}\ue000*，由[^。；\n]*$"
)  # '对某厂，由甲取缔，乙指导，丙负责督办': the works
_HAS_OBJECT = lazy(f"对[^，。；：\\n]{{0,12}}{BODIES}[^，。；：\\n]*$")


def relate(page: Page) -> list[Statement]:
    """SUPERVISES statements, each with its ``kind``; parties that the words leave open give none."""
    slots = Slots.of(page)
    clauses = Clauses.of(slots)
    found: dict[tuple[int, int], Statement] = {}
    rows = table("supervision")
    for row, m in rows.sieve("rows").over(slots.bare).matches():
        for statement in _read(row, m, slots, clauses):
            found.setdefault((id(statement.source), id(statement.target)), statement)
    for statement in labelled(slots, clauses):
        found.setdefault((id(statement.source), id(statement.target)), statement)
    for statement in rounds(slots, clauses, list(found.values())):
        found.setdefault((id(statement.source), id(statement.target)), statement)
    for row, m in rows.sieve("follow").over(slots.bare).matches():
        for statement in _follow(row, m, slots, clauses, found.values()):
            found.setdefault((id(statement.source), id(statement.target)), statement)
    for row, m in rows.sieve("close").over(slots.bare).matches():
        for statement in followed_up(row, m, slots, list(found.values())):
            found.setdefault((id(statement.source), id(statement.target)), statement)
    return sorted(said_once(s for s in found.values() if not _upside_down(s)), key=lambda s: s.spans)


def _upside_down(s: Statement) -> bool:
    """Whether somebody would supervise a body of the nation who is none: '督导中央督察…问题整改' is about what it found; or a town its
    county, a bureau its own government."""
    if s.target.label == "Region" and _OF_A_VILLAGE.match(s.source.name):
        return True  # '村支书追责，对某村通报批评'
    if s.source.label != "Person" and _seat_above(s.source, s.target) and not _WATCHES.search(s.source.name):
        return True
    if not s.target.key.startswith(_NATION) or s.source.key.startswith(_NATION):
        return False
    return s.source.label != "Person" or "中央" in s.target.name


def _seat_above(source: Entity, target: Entity) -> bool:
    """Whether a target is the place, or its government or committee, that a source lies below or is an office of."""
    (below, *_), (above, *seat) = source.key.split("/"), target.key.split("/")
    if not (below.isdigit() and above.isdigit()) or seat not in ([], ["人民政府"], ["委员会"]):
        return False
    if below == above:
        return source.props.get("kind") in ("department", "task") and bool(seat)
    parts = [above[i : i + 2] for i in range(0, 6, 2)]
    whole = above if len(above) > 6 else "".join(p for i, p in enumerate(parts) if any(q != "00" for q in parts[i:]))
    return below.startswith(whole)


def _read(row: Row, m: re.Match[str], slots: Slots, clauses: Clauses) -> Iterator[Statement]:
    who = slots.run(m.start("S")) if "S" in m.re.groupindex else supervisor(row, m.start(), slots, clauses)
    if who is None and "T" in m.re.groupindex and m["T"]:
        who = slots.run(m.start("T"))  # '市里派出三个督查组分赴各县': nobody has read who does
    if who is None or not _fits(row, who, slots) or _WHERE.match(slots.text, who.span.end, m.start()):
        return
    if who.heads and who.heads[-1].generic and _OF_THEM.match(slots.text, who.span.end, m.start()):
        return
    if row.get("nobody") and (heads := slots.run(m.start(row.get("nobody")))) and heads.heads:
        return  # '对某镇，县纪委约谈某局负责人': of another
    if row.name in ("watches-beside", "does-and-is-watched") and _SEEN_TO.search(
        slots.text, max(0, m.start() - 150), m.start("V")
    ):
        return
    if row.name == "calls-in-class" and _FRONTED.search(slots.text, max(0, m.start() - 80), m.start()):
        return  # '对末位的镇，由某县长约谈镇长': of that one
    who, whom = in_turn(m, who, _object(row, m, who, slots, clauses), slots)
    if row.name == "calls-in" and whom is not None and _ITS_HEADS.match(slots.page.quote(whom.span)):
        whom = None if _FRONTED.search(slots.text, max(0, m.start() - 80), m.start()) else whom
    if whom is None or _NEVER.search(slots.text, max(0, m.start() - 6), m.start()):
        return
    if _STATISTIC.fullmatch(slots.page.quote(whom.span)):
        return
    if whom.marks[-1].generic and _SO_MANY_TIMES.match(slots.page.text, whom.span.end):
        return
    if whom.marks[-1].kind == "R" and _A_NAME.match(slots.page.text, whom.span.end):
        return
    if whom.entities and whom.entities[-1].name.endswith("办事处") and _ITS_SITE.match(slots.page.text, whom.span.end):
        return
    if m.end() >= whom.span.start and _CALLED_SO.match(slots.page.text, whom.span.start) and whom.people:
        return
    blames = "V" in m.re.groupindex and _BLAMES.search(m["V"] or "")
    if blames and (
        _THEIR_MEN.match(slots.page.text, whom.marks[-1].span.end) or _ANSWERABLE.search(slots.page.quote(whom.span))
    ):
        return
    if row.name == "directs" and m["V"].endswith("责成") and _TO_PUNISH.match(slots.page.text, whom.span.end):
        return
    span = _reach(m, who, whom)
    unwanted = row.get("not_target")
    if _MEN.fullmatch(slots.page.quote(who.span)):
        return
    summed = {  # '甲县、乙县等2个区县': they are those named
        id(e)
        for h in whom.heads[1:]
        if h.generic and _SUMMED.match(slots.page.text, h.span.start - 1)
        for e in h.entities
    }
    targets = [e for e in _meant((*before_it(m, slots), *wider(whom, slots)), slots) if id(e) not in summed]
    by = sources(row, who, m, slots)
    if row.get("kind") in ("inspection", "rank"):
        by += together(who, m.start(), slots)
    if row.get("kind") == "inspection":
        by += [*leaders(who, slots), *slots.charger(who)]
    if row.get("kind") == "inspection" and len(targets) > 1 and any(_own(s, t, slots) for s in by for t in targets):
        return  # '甲…，对甲、乙予以通报批评': somebody else does it
    for source, target in dealt(by, targets, slots.page.quote(span), whom, slots):
        if source.name == "我们":
            continue  # whoever speaks: nobody has read who
        if unwanted and re.search(unwanted, target.name):
            continue  # only now: '甲、乙分别对企业、工地检查' deals both out
        if source is not target and not _WATERS.search(target.name) and not _own(source, target, slots):
            yield Statement(
                source, "SUPERVISES", target, (span,), row.name, row.confidence, props={"kind": kind(row, m)}
            )


def kind(row: Row, m: re.Match[str]) -> str:
    """What kind of supervision words say: their verb tells, else the row."""
    verb = m["V"] if "V" in m.re.groupindex else None
    return (verb and said_by(verb)) or row.get("kind")


def said_by(verb: str) -> str:
    """The kind of supervision that a verb speaks of, '' where it tells none ('责成', '到')."""
    return next((row.name for row in table("supervision")["kinds"] if row.pattern.search(verb)), "")


def _meant(found: Iterable[Entity], slots: Slots) -> Iterator[Entity]:
    """Things with the place of the notice for what it calls 我们."""
    ours = home(slots)
    return (ours if e.name == "我们" and ours is not None else e for e in found)


def _directed(m: re.Match[str], slots: Slots) -> Run | None:
    """Those whom the sentence tells somebody to see to, where its end says who calls in the last of them: '某办要督促乡级林长录入，每月通报，
    连续垫底的由某副总林长约谈'."""
    low = max(slots.text.rfind(mark, 0, m.start()) for mark in "。\n") + 1
    if not m["V"].endswith("约谈") or not _LAST_OF_THEM.search(slots.text, low, m.start()):
        return None
    told = list(_TOLD.finditer(slots.text, low, m.start()))
    return slots.run(told[-1].start("O")) if told else None


def _failing(at: int, slots: Slots) -> Run | None:
    """Those looked into of whom the sentence at ``at`` tells what becomes of them where they fail: '督查室对各镇督查。连续两次末位的，由
    县长约谈其主要负责人'. None across paragraphs."""
    low = max(slots.text.rfind("\n", 0, at) + 1, at - 200)
    looked = list(_LOOKED.finditer(slots.text, low, at))
    return slots.run(looked[-1].start("O")) if looked else None


def _own(source: Entity, target: Entity, slots: Slots) -> bool:
    """Whether someone is said to look after the very body or place that they head, or an office the place it is of."""
    if source.label == "Agency":
        if target.label == "Region" and target.key == slots.page.home and _part_of_it(source, target):
            return True
        of_it = source.key.startswith(f"{target.key}/") and not source.key.startswith(f"{target.key}/及周边")
        whole = target.label == "Region" and target.key.isdigit() and of_it
        return whole or _GOVERNMENT.sub("", source.name) == target.name
    body = slots.body_of(source) if source.label == "Person" and not _linked(source, slots) else None
    if body is not None and body.props.get("kind") == "party" and _PARTY.sub("", body.name) == target.name:
        return True  # '某市委书记' and his city
    return body is not None and (body is target or _GOVERNMENT.sub("", body.name) == _GOVERNMENT.sub("", target.name))


def _part_of_it(body: Entity, place: Entity) -> bool:
    """Whether a body is one of the place that the notice is from, by its kind alone or as the branch there of a body above
    ('水利部门', '市生态环境局兰陵县分局')."""
    return body.props.get("kind") == "branch" and not body.place or body.name.endswith(f"{place.name}分局")


def _linked(person: Entity, slots: Slots) -> bool:
    """Whether someone's post is but to look after a place ('包乡领导')."""
    posts = slots.posts.get(id(person), [])
    return bool(posts) and bool(_CHARGE.search(posts[-1].name))


def _follow(
    row: Row, m: re.Match[str], slots: Slots, clauses: Clauses, found: Iterable[Statement]
) -> Iterator[Statement]:
    """Who is summoned along with others: the supervisor is who summoned those."""
    summons = [s for s in found if "约谈" in slots.page.quote(s.spans[0])]
    by = {id(s.source): s for s in summons if s.rule.startswith(("calls-in", "called-in-party", "looks-into"))}
    run = slots.run(m.start("O"))
    if len({s.spans for s in by.values()}) != 1 or run is None:
        return
    low = clauses.listed(run)
    for other in slots.runs_in(low, run.span.end):
        named = [b for h in other.heads if not h.generic for b in h.entities if b.label != "Person"]
        for target, s in product(named, by.values()):
            yield Statement(
                s.source,
                "SUPERVISES",
                target,
                (Span(low, m.end()),),
                row.name,
                0.8,
                props={"kind": s.props["kind"]},
            )


def _object(row: Row, m: re.Match[str], who: Run, slots: Slots, clauses: Clauses) -> Run | None:
    """Who is supervised: the row's slot, or where its ``object`` says that it is found."""
    at = m.start()
    if row.fields.get("several"):
        return visited(m, slots)
    if "M" in m.re.groupindex:
        return over_commas(m, slots)
    if row.get("object") == "his":
        return _his(slots.run(m.start("O")), slots)
    if row.get("object") == "class" and "O" in m.re.groupindex:
        run = slots.run(m.start("O"))
        if run is None or not all(h.generic for h in run.heads):
            return None
    elif "O" in m.re.groupindex:
        if m["O"] != "其":
            run = slots.run(m.start("O"))
            run = listed(run, slots, clauses) if run and row.fields.get("listed") else run
            run = onwards(run, slots, row.get("onwards") == "places") if run and row.fields.get("onwards") else run
            return run and and_classes(and_others(some_of(those_below(whose(run, slots), slots), slots), slots), slots)
        run = clauses.spoken_of(at) or clauses.looked_at(at) or clauses.beside(at)
        such = _SUCH.search(slots.text, max(0, at - 60), at)
        run = run or (_failing(at, slots) if such else clauses.before(at))
        return run if run and run is not who and run.bodies else None
    if row.get("subject") == "O" and not row.get("object"):
        last = _LAST_ONES.search(slots.text, max(0, at - 30), at)
        return _directed(m, slots) or (_failing(at, slots) if last else clauses.undergoer(at))
    if row.get("object") == "before":
        run = None if _HAS_OBJECT.search(slots.text, max(0, at - 40), at) else clauses.before(at)
        asked = _ASKED.search(slots.text, run.span.end, at) if run else None
        run = slots.run(asked.start("O")) if asked else run  # '甲责成乙整改。丙将开展“回头看”'
        return run if run and run.bodies else None
    if row.get("object") == "told":
        return told(at, slots, clauses)
    if row.get("object") == "first":
        return clauses.first(at)
    if row.get("object") == "beside":
        agent = row.fields.get("no_agent") and slots.text[who.span.start - 1 : who.span.start] == "由"
        run = None if agent else clauses.looked_at(at) or clauses.beside(at, things=True)
        return run if run and run.bodies else None
    mark = None
    if row.get("object") == "home":
        place = home(slots)
        mark = Mark(who.span, "R", (place,)) if place else None
    elif row.get("object") == "near":
        mark = clauses.nearest(_KIND.get(m["K"], m["K"]), at)
    elif row.get("object") == "class":
        span = Span(*m.span("G"))
        run = slots.run(m.start("O")) if "O" in m.re.groupindex else None
        if run is not None and len(run.heads) > 1 and run.heads[0].span.end > span.start and not run.people:
            first = Span(span.start, run.heads[0].span.end)  # '对16家超标的企业及监管部门'
            mark = Mark(first, "A", (Named.of(slots).generic(slots.page.quote(first), first),))
            return and_others(Run(Span(first.start, run.span.end), (mark, *run.heads[1:]), run.marks), slots)
        headed = _HEADS_OF.search(slots.page.quote(span))
        aside = _ASIDE.match(slots.page.text, span.end)  # '末位镇（街道）'
        span = Span(span.start, span.end - len(headed.group()) if headed else aside.end() if aside else span.end)
        mark = Mark(span, "A", (Named.of(slots).generic(slots.page.quote(span), span),))
    return and_classes(and_others(Run(mark.span, (mark,), (mark,)), slots), slots) if mark else None


def _his(run: Run | None, slots: Slots) -> Run | None:
    """The places whose heads those in a list are."""
    if run is None:
        return None
    bodies = [b for e in run.entities if (b := slots.body_of(e) if e.label == "Person" else e) is not None]
    marks = tuple(Mark(run.span, "R", (place,)) for place in places(bodies, Named.of(slots)))
    return Run(run.span, marks, marks) if marks else None


def _fits(row: Row, who: Run, slots: Slots) -> bool:
    if row.fields.get("people") and not who.people:
        return False
    if row.fields.get("higher") and any(_of_home(e, slots) for e in who.entities):
        return False
    if _GOES_ON.match(slots.page.text, who.span.end) and who.marks[-1].generic:
        return False  # '园区' of '园区安环局'
    words = slots.page.quote(who.span)
    if _TELLS_ALL.search(words):
        return False
    wanted, unwanted = row.get("holder"), row.get("not_holder")
    return (not wanted or bool(re.search(wanted, words))) and not (unwanted and re.search(unwanted, words))


def _of_home(body: Entity, slots: Slots) -> bool:
    """Whether a body is of the place whose notice this is, or below it, so that it stands over nobody there."""
    code = slots.page.home
    return bool(code) and body.key.startswith(code.rstrip("0") or code)


def _reach(m: re.Match[str], *runs: Run | None) -> Span:
    """From the first party to the last word of the construction, within its sentence."""
    near = [r.span for r in runs if r and abs(r.span.start - m.start()) < 400]
    return Span(min([m.start(), *(s.start for s in near)]), max([m.end(), *(s.end for s in near)]))
