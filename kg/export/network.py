"""GraphML and GEXF through networkx.

Attributes there are single values, so a list is written as a JSON array, which any reader turns back into the list.
The text of notices is left out: these files are for drawing and counting, and each edge carries its quotes.
"""

from __future__ import annotations

import json
import re
from typing import Any

from kg.export.content import statements, things
from kg.model import Edge, Graph

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: Graph) -> str:
    """GraphML; attributes are named as in the model (``label`` the class, ``name``, ``type`` the relationship)."""
    import networkx  # type: ignore[import-untyped]

    lines = networkx.generate_graphml(_multigraph(graph, {}), named_key_ids=False)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n"


def write_gexf(graph: Graph) -> str:
    """GEXF 1.2; as its viewers show ``label``, that is the name of a thing and the type of an edge, and the class of a
    thing is ``class``."""
    from networkx.readwrite.gexf import GEXFWriter  # type: ignore[import-untyped]

    writer = GEXFWriter(_multigraph(graph, {"label": "class", "name": "label", "type": "label"}), version="1.2draft")
    meta = writer.xml.find("meta")
    meta.attrib.pop("lastmodifieddate")  # the day of writing would make equal graphs differ
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + str(writer) + "\n"


def _multigraph(graph: Graph, renamed: dict[str, str]) -> Any:
    import networkx

    def attributes(row: dict[str, Any]) -> dict[str, Any]:
        return {renamed.get(k, k): _plain(v) for k, v in sorted(row.items()) if v != [] and v != ""}

    result = networkx.MultiDiGraph()
    for node in things(graph):
        row = {"label": node.label, "name": node.name, "aliases": list(node.aliases), **node.props}
        result.add_node(_xml(node.id), **attributes(row))
    for uid, edge in statements(graph):
        key = _xml(uid)
        result.add_edge(_xml(edge.source), _xml(edge.target), key=key, id=key, **attributes(_edge_row(edge)))
    return result


def _edge_row(edge: Edge) -> dict[str, Any]:
    return {
        "type": edge.type,
        "evidence": [e.ref for e in edge.evidence],
        "quotes": [e.quote for e in edge.evidence],
        "rule": edge.rule,
        "confidence": float(edge.confidence),
        "derived": edge.derived,
        "premises": list(edge.premises),
        **edge.props,
    }


def _plain(value: object) -> str | float | bool:
    if isinstance(value, list):
        return _xml(json.dumps(value, ensure_ascii=False))
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)  # both formats declare one type an attribute, whatever the values
    return _xml(str(value))


def _xml(text: str) -> str:
    """Characters that XML 1.0 cannot hold become U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
