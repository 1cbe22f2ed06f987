"""The text tree, and the widths of Chinese text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_graph import graph

from kg.chain import accountability
from kg.draw import draw
from kg.draw.layout import fit
from kg.draw.order import crossings, untangle
from kg.draw.type import columns, cut, ems, plain, wrap
from kg.model import Graph


def test_the_tree_shows_steps_words_and_numbers() -> None:
    g = graph("A:某局 -BEARS-> D:事 role=牵头", "A:某局 -PART_OF~> A:县政府", "P:甲 -HOLDS-> O:局长", "O:局长 -POST_IN~> A:某局",
              levels={"A:某局": "县", "A:县政府": "县"})  # fmt: skip
    tree = draw(accountability(g, g.nodes["D:事"], as_of="2024-01-01"), "text").splitlines()
    assert tree[:7] == [
        "事的责任链",
        "向上与向下 · 截至 2024-01-01",
        "",
        "县政府 县 · 党政机关",
        "└╌ 下属（推定：机构隶属本级政府） → 某局 县 · 部门",
        "   ├─ 任职[1] → 甲 局长 县 · 岗位与人",
        "   └─ 牵头[2] → 【事】 职责",
    ]
    assert tree[-3:] == [
        "出处",
        "[1] “甲与局长” ——《2024-01-01的通知》2024-01-01",
        "[2] “某局与事” ——《2024-01-01的通知》2024-01-01",
    ]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_keep_to_the_width(county: Graph, width: int) -> None:
    chain = accountability(county, county.nodes["agency:371424/人民政府"])
    lines = draw(chain, "text", width=width).splitlines()
    assert max(columns(line) for line in lines[3:]) <= width


@pytest.mark.parametrize(("text", "size"), [("县", 2), ("PM2.5", 5), ("（甲）", 6), ("e\u0301", 1), ("ｱ", 1), ("", 0)])
def test_columns(text: str, size: int) -> None:
    assert columns(text) == size


@given(st.text(alphabet="县政府ab1 ，。（）", max_size=60), st.integers(4, 30))
def test_wrapping_loses_nothing_but_spaces(text: str, limit: int) -> None:
    lines = wrap(text, limit, measure=columns)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(columns(line) <= limit + 4 for line in lines), "only closing punctuation may hang over"


@given(st.text(max_size=40), st.floats(2, 20))
def test_cutting_fits(text: str, limit: float) -> None:
    assert ems(cut(text, limit)) <= max(limit, 1.0)


@given(st.text(max_size=60))
def test_plain_text_has_no_control_characters(text: str) -> None:
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Cf") or c in "\u2028\u2029" for c in plain(text))


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30))
def test_fitted_positions_keep_order_and_gaps(want: list[float]) -> None:
    at = fit(want, [10.0] * (len(want) - 1), [1.0] * len(want))
    assert all(b - a >= 10 - 1e-6 for a, b in pairwise(at))
    assert sum(at) == pytest.approx(sum(want), abs=1e-6), "nothing is moved but by what overlaps"


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20, unique=True))
def test_untangling_never_adds_crossings(pairs: list[tuple[int, int]]) -> None:
    rows = [[f"a{i}" for i in range(6)], [f"b{i}" for i in range(6)]]
    links = [(f"a{i}", f"b{j}") for i, j in pairs]
    down = {f"a{i}": [f"b{j}" for k, j in pairs if k == i] for i in range(6)}
    after = untangle(rows, links)
    assert [sorted(r) for r in after] == [sorted(r) for r in rows]
    assert crossings(after, down) <= crossings(rows, down)
