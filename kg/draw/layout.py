"""Where the boxes of a scene stand: lanes into rows, arrows over several rows through bends, compact coordinates.

Units are those of the drawing (pixels at scale 1). *Along* is the direction in which rows follow one another (down the
page, or to the right), *across* the direction within a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.draw.order import crossings, untangle
from kg.draw.scene import Scene

ROUNDS, SETTLE = 40, 8  # times that all rows are gone through, and for how many of these each box looks both ways
EFFORT = 9_000  # boxes and bends moved in all: a large drawing is gone through less often
BEND = 8.0  # the room of an arrow that passes a row


@dataclass(slots=True)
class Rows:
    """Which row every box of a scene stands in: ``rows`` are ids, the bends of arrows over several rows among them; ``lanes`` maps
    a lane's order to the first and last row of it, ``chains`` an arrow to its boxes and bends from upper to lower, ``links`` are
    the pairs of neighbours."""

    rows: list[list[str]]
    lanes: dict[int, tuple[int, int]] = field(default_factory=dict)
    chains: dict[str, list[str]] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)

    def size(
        self, across: Mapping[str, float], along: Mapping[str, float], gap: float, between: float, beside: float
    ) -> tuple[float, float]:
        """About how much room a drawing of them takes (across, along)."""
        apart = BEND + beside
        wide = [sum(across[v] + gap if v in across else apart for v in row) for row in self.rows]
        deep = [max((along.get(v, 0.0) for v in row), default=0.0) for row in self.rows]
        return max(wide, default=0.0), sum(deep) + between * len(deep)


@dataclass(slots=True)
class Layout:
    """``at`` gives every box's centre as (across, along), ``paths`` every arrow's points from upper to lower.

    ``rows`` are ids in order, bends among them; ``lanes`` maps a lane's order to the first and last row of it, and
    ``bounds`` gives where each row begins and ends along the drawing. A path runs straight through the rows and turns
    between them only, so that it touches no box on its way.
    """

    at: dict[str, tuple[float, float]] = field(default_factory=dict)
    paths: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    lanes: dict[int, tuple[int, int]] = field(default_factory=dict)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    crossings: int = 0


def rows_of(s: Scene, most: int = 0) -> Rows:
    """The rows of a scene. Where more than ``most`` boxes of one row have nothing beneath them, these are wrapped into several
    rows (0: never)."""
    lanes: dict[int, tuple[int, int]] = {}
    rank = _ranks(s, lanes, most)
    out = Rows([[] for _ in range(1 + max(rank.values(), default=0))], lanes)
    for item in s.items:
        out.rows[rank[item.id]].append(item.id)
    for arrow in s.arrows:
        a, b = sorted((arrow.upper, arrow.lower), key=rank.__getitem__)
        chain = [a]
        for r in range(rank[a] + 1, rank[b]):
            bend = f"\0{arrow.id}\0{r}"
            out.rows[r].append(bend)
            chain.append(bend)
        chain.append(b)
        out.chains[arrow.id] = chain if a == arrow.upper else chain[::-1]
        out.links += [pair for pair in pairwise(chain) if pair[0] != pair[1]]
    return out


def layout(
    found: Rows, across: Mapping[str, float], along: Mapping[str, float], gap: float, between: float, beside: float,
    untangled: list[list[str]] | None = None,
) -> Layout:  # fmt: skip
    """Place a scene's boxes, whose sizes are given both ways; ``gap`` is kept within a row, ``between`` rows, ``beside``
    two arrows that pass a row. ``untangled`` are
    the rows of another layout of the same rows: their order does not depend on sizes."""
    links = found.links
    bends = {v for row in found.rows for v in row if v[0] == "\0"}
    across = dict.fromkeys(bends, BEND) | dict(across)
    along = dict.fromkeys(bends, 0.0) | dict(along)
    out = Layout(rows=untangled or untangle(found.rows, links), lanes=found.lanes)
    down: defaultdict[str, list[str]] = defaultdict(list)
    for u, v in links:
        down[u].append(v)
    out.crossings = crossings(out.rows, down)
    position = _place(out.rows, links, across, gap, beside)
    edge = 0.0
    for row in out.rows:
        deep = max((along[v] for v in row), default=0.0)
        out.bounds.append((edge, edge + deep))
        for v in row:
            out.at[v] = (position[v], edge + deep / 2)
        edge += deep + between
    row_of = {v: r for r, row in enumerate(out.rows) for v in row}
    for key, chain in found.chains.items():
        forward = row_of[chain[0]] <= row_of[chain[-1]]
        ends = [out.bounds[row_of[v]][:: 1 if forward else -1] for v in chain]
        points = [(out.at[v][0], y) for v, pair in zip(chain, ends, strict=True) for y in pair]
        out.paths[key] = points[1:-1]
    return out


def _ranks(s: Scene, lanes: dict[int, tuple[int, int]], most: int) -> dict[str, int]:
    """Row of every box: lanes follow one another, and within a lane whoever stands over another comes before it.

    Duties keep to the last row of their lane, so that a gap above one of them does not push it down alone.
    """
    within: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    lane_of = {i.id: i.lane.order for i in s.items}
    for arrow in s.arrows:
        if lane_of[arrow.upper] == lane_of[arrow.lower] and arrow.upper != arrow.lower:
            within[lane_of[arrow.upper]].append((arrow.upper, arrow.lower))
    above = {arrow.upper for arrow in s.arrows}
    above_of: defaultdict[str, list[str]] = defaultdict(list)
    for arrow in s.arrows:
        above_of[arrow.lower].append(arrow.upper)
    rank: dict[str, int] = {}
    base = 0
    for lane in s.lanes:
        members = [i.id for i in s.items if i.lane == lane]
        sub = _longest(members, within[lane.order])
        deep = max(sub.values(), default=0)
        if lane.part == "duty":
            kinds = {i.id: i.kind for i in s.items}
            sub = {v: deep if kinds[v] != "Gap" else 0 for v in sub}
        if most:
            deep = _wrap(sub, [v for v in members if sub[v] == deep and v not in above], above_of, most)
        for v in members:
            rank[v] = base + sub[v]
        lanes[lane.order] = (base, base + deep)
        base += deep + 1
    return rank


def _wrap(sub: dict[str, int], leaves: list[str], above_of: Mapping[str, list[str]], most: int) -> int:
    """Give those of a lane's last row that stand over nothing several rows, so that none holds more than ``most``; those below
    the same box stay together. The number of the lane's last row then."""
    last = max(sub.values(), default=0)
    lines = -(-len(leaves) // most) or 1
    each = -(-len(leaves) // lines)
    for n, v in enumerate(sorted(leaves, key=lambda v: (sorted(above_of[v]), v))):
        sub[v] = last + n // each
    return last + lines - 1


def _longest(members: list[str], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Depth of every member by the longest way from the top; arrows that close a circle are left aside."""
    down: defaultdict[str, list[str]] = defaultdict(list)
    for u, v in sorted(pairs):
        down[u].append(v)
    state: dict[str, int] = {}
    order: list[str] = []
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for root in members:
        stack = [(root, iter(down[root]))] if root not in state else []
        state.setdefault(root, 1)
        while stack:
            v, rest = stack[-1]
            w = next(rest, None)
            if w is None:
                stack.pop()
                state[v] = 2
                order.append(v)
            elif state.get(w) != 1:
                kept[v].append(w)
                if w not in state:
                    state[w] = 1
                    stack.append((w, iter(down[w])))
    depth = dict.fromkeys(members, 0)
    for v in reversed(order):
        for w in kept[v]:
            depth[w] = max(depth[w], depth[v] + 1)
    return depth


def _place(
    rows: list[list[str]], links: Sequence[tuple[str, str]], across: Mapping[str, float], gap: float, beside: float
) -> dict[str, float]:
    """Coordinates within the rows: each box near the mean of its neighbours, order and gaps kept."""
    up: defaultdict[str, list[str]] = defaultdict(list)
    down: defaultdict[str, list[str]] = defaultdict(list)
    for u, v in links:
        down[u].append(v)
        up[v].append(u)
    gaps = [
        [(across[a] + across[b]) / 2 + (beside if a[0] == b[0] == "\0" else gap) for a, b in pairwise(r)] for r in rows
    ]
    at: dict[str, float] = {}
    for row, apart in zip(rows, gaps, strict=True):
        x = 0.0
        for v, step in zip(row, [0.0, *apart], strict=False):
            x += step
            at[v] = x
        for v in row:
            at[v] -= x / 2
    boxes = [v for row in rows for v in row]
    all_round = {v: _pull(v, up[v] + down[v]) for v in boxes}
    from_above = {v: _pull(v, up[v]) if up[v] else all_round[v] for v in boxes}
    from_below = {v: _pull(v, down[v]) if down[v] else all_round[v] for v in boxes}
    rounds = max(2 * SETTLE, min(ROUNDS, EFFORT // (len(boxes) + 1)))
    for turn in range(rounds):
        downward = turn % 2 == 0
        pulls = all_round if turn >= rounds - SETTLE else from_above if downward else from_below
        for r in range(len(rows)) if downward else range(len(rows) - 1, -1, -1):
            want, weight = [], []
            for v in rows[r]:
                pull, whole = pulls[v]
                want.append(sum([at[u] * w for u, w in pull]) / whole if pull else at[v])
                weight.append(max(1.0, whole))
            at.update(zip(rows[r], fit(want, gaps[r], weight), strict=True))
    return at


def _pull(v: str, near: Sequence[str]) -> tuple[list[tuple[str, float]], float]:
    """How hard each neighbour draws a box, and all of them: a long arrow runs straight."""
    pull = [(u, 6.0 if v[0] == "\0" and u[0] == "\0" else 1.0) for u in near]
    return pull, sum(w for _, w in pull)


def fit(want: Sequence[float], gaps: Sequence[float], weight: Sequence[float]) -> list[float]:
    """Positions nearest to ``want`` (weighted least squares) in the same order, at least ``gaps`` apart.

    Pool adjacent violators: what would overlap moves together, to the mean of what it wants.
    """
    offset = [0.0]
    for g in gaps:
        offset.append(offset[-1] + g)
    pools: list[list[float]] = []
    for w, o, k in zip(want, offset, weight, strict=False):
        pools.append([w - o, k, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            b, a = pools.pop(), pools.pop()
            total = a[1] + b[1]
            pools.append([(a[0] * a[1] + b[0] * b[1]) / total, total, a[2] + b[2]])
    flat = [value for value, _, n in pools for _ in range(int(n))]
    return [v + o for v, o in zip(flat, offset, strict=False)]
