"""Memory that loading takes beyond the graph itself: it should not grow with the number of notices.

    python benchmarks/memory.py [--notices 100 300 1000]

The embedded store holds its graph in memory. So each number of notices is loaded in a process of its own, whose peak is
compared with that of a process that only opens the finished store.
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


def look(store: str) -> None:
    """Open the finished store, with all that a reader imports; print the peak."""
    from varied import notices

    from kg.loading import Defaults, read
    from kg.store import open_store

    with open_store(store, read_only=True) as opened:
        for text in notices(11):
            read(text.encode("utf-8"), "x.txt", Defaults())
        opened.counts()
        print(peak())


def apart(*arguments: str) -> float:
    """The peak of a process of its own."""
    done = subprocess.run([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notices", type=int, nargs="+", default=COUNTS)
    parser.add_argument("--load", nargs=2, metavar=("STORE", "COUNT"), help=argparse.SUPPRESS)
    parser.add_argument("--look", metavar="STORE", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.load:
        return load(given.load[0], int(given.load[1]))
    if given.look:
        return look(given.look)
    print(f"{'notices':>8}{'seconds':>9}{'store MB':>10}{'peak MB':>9}{'opened MB':>11}{'beyond MB':>11}")
    for count in given.notices:
        with tempfile.TemporaryDirectory() as folder:
            store, start = str(Path(folder) / "s.kgl"), time.perf_counter()
            loading = apart("--load", store, str(count))
            seconds, size = time.perf_counter() - start, Path(store).stat().st_size / 1e6
            opened = apart("--look", store)
        print(
            f"{count:>8}{seconds:>9.1f}{size:>10.1f}{loading:>9.0f}{opened:>11.0f}{loading - opened:>11.0f}", flush=True
        )


if __name__ == "__main__":
    main()
