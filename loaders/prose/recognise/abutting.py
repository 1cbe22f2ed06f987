"""Names in a roster that lost the space before their posts ('罗文柏城管办主任' among '方征 城管办副主任')."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lazy import lazy
from loaders.prose.recognise.edges import given
from loaders.prose.recognise.lexicon import numbers
from loaders.prose.recognise.names import forward
from loaders.prose.recognise.tokens import Tokens
from loaders.prose.recognise.wordlike import COMMON

LABEL = "(?:[\u4e00-\u9fff]{2,4}：)?"
APART = lazy(rf"{LABEL}(?P<name>[\u4e00-\u9fff·]{{2,5}})[ \t]+(?P<post>[\u4e00-\u9fff、（）]{{3,40}})")
ABUTTING = lazy(rf"{LABEL}(?P<whole>[\u4e00-\u9fff、]{{5,40}})")
LINE = re.compile("[^\n]+")
LIKELY = 0.6  # how like a given name two characters are
HEAD = 2  # characters by which a post is said to begin as another
FEW = 2  # lines with a name set apart, from which on lines are a roster


def abutting(tokens: Tokens) -> set[tuple[int, int]]:
    """Where such names stand: where what follows begins as another's post does, or is a body's and the name of three is like one."""
    found = set[tuple[int, int]]()
    for roster in rosters(tokens):
        apart = [m for m in roster if m.re.groups == 2]
        heads = {m["post"][:HEAD] for m in apart}
        for m in roster if len(apart) >= FEW else ():
            end = forward(tokens, m.start("whole"), firm=True) if m.re.groups == 1 else 0
            if not end or tokens.letter_at(end) in "TK":
                continue  # '文化站站长' has no name
            start = m.start("whole")
            common = numbers("surnames.tsv").get(tokens.text[start], 0.0) >= COMMON
            like = common and end - start == 3 and given(tokens.text[start + 1 : end]) >= LIKELY
            if tokens.text[end : end + HEAD] in heads or (like and tokens.letter_at(end) in "Dx"):
                found.add((start, end))
    return found


def rosters(tokens: Tokens) -> Iterator[list[re.Match[str]]]:
    """Lines that follow one another and end in titles, with or without a name set apart."""
    lines: list[re.Match[str]] = []
    for line in LINE.finditer(tokens.text):
        m = APART.fullmatch(tokens.text, *line.span()) or ABUTTING.fullmatch(tokens.text, *line.span())
        k = tokens.at(line.end() - 1)
        if m is not None and tokens.letters[k] in "TK":
            lines.append(m)
            continue
        yield lines
        lines = []
    yield lines
