"""A drawing as a PNG, by the fonts of the machine (extra ``png``: resvg)."""

from __future__ import annotations

from typing import Any

from kg.errors import KgError

MOST = 250_000_000  # pixels; beyond that a picture is refused rather than the machine filled
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text x="2" y="16" font-size="16" {}>{}</text></svg>'
_NOTHING = "\U0010fffd"  # a character that no font has


def png(svg: str, width: float, height: float, scale: float = 2.0) -> bytes:
    """The picture of an SVG document of that size, ``scale`` pixels to its unit.

    KgError where the extra is not installed, no font of the machine has Chinese characters, or the picture is too large.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise KgError(
            "a PNG needs the package resvg_py: python -m pip install 'accountability-kg[png]'; SVG and HTML do without it"
        ) from error
    if width * height * scale * scale > MOST:
        raise KgError(
            f"a PNG of {width * scale:.0f} × {height * scale:.0f} pixels is too large; give a smaller --scale, or write .svg"
        )
    if not _has_chinese(svg_to_bytes):
        raise KgError(
            "no font on this machine has Chinese characters, which a PNG needs; install one such as Noto Sans CJK SC "
            "(Debian: apt install fonts-noto-cjk), or write .svg or .html"
        )
    return bytes(svg_to_bytes(svg_string=svg, zoom=scale, languages=["zh", "en"], background="#ffffff"))


def _has_chinese(render: Any) -> bool:
    from xml.sax.saxutils import quoteattr

    from kg.draw.style import style

    family = f"font-family={quoteattr(style().font)}"
    drawn, nothing = (bytes(render(svg_string=_PROBE.format(family, c))) for c in ("责", _NOTHING))
    return drawn != nothing
