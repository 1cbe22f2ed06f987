"""Two states of a list, item by item: what is new, done, put off, handed over, punished, dropped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.errors import SubjectError
from kg.history.listed import LIST, Item, ListState, Revision, Word, items, revisions, states
from kg.lookup import find, newest_state
from kg.store import Rows, Store
from kg.store import records as rec

CHANGES = (
    "new", "done", "progressed", "set_back", "deadline_moved", "deadline_advanced", "overdue", "bearer_changed", "punished", "dropped",
    "doubtful", "unchanged", "listed",
)  # fmt: skip
"""What may be said of an item, as the saved question ``lists/changes`` says it; ``listed`` where nothing is compared."""
_DONE = ("已完成", "已销号")
_RANK = {"已销号": 4, "已完成": 3, "基本完成": 2, "推进中": 1, "滞后": 1, "未启动": 0}
_AT = f"UNWIND $ids AS id MATCH (l:{LIST} {{uid: id}})<-[:LISTED_IN]-(o:Obligation)"
_LINKS = (
    f"{_AT}-[r:REVISION_OF|RESEMBLES]->(b:Obligation) RETURN o.uid AS new, b.uid AS old, type(r) AS type, "
    "r.confidence AS confidence, r.basis AS basis ORDER BY new, type, old"
)
_PUNISHED = (
    f"{_AT}<-[r:SANCTIONED]-(w) WHERE r.confidence >= $least AND ($day = '' OR r.first_seen <= $day) "
    f"OPTIONAL MATCH (w)-[p:SANCTIONED]->(:{LIST}) WHERE p.uid IN r.premises "
    "RETURN o.uid AS item, w.uid AS uid, w.name AS name, r.form AS form, r.reason AS reason, r.evidence AS evidence, "
    "r.quotes AS quotes, p.evidence AS listed, p.cells AS cells ORDER BY name, uid, form"
)


@dataclass(frozen=True, slots=True)
class Line:
    """An item in both states. ``old`` and ``new`` are None where a state has none; where ``doubtful``, the two are told
    apart, and ``perhaps`` is the item of the other state that it may be, ``confidence`` (0..1) and ``basis`` how surely."""

    changes: tuple[str, ...]
    old: Item | None
    new: Item | None
    perhaps: Item | None = None
    confidence: float | None = None
    basis: str = ""
    punished: tuple[Word, ...] = ()

    @property
    def now(self) -> Item:
        """The item as it stands last."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """A state of a list beside an earlier one (None where there is none); ``day`` is the one by which items are overdue."""

    new: ListState
    old: ListState | None
    day: str
    lines: list[Line]
    confidence: float | None = None
    basis: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Items by what is said of them."""
        found = Counter(change for line in self.lines for change in line.changes)
        return {change: found[change] for change in CHANGES if found[change]}

    def rows(self) -> Rows:
        """The comparison as a table, its columns named as in ``lists/changes``."""
        rows = [_row(line) for line in self.lines]
        return Rows(tuple(_COLUMNS), [dict(zip(_COLUMNS, row, strict=True)) for row in rows])

    def json(self) -> dict[str, Any]:
        """The comparison as plain data."""
        return {**asdict(self), "counts": self.counts}


def compare(store: Store, name: str, before: str = "", *, as_of: str = "", least: float = 0.0) -> Comparison:
    """The list of that name or id (a title means its newest state) beside an earlier state, the one before if '' is given.

    Overdue is what was due before ``as_of``, an ISO date, or before the list's own day if ''; punishments count up to it.
    What is less sure than ``least`` is left out. Raises SubjectError.
    """
    every, back = states(store), revisions(store)
    new = every[newest_state(store, name).id]
    old = every[find(store, before, [LIST]).id] if before.strip() else None
    if old is not None and _way(old.uid, new.uid, back):
        new, old = old, new
    if old is None and new.uid in back and back[new.uid].confidence >= least:
        old = every[back[new.uid].old]
    way = _way(new.uid, old.uid, back) if old is not None else []
    if old is not None and not way:
        raise SubjectError(
            f"{old.title} is no other state of {new.title}; choose two states of one list",
            [(s.uid, LIST, s.title) for s in every.values() if s.uid != new.uid and _way(new.uid, s.uid, back)],
        )
    compared = old if all(r.confidence >= least for r in way) else None
    day = as_of or new.day
    listed = items(store, [s for s in (new, compared) if s is not None], least)
    found = _Compared(listed[new.uid], listed[compared.uid] if compared else [], day, compared is not None)
    sure, basis = round(_product(r.confidence for r in way), 2), "; ".join(r.basis for r in way)
    if compared:
        found.link(store, [r.new for r in way], (sure, basis), least)
    found.punish(store, _kin(new.uid, back), as_of, least)
    return Comparison(new, compared, day, found.lines(), sure if compared else None, basis if compared else "")


