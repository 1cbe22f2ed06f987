"""Who must do it: subjects of a clause, its 由 … and 牵头 … 配合, and lists such as （责任单位：…）."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.lazy import lazy
from loaders.prose.page import Entity, Page
from loaders.prose.relate.directive import Directives, Modal
from loaders.prose.relate.led import HAS_WORK
from loaders.prose.relate.parties import Bearer, Parties
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import BODIES, PEOPLE, Slots
from loaders.words import COUNT

_SEGMENT = lazy("[^，：]+")
_BREAK = lazy("[；。）\\]】\n]")
_WITHIN = lazy("(?:(?<![日月年周天时期])内|境|范围|区域|辖区|全域)$")
_KINDS = lazy("(?:[\u4e00-\u9fff]{2,6}、)+[\u4e00-\u9fff]{2,6}(?:企业|单位|部门|公司|行业|场所)")
_NAME = 16  # characters of the longest name looked for by its ending alone
_FIRST_POINT = lazy("(?:要)?一(?:是|要)|要：?一是|（一）")
_ALONE = lazy(
    "[”’） ]*(?:按照?|根据|结合)?(?:各自)?(?:职责|职能|职责分工)?|[从自][^，]{1,12}(?:开始|起)"
    f"|(?:(?<=[两三四五六七八九十0-9][个家])|等?{COUNT}[个家])[^，的]{{0,8}}(?:乡镇|镇街|街道|县区|县市|地区|[省市县区旗镇乡村]|部门|单位|企业|公司|\ue021\ue000*)"
)  # nothing that a doer does
# a place's works do not make the place their doer
_WORKS = lazy(f"{COUNT}(?:座|条|处|口|段|台|块)")
_LOOKS_AFTER = lazy(
    f"(?:分?包|包联|包保|包抓|挂包|包联系|联系)(?:[{BODIES}村片组户田]|地块)"
)  # who has what is no order
_ELSEWHERE = lazy("其他(?:区域|地区)内?(?:禁止|严禁|不得|不再|原则上)")  # where, not who
# what may stand between a doer and its verb
_MEANWHILE = lazy(f"[在于对按以从根结针自每为向到作接收可遇]|发现|一旦|{BODIES}")
_MEASURED = lazy("[^，。；的]{1,6}(?:数|率|总量|比例|次数|浓度|指数)")  # what of a doer is to come to a figure
_INDICATOR = lazy("浓度|比例|比率|率$|天数|指数|降尘量|总量")
_OF_ALL = lazy("(?:浓度|比例|比率|率|天数|指数|总量|均值)(?:(?:到|在)?(?:年底|年内|今年|[0-9]{1,2}月)[^，]{0,4})?$")
_SO_MANY = lazy(f"等?{COUNT}个?")
_MORE = lazy(f"^[^，。；]{{1,8}}、[{PEOPLE}{BODIES}]")  # '我乡' of '我乡乡干部、村干部要'
# when, or in what: '冬歇期前', '思想认识上'
_WHEN = lazy("[^，。；的由]{1,10}(?:前|后|期间|时|[日月]内|小时内)|在?[^，。；的]{2,6}上")
_TELLS_OFF = lazy("(?:要|应|须)?(?:落实|明确|安排|确定|配备|指定|抽调)[^，。；]{0,8}(?:人|员)")  # '各部门落实专人负责…'
_BY_THEN = lazy("[^，。；]{0,12}(?:[日天周月底]|小时|年|节)(?:[以之]?前|[以之]?内)(?:把|将|完成|拿出|报)")
_MATTERS = lazy("形势|滞后|薄弱|质量(?!上)|压力|指数|浓度|排名")
# '对拒不整改的企业要从严处罚', '发现偷排的企业必须上报'
_DEALT_WITH = lazy("(?:对(?![口照标接])|(?:凡|如|一经|一旦)?(?:发现|查出))(?=[^，。；：]{2,30}的)")
_HANDS_IN = lazy(
    "将[^，。；]{2,24}?(?:上?(?<!通)报(?:送|至|给)?|抄?送至?|反馈|提交|上传|录入|移交)"
)  # '各镇将总结材料报县大气办'
_OURSELVES = lazy("[我本][局厅办委部院]将")  # who writes says what it will do itself
_THE_TOP = lazy("党中央|中共中央|中国共产党中央委员会")  # '党中央对治污态度坚决，必须警醒': nobody tells them so
_TOLD = lazy("(?:都|均|还|更)?(?:要(?!求)|必须|务必|应当?(?!急)|须)")
_ORDERED = lazy(f"(?:当场|现场|当即|{PEOPLE}\ue000*)$")
_NOT_LEAST = lazy("(?:特别|尤其)是.*的")  # '各分包领导，特别是有重点企业的，要…'
_SCENE = lazy("(?:中|上|下|时|期间|以来|方面)，?$")
_DESCRIBED = lazy(f"(?![对向在由将把从给因据凡])[^，。；：{PEOPLE}{BODIES}]{{3,50}}的(?:[县区镇乡]、)?(?={BODIES})")
_BESIDES = lazy("在[^，。；：]{2,40}(?:的同时|基础上|前提下|过程中)$")  # '各县在整改问题的同时，建立…'


_LISTED = lazy("[、和与及]")
_ENCLOSED = lazy(f"（(?P<w>{BODIES}[^（）。：]{{1,80}})）[。；]?$")
_GIVEN_WORK = lazy("[ 　]*(?:主要|具体|全面|牵头)*(?:负责(?!人|同志)|承担|牵头)")  # '县住建局。负责…'
_GIVEN_TO = lazy("(?<![自理])由[^，。；]{2,24}(?:负责|牵头|落实|实施|承担|整改)[，；]")
_WATCHED_BY = lazy("(?<![自理])由[^，。；]{2,24}(?:督|监)")
# who sees to it that another does it: '由某县负责，市水利局督导', '某县须…，市水利局每月通报进度'
_SEES_TO = lazy(
    "(?:负责|全程|具体|跟踪|每[日周旬月季]|按[日周旬月季])*(?:督导|督办|督查|督察|督促|监督|通报)(?:工作|整改|落实|推进|进展|进度|验收|情况)*[。；]?$"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A doer at the head of a comma's reach; ``end`` is where its words end."""

    start: int
    end: int
    bearers: tuple[Bearer, ...]
    told: bool  # whether a word of obligation is its verb


