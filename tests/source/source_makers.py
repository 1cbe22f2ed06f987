"""Small Word, PDF and HTML files made by hand, so that the tests need no writer of those formats."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(blocks: Sequence[str | Sequence[Sequence[str]]], core: str = "") -> bytes:
    """A Word file: a string is a paragraph, a list of rows a table."""
    body = "".join(_paragraph(b) if isinstance(b, str) else _table(b) for b in blocks)
    return docx_of(
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>', core
    )


def docx_of(document: str, core: str = "") -> bytes:
    """A Word file with the given main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
        if core:
            archive.writestr("docProps/core.xml", core)
    return out.getvalue()


def _paragraph(text: str) -> str:
    # two runs: Word splits text at every change of font
    half = len(text) // 2
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(t)}</w:t></w:r>' for t in (text[:half], text[half:]))
    return f"<w:p><w:pPr/>{runs}</w:p>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<w:tc>{''.join(map(_paragraph, c.split(chr(10))))}</w:tc>" for c in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{c}</w:tr>' for c in cells)}</w:tbl>"


def pdf(lines: Sequence[str], *, per_page: int = 30, mapped: bool = True, encrypt: str = "") -> bytes:
    """A PDF, a line of text a line, in a Chinese font that is named, not embedded.

    ``mapped``: with a table from glyphs to characters, as every good writer adds; otherwise by the predefined
    UniGB-UCS2-H. ``encrypt`` adds an entry that says the file is encrypted. No lines: a page with a picture only.
    """
    pages = [lines[i : i + per_page] for i in range(0, len(lines), per_page)] or [[]]
    encoding = "/Identity-H /ToUnicode 6 0 R" if mapped else "/UniGB-UCS2-H"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [{}] /Count {} >>".format(
            " ".join(f"{7 + 2 * i} 0 R" for i in range(len(pages))), len(pages)
        ),
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding {encoding} /DescendantFonts [4 0 R] >>",
        (
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
        ),
        (
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
            "/Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>"
        ),
        _stream(_to_unicode(lines)),
    ]
    for i, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents {8 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        text = "".join(
            f"BT /F1 12 Tf 60 {800 - 20 * n} Td <{t.encode('utf-16-be').hex()}> Tj ET\n" for n, t in enumerate(page)
        )
        objects.append(_stream(text))
    return _file(objects, encrypt)


def _to_unicode(lines: Sequence[str]) -> str:
    units = sorted({t for line in lines for t in line}) or ["x"]
    table = "".join(
        f"{len(block)} beginbfchar\n{''.join(f'<{ord(c):04x}> <{ord(c):04x}>' + chr(10) for c in block)}endbfchar\n"
        for block in (units[i : i + 100] for i in range(0, len(units), 100))
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{table}"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )


def _stream(text: str) -> str:
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _file(objects: Sequence[str], encrypt: str) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.5\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010} 00000 n \n".encode() for place in places)
    extra = f" /Encrypt {encrypt} /ID [<00><00>]" if encrypt else ""
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R{extra} >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


ENCRYPTION = "<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >>"


def page(
    body: Sequence[str], *, head: str = "", container: str = '<div id="zoom">', before: str = "", after: str = ""
) -> str:
    """An HTML page with its article in a container."""
    paragraphs = "".join(f"<p>{escape(p)}</p>\n" for p in body)
    return f"<!DOCTYPE html><html><head>{head}</head><body>{before}{container}{paragraphs}</div>{after}</body></html>"


def bomb(megabytes: int) -> bytes:
    """A Word file whose main part unpacks to so many MB of zeros."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/document.xml", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(b" " * (1 << 20))
    return out.getvalue()


def png() -> bytes:
    """A picture."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0" + zlib.compress(bytes(200))
