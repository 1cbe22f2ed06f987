"""Compares what was read from notices with their annotations, category by category.

    python tests/reading/score.py ANNOTATIONS NOTICES [--errors] [--raise-floors NAME]

ANNOTATIONS holds NAME.json for each notice NAME.* of NOTICES. Rules: `tests/gold/README.md`. An annotated item is
found if some read item is the same; a read item that is neither the same as an annotated one nor of those that are not
judged is extra. Only what is stated counts: derived edges are left out. Of a category the annotation does not mention
nothing is judged.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

G = TypeVar("G")
F = TypeVar("F")
Json = dict[str, Any]

_DROPPED = re.compile(r"[\s·・“”\"'《》〈〉()（）]")
_WIDE = str.maketrans(",;:", "，；：")
_SHORT = (("人民政府", "政府"), ("办公厅", "办"), ("办公室", "办"))


def fold(name: str) -> str:
    """A name without the differences that mean nothing: spaces, quotes, brackets, the width of marks, 人民政府 for 政府."""
    name = _DROPPED.sub("", name or "").translate(_WIDE)
    for long, short in _SHORT:
        name = name.replace(long, short)
    return name


def party(names: Iterable[str]) -> set[str]:
    """Names as a side of a relation: there a place and its government are one."""
    return {fold(n).removesuffix("政府") for n in names}


@dataclass
class Count:
    """Found, extra and missing items of one category."""

    found: int = 0
    extra: int = 0
    missing: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.extra) if self.found + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missing) if self.found + self.missing else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def items(self) -> int:
        """How many items are annotated."""
        return self.found + self.missing

    def add(
        self, where: str, gold: Sequence[G], read: Iterable[F], same: Callable[[G, F], bool],
        unjudged: Callable[[F], bool] = lambda item: False,
    ) -> None:  # fmt: skip
        """Match one to one; a second reading of an item that is matched already is not judged."""
        left = list(gold)
        for item in read:
            match = next((n for n, g in enumerate(left) if same(g, item)), None)
            if match is not None:
                del left[match]
                self.found += 1
            elif not (any(same(g, item) for g in gold) or unjudged(item)):
                self.extra += 1
                self.errors.append(f"{where} extra   {item}")
        self.missing += len(left)
        self.errors += [f"{where} missing {g}" for g in left]


Scores = dict[str, Count]


@dataclass(frozen=True)
class Thing:
    """A read thing or side of a relation, with all spellings that count for it (folded)."""

    name: str
    spellings: frozenset[str]
    generic: bool = False

    def among(self, names: Iterable[str]) -> bool:
        return bool({fold(n) for n in names} & self.spellings)

    def on_side(self, names: Iterable[str]) -> bool:
        return bool(party(names) & party(self.spellings))


class Read:
    """A reading's JSON with the look-ups that the comparison needs."""

    def __init__(self, reading: Mapping[str, Any]) -> None:
        self.nodes: dict[str, Json] = {n["id"]: n for n in reading.get("nodes", ())}
        self.edges = [e for e in reading.get("edges", ()) if not e.get("derived")]

    def of(self, label: str) -> list[Json]:
        return [n for n in self.nodes.values() if n["label"] == label]

    def ends(self, type_: str, *, source: str = "", target: str = "") -> list[str]:
        """The other ends of the edges of a type at a node."""
        if source:
            return [e["target"] for e in self.edges if e["type"] == type_ and e["source"] == source]
        return [e["source"] for e in self.edges if e["type"] == type_ and e["target"] == target]

    def node(self, uid: str) -> Json:
        return self.nodes.get(uid, {})

    def spellings(self, uid: str) -> set[str]:
        n = self.node(uid)
        return {fold(x) for x in (n.get("name", ""), n.get("title", ""), *n.get("aliases", ())) if x}

    def thing(self, uid: str, *, seat: bool = False) -> Thing:
        """A node; with ``seat`` a post answers for the body it sits in too."""
        spelt = self.spellings(uid)
        for body in self.ends("POST_IN", source=uid) if seat else ():
            spelt |= self.spellings(body)
        n = self.node(uid)
        return Thing(n.get("name", uid), frozenset(spelt), bool(n.get("generic")))


def compare(where: str, gold: Json, reading: Mapping[str, Any], scores: Scores) -> None:
    """Add one notice to the scores."""
    read = Read(reading)
    for judge in (_people, _bodies_and_places, _meetings, _obligations, _relations, _targets):
        judge(where, gold, read, scores)


