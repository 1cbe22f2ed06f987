"""包保: who is in charge of which place, body or reach, by class or by name. Rows in tables/contracts.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.lazy import lazy
from kg.model import Value
from loaders.prose.count import number
from loaders.prose.page import Entity, Page, Span, Statement
from loaders.prose.recognise.edges import surname_length
from loaders.prose.relate.charge import in_charge
from loaders.prose.relate.chiefs import chiefs
from loaders.prose.relate.columns import columns
from loaders.prose.relate.dealt import dealt
from loaders.prose.relate.entries import entries
from loaders.prose.relate.fill import Mark
from loaders.prose.relate.named import Named
from loaders.prose.relate.posted import posted
from loaders.prose.relate.rows import Row, table
from loaders.prose.relate.runs import Run
from loaders.prose.relate.scheme import Schemes
from loaders.prose.relate.slots import BODIES, FILL, PEOPLE, Slots
from loaders.prose.relate.subject import Clauses
from loaders.prose.relate.supervisors import leaders_of
from loaders.words import HEADS, NUMERALS, TEAMS

_LIST = lazy("[、和]")
_COUNTED = lazy("[一二三四五六七八九十]包")
_PLACE_ALONE = lazy(f"[{BODIES}]{FILL}*[。：\n]?$")  # '（二）大因镇'
_LABEL = lazy("[\\t\\n；　到赴]$")
_ENTRY = lazy("[：\\t　].")
_UNREAD = lazy(
    "(?:领导|干部|成员|单位|部门|党员|人员|代表|委员|[心范系]户|把手|[作导查察]队|[作导查察]组|专班)$"
)  # a class that nobody has read
_OFFICE = lazy(f"{HEADS}$")  # of somebody who is not named
_OF_A_PLACE = lazy(
    "(?:^|(?<=[，。；：、\\n]))((?:[\u4e00-\u9fff]{2,4}[镇乡])?(?:[县区市镇乡]委|党委|党工委|[镇乡]党委)?(?:书记|[县区市镇乡]长))$"
)
_TEAM = lazy(f"第?[{NUMERALS}][组路]$")  # by its number alone
_SENT = lazy(
    f"{TEAMS}$"
)  # inspectors: what they 包 they look into; '帮扶' is what a 帮扶组 was sent out for; nobody 包 them
_BEGUN = lazy("[，。；：\\n](?:[\u4e00-\u9fff]{0,6}(?:[镇乡县区市局]长|书记|主席|主任|委员))?([\u4e00-\u9fff]{2,4})$")
_ASIDE = lazy("（[^（）\\n]{2,24}）$")
_BRINGS = lazy(f"[{PEOPLE}{FILL}](?:同志)?(?:带领|率领|带|率)$")
_GOVERNED = lazy(
    "[针面]?对(?![接口标应])[^，。；：\\n\ue000-\ue021]{2,10}$"
)  # '对监测点分包部门进行督查': a noun, of whom 对 tells
_BIG = lazy("(?:片区?|村|社区|镇|乡)$")
_SITE = lazy(
    "(?:[河江湖溪沟渠]|水库|河段|江.{2}段|泡子?|淀|山|岭|林场|[厂矿场]|公司|装置|企业|周边)$"
)  # what one is answerable for on the spot, where the words are 包 and not 管
_STOP = lazy("[，。；：\\n]")
_TAKES = lazy("[包挂盯]")
_MORE = lazy("[市县区乡镇街]$|其他$")
_LEADER = lazy("领导$")
_LEFT = lazy("其余|其他|剩余|剩下")
_WHO_HAVE_IT = lazy("的(?:[省市州县区旗镇乡村]|有关|相关|责任)*(?:领导|干部|责任人|人员|同志)")
_NOUNS = ("单位", "责任单位", "干部", "领导", "责任人")  # '包联单位' is a noun


def relate(page: Page) -> list[Statement]:
    """IN_CHARGE_OF statements, SUPERVISES of kind 'contract' where a named person, or a body by its name, has it, PART_OF_SCHEME."""
    slots = Slots.of(page)
    clauses = Clauses.of(slots)
    named = Named.of(slots)
    parts = list(_rosters(slots, clauses))
    found = [*chiefs(slots, named), *columns(slots, named, parts), *entries(slots, parts)]
    rows = table("contracts")
    for row, m in rows.sieve("rows").over(slots.bare).matches():
        found += _read(row, m, slots, clauses, named)
    for part in parts:
        for row, m in rows.sieve("roster").over(slots.bare).matches(part.start, part.end):
            found += _read(row, m, slots, clauses, named, roster=True)
    found += _shared_out(found, slots.page, clauses)
    found += posted(slots)
    found += _classes(page, named)
    found += list(_schemes(page, found, clauses, named))
    unique: dict[tuple[int, str, int], Statement] = {}
    for s in found:
        unique.setdefault((id(s.source), s.type, id(s.target)), s)
    return sorted(unique.values(), key=lambda s: s.spans)


def _read(
    row: Row, m: re.Match[str], slots: Slots, clauses: Clauses, named: Named, roster: bool = False
) -> Iterator[Statement]:
    groups = m.re.groupindex
    parties: list[list[Entity]] = []
    run: Run | None = None
    leads = False  # whether whoever has them heads a group that is sent there
    spans = [Span(*m.span())]
    for group in "SO":
        run = slots.run(m.start(group)) if group in groups else None
        if group == "O" and "L" in groups:
            parties.append([named.tract(x, m.start()) for x in _LIST.split(slots.page.text[m.start("L") : m.end("L")])])
            continue
        if group == "S" and row.fields.get("those"):
            run = _those(number(m["N"]), m.start(), slots, clauses)
        elif group == "O" and row.get("object") == "near":
            mark = clauses.nearest(m["K"], m.start())
            run = Run(mark.span, (mark,), (mark,)) if mark else None
        elif run is None and group not in groups:
            if _GOVERNED.search(slots.text, max(0, m.start() - 12), m.start()):
                return
            run = _before(m.start(), slots, clauses, undergoes=group == "O")
            head = run and group == "S" and _called_so(run, slots)
            leads, run = bool(head), head or run
        if run is None or group in groups and _is_title(run):
            return
        if group == "S" and row.get("holder") and not re.match(row.get("holder"), slots.page.quote(run.span)):
            return
        if group == "O" and _says_who(run, None if "S" in groups else (m.start(), spans[-1]), slots):
            return
        if group == "S" and _wider_class(run, slots):
            return  # read by all its words as a class
        if group == "S" and row.fields.get("leads"):
            run = slots.team(run) or run
        spans.append(run.span)
        entities = _linked(run) if row.get("holder") else _members(run, slots, first=group == "O")
        if group == "S" and (board := leaders_of(run, slots)):
            entities = [board]
        parties.append(entities if group == "S" else [e for e in entities if e.label not in ("Person", "Post")])
    sources, targets = parties
    unwanted = row.get("not_target")
    targets = [
        e
        for e in targets
        if e.name not in _NOUNS and not _SENT.search(e.name) and not (unwanted and re.search(unwanted, e.name))
    ]
    if row.get("source") and any(e.label != row.get("source") or e.props.get("generic") for e in sources):
        return
    if row.get("holder"):
        posts = {id(e): slots.posts.get(id(e), []) for e in sources}
        sources = [e for e in sources if not posts[id(e)] or any(_LEADER.search(p.name) for p in posts[id(e)])]
    if row.fields.get("people"):
        sources = [e for e in sources if e.label == "Person"]
    if "V" in groups and (m["V"] or "").endswith("帮扶"):
        sources = [e for e in sources if not _SENT.search(e.name)]
    if "S" not in groups and _LABEL.search(slots.text, max(0, m.start() - 1), m.start()):
        targets = [e for e in targets if not e.props.get("generic")]  # '包联乡镇：' heads a list, '到包联乡镇督导'
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    gently = "V" in groups and bool(table("contracts").pattern("{how}*{gently}").fullmatch(m["V"] or ""))
    watched = bool(row.fields.get("supervises")) and (roster or leads or not gently)
    for source, target in dealt(sources, targets, slots.page.quote(span), None if "L" in groups else run, slots):
        if source is target:
            continue
        of_class = source.label == "Post" and bool(source.props.get("generic")) and _placed(target)
        watches = watched and (
            source.label == "Person"
            or of_class
            or _TEAM.search(source.name)
            or _SENT.search(source.name)
            or source.label == "Agency"
            and not source.props.get("generic")
            and target.label == "Region"
        )
        watches = watches or row.get("source") == "Agency" and bool(row.fields.get("supervises"))
        on_site = "V" in groups and _TAKES.search(m["V"] or "") and _SITE.search(target.name)
        whole = "L" not in groups or _BIG.search(target.name) or row.fields.get("whole") or on_site
        yield from in_charge(source, target, (span,), row.name, row.confidence, watches=bool(watches and whole))


def _those(count: int, at: int, slots: Slots, clauses: Clauses) -> Run | None:
    """The people named before an offset in its sentence, where they are as many as its words count ('由两人共同包保')."""
    sentence = clauses.sentence(at)
    heads = [h for r in slots.runs_in(sentence.span.start, at) for h in r.heads if h.kind == "P"] if sentence else []
    if len(heads) != count:
        return None
    return Run(Span(heads[0].span.start, heads[-1].span.end), tuple(heads), tuple(heads))


def _called_so(run: Run, slots: Slots) -> Run | None:
    """Who holds the title that opens a clause: '第一组组长为副局长某某，帮扶石桥镇'."""
    if run.people or run.marks[-1].kind != "T" or not slots.text.startswith(("为", "是", "由"), run.span.end):
        return None
    end = _STOP.search(slots.text, run.span.end)
    held = [r for r in slots.runs_in(run.span.end, end.start()) if r.people] if end else []
    return held[-1] if held else None


def _placed(target: Entity) -> bool:
    """Whether something is a place by name, or those of a kind that are left: who has them, be it a class of people, looks into them."""
    return target.label == "Region" or bool(_LEFT.match(target.name))


def _says_who(run: Run, verb: tuple[int, Span] | None, slots: Slots) -> bool:
    """Whether what is taken to be in somebody's charge only says whose charge something is: '分包社区部门', and, where the subject (its
    span) stands apart from the verb (its offset), '甲、分包乡镇的县领导', '镇政府罚款，党委和包联、包抓部门'."""
    words = slots.page.quote
    if any(
        b.generic and a.span.end == b.span.start and words(b.span) in (*_NOUNS, "部门") for a, b in pairwise(run.marks)
    ):
        return True
    if verb is None:
        return False
    at, who = verb
    if words(run.span) == "部门" and who.end != at:
        return True
    return slots.text[at - 1 : at] in tuple("、，和及与") and bool(_WHO_HAVE_IT.match(slots.page.text, run.span.end))


def _wider_class(run: Run, slots: Slots) -> bool:
    """Whether a run is but part of a class of people that its marks do not name: '园区' + '领导干部', '区' + '县领导'."""
    if not all(h.generic for h in run.heads):
        return False
    text, last = slots.page.text, run.marks[-1]
    part = len(run.marks) > 1 and last.kind == "T" and all(k.generic for k in run.marks)
    tail = last.kind != "T" and _UNREAD.search(text, last.span.end, run.span.end + 2)
    return part or bool(tail) or bool(_MORE.search(text, max(0, run.span.start - 2), run.span.start))


def _is_title(run: Run) -> bool:
    """Whether a list ends in an office without its holder ('县水利局局长'): no place and no body that anybody has."""
    last = run.marks[-1]
    if run.heads and run.heads[-1].kind == "P":
        return False  # '某某副县长'
    return last.kind == "T" and not last.generic and last.span.end == run.span.end


def _before(at: int, slots: Slots, clauses: Clauses, undergoes: bool) -> Run | None:
    """Whoever or whatever stands right before the verb, else the clause's subject."""
    verb, aside = at, _ASIDE.search(slots.text, max(0, at - 30), at)  # '石桥镇、某某（县长）包大因镇'
    if aside and slots.run(aside.start() - 1) is not None:
        at = aside.start()
    elif aside and surname_length(slots.text, slots.text.rfind("、", 0, aside.start()) + 1):
        return None  # a name that nobody has read
    run = slots.run(at - 1) if at else None
    if run is not None and run.span.end == at and (at == verb or run.heads and run.heads[-1].kind == "P"):
        tail = at > run.marks[-1].span.end and _UNREAD.search(slots.page.text, at - 2, at)
        if tail and all(h.generic for h in run.heads):
            return None  # '镇办干部' is another class
        brought = None if undergoes else _BRINGS.search(slots.text, max(0, run.span.start - 8), run.span.start)
        return (brought and slots.run(brought.start())) or run  # '县委常委某某带县纪委包抓石桥镇': he does
    if not undergoes and (office := _OF_A_PLACE.search(slots.page.text, max(0, at - 10), at)):
        span = Span(*office.span(1))  # '县委书记包石桥镇', whoever that is
        mark = Mark(span, "T", (Named.of(slots).generic(office[1], span, acts=True),))
        return Run(span, (mark,), (mark,))
    if _UNREAD.search(slots.text, max(0, at - 2), at) or _a_name(slots.text, at):
        return None
    found = clauses.undergoer(at) if undergoes else clauses.subject(at)
    return None if found and not found.people and _OFFICE.search(slots.text, max(0, at - 2), at) else found


