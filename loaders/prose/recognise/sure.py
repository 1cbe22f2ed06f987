"""Names that their surroundings settle before anything else is read: after 联系人, before 同志, after a title.

What is so found is a word of class ``M`` wherever it stands, so that no place, body or verb is read out of it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, count
from operator import itemgetter

from kg.lazy import lazy
from kg.sieve import Part
from loaders.prose.recognise.abutting import abutting
from loaders.prose.recognise.edges import OTHER, SHORT_WORD, edge, everyday_at, given, surname_length
from loaders.prose.recognise.lexicon import (
    borne,
    everyday,
    function_words,
    honours,
    never_names,
    run_on,
    table,
    transliterated,
)
from loaders.prose.recognise.names import forward, strange
from loaders.prose.recognise.tokens import Tokens, any_of
from loaders.prose.recognise.wordlike import starts_badly, swallows_title
from loaders.prose.sift import sift

NAME = "[\u4e00-\u9fff]{2,4}?"
NEXT = lazy(
    rf"(?:[、 \t]|[及和与]|以及)({NAME})(?=$|[\s，；、。（(\d]|同志|联系|电话|担任|兼任|[及和与][\u4e00-\u9fff]{{2,3}}(?:参加|陪同|出席)|(?:一同|分别)?(?:参加|陪同|出席)|分别[处受给]|等|(?:以?及|[和与，、])(?:[省市州县区旗]|有关|相关|各|其他|部分|企业)[^，。；\n]{{0,24}}(?:参加|陪同|出席|随同|同行))",
    re.MULTILINE,
)
AMONG_LEADERS = lazy(r"[省市县区州旗盟]领导(?:[\u4e00-\u9fff·]{2,5}、)+$")
PEOPLES = lazy(
    "(?:[省市县区镇乡村]级|包[保联抓挂村片组户镇乡]{1,2}|分管|联系|责任|牵头|驻村|挂包|挂联|督导|带队|主要|具体)*(?:领导|干部|责任人|负责人|联系人)|姓名"
    "|(?:[省市县区镇乡村]级)?副?(?:河|湖|河湖|林|田|路|片|网格)长|网格员|护林员|巡河员|信息员"
)
CELL = lazy("(?:(?<=[\t\n、 　])|^)[\u4e00-\u9fff]{2,3}(?=[\t\n、（ 　]|$)")
LIKELY = 0.3  # how like one of a given name a character must be that runs on behind a space
LEADS = "请由经对向原和与让按据"
LEVEL_END = lazy(r"[省市县区州盟旗镇乡村]$")


@cache
def rows() -> Part[tuple[str, bool, bool]]:
    """The rows of sure.toml as expressions, each with whether what it reads may hold no other word of the tables, and whether
    it reads surnames that no table has."""
    every = table("sure.toml")["row"]
    patterns = [row["pattern"].replace("NAME", NAME) for row in every]
    flags = [[bool(row.get(key)) for row in every] for key in ("alone", "strange")]
    return sift(list(zip(patterns, *flags, strict=True)), itemgetter(0), re.MULTILINE)


def may_be(text: str, start: int, end: int) -> bool:
    """Whether a run that its surroundings call a name can be one."""
    name, n = text[start:end], surname_length(text, start)
    if not n or not 1 <= end - start - n <= 2 or name in never_names() or name in everyday() or name[n:] in honours():
        return False
    return name in borne() or not (starts_badly(text, start) or end - start - everyday_at(text, start) < 2)


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A name without the word of one character that stands before it ('请陆某先生'); None where there is no name."""
    for at in (start, start + 1):
        if (at == start or text[start] in LEADS) and may_be(text, at, end):
            return at, end
    return None


