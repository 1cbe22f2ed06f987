"""Whether a store gets slower the more is in it: loads a made-up corpus and tells what the processor takes for it.

    python benchmarks/pace.py [--notices 10000]

Prints, for stores of 1,000, 5,000 and 10,000 notices (a tenth, a half and all of them), the milliseconds a notice of the
thousand that was loaded last, and those of one more notice, of a decision on what it says and of taking it out, medians of
five; then the ratio of the last tenth to the first.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generated import Corpus

from kg.model import Reading
from kg.store import Store, open_store

TIMES = 5


def milliseconds(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def one_more(store: Store, readings: Iterable[Reading]) -> tuple[float, float, float]:
    """Median milliseconds of putting a notice in, of rejecting a statement of it, and of taking it out."""
    found: list[tuple[float, float, float]] = []
    for reading in readings:
        key, uid = next(edge.key for edge in reading.edges if edge.type == "BEARS"), reading.notice.id
        put = milliseconds(partial(store.put, reading))
        decided = milliseconds(partial(store.decide, key, "rejected", "甲", "读错"))
        store.decide(key, "withdrawn", "甲")
        found.append((put, decided, milliseconds(partial(store.remove, uid))))
    a, b, c = (statistics.median(each) for each in zip(*found, strict=True))
    return a, b, c


def load(store: Store, corpus: Corpus, tenth: int) -> list[float]:
    """Milliseconds a notice of each so many."""
    pace, start = list[float](), time.process_time()
    for done, _ in enumerate(store.put_all(corpus), 1):
        if done % tenth == 0:
            pace.append((time.process_time() - start) * 1000 / tenth)
            start = time.process_time()
    return pace


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--notices", type=int, default=10_000)
    notices = parser.parse_args().notices
    tenth, pace = notices // 10, list[float]()
    more = [Corpus(notices).reading(notices + n) for n in range(TIMES)]
    print(f"{'notices':>8} {'ms a notice':>12} {'one more':>9} {'decided':>8} {'removed':>8}")
    for size in (tenth, notices // 2, notices):
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "graph.kgl") as store:
            pace = load(store, Corpus(size), tenth)
            cells = "".join(f" {each:>8.0f}" for each in one_more(store, more))
            print(f"{size:>8} {pace[-1]:>12.1f} {cells}", flush=True)
    print(f"the last tenth takes {pace[-1] / pace[0]:.2f} times as long as the first")


if __name__ == "__main__":
    main()