def _a_name(text: str, at: int) -> bool:
    """Whether what stands between a comma and an offset is somebody whose name nobody has read ('，某某包抓…')."""
    begun = _BEGUN.search(text, max(0, at - 14), at)
    return begun is not None and surname_length(text, begun.start(1)) > 0


def _linked(run: Run) -> list[Entity]:
    """The people of a list, then what stands after the last of them: '石桥镇包联县领导某某、大因镇包联县领导某某'."""
    last = max((i for i, h in enumerate(run.heads) if h.kind == "P"), default=-1)
    return [*run.people, *(e for h in run.heads[last + 1 :] for e in h.entities)]


def _members(run: Run, slots: Slots, first: bool) -> list[Entity]:
    """The members of a list that belong to one verb: '甲包石桥镇、乙包大因镇' has 石桥镇、乙 between its two."""
    words = table("contracts")
    text = slots.text
    taken = words.pattern("{take}(?:了|着|到|好)?$").search(text[max(0, run.span.start - 6) : run.span.start])
    takes = words.pattern("{note}{how}*{take}").match(text, run.span.end)
    if not (taken and takes) or len(run.heads) < 2:
        return run.entities
    cut = next((i for i, h in enumerate(run.heads) if h.kind == "P"), len(run.heads) - 1)
    heads = run.heads[: max(1, cut)] if first else run.heads[max(1, cut) :]
    return Run(run.span, heads, run.marks).entities


