"""A self-contained HTML document that can run nothing but what it was made with.

The content security policy admits its own scripts and styles by their hashes, and no requests. Data stand in JSON
blocks, in which no character can end the block; whoever reads them must write them with ``textContent``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_UNSAFE = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def document(
    title: str,
    body: str,
    *,
    lang: str,
    styles: Sequence[str],
    scripts: Sequence[str],
    data: Mapping[str, Any],
    packed: Mapping[str, Any] = {},
) -> str:
    """The document. ``body`` is trusted markup without style attributes; ``data`` maps an element's id to plain data,
    ``packed`` to data that are written as base64 of raw deflate (empty data as nothing)."""
    if any("</" + tag in text.lower() for tag, texts in (("script", scripts), ("style", styles)) for text in texts):
        raise ValueError("a script or style of the page would end its own element")
    policy = (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = [
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">',
        f"<title>{escape(title)}</title>",
        *(f"<style>{s}</style>" for s in styles),
        f"</head>\n<body>\n{body}",
        *(f'<script type="application/json" id="{k}">{as_json(v)}</script>' for k, v in data.items()),
        *(
            f'<script type="application/octet-stream" id="{k}">{pack(v) if v else ""}</script>'
            for k, v in packed.items()
        ),
        *(f"<script>{s}</script>" for s in scripts),
        "</body>\n</html>\n",
    ]
    return _scrub("\n".join(parts))


def as_json(value: Any) -> str:
    """JSON that is safe inside a script element: < > & and the two Unicode line ends are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    for character, written in _UNSAFE.items():
        text = text.replace(character, written)  # str.translate would look up each character
    return text


def pack(value: Any) -> str:
    """JSON in UTF-8, deflated, in base64; the same value gives the same characters."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = _scrub(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode("utf-8")
    return base64.b64encode(deflate.compress(raw) + deflate.flush()).decode("ascii")


def _hashes(texts: Sequence[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(t.encode("utf-8")).digest()).decode("ascii") for t in texts)
    return " ".join(f"'sha256-{d}'" for d in digests) or "'none'"


def _scrub(text: str) -> str:
    """Lone surrogates cannot be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")
