"""Seconds of loading a folder of notices, read by one process after another in turn and by as many as `kg load` takes.

    python benchmarks/folder.py [--notices 1000]

Both load the same made-up notices into an embedded store of their own, in turns, each in a process of its own.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.loading import Defaults, files, load
from kg.readers import worth
from kg.store import open_store

TURNS = 3


def step(folder: str, store: str, processes: int) -> None:
    """Load the folder; print the seconds."""
    start = time.perf_counter()
    with open_store(store) as opened:
        tally = load(opened, files([folder]), Defaults(), processes=processes)
    if tally.failed:
        raise SystemExit(f"{len(tally.failed)} notices were not loaded: {tally.failed[:1]}")
    print(time.perf_counter() - start)


def seconds(folder: Path, processes: int) -> float:
    """What one load takes."""
    with tempfile.TemporaryDirectory() as place:
        given = [str(folder), str(Path(place) / "s.kgl"), str(processes)]
        done = subprocess.run(
            [sys.executable, __file__, "--step", *given], stdout=subprocess.PIPE, text=True, check=True
        )
    return float(done.stdout)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notices", type=int, default=1000)
    parser.add_argument("--step", nargs=3, metavar=("FOLDER", "STORE", "PROCESSES"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        return step(given.step[0], given.step[1], int(given.step[2]))
    from varied import notices

    with tempfile.TemporaryDirectory() as place:
        folder, size = Path(place), 0
        for number, text in enumerate(notices(given.notices)):
            (folder / f"{number:05}.txt").write_text(text, "utf-8")
            size += len(text)
        several = worth(given.notices)
        turns = [(seconds(folder, 0), seconds(folder, several)) for _ in range(TURNS)]
    print(
        f"{given.notices} notices, {size:,} characters, {TURNS} turns\n\n{'readers':>8}{'seconds':>9}{'a second':>10}"
    )
    for count, column in ((1, 0), (several, 1)):
        taken = statistics.median(turn[column] for turn in turns)
        print(f"{count:>8}{taken:>9.1f}{size / taken:>10,.0f}")
    print(f"\nratio {statistics.median(alone / together for alone, together in turns):.2f}")


if __name__ == "__main__":
    main()
