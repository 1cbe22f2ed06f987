"""Minutes: the head of labelled lines ('时间：…', '主持人：…') is the notice's own, the number of the issue is not."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.clean.lines import BODY, FRONT, Line
from loaders.clean.values import iso_date

MINUTES = lazy(r"^[^，。；：]{4,60}(?:纪要|会议记录|记录稿)(?:（[^）]{1,12}）)?$")
"""A headline of minutes."""

_TIME = lazy(r"(?:会议|开会|约谈|召开|座谈|调度)?(?:时[ \t]*间|日[ \t]*期)[：\t]")
_HELD = lazy(
    r"(?:会议|开会|约谈|召开|座谈|调度)?(?:地[ \t]*点|方[ \t]*式|形[ \t]*式|主[ \t]*持|主会场|参[ \t]*加|出[ \t]*席|与会|参会|约谈人|被约谈|主[ \t]*题|议[ \t]*题)"
    r"[^，。；：]{0,8}[：\t]"
)
_ISSUE = lazy(r"(?:[〔（\[]?20\d\d[〕）\]]?年?)?第?[ \t]?\d{1,4}[ \t]?[期号](?:（总?第?[ \t]?\d{1,4}[ \t]?期）)?$")
_NEAR = 4  # lines


def mark_minutes(lines: list[Line]) -> None:
    """Take the day of a meeting, beside labels that tell of a meeting, for body; the issue's number above it for front matter."""
    for i, line in enumerate(lines):
        if line.role not in (BODY, FRONT) or not _TIME.match(line.text):
            continue
        if any(_HELD.match(x.text) for x in (*lines[max(0, i - _NEAR) : i], *lines[i + 1 : i + 1 + _NEAR])):
            line.role = BODY
            for above in lines[max(0, i - _NEAR) : i]:
                if above.role == BODY and _ISSUE.match(above.text):
                    above.role = FRONT


def day_of_minutes(lines: list[Line]) -> str:
    """The day in a head of minutes, ISO; '' where there is none."""
    return next((day for x in lines if x.role == BODY and _TIME.match(x.text) and (day := iso_date(x.text))), "")
