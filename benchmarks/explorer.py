"""Milliseconds of every page of `kg serve` over a large made-up graph, and the bytes of the first screen.

    python benchmarks/explorer.py [--notices 10000] [--store PATH] [--runs 7]

A store that is there already is used as it is. The first request opens it and is told apart.
"""

from __future__ import annotations

import argparse
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
from kg.store import open_store
from queries import load, places

AIM, FIRST_SCREEN = 150.0, 200_000  # milliseconds, bytes
OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


def pages(path: Path) -> dict[str, str]:
    """Addresses by name: those that need nothing, an ordinary county's, and every saved question's."""
    with open_store(path, read_only=True) as store:
        usual, _ = places(store)
        notice = store.query("MATCH (n:Notice) RETURN n.uid AS uid ORDER BY uid LIMIT 1").rows[0]["uid"]
        names = {
            uid: store.query("MATCH (n {uid: $uid}) RETURN n.name AS name", {"uid": uid}).rows[0]["name"]
            for uid in {usual["region"]}
        }
    county = usual["region"]
    found = {
        "home": "/", "questions": "/queries", "search": "/search?" + urlencode({"q": names[county]}), "notices": "/notices",
        "a place": f"/thing/{quote(county, safe='')}", "a notice": f"/notice/{quote(notice, safe='')}",
        "a chain": "/drawing/chain?" + urlencode({"subject": county, "depth": 2}),
        "a graph": "/drawing/around?" + urlencode({"thing": county, "depth": 1}),
    }  # fmt: skip
    for name, saved in catalogue().items():
        given = {
            p.name: usual.get(p.type, p.example)
            for p in saved.parameters
            if p.required or p.type in ("region", "subject")
        }
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


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "graph.kgl"
        if not path.exists():
            load(path, given.notices)
        asked = pages(path)
        command = [sys.executable, "-m", "kg", "--store", str(path), "serve", "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            base = server.stdout.readline().split()[0].rstrip("/")
            first = took(f"{base}/")[0]
            print(f"{'page':34}{'median ms':>11}{'slowest':>9}{'bytes':>11}  status")
            slow = []
            for name, place in asked.items():
                runs = [took(base + place) for _ in range(given.runs)]
                middle = statistics.median(r[0] for r in runs)
                slow += [name] if middle > AIM else []
                print(
                    f"{name:34}{middle:>11.0f}{max(r[0] for r in runs):>9.0f}{runs[0][1]:>11,}  {runs[0][2]}",
                    flush=True,
                )
            screen = sum(took(base + p)[1] for p in ("/", "/static/web.css", "/static/web.js", "/static/icon.svg"))
            server.terminate()
    print(f"\nthe first request, which opens the store: {first:.0f} ms")
    print(f"first screen {screen:,} bytes (at most {FIRST_SCREEN:,})")
    print(f"over {AIM:g} ms: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
