"""Paragraphs of the body: lines that a page broke in mid-sentence are joined, what was said before is left out."""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import east_asian_width

from loaders.clean.characters import HAN
from loaders.clean.lines import BODY, NUMBERED, REPEAT, Line, inline_bylines

_ENDED = re.compile(r"[。！？；：…][”’）》】]*$")
_OPEN_END = re.compile(r"[，、（《“—]$")
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]?[”’）]*")
_LETTERS = re.compile(rf"[^{HAN}0-9A-Za-z]+")
_LONG = 20  # letters that make a paragraph's repeat a repeat, not a formula

Paragraph = list[Line]


def joined(lines: list[Line]) -> list[Paragraph]:
    """Body lines as paragraphs, each a list of the lines it was broken into."""
    width = _wrapping(lines)
    paragraphs: list[Paragraph] = []
    before: Line | None = None
    for line in lines:
        if line.role != BODY:
            # front matter and headlines end a paragraph; page numbers and buttons may stand within one
            before = before if line.role == "furniture" else None
            continue
        if before is not None and _goes_on(before, line, width):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        before = line
    return paragraphs


def _goes_on(line: Line, after: Line, width: int) -> bool:
    """Whether the sentence of a line goes on in the next one."""
    text = line.text
    if "\t" in text or "\t" in after.text or NUMBERED.match(after.text) and not _OPEN_END.search(text):
        return False
    if width:
        full = _columns(text) + 2 * line.indented >= width - 4
        return full and not after.indented and not _starts_anew(after.text, text)
    if _ENDED.search(text) or any(end == len(text) for _, end in inline_bylines(text)):
        return False
    if _OPEN_END.search(text):
        return len(text) >= 8 and (len(after.text) >= 2)
    # in mid-sentence: the line has read on so far, and the next one is not a headline or a signature
    reads_on = len(text) >= 15 and bool(re.search("[，。；]", text)) and not line.heading_like or len(text) >= 80
    return reads_on and bool(re.search(r"[，。；！？]", after.text))


def _starts_anew(after: str, before: str) -> bool:
    return bool(_ENDED.search(before)) and bool(NUMBERED.match(after))


def _wrapping(lines: list[Line]) -> int:
    """The width, in columns, at which a page's lines were broken; 0 where they are paragraphs."""
    body = [line for line in lines if line.role == BODY and "\t" not in line.text]
    widths = Counter((_columns(line.text) + 2 * line.indented) // 2 for line in body)
    if len(body) < 6:
        return 0
    common = max(widths, key=lambda w: (sum(widths[w + d] for d in (-1, 0, 1)), w))
    like = sum(widths[common + d] for d in (-1, 0, 1))
    longer = sum(n for w, n in widths.items() if w > common + 2)
    broken = sum(1 for line in body if abs(_columns(line.text) // 2 - common) <= 2 and not _ENDED.search(line.text))
    if 12 <= common <= 60 and like * 2 >= len(body) and longer * 20 <= len(body) and broken * 3 >= len(body):
        return 2 * common
    return 0


def _columns(text: str) -> int:
    """Width in columns of a fixed font: two for a Chinese character."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text[:200])


def first_copies(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Paragraphs without repeats: each is kept where it first stands in full; lines left out get the role REPEAT.

    A paragraph is a repeat when it, or all of its sentences, stood before. Short ones (headings, formulas of a list) are only
    where a longer repeat stands beside them. The beginning of a paragraph that comes in full later (a digest) goes.
    """
    keys = [_LETTERS.sub("", "".join(line.text for line in p)) for p in paragraphs]
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
