"""match.toml, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of match.toml; see there."""

    sure: float
    doubtful: float
    apart: float
    problem: float
    features: dict[str, tuple[float, float]]
    list: dict[str, float]
    punished: dict[str, float]


@cache
def table() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads(files(__package__).joinpath("match.toml").read_text("utf-8"))


@cache
def weights() -> Weights:
    """What counts how much."""
    data = table()
    features = {row["name"]: (row["same"], row["other"]) for row in data["feature"]}
    return Weights(
        data["sure"], data["doubtful"], data["apart"], data["problem"], features, data["list"], data["punished"]
    )


@cache
def idle() -> re.Pattern[str]:
    """What a reason says besides the matter."""
    return re.compile(table()["idle"])


@cache
def changing() -> re.Pattern[str]:
    """The parts of a title that change from state to state."""
    return re.compile("|".join(row["pattern"] for row in table()["changing"]))
