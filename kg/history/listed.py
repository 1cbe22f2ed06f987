"""The lists that are loaded, and the items of a list with the words and the cell of each value."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.cells import column_name
from kg.identity import plain
from kg.model import Edge, Evidence
from kg.store import Store
from kg.store import records as rec

LIST = "AccountabilityList"
ROSTER = "包保名册"
ANSWERING = ("牵头", "责任")
"""Roles of those who answer for an item; others assist or oversee."""
_STATES = (
    f"MATCH (l:{LIST})-[:STATED_IN]->(n:Notice) OPTIONAL MATCH (l)<-[i:LISTED_IN|SANCTIONED]-() "
    "RETURN l.uid AS uid, l.title AS title, l.kind AS kind, coalesce(l.date, n.published, '') AS day, n.uid AS notice, "
    "n.publisher AS publisher, count(i) AS items ORDER BY uid"
)
_REVISIONS = (
    f"MATCH (a:{LIST})-[r:REVISION_OF]->(b:{LIST}) "
    "RETURN a.uid AS new, b.uid AS old, r.confidence AS confidence, r.basis AS basis ORDER BY new, old"
)
_AT = f"UNWIND $ids AS id MATCH (l:{LIST} {{uid: id}})"
_ITEMS = f"{_AT}<-[s:LISTED_IN]-(o:Obligation) RETURN id, o AS thing, s AS said, null AS parts"
_PARTIES = (
    f"{_AT}<-[:LISTED_IN]-(o:Obligation)<-[r:BEARS|IN_CHARGE_OF]-(w) "
    "RETURN id, o.uid AS item, w.uid AS uid, w.name AS name, r AS said, null AS parts"
)
_ROSTER = (
    f"{_AT}-[:STATED_IN]->(n:Notice)<-[:STATED_IN]-(t:Region|Agency)<-[r:IN_CHARGE_OF]-(w) "
    "WHERE l.kind = $roster AND any(e IN r.evidence WHERE e STARTS WITH n.uid + '#') "
    "RETURN id, t AS thing, t.uid AS item, w.uid AS uid, w.name AS name, r AS said, r.contributions AS parts"
)
_CELL = re.compile(r"(.*[#!])([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class ListState:
    """A list as one notice gives it; ``day`` is ISO, '' unknown. ``items`` counts its rows of duties or punishments."""

    uid: str
    title: str
    kind: str
    day: str
    notice: str
    publisher: str
    items: int


@dataclass(frozen=True, slots=True)
class Revision:
    """What leads from a state of a list to the one before."""

    new: str
    old: str
    confidence: float
    basis: str


@dataclass(frozen=True, slots=True)
class Word:
    """A value of an item: ``text`` as it means, ``quote`` as the list has it, the cell (``list.xlsx#Sheet1!C7``) and the
    offset in the notice it stands at, '' and -1 where that is not known. ``uid`` and ``role`` are those of a party."""

    text: str
    quote: str
    notice: str
    start: int = -1
    cell: str = ""
    uid: str = ""
    role: str = ""


@dataclass(slots=True)
class Item:
    """A row of a list: a duty, or in a roster the place or body that somebody is in charge of."""

    uid: str
    number: str
    due: str
    status: str
    duty: Word
    problem: Word | None = None
    deadline: Word | None = None
    progress: Word | None = None
    parties: list[Word] = field(default_factory=list)

    @property
    def bearers(self) -> list[Word]:
        """Who answers for it, each once, by name."""
        found = {(w.text, w.uid): w for w in reversed(self.parties) if (w.role or "责任") in ANSWERING}
        return [found[key] for key in sorted(found)]


def states(store: Store) -> dict[str, ListState]:
    """The lists that are loaded, by id."""
    return {
        row["uid"]: ListState(
            row["uid"], row["title"] or row["uid"], row["kind"] or "", row["day"], row["notice"], row["publisher"] or "",
            row["items"],
        )
        for row in store.query(_STATES)
    }  # fmt: skip


def revisions(store: Store) -> dict[str, Revision]:
    """What leads to the state before, by the id of the later state."""
    return {row["new"]: Revision(row["new"], row["old"], row["confidence"], row["basis"] or "")
            for row in store.query(_REVISIONS)}  # fmt: skip


def series(store: Store) -> list[list[ListState]]:
    """The lists that are loaded: the states of one list together, newest first, and the newest list first."""
    every, before = states(store), revisions(store)

    def way(uid: str) -> list[str]:
        found = [uid]
        while found[-1] in before:
            found.append(before[found[-1]].old)
        return found

    groups: dict[str, list[tuple[int, str, ListState]]] = defaultdict(list)
    for uid, state in every.items():
        found = way(uid)
        groups[found[-1]].append((len(found), uid, state))
    ordered = [[state for _, _, state in sorted(group, reverse=True)] for group in groups.values()]
    return sorted(ordered, key=lambda group: (max(s.day for s in group), group[0].uid), reverse=True)


def items(store: Store, of: Iterable[ListState], least: float) -> dict[str, list[Item]]:
    """The items of some lists, by the list's id, as they stand in it; parties only where that is at least so sure."""
    lists = {state.uid: state for state in of}
    texts = {s.notice: store.notice(s.notice).text for s in lists.values()}
    given: dict[str, Any] = {"ids": list(lists), "roster": ROSTER}
    found: dict[tuple[str, str], Item] = {}
    for row in store.query(_ITEMS, given):
        duty = _word(row, lists[row["id"]].notice, text=row["thing"].get("text") or row["thing"]["name"])
        found[row["id"], row["thing"]["uid"]] = _item(row["thing"], duty, texts[duty.notice])
    parties = [(row, False) for row in store.query(_PARTIES, given)]
    parties += [(row, True) for row in store.query(_ROSTER, given)]
    for row, roster in parties:
        notice = lists[row["id"]].notice
        key = row["id"], row["item"]
        if roster and key not in found:
            thing = row["thing"]
            found[key] = Item(thing["uid"], "", "", "", _word(row, notice, text=thing["name"], like=thing))
        if row["said"]["confidence"] >= least:
            party = _word(row, notice, text=row["name"], uid=row["uid"], beside=found[key].duty.start)
            found[key].parties.append(party)
    out: dict[str, list[Item]] = {uid: [] for uid in lists}
    for (uid, _), item in sorted(found.items(), key=lambda x: (x[1].duty.start, x[1].uid)):
        item.parties.sort(key=lambda w: (w.role not in ANSWERING, w.start, w.uid))
        out[uid].append(item)
    return out


def _item(thing: dict[str, Any], duty: Word, text: str) -> Item:
    """An item from its node; the rest of its row is looked up in the notice's text, where a row is a line."""
    row = list(_cells(text, duty))

    def word(value: str, said: str) -> Word | None:
        wanted = _folded(said)
        exact = [c for c in row if _folded(c.quote) == wanted] or [
            c for c in row if wanted and wanted in _folded(c.quote)
        ]
        if not wanted:
            return Word(value, "", duty.notice) if value else None
        return Word(value or said, said, duty.notice, *((exact[0].start, exact[0].cell) if exact else ()))

    own = {key: str(thing.get(key) or "") for key in ("item", "due", "status", "problem", "deadline", "progress")}
    return Item(
        thing["uid"], own["item"], own["due"], own["status"], duty, word("", own["problem"]),
        word(own["due"], own["deadline"]), word(own["status"], own["progress"]),
    )  # fmt: skip


def _word(
    row: dict[str, Any], notice: str, *, text: str, uid: str = "", beside: int = -1, like: dict[str, Any] | None = None
) -> Word:
    """A value from the relationship that says it, by the words of this notice: those that are not at ``beside``, where
    the duty stands, and of a roster's place those that are its name."""
    edge, words, cells = _said(row, notice)
    role = str(edge.props.get("role") or "")
    pairs = list(zip(words, cells or [""] * len(words), strict=False))
    names = {_folded(n) for n in (like["name"], *(like.get("aliases") or ()))} if like else set()
    fitting = [p for p in pairs if _folded(p[0].quote) in names] if like else [p for p in pairs if p[0].start != beside]
    if not pairs:
        return Word(text, "", notice, uid=uid, role=role)
    said, cell = (fitting or pairs)[0]
    return Word(text, said.quote, notice, said.start, cell, uid, role)


def _said(row: dict[str, Any], notice: str) -> tuple[Edge, list[Evidence], list[str]]:
    """A relationship with the words and cells of one notice; of several notices each has its own cells."""
    edge = rec.edge_of(row["said"])
    words = [e for e in edge.evidence if e.notice == notice]
    props = edge.props
    if row["parts"]:
        parts = rec.edge_saids({**row["said"], "contributions": row["parts"]})
        props = next((p.props for p in parts if p.notice == notice), {})
    cells = props.get("cells")
    return edge, words, list(cells) if isinstance(cells, list) else []


def _cells(text: str, at: Word) -> Iterator[Word]:
    """The cells of the row that a value stands in; none where it stands in no table."""
    match = _CELL.fullmatch(at.cell)
    if match is None or not 0 <= at.start <= len(text):
        return
    begin = text.rfind("\n", 0, at.start) + 1
    stop = text.find("\n", at.start)
    line = text[begin : stop if stop >= 0 else len(text)]
    for column, raw in enumerate(line.split("\t")):
        yield Word(raw, raw, at.notice, begin, f"{match[1]}{column_name(column)}{match[3]}")
        begin += len(raw) + 1


def _folded(text: str) -> str:
    return plain(unicodedata.normalize("NFKC", text))
