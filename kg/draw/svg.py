"""A chain as SVG: named lanes, boxes, arrows, a key and the list of sources; a title and a description for readers aloud.

Colours are presentation attributes, so that the file needs no style sheet and a page that embeds it may restyle it by class.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from xml.sax.saxutils import escape, quoteattr

from kg.chain import Chain
from kg.draw.foot import key, listed
from kg.draw.layout import Layout, Rows, layout, rows_of
from kg.draw.pen import FAINT, INK, LEAD, NAME, NOTE, PAD, SOFT, text
from kg.draw.scene import SMALL, Arrow, Item, Scene, scene
from kg.draw.style import LIGHT, style
from kg.draw.type import ems, wrap

HEAD = 74.0
BANDS = ("#f4f6f9", "#fafbfc")
LIMITS = {"Obligation": (15.0, 3), "Gap": (14.0, 2)}  # widest line of a box's name in ems, and how many lines
LIMIT = (17.0, 2)
NARROW = (11.0, 5)  # of all boxes in a large drawing
MANY = 40  # boxes from which on a drawing is large
WIDEST = 2000.0  # a small drawing wider than this is arranged as a large one is
SHEET = (1032.0, 1497.0)  # what an A3 sheet has room for, in units of the drawing
SIDE = 150.0  # about the room for the lanes' names
WRAPPED = (
    (False, 6),
    (False, 9),
    (False, 14),
    (True, 16),
    (True, 28),
)  # turned or not, and boxes in a row that are not wrapped
BETWEEN = (
    (56.0, 84.0),
    (36.0, 60.0),
)  # between rows: from the top down, and from left to right; the same of a large drawing


@dataclass(frozen=True, slots=True)
class Written:
    """A box's text broken into lines, and its size."""

    head: tuple[str, ...]
    small: tuple[tuple[str, bool], ...]
    width: float
    height: float