class _Compared:
    def __init__(self, new: Sequence[Item], old: Sequence[Item], day: str, compared: bool) -> None:
        self.new, self.old, self.day, self.compared = new, old, day, compared
        self.back: dict[
            str, tuple[str, float, str, bool]
        ] = {}  # from an item to the one it was: id, how surely, why, sure
        self.punished: dict[str, list[Word]] = {}

    def link(self, store: Store, way: Sequence[str], lists: tuple[float, str], least: float) -> None:
        """Find for each new item the one it was, over the states between; a place of a roster is itself, as surely as the
        two ``lists`` are one."""
        before = {i.uid for i in self.old}
        self.back = {i.uid: (i.uid, *lists, True) for i in self.new if i.uid in before}
        steps: dict[str, tuple[str, float, str, bool]] = {}
        for row in store.query(_LINKS, {"ids": list(way)}):
            if row["confidence"] >= least and (row["type"] == "REVISION_OF" or row["new"] not in steps):
                steps[row["new"]] = (row["old"], row["confidence"], row["basis"] or "", row["type"] == "REVISION_OF")
        for item in self.new:
            at, how = item.uid, []
            while at not in before and at in steps:
                how.append(steps[at])
                at = steps[at][0]
            if how and at in before:
                basis = "; ".join(x[2] for x in how)
                self.back[item.uid] = (at, round(_product(x[1] for x in how), 2), basis, all(x[3] for x in how))

    def punish(self, store: Store, kin: Sequence[str], as_of: str, least: float) -> None:
        """Find the punishments over each item, in whatever state of it."""
        same: dict[str, str] = {}
        for row in store.query(_LINKS, {"ids": list(kin)}):
            if row["type"] == "REVISION_OF":
                same[row["new"]] = row["old"]

        def first(uid: str) -> str:
            while uid in same:
                uid = same[uid]
            return uid

        by: dict[str, dict[str, Word]] = defaultdict(dict)
        for row in store.query(_PUNISHED, {"ids": list(kin), "least": least, "day": as_of}):
            by[first(row["item"])][f"{row['name']} {row['form'] or ''}"] = _punishment(row)
        self.punished = {i.uid: list(by[first(i.uid)].values()) for i in (*self.new, *self.old)}

    def lines(self) -> list[Line]:
        """The items of the new state in their order, then those that it has no more."""
        before = {i.uid: i for i in self.old}
        after = {self.back[i.uid][0]: i for i in self.new if i.uid in self.back}
        return [self.line(i, before) for i in self.new] + [
            self.gone(i, after.get(i.uid)) for i in self.old if i.uid not in after or not self.back[after[i.uid].uid][3]
        ]

    def line(self, now: Item, before: dict[str, Item]) -> Line:
        uid, sure, basis, known = self.back.get(now.uid, ("", None, "", False))
        other = before.get(uid)
        was = other if known else None
        done = now.status in _DONE
        was_done = was is not None and was.status in _DONE
        rank, rank_before = (_RANK.get(i.status, 0) if i else 0 for i in (now, was))
        said = {
            "new": self.compared and was is None,
            "done": done and not was_done,
            "progressed": was is not None and (not done or was_done) and rank > rank_before,
            "set_back": was is not None and now.status in _RANK and rank < rank_before,
            "deadline_moved": bool(was and now.due and was.due and now.due > was.due),
            "deadline_advanced": bool(was and now.due and was.due and now.due < was.due),
            "overdue": not done and bool(now.due) and now.due < self.day,
            "bearer_changed": was is not None and _differ(now.bearers, was.bearers),
            "punished": bool(self.punished[now.uid]),
            "doubtful": other is not None and was is None,
        }
        changes = tuple(c for c in CHANGES if said.get(c)) or ("unchanged" if self.compared else "listed",)
        basis = basis if other is not None else ""
        return Line(changes, was, now, None if was else other, sure, basis, tuple(self.punished[now.uid]))

    def gone(self, was: Item, perhaps: Item | None) -> Line:
        _, sure, basis, _ = self.back[perhaps.uid] if perhaps else ("", None, "", False)
        punished = tuple(self.punished[was.uid])
        said = {"dropped": True, "punished": bool(punished), "doubtful": perhaps is not None}
        return Line(tuple(c for c in CHANGES if said.get(c)), was, None, perhaps, sure, basis, punished)


