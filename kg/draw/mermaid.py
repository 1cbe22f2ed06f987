"""A chain as a Mermaid flowchart: a subgraph a lane, dotted links for derived steps."""

from __future__ import annotations

from kg.chain import Chain
from kg.draw.scene import SMALL, scene
from kg.draw.style import LIGHT, style

# Mermaid reads Markdown and HTML in labels; these are written as its own entity codes instead.
_CODES = {c: f"#{ord(c)};" for c in '#&"<>`*_~[]{}()|\\;:%'}


def mermaid(chain: Chain, lang: str = "zh") -> str:
    """The flowchart's text, from the top down or, beyond about twenty boxes, from left to right."""
    s = scene(chain, lang)
    names = {item.id: f"n{i}" for i, item in enumerate(s.items)}
    lines = ["---", f"title: {_yaml(s.heading)}", "---", f"flowchart {'TB' if len(s.items) <= SMALL else 'LR'}"]
    for k, lane in enumerate(s.lanes):
        lines.append(f'  subgraph L{k}["{_escape(lane.zh if lang == "zh" else lane.en)}"]')
        for item in (i for i in s.items if i.lane == lane):
            label = "<br/>".join(_escape(t) for t in (item.head, *item.lines, *item.alert))
            lines.append(f'    {names[item.id]}["{label}"]:::{item.kind}')
        lines.append("  end")
    for a in s.arrows:
        link = "-->" if a.stated else "-.->"
        refs = "".join(f" {n}" for n in a.numbers[:4])
        lines.append(f'  {names[a.upper]} {link}|"{_escape(a.word)}{refs}"| {names[a.lower]}')
    for kind in sorted({i.kind for i in s.items}):
        look = style().kinds[kind]
        dash = ",stroke-dasharray:5 4" if kind == "Gap" else ""
        lines.append(f"  classDef {kind} fill:{look.fill[LIGHT]},stroke:{look.line[LIGHT]},color:#1d2733{dash}")
    subject = next((names[i.id] for i in s.items if i.subject), "")
    if subject:
        lines.append(f"  style {subject} stroke-width:3px")
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    return "".join(_CODES.get(c, c) for c in text)


def _yaml(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