class Doers:
    """Finds who must do it on one page."""

    def __init__(self, page: Page, slots: Slots, directives: Directives) -> None:
        self.page, self.slots, self.text, self.directives = page, slots, slots.text, directives
        self.parties = Parties(page, slots)
        t = table("bearers")
        self._adverbs, self._by_word = t.pattern("(?:{adverb})*"), t.pattern("{by}")
        self._roles, self._by = t.sieve("role").over(self.text), t["by"]
        self._known_by: dict[tuple[int, int], list[Bearer]] = {}
        self._present = t.pattern("(?:{present}的?)?")
        self._present_such = t.pattern("{present}的(?=<S>)")  # '随行的县住建局'
        self._bracketed = t.pattern(
            "(?<=[（，；。])(?P<w>[^，；（）。]{2,40}?)(?:{bound})*(?P<v>牵头|负责|配合|参与|协助)(?:落实|推进|实施)?(?=[，；。）])"
        )
        self._helping = t.pattern("(?<=牵头[，、])(?P<w>[^，；。：]{2,60}?){helps}(?=[，、。；]|$)")
        self._each = t.pattern(
            "(?<=[0-9一两二三四五六七八九十][次遍轮趟]、)<S>(?=每(?:[日天周旬月季年]|季度|半[年月])|(?:至少|不少于))"
        )
        self._sector = t.pattern("{sector}(?:部门|系统)")
        self._whose = re.compile("(?:主要|分管)(?:负责人|领导|负责同志)")
        self._agent = t.pattern("{agent}")
        self._order = t.pattern("{orders}")
        self._heading, self._being = t.pattern("{heading}"), t.pattern("{being}")
        self._allotted = t.pattern(  # '县住建局牵头，各镇配合。' behind the measure that it gives to them
            "(?:<>(?:{bound})*(?:(?:牵头|负责|配合|参与|协助)(?:落实|推进|实施)?|(?<=具体)实施|组织实施)[，；、。]?)+[。；\n 　]*"
        )
        self._henceforth = t["henceforth"][0].pattern
        self._listed, self._listed_roles = t["listed"][0].pattern, t["listed_role"]

    def subjects(self, start: int, end: int, modals: list[Modal], *, bare: bool, asked: bool = False) -> list[Subject]:
        """The subjects of a clause. ``bare`` lets the verb follow without a word of obligation; ``asked`` says that
        whoever is named first is asked to act."""
        out: list[Subject] = []
        pending: list[Bearer] = []
        begun = start
        ends = {m.start for m in modals}
        # who is named before '由甲负责' is no doer but what is dealt with
        order = sorted(m.start for m in modals if m.strong and m.row.name != "由甲负责" and not self._on_the_spot(m))
        strong = set(order)
        for m in _SEGMENT.finditer(self.text, start, end):
            if self.text.endswith("联系人：", 0, m.start()):
                break
            if pending and _NOT_LEAST.fullmatch(self.text, *m.span()):
                continue
            lead = self.directives.lead.match(self.text, m.start(), m.end())
            at = lead.end() if lead else m.start()
            wish = next((x for x in modals if x.start == at and x.row.name in ("希望", "责令", "需要甲")), None)
            wish = wish or next((x for x in modals if at < x.start < m.end() and x.row.name == "需甲做"), None)
            if wish is not None:
                at = wish.end
            opened = at
            at = p.end() if (p := self._present_such.match(self.text, at, m.end())) else at
            stop, found = self.parties.read(at, m.end())
            aside = _WORKS.match(self.text, stop, m.end()) or _ELSEWHERE.match(self.page.text, at)
            told_more = any(stop < x for x in order) or not all(b.entity.props.get("generic") for b in found)
            if found and (aside or not told_more and _LOOKS_AFTER.match(self.text, stop, m.end())):
                pending = []
                continue
            modal = next((x for x in order if at < x < m.end()), -1)
            told_off = bool(found) and _TELLS_OFF.match(self.text, stop, modal) is not None
            if (
                found
                and modal > stop
                and not told_off
                and (self.text[stop] in "、和与及" or not self._acts(found, stop, modal))
            ):
                wider = self.parties.unknown(at, modal)
                stop, found = (modal, wider) if wider else (stop, found)
            if found and modal < 0 and bare and _LISTED.match(self.text, stop, m.end()):
                wider_told = self._told_to(at, m.end())  # '建筑工地、渣土车辆停止作业'
                stop, found = (wider_told.end, list(wider_told.bearers)) if wider_told else (stop, found)
            described = _DESCRIBED.match(self.text, at, m.end()) if not found and modal < 0 else None
            if described is not None:  # '排名靠后的石桥镇、大因镇，'
                upto, of_whom = self.parties.read(described.end(), m.end())
                of_whom = [b for b in of_whom if not b.entity.props.get("generic") or self._such_must(b, m.end() + 1)]
                if of_whom and upto == m.end():
                    pending, begun = pending + of_whom, (begun if pending else at)
                    continue
            if not found and pending and modal > at and _INDICATOR.search(self.text, at, modal):
                out.append(Subject(begun, pending[-1].span.end, tuple(pending), True))  # '石桥镇，PM2.5浓度须降到…'
                pending = []
                continue
            if not found:
                verbal = self.directives.bare.match(self.text, at, modal) if modal > 0 else None
                listed = modal < 0 and m.end() + 1 in strong and _KINDS.fullmatch(self.page.text, at, m.end())
                if listed and (kinds := self.parties.unknown(at, m.end())):  # '家具、汽修企业，要…'
                    pending, begun = pending + kinds, (begun if pending else at)
                    continue
                if modal < 0 or _DEALT_WITH.match(self.text, at):
                    found = []
                elif verbal is not None and not self._sector.match(self.page.text, at) and not self._key(at, modal):
                    found = self.parties.such(at, modal) or self.parties.described(at, modal)
                else:
                    found = self.parties.unknown(at, modal)
                if found:
                    out.append(Subject(at, modal, tuple(pending + found), True))
                elif pending and (at in ends or bare and self.directives.bare.match(self.text, at, m.end())):
                    out.append(Subject(begun, pending[-1].span.end, tuple(pending), at in ends))
                elif modal < 0 and (bare or asked) and (told_to := self._told_to(at, m.end())):
                    out.append(replace(told_to, bearers=(*pending, *told_to.bearers), told=asked))
                pending = []
                continue
            being = self._being.search(self.page.text, stop, m.end()) if bare and not order else None
            if being is not None and being.start() > stop and self.text[stop] in "、和与及":
                found = self.parties.unknown(at, being.start())
            alone = being is not None and (being.start() == stop or bool(found))
            besides = bare and not order and _BESIDES.fullmatch(self.text, stop, m.end())
            if (
                stop < m.end()
                and self.text.startswith("：", m.end())
                and self._heading.fullmatch(self.text, stop, m.end())
            ):
                continue  # '成员单位职责：县水利局负责…'
            if alone or besides or stop >= m.end() or _ALONE.fullmatch(self.text, stop, m.end()):
                pending, begun = pending + found, (begun if pending else at)
                continue
            after = self._adverbs.match(self.text, stop, m.end())
            verb = after.end() if after else stop
            told = any(stop <= x <= verb for x in ends) or wish is not None or (asked and opened == start)
            told = told or told_off
            told = told or bool(
                order and self._being.match(self.page.text, stop, m.end()) and not self._whose.match(self.page.text, at)
            )
            given = out and not _WATCHED_BY.search(self.text, start, m.start())
            if (given or _GIVEN_TO.search(self.text, start, m.start())) and _SEES_TO.match(self.text, stop, m.end()):
                pending = []
                continue
            of = self.text.startswith("的", stop)
            # 'X在…前要…': the word of obligation further on in the same reach
            told = told or (
                not of
                and any(stop < x < m.end() for x in strong)
                and self._acts(found, stop, min(x for x in strong if stop < x))
            )
            does = told or (
                not of
                and not (
                    self.text.startswith("将", stop)
                    and self.directives.bare.match(self.text, stop + 1, m.end())
                    and not _HANDS_IN.match(self.text, stop, m.end())
                )
                and not _OURSELVES.match(self.page.text, at, m.end())
                and (bare or (order and order[0] < at))  # '甲要牵头，乙按职责抓好落实'
                and not _SCENE.search(self.text, stop, m.end())
                and self.directives.bare.match(self.text, verb, m.end()) is not None
            )
            if does:
                out.append(Subject(begun if pending else opened, stop, tuple(pending + found), told))
            pending = []
        for each in self._each.finditer(self.text, start, end) if out else ():  # '甲每月巡查1次、乙每周巡查1次'
            found = self.parties.read(each.start("S"), end)[1][:1]
            out.append(Subject(each.start("S"), each.end("S"), tuple(found), out[-1].told))
        for x in modals:  # 禁止任何单位和个人…
            if self.page.text.startswith("任何", x.end):
                stop, found = self.parties.read(x.end, end)
                out += [Subject(x.end, stop, tuple(found), True)] if found else []
        first = next((s.start for s in out if s.told), start)
        # what comes before the order sets its scene, save what somebody is given a day for
        return [s for s in out if s.start >= first or bare and _BY_THEN.match(self.text, s.end)]

    def _told_to(self, at: int, end: int) -> Subject | None:
        """The doer that nothing knows before words that open an order without one of obligation ('排放大户按照一厂一策减排')."""
        order = self._order.search(self.text, at, end)
        if order is None or "由" in self.text[at : order.start()]:
            return None
        if self.directives.bare.match(self.text, at, end):
            found = self.parties.such(at, order.start())  # '纳入清单的企业按照一厂一策落实…'
        else:
            found = self.parties.unknown(at, order.start())
        return Subject(at, order.start(), tuple(found), True) if found else None

    def _acts(self, found: list[Bearer], stop: int, modal: int) -> bool:
        """Whether what stands between a name and its word of obligation leaves the name the subject."""
        between = self.text[stop:modal]
        if len(found) == 1 and found[0].entity.label == "Region" and _INDICATOR.search(between):
            return self.page.text.startswith(("我", "全", "本"), found[0].span.start)  # '某市PM2.5浓度要…' asks nobody
        if _WITHIN.search(between) or _MORE.search(between):
            return False
        if _OF_ALL.search(between) and all(b.entity.name.startswith("全") for b in found):
            return False  # '全县秸秆综合利用率年底前要达到…' asks nobody
        if (
            not _SO_MANY.match(between)
            and self.parties.ends_a_class(self.page.text[stop:modal])
            and all(b.entity.label == "Region" for b in found)
        ):
            return False  # '某街道涂料企业要…'
        if (
            _MEANWHILE.match(between)
            or _WHEN.fullmatch(between)
            or (_MEASURED.fullmatch(between) and not any(b.entity.name.startswith("全") for b in found))
        ):
            return True
        return len(between) <= 14 and all(b.entity.label == "Region" for b in found) and "的" not in between

    def _on_the_spot(self, order: Modal) -> bool:
        """Whether a word of obligation tells what who is named before it ordered: '执法队当场责令限期改正'."""
        return order.row.name == "责令" and bool(_ORDERED.search(self.text, max(0, order.start - _NAME), order.start))

    def _such_must(self, named: Bearer, modal: int) -> bool:
        """Whether a class that words before it describe is told at ``modal`` what it must: '整改不力的乡镇，要作出说明'."""
        told = _TOLD.match(self.text, modal) is not None
        said = self.page.quote(named.span)
        return told and not _SO_MANY.match(said) and self.parties.ends_a_class(said)

    def _key(self, at: int, modal: int) -> bool:
        """Whether 重点, or a verb, before a word of obligation is of a class, not how or what is done: '重点排污企业要…', '检测机构要…'."""
        words = self.page.text[at:modal]
        if self._agent.fullmatch(_LISTED.split(words, maxsplit=1)[0]):
            return True
        return words.startswith("重点") and "，" not in words and self.parties.ends_a_class(words)

    def topic(self, start: int, end: int) -> list[Bearer]:
        """The doer that a clause opens with though its first verb is no order ('两县同饮一河水，要…'), else that of the
        comma's reach right before the verb at ``end``."""
        reaches = list(_SEGMENT.finditer(self.text, start, end))
        for m in dict.fromkeys([*reaches[:1], *reaches[-1:]]):
            if found := self._topic(m, end):
                return found
        return []

    def _topic(self, m: re.Match[str], end: int) -> list[Bearer]:
        lead = self.directives.lead.match(self.text, m.start(), m.end())
        at = lead.end() if lead else m.start()
        stop, found = self.parties.read(at, m.end())
        such = self.parties.unknown(at, m.end()) if not found and m.end() < end else []
        if such and such[0].rule == "such":
            return such
        being = bool(found) and self._being.match(self.page.text, stop, m.end()) is not None
        if being and m.end() < end:
            return found
        if (
            not found
            or m.end() >= end
            or (
                "的" in self.text[stop : m.end()]
                and not self.text.startswith(("是", "对", "把", "将", "向", "在", "作为", "身处", "地处"), stop)
            )
            or _MATTERS.search(self.text, stop, m.end())
            or self.text.startswith(("的", "、"), stop)
            or self.text[at] == PEOPLE
        ):
            return []
        return [b for b in found if not _THE_TOP.fullmatch(b.entity.name)]

    def label(self, start: int, end: int) -> tuple[int, list[Bearer]] | None:
        """The doers that a paragraph opens with as a label ('县公安局：') or that are all it says ('（二）县公安局职责'), and where
        what stands under them begins; None where it opens otherwise."""
        lead = self.directives.lead.match(self.text, start, end)
        at = lead.end() if lead else start
        stop, found = self.parties.read(at, end)
        colon = -1 if found else self.text.find("：", at, at + _NAME)
        if colon > 0 and (at > start or self.directives.bare.match(self.text, colon + 1, end)):
            stop, found = colon, self.parties.named(at, colon)  # '县五城办：负责…'
        run = self.slots.run(at)
        if run and len(run.people) == 1 and run.span.end >= end and HAS_WORK.match(self.text, end):
            return end, [b for b in found if b.entity.label == "Person"]  # '罗文柏副县长' above '负责…', '分管…'
        if not found or any(b.entity.label == "Person" for b in found):
            return None
        rest = self._heading.match(self.text, stop, end)
        stop = rest.end() if rest else stop
        if self.text.startswith("：", stop):
            head = self.slots.run(stop + 1)  # '巴南区：区长某某调研…' tells of a place
            return None if head is not None and head.people and found[0].entity.label == "Region" else (stop + 1, found)
        whole = self.text[stop:end].strip("。 　") == "" and (at > start or _GIVEN_WORK.match(self.text, end))
        return (end, found) if whole else None

    def itemised(self, start: int, end: int) -> tuple[int, list[Bearer]] | None:
        """The doers that a clause names right before the first of its points ('各责任单位一是…'), and where that begins."""
        first = _FIRST_POINT.search(self.text, start, end)
        if first is None:
            return None
        lead = self.directives.lead.match(self.text, start, end)
        stop, found = self.parties.read(lead.end() if lead else start, end)
        stop += self.text.startswith(("：", "，"), stop)  # '要求各单位：一是…'
        return (stop, found) if found and stop == first.start() else None

    def names(self, at: int, end: int, *speakers: Entity) -> list[Bearer]:
        """The doers that a list names from ``at`` on; of 其 the body that the paragraph spoke of last, ``speakers`` apart."""
        with_them = self._present.match(self.text, at, end)
        found = self.parties.read(with_them.end() if with_them else at, end)[1]
        return found if found or not self.text.startswith("其", at) else self.parties.last(at, speakers)

    def roles(self, start: int, end: int) -> list[Bearer]:
        """Doers that 由 …, 牵头 …, 配合 … name in a clause."""
        out = list(self._by_whom(start, end))
        for row, m in self._roles.matches(start, end):
            for group in ("S", "B"):
                if group in m.re.groupindex and m[group] and (run := self.slots.run(m.start(group))):
                    out += [Bearer(e, s, row.name, row.get(group)) for e, s, _ in self.parties.members(run)]
        for m in self._helping.finditer(self.text, start, end):  # '由甲牵头，农业、公安等部门各负其责、密切配合'
            if not any(m.start() <= b.span.start < m.end() for b in out):
                out += [replace(b, role="配合") for b in self.parties.unknown(*m.span("w"))]
        if self.text.startswith("（", start):  # '（甲牵头，乙、各丙负责落实）'
            for m in self._bracketed.finditer(self.text, start, end):
                if not any(b.span.start == m.start("w") for b in out):
                    role = "牵头" if m["v"] == "牵头" else "责任" if m["v"] == "负责" else "配合"
                    found = self.parties.unknown(*m.span("w"))
                    out += [Bearer(b.entity, b.span, b.rule, role) for b in found]
        return out

    def by(self, start: int, end: int) -> int:
        """Where '由甲…' names who does it, -1 if nowhere."""
        return next((b.span.start for b in self._by_whom(start, end)), -1)

    def _by_whom(self, start: int, end: int) -> list[Bearer]:
        """The doers of 由 …; what they do says their role. A clause is asked about several times."""
        known = self._known_by.get((start, end))
        if known is not None:
            return known
        out: list[Bearer] = []
        listing = self.text.startswith("（", start)
        for m in self._by_word.finditer(self.text, start, end):
            if listing and self.text.endswith("的，", start, m.start()):
                continue  # '（甲负责。乙没有职能的，由丙负责）': not of what stands before the bracket
            stop, found = self.parties.read(m.end(), end)
            for upto in range(m.end() + 3, min(m.end() + _NAME, end)) if not found else ():
                if self.directives.bare.match(self.text, upto, end) and (found := self.parties.named(m.end(), upto)):
                    stop = upto
                    break
            does = next((r for r in self._by if found and r.pattern.search(self.text[stop:end])), None)
            if does is not None and does.get("role"):
                out += [
                    Bearer(b.entity, b.span, does.name, b.role if b.role == "配合" else does.get("role")) for b in found
                ]
        self._known_by[start, end] = out
        return out

    def listed(self, start: int, end: int) -> list[Bearer]:
        """Doers in '责任单位：甲、乙；配合单位：丙' between two offsets."""
        out: list[Bearer] = []
        marks = list(self._listed.finditer(self.page.text, start, end))
        for n, m in enumerate(marks):
            after = marks[n + 1] if n + 1 < len(marks) else None
            stop = min(x for x in (after.start() if after else end, self._break(m.end(), end)))
            row = next(r for r in self._listed_roles if r.pattern.search(m["k"]))
            at = m.end()
            while at < stop:
                nxt, found = self.parties.read(at, stop)
                out += [Bearer(b.entity, b.span, m.group().rstrip("：:"), row.name) for b in found]
                at = max(nxt, at) + 1
        return out

    def enclosed(self, start: int, end: int) -> list[Bearer]:
        """The bodies that are all the bracket holds with which a measure ends: '…完成改造。（甲局、乙局，各镇政府）'."""
        last = _ENCLOSED.search(self.text, start, end)
        out: list[Bearer] = []
        at = last.start("w") if last else end
        while last and at < last.end("w"):
            stop, found = self.parties.read(at, last.end("w"))
            if not found or stop < last.end("w") and self.text[stop] not in "，、；":
                return []
            out, at = [*out, *found], stop + 1
        named = bool(out) and out[0].entity.label == "Agency" and not out[0].entity.props.get("generic")
        return out if named and all(b.entity.label == "Agency" for b in out) else []

    def henceforth(self, start: int, end: int) -> list[Bearer]:
        """Those whom a clause names for all that comes after it: '以下各项均需各县政府落实，不再列出'."""
        said = self._henceforth.search(self.text, start, end)
        run = self.slots.run(said.start("S")) if said else None
        return [Bearer(e, span, "以下均需") for e, span, _ in self.parties.members(run)] if run else []

    def _break(self, start: int, end: int) -> int:
        m = _BREAK.search(self.text, start, end)
        return m.start() if m else end

    def is_listing(self, start: int, end: int) -> bool:
        """Whether a span only says who is responsible for what stands before it."""
        m = self._listed.search(self.page.text, start, end)
        if m is not None and m.start() - start <= 6:
            return True
        lead = self.directives.lead.match(
            self.text, start, end
        )  # '（一）落实…（甲牵头）' is a measure and who answers for it
        said = self.page.text[lead.end() if lead else start : end].strip("。；\n 　")
        if self._allotted.fullmatch(self.text, start, end):
            return True
        whole = said.endswith("）") or said.count("（") > said.count("）")  # or goes on in the sentence after it
        return said.startswith("（") and whole and bool(self.roles(start, end) or self.enclosed(start, end))
