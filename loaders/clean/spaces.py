"""White space: what pads a name or a line goes, what separates columns stays as one tab.

The rule, on a text in normal character forms (one line at a time):

1. Spaces at the ends of a line and next to ，。；：？！、 go; a single one beside brackets and quotation marks too.
2. A gap (a tab, or two spaces and more) is a column border and becomes one tab. Exception: a gap of two or three
   spaces between two single Chinese characters that stand alone is padding ('郑  勇'), and so is one between a single
   and two that make a column ('组长：郑  勇军    镇长'), and any within a label ('成    员：').
3. A single space between Chinese characters, in a line of prose (it has 。 or ；, or ， and some length): goes, unless
   it stands in a row of three and more short words (two to four characters each), a list of names parted by spaces.
4. The same in other lines (rosters, headlines, signatures): stays, unless single characters stand on both sides
   ('韩 涛', '关 于 印 发'; in a row of names each two: '陈建新 周 健 宋 华'), or a single character follows a title or a compound surname ('局长殷 斌', '欧阳 锋'), or a
   title with a gap or a mark behind it and then a name parted behind its first character end the line ('县长  韩 承远').
   In a line with commas but no 。；！？ before its end, two and more spaces with eight characters and more on either
   side part sentences that lost their full stops: each becomes one.
5. A single space between a Chinese character and a digit or Latin letter goes in prose; elsewhere only within dates and
   ordinals ('2021 年 1 月', '第 3 季').
"""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.clean.characters import HAN
from loaders.clean.tables import front
from loaders.clean.traced import Traced

# each begins with the space itself, which is quick to find; what stands before it is looked at then
_EDGES = lazy(r"[ \t](?:(?<=^.)[ \t]*|[ \t]*$)", re.MULTILINE)
_BY_MARKS = lazy(r"[ \t](?:(?<=[，。；：？！、].)[ \t]*|[ \t]*(?=[，。；：？！、]))")
_BY_BRACKETS = lazy(r" (?:(?<=[（《“‘〔【）》”’〕】] )(?=[^ \t])|(?<=[^ \t] )(?=[（《“‘〔【）》”’〕】]))")
_GAP = lazy(r" *\t[ \t]*| {2,}")
_WORTH = lazy(r"[ \t]")

_PADDED = lazy(rf" (?<=(?<![{HAN}])(?![一二三四五六七八九十])[{HAN}] ) {{1,2}}(?=[{HAN}](?![{HAN}]))")
_SURNAME = rf"(?![一二三四五六七八九十男女])[{HAN}]"
_NAMED = lazy(
    rf" (?:(?<=^{_SURNAME} )|(?<=[：\t]{_SURNAME} )|(?<=  {_SURNAME} )) {{1,2}}(?=[{HAN}]{{2}}(?:\t| {{2,}})[{HAN}])",
    re.MULTILINE,
)
_LABEL = lazy(rf"(?:(?<=^[{HAN}])|(?<=[ \t][{HAN}]))[ \t]+(?=[{HAN}](?:[ \t]+[{HAN}]){{0,3}}[ \t]*：)", re.MULTILINE)
_SINGLE = lazy(rf"(?<=[{HAN}]) (?=[{HAN}])")
_LATIN = lazy(rf"(?<=[{HAN}]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[{HAN}])")
_DATE = lazy(r"(?<=[年月第]) (?=\d)|(?<=\d) (?=[年月日号时分季])")
_PARTED = lazy(rf"(?<![{HAN}])[{HAN}] [{HAN}]$")
_WORD = lazy(rf"[{HAN}]*")
_TITLED = lazy(r"[长记任员席官师]$")
_SIGNED = lazy(rf"[长记任员席官师人][ \t：]{_SURNAME}$")
_STOPLESS = lazy(r"(?:[^。；！？，\n]*，){2}[^。；！？\n]*[。；！？]?$")
_LOST = lazy(
    rf" (?<=[^ ]{{8}} )(?:(?<=[{HAN}]{{3}} )(?<![长记任员席官师] )(?<![长记任员席官师][{HAN}] )|(?<=[）”] ))(?=[{HAN}]{{4}}[^ ]{{4}})"
)
_ROW = lazy(rf"(?:[{HAN}]{{2,8}}：)?(?P<names>[{HAN}]{{1,4}}(?: [{HAN}]{{1,4}}){{3,}})")
_REACH = 8  # characters looked at on either side of a space


