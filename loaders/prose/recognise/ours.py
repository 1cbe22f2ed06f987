"""Whose a notice is where it calls its place by a short name alone: in a slogan ('美丽石桥'), in the name of its paper or its
account ('智慧石桥'), in the zone that one of its leaders runs; the level words it uses say which place of that name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.lazy import lazy
from kg.places import gazetteer

_NAME = "(?P<N>[\u4e00-\u9fff]{2,3}?)"
_SLOGAN = lazy(
    "(?:美丽|幸福|平安|魅力|宜居|秀美|锦绣|无废|生态)"
    f"{_NAME}(?=[，。；！”]|建设|新(?:画卷|篇章|图景|局面)|画卷|名片|的(?:美丽|生动|新|实践|良好|生态))"
    f"|(?:展现|展示|守护|擦亮|塑造|维护|守住|扮靓){_NAME.replace('N', 'M')}(?:的|这一片|这片)?(?:美丽|良好|生态|对外|绿色|城市|优美)*"
    "(?:新?形象|蓝天|名片|风采|碧水|风貌|底色)"
)
_HELD_TO_ACCOUNT = lazy(
    "(?:^|(?<=[，。；是对因年日月]))(?P<N>[\u4e00-\u9fff]{2,3}?)(?=被(?:[^，。；]{0,10}?(?:约谈|通报|限批|挂牌|督办|曝光)|列[入为]|纳入))"
)
_ACCOUNT = lazy(f"^(?:智慧|掌上|云上|今日|平安|美丽|看|爱|最){_NAME}(?:客户端|公众号)?$")
_PAPER = lazy(
    f"^[（ \u3000]?{_NAME}(?:日报|晚报|融媒体?(?:中心)?|广电|广播电视台|电视台|传媒集团|新闻网|发布)[\u4e00-\u9fff]{{0,5}}(?:讯|消息|记者)"
)
_ALONE = lazy(_NAME)
_HEADS_A_ZONE = lazy(
    "(?P<K>[市县州])(?:委(?:常委|副书记)|人大常委会副主任|政协副主席)、(?:[市县州]政府党组成员、|副[市县州]长、)?"
    f"{_NAME}(?:经济技术开发区|高新技术产业开发区|经济开发区|高新区|经开区|开发区)(?:管委会|党工委|管理委员会)(?:主任|书记)"
)
_CALLS = lazy(
    "(?:^|(?<=[\n，日午]))(?P<N>[\u4e00-\u9fff]县)(?:迅速|及时|随即|专题|组织|紧急|再次)*(?:召开|举行|举办|组织召开)"
)
_OWN = "(?:[全我本]{0}(?!级|直)|(?<![\u4e00-\u9fff]){0}(?:委|政府|人大常委会|政协)|(?<![\u4e00-\u9fff])副?{0}长)"
_OPENING = 80


def by_short_name(text: str, publisher: str, hints: Sequence[str] = ()) -> Iterator[str]:
    """Full names of the counties or cities, each the only one of its name and kind, that a notice shows to be its own;
    ``hints`` stand beside it: what opens its report ('石桥融媒讯'), whose weather its page tells ('石桥')."""
    for m in _HEADS_A_ZONE.finditer(text):
        yield from _called(m["N"], [m["K"]])
    papers = map(_PAPER.match, (*hints, text[:_OPENING]))
    signed = (m for m in (_ACCOUNT.match(publisher), *map(_ALONE.fullmatch, hints), *papers) if m)
    names = {m["N"] for m in signed} or {m["N"] or m["M"] for m in _SLOGAN.finditer(text)}
    names |= {m["N"] for m in _HELD_TO_ACCOUNT.finditer(text)}
    kinds = [k for k in "县市区旗州" if re.search(_OWN.format(k), text)] if names else []
    for name in sorted(names):
        yield from _called(name, kinds)
    for m in _CALLS.finditer(text[:_OPENING]):
        yield from _called(m["N"][:-1], ["县"])


def _called(name: str, kinds: list[str]) -> Iterator[str]:
    words = [f"{name}{k}" for k in kinds]
    every = {p.adcode: p for w in words for p in gazetteer().lookup(w) if p.level in ("county", "prefecture")}
    exact = [p for p in every.values() if p.name in words]  # a prefecture's city had its name once
    if len(found := exact or list(every.values())) == 1:
        yield found[0].full_name
