"""From rows to statements: duties with those who bear them, rosters of who is in charge, punishments, portfolios."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from kg.dates import due_of
from kg.identity import digest, plain
from kg.model import Value
from kg.places import gazetteer
from loaders.lists.cell import Words, words_of
from loaders.lists.charge import Charge
from loaders.lists.dealt import told
from loaders.lists.draft import Draft
from loaders.lists.front import Front
from loaders.lists.header import Column
from loaders.lists.layout import Cell, Record, Table
from loaders.lists.parties import role_word
from loaders.lists.portfolio import Portfolio, short
from loaders.lists.punish import dealing, punished
from loaders.lists.row import Bearer, Row, planned, state
from loaders.lists.rows import Rows
from loaders.lists.signs import signs
from loaders.lists.succeed import succeeded
from loaders.lists.words import status_of
from loaders.prose.page import Entity, Page, Span
from loaders.prose.relate.topics import Topics

_KEPT = ("group", "stage", "remark", "item", "")  # kinds whose cells are kept as they stand
_ORDINAL = re.compile(r"(?:问题|任务|事项|案例|点位|案件)[\d一二三四五六七八九十]+")  # only numbers the item
_PLAIN_BODIES = frozenset(("government", "department", "organ", "party"))


class Builder:
    """Says what one table says; ``about`` is the list as a thing."""

    def __init__(self, table: Table, draft: Draft, rows: Rows, front: Front, reference: date | None) -> None:
        self.table, self.draft, self.rows, self.front, self.reference = table, draft, rows, front, reference
        kinds = Counter(c.kind for c in table.header.columns)
        summoned = kinds["punished"] > 0 and any(dealing(c) for c in table.header.columns)
        told = kinds["punished"] or kinds["name"] or kinds["party"] or kinds["unit"] or front.kind == "问责清单"
        self.punishes = (kinds["form"] > 0 or summoned) and bool(told) and not self.told_beside(kinds)
        self.duties = (
            not self.punishes
            and not self.roster(kinds)
            and bool(kinds["measure"] or kinds["problem"] or kinds["goal"])
            and any(kinds[k] for k in ("party", "deadline", "status", "charge", "name", "role"))
        )
        self.kind = self.kind_of(kinds)
        self.charge = Charge(draft, rows, table, self.duties, front.title)
        props: dict[str, Value] = {"title": front.title, "kind": self.kind}
        if front.day:
            props["date"] = front.day
        if rows.phrases.home.code:
            props["adcode"] = rows.phrases.home.code
        self.about = Entity("AccountabilityList", front.title, [], "", props)
        self.seen: Counter[str] = Counter()
        self.same: dict[tuple[str, str], Entity] = {}
        self.portfolio = Portfolio(draft, rows, self.about, self.duties, self.key)
        self.unknown = [c for c in table.header.columns if c.meaning is None]

    def told_beside(self, kinds: Counter[str]) -> bool:
        """Whether a list of what must be done only tells beside it who was punished (问责情况)."""
        done = kinds["measure"] or (kinds["problem"] and (kinds["status"] or kinds["closed"]))
        duties = done and (kinds["party"] or kinds["deadline"] or kinds["status"])
        people = kinds["punished"] or kinds["name"] or kinds["by"] or kinds["when"]
        return bool(duties) and not people and self.front.kind != "问责清单"

    def roster(self, kinds: Counter[str]) -> bool:
        """Whether a list of who has charge of what only tells beside it what they do ('主要职责'): no item that can be done."""
        items = kinds["problem"] or kinds["goal"] or kinds["deadline"] or kinds["status"] or kinds["closed"]
        return self.front.kind == "包保名册" and not items and kinds["charge"] > 0

    def kind_of(self, kinds: Counter[str]) -> str:
        """The kind of the list, by what its columns hold, then by its title."""
        if self.punishes:
            return "问责清单"
        if self.duties:
            if self.front.kind in ("责任清单", "整改清单"):
                return self.front.kind
            return "整改清单" if kinds["problem"] or kinds["status"] or kinds["closed"] else "责任清单"
        if kinds["portfolio"]:
            return "责任清单"
        return "包保名册" if kinds["charge"] or kinds["holder"] or kinds["rota"] else self.front.kind or "包保名册"

    def run(self) -> None:
        """Read every row."""
        text, title = self.draft.page.text, self.front.title
        at = text.find(title)
        if at < 0:  # the title is markup's, the file's or of another script: the header stands for it
            at = self.table.start
            title = text[at:].partition("\n")[0]
        self.draft.mention(self.about, Span(at, at + len(title)))
        self.rows.signs = signs([*self.table.head, *self.table.foot])
        records = self.table.records
        while records:
            columns, record = records.pop()
            row = self.rows.row(columns, record)
            succeeded(self.rows, self.draft, row, self.reference)
            if self.punishes:
                punished(self.rows, self.draft, row, self.about)
            elif self.duties:
                self.duty(row, columns, record)
            else:
                self.charge.row(row, self.kept(row))
                self.portfolio.row(row)

    def kept(self, row: Row) -> list[str]:
        """The cells of columns that have no place of their own, each with its header."""
        return [f"{c.header}：{w.text}".replace("\n", " ") for c, _, w in row.words(*_KEPT)]

    # -- duties

    def duty(self, row: Row, columns: list[Column], record: Record) -> None:
        """One item: what must be done, by whom, where, by when, how far it has come, who sees to it."""
        said = row.words("measure") or row.words("problem") or row.words("goal")
        if not said:
            return
        said = [x for x in said if not _ORDINAL.fullmatch(x[2].text)] or said
        task = [x for x in said if x[1].last > x[1].row]  # one that runs over several items is the task of them all
        own = [x for x in said if x not in task]
        if task and not own:  # '重点任务' over several rows, each with its own '工作目标'
            own = [x for x in row.words("goal") or row.words("problem") if x[1].last == x[1].row]
        said, task = (own, task) if own else (said, [])
        roles = [w.text for _, _, w in row.words("role")]
        self.rows.party_columns(row, "party", "name", *(("unit",) if roles else ()))
        if roles and (role := role_word(roles[0])):
            row.bearers = [replace(b, role=role) for b in row.bearers]
        text = "；".join(w.text.replace("\n", "") for _, _, w in said)
        spans = tuple(w.span(cell, 0, len(w.text)) for _, cell, w in said)
        duty = Entity("Obligation", short(text), props=self.properties(row, text))
        if task:
            shared = [f"{c.header}：{w.text}".replace("\n", " ") for c, _, w in task]
            duty.props["fields"] = [*shared, *self.kept(row)]
        number = next((w.text for _, _, w in row.words("serial")), "")
        if roles and (number, text) in self.same:
            duty = self.same[number, text]  # a row for each of its bearers
        else:
            duty.key = self.key(row, text)
            self.same[number, text] = duty
        self.draft.say(duty, "LISTED_IN", self.about, spans[:1], "list-row", 0.99)
        for b in row.bearers:
            self.draft.say(
                b.entity,
                "BEARS",
                duty,
                (*b.spans, *spans[:1]),
                f"column-{b.role or '责任'}",
                0.95,
                role=b.role or "责任",
            )
        self.charge.in_duties(row, duty, spans)
        touched = self.charge.kept_in_touch(row)
        self.supervision(row.bearers)
        self.portfolio.row(row)
        for column, cell, w in row.words("form", "reason"):  # a 追责情形 beside a duty may tell of whom
            told(self.rows, self.draft, row, self.about, column, cell, w, number)
        places = [
            t
            for t in row.targets
            if t.entity.label == "Region"
            and t.kind in ("county", "town", "village", "area", "grid")
            and t not in touched
        ]
        for t in places:
            self.draft.say(duty, "APPLIES_IN", t.entity, (t.span, *spans[:1]), "column-place", 0.95)
        self.words(row, duty, spans, bool(places))

    def properties(self, row: Row, text: str) -> dict[str, Value]:
        """Properties of a duty: its words, problem, goal, item, deadline with its last day, how far, and the rest of
        the row."""
        first = {k: found[0] for k in ("problem", "goal", "deadline", "serial") if (found := row.words(k))}
        props: dict[str, Value] = {"text": text}
        for kind, name in (("problem", "problem"), ("goal", "goal"), ("serial", "item")):
            if kind in first and first[kind][2].text != text:
                props[name] = first[kind][2].text.replace("\n", "")
        progress = "；".join(x for c, cell, w in row.words("status") if (x := state(c, cell, w)))
        closed = next((words_of(cell.raw).text for _, cell in row.cells("closed")), "")
        ahead = self.to_come(closed)
        until = first["deadline"][2].text if "deadline" in first else ahead or planned(row)
        if until:
            props |= self.deadline(until)
        closed = "" if ahead else closed
        if status := status_of(progress, closed, f"{text}；{props.get('problem', '')}"):
            props["status"] = status
        if progress:
            props["progress"] = progress.replace("\n", "")
        if fields := self.kept(row):
            props["fields"] = fields
        return props

    def to_come(self, closed: str) -> str:
        """What a column of when items are closed (办结时间) says of the time to come: a day after the list's own, at once, each
        month; else ''."""
        found = due_of(closed, self.reference) if closed else None
        return closed if found and (found.cadence or found.due > (self.front.day or found.due)) else ""

    def deadline(self, text: str) -> dict[str, Value]:
        """``deadline`` as the cell has it (a bare number of days as the day that it is), ``due`` and ``cadence`` as it means."""
        said = re.sub(r"\s+", "", text)
        found = due_of(said, self.reference)
        props: dict[str, Value] = {"deadline": found.due if found and found.rule == "serial" else said}
        if found and found.due and not said.startswith("起", found.end):  # '7月1日起执行' says when it begins
            props["due"] = found.due
        if found and found.cadence:
            props["cadence"] = found.cadence
        return props

    def key(self, row: Row, text: str) -> str:
        """The duty's own part of its id: its words, problem and place; a number where even these come again."""
        problem = next((w.text for _, _, w in row.words("problem")), "")
        place = row.town or row.county
        own = digest(plain(text), plain(problem), place.key if place else "", length=10)
        self.seen[own] += 1
        return own if self.seen[own] == 1 else f"{own}-{self.seen[own]}"

    def supervision(self, bearers: list[Bearer]) -> None:
        """Who sees a duty through stands over the bodies that bear it; over its people where it names no body."""
        watchers = [b for b in bearers if b.role == "督办"]
        doers = [b for b in bearers if b.role in ("牵头", "责任")]
        bodies = [b for b in doers if b.entity.label in ("Agency", "Region")] or doers
        for w in watchers:
            for b in bodies:
                if w.entity.label != "Region" and w.entity is not b.entity:
                    self.draft.say(
                        w.entity, "SUPERVISES", b.entity, (*w.spans, *b.spans), "column-督办", 0.93, kind="inspection"
                    )

    def words(self, row: Row, duty: Entity, spans: tuple[Span, ...], placed: bool) -> None:
        """What the sentences of a row name: topics, places, bodies."""
        for _, cell, w in row.words("measure", "problem", "goal"):
            flat = w.text.replace("\n", " ")
            for topic, span in Topics(Page(flat, self.draft.page.meta)).within(Span(0, len(flat))):
                at = w.span(cell, span.start, span.end)
                self.draft.say(duty, "ABOUT", topic, (at,), "topic")
            self.named(row, duty, cell, w, spans, placed)

    def named(self, row: Row, duty: Entity, cell: Cell, w: Words, spans: tuple[Span, ...], placed: bool) -> None:
        phrase = self.rows.phrases.read(w.text.replace("\n", " "), self.rows.home_by(row))
        for s, e, place in (*phrase.places, *phrase.hosts):
            if not self.here(place):
                continue
            at = w.span(cell, s, e)
            self.draft.mention(place, at)
            if not placed and place.props.get("level") in ("county", "township", "village", "zone"):
                self.draft.say(duty, "APPLIES_IN", place, (at,), "place-in-words", 0.6)
        for m in phrase.mentions:
            kind = m.entity.props.get("kind")
            if (
                m.entity.label == "Agency"
                and kind in _PLAIN_BODIES
                and m.entity.key[:1].isdigit()
                and not m.entity.props.get("generic")
            ):
                self.draft.mention(m.entity, w.span(cell, m.span.start, m.span.end))

    def here(self, place: Entity) -> bool:
        """Whether a place lies where the list speaks from; a namesake far away is no place of its sentences."""
        if place.props.get("level") == "township" and not place.key.isdigit():
            return False  # '迁至镇外' ends in no township; the tables have them all
        own = next((p.adcode for level, p in self.rows.phrases.home.levels if level in ("prefecture", "county")), "")
        code = place.key.split("/", 1)[0]
        return not own or not code.isdigit() or code.startswith(own.rstrip("0")) or gazetteer().lies_within(code, own)
