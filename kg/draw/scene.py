"""What is drawn of a chain: boxes with their lines of text, arrows with the numbers of their sources, folded if too many."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kg.chain import Box, Chain, Lane, Shown, Source, Step
from kg.chain.rules import lanes
from kg.draw.style import LANGUAGES, style
from kg.draw.type import plain

SMALL = 20  # boxes up to which a chain is drawn from the top down, with every step
FOLD = 120  # boxes beyond which siblings are folded
GAP_BOXES = 8  # gaps up to which each has a box of its own; more are lines in the boxes they are about
SHOWN = 3  # members of a folded group that stay


@dataclass(frozen=True, slots=True)
class Item:
    """A box to draw: ``head`` its name, ``lines`` what stands beneath it, ``alert`` the lines about a gap."""

    id: str
    kind: str
    head: str
    lane: Lane
    lines: tuple[str, ...] = ()
    alert: tuple[str, ...] = ()
    subject: bool = False
    dashed: bool = False
    box: Box | None = None
    folded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow from the upper to the lower box; ``numbers`` are those of its sources."""

    id: str
    upper: str
    lower: str
    group: str
    word: str
    stated: bool
    numbers: tuple[int, ...] = ()
    step: Step | None = None


@dataclass(slots=True)
class Scene:
    """Everything a drawer needs, in a fixed order."""

    chain: Chain
    lang: str
    items: list[Item] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    heading: str = ""
    caption: str = ""
    remarks: list[str] = field(default_factory=list)


def scene(chain: Chain, lang: str = "zh", *, fold: int = FOLD, gap_boxes: int = GAP_BOXES) -> Scene:
    """What to draw of a chain; beyond ``fold`` boxes siblings with the same neighbours are folded into one.

    Up to ``gap_boxes`` gaps get boxes of their own; if there are more, each is written into the box it is about.
    """
    at = LANGUAGES.index(lang)
    out = Scene(chain, lang, sources=chain.sources())
    say = style().say
    out.heading = say("heading", lang, name=plain(chain.subject.name))
    out.caption = _caption(chain, lang)
    boxed, noted = _gaps(chain, gap_boxes)
    for box in chain.boxes:
        alert = tuple(g[at] for g in noted[box.id])
        if box.stands_for > 1:
            head = say("fold", lang, n=box.stands_for)
            out.items.append(Item(box.id, "Fold", head, box.lane, folded=(f"{plain(box.name)} …",)))
            continue
        lines = ((plain(box.title),) if box.title else ()) + tuple(plain(n[at]) for n in box.notes)
        out.items.append(
            Item(
                box.id, box.kind, plain(box.name), box.lane, lines, alert, box.subject, bool(alert) or box.generic, box
            )
        )
    numbers = {s.evidence: s.number for s in out.sources}
    steps, omitted = _worth_drawing(chain)
    for n, step in enumerate(steps):
        refs = sorted({numbers[e] for k in step.links if not k.derived for e in k.evidence if e in numbers})
        word = plain((step.zh, step.en)[at])
        group = style().group(step.type)
        out.arrows.append(Arrow(f"s{n}", step.upper, step.lower, group, word, step.stated, tuple(refs), step))
    for n, (box, text, above) in enumerate(boxed):
        lane = _gap_lane(box, above)
        item = Item(f"gap{n}", "Gap", text[at], lane, dashed=True)
        out.items.append(item)
        upper, lower = (item.id, box.id) if above else (box.id, item.id)
        out.arrows.append(Arrow(f"g{n}", upper, lower, "gap", say("gaps", lang), False))
    if len(out.items) > fold:
        _fold(out, fold)
    out.lanes = sorted({i.lane for i in out.items})
    out.items.sort(key=lambda i: (i.lane.order, i.id))
    if chain.bounded:
        out.remarks.append(say("bounded", lang))
    if chain.cut:
        out.remarks.append(say("cut", lang, depth=chain.depth))
    if omitted:
        out.remarks.append(say("omitted", lang, n=omitted))
    if not chain.steps:
        out.remarks.append(say("lonely", lang))
    return out


def shown(chain: Chain) -> Shown | None:
    """What of a chain is left of which a drawing tells the words; None where nothing is folded."""
    if len(chain.boxes) <= FOLD - GAP_BOXES:
        return None
    s = scene(chain)
    boxes = frozenset(i.id for i in s.items if i.box)
    if all(b.id in boxes for b in chain.boxes):
        return None
    return boxes, frozenset((a.step.upper, a.step.lower) for a in s.arrows if a.step)


def _caption(chain: Chain, lang: str) -> str:
    say = style().say
    if chain.as_of == "all":
        date = say("as_of_all", lang)
    else:
        date = say("as_of", lang, date=chain.as_of) if chain.as_of else say("as_of_now", lang)
    parts = [say(chain.direction, lang), date] + ([say("stated_only", lang)] if chain.stated_only else [])
    if chain.min_confidence:
        parts.append(say("min_confidence", lang, least=chain.min_confidence))
    return " · ".join(parts)


