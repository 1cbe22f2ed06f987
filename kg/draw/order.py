"""The order of boxes within the rows of a layered drawing, so that few arrows cross.

Rows are swept up and down by weighted medians, then neighbours are swapped while that helps; two different starts,
the better result is kept. Deterministic.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

SWEEPS, STALE, ROUNDS = 40, 6, 20
EFFORT = 6_000  # links looked at in all sweeps from one start: a large drawing is swept less often

T = TypeVar("T")
Rows = list[list[int]]  # boxes by number, which is quicker than by name
Near = Mapping[int, Sequence[int]]


def crossings(rows: Sequence[Sequence[T]], down: Mapping[T, Sequence[T]]) -> int:
    """How many pairs of links between neighbouring rows cross: inversions, counted by insertion."""
    total = 0
    for upper, lower in pairwise(rows):
        at = {v: i for i, v in enumerate(lower)}
        seen: list[int] = []
        for u in upper:
            for p in sorted([at[v] for v in down[u] if v in at]):
                total += len(seen) - bisect_right(seen, p)
                insort(seen, p)
    return total


def untangle(named: Sequence[Sequence[str]], links: Sequence[tuple[str, str]]) -> list[list[str]]:
    """The rows, each reordered. Every link joins a box to one in the next row."""
    names = [v for row in named for v in row]
    number = {v: n for n, v in enumerate(names)}
    rows = [[number[v] for v in row] for row in named]
    up: defaultdict[int, list[int]] = defaultdict(list)
    down: defaultdict[int, list[int]] = defaultdict(list)
    for u, v in links:
        down[number[u]].append(number[v])
        up[number[v]].append(number[u])
    sweeps = max(4, min(SWEEPS, EFFORT // (len(links) + 1)))
    rounds = max(3, ROUNDS * sweeps // SWEEPS)
    first = _depth_first(rows, up, down)
    best, best_count = [list(r) for r in rows], crossings(rows, down)
    for start in ([sorted(r, key=first.__getitem__) for r in rows], [list(r) for r in rows]):
        current, lowest, stale = start, None, 0
        seen: set[tuple[int, tuple[tuple[int, ...], ...]]] = set()
        for sweep in range(sweeps):
            current = _sweep(current, up, down, sweep)
            _swap(current, up, down, ties=sweep % 4 > 1, rounds=rounds)
            state = sweep % 4, tuple(map(tuple, current))
            if state in seen:
                break  # it goes round in a circle
            seen.add(state)
            count = crossings(current, down)
            if count < best_count:
                best, best_count = [list(r) for r in current], count
            stale = stale + 1 if lowest is not None and count >= lowest else 0
            lowest = count if lowest is None else min(lowest, count)
            if not best_count or stale > STALE:
                break
        if not best_count:
            break
    return [[names[v] for v in row] for row in best]


def _depth_first(rows: Rows, up: Near, down: Near) -> dict[int, int]:
    seen: dict[int, int] = {}
    stack = [v for row in reversed(rows) for v in reversed(row)]
    while stack:
        v = stack.pop()
        if v not in seen:
            seen[v] = len(seen)
            stack += reversed([*down[v], *up[v]])
    return seen


def _sweep(rows: Rows, up: Near, down: Near, sweep: int) -> Rows:
    """One pass: downward by the boxes above on even sweeps, upward by those below on odd ones."""
    out = [list(r) for r in rows]
    downward = sweep % 2 == 0
    near = up if downward else down
    for r in range(1, len(out)) if downward else range(len(out) - 2, -1, -1):
        at = {v: i for i, v in enumerate(out[r - 1 if downward else r + 1])}
        key: dict[int, float] = {}
        for i, v in enumerate(out[r]):
            q = [at[u] for u in near[v]]
            if len(q) == 1:
                key[v] = q[0] + q[0] * 1e-3
            elif q:
                q.sort()
                key[v] = (q[len(q) // 2] + q[(len(q) - 1) // 2]) / 2 + sum(q) / len(q) * 1e-3
            else:
                key[v] = i
        if sweep % 4 > 1:  # equal ones the other way round, to leave a poor arrangement
            out[r].reverse()
        out[r].sort(key=key.__getitem__)
    return out


def _swap(rows: Rows, up: Near, down: Near, *, ties: bool, rounds: int) -> None:
    """Swap neighbours in a row while that lowers the crossings; with ``ties`` equal ones are swapped once."""
    at = {v: i for row in rows for i, v in enumerate(row)}
    still: set[int] = set()  # rows that were looked at in vain since they or those next to them moved
    for turn in range(rounds):
        if len(still) == len(rows):
            return
        for number, row in enumerate(rows):
            if number in still:
                continue
            moved = False
            above = [[at[x] for x in up[v]] for v in row]
            below = [[at[x] for x in down[v]] for v in row]
            for i in range(len(row) - 1):
                gain = _gain(above[i], above[i + 1]) + _gain(below[i], below[i + 1])
                if gain > 0 or (ties and turn == 0 and gain == 0):
                    row[i : i + 2] = row[i + 1], row[i]
                    above[i : i + 2] = above[i + 1], above[i]
                    below[i : i + 2] = below[i + 1], below[i]
                    moved = True
            if moved:
                at.update((v, i) for i, v in enumerate(row))
                still -= {number - 1, number + 1}
            else:
                still.add(number)


def _gain(left: Sequence[int], right: Sequence[int]) -> int:
    """By how much fewer links of two neighbours cross once they are swapped, given where these links lead."""
    if len(left) == 1 == len(right):  # as nearly everywhere: the bends of long arrows
        return (left[0] > right[0]) - (left[0] < right[0])
    return sum([(x > y) - (x < y) for x in left for y in right]) if left and right else 0
