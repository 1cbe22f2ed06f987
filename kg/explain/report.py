"""What many notices leave unread, summed by construction, so that it is known which one to describe next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import KgError, SourceError
from kg.explain.model import Explanation, Unread

EXAMPLES = 2  # sentences kept of each construction


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and where it stands: ``start`` is its offset in the text of the notice read from ``file``, ``at`` to
    ``till`` the word's own."""

    file: str
    start: int
    at: int
    till: int
    words: str

    def around(self, room: int) -> str:
        """The sentence in one line, with at most so many characters either side of the word."""
        low, high = max(0, self.at - self.start - room), self.till - self.start + room
        cut = self.words[low:high]
        return " ".join(f"{'…' * (low > 0)}{cut}{'…' * (high < len(self.words))}".split())


@dataclass(slots=True)
class Construction:
    """A word with its shape, how often it was left unread, in how many notices, and examples from as many as can be."""

    kind: str
    name: str
    count: int = 0
    notices: int = 0
    examples: list[Example] = field(default_factory=list)

    def add(self, file: str, found: list[tuple[Unread, str]]) -> None:
        """What one notice leaves unread of it, with the sentences' words; there is at least one."""
        told = list({u.start: Example(file, u.start, u.at, u.till, words) for u, words in reversed(found)}.values())[
            ::-1
        ]
        if self.notices == 1:  # one of each of two notices says more than two of the first
            self.examples[1:] = told[:1]
        self.examples += [] if self.notices else told[:EXAMPLES]
        self.count += len(found)
        self.notices += 1


@dataclass(slots=True)
class Report:
    """Constructions, commonest first; how much was read; files that could not be (name, reason)."""

    constructions: list[Construction] = field(default_factory=list)
    notices: int = 0
    sentences: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


def report(
    sources: Iterable[tuple[str, Path | bytes | None, str]], explain: Callable[[Path | bytes, str], Explanation]
) -> Report:
    """Read each source (name, where it is, why it cannot be read or ''); one that fails is told and the rest goes on."""
    found: dict[tuple[str, str], Construction] = {}
    done = Report()
    for name, source, why in sources:
        try:
            if why or source is None:
                raise SourceError(why or f"{name}: nothing to read")
            told = explain(source, name)
        except KgError as e:
            done.failed.append((name, str(e)))
            continue
        done.notices += 1
        done.sentences += len(told.sentences)
        text = told.reading.notice.text
        mine: dict[tuple[str, str], list[tuple[Unread, str]]] = {}
        for u in told.unread:
            mine.setdefault((u.kind, u.construction), []).append((u, text[u.start : u.end]))
        for key, rows in mine.items():
            found.setdefault(key, Construction(*key)).add(name, rows)
    done.constructions = sorted(found.values(), key=lambda c: (-c.count, -c.notices, c.kind, c.name))
    return done


def report_json(done: Report) -> dict[str, Any]:
    """As ``kg extract --report --format json`` prints it."""
    return {
        "notices": done.notices,
        "sentences": done.sentences,
        "constructions": [
            {
                "construction": c.name,
                "kind": c.kind,
                "count": c.count,
                "notices": c.notices,
                "examples": [
                    {"file": x.file, "start": x.start, "at": x.at, "till": x.till, "quote": x.words} for x in c.examples
                ],
            }
            for c in done.constructions
        ],
        "failed": [{"file": name, "reason": why} for name, why in done.failed],
    }


def columns() -> list[str]:
    """Heads of the rows of :func:`report_rows`."""
    places = [f"{head}{n}" for n in range(1, EXAMPLES + 1) for head in ("file", "offset", "quote")]
    return ["construction", "kind", "count", "notices", *places]


def report_rows(done: Report) -> Iterator[list[Any]]:
    """A row for each construction, its examples side by side."""
    for c in done.constructions:
        cells: list[Any] = [v for x in c.examples for v in (x.file, x.at, x.words)]
        yield [c.name, c.kind, c.count, c.notices, *cells, *[None] * (3 * (EXAMPLES - len(c.examples)))]
