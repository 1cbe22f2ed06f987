"""Loading into a Neo4j server beside the bare driver and beside rdflib-neo4j, and every saved query on the result.

    python benchmarks/neo4j_load.py [--notices 2000] [--turns 3] [--runs 20] [--no-rdflib]

A server of its own is started for it (in out/bench/neo4j). In turns, the made-up corpus of ``generated.py`` is loaded by
this program, and the very nodes and relationships that come of it by a hand-written script, in batches by UNWIND; the
medians count. Then a part of the same statements is loaded by rdflib-neo4j, in an environment of its own, counted in three
ways: as ``kg export`` writes them (with the terms of other vocabularies beside the project's), as exactly what is stored
(things and statements with their properties, words among them), and as relationships alone, without their words. The second
is the same content; the first says more, the third less.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
from apart import environment
from generated import Corpus
from servers import driver, emptied, running

from kg import server
from kg.ask import catalogue, run
from kg.export import render
from kg.model import Reading
from kg.store import open_store
from kg.store.login import login
from kg.store.records import INTERNAL
from queries import arguments, places

AIM_LOAD, AIM_RDF, AIM_QUERY = 0.8, 10.0, 100.0
BATCH = 5_000
RDF_PART = (
    40  # notices whose statements are sent through rdflib-neo4j; its pace does not depend on how many more there are
)
_RDFLIB = Path(__file__).with_name("neo4j_rdflib.py")


Spent = tuple[float, float]
"""Seconds by the clock, and of computing by this process and the server."""


def ours(readings: list[Reading]) -> Spent:
    """What a load takes."""
    emptied()
    start, before = time.perf_counter(), computed()
    with open_store(server.LOCAL) as store:
        for _, outcome in store.put_all(readings):
            if outcome != "new":
                raise SystemExit(f"not loaded: {outcome}")
    return time.perf_counter() - start, computed() - before


def computed() -> float:
    """Seconds of computing so far, of this process and of the server."""
    spent = psutil.Process(server.status().pid).cpu_times()
    return time.process_time() + spent.user + spent.system


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


def bare(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> Spent:
    """What it takes the hand-written script for the same rows: one statement a label or pattern and batch."""
    emptied()
    by_label: dict[str, list[Any]] = {}
    by_pattern: dict[tuple[str, str, str], list[Any]] = {}
    for node in nodes:
        by_label.setdefault(node["label"], []).append(node["props"])
    for edge in edges:
        by_pattern.setdefault((edge["a"], edge["type"], edge["b"]), []).append(edge)
    start, before = time.perf_counter(), computed()
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
    return time.perf_counter() - start, computed() - before


def forms(readings: list[Reading]) -> tuple[int, dict[str, str]]:
    """How many relationships come of readings, and the same graph as Turtle in three ways."""
    emptied()
    with open_store(server.LOCAL) as store:
        for _ in store.put_all(readings):
            pass
        exported = render(store.graph(), "ttl")
    nodes, edges = stored()
    plain, words = list[str](), list[str]()
    for node in nodes:
        words += _triples(node["props"]["uid"], f"akg:{node['label']}", node["props"])
    for number, edge in enumerate(edges):
        ends = [_iri(edge["source"]), _iri(edge["target"])]
        plain.append(f"{ends[0]} akg:{edge['type']} {ends[1]} .")
        # RDF has no properties of relationships: what a statement rests on is a thing of its own
        words += _triples(f"statement/{number}", "akg:Statement", edge["props"])
        words += [f"{_iri(f'statement/{number}')} akg:{what} {end} ." for what, end in zip(("from", "to"), ends)]
    plain += [f"{_iri(node['props']['uid'])} a akg:{node['label']} ." for node in nodes]
    head = "@prefix akg: <https://example.org/kg/> .\n"
    return len(edges), {
        "kg export": exported,
        "the stored content": head + "\n".join([*plain, *words]),
        "bare relationships": head + "\n".join(plain),
    }


def _triples(uid: str, kind: str, props: dict[str, Any]) -> list[str]:
    """What a thing or statement holds, without what the store keeps for itself."""
    found = [f"{_iri(uid)} a {kind} ."]
    for key, value in props.items():
        for one in (value if isinstance(value, list) else [value]) if key not in INTERNAL else ():
            found.append(f"{_iri(uid)} akg:{key} {json.dumps(one, ensure_ascii=False)} .")
    return found


def _iri(uid: str) -> str:
    return f"<https://example.org/kg/{quote(uid)}>"


def by_rdflib(turtle: str) -> tuple[int, float]:
    """How many triples rdflib-neo4j loaded in how many seconds, in an environment of its own."""
    python = environment("neo4j_rdflib")
    emptied()
    known = login(server.LOCAL)
    asked = {"uri": known.uri, "user": known.user, "password": known.password, "turtle": turtle}
    done = subprocess.run(
        [str(python), str(_RDFLIB)], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"rdflib-neo4j failed: {done.stderr.strip().splitlines()[-1]}")
    count, took = done.stdout.split()[-2:]
    return int(count), float(took)


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
        mine, scripts = list[Spent](), list[Spent]()
        for turn in range(options.turns):
            mine.append(ours(readings))
            scripts.append(bare(nodes, edges))
            print(
                f"turn {turn + 1}: this program {mine[-1][0]:.1f} s, the bare driver {scripts[-1][0]:.1f} s; "
                f"of computing {mine[-1][1]:.1f} s and {scripts[-1][1]:.1f} s",
                flush=True,
            )
        seconds, work = (statistics.median(each) for each in zip(*mine, strict=True))
        script, script_work = (statistics.median(each) for each in zip(*scripts, strict=True))
        print(f"\n{'this program':<24} {seconds:>8.1f} s {rows / seconds:>10.0f} rows/s")
        print(f"{'the bare driver':<24} {script:>8.1f} s {rows / script:>10.0f} rows/s")
        print(f"ratio {script / seconds:.2f} (wanted: at least {AIM_LOAD}), of computing {script_work / work:.2f}")
        if not options.no_rdflib:
            pace = len(edges) / seconds
            print(f"\nrelationships with their things a second: this program {pace:.0f}, rdflib-neo4j")
            count, turtles = forms(readings[:RDF_PART])
            for name, turtle in turtles.items():
                triples, took = by_rdflib(turtle)
                print(
                    f"{name:<24} {took:>8.1f} s {count / took:>10.0f}, ratio {pace / (count / took):.1f} "
                    f"({triples} triples for {count} relationships)"
                )
            print(f"(wanted: at least {AIM_RDF:.0f})")
        print(f"{len(catalogue()) - slow} of {len(catalogue())} saved queries within {AIM_QUERY:.0f} ms at p95")


if __name__ == "__main__":
    main()