def spaced(traced: Traced) -> Traced:
    """The text with its white space by the rule above."""
    if not _WORTH.search(traced.text):
        return traced
    for pattern in (_EDGES, _BY_MARKS):
        traced = traced.without(pattern)
    traced = traced.swapped("\n".join(map(_stopped, traced.text.split("\n"))))
    for pattern in (_LABEL, _BY_BRACKETS, _PADDED, _NAMED):
        traced = traced.without(pattern)
    traced = traced.without(_GAP, lambda m: None if m[0] == "\t" else "\t")
    return traced.dropping(_idle(traced.text))


def is_prose(line: str) -> bool:
    """Whether a line (normal forms) reads on: it ends sentences, or has a comma and some length."""
    return "。" in line or "；" in line or (len(line) >= 20 and "，" in line)


def _stopped(line: str) -> str:
    """A line with full stops for the spaces that part its sentences (rule 4)."""
    if line.count(" ") < 2 or not _STOPLESS.match(line):
        return line
    stopped, several = _LOST.subn("。", line)
    return stopped if several > 1 else line


def _idle(text: str) -> list[int]:
    """Offsets of the single spaces that separate nothing."""
    found: list[int] = []
    start = 0
    for line in text.split("\n"):
        if " " in line:
            prose = is_prose(line)
            if not prose and (pairs := _pairs(line)) is not None:
                found += [start + n for n in pairs]
                start += len(line) + 1
                continue
            found += [start + m.start() for m in _SINGLE.finditer(line) if _pads(line, m.start(), prose)]
            found += [start + m.start() for m in (_LATIN if prose else _DATE).finditer(line)]
        start += len(line) + 1
    return sorted(found)


def _pairs(line: str) -> list[int] | None:
    """Offsets of the spaces within names in a row of names parted by spaces, some of them of two characters written apart
    ('成员：陈某某 周 健 宋 华'); None where the line is no such row."""
    m = _ROW.fullmatch(line)
    if m is None:
        return None
    found, at = [], m.start("names")
    words = m["names"].split(" ")
    singles = 0
    for n, word in enumerate(words):
        singles = singles + 1 if len(word) == 1 else 0
        if singles % 2 and (n + 1 == len(words) or len(words[n + 1]) > 1):
            return None  # one character alone is no name
        if singles % 2:
            found.append(at + len(word))
        at += len(word) + 1
    return found if any(len(w) > 1 for w in words) and len(found) > 1 else None


def _pads(line: str, space: int, prose: bool) -> bool:
    """Whether the single space between two Chinese characters is padding (rules 3 and 4)."""
    before = _words_end(line[max(0, space - _REACH) : space])
    after = _WORD.match(line, space + 1, space + 1 + _REACH)
    left, right = before, after[0] if after else ""
    if prose:
        outer = line[space - len(left) - 1 : space - len(left)] + line[space + len(right) + 1 : space + len(right) + 2]
        return not (2 <= len(left) <= 4 and 2 <= len(right) <= 4 and " " in outer)
    if len(left) == 1:
        if len(right) == 2 and space + 3 == len(line) and _SIGNED.search(line, 0, space):
            return True
        ends_a_name = bool(_PARTED.search(line, max(0, space - 4), space))  # '刘 闯' in '刘 闯 镇党委委员'
        return len(right) == 1 or (bool(_TITLED.search(right)) and not ends_a_name)
    return len(right) == 1 and (left in front()["compound_surnames"] or bool(_TITLED.search(left[:-1])))


def _words_end(run: str) -> str:
    """The Chinese characters at the end of a run."""
    reversed_word = _WORD.match(run[::-1])
    return reversed_word[0][::-1] if reversed_word else ""
