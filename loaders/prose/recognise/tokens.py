"""Text as a row of words with their classes (see :mod:`.lexicon` for the letters)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from ahocorasick_rs import AhoCorasick, MatchKind

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.prose.recognise.lexicon import PUNCTUATION, vocabulary_of_words


@dataclass(slots=True)
class Tokens:
    """Words of a text in order: word ``i`` is ``text[starts[i]:starts[i + 1]]`` of class ``letters[i]``.

    ``begins`` maps an offset to the word that begins there; ``starts`` has one offset more than there are words.
    """

    text: str
    starts: list[int]
    letters: str
    _begins: dict[int, int] | None = None

    @property
    def begins(self) -> dict[int, int]:
        """Offset where a word begins -> the word; made on first use."""
        if self._begins is None:
            self._begins = dict(zip(self.starts, range(len(self.letters)), strict=False))
        return self._begins

    def at(self, offset: int) -> int:
        """Index of the word that covers an offset."""
        k = self.begins.get(offset)
        return k if k is not None else bisect_right(self.starts, offset) - 1

    def word(self, i: int) -> str:
        """The i-th word."""
        return self.text[self.starts[i] : self.starts[i + 1]]

    def letter_at(self, offset: int) -> str:
        """Class of the word that begins at an offset; '' inside a word, 'p' at the ends of the text."""
        i = self.begins.get(offset)
        if i is not None:
            return self.letters[i]
        return "p" if offset >= len(self.text) or offset < 0 else ""

    def inside(self, offset: int) -> bool:
        """Whether an offset lies inside a word, not at its beginning or end."""
        return 0 < offset < len(self.text) and offset not in self.begins


class Kinds(dict[int, str]):
    """Class of a single character that no table knows, by code point: a table for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        kind = self[code] = "p" if PUNCTUATION.match(c) else "n" if c.isdigit() else "x"
        return kind


KINDS = Kinds()
LEVEL_ENDS = "省市县区州旗盟镇乡"


@lru_cache(256)
def any_of(words: tuple[str, ...]) -> AhoCorasick:
    """Finds where some words stand, the longest at each place."""
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


def among(words: Collection[str], text: str) -> set[str]:
    """Those of some words that stand in a text; a long one is gone through once for all of them."""
    if len(text) < LONG_TEXT or not words:
        return {w for w in words if w in text}
    listed = list(words)
    return {listed[k] for k, _, _ in AhoCorasick(listed).find_matches_as_indexes(text, overlapping=True)}


LONG_TEXT = 20_000
OF_CITIZENS = lazy("市民(?:[政宗](?=[局委、部])|族(?:宗教)?(?:事务)?(?=[局委]))")
PLACE_ENDS = tuple("区县市旗")
HANDLES = ("理", "结", "案")
LONG = lazy("长(?:江|期|效|三角|株潭|湖湖|城|征|输|途|远|久)")


def cut_short(text: str, start: int, end: int, letter: str) -> list[tuple[int, int, str]]:
    """A place of the tables, or what it is where its last character belongs to the next: '云龙县' + '长' is 云龙 and 县长,
    '唐河县' + '级河长' 唐河 and 县级河长."""
    if text[end : end + 1] not in ("长", "级") or text[end - 1] not in LEVEL_ENDS:
        return [(start, end, letter)]
    if any(text[end + n - 1 : end + n] in "乡镇道" and gazetteer().candidates(text[end : end + n]) for n in (3, 4, 5)):
        return [(start, end, letter)]  # '商城县' + '长竹园乡'
    if LONG.match(text, end):
        return [(start, end, letter)]  # '赣州市' + '长江经济带'
    matcher, _, letter_of = vocabulary_of_words()
    follows = [(s, e, letter_of[k]) for k, s, e in matcher.find_matches_as_indexes(text[end - 1 : end + 8]) if s == 0]
    if not follows or follows[0][1] < 2:
        return [(start, end, letter)]
    stem = [(start, end - 1, "P")] if end - 1 - start > 1 else []
    return [*stem, (end - 1, end - 1 + follows[0][1], follows[0][2])]


