"""Firms by their short names: '谷润市政' for the 北京谷润市政有限公司 that the notice names in full."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.count import number
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.naming import Prefix
from loaders.prose.recognise.surroundings import Bodies, words_of
from loaders.words import MORE_TRADES, SEVERAL, TRADES

LEGAL = lazy(r"(?:集团|控股)?(?:股份|集团)?(?:有限)?(?:责任)?公司(?:[\u4e00-\u9fff]{2,6}(?:分公司|厂))?$|集团$|厂$")
SEAT = lazy(r"（[^）]{2,6}）")
LEAST = 4
"""Characters of a short name: fewer are as often something else."""


def shorts(name: str, place: str) -> list[str]:
    """Short names of a firm, the longest first: without its place and its form in law, then its first four characters, its
    first two with its trade ('博际' + '化工')."""
    core = LEGAL.sub("", SEAT.sub("", name))
    cores = [core, core.removeprefix(place)] if place else [core]
    found = [s for c in cores for s in (c, c[:LEAST], c[:2] + c[-2:]) if len(s) >= LEAST and s != name]
    return sorted(set(found), key=len, reverse=True)


TRADE = lazy(
    r"(?:^|(?<=[、，；：。“和对\n])|(?<=园区内))([\u4e00-\u9fff]{2}(?:动力电池|纸业|印务|车业|铝业|铜业|煤业|药业|酒业|乳业|木业|塑业|瓷业|硅业|锂业))"
    r"(?=[、，；。和]|等)"
)

BOUND = lazy(
    r"(?:^|(?<=[、，；：。“和对由\n])|(?<=园区内))([\u4e00-\u9fff]{2}"
    rf"(?:{TRADES}))"
    r"(?=(?:副?总经理|董事长|副?厂长|环保总监|总工程师|安全总监)|(?:要|须|必须|应当?)(?:在|赶|把|对|于|按)|派(?:代表|人)|[、和][\u4e00-\u9fff]{4}两家)",
    re.MULTILINE,
)
"""A firm by its name and its trade, where its head follows or what it must do."""
KINDS = frozenset(
    "精细 重点 传统 大型 现代 基础 高端 绿色 新型 煤炭 石油 有机 无机 小型 中小 涉气 涉水 国有 民营 本地 当地 沿江 沿河 城镇 农村 清洁 日用 农副 再生 合成 有色 黑色 特种 民用 工艺 建筑 新兴 多晶 单晶 复合 改性 散装 袋装 预制 商品 涂装 木质 金属 家用 医用 工业 农用 生态".split()
)


LISTED = lazy(
    rf"[\u4e00-\u9fff]{{2,4}}(?:{TRADES}|{MORE_TRADES})(?:车间)?(?:[、和][\u4e00-\u9fff]{{2,4}}(?:{TRADES}|{MORE_TRADES})(?:车间)?)+"
    r"(?=等?(?:\d+|[两二三四五六七八九十]+|多|数)?家?(?:重点|涉气|涉水|工业|排污|辖区|本地|化工|铸造|钢铁)?(?:企业|公司|厂)|等?生产现场|分别|(?:等)?(?:主要|相关|有关)?负责人|代表)"
)
"""Firms by their names and their trades in a list that 企业 closes, or behind which each of them does something."""
COUNTED = lazy(
    rf"(?P<list>[\u4e00-\u9fff]{{2,6}}(?:[、和][\u4e00-\u9fff]{{2,6}}?)+)等?(?P<n>{SEVERAL})家(?=子公司|下属公司|(?:重点)?企业|公司)"
)
"""As many names as a word that closes them counts firms ('远钢、华股和大因石化三家子公司')."""
SERVED = lazy(
    rf"(?<=包联企业|包保企业|联系企业|挂联企业|帮扶企业|重点企业|辖区企业)[\u4e00-\u9fff]{{2}}(?:{TRADES})",
    re.MULTILINE,
)
"""A firm by its name and its trade behind what it is to somebody."""


def listed(b: Bodies) -> set[str]:
    """The firms of such lists ('远山水泥、华昌焦化等企业'), where each has a name of its own before its trade."""
    found = set[str]()
    for m in LISTED.finditer(b.text):
        found |= members(b, m.start(), m.group())
    for m in COUNTED.finditer(b.text):
        several = members(b, m.start(), m["list"])
        found |= several if len(several) == number(m["n"]) else set()
    return found


def members(b: Bodies, at: int, text: str) -> set[str]:
    """The names of a list of firms that begins at an offset; none where one of them is no name."""
    names = []
    for n, item in enumerate(re.split("[、和]", text)):
        start, end = at, at + len(item)
        at = end + 1
        trade = re.search(f"(?:{TRADES}|{MORE_TRADES})(?:车间)?$", item)
        stem = end - len(trade.group()) if trade else end
        if not n:  # what stands before the list is no part of its first name
            begins = [s for s in range(start, stem - 1) if left_of_a_name(b, s)] + [stem - 2]
            start = next((s for s in begins if called(b, s, stem)), stem - 2)
        names.append(b.text[start:end] if called(b, start, stem) else "")
    return set(names) if all(names) else set()


NO_NAME = lazy("涉|流程|独立|^[高低贵]|[型性类式尘粉]$|果蔬|[的了在于]")
"""What a firm's own name before its trade holds nothing of: how or of what it makes its goods."""


