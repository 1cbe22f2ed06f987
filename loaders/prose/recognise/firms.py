"""Firms by their short names: '谷润市政' for the 北京谷润市政有限公司 that the notice names in full."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.naming import Prefix
from loaders.prose.recognise.surroundings import Bodies

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

TRADES = "磷化|化工|煤焦|焦化|能源|钢铁|水泥|热电|建材|矿业|铸造|陶瓷|涂料|印刷|制药|板材|玻璃|冶金|煤化|石化|氯碱|染料|皮革|牧业|电力|硅材|铝材|电子|纺织|印染|环保"
BOUND = lazy(
    r"(?:^|(?<=[、，；：。“和对由\n])|(?<=园区内))([\u4e00-\u9fff]{2}"
    rf"(?:{TRADES}))"
    r"(?=(?:副?总经理|董事长|副?厂长|环保总监|总工程师|安全总监)|(?:要|须|必须|应当?)(?:在|赶|把|对|于|按)|派(?:代表|人)|[、和][\u4e00-\u9fff]{4}两家)",
    re.MULTILINE,
)
"""A firm by its name and its trade, where its head follows or what it must do."""
KINDS = frozenset(
    "精细 重点 传统 大型 现代 基础 高端 绿色 新型 煤炭 石油 有机 无机 小型 中小 涉气 涉水 国有 民营 本地 当地 沿江 沿河 城镇 农村 清洁".split()
)


def traded(b: Bodies) -> None:
    """Firms by their names and their trades, without their form in law: in a list ('鲁丰车业、金谷纸业等'), or anywhere once
    their heads or duties have shown them ('远山化工环保总监')."""
    shown = {m.group(1) for m in BOUND.finditer(b.text) if m.group(1)[:2] not in KINDS}
    names = "|".join(map(re.escape, sorted(w for w in shown if own(b, w)))) or "(?!)"
    for m in re.finditer(names, b.text):
        if b.scene.free(*m.span()) and not b.t.inside(m.start()) and not b.t.inside(m.end()):
            e = b.scene.entity("Agency", f"firm/{m.group()}", m.group(), m.group(), kind="firm")
            b.record(*m.span(), e, Prefix(m.start()))
    for m in TRADE.finditer(b.text):
        start, end = m.span(1)
        if b.scene.free(start, end) and b.t.letter_at(start) == "x" and own(b, m.group(1)):
            e = b.scene.entity("Agency", f"firm/{m.group(1)}", m.group(1), m.group(1), kind="firm")
            b.record(start, end, e, Prefix(start))


BESIDE = lazy(rf"(?<=[、和])[\u4e00-\u9fff]{{2}}(?:{TRADES})(?=[、和])")
"""A firm by its name and its trade within a list."""


def beside_firms(b: Bodies) -> None:
    """Firms by their names and their trades, without their form in law, next to one in a list ('石桥港集团、石桥石化')."""
    firms = {e: s for s, e, x, _ in b.back(len(b.text), -1) if x.props.get("kind") == "firm"}
    starts = set(firms.values())
    for m in BESIDE.finditer(b.text) if firms else ():
        start, end = m.span()
        known = m.group()[:2] in KINDS or b.t.inside(start) or b.t.letter_at(start) not in "xP"
        if not known and (start - 1 in firms or end + 1 in starts) and b.scene.free(start, end):
            e = b.scene.entity("Agency", f"firm/{m.group()}", m.group(), m.group(), kind="firm")
            b.record(start, end, e, Prefix(start))


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
    """Whether a short name begins with two characters that no table knows."""
    at = b.text.find(word)
    return all(b.t.letter_at(at + n) == "x" for n in (0, 1)) and not everyday_at(b.text, at)
