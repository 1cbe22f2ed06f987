"""Lines of a page and what each of them is: the notice's body, its front matter, or something beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.lazy import lazy
from loaders.clean.characters import HAN
from loaders.clean.tables import furniture
from loaders.clean.traced import Traced

BODY = "body"
MENU, CRUMB, FRONT, HEADLINE, FURNITURE, FOOT, BYLINE, REPEAT = (
    "menu", "breadcrumb", "front matter", "headline", "furniture", "foot", "byline", "repeat",
)  # fmt: skip

NUMBERED = lazy(
    r"(?:第?[一二三四五六七八九十百]+[、.章节条款]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.)）](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}(?:是|要)|附件?\d*[：:]?)"
)
"""How an item of an enumeration begins."""

OPENING = lazy(r"^(?:为|根据|按照|近日|日前|今年|当前|会议|目前|\d)|[指强要表][出调求示]，")
"""How sentences of a report begin, and headlines do not."""

_SHORT_TITLE = lazy("(?:督办|交办|提示|提醒|移交|移送|整改)[单函]|(?:承诺|责任|倡议)书")  # a form's whole headline
_SITE = lazy(rf"[{HAN}]{{2,8}}网$")
_CRUMB = lazy(r"[^>，。；]{1,30}(?: ?>+ ?[^>，。；]{1,60}){1,8}$")
_KEY = lazy(rf"[^{HAN}0-9A-Za-z]+")
_READS, _BORDERS = re.compile("[。，；：]"), re.compile(r"[ \t|·]+")
_AUTHORS = lazy("记者|通讯员|摄|供稿|作者|供图")


_SPEECH = lazy(r"在[^。；]{3,60}[上时]的(?:讲话|发言|致辞|总结|报告)(?:提纲|稿|材料)?$")


@dataclass(slots=True)
class Line:
    """A line of the normalised page: ``text`` stands at ``start``..``end`` of it; ``role`` is one of the words above.

    ``indented`` says that the original line began with white space, ``key`` is its letters and digits alone.
    """

    start: int
    end: int
    text: str
    indented: bool = False
    role: str = BODY
    _key: str | None = None

    @property
    def key(self) -> str:
        if self._key is None:
            self._key = _KEY.sub("", self.text)
        return self._key

    @property
    def prose(self) -> bool:
        """Whether the line reads on: it ends a sentence, or is long and has commas."""
        return "。" in self.text or (len(self.text) >= 60 and "，" in self.text)

    @property
    def heading_like(self) -> bool:
        """Whether the line could be a headline."""
        text = self.text
        return (
            (4 <= len(text) <= 80 or _SHORT_TITLE.fullmatch(text) is not None)
            and not re.search(r"[。；\t]|[，、：]$|https?:", text)
            and text.count("，") <= 3
            and bool(re.search(f"[{HAN}]", text))
            and not NUMBERED.match(text)
        )


def split(traced: Traced, original: str) -> list[Line]:
    """The lines that are not blank, in order."""
    lines: list[Line] = []
    start = 0
    for text in traced.text.split("\n"):
        if text:
            before = traced.at[start]
            indented = before > 0 and original[before - 1] in " \t\u3000\xa0\u2003"
            lines.append(Line(start, start + len(text), text, indented))
        start += len(text) + 1
    return lines


def one_speech(line: Line, after: Line) -> bool:
    """Whether two lines are the headline of one speech, which the page broke ('…在全县动员会' / '上的讲话')."""
    apart = line.prose or after.prose or _SPEECH.search(line.text) or _SPEECH.search(after.text)
    return not apart and len(after.text) <= 40 and bool(_SPEECH.search(line.text + after.text))


@cache
def _joined(group: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in furniture()[group]["patterns"]), re.IGNORECASE)


@cache
def _bylines() -> re.Pattern[str]:
    labels = sorted(furniture()["byline"]["labels"], key=len, reverse=True)
    alone = [label for label in labels if re.search("记者|通讯员|编辑$|责编|供稿|摄影|实习生", label)]
    names = rf"[{HAN}·、/ \tA-Za-z]{{2,30}}"
    entry = rf"(?:(?:{'|'.join(labels)})[：/]{names}|(?:{'|'.join(alone)})[ \t]?{names})"
    author = rf"[□■◆◎▲●☐][ \t]*[{HAN}· ]{{2,16}}$"
    return re.compile(rf"{author}|[（【\[]?(?:{entry}[|；，]?){{1,8}}[）】\]]?$")


@cache
def _menu_words() -> frozenset[str]:
    return frozenset(furniture()["menu"]["words"])


def is_crumb(text: str) -> bool:
    """'首页 > 政务公开 > 正文', with or without '当前位置'."""
    return len(text) <= 150 and ">" in text and bool(_CRUMB.match(text))


def is_furniture(text: str) -> bool:
    """A line that is never the notice's: scan codes, share and print buttons, page numbers."""
    return len(text) <= 80 and bool(_joined("line").match(text))


