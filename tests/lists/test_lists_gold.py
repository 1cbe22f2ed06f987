"""Annotated lists: what is read from each, and floors of the scores that may only rise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lists_scorer import Count, compare

from kg.loading import Defaults
from kg.model import Reading
from kg.vocabulary import vocabulary
from loaders.lists import LOADER

HERE = Path(__file__).parent
FLOORS = {"seen": 0.99, "unseen": 0.96}
EXPECTED = {"seen": 43, "unseen": 25}


def annotations(folder: str) -> list[Path]:
    return sorted((HERE / folder).glob("[0-9][0-9].json"))


def read(path: Path) -> Reading:
    reading = LOADER.read(path, path.name, Defaults())
    assert reading is not None, f"{path.name} is not taken for a list"
    return reading


@pytest.mark.parametrize("folder", FLOORS)
def test_scores_stay_above_their_floors(folder: str) -> None:
    count = Count()
    found = annotations(folder)
    assert len(found) == EXPECTED[folder]
    for path in found:
        gold = json.loads(path.read_text("utf-8"))
        compare(gold, read(path.with_name(gold["file"])), count)
    assert count.f1 >= FLOORS[folder], "\n".join([f"F1 {count.f1:.3f}", *count.misses, *count.extras])


@pytest.mark.parametrize("path", [p for f in FLOORS for p in annotations(f)], ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_list_obeys_the_schema_and_quotes_exactly(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    reading = read(path.with_name(gold["file"]))
    vocabulary().check(reading)
    for e in reading.edges:
        for v in e.evidence:
            assert reading.notice.text[v.start : v.end] == v.quote
        if "cells" in e.props:
            assert len(e.props["cells"]) == len(e.evidence)
            assert all(not c or c.startswith(f"{gold['file']}#") for c in e.props["cells"])
    titles = [n.props["title"] for n in reading.nodes if n.label == "AccountabilityList"]
    assert gold["list"]["title"] in titles
