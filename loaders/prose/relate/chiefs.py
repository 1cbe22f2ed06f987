"""River chiefs and their kin: who holds 河长, 林长, 路长 of a river, a reach or a place is in charge of it.

The titles and what their places are called stand in tables/contracts.toml, [chiefs].
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lazy import lazy
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.relate.fill import Mark
from loaders.prose.relate.named import Named
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import Slots

_BEFORE = lazy(
    r"(?:同志)?(?:，)?(?P<each>分别|依次)?(?:接任|改任|新任|出任|担任|任|兼任|兼|为|系|是|当选|，?则?当上了?|被聘为|受聘为|聘为)$"
)
_AFTER = lazy(r"[^，。；！？（）\n]{0,40}")
_LINK = lazy(r"[、：:为是由　\t （]")
_NOT_A_NAME = lazy(
    r"^(?:同志|当上了?|被聘为|受聘为|聘为|接任|改任|新任|出任|[他她兼任为系是的和与及到在对向各本该沿由、共]|担任|兼任|负责|分别|分管|联系|挂点|挂联|包联|包保|分包|履行|设立?|明确|主任|巡查)+"
)
_COMMON = lazy(
    r"^(?:[省市州县区乡镇村]?(?:第[一二])?[总省市州县区乡镇村级副]|[0-9一二三四五六七八九十各条所辖两全流域主要重点大小]*)"
    r"(?:河湖|江河湖库|水体|河|江|湖|溪|渠|水库|沟|港|塘|河流|江河|总河|县级河|乡级河|村级河|镇级河|市级河|公路|道路|网格|片区|片|山林|森林|河道|河段|村|社区)$"
)
_CHUNK = lazy(r"[\u4e00-\u9fffA-Z0-9（）]{1,14}$")
_REACH = lazy(
    r"(?P<W>.*(?:河|江|湖|溪|渠|水(?!库)|水库|港|故道|水道|支流|运河|[国省县乡]道[0-9A-Z]*))?(?P<R>.{1,6}段)$"
)
_BRACKETED = lazy(
    r"(?P<W>[\u4e00-\u9fff]{1,6}(?:河|江|湖|溪|渠|水库|港|运河))（(?P<R>[\u4e00-\u9fff]{1,8}段)）(?P<P>[\u4e00-\u9fff]{2,4}段)?$"
)  # '赣江（主流段）', '赣江（主流段）富山段'
_CHANGED = lazy("(?:由[^，。；]{2,24}?|，?(?:现|拟)?)(?:调整|变更|更换|改)为由?")  # '某江河长由甲调整为乙'
_NO_MORE = lazy("不再[^，。；]{0,12}长|长[^，。；]{0,10}不再")
_AND_OTHERS = lazy(
    r"(?:[兼担]?任|为|是|兼(?!任)|[，。；：\n])((?:[\u4e00-\u9fff]{1,6}(?:河|江|湖|溪|渠|水库|段|片区?|林场|岭|网格)、)+)$"
)
_PLAIN_WATER = lazy("[大小东西南北新老]?(?:河|江|渠|港)")  # 芒市大河
_BY_TURN = lazy("分别(?:由|为|是)")
_LISTED = lazy("(?:^|[，。；：\n])((?:[\u4e00-\u9fff]{1,6}、)+)$")
_CUT = lazy("[，。；\n]")
_ENTRY = "(?:[0-9]{1,3}[.．、])?[\u4e00-\u9fff]{1,10}{waters}(?=，)"  # '1.枫沙河，河长某某'
_BOARD = lazy(
    "(?:河流|河湖|河道|湖泊|水库|水体|河段|塘坝)名称[：\\t 　]+([\u4e00-\u9fff]{1,8}(?:河|江|湖|溪|渠|水库|沟|港|塘))(?:（([\u4e00-\u9fff]{1,8}段)）)?"
)  # the first line of a chief's board: '河流名称：金线河（石桥村段）'
_FAR = 300  # characters that one entry of a list takes at most
_DIVISION = lazy("(?:省|市|县|区|旗|镇|乡|街道|村)$")


def chiefs(slots: Slots, named: Named) -> list[Statement]:
    """IN_CHARGE_OF from each person whom the page calls chief of a water or a place."""
    if named.chiefs is None:
        named.chiefs = list(_chiefs(slots, named))
    return named.chiefs


def _chiefs(slots: Slots, named: Named) -> Iterator[Statement]:
    words = table("contracts")
    known = _Waters()
    for m in words.finditer("{chief}", slots.page.text):
        ended = _NO_MORE.finditer(slots.page.text, max(0, m.start() - 16), m.end() + 16)
        if any(e.start() < m.end() and m.start() < e.end() for e in ended):
            continue
        for target, start in _places(m, slots, named, known):
            if in_turn := list(_given_in_turn(slots, m, named, known, start)):
                for person, one, span in in_turn:
                    yield Statement(person, "IN_CHARGE_OF", one, (span,), "chief", 0.9)
                continue
            others = _AND_OTHERS.search(slots.page.text, max(0, start - 30), start)
            low = others.start(1) if others else start
            holder = _holder(slots, m, low)
            if holder is None:
                continue
            span = Span(min(low, holder.span.start), max(m.end(), holder.span.end))
            also = [_called(n, named, known) for n in others[1].strip("、").split("、")] if others else []
            turn = _in_turn(slots, low)
            if also and len(turn) == len(also) + 1:
                pairs = [(p, one) for mark, one in zip(turn, [*also, target], strict=True) for p in mark.entities]
            else:
                pairs = [(p, one) for p in holder.entities for one in (*also, target)]
            for person, one in pairs:
                yield Statement(person, "IN_CHARGE_OF", one, (span,), "chief", 0.9)


class _Waters:
    """The rivers and reaches that a page has named so far, for a reach that comes without its river."""

    def __init__(self) -> None:
        self.rivers: list[str] = []
        self.reaches: dict[str, str] = {}
        self.last: tuple[Entity, int] | None = None  # what the last chief is chief of, and where that is said

    def full(self, name: str) -> str:
        """'曲阳段' as '金线河曲阳段' where the page settles which."""
        m = _REACH.match(name)
        if m is None:
            if re.search("[河江湖溪渠库]$", name):
                self.rivers.append(name)
            return name
        if m["W"]:
            self.rivers.append(m["W"])
            self.reaches.setdefault(m["R"], name)
            return name
        whole = next((full for reach, full in self.reaches.items() if name.endswith(reach)), "")
        return whole or (self.rivers[-1] + name if self.rivers else name)


def _places(m: re.Match[str], slots: Slots, named: Named, known: _Waters) -> Iterator[tuple[Entity, int]]:
    """What the title at ``m`` is chief of, with where its words begin: before the title, before the colon or 由 of its
    clause, else after its holder."""
    text = slots.page.text
    at = m.start()
    if text[at - 1 : at] == "的":
        at -= 1
    found = _ending(m, slots, named, known, at)
    if found is None:
        low = max(0, m.start() - _FAR)
        line = max(low, *(text.rfind(c, low, m.start()) + 1 for c in "\n。；"))
        head = text.rfind("：", line, m.start())
        given = (
            table("contracts")
            .pattern(r"由(?:<S:p>)(?:同志)?(?:分别)?(?:担任|任|兼任)$")
            .search(slots.text, line, m.start())
        )
        if given is not None:
            found = _ending(m, slots, named, known, given.start())
        elif entry := table("contracts").pattern(_ENTRY).match(text, line, m.start()):
            found = _ending(m, slots, named, known, entry.end())
        elif head > 0 and head - line <= 16:
            found = _ending(m, slots, named, known, head)
        else:
            later = re.compile(r"[^。；\n]{2,30}?负责").match(text, m.end())
            stop = re.compile("[^，。；、）\n]*").match(text, later.end()) if later else None
            found = _ending(m, slots, named, known, stop.end()) if stop else None
        if found is None and known.last is not None and known.last[1] >= line and m["K"] not in "林田":
            found = known.last
        if found is None and m["K"] not in "林田路街巷片网格" and (told := _BOARD.findall(text, 0, m.start())):
            found = named.waters(known.full("".join(told[-1]))), m.start()
        if found is not None:
            found = (found[0], m.start())
    if found is not None:
        known.last = found[0], m.start()
        yield found


def _ending(m: re.Match[str], slots: Slots, named: Named, known: _Waters, at: int) -> tuple[Entity, int] | None:
    """The water or place whose name ends at ``at``."""
    text = slots.page.text
    at -= text[at - 1 : at] == "\n"  # '河流名称：沙河曲阳段' on a line of its own
    water = m["K"] in "河湖库渠塘沟河湖河道警警湾滩海湾河段"
    marks = slots.marks_in(max(0, at - 24), at)
    if reach := _BRACKETED.search(text, max(0, at - 24), at):
        return named.waters(known.full(reach["W"] + reach["R"] + (reach["P"] or ""))), reach.start()
    chunk = _CHUNK.search(text, max(0, at - 14), at)
    if chunk is None:
        return None
    start = chunk.start()
    for mark in marks:
        ends = mark.span.end
        if start < ends < at and (mark.kind != "R" or _DIVISION.search(slots.page.quote(mark.span)) and at - ends > 1):
            start = mark.span.start if mark.kind == "R" and _PLAIN_WATER.fullmatch(text[ends:at]) else ends
    cut = _NOT_A_NAME.match(text[start:at])
    start += cut.end() if cut else 0
    name = text[start:at]
    if "（" in name or "）" in name:
        start = max(text.rfind("（", start, at), text.rfind("）", start, at)) + 1
        cut = _NOT_A_NAME.match(text[start:at])
        start += cut.end() if cut else 0
        name = text[start:at]
    last = marks[-1] if marks and marks[-1].span.end == at else None
    fits = table("contracts").pattern("{waters}$" if water else "{tracts}$")
    named_here = last is not None and last.kind == "R" and not last.generic and last.span.start <= start
    if last is not None and named_here and (not water or fits.search(name)):
        return last.entities[0], last.span.start
    if len(name) < 2 or _COMMON.match(name) or not fits.search(name) or last is not None and last.kind in "PT":
        return None
    if name == "责任段" and marks and marks[-1].kind == "R" and marks[-1].span.end == start:
        start = marks[-1].span.start  # '石桥镇责任段' is the town's
        name = text[start:at]
    if water or name.endswith("段"):
        return named.waters(known.full(name)), start
    return named.tract(name), start


def _holder(slots: Slots, m: re.Match[str], start: int) -> Mark | None:
    """The person who holds the post whose words run from ``start`` to ``m.end()``: before its bracket, before '任', or
    after it."""
    text = slots.page.text
    line = max(text.rfind("\n", 0, start) + 1, start - _FAR)
    opened = text.rfind("（", line, start)
    if opened >= 0 and text.find("）", opened, start) < 0:
        closed = text.find("）", start)
        if closed < 0 or any(k.kind == "P" for k in slots.marks_in(opened - 6, opened)):
            return _person_ending(slots, line, opened)
        return _person_after(slots, closed + 1)
    for low in {start, m.start()}:
        verb = _BEFORE.search(text, max(line, low - 6), low)
        end = verb.start() + 2 * text.startswith("同志", verb.start()) if verb else 0  # which a name may hold
        if verb and (found := _person_ending(slots, line, end, each=bool(verb["each"]))):
            return found
    reach = _AFTER.match(text, m.end())
    end = reach.end() if reach else m.end()
    if (changed := _CHANGED.match(text, m.end())) and (new := _AFTER.match(text, changed.end())):
        return next((k for k in slots.marks_in(*new.span()) if k.kind == "P"), None)
    if m.end() < end and not _LINK.match(text, m.end()) and not slots.marks_in(m.end(), m.end() + 5):
        return None
    return next((k for k in slots.marks_in(m.end(), end) if k.kind == "P"), None)


def _in_turn(slots: Slots, at: int) -> list[Mark]:
    """The persons that '甲、乙分别任' names right before an offset; none where the words do not deal out."""
    verb = _BEFORE.search(slots.page.text, max(0, at - 6), at)
    marks = [k for k in slots.marks_in(max(0, at - 60), verb.start()) if k.kind == "P"] if verb and verb["each"] else []
    low = max(
        (n for n in range(1, len(marks)) if _CUT.search(slots.page.text, marks[n - 1].span.end, marks[n].span.start)),
        default=0,
    )
    return marks[low:]


def _given_in_turn(
    slots: Slots, m: re.Match[str], named: Named, known: _Waters, start: int
) -> Iterator[tuple[Entity, Entity, Span]]:
    """'南片、北片片长分别由甲、乙担任': who has which."""
    text = slots.page.text
    by = _BY_TURN.match(text, m.end())
    before = _LISTED.search(text, max(0, start - 40), start)
    if by is None or before is None:
        return
    run = slots.run(by.end())
    if run is None or run.span.start != by.end():
        return
    names = [*before[1].strip("、").split("、"), text[start : m.start()]]
    if len(names) != len(run.people):
        return
    for name, person in zip(names, run.people, strict=True):
        yield person, _called(name, named, known), Span(before.start(1), run.span.end)


def _called(name: str, named: Named, known: _Waters) -> Entity:
    """The water, reach or piece of land of that name."""
    water = _REACH.match(name) or re.search("[河江湖溪渠库水]$", name)
    return named.waters(known.full(name)) if water else named.tract(name)


def _person_after(slots: Slots, at: int) -> Mark | None:
    return next((k for k in slots.marks_in(at, at + 5) if k.kind == "P" and k.span.start <= at + 1), None)


def _person_ending(slots: Slots, start: int, end: int, each: bool = False) -> Mark | None:
    """The person whose name ends right before ``end``; of several who hold several posts in turn, the first."""
    marks = [k for k in slots.marks_in(max(start, end - 40), end) if k.kind == "P"]
    if not marks or re.search("[，。；]", slots.page.text[marks[-1].span.end : end]):
        return None
    if len(marks) > 1 and slots.page.text.endswith("接替", 0, marks[-1].span.start):
        marks.pop()  # '甲接替乙担任'
    if each:
        while len(marks) > 1 and "，" not in slots.page.text[marks[-2].span.end : marks[-1].span.start]:
            marks.pop()
    return marks[-1]
