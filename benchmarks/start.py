"""Seconds until ``kg`` has answered, beside a bare click program's help.

    python benchmarks/start.py [--turns 21]

In turns, each as a new process; the ratio of the medians counts.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from apart import HERE

MOST = 2.0


def seconds(command: list[str]) -> float:
    """From the call to the end of the process."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=21)
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory() as folder:
        kg = [sys.executable, "-m", "kg", "--store", str(Path(folder) / "s.kgl")]
        subprocess.run([*kg, "load", str(HERE.parent / "kg" / "samples")], stdout=subprocess.DEVNULL, check=True)
        commands = {
            "a bare click program --help": [sys.executable, str(HERE / "bare.py"), "--help"],
            "kg --help": [*kg, "--help"],
            "kg --version": [*kg, "--version"],
            "kg stats": [*kg, "stats"],
            "kg query duties/of -p subject=龙固镇": [*kg, "query", "duties/of", "-p", "subject=龙固镇"],
        }
        taken = {name: [seconds(c)] for name, c in commands.items()}
        for _ in range(turns - 1):
            for name, command in commands.items():
                taken[name].append(seconds(command))
    bare = statistics.median(taken["a bare click program --help"])
    for name, times in taken.items():
        middle = statistics.median(times)
        print(f"{middle * 1000:7.0f} ms  {middle / bare:5.2f}  {name}")
    print(f"\nratio of kg --help {statistics.median(taken['kg --help']) / bare:.2f} (at most {MOST:g})")


if __name__ == "__main__":
    main()
