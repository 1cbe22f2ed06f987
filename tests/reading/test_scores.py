"""What is read from annotated notices: no category falls below its floor."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from floors import FILE, below, floors
from score import Count, Scores, compare, score, total
from score_sets import TABLES, annotated

SETS = annotated()


@pytest.fixture(scope="module", params=list(SETS))
def scored(request: pytest.FixtureRequest) -> tuple[str, Scores]:
    TABLES[request.param] = score(*SETS[request.param])
    return request.param, TABLES[request.param]


def test_no_category_falls_below_its_floor(scored: tuple[str, Scores]) -> None:
    name, scores = scored
    assert floors(name), f"{name} has no floors in {FILE.name}"
    # told without the scores, which hold what is wrong in notices that nobody is to look at
    if low := below(name, scores):
        pytest.fail(f"{name}: {low}", pytrace=False)


def test_every_annotated_notice_has_its_text() -> None:
    for marked, notices in SETS.values():
        names = [p.stem for p in marked.glob("*.json")]
        assert names
        assert not [n for n in names if not [p for p in notices.glob(f"{n}.*") if p.suffix != ".json"]]


def test_no_notice_is_both_opened_and_held_back() -> None:
    texts = {
        name: {p.read_bytes() for p in SETS[name][1].iterdir() if p.suffix != ".json"} for name in ("seen", "unseen")
    }
    assert texts["seen"].isdisjoint(texts["unseen"])


if "given" in SETS:

    def test_the_scorer_that_came_with_the_notices_says_the_same(tmp_path: Path) -> None:
        from kg.loading import Defaults, read
        from kg.model import reading_json

        marked, notices = SETS["given"]
        for path in marked.glob("*.json"):
            source = next(p for p in sorted(notices.glob(f"{path.stem}.*")) if p.suffix != ".json")
            reading = reading_json(read(source, str(source), Defaults()))
            (tmp_path / path.name).write_text(json.dumps(reading, ensure_ascii=False), "utf-8")
        script = marked.parent / "score.py"
        done = subprocess.run(
            [sys.executable, str(script), str(marked), str(tmp_path), "--json"], capture_output=True, check=True
        )
        theirs = json.loads(done.stdout)
        ours = score(marked, notices)
        assert {k: (c.found, c.extra, c.missing) for k, c in {**ours, "ALL": total(ours)}.items()} == {
            k: (row["tp"], row["fp"], row["fn"]) for k, row in theirs.items() if "tp" in row
        }


def test_what_is_found_extra_and_missing_is_counted_once() -> None:
    count = Count()
    count.add("x", ["甲", "乙"], ["甲", "甲", "丙", "丁"], lambda a, b: a == b, lambda item: item == "丁")
    assert (count.found, count.extra, count.missing) == (1, 1, 1)
    assert count.f1 == 0.5
    assert count.errors == ["x extra   丙", "x missing 乙"]


def test_an_annotation_compared_with_itself_is_perfect_and_with_nothing_is_missing() -> None:
    gold = {
        "persons": ["林知远"],
        "holds": [{"person": "林知远", "post": "县长", "at": ["望都县人民政府", "县政府"]}],
        "agencies": [["望都县人民政府", "县政府"]],
        "obligations": [{"anchor": "完成散煤清零", "bearers": [["望都县"]], "assigner": ["保定市"]}],
        "supervises": [[["保定市"], ["望都县"]]],
        "targets": [{"indicator": "散煤抽检合格率", "op": ">=", "value": 98, "unit": "%"}],
    }
    reading = {
        "nodes": [
            {"id": "p", "label": "Person", "name": "林知远"},
            {"id": "t", "label": "Post", "name": "望都县人民政府县长", "title": "县长"},
            {"id": "a", "label": "Agency", "name": "望都县政府", "aliases": ["县政府"]},
            {"id": "r", "label": "Region", "name": "望都县", "inferred": True},
            {"id": "c", "label": "Agency", "name": "保定市人民政府", "aliases": ["保定市"], "inferred": True},
            {"id": "o", "label": "Obligation", "text": "望都县要完成散煤清零。"},
            {"id": "g", "label": "Target", "indicator": "散煤抽检合格率", "op": ">=", "value": 98.0},
        ],
        "edges": [
            {"source": "p", "type": "HOLDS", "target": "t"},
            {"source": "t", "type": "POST_IN", "target": "a"},
            {"source": "a", "type": "BEARS", "target": "o"},
            {"source": "c", "type": "ASSIGNED", "target": "o"},
            {"source": "c", "type": "SUPERVISES", "target": "a"},
            {"source": "c", "type": "SUPERVISES", "target": "p", "derived": True},
        ],
    }
    from collections import defaultdict

    full: Scores = defaultdict(Count)
    compare("x", gold, reading, full)
    assert {k: c.f1 for k, c in full.items()} == dict.fromkeys(full, 1.0)
    assert total(full).items == 8
    empty: Scores = defaultdict(Count)
    compare("x", gold, {}, empty)
    assert (total(empty).found, total(empty).extra) == (0, 0)
    assert total(empty).missing == 6
