"""Addresses of servers: what is said when there is none, and that no password ever shows."""

from __future__ import annotations

import pytest

from kg.errors import StoreError
from kg.store import open_store


@pytest.mark.parametrize(
    ("address", "password", "says"),
    [
        ("bolt://127.0.0.1:1", "geheim", "no server answers"),
        ("bolt://127.0.0.1:1", "", "no password; set NEO4J_PASSWORD"),
        ("bolt://neo4j:geheim@127.0.0.1:1", "geheim", "leave name and password out of the address"),
        ("neo4j://", "geheim", "is no address of a server"),
        ("http://127.0.0.1", "geheim", "is no address of a server; write bolt://HOST:7687"),
    ],
)
def test_a_server_that_cannot_be_reached_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, address: str, password: str, says: str
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", password)
    with pytest.raises(StoreError, match=says) as caught:
        open_store(address)
    assert "geheim" not in str(caught.value) and "\n" not in str(caught.value)
