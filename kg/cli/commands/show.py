"""``kg show``"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import click

from kg.cli.complete import complete_subject
from kg.cli.options import as_of, format_option, stated_only
from kg.cli.session import Session, pass_session
from kg.cli.streams import put, put_json
from kg.model import Edge, Graph, Node, Notice, edge_json, node_json

_MOST = 12  # relationships of a kind that are printed; --full prints all
_QUOTES = 2  # sentences of a relationship that are printed; --full prints all
_HIDDEN = {"uid", "text"}


@click.command("show")
@click.argument("thing", metavar="NAME|ID", shell_complete=complete_subject)
@as_of
@stated_only
@format_option("table", "json")
@click.option("--full", is_flag=True, help="All relationships and all sentences.")
@pass_session
def command(session: Session, thing: str, as_of: str, stated_only: bool, format: str, full: bool) -> None:
    """Show one thing: its properties, its relationships, and each one's sentence with its notice, title and date.

    \b
    kg show 沛县人民政府
    kg show person:…@320322 --format json
    kg show 沛政办发〔2023〕9号
    """
    from kg.cli.select import restrict
    from kg.lookup import find
    from kg.vocabulary import vocabulary

    with session.open() as store:
        node = find(store, thing)
        graph = store.around([node.id], 1, set(vocabulary().types))
        notice = store.notice(node.id) if node.label == "Notice" and node.id in graph.notices else None
    graph = restrict(graph, stated_only=stated_only, as_of=as_of)
    edges = sorted((e for e in graph.edges if node.id in (e.source, e.target)), key=lambda e: (_order(e), e.key))
    if format == "json":
        put_json(_data(node, notice, edges, graph))
        return
    label = vocabulary().labels[node.label]
    put(f"{node.name or node.id}  [{label.name} {label.zh}]\n{node.id}")
    _properties(node, notice)
    relations = [e for e in edges if e.type != "STATED_IN"]
    _relations(node.id, relations, graph, full)
    named = [e for e in edges if e.type == "STATED_IN"]
    _named(node, named, graph, full)


def _order(edge: Edge) -> str:
    return "~" if edge.type == "STATED_IN" else edge.type


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


def _relations(uid: str, edges: list[Edge], graph: Graph, full: bool) -> None:
    from kg.vocabulary import vocabulary

    groups: defaultdict[tuple[str, bool], list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.type, edge.source == uid].append(edge)
    for (type_, leaving), group in groups.items():
        info = vocabulary().types[type_]
        put(f"\n{'→' if leaving else '←'} {type_} {info.zh} ({len(group)})")
        for edge in group if full else group[:_MOST]:
            other = edge.target if leaving else edge.source
            detail = [f"{k}={_text(v)}" for k, v in edge.props.items() if k not in ("uid", "first_seen", "last_seen")]
            detail += ["推断 derived"] if edge.derived else []
            name = graph.nodes[other].name if other in graph.nodes else _title(graph, other)
            put(f"  {name}  {other}{'  · ' + ' · '.join(detail) if detail else ''}")
            _words(edge, graph, full)
        if len(group) > _MOST and not full:
            put(f"  … and {len(group) - _MOST} more; --full shows all")


def _words(edge: Edge, graph: Graph, full: bool) -> None:
    """Each sentence with its notice, title and date; what is derived says by which rule."""
    from kg.cli.table import width
    from kg.draw.type import columns, wrap

    if edge.derived:
        put(f"      rule {edge.rule}")
    for evidence in edge.evidence if full else edge.evidence[:_QUOTES]:
        notice = graph.notices.get(evidence.notice)
        source = f"《{_title(graph, evidence.notice)}》{notice.published if notice else ''}"
        for n, line in enumerate(wrap(f"“{evidence.quote}” —— {source}", width() - 8, 0, columns)):
            put(("      " if n == 0 else "        ") + line)
    if len(edge.evidence) > _QUOTES and not full:
        put(f"      … and {len(edge.evidence) - _QUOTES} more sentences")


def _named(node: Node, edges: list[Edge], graph: Graph, full: bool) -> None:
    """The notices that name the thing; of a notice, the things that it names."""
    if not edges:
        return
    if node.label == "Notice":
        put(f"\nnames (提及) {len(edges)} things")
        names = [
            (graph.nodes[e.source].label, graph.nodes[e.source].name, e.source)
            for e in edges
            if e.source in graph.nodes
        ]
    else:
        put(f"\nnamed in (见于) {len(edges)} notices")
        names = [(n.published, n.title or n.id, n.id) for e in edges if (n := graph.notices.get(e.target))]
    for first, name, uid in sorted(names) if full else sorted(names)[:_MOST]:
        put(f"  {first}  {name}  {uid}")
    if len(names) > _MOST and not full:
        put(f"  … and {len(names) - _MOST} more; --full shows all")


def _title(graph: Graph, uid: str) -> str:
    notice = graph.notices.get(uid)
    return notice.title if notice and notice.title else uid


def _text(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value)


def _data(node: Node, notice: Notice | None, edges: list[Edge], graph: Graph) -> dict[str, Any]:
    def name(uid: str) -> str:
        return graph.nodes[uid].name if uid in graph.nodes else _title(graph, uid)

    rows = []
    for edge in edges:
        row = edge_json(edge)
        for said in row["evidence"]:
            where = graph.notices.get(said["notice"])
            said |= {"title": where.title if where else "", "published": where.published if where else ""}
        rows.append({"source_name": name(edge.source), "target_name": name(edge.target), **row})
    own = {f: getattr(notice, f) for f in notice.__slots__} if notice else {}
    return {**node_json(node), **own, "edges": rows}
