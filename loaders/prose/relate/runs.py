"""Runs of coordinated mentions: '曲阳县、望都县政府主要负责人' is one run with two heads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.lazy import lazy
from loaders.prose.count import number
from loaders.prose.page import Entity, Mention, Span
from loaders.prose.relate.fill import Mark
from loaders.words import OFFICIALS, SEVERAL, WHICH

_KINDS = {"Person": "P", "Agency": "A", "Region": "R", "Post": "T"}
_RANK = {"P": 0, "A": 1, "T": 2, "R": 3}  # which reading of one span stands for it
# what may follow a member of a list and still belongs to it
_TAIL = lazy(
    r"(?:等(?!级|于|待|量)(?:地(?=政府|党|主要|有关|负责))?)?(?:(?:[0-9]+|[一二两三四五六七八九十百]+)(?:个(?!工作日|自然日|月|小时|季度|星期|钟头)|家|名|位))?"
    r"(?:单位(?=(?:主要|分管)?负责))?(?:(?:有关|相关|主要|分管|党政|班子|其他|党委|或|党组|政府)*"
    r"(?:负责人|负责同志|领导班子成员|领导班子|班子成员|主要领导|领导同志|领导(?!下|小组)|同志|有关人员|人员|代表(?=[、，。；和等参出列到在])|单位|部门|成员|干部"
    r"|一把手|一行|专员)|有关|相关|主要|党政|其他|党委|党组|政府)?(?:等(?!级|于|待|量))?"
)
_JOIN = lazy(r"(?:及其(?:下属|所属|辖区内?)?|[、和与及暨跟]|，?以及|会同|联合|携手)\s?")
_BETWEEN = lazy(
    r"(?:各|有关|相关|部分|全体|原|时任|现任|[省市县区]直|直属|所属|下属|辖区内?|其他|沿[江河湖海线岸]的?)*"
)
_COUNTED = lazy(f"等?{SEVERAL}家?")  # '黄石、鄂州2市生态环境局', '甲公司等8家企业负责人'
_SUMMED = lazy(f"等{SEVERAL}个?")
_SO_MANY = lazy(f"(?P<n>{SEVERAL})个?(?:省|市|县|区|旗|镇|乡|街道|村|社区|乡镇|镇街|县区|地区|城市|地市)")
_CLOSE = lazy("[ 　]?|(?:提名的?)?(?:候选人|人选)")
_ASIDE = lazy("（[^（）。；：]{1,20}）")  # a title's own, before its holder: '县委书记（县级河长）某某'
_NOBODY = lazy(f"{WHICH}(?:负责人|负责同志|领导|领导同志|同志)")  # 干部 and 代表 are some people
_PARTY = lazy("(?:^|[省市县区州旗])委$")
_OFFICE = lazy("政府(?:督[查察]|办公室|联合|环境|生态|信访|巡|目标|考核)")
TEAM = lazy("(?:组|专班|[分小]队|[导查察视]队)$")  # 大队 and 支队 are offices
_AND_SO_ON = lazy(
    "等(?:有关|相关|职能|责任|成员|行业|主管|重点)*(?:部门|单位|地区|地方)$"
)  # closes a list, names nobody
_TWINS = lazy("(?:^|[省市县区州盟旗])(?:纪委、.{0,2}监委|委、.{0,2}政府)$|^各.*、各")
_MADE_UP = lazy(
    "(?:等[^，。；]{0,8})?(?:牵头|联合|共同|抽调(?:人员|骨干|力量)?|分别|负责人|人员)*(?:组成|组建|成立|抽调人员组成)的"
)  # who make up a team: '甲、乙组成的巡查组'
# who but stands for the body or place before it; '石桥镇各包村干部' are more than the town
_HOLDER = lazy(f"^(?!各[包驻联村网]).*(?:{OFFICIALS}|领导班子|班子成员|同志|一把手)$")


@dataclass(slots=True)
class Run:
    """A list of coordinated mentions; ``heads`` are its members without the titles and places that only qualify them."""

    span: Span
    heads: tuple[Mark, ...]
    marks: tuple[Mark, ...]

    @property
    def entities(self) -> list[Entity]:
        """What the members name, in order, each once."""
        return list({id(e): e for m in self.heads for e in m.entities}.values())

    @property
    def people(self) -> list[Entity]:
        """The members that are persons."""
        return [e for e in self.entities if e.label == "Person"]

    @property
    def bodies(self) -> list[Entity]:
        """The members that are not persons."""
        return [e for e in self.entities if e.label != "Person"]


def marks_of(mentions: Iterable[Mention]) -> Iterator[Mark]:
    """Outermost mentions in order; a post that spells out its body is cut at the body's end."""
    ordered = sorted(mentions, key=lambda m: (m.span.start, -m.span.end))
    kept: list[tuple[Span, list[Mention]]] = []
    for m in ordered:
        if m.entity.label not in _KINDS or not m.span:
            continue
        if kept and m.span == kept[-1][0]:
            kept[-1][1].append(m)
        elif kept and m.span.start < kept[-1][0].end:
            outer, named = kept[-1]
            if named[0].entity.label != "Post" or m.entity.label == "Post" or m.span.end >= outer.end:
                continue
            if m.span.start == outer.start:
                kept[-1] = (m.span, [m])
                kept.append((Span(m.span.end, outer.end), named))
        else:
            kept.append((m.span, [m]))
    for span, named in kept:
        best = min(_RANK[_KINDS[m.entity.label]] for m in named)
        chosen = [m.entity for m in named if _RANK[_KINDS[m.entity.label]] == best]
        yield Mark(span, _KINDS[chosen[0].label], tuple({id(e): e for e in chosen}.values()))


