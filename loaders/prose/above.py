"""Who holds a speech, by the lines above it and by its headline."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Page, Span
from loaders.words import HEADS

_SPEECH = lazy("讲话|发言|致辞|报告$")
_HEADED = lazy(
    f"(?:[\u4e00-\u9fff]*{HEADS})?([\u4e00-\u9fff]{{2,4}}?)(?:同志|：)?在(?=.{{4,60}}上的?(?:讲话|发言|致辞))"
)
_NOBODY = lazy(f"^某|(?:{HEADS}|领导|同志)$")  # '某市市长在…会议上的讲话'
_TOP = 5  # lines
_SHORT = 40  # characters of such a line


def is_speech(page: Page, at: int) -> bool:
    """Whether the words at an offset are the speaker's own: of a speech, and not what it quotes."""
    quoted = page.text.rfind("“", 0, at) > page.text.rfind("”", 0, at)
    return not quoted and bool(_SPEECH.search(page.meta.title))


def lines_above(page: Page) -> list[Span]:
    """The short lines at the top of a page."""
    return [p for p in page.paragraphs[:_TOP] if p.end - p.start <= _SHORT]


def headed(title: str) -> str:
    """The name of who holds a speech, by its headline; '' where that names nobody."""
    m = _HEADED.match(title)
    return named(m[1]) if m is not None else ""


def named(words: str) -> str:
    """A speaker's name, '' for words that only say what somebody is."""
    return "" if _NOBODY.search(words) else words
