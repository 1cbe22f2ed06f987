"""Where the things of a graph stand: the administrative level gives the height, the division tree the order across.

Bands follow one another from the top: for each level places and leading bodies, departments, posts and people; then
meetings, duties, and what duties are about. A band of many things has several rows, filled column by column, so that
the order across is kept and the whole comes near a screen's proportions. Same graph, same positions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from kg.chain.rules import lanes
from kg.draw.layout import fit
from kg.model import Graph, Node
from kg.page.style import table

COLUMN, ROW, BAND = 132.0, 64.0, 46.0  # world units between columns, rows, and extra between bands
ASPECT = 1.5
SWEEPS = 14
PARTS = (("place", ("地方与机关", "Places and governments")), ("bureau", ("部门", "Departments")),
         ("people", ("岗位与人", "Posts and people")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Band:
    """A horizontal strip from ``top`` to ``bottom``; bands of one ``level`` share a shade."""

    level: str
    names: tuple[str, str]
    top: float
    bottom: float


def place(graph: Graph, ids: Collection[str]) -> tuple[dict[str, tuple[float, float]], list[Band]]:
    """Positions of the given things and the bands they stand in."""
    near = _neighbours(graph, set(ids))
    rows = _rows(graph, sorted(ids), near)
    columns = _columns([len(members) for _, members in rows])
    across: dict[str, float] = {}
    for _, members in rows:
        _spread(members, {v: float(i) for i, v in enumerate(members)}, columns, across)
    for sweep in range(SWEEPS):
        for _, members in rows if sweep % 2 == 0 else reversed(rows):
            want = {v: (sum(across[u] for u in near[v]) / len(near[v]) if near[v] else across[v]) for v in members}
            members.sort(key=lambda v: (want[v], across[v], v))
            _spread(members, want, columns, across)
    return _stack(rows, columns, across)


def _neighbours(graph: Graph, ids: set[str]) -> dict[str, list[str]]:
    near: defaultdict[str, list[str]] = defaultdict(list)
    for edge in sorted(graph.edges, key=lambda e: e.key):
        if edge.source in ids and edge.target in ids and edge.source != edge.target:
            near[edge.source].append(edge.target)
            near[edge.target].append(edge.source)
    return near


def _rows(graph: Graph, ids: list[str], near: dict[str, list[str]]) -> list[tuple[tuple[str, str], list[str]]]:
    """Things by band, ``(level, part)``, bands from the top, things in the order of the division tree."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    below = {label: row["key"] for row in table()["row"] for label in row["labels"]}
    levels: dict[str, str] = {}
    for node_id in ids:
        levels[node_id] = lanes().level(graph.nodes[node_id])
    for node_id in ids:
        node = graph.nodes[node_id]
        if node.label in below:
            found["", below[node.label]].append(node_id)
        else:
            found[_level(graph, node, levels, near), _part(node)].append(node_id)
    parts = [key for key, _ in PARTS] + [row["key"] for row in table()["row"]]
    order = sorted(found, key=lambda k: (lanes().rank(k[0]) if k[0] else 99, parts.index(k[1])))
    return [(key, sorted(found[key], key=_tree)) for key in order]


def _part(node: Node) -> str:
    if node.label in ("Person", "Post"):
        return "people"
    return "place" if lanes().is_organ(node) else "bureau"


def _level(graph: Graph, node: Node, levels: dict[str, str], near: dict[str, list[str]]) -> str:
    """A person's or post's level is that of the highest body near it; of a thing of unknown level, likewise."""
    own = levels[node.id]
    if node.label in ("Person", "Post"):
        around = [v for u in near.get(node.id, []) for v in (u, *near.get(u, [])) if graph.nodes[u].label == "Post"]
        bodies = [v for v in (around or near.get(node.id, [])) if graph.nodes[v].label == "Agency"]
        known = [levels[v] for v in bodies if levels[v] != "unknown"]
        if known and ("@" not in node.id or own == "unknown"):
            return min(known, key=lanes().rank)
    return own


_CODE = re.compile(r"(\d{2,12})")


def _tree(node_id: str) -> tuple[str, str]:
    code = _CODE.search(node_id)
    return (code[1] if code else "999999"), node_id


def _columns(sizes: list[int]) -> int:
    """How many columns bring the whole nearest to a screen's proportions."""
    best, least = 1, float("inf")
    for columns in range(1, max([*sizes, 1]) + 1):
        height = sum(-(-n // columns) * ROW + BAND for n in sizes)
        off = abs(columns * COLUMN / max(height, 1.0) - ASPECT)
        if off < least:
            best, least = columns, off
    return max(best, 4)


def _spread(members: list[str], want: dict[str, float], columns: int, across: dict[str, float]) -> None:
    """Give a band's things their columns: near what each wants, in order, one column apart."""
    deep = -(-len(members) // columns) or 1
    groups = [members[i : i + deep] for i in range(0, len(members), deep)]
    mean = [sum(want[v] for v in g) / len(g) for g in groups]
    at = fit(mean, [1.0] * (len(groups) - 1), [float(len(g)) for g in groups])
    room = columns - len(groups)  # no band is wider than the whole; clamping both ways keeps the gaps
    at = [min(max(x, float(i)), float(i + room)) for i, x in enumerate(at)]
    for group, x in zip(groups, at, strict=True):
        for v in group:
            across[v] = x


def _stack(
    rows: list[tuple[tuple[str, str], list[str]]], columns: int, across: dict[str, float]
) -> tuple[dict[str, tuple[float, float]], list[Band]]:
    position: dict[str, tuple[float, float]] = {}
    bands: list[Band] = []
    y = 0.0
    for (level, part), members in rows:
        deep = -(-len(members) // columns) or 1
        for i, v in enumerate(members):
            # Every other row is shifted a little, so that names one above the other do not line up with links.
            position[v] = (round(across[v] * COLUMN + (i % deep % 2) * COLUMN / 3, 1), round(y + (i % deep) * ROW, 1))
        bands.append(Band(level, _names(level, part), y - ROW / 2 - BAND / 2, y + (deep - 0.5) * ROW + BAND / 2))
        y += deep * ROW + BAND
    return position, bands


def _names(level: str, part: str) -> tuple[str, str]:
    if not level:
        zh, en = next(row["name"] for row in table()["row"] if row["key"] == part)
        return zh, en
    lane = lanes().lane(level, "organ")
    zh, en = dict(PARTS)[part]
    return f"{lane.zh.split(' · ')[0]} · {zh}", f"{lane.en.split(' · ')[0]} · {en}"
