"""Character forms: one width, one kind of quotation mark and punctuation, no glosses and nothing invisible.

The one form of Chinese punctuation is the full-width one: ，。；：？！（）“”. ASCII marks stay inside numbers, times,
addresses and Latin text (1,000; 13:14; https://…; 2.5; Ca(OH)2). Letters and digits are ASCII.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from unicodedata import normalize

from kg.lazy import lazy
from loaders.clean.script import simplify
from loaders.clean.tables import characters
from loaders.clean.traced import Traced

HAN = "〇\u3400-\u9fff\U00020000-\U0003ffff"
"""Chinese letters, for use inside a character class; compatibility forms are folded before it is used."""

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
# only with a tone mark: (kg) and (VOCs) are units and substances
_GLOSS = lazy(rf"[(（](?<=[{HAN}].)(?i:(?=[^()（）\n]*[{_TONED}])[a-zü{_TONED}' ]{{1,40}})[)）]")
_ENTITY = lazy(
    r"&(?:nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|mdash|ndash|middot|hellip|amp|lt|gt|quot|#\d{2,5}|#x[\da-f]{2,5});?",
    re.IGNORECASE,
)

_COMMA = lazy(r",(?!(?<=\d,)\d{3}(?!\d))")
# a mark is looked for first and then what stands before it: that is quicker than the other way round
_COLON = lazy(r":(?:(?<!\d:)(?!//|\\)|(?![\d/\\]))")
_STOP = lazy(
    rf"\.(?<=[{HAN}”’）》%]\.)(?:(?![0-9A-Za-z.、-])|(?=[0-9]{{1,2}}月|[0-9]{{4}}年))"
)  # '报县政府.9月底前…': no number has a point there
_NUMBERED = lazy(r"^[ \t]*[一二三四五六七八九十]+\.$")
_ASKED = lazy(rf"[?!](?:(?<=[{HAN}”’）》，。；！？].)[?!]*|(?=[ \t]*(?:[{HAN}”]|$)))", re.MULTILINE)
_PAIR = lazy(r"\(([^()\n]*)\)")
_LONE = lazy(rf"(?<=[{HAN}，。；：？！、“”）])[()]|[()](?=[{HAN}，。；：？！、“”（])")
_STRAIGHT = lazy(r'"')
_SHELL = lazy("〔(?=[^〔〕\n]*[^0-9〇○零一二三四五六七八九〔〕])([^〔〕\n]*)〕")  # not of a document's number
_SQUARE = lazy(r"\[(?=[^\[\]\n]*(?:牵头|负责|配合|参与|(?:责任|主办)(?:单位|部门)))([^\[\]\n]*)\]")  # who answers
_LABEL = lazy(  # '【整改时限】2020年6月底前' heads what is said of it
    rf"^([ \t\u3000]*)【([{HAN} ]{{0,8}}(?:单位|责任|责 ?任 ?人|时限|期限|目标|措施|情况|问题|要求|任务|内容|步骤|分工|管护|部门|主体|领导|意见|进展|职责|保障|成效))】(?=[ \t]*\S{{3}})",
    re.MULTILINE,
)
_FRONT = lazy(
    "【(发布日期|发布时间|公开日期|成文日期|信息来源|来源|发布机构|发文机关|发文字号|文号|索引号|作者|字体|字号|浏览次数|点击数)】"
)
_SCRAMBLED = lazy(
    r"(?:^|(?<=[^\x00-\x7f]))(?=[^\n\x80-\U0010ffff]*(?:[!#$%&*+/<=>?@\\^_`|~(\[{-][^\n\x80-\U0010ffff]*){3}(?:$|[^\x00-\x7f]))"
    r"[!-~]{1,2}(?: [!-~]{1,2}){5,}[ \t]*(?:$|(?=[^\x00-\x7f]))",
    re.MULTILINE,
)
"""What a forum mixes in at the ends of lines against copying: '% f$ P8 x! Q( w3 K'."""
_MARKS = lazy(r"[，、。；！？：](?:(?<!：)(?:[ \t]*[，、。；：！？])+|(?<=：)(?:[ \t]*[：，、])+)")
_FULL = str.maketrans(",:?!;()", "，：？！；（）")


@cache
def _forms() -> dict[str, str]:
    table = dict(characters()["forms"])
    for first, last in characters()["folded"]["blocks"]:
        for code in range(int(first, 16), int(last, 16) + 1):
            plain = normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[chr(code)] = plain
    return table


@cache
def _removed() -> re.Pattern[str]:
    return re.compile(f"[{characters()['removed']['class']}]+")


@cache
def _dots() -> re.Pattern[str]:
    dots = re.escape(characters()["dots"]["between_letters"])
    return lazy(rf"[{dots}](?<=[{HAN}].)(?=[{HAN}])")


def normal(traced: Traced) -> Traced:
    """All of the above, in the order in which one prepares the next."""
    traced = traced.without(_ENTITY, _entity) if "&" in traced.text else traced
    traced = traced.without(_SCRAMBLED)
    traced = traced.swapped(_formed(traced.text))
    traced = traced.without(_removed())
    traced = traced.without(_GLOSS)
    traced = traced.swapped(simplify(traced.text))
    traced = traced.swapped(_punctuation(traced.text))
    return traced.without(_MARKS, _strongest)


def letters(text: str) -> str:
    """What :func:`normal` makes of Chinese letters and full-width brackets alone; as long as before."""
    return simplify(_formed(text))


def _formed(text: str) -> str:
    """Every character in its one form; none of these is another's other form, so one after the other will do."""
    for other in set(text) & _forms().keys():
        text = text.replace(other, _forms()[other])
    return text


