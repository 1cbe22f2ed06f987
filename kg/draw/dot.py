"""A chain for Graphviz: a rank a lane, dashed edges for derived steps, quotes as tooltips."""

from __future__ import annotations

from kg.chain import Chain
from kg.draw.scene import SMALL, scene
from kg.draw.style import LIGHT, style
from kg.draw.type import plain


def dot(chain: Chain, lang: str = "zh") -> str:
    """The graph's text, from the top down or, beyond about twenty boxes, from left to right."""
    s = scene(chain, lang)
    names = {item.id: f"n{i}" for i, item in enumerate(s.items)}
    quotes = {x.number: plain(f"{x.evidence.quote} ——《{x.title}》{x.published}") for x in s.sources}
    looks, groups = style().kinds, style().groups
    lines = [
        "digraph chain {",
        f"  graph [rankdir={'TB' if len(s.items) <= SMALL else 'LR'} nodesep=0.2 ranksep=0.7];",
        f'  graph [label={_quote(s.heading)} labelloc=t fontname="Noto Sans CJK SC"];',
        '  node [shape=box style="rounded,filled" fontname="Noto Sans CJK SC" fontsize=12 margin="0.14,0.06"];',
        '  edge [fontname="Noto Sans CJK SC" fontsize=9 arrowsize=0.6];',
    ]
    for item in s.items:
        look = looks[item.kind]
        label = _quote("\n".join((item.head, *item.lines, *item.alert)))
        extra = ' style="rounded,filled,dashed"' if item.dashed else ""
        extra += " penwidth=2.5" if item.subject else ""
        fill, line = look.fill[LIGHT], look.line[LIGHT]
        lines.append(f'  {names[item.id]} [label={label} fillcolor="{fill}" color="{line}"{extra}];')
    for lane in s.lanes:
        members = " ".join(f"{names[i.id]};" for i in s.items if i.lane == lane)
        lines.append(f"  {{ rank=same; {members} }}")
    for a in s.arrows:
        tip = "\n".join(quotes[n] for n in a.numbers)
        dash = "" if a.stated else " style=dashed"
        colour = groups[a.group].line[LIGHT]
        lines.append(
            f'  {names[a.upper]} -> {names[a.lower]} [label={_quote(a.word)} color="{colour}"'
            f" tooltip={_quote(tip or a.word)}{dash}];"
        )
    return "\n".join([*lines, "}"]) + "\n"


def _quote(text: str) -> str:
    """A DOT string: backslashes would start escapes such as \\N, so they are doubled; line ends become \\n."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