def _punishment(row: dict[str, Any]) -> Word:
    """Who was punished and how, with the words that say what for, else those that say how."""
    text, said = f"{row['name']} {row['form'] or ''}", rec.evidence_of(row["evidence"], row["quotes"])
    cells = dict(zip(row["listed"] or (), row["cells"] or (), strict=False))
    for wanted in (row["reason"], row["form"], row["name"]):
        for e in said:
            if wanted and (e.quote in wanted or wanted in e.quote):
                return Word(text, e.quote, e.notice, e.start, cells.get(e.ref, ""), row["uid"])
    return Word(text, "", "", uid=row["uid"])


def _differ(a: Sequence[Word], b: Sequence[Word]) -> bool:
    """Whether an item was handed over: its bearers differ by name and by id."""
    return {w.text for w in a} != {w.text for w in b} and {w.uid for w in a} != {w.uid for w in b}


def _way(new: str, old: str, back: dict[str, Revision]) -> list[Revision]:
    """The steps from a state to an earlier one; none where it is not."""
    way = []
    while new in back and new != old:
        way.append(back[new])
        new = back[new].old
    return way if new == old else []


def _kin(uid: str, back: dict[str, Revision]) -> list[str]:
    """All states of a list, by one of them."""
    while uid in back:
        uid = back[uid].old
    return sorted({uid} | {r.new for r in back.values() if _way(r.new, uid, back)})


def _product(values: Iterable[float]) -> float:
    found = 1.0
    for value in values:
        found *= value
    return found


_COLUMNS = (
    "item", "change", "duty", "before", "bearer", "bearer_before", "due", "due_before", "status", "status_before", "punished",
    "confidence", "basis", "quote", "quote_before", "cells", "cells_before", "notice", "notice_before",
)  # fmt: skip


def _row(line: Line) -> tuple[Any, ...]:
    now, was = line.now, line.perhaps or (line.old if line.new else None)
    pair = (now, was)
    duty, before = (i.duty.text if i else None for i in pair)
    bearer, bearer_before = ("、".join(w.text for w in i.bearers) if i else "" for i in pair)
    due, due_before = ((i.due or None) if i else None for i in pair)
    status, status_before = ((i.status or None) if i else None for i in pair)
    quote, quote_before = (i.duty.quote if i else None for i in pair)
    cells, cells_before = (_cells(i) if i else None for i in pair)
    notice, notice_before = (i.duty.notice if i else None for i in pair)
    punished = "、".join(w.text for w in line.punished)
    return (
        now.number or None, ", ".join(line.changes), duty, before, bearer, bearer_before, due, due_before, status,
        status_before, punished, line.confidence, line.basis or None, quote, quote_before, cells, cells_before, notice,
        notice_before,
    )  # fmt: skip


def _cells(item: Item) -> list[str]:
    words = (item.problem, item.duty, *item.parties, item.deadline, item.progress)
    return sorted({w.cell for w in words if w is not None and w.cell})
