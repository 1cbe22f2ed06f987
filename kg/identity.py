"""Ids that come from content, so that the order of loading never matters and a person can read them.

``region:130631``, ``agency:130600/人民政府``, ``post:130600/人民政府/副市长``, ``person:曹某@130600``,
``meeting:2021-01-29/3f2a…``, ``obligation:<notice>/<digest>``, ``notice:<digest>``.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit, urlunsplit

_MARKS = re.compile(r"[\s，。；：、！？“”‘’《》（）()·,.;:!?\-—\"']")
_LONG = 1 << 16


def digest(*parts: str, length: int = 12) -> str:
    """Hexadecimal digest of parts; the same parts give the same digest everywhere."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


def plain(text: str) -> str:
    """A text without spaces and marks, to compare by."""
    if len(text) <= _LONG:
        return _MARKS.sub("", text)
    return "".join(plain(text[at : at + _LONG]) for at in range(0, len(text), _LONG))  # what is left is in few pieces


def same_address(url: str) -> str:
    """An address in the one form that identity uses: no scheme, fragment or final slash, host in lower case."""
    parts = urlsplit(url.strip())
    return urlunsplit(("", parts.netloc.lower(), parts.path.rstrip("/"), parts.query, "")).removeprefix("//")


def notice_id(url: str, doc_number: str, text: str) -> str:
    """Id of a notice: its address or document number, which stay when it is corrected, else its words."""
    if url:
        return f"notice:{digest('url', same_address(url))}"
    if doc_number:
        return f"notice:{digest('number', plain(doc_number))}"
    return f"notice:{digest('text', plain(text))}"


def node_id(label: str, key: str) -> str:
    """Id of a thing from its label and its key ('Region', '130631' -> 'region:130631')."""
    return f"{label.lower()}:{key}"