def svg(chain: Chain, lang: str = "zh") -> str:
    """The SVG document of a chain."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + picture(scene(chain, lang), sources=True) + "\n"


def picture(s: Scene, *, sources: bool, live: bool = False) -> str:
    """The <svg> element of a scene; ``live`` boxes and arrows can be focused and carry their ids for a script."""
    return _Picture(s, live).draw(sources)


class _Picture:
    def __init__(self, s: Scene, live: bool) -> None:
        self.s, self.live = s, live
        self.large = len(s.items) > MANY
        self.between = BETWEEN[self.large]
        self.text = {i.id: _write(i, self.large) for i in s.items}
        self.names = {i.id: i.head for i in s.items}
        self.place = self._arranged()
        names = [n for lane in s.lanes for n in self._lane_name(lane.zh if s.lang == "zh" else lane.en)]
        self.side = 0.0 if self.turned else max((ems(n) for n in names), default=0) * NAME + 34
        self.head = 0.0 if live else HEAD  # a page has its own heading
        self.top = self.head + (40 if self.turned else 12)

    def draw(self, sources: bool) -> str:
        low = min((x - w / 2 for x, _, w in self._extent()), default=0.0)
        span = self._span()
        deep = self.place.bounds[-1][1] if self.place.bounds else 0.0
        inner = (deep, span) if self.turned else (span, deep)
        width = max(inner[0] + 2 * PAD + self.side, 760.0)
        self.shift = (width - self.side - inner[0]) / 2 + self.side, self.top + 22, low
        bottom = self.top + inner[1] + 44
        boxes = (self._box(n, item) for n, item in enumerate(self.s.items))
        body = [self._bands(width, bottom), *map(self._arrow, self.s.arrows), *boxes]
        keys, height = key(self.s, width, bottom + 26)
        body.append(keys)
        if sources:
            below, height = listed(self.s, width, height + 12)
            body.append(below)
        return self._frame(width, height + PAD - 8, "".join(body))

    def _arranged(self) -> Layout:
        """Top down where that is small; of a larger drawing the way and the number of boxes in a row that give the largest type
        on a sheet."""
        rows = rows_of(self.s)
        self.turned = False
        if len(self.s.items) <= SMALL and self._size(rows)[0] <= WIDEST:
            return layout(rows, *self._sizes())
        best = 0.0
        found = rows, False
        for turned, most in WRAPPED:
            self.turned = turned
            rows = rows_of(self.s, most)
            across, along = self._size(rows)
            short, long = sorted((across + 2 * PAD + (0 if turned else SIDE), along + 2 * PAD))
            if (fits := min(SHEET[0] / short, SHEET[1] / long)) > best:
                best, found = fits, (rows, turned)
        self.turned = found[1]
        return layout(found[0], *self._sizes())

    def _sizes(self) -> tuple[dict[str, float], dict[str, float], float, float, float]:
        """Of boxes both ways, and what is kept between boxes, rows and arrows."""
        wide = {k: t.width for k, t in self.text.items()}
        high = {k: t.height for k, t in self.text.items()}
        between, beside = self.between[self.turned], 4.0 if self.large else 20.0
        if self.turned:
            return high, wide, 10.0, between, min(beside, 10.0)
        return wide, high, 14.0 if self.large else 20.0, between, beside

    def _size(self, rows: Rows) -> tuple[float, float]:
        return rows.size(*self._sizes())

    def _extent(self) -> list[tuple[float, float, float]]:
        size = {k: (t.height if self.turned else t.width) for k, t in self.text.items()}
        return [(x, y, size.get(k, 10.0)) for k, (x, y) in self.place.at.items()]

    def _span(self) -> float:
        rows = self._extent()
        return max((x + w / 2 for x, _, w in rows), default=0.0) - min((x - w / 2 for x, _, w in rows), default=0.0)

    def _xy(self, point: tuple[float, float]) -> tuple[float, float]:
        left, top, low = self.shift
        across, along = point[0] - low, point[1]
        return (left + along, top + across) if self.turned else (left + across, top + along)

    def _frame(self, width: float, height: float, body: str) -> str:
        s, say = self.s, style().say
        stated = sum(a.stated for a in s.arrows)
        about = say("description", s.lang, boxes=len(s.items), steps=len(s.arrows), stated=stated)
        texts = " ".join([s.caption, about, *s.remarks])
        markers = "".join(
            f'<marker id="to-{g}" viewBox="0 0 8 8" refX="7.2" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">'
            f'<path class="tip {g}" d="M0 .8 8 4 0 7.2z" fill="{look.line[LIGHT]}"/></marker>'
            for g, look in style().groups.items()
            if any(a.group == g for a in s.arrows)
        )
        head = "" if self.live else text(PAD, 36, s.heading, 19, INK, "ink", weight=600)
        caption = "" if self.live else text(PAD, 58, " · ".join([s.caption, *s.remarks]), 12, SOFT, "soft")
        role = 'role="group"' if self.live else 'role="img"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
            f'height="{height:.0f}" {role} aria-labelledby="chain-title chain-about" lang="{s.lang}" '
            f'font-family={quoteattr(style().font)} font-size="{NAME:g}">'
            f'<title id="chain-title">{escape(s.heading)}</title><desc id="chain-about">{escape(texts)}</desc>'
            f'<defs>{markers}</defs><rect class="paper" width="100%" height="100%" fill="#ffffff"/>'
            f"{head}{caption}{body}</svg>"
        )

    def _bands(self, width: float, bottom: float) -> str:
        """Lanes as bands that meet; those of one level share a shade, and its name stands at the first of them."""
        out, levels = [], list(dict.fromkeys(lane.level or lane.part for lane in self.s.lanes))
        half = self.between[self.turned] / 2
        for i, lane in enumerate(self.s.lanes):
            first, last = self.place.lanes[lane.order]
            start, end = self.place.bounds[first][0] - half, self.place.bounds[last][1] + half
            nth = levels.index(lane.level or lane.part) % 2
            shade = f'class="band band{nth}" fill="{BANDS[nth]}"'
            follows = i > 0 and bool(lane.level) and self.s.lanes[i - 1].level == lane.level
            name = self._lane_name(lane.zh if self.s.lang == "zh" else lane.en)
            looks = [(13, SOFT, 600), (11, FAINT, 400)]
            if follows:
                name, looks = name[1:], looks[1:]
            if self.turned:
                x, x2 = self.shift[0] + start, self.shift[0] + end
                x, x2 = (0.0 if i == 0 else x), (width if i == len(self.s.lanes) - 1 else x2)
                middle = self.shift[0] + (start + end) / 2
                out.append(
                    f'<rect {shade} x="{x:.1f}" y="{self.head:g}" width="{x2 - x:.1f}" height="{bottom - self.head:.1f}"/>'
                )
                if follows:
                    out.append(f'<path class="rule" d="M{x:.1f} {self.head:g}V{bottom:.1f}" stroke="#e3e8ee"/>')
                for line, look in zip(name, looks, strict=False):
                    y = self.head + (22 if look[0] == 13 else 40)
                    out.append(text(middle, y, line, *look[:2], "soft", look[2], "middle"))
            else:
                y, y2 = self.shift[1] + start, self.shift[1] + end
                y, y2 = (self.head if i == 0 else y), (bottom if i == len(self.s.lanes) - 1 else y2)
                middle = self.shift[1] + (start + end) / 2
                out.append(f'<rect {shade} x="0" y="{y:.1f}" width="{width:.0f}" height="{y2 - y:.1f}"/>')
                if follows:
                    out.append(f'<path class="rule" d="M0 {y:.1f}H{width:.0f}" stroke="#e3e8ee"/>')
                for n, (line, look) in enumerate(zip(name, looks, strict=False)):
                    at = middle + 4.5 + (n * 18 - 9 if len(name) > 1 else 0)
                    out.append(text(PAD, at, line, *look[:2], "soft", look[2]))
        return "".join(out)

    def _lane_name(self, name: str) -> list[str]:
        return name.split(" · ")

    def _arrow(self, a: Arrow) -> str:
        d = self._curve(a)
        look = style().groups[a.group]
        dash = "" if a.stated else ' stroke-dasharray="5 4"'
        said = self._told(a)
        line = (
            f'<path class="line {a.group}" d="{d}" fill="none" stroke="{look.line[LIGHT]}" stroke-width="1.4"{dash}'
            f' marker-end="url(#to-{a.group})"/>'
        )
        if not self.live or a.step is None:
            return f"<g><title>{escape(said)}</title>{line}{self._badge(a)}</g>"
        grip = f'<path class="grip" d="{d}" fill="none" stroke="#000" stroke-opacity="0" stroke-width="14"/>'
        return f'<g class="arrow" id="{a.id}" tabindex="0" role="button" aria-label={quoteattr(said)}>{grip}{line}{self._badge(a)}</g>'

    def _told(self, a: Arrow) -> str:
        upper, lower = self.names[a.upper], self.names[a.lower]
        mark = style().say("stated" if a.stated else "derived", self.s.lang)
        refs = "".join(f"[{n}]" for n in a.numbers)
        return f"{upper} → {lower}：{a.word}（{mark}）{refs}"

    def _ends(self, a: Arrow) -> list[tuple[float, float]]:
        """Points of an arrow on the page: the edge of one box, where rows begin and end, the edge of the other."""
        points = [self._xy(p) for p in self.place.paths[a.id]]
        axis = 0 if self.turned else 1
        forward = 1 if points[-1][axis] >= points[0][axis] else -1
        out = []
        for box, sign in ((a.upper, forward), (a.lower, -forward)):
            half = sign * (self.text[box].width if self.turned else self.text[box].height) / 2
            x, y = self._xy(self.place.at[box])
            out.append((x + half, y) if self.turned else (x, y + half))
        return [out[0], *points, out[1]]

    def _curve(self, a: Arrow) -> str:
        """Straight through the rows, curved between them."""
        points = self._ends(a)
        d = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
        for n, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
            if n % 2 == 0:
                d += f"L{x2:.1f} {y2:.1f}" if abs(x2 - x1) + abs(y2 - y1) > 0.5 else ""
            elif self.turned:
                m = (x1 + x2) / 2
                d += f"C{m:.1f} {y1:.1f} {m:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
            else:
                m = (y1 + y2) / 2
                d += f"C{x1:.1f} {m:.1f} {x2:.1f} {m:.1f} {x2:.1f} {y2:.1f}"
        return d

    def _badge(self, a: Arrow) -> str:
        """The numbers of an arrow's sources, near the end where fewer arrows meet."""
        if not a.numbers:
            return ""
        points = self._ends(a)
        late = sum(b.lower == a.lower for b in self.s.arrows) <= sum(b.upper == a.upper for b in self.s.arrows)
        (x1, y1), (x2, y2) = points[-3:-1] if late else points[1:3]
        t = 0.62 if late else 0.38
        k = 3 * t * t - 2 * t * t * t  # where the curve is, across, when it has gone t along
        x, y = (x1 + (x2 - x1) * t, y1 + (y2 - y1) * k) if self.turned else (x1 + (x2 - x1) * k, y1 + (y2 - y1) * t)
        label = ",".join(map(str, a.numbers[:3])) + ("…" if len(a.numbers) > 3 else "")
        wide = max(15.0, ems(label) * 9.5 + 8)
        colour = style().groups[a.group].line[LIGHT]
        return (
            f'<g class="badge {a.group}"><rect x="{x - wide / 2:.1f}" y="{y - 7.5:.1f}" width="{wide:.1f}" height="15" '
            f'rx="7.5" fill="#ffffff" stroke="{colour}" stroke-width=".8"/>'
            f"{text(x, y + 3.4, label, 9.5, colour, a.group, anchor='middle')}</g>"
        )

    def _box(self, number: int, item: Item) -> str:
        t, look = self.text[item.id], style().kinds[item.kind]
        x, y = self._xy(self.place.at[item.id])
        thick = 2.4 if item.subject else 1.1
        dash = ' stroke-dasharray="5 3"' if item.dashed or item.kind == "Fold" else ""
        colour = style().kinds["Gap"].line[LIGHT] if item.alert else look.line[LIGHT]
        kind = "alert" if item.alert else ""
        left, top = x - t.width / 2, y - t.height / 2
        ink = f'fill="{look.fill[LIGHT]}" stroke="{colour}" stroke-width="{thick}"{dash}'
        parts = [f'<rect x="{left:.1f}" y="{top:.1f}" width="{t.width:.1f}" height="{t.height:.1f}" rx="6" {ink}/>']
        at = top + 7
        for line in t.head:
            at += NAME * LEAD
            weight = 600 if item.subject else 400
            parts.append(text(x, at - 4.2, line, NAME, INK, "ink", weight, "middle"))
        for line, alert in t.small:
            at += NOTE * LEAD
            tone, css = (style().kinds["Gap"].line[LIGHT], "warn") if alert else (SOFT, "soft")
            parts.append(text(x, at - 3.4, line, NOTE, tone, css, anchor="middle"))
        full = "\n".join((item.head, *item.lines, *item.alert, *item.folded))
        attributes = f'class="box {item.kind} {kind}"'
        if self.live and item.box is not None:
            attributes += f' id="b{number}" tabindex="0" role="button" aria-label={quoteattr(full)}'
            return f"<g {attributes}>{''.join(parts)}</g>"
        return f"<g {attributes}><title>{escape(full)}</title>{''.join(parts)}</g>"


def _write(item: Item, narrow: bool) -> Written:
    limit, most = NARROW if narrow else LIMITS.get(item.kind, LIMIT)
    lines = min(most, ceil(ems(item.head) / limit))
    head = wrap(item.head, min(limit, ems(item.head) / max(lines, 1) + 1.2), most)
    small = [(line, False) for said in item.lines for line in wrap(said, limit * NAME / NOTE, 2)]
    small += [(line, True) for said in item.alert for line in wrap(said, limit * NAME / NOTE, 2)]
    wide = max([ems(t) * NAME for t in head] + [ems(t) * NOTE for t, _ in small])
    high = len(head) * NAME * LEAD + len(small) * NOTE * LEAD + 13
    return Written(tuple(head), tuple(small), wide + 26, high)
