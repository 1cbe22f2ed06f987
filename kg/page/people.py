"""Posts in place of people's names, for a page that goes to people who need not know them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TypeVar, cast

from kg.model import Graph

T = TypeVar("T")

NOBODY = "某同志"
"""For a person of whom no post is known."""


def posts_for_people(graph: Graph) -> dict[str, str]:
    """What stands for each name and alias of a person: the posts held, as the graph names them, joined by 、.

    A name that two people bear stands for the posts of both.
    """
    posts: defaultdict[str, list[str]] = defaultdict(list)
    held: defaultdict[str, list[str]] = defaultdict(list)
    for edge in sorted(graph.edges, key=lambda e: e.key):
        if edge.type == "HOLDS" and edge.target in graph.nodes and edge.source in graph.nodes:
            held[edge.source].append(graph.nodes[edge.target].name)
    for uid, node in sorted(graph.nodes.items()):
        if node.label == "Person":
            for name in (node.name, *node.aliases):
                posts[name] += [p for p in held[uid] if p not in posts[name]]
    return {name: "、".join(found) or NOBODY for name, found in posts.items() if name}


def unsigned(graph: Graph) -> Graph:
    """The graph without the names of those who confirmed statements."""
    edges = [
        replace(e, props={k: v for k, v in e.props.items() if k != "confirmed_by"}) if "confirmed_by" in e.props else e
        for e in graph.edges
    ]
    return replace(graph, edges=edges, decisions=[])


def renamed(data: T, names: dict[str, str]) -> T:
    """The data with every name in every text replaced, longer names first."""
    if not names:
        return data
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))))

    def change(value: object) -> object:
        if isinstance(value, str):
            return pattern.sub(lambda m: names[m[0]], value)
        if isinstance(value, list):
            return [change(v) for v in value]
        if isinstance(value, dict):
            return {k: change(v) for k, v in value.items()}
        return value

    return cast(T, change(data))
