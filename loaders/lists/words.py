"""The tables beside the code: what headers mean, and the words of cells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from kg.lazy import lazy
from kg.sieve import Part, Sieve
from loaders.clean.characters import normal
from loaders.clean.traced import Traced

_COUNTED = lazy(
    r"(?P<n>\d+(?:\.\d+)?)\s*(?P<what>公里|千米|万?亩|平方米|蒸吨|万?吨|[个家处台座项户辆口条根套米](?!月|工作日|百分点))"
)
_ONE_OF = lazy(r"(?<=[员长人部导者位话式务名])[\d①-⑨]{1,2}$")
_OF = lazy(
    rf"(?:[^，。；\d]*(?:计划|共有?|总计|应|需|发现|排查出)[^，。；\d]{{0,10}}|(?=[\d.]+[^，。；\d]{{2,8}}\d)){_COUNTED.pattern}"
)  # '计划改造5处，…', '5户改好3户'
_SEEN = lazy(r"[已了完毕正均]|100%")  # a word for what has been done, not what is to be
_ORDERED = lazy(
    r"(?<!已)(?:责令|限期|限\d|督促|要求(?=[^，。；]{2}))[^。；]*?(?=[，,](?:现|目前|截至|已|均已|全部)|[。；]|$)"
)  # is yet to be done
_HAN = lazy(r"[\u4e00-\u9fff]")
_OTHER = lazy(
    r"\s*[\u0400-\u052f\u0600-\u06ff\u0750-\u077f\u0f00-\u0fff\u1800-\u18af\uac00-\ud7a3\ufb50-\ufdff\ufe70-\ufefc]"
    r"[^\u4e00-\u9fff]*|(?<=[\u4e00-\u9fff）)])\s+[A-Za-z]{3}[A-Za-z\s.,'’&/-]*$"
)  # Cyrillic, Arabic, Tibetan, Mongolian, Korean; English behind a space
_IDLE = lazy(r"[\s*＊：:]+|^[\d一二三四五六七八九十]+[、.．]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column holds; see the head of columns.toml."""

    kind: str
    role: str = ""
    of: str = ""
    wants: tuple[str, ...] = ()
    at: str = ""
    title: str = ""
    status: str = ""
    contact: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    pattern: re.Pattern[str]
    fields: Mapping[str, Any]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))


@cache
def words() -> dict[str, Any]:
    """words.toml."""
    return _load("words.toml")


@cache
def columns() -> tuple[dict[str, Any], ...]:
    """The rows of columns.toml, with their examples."""
    return tuple(_load("columns.toml")["column"])


@cache
def _rows() -> Part[_Row]:
    """Told by their words which of them may fit: most cells are no header."""
    rows = [_Row(lazy(row["pattern"]), row) for row in columns()]
    return Sieve().part(rows, lambda row: str(row.fields["pattern"]))


@cache
def _alike() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((known, re.compile(others)) for known, others in words()["alike"].items())


def in_chinese(text: str) -> str:
    """A header without the same words in another language behind them ('责任单位 Responsible body')."""
    return _OTHER.sub("", text) if _HAN.search(text) else text


def plain_header(text: str) -> str:
    """A header without spaces, in simplified script and full-width marks, its Chinese words alone."""
    return _IDLE.sub(
        "", normal(Traced.of(in_chinese(text).replace("\n", ""))).text.replace(" ", "").replace("\u3000", "")
    )


@lru_cache(4096)
def meaning(header: str) -> Meaning | None:
    """What a header says (plain, see :func:`plain_header`), or None.

    Where no row fits all of it: without the number of one of several ('网格员1') or the brackets at its end, then its first part of several ('整改措施及时限'), then
    without up to six characters before what is known ('环保局包联干部').
    """
    if not header or len(header) > 40:
        return None
    header = _ONE_OF.sub("", header)
    for known, others in _alike():
        header = others.sub(known, header)
    short = re.sub(r"（[^（）]*）$", "", header)
    inner = re.sub(r"（[^（）]*）", "", header)  # '配合（协办）单位', '县（区）级河长'
    for text in dict.fromkeys((header, short, re.split("[及和与、/]", short)[0], inner)):
        if text and (found := _exact(text)):
            return found
    for k in range(1, min(7, len(short) - 2)):
        if (found := _exact(short[k:])) and found.kind in _WITHIN and (found.kind != "measure" or len(short) - k >= 4):
            return found
    return None


_WITHIN = frozenset(("party", "charge", "deadline", "status", "measure"))


