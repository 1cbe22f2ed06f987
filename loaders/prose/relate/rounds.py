"""The stops of a round of inspection: once somebody is said to set out to inspect, whatever place or works the page takes them to
is looked into: '副市长甲带队夜查。随后，甲一行来到石桥镇。在大因镇，甲要求…'. Rows in tables/supervision.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.lazy import lazy
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots
from loaders.prose.relate.subject import Clauses
from loaders.prose.relate.whom import stops, visited
from loaders.words import BARE_TEAM, TEAMS

_TEAM = lazy(f"{TEAMS}$")
_BARE = lazy(f"(?:联合)?{BARE_TEAM}(?:一行)?")
_ORDERED = lazy(
    "《|要求|指出|强调|表示|指示|会议|汇报|报告|介绍|[要须应将拟]|配合|迎接|接受|陪|随同|参加|参与|负责|不得|计划|决定|成立"
)
_WATERS = lazy("[河湖江山渠]$|水库$|湿地$|断面$|流域$|公园$|保护区$")
_OURS = lazy("[我本全该]")  # where the round as a whole goes
_ROOM = lazy("(?:指挥|调度|信息|监控|会议|监测|服务)中心$|指挥部$|政府$|管委会$|管理委员会$|学校$|党校$|[委局厅办部]$")
_MEETING = lazy("[^，。；\n]{0,10}(?:会议|座谈|召开|参加|出席|调研|接访|慰问)")
_NEAR = 20  # characters within which the name of works ends


@dataclass(slots=True)
class _Round:
    """A round: from which offset on, who is on it, and whether the page says there already whom they look into."""

    at: int
    who: Run
    told: bool = False


def rounds(slots: Slots, clauses: Clauses, found: Sequence[Statement]) -> Iterator[Statement]:
    """SUPERVISES of those on a round over each of its stops; of none whom the page (``found``) says otherwise whom they look
    into."""
    busy = {id(s.source) for s in found if s.props.get("kind") == "inspection"}
    told = [span for s in found if s.props.get("kind") == "inspection" for span in s.spans]
    out = list(_set_out(slots, clauses))
    for r in out:
        r.told = any(r.who.span.within(span) for span in told)
    if not out:
        return
    last: tuple[int, list[Entity]] = (-1, [])
    for row, m in sorted(
        table("supervision").sieve("rounds").over(slots.text).matches(), key=lambda f: f[1].start(_where(f[1]))
    ):
        at = m.start(_where(m))
        stop = visited(m, slots) if row.fields.get("several") else None
        stop = stop or slots.run(at)
        if stop is None or _MEETING.match(slots.text, stop.span.end):
            continue
        sentence = clauses.sentence(at)
        paragraph = sentence.paragraph if sentence else -1
        sources = [e for e in _who(m, out, slots, clauses) if id(e) not in busy]
        if row.fields.get("onwards") and clauses.subject(at) is None:
            sources = last[1] if last[0] == paragraph else []
        targets = list(_stops(stop, slots)) if sources else []
        last = (paragraph, sources) if targets else last
        yield from (_said(source, target, m, row) for target in targets for source in sources)


def _where(m: re.Match[str]) -> str:
    """The group that says where somebody goes: one place, or a list of stops."""
    return "L" if "L" in m.re.groupindex else "O"


def _said(source: Entity, target: Entity, m: re.Match[str], row: Row) -> Statement:
    span = Span(m.start(), m.end(_where(m)))
    return Statement(source, "SUPERVISES", target, (span,), row.name, row.confidence, props={"kind": "inspection"})


def _set_out(slots: Slots, clauses: Clauses) -> Iterator[_Round]:
    """Who sets out to inspect, as the page says it; not who is told to."""
    for m in table("supervision").finditer("{inspects}", slots.text):
        who = clauses.subject(m.start())
        if who is None or not (who.people or _TEAM.search(slots.page.quote(who.span))):
            continue
        if who.span.end <= m.start() and not _ORDERED.search(slots.page.text, who.span.end, m.start()):
            yield _Round(m.end(), who)


def _who(m: re.Match[str], out: list[_Round], slots: Slots, clauses: Clauses) -> list[Entity]:
    """Who makes a stop: one of those on a round, or their team by a bare name, together with who leads it; the team alone where
    the leader is said to look into a whole of which these are the stops."""
    at = m.start(_where(m))
    begun = [r for r in out if r.at <= at]
    known = [r for r in begun if not r.told]
    if not begun:
        return []
    who = slots.run(m.start("S")) if "S" in m.re.groupindex and m["S"] else clauses.subject(at)
    people = {id(e): e for r in known for e in r.who.people}
    if who is None:
        return []
    if mine := [e for e in who.people if id(e) in people]:
        return mine
    if _BARE.fullmatch(slots.page.quote(who.span)):
        led = {tuple(map(id, r.who.people)): r.who.people for r in known if r.who.people}
        return [*who.bodies, *(next(iter(led.values())) if len(led) == 1 else [])]
    return []


def _stops(run: Run, slots: Slots) -> Iterator[Entity]:
    """What of a run is a place or works that one looks into on the spot."""
    for head in stops(run, run.span.end + _NEAR, slots):
        if _OURS.match(slots.page.quote(head.span)):
            continue
        for e in head.entities:
            if not (_WATERS if e.label == "Region" else _ROOM).search(e.name):
                yield e