def left_of_a_name(b: Bodies, at: int) -> bool:
    """Whether a name of unknown characters may begin at an offset: what stands before it is no such character."""
    c = b.text[at - 1 : at]
    return (
        b.t.letter_at(at) == "x"
        and b.text[at] != "的"
        and (c in ("", "的", "对") or b.t.letters[b.t.at(at - 1)] != "x")
    )


def called(b: Bodies, start: int, end: int) -> bool:
    """Whether start..end, before a trade, is a name of its own: no word that says what kind of trade it is."""
    word, words = b.text[start:end], words_of("firm_words") | words_of("name_words") | words_of("domains")
    place = b.t.letter_at(start) == "P" and not b.t.inside(end)
    unknown = all(b.t.letter_at(n) == "x" for n in range(start, end))
    own_word = word not in KINDS and word not in words and not NO_NAME.search(word)
    return own_word and (place or unknown and not everyday_at(b.text, start))


def traded(b: Bodies) -> None:
    """Firms by their names and their trades, without their form in law: in a list ('鲁丰车业、金谷纸业等'), or anywhere once
    their heads, their duties or a list have shown them ('远山化工环保总监')."""
    shown = {m.group(1) for m in BOUND.finditer(b.text) if m.group(1)[:2] not in KINDS and own(b, m.group(1))}
    shown |= {m.group() for m in SERVED.finditer(b.text) if called(b, m.start(), m.start() + 2)}
    names = "|".join(map(re.escape, sorted(shown | listed(b), key=len, reverse=True))) or "(?!)"
    for m in re.finditer(names, b.text):
        if b.scene.free(*m.span()) and not b.t.inside(m.start()) and not b.t.inside(m.end()):
            e = b.scene.entity("Agency", f"firm/{m.group()}", m.group(), m.group(), kind="firm")
            b.record(*m.span(), e, Prefix(m.start()))
    for m in TRADE.finditer(b.text):
        start, end = m.span(1)
        if b.scene.free(start, end) and b.t.letter_at(start) == "x" and own(b, m.group(1)):
            e = b.scene.entity("Agency", f"firm/{m.group(1)}", m.group(1), m.group(1), kind="firm")
            b.record(start, end, e, Prefix(start))


BESIDE = lazy(
    rf"(?<=[、和及了])(?P<name>[\u4e00-\u9fff]{{2,4}}?)(?:{TRADES}|[油气粮煤]库|[煤料砂货堆]场|[煤铁石矿]矿)(?=[、和及，。]|等)"
)
"""A firm or works by its name and its trade within a list."""


def beside_firms(b: Bodies) -> None:
    """Firms by their names and their trades, without their form in law, next to one in a list or to another such ('石桥港集团、
    浙江海阔化工、柳林油库')."""
    firms = {e: s for s, e, x, _ in b.back(len(b.text), -1) if x.props.get("kind") == "firm"}
    starts = set(firms.values())
    found = list(BESIDE.finditer(b.text)) if firms else []
    for m in (*found, *reversed(found)):
        start, end = m.span()
        beside = start - 1 in firms or b.text[end : end + 1] in "、和及" and end + 1 in starts
        k = b.t.begins.get(start, -1)
        own_name = b.t.starts[k + 1] if b.t.letters[k] == "P" else start
        own_name = own_name if own_name < m.end("name") else start  # '浙江' + '海阔' + '化工', '天津' + '石化'
        if k >= 0 and beside and b.scene.free(start, end) and called(b, own_name, m.end("name")):
            e = b.scene.entity("Agency", f"firm/{m.group()}", m.group(), m.group(), kind="firm")
            b.record(start, end, e, Prefix(start))
            firms[end] = start
            starts.add(start)


def read(b: Bodies) -> None:
    """Mention firms where their short names stand; a short name that two firms share says nothing."""
    meant: dict[str, set[str]] = {}
    firms: dict[str, Entity] = {}
    for s, e, x, _ in list(b.back(len(b.text), -1)):
        if x.props.get("kind") != "firm" or x.props.get("generic"):
            continue
        inner = max((end for end in range(s + 1, e) if end in b.ends and b.ends[end][0] == s), default=s)
        for word in shorts(x.name, b.text[s:inner]):
            if not any(everyday_at(word, i) >= LEAST for i in range(len(word))) and own(b, word):
                meant.setdefault(word, set()).add(x.key)
                firms[word] = x
    known = [w for w, keys in meant.items() if len(keys) == 1]
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True))) or "(?!)"
    for m in re.finditer(names, b.text):
        x = firms[m.group()]
        if not b.scene.free(*m.span()) or b.t.inside(m.start()) or b.t.inside(m.end()):
            continue
        if m.group() not in x.aliases:
            x.aliases.append(m.group())
        b.record(*m.span(), x, Prefix(m.start()))
    traded(b)
    beside_firms(b)


def own(b: Bodies, word: str) -> bool:
    """Whether a short name begins with two characters that no table knows, and that do not say what kind of firm it is."""
    at = b.text.find(word)
    return (
        not NO_NAME.search(word[:2])
        and all(b.t.letter_at(at + n) == "x" for n in (0, 1))
        and not everyday_at(b.text, at)
    )
