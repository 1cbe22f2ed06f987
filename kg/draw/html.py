"""A chain as one HTML file: the drawing, and a panel that opens on what a box or an arrow rests on. No request leaves it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from importlib.resources import files
from typing import Any

from kg.chain import Box, Chain
from kg.draw.scene import Arrow, Item, Scene, scene
from kg.draw.style import DARK, LIGHT, style
from kg.draw.svg import picture
from kg.model import Edge, Evidence
from kg.page.document import document
from kg.page.evidence import notice_data, passage

A4 = (703.0, 1032.0)  # what the sheet has room for, in units of the drawing
LEGIBLE = 0.55  # of the size on the screen


def html(chain: Chain, lang: str = "zh") -> str:
    """The document of a chain."""
    s = scene(chain, lang)
    drawing = picture(s, sources=False, live=True)
    body = _read("chain.html").format(
        heading=escape(s.heading),
        caption=escape(" · ".join([s.caption, *s.remarks])),
        drawing=drawing,
        sources_list=_sources(s),
        **{k: escape(style().say(k, lang)) for k in ("choose", "close", "sources")},
    )
    return document(
        s.heading,
        body,
        lang="zh-CN" if lang == "zh" else "en",
        styles=[look() + sheet(drawing)],
        scripts=[_read("chain.js")],
        data={"chain": _data(s)},
    )


def sheet(drawing: str) -> str:
    """How the sheet lies when the page is printed, as the drawing does; one that were too small to read on A4 has A3."""
    size = re.search(r'width="(\d+)" height="(\d+)"', drawing)
    wide, high = (int(size[1]), int(size[2])) if size else (1, 1)
    fits = min(A4[0] / min(wide, high), A4[1] / max(wide, high))
    paper = "A4" if fits >= LEGIBLE else "A3"
    return f"@page{{size:{paper} {'portrait' if high > wide else 'landscape'};margin:12mm}}\n"


def look() -> str:
    """The style sheet of chains, which other pages of words begin with."""
    return colours() + _read("chain.css")


def colours() -> str:
    """CSS variables for the table of colours, light and dark."""
    out = []
    for theme in (LIGHT, DARK):
        rules = [f"--font:{style().font}"] if theme == LIGHT else []
        for kind, look in style().kinds.items():
            rules += [f"--{kind}-fill:{look.fill[theme]}", f"--{kind}-line:{look.line[theme]}"]
        rules += [f"--{group}:{look.line[theme]}" for group, look in style().groups.items()]
        block = ":root{" + ";".join(rules) + "}"
        out.append(block if theme == LIGHT else "@media (prefers-color-scheme:dark){" + block + "}")
    for kind in style().kinds:
        out.append(f".{kind}>rect{{fill:var(--{kind}-fill);stroke:var(--{kind}-line)}}")
    for group in style().groups:
        out.append(f".line.{group}{{stroke:var(--{group})}}.tip.{group},text.{group}{{fill:var(--{group})}}")
        out.append(f".badge.{group}>rect{{stroke:var(--{group})}}")
    return "\n".join(out) + "\n"


def _data(s: Scene) -> dict[str, Any]:
    at = 0 if s.lang == "zh" else 1
    say = style().say
    heads = {i.id: i.head for i in s.items}
    link = partial(_link, s)
    ids = {item.id: f"b{n}" for n, item in enumerate(s.items)}
    notices = {k: notice_data(n) for k, n in s.chain.notices.items()}
    words = ("above", "below", "folded_here", "stated", "derived", "open_notice", "gaps")
    return {
        "words": {k: say(k, s.lang) for k in words},
        "notices": notices,
        "subject": next((ids[i.id] for i in s.items if i.box is not None and i.box.subject), ""),
        "boxes": {ids[i.id]: _box(s, i, i.box, at, link) for i in s.items if i.box is not None},
        "arrows": {a.id: _arrow(a, ids, heads, at, link) for a in s.arrows if a.step is not None},
    }


def _box(s: Scene, item: Item, box: Box, at: int, link: Callable[[Edge], Any]) -> dict[str, Any]:
    chain = s.chain
    return {
        "kind": style().kinds[box.kind].name[at],
        "css": box.kind,
        "name": box.name,
        "lines": list(item.lines),
        "lane": (box.lane.zh, box.lane.en)[at],
        "gaps": [(g.zh, g.en)[at] for g in chain.gaps if g.box == box.id],
        "members": [{"id": n.id, "name": n.name, "aliases": list(n.aliases)} for n in box.members],
        "links": [link(e) for e in box.inner],
    }


def _arrow(
    a: Arrow, ids: Mapping[str, str], heads: Mapping[str, str], at: int, link: Callable[[Edge], Any]
) -> dict[str, Any]:
    step = a.step
    assert step is not None
    return {
        "upper": ids[a.upper],
        "lower": ids[a.lower],
        "names": [heads[a.upper], heads[a.lower]],
        "word": a.word,
        "group": a.group,
        "stated": a.stated,
        "why": step.why[at],
        "links": [link(e) for e in step.links],
    }


def _link(s: Scene, e: Edge) -> dict[str, Any]:
    from kg.chain.rules import rules

    at = 0 if s.lang == "zh" else 1
    return {
        "word": rules().word(e)[at],
        "derived": e.derived,
        "why": rules().why(e)[at],
        "reason": rules().reason(e)[at],
        "premises": [_premise(s, key) for key in e.premises],
        "rule": e.rule,
        "confidence": e.confidence,
        "evidence": [_evidence(s, v) for v in e.evidence],
    }


def _premise(s: Scene, key: str) -> dict[str, Any]:
    """A statement that another rests on, in words, with those of its notice."""
    from kg.vocabulary import vocabulary

    source, type_, target = key.split("|")[:3]
    known, said, names = vocabulary().types.get(type_), s.chain.premises.get(key), s.chain.names
    word = (known.zh, known.en)[s.lang != "zh"] if known else type_
    text = f"{names.get(source, source)} {word} {names.get(target, target)}"
    return {"text": text, "evidence": [_evidence(s, v) for v in said.evidence] if said else []}


def _evidence(s: Scene, v: Evidence) -> dict[str, Any]:
    return {"notice": v.notice, "ref": v.ref, "parts": list(passage(v, s.chain.notices.get(v.notice)))}


def _sources(s: Scene) -> str:
    rows = []
    for source in s.sources:
        notice = notice_data(source.notice) if source.notice else {}
        title = escape(source.title)
        if notice.get("url"):
            title = f'<a href="{escape(notice["url"])}" target="_blank" rel="noopener noreferrer">{title}</a>'
        detail = " · ".join(escape(t) for t in (source.published, str(notice.get("publisher", ""))) if t)
        rows.append(f"<li><q>{escape(source.evidence.quote)}</q><span>《{title}》 {detail}</span></li>")
    if not rows:
        return f"<p>{escape(style().say('no_sources', s.lang))}</p>"
    return f"<ol>{''.join(rows)}</ol>"


def _read(name: str) -> str:
    return files("kg.draw").joinpath(name).read_text("utf-8")
