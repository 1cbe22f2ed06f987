"""Words that point back at things named before: '该镇', '上述企业', '两县', '两个督查中心'. Words in tables/slots.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from kg.lazy import lazy
from loaders.prose.count import number
from loaders.prose.page import Page, Span
from loaders.prose.relate.fill import Mark, words_of
from loaders.prose.relate.runs import lends
from loaders.words import NUMERALS, SEVERAL

_SEVERAL = lazy(f"(?P<C>{SEVERAL})个?(?P<N>[\u4e00-\u9fff]{{3,}})")
_COUNTED = lazy(f"(?P<C>{SEVERAL})[家个]?(?P<K>企业|公司|单位|部门|乡镇|镇街|街镇|街道|县区|区县)")
_SO_MANY = lazy(f"(?:这|上述|以上)?(?P<C>{SEVERAL})个?$")
_LEVELS = lazy(
    "(?:[县市区旗州盟乡镇、（）]|街道?)*[（、][县市区旗州盟乡镇街道、（）]+(?:(?:人民)?政府)?"
)  # '县（市、区）'
_THESE = lazy(f"(?P<W>这|上述|以上|上列|前述)(?P<C>{SEVERAL})[个家]?")
_GOVERNING = lazy("(?:政府|[省市县区州旗镇乡]委)$")
_FIRST = f"该上以前这两{NUMERALS[1:]}23456789"  # what such words begin with
_JOINS = ("、", "和", "与", "及", "以及", "，")


@cache
def _kinds() -> dict[str, Any]:
    raw = words_of("slots")["back"]
    return {
        "one": re.compile(raw["one"]),
        "many": re.compile(raw["many"]),
        "ends": {kind: re.compile(f"(?:{ending})$") for kind, ending in raw["ends"].items()},
        "pairs": re.compile(words_of("slots")["pairs"]["words"]),
    }


_OFFICES = lazy("[\u4e00-\u9fff]{1,8}?(?:局|办|厅|委)")


def back_words(text: str) -> Iterator[Span]:
    """Where a text points back with '该…' or '上述…'."""
    for name in ("one", "many"):
        yield from (Span(*m.span()) for m in _kinds()[name].finditer(text))


def pointed(page: Page, marks: list[Mark]) -> Iterator[Mark]:
    """``marks`` with those that point back naming what they mean; one that finds nothing keeps its mention, or goes."""
    kinds = _kinds()
    named = {m.span for m in page.mentions}
    seen: list[Mark] = []
    for mark in marks:
        if several := _levels(page, mark, seen[-60:]):
            seen.append(several)
            yield several
            continue
        if page.text[mark.span.start] not in _FIRST:
            seen.append(mark)
            yield mark
            continue
        words = page.quote(mark.span)
        if alike := _alike(words, mark, seen) or _counted(page, words, mark, seen[-60:]):
            found: Mark | None = alike
        elif (mark.generic or not mark.entities) and (m := kinds["one"].fullmatch(words)):
            found = _one(page, mark, m["K"], seen[-60:])
        elif (mark.generic or not mark.entities) and (m := kinds["many"].fullmatch(words)):
            found = _many(page, mark, m["K"], seen[-60:])
        elif mark.generic and kinds["pairs"].fullmatch(words):
            found = _pair(page, mark, words, seen)
        else:
            found = mark
        pair = mark.generic and bool(kinds["pairs"].fullmatch(words))
        if found is None and mark.entities and (mark.span in named or pair):
            found = mark
        if found is not None and found.entities:
            seen.append(found)
            yield found


def meant(page: Page, mark: Mark, before: list[Mark]) -> Mark:
    """What one mark means after those before it; itself where it points back at nothing."""
    return next((m for m in pointed(page, [*before, mark]) if m.span == mark.span), mark)


def _fits(page: Page, mark: Mark, kind: str) -> bool:
    end = _kinds()["ends"].get(kind)
    names = [page.quote(mark.span), *(e.name for e in mark.entities)]
    return any(end.search(n) if end else n.endswith(kind) for n in names)


def _one(page: Page, mark: Mark, kind: str, before: list[Mark]) -> Mark | None:
    """'该镇' as the last town before it."""
    for m in reversed(before):
        if m.kind in "RA" and not m.generic and _fits(page, m, kind):
            return Mark(mark.span, m.kind, m.entities[-1:])
    return None


def _many(page: Page, mark: Mark, kind: str, before: list[Mark]) -> Mark | None:
    """'上述企业' as the last list of such things in its paragraph, else the last one there, else the last list before; '这7个市' as the last list of just so
    many, '上述3县' also as all that its paragraph has named, where they are just so many."""
    counted = _THESE.match(page.quote(mark.span))
    wanted = number(counted["C"]) if counted else 0
    low = page.text.rfind("\n", 0, mark.span.start)
    groups = list(_groups(page, kind, before))
    if wanted and counted and counted["W"] != "这":
        groups.append([m for g in groups for m in g if m.span.start > low])
    listed = [g for g in groups if len(g) > 1 and g[-1].span.start > low]
    here = [g for g in groups if g and g[-1].span.start > low]
    for group in groups if wanted else [*listed, *here, *(g for g in groups if len(g) > 1), *groups]:
        things = {id(e): e for m in reversed(group) for e in m.entities}
        if not wanted or len(things) == wanted:
            return Mark(mark.span, group[0].kind, tuple(things.values()))
    return None


def _groups(page: Page, kind: str, before: list[Mark]) -> Iterator[list[Mark]]:
    """The lists of things of a kind, the last first, each with its last member first."""
    group: list[Mark] = []
    for m in reversed(before):
        fits = m.kind in "RA" and not m.generic and _fits(page, m, kind)
        if group and lends(m, group[-1]):
            continue  # '望都县、' + '曲阳县政府', which is each one's
        if group and not (fits and page.text[m.span.end : group[-1].span.start] in _JOINS):
            yield group
            group = []
        if fits:
            group.append(m)
    if group:
        yield group


def _levels(page: Page, mark: Mark, before: list[Mark]) -> Mark | None:
    """'三个县（市）' as the last list of just so many places of those levels, or of governments there."""
    words = page.quote(mark.span)
    if not mark.generic or "（" not in words or not _LEVELS.fullmatch(words):
        return None
    several = _SO_MANY.search(page.text, max(0, mark.span.start - 6), mark.span.start)
    wanted = number(several["C"]) if several else 0
    if several is None or wanted < 2:
        return None
    ends = re.compile(f"(?:街道|[{''.join(x for x in words if x in '县市区旗州盟乡镇')}])(?:(?:人民)?政府|办事处)?$")
    group: list[Mark] = []
    for m in reversed(before):
        if group and lends(m, group[-1]):
            continue
        fits = m.kind in "RA" and not m.generic and all(ends.search(e.name) for e in m.entities)
        if group and not (fits and page.text[m.span.end : group[-1].span.start] in _JOINS):
            if sum(len(g.entities) for g in group) == wanted:
                break
            group = []
        if fits:
            group.append(m)
    things = {id(e): e for m in reversed(group) for e in m.entities}
    return (
        Mark(Span(several.start(), mark.span.end), group[0].kind, tuple(things.values()))
        if len(things) == wanted
        else None
    )


def _alike(words: str, mark: Mark, before: list[Mark]) -> Mark | None:
    """'两个督查中心' as the two bodies before it whose names end so."""
    noun = _SEVERAL.fullmatch(words)
    if noun is None or not number(noun["C"]):  # '五五工业园区'
        return None
    named = {
        id(e): e
        for m in before[-200:]
        if m.kind == "A" and not m.generic
        for e in m.entities
        if e.name.endswith(noun["N"]) and not _SEVERAL.fullmatch(e.name)
    }
    return Mark(mark.span, "A", tuple(named.values())) if len(named) == number(noun["C"]) else None


def _counted(page: Page, words: str, mark: Mark, before: list[Mark]) -> Mark | None:
    """'两家企业' as the last list of just so many such things, which then are also called that."""
    counted = _COUNTED.fullmatch(words)
    if counted is None or not mark.generic:
        return None
    listed = _many(page, mark, counted["K"], before)
    if listed is None or len(listed.entities) != number(counted["C"]):
        return None
    return listed


def _names(mark: Mark) -> list[str]:
    return [e.name for e in mark.entities]


def _of_level(level: str, name: str) -> bool:
    """Whether a name is that of a place of a level or of who leads it, not of an office there."""
    return bool(re.search(f"{level}{'道?' * (level == '街')}(?:委|党委|(?:人民)?政府|管委会)?$", name))


def _within(level: str, name: str) -> bool:
    return level in name


def _pair(page: Page, mark: Mark, words: str, seen: list[Mark]) -> Mark | None:
    """'两县' as the places last named together ('望都县、曲阳县'), else as the only ones of that level named shortly
    before."""
    wanted = number(words[0])
    levels = words[1:].removesuffix("政府").removesuffix("人民").removeprefix("个")
    if levels == "地":  # loosely said: what the paragraph lists
        low = page.text.rfind("\n", 0, mark.span.start)
        seen = [m for m in seen[-60:] if m.span.start > low]

    offices = _OFFICES.match(page.text, mark.span.end)  # '三市生态环境局' are offices, '两县' no such
    meant = _within if offices else _of_level

    def fits(group: list[Mark]) -> bool:
        named = [[*([page.quote(m.span)] if len(m.entities) == 1 else []), e.name] for m in group for e in m.entities]
        if len(named) != wanted:
            return False
        if levels == "地":
            return all(m.kind == "R" or _GOVERNING.search(page.quote(m.span)) for m in group)
        said = [v for names in named for v in levels if any(meant(v, n) for n in names)]
        return set(said) == set(levels) and len(said) >= wanted

    group: list[Mark] = []
    left = 0
    for before in reversed(seen[-90:]):
        joined = group and page.text[before.span.end : left] in ("、", "和", "与", "及")
        left = before.span.start
        if joined and lends(before, group[-1]):  # '扶余市、' + '长岭县政府', which is each one's
            continue
        if before.kind in "RA" and not before.generic and (not group or joined):
            group.append(before)
        elif fits(group):
            break
        else:
            group = [before] if before.kind in "RA" and not before.generic else []
    places = {id(e): e for m in reversed(group) for e in m.entities} if fits(group) else {}
    if len(places) != wanted:
        near = [e for m in seen[-40:] if m.kind == "R" and not m.generic for e in m.entities]
        places = {id(e): e for e in near if e.name.endswith(tuple(levels))}
    return Mark(mark.span, "R", tuple(places.values())) if len(places) == wanted else None
