"""PDF files with a text layer, read by PDFium (page by page, lines as they are set)."""

from __future__ import annotations

import re
from typing import Any

from kg.errors import SourceError
from loaders.source.decode import readable

_PAGES = 3000  # more than any notice with its annexes
_LENGTH = 20_000_000  # characters
_PASSWORD, _SECURITY = 4, 5  # FPDF_GetLastError
_UNSET = re.compile("[\ufffe\uffff\0\x01-\x08\x0b-\x1f]")  # PDFium's marks for hyphens and unmapped glyphs


def read_pdf(name: str, data: bytes) -> tuple[str, dict[str, str]]:
    """(text, meta) of a PDF; SourceError where it is encrypted, damaged, scanned, or its text maps to nothing."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY) or "assword" in str(error):
            raise SourceError(f"{name}: encrypted; open it with its password, print it to a new PDF and load that") from None
        raise SourceError(f"{name}: damaged, PDFium cannot open it; fetch it again or print it to a new PDF") from None
    try:
        if len(document) > _PAGES:
            raise SourceError(f"{name}: {len(document)} pages, more than a notice; cut out the pages that matter")
        text = _text(name, document)
    except pypdfium2.PdfiumError:
        raise SourceError(f"{name}: damaged, a page cannot be read; fetch it again or print it to a new PDF") from None
    finally:
        document.close()
    return text, {}


def _text(name: str, document: Any) -> str:
    pages, length = [], 0
    for index in range(len(document)):
        page = document[index]
        layer = page.get_textpage()
        text = _UNSET.sub("", layer.get_text_range().replace("\r\n", "\n"))
        layer.close()
        page.close()
        length += len(text)
        if length > _LENGTH:
            raise SourceError(f"{name}: more than {_LENGTH:,} characters, more than a notice; cut out what matters")
        pages.append("\n".join(line.rstrip(" ") for line in text.split("\n")).strip("\n"))
    if length < 8 * len(pages) or not "".join(pages).strip():
        raise SourceError(f"{name}: a scan, its pages are pictures without text; have it recognised (OCR) and load that")
    text = "\n".join(pages)
    if not readable(text):
        raise SourceError(f"{name}: its text layer maps to no characters; print it to a new PDF or have it recognised (OCR)")
    return text
