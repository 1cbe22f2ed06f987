"""What the page's script is given of a graph: things, statements, passages and notices by number, and vis-network's view."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from kg.chain.rules import lanes, rules
from kg.model import Edge, Evidence, Graph, Node, Value
from kg.page.evidence import notice_data
from kg.page.place import Band, place
from kg.page.style import group_of, label_data, property_names, shape_of, table, type_data, weight_of

DRAWN = 3000  # things drawn at once; more open on an overview
OVERVIEW = 1200  # places and bodies of an overview
BRIEF = 16  # characters of a sentence, where no words of notices are wanted
TOLD = frozenset(("Obligation", "Observation", "Target"))  # things that are named by sentences
MOVED = 1000  # things whose lines are drawn while the view moves


def page_data(graph: Graph, *, quotes: bool = True, whole: bool = True) -> tuple[dict[str, Any], list[str]]:
    """Plain data, everything in the order of ids, and the texts of ``notices`` that passages lie in.

    A thing's number is its place in ``nodes``. Without ``quotes`` there are no texts, passages name their notice only, and of
    what is told in a notice's own sentences (duties, reasons) there are the first BRIEF characters; if not ``whole`` passages
    hold their words instead.
    """
    ids = sorted(i for i, n in graph.nodes.items() if n.label != "Notice")
    number = {node_id: n for n, node_id in enumerate(ids)}
    edges = sorted((e for e in graph.edges if e.source in number and e.target in number), key=lambda e: e.key)
    degree = Counter(i for e in edges for i in (e.source, e.target))
    shown = _shown(graph, ids, degree)
    position, bands = place(graph, shown)
    labels = [k for k in table()["order"] if any(graph.nodes[i].label == k for i in ids)]
    labels += sorted({graph.nodes[i].label for i in ids} - set(labels))
    types = sorted({e.type for e in edges}, key=lambda t: (list(table()["group"]).index(group_of(t)), t))
    passages = _Passages(graph, quotes=quotes, whole=whole)
    key_number = {e.key: n for n, e in enumerate(edges)}
    data = {
        "labels": label_data(labels),
        "why": {f"{e.rule}|{types.index(e.type)}": why_of(e) for e in edges if e.derived},
        "types": type_data(types),
        "properties": property_names(labels, types),
        "nodes": [_node(graph.nodes[i], labels, degree[i], _whole if quotes else _brief) for i in ids],
        "edges": [_edge(e, number, types, passages, key_number, _whole if quotes else _brief) for e in edges],
        "named": _named(graph, number, passages),
        "passages": passages.rows,
        "notices": passages.notices,
        "bands": [_band(b) for b in bands],
        "overview": len(shown) < len(ids),
        "shown": [number[i] for i in shown],
        "days": _days(graph, edges),
        "vis": _vis(graph, shown, number, position, degree),
    }
    return data, passages.texts()


def why_of(edge: Edge) -> list[list[str]]:
    """What a derived relationship follows from, and why that holds, each in Chinese and English."""
    return [list(rules().why(edge)), list(rules().reason(edge))]


def _days(graph: Graph, edges: list[Edge]) -> list[str]:
    """The days on which something changes: notices come out, holdings begin and end."""
    told = [e.props.get(k) for e in edges for k in ("since", "until", "superseded")]
    days = {d for d in told if isinstance(d, str)} | {n.published for n in graph.notices.values()}
    return sorted(d for d in days if d)


def _shown(graph: Graph, ids: list[str], degree: Counter[str]) -> list[str]:
    """Everything, or of a large graph places and bodies from the highest level down, the best connected first."""
    if len(ids) <= DRAWN:
        return ids
    nodes = graph.nodes
    wide = [i for i in ids if nodes[i].label in ("Region", "Agency")] or ids
    level = {i: lanes().rank(lanes().level(nodes[i])) for i in wide}
    return sorted(sorted(wide, key=lambda i: (level[i], nodes[i].label != "Region", -degree[i], i))[:OVERVIEW])


def _whole(value: Value) -> Value:
    return value


def _brief(value: Value) -> Value:
    """A value without a whole sentence in it: the beginnings of its words."""
    if isinstance(value, list):
        return [str(_brief(one)) for one in value]
    return f"{value[:BRIEF]}…" if isinstance(value, str) and len(value) > BRIEF else value


def _node(node: Node, labels: list[str], degree: int, said: Callable[[Value], Value]) -> list[Any]:
    """Id, label's number, name, aliases, properties, weight for the order in which names are written; ``said`` of what is
    told in a notice's sentences."""
    props = {k: v for k, v in node.props.items() if k != "uid" and v not in ("", [], False)}
    weight = weight_of(node.label) * 4 + min(degree, 40)
    name, aliases = node.name or node.id, list(node.aliases)
    if node.label in TOLD:
        name, aliases, props = str(said(name)), [str(said(a)) for a in aliases], {k: said(v) for k, v in props.items()}
    return [node.id, labels.index(node.label), name, aliases, props, weight]


