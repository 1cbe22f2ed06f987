"""Memory that loading takes beyond the graph itself: it should not grow with the number of notices.

    python benchmarks/memory.py [--notices 100 300 1000] [--server]

The embedded store holds its graph in memory and copies it to save it. So each number of notices is loaded in a process of
its own, whose peak is compared with that of one that adds a single notice to the finished store. With ``--server`` the
notices go to a Neo4j server of its own (in out/bench/neo4j), and the peak is the loading program's alone.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COUNTS = [100, 300, 1000]


def peak() -> float:
    """Largest resident memory of this process so far, in MB."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def load(store: str, count: int) -> None:
    """Load made-up notices as ``kg load`` does, none kept; print the peak."""
    from varied import notices

    from kg.loading import Defaults
    from kg.loading import load as load_all
    from kg.store import open_store

    with open_store(store) as opened:
        sources = ((f"{n}.txt", text.encode("utf-8"), "") for n, text in enumerate(notices(count)))
        tally = load_all(opened, sources, Defaults())
    if tally.new != count:
        raise SystemExit(f"{count - tally.new} of {count} were not loaded: {tally.failed[:1]}")
    print(peak())


def add(store: str, count: int) -> None:
    """Load one more notice into the finished store; print the peak."""
    from varied import notices

    from kg.loading import Defaults, read
    from kg.store import open_store

    with open_store(store) as opened:
        *others, last = notices(count + 1)
        for text in others[:11]:  # as much of the words' data is in memory then as after a load
            read(text.encode("utf-8"), "x.txt", Defaults())
        del others
        if opened.put(read(last.encode("utf-8"), "x.txt", Defaults())) != "new":
            raise SystemExit("the notice was there already")
    print(peak())


def apart(*arguments: str) -> float:
    """The peak of a process of its own."""
    done = subprocess.run([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def embedded(counts: list[int]) -> None:
    """Print a row a number of notices."""
    print(f"{'notices':>8}{'seconds':>9}{'store MB':>10}{'peak MB':>9}{'one more MB':>13}{'beyond MB':>11}")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            store, start = str(Path(folder) / "s.kgl"), time.perf_counter()
            loading = apart("--load", store, str(count))
            seconds, size = time.perf_counter() - start, Path(store).stat().st_size / 1e6
            one = apart("--add", store, str(count))
        print(f"{count:>8}{seconds:>9.1f}{size:>10.1f}{loading:>9.0f}{one:>13.0f}{loading - one:>11.0f}", flush=True)


def served(counts: list[int]) -> None:
    """The same on a server, where the peak holds no graph."""
    from servers import emptied, running

    with running() as address:
        print(f"{'notices':>8}{'seconds':>9}{'peak MB':>9}")
        for count in counts:
            emptied()
            start = time.perf_counter()
            loading = apart("--load", address, str(count))
            print(f"{count:>8}{time.perf_counter() - start:>9.1f}{loading:>9.0f}", flush=True)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notices", type=int, nargs="+", default=COUNTS)
    parser.add_argument("--server", action="store_true")
    parser.add_argument("--load", nargs=2, metavar=("STORE", "COUNT"), help=argparse.SUPPRESS)
    parser.add_argument("--add", nargs=2, metavar=("STORE", "COUNT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.load:
        return load(given.load[0], int(given.load[1]))
    if given.add:
        return add(given.add[0], int(given.add[1]))
    (served if given.server else embedded)(given.notices)


if __name__ == "__main__":
    main()
