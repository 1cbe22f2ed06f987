"""An explanation for the terminal: each sentence, under it what its words name, what it says, and what was left unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from kg.draw.type import columns, cut
from kg.explain.marks import Passage, passages, pieces
from kg.explain.model import Explanation, Named
from kg.explain.why import why
from kg.model import Edge, Node

Paint = Callable[[str, str], str]
"""Words and a role (a label, a state, 'said', 'unread', 'soft') to words as they are printed."""

_NAME, _QUOTE = 40, 48  # columns of a name and of a quotation that are printed


def plainly(words: str, role: str) -> str:
    """Words without any colour."""
    return words


def told_text(
    told: Explanation, paint: Paint = plainly, clean: Callable[[str], str] = str, *, full: bool = False
) -> Iterator[str]:
    """The lines. ``clean`` takes from a notice's words what would steer the terminal; ``full`` shortens no quotation."""
    notice, nodes = told.reading.notice, {n.id: n for n in told.reading.nodes}
    yield paint(clean(notice.title or notice.id), "title")
    heads = (notice.published, notice.publisher, notice.doc_number, notice.kind, notice.url)
    if any(heads):
        yield "  " + clean(" · ".join(text for text in heads if text))
    for passage in passages(told):
        yield ""
        yield _words(notice.text, passage, nodes, paint, clean)
        for named in _each(passage.named):
            yield "    " + _named(notice.text, named, nodes, paint, clean)
        for edge in passage.said:
            yield "  → " + _said(edge, nodes, paint, clean, full)
        for u in passage.unread:
            yield paint(f"  ? unread, {u.kind}: {clean(u.construction)}", "unread")
    yield ""
    yield from _summary(told)
    for remark in told.reading.remarks:
        yield paint(f"  {clean(remark)}", "soft")


def _words(text: str, passage: Passage, nodes: Mapping[str, Node], paint: Paint, clean: Callable[[str], str]) -> str:
    out = []
    for p in pieces(text, passage.named, [], passage.unread):
        start, end = max(p.start, passage.start), min(p.end, passage.end)
        if start >= end:
            continue
        words = " ".join(clean(text[start:end]).split("\n"))
        if p.unread:
            words = paint(words, "unread")
        elif p.named:
            inner = min((passage.named[i] for i in p.named), key=lambda m: m.end - m.start)
            words = paint(words, nodes[inner.node].label if inner.state == "resolved" else inner.state)
        out.append(words)
    return "".join(out)


def _each(named: list[Named]) -> list[Named]:
    """A thing once for each way in which it is written."""
    return list({(m.node, m.end - m.start): m for m in reversed(named)}.values())[::-1]


def _named(text: str, m: Named, nodes: Mapping[str, Node], paint: Paint, clean: Callable[[str], str]) -> str:
    node, words = nodes[m.node], clean(" ".join(text[m.start : m.end].split()))
    name = "" if node.name == words else f" = {clean(node.name)}"
    reason = f"  ({m.state}: {why(node)[1]})" if m.state != "resolved" else ""
    return f"{node.label} {paint(words, node.label)}{name} {paint(clean(m.node), 'soft')}{paint(reason, m.state)}"


def _said(e: Edge, nodes: Mapping[str, Node], paint: Paint, clean: Callable[[str], str], full: bool) -> str:
    def brief(words: str, room: int) -> str:
        words = " ".join(clean(words).split())
        return words if full else cut(words, room, columns)

    def name(uid: str) -> str:
        return brief((nodes[uid].name if uid in nodes else "") or uid, _NAME)

    how = " ".join([e.type, *(str(e.props[k]) for k in ("role", "kind", "form", "status") if e.props.get(k))])
    quotes = " … ".join(brief(v.quote, _QUOTE) for v in e.evidence)
    head = f"{name(e.source)} {paint(how, 'said')} {name(e.target)}"
    return f"{head}  {paint(f'{clean(e.rule)} {e.confidence:.2f} “{quotes}”', 'soft')}"


def _summary(told: Explanation) -> Iterator[str]:
    stated = list(told.statements(derived=False))
    kinds = Counter(m.state for m in told.named())
    yield f"{sum(kinds.values())} mentions ({', '.join(f'{n} {kind}' for kind, n in sorted(kinds.items()))})"
    yield f"{len(stated)} statements"
    derived = sorted((e for e in told.statements() if e.derived), key=lambda e: e.rule)
    for rule, edges in groupby(derived, key=lambda e: e.rule):
        yield f"  {len(list(edges))} more derived by {rule}"
    yield f"{len(told.unread)} words of duty or supervision left unread"
