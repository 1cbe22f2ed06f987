"""Who stands behind a team that nothing names, and behind a sentence of orders that names nobody."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.relate.rows import table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.subject import Clauses
from loaders.words import BARE_TEAM, HAN_NUMBER, INSPECTION, NTH

_TEAM = lazy(BARE_TEAM)
_WARNS = lazy("对(?:于)?[^。；]{4,60}的，(?:一律|坚决|都|也)?将")
_SENDS = lazy(f"(?:派出|派|组织|抽调|成立|组建|带领|率)[^，。；]{{0,16}}{INSPECTION}")
_AGAIN = lazy(
    "(?:同日|当[天日晚]|次日|第二天|随后|之后|此后|[上下]午|[0-9]{1,2}月[0-9]{1,2}日(?:[上下]午)?)?，?(?:又|还|再次|再|接着)(?:分别|先后|集中|公开)*$"
)
_STILL = lazy("(?:此外|另外|同时|并且)，?(?:还|也|并)?(?:将|要|应|须|负责)?(?=[^\ue000-\ue021，。；：]*$)")
_PORTFOLIO = lazy("(?:同时|还|并|主要|具体|，)*")
_NUMBERED = lazy(f"[ 　]*(?:（?{HAN_NUMBER}[）、]|[0-9]+[.．、])?[ 　]*")
HAS_WORK = lazy("[ 　\\n]*(?:兼|负责|分管|协管|协助|联系|领导|主持|承担|牵头|主管|挂[点联钩])")
_LINES = 5  # lines of one portfolio below its name
_GOING_TO = lazy("(?:将|要|应|须|负责)(?!求)")
_MADE_UP = (
    "由<S:b>(?:分别|联合|共同|各|抽调人员|派员|派人|牵头)*(?:组成|组建|成立|组织)了?[^，。；：、\n\ue020\ue021]{0,12}?"
    "(?:<:b>|组|队|专班)，(?:要|将|每[^，。；：]{1,4}|定期|不定期|分片|分组|随机|全程|并|负责|采取[^，。；：]{2,16}方式，)*$"
)
_TOLD_TO = (
    "<S:p>(?:同志)?牵头(?:成立|组建|组成)(?:<:b>|[^，。；：\n\ue020\ue021]{0,14}?(?:组|队|专班))，"
    "(?:要|将|负责|每[^，。；：]{1,4}|定期|不定期|分片|分组|随机|全程)*$"
)
_MEANWHILE = lazy("[^，。；：\n]{0,24}?(?:期间|过程中|之际|时|中)(?=[，、发指要])")
_HOLDER = f"^(?:[（(]?{NTH}[）)、.．][ 　]*)?<S:b>(?:的?(?:主要|工作|具体)*(?:职责|职责分工|任务|职能|职责任务)[：\n]?$|：|。|\n?$)"
_ORDERS = lazy("(?:还|也|更|同时，?)?(?:要|须|必须)(?!求)")


def leaders(who: Run, slots: Slots) -> list[Entity]:
    """The people who set out with the team that ``who`` calls by nothing but 督查组 and the like: '县长甲带着几个局夜查…。
    督查组走了三家厂'. None where somebody else may be meant."""
    if not _TEAM.fullmatch(slots.page.quote(who.span)):
        return []
    found = list(table("supervision").pattern("{sets_out}").finditer(slots.text, 0, who.span.start))
    run = slots.run(found[0].start("S")) if len(found) == 1 else None
    return run.people if run is not None else []


def carried(at: int, clauses: Clauses) -> Run | None:
    """Whom the last sentence with a subject asks, where every sentence since, that at ``at`` included, opens with 要: '各镇要看清
    形势。要立起机制，督促企业…'. None across paragraphs."""
    text, i = clauses.slots.text, clauses.index(at)
    while i > 0 and _ORDERS.match(text, clauses.sentences[i].span.start):
        if clauses.sentences[i - 1].paragraph != clauses.sentences[i].paragraph:
            return None
        i -= 1
        for segment in clauses.segments(clauses.sentences[i].clauses[0]):
            run = clauses.opening(segment)
            if run is not None and run.bodies and _ORDERS.match(text, run.span.end):
                return run
    return None


def portfolio_of(at: int, clauses: Clauses) -> Run | None:
    """Whose portfolio a sentence goes on with that opens with 分管: who opens its paragraph ('康敬之：负责水利工作。分管县水利局。'), or
    the line that is but a name and a title, above lines that each open with such a verb."""
    slots, sentence = clauses.slots, clauses.sentence(at)
    if sentence is None or not _PORTFOLIO.fullmatch(slots.text, sentence.span.start, at):
        return None
    for paragraph in reversed(slots.page.paragraphs[max(0, sentence.paragraph - _LINES) : sentence.paragraph + 1]):
        run = next(iter(slots.runs_in(paragraph.start, paragraph.end)), None)
        lead = slots.text[paragraph.start : run.span.start] if run else ""
        if run and run.people and len(run.people) == 1 and _NUMBERED.fullmatch(lead):
            return run
        if not HAS_WORK.match(slots.text, paragraph.start):
            return None
    return None


