"""How answers, graphs and chains show themselves in a notebook, and what they become in other libraries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.model import Graph
from kg.vocabulary import vocabulary

if TYPE_CHECKING:
    from kg.chain import Chain
    from kg.store import Rows

SHOWN = 50
"""Rows of an answer that are shown; ``to_pandas`` gives all."""
DRAWN = 200
"""Things of a graph that are drawn where it shows itself; a larger one is counted."""


def rows_html(rows: Rows) -> str:
    """An answer as a table."""
    from kg.cli.table import cell

    shown = rows.rows[:SHOWN]
    more = f"<p>{len(rows)} rows; {len(shown)} shown</p>" if len(rows) > len(shown) else ""
    return _table(rows.columns, ([cell(row[c]) for c in rows.columns] for row in shown)) + more


def graph_html(graph: Graph) -> str:
    """A small graph as its interactive page, a larger one as counts."""
    if len(graph.nodes) > DRAWN:
        return counts_html(graph)
    from kg.page import page

    title = f"{len(graph.nodes)} things, {len(graph.edges)} relationships"
    return (
        f'<iframe srcdoc="{escape(page(graph, title=title))}" width="100%" height="560" style="border:0" '
        f'sandbox="allow-scripts allow-downloads" title="{escape(title)}"></iframe>'
    )


def counts_html(graph: Graph) -> str:
    """How many things and relationships of each kind a graph has."""
    labels = Counter(n.label for n in graph.nodes.values())
    types = Counter(e.type for e in graph.edges)
    known = vocabulary()
    rows = [(k, known.labels[k].zh if k in known.labels else "", n) for k, n in sorted(labels.items())]
    rows += [(k, known.types[k].zh if k in known.types else "", n) for k, n in sorted(types.items())]
    return _table(("kind", "名称", "count"), rows)


def chain_html(chain: Chain) -> str:
    """A chain as its drawing, with the list of its sources."""
    from kg.draw import draw

    return f'<div style="overflow:auto">{draw(chain, "svg")}</div>'


def to_pandas(rows: Rows) -> Any:
    """An answer as a ``pandas.DataFrame`` with the same columns. Raises KgError without the extra ``pandas``."""
    try:
        import pandas  # type: ignore[import-untyped]
    except ImportError as error:
        raise KgError("to_pandas needs pandas; install the extra: pip install 'accountability-kg[pandas]'") from error
    return pandas.DataFrame([[row[c] for c in rows.columns] for row in rows.rows], columns=list(rows.columns))


def to_networkx(graph: Graph) -> Any:
    """A ``networkx.MultiDiGraph`` with the ids of things as nodes and the keys of statements as edge keys.

    A node has ``label``, ``name``, ``aliases`` and its properties; an edge ``type``, ``derived``, ``rule``, ``confidence``,
    ``quotes``, ``evidence`` (``notice#start-end``), ``premises`` and its properties. Notices are nodes too.
    """
    import networkx  # type: ignore[import-untyped]

    made = networkx.MultiDiGraph()
    for notice in graph.notices.values():
        made.add_node(
            notice.id, label="Notice", name=notice.title, published=notice.published, publisher=notice.publisher
        )
    for node in graph.nodes.values():
        made.add_node(node.id, label=node.label, name=node.name, aliases=list(node.aliases), **node.props)
    for edge in graph.edges:
        made.add_edge(
            edge.source, edge.target, key=edge.key, type=edge.type, derived=edge.derived, rule=edge.rule,
            confidence=edge.confidence, quotes=[e.quote for e in edge.evidence], evidence=[e.ref for e in edge.evidence],
            premises=list(edge.premises), **edge.props,
        )  # fmt: skip
    return made


def to_pyvis(graph: Graph) -> Any:
    """A ``pyvis.network.Network`` in the colours and shapes of ``kg viz``, to be changed at will."""
    from pyvis.network import Network  # type: ignore[import-untyped]

    from kg.page.style import group_of, shape_of, table

    made = Network(directed=True, height="600px", width="100%", cdn_resources="in_line", notebook=True)
    looks = table()["label"]
    ids = {node.id for node in graph.nodes.values() if node.label != "Notice"}
    for node in graph.nodes.values():
        if node.id in ids:
            colour = looks.get(node.label, {"colour": ["#7a8591"]})["colour"][0]
            made.add_node(
                node.id, label=node.name or node.id, shape=shape_of(node.label), color=colour, group=node.label
            )
    for edge in graph.edges:
        if edge.source in ids and edge.target in ids:
            title = edge.evidence[-1].quote if edge.evidence else edge.rule
            colour = table()["group"][group_of(edge.type)]["colour"][0]
            made.add_edge(
                edge.source, edge.target, label=edge.type, title=escape(title), color=colour, dashes=edge.derived
            )
    return made


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    head = "".join(f"<th>{escape(h)}</th>" for h in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(v))}</td>" for v in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
