"""Bytes to characters: UTF-8, GB18030, Big5 and UTF-16, with or without a byte order mark.

Nothing is guessed silently: an encoding is taken only where every byte decodes and the result reads as Chinese (or
is plain ASCII). What reads as Chinese is told by the share of everyday characters: 0.6 to 0.9 in notices, 0.35
in the poorest menu line; text decoded wrongly stays below 0.25.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.errors import SourceError

ADVICE = "open it in an editor, save it as UTF-8 and load that"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark starts with that of UTF-16 LE
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_SAME = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_GUESSES = ("gb18030", "big5hkscs", "cp950", "utf-16-le", "utf-16-be")

_SAMPLE = 20_000  # characters that settle which encoding it is
_CHUNK = 400  # characters that are looked at together when a text is searched for a part that reads as nothing
_DOUBT = 0.20  # share of everyday characters under which a stretch cannot be Chinese
_TRUST = 0.30  # share over which it is


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding that gave it, and remarks on what its source had lost."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


def decode(name: str, data: bytes, markup: bool = False) -> Decoded:
    """Decode a whole file; ``markup`` says that a charset declared near its top is worth a look.

    Raises SourceError naming the file and, for mixed encodings, the line.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(name, _strict(name, data, encoding).removeprefix("\ufeff"), encoding)
    if data.isascii() and b"\0" not in data:
        return Decoded(data.decode("ascii"), "ascii")
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            return _checked(name, text, "utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(name, data, error)
    return _best(name, data, markup)


def readable(text: str) -> bool:
    """Whether text reads as Chinese, or has no Chinese at all: what a wrong mapping of characters fails."""
    han, everyday = _weigh(text[:_SAMPLE])
    return han < 12 or everyday >= 2 * _DOUBT * han


def utf16(data: bytes) -> str:
    """Which of utf-16-le and utf-16-be unmarked bytes are that look binary otherwise; '' for neither."""
    if len(data) % 2:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data[: 2 * _SAMPLE].decode(encoding)
        except UnicodeDecodeError:
            continue
        han, everyday = _weigh(text)
        if han and everyday > _TRUST * han and "\0" not in text:
            return encoding
    return ""


def _refuse_damaged_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> None:
    """UTF-8 that breaks off or is spoilt in a few places is damage, not another encoding."""
    text = data.decode("utf-8", "ignore")
    lost = len(data) - len(text.encode("utf-8"))
    han, everyday = _weigh(text[:_SAMPLE])
    if lost * 50 <= len(data) and han and everyday > 0.5 * han:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(f"{name}: UTF-8 but for {lost} bytes, the first in line {line}: damaged or mixed; {ADVICE}")


def _best(name: str, data: bytes, markup: bool) -> Decoded:
    guesses = list(_GUESSES)
    if markup and (found := _DECLARED.search(data[:4096])):
        declared = found[1].decode("ascii").lower()
        guesses.insert(0, _SAME.get(declared, declared))
    ranked: list[tuple[float, int, str, str]] = []
    for place, encoding in enumerate(dict.fromkeys(guesses)):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\0" not in text:
            han, everyday = _weigh(text[:_SAMPLE])
            ranked.append((-everyday / han if han else 0.0, place, encoding, text))
    if not ranked or -min(ranked)[0] < _TRUST:
        raise SourceError(
            f"{name}: its bytes read as Chinese in no known encoding (UTF-8, GB18030, Big5, UTF-16); {ADVICE}"
        )
    _, _, encoding, text = min(ranked)
    return _checked(name, text, encoding)


def _strict(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        why = f"marked as {encoding.upper()}, but line {line} is not"
        raise SourceError(f"{name}: {why}: damaged or mixed; {ADVICE}") from None


def _checked(name: str, text: str, encoding: str) -> Decoded:
    """The text, once no stretch of it reads as nothing (a part in another encoding, or decoded wrongly before)."""
    for start in range(0, len(text), _CHUNK):
        chunk = text[start : start + _CHUNK]
        if _everyday(chunk) < _DOUBT * _CHUNK * 2:
            han, everyday = _weigh(chunk)
            if han > 24 and everyday < _DOUBT * han * 2:
                _check_lines(name, text, start)
    lost = text.count("\ufffd")
    remarks = (f"{lost} characters were lost before this file was saved (they stand as \ufffd)",) if lost else ()
    return Decoded(text, encoding, remarks)


def _check_lines(name: str, text: str, start: int) -> None:
    for line in text[start : start + _CHUNK].split("\n"):
        han, everyday = _weigh(line)
        if han > 24 and everyday < _DOUBT * han:
            number = (
                text.count("\n", 0, start + _CHUNK) - text[start : start + _CHUNK].split(line, 1)[1].count("\n") + 1
            )
            raise SourceError(f"{name}: line {number} reads as no Chinese, mixed or wrong encodings; {ADVICE}")


def _weigh(text: str) -> tuple[int, int]:
    """(letters that are not ASCII, everyday Chinese characters among them)."""
    return len(_tables()[0].sub("", text)), _everyday(text)


def _everyday(text: str) -> int:
    return len(_tables()[1].sub("", text))


@cache
def _tables() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of all but letters of other scripts than Latin, and of all but everyday characters."""
    everyday = "".join(resources.files(__package__).joinpath("everyday.txt").read_text("utf-8").split())
    letters = "\u0370-\u04ff\u2e80-\u2fdf\u3040-\u312f\u31a0-\u31ff\u3400-\ufaff\ufffd\U00020000-\U0003ffff"
    return re.compile(f"[^{letters}]+"), re.compile(f"[^{re.escape(everyday)}]+")