def weather_of(text: str) -> str:
    """The place of which a line tells the weather ('石桥 26℃~20℃ | 空气质量：优'), '' where it is no such line."""
    found = _joined("weather").match(text) if len(text) <= 80 else None
    return found["place"] if found else ""


def is_foot(text: str) -> bool:
    """A line with which the foot of a page begins."""
    return len(text) <= 200 and bool(_joined("foot").match(text))


def is_byline(text: str) -> bool:
    """A line of reporters and editors."""
    return len(text) <= 90 and bool(_bylines().match(text))


def is_menu(text: str) -> bool:
    """A site's section, or several short words, some of them sections."""
    if _READS.search(text):
        return False
    if text in _menu_words():
        return True
    words = _BORDERS.split(text)
    if words[0] in ("首页", "网站首页") and len(words) > 1 and max(map(len, words)) <= 8:  # '网站首页 领导动态'
        return True
    return len(words) >= 3 and sum(map(len, words)) <= 8 * len(words) and any(w in _menu_words() for w in words)


def beside(lines: list[Line]) -> None:
    """Give lines that stand beside any notice their role, and those that a page's foot holds.

    The foot begins at one of its marks after the first prose; it ends where front matter of another notice shows,
    and a mark is not believed where most of the prose comes after it.
    """
    for line in lines:
        if is_crumb(line.text):
            line.role = CRUMB
        elif is_furniture(line.text):
            line.role = FURNITURE
        elif is_byline(line.text):
            line.role = BYLINE
        elif is_menu(line.text) or weather_of(line.text) or (line is lines[0] and _SITE.match(line.text)):
            line.role = MENU
    first = next((i for i, line in enumerate(lines) if line.prose), len(lines) // 2)
    weights = _new_prose(lines)
    total, before, foot = sum(weights), 0, False
    for i, line in enumerate(lines):
        if not foot and i > first and is_foot(line.text):
            foot = before * 2 >= total
            line.role = FOOT
        elif foot and line.role == BODY:
            line.role = FOOT
        before += weights[i]


def _new_prose(lines: list[Line]) -> list[int]:
    """Length of each line of prose that is not a repeat of one before."""
    seen: set[str] = set()
    weights: list[int] = []
    for line in lines:
        new = line.prose and line.key not in seen
        seen.add(line.key)
        weights.append(len(line.text) if new else 0)
    return weights


@lru_cache(256)
def inline_bylines(text: str) -> Sequence[tuple[int, int]]:
    """Runs of a paragraph that name its paper and reporters: at its start, in brackets, after its last sentence."""
    found: list[tuple[int, int]] = []
    if leading := _part("leading").match(text):
        found.append(leading.span())
    if _AUTHORS.search(text):
        found += [m.span() for m in _part("inline").finditer(text)]
    last = max(text.rfind(mark, max(0, len(text) - 60)) for mark in "。！？”）")
    if 0 <= last < len(text) - 1 and _part("trailing").match(text, last + 1):
        found.append((last + 1, len(text)))
    return found


@cache
def _part(where: str) -> re.Pattern[str]:
    return re.compile(furniture()["byline"][where])
