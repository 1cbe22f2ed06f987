"""PDF files with a text layer, page by page, lines as they are set."""

from __future__ import annotations

import io
import logging
import re
from typing import TYPE_CHECKING

from kg.errors import SourceError
from loaders.source.decode import readable

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGES = 3000  # more than any notice with its annexes
_LENGTH = 20_000_000  # characters
_SPREAD = re.compile(r"(?:\S ){5,}\S? ?$")  # a line set wide: a space after every character
_UNSET = re.compile("[\0\ufffe\uffff]")


def read_pdf(name: str, data: bytes) -> tuple[str, dict[str, str]]:
    """(text, meta) of a PDF; SourceError where it is encrypted, damaged, scanned, or its text maps to nothing."""
    import pypdf
    from pypdf.errors import DependencyError, PdfReadError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it remarks on a file is no matter for the prompt
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        # an empty password opens files that are only barred from printing or changing
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted(name)
        pages = len(reader.pages)
        if pages > _PAGES:
            raise SourceError(f"{name}: {pages} pages, more than a notice; cut out the pages that matter")
        text = _text(name, reader)
    except SourceError:
        raise
    except DependencyError:
        raise _encrypted(name) from None
    except Exception as error:  # noqa: BLE001  a damaged file may break the parser anywhere
        why = "cut short or damaged" if isinstance(error, PdfReadError) else "damaged"
        raise SourceError(f"{name}: {why}; fetch it again or print it to a new PDF") from None
    if len(re.sub(r"\s", "", text)) < 8 * pages:
        raise SourceError(
            f"{name}: a scan, its pages are pictures without text; have it recognised (OCR) and load that"
        )
    if not readable(text):
        raise SourceError(f"{name}: its text layer maps to no characters; print it to a new PDF or have it recognised")
    return text, {}


def _encrypted(name: str) -> SourceError:
    return SourceError(f"{name}: encrypted; open it with its password, print it to a new PDF and load that")


def _text(name: str, reader: PdfReader) -> str:
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        lines = [line.rstrip(" \r") for line in _UNSET.sub("", page.extract_text()).split("\n")]
        pages.append("\n".join(line.replace(" ", "") if _SPREAD.match(line) else line for line in lines).strip("\n"))
        length += len(pages[-1])
        if length > _LENGTH:
            raise SourceError(f"{name}: more than {_LENGTH:,} characters, more than a notice; cut out what matters")
    return "\n".join(pages)