def _edge(
    edge: Edge, number: dict[str, int], types: list[str], passages: _Passages, keys: dict[str, int],
    said: Callable[[Value], Value],
) -> list[Any]:  # fmt: skip
    """Ends, type's number, derived, rule, confidence, properties, passages, premises (numbers of statements).

    The days it was first and last seen are left out where they are those of its passages' notices.
    """
    days = passages.days(edge)
    props = {k: said(v) for k, v in edge.props.items() if k != "uid" and v not in ("", []) and days.get(k) != v}
    return [
        number[edge.source],
        number[edge.target],
        types.index(edge.type),
        int(edge.derived),
        edge.rule,
        round(edge.confidence, 2),
        props,
        [passages.number(v) for v in edge.evidence],
        [keys[k] for k in edge.premises if k in keys],
    ]


class _Passages:
    """Quotes and notices, each once, numbered as they are met."""

    def __init__(self, graph: Graph, *, quotes: bool, whole: bool) -> None:
        self._graph, self._quotes, self._whole = graph, quotes, whole
        self._seen: dict[Evidence, int] = {}
        self._notice: dict[str, int] = {}
        self._held: set[str] = set()
        self.rows: list[list[Any]] = []
        self.notices: list[dict[str, Any]] = []

    def number(self, evidence: Evidence) -> int:
        if evidence not in self._seen:
            self._seen[evidence] = len(self.rows)
            self.rows.append([self.notice(evidence.notice), *self._words(evidence)])
        return self._seen[evidence]

    def days(self, edge: Edge) -> dict[str, str]:
        """The days on which the notices of an edge's passages came out, the first and the last."""
        found = {n.published for v in edge.evidence if (n := self._graph.notices.get(v.notice))} - {""}
        return {"first_seen": min(found), "last_seen": max(found)} if found else {}

    def _words(self, evidence: Evidence) -> tuple[int, int] | tuple[str]:
        """Where the words stand in the notice's text, or the words where that does not hold them."""
        if not self._quotes:
            return ("",)
        notice = self._graph.notices.get(evidence.notice)
        if self._whole and notice and evidence.quote and notice.text[evidence.start : evidence.end] == evidence.quote:
            self._held.add(evidence.notice)
            return evidence.start, evidence.end
        return (evidence.quote,)

    def texts(self) -> list[str]:
        """Of each notice by number: its text where passages lie in it, else ''."""
        found = [self._graph.notices[n["id"]].text if n["id"] in self._held else "" for n in self.notices]
        return found if any(found) else []

    def notice(self, notice_id: str) -> int:
        if notice_id not in self._notice:
            self._notice[notice_id] = len(self.notices)
            notice = self._graph.notices.get(notice_id)
            bare = {"id": notice_id, "title": notice_id, "published": "", "publisher": "", "number": "", "url": ""}
            self.notices.append(notice_data(notice) if notice else bare)
        return self._notice[notice_id]


def _named(graph: Graph, number: dict[str, int], passages: _Passages) -> dict[str, list[int]]:
    """Numbers of the notices that name each thing, newest first, where the graph says so."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for edge in graph.edges:
        if edge.type == "STATED_IN" and edge.source in number:
            found[number[edge.source]].add(edge.target)
    day = {k: n.published for k, n in graph.notices.items()}
    rows = {k: sorted(v, key=lambda i: (day.get(i, ""), i), reverse=True) for k, v in sorted(found.items())}
    return {str(k): [passages.notice(i) for i in v] for k, v in rows.items()}


def _band(band: Band) -> list[Any]:
    return [band.level, list(band.names), band.top, band.bottom]


def _vis(
    graph: Graph,
    shown: list[str],
    number: dict[str, int],
    position: dict[str, tuple[float, float]],
    degree: Counter[str],
) -> dict[str, Any]:
    """Nodes and options as pyvis makes them for vis-network; the page draws a line for all statements of a pair.

    They are put into its lists directly, because ``add_node`` searches the whole list for each.
    """
    from pyvis.network import Network  # type: ignore[import-untyped]
    from pyvis.node import Node as VisNode  # type: ignore[import-untyped]

    net = Network(directed=True)
    for node_id in shown:
        x, y = position[node_id]
        label = graph.nodes[node_id].label
        size = 11 + min(degree[node_id], 30) ** 0.5 * 2.2
        net.nodes.append(
            VisNode(number[node_id], shape_of(label), "", group=label, x=x, y=y, size=round(size, 1)).options
        )
    net.options = _options(len(shown))
    nodes, _, _, _, _, options = net.get_network_data()
    return {"nodes": nodes, "options": json.loads(options)}


def _options(count: int) -> dict[str, Any]:
    smooth = {"enabled": True, "type": "cubicBezier", "forceDirection": "vertical", "roundness": 0.42}
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": True, "hideEdgesOnDrag": count > MOVED, "hideEdgesOnZoom": count > MOVED,
                        "tooltipDelay": 100000, "selectConnectedEdges": False, "zoomSpeed": 0.7},
        "nodes": {"borderWidth": 1.2, "borderWidthSelected": 3, "shadow": False},
        "edges": {"width": 1.7, "selectionWidth": 2, "hoverWidth": 1,
                  "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
                  "smooth": smooth if count <= 1500 else False},
    }  # fmt: skip
