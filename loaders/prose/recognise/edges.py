"""Where words of a text end and begin for a name: its edges, its surname, how like a given name a run of characters is."""

from __future__ import annotations

from functools import lru_cache

from kg.lazy import lazy
from loaders.prose.recognise.lexicon import after_names, everyday, given_words, honours, never_names, numbers, run_on
from loaders.prose.recognise.tokens import Tokens

HAN = lazy(r"[\u4e00-\u9fff]+")
NEVER_WITHIN = frozenset("的了们级组")
NEVER_LAST = frozenset("区县局处厅办部院委站队厂店制性率型类款费税额数")
"""What ends the name of a place, a body or a thing, and nobody's ('铁西区' + '区长', '由管理局' + '主任')."""
MARK, WORD, SHORT_WORD, OTHER, UNKNOWN, INSIDE = 3.0, 2.0, 1.5, 1.0, 0.5, -4.0
"""How well a name may end: at a mark, at a word of several characters, at one of one, at a noun, among unknown
characters, inside a word."""


def surname_length(text: str, at: int) -> int:
    """Length of the longest surname that begins at an offset, 0 where none does."""
    table = numbers("surnames.tsv")
    for n in range(min(4, len(text) - at), 0, -1):
        if text[at : at + n] in table:
            return n
    return 0


def everyday_at(text: str, at: int) -> int:
    """Length of the longest everyday word that begins at an offset, 0 for none."""
    words = everyday()
    for n in (4, 3, 2):
        if (word := text[at : at + n]) in words:
            return len(word)  # at the end of the text it is shorter than was looked for
    return 0


def edge(tokens: Tokens, at: int) -> float:
    """How well a name may end (or begin) at an offset."""
    c = tokens.letter_at(at)
    if c == "p":
        return MARK
    if c == "":
        return OTHER if everyday_at(tokens.text, at) else INSIDE
    if c in "VTsKM":
        k = tokens.begins[at] if at < len(tokens.text) else 0
        return WORD if len(tokens.word(k)) > 1 else SHORT_WORD
    if c not in ("O", "Q", "F") and everyday_at(tokens.text, at):
        return SHORT_WORD
    if c == "x" and closes(tokens, at):
        return SHORT_WORD
    return UNKNOWN if c in "xn" else OTHER


def split(tokens: Tokens, end: int) -> float:
    """What speaks against a given name of two characters that ends there: its last is none of it ('石明' + '时，')."""
    return 0.0 if tokens.text[end - 2 : end] in given_words() or not closes(tokens, end - 1) else MARK + 0.5


def closes(tokens: Tokens, at: int) -> bool:
    """Whether what stands at an offset ends no name: such a character or word, or one before a mark ('石明时，')."""
    text, (anywhere, marked, words) = tokens.text, after_names()
    if text[at] in anywhere or text[at : at + 2] in words or text[at : at + 3] in words:
        return True
    return text[at : at + 2] in marked


@lru_cache(4096)
def given(text: str) -> float:
    """How like a given name a run of characters is: 0 unknown, up to 1."""
    if text in given_words():
        return 1.0
    table = numbers("given.tsv")
    return sum(min(1.0, table.get(c, 0.0) / 2000 + (0.3 if c in table else 0.0)) for c in text) / max(1, len(text))


def bonus(name: str, of_two: float) -> float:
    """What speaks for a given name by itself: that it has two characters, that they are only ever a name."""
    return of_two * (len(name) == 2) + (name in given_words())


def left_edge(tokens: Tokens, at: int) -> float:
    """How well a name may begin at an offset."""
    k = tokens.at(at - 1) if at else 0
    if at == 0 or tokens.letters[k] == "p":
        return MARK
    if tokens.text[at - 1] in "日号" and tokens.text[at - 2 : at - 1].isdigit():
        return WORD  # '5月8日' + '贾某镇长调度'
    if tokens.starts[k + 1] != at:
        return INSIDE
    if tokens.text[at - 1] == "的":
        return OTHER  # '分管环保的' + '江某站长'
    return WORD if tokens.letters[k] == "V" else 0.8 if tokens.letters[k] != "x" else 0.0


def is_name(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a run may be a name at all: Chinese characters, and no word that never is one."""
    name = tokens.text[at:end]
    if any(c in NEVER_WITHIN for c in name) or name[-1:] in NEVER_LAST or name[1:] in honours():
        return False
    return len(name) == end - at and bool(HAN.fullmatch(name)) and name not in never_names() and name not in everyday()


def runs_on(tokens: Tokens, end: int) -> float:
    """What speaks against an end: the last character is a verb or a function word, or begins a word that runs on."""
    last = tokens.text[end - 1]
    if tokens.text[end : end + 1] in ("了", "着") and tokens.letter_at(end - 1) in ("x", "V"):
        return 2.5  # '林进了山'
    if tokens.text[end - 2 : end] in given_words():
        return 0.0
    if tokens.text[end : end + 1] == "、" and last != "等":
        return 0.0  # no verb stands before the mark of a list: '张中于、聂某'
    if last in run_on() and not (
        last in "和与" and (tokens.letter_at(end) in ("p", "V") or everyday_at(tokens.text, end))
    ):
        return 2.5
    return 0.4 if everyday_at(tokens.text, end - 1) else 0.0
