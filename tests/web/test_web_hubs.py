"""Pages of things that much rests on: some of it at first, all of it page by page."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from web_served import Served

from kg.show import record
from kg.store import open_store
from kg.web import drawings, thing

HUB = "region:320322"  # 沛县


@pytest.mark.parametrize("chosen", [{}, {"stated_only": True}, {"as_of": "2023-09-28"}, {"least": 0.9}])
def test_some_relationships_of_each_kind_are_the_first_of_all(samples: str, chosen: dict[str, object]) -> None:
    with open_store(samples, read_only=True) as store:
        things = [
            row["uid"] for row in store.query("MATCH (n) WHERE NOT n:Notice AND NOT n:KgStore RETURN n.uid AS uid")
        ]
        assert len(things) > 100
        for uid in things:
            whole = record(store, uid, **chosen)  # type: ignore[arg-type]
            every = record(store, uid, most=10_000, **chosen)  # type: ignore[arg-type]
            assert every.edges == whole.edges
            assert every.counts == Counter((e.type, e.source == uid) for e in whole.edges)
            some = record(store, uid, most=2, **chosen)  # type: ignore[arg-type]
            assert some.counts == every.counts
            for (type_, leaving), number in every.counts.items():
                mine = [e for e in some.edges if (e.type, e.source == uid) == (type_, leaving)]
                assert len(mine) == min(2, number)


def test_the_pages_of_a_kind_hold_all_of_it(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    all_of = _rows(served.ask(f"/thing/{HUB}").text)
    monkeypatch.setattr(thing, "MOST", 3)
    first = served.ask(f"/thing/{HUB}").text
    kinds = re.findall(r'\?kind=([A-Z_]+-(?:from|into))"', first)
    assert "STATED_IN-from" in kinds and len(kinds) > 1
    assert _rows(first) < all_of
    found = _rows(first)
    for kind in kinds:
        page, text = 1, ""
        while page == 1 or f"page={page}" in text:
            text = served.ask(f"/thing/{HUB}?kind={kind}&page={page}").text
            assert 1 <= len(_rows(text)) <= 3
            found |= _rows(text)
            page += 1
    assert found == all_of


def test_the_api_tells_that_there_is_more(served: Served) -> None:
    whole = served.ask(f"/api/show?thing={HUB}").json
    some = served.ask(f"/api/show?thing={HUB}&limit=1").json
    assert "truncated" not in whole and some["truncated"]
    kinds = Counter((e["type"], e["source"] == HUB) for e in some["edges"])
    assert set(kinds.values()) == {1} and len(some["edges"]) < len(whole["edges"])


def test_a_drawing_holds_some_of_each_kind_and_says_so(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = served.ask(f"/drawing/around?thing={HUB}&lang=en").text
    monkeypatch.setattr(drawings, "NEAR", 1)
    some = served.ask(f"/drawing/around?thing={HUB}&depth=1&lang=en").text
    assert "of each kind" not in whole and "沛县 · the first 1 of each kind" in some
    assert len(some) < len(whole)


def _rows(page: str) -> set[str]:
    """Links to things and notices in the lists of a page."""
    return set(re.findall(r'<li>(?:<p><span[^>]*>[^<]*</span>|<time>[^<]*</time>) <a href="([^"]+)"', page))
