"""Who supervises, by a construction of tables/supervision.toml: its clause's subject, whoever else may be meant where it has none,
and the body or team in whose name somebody does so."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Entity, Span
from loaders.prose.relate.askers import approver, decider, inspector, questioner
from loaders.prose.relate.fill import Mark, issuer
from loaders.prose.relate.home import home
from loaders.prose.relate.issuer import genre, issuers
from loaders.prose.relate.led import (
    again,
    carried,
    gone_on,
    made_up,
    meanwhile,
    portfolio_of,
    promised,
    still,
    told_off,
)
from loaders.prose.relate.named import Named
from loaders.prose.relate.pronouns import he
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import BODIES, PEOPLE, Slots
from loaders.prose.relate.subject import Clauses
from loaders.words import TEAMS

_GOVERNMENT = lazy("人民政府$|政府$")
_LEADS = lazy("(?:要|将|须)?(?:率|带领)(?P<team>[^，。；]{0,12}?(?:组|专班))?")
_OF_A_KIND = lazy(
    "(?:执法检查|[^，。；]{2,}督[察查导]|[^，。；]{2,}巡[察视]|民主监督|[^，。；]{2,}检查|专项[^，。；]{2,})组$"
)
_CHARGED = lazy("(?:受[^，。；]{1,8}委托，|代表[^，。；]{0,6})$")
_LEADER = lazy("[省市州盟县区旗镇乡师]长$|(?<!党组)(?<!党支部)书记$")
_DEPARTMENT = lazy("(?:局|厅|队|督[察查]办公室|分局|常务委员会|组|中心|办)$")
_OURS = lazy(
    "(?<![\u4e00-\u9fff])(?P<k>[省市县区旗镇乡州盟])里(?:随后|当场|当即|立即|当天|当晚|还|也|又|已|再次|专门|集中)*$"
)
_GOES_ALONG = lazy(f"(?:全程|一同|一起|随同)*(?:陪同|随同|跟随)(?=[{PEOPLE}{BODIES}])")
_HEADS = lazy("[。：，]组长")
_ANY_TEAM = lazy("[组队]$|专班$")
_NEAR = 120  # characters within which what a document is about stands behind its verb
_BOARD = lazy(
    "[委府处会](?:党政)?(?:主要|班子)?(?:领导(?:班子)?(?:成员)?|领导干部|班子成员)$"
)  # '县委、县政府领导', whoever they are
_TEAM = lazy(f"{TEAMS}$")
_OPENS = lazy("(?:^|[，。；：\\n])(?:并|还|又|同时|专门|另外|此外|，)*$")  # nobody is said to set up the team


def supervisor(row: Row, at: int, slots: Slots, clauses: Clauses) -> Run | None:
    """Who does it; where they only go along with somebody, that one: '甲陪同督导组到乙镇督查'."""
    who = _doer(row, at, slots, clauses)
    who = (who and _headed(who, slots)) or who
    led = _GOES_ALONG.match(slots.text, who.span.end, at) if who is not None else None
    return slots.run(led.end()) or who if led else who


def _headed(head: Run, slots: Slots) -> Run | None:
    """The team that stands right before the words that name its head: '（四）督查组。组长某某，负责对各镇督查'."""
    m = _HEADS.match(slots.page.text, head.span.start - 1) if head.people and head.span.start else None
    team = slots.run(m.start() - 1) if m else None
    return team if team and not team.people and _ANY_TEAM.search(slots.page.quote(team.span)) else None


def _doer(row: Row, at: int, slots: Slots, clauses: Clauses) -> Run | None:
    if row.get("subject") in ("first", "he"):
        return clauses.first(at) if row.get("subject") == "first" else he(clauses, at)
    if row.get("subject") == "chair":
        return _chair(at, slots, clauses)
    if row.get("subject") == "issuer":
        mark = issuer(slots.page, slots.marks)
        return Run(mark.span, (mark,), (mark,)) if mark else _issuers(at, slots)
    if row.get("subject") == "asker":
        return questioner(at, slots)
    if row.get("subject") == "nobody":
        near = clauses.subject(at)
        aimed = slots.runs_in(at, at + _NEAR)[:1]
        named = {_GOVERNMENT.sub("", e.name) for run in aimed for e in run.entities}
        itself = near is not None and any(_GOVERNMENT.sub("", e.name) in named for e in near.entities)
        return _issuers(at, slots) or approver(at, slots) if near is None or itself else None
    if said := _OURS.search(slots.text, max(0, at - 8), at):
        place = None if "T" in row.pattern.groupindex else home(slots)  # '市里派出三个督查组': they look
        mark = Mark(Span(*said.span()), "R", (place,)) if place is not None and place.name.endswith(said["k"]) else None
        return Run(mark.span, (mark,), (mark,)) if mark else None
    return (
        made_up(at, slots)
        or _set_up(row, at, slots)
        or meanwhile(at, slots)
        or clauses.subject(at)
        or decider(at, slots, clauses)
        or (portfolio_of(at, clauses) if row.name == "portfolio" else None)
        or (approver(at, slots) if row.name == "gives-blame" else None)
        or (inspector(at, slots) if row.name == "object-of-appraisal" else None)
        or (carried(at, clauses) or promised(at, clauses) if row.name.startswith("directs") else None)
        or (told_off(at, clauses) if row.name.startswith(("directs", "looks-into")) else None)
        or (still(at, clauses) if row.name.startswith(("directs", "looks-into")) else None)
        or (gone_on(at, clauses) if row.name.startswith("looks-into") else None)
        or (again(at, clauses) if row.name in ("calls-in", "looks-into") else None)
    )


def _set_up(row: Row, at: int, slots: Slots) -> Run | None:
    """The inspectors whom somebody is said to set up right before they look: '镇政府成立巡查组，对各村开展巡查' is the team's look."""
    if not row.name.startswith("looks-into"):
        return None
    m = (
        table("supervision")
        .pattern(
            "(?:成立|组建)了?(?:由[^。；\n]{2,60}?组成的)?(?:{count}个)?<S:b>(?:，由[^，。；\n]{2,40}?(?:任|担任|兼任|带队|牵头)[^，。；\n]{0,6})?，(?:分别|负责|每[日天周旬月季]|每季度|定期|不定期|随机|持续|全程|全天候|常态化)*"
        )
        .search(slots.text, max(0, at - 100), at)
    )
    run = slots.run(m.start("S")) if m and m.end() == at else None
    if (
        m is None
        or run is None
        or not run.heads
        or run.heads[-1].generic
        and not _OPENS.search(slots.text, 0, m.start())
    ):
        return None
    return run if _TEAM.search(slots.page.quote(run.span)) else None


