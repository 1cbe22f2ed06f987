"""Prose notices: a file in, a Reading out, through stages that run one way.

read -> clean -> cut -> recognise -> relate -> resolve
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kg.collector import at_rest, keep_tables
from kg.identity import notice_id
from kg.loading import Defaults
from kg.model import Notice, Reading
from loaders.prose.page import Page, Span, Statement
from loaders.source.document import Document

if TYPE_CHECKING:
    from kg.explain import Explanation

RELATE = (
    "duties",
    "targets",
    "applied",
    "cascade",
    "meetings",
    "supervision",
    "contracts",
    "portfolio",
    "sanctions",
    "measured",
    "succession",
)
"""The stages that read statements, each a module with ``relate(page)``; the order is that of the statements."""


Keep = Callable[[Page, Callable[[Span], tuple[int, int]]], None]
"""Is handed a page that has been read, and the way from its spans to the notice's own characters."""


def relations() -> Sequence[Callable[[Page], list[Statement]]]:
    """The relate stages, imported late."""
    return [import_module(f"loaders.prose.relate.{name}").relate for name in RELATE]


def read_document(document: Document, *, place: str = "", publisher: str = "", published: str = "") -> Reading:
    """One document as a reading. ``place``, ``publisher`` and ``published`` (ISO) fill what it leaves out."""
    with at_rest():
        reading = _read_document(document, place, publisher, published)
    keep_tables()
    return reading


def _read_document(document: Document, place: str, publisher: str, published: str, keep: Keep | None = None) -> Reading:
    from loaders.clean.cleaner import clean
    from loaders.prose.cut import cut
    from loaders.prose.recognise import recognise
    from loaders.prose.resolve import Resolver
    from loaders.prose.structure import derive

    cleaned = clean(document, place=place, publisher=publisher, published=published)
    page = recognise(cut(cleaned.page), cleaned.hints)
    meta = page.meta
    notice = Notice(
        notice_id(meta.url, meta.doc_number, page.text),
        meta.title,
        meta.published,
        meta.publisher,
        meta.doc_number,
        meta.url,
        meta.kind,
        document.text,
        document.sha256,
        document.source,
    )
    statements = [s for relate in relations() for s in relate(page)]
    page.remarks += document.remarks
    if keep is not None:
        keep(page, cleaned.original)
    return Resolver(page, notice, cleaned.original, cleaned.title_at).reading(
        [*page.facts, *statements, *derive(page, page.facts, statements)]
    )


def read(source: Path | bytes, name: str = "", *, place: str = "", publisher: str = "", published: str = "") -> Reading:
    """One file, or bytes under a name, as a reading. Raises SourceError."""
    from loaders.source import read as read_source

    return read_document(read_source(source, name), place=place, publisher=publisher, published=published)


class Prose:
    """The loader of prose notices."""

    name = "prose"

    @property
    def endings(self) -> tuple[str, ...]:
        """Endings of notices."""
        from loaders.source import ENDINGS

        return ENDINGS

    @property
    def refused(self) -> tuple[str, ...]:
        """Endings of documents that are not read."""
        from loaders.source import REFUSED

        return REFUSED

    def read(self, source: Path | bytes, name: str, defaults: Defaults) -> Reading | None:
        """One notice; every file that no other loader claims is tried as one."""
        found = read(source, name, place=defaults.place, publisher=defaults.publisher, published=defaults.published)
        return reconsidered(found, defaults)

    def explain(self, source: Path | bytes, name: str, defaults: Defaults) -> Explanation | None:
        """One notice with what it leaves unread."""
        from loaders.source import read as read_source

        return explained(read_source(source, name), defaults)


def explained(document: Document, defaults: Defaults) -> Explanation:
    """One document as a reading with what it leaves unread."""
    from kg.explain import Explanation
    from loaders.prose.unread import sentences, unread

    kept: list[tuple[Page, Callable[[Span], tuple[int, int]]]] = []
    given = (defaults.place, defaults.publisher, defaults.published)
    with at_rest():
        reading = _read_document(document, *given, keep=lambda page, original: kept.append((page, original)))
        [(page, original)] = kept
        found = unread(page, original, reading.edges)
    return Explanation(reconsidered(reading, defaults), sentences(page, original), found)


def reconsidered(reading: Reading, defaults: Defaults) -> Reading:
    """The reading with the second opinion on its names, where one is asked for."""
    if not defaults.second_opinion:
        return reading
    from loaders.second import reconsider

    return reconsider(reading)


LOADER = Prose()
