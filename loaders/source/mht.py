"""Web archives (.mht): the page among the parts of a MIME message."""

from __future__ import annotations

from email import message_from_bytes

from kg.errors import SourceError


def page_of(name: str, data: bytes) -> bytes:
    """The bytes of the first HTML part; SourceError where the archive holds none."""
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                charset = part.get_content_charset()
                # the part's header may be the only place that names the encoding
                mark = f"<!-- charset={charset} -->\n".encode("ascii") if charset and charset.isascii() else b""
                return (
                    mark + content
                    if not content.isascii() and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
                    else content
                )
    raise SourceError(f"{name}: a web archive without a page in it; save the page as .html and load that")
