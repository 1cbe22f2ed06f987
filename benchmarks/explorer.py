"""Milliseconds of every page of `kg serve` over a large made-up graph, and the bytes of the first screen.

    python benchmarks/explorer.py [--notices 10000] [--store PATH] [--runs 7] [--settle 20]

A store that is there already is used as it is; it may also be a server's address. The first request opens it and is told
apart; what the explorer asks in the background at its start is waited for (``--settle`` seconds). Beside the median stand the
first answer, before anything of it is remembered, the quickest, which says more on a machine that others use too, and, where
the system tells it, the time that the explorer's own processor was at work.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode

from kg.ask import catalogue
from kg.server import LOCAL
from kg.store import open_store
from queries import arguments, load, places

AIM, FIRST_SCREEN = 150.0, 200_000  # milliseconds, bytes
OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def pages(path: str) -> dict[str, str]:
    """Addresses by name: those that need nothing, an ordinary county's, those of the things that most hangs on, and every
    saved question's."""
    with open_store(path, read_only=True) as store:
        usual, hub = places(store)
        topic, listed = (
            store.query(f"MATCH (n:{label}) RETURN n.uid AS uid ORDER BY uid LIMIT 1").rows[0]["uid"]
            for label in ("Topic", "AccountabilityList")
        )
        notice = store.query("MATCH (n:Notice) RETURN n.uid AS uid ORDER BY uid LIMIT 1").rows[0]["uid"]
        names = {
            uid: store.query("MATCH (n {uid: $uid}) RETURN n.name AS name", {"uid": uid}).rows[0]["name"]
            for uid in {usual["region"]}
        }
    county, province = usual["region"], hub["region"]
    found = {
        "home": "/", "questions": "/queries", "search": "/search?" + urlencode({"q": names[county]}), "notices": "/notices",
        "a place": f"/thing/{quote(county, safe='')}", "a notice": f"/notice/{quote(notice, safe='')}",
        "a chain": "/drawing/chain?" + urlencode({"subject": county, "depth": 2}),
        "a graph": "/drawing/around?" + urlencode({"thing": county, "depth": 1}),
        "nothing found": "/search?" + urlencode({"q": "不存在的东西"}), "many found": "/search?" + urlencode({"q": "县"}),
        "a province": f"/thing/{quote(province, safe='')}", "a topic": f"/thing/{quote(topic, safe='')}",
        "a list": f"/thing/{quote(listed, safe='')}", "a person": f"/thing/{quote(usual['person'], safe='')}",
        "a province's chain": "/drawing/chain?" + urlencode({"subject": province, "depth": 2}),
        "a topic's graph": "/drawing/around?" + urlencode({"thing": topic, "depth": 1}),
        "gaps of all": "/drawing/gaps?growing=true",
        "gaps of a county": "/drawing/gaps?" + urlencode({"region": county, "growing": "true"}),
        "lists": "/lists", "own Cypher": "/cypher?" + urlencode({"text": "MATCH (n:Region) RETURN n"}),
        "api: suggestions": "/api/suggest?" + urlencode({"query": "", "parameter": "", "prefix": "县"}),
        "api: a topic": "/api/show?" + urlencode({"thing": topic}), "api: counts": "/api/stats",
        "api: a chain": "/api/chain?" + urlencode({"subject": county, "depth": 2}),
    }  # fmt: skip
    for name, saved in catalogue().items():
        given = arguments(saved, usual)
        found[name] = f"/query/{name}?{urlencode({k: v for k, v in given.items() if v is not None})}"
    return found


def took(address: str) -> tuple[float, int, int]:
    """Milliseconds, bytes and status of one request."""
    start = time.perf_counter()
    try:
        with OPEN(address, timeout=120) as answer:
            size, status = len(answer.read()), int(answer.status)
    except urllib.error.HTTPError as error:
        size, status = len(error.read()), error.code
    return (time.perf_counter() - start) * 1000, size, status


def worked(process: int) -> float:
    """Milliseconds that a process has been at work, NaN where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") * 1000


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--store", default="")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--settle", type=float, default=20.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or str(Path(folder) / "graph.kgl")
        if "://" not in path and path != LOCAL and not Path(path).exists():
            load(Path(path), given.notices)
        asked = pages(path)
        command = [sys.executable, "-m", "kg", "--store", path, "serve", "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            base = server.stdout.readline().split()[0].rstrip("/")
            first = took(f"{base}/")[0]
            time.sleep(given.settle)
            print(f"{'page':34}{'median ms':>11}{'first':>8}{'least':>8}{'at work':>9}{'bytes':>11}  status")
            slow, late = [], []
            for name, place in asked.items():
                before = worked(server.pid)
                runs = [took(base + place) for _ in range(given.runs)]
                work = (worked(server.pid) - before) / given.runs
                middle = statistics.median(r[0] for r in runs)
                slow += [name] if middle > AIM else []
                late += [name] if runs[0][0] > AIM else []
                print(
                    f"{name:34}{middle:>11.0f}{runs[0][0]:>8.0f}{min(r[0] for r in runs):>8.0f}{work:>9.0f}"
                    f"{runs[0][1]:>11,}  {runs[0][2]}",
                    flush=True,
                )
            screen = sum(took(base + p)[1] for p in ("/", "/static/web.css", "/static/web.js", "/static/icon.svg"))
            server.terminate()
    print(f"\nthe first request, which opens the store: {first:.0f} ms")
    print(f"first screen {screen:,} bytes (at most {FIRST_SCREEN:,})")
    print(f"over {AIM:g} ms: {', '.join(slow) or 'none'}")
    print(f"first answers over {AIM:g} ms: {', '.join(late) or 'none'}")


if __name__ == "__main__":
    main()