def promised(at: int, clauses: Clauses) -> Run | None:
    """Who says in the sentence before what he will do, where that at ``at`` goes on with what he will do to those who fail:
    '督察组将进一步核实。对失职失责的，将督促各地查处'. None across paragraphs."""
    text, i = clauses.slots.text, clauses.index(at)
    here, before = clauses.sentences[i], clauses.sentences[i - 1] if i else clauses.sentences[i]
    if i == 0 or before.paragraph != here.paragraph or not _WARNS.match(text, here.span.start, at + 1):
        return None
    segments = [s for c in before.clauses for s in clauses.segments(c)]
    runs = (run for s in segments if (run := clauses.opening(s)) is not None)
    return next((run for run in runs if run.bodies and text.startswith("将", run.span.end)), None)


def gone_on(at: int, clauses: Clauses) -> Run | None:
    """Who sent out inspectors in the sentence before, where that at ``at`` opens with whom they look into: '省厅派出督察组赴甲市
    督查。对甲市巡查，对乙厂进行检查'. None across paragraphs."""
    slots, i = clauses.slots, clauses.index(at)
    here = clauses.sentences[i]
    before = clauses.sentences[i - 1] if i > 0 else here
    opens = slots.text.startswith("对", here.span.start) and before.paragraph == here.paragraph
    if not opens or not _SENDS.search(slots.page.text, before.span.start, before.span.end):
        return None
    found = clauses.before(at) or next(
        (r for s in clauses.segments(before.clauses[0]) if (r := clauses.opening(s)) is not None), None
    )
    return found if found is not None and found.bodies else None


def still(at: int, clauses: Clauses) -> Run | None:
    """Who was said to do something in the sentences before, where that at ``at`` says that the same do more: '相关部门将加大洒水。此外，还将
    对园区进行巡查'. None across paragraphs."""
    text, i = clauses.slots.text, clauses.index(at)
    paragraph = clauses.sentences[i].paragraph
    more = _STILL.match(text, clauses.sentences[i].span.start, at + 1)
    while more and i > 0 and clauses.sentences[i - 1].paragraph == paragraph:
        i -= 1
        for segment in clauses.segments(clauses.sentences[i].clauses[0]):
            run = clauses.opening(segment)
            if run is not None:
                return run if run.bodies and _GOING_TO.match(text, run.span.end) else None
    return None


def again(at: int, clauses: Clauses) -> Run | None:
    """Who called somebody in the sentence before, where that at ``at`` opens with that they did so again: '某办约谈甲。次日，又约谈乙'.
    None across paragraphs."""
    slots, here = clauses.slots, clauses.sentences[clauses.index(at)]
    found = clauses.before(at) if _AGAIN.fullmatch(slots.text, here.span.start, at) else None
    told = slots.text.find("约谈", found.span.end, here.span.start) if found is not None else -1
    return found if found is not None and found.bodies and told >= 0 else None


def made_up(at: int, slots: Slots) -> Run | None:
    """Who make up the team that is said right before ``at`` to be set up: '由甲局和乙局组成督查组，对各镇进行检查'; or who is told to set it up."""
    words, low = table("supervision"), max(0, at - 100)
    if led := words.pattern(_TOLD_TO).search(slots.text, low, at):
        return slots.run(led.start("S"))
    found = words.pattern(_MADE_UP).search(slots.text, low, at)
    run = slots.run(found.start("S")) if found else None
    return run if run is not None and not run.people else None


def meanwhile(at: int, slots: Slots) -> Run | None:
    """Who does what something else only happens during: '某镇长在督察组对某厂检查期间不配合'."""
    run = slots.run(at - 1) if at else None
    if run is None or run.span.end != at or slots.text[run.span.start - 1 : run.span.start] not in ("在", "当"):
        return None
    if run.heads and run.heads[-1].kind == "R" and not run.heads[-1].generic:
        return None  # '某某在石桥镇检查园区时要求…': where, not who
    return run if _MEANWHILE.match(slots.text, at) else None


def told_off(at: int, clauses: Clauses) -> Run | None:
    """Whose duties a paragraph lists, where no sentence of it up to ``at`` has another subject: '甲局：负责…。督促乙镇…', or below the
    heading '联席会议工作职责' or '（三）甲局。'."""
    slots, i = clauses.slots, clauses.index(at)
    if i < 0:
        return None
    paragraph = clauses.sentences[i].paragraph
    while i > 0 and clauses.sentences[i - 1].paragraph == paragraph:
        i -= 1
    said = table("supervision").pattern(_HOLDER)
    opens = clauses.sentences[i].span.start
    above = clauses.sentences[i - 1].span if i > 0 else None
    for low, high in ((opens, at), (above.start, above.end) if above is not None else (opens, opens)):
        m = said.search(slots.text[low:high])
        run = slots.run(low + m.start("S")) if m else None
        if run is not None and not run.people and run.marks[-1].kind == "A" and not run.marks[-1].generic:
            return run
    return None
