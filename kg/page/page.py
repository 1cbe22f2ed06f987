"""Placeholder until the page stands."""
from kg.model import Graph


def page(graph: Graph, *, title: str, focus: str | None = None) -> str:
    return title