def _shared_out(found: list[Statement], page: Page, clauses: Clauses) -> list[Statement]:
    """Supervision by people among whom a sentence shares places out, though it says no more than 联系 of each."""
    linked = [
        s for s in found if s.rule in ("person-linked", "person-linked-to-tract") and "联系" in page.quote(s.spans[0])
    ]
    by_sentence: dict[int, set[int]] = {}
    for s in linked:
        by_sentence.setdefault(clauses.index(s.spans[0].start), set()).add(id(s.source))
    props: dict[str, Value] = {"kind": "contract"}
    return [
        Statement(s.source, "SUPERVISES", s.target, s.spans, s.rule, s.confidence, props=dict(props))
        for s in linked
        if len(by_sentence[clauses.index(s.spans[0].start)]) > 1
    ]


def _classes(page: Page, named: Named) -> Iterator[Statement]:
    """Relations between classes, by their words: what the recogniser has not named becomes a generic entity."""
    words = table("contracts")
    before, after = (
        words.pattern("((?:{level})?(?:{who}))(?:[、和或及]|或者)$"),
        words.pattern("[、和及](?:包?到?)({what}){stop}"),
    )
    known = list(words.sieve("classes").over(page.text).matches())
    for row, m in [*known, *_beside(words.sieve("beside").over(page.text).matches(), [m.span() for _, m in known])]:
        sources, targets = [Span(*m.span("S"))], [Span(*m.span("O"))]
        while also := before.search(page.text, max(0, sources[-1].start - 14), sources[-1].start):
            sources.append(Span(*also.span(1)))
        while more := after.match(page.text, targets[-1].end):
            targets.append(Span(*more.span(1)))
        whole = sources[-1].joined(targets[-1])
        for s, t in ((s, t) for s in sources for t in targets):
            source, target = named.generic(page.quote(s), s, acts=True), named.generic(page.quote(t), t)
            watches = bool(row.fields.get("supervises"))
            yield from in_charge(source, target, (whole,), row.name, row.confidence, watches=watches)


