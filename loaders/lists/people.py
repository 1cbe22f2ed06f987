"""The people of a cell as words: names with the titles beside them, in any of the orders in which tables write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.lists.words import firm_titles
from loaders.prose.recognise.edges import surname_length
from loaders.prose.recognise.lexicon import classes_of_people, never_names, titles
from loaders.prose.recognise.names import DOTTED, REDACTED
from loaders.prose.recognise.tokens import lex

_HAN = lazy(r"[\u3400-\u9fff\U00020000-\U0003ffff·•]+")
_SEPARATORS = "、，；/\n 　：|"
_BESIDE = lazy(r"([\u4e00-\u9fff]{2,4})（([^（）]+)）")
_COMRADE = lazy(r"(?:同志|等(?:同志|人)?|（?女）?)$")
_FIFTH = lazy(r"第五[^批轮次个届期条项组小网督生大村社分个区镇]{1,2}")  # a surname, but hardly ever
_MONGOL = lazy(
    r"(?:高娃|图雅|其其格|其木格|格日勒|巴特尔|巴雅尔|朝克图|巴图|苏荣|娜仁|托娅|吉雅|牧仁|乌拉|塔娜|通拉嘎|满达|布和|那顺)$"
)
_PARALLEL = lazy(r"([^、，；（）\s]+(?:、[^、，；（）\s]+)+)(?:\s+|（)([^、，；（）\s]+(?:、[^、，；（）\s]+)+)）?")
_ITEM = lazy("[^、]+")
_MANY = lazy(r"委员(?!会)|常委(?!会)|书记|党组|党委|党工委")  # who is that, has another post as well
_TOWN_END = lazy(r"镇|乡|街道")
_BODY_END = lazy(
    r"(?:局|委|办|厅|院|区|县|市|镇|乡|村|组|队|站|所|处|科|司|会|厂|公司|中心|部门|政府|单位|街道|支部|支队)$"
)


@dataclass(slots=True)
class Said:
    """One name with what stands beside it. Spans are of the cell's words; ``titles`` are those of title phrases."""

    name: str
    start: int
    end: int
    titles: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """A run between separators: ``end`` is before its brackets, ``inner`` the content of these, ``mark`` the
    separator before it."""

    start: int
    end: int
    mark: str
    inner: list[tuple[int, int]] = field(default_factory=list)


def parallel(text: str) -> list[Said]:
    """Names in one list and as many titles in another, one for each ('某某、某某（县水利局局长、县林业局局长）'); nothing where the
    titles may all be the last one's ('县委常委、副县长')."""
    m = _PARALLEL.fullmatch(text)
    if m is None:
        return []
    names, posts = ([(m.start(k) + x.start(), m.start(k) + x.end()) for x in _ITEM.finditer(m[k])] for k in (1, 2))
    own = all(is_title(text[s:e]) for s, e in posts) and not any(_MANY.search(text[s:e]) for s, e in posts[:-1])
    if len(names) != len(posts) or not own or not all(is_name(text[s:e], loose=True) for s, e in names):
        return []
    return [Said(text[s:e], s, e, [at]) for (s, e), at in zip(names, posts, strict=True)]


def pieces(text: str) -> Iterator[Piece]:
    """The runs of a text between separators outside brackets."""
    i, n, mark = 0, len(text), ""
    while i < n:
        if text[i] in _SEPARATORS:
            mark = text[i] if mark in ("", " ", "　") else mark
            i += 1
            continue
        piece = Piece(i, i, mark)
        while i < n and text[i] not in _SEPARATORS + "（":
            i += 1
        piece.end = i
        ahead = i
        while ahead < n and text[ahead] in " 　\n":
            ahead += 1
        if text[ahead : ahead + 1] == "（" and piece.end > piece.start:
            i = ahead
        while i < n and text[i] == "（":
            close = matching(text, i)
            piece.inner.append((i + 1, close))
            i = close + 1
            if i < n and text[i] not in _SEPARATORS + "（":  # '县（市、区）政府': the brackets are part of a name
                while i < n and text[i] not in _SEPARATORS + "（":
                    i += 1
                piece.end, piece.inner = i, []
        yield piece
        mark = ""


