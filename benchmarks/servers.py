"""A Neo4j server for measurements alone, in out/bench/neo4j."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from apart import OUT

os.environ["KG_SERVER_HOME"] = str(OUT / "neo4j")

import neo4j

from kg import server
from kg.store.login import login


@contextmanager
def running() -> Iterator[str]:
    """The server's address; it is stopped again if it was not running before."""
    was_running = server.status().pid is not None
    server.start(port=0, tell=print)
    try:
        yield server.LOCAL
    finally:
        if not was_running:
            server.stop()


def driver() -> neo4j.Driver:
    """A connection to it."""
    known = login(server.LOCAL)
    return neo4j.GraphDatabase.driver(known.uri, auth=(known.user, known.password))


def emptied() -> None:
    """Nothing in the database, constraints and indexes included."""
    with driver() as connected:
        connected.session().run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()
        for kind, listed in (("CONSTRAINT", "CONSTRAINTS"), ("INDEX", "INDEXES YIELD * WHERE type <> 'LOOKUP'")):
            for row in connected.execute_query(f"SHOW {listed}").records:
                connected.execute_query(f"DROP {kind} {row['name']} IF EXISTS")