def _beside(
    rows: Iterator[tuple[Row, re.Match[str]]], known: list[tuple[int, int]]
) -> Iterator[tuple[Row, re.Match[str]]]:
    """Pairs in words of their own, which another pair at their side tells for what they are ('干部包村、老兵包广场')."""
    found = [(row, m) for row, m in rows if not any(s < m.end() and m.start() < e for s, e in known)]
    pairs = known + [m.span() for _, m in found]
    starts, ends = {s for s, _ in pairs}, {e for _, e in pairs}
    yield from ((row, m) for row, m in found if m.end() + 1 in starts or m.start() - 1 in ends)


def _rosters(slots: Slots, clauses: Clauses) -> Iterator[Span]:
    """Parts of the page that list who is in charge of what: from the words that announce it to the next heading that
    names nobody."""
    announce = table("contracts").pattern("{announce}")
    if slots.page.meta.title and announce.search(slots.page.meta.title + "："):
        yield Span(0, len(slots.text))
        return
    done = 0
    for m in table("contracts").finditer("{announce}", slots.page.text):
        if m.start() < done:
            continue
        start, done = max(done, slots.text.rfind("\n", 0, m.start()) + 1), len(slots.text)
        for sentence in clauses.sentences[clauses.index(m.start()) + 1 :]:
            span = sentence.span
            if (
                not sentence.heading
                or _ENTRY.search(slots.page.quote(span))
                or any(k.kind == "P" for k in slots.marks_in(span.start, span.end))
                or _PLACE_ALONE.search(slots.text, span.start, span.end)
            ):
                continue
            if not announce.search(slots.page.text, span.start, span.end):
                done = span.start
                break
        yield Span(start, done)


