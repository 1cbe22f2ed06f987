"""Rosters: which of a row's places or firms each person or body is in charge of."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.lists.draft import Draft
from loaders.lists.header import TARGETS, Column
from loaders.lists.layout import Cell, Table
from loaders.lists.row import Bearer, Row, Target, titles_beside
from loaders.lists.rows import Rows
from loaders.lists.where import FIRM
from loaders.prose.page import Entity, Span

_PLACED = lazy(
    r"(?:包|驻|挂|蹲|联|联系|包保|包联|包抓|挂钩|挂联|分包|负责)(?:行政)?(?:[乡镇村屯组片]|街道|社区|网格)"
)  # 包村干部; '镇（街道）包联责任人' only says whose they are
_INSPECTED = lazy(r"督导|督查|督察|检查|巡查|暗访")  # who goes there to inspect is not in charge of it
_HELPING = lazy(r"帮扶|包保|包联|包抓")  # in a list's title: its inspectors look after where they go
_IN_THEIR_CARE = lazy(r"监管|监督管理")  # in a roster: as its 监管员 are in charge, so is the body
_PLACED_TARGET = lazy(r"包|联系|挂|责任")
_CHARGED_TARGET = lazy(r"包|联系|挂")
_OWN_TARGET = lazy(r"责任|负责")  # of the one person whom a row is about
_WHERE = lazy(r"所在|所属|属地|位于|坐落|流经|途经|穿越")  # only says where the reservoir beside it is
_CHARGED = lazy(r"包|驻|挂|联系")  # who helps a firm or regulates it is not in charge of it
_FIRMS = lazy(r"企业|公司|工厂")
_ABOVE_TOWNS = lazy(r"[省市县区州旗]级")
_COUNTYS = lazy(r"县级|县处级|县领导|县包|区领导|区级|旗级")
_OF_TOWN = lazy(r"(?:镇|乡|街道|苏木)段$")
_HELPS = lazy(r"协助|协办|配合|协同")  # who helps the one in charge is not in charge
_TENDS = lazy(r"(?:护林|管护|巡护|护河|巡河|保洁|巡查|看护|管理|养护)(?:人)?员$")
_TENDED = lazy(r"管护|巡护|看护|护林|保洁|巡查|巡河|养护")
_TOUCH = lazy(r"联系|挂")
_DIVISIONS = ("county", "town", "village")
_ANY = ("village", "grid", "reach", "firm", "town", "river", "area", "county")


class Charge:
    """Reads the columns of those in charge, row by row."""

    def __init__(self, draft: Draft, rows: Rows, table: Table, duties: bool, title: str) -> None:
        self.draft, self.rows, self.duties = draft, rows, duties
        self.helping = bool(_HELPING.search(title))
        self.headers = {c.index: c.header for c in table.header.columns if c.kind in TARGETS}
        self.charged = [c.index for c in table.header.columns if c.kind == "charge"]
        charges = [c for c in table.header.columns if c.kind == "charge" and c.meaning and not c.meaning.contact]
        general = [c.index for c in charges if c.meaning and len(c.meaning.wants) == len(_ANY)]
        self.alone = general[0] if len(general) == 1 else -1  # the one who has all that is said to be theirs
        self.chosen: dict[tuple[int | str, ...], list[int]] = {}

    def row(self, row: Row, kept: list[str]) -> None:
        """IN_CHARGE_OF for everybody whom a roster's row puts in charge, HOLDS for those whose title the header is."""
        self.rows.party_columns(row, "party", "name", "charge", "rota")
        self.holders(row)
        self.senders(row)
        for b in row.bearers:
            m = b.column.meaning
            if b.column.kind == "rota" or b.role == "配合" or _HELPS.search(b.column.header):
                continue
            if b.role == "督办" and m is not None and m.kind == "party" and not _IN_THEIR_CARE.search(b.column.header):
                for t in self.targets(row, b.column, b.cell):
                    self.draft.say(
                        b.entity, "SUPERVISES", t.entity, (b.span, t.span), "column-督办", 0.9, kind="inspection"
                    )
                continue
            for t in self.targets(row, b.column, b.cell):
                if _INSPECTED.search(self.headers.get(t.column, "")):
                    if m is not None and m.contact:
                        continue
                    at = (b.span, t.span)
                    self.draft.say(b.entity, "SUPERVISES", t.entity, at, "column-督导", 0.9, kind="inspection")
                    if not self.helping or b.column.kind != "charge":
                        continue
                self.draft.say(b.entity, "IN_CHARGE_OF", t.entity, (b.span, t.span), "roster", 0.95, fields=kept)

    def in_duties(self, row: Row, duty: Entity, spans: tuple[Span, ...]) -> None:
        """Those in charge in a list of duties bear them; a contact is only named. A firm bears what no column hands to
        others ('企业名称｜减排措施｜包联干部')."""
        self.holders(row)
        touched = self.kept_in_touch(row)
        for b in row.bearers:
            for t in touched if b.column.kind == "name" and b.role not in ("督办", "配合") else ():
                self.draft.say(b.entity, "IN_CHARGE_OF", t.entity, (b.span, t.span), "roster", 0.9)
        firms = [t for t in row.targets if t.kind == "firm" and self.acts(t)]
        parties = [c for c in row.block.of(("party",)) if c.meaning and c.meaning.role != "督办"]
        handed = any(not _FIRMS.search(c.header) for c in parties)
        for t in firms if not handed else ():
            own = next(c for c in row.block.columns if c.index == t.column)
            row.bearers.append(Bearer(t.entity, t.span, "责任", own, t.cell))
            self.draft.say(t.entity, "BEARS", duty, (t.span, *spans[:1]), "column-企业", 0.9, role="责任")
        for column, cell, words in row.words("charge"):
            contact = column.meaning is not None and column.meaning.contact
            for b in self.rows.read(row, column, cell, words):
                theirs = firms and not contact and _CHARGED.search(column.header)
                for t in self.targets(row, column, cell) if theirs else ():
                    if any(t is f for f in firms):
                        at = (b.span, t.span)
                        self.draft.say(b.entity, "IN_CHARGE_OF", t.entity, at, "roster", 0.9)
                if not contact:
                    row.bearers.append(Bearer(b.entity, b.span, "责任", column, cell))
                    self.draft.say(b.entity, "BEARS", duty, (b.span, *spans[:1]), "column-包保", 0.9, role="责任")

    def kept_in_touch(self, row: Row) -> list[Target]:
        """The places that somebody whom a row names only keeps in touch with (联系乡镇, 挂点村): its duty is not theirs to do."""
        if not row.words("name"):
            return []
        return [t for t in row.targets if t.kind in _DIVISIONS and _TOUCH.match(self.headers.get(t.column, ""))]

    def acts(self, target: Target) -> bool:
        """Whether what a column of firms and sites names is a firm, which can do what a row wants."""
        return bool(_FIRMS.search(self.headers.get(target.column, "")) or FIRM.search(target.entity.name))

    def holders(self, row: Row) -> None:
        """People under a header that is itself a title (村支书, 企业负责人)."""
        for column, cell, words in row.words("holder"):
            m = column.meaning
            assert m is not None
            where = [t for t in row.targets if t.kind == m.at]
            if m.at == "town" and not where and row.town is not None:
                where = [Target("town", -1, row.town, words.span(cell, 0, len(words.text)), cell)]
            for b in self.rows.read(row, column, cell, words):
                own = titles_beside(row, column, 1)  # a post of theirs beside says more than the header
                if b.entity.label != "Person" or not where or not m.title or own or m.title == "责任人":
                    continue
                title = f"{where[0].entity.name}{m.title}" if m.at != "firm" else m.title
                seat = self.rows.seat(row, column)
                persons, spans = self.rows.persons, (b.span, where[0].span)
                of_firm = m.at == "firm"
                posts = [persons.of_firm(where[0].entity, title)] if of_firm else persons.posts(title, seat)
                if not posts and m.at == "village" and m.title.endswith(("书记", "主任")):
                    posts = [persons.of_village(where[0].entity, m.title)]  # a 党组织书记 is of no kind of organ
                persons.hold(b.entity, posts, spans)

    def senders(self, row: Row) -> None:
        """Mention the bodies whose people a row leaves open ('派出单位｜驻厂监督员' with nobody yet)."""
        there = {b.column.index for b in row.bearers}
        for column, cell, words in row.words("unit"):
            for p in self.rows.parties.read(cell, words, row.home, "body") if column.person not in there else ():
                if p.entity is not None:
                    self.draft.mention(p.entity, words.span(cell, p.start, p.end))

    def targets(self, row: Row, column: Column, cell: Cell) -> list[Target]:
        """What somebody in a column is put in charge of."""
        every = of_level(column, row.targets)
        if cell.last > cell.row:
            return self.fitting(every, column, cell)
        key = (id(column), *[x for t in every for x in (t.kind, t.column)])
        where = self.chosen.get(key)
        if where is None:
            fitting = self.fitting(every, column, cell)
            where = self.chosen[key] = [k for k, t in enumerate(every) if any(t is f for f in fitting)]
        return [every[k] for k in where]

    def fitting(self, every: list[Target], column: Column, cell: Cell) -> list[Target]:
        """A target merged over the same rows, else the nearest of the kinds that the header wants, left before right, else of
        any kind."""
        wants = column.meaning.wants if column.meaning and column.meaning.wants else _ANY
        there = [t for t in every if t.column >= 0] or every
        if not there:
            return []
        there = self.beside(column, there)
        tended = [t for t in there if _TENDED.match(self.headers.get(t.column, ""))]
        if tended and _TENDS.search(column.header):  # '责任区｜护林员｜管护网格'
            return tended
        placed = _PLACED.search(column.header) or (wants[0] == "grid" and any(t.kind == "grid" for t in there))
        if any(t.kind == "firm" for t in there) and not placed:  # '所属乡镇' only says where the firm is
            there = [t for t in there if t.kind == "firm" or _PLACED_TARGET.search(self.headers.get(t.column, ""))]
            wants = (*wants, "firm")
        if not placed:
            there = [t for t in there if not _WHERE.match(self.headers.get(t.column, ""))] or there
        kinds = {t.kind for t in there}
        if wants[0] == "grid":  # a grid worker's grid; only where the roster has none, the place that stands for it
            wants = next(((k,) for k in wants if k in kinds), wants)
        wanted = [t for t in there if t.kind in wants] or there
        same = [t for t in there if t.cell.last > t.cell.row and (t.cell.row, t.cell.last) == (cell.row, cell.last)]
        if cell.last > cell.row and same:
            fitting = [t for t in same if t.kind in wants] or same
            return [t for t in fitting if t.column == self.near(column, fitting)]
        if cell.last == cell.row:  # beside a river merged over the rows of its reaches each chief has a reach
            wanted = [t for t in wanted if t.cell.last == t.cell.row or t.kind != "river"] or wanted
        theirs = [t for t in wanted if _CHARGED_TARGET.search(self.headers.get(t.column, ""))]
        if column.index == self.alone and {t.kind == "firm" for t in theirs} == {True, False}:
            return theirs  # '联系乡镇｜包保企业'
        theirs = [t for t in wanted if _OWN_TARGET.match(self.headers.get(t.column, ""))]
        if column.kind == "name" and theirs:
            return theirs  # '责任网格｜责任水体'
        near = self.near(column, wanted)
        return [t for t in wanted if t.column == near]

    def beside(self, column: Column, there: list[Target]) -> list[Target]:
        """The places under the same upper header ('二级网格'); without one, those before the first that others to the right
        have ('村｜网格长｜网格编号｜网格员')."""
        over = column.header.rpartition("/")[0]
        same = [t for t in there if over and self.headers.get(t.column, "").rpartition("/")[0] == over]
        if same:
            return same
        right = [t.column for t in there if t.kind == "grid" and t.column > column.index]
        left = [t for t in there if t.column < column.index and t.kind in ("village", "town")]
        others = bool(right) and any(k > min(right) for k in self.charged)
        return left if others and left else there

    @staticmethod
    def near(column: Column, targets: list[Target]) -> int:
        """The column of the nearest target: at the left first."""
        left = [t.column for t in targets if t.column < column.index]
        return max(left) if left else min(t.column for t in targets)


def of_level(column: Column, targets: list[Target]) -> list[Target]:
    """The places of a row that somebody of a column's level can have: a 县级河长 beside a township's reach has the river."""
    if _COUNTYS.search(column.header) and "村" not in column.header and any(t.kind == "town" for t in targets):
        targets = [t for t in targets if t.kind != "village"]  # '所属乡镇｜县级包保领导｜村'
    if not _ABOVE_TOWNS.search(column.header) or all(t.kind != "river" for t in targets):
        return targets
    return [t for t in targets if t.kind != "reach" or not _OF_TOWN.search(t.entity.name)]
