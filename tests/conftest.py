"""Common to all tests: nothing of the user's own is touched, laws are tried the same way on every machine, and one
Neo4j server and one browser are started for all tests that need real ones.

``--no-neo4j`` (or KG_TESTS_NO_NEO4J=1) leaves those out, and the last line says so. KG_TEST_NEO4J names a server
that runs already, to be used instead; its database is emptied again and again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

# Fixed, so that pictures and figures are the same on every machine; none of them has a use outside a container.
_FLAGS = ["--disable-gpu", "--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", "--hide-scrollbars"]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
GIVEN = os.environ.get("KG_TEST_NEO4J", "")

# before anything reads them: the store, the queries, the server and the cache of whoever runs the tests stay out of it
for _name in ("KG_STORE", "KG_QUERIES", "KG_DEBUG", "NEO4J_DATABASE"):
    os.environ.pop(_name, None)
if not GIVEN:
    for _name in ("NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_PASSWORD_FILE"):
        os.environ.pop(_name, None)
_HOME = tempfile.mkdtemp(prefix="kg-tests-")
os.environ["XDG_DATA_HOME"] = os.environ["LOCALAPPDATA"] = os.path.join(_HOME, "data")
# a server that lives for minutes is quicker with the plain compiler and collector of Java
os.environ["KG_SERVER_JAVA_OPTIONS"] = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
os.environ["KG_SERVER_HOME"] = os.path.join(_HOME, "server")

# a busy machine is slow now and then; that breaks no law
settings.register_profile("project", deadline=None)
settings.load_profile("project")

_LEFT_OUT: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-neo4j", action="store_true", help="leave out the tests that need a Neo4j server")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:  # what one process runs, where several share the tests: one server, and each file's own stores
        item.add_marker(pytest.mark.xdist_group("neo4j" if _needs_server(item) else item.path.name))
    if not (config.getoption("--no-neo4j") or os.environ.get("KG_TESTS_NO_NEO4J", "") not in ("", "0")):
        return
    out = [item for item in items if _needs_server(item)]
    _LEFT_OUT.extend(item.nodeid for item in out)
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if not _needs_server(item)]


def _needs_server(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    return "neo4j_server" in getattr(item, "fixturenames", ()) or (
        call is not None
        and "neo4j" in (call.params.get("make_store"), call.params.get("store"), call.params.get("kind"))
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None]:
    yield
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = _LEFT_OUT
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if _LEFT_OUT and reporter is not None:
        reporter.write_line(f"left out, as asked: {len(_LEFT_OUT)} tests on a Neo4j server (--no-neo4j)", yellow=True)


def pytest_testnodedown(node: Any) -> None:
    """Each of several processes has left out the same tests."""
    _LEFT_OUT[:] = getattr(node, "workeroutput", {}).get("left_out", _LEFT_OUT)


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[str]:
    """The address of a real server; its programs come from the user's cache folder or are fetched into it."""
    if GIVEN:
        yield GIVEN
        return
    from kg import server
    from kg.errors import KgError

    place = server.Place(Path(_HOME) / "server")
    try:
        server.start(place, port=0)
    except KgError as error:
        pytest.fail(f"no Neo4j server: {error} (--no-neo4j leaves these tests out)", pytrace=False)
    yield server.LOCAL
    server.stop(place)


@pytest.fixture(scope="session")
def neo4j_session(neo4j_server: str) -> Callable[..., Any]:
    """Runs one statement on the server, past everything that is tested: ``.records`` and ``.summary``."""
    import neo4j

    from kg.store.login import login

    def run(cypher: str, parameters: dict[str, Any] | None = None) -> Any:
        known = login(neo4j_server)  # each time anew: tests start the server again and change its password
        with neo4j.GraphDatabase.driver(known.uri, auth=(known.user, known.password)) as driver:
            return driver.execute_query(cypher, parameters or {})

    return run


@pytest.fixture(scope="session")
def neo4j_emptied(neo4j_server: str, neo4j_session: Callable[..., Any]) -> Callable[[], str]:
    """Empties the server's database at each call, so that the next store opened there is a new one; its address."""

    def empty() -> str:
        neo4j_session("MATCH (n) DETACH DELETE n")
        return neo4j_server

    return empty


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """KG_CHROMIUM, else the system's Chromium, else the one that Playwright manages (``playwright install chromium``)."""
    path = os.environ.get("KG_CHROMIUM") or next((p for n in _BROWSERS if (p := shutil.which(n))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=["embedded", "neo4j"])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Any]]:
    """Each call opens a new, empty store of the kind under test; all are closed at the end.

    A server holds one store, so a second call empties what the first one made: read from it before.
    """
    from kg.store import Store, open_store

    opened: list[Store] = []
    emptied = request.getfixturevalue("neo4j_emptied") if request.param == "neo4j" else None

    def make() -> Store:
        store = open_store(emptied() if emptied else tmp_path / f"store{len(opened)}.kgl")
        opened.append(store)
        return store

    yield make
    for store in opened:
        store.close()
