"""What a chain lacks is said."""

from __future__ import annotations

import pytest
from small_graph import graph

from kg.chain import accountability
from kg.model import Graph


def gaps(g: Graph, subject: str) -> list[tuple[str, str]]:
    return [(x.kind, x.box) for x in accountability(g, g.nodes[subject]).gaps]


def test_a_duty_that_names_nobody() -> None:
    g = graph("A:县政府 -ASSIGNED-> D:事", "P:甲 -HOLDS-> O:县长", "O:县长 -POST_IN~> A:县政府")
    assert gaps(g, "D:事") == [("no_bearer", "D:事")]


def test_a_bearer_for_whom_nobody_is_named() -> None:
    assert gaps(graph("A:某局 -BEARS-> D:事"), "D:事") == [("no_person", "A:某局")]


def test_a_bearer_without_a_head_shows_whoever_is_named() -> None:
    g = graph("A:某局 -BEARS-> D:事", "P:甲 -HOLDS-> O:科员", "O:科员 -POST_IN~> A:某局")
    c = accountability(g, g.nodes["D:事"])
    assert [b.name for b in c.boxes if b.kind == "Person"] == ["甲"]
    assert not c.gaps


def test_a_person_of_the_region_answers_for_its_government() -> None:
    g = graph(
        "A:县政府 -BEARS-> D:事", "A:县政府 -GOVERNS~> R:某县", "P:甲 -HOLDS-> O:县长", "O:县长 -POST_IN~> R:某县"
    )
    assert gaps(g, "D:事") == []


def test_a_bearing_post_without_holder() -> None:
    g = graph("O:副镇长 -BEARS-> D:事", "O:副镇长 -POST_IN~> A:镇政府")
    assert ("no_holder", "O:副镇长") in gaps(g, "D:事")


@pytest.mark.parametrize("label", ["A", "O"])
def test_bearers_by_class(label: str) -> None:
    g = graph(f"{label}:各级干部 -BEARS-> D:事")
    g.nodes[f"{label}:各级干部"].props["generic"] = True
    assert gaps(g, "D:事") == [("generic_bearer", f"{label}:各级干部")]


def test_supervisors_without_names_are_no_gaps() -> None:
    g = graph("A:某局 -BEARS-> D:事", "A:某局 -PART_OF~> A:县政府", "P:甲 -HOLDS-> O:局长", "O:局长 -POST_IN~> A:某局")
    assert gaps(g, "D:事") == []