def _issuers(at: int, slots: Slots) -> Run | None:
    """Who issued the document that says so by itself ('现对某镇予以通报批评')."""
    who = issuers(slots.page, slots) if genre(slots.page) == "document" else ()
    mark = Mark(Span(at, at), "A", who)
    return Run(mark.span, (mark,), (mark,)) if who else None


def _chair(at: int, slots: Slots, clauses: Clauses) -> Run | None:
    sentence = clauses.sentence(at)
    if sentence is None:
        return None
    led = re.search("主持", slots.text[sentence.span.start : at])
    runs = slots.runs_in(sentence.span.start, sentence.span.start + led.start()) if led else []
    return runs[-1] if runs else None


def sources(row: Row, who: Run, m: re.Match[str], slots: Slots) -> list[Entity]:
    """A summons is its body's, also where a named head speaks for it; so is the look of a team that somebody leads."""
    behalf = slots.principal(who)
    if behalf is not None and (row.fields.get("by_body") or row.get("kind") == "inspection"):
        return behalf.entities
    led = who.span.end < m.start() and _LEADS.match(slots.text, who.span.end)
    if row.fields.get("leads"):
        team = slots.team(who)
        return team.entities if team is not None else who.people
    if board := leaders_of(who, slots):
        return [board]
    handed = row.get("subject") != "chair" and slots.text[who.span.start - 1 : who.span.start] == "由"
    summons = "V" in m.re.groupindex and (m["V"] or "").endswith("约谈")
    if led:
        named = slots.run(led.end())
        if named is not None and len(named.heads) == 1 and _OF_A_KIND.search(slots.page.quote(named.heads[0].span)):
            return named.entities  # '某某率执法检查组'
        if led["team"]:  # whoever else comes along ('带领有关人员') is no team
            return list({id(b): b for e in who.entities for b in [_team_of(e, who, slots)]}.values())
    if handed or not (summons or row.fields.get("by_body")):
        return who.entities
    behalf_of = _CHARGED.search(slots.text, max(0, who.span.start - 12), who.span.start)
    bare = not any(k.kind != "P" for k in who.marks)  # '甲随后约谈了某镇': himself
    bodies = [e if (bare or _leads(e, slots)) and not behalf_of else slots.body_of(e) or e for e in who.entities]
    if row.fields.get("by_whole"):  # a paper is the office's, whichever of its sections hands it over
        wholes = {id(f.source): f.target for f in slots.page.facts if f.type == "PART_OF"}
        bodies = [wholes.get(id(b), b) for b in bodies]
    return list({id(b): b for b in bodies}.values())


def leaders_of(run: Run, slots: Slots) -> Entity | None:
    """The class of people that words behind bodies make of them: '县委、县政府领导' is neither."""
    own = len(slots.page.quote(run.span)) - len(slots.page.quote(run.span).lstrip("我本该"))
    span = Span(run.span.start + own, run.span.end)
    words = slots.page.quote(span)
    return Named.of(slots).generic(words, span, acts=True) if not run.people and _BOARD.search(words) else None


def _leads(person: Entity, slots: Slots) -> bool:
    """Whether someone leads a place, as a mayor or party secretary does, and so speaks for himself, not for an office."""
    posts = [person] if person.label == "Post" else slots.posts.get(id(person), [])
    return bool(posts) and bool(_LEADER.search(posts[-1].name))


def _team_of(person: Entity, who: Run, slots: Slots) -> Entity:
    """Whose team somebody leads: that of their department, or of the government that their title names, else their own."""
    body = slots.body_of(person)
    if body is None:
        return person
    spelt = _GOVERNMENT.search(body.name) and any(body in k.entities for k in who.marks)
    return body if spelt or _DEPARTMENT.search(body.name) else person