def runs_of(text: str, marks: Sequence[Mark], bodies: dict[int, Entity]) -> list[Run]:
    """The runs that marks make, in order; ``bodies`` is told the body or place that a person's title belongs to, by the person's
    id."""
    return _teamed([_of_their_own(r) for r in _runs(text, marks, bodies)], text)


def _runs(text: str, marks: Sequence[Mark], bodies: dict[int, Entity]) -> Iterator[Run]:
    i = 0
    while i < len(marks):
        chains: list[list[Mark]] = [[marks[i]]]
        joins: list[str] = [""]
        end = _tail(text, marks[i], marks[i].span.end)
        aside = _aside(text, marks, i)
        j = i + 1
        while j < len(marks):
            here = marks[j].span.start
            gap = text[chains[-1][-1].span.end : here]
            if (
                gap == "等"
                and marks[j].kind == "A"
                and marks[j].generic
                or gap == ""
                and _twins(text, *marks[j - 1 : j + 1])
            ):
                chains.append([marks[j]])
                joins.append(gap)
            elif (
                here < end
                or here <= aside
                or _CLOSE.fullmatch(gap)
                or gap == "成员单位"
                or _COUNTED.fullmatch(gap)
                and (marks[j].kind == "A" or text.startswith("企业", here))
            ):
                chains[-1].append(marks[j])
            elif len(gap) <= 60 and (m := _JOIN.match(text, end)) and _BETWEEN.fullmatch(text, m.end(), here):
                chains.append([marks[j]])
                joins.append(m.group())
            else:
                break
            end = _tail(text, marks[j], marks[j].span.end)
            aside = max(aside, _aside(text, marks, j))
            j += 1
        yield Run(Span(marks[i].span.start, end), tuple(_heads(text, chains, joins, bodies)), tuple(marks[i:j]))
        i = j


def _aside(text: str, marks: Sequence[Mark], i: int) -> int:
    """Where the brackets behind a title end before whose it is; -1 where there are none."""
    m = _ASIDE.match(text, marks[i].span.end) if marks[i].kind == "T" else None
    return m.end() if m and any(k.kind == "P" and k.span.start == m.end() for k in marks[i + 1 : i + 5]) else -1


def _twins(text: str, one: Mark, other: Mark) -> bool:
    """Whether two bodies stand side by side as a pair is told: '县纪委县监委', '市委市政府', '各乡镇各部门'."""
    pair = text[one.span.start : one.span.end] + "、" + text[other.span.start : other.span.end]
    return one.kind == other.kind == "A" and bool(_TWINS.search(pair))


