"""Who a run of words names as doers: mentions, classes of doers that no mention covers, and both together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.lazy import lazy
from kg.model import Value
from loaders.prose.page import Entity, Page, Span
from loaders.prose.relate.fill import Mark
from loaders.prose.relate.rows import table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Slots

_BACK = 160  # characters that 其 looks back
_TO_BE = "(?!(?<=组)[织建成])"  # '各村组织党员巡查' is no group's doing
_SAID = 4  # characters of the shortest description of a class
_TRADE = 6  # characters of a trade in a list of them
_LONG = 40  # characters of a list of doers that nothing knows
_ORGAN = lazy("(?<=[县区旗镇乡])(?:党委|党工委|纪委(?:监委)?|(?:人民)?(?:检察院|法院))$")
_LED = lazy("党组|党委|党支部|党总支")
_PARTY = lazy("[省市县区州旗]委$|^中共.+委员会$")  # nobody is said to order a committee about as 其
_GOVERNMENT = lazy(
    "各[^，。；]{1,14}(?:党委|党工委)(?:[、和]|及|以及)?(?:(?:人民)?政府|管委会|办事处)(?:(?:党政)?(?:主要|分管|有关|相关)*(?:负责同志|负责人|领导同志|领导|一把手|班子成员))?"
)
_REBUKED = lazy("(?:批评|约谈|通报|点名|曝光|问责)了?$")
_TOLD_OFF = lazy("(?:予以|进行|给予|开展)?(?:在?全[省市县区镇]|公开|集中|点名)*(?:通报批评|约谈|批评|问责|曝光|警示)，")
_EMITS = lazy(
    "(?<=[位户场所业司厂店])(?:的?(?:噪声|废气|油烟|废水|污水|粉尘|烟尘|扬尘|恶臭|污染物)(?:排放|浓度)?|排放)$"
)  # '各类娱乐场所噪声排放不得超标'
_MEMBERS = lazy("(?<=[组班部会队])(?:的)?(?:全体|各)?成员(?!单位|部门|[企国])")
_MARK = lazy("[，、；。]")
_COMMA_ONLY = lazy("[、和]")
_WHO = lazy(
    "(?<=[街道乡镇村区会门位市县团场所站）])(?:党政)?(?:主要|分管|有关|相关)?(?:负责人|负责同志|领导|工作人员|干部)$"
)
_BORDERS = lazy(
    "等?[两三四五六几]?个?[省市县区镇乡地村]?(?:隔[江河湖水])?(?:接壤|交界|毗邻|相邻|相连|相接|相望)"
)  # '某镇与外县两镇接壤，要…': the neighbours are not told so
_WITH = lazy("[与跟同]")
_REACH = 12  # characters after a class that may still name who of it


@dataclass(slots=True)
class Bearer:
    """Who must do it, where the words stand, by which row, and the role (牵头 配合 责任 督办)."""

    entity: Entity
    span: Span
    rule: str
    role: str = "责任"


class Parties:
    """Reads lists of doers on one page. Classes that no mention covers become entities of their own."""

    def __init__(self, page: Page, slots: Slots) -> None:
        self.page, self.slots, self.text = page, slots, slots.text
        t = table("bearers")
        slot = f"[{PEOPLE}{BODIES}]{FILL}*+"
        self._item = t.pattern(
            f"(?:(?:(?:{{quantity}}|{{whose}})*|{{untitled}}){slot}|(?:{{quantity}})*{{doer}}{_TO_BE})(?:（[^（）]{{1,30}}）)?"
        )
        self._doer = t.pattern(f"(?:{{quantity}}|{{whose}})*{{doer}}{_TO_BE}")
        self._join, self._tail = t.pattern("{join}"), t.pattern("(?:{tail})?")
        self._quantity, self._counts = (
            t.pattern("^(?:{quantity})+"),
            t.pattern("(?:其他|剩余)?[0-9一二两三四五六七八九十]"),
        )
        self._held, self._title, self._together = t.pattern("{held}"), t.pattern("{title}"), t.pattern("{together}")
        self._post, self._region, self._water = t.pattern("{post}"), t.pattern("{region}"), t.pattern("{water}")
        self._whose, self._every = t.pattern("{whose}"), t.pattern("{every}")
        self._named = t.pattern("(?!{verbal}){named}")
        self._such = t.pattern(
            "(?:凡是?|各类|所有|一切|各)?(?:从事|具有|具备|纳入|列入|位于|产生|使用|存在|未[^，。；]{2,6}|取得|符合|参与|承担|负责|拒不)[^，。；、]{1,24}的(?P<k>(?:{quantity})*[\u4e00-\u9fff]{0,4}?(?:{kin})(?:[和及、](?:个人|{kin}))?)"
        )
        self._organ = t.pattern("{organ}")
        self._firm = t.pattern("{firm}")
        self._like, self._alike = t.pattern("(?:{like})?"), t.pattern("{alike}")
        self._plural = t.pattern("(?:各|每|有关|相关|{quantity}|[两二三四五六七八九])")
        self._verbal = t.pattern("{verbal}")
        self._kin = t.pattern(
            "(?!{verbal})(?:(?!督促|责令|要求|引导|倒逼|鼓励)[\u4e00-\u9fffA-Za-z“”（）0-9]|（[^（）]{1,8}）){0,18}(?:{kin})"
        )
        self._closing = t.pattern("{closing}")
        self._sector, self._listed = t.pattern("{sector}"), re.compile("、?[和与及]|、|以及")
        self._of_levels = t.pattern(
            "[\u4e00-\u9fff]{0,9}?(?:[省市州县区旗镇乡街村组社]、?){2,5}[两二三四五]级[\u4e00-\u9fff]{0,4}?(?:{kin})"
        )  # '某某区区、镇、村三级河长'
        self._softened, self._meanwhile = t.pattern("(?:{adverb})*$"), t.pattern("{meanwhile}")
        self._made: dict[str, Entity] = {}

    def read(self, at: int, end: int) -> tuple[int, list[Bearer]]:
        """The doers that a list names from ``at`` on, and where it ends; ``(at, [])`` where none begins there."""
        found: list[Bearer] = []
        stop, role = at, "责任"
        while (upto := self._member(at, end)) > at:
            stop = self._extended(upto, end)
            found += self._one(at, stop, role)
            at = stop
            join = self._join.match(self.text, at, end)
            if join is None:
                if found and found[-1].entity.label == "Post" and at < end and self.text[at] == PEOPLE:
                    found.pop()  # '副镇长' + '某某'
                if at < end and (self.text[at] in (PEOPLE, BODIES) or found and self._each(found[-1].span.start, at)):
                    continue
                break
            if self._together.match(join.group()) and self._member(join.end(), end) > join.end():
                found = [Bearer(b.entity, b.span, b.rule, "牵头") for b in found]
                role = "配合"
            at = join.end()
        found = self._shared(self._paired(found))
        organ = (
            self._organ.match(self.text, stop, end)
            if found and all(b.entity.label == "Region" for b in found)
            else None
        )
        if organ:
            found = [replace(b, entity=self._organ_of(b.entity, organ.group())) for b in found]
            stop = organ.end()
        if found:
            if _BORDERS.match(self.text, stop, end):
                apart = _WITH.search(self.page.text, found[0].span.end, found[-1].span.start)
                found = [b for b in found if b.span.end <= apart.start()] if apart else found
            stop = max(stop, found[-1].span.end)
            among = self.page.text.startswith("等", stop - 1)  # which a list of names may have taken in
            tail = self._tail.match(self.page.text, stop - among, end)
            stop = max(stop, tail.end()) if tail else stop
        return stop, found

    def _each(self, start: int, at: int) -> bool:
        """Whether classes stand side by side: '各社区各网格'."""
        return self.page.text.startswith("各", start) and self.page.text.startswith("各", at)

    def _shared(self, found: list[Bearer]) -> list[Bearer]:
        """Classes of which the last says for all who of them: '街道和社区工作人员', '各镇、各部门主要负责人'."""
        last = found[-1] if len(found) > 1 else None
        said = _WHO.search(last.entity.name) if last is not None and last.entity.props.get("generic") else None
        if said is None or any(b.entity.label == "Post" or not b.entity.props.get("generic") for b in found[:-1]):
            return found
        others = [replace(b, entity=self._class(f"{b.entity.name}{said.group()}", b.entity.name)) for b in found[:-1]]
        return [*others, found[-1]]

    def alone(self, at: int, end: int) -> list[Bearer]:
        """The doers that are all there is between two offsets; [] where more is said."""
        out: list[Bearer] = []
        while at < end:
            stop, found = self.read(at, end)
            if not found or (stop < end and not _MARK.match(self.text, stop)):
                mark = _MARK.search(self.text, at, end)
                stop = mark.start() if mark else end
                found = self.unknown(at, stop)
            if not found:
                return []
            out += found
            at = stop + 1
        return out

    def _paired(self, found: list[Bearer]) -> list[Bearer]:
        """Doers of which '各县党委、政府' is one."""
        out: list[Bearer] = []
        for b in found:
            before = out[-1] if out else None
            classes = before is not None and before.entity.props.get("generic") and b.entity.props.get("generic")
            if before and classes and _GOVERNMENT.fullmatch(self.page.text, before.span.start, b.span.end):
                span = Span(before.span.start, b.span.end)
                out[-1] = replace(before, entity=self._class(self.page.quote(span)), span=span)
            else:
                out.append(b)
        return out

    def _organ_of(self, place: Entity, organ: str) -> Entity:
        """The body of a place that a list of places names once, at its end: '悦庄镇、南麻街道党（工）委'."""
        organ = (
            "党委"
            if place.name.endswith(("镇", "乡", "苏木")) and "工" in organ
            else organ.replace("（", "").replace("）", "")
        )
        name = place.name + organ
        if name not in self._made:
            others = [a + organ for a in place.aliases]
            self._made[name] = Entity(
                "Agency", name, others, place.place, {}, f"{place.key}/{organ}" if place.key else ""
            )
        return self._made[name]

    def last(self, at: int, speakers: tuple[Entity, ...]) -> list[Bearer]:
        """The body that the words before an offset dealt with last in its paragraph: what 其 is in '责令其改正'."""
        begin = self.text.rfind("\n", 0, at) + 1
        for run in reversed(self.slots.runs_in(max(begin, at - _BACK), at)):
            text, (start, end) = self.page.text, (run.span.start, run.span.end)
            given = text.endswith(("给予", "对"), 0, start) and _TOLD_OFF.match(text, end)
            rebuked = _REBUKED.search(text, max(0, start - 4), start)
            if (given or rebuked) and not run.people:
                named = run.bodies if rebuked else run.bodies[-1:]
                return [Bearer(e, run.span, "其") for e in named]  # '批评了甲镇、乙镇，责令其…'
            bodies = [h for h in run.heads if h.kind == "A" and not any(e in speakers for e in h.entities)]
            if bodies and not _PARTY.search(bodies[-1].entities[-1].name):
                return [Bearer(e, h.span, "其") for h in bodies[-1:] for e in h.entities]
        return []

    def unknown(self, at: int, upto: int) -> list[Bearer]:
        """The doers that are all there is between two offsets though nothing knows each of them: bodies and classes by their
        endings ('某某派出所', '沿街商户'), departments by trade ('公安、住建'). For use before a word of obligation only."""
        upto -= len(self._softened.search(self.text[at:upto]).group())  # type: ignore[union-attr]
        if emits := _EMITS.search(self.text, at, upto):
            upto = emits.start()
        if meanwhile := self._meanwhile.search(self.text, at, upto):
            upto = meanwhile.start()
        if not 0 < upto - at <= _LONG or "由" in self.text[at:upto]:
            return []
        if found := self.such(at, upto) or self.like(at, upto):
            return found
        if self._verbal.match(self.text, at):
            return self.described(at, upto)
        if self._of_levels.fullmatch(self.page.text, at, upto):
            return [self._classed(at, upto)]
        closing = self._closing.search(self.page.text, at, upto)
        if closing and self._listed.search(self.page.text, at, closing.start()):
            upto = closing.start()
        marks = self._listed.finditer(self.page.text, at, upto)
        words = self.page.text
        ends = [*(m for m in marks if words.count("（", at, m.start()) == words.count("）", at, m.start())), None]
        begins = [at, *(m.end() for m in ends if m)]
        pieces = [(i, m.start() if m else upto) for i, m in zip(begins, ends, strict=True)]
        single = [self._single(i, j) for i, j in pieces]
        if all(single):
            found = [b for one in single for b in one]
            within = [b for b in found if any(self._goes_on(b, x) for x in found)]
            return [b for b in found if b not in within]
        if single[-1] and not any(single[:-1]) and all(self._is_trade(i, j) for i, j in pieces[:-1]):
            return [self._classed(at, upto)]  # '陶瓷、耐火材料企业'
        return self.described(at, upto)

    def _goes_on(self, short: Bearer, long: Bearer) -> bool:
        """Whether a name is but the beginning of another one's: '各村' of '各村社'."""
        more = self.page.text[short.span.end : long.span.end]
        return short.span.start == long.span.start and bool(more) and not re.search("的|等", more)

    def _is_trade(self, at: int, end: int) -> bool:
        return 0 < end - at <= _TRADE and not re.search(f"[{PEOPLE}{BODIES}]", self.text[at:end])

    def such(self, at: int, upto: int) -> list[Bearer]:
        """A class by what its members do, between two offsets: '参与核查的人员'."""
        such = self._such.fullmatch(self.page.text, at, upto)
        if such is None:
            return []
        said = such.group()
        named = self._made.setdefault(said, Entity("Agency", said, [such["k"]], "", {"generic": True}, f"class/{said}"))
        return [Bearer(named, Span(at, upto), "such")]

    def like(self, at: int, upto: int) -> list[Bearer]:
        """Those after whom a class between two offsets is named: '像甲镇、乙镇这样的乡镇', '甲县、乙县等排名靠后的县区'."""
        opens = self._like.match(self.text, at, upto)
        stop, found = self.read(opens.end() if opens else at, upto)
        named = found and not any(b.entity.props.get("generic") for b in found)
        stop -= 1 if self.page.text.startswith("等", stop - 1) else 0
        return found if named and self._alike.fullmatch(self.page.text, stop, upto) else []

    def ends_a_class(self, words: str) -> bool:
        """Whether words are the name of a class or a body that nothing knows ('五金、涂料企业', '秸秆压块站')."""
        return bool(self._kin.fullmatch(words.rpartition("、")[2]) or self._named.fullmatch(words))

    def described(self, at: int, upto: int) -> list[Bearer]:
        """A class with what is said of it, between two offsets: '落实措施不力的乡镇', '指标落后的乡镇主要负责同志'."""
        upto -= len(self._softened.search(self.text[at:upto]).group())  # type: ignore[union-attr]
        of = self.page.text.rfind("的", at, upto) + 1
        if of - at < _SAID or "，" in self.text[at:upto] or not of < upto:
            return []
        stop, found = self.read(of, upto)
        if stop == upto:
            return found
        return [self._classed(of, upto)] if self._kin.fullmatch(self.text, of, upto) else []

    def _single(self, at: int, end: int) -> list[Bearer]:
        """One member of such a list."""
        if end > at and self._member(at, end) == end:
            return list(self._one(at, end, "责任"))
        run = self.slots.run(at)
        within = [h for h in run.heads if at <= h.span.start and h.span.end <= end] if run is not None else []
        if within and within[-1].span.end == end:  # a known member of a list whose last one nothing knows
            return [Bearer(e, within[-1].span, "subject") for e in within[-1].entities]
        words = self.page.text[at:end]
        if self._sector.fullmatch(words):
            name = f"{words}部门"
            read = next((e for h in run.heads for e in h.entities if e.name == name), None) if run is not None else None
            entity = read or self._made.setdefault(name, Entity("Agency", name, [words], "", {}, f"class/{name}"))
            return [Bearer(entity, Span(at, end), "sector")]
        if self._firm.fullmatch(words):
            return [Bearer(self._made.setdefault(words, Entity("Agency", words)), Span(at, end), "firm")]
        if not (self._kin.fullmatch(words) or self._named.fullmatch(words)):
            return []
        if self._plural.match(words) or not self._named.fullmatch(words):
            return [self._classed(at, end)]
        known = self.slots.run(end - 1)
        if (
            known is not None
            and len(known.heads) == 1
            and self.page.text[at : known.span.start] in known.heads[0].entities[0].name
        ):
            return [Bearer(known.heads[0].entities[0], Span(at, end), "named")]  # '示范区管委会' of a longer name
        return [Bearer(self._made.setdefault(words, Entity("Agency", words)), Span(at, end), "named")]

    def _classed(self, at: int, end: int) -> Bearer:
        """A class of doers by all its words; what describes it before 的 is no part of its name."""
        words = self.page.text[at:end]
        name = words.rpartition("的")[2]
        last = self.slots.run(end - 1)
        inner = self.page.quote(last.span) if last is not None and last.span.start > at else ""
        return Bearer(self._class(name, words, *([inner] if inner else [])), Span(at, end), "class")

    def named(self, at: int, end: int) -> list[Bearer]:
        """The body that nothing knows between two offsets, by its ending."""
        if not self._named.fullmatch(self.text, at, end):
            return []
        name = self.page.text[at:end]
        return [Bearer(self._made.setdefault(name, Entity("Agency", name)), Span(at, end), "named")]

    def _member(self, at: int, end: int) -> int:
        """Where the member of a list that begins at an offset ends; the offset itself where none does. A class is looked for
        in the words themselves, since parts of its name may be mentions of wider classes ('任何' + '单位')."""
        m = self._item.match(self.text, at, end)
        upto = m.end() if m else at
        first = self.slots.run(at)
        if first is not None and not all(m.generic for m in first.marks):
            every = self._every.match(self.page.text, upto, end) if first.marks[-1].kind == "R" else None
            return every.end() if every is not None else upto
        doer = self._doer.match(self.page.text, at, end)
        if doer is not None and doer.end() > upto:
            run = self.slots.run(doer.end() - 1)
            inside = run is None or all(h.generic for h in run.heads)
            upto = max(doer.end(), run.span.end if run is not None else 0) if inside else upto
        return upto

    def _extended(self, at: int, end: int) -> int:
        """Where a class ends whose name goes on after the words that name it ('各县区' + '党政一把手')."""
        run = self.slots.run(at - 1)
        if run is None:  # a class that no mention covers, and a post of it: '四县市' + '主要负责人'
            after = self.slots.run(at)
            counted = self._counts.match(self.page.text, max(0, at - 2), at)
            held = (
                after is not None
                and after.span.start == at
                and all(counted is not None or (m.generic and m.kind == "T") for m in after.marks)
            )
            named = self._held.match(self.page.text, at, min(at + _REACH, end))  # '各战区' + '负责人'
            of_people = named is not None and self._post.search(named.group())
            return after.span.end if after is not None and held else named.end() if named and of_people else at
        titled = self._title.match(self.page.text, at, min(at + _REACH, end))
        if titled:
            return titled.end()
        if not run.heads or not run.heads[-1].generic or run.heads[-1].kind == "T":
            return at
        held_by = self._held.match(self.page.text, at, min(at + _REACH, end))
        return held_by.end() if held_by else at

    def _one(self, start: int, end: int, role: str) -> Iterator[Bearer]:
        """The doers of one member of a list."""
        run = self.slots.run(end - 1) or next((r for i in range(start, end - 1) if (r := self.slots.run(i))), None)
        if run is None:
            yield Bearer(self._class(self.page.text[start:end]), Span(start, end), "doer", role)
            return
        opens = self.slots.run(start)
        if opens is not None and self._every.fullmatch(self.page.text, opens.span.end, end):  # '某市各级党委和政府'
            yield Bearer(self._class(self.page.text[start:end]), Span(start, end), "class", role)
            return
        inner = run.span.start > start or (run.span.end < end and all(m.generic for m in run.marks))
        doer = self._doer.match(self.page.text, start, end) if inner else None
        title = self._title.match(self.page.text, run.span.end, end) if run.span.end < end else None
        posts = all(m.kind == "T" for m in run.marks)
        whole = doer is not None and (
            doer.end() >= run.span.end
            or (doer.end() == run.span.start and bool(posts or self._counts.match(self.text, start)))
        )
        if title and title.end() == end and run.people:  # '池某副县长'
            whole, title = False, None
        if whole or (title and title.end() == end and len(run.heads) == 1):
            yield Bearer(self._class(self.page.text[start:end]), Span(start, end), "doer", role)
            return
        if start < run.span.start and self._whose.match(self.text, start) and run.heads and run.heads[0].generic:
            first, *others = run.heads  # '师市各团镇、各部门', '各标段责任单位和监理单位'
            span = Span(start, first.span.end if others else run.span.end)
            yield Bearer(self._class(self.page.quote(span), first.entities[0].name), span, "doer", role)
            if not others:
                return
            run = Run(run.span, tuple(others), run.marks)
        for entity, span, part in self.members(run):
            if span.end > start and not (entity.label == "Region" and self._water.search(entity.name)):
                yield Bearer(entity, span, "subject", part or role)

    def members(self, run: Run) -> Iterator[tuple[Entity, Span, str]]:
        """The members of a run, each with its span and, where 会同 stands among them, its role."""
        gaps = zip(run.heads, run.heads[1:], strict=False)
        between = (self._together.search(self.page.text, a.span.end, b.span.start) for a, b in gaps)
        split = next(filter(None, between), None)
        for head in run.heads or run.marks[-1:]:
            role = ""
            if split is not None:
                role = "牵头" if head.span.start < split.start() else "配合"
            narrower = self._narrower(run, head)
            if organ := self._of_a_party(run, head):
                yield organ, head.span, role
            elif narrower is not None:
                yield *narrower, role
            else:
                yield from ((entity, head.span, role) for entity in head.entities)

    def _of_a_party(self, run: Run, head: Mark) -> Entity | None:
        """The organ that a member of a list names though another one says which: '甲镇、乙镇党委', '某局党组'."""
        after = next((h for h in run.heads if h.span.start > head.span.start and h.kind != "R"), None)
        if head.kind == "R" and after is not None:
            said = _ORGAN.search(self.page.quote(after.span))
            near = _COMMA_ONLY.fullmatch(self.page.text, head.span.end, head.span.end + 1)
            return self._organ_of(head.entities[0], said.group()) if said and near else None
        led = _LED.fullmatch(self.page.text, head.span.end, run.span.end) if head.kind == "A" else None
        return self._organ_of(head.entities[0], led.group()) if led and not head.generic else None

    def _narrower(self, run: Run, head: Mark) -> tuple[Entity, Span] | None:
        """A class that words around it make a narrower one: '市生态环境局各分局', '各县区党政一把手', '领导小组成员'."""
        if head.kind == "A" and (those := _MEMBERS.match(self.page.text, head.span.end, head.span.end + _REACH)):
            span = Span(head.span.start, those.end())
            return self._class(self.page.quote(span)), span
        before = [m for m in run.marks if m.span.end == head.span.start and m.kind in "AR"]
        before = [m for m in before if not self._each(m.span.start, head.span.start)]
        if not head.generic and not (before and self.page.text.startswith("各", before[-1].span.start)):
            return None
        start = before[-1].span.start if before else head.span.start
        held = self._held.match(self.page.text, head.span.end, head.span.end + _REACH) if head.kind != "T" else None
        span = Span(start, held.end() if held else head.span.end)
        return (self._class(self.page.quote(span)), span) if span != head.span else None

    def _class(self, words: str, *aliases: str) -> Entity:
        """A doer named by what it is; quantity words are no part of its name unless nothing else is there."""
        kept = words.startswith(("我", "本", "其他", "全")) or words.endswith("方面")
        name = words if kept else self._quantity.sub("", words) or words
        if name not in self._made:
            label = "Post" if self._post.search(name) else "Region" if self._region.search(name) else "Agency"
            props: dict[str, Value] = {"generic": True, "title": name} if label == "Post" else {"generic": True}
            self._made[name] = Entity(
                label, name, [a for a in (words, *aliases) if a != name], "", props, f"class/{name}"
            )
        return self._made[name]
