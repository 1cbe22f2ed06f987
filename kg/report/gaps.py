"""What a graph's chains of accountability lack: the sections of ``gaps.toml``, each answered by a saved query."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from kg.ask import SavedQuery, catalogue, run
from kg.report.scope import Scope, everything
from kg.store import Rows, Store

Words = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a notice: the sentence, the notice's title and id, and its ISO date ('' where unknown)."""

    text: str
    title: str
    date: str
    notice: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One gap: ``said`` in (zh, en), the words it rests on (more than one where they contradict), and the query's row."""

    kind: str
    said: Words
    quotes: tuple[Quote, ...]
    derived: bool
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """Findings of one kind, in the query's order; ``more`` of them, by the query's name, were not asked for."""

    key: str
    title: Words
    findings: tuple[Finding, ...]
    more: str = ""

    @property
    def count(self) -> str:
        """How many there are, as a heading has it."""
        return f"{len(self.findings)}{'+' if self.more else ''}"


@dataclass(slots=True)
class Report:
    """Sections in the order of the table; ``caption`` says of which day and place it speaks; ``urls`` are those of the notices
    quoted, ``awaited`` the titles of the sections that are still looked for."""

    title: Words
    caption: Words
    sections: list[Section] = field(default_factory=list)
    urls: dict[str, str] = field(default_factory=dict)
    awaited: tuple[Words, ...] = ()

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(len(s.findings) for s in self.sections)


def gaps(store: Store, **how: Any) -> Report:
    """The whole report; what may be asked is told at :func:`growing`."""
    *_, report = growing(store, **how)
    return report


def growing(
    store: Store, *, as_of: str = "", stated_only: bool = False, min_confidence: float = 0.0, scope: Scope | None = None,
    most: int | None = None, answer: Callable[..., Rows] = run,
) -> Iterator[Report]:  # fmt: skip
    """The report as of an ISO date ('' is the day of the newest notice), before any of its sections is known and again with each
    that is. ``min_confidence`` (0..1) leaves out what is less sure, ``scope`` narrows it to a region or a thing; a section stops at
    ``most`` findings. ``answer`` is asked in place of :func:`kg.ask.run`, and may remember."""
    data, known = table(), _questions()
    scope = scope or everything()
    report = Report(tuple(data["title"]), _caption(store, as_of, stated_only, scope))
    sections = data["section"]
    for n, row in enumerate(sections):
        yield replace(report, awaited=tuple(tuple(later["title"]) for later in sections[n:]))
        saved = known[row["query"]]
        parameters = {"region": scope.region} if scope.region and row.get("region") else {}
        whole = bool(parameters) or not scope.kind  # else its rows have to be looked through
        found = answer(
            store, saved, parameters, stated_only=stated_only, as_of=as_of or None, min_confidence=min_confidence,
            limit=most if whole else None,
        )  # fmt: skip
        rows = [r for r in found.rows if whole or scope.holds(r)]
        more = found.truncated or len(rows) > len(rows[:most])
        kept = tuple(_finding(row, r) for r in rows[:most])
        section = Section(row["key"], tuple(row["title"]), kept, row["query"] if more else "")
        report = replace(report, sections=[*report.sections, section], urls=report.urls | _urls(store, kept))
    yield report


def _caption(store: Store, as_of: str, stated_only: bool, scope: Scope) -> Words:
    data = table()
    newest = "MATCH (n:Notice) WHERE n.digest IS NOT NULL RETURN max(n.published) AS day"
    date = as_of or store.query(newest).rows[0]["day"] or ""
    zh, en = data["as_of" if as_of else "newest" if date else "undated"]
    parts = [(zh.format(date=date), en.format(date=date))]
    parts += [tuple(data["stated_only"])] if stated_only else []
    parts += [tuple(said.format(name=scope.name) for said in data[scope.kind])] if scope.kind else []
    return " · ".join(p[0] for p in parts), " · ".join(p[1] for p in parts)


def _urls(store: Store, findings: Iterable[Finding]) -> dict[str, str]:
    quoted = {q.notice for f in findings for q in f.quotes}
    urls = "UNWIND $ids AS id MATCH (n:Notice {uid: id}) WHERE n.url <> '' RETURN id, n.url AS url"
    return {row["id"]: row["url"] for row in store.query(urls, {"ids": sorted(quoted)})} if quoted else {}


@cache
def table() -> dict[str, Any]:
    """``gaps.toml`` as read."""
    return tomllib.loads(files("kg.report").joinpath("gaps.toml").read_text("utf-8"))


@cache
def _questions() -> dict[str, SavedQuery]:
    """The saved queries of the table, those that ship with the project."""
    known = catalogue()
    return {row["query"]: known.named(row["query"]) for row in table()["section"]}


def _finding(section: Mapping[str, Any], row: dict[str, Any]) -> Finding:
    said = []
    for at in (0, 1):
        parts = [section["line"][at], *(pair[at] for pair in section["more"])]
        told = [p.format_map(row) for p in parts if all(row[name] not in (None, "", []) for name in _names(p))]
        said.append(("；" if at == 0 else "; ").join(told))
    quotes = [
        Quote(str(row[f"{which}quote"]), str(row[f"{which}notice"] or ""), str(row[f"{which}date"] or ""),
              str(row[f"{which}notice_id"] or ""))
        for which in ("", "other_")
        if row.get(f"{which}quote")
    ]  # fmt: skip
    return Finding(section["key"], (said[0], said[1]), tuple(quotes), bool(row["derived"]), row)


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name]
