"""What the parts of an SVG drawing share: measures, colours of type, and a line of text."""

from __future__ import annotations

from xml.sax.saxutils import escape

PAD = 28.0
NAME, NOTE, LEAD = 13.0, 11.0, 1.38  # font sizes, and line height in units of them
INK, SOFT, FAINT = "#1d2733", "#5b6775", "#8a94a0"


def text(
    x: float, y: float, words: str, size: float, colour: str, css: str, weight: int = 400, anchor: str = "start"
) -> str:
    """A <text> element; ``css`` names the class by which a page may colour it anew."""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{bold}{side}>{escape(words)}</text>'
