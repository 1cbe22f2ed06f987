"""The words a relationship rests on, as pages show them: the quote within its surroundings, and its notice."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from kg.model import Evidence, Notice

AROUND = 48  # characters of a notice shown on each side of a quote


def passage(evidence: Evidence, notice: Notice | None) -> tuple[str, str, str]:
    """What stands before the quote, the quote, and what stands after it, within its paragraph.

    Without the notice's text, or if the text does not hold the quote at its offsets, only the quote.
    """
    text = notice.text if notice else ""
    if not text or text[evidence.start : evidence.end] != evidence.quote:
        return "", evidence.quote, ""
    begin = max(text.rfind("\n", 0, evidence.start) + 1, evidence.start - AROUND)
    stop = text.find("\n", evidence.end)
    end = min(stop if stop >= 0 else len(text), evidence.end + AROUND)
    before, after = text[begin : evidence.start], text[evidence.end : end]
    if begin > 0 and text[begin - 1] != "\n":
        before = "…" + before
    if end < len(text) and text[end] != "\n":
        after += "…"
    return before, evidence.quote, after


def notice_data(notice: Notice) -> dict[str, Any]:
    """A notice without its text; the address only if it is one that a browser opens as a page."""
    return {
        "id": notice.id,
        "title": notice.title or notice.id,
        "published": notice.published,
        "publisher": notice.publisher,
        "number": notice.doc_number,
        "url": safe_url(notice.url),
    }


def safe_url(url: str) -> str:
    """The address if it is http or https (never javascript: or data:), else ''."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""
