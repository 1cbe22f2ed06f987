"""A page that lost its line breaks: headings glued to what follows them ('…工作方案为深入贯彻…。一、指导思想以…为统领') get lines of
their own again, and so do the items under them, and the ranks of a group ('组长：甲 镇长 副组长：乙 副镇长 成员：…')."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kg.lazy import lazy
from loaders.clean.characters import HAN
from loaders.clean.tables import any_label, front
from loaders.clean.traced import Traced
from loaders.clean.values import DATE, signer
from loaders.prose.recognise.lexicon import numbers
from loaders.words import TEAM_HEADS

_NUMBER = "(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)"
_ITEM = lazy(rf"(?<=[。；！？：”）])[ \t]*(?={_NUMBER})|(?<=[{HAN}])[ \t]*(?=1[.．、](?!\d)[{HAN}])")
_GOES_ON = (
    "(?![的和与及是有分任安要情如方、，。；：）\n]|为(?!了|深入|进一步|切实|认真|贯彻|全面|确保|加强|做好|落实|推进))"
)
_DOCUMENT = "(?:工作方案|实施方案|行动方案|应急预案|方案|通知|通告|公告|预案|办法|实施意见|意见)"
_TITLED = lazy(  # a headline glued to the line that calls who is to act, or to what the document is for
    rf"^[^，。；：\n]{{6,60}}?{_DOCUMENT}(?P<at>)[ \t]*(?=各[^。；：\n]{{1,60}}：|为(?:了|深入|进一步|切实|认真|贯彻|全面|确保|加强|做好|落实|推进)[^。\n]{{10}})",
    re.MULTILINE,
)
_CALLED = lazy(
    r"(?<=：)[ \t]*(?=为(?:了|深入|进一步|切实|认真|贯彻|全面|确保|加强|做好|落实|推进)|根据|按照|现将|近期)"
)

_RANK = lazy(
    rf"(?:(?:第一|常务)?副(?:{TEAM_HEADS}|主任)|(?<!副)(?:{TEAM_HEADS}|主任)|顾[ ]?问|成[ ]*员(?:单位)?|[组队]员|联络员)[ ]*："
)
_SET_UP = lazy(r"(?<=[长记任员席师事])[ \t]*(?=(?:领导小组|指挥部|工作专班)下设)")


@cache
def _holder() -> re.Pattern[str]:
    """A member of a group with what stands between the name and the post, none where that was lost: '余某某 街道党工委书记'."""
    surnames = "".join(s for s in numbers("surnames.tsv") if len(s) == 1)
    post = (
        "(?:街道|社区|[镇乡县区市])?(?:党工委|党委|党总?支部?|办事处|政府|副?[镇乡村]长|副?主任|副?书记|人大|纪委|纪工委|组织|宣传|统战"
        "|武装|政法|综合|行政|执法|城管|环保|环卫|环境|生态|农业|农技|农经|派出所|司法所|财政所|国土|自然资源|水利|林业|教育|民政|安监|应急|村建|社会)"
    )
    return re.compile(
        rf"(?<=[：长记任员席师事 \t])(?P<name>[{surnames}][{HAN}]{{1,2}}?)"
        rf"(?:(?P<gap>[ \t]*)(?={post}[{HAN}、（）]{{0,20}}?[长记任员席师事])|(?P<wide>[ \t]+)(?=[{HAN}、（）]{{2,24}}?[长记任员席师事](?:[ \t]|$)))"
    )


@cache
def _heading() -> re.Pattern[str]:
    words = "|".join(sorted(front()["glued"]["headings"], key=len, reverse=True))
    return re.compile(rf"{_NUMBER}(?:{words})(?:[和及与、](?:{words}))?(?P<at>)[ \t]*{_GOES_ON}(?=[{HAN}0-9“《（])")


@cache
def _dated() -> re.Pattern[str]:
    """A headline glued to the day of the page and to what follows that: '某县长巡河发布时间：2024-05-08 09:10 5月7日，…'."""
    days = "|".join(x for x in front()["labels"]["published"] if len(x) > 2)
    return re.compile(
        rf"(?!{any_label()})[^，。；：\n]{{9,60}}?[{HAN}”》）](?P<at>)(?:{days})：[ \t]*{DATE.pattern}日?(?:[ \t]\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?"
    )


def reopened(traced: Traced) -> Traced:
    """The text with a line break wherever one is sure to have been lost, and a space where a name's end was."""
    breaks = dict(_breaks(traced.text))
    if not breaks:
        return traced
    spans = pairwise([0, *sorted(breaks), len(traced.text)])
    return traced.chosen(piece for a, b in spans for piece in ((breaks[a], (a, b)) if a in breaks else ((a, b),)))


def _breaks(text: str) -> Iterator[tuple[int, str]]:
    """Where something was lost, and what."""
    start = 0
    for line in text.split("\n"):
        if glued := list(_heading().finditer(line)):
            found = {m.start("at") for m in glued} | {m.end() for m in _ITEM.finditer(line)}
            if (title := _TITLED.match(line)) is not None:
                found.add(title.start("at"))
                found |= {m.end() for m in _CALLED.finditer(line, title.end(), title.end() + 80)}
            yield from ((start + at, "\n") for at in found if at)
        if "：" in line and (dated := _dated().match(line)) and not signer(line[: dated.start("at")]):
            yield from ((start + at, "\n") for at in (dated.start("at"), dated.end()) if at < len(line))
        if "：" in line and (ranks := list(_RANK.finditer(line))):
            yield from ((start + at, what) for at, what in _members(line, ranks))
        start += len(line) + 1


def _members(line: str, ranks: list[re.Match[str]]) -> Iterator[tuple[int, str]]:
    """The same of a line with the ranks of a group: several ranks, or several who each have their post behind them."""
    several = len({m.group() for m in ranks}) > 1
    for rank, after in zip(ranks, [*ranks[1:], None], strict=True):
        upto = after.start() if after else len(line)
        if several and rank.start():
            yield rank.start(), "\n"
        held = [m for m in _holder().finditer(line, rank.end() - 1, upto) if several or m["gap"] or m["wide"]]
        if not held or held[0].start() - rank.end() > 1:
            continue  # '成员：各村书记、…'
        for n, m in enumerate(held):
            if n:
                yield m.start(), "\n"
            if not (m["gap"] or m["wide"]):
                yield m.end("name"), " "
        if several and (below := _SET_UP.search(line, held[-1].end(), upto)):
            yield below.end(), "\n"
