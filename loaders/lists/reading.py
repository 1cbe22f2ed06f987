"""A book of grids as a Reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain

from kg.dates import parse_date
from kg.identity import notice_id
from kg.lazy import lazy
from kg.loading import Defaults
from kg.model import Notice
from kg.places import Place, gazetteer
from loaders.clean.values import address, iso_date
from loaders.lists.around import Said as Around
from loaders.lists.around import share
from loaders.lists.build import Builder
from loaders.lists.draft import Draft
from loaders.lists.front import Front, fronts, reference
from loaders.lists.layout import Table
from loaders.lists.leading import lead
from loaders.lists.marks import settle as settle_marks
from loaders.lists.notes import Notes
from loaders.lists.parted import part
from loaders.lists.persons import Persons
from loaders.lists.phrases import Home, Phrases
from loaders.lists.resolve import ListResolver
from loaders.lists.rows import Rows
from loaders.lists.statements import Statements
from loaders.lists.tables import no_header, no_rows, tables, unmet
from loaders.lists.telling import Telling
from loaders.lists.textual import Textual, textual
from loaders.lists.where import Where
from loaders.prose.page import Mention, Meta, Page, Statement, offices
from loaders.prose.recognise import home
from loaders.prose.recognise.scene import ORDER, Scene, home_of
from loaders.prose.recognise.tokens import lex
from loaders.prose.structure import derive
from loaders.source.grid import Book

_SAMPLE = 60  # rows by which the list's own place is told where no line says it
_TOWN = lazy(r"([\u4e00-\u9fff]{1,6}?(?:镇|乡|街道))(?![镇乡村级])")
_NAMED = lazy(r"(?:清单|台账|名册|名录|名单|一览表|分解表|分工表|安排表|责任表|调度表|统计表)(?:（[^）]*）)?$")
_PROSE = lazy(r"[。；]")


def tell_book(book: Book, defaults: Defaults) -> Telling | None:
    """What a book says, or None where a page or Word file is prose with a table in it. Raises SourceError."""
    asked = defaults.columns
    text = textual(book)
    every = tables(book, text.starts, asked)
    found = [t for t in every if t.records]
    if not found or (book.format in ("html", "docx") and not is_list(book, found)):
        if book.format in ("html", "docx") and not asked:
            return None
        if not found:
            raise no_rows(book, every[0]) if every else no_header(book, asked)
    book.remarks += unmet(found, asked)
    return tell(book, found, text, defaults)


def tell(book: Book, found: list[Table], text: Textual, defaults: Defaults, within: Notice | None = None) -> Telling:
    """What the tables of a book say; ``within`` is the notice of sentences that they stand in."""
    rest: list[list[Around]] = []
    every = [line for table in found for line in (*table.head, *table.foot)]
    for table in found:
        lead(table, text.text)
        part(table)
        rest.append(share(table, text.text))
        book.remarks += settle_marks(table, [*table.head, *table.foot], text.text, every)
    said = fronts(found, book)
    first = said[0]
    published = _given(defaults.published) or next((f.day for f in said if f.day), "")
    if iso_date(book.meta.get("published", "")):
        published = iso_date(book.meta["published"])
    publisher = next((f.publisher for f in said if f.publisher), "") or defaults.publisher
    publisher = publisher or (within.publisher if within is not None else "")
    url = address(book.meta, "")
    meta = Meta(first.title, published, publisher, first.number, url, first.kind, defaults.place)
    notice = replace(within, text=text.text) if within is not None else Notice(
        notice_id(url, first.number, text.text), first.title, published, publisher, first.number, url,
        "清单", text.text, book.sha256, book.source,
    )  # fmt: skip
    page = Page(text.text, meta)
    for grid in book.grids:
        grid.rows.clear()  # the tables have what they hold
    draft = drafted(page, found, said, published, rest)
    page.remarks += book.remarks
    resolver = ListResolver(page, notice, lambda s: (s.start, s.end))
    resolver.codes, resolver.offices = draft.codes, offices(draft.facts)
    order = in_order(draft.named)
    page.mentions = [
        Mention(min(draft.named.spans(n)), thing, "") for n in order if (thing := draft.named.source(n)).key
    ]
    derived = derive(page, draft.facts, draft.statements)
    resolver.governments = {
        m.entity.key: m.entity for m in page.mentions if m.entity.label == "Agency" and m.entity.key
    }
    page.mentions = []
    stated = (draft.named[n] for n in order)
    return Telling(resolver, stated, chain(draft.facts, draft.statements, _drained(derived)), partial(text.cell, book))


def drafted(page: Page, found: list[Table], said: list[Front], published: str, rest: list[list[Around]]) -> Draft:
    """What the rows of all tables say, and beyond them (``rest``) the lines around each; what reading them remembered is let go."""
    draft, first = Draft(page), said[0]
    phrases = Phrases(page, settle(page, found))
    where = Where(phrases, published)
    if not phrases.home.levels and (name := town_in(page.meta)):
        phrases.home = Home((), where.town(name, None))
    rows = Rows(draft, phrases, where, Persons(draft, phrases))
    for table, one, around in zip(found, said, rest, strict=True):
        table.records.reverse()  # taken from the end, so that a row read is a row forgotten
        builder = Builder(
            table, draft, rows, _with(one, first, published), reference(one.title or first.title, one.day or published)
        )
        Notes(builder, around).read()
        builder.run()
        _remark(page, builder, table)
    draft.close()
    return draft


def _drained(statements: list[Statement]) -> Iterator[Statement]:
    """Statements in order, each let go once it is an edge: a roster's do not all fit beside its edges."""
    statements.reverse()
    while statements:
        yield statements.pop()


