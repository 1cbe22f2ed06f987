"""Who says 'I' where somebody takes something on ('由我来包', '我自己包石桥镇'). Words in tables/slots.toml."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kg.lazy import lazy
from loaders.prose.above import is_speech, lines_above
from loaders.prose.page import Page
from loaders.prose.relate.fill import Mark

_SAYS = lazy("[^，。；：\\n]{0,14}?(?:说|指出|强调|表示|要求|提出|部署|明确|道|承诺|表态)[^，。；：\\n]{0,4}[，：“]|：")
_BACK = 200  # marks that are looked back on


def myself(page: Page, marks: Sequence[Mark], at: int) -> Mark | None:
    """The person whose words stand at an offset: the one person above a speech, but in what it quotes, and elsewhere, the
    last one before who is said to speak; None where that is open."""
    if is_speech(page, at):
        lines = lines_above(page)
        above = [m for m in marks[:_BACK] if m.kind == "P" and any(m.span.within(line) for line in lines)]
        if len({id(e) for m in above for e in m.entities}) == 1:
            return above[0]
    i = bisect_right(marks, at, key=lambda m: m.span.start)
    for mark in reversed(marks[max(0, i - _BACK) : i]):
        if mark.kind == "P" and _SAYS.match(page.text, mark.span.end):
            return mark
    return None
