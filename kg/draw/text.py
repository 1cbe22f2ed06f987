"""A chain as a tree for the terminal: upper things first, every step with its words and the numbers of its sources."""

from __future__ import annotations

from collections import defaultdict

from kg.chain import Chain
from kg.draw.scene import Arrow, Item, Scene, scene
from kg.draw.style import style
from kg.draw.type import columns, plain, wrap


def text(chain: Chain, lang: str = "zh", *, width: int = 100) -> str:
    """The tree, then gaps, remarks and sources, in lines of at most ``width`` columns (two a Chinese character)."""
    s = scene(chain, lang, fold=10**9, gap_boxes=0)
    lines = [s.heading, s.caption, ""]
    below: defaultdict[str, list[Arrow]] = defaultdict(list)
    order = {i.id: n for n, i in enumerate(s.items)}
    for arrow in s.arrows:
        below[arrow.upper].append(arrow)
    lowers = {a.lower for a in s.arrows}
    seen: set[str] = set()
    tops = [i for i in s.items if i.id not in lowers]
    for item in [*tops, *s.items]:
        if item.id not in seen:
            lines += _tree(s, item, below, order, seen, width)
    if s.remarks:
        lines += ["", *(f"* {r}" for r in s.remarks)]
    return "\n".join([*lines, "", *_sources(s, width)]) + "\n"


def _tree(
    s: Scene, root: Item, below: dict[str, list[Arrow]], order: dict[str, int], seen: set[str], width: int
) -> list[str]:
    items = {i.id: i for i in s.items}
    lines: list[str] = []
    stack: list[tuple[Item, Arrow | None, str, bool]] = [(root, None, "", True)]
    while stack:
        item, arrow, indent, last = stack.pop()
        branch = "" if arrow is None else ("└" if last else "├") + ("─ " if arrow.stated else "╌ ")
        inner = indent if arrow is None else indent + ("   " if last else "│  ")
        again = item.id in seen
        children = [] if again else sorted(below.get(item.id, ()), key=lambda a: (order[a.lower], a.id))
        seen.add(item.id)
        follow = inner + ("│  " if children else "   ")
        said = _said(s, item, arrow, again)
        room = max(width - columns(follow) - 2, 24)  # a closing mark may hang over
        lane = f" {item.lane.zh if s.lang == 'zh' else item.lane.en}"
        said += lane if not again and columns(said + lane) <= room else ""
        first, *more = wrap(said, room, measure=columns)
        lines += [indent + branch + first, *(follow + line for line in more)]
        for n, child in enumerate(reversed(children)):
            stack.append((items[child.lower], child, inner, n == 0))
    return lines


def _said(s: Scene, item: Item, arrow: Arrow | None, again: bool) -> str:
    say = style().say
    out = ""
    if arrow is not None:
        why = arrow.step.why[0 if s.lang == "zh" else 1] if arrow.step else ""
        mark = "" if arrow.stated else f"（{say('derived', s.lang)}" + (f"：{why}）" if why else "）")
        refs = "".join(f"[{n}]" for n in arrow.numbers)
        out = f"{arrow.word}{mark}{refs} → "
    name = f"【{item.head}】" if item.subject else item.head
    out += name
    if again:
        return f"{out}（{say('seen_above', s.lang)}）"
    extra = [*item.lines, *(f"〔{a}〕" for a in item.alert)]
    out += f" {' · '.join(extra)}" if extra else ""
    return out


def _sources(s: Scene, width: int) -> list[str]:
    say = style().say
    if not s.sources:
        return [say("no_sources", s.lang)] if s.arrows else []
    lines = [say("sources", s.lang)]
    for source in s.sources:
        head = f"[{source.number}] "
        told = plain(f"“{source.evidence.quote}” ——《{source.title}》{source.published}")
        first, *more = wrap(told, width - len(head) - 2, measure=columns)
        lines += [head + first, *(" " * len(head) + line for line in more)]
    return lines