def _apart(page: Page, clauses: Clauses, n: int) -> bool:
    """Whether a sentence ends its paragraph."""
    here = page.sentences[n : n + 2]
    return len(here) < 2 or "\n" in page.text[here[0].span.start : here[1].span.start]


def _schemes(page: Page, found: list[Statement], clauses: Clauses, named: Named) -> Iterator[Statement]:
    """Who stands in a scheme that the sentence of a charge names ('实行“三保三包”'), or of how many the one before counts them; else in
    the one that the page or its section is about."""
    marks = [(clauses.index(m.start()), m) for m in table("contracts").finditer("{scheme}", page.text)]
    counted = [(n + 1, m) for n, m in marks if _COUNTED.search(m.group()) and not _apart(page, clauses, n)]
    by_sentence = dict(reversed([*marks, *counted]))
    about = Schemes(page)
    for s in found:
        if s.type != "IN_CHARGE_OF":
            continue
        m = by_sentence.get(clauses.index(s.spans[0].start))
        said = about.of(s.spans[0].start) if m is None or about.called(m.group()) else None
        if m is not None and said is None:
            said = m.group(), (Span(*m.span()),)
        if said is not None:
            yield Statement(
                s.source, "PART_OF_SCHEME", named.scheme(said[0]), (*said[1], *s.spans), s.rule, s.confidence
            )
