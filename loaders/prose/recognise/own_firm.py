"""A firm's own notice: which firm speaks in it, what 公司 and 集团 alone mean there, and the firm's departments, workshops and
branches, which it names alone."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.naming import Prefix
from loaders.prose.recognise.set_up import LASTING
from loaders.prose.recognise.surroundings import FUNCTION, Bodies, words_of

OPENING = 120
_LEGAL = "(?:集团)?(?:股份|控股)?有限(?:责任)?公司|集团公司|股份公司"
_FULL = lazy(
    rf"^(?:关于)?(?P<firm>(?:(?!公司|召开|组织|举行|关于)[\u4e00-\u9fff（）]){{4,20}}?(?:{_LEGAL})(?:[\u4e00-\u9fff]{{2,6}}分公司)?)"
)
_BARE = "(?:集团公司|总公司|公司|集团|厂)"
_HEADLINE = lazy(f"^(?:我|本)?{_BARE}(?![\u4e00-\u9fff]{{0,4}}(?:被|因|违))|(?<=——)(?:我|本)?{_BARE}")
_SPEAKS = lazy(
    rf"(?<![\u4e00-\u9fff])(?:经|由)?(?:我|本)?{_BARE}"
    r"(?:党委|党政|工会|纪委|领导|董事长|总经理|(?:常务)?副总|安全总监|环保总监|总工程师|总部|本部|机关|所属|各(?:部|单位|车间|分)|研究决定|环保工作领导小组)"
    r"|(?:^|(?<=[，。、；：]))各(?:车间|分厂|分公司|部室|职能部室|处室、?各?车间|生产厂)"
    r"|[（(](?:公司|集团|厂)(?:党委|副?总经理|董事长|副?厂长|工会)|^各(?:部门|单位|分公司|车间)、",
    re.MULTILINE,
)
_OURSELVES = lazy(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[由经对到在被向与给为]))(?P<w>(?:我|本|该)?(?:集团公司|总公司|公司|集团))"
    r"(?=党委|党政|党组|工会|纪委|领导|董事|总经理|(?:常务)?副总|经理|安全|环保|总工|总会|总经济|监事|主要|分管|总部|本部|机关|召开|举行|组织|开展|要求|要|将|决定|成立|[在于对从与]|认真|积极|高度|迅速|立即|以|各|所属|[，。、）])"
)
_RAW = lazy(str(table("organs.toml")["own_firm"]["pattern"]))
_NO_NAME = lazy(str(table("organs.toml")["own_firm"]["never"]))
_STRONG = lazy(str(table("organs.toml")["own_firm"]["before"]))
_ALONG = lazy("[、和与及]")


def own_firm(b: Bodies, before: int) -> Entity | None:
    """The firm that speaks in a notice: the one that publishes it, or that opens its text, where it is called 公司 or 集团
    alone from then on; None in what others make known. Known once the bodies before an offset are read."""
    if b.speaks is None:
        meta = b.scene.page.meta
        speaks = _SPEAKS.search(b.text)
        named = (m for line in (meta.publisher, meta.title) if speaks and (m := _FULL.match(line)))
        if m := next(named, None):
            b.speaks = (_unnamed(b, m["firm"]),)
        elif not speaks and not _HEADLINE.search(meta.title):
            b.speaks = (None,)
        elif first := next((e for e in b.order if e <= before and _told(b.at_end[e][1])), 0):
            opens = b.at_end[first][1].props.get("kind") == "firm" and first <= OPENING
            b.speaks = (b.at_end[first][1] if opens else None,)
    return b.speaks[0] if b.speaks else None


def _told(body: Entity) -> bool:
    """Whether it is known which body one is: no class of them, no department of nobody."""
    return not body.props.get("generic") and not body.props.get("unresolved")


def _unnamed(b: Bodies, name: str) -> Entity:
    """The firm that a headline or the publisher's line names."""
    known = b.scene.entities.get(("Agency", f"firm/{name}"))
    if known is not None:
        return known
    e = b.scene.entity("Agency", f"firm/{name}", name, name, kind="firm")
    e.props["inferred"] = True
    return e


def read(b: Bodies) -> None:
    """Mention the firm where 公司 or 集团 alone means it, and its departments by their own names."""
    firm = own_firm(b, len(b.text))
    if firm is None:
        return
    for m in _OURSELVES.finditer(b.text):
        start, end = m.span("w")
        if b.scene.free(start, end) and end not in b.at_end:
            if (word := m["w"].lstrip("我本该")) not in firm.aliases:
                firm.aliases.append(word)
            b.record(start, end, firm, Prefix(start))
    parts = (key.removeprefix(f"{firm.key}/") for _, key in b.scene.entities if key.startswith(f"{firm.key}/"))
    named = _departments(b, firm) | {x for x in parts if "/" not in x and not LASTING.search(x)}
    if not named:
        return
    known = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    for m in re.finditer(f"(?:{known})(?![\u4e00-\u9fff]?(?:区|房|址|貌))", b.text):
        start, end = m.span()
        if _left(b, start) and b.scene.free(start, end) and not b.in_title(start):
            b.inner(firm, start, start, end, Prefix(start))


def _left(b: Bodies, at: int) -> bool:
    """Whether a name may begin at an offset: at a mark, behind a word that leads to it, or behind the firm's own name."""
    c = b.text[at - 1 : at]
    return (
        not c or not "\u4e00" <= c <= "\u9fff" or c in _JOINTS or at in b.at_end or b.text[max(0, at - 2) : at] in _LEAD
    )


def whole_name(b: Bodies, start: int) -> int:
    """Where the name of a department begins whose last words stand at an offset: at a mark or a joint before it, over words of
    no office; the offset itself where something else stands there."""
    k = b.t.at(start - 1) if start else -1
    while k >= 0 and b.t.letters[k] in "xWD" and b.t.word(k) not in _JOINTS and start - b.t.starts[k] <= 6:
        k -= 1
    ends = k < 0 or b.t.letters[k] == "p" or b.t.word(k) in _JOINTS
    begin = b.t.starts[k + 1]
    said = everyday_at(b.text, begin) and b.t.word(k + 1) not in words_of("firm_words")
    return begin if ends and not said else start


_JOINTS = frozenset(f"{FUNCTION}但包联挂") - frozenset("各该其这那每本")
_LEAD = frozenset(
    "来到 深入 前往 走进 检查 会上 其中 要求 督促 责成 通报 听取 查看 现场 设在 设于 挂靠 抽查 经查 对照".split()
)


def _departments(b: Bodies, firm: Entity) -> set[str]:
    """Names of departments that their heads, what they must do or a list of them show to be the firm's own."""
    found, run, at = set[str](), set[str](), -1
    for m in _RAW.finditer(b.text):
        if not _may(b, m, firm):
            continue
        if at != m.start() - 1 or not _ALONG.match(b.text, at):
            run = set()
        run.add(m.group())
        at = m.end()
        if _STRONG.match(b.text, at) or b.text.endswith(("设在", "设于", "挂靠"), 0, m.start()):
            found |= run
    return found


def _may(b: Bodies, m: re.Match[str], firm: Entity) -> bool:
    """Whether a run of characters may be a department's name: nothing else was read there."""
    start, end = m.span()
    runs_on = b.t.inside(end) and not m.group().endswith("车间")  # '合成' + '车间主任'
    read_before = end in b.at_end and b.at_end[end][0] == start and b.at_end[end][1].key.startswith(f"{firm.key}/")
    free = read_before or b.scene.free(start, end)
    return free and _left(b, start) and not runs_on and not _NO_NAME.search(m.group())
