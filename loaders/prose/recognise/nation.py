"""Bodies of the state or the party that stand alone, with what hangs on them."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.set_up import mends, tends
from loaders.prose.recognise.surroundings import Bodies, Prefix, enter
from loaders.words import NTH, OTHER_PARTIES

NOT_THE_CENTRE = lazy(
    rf"八项|(?:[、和][省市县区州盟旗]级?)+(?:主流|新闻|各级)?(?:媒体|记者)|[和、及与](?:[省市州盟县区]|自治区)级?(?:[、和][市州盟县区旗]级?)*(?:生态)?(?:环[境保]|督[察查])|[和、及与][\u4e00-\u9fff]{{2,8}}?[省市区州]级?(?:生态)?(?:环[境保][\u4e00-\u9fff]{{0,2}}|环境保护)?督[察查]|第{NTH}[、和至到]|督察(?![组办工]|委员会|专员)|生态|环保|环境|财政|预算|巡视|层面|电视台|媒体|储备|企业|资金|补助|投资|驻|干部|主管|专项|转移支付|[\u4e00-\u9fff]{{2,10}}(?:资金|预算内)"
)
OTHER_PARTY = lazy(f"(?:{OTHER_PARTIES})$")
OF_A_FIRM = lazy("公司|集团|企业|生产|质量|安健|健康|设备|节能|运营")
"""Before 环保部: a firm has such a department, the state none."""
REGIONAL_ALL = lazy(
    r"((?:(?:华北|华东|华南|华中|西北|西南|东北|长江|黄河|淮河|海河|珠江|松辽|太湖)(?:流域)?、)+"
    r"(?:华北|华东|华南|华中|西北|西南|东北|长江|黄河|淮河|海河|珠江|松辽|太湖)(?:流域)?)"
    r"(环境保护督查中心|督察局|核与辐射安全监督站|生态环境监督管理局)"
)


def national(b: Bodies, i: int) -> int:
    """A body of the state or the party that stands alone, with what hangs on it ('环境保护部督查组')."""
    word, start, end = b.t.word(i), b.t.starts[i], b.t.starts[i + 1]
    if start in b.at_end and b.at_end[start][1].props.get("kind") == "firm":  # '…分公司环保部'
        begin, host, whole = b.at_end[start]
        return b.inner(host, begin, start, end, whole)
    if b.text.startswith("部长", end) and (firm := firm_before(b, start)) is not None:
        return b.inner(firm, start, start, end, Prefix(start))  # '…公司总经理石明、环保部部长方立'
    if word.endswith("部") and OF_A_FIRM.search(b.text, max(0, start - 2), start):
        return 0
    if word == "中央" and (stop := mends(b, i)):
        return stop
    if b.text[start - 1 : start] in ("市", "省", "县", "区") and word == "国资委":
        prefix = b.prefix(i)
        return b.record(
            prefix.start, end, enter(b.scene, prefix, word, "department", b.text[prefix.start : end]), prefix
        )
    name_end = start + word.startswith("党")  # '致公' + '党中央'
    if word in ("中央", "党中央") and (m := OTHER_PARTY.search(b.text, max(0, start - 4), name_end)):  # '民盟中央'
        name = b.text[m.start() : end]
        e = b.scene.entity("Agency", f"100000/{name}", name, name, "中国", kind="party", level="country")
        return b.record(m.start(), end, e, Prefix(m.start()))
    ours = b.t.letters[i - 1 : i] == "H" and (word != "中央" or b.nested(end))  # '全省' + '中央…督察组'
    of_a_place = b.text[start - 1 : start] in ("市", "省", "县", "区") and not ours
    if of_a_place or (word == "中央" and NOT_THE_CENTRE.match(b.text, end)):
        return 0
    if many := REGIONAL_ALL.match(b.text, end):
        return regional(b, word, start, many)
    nested = b.nested(end)
    stop = nested or end
    told = word != "中央" and b.text.endswith("落实", 0, start)  # '贯彻落实' + '中央…领导小组会议精神'
    if not told and (own := tends(b, start + 2, stop + 3 * b.text.startswith("办公室", stop))) is not None:
        return own
    official = str(table("organs.toml")["national"][word])
    head = b.scene.entity(
        "Agency",
        f"100000/{official.removeprefix('中华人民共和国')}",
        official,
        word,
        "中国",
        kind="national",
        level="country",
    )
    if nested:
        core = b.text[end:nested]
        of_no_other = word == "中央"  # '中央第二生态环境保护督察组': of the centre, no part of the party's committee
        key, name = (
            (f"100000/{word}{core}", f"{word}{core}") if of_no_other else (f"{head.key}/{core}", f"{official}{core}")
        )
        sub = b.scene.entity("Agency", key, name, b.text[start:nested], "中国", kind="department")
        sub.aliases += [x for x in (core,) if x not in sub.aliases]
        if not of_no_other:
            b.part_of(sub, head, start, nested)
        if section := b.nested(nested):  # '…兵团生态环境局大气环境处'
            return b.inner(sub, start, nested, section, Prefix(start))
        return b.record(start, nested, sub, Prefix(start))
    head.props.pop("inferred", None)
    return b.record(start, end, head, Prefix(start))


def firm_before(b: Bodies, start: int) -> Entity | None:
    """The firm of whose people a list goes on: the body named last in the sentence, where 、 stands before an offset."""
    left = max(b.text.rfind(c, 0, start) for c in "。；\n") + 1
    last = next((x for _, _, x, _ in b.back(start, left)), None) if b.text[start - 1 : start] == "、" else None
    return last if last is not None and last.props.get("kind") == "firm" else None


def regional(b: Bodies, word: str, start: int, many: re.Match[str]) -> int:
    """Bodies of one kind of a ministry in several parts of the country ('环境保护部华东、华南环境保护督查中心')."""
    official = str(table("organs.toml")["national"][word])
    key = f"100000/{official.removeprefix('中华人民共和国')}"
    head = b.scene.entity("Agency", key, official, word, "中国", kind="national", level="country")
    at = many.start()
    for part in many.group(1).split("、"):
        core, stop = f"{part}{many.group(2)}", at + len(part)
        begin = start if at == many.start() else at
        e = b.scene.entity("Agency", f"{key}/{core}", f"{official}{core}", f"{word}{core}", "中国", kind="department")
        e.aliases += [x for x in (core,) if x not in e.aliases]
        stop = many.end() if stop == many.end(1) else stop
        b.part_of(e, head, begin, stop)
        b.record(begin, stop, e, Prefix(begin))
        at = stop + 1
    return many.end()