def _gaps(
    chain: Chain, limit: int
) -> tuple[list[tuple[Box, tuple[str, str], bool]], defaultdict[str, list[tuple[str, str]]]]:
    """Gaps drawn as boxes, ``(about, words, stands above it)``, and gaps written into boxes."""
    boxed: list[tuple[Box, tuple[str, str], bool]] = []
    noted: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    missing = [g for g in chain.gaps if g.kind in ("no_bearer", "no_person")]
    for gap in chain.gaps:
        if gap in missing and len(missing) <= limit:
            boxed.append((chain.box(gap.box), (gap.zh, gap.en), gap.kind == "no_bearer"))
        else:
            noted[gap.box].append((gap.zh, gap.en))
    return boxed, noted


def _gap_lane(box: Box, above: bool) -> Lane:
    if above or not box.lane.level:
        return box.lane
    return lanes().lane(box.lane.level, "leader" if box.lane.part == "organ" else "staff")


def _worth_drawing(chain: Chain) -> tuple[list[Step], int]:
    """In a large chain, leave out what another way says more closely; and how many steps that were.

    That is an assignment by one who stands over the bearer anyway, and a derived belonging (county to bureau) where
    somebody in between is known (county, deputy, bureau).
    """
    if len(chain.boxes) <= SMALL:
        return chain.steps, 0
    down: defaultdict[str, set[str]] = defaultdict(set)
    for step in chain.steps:
        down[step.upper].add(step.lower)
    people = {b.id for b in chain.boxes if b.kind in ("Person", "Post")}
    gone = set()
    for step in chain.steps:
        if step.type == "ASSIGNED":
            down[step.upper].discard(step.lower)
            if _reaches(down, step.upper, step.lower):
                gone.add((step.upper, step.lower))
            else:
                down[step.upper].add(step.lower)
        elif (
            step.type in ("PART_OF", "WITHIN")
            and not step.stated
            and step.lower in set().union(*(down[v] for v in down[step.upper] & people))
        ):
            gone.add((step.upper, step.lower))
    return [s for s in chain.steps if (s.upper, s.lower) not in gone], len(gone)


def _reaches(down: dict[str, set[str]], start: str, end: str) -> bool:
    seen, todo = {start}, [start]
    while todo:
        below = down.get(todo.pop(), set()) - seen
        if end in below:
            return True
        seen |= below
        todo += below
    return False


def _fold(out: Scene, limit: int) -> None:
    """Fold those alike into one box until no more than ``limit`` are left: first those with the same neighbours, then those below
    the same boxes, then those below the same first box, at last all of a kind in a lane."""
    _fold_people_into_bodies(out)
    for alike in (lambda above, below: (above, below), lambda above, below: above, lambda above, below: min(above, default=""),
                  lambda above, below: ()):  # fmt: skip
        if len(out.items) > limit:
            _fold_alike(out, limit, alike)


def _fold_alike(out: Scene, limit: int, alike: Callable[[frozenset[str], frozenset[str]], object]) -> None:
    groups: defaultdict[tuple[object, ...], list[Item]] = defaultdict(list)
    above: defaultdict[str, set[str]] = defaultdict(set)
    below: defaultdict[str, set[str]] = defaultdict(set)
    for arrow in out.arrows:
        above[arrow.lower].add(arrow.upper)
        below[arrow.upper].add(arrow.lower)
    for item in out.items:
        if not item.subject and item.kind != "Fold":
            key = alike(frozenset(above[item.id]), frozenset(below[item.id]))
            groups[item.kind, item.lane, key, bool(item.alert)].append(item)
    for _, group in sorted(groups.items(), key=lambda g: (-len(g[1]), g[1][0].id)):
        if len(out.items) <= limit or len(group) <= SHOWN + 1:
            return
        gone = group[SHOWN:]
        text = style().say("fold", out.lang, n=len(gone))
        names = tuple(i.head for i in gone)
        one = replace(gone[0], id=f"fold:{gone[0].id}", kind="Fold", head=text, lines=(), box=None, folded=names)
        _replace(out, {i.id for i in gone}, one)


def _fold_people_into_bodies(out: Scene) -> None:
    """A person who only holds a post of one body becomes a line of that body's box."""
    touching = Counter(i for a in out.arrows for i in (a.upper, a.lower))
    by_id = {i.id: i for i in out.items}
    kept = []
    for arrow in out.arrows:
        person, body = by_id[arrow.lower], by_id[arrow.upper]
        only_holds = arrow.group == "hold" and touching[arrow.lower] == 1
        if not only_holds or person.subject or person.kind not in ("Person", "Post"):
            kept.append(arrow)
            continue
        line = " ".join((person.lines[:1] or ("",)) + (person.head,)).strip()
        by_id[body.id] = replace(body, lines=(*body.lines, line), alert=body.alert + person.alert)
        del by_id[person.id]
    out.items, out.arrows = list(by_id.values()), kept


def _replace(out: Scene, gone: set[str], one: Item) -> None:
    out.items = [i for i in out.items if i.id not in gone] + [one]
    arrows: dict[tuple[str, str, str], Arrow] = {}
    for a in out.arrows:
        upper, lower = (one.id if end in gone else end for end in (a.upper, a.lower))
        if upper == lower:
            continue
        same = (upper, lower) == (a.upper, a.lower)
        moved = a if same else replace(a, upper=upper, lower=lower)
        key = (upper, lower, a.id if same else a.group)
        if key in arrows:
            merged = tuple(sorted({*arrows[key].numbers, *moved.numbers}))
            moved = replace(arrows[key], numbers=merged, stated=arrows[key].stated or moved.stated)
        arrows[key] = moved
    out.arrows = list(arrows.values())