def _exact(text: str) -> Meaning | None:
    found = ((row, row.pattern.fullmatch(text)) for row in _rows().over(text).among(0, len(text)))
    return next((_meaning(row.fields, m) for row, m in found if m), None)


def _meaning(row: Mapping[str, Any], m: re.Match[str]) -> Meaning:
    groups = m.groupdict()
    title = groups.get("title") or groups.get("title2") or ""
    return Meaning(
        row["kind"],
        row.get("role", ""),
        row.get("of", ""),
        tuple(row.get("wants", ())),
        row.get("at", ""),
        title,
        row.get("status", ""),
        bool(row.get("contact", False)),
    )


@cache
def known_headers() -> str:
    """A line of headers that would be understood, for messages."""
    wanted = (
        "serial",
        "measure",
        "problem",
        "party",
        "deadline",
        "status",
        "charge",
        "town",
        "village",
        "firm",
        "form",
        "reason",
    )
    found = [str(r["examples"][0]) for r in columns() if r["kind"] in wanted]
    return "、".join(dict.fromkeys(found))


@cache
def dittos() -> frozenset[str]:
    """Cells that repeat the cell above."""
    return frozenset(words()["ditto"])


@cache
def nothings() -> frozenset[str]:
    """Cells that say there is nothing."""
    return frozenset(words()["none"])


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["kind"], lazy(r["pattern"])) for r in words()["kind"])


def kind_by_title(title: str) -> str:
    """The kind of a list by the words of its title, '' where they say nothing."""
    return next((kind for kind, pattern in _kinds() if pattern.search(title)), "")


@cache
def _states() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    return tuple((r["status"], lazy(r["pattern"]), lazy(r["not"]) if "not" in r else None) for r in words()["status"])


def status_of(progress: str, closed: str = "", measure: str = "") -> str:
    """How far an item is, by its progress cell and the cell that says whether it is closed; '' where neither says. What is
    done of the ``measure`` in part only (5个 of 12个小区) goes on."""
    closed = closed.strip("。 ")
    if closed in words()["yes"] or re.fullmatch(r"(?:20\d\d)[-年./].*", closed):
        return "已销号"
    whether = "" if closed in words()["no"] else closed
    told, done = _state(whether, measure), _state(_ORDERED.sub("", progress), measure)
    if told or done:  # the cell that answers whether goes before the one that tells
        going = told == "未启动" and done and done != told and (done != "已完成" or _SEEN.search(progress))
        return "推进中" if going else told or done
    open_ = closed in words()["no"] or in_part(progress, measure)
    return "推进中" if open_ and progress.strip() else ""


def _state(text: str, measure: str) -> str:
    """What the words of a cell say of how far an item is, '' where nothing."""
    text = text.strip()
    for status, pattern, but in _states():
        if text and pattern.search(text) and not (but and but.search(text)):
            return "推进中" if status == "已完成" and in_part(text, measure) else status
    return ""


def in_part(progress: str, measure: str) -> bool:
    """Whether a progress counts fewer of something than the measure wants of it, and gives no reason to think it is all."""
    if "全部" in progress or "均" in progress or "验收" in progress:
        return False
    wanted = {m["what"]: float(m["n"]) for m in _COUNTED.finditer(measure)}
    of = _OF.match(progress)  # what is wanted may be told beside what is done
    if of is not None:
        wanted[of["what"]], progress = float(of["n"]), progress[of.end() :]
    done = [(float(m["n"]), wanted[m["what"]]) for m in _COUNTED.finditer(progress) if m["what"] in wanted]
    return bool(done) and all(n < of for n, of in done)


@cache
def inside_roles() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """(words that say a role inside a cell, the role of each)."""
    role = {w: r["role"] for r in words()["inside"] for w in r["words"]}
    return re.compile("|".join(sorted(map(re.escape, role), key=len, reverse=True))), role


def summing(text: str) -> bool:
    """Whether a row's first text makes it a sum."""
    return bool(_sums().match(text))


@cache
def _sums() -> re.Pattern[str]:
    every = "|".join(re.escape(w.replace(" ", "")) for w in words()["total"])
    return re.compile(rf"(?:{every})(?:$|[：:（(\d])")


@cache
def led_besides() -> re.Pattern[str]:
    """Bodies that leaders of a division head besides their own post."""
    return re.compile(words()["led_besides"])


@cache
def firm_titles() -> frozenset[str]:
    """Titles that only people of firms have."""
    return frozenset(words()["firm"]["titles"])
