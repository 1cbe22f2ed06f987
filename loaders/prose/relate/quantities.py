"""Numbers with their units: digits, Chinese numerals, 百分之五, 八成, 零; alone or as a list (90%、95%和98%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.prose.relate.rows import table

_DIGITS = dict(zip("零一二三四五六七八九两", (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_SCALES = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "[一二三四五六七八九两十百千][零一二三四五六七八九十百千点]*"
_PERCENT = "百分之(?:[0-9.]+|[零一二三四五六七八九十百点]+)|[一二三四五六七八九两](?:成[一二三四五六七八九]|成)"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a list of them in ``start``..``end`` (0-based, end exclusive, the words of bound after it included).

    ``values`` and ``units`` run in parallel. ``bound`` is the op that 以上, 以内, 左右 give, '' where nothing follows.
    """

    start: int
    end: int
    values: tuple[float, ...]
    units: tuple[str, ...]
    bound: str

    @property
    def unit(self) -> str:
        """The unit of the last number."""
        return self.units[-1]


class Quantities:
    """Finds quantities. A number without a unit counts as the first member of a list, after an index (指数), and in a list of
    numbers that words deal out (分别)."""

    def __init__(self) -> None:
        t = table("targets")
        unit = t.words["unit"]
        one = f"(?:{_PERCENT}|[0-9]+(?:\\.[0-9]+)?(?:[ ]?(?:[-—~～]|至|到)[ ]?[0-9]+(?:\\.[0-9]+)?)?[ ]?{unit}|{_CHINESE}{unit})"
        bare = "(?:[0-9]+(?:\\.[0-9]+)?)"
        sep = "(?:以上|以下|以内)?(?:、|和|与|及|或)"
        self._list = re.compile(
            f"(?<![0-9A-Za-z.第])(?:{one}(?:{sep}{one})*|{bare}(?:{sep}{bare})*{sep}{one}|(?<=[为归])[零0](?=[，。；、）]|$)"
            f"|(?:{t.words['index']})(?<![A-Za-z])(?P<x>[0-9]+(?:\\.[0-9]+)?)(?![0-9.年月日、和与及至—~-]|[ ]?{unit})"
            f"|(?<=分别)[^，。；：0-9]{{0,6}}?(?P<y>{bare}(?:[、和]{bare})+)(?![0-9.年月日、号%]|[ ]?{unit}))"  # '分别控制在56、54、53'
        )
        self._one = re.compile(
            f"(?P<p>{_PERCENT})|(?P<n>[0-9]+(?:\\.[0-9]+)?)(?:[ ]?(?:[-—~～]|至|到)[ ]?(?P<m>[0-9]+(?:\\.[0-9]+)?))?[ ]?(?P<u>{unit})?"
            f"|(?P<c>{_CHINESE})(?P<cu>{unit})|(?P<z>零)"
        )
        self._bound = t.pattern("[ ]?(?:（含）)?(?:(?P<ge>{more})|(?P<le>{less})|(?P<eq>{about}))")

    def find(self, text: str, start: int, end: int) -> Iterator[Quantity]:
        """The quantities between two offsets, in order."""
        for m in self._list.finditer(text, start, end):
            at = m.start("x") if m["x"] else m.start("y") if m["y"] else m.start()
            read = [self._read(x) for x in self._one.finditer(text, at, m.end())]
            units = [u for _, u in read]
            for i in range(len(units) - 2, -1, -1):
                units[i] = units[i] or units[i + 1]
            after = self._bound.match(text, m.end(), end)
            bound = {"ge": ">=", "le": "<=", "eq": "="}.get(after.lastgroup or "", "") if after else ""
            yield Quantity(at, after.end() if after else m.end(), tuple(v for v, _ in read), tuple(units), bound)

    def _read(self, m: re.Match[str]) -> tuple[float, str]:
        if m["p"]:
            return percent(m["p"]), "%"
        if m["z"]:
            return 0.0, ""
        if m["c"]:
            return numeral(m["c"]), m["cu"]
        return float(m["n"]), (m["u"] or "").replace("％", "%")


def numeral(said: str) -> float:
    """A Chinese numeral below ten thousand: '三百', '二十八', '两百零五', '三点五'."""
    whole, _, part = said.partition("点")
    total = current = 0
    for c in whole:
        if c in _SCALES:
            total, current = total + (current or 1) * _SCALES[c], 0
        else:
            current = _DIGITS[c]
    fraction = "".join(str(_DIGITS[c]) for c in part if c in _DIGITS)
    return float(f"{total + current}.{fraction or 0}")


def percent(said: str) -> float:
    """Percent in words: '百分之九十五', '八成', '八成五'."""
    if said.startswith("百分之"):
        rest = said[3:]
        return float(rest.strip(".") or 0) if rest[0] in "0123456789." else 100.0 if rest == "百" else numeral(rest)
    tens, _, ones = said.partition("成")
    return float(_DIGITS[tens] * 10 + (_DIGITS[ones] if ones else 0))


def valued(words: str, value: float, unit: str) -> tuple[float, str]:
    """A value with its unit; that of nought comes from what is measured ('重污染天数为零')."""
    return value, unit or ("天" if words.endswith("天数") else "%" if words.endswith(("率", "比例")) else "")