def in_order(named: Statements) -> list[int]:
    """Where things are named, in the order of the text."""
    return sorted(range(len(named)), key=lambda n: (min(named.spans(n)), named.source(n).label, named.source(n).name))


def _given(published: str) -> str:
    day = parse_date(published) if published else None
    return day.isoformat() if day else ""


def _with(own: Front, first: Front, published: str) -> Front:
    """A table's front matter, completed from the file's first table."""
    return Front(
        own.title or first.title,
        own.kind or first.kind,
        own.day or first.day or published,
        own.publisher or first.publisher,
        own.number,
    )


def is_list(book: Book, found: list[Table]) -> bool:
    """Whether a page or Word file is a list and not prose that holds a table: its rows outweigh its sentences, or it
    is called one and they are a good part of it."""
    rows = sum(len(t.records) for t in found)
    inside = sum(len(c) for t in found for g in (t.grid, *t.more) for r in g.rows for c in r.cells)
    around = [line for g in book.grids for line in (*g.before, *g.after)]
    prose = sum(len(line) for line in around if len(line) > 30 and _PROSE.search(line))
    named = any(_NAMED.search(line) for line in around if len(line) <= 60)
    return rows >= 2 and inside > (prose / 3 if named else prose) or rows >= 1 and prose == 0


def settle(page: Page, found: list[Table]) -> Home:
    """Where a list speaks from: what the analyst, the publisher or the title says, else the places that its rows
    name."""
    lines = [t for table in found for t in (*table.head, *table.foot)]
    sample = ["、".join(c.raw for c in r.cells.values()) for table in found for _, r in table.records[:_SAMPLE]]
    text = "\n".join([*lines, *sample])
    seen = Page(text, page.meta)
    scene = Scene(seen, lex(text))
    home.settle(scene)
    page.home, page.meta = seen.home, seen.meta
    if "township" not in scene.home and (town := own_town(page.meta, scene.home)) is not None:
        scene.home = home_of(town)
        page.home, page.meta = town.adcode, replace(page.meta, place=town.full_name)
    levels: list[tuple[str, Place]] = [(level, scene.home[level]) for level in ORDER if level in scene.home]
    return Home(tuple(levels))


def own_town(meta: Meta, known: Mapping[str, Place]) -> Place | None:
    """The township whose list this is, by its title or publisher ('某镇包村干部名册'): of the county in hand, else the only
    one so called."""
    g = gazetteer()
    for text in (meta.publisher, meta.title):
        deepest = max((text.find(p.name) + len(p.name) for p in known.values() if p.name in text), default=0)
        m = _TOWN.match(text, deepest)
        if m is None:
            continue
        county = known.get("county")
        found = [
            p
            for p in (g.children(county.adcode) if county else g.lookup(m[1]))
            if p.name == m[1] and p.level == "township"
        ]
        if len(found) == 1:
            return found[0]
    return None


def town_in(meta: Meta) -> str:
    """The township that the title or the publisher of a list begins with, '' for none."""
    return next((m[1] for text in (meta.title, meta.publisher) if (m := _TOWN.match(text)) and len(m[1]) > 2), "")


def _remark(page: Page, builder: Builder, table: Table) -> None:
    """Tell of columns that nobody knows, and of a list that came to nothing."""
    where = f"sheet {table.grid.name}: " if table.grid.name else ""
    if builder.unknown:
        headers = "、".join(c.header for c in builder.unknown)
        page.remarks.append(
            f"{where}columns kept as they are, their meaning is not known (--columns maps them): {headers}"
        )