def matching(text: str, at: int) -> int:
    """Where the bracket that opens at an offset closes; the end where it never does."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == "（") - (text[i] == "）")
        if depth == 0:
            return i
    return len(text)


def is_title(text: str) -> bool:
    """Whether a run ends in a title (副市长, 市公安局局长) and is no name."""
    known = titles()
    text = _COMRADE.sub("", text)
    if text in firm_titles():
        return True
    return any(text[-k:] in known or text[-k:] in classes_of_people() for k in range(min(10, len(text)), 1, -1))


def is_name(text: str, *, loose: bool = False) -> bool:
    """Whether a run is a person's name. ``loose``: it stands where only names stand, so an unknown surname will do."""
    text = _COMRADE.sub("", text) if len(text) > 4 else text
    if DOTTED.fullmatch(text) or (REDACTED.fullmatch(text) and surname_length(text, 0)):
        return True
    if not _HAN.fullmatch(text) or text in never_names() or not 2 <= len(text) <= 4:
        return bool(loose and _HAN.fullmatch(text) and 4 < len(text) <= 9 and _sounds(text))
    if loose and _FIFTH.fullmatch(text):
        return True
    if text[-1] in "镇乡" and any(p.level == "township" for p in gazetteer().lookup(text)):
        return False
    if text[0] in "省市县区镇乡" and not surname_length(text, 0):  # '县妇联'
        return False
    if is_title(text) or (len(text) > 2 and _BODY_END.search(text) and (not loose or len(text) == 4)):
        return False
    if loose and len(text) == 4 and _MONGOL.search(text):
        return True
    n = surname_length(text, 0)
    if n and n < len(text) <= n + 2:
        return loose or not _word(text)
    return loose and not _word(text)


def _word(text: str) -> bool:
    """Whether a run begins with a known word longer than its surname."""
    t = lex(text)
    return t.starts[1] > max(1, surname_length(text, 0)) and t.letters[0] in "PLHDNOQFTKWV"


def _sounds(text: str) -> bool:
    from loaders.prose.recognise.lexicon import transliterated

    return sum(c in transliterated() for c in text) >= len(text) - 1


@lru_cache(4096)
def _titled(inner: str) -> bool:
    """Whether brackets hold a title."""
    return any(is_title(inner[q.start : q.end]) for q in pieces(inner))


@lru_cache(4096)
def said(text: str, *, loose: bool = False) -> tuple[list[Said], list[tuple[int, int]], list[tuple[int, int]]]:
    """Not to be changed: (names with their titles, spans of titles without a name, spans of everything else) of a cell's words."""
    if len(text) <= 4 and is_name(text, loose=loose):  # a name and nothing else: most cells of a roster
        return [Said(text, 0, len(text))], [], []
    if (m := _BESIDE.fullmatch(text)) and is_name(m[1], loose=loose):  # a name with its title: most of the others
        return [Said(m[1], 0, m.end(1), [m.span(2)] if _titled(m[2]) else [])], [], []
    if both := parallel(text):
        return both, [], []
    reader = _Reader(text, loose)
    for piece in pieces(text):
        reader.piece(piece)
    return reader.close()