def _heads(text: str, chains: list[list[Mark]], joins: list[str], bodies: dict[int, Entity]) -> Iterator[Mark]:
    """One head a chain; chains that are but further titles of the next chain's person give none."""
    body: Entity | None = None
    for n, chain in enumerate(chains):
        people = [m for m in chain if m.kind == "P"]
        before = chain[: chain.index(people[0])] if people else chain
        body = next((m.entities[-1] for m in reversed(before) if m.kind in "AR"), body)
        if people:
            if body is not None and before:
                for e in people[0].entities:
                    bodies.setdefault(id(e), body)
            yield from people
            body = None
            continue
        if chain[-1].kind == "T" and not chain[-1].generic and _titles_lead_on(chains, joins, n):
            continue
        body = None
        head = chain[-1]
        if len(chain) == 1 and _joint(text, head, chains, joins, n):
            continue
        words = text[head.span.start : head.span.end]
        if len(chain) == 1 and head.kind == "T" and head.generic and _NOBODY.fullmatch(words):
            continue
        for one, other in pairwise(chain) if n else ():
            many = _SO_MANY.fullmatch(text, other.span.start, other.span.end) if one.kind == "R" else None
            if many and number(many["n"]) == n + 1:
                head = one  # '桥东、桥西两个街道', '东村、西村两个村党组织书记'
        if n and len(chain) > 1 and head.generic:
            gap = text[chain[-2].span.end : head.span.start]
            head = chain[-2] if number(gap.rstrip("个家")) == n + 1 else head  # '某局、某局两部门'
        if head.generic and _AND_SO_ON.search(text, head.span.start - 1, head.span.end):
            if len(chain) == 1:
                continue
            head = chain[-2]
        if head.kind == "T" and len(chain) > 1 and chain[-2].kind in "AR" and _HOLDER.search(words):
            head = chain[-2]
        at = chain.index(head)
        if at and head.generic and chain[at - 1].kind == "R":
            summed = _SUMMED.fullmatch(text, chain[at - 1].span.end, head.span.start)
            head = chain[at - 1] if summed else head  # '某市、某县等3市（县）'
        yield head


def _joint(text: str, head: Mark, chains: list[list[Mark]], joins: list[str], n: int) -> bool:
    """Whether a party committee only says, with the government after it, whose the office is that follows: '县委、县政府督查室'."""
    after = chains[n + 1][0] if n + 1 < len(chains) and joins[n + 1] == "、" else None
    if after is None or after.kind != "A" or not _PARTY.search(text[head.span.start : head.span.end]):
        return False
    return bool(_OFFICE.search(text[after.span.start : after.span.end]))


def _titles_lead_on(chains: list[list[Mark]], joins: list[str], n: int) -> bool:
    """Whether the title at ``n`` is one of several before a name: '县委副书记、县长某某'."""
    for m in range(n + 1, len(chains)):
        if joins[m] != "、":
            return False
        kinds = [k.kind for k in chains[m]]
        if "P" in kinds:
            return kinds.index("P") > 0
        if kinds[-1] != "T":
            return False
    return False


def _of_their_own(run: Run) -> Run:
    """A run without the places before bodies of theirs: '隆尧县、信都区交警大队' names two 交警大队 and no place."""
    kept: list[Mark] = []
    for head in run.heads:
        places = 0
        while kept and lends(kept[-1], head) and places < len(head.entities):
            kept.pop()
            places += 1
        kept.append(head)
    return run if len(kept) == len(run.heads) else Run(run.span, tuple(kept), run.marks)


def lends(place: Mark, bodies: Mark) -> bool:
    """Whether a place is but that of one of several bodies behind it."""
    if place.kind != "R" or bodies.kind != "A" or bodies.generic or len(bodies.entities) < 2:
        return False
    return any(e.name[:2] in b.name for e in place.entities for b in bodies.entities)


def _tail(text: str, mark: Mark, end: int) -> int:
    found = _TAIL.match(text, end)
    return found.end() if found else end


def _teamed(runs: list[Run], text: str) -> list[Run]:
    """Runs with those who make up a team joined to the team, which alone acts: '由甲、乙组成的巡查组'."""
    out: list[Run] = []
    for run in runs:
        before = out[-1] if out else None
        if (
            before is not None
            and len(run.heads) == 1
            and TEAM.search(text, run.heads[0].span.start, run.heads[0].span.end)
            and _MADE_UP.fullmatch(text, before.span.end, run.span.start)
        ):
            by = text[before.span.start - 1 : before.span.start] == "由"
            out[-1] = Run(Span(before.span.start - by, run.span.end), run.heads, run.marks)
        else:
            out.append(run)
    return out
