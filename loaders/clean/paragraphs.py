"""Paragraphs of the body: lines that a page broke in mid-sentence are joined, what was said before is left out."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from kg.lazy import lazy
from loaders.clean.characters import HAN
from loaders.clean.lines import BODY, FURNITURE, NUMBERED, OPENING, REPEAT, Line, inline_bylines, one_speech
from loaders.clean.values import signer

_ENDED = lazy(r"(?:[。！？；：…][”’）》】]*|。（(?:[^（）]|（[^（）]*）){2,120}）)$")
_OPEN_END = lazy(r"[，、（《“—]$")
_NEVER_FIRST = lazy("[，、。；：）》”]")
_ENTRY = lazy(rf"[{HAN}]{{2,10}}：")  # a list's next: '沙河：县级河长 某某'
_IN_PROSE = lazy("[，。；、]")
_SENTENCE = lazy(r"[^。！？；]*[。！？；]?[”’）]*")
_WIDE = lazy("[\u2014-\u2026\u2160-\u217f\u2460-\u24ff\u2e80-\uffef\U00020000-\U0003ffff]")
_LETTERS = lazy(rf"[^{HAN}0-9A-Za-z]+")
_READS = lazy("[，、。；]")
_LONGER, _WIDER = 8, 12  # of so many lines one may be longer than the page is wide, by so many columns
_IN_PROSE_ONLY = lazy("[，。；]")
_PROSE = 44  # columns of a line that is no heading and no entry
_MANY = 6  # lines of one width beside longer ones
_LONG = 20  # letters that make a paragraph's repeat a repeat, not a formula

Paragraph = list[Line]


class _Unended(NamedTuple):
    """A line that ends in mid-sentence: its width in columns, whether it reads on, whether as no entry of a roster does."""

    width: int
    reads: bool
    prose: bool


def joined(lines: list[Line]) -> list[Paragraph]:
    """Body lines as paragraphs, each a list of the lines it was broken into."""
    body = [line for line in lines if line.role == BODY]
    indented = sum(line.indented for line in body)
    width, indents = _wrapping(body), len(body) <= indented * 6 and indented * 10 < len(body) * 9
    paragraphs: list[Paragraph] = []
    before: Line | None = None
    for line in lines:
        if line.role != BODY:
            # front matter and headlines end a paragraph; page numbers and buttons may stand within one
            before = before if line.role == FURNITURE else None
            continue
        if before is not None and _goes_on(before, line, width, indents):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        before = line
    return paragraphs


def _goes_on(line: Line, after: Line, width: int, indents: bool) -> bool:
    """Whether the sentence of a line goes on in the next one.

    ``width`` is that of a page whose lines are broken at one; ``indents`` says that it sets its paragraphs in.
    """
    text = line.text
    if "\t" in text or "\t" in after.text or any(end == len(text) for _, end in inline_bylines(text)):
        return False
    if one_speech(line, after):
        return True
    if after.text.startswith(text[:12]):  # a digest, or a second copy
        return False
    open_end, ended = bool(_OPEN_END.search(text)), bool(_ENDED.search(text))
    if NUMBERED.match(after.text) and not open_end:
        return False
    if _NEVER_FIRST.match(after.text):
        return not ended
    if width:
        ragged = 12 if not ended and _IN_PROSE.search(text) else 4
        full = _width(line) >= width - ragged
        return full and not (indents and after.indented) and (indents or not ended)
    if ended:
        return False
    if open_end:
        return len(text) >= 8
    if NUMBERED.match(text) and len(text) <= 40:  # an item's heading, commas or not
        return False
    # in mid-sentence: what follows reads on, and the line is no heading (short ones with a comma are)
    if _unclosed(text):
        return True
    if _ENTRY.match(after.text):
        return False
    reads_on = bool(re.search("[，。；]", text)) and (
        len(text) > 30 or (len(text) >= 12 and bool(OPENING.search(text)))
    )
    return (reads_on or len(text) >= 80) and bool(re.search(r"[，。；！？]", after.text))


def _unclosed(text: str) -> bool:
    """Whether a quotation, bracket or title that a line opens is not closed in it."""
    return any(text.rfind(opens) > text.rfind(closes) for opens, closes in ("“”", "（）", "《》"))


def _wrapping(body: list[Line]) -> int:
    """The width, in columns, at which a page's lines were broken; 0 where its lines are paragraphs.

    On a broken page nearly all lines that end in mid-sentence are as wide as the page, and hardly any is wider: one in
    which a word was put in later may be.
    """
    lines = [line for line in body if "\t" not in line.text]
    unended = [
        _Unended(
            _width(line),
            bool(_READS.search(line.text)),
            bool(_IN_PROSE_ONLY.search(line.text)) and " " not in line.text,
        )
        for line in lines
        if not _ENDED.search(line.text)
        and _width(line) >= 24
        and not NUMBERED.match(line.text)
        and not signer(line.text)
    ]
    widest = sorted(map(_width, lines), reverse=True)
    for width in widest[: 1 + len(lines) // _LONGER]:
        if widest[0] - width <= _WIDER and _broken_at(width, unended):
            return width
    return _broken_in_part(unended)


def _broken_at(width: int, unended: list[_Unended]) -> bool:
    full = [line for line in unended if line.width >= width - 4]
    reading = sum(line.reads for line in full)
    least = 2 if width >= 40 else 8  # a list of short lines may have a few of one length
    return 28 <= width <= 130 and len(full) >= least and len(full) * 5 >= len(unended) * 3 and reading * 2 >= len(full)


def _broken_in_part(unended: list[_Unended]) -> int:
    """The width at which most of a page's lines were broken, though some of its paragraphs stand on a line each; 0 for none."""
    common = Counter(line.width for line in unended).most_common(1)
    width = common[0][0] + 2 if common else 0
    near = [line for line in unended if line.width <= width + _WIDER]
    full = [line for line in near if line.width >= width - 4]
    many = width >= _PROSE and len(full) >= _MANY and len(full) * 5 >= len(near) * 4
    return width if many and sum(line.prose for line in full) * 3 >= len(full) * 2 else 0


