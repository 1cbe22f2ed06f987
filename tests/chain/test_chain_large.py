"""Chains of a very large graph: what is nearest whole, of those alike further away three and the number of the rest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small_graph import graph

from kg.chain import Chain, accountability
from kg.chain.source import LABELS
from kg.chain.surroundings import rehearse
from kg.draw import FORMATS, draw
from kg.draw.scene import scene
from kg.model import Graph, Reading
from kg.store import Store, open_store

TOWNS, VILLAGES = 9, 60


def province() -> Graph:
    """A county of nine towns with sixty villages each, a leader over each town and a cadre in charge of each village."""
    lines = ["A:县政府 -GOVERNS-> R:县", "R:县 -WITHIN~> R:省", "O:副县长 -POST_IN-> A:县政府"]
    for t in range(TOWNS):
        town = f"R:镇{t}"
        lines += [
            f"{town} -WITHIN-> R:县",
            f"A:镇{t}政府 -GOVERNS-> {town}",
            f"A:县政府 -SUPERVISES~> A:镇{t}政府 kind=rank",
        ]
        lines += [f"P:领导{t} -HOLDS-> O:副县长", f"P:领导{t} -IN_CHARGE_OF-> {town}"]
        for v in range(VILLAGES):
            village = f"R:镇{t}村{v:02d}"
            lines += [f"{village} -WITHIN-> {town}", f"P:干部{t}之{v:02d} -IN_CHARGE_OF-> {village}"]
            lines += [f"P:领导{t} -IN_CHARGE_OF-> {village}", f"P:领导{t} -SUPERVISES-> {village} kind=contract"]
    return graph(*lines, levels={"R:县": "县", "A:县政府": "县"} | {f"R:镇{t}": "镇" for t in range(TOWNS)})


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("large") / "store"
    with open_store(path) as store:
        put(store, province())
        yield store


def put(store: Store, g: Graph) -> None:
    """Keep a graph of one notice, whose text is the sentences one after the other."""
    text = ""
    g.nodes = {
        i: replace(n, props={**n.props, "title": n.name}) if n.label == "Post" else n for i, n in g.nodes.items()
    }
    for edge in g.edges:
        for said in edge.evidence:
            edge.evidence = (said._replace(start=len(text), end=len(text) + len(said.quote)),)
            text += said.quote
    store.put(Reading(replace(*g.notices.values(), text=text), list(g.nodes.values()), g.edges))


def chain(store: Store, uid: str, **given: object) -> Chain:
    return accountability(store, province().nodes[uid], bounded=True, **given)  # type: ignore[arg-type]


def test_what_is_nearest_is_whole_and_the_rest_is_counted(large: Store) -> None:
    found = chain(large, "R:县")
    assert found.bounded and not found.cut
    assert len(found.boxes) < 120
    ids = {node.id for box in found.boxes for node in box.members}
    assert {f"R:镇{t}" for t in range(TOWNS)} <= ids and {"R:省", "A:县政府"} <= ids
    assert {f"P:领导{t}" for t in range(TOWNS)} <= ids
    villages = {t: [b for b in found.boxes if b.id.startswith(f"R:镇{t}村")] for t in range(TOWNS)}
    for boxes in villages.values():
        standing = [b for b in boxes if b.stands_for]
        assert len(standing) == 1
        assert len(boxes) - 1 + standing[0].stands_for == VILLAGES
    assert "其余" in draw(found, "text") and "图很大" in draw(found, "text")


def test_every_format_draws_what_stands_for_others(large: Store) -> None:
    found = chain(large, "R:县")
    heads = Counter(item.kind for item in scene(found).items)
    assert heads["Fold"] == sum(b.stands_for > 1 for b in found.boxes) == TOWNS
    for format in FORMATS:
        drawn = draw(found, format)
        assert ('"stands_for"' if format == "json" else "个同类") in drawn


def test_a_box_that_stands_for_others_has_the_arrows_that_it_has_in_the_whole_chain(large: Store) -> None:
    some, whole = chain(large, "R:县"), accountability(large, province().nodes["R:县"])
    drawn = {b.id for b in some.boxes}
    steps = {(s.upper, s.lower) for s in some.steps}
    assert steps == {(s.upper, s.lower) for s in whole.steps if {s.upper, s.lower} <= drawn}
    assert {e.key for s in some.steps for e in s.links} <= {e.key for s in whole.steps for e in s.links}


def test_nothing_is_said_to_be_missing_that_was_only_not_looked_for(large: Store) -> None:
    whole = {(g.kind, g.box) for g in accountability(large, province().nodes["R:县"]).gaps}
    assert {(g.kind, g.box) for g in chain(large, "R:县").gaps} <= whole


@pytest.mark.parametrize("uid", ["R:镇3", "R:镇3村07", "P:领导3", "P:干部3之07"])
def test_a_chain_that_is_not_very_large_is_whole(large: Store, uid: str) -> None:
    found = chain(large, uid)
    assert not found.bounded
    assert draw(found, "json") == draw(accountability(large, province().nodes[uid]), "json")


@pytest.mark.parametrize(
    "given",
    [{}, {"as_of": "all"}, {"as_of": "2024-01-15"}, {"as_of": "2024-03-01"}, {"as_of": "2023-01-15"}, {"min_confidence": 0.5},
     {"stated_only": True}],
)  # fmt: skip
def test_those_counted_are_those_that_hold_on_the_day(given: dict[str, object], tmp_path: Path) -> None:
    g = graph(
        *(f"P:人{n:03d} -HOLDS-> O:巡查员" + (" until=2024-02-01" if n < 40 else "") for n in range(200)),
        *(f"P:人{n:03d} -HOLDS~> O:巡查员 status=拟任" for n in range(200, 210)),
        *(f"P:人{n:03d} -HOLDS-> O:巡查员 status=时任" for n in range(210, 220)),
    )
    with open_store(tmp_path / "store") as store:
        put(store, g)
        some = accountability(store, g.nodes["O:巡查员"], bounded=True, **given)  # type: ignore[arg-type]
        whole = accountability(store, g.nodes["O:巡查员"], **given)  # type: ignore[arg-type]
    assert some.bounded and len(some.boxes) < 10 or len(whole.boxes) < 10
    assert sum(b.stands_for or 1 for b in some.boxes) == len(whole.boxes)


def test_a_bounded_chain_as_data_says_so(large: Store) -> None:
    told = json.loads(draw(chain(large, "R:县"), "json"))
    assert told["bounded"] is True
    assert "bounded" not in json.loads(draw(chain(large, "R:镇3"), "json"))


class Spelled:
    """A store that notes how it is asked."""

    plans = True

    def __init__(self, store: Store) -> None:
        self.store, self.asked = store, set[str]()

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Iterable[dict[str, Any]]:
        self.asked.add(cypher)
        return self.store.query(cypher, parameters)


def test_a_server_is_asked_of_every_subject_in_the_words_that_it_was_asked_before(
    county: Graph, county_store: Store
) -> None:
    before, now = Spelled(county_store), Spelled(county_store)
    for ask in rehearse(before):
        ask()
    for node in county.nodes.values():
        if node.label in LABELS:
            accountability(now, node, bounded=True)
            accountability(now, node, depth=2, texts=False)
    assert len(now.asked) > 20
    assert now.asked <= before.asked


def test_a_server_is_asked_of_a_very_large_chain_in_such_words_too(large: Store) -> None:
    before, now = Spelled(large), Spelled(large)
    for ask in rehearse(before):
        ask()
    for uid in ("R:县", "A:县政府", "R:省", "O:副县长"):
        accountability(now, province().nodes[uid], bounded=True)
    assert now.asked <= before.asked
