"""Who may ask: names of this server only, no other site's page, a token where others can reach it, nothing too large."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest
from web_served import Served, serving

from kg.web import Settings
from kg.web.gate import MOST_BYTES

PAGES = (
    "/",
    "/queries",
    "/thing/region:320322",
    "/api/stats",
    "/static/web.js",
    "/nowhere",
    "/drawing/around?thing=region:320322",
)


@pytest.fixture(scope="module")
def guarded(samples: str) -> Iterator[Served]:
    with serving(Settings(samples, hosts=("kg.example.org",), token="geheim-令牌".encode().hex())) as server:
        yield server


@pytest.mark.parametrize(
    "host", ["evil.example.org", "evil.example.org:80", "127.0.0.1.evil.example.org", "", "[::2]:1"]
)
def test_another_host_name_is_refused(served: Served, host: str) -> None:
    answer = served.ask("/api/stats", headers={"host": host or "x"})
    assert answer.status == 421
    assert b"nodes" not in answer.body


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1234", "[::1]:8765", "LOCALHOST"])
def test_this_machines_names_are_answered(served: Served, host: str) -> None:
    assert served.ask("/api/stats", headers={"host": host}).status == 200


def test_another_sites_page_may_not_ask(served: Served) -> None:
    assert served.ask("/api/stats", headers={"origin": "https://evil.example.org"}).status == 403
    assert served.ask("/api/stats", headers={"origin": served.base}).status == 200


@pytest.mark.parametrize("headers", [{}, {"origin": "null"}, {"origin": "https://evil.example.org"}])
def test_what_would_change_something_must_come_from_our_own_page(served: Served, headers: dict[str, str]) -> None:
    assert served.ask("/api/stats", headers=headers, data=b"x", method="POST").status == 403


def test_without_the_token_nothing_is_told(guarded: Served) -> None:
    for path in PAGES:
        answer = guarded.ask(path)
        assert answer.status == 401, path
        assert "token" in answer.text and "沛县" not in answer.text
    assert guarded.ask("/?token=wrong").status == 401
    assert guarded.ask("/", headers={"cookie": "kg_token=wrong"}).status == 401


def test_the_token_is_taken_from_the_address_into_a_cookie(guarded: Served) -> None:
    token = "geheim-令牌".encode().hex()
    answer = guarded.ask("/queries", {"token": token, "lang": "en"})
    assert answer.status == 303 and answer.headers["location"] == "/queries?lang=en"
    assert (
        "httponly" in answer.headers["set-cookie"].lower() and "samesite=strict" in answer.headers["set-cookie"].lower()
    )
    cookie = answer.headers["set-cookie"].partition(";")[0]
    assert guarded.ask("/queries", headers={"cookie": cookie}).status == 200
    assert guarded.ask("/api/stats", headers={"authorization": f"Bearer {token}"}).status == 200
    away = guarded.ask("//evil.example.org/", {"token": token})
    assert away.status == 303 and away.headers["location"].startswith("/evil.example.org")


def test_every_answer_forbids_what_pages_do_not_need(served: Served) -> None:
    for path in PAGES:
        headers = served.ask(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        if path.startswith("/drawing/"):
            assert policy == "frame-ancestors 'self'"
        else:
            assert "default-src 'none'" in policy and "script-src 'self'" in policy


def test_pages_hold_no_script_style_or_handler_of_their_own(served: Served) -> None:
    for path in (
        "/",
        "/queries",
        "/thing/region:320322",
        "/query/duties/of?subject=region:320322",
        "/chain?subject=region:320322",
    ):
        text = served.ask(path).text.lower()
        assert "<style" not in text and " style=" not in text and " onclick" not in text and "javascript:" not in text
        assert text.count("<script") == 1 and '<script src="/static/web.js" defer></script>' in text


def test_too_much_at_once_is_refused_before_it_is_read(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    connection.putrequest("POST", "/api/stats")
    for name, value in (("Origin", served.base), ("Content-Length", str(MOST_BYTES + 1))):
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()
