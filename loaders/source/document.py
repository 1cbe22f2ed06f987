"""What a source gives: the notice's own characters and the front matter that its markup states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """A notice as its source has it, before any clean-up.

    ``text`` is the notice's own characters, one paragraph a line: of a text file all of it; of a page the headline
    and the element that holds the article (the whole visible page where no such element is found); of Word and PDF
    the text in reading order. The cells of a table row stand in one line with a tab between them. All offsets
    into the original are 0-based code points of ``text``.
    ``meta`` is front matter stated by markup, original script: ``title``, ``published``, ``publisher``, ``url``,
    ``doc_number``, each left out where the markup says nothing.
    ``source`` is the file or address as given, ``format`` one of txt, html, docx, pdf; ``encoding`` the
    character encoding of txt and html ('' otherwise); ``sha256`` is that of the bytes.
    ``remarks`` are lines for the person who loads it (what the source had already lost).
    """

    text: str
    meta: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    format: str = "txt"
    encoding: str = ""
    sha256: str = ""
    remarks: tuple[str, ...] = ()
