"""River chiefs and their kin: who holds 河长, 林长, 路长 of a river, a reach or a place is in charge of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.prose.page import Entity, Span, Statement
from loaders.prose.relate.fill import Mark
from loaders.prose.relate.named import Named
from loaders.prose.relate.rows import table
from loaders.prose.relate.slots import Slots

_BEFORE = re.compile(r"(?:同志)?(?P<each>分别|依次)?(?:担任|任|兼任|兼|为|系|是)$")
_AFTER = re.compile(r"[^，。；！？（）\n]{0,40}")
_LINK = re.compile(r"[、：:为是由　 （]")
_NOT_A_NAME = re.compile(r"^(?:[兼任为系是的和与及到在对向各本该沿由、]|担任|兼任|负责)+")
_COMMON = re.compile(
    r"^(?:[省市州县区乡镇村]?(?:第[一二])?[总省市州县区乡镇村级副]|[0-9一二三四五六七八九十各条所辖两全流域主要重点大小]*)(?:河|江|湖|溪|渠|水库|沟|港|塘|河流|江河|总河|县级河|乡级河|村级河|镇级河|市级河)$"
)


def chiefs(slots: Slots, named: Named) -> Iterator[Statement]:
    """IN_CHARGE_OF from each person whom the page calls chief of a water or a place."""
    rivers: list[str] = []
    reaches: dict[str, str] = {}
    for row in table("contracts")["chiefs"]:
        for m in row.finditer(slots.page.text):
            for target, start in _places(m, slots, named, rivers, reaches):
                holder = _holder(slots, m, start)
                if holder is None:
                    continue
                span = Span(min(start, holder.span.start), max(m.end(), holder.span.end))
                for person in holder.entities:
                    yield Statement(person, "IN_CHARGE_OF", target, (span,), row.name, row.confidence)


def _places(
    m: re.Match[str], slots: Slots, named: Named, rivers: list[str], reaches: dict[str, str]
) -> Iterator[tuple[Entity, int]]:
    groups = m.re.groupindex
    if "M" in groups:
        before = [
            k for k in slots.marks_in(max(0, m.start() - 20), m.start()) if k.span.end == m.start() and k.kind == "R"
        ]
        for mark in before:
            yield mark.entities[0], mark.span.start
        return
    if "L" in groups:
        yield named.tract(m["L"]), m.start("L")
        return
    if "W" in groups:
        cut = _NOT_A_NAME.match(m["W"])
        skipped = cut.end() if cut else 0
        water = m["W"][skipped:]
        if len(water) < 2 or _COMMON.match(water):
            return
        rivers.append(water)
        if m["R"]:
            reaches.setdefault(m["R"], water + m["R"])
        yield named.waters(water + (m["R"] or "")), m.start("O") + skipped
        return
    start = m.start("R")
    whole = next((full for reach, full in reaches.items() if m["R"].endswith(reach)), "")
    if not whole and rivers and not any(m["R"].startswith(r) for r in rivers):
        whole = rivers[-1] + m["R"]
    if whole and not re.search("[河江湖溪渠]", m["R"]):
        yield named.waters(whole), start


def _holder(slots: Slots, m: re.Match[str], start: int) -> Mark | None:
    """The person who holds the post whose words run from ``start`` to ``m.end()``: before its bracket, before '任', or
    after it."""
    text = slots.page.text
    line = text.rfind("\n", 0, start) + 1
    opened = text.rfind("（", line, start)
    if opened >= 0 and text.find("）", opened, start) < 0:
        closed = text.find("）", start)
        if closed < 0 or any(k.kind == "P" for k in slots.marks_in(opened - 6, opened)):
            return _person_ending(slots, line, opened)
        return _person_after(slots, closed + 1)
    verb = _BEFORE.search(text, max(line, start - 6), start)
    if verb:
        return _person_ending(slots, line, verb.start(), each=bool(verb["each"]))
    reach = _AFTER.match(text, m.end())
    end = reach.end() if reach else m.end()
    if m.end() < end and not _LINK.match(text, m.end()) and not slots.marks_in(m.end(), m.end() + 5):
        return None
    return next((k for k in slots.marks_in(m.end(), end) if k.kind == "P"), None)


def _person_after(slots: Slots, at: int) -> Mark | None:
    return next((k for k in slots.marks_in(at, at + 5) if k.kind == "P" and k.span.start <= at + 1), None)


def _person_ending(slots: Slots, start: int, end: int, each: bool = False) -> Mark | None:
    """The person whose name ends right before ``end``; of several who hold several posts in turn, the first."""
    marks = [k for k in slots.marks_in(max(start, end - 40), end) if k.kind == "P"]
    if not marks or re.search("[，。；]", slots.page.text[marks[-1].span.end : end]):
        return None
    if each:
        while len(marks) > 1 and "，" not in slots.page.text[marks[-2].span.end : marks[-1].span.start]:
            marks.pop()
    return marks[-1]
