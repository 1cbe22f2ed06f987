"""An explanation as one HTML file: the notice's words, and beside them what each was read as. No request leaves it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from html import escape
from importlib.resources import files
from itertools import chain
from typing import Any

from kg.draw.html import look
from kg.explain.marks import Piece, pieces
from kg.explain.model import Explanation, Named
from kg.explain.why import why, words
from kg.model import Edge, Node
from kg.page.document import document
from kg.page.style import property_names
from kg.vocabulary import vocabulary

KEY = ("Person", "Post", "Agency", "Region")  # labels whose colours are named


def page(told: Explanation) -> str:
    """The document."""
    notice, named, said = told.reading.notice, told.named(), list(told.statements())
    runs = [sorted({(v.start, v.end) for v in e.evidence}) for e in said]
    cut = pieces(notice.text, named, runs, told.unread, chain.from_iterable(told.sentences))
    nodes = {n.id: n for n in told.reading.nodes}
    heads = (notice.published, notice.publisher, notice.doc_number, notice.kind)
    body = _read("page.html").format(
        title=escape(notice.title or notice.id),
        caption=escape(" · ".join(text for text in heads if text)),
        text=_text(told, cut, named, said, nodes),
    )
    return document(
        notice.title or notice.id,
        body,
        lang="zh-CN",
        styles=[look(), _read("page.css")],
        scripts=[_read("page.js")],
        data={"explained": _data(told, cut, named, said, runs, nodes)},
    )


def _text(
    told: Explanation, cut: Sequence[Piece], named: Sequence[Named], said: Sequence[Edge], nodes: dict[str, Node]
) -> str:
    """The notice's words as markup: a piece of which something is known carries its number."""
    text, sentences = told.reading.notice.text, sorted(told.sentences)
    starts = [a for a, _ in sentences]
    out = []
    for number, p in enumerate(cut):
        css = []
        if p.named:
            inner = min((named[i] for i in p.named), key=lambda m: m.end - m.start)
            css += ["n", nodes[inner.node].label, *([inner.state] if inner.state != "resolved" else [])]
        if any(not said[i].derived for i in p.said):  # a derived one rests on words that only called for it
            css.append("s")
        if p.unread:
            css.append("u")
        words = escape(text[p.start : p.end])
        if css:
            stop = ' tabindex="0" role="button"' if p.named or p.unread else ""
            out.append(f'<span class="{" ".join(css)}" data-k="{number}"{stop}>{words}</span>')
            continue
        i = bisect_right(starts, p.start) - 1
        inside = i >= 0 and p.start < sentences[i][1]
        out.append(words if inside or not words.strip() else f'<span class="out">{words}</span>')
    return "".join(out)


def _data(
    told: Explanation, cut: Sequence[Piece], named: Sequence[Named], said: Sequence[Edge],
    runs: Sequence[Sequence[tuple[int, int]]], nodes: dict[str, Node],
) -> dict[str, Any]:  # fmt: skip
    """What the script is given; things, statements and mentions by number."""
    uids = list(dict.fromkeys([*(m.node for m in named), *(u for e in said for u in (e.source, e.target))]))
    number = {uid: n for n, uid in enumerate(uids)}
    keys = {e.key: n for n, e in enumerate(said)}
    known = vocabulary()
    labels = sorted({nodes[u].label for u in uids if u in nodes} | {"Notice"})
    types = sorted({e.type for e in said})
    return {
        "words": words()["words"],
        "labels": {k: [known.labels[k].zh, known.labels[k].en] for k in labels if k in known.labels},
        "types": {k: [known.types[k].zh, known.types[k].en] for k in types if k in known.types},
        "values": property_names([], types),
        "key": [k for k in KEY if k in labels],
        "text": told.reading.notice.text,
        "things": [_thing(uid, nodes) for uid in uids],
        "named": [[m.start, m.end, number[m.node], m.state] for m in named],
        "unread": [[u.start, u.end, u.at, u.till, u.kind, u.construction] for u in told.unread],
        "statements": [
            {
                "source": number[e.source],
                "type": e.type,
                "target": number[e.target],
                "props": {k: e.props[k] for k in ("role", "kind", "form", "status") if e.props.get(k)},
                "derived": e.derived,
                "rule": e.rule,
                "confidence": e.confidence,
                "runs": run,
                "premises": [keys[k] for k in e.premises if k in keys],
            }
            for e, run in zip(said, runs, strict=True)
        ],
        "pieces": [[p.named, p.said, p.unread] for p in cut],
        "remarks": told.reading.remarks,
    }


def _thing(uid: str, nodes: dict[str, Node]) -> list[Any]:
    """Id, name, label, and why it is not known for certain (or two empty texts)."""
    node = nodes.get(uid)
    return [uid, node.name or uid, node.label, why(node)] if node else [uid, uid, "Notice", ("", "")]


def _read(name: str) -> str:
    return files("kg.explain").joinpath(name).read_text("utf-8")
