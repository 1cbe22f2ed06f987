"""Loads a made-up corpus into an embedded store and times every saved query inside the process.

    python benchmarks/queries.py [--notices 10000] [--store PATH] [--runs 15]

Prints a table: rows, median and slowest of the runs in milliseconds, and the median of what the processor was at work
("busy", which says more on a machine that others use too), for an ordinary county and (column "hub") for the places that
most of the graph hangs on; and what loading took in time and memory. Rows are cut as ``kg query`` cuts them. A store that
is there already is used as it is.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generated import Corpus

from kg.ask import SavedQuery, catalogue, run
from kg.store import Store, open_store

AIM = 50.0  # milliseconds
MOST = 500  # rows


def memory() -> float:
    """Resident memory of this process in MB, or NaN where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def load(path: Path, notices: int) -> None:
    start, step = time.perf_counter(), max(1, notices // 10)
    with open_store(path) as store:
        print(f"{'notices':>8} {'seconds':>8} {'memory MB':>10} {'file+log MB':>12}")
        for done, (_, outcome) in enumerate(store.put_all(Corpus(notices)), 1):
            if outcome != "new":
                raise SystemExit(f"not loaded: {outcome}")
            if done % step == 0:
                size = sum(f.stat().st_size for f in path.parent.glob(path.name + "*")) / 1e6
                print(f"{done:>8} {time.perf_counter() - start:>8.1f} {memory():>10.0f} {size:>12.0f}", flush=True)
    print(f"loaded and saved in {time.perf_counter() - start:.1f} s")


def places(store: Store) -> tuple[dict[str, Any], dict[str, Any]]:
    """Parameters by type: an ordinary county's, and those of the hubs."""
    counties = store.query(
        "MATCH (r:Region {level: 'county'})<-[:CONCERNS]-(m:Meeting) RETURN r.uid AS uid, count(m) AS n "
        "ORDER BY n DESC, uid"
    ).rows
    county = counties[len(counties) // 4]
    meeting = store.query(
        "MATCH (m:Meeting)-[:CONCERNS]->(:Region {uid: $r}) MATCH (p:Person)-[:SPOKE_AT]->(m) "
        "MATCH (m)-[:STATED_IN]->(n:Notice) RETURN m.uid AS meeting, p.uid AS person, n.uid AS notice LIMIT 1",
        {"r": county["uid"]},
    ).rows[0]
    code = county["uid"].partition(":")[2]
    listed = store.query("MATCH (l:AccountabilityList) RETURN l.uid AS uid ORDER BY uid LIMIT 1").rows
    common = {
        "topic": "散煤",
        "date": "2020-06-30",
        "int": 1,
        "bool": True,
        "text": "县长",
        "list": listed[0]["uid"],
        **meeting,
    }
    near = {**common, "subject": county["uid"], "region": county["uid"], "body": f"agency:{code}/人民政府"}
    province = code.split("-")[0]
    far = {**common, "subject": f"agency:{province}/人民政府", "region": f"region:{province}",
           "body": f"agency:{province}/人民政府", "topic": "大气污染"}  # fmt: skip
    return near, far


def arguments(query: SavedQuery, values: dict[str, Any]) -> dict[str, Any]:
    given = {p.name: values[p.type] for p in query.parameters if p.required or p.name in ("region", "subject", "body")}
    for p in query.parameters:
        if p.type == "subject" and "Region" not in p.labels:
            given[p.name] = values["body"]
    if query.name == "supervision/path":
        given["b"] = "region:" + values["region"].partition(":")[2].split("-")[0]
        given["a"] = values["person"]
    return given


def measure(store: Store, query: SavedQuery, values: dict[str, Any], runs: int) -> tuple[int, float, float, float]:
    """Rows, and median, slowest and busy milliseconds."""
    given, times, work, rows = arguments(query, values), [], [], 0
    for _ in range(runs):
        start, busy = time.perf_counter(), time.process_time()
        rows = len(run(store, query, given, limit=MOST))
        times.append((time.perf_counter() - start) * 1000)
        work.append((time.process_time() - busy) * 1000)
    return rows, statistics.median(times), max(times), statistics.median(work)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.store or Path(folder) / "graph.kgl"
        if not path.exists():
            load(path, options.notices)
        start = time.perf_counter()
        with open_store(path, read_only=True) as store:
            counts = store.counts()
            print(
                f"opened in {time.perf_counter() - start:.2f} s, {memory():.0f} MB: {counts.notices} notices, "
                f"{sum(counts.nodes.values())} nodes, {sum(counts.relationships.values())} relationships"
            )
            near, far = places(store)
            head = f"{'rows':>6} {'median':>8} {'slowest':>8} {'busy':>8}"
            print(f"\n{'query':<36} {head}   hub: {head}")
            slow = 0
            for name, query in catalogue().items():
                usual, hub = (measure(store, query, values, options.runs) for values in (near, far))
                slow += usual[1] > AIM
                cells = (f"{r:>6} {median:>8.2f} {worst:>8.2f} {busy:>8.2f}" for r, median, worst, busy in (usual, hub))
                print(
                    f"{name:<36} {'        '.join(cells)}{f'  over {AIM:.0f} ms' if usual[1] > AIM else ''}", flush=True
                )
            print(f"\n{len(catalogue()) - slow} of {len(catalogue())} within {AIM:.0f} ms (column median)")


if __name__ == "__main__":
    main()
