"""From what changed to what is derived anew: the ends of a pattern that changed relationships and things belong to.

A pattern is read as steps between its things. From each step and thing the nearest end that the rule may be derived by is
walked to, in the graph as it is now. Of a match that is no more, those of its relationships that went with others on the
way were themselves changed, so that one of them is near enough.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.derive.rules import ASKED, Rule, rules
from kg.derive.seats import HOLDINGS
from kg.store.changed import Changed
from kg.store.records import Run

Things = dict[str, set[str]]
"""Ids by label."""
_THING = r"\(\w*(?::[\w|]+)?(?:\s*\{[^}]*\})?\)"
_STEP = r"<?-\[\w*:[A-Z_|]+(?:\*0\.\.1)?(?:\s*\{[^}]*\})?\]->?"
_PATH = re.compile(rf"{_THING}(?:{_STEP}{_THING})+")
_PARTS = re.compile(
    r"\((?P<name>\w*)(?::(?P<labels>[\w|]+))?[^)]*\)|(?P<left><?)-\[\w*:(?P<types>[A-Z_|]+)(?P<maybe>\*0\.\.1)?[^\]]*\]->?"
)
_GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Step:
    """A relationship of a pattern between two of its things; ``maybe`` where they may be one and the same."""

    source: str
    types: frozenset[str]
    target: str
    maybe: bool = False

    def towards(self, name: str) -> str:
        """The step as Cypher, from its other end to the thing of that name."""
        link = f"-[:{'|'.join(sorted(self.types))}{'*0..1' if self.maybe else ''}]-"
        return f"{link}>" if name == self.target else f"<{link}"


class Pattern:
    """What a statement matches. ``ends`` are the things by which it may be derived anew, the better of equally near ones
    first; ``joins`` are statements that find the first of them from things (``$ids``) to which no step leads; ``made`` are
    the relationships that are made where it matches."""

    def __init__(
        self, text: str, ends: Sequence[str], joins: Mapping[str, Sequence[str]], made: Sequence[str] = ()
    ) -> None:
        self.ends, self.joins = tuple(ends), joins
        self.labels: defaultdict[str, set[str]] = defaultdict(set)
        self.steps: list[Step] = []
        self._read(ASKED.sub("", text))
        self.there, there = frozenset(self.labels), len(self.steps)  # the rest need not be there
        for asked in ASKED.finditer(text):
            self._read(asked.group())
        for name, labels in re.findall(r"\((\w+):([\w|]+)", text):
            if name in self.labels:
                self.labels[name] |= set(labels.split("|"))
        self.properties = {
            name: frozenset(re.findall(rf"\b{name}\.(\w+)", text)) for name in self.labels if not name.startswith("_")
        }
        self.ways = self._ways(self.steps[:there], self.steps[there:])
        self.steps += [Step("source", frozenset({type_}), "target") for type_ in made]

    def _read(self, text: str) -> None:
        for path in _PATH.finditer(text):
            before, step = "", None
            for part in _PARTS.finditer(path.group()):
                if part["types"]:
                    step = part
                    continue
                name = part["name"] or f"_{len(self.labels)}"
                self.labels[name] |= set((part["labels"] or "").split("|")) - {""}
                if step is not None:
                    source, target = (name, before) if step["left"] else (before, name)
                    self.steps.append(Step(source, frozenset(step["types"].split("|")), target, bool(step["maybe"])))
                before = name

    def _ways(self, there: Sequence[Step], asked: Sequence[Step]) -> dict[str, tuple[Step, ...]]:
        """From each thing the steps to the nearest end or join: over what must be ``there``, and to that over what is only
        asked for."""
        found: dict[str, tuple[Step, ...]] = {name: () for name in (*self.ends, *self.joins)}
        queue = deque(found)
        while queue:
            here = queue.popleft()
            for step in (*there, *asked):
                for near, far in ((step.source, step.target), (step.target, step.source)):
                    if near == here and far not in found and (step in there or far not in self.there):
                        found[far] = (step, *found[here])
                        queue.append(far)
        return found

    def fits(self, name: str, label: str) -> bool:
        """Whether a thing of that label may stand there."""
        return not self.labels[name] or label in self.labels[name]

    def starts(self, changed: Changed) -> dict[str, Things]:
        """Where what changed may stand in the pattern."""
        found: dict[str, Things] = defaultdict(lambda: defaultdict(set))
        for step in self.steps:
            name = min((step.target, step.source), key=lambda end: len(self.ways[end]))
            for type_ in step.types & changed.links.keys():
                for link in changed.links[type_]:
                    if self.fits(step.source, link.source_label) and self.fits(step.target, link.target_label):
                        uid, label = link[2:] if name == step.target else link[:2]
                        found[name][label].add(uid)
        for (uid, label), properties in changed.things.items():
            for name, asked in self.properties.items():
                if asked & properties and self.fits(name, label):
                    found[name][label].add(uid)
        return found

    def reached(self, run: Run, changed: Changed) -> dict[str, Things]:
        """The ends, by name and label, that what changed belongs to."""
        found: dict[str, Things] = {name: defaultdict(set) for name in self.ways if not self.ways[name]}
        for name, things in self.starts(changed).items():
            at, goal = self._path(name)
            for label, ids in things.items():
                if not at:
                    found[goal][label] |= ids
                    continue
                for row in _asked(run, f"UNWIND $ids AS id MATCH (x:{label} {{uid: id}}){at}", ids):
                    found[goal][row["label"]].add(row["uid"])
        for name, statements in self.joins.items():
            ids = set().union(*found.pop(name).values())
            for row in (row for each in statements if ids for row in _asked(run, each, ids)):
                found[self.ends[0]][row["label"]].add(row["uid"])
        return found

    def _path(self, name: str) -> tuple[str, str]:
        """The way from a thing to its end or join as Cypher, and which that is."""
        text = ""
        for step in self.ways[name]:
            name = step.source if name == step.target else step.target
            mark = _GOAL if not self.ways[name] else ""
            text += (
                f"{step.towards(name)}({mark}{':' + '|'.join(sorted(self.labels[name])) if self.labels[name] else ''})"
            )
        return text, name


def _asked(run: Run, match: str, ids: Iterable[str]) -> list[dict[str, Any]]:
    told = f" RETURN DISTINCT {_GOAL}.uid AS uid, labels({_GOAL})[0] AS label"
    return run(match + told, {"ids": sorted(ids)})


@cache
def pattern_of(rule: Rule) -> Pattern:
    """A rule's pattern, with the relationship that it makes: where a notice says the same, nothing is derived."""
    return Pattern(rule.match, rule.by, dict(rule.joins), [rule.type])


@cache
def pattern_of_holdings() -> Pattern:
    """That of the holdings of posts, derived anew by posts."""
    return Pattern(HOLDINGS, ["post"], {})


@cache
def matters(type_: str, source_label: str, target_label: str) -> bool:
    """Whether a relationship may stand in a pattern."""
    return any(
        type_ in step.types and pattern.fits(step.source, source_label) and pattern.fits(step.target, target_label)
        for pattern in _every()
        for step in pattern.steps
    )


@cache
def read(label: str) -> frozenset[str]:
    """The properties of a thing of that label that patterns ask for."""
    asked = (
        pattern.properties[name] for pattern in _every() for name in pattern.properties if pattern.fits(name, label)
    )
    return frozenset[str]().union(*asked)


@cache
def _every() -> list[Pattern]:
    from kg.history import told  # stands on this module

    return [*map(pattern_of, rules()), pattern_of_holdings(), told.pattern()]
