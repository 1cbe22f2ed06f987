"""What stands beneath a drawing: the key to its colours and lines, and the list of sources."""

from __future__ import annotations

from kg.draw.pen import FAINT, INK, NAME, NOTE, PAD, SOFT, text
from kg.draw.scene import Scene
from kg.draw.style import LIGHT, style
from kg.draw.type import ems, plain, wrap

LINES = 80  # lines of sources below a drawing


def key(s: Scene, width: float, y: float) -> tuple[str, float]:
    """What colours and lines mean, for those that occur; and the height reached."""
    at = 0 if s.lang == "zh" else 1
    out, x = [], PAD
    entries: list[tuple[str, str, str, str]] = []
    for group, look in style().groups.items():
        if group != "gap" and any(a.group == group for a in s.arrows):
            entries.append(("line", group, look.line[LIGHT], look.name[at]))
    for key, dash in (("stated", ""), ("derived", ' stroke-dasharray="5 4"')):
        entries.append((f"dash{dash}", "plain", SOFT, style().say(key, s.lang)))
    for kind, look in style().kinds.items():
        if any(i.kind == kind for i in s.items):
            entries.append(("box", kind, look.line[LIGHT], look.name[at]))
    for what, css, colour, name in entries:
        size = 30 + ems(name) * NOTE + 20
        if x + size > width - PAD + 20:
            x, y = PAD, y + 20
        if what == "box":
            fill = style().kinds[css].fill[LIGHT]
            out.append(
                f'<g class="box {css}"><rect x="{x:.1f}" y="{y - 10:.1f}" width="22" height="12" rx="3" fill="{fill}" '
                f'stroke="{colour}"/></g>'
            )
        else:
            dash = what.removeprefix("dash") if what.startswith("dash") else ""
            out.append(
                f'<path class="line {css}" d="M{x:.1f} {y - 4:.1f}h22" fill="none" stroke="{colour}" '
                f'stroke-width="1.6"{dash}/>'
            )
        out.append(text(x + 28, y, name, NOTE, SOFT, "soft"))
        x += size
    return "".join(out), y + 12


def listed(s: Scene, width: float, y: float) -> tuple[str, float]:
    say = style().say
    if not s.sources:
        return (text(PAD, y + 20, say("no_sources", s.lang), 12, SOFT, "soft"), y + 24) if s.arrows else ("", y)
    out = [f'<path class="rule" d="M{PAD:g} {y:.1f}H{width - PAD:.1f}" stroke="#dde2e8"/>']
    y += 26
    out.append(text(PAD, y, say("sources", s.lang), NAME, INK, "ink", 600))
    y += 6
    room, lines = (width - 2 * PAD - 30) / 12, 0
    for n, source in enumerate(s.sources):
        told = plain(f"“{source.evidence.quote}” ——《{source.title}》{source.published}")
        rows = wrap(told, room, 6)
        if lines and lines + len(rows) > LINES:
            y += 18
            out.append(text(PAD, y, say("more_sources", s.lang, n=len(s.sources) - n), 12, SOFT, "soft"))
            break
        out.append(text(PAD + 20, y + 17, str(source.number), 12, FAINT, "soft", anchor="end"))
        for row in rows:
            y += 17
            out.append(text(PAD + 30, y, row, 12, "#35414e", "ink"))
        y += 3
        lines += len(rows)
    return "".join(out), y + 4
