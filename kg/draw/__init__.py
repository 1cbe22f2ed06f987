"""Drawings of a chain of accountability: text tree, SVG, PNG, self-contained HTML, Mermaid, Graphviz DOT and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.collector import at_rest
from kg.draw.style import LANGUAGES
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.chain import Chain, Shown

FORMATS = ("text", "html", "svg", "mermaid", "dot", "json")

FOLDING = ("html", "svg", "png", "mermaid", "dot")
"""The drawings in which a large chain is folded."""

__all__ = ["FOLDING", "FORMATS", "LANGUAGES", "draw", "folded", "picture"]


def folded(chain: Chain) -> Shown | None:
    """What of a chain those drawings show with its words, see :func:`kg.draw.scene.shown`; for ``kg.chain.accountability``."""
    from kg.draw.scene import shown

    return shown(chain)


def picture(chain: Chain, *, lang: str = "zh", scale: float = 2.0) -> bytes:
    """The chain as a PNG, ``scale`` pixels to a unit of the SVG. KgError where that cannot be made (see :mod:`kg.draw.png`)."""
    import re

    from kg.draw.png import png

    svg = draw(chain, "svg", lang=lang)
    size = re.search(r'<svg [^>]*?width="(\d+)" height="(\d+)"', svg)
    assert size is not None
    return png(svg, float(size[1]), float(size[2]), scale)


@at_rest()
def draw(chain: Chain, format: str = "text", *, lang: str = "zh", width: int = 100) -> str:
    """The chain in one of :data:`FORMATS`, ending in a line end; the same chain gives the same bytes.

    ``lang`` (zh, en) is the language of captions and relation words, not of names; ``width`` the columns of a text
    tree. QueryError for another format or language.
    """
    if format not in FORMATS:
        raise QueryError(f"format {format!r} is unknown: choose one of {', '.join(FORMATS)}")
    if lang not in LANGUAGES:
        raise QueryError(f"language {lang!r} is unknown: choose one of {', '.join(LANGUAGES)}")
    if format == "text":
        from kg.draw.text import text

        return text(chain, lang, width=width)
    return _drawer(format)(chain, lang)


def _drawer(format: str) -> Callable[[Chain, str], str]:
    if format == "svg":
        from kg.draw.svg import svg

        return svg
    if format == "html":
        from kg.draw.html import html

        return html
    if format == "mermaid":
        from kg.draw.mermaid import mermaid

        return mermaid
    if format == "dot":
        from kg.draw.dot import dot

        return dot
    return lambda chain, lang: json.dumps(chain.json(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