class _Reader:
    """Goes through the pieces of a cell and gives each name its titles."""

    def __init__(self, text: str, loose: bool) -> None:
        self.text, self.loose = text, loose
        self.names: list[Said] = []
        self.waiting: list[tuple[int, int]] = []  # titles before a name
        self.lone: list[tuple[int, int]] = []
        self.rest: list[tuple[int, int]] = []
        self.follows = False  # titles stand after names

    def piece(self, p: Piece) -> None:
        core = self.text[p.start : p.end]
        found = split(core, self.loose)
        titled = [(s, e) for s, e in p.inner if _titled(self.text[s:e])]
        named = [(s, e) for s, e in p.inner if is_name(self.text[s:e].strip())]
        if found is None:
            self.other(p, named)
            return
        name, title = found
        if name is None:
            self.title((p.start, p.end), p.mark)
            for s, e in named:
                self.name(s, e)
            return
        said_ = self.name(p.start + name[0], p.start + name[1], fresh=bool(title))
        if title:
            said_.titles.append((p.start + title[0], p.start + title[1]))
        said_.titles += titled

    def name(self, start: int, end: int, *, fresh: bool = False) -> Said:
        text = _COMRADE.sub("", self.text[start:end]) if end - start > 4 else self.text[start:end]
        one = Said(text, start, start + len(text))
        if self.waiting:
            one.titles.append((self.waiting[0][0], self.waiting[-1][1]))
            self.waiting = []
        elif not self.names and not fresh:
            self.follows = True
        self.names.append(one)
        return one

    def title(self, span: tuple[int, int], mark: str) -> None:
        last = self.names[-1] if self.names else None
        if self.follows and last is not None and not self.waiting and (mark in " 　，\n" or last.titles):
            if last.titles and span[0] - last.titles[-1][1] <= 2:
                last.titles[-1] = (last.titles[-1][0], span[1])
            else:
                last.titles.append(span)
        else:
            self.waiting.append(span)

    def other(self, p: Piece, named: list[tuple[int, int]]) -> None:
        self.flush()
        self.rest.append((p.start, p.inner[-1][1] + 1 if p.inner and not named else p.end))
        for s, e in named:
            self.name(s, min(e, len(self.text)))

    def flush(self) -> None:
        self.lone += self.waiting
        self.waiting = []

    def close(self) -> tuple[list[Said], list[tuple[int, int]], list[tuple[int, int]]]:
        self.flush()
        return self.names, self.lone, self.rest


def split(core: str, loose: bool) -> tuple[tuple[int, int] | None, tuple[int, int] | None] | None:
    """(span of the name, span of the title) of a run; a name, a title or both in either order; None for neither."""
    n = len(core)
    if at := dotted(core):
        return (at[0], at[1]), (0, at[0]) if at[0] else (at[1], n)
    check: Callable[[str], bool] = lambda x: is_name(x)
    if is_name(core, loose=loose):
        return (0, n), None
    if is_title(core) and (core in titles() or _begins(core, 0)):
        return None, (0, n)
    for k in (3, 2, 4):
        if n > k + 1 and is_title(core[:-k]) and check(core[-k:]):
            return (n - k, n), (0, n - k)
    for k in (3, 2):
        if loose and n > k + 1 and is_title(core[:-k]) and is_name(core[-k:], loose=True):
            return (n - k, n), (0, n - k)
    for k in (3, 2, 4):
        if n > k + 1 and check(core[:k]) and is_title(core[k:]) and _begins(core, k):
            if core[k] in "省市县区镇乡村" and core[k + 1 :] in titles() or _town(core, k):
                return None, (0, n)  # '淳口镇' + '镇长'
            return (0, k), (k, n)
    return (None, (0, n)) if is_title(core) else None


def dotted(core: str) -> tuple[int, int] | None:
    """The span of a name with a dot that a title stands right before or behind ('副县长热依汗·买买提'), None for no such run."""
    dot = core.find("·")
    if dot < 1:
        return None
    before = max((k for k in range(2, dot) if is_title(core[:k])), default=0)
    if before and DOTTED.fullmatch(core[before:]):
        return before, len(core)
    behind = next((k for k in range(dot + 2, len(core) - 1) if core[k:] in titles()), 0)
    return (0, behind) if behind and DOTTED.fullmatch(core[:behind]) else None


def _town(core: str, k: int) -> bool:
    """Whether what looks like a name before a title is how a township's name begins ('龙固' + '镇环保所所长')."""
    spelt = [core[: m.end()] for m in _TOWN_END.finditer(core) if k <= m.end() <= k + 3]
    return any(p.level == "township" for name in spelt for p in gazetteer().lookup(name))


def _begins(core: str, at: int) -> bool:
    """Whether a title or the body it sits in begins at an offset: a known word does."""
    t = lex(core[at:])
    return t.letters[0] in "PLHTKODNsFQ"