def _unjudged_people(gold: Json) -> set[str]:
    return {fold(p) for key in ("partial_persons", "ignore_persons") for p in gold.get(key, ())}


def _people(where: str, gold: Json, read: Read, scores: Scores) -> None:
    unjudged = _unjudged_people(gold)
    if "persons" in gold:
        names = sorted({fold(n["name"]) for n in read.of("Person")})
        scores["persons"].add(
            where, [fold(p) for p in gold["persons"]], names, lambda g, n: g == n,
            lambda n: any(n.endswith(p) or p.endswith(n) for p in unjudged if n),
        )  # fmt: skip
    if "holds" in gold:
        rows = []
        for edge in (e for e in read.edges if e["type"] == "HOLDS"):
            post = read.node(edge["target"])
            seats = {s for body in read.ends("POST_IN", source=edge["target"]) for s in read.spellings(body)}
            name = fold(post.get("name", ""))
            rows.append(
                (fold(read.node(edge["source"]).get("name", "")), fold(post.get("title", "")) or name, seats, name)
            )

        def same(g: Json, row: tuple[str, str, set[str], str]) -> bool:
            if (fold(g["person"]), fold(g["post"])) != row[:2]:
                return False
            at = [fold(x) for x in g.get("at") or ()]
            return not at or any(x in row[2] or row[3].startswith(x) for x in at)

        scores["holds"].add(where, gold["holds"], sorted(rows, key=str), same, lambda row: row[0] in unjudged)


def _bodies_and_places(where: str, gold: Json, read: Read, scores: Scores) -> None:
    generic = gold.get("generic_agencies", ())
    for key, label in (("agencies", "Agency"), ("regions", "Region")):
        if key in gold:
            named = [n["id"] for n in read.of(label) if not n.get("generic") and not n.get("inferred")]
            scores[key].add(
                where,
                gold[key],
                [read.thing(uid) for uid in named],
                lambda g, t: t.among(g),
                lambda t: t.among(generic),
            )


def _meetings(where: str, gold: Json, read: Read, scores: Scores) -> None:
    meetings = read.of("Meeting")
    for g in gold.get("meetings", ()):
        best = max(meetings, key=lambda n: _likeness(g, n), default=None)
        found = best if best is not None and _likeness(g, best) > 0 else None
        named = g.get("name_has") or g.get("date")
        scores["meetings"].add(where, [named], [named] if found else [], lambda a, b: a == b)
        if g.get("date"):
            days = [str(found["date"])] if found and found.get("date") else []
            scores["meeting_date"].add(where, [g["date"]], days, lambda a, b: b.endswith(a.lstrip("-")))
        if g.get("mode") and found:
            modes = [found["mode"]] if found.get("mode") else []
            scores["meeting_mode"].add(where, [g["mode"]], modes, lambda a, b: a == b)
        _took_part(where, gold, g, read, found, scores)


def _likeness(gold: Json, meeting: Json) -> int:
    """A meeting's day says more of which one it is than its name."""
    day = bool(gold.get("date")) and str(meeting.get("date", ""))[-5:] == gold["date"][-5:]
    name = bool(gold.get("name_has")) and fold(gold["name_has"]) in fold(meeting.get("name", ""))
    return 2 * day + name


def _took_part(where: str, gold: Json, g: Json, read: Read, found: Json | None, scores: Scores) -> None:
    unjudged, generic = _unjudged_people(gold), gold.get("generic_agencies", ())
    for key, types in (("chaired", ("CHAIRED",)), ("attended_persons", ("ATTENDED", "CHAIRED", "SPOKE_AT"))):
        if key in g:
            ids = {uid for t in types for uid in (read.ends(t, target=found["id"]) if found else ())}
            people = sorted({fold(read.node(u)["name"]) for u in ids if read.node(u).get("label") == "Person"})
            scores[key].add(
                where, [fold(p) for p in g[key]], people, lambda a, b: a == b, lambda n, skip=unjudged: n in skip
            )
    for key, type_ in (("convened", "CONVENED"), ("attended_bodies", "ATTENDED"), ("concerns", "CONCERNS")):
        if key in g:
            end = "source" if key == "concerns" else "target"
            around = read.ends(type_, **{end: found["id"]}) if found else []
            things = {read.thing(u, seat=True) for u in around if read.node(u).get("label") != "Person"}
            scores[key].add(
                where, g[key], sorted(things, key=str), lambda a, t: t.on_side(a),
                lambda t, skip=generic: t.generic or t.among(skip),
            )  # fmt: skip