def _width(line: Line) -> int:
    return _columns(line.text) + 4 * line.indented


@lru_cache(1024)
def _columns(text: str) -> int:
    """Width in columns of a fixed font: two for a Chinese character."""
    return len(text) + len(_WIDE.findall(text)) if len(text) <= 140 else 999


def first_copies(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs without repeats: each is kept where it first stands in full; lines left out get the role REPEAT.

    A paragraph is a repeat when it, or all of its sentences, stood before. Short ones (headings, formulas of a list)
    are only where a longer repeat stands beside them. The beginning of a paragraph that comes in full later (a digest)
    goes.
    """
    keys = ["".join(line.key for line in p) for p in paragraphs]
    seen: set[str] = set()
    sentences: set[str] = set()
    repeated = [False] * len(keys)
    for i, key in enumerate(keys):
        own = _sentence_keys(paragraphs[i]) if len(key) >= _LONG else []
        if len(key) >= _LONG:
            repeated[i] = key in seen or bool(own) and all(s in sentences for s in own)
        seen.add(key)
        sentences.update(own)
    _digests(keys, repeated)
    _short_ones(keys, repeated)
    for paragraph, again in zip(paragraphs, repeated, strict=True):
        if again:
            for line in paragraph:
                line.role = REPEAT
    return [p for p, again in zip(paragraphs, repeated, strict=True) if not again]


def _sentence_keys(paragraph: Paragraph) -> list[str]:
    """Letters of each sentence; [] where the paragraph has no sentence long enough to tell it from others."""
    text = "".join(line.text for line in paragraph)
    keys = [k for k in (_LETTERS.sub("", s) for s in _SENTENCE.findall(text)) if k]
    return keys if sum(map(len, keys)) >= 2 * _LONG else []


def _digests(keys: list[str], repeated: list[bool]) -> None:
    """A long paragraph that another, later one begins with."""
    heads: dict[str, int] = {}
    for i in range(len(keys) - 1, -1, -1):
        if repeated[i] or len(keys[i]) < 2 * _LONG:
            continue
        later = heads.get(keys[i][: 2 * _LONG])
        if later is not None and len(keys[later]) > len(keys[i]) and keys[later].startswith(keys[i]):
            repeated[i] = True
        else:
            heads[keys[i][: 2 * _LONG]] = i


def _short_ones(keys: list[str], repeated: list[bool]) -> None:
    seen: set[str] = set()
    for i, key in enumerate(keys):
        if key in seen and len(key) < _LONG:
            beside = (i and repeated[i - 1]) or (i + 1 < len(keys) and repeated[i + 1])
            repeated[i] = repeated[i] or bool(beside)
        seen.add(key)
