"""Which annotated notices there are, and the scores that the tests have come to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from score import Scores

if TYPE_CHECKING:
    from reliability import Verdict

GOLD = Path(__file__).parents[1] / "gold"
TABLES: dict[str, Scores] = {}
RELIABILITY: dict[str, list[Verdict]] = {}


def annotated() -> dict[str, tuple[Path, Path]]:
    """Annotations and notices of each set; ``given`` are those that KG_GOLD and KG_NOTICES name, if they do."""
    sets = {name: (GOLD / name, GOLD / name) for name in ("seen", "unseen")}
    if os.environ.get("KG_GOLD") and os.environ.get("KG_NOTICES"):
        sets["given"] = (Path(os.environ["KG_GOLD"]) / "gold", Path(os.environ["KG_NOTICES"]))
    return sets