def spans(tokens: Tokens, parted: frozenset[int] = frozenset()) -> list[tuple[int, int]]:
    """Where sure names stand: where they were found, and wherever else they stand as a name may. ``parted`` as in Page."""
    text = tokens.text
    found: set[tuple[int, int]] = set()
    for (_, strict, any_surname), m in rows().over(text).matches():
        start, end = m.span("name")
        sounds = end - start == 4 and transliterated().issuperset(text[start:end])  # '古丽米热'
        known_by = any_surname and (sounds or end - start == 3 and strange(text, start))
        span = (start, end) if known_by else trimmed(text, start, end)
        if span and not (strict and known(tokens, *span)):
            found.add(span)
    for _, end in list(found):  # '联系人：贾某、方某'
        while (more := NEXT.match(text, end)) and may_be(text, *more.span(1)):
            found.add(more.span(1))
            end = more.end(1)
    for m in re.finditer("TP", tokens.letters):  # no place follows a title: '副县长成都海主持'
        k = m.start() + 1
        start = tokens.starts[k]
        short = not LEVEL_END.search(tokens.word(k)) or len(tokens.word(k)) == 2  # '市长郑州立'
        if short and (end := forward(tokens, start, firm=True)):
            found.add((start, end))
    for m in re.finditer("TxP", tokens.letters):  # '主任谯乐山'
        start, end = tokens.starts[m.start() + 1], tokens.starts[m.end()]
        if (
            end - start == 3
            and text[start] not in function_words()
            and may_be(text, start, end)
            and edge(tokens, end) >= OTHER
        ):
            found.add((start, end))
    for m in re.finditer("xP(?=p)", tokens.letters):  # '区领导张某、聂金华、…'
        start, end = tokens.starts[m.start()], tokens.starts[m.end()]
        listed = text[start - 1 : start] == "、" and AMONG_LEADERS.search(text, max(0, start - 60), start)
        if listed and end - start == 3 and may_be(text, start, end):
            found.add((start, end))
    for m in re.finditer("TT", tokens.letters):  # '县长林长生', where 林长 is a title as well
        start = tokens.starts[m.start() + 1]
        if (
            tokens.starts[m.start() + 2] - start == 2
            and surname_length(text, start)
            and edge(tokens, start + 3) >= OTHER
        ):
            found.add((start, start + 3))
    for m in re.finditer("(?<![xPL])xPT", tokens.letters):  # '张云龙县长', where 云龙 is a county as well
        start, end = tokens.starts[m.start()], tokens.starts[m.start() + 2]
        if end - start == 3 and may_be(text, start, end) and not swallows_title(tokens, start, end):
            found.add((start, end))
    found |= recurring(tokens) | abutting(tokens) | columned(text) | padded(tokens, parted)
    if not found:
        return []
    names = any_of(tuple({text[s:e] for s, e in found}))
    everywhere = ((s, e) for _, s, e in names.find_matches_as_indexes(text))
    return [span for span in everywhere if span in found or stands_alone(tokens, *span)]


def padded(tokens: Tokens, parted: frozenset[int]) -> set[tuple[int, int]]:
    """Names that a space within them brings to the width of others ('果 勇', '邓 湘 平')."""
    found, text = set[tuple[int, int]](), tokens.text
    for first in sorted(i for i in parted if i - 1 not in parted):
        stop = next(i for i in count(first) if i not in parted)
        title = tokens.letters[tokens.at(first - 1)] in "TK" and first in tokens.begins  # '局长 王 刚'
        start = first if title else first - 1
        if stop - start == 3 and text[stop - 1] in "文图摄":
            stop -= 1  # '钟 声 文/图'
        elif stop - start == 2 and forward(tokens, start, firm=True) == stop + 1:
            closed = edge(tokens, stop + 1) >= SHORT_WORD and not everyday_at(text, stop)
            stop += given(text[stop]) > LIKELY and closed  # '樊 锁柱陪同', but '靳 松正在变电站', '石 磊关机'
        name = text[start:stop]
        titled = start > 0 and start in tokens.begins and tokens.letters[tokens.at(start - 1)] in "TK"
        called = surname_length(text, start) == 1 and name not in everyday() and not known(tokens, start, stop)
        if 2 <= len(name) <= 3 and name not in never_names() and (titled or called):
            found.add((start, stop))
    return found


