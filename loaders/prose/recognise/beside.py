"""Offices of a level or town that no table has, by the bodies that stand beside them in a list or by what they must do."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.recognise.naming import enter
from loaders.prose.recognise.places import never_in_a_place
from loaders.prose.recognise.surroundings import Bodies

OFFICE = lazy(
    r"(?:\A|(?<=[、，。：；和及与\n]))(?P<level>[省市县区州旗镇乡])"
    r"(?P<own>(?:(?![的由与和对将把向在要应从各为及省市县区州旗镇乡级长等])[\u4e00-\u9fff]){1,5}"
    r"(?:局|委(?!员)|办(?![法理案事])|处(?![理置罚])|中心(?!城|小|校)|总站|服务站|专班))"
    r"(?=(?P<colon>[：])|[、，。；（和与及要应负]|等|主要|分管|有关|相关|牵头|配合|联合|共同|汇报)"
)


def read(b: Bodies) -> None:
    """Mention offices that stand in a list next to a body ('县作风办、县城管局'), or head their duties ('县五城办：')."""
    starts = {s for s, _, _, _ in b.back(len(b.text), -1)}
    for m in OFFICE.finditer(b.text):
        start, end = m.start("own"), m.end()
        i = b.t.begins.get(start)
        beside = m.start() - 1 in b.at_end or b.text[end : end + 1] == "、" and end + 1 in starts
        heads = m["colon"] and b.text[m.start() - 1] in "\n。；"
        if i is None or not (beside or heads) or not b.scene.free(m.start(), end) or b.t.letters[i - 1] != "L":
            continue
        if b.t.letters[i] in "VT" and len(b.t.word(i)) > 1 or never_in_a_place().search(m["own"]):
            continue
        if prefix := b.prefix(i):
            b.record(m.start(), end, enter(b.scene, prefix, m["own"], "department", m.group()), prefix)