def _obligations(where: str, gold: Json, read: Read, scores: Scores) -> None:
    if "obligations" not in gold:
        return
    texts = {n["id"]: fold(n.get("text") or n.get("name", "")) for n in read.of("Obligation")}
    for g in gold["obligations"]:
        mine = [uid for uid, text in texts.items() if fold(g["anchor"]) in text]
        scores["obligations"].add(where, [g["anchor"]], [g["anchor"]] if mine else [], lambda a, b: a == b)
        if mine and "bearers" in g:
            ids = sorted({who for uid in mine for who in read.ends("BEARS", target=uid)})
            scores["bearers"].add(where, g["bearers"], [read.thing(u) for u in ids], lambda a, t: t.on_side(a))
        if mine and g.get("assigner"):
            ids = sorted({who for uid in mine for who in read.ends("ASSIGNED", target=uid)})
            things = [read.thing(u) for u in ids if read.node(u).get("label") != "Meeting"]
            scores["assigner"].add(where, [g["assigner"]], things, lambda a, t: t.among(a))
    anchors = [fold(g["anchor"]) for g in gold["obligations"]]
    idle = [text[:40] for text in texts.values() if not any(a in text for a in anchors)]
    scores["obligations"].add(where, [], idle, lambda a, b: False)


def _relations(where: str, gold: Json, read: Read, scores: Scores) -> None:
    for key, type_ in (("supervises", "SUPERVISES"), ("charge_of", "IN_CHARGE_OF"), ("cascade", "SECURES")):
        if key in gold:
            pairs = {
                (read.thing(e["source"], seat=True), read.thing(e["target"], seat=True))
                for e in read.edges
                if e["type"] == type_
            }
            scores[key].add(
                where, gold[key], sorted(pairs, key=str),
                lambda g, pair: pair[0].on_side(_names(g[0])) and pair[1].on_side(_names(g[1])),
            )  # fmt: skip


def _names(side: str | list[str]) -> list[str]:
    return side if isinstance(side, list) else [side]


def _targets(where: str, gold: Json, read: Read, scores: Scores) -> None:
    if "targets" not in gold:
        return
    rows = [
        (fold(str(n.get("indicator", ""))), n.get("op"), float(n["value"]))
        for n in read.of("Target")
        if isinstance(n.get("value"), int | float)
    ]

    def same(g: Json, row: tuple[str, Any, float]) -> bool:
        indicator = fold(g["indicator"])
        named = indicator in row[0] or row[0] in indicator
        return named and float(g["value"]) == row[2] and g.get("op", row[1]) == row[1]

    scores["targets"].add(where, gold["targets"], rows, same)


def total(scores: Scores) -> Count:
    """All categories together (micro average)."""
    counts = list(scores.values())
    return Count(sum(c.found for c in counts), sum(c.extra for c in counts), sum(c.missing for c in counts))


def score(annotations: Path, notices: Path) -> Scores:
    """Read every annotated notice as ``kg extract`` does, and compare."""
    from kg.loading import Defaults, read
    from kg.model import reading_json

    scores: Scores = defaultdict(Count)
    for path in sorted(annotations.glob("*.json")):
        source = next(p for p in sorted(notices.glob(f"{path.stem}.*")) if p.suffix != ".json")
        reading = reading_json(read(source, str(source), Defaults()))
        compare(path.stem, json.loads(path.read_text("utf-8")), reading, scores)
    return dict(scores)


def table(sets: Mapping[str, Scores]) -> str:
    """F1 of each category, and how many items are annotated, side by side."""
    names = list(dict.fromkeys(k for scores in sets.values() for k in scores))
    lines = [f"{'category':18}" + "".join(f"{name:>12} F1  items" for name in sets)]
    for name in [*names, "ALL"]:
        line = f"{name:18}"
        for scores in sets.values():
            count = total(scores) if name == "ALL" else scores.get(name)
            line += f"{count.f1:15.3f}{count.items:7}" if count else f"{'':22}"
        lines.append(line)
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotations", type=Path)
    parser.add_argument("notices", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what is missing and what is extra")
    parser.add_argument("--raise-floors", metavar="NAME", help="raise the floors of this set to what is reached now")
    given = parser.parse_args()
    scores = score(given.annotations, given.notices)
    print(table({given.annotations.name: scores}))
    if given.errors:
        for name, count in scores.items():
            print(f"\n# {name}", *count.errors, sep="\n")
    if given.raise_floors:
        from floors import raise_floors

        raise_floors(given.raise_floors, scores)
    return 0


if __name__ == "__main__":
    sys.exit(main())