def and_another(text: str, start: int, end: int, letter: str) -> tuple[int, int, str]:
    """A word that begins with 和 behind a place, or the place behind that 和 which runs on beyond it ('西秀区' + '和' + '平坝区')."""
    if text[start] != "和" or text[start - 1 : start] not in PLACE_ENDS:
        return start, end, letter
    matcher, _, letter_of = vocabulary_of_words()
    behind = ((e, letter_of[k]) for k, s, e in matcher.find_matches_as_indexes(text[start + 1 : start + 9]) if s == 0)
    for length, kind in behind:
        stop = start + 1 + length
        if kind == "P" and stop > end and text[stop - 1] in PLACE_ENDS:
            return start + 1, stop, kind
    return start, end, letter


def apart(words: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Words without those that begin within the one before, which has grown."""
    return [row for i, row in enumerate(words) if not i or row[0] >= words[i - 1][1]]


def citizens(start: int, end: int) -> list[tuple[int, int, str]]:
    """A city's level word and what its department looks after ('市' + '民政')."""
    return [(start, start + 1, "L"), (start + 1, end, "D")]


@lru_cache(1)
def of_the_tables(text: str) -> tuple[tuple[int, int, str], ...]:
    """The tables' words in a text as (start, end, class); a notice is cut several times in a row."""
    matcher, _, letter_of = vocabulary_of_words()
    found = [(s, e, letter_of[k]) for k, s, e in matcher.find_matches_as_indexes(text)]
    if any(f"{a}{b}" in text for a in LEVEL_ENDS for b in "长级"):
        whole = found
        found = [word for row in whole for word in (cut_short(text, *row) if row[2] == "P" else (row,))]
        found = apart(found) if found != whole else found
    if any(f"{a}和" in text for a in PLACE_ENDS):
        found = apart([and_another(text, *row) for row in found])
    if "部门" in text:  # '水利部门' is a branch, not the ministry
        found = [
            (s, e - 1, "D") if c == "N" and text[e - 1] == "部" and text[e : e + 1] == "门" else (s, e, c)
            for s, e, c in found
        ]
    if "市民" in text:  # '市民政局' is the city's
        ours = {m.start(): m.end() for m in OF_CITIZENS.finditer(text)}
        found = apart([w for s, e, c in found for w in (citizens(s, ours[s]) if s in ours else [(s, e, c)])])
    if any(f"办{c}" in text for c in HANDLES):  # '交县政府办理' names the government
        found = [
            (s, e - 1, c) if text.startswith("政府办", e - 3) and text[e : e + 1] in HANDLES else (s, e, c)
            for s, e, c in found
        ]
    return tuple(found)


def merged(text: str, places: Iterable[str], names: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int, str]]:
    """Words as (start, end, class): names first; of the tables' words and the places of this notice, where two meet, the
    one that begins first, then the longer, then by class."""
    rows = list(of_the_tables(text))
    taken = bytearray(len(text))
    for s, e in names:
        taken[s:e] = b"\1" * (e - s)
    local = tuple(sorted(set(places)))
    if names:
        rows = [r for r in rows if taken.find(1, r[0], r[1]) < 0]
    starts = [s for s, _, _ in rows] if local else []
    for _, s, e in any_of(local).find_matches_as_indexes(text) if local else ():
        if taken.find(1, s, e) >= 0 or (text[e : e + 1] in ("长", "级") and text[e - 1] in LEVEL_ENDS):
            continue
        i, j = bisect_left(starts, s), bisect_left(starts, e)
        if (i and rows[i - 1][1] > s) or (i < j and (s, -e, "P") > (starts[i], -rows[i][1], rows[i][2])):
            continue
        rows[i:j], starts[i:j] = [(s, e, "P")], [s]
    return sorted([*rows, *((s, e, "M") for s, e in set(names))]) if names else rows


@lru_cache(1)
def single_kinds(text: str) -> str:
    """Class of each character by itself; a notice is cut several times in a row."""
    return text.translate(KINDS)


def lex(text: str, places: Iterable[str] = (), names: Sequence[tuple[int, int]] = ()) -> Tokens:
    """Cut a text into words; what no table knows is one word a character. ``places`` are further words of class P, met
    only among unknown characters; ``names`` are spans of class M, which win over every word."""
    letters = bytearray(single_kinds(text), "ascii")  # with none but of a word's first character
    for start, end, letter in merged(text, places, names):
        letters[start:end] = letter.encode().ljust(end - start, b"\0")
    starts = [*compress(range(len(text)), letters), len(text)]
    return Tokens(text, starts, letters.translate(None, b"\0").decode())
