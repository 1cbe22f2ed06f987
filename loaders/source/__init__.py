"""Notices as they come: text, HTML, Word and PDF files, in any of the encodings of Chinese pages, read to plain text.

:func:`read` is the door; what it gives is a :class:`Document`, whatever the format.
"""

from loaders.source.document import Document
from loaders.source.reader import ENDINGS, REFUSED, read

__all__ = ["ENDINGS", "REFUSED", "Document", "read"]
