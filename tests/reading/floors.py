"""The floors of the scores: what was reached once must not be lost. They stand in ``floors.json`` and only rise."""

from __future__ import annotations

import json
from pathlib import Path

from score import Scores, total

FILE = Path(__file__).with_name("floors.json")
FEW = 10  # of a category with fewer annotated items one slip moves the score too far for a floor
ROOM = 0.005  # left below what is reached, so that a tie decided otherwise does not fail


def floors(name: str) -> dict[str, float]:
    """Floors of a set by category, ``ALL`` among them."""
    known: dict[str, dict[str, float]] = json.loads(FILE.read_text("utf-8"))
    return known.get(name, {})


def reached(scores: Scores) -> dict[str, float]:
    """F1 of each category that has enough items, and of all together."""
    found = {name: count.f1 for name, count in scores.items() if count.items >= FEW}
    return {**found, "ALL": total(scores).f1}


def below(name: str, scores: Scores) -> list[str]:
    """A line for each floor that is not reached."""
    now = reached(scores)
    return [f"{name} {k}: {now.get(k, 0.0):.3f} < {v:.3f}" for k, v in floors(name).items() if now.get(k, 0.0) < v]


def raise_floors(name: str, scores: Scores) -> None:
    """Lift each floor to what is reached now; none is lowered."""
    known = json.loads(FILE.read_text("utf-8"))
    old = known.get(name, {})
    new = {k: max(old.get(k, 0.0), round(v - ROOM, 3)) for k, v in reached(scores).items()}
    known[name] = {**old, **new}
    FILE.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")
