"""Where a person's name begins and ends: surnames, given names, and the words around them."""

from __future__ import annotations

import re

from loaders.prose.recognise.lexicon import never_names, numbers, transliterated
from loaders.prose.recognise.tokens import Tokens

DOTTED = re.compile(r"[\u4e00-\u9fff]{2,7}(?:[·•・][\u4e00-\u9fff]{2,7})+")
REDACTED = re.compile(r"[\u4e00-\u9fff](?:某某|某|XX|××|\*\*|[Xx×*]{1,2})")
CARED_FOR = frozenset("村镇乡户组片点段网街企河路工部县区保联抓干案湖沟站厂社")  # after 包: what somebody has charge of
RUNS_ON = frozenset("给对在就说将把被向到从任率讲也已")  # a verb after a name more often than its last character
HAN = re.compile(r"[\u4e00-\u9fff]")


def surname_length(text: str, at: int) -> int:
    """Length of the surname that begins at an offset: 2, 1, or 0 where none does."""
    table = numbers("surnames.tsv")
    if text[at : at + 2] in table:
        return 2
    return 1 if text[at : at + 1] in table else 0


def edge(tokens: Tokens, at: int) -> float:
    """How well a name may end (or begin) at an offset: 3 at a mark, 2 at a known word, 0 among unknown characters, -4 inside a word."""
    c = tokens.letter_at(at)
    if c == "p":
        return 3.0
    if c == "":
        return -4.0
    if c in "VTsK":
        k = tokens.begins[at] if at < len(tokens.text) else 0
        return 2.0 if len(tokens.word(k)) > 1 else 1.5
    return 0.5 if c in "xn" else 1.0


def given(text: str) -> float:
    """How like a given name a run of characters is: 0 unknown, up to 1."""
    table = numbers("given.tsv")
    return sum(min(1.0, table.get(c, 0.0) / 2000 + (0.3 if c in table else 0.0)) for c in text) / max(1, len(text))


def forward(tokens: Tokens, at: int, *, loose: bool = False) -> int:
    """End of the name that begins at an offset, or 0. ``loose`` allows a name of four characters without a surname
    (minority names written without a dot) where marks close it."""
    text = tokens.text
    if m := DOTTED.match(text, at):
        return dotted(tokens, m)
    if m := REDACTED.match(text, at):
        return m.end() if surname_length(text, at) else 0
    if starts_badly(text, at):
        return 0
    if stop := foreign(tokens, at):
        return stop
    n = surname_length(text, at)
    best, best_end = 0.9, 0
    if n:
        for length in (3, 4) if n == 2 else (2, 3):
            end = at + length
            name = text[at:end]
            if len(name) < length or not all(HAN.match(c) for c in name) or name in never_names():
                continue
            score = (
                edge(tokens, end)
                + 0.6 * given(name[n:])
                + (0.6 if length == n + 2 else 0.0)
                - (1.5 if name[-1] in RUNS_ON else 0.0)
            )
            if common_word(tokens, at, end):
                score -= 1.5
            if swallows_title(tokens, at, end):
                continue
            if score > best:
                best, best_end = score, end
        if best_end and n == 2 and edge(tokens, best_end) < 1 and edge(tokens, at + 2) >= 1.5:
            best_end = at + 2  # a two-character name whose characters look like a compound surname
    if not best_end and loose and not n:
        for length in (2, 3):
            sounds = all(c in transliterated() for c in text[at : at + length])
            if (
                all(tokens.letter_at(at + i) == "x" for i in range(length))
                and edge(tokens, at + length) >= 1.5
                and (sounds or given(text[at : at + length]) > 0.25)
            ):
                return at + length
    if not best_end and loose:
        for length in (4, 5, 3):
            if (
                edge(tokens, at + length) >= 3
                and tokens.letter_at(at) == "x"
                and not tokens.inside(at + length)
                and all(tokens.letter_at(at + i) in "x" or tokens.letter_at(at + i) == "" for i in range(1, length))
                and all(HAN.match(c) for c in text[at : at + length])
            ):
                return at + length
    return best_end


def backward(tokens: Tokens, end: int) -> int:
    """Start of the name that ends at an offset, or -1."""
    text = tokens.text
    if m := re.search(r"[\u4e00-\u9fff]{2,7}(?:[·•・][\u4e00-\u9fff]{2,7})+$", text[max(0, end - 20) : end]):
        return end - len(m.group())
    best, best_at = 1.4, -1
    for length in (2, 3, 4):
        at = end - length
        if at < 0:
            break
        name = text[at:end]
        n = surname_length(text, at)
        if (
            not n
            or length - n not in (1, 2)
            or not all(HAN.match(c) for c in name)
            or name in never_names()
            or starts_badly(text, at)
        ):
            continue
        k = tokens.at(at - 1) if at else 0
        left = (
            3.0
            if at == 0 or tokens.letters[k] == "p"
            else -4.0
            if tokens.starts[k + 1] != at and at
            else 2.0
            if tokens.letters[k] == "V"
            else 0.8
            if tokens.letters[k] != "x"
            else 0.0
        )
        score = left + given(name[n:]) + (0.4 if length == n + 2 else 0.0)
        if common_word(tokens, at, end):
            score -= 1.5
        if score > best:
            best, best_at = score, at
    return best_at


def dotted(tokens: Tokens, m: re.Match[str]) -> int:
    """End of a dotted name: its last part runs on while it writes sounds, or to the first edge."""
    last = max(m.group().rfind(c) for c in "·•・") + m.start() + 1
    sounds, end = transliterated(), last
    while end < m.end() and tokens.text[end] in sounds:
        end += 1
    if end - last >= 2:
        return end
    return next((e for e in range(last + 2, m.end() + 1) if edge(tokens, e) >= 1.5), m.end())


def foreign(tokens: Tokens, at: int) -> int:
    """End of a name of four or more characters that write another language's sounds, or 0."""
    sounds, end = transliterated(), at
    while end < len(tokens.text) and tokens.text[end] in sounds and end - at < 9:
        end += 1
    while end - at >= 4:
        if edge(tokens, end) >= 1.5:
            return end
        end -= 1
    return 0


def swallows_title(tokens: Tokens, start: int, end: int) -> bool:
    """Whether start..end holds a whole title, body or verb, or ends in a verb of office before a title ('邸明任' 副组长)."""
    for at in range(start + 1, end):
        k = tokens.begins.get(at)
        if k is not None and tokens.letters[k] in "TKO" and tokens.starts[k + 1] <= end:
            return True
    return tokens.text[end - 1 : end] in ("任", "兼", "为") and tokens.letter_at(end) in ("T", "O", "D", "P", "L", "s")


def starts_badly(text: str, at: int) -> bool:
    """Whether what begins here is a word that never begins a name."""
    if text[at : at + 1] == "包" and text[at + 1 : at + 2] in CARED_FOR:
        return True
    return any(text[at : at + k] in never_names() for k in (2, 3, 4)) or text[at : at + 1] in "的了各本该"


def common_word(tokens: Tokens, start: int, end: int) -> bool:
    """Whether start..end is a known word of two or more characters, or begins with one that is no surname."""
    k = tokens.begins.get(start)
    if k is None:
        return False
    reach = tokens.starts[k + 1]
    return (
        reach - start >= 2
        and tokens.letters[k] in "WVDNKO"
        and (reach >= end or surname_length(tokens.text, start) != reach - start)
    )
