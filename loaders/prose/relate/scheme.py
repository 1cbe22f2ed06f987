"""The scheme that a page is about (三保三包), where a sentence does not name it itself: by the headline, or by the headings of its
parts (“三保”目标, “三包”责任) in a page that names it whole."""

from __future__ import annotations

from kg.vocabulary import vocabulary
from loaders.prose.page import Page, Span
from loaders.prose.relate.headings import level


class Schemes:
    """The schemes of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._parts: list[tuple[int, int, str, Span]] = []  # from where to where a part of a scheme is spoken of
        self._headed = ""
        self._named: dict[str, Span] = {}
        for scheme in vocabulary().schemes:
            names = (scheme.name, *scheme.alt_labels)
            if any(name in page.meta.title for name in names):
                self._headed = self._headed or scheme.name
            said = [(at, name) for name in names if (at := page.text.find(name)) >= 0]
            if said:
                at, name = min(said)
                self._named[scheme.name] = Span(at, at + len(name))
            if scheme.parts and (said or self._headed == scheme.name):
                self._parts += self._sections(scheme.name, scheme.parts)

    def of(self, at: int) -> tuple[str, tuple[Span, ...]] | None:
        """The scheme that what stands at an offset belongs to, with the words that say so."""
        for start, end, name, heading in self._parts:
            if start <= at < end:
                return name, (*self._whole(name), heading)
        return (self._headed, self._whole(self._headed)) if self._headed else None

    def called(self, words: str) -> bool:
        """Whether words name but a part of a scheme that the page names whole ('三包责任制')."""
        whole = {self._headed, *self._named}
        return any(
            s.name in whole and any(p in words for p in s.parts) and s.name not in words for s in vocabulary().schemes
        )

    def _whole(self, name: str) -> tuple[Span, ...]:
        return (self._named[name],) if name in self._named else ()

    def _sections(self, name: str, parts: tuple[str, ...]) -> list[tuple[int, int, str, Span]]:
        """The sections whose headings name a part of a scheme: each up to the next heading that is no deeper."""
        found: list[tuple[int, int, str, Span]] = []
        begun: tuple[int, Span] | None = None  # the level of the heading, its words
        for sentence in self.page.sentences:
            said = self.page.quote(sentence.span).lstrip(" 　")
            deep = level(said)
            if not (sentence.heading or deep and self._opens(sentence.span)):
                continue
            if begun and deep <= begun[0]:
                found.append((begun[1].start, sentence.span.start, name, begun[1]))
                begun = None
            if begun is None and any(part in said for part in parts):
                begun = deep, sentence.span
        if begun:
            found.append((begun[1].start, len(self.page.text), name, begun[1]))
        return found

    def _opens(self, span: Span) -> bool:
        """Whether a sentence opens its paragraph."""
        return any(p.start == span.start for p in self.page.paragraphs)
