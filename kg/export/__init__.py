"""The graph as files for other tools: RDF, graph formats, tables and JSON.

Equal graphs give identical bytes, in whatever order their nodes and edges were put together. Every format holds the
same things (notices among them) and the same edges.
"""

from kg.export.decided import read_decisions
from kg.export.document import read_json
from kg.export.write import FORMATS, export, reading_ttl, render

__all__ = ["FORMATS", "export", "read_decisions", "read_json", "reading_ttl", "render"]
