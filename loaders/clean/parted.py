"""A page whose paragraphs run on in one line: parted again at their indents ('…会议要求。　　县长要…'), at the units of a list of
duties ('县住建局。负责…。县水利局。负责…'), and where the whole page is one line, at the spaces and the ends of its headline and
its body that are left of the breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.lazy import lazy
from loaders.clean.characters import HAN
from loaders.clean.traced import Traced
from loaders.clean.values import DAY, signer

_WIDE = "[\u00a0\u2003\u3000]"
_INDENT = lazy(rf"(?<=\S)[ \t]*{_WIDE}{{2}}\s*(?=\S)")
_SPACE = lazy(r"(?<=\S)\s+(?=\S)")
_ENDED = "。！？；：”）!?;:"
_ENDS = 3  # of sentences before an indent, from which on a line is several paragraphs
_WORD = 8  # characters, up to which what stands between two indents is a word in a row of them
_HELD = 12  # between two spaces: a name or a post
_PAGE = 200  # characters of a page that is more than a paragraph
_WHOLE = 0.8  # of a page's characters: a line that has as many is the page

_HEADLINE = lazy(
    rf"[{HAN}A-Za-z0-9“”《》、（）()]{{0,40}}关于[^，。；：\s]{{4,60}}的(?:通知|通告|公告|通报|函|意见|方案|预案|办法)(?=[{HAN}、（）]{{2,40}}[:：])"
    rf"|[{HAN}A-Za-z0-9“”《》、]{{10,40}}?(?<![于在从自至到由截止日年前前第])(?=(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日[上下中]?[{HAN}]{{0,2}}[，,])"
)
_UNIT = lazy(
    rf"(?<=[。；;：:]) *(?=[{HAN}]{{1,12}}?(?:[局委办厅处队站]|中心|办公室|政府|办事处|管委会)(?:、[{HAN}]{{2,12}})*。 *(?:负责|牵头|承担))"
)
_NUMBER = r"第 ?\d{1,3} ?页[ ,，/]*共 ?\d{1,3} ?页"  # of a sheet
_SHEET = lazy(rf"(?<!^){_NUMBER}|{_NUMBER}(?!$)", re.MULTILINE)
_SIGNATURE = lazy(rf"(?<=[。！？；”）])\s*(?P<body>[{HAN}（） \u3000]{{4,60}}?)\s*(?P<day>{DAY})(?=\s|$)")


def parted(traced: Traced) -> Traced:
    """The original with the line breaks that its paragraphs lost, without the sheet numbers that stand within them. Rows of names
    stay rows."""
    traced = traced.without(_SHEET)
    text = traced.text
    whole = len(text.strip()) * _WHOLE if len(text) > _PAGE else len(text) + 1
    breaks: set[int] = set()
    for line in re.finditer(r"[^\n]+", text):
        page = len(line[0]) >= whole
        found = set(_between(line[0], _INDENT, _WORD)) or (set(_between(line[0], _SPACE, _HELD)) if page else set())
        units = [m.end() for m in _UNIT.finditer(line[0])]
        found |= set(units) if len(units) > 1 else set()
        breaks |= {line.start() + at for at in found}
        if page:
            breaks |= {line.start() + at for at in _ends(line[0])}
    if not breaks:
        return traced
    spans = pairwise([0, *sorted(breaks), len(text)])
    return traced.chosen(piece for a, b in spans for piece in (("\n", (a, b)) if a in breaks else ((a, b),)))


def _between(line: str, space: re.Pattern[str], word: int) -> Iterator[int]:
    """Where paragraphs begin, of what stands between spaces: after sentences, and beside what is longer than a word."""
    found = list(space.finditer(line))
    ended = {m.start() for m in found if line[m.start() - 1] in _ENDED}
    if len(ended) < _ENDS:
        return
    starts = [0, *(m.end() for m in found)]
    ends = [*(m.start() for m in found), len(line)]
    lengths = [b - a for a, b in zip(starts, ends, strict=True)]
    for m, sizes in zip(found, pairwise(lengths), strict=True):
        if m.start() in ended or max(sizes) > word:
            yield m.end()


def _ends(line: str) -> Iterator[int]:
    """Where the headline of a page in one line ends, and where its signature begins, with the day under it."""
    if title := _HEADLINE.match(line.lstrip()):
        yield len(line) - len(line.lstrip()) + title.end()
    for m in _SIGNATURE.finditer(line):
        bodies = [m.start("body"), *(space.end() for space in _SPACE.finditer(line, m.start("body"), m.end("body")))]
        named = [line[a:b].strip() for a, b in pairwise([*bodies, m.start("day")])]
        if signer(m["body"]) or all(map(signer, named)):
            yield from (*(bodies if all(map(signer, named)) else bodies[:1]), m.start("day"))
            if m.end() < len(line):
                yield m.end()
