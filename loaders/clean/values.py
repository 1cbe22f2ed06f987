"""Values of front matter: dates, publishers, document numbers, addresses, and the kind of a notice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from kg.lazy import lazy
from loaders.clean.characters import HAN
from loaders.clean.tables import any_label, front

DATE = lazy(r"((?:19|20)\d{2})(?:年 ?|[-/.])(\d{1,2})(?:月 ?|[-/.])(\d{1,2})(?!\d)")
HAN_DATE = lazy(
    r"([二一][〇○零O一二三四五六七八九]{3})年([一二三四五六七八九十元]{1,3})月([一二三四五六七八九十廿卅]{1,3})日"
)
DAY = rf"(?:{DATE.pattern}|{HAN_DATE.pattern})日?"
"""A day in either form."""

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "O": "0"}
NUMBER = rf"[{HAN}]{{2,16}} ?[〔\[（【](?:19|20)\d{{2}}[〕\]）】] ?第? ?\d{{1,5}} ?号"
DOC_NUMBER = lazy(NUMBER)
_ADDRESS = lazy(r"https?://[^\s，。；、）)】\]”\"'<>\u3000-\u9fff]+")
_BODY_LINE = lazy(rf"[{HAN}（）·]{{4,40}}$")
_RUN_ON = lazy(  # names of one place's bodies without anything between them
    rf"(?P<first>(?:中共)?(?P<place>[{HAN}]{{1,7}}[省市县区旗州盟镇乡])[{HAN}]+?)(?P=place)[{HAN}]{{2,}}$"
)


def iso_date(text: str) -> str:
    """The first date in a text (any usual form, Chinese numerals too) as YYYY-MM-DD; '' where there is none."""
    if found := DATE.search(text):
        year, month, day = map(int, found.groups())
    elif found := HAN_DATE.search(text):
        year = int("".join(_DIGITS[c] for c in found[1]))
        month, day = _small(found[2]), _small(found[3])
    else:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _small(numeral: str) -> int:
    """十二 -> 12, 三十一 -> 31, 廿九 -> 29, 元 -> 1."""
    if numeral == "元":
        return 1
    tens, ten, ones = numeral.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    if not ten:
        return int(_DIGITS.get(numeral, "0")) if len(numeral) == 1 else 0
    return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))


def publisher_of(raw: str) -> str:
    """A publisher's name as a label or markup gives it; '' for what names nobody (本站, 综合)."""
    name = _next_label().split(re.split(r"[\t|]| {2,}", raw)[0])[0].strip(" （）")
    named = re.search(f"[{HAN}A-Za-z]", name) and name not in front()["nobody"]["publishers"] and len(name) <= 60
    return name if named else ""


@cache
def _next_label() -> re.Pattern[str]:
    """A label that a value has run into: '来源：石桥县政府编辑：'."""
    return re.compile(f"(?:{any_label('published', 'other')})：")


def signer(text: str) -> str:
    """The body whose name a line is, spaces taken out, of several the first; '' for other lines."""
    bodies = tuple(front()["signature"]["bodies"])
    several = [n.replace(" ", "") for n in re.split(r"\t| {2,}", text.strip())]
    name = several[0] if all(len(n) > 4 and n.endswith(bodies) for n in several) else "".join(several)
    if (run_on := _RUN_ON.match(name)) and run_on["first"].endswith(bodies):
        name = run_on["first"]
    return name if _BODY_LINE.match(name) and name.endswith(bodies) else ""


def issuer(title: str) -> str:
    """The body that a headline of the form '某市人民政府关于…' names as its author; '' for others."""
    before, about, _ = title.partition("关于")
    name = re.split("[ \t]", before)[0].removesuffix("印发")
    return name if about and (signer(name) or name.endswith(("国务院", "县委", "市委", "区委", "省委"))) else ""


def number_form(number: str) -> str:
    """A document number with the brackets it should have: 某环发〔2024〕12号."""
    return re.sub(r"[\[（【]", "〔", re.sub(r"[\]）】]", "〕", number)).replace(" ", "")


def address(meta: Mapping[str, str], original: str) -> str:
    """The notice's own address: markup's, or one that stands labelled or alone on a line of the original."""
    if meta.get("url"):
        return meta["url"]
    labels = "|".join(front()["labels"]["url"])
    for found in _ADDRESS.finditer(original):
        start = original.rfind("\n", max(0, found.start() - 40), found.start()) + 1
        before = original[max(start, found.start() - 40) : found.start()].strip()
        alone = not before and original[found.end() : found.end() + 1] in ("", "\n")
        if alone or re.search(rf"(?:{labels})\s*[:：]?\s*$", before):
            return found[0]
    return ""


@cache
def _kinds() -> list[tuple[str, re.Pattern[str]]]:
    return [(kind, re.compile(pattern)) for kind, pattern in front()["kinds"]["order"]]


def opinion(line: str) -> bool:
    """Whether a line above an article, or the last of its sections, says that it is an opinion ('■社论', '首页 > 评论 > 正文')."""
    section = re.sub("(?: *>+ *正文)+$", "", line).rpartition(">")[2]
    return re.sub(f"[^{HAN}]", "", section) in front()["opinion"]["sections"]


def kind_of(title: str, opening: str) -> str:
    """The kind of notice by its headline, else by its first words; '' where neither says."""
    kind = next((kind for kind, pattern in _kinds() if pattern.search(title)), "")
    if kind:
        return kind
    if re.search(r"召开[^。]{0,40}会|主持会议|出席会议", opening):
        return "会议报道"
    return ""
