"""Graphs written as lines, for tests of single rules.

    ``A:县政府 -GOVERNS-> R:县``           a derived relationship is written ``-GOVERNS~>``
    ``P:张 -HOLDS-> O:县长 since=2024-01-01 @2024-02-01``    properties, and the date of the notice that states it

The letter is the label: A Agency, R Region, P Person, O Post, D Obligation, M Meeting, T Target, L AccountabilityList. An id is
the letter and the name; a level is given by ``levels={"A:县政府": "县"}``.
"""

from __future__ import annotations

import re

from kg.model import Edge, Evidence, Graph, Node, Notice

LABELS = {"A": "Agency", "R": "Region", "P": "Person", "O": "Post", "D": "Obligation", "M": "Meeting", "T": "Target"}
LABELS |= {"L": "AccountabilityList"}
LINE = re.compile(r"(?P<a>\S+) -(?P<type>[A-Z_]+)(?P<arrow>[-~])> (?P<b>\S+)(?P<rest>.*)")


def graph(*lines: str, levels: dict[str, str] | None = None) -> Graph:
    """The graph that the lines say."""
    g = Graph()
    for line in lines:
        found = LINE.fullmatch(line.strip())
        assert found, line
        words = found["rest"].split()
        props = dict(w.split("=", 1) for w in words if "=" in w)
        day = next((w[1:] for w in words if w.startswith("@")), "2024-01-01")
        derived = found["arrow"] == "~"
        quote = f"{found['a'][2:]}与{found['b'][2:]}"
        notice = f"notice:{day}"
        g.notices[notice] = Notice(notice, f"{day}的通知", day, "某县政府办公室")
        evidence = () if derived else (Evidence(notice, 0, len(quote), quote),)
        for ref in (found["a"], found["b"]):
            extra = {"level": levels[ref]} if levels and ref in levels else {}
            g.nodes.setdefault(ref, Node(ref, LABELS[ref[0]], ref[2:], props=dict(extra)))
        g.edges.append(
            Edge(found["a"], found["type"], found["b"], evidence, "test", derived=derived, props=dict(props))
        )
    return g
