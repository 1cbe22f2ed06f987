"""What a graph's chains of accountability lack: the sections of ``gaps.toml``, each answered by a saved query."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
    """Sections in the order of the table; ``caption`` says of which day and place it speaks; ``urls`` are those of the notices quoted."""

    title: Words
    caption: Words
    sections: list[Section] = field(default_factory=list)
    urls: dict[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(len(s.findings) for s in self.sections)


def gaps(
    store: Store, *, as_of: str = "", stated_only: bool = False, min_confidence: float = 0.0, scope: Scope | None = None,
    most: int | None = None, answer: Callable[..., Rows] = run,
) -> Report:  # fmt: skip
    """The report as of an ISO date ('' is the day of the newest notice). ``min_confidence`` (0..1) leaves out what is less sure,
    ``scope`` narrows it to a region or a thing; a section stops at ``most`` findings. ``answer`` is asked in place of
    :func:`kg.ask.run`, and may remember."""
    data, known = table(), _questions()
    scope = scope or everything()
    newest = (
        store.query("MATCH (n:Notice) WHERE n.digest IS NOT NULL RETURN max(n.published) AS day").rows[0]["day"] or ""
    )
    day = data["as_of"] if as_of else data["newest"]
    caption = [(zh.format(date=as_of or newest), en.format(date=as_of or newest)) for zh, en in [day]]
    caption += [tuple(data["stated_only"])] if stated_only else []
    caption += (
        [(zh.format(name=scope.name), en.format(name=scope.name)) for zh, en in [data[scope.kind]]]
        if scope.kind
        else []
    )
    report = Report(tuple(data["title"]), (" · ".join(c[0] for c in caption), " · ".join(c[1] for c in caption)))
    for row in data["section"]:
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
        report.sections.append(Section(row["key"], tuple(row["title"]), kept, row["query"] if more else ""))
    quoted = {q.notice for s in report.sections for f in s.findings for q in f.quotes}
    urls = "UNWIND $ids AS id MATCH (n:Notice {uid: id}) WHERE n.url <> '' RETURN id, n.url AS url"
    report.urls = {row["id"]: row["url"] for row in store.query(urls, {"ids": sorted(quoted)})}
    return report


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