def _entity(match: re.Match[str]) -> str | None:
    """An entity that a scraper left in the text."""
    plain = unescape(match[0])
    return plain if len(plain) == 1 else None


def _strongest(match: re.Match[str]) -> str:
    """Of marks in a row (',。' '，，') the one that ends most stays."""
    for equals in characters()["marks"]["rank"]:
        for mark in match[0]:
            if mark in equals:
                return mark
    return match[0][0]


def _punctuation(text: str) -> str:
    """ASCII marks as full-width ones; as long as before."""
    text = _dots().sub("·", text)
    text = _COMMA.sub("，", text).replace(";", "；")
    text = _COLON.sub("：", text)
    text = _STOP.sub(_stop, text)
    text = _ASKED.sub(lambda m: m[0].translate(_FULL), text)
    if "(" in text or ")" in text:
        text = _PAIR.sub(_pair, _PAIR.sub(_pair, text))
        text = _LONE.sub(lambda m: m[0].translate(_FULL), text)
    if "〔" in text:
        text = _SHELL.sub(r"（\1）", text)
    if "【" in text:
        text = _FRONT.sub(r" \1：", _LABEL.sub(r"\1 \2：", text))
    if "[" in text:
        text = _SQUARE.sub(r"（\1）", text)
    if '"' in text:
        text = "\n".join(_quotes(line) if '"' in line else line for line in text.split("\n"))
    return text


def _stop(match: re.Match[str]) -> str:
    """A full stop, unless it follows the numeral of a heading ('一.')."""
    head = match.string[max(0, match.start() - 6) : match.end()].rpartition("\n")[2]
    numbered = match.start() < 6 or "\n" in match.string[match.start() - 6 : match.start()]
    return "." if numbered and _NUMBERED.match(head) else "。"


def _pair(match: re.Match[str]) -> str:
    """A pair of brackets is full-width unless it stands within Latin text: Ca(OH)2."""
    text, (start, end) = match.string, match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    latin = match[1].isascii() and before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return match[0] if latin else f"（{match[1]}）"


def _quotes(line: str) -> str:
    """Straight quotation marks open and close in turn; an odd number of them is left."""
    if line.count('"') % 2:
        return line
    turn = iter("“”" * (line.count('"') // 2))
    return _STRAIGHT.sub(lambda _: next(turn), line)
