"""A page that lost its line breaks: headings glued to what follows them ('…工作方案为深入贯彻…。一、指导思想以…为统领') get lines of
their own again, and so do the items under them, and the ranks of a group ('组长：甲 镇长 副组长：乙 副镇长 成员：…')."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kg.lazy import lazy
from loaders.clean.characters import HAN
from loaders.clean.tables import front
from loaders.clean.traced import Traced
from loaders.words import TEAM_HEADS

_NUMBER = "(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
_ITEM = lazy(rf"(?<=[。；！？：”）])[ \t]*(?={_NUMBER})|(?<=[{HAN}])[ \t]*(?=1[.．、](?!\d)[{HAN}])")
_GOES_ON = "(?![的和与及是有分任安要情如方、，。；：）\n]|为(?!了|深入|进一步|切实|认真|贯彻|全面|确保|加强|做好|落实|推进))"
_DOCUMENT = "(?:工作方案|实施方案|行动方案|应急预案|方案|通知|通告|公告|预案|办法|实施意见|意见)"
_TITLED = lazy(  # a headline glued to the line that calls who is to act, or to what the document is for
    rf"^[^，。；：\n]{{6,60}}?{_DOCUMENT}(?P<at>)[ \t]*(?=各[^。；：\n]{{1,60}}：|为(?:了|深入|进一步|切实|认真|贯彻|全面|确保|加强|做好|落实|推进)[^。\n]{{10}})",
    re.MULTILINE,
)
_CALLED = lazy(r"(?<=：)[ \t]*(?=为(?:了|深入|进一步|切实|认真|贯彻|全面|确保|加强|做好|落实|推进)|根据|按照|现将|近期)")

_RANK = lazy(
    rf"(?:(?:第一|常务)?副(?:{TEAM_HEADS}|主任)|(?<!副)(?:{TEAM_HEADS}|主任)|顾[ ]?问|成[ ]*员(?:单位)?|[组队]员|联络员)[ ]*："
)
_POST = rf"[{HAN}、（）]{{2,24}}(?:[长记任员席师事]|同志)"
_HOLDER = lazy(rf"(?<=[：长记任员席师事])[ \t]+(?=[{HAN}·]{{2,4}}[ \t]+{_POST}(?:[ \t]|$))")  # '…副书记 陆某某 镇武装部长'
_PAIRS = lazy(rf"：[ \t]*[{HAN}·]{{2,4}}[ \t]+{_POST}(?:[ \t]|$)")


@cache
def _heading() -> re.Pattern[str]:
    words = "|".join(sorted(front()["glued"]["headings"], key=len, reverse=True))
    return re.compile(rf"{_NUMBER}(?:{words})(?:[和及与、](?:{words}))?(?P<at>)[ \t]*{_GOES_ON}(?=[{HAN}0-9“《（])")


def reopened(traced: Traced) -> Traced:
    """The text with a line break wherever one is sure to have been lost."""
    breaks = sorted(_breaks(traced.text))
    if not breaks:
        return traced
    spans = pairwise([0, *breaks, len(traced.text)])
    return traced.chosen(piece for n, span in enumerate(spans) for piece in (("\n", span) if n else (span,)))


def _breaks(text: str) -> Iterator[int]:
    start = 0
    for line in text.split("\n"):
        if glued := list(_heading().finditer(line)):
            found = {m.start("at") for m in glued} | {m.end() for m in _ITEM.finditer(line)}
            if (title := _TITLED.match(line)) is not None:
                found.add(title.start("at"))
                found |= {m.end() for m in _CALLED.finditer(line, title.end(), title.end() + 80)}
            yield from (start + at for at in found if at)
        if len(ranks := list(_RANK.finditer(line))) > 1 and len({m.group() for m in ranks}) > 1:
            yield from (start + m.start() for m in ranks if m.start())
        for rank in ranks if any(_PAIRS.match(line, m.end() - 1) for m in ranks) else ():
            upto = next((m.start() for m in ranks if m.start() > rank.start()), len(line))
            if _PAIRS.match(line, rank.end() - 1):
                yield from (start + m.end() for m in _HOLDER.finditer(line, rank.end(), upto) if m.start() > rank.end())
        start += len(line) + 1
