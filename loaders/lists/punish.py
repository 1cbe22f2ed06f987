"""Lists of punishments: who, in what form, over what, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.dates.period import number
from kg.lazy import lazy
from loaders.lists.dealt import told
from loaders.lists.draft import Draft
from loaders.lists.header import Column
from loaders.lists.row import Bearer, Row
from loaders.lists.rows import Rows
from loaders.prose.page import Entity, Span
from loaders.prose.relate.rows import table

_SIDE = lazy(r"[、，；/\n 　。]+")
_DEALING = lazy(r"约谈|诫勉谈话|通报批评|通报")
_PROSE = lazy(r".*(?:表扬|表彰|嘉奖|奖励)|对(?!其)|因|由于|鉴于|其中|共|经|.{16}")  # no name of a punishment
_LIKE = lazy(
    r"警|过$|诫|谈|通报|检查|检讨|批评|免|调离|调整|停职|停岗|辞|降|撤|处分|处罚|罚款|扣|取消|提醒|函询|问责|开除|除名|解聘|追究|移送|曝光|黄牌|说明|责任"
)  # what a punishment that no table knows is called by; '限期三日整改' is none
_ORDERED = lazy(r"责令(?:作出|做出|作|写出|提交)?(?:深刻的?)?$")  # '责令作出书面检查': part of what it is called
_PADDING = lazy(r"^(?:给予|予以|对其|进行|作出|受到|被|其|并|和|及)+|(?:处分|处理|处罚)$")


def forms(text: str) -> list[tuple[int, int]]:
    """Spans of the punishments that a cell names, without 给予 and 处分; a cell that no table knows is one by itself where it
    sounds so."""
    pattern = table("sanctions").pattern("{form}")
    known = [
        (o.start() if (o := _ORDERED.search(text[: m.start()])) else m.start(), m.end())
        for m in pattern.finditer(text)
        if text[m.end() : m.end() + 2] != "表扬"
    ]
    out: list[tuple[int, int]] = []
    at = 0
    for piece in [*_SIDE.split(text), ""]:
        start = text.find(piece, at) if piece else -1
        if start < 0:
            continue
        at = start + len(piece)
        inside = [(s, e) for s, e in known if start <= s and e <= at]
        if inside:
            out += inside
            continue
        m = _PADDING.match(piece)
        s = start + (m.end() if m and m.end() < len(piece) else 0)
        e = at - (2 if re.search(r"(?:处分|处理|处罚)$", piece) and at - s > 4 else 0)
        if (
            e - s >= 2
            and _LIKE.search(piece)
            and not _PROSE.match(piece)
            and not re.fullmatch(r"[\d年月日.]+", text[s:e])
        ):
            out.append((s, e))
    return out


def punished(rows: Rows, draft: Draft, row: Row, about: Entity) -> None:
    """SANCTIONED for everybody whom a row punishes, with form, reason, and the body that punished."""
    rows.party_columns(row, "unit")
    units = row.bearers
    row.bearers = []
    for column, cell, words in row.words("name", "punished", "party", "charge", "holder"):
        if column.meaning is not None and column.meaning.role in ("督办", "配合"):
            continue
        row.bearers += rows.read(row, person_like(column), cell, words)
    for column, cell, words in (
        row.words("title") if not row.bearers and not units else ()
    ):  # a body alone: 'name' is blank
        for p in rows.parties.read(cell, words, row.home, "body"):
            if p.entity is not None and p.entity.label == "Agency":
                span = words.span(cell, p.start, p.end)
                draft.mention(p.entity, span)
                units.append(Bearer(p.entity, span, "", column, cell))
    people = [b for b in row.bearers if b.entity.label == "Person"] or row.bearers or units
    reason = "；".join(w.text.replace("\n", "") for _, _, w in row.words("reason", "problem"))
    by = "；".join(w.text.replace("\n", "") for _, _, w in row.words("by"))
    for column, cell, w in row.words("by"):
        if column.meaning is not None and column.meaning.of:  # an 约谈人 is somebody with a post as well as a body
            rows.read(row, column, cell, w)
            continue
        for p in rows.parties.read(cell, w, row.home, "body"):
            if p.entity is not None:
                draft.mention(p.entity, w.span(cell, p.start, p.end))
                by = p.entity.name if len(row.words("by")) == 1 and p.end - p.start == len(w.text) else by
    item = "；".join(w.text for _, _, w in row.words("item"))
    if not item and (named := table("sanctions").pattern("{item}").search(reason)):  # '…（整改清单第3项）'
        item = str(number(named["n"] or named["k"]))
    why: tuple[Span, ...] = tuple(w.span(cell, 0, len(w.text)) for _, cell, w in row.words("reason", "problem")[:1])
    for column, cell, w in row.words("form"):
        if told(rows, draft, row, about, column, cell, w, item, by):
            continue
        for s, e, whom in handed(w.text, people):
            at = w.span(cell, s, e)
            for b in whom:
                if b.entity.label in ("Person", "Agency"):
                    draft.say(b.entity, "SANCTIONED", about, (b.span, at, *why), "list-row", 0.95,
                              form=w.text[s:e], reason=reason, by=by, item=item)  # fmt: skip
    if "form" not in row.block.kinds:
        for b in people:
            if (form := dealing(b.column)) and b.entity.label in ("Person", "Agency"):
                draft.say(b.entity, "SANCTIONED", about, (b.span, *why), "list-row", 0.93, form=form, reason=reason, by=by,
                          item=item)  # fmt: skip
    for _, cell, w in row.words("reason", "problem"):
        phrase = rows.phrases.read(w.text.replace("\n", " "), row.home)
        for s, e, place in (*phrase.places, *phrase.hosts):
            own = next((t.entity for t in row.targets if t.entity.name == place.name), place)
            draft.mention(own, w.span(cell, s, e))


def handed(text: str, people: list[Bearer]) -> Iterator[tuple[int, int, list[Bearer]]]:
    """The punishments of a cell with those whom they are given: one each in turn where there are as many, else all to
    all."""
    for cut in (r"[^\n；]+", r"[^\n；、，]+"):
        parts = [(m.start(), m.end()) for m in re.finditer(cut, text)]
        if len(people) > 1 and len(parts) == len(people):
            for (start, end), b in zip(parts, people, strict=True):
                yield from ((start + s, start + e, [b]) for s, e in forms(text[start:end]))
            return
    yield from ((s, e, people) for s, e in forms(text))


def dealing(column: Column) -> str:
    """What a column of people says by its header that was done to them (约谈对象), '' where it only says something was."""
    m = _DEALING.search(column.header) if column.kind == "punished" else None
    return m[0] if m else ""


def person_like(column: Column) -> Column:
    """The column as one whose cells hold people first, whatever role its header gives it."""
    m = column.meaning
    if m is None or column.kind == "punished":
        return column
    return replace(column, meaning=replace(m, of="either" if m.of == "body" else m.of))
