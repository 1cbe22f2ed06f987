"""Loading into a Neo4j server beside the bare driver and beside rdflib-neo4j, and every saved query on the result.

    python benchmarks/neo4j_load.py [--notices 2000] [--turns 3] [--runs 20] [--no-rdflib]

A server of its own is started for it (in out/bench/neo4j). In turns, the made-up corpus of ``generated.py`` is loaded by
this program, and the very nodes and relationships that come of it by a hand-written script, in batches by UNWIND; the
medians count. Then a part of the same statements is loaded by rdflib-neo4j, in an environment of its own.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

from apart import environment
from generated import Corpus
from servers import driver, emptied, running

from kg import server
from kg.ask import catalogue, run
from kg.model import Reading
from kg.store import open_store
from kg.store.login import login
from queries import arguments, places

AIM_LOAD, AIM_RDF, AIM_QUERY = 0.8, 10.0, 100.0
BATCH = 5_000
RDF_PART = 2_000  # relationships sent through rdflib-neo4j; its pace does not depend on how many more there are
_RDFLIB = Path(__file__).with_name("neo4j_rdflib.py")


def ours(readings: list[Reading]) -> float:
    """Seconds that a load takes."""
    emptied()
    start = time.perf_counter()
    with open_store(server.LOCAL) as store:
        for _, outcome in store.put_all(readings):
            if outcome != "new":
                raise SystemExit(f"not loaded: {outcome}")
    return time.perf_counter() - start


def stored() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The nodes and relationships that are there, as stored."""
    with driver() as connected:
        nodes = connected.execute_query(
            "MATCH (n) WHERE NOT n:KgStore RETURN labels(n)[0] AS label, properties(n) AS props"
        )
        edges = connected.execute_query(
            "MATCH (a)-[r]->(b) RETURN labels(a)[0] AS a, a.uid AS source, type(r) AS type, labels(b)[0] AS b, "
            "b.uid AS target, properties(r) AS props"
        )
    return [row.data() for row in nodes.records], [row.data() for row in edges.records]


def bare(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> float:
    """Seconds of the hand-written script for the same rows: one statement a label or pattern and batch."""
    emptied()
    by_label: dict[str, list[Any]] = {}
    by_pattern: dict[tuple[str, str, str], list[Any]] = {}
    for node in nodes:
        by_label.setdefault(node["label"], []).append(node["props"])
    for edge in edges:
        by_pattern.setdefault((edge["a"], edge["type"], edge["b"]), []).append(edge)
    start = time.perf_counter()
    with driver() as connected, connected.session() as session:
        for label in by_label:
            session.run(f"CREATE CONSTRAINT FOR (n:{label}) REQUIRE n.uid IS UNIQUE").consume()
        for label, rows in by_label.items():
            for at in range(0, len(rows), BATCH):
                cypher = f"UNWIND $rows AS row MERGE (n:{label} {{uid: row.uid}}) SET n = row"
                session.execute_write(lambda tx, c=cypher, r=rows[at : at + BATCH]: tx.run(c, rows=r).consume())
        for (a, type_, b), rows in by_pattern.items():
            for at in range(0, len(rows), BATCH):
                cypher = (
                    f"UNWIND $rows AS row MATCH (a:{a} {{uid: row.source}}) MATCH (b:{b} {{uid: row.target}}) "
                    f"MERGE (a)-[r:{type_} {{uid: row.props.uid}}]->(b) SET r = row.props"
                )
                session.execute_write(lambda tx, c=cypher, r=rows[at : at + BATCH]: tx.run(c, rows=r).consume())
    return time.perf_counter() - start


def by_rdflib(edges: list[dict[str, Any]]) -> tuple[int, float]:
    """How many relationships rdflib-neo4j loaded in how many seconds, in an environment of its own."""
    python = environment("neo4j_rdflib")
    emptied()
    part = [edge for edge in edges if edge["type"] != "STATED_IN"][:RDF_PART]
    known = login(server.LOCAL)
    asked = {"uri": known.uri, "user": known.user, "password": known.password, "edges": part}
    done = subprocess.run(
        [str(python), str(_RDFLIB)], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"rdflib-neo4j failed: {done.stderr.strip().splitlines()[-1]}")
    return len(part), float(done.stdout.split()[-1])


def queries(runs: int) -> int:
    """Print each saved query's p95; how many are above the aim."""
    slow = 0
    with open_store(server.LOCAL, read_only=True) as store:
        near, _ = places(store)
        print(f"\n{'query':<36} {'rows':>6} {'median ms':>10} {'p95 ms':>8}")
        for name, query in catalogue().items():
            given, times, rows = arguments(query, near), [], 0
            for warm in (True, False):
                for _ in range(3 if warm else runs):
                    start = time.perf_counter()
                    rows = len(run(store, query, given))
                    if not warm:
                        times.append((time.perf_counter() - start) * 1000)
            p95 = statistics.quantiles(times, n=20)[-1]
            slow += p95 > AIM_QUERY
            note = f"  over {AIM_QUERY:.0f} ms" if p95 > AIM_QUERY else ""
            print(f"{name:<36} {rows:>6} {statistics.median(times):>10.1f} {p95:>8.1f}{note}", flush=True)
    return slow


def main() -> None:
    """Print the table of queries and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notices", type=int, default=2000, help="2000 come to 53,000 things, 195,000 relationships")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--no-rdflib", action="store_true")
    options = parser.parse_args()
    readings = list(Corpus(options.notices))
    with running():
        ours(readings[:50])  # a server gets quicker as it warms up
        ours(readings)
        nodes, edges = stored()
        rows = len(nodes) + len(edges)
        print(f"{len(nodes)} nodes, {len(edges)} relationships with their evidence")
        slow = queries(options.runs)
        bare(nodes, edges)
        mine, scripts = [], []
        for turn in range(options.turns):
            mine.append(ours(readings))
            scripts.append(bare(nodes, edges))
            print(f"turn {turn + 1}: this program {mine[-1]:.1f} s, the bare driver {scripts[-1]:.1f} s", flush=True)
        seconds, script = statistics.median(mine), statistics.median(scripts)
        print(f"\n{'this program':<24} {seconds:>8.1f} s {rows / seconds:>10.0f} rows/s")
        print(f"{'the bare driver':<24} {script:>8.1f} s {rows / script:>10.0f} rows/s")
        print(f"ratio {script / seconds:.2f} (wanted: at least {AIM_LOAD})")
        if not options.no_rdflib:
            count, took = by_rdflib(edges)
            pace = len(edges) / seconds
            print(f"{'rdflib-neo4j':<24} {took:>8.1f} s {count / took:>10.0f} relationships/s; this program {pace:.0f}")
            print(f"ratio {pace / (count / took):.1f} (wanted: at least {AIM_RDF:.0f})")
        print(f"{len(catalogue()) - slow} of {len(catalogue())} saved queries within {AIM_QUERY:.0f} ms at p95")


if __name__ == "__main__":
    main()