def columned(text: str) -> set[tuple[int, int]]:
    """Names in the cells of a column whose head says that people stand in it ('包村干部')."""
    found, who, count, at = set[tuple[int, int]](), set[int](), 0, 0
    for line in text.split("\n"):
        cells = line.split("\t")
        heads = {n for n, cell in enumerate(cells) if PEOPLES.fullmatch(cell.strip())}
        if len(cells) < 2 or heads:
            who, count = heads if len(cells) > 1 else set(), len(cells)
        elif len(cells) == count:
            for n, start in enumerate(accumulate((len(c) + 1 for c in cells), initial=at)):
                for m in CELL.finditer(text, start, start + len(cells[n])) if n in who else ():
                    found |= {m.span()} if may_be(text, *m.span()) else set()
        at += len(line) + 1
    return found


def recurring(tokens: Tokens) -> set[tuple[int, int]]:
    """Names of whatever characters: a short run between a title and a verb that stands before a verb elsewhere as well
    ('镇党委书记尕让泽带领…' and '尕让泽要求'), or that all but writes another language's sounds ('镇长夺尔基包联')."""
    text, found = tokens.text, set[tuple[int, int]]()
    for m in re.finditer("T(?=[xVs]{3})", tokens.letters):
        start = tokens.starts[m.end()]
        if forward(tokens, start, firm=True):
            continue  # a name like others
        for end in range(start + 2, start + 6):
            if not singles(tokens, start, end) or starts_badly(text, start) or everyday_at(text, start):
                break
            if verb(tokens, end) and text[start:end] not in never_names():
                if foreign_but_one(tokens, start, end) or named_again(tokens, start, end):
                    found.add((start, end))
                break
    return found


def singles(tokens: Tokens, start: int, end: int) -> bool:
    """Whether each character of start..end is a word of its own that may stand in a name."""
    letters = [tokens.letter_at(i) for i in range(start, end + 1)]
    return "" not in letters and all(c in "xVs" for c in letters[:-1])


def foreign_but_one(tokens: Tokens, start: int, end: int) -> bool:
    """Whether three unknown characters and more write another language's sounds, but for one of them."""
    run = tokens.text[start:end]
    strange = sum(c not in transliterated() for c in run)
    known = any(tokens.letter_at(i) != "x" for i in range(start, end))
    return len(run) >= 3 and strange <= 1 and not known and run[0] not in function_words() and run[-1] not in run_on()


def named_again(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the run stands elsewhere at the head of a clause before a verb."""
    text, run = tokens.text, tokens.text[start:end]
    others = (m.start() for m in re.finditer(re.escape(run), text) if m.start() != start)
    return any((not n or tokens.letter_at(n - 1) == "p") and verb(tokens, n + len(run)) for n in others)


def verb(tokens: Tokens, at: int) -> bool:
    """Whether a verb of two characters and more begins at an offset."""
    k = tokens.begins.get(at)
    return k is not None and tokens.letters[k : k + 1] == "V" and tokens.starts[k + 1] - at > 1


def known(tokens: Tokens, start: int, end: int) -> bool:
    """Whether start..end holds a word of the tables and is no word that people are called by."""
    return tokens.text[start:end] not in borne() and any(tokens.letter_at(i) != "x" for i in range(start, end))


def stands_alone(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a name met elsewhere is meant here as well: no longer word holds it, and where it is a word of its own a
    title, a verb or a mark stands before it."""
    k = tokens.at(start)
    if tokens.starts[k + 1] > end or (tokens.starts[k] < start and tokens.starts[k + 1] > start):
        return False
    if tokens.starts[k] == start and tokens.starts[k + 1] == end and tokens.letters[k] != "x":
        return start == 0 or tokens.letters[k - 1] in "pTVsK"
    return True
