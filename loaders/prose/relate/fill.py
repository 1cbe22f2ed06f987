"""Marks: the outermost mentions of a page, and words that fill a slot though recognition names nothing there.

The words are in tables/slots.toml: bare class nouns (企业, 乡镇), the notice's own place (我市), bare teams (督查组) and
pairs that point back (两县).
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.prose.page import Entity, Page, Span
from loaders.prose.sift import sift
from loaders.words import AUTHORITIES, COUNT, NTH, TABLED

_LABEL = lazy(r".：|(?<=责任单|主体单|督办单|督导单|牵头单|整改单|验收单|监督单)位[为是\t]")
_QUANTITY = lazy(
    f"(?:各(?:有关|相关)?|有关|相关|辖区内?|全部|所有|剩余|其余|其他|上述|{COUNT}[家个名位])(?=[^级地类]{{2,}}$|(?:国家|省|市|县)级园区$)"
)
_SIGNS = lazy("[部厅委局]办公[厅室]$")
_BODY = lazy(f"{AUTHORITIES}$")
_KIN = lazy(
    r"、?区(?=[，。；开进的要应须党政主和])|（(?:街道|街|园区|办|乡|镇|区|市|场|社区|苏木)[^（）\n]{0,4}）|(?<=[园发聚]区)(?:管委会|管理委员会|党工委)(?!主任|副主任|书记)"
)
_OWN_NAME = lazy("(?![各和与由对向及促])[\u4e00-\u9fff]$")  # '五五' before a park's committee
_WHICH = lazy("各$|(?:包联|包保|包抓|包片|分包|挂点|其他|其余)$")
_DOES = lazy(
    "各[^，。；：]{0,10}(?:政府|街道|乡镇|镇街|[县市区镇乡村])："
)  # who is told what to do: '各乡镇人民政府：落实…'
_AS_OFFICE = lazy("(?:监管|监督|督[办导]|验收)(?:主体)?责任(?:单位|部门)$")  # what a body is called
_PARTY_OF = lazy("(各.+?)(?:党（工）委|党工委|党委|党总支|党支部|党组织|支部|村委)")
_SUCH = lazy(f"({COUNT}[家个])[^的]+的([^的]*?(企业|单位|公司|部门|乡镇|工地))")
_NUMBERED = lazy(f"第{NTH}(?=[^第]{{2,8}}[组队]$)")


@dataclass(slots=True)
class Mark:
    """The outermost mention at a span; ``entities`` are all it names. ``kind`` is P, A, R or T (post); ``generic`` is
    whether it names a class (各有关部门), not one thing."""

    span: Span
    kind: str
    entities: tuple[Entity, ...]

    generic: bool = field(init=False, compare=False)

    def __post_init__(self) -> None:
        self.generic = all(e.props.get("generic") for e in self.entities)


@cache
def words_of(name: str) -> dict[str, Any]:
    """The words of a table as it stands in its file, those that all tables share put in."""
    text = (Path(__file__).parent / "tables" / f"{name}.toml").read_text("utf-8")
    for shared, words in TABLED.items():
        text = text.replace(f"{{{shared}}}", words)
    return tomllib.loads(text)


@cache
def _words() -> dict[str, Any]:
    raw = words_of("slots")
    words = [(k, raw[k]["words"]) for k in ("home", "teams", "pairs", "addressee", "ours", "myself")]
    classes = [
        (
            row["label"],
            f"(?:{'|'.join(sorted(row['words'], key=len, reverse=True))})(?!{row['not']})".replace(
                "{trade}", f"(?:{'|'.join(raw['trade']['words'])})"
            ),
        )
        for row in raw["classes"]
    ]
    trades = re.compile(f"(?P<n>{COUNT}家)?(?:(?:{'|'.join(raw['trade']['words'])})、)+$")
    return {
        "every": sift([*words, *classes], itemgetter(1)),
        "trades": trades,
    }


def fill(page: Page, marks: list[Mark]) -> list[Mark]:
    """``marks`` with those added that only the words of tables/slots.toml make, in order."""
    from loaders.prose.relate.myself import myself
    from loaders.prose.relate.pointing import back_words, pointed  # they read marks as this does

    marks = [
        m
        for m in marks
        if not (m.generic and _LABEL.match(page.text, m.span.end - 1)) or _DOES.match(page.text, m.span.start)
    ]  # a label: '责任单位：'
    marks = [
        m for m in marks if not (m.kind == "T" and page.text.startswith(("：", "小组"), m.span.end))
    ]  # '组长：', 县'领导'小组
    marks = [m for m in marks if not (m.generic and _AS_OFFICE.search(page.text, max(0, m.span.start - 2), m.span.end))]
    marks = [_each(page, _with_kin(page, _with_trades(page, m))) for m in marks]
    back = list(back_words(page.text))
    starts = [s.start for s in back]

    def pointing(m: Mark) -> bool:
        i = bisect_right(starts, m.span.start) - 1
        return i >= 0 and m.span.within(back[i]) and m.generic

    marks = [m for m in marks if not pointing(m)]
    taken = [m.span.start for m in marks]
    ends = [m.span.end for m in marks]

    def free(span: Span) -> bool:
        i = bisect_right(taken, span.start) - 1
        return (i < 0 or ends[i] <= span.start) and (i + 1 >= len(taken) or span.end <= taken[i + 1])

    known: dict[tuple[str, str], Entity] = {
        (m.entity.label, m.entity.key): m.entity for m in page.mentions if m.entity.key
    }
    for fact in page.facts:
        known.setdefault((fact.target.label, fact.target.key), fact.target)
    made: list[Mark] = []
    whom, by = _addressee(page, marks), issuer(page, marks)
    for (kind, _), m in _words()["every"].over(page.text).matches():
        if not free(span := Span(*m.span())):
            continue
        if kind == "home" and m.group() == "本地区" and not page.meta.place.endswith("地区"):
            continue  # '本地区、本单位' are whoever's is spoken to
        if kind == "home":
            made.append(Mark(span, "R", (own_place(page, m.group(), known),)))
        elif kind == "teams":
            made.append(Mark(span, "A", (_team(marks, m, known),)))
        elif kind == "pairs":
            pair = Entity("Agency", m.group(), [], "", {"generic": True}, f"class/{m.group()}")
            made.append(Mark(span, "A", (pair,)))
        elif kind == "addressee":
            made += [Mark(span, whom.kind, whom.entities)] if whom is not None else []
        elif kind == "myself":
            mine = myself(page, marks, span.start)
            made += [Mark(span, mine.kind, mine.entities)] if mine is not None else []
        elif kind == "ours":
            made += [Mark(span, by.kind, _whole(page, by))] if by is not None else []
        elif not (
            _LABEL.match(page.text, m.end() - 1)
            or _AS_OFFICE.search(page.text, max(0, span.start - 2), span.end)
            or any(span.start < d.span.end and d.span.start < span.end for d in made[-4:])
        ):
            entity = _entity(known, kind, f"class/{m.group()}", m.group(), generic=True)
            made.append(_each(page, Mark(span, "T" if kind == "Post" else "A", (entity,))))
    made += [Mark(span, "A", ()) for span in back if free(span)]
    for mark in (*marks, *made):
        for e in mark.entities if mark.generic else ():
            called_bare(e)
    return list(pointed(page, _ordered([*marks, *made])))


def _with_trades(page: Page, mark: Mark) -> Mark:
    """'焦化企业' with the trades listed before it: '钢铁、焦化企业' names both."""
    if not mark.generic or not page.text.endswith("企业", 0, mark.span.end):
        return mark
    listed = _words()["trades"].search(page.text, max(0, mark.span.start - 24), mark.span.start)
    if listed is None:
        return mark
    if listed["n"]:  # '6家轮胎、化工企业' is one class
        words = page.text[listed.start() : mark.span.end]
        such = Entity("Agency", words, [f"{listed['n']}企业"], "", {"generic": True}, f"class/{words}")
        return Mark(Span(listed.start(), mark.span.end), mark.kind, (such,))
    names = [f"{t}企业" for t in listed.group().strip("、").split("、")]
    others = tuple(Entity("Agency", n, [], "", {"generic": True}, f"class/{n}") for n in names)
    return Mark(Span(listed.start(), mark.span.end), mark.kind, (*others, *mark.entities))


def _with_kin(page: Page, mark: Mark) -> Mark:
    """'各镇（园区）' where only '各镇' has been read, '各工业园区管委会' where only '工业园区' has."""
    kin = _KIN.match(page.text, mark.span.end) if mark.generic and mark.kind == "A" else None
    before = max(0, mark.span.start - 1)
    if kin is None or kin.group()[0] in "管党" and _OWN_NAME.search(page.text, before, mark.span.start):
        return mark
    name = page.text[mark.span.start : kin.end()]
    return Mark(
        Span(mark.span.start, kin.end()), "A", (Entity("Agency", name, [], "", {"generic": True}, f"class/{name}"),)
    )


def _each(page: Page, mark: Mark) -> Mark:
    """'各建筑工地' where only '建筑工地' has been read, '包联县领导' or '其他县领导' where only '县领导' has."""
    which = _WHICH.search(page.text, max(0, mark.span.start - 2), mark.span.start)
    if not mark.generic or len(mark.entities) != 1 or which is None or (which.group() != "各" and mark.kind != "T"):
        return mark
    [one] = mark.entities
    name = which.group() + one.name
    each = Entity(one.label, name, [one.name, *one.aliases], one.place, dict(one.props), f"class/{name}")
    return Mark(Span(which.start(), mark.span.end), mark.kind, (each,))


def called_bare(entity: Entity) -> None:
    """'各企业' and '5家企业' are also called 企业, '各乡镇党委' 各乡镇, '造纸、印染企业' 造纸企业 and 印染企业, '5家偷排的酒精企业' 5家企业."""
    bare = _QUANTITY.sub("", entity.name, count=1) if _QUANTITY.match(entity.name) else ""
    *trades, last = entity.name.split("、")
    each = [*(f"{t}{last[-2:]}" for t in trades), last, last[-2:]] if last.endswith(("企业", "单位")) and trades else []
    each += trades if trades and trades[-1].endswith("部门") else []  # '县直有关部门、单位'
    party = _PARTY_OF.fullmatch(entity.name)
    of = party[1] if party else ""
    such = _SUCH.fullmatch(entity.name)
    less = (such[2], such[1] + such[3]) if such else ()
    entity.aliases += [a for a in (bare, of, *each, *less) if a and a not in entity.aliases]


def _ordered(marks: list[Mark]) -> list[Mark]:
    out: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.span.start, -m.span.end)):
        if not out or mark.span.start >= out[-1].span.end:
            out.append(mark)
    return out


def _entity(known: dict[tuple[str, str], Entity], label: str, key: str, name: str, **props: bool) -> Entity:
    return known.setdefault((label, key), Entity(label, name, [], "", dict(props), key))


def own_place(page: Page, words: str, known: dict[tuple[str, str], Entity]) -> Entity:
    """The place that '我市' is: the notice's home or what it lies in, by its level, else an unresolved place of its own. Such words name no
    place: it is inferred where nothing else names it."""
    level = words[1:]
    if page.home and page.meta.place.endswith(level):
        name = re.split("[省市州盟](?=.{2})", page.meta.place)[-1]
        return _entity(known, "Region", page.home, name, inferred=True)
    over = gazetteer().ancestors(page.home) if page.home.isdigit() else ()
    if (whole := next((p for p in reversed(over) if p.name.endswith(level)), None)) is not None:
        return _entity(known, "Region", whole.adcode, whole.name, inferred=True)  # 我市 in a county's notice
    return _entity(known, "Region", f"~/{level}", f"我{level}", unresolved=True, inferred=True)


def _team(marks: list[Mark], m: re.Match[str], known: dict[tuple[str, str], Entity]) -> Entity:
    """The body that a bare '督查组' is: the last one before it whose name ends so, else one of its own; a class of bodies where
    several are told apart by their numbers."""
    last = bisect_right(marks, m.start(), key=lambda k: k.span.start)
    before = reversed(marks[max(0, last - 200) : last])
    named = [e for k in before if k.kind == "A" for e in k.entities if e.name.endswith(m.group())]
    numbered = {n.group() for e in named if (n := _NUMBERED.search(e.name))}
    if named and len(numbered) < 2:
        return named[0]
    if numbered:
        return _entity(known, "Agency", f"class/{m.group()}", m.group(), generic=True)
    return _entity(known, "Agency", f"~/{m.group()}", m.group(), unresolved=True)


def _whole(page: Page, by: Mark) -> tuple[Entity, ...]:
    """Who says '我部': the body itself, also where its general office signs for it."""
    of = {id(f.source): f.target for f in page.facts if f.type == "PART_OF" and _SIGNS.search(f.source.name)}
    return tuple(of.get(id(e), e) for e in by.entities)


def issuer(page: Page, marks: list[Mark]) -> Mark | None:
    """The body that issued the notice (its publisher, else who its headline begins with), where the text mentions it."""
    meta = page.meta
    for mark in marks:
        names = (
            [n for e in mark.entities for n in (e.name, *e.aliases)] if mark.kind == "A" and not mark.generic else []
        )
        if (
            meta.publisher in names
            or not meta.publisher
            and any(len(n) > 3 and meta.title.startswith(n) for n in names)
        ):
            return mark
    return Mark(Span(0, 0), "A", (Entity("Agency", meta.publisher),)) if _BODY.search(meta.publisher) else None


def _addressee(page: Page, marks: list[Mark]) -> Mark | None:
    """Whom a letter speaks to as '你市': the one body or place that its first line calls."""
    for paragraph in page.paragraphs[:4]:
        if page.text[paragraph.start : paragraph.end].rstrip().endswith("："):
            called = [k for k in marks if k.span.within(paragraph)]
            return called[0] if len(called) == 1 and not called[0].generic else None
    return None
