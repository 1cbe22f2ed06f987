"""``kg show``"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import click

from kg.cli.complete import complete_subject
from kg.cli.options import as_of, format_option, min_confidence, stated_only
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_json

if TYPE_CHECKING:
    from kg.model import Edge, Node, Notice
    from kg.show import Record

_MOST = 12  # relationships of a kind that are printed; --full prints all
_QUOTES = 2  # sentences of a relationship that are printed; --full prints all
_HIDDEN = {"uid", "text"}
_UNSAID = {"uid", "first_seen", "last_seen", "confirmed_by", "confirmed_at"}


@click.command("show")
@click.argument("thing", metavar="NAME|ID", shell_complete=complete_subject)
@as_of
@stated_only
@min_confidence
@format_option("table", "json")
@click.option("--full", is_flag=True, help="All relationships and all sentences.")
@click.option("--ids", is_flag=True, help="The id of each relationship, for kg decide.")
@pass_session
def command(
    session: Session,
    thing: str,
    as_of: str,
    stated_only: bool,
    min_confidence: float,
    format: str,
    full: bool,
    ids: bool,
) -> None:
    """Show one thing: its properties, its relationships, and each one's sentence with its notice, title and date.

    \b
    kg show 沛县人民政府
    kg show person:…@320322 --format json
    kg show 沛政办发〔2023〕9号
    """
    from kg.show import record_json
    from kg.vocabulary import vocabulary

    with session.bench() as bench:
        found = bench.show(thing, stated_only=stated_only, as_of=as_of, min_confidence=min_confidence)
    if format == "json":
        put_json(record_json(found))
        return
    node = found.node
    label = vocabulary().labels[node.label]
    put(f"{node.name or node.id}  [{label.name} {label.zh}]\n{node.id}")
    _properties(node, found.notice)
    _relations(found, full, ids)
    _decided(found)
    _named(found, full)


def _properties(node: Node, notice: Notice | None) -> None:
    from kg.cli.table import cell
    from kg.draw.type import columns
    from kg.vocabulary import vocabulary

    known = vocabulary().labels[node.label].properties
    props: dict[str, Any] = {"aliases": list(node.aliases), **node.props}
    if notice is not None:
        props |= {f: getattr(notice, f) for f in notice.__slots__ if f not in ("id", "title")}
        props["characters"] = len(notice.text)
    rows = [(k, known[k].zh if k in known else "", cell(v)) for k, v in props.items() if v not in ("", [], None, False)]
    for name, zh, value in rows:
        if name not in _HIDDEN or (name == "text" and notice is None):
            head = f"{name} {zh}".strip()
            put(f"  {head}{' ' * max(1, 24 - columns(head))}{' '.join(value.split())}")


def _relations(found: Record, full: bool, ids: bool) -> None:
    from kg.vocabulary import vocabulary

    groups: defaultdict[tuple[str, bool], list[Edge]] = defaultdict(list)
    for edge in found.edges:
        if edge.type != "STATED_IN":
            groups[edge.type, edge.source == found.node.id].append(edge)
    for (type_, leaving), group in groups.items():
        info = vocabulary().types[type_]
        put(f"\n{'→' if leaving else '←'} {type_} {info.zh} ({len(group)})")
        for edge in group if full else group[:_MOST]:
            other = found.other(edge)
            detail = [f"{k}={_text(v)}" for k, v in edge.props.items() if k not in _UNSAID]
            detail += ["推定 derived"] if edge.derived else []
            if by := edge.props.get("confirmed_by"):
                detail.append(f"已确认 confirmed by {by} {str(edge.props.get('confirmed_at', ''))[:10]}")
            put(f"  {found.name(other)}  {other}{'  · ' + ' · '.join(detail) if detail else ''}")
            if ids:
                put(f"      {edge.key}")
            _words(edge, found, full)
        if len(group) > _MOST and not full:
            put(f"  … and {len(group) - _MOST} more; --full shows all")


def _words(edge: Edge, found: Record, full: bool) -> None:
    """Each sentence with its notice, title and date; what is derived says by which rule."""
    from kg.cli.table import width
    from kg.draw.type import columns, wrap

    if edge.derived:
        put(f"      rule {edge.rule}")
    for evidence in edge.evidence if full else edge.evidence[:_QUOTES]:
        notice = found.graph.notices.get(evidence.notice)
        source = f"《{found.name(evidence.notice)}》{notice.published if notice else ''}"
        for n, line in enumerate(wrap(f"“{evidence.quote}” —— {source}", width() - 8, 0, columns)):
            put(("      " if n == 0 else "        ") + line)
    if len(edge.evidence) > _QUOTES and not full:
        put(f"      … and {len(edge.evidence) - _QUOTES} more sentences")


def _decided(found: Record) -> None:
    """What is rejected, which the graph does not show, and what was decided on what no notice says any more."""
    rows = [d for d in found.decided if d.decision.verdict == "rejected" or d.state == "unsaid"]
    if rows:
        put(f"\nnot shown, by decision (裁定) ({len(rows)})")
    for row in rows:
        made, gone = row.decision, "" if row.state == "holds" else "; no notice says this any more"
        put(f"  {made.verdict} by {made.by} {made.at[:10]}{f': {made.why}' if made.why else ''}{gone}")
        put(f"      {row.source} {row.edge.type} {row.target}\n      {made.statement}")


def _named(found: Record, full: bool) -> None:
    """The notices that name the thing; of a notice, the things that it names."""
    edges = [e for e in found.edges if e.type == "STATED_IN"]
    if not edges:
        return
    if found.node.label == "Notice":
        put(f"\nnames (提及) {len(edges)} things")
        nodes = [found.graph.nodes[e.source] for e in edges if e.source in found.graph.nodes]
        names = [(n.label, n.name, n.id) for n in nodes]
    else:
        put(f"\nnamed in (见于) {len(edges)} notices")
        notices = [n for e in edges if (n := found.graph.notices.get(e.target))]
        names = [(n.published, n.title or n.id, n.id) for n in notices]
    for first, name, uid in sorted(names) if full else sorted(names)[:_MOST]:
        put(f"  {first}  {name}  {uid}")
    if len(names) > _MOST and not full:
        put(f"  … and {len(names) - _MOST} more; --full shows all")


def _text(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)
