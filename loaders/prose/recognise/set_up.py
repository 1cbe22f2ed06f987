"""Task bodies without a place before them, and those set up for what a body above does ('迎接中央督察工作领导小组')."""

from __future__ import annotations

import re

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.prose.page import Entity
from loaders.prose.recognise.regions import region
from loaders.prose.recognise.surroundings import Bodies, Prefix, enter
from loaders.words import BARE_TEAM, NTH, NUMERALS, TEAM_HEADS

TENDS = lazy(
    r"(?:迎接|配合|贯彻落实|落实|接受|应对)(?:第[一二三四]轮|\d{4}年|国家|中央|[和、]|[省市州盟]级?|自治区级?)+"
    r"(?:(?:生态)?环[境保](?:保护)?督[察查](?:“回头看”)?(?:反馈|移交)(?:意见|问题)?)?$"
)
VERB = lazy("(?:贯彻落实|落实|迎接|配合|接受|应对)$")
MENDS = lazy(
    r"(?:第[一二三四]轮)?(?:生态)?环[境保](?:保护)?督[察查](?:“回头看”)?(?:反馈)?(?:意见|问题)*(?:整改|迎检|协调|保障|联络)"
    r"[\u4e00-\u9fff]{0,6}?(?:领导小组|专班|指挥部)(?:办公室)?"
)
LASTING = lazy("(?:领导小组|专班|指挥部|联络组|协调组|推进组|领导小组办公室)$")


ORDINAL = lazy(rf"第?{NTH}")
ORDINALS = lazy(rf"第{NTH}(?:[、和至到—]第?{NTH})*[、和至到—]$")
NATION = lazy("(?:中央|国家|生态环境部)$")
BY_A_TOWN = lazy(
    "(?:镇|乡|街道|办事处)(?:党委|党工委|政府|、|[里上]|[\u4e00-\u9fff]{0,6}?(?:纪委|办|所|站|中心|执法队))*(?:研究)?(?:决定)?(?:成立|组建|设立|建立)了?$"
)
TOWNS_ROSTER = lazy(f"\\n正?(?:{TEAM_HEADS})：[\u4e00-\u9fff·]{{2,5}}[ \\t]*(?:镇|乡|街道)(?:党|人大|政府|办|长)")
BY_NUMBER = lazy(rf"(第{NTH})({BARE_TEAM}|工作组)")


def own_prefix(b: Bodies, start: int) -> Prefix:
    """A task body without a place word belongs to the notice's own place where that is known; one that heads a line in a
    town's paper, below a group of that town, to the town, as does one that the town sets up or whose roster opens with its head."""
    by_a_town = BY_A_TOWN.search(b.text, max(0, start - 24), start)
    if (by_a_town or TOWNS_ROSTER.search(b.text)) and (own := b.last_town(start)):
        return Prefix(start, own)
    if by_a_town:
        return Prefix(start)  # '乡里成立领导小组': which town's nobody says, and not the county's
    over = b.groups[-1][1].key.rpartition("/")[0] if b.text[start - 1 : start] == "\n" and b.groups else ""
    town = b.scene.entities.get(("Region", over))
    if town is not None and town.props.get("level") == "township":
        return Prefix(start, town)
    home = gazetteer().get(b.scene.page.home, b.scene.page.meta.published)
    return Prefix(start, region(b.scene, home, inferred=True) if home is not None else None)


def mends(b: Bodies, i: int) -> int:
    """Read the task body that word i, 中央, opens and that mends what the centre found ('省' + '中央环保督察整改领导小组'); 0 for
    none."""
    start = b.t.starts[i]
    m = MENDS.match(b.text, b.t.starts[i + 1])
    if m is None:
        return 0
    verb = VERB.search(b.text, max(0, start - 4), start)
    k = b.t.begins.get(verb.start()) if verb else None
    prefix = b.prefix(k) if k is not None else None
    if verb and prefix:  # '县贯彻落实' + '中央…整改领导小组'
        start = verb.start()
    prefix = prefix or b.prefix(i) or own_prefix(b, start)
    e = enter(b.scene, prefix, b.text[start : m.end()], "task", b.text[prefix.start : m.end()])
    return b.record(prefix.start, m.end(), e, prefix)


def tends(b: Bodies, start: int, end: int) -> int | None:
    """Read the task body set up for what a body above does, whose name ends at ``end`` ('州迎接' + '中央督察工作领导小组');
    None where start..end is no such name's end."""
    m = TENDS.search(b.text, max(0, start - 36), start) if LASTING.search(b.text, start, end) else None
    if m is None or m.start() not in b.t.begins:
        return None
    prefix = b.prefix(b.t.begins[m.start()]) or own_prefix(b, m.start())
    e = enter(b.scene, prefix, b.text[m.start() : end], "task", b.text[prefix.start : end])
    return b.record(prefix.start, end, e, prefix)


def told_apart(b: Bodies, left: int, end: int) -> int | None:
    """Read the teams that one name tells apart by their numbers ('省第一、第二、第四督察组', '第一至第四督察组'), of which the last
    ends at ``end`` and has its number at ``left``; None where none stand there."""
    last, m = ORDINAL.match(b.text, left, end), ORDINALS.search(b.text, max(0, left - 60), left)
    if last is None or m is None or m.start() not in b.t.begins:
        return None
    head = m.start()
    nation = NATION.search(b.text, max(0, head - 5), head)
    prefix = Prefix(nation.start()) if nation else b.prefix(b.t.begins[head]) or own_prefix(b, head)
    spans = [*(x.span() for x in ORDINAL.finditer(b.text, head, left)), last.span()]
    found: list[tuple[int, int, str]] = []
    for n, (s, e) in enumerate(spans):
        number = b.text[s:e].removeprefix("第")
        if n and b.text[spans[n - 1][1] : s] in ("至", "到", "—") and {number, found[-1][2]} <= set(NUMERALS):
            between = NUMERALS[NUMERALS.index(found[-1][2]) + 1 : NUMERALS.index(number)]
            found += [(s, e, x) for x in between]
        found.append((s, e, number))
    rest = b.text[last.end() : end]
    for s, e, number in found:
        start, stop = prefix.start if s == head else s, end if s == left else e
        own = f"第{number}{rest}"
        if nation:
            name = f"{nation.group()}{own}"
            team = b.scene.entity("Agency", f"100000/{name}", name, own, "中国", kind="task")
        else:
            team = enter(b.scene, Prefix(s, prefix.region, prefix.level), own, "task", own)
        b.scene.mention(team, start, stop, take=False)
        if s < left and b.text[e : e + 1] in "、和及与":
            b.keep(start, e, team, prefix)  # '第一、第二督导组组长石某、路某'
    b.scene.take(prefix.start, end)
    b.keep(left, end, team, prefix)
    return end


def called_by_number(b: Bodies, core: str) -> Entity | None:
    """The team met before that its number and its last words name short ('第一督察组')."""
    m = BY_NUMBER.fullmatch(core)
    if m is None:
        return None
    own = re.compile(f"{m[1]}[\u4e00-\u9fff]+{m[2]}$")
    found = [e for e in b.scene.by_end.get("组", ()) if id(e) in b.scene.mentioned and own.search(e.name)]
    return found[0] if len(found) == 1 else None
