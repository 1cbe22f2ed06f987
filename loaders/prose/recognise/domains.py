"""Departments that one word names in two forms, and domains that no table has, joined to one that a table has."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.recognise.places import short
from loaders.prose.recognise.surroundings import FUNCTION, Bodies, Prefix, enter

ANY_OTHER = lazy("有关|相关|重点|所有|其他|各|全")
TWO_DOMAINS = lazy(r"(?<![局委办部厅处所站院中心队会])[和与]$")


def of_two_domains(b: Bodies, i: int) -> int | None:
    """The word at which a department's name begins that joins a domain no table has to the one of word i ('望都县' +
    '城镇建设和' + '林草服务中心'): right behind a place or a level; None for no such name."""
    k = i - 1
    if not TWO_DOMAINS.search(b.text, max(0, b.t.starts[i] - 2), b.t.starts[i]) or b.t.starts[k] in b.at_end:
        return None
    while k > 0 and b.t.starts[i] - b.t.starts[k - 1] <= 9 and b.t.letters[k - 1] in "xDW":
        if b.t.word(k - 1) in FUNCTION or b.t.starts[k] in b.ends:
            break
        k -= 1
    if ANY_OTHER.match(b.text, b.t.starts[k]):
        return None
    return k if i - k > 1 and (b.t.starts[k] in b.ends or b.t.letters[k - 1 : k] in ("L", "H")) else None


ALTERNATIVE = lazy(r"（[省市区州、]{1,5}）$")


def of_provinces(b: Bodies, start: int, stop: int) -> int:
    """The departments of provinces and cities that one word names in both forms ('北京、河北省（市）生态环境厅（局）'); 0 for
    none."""
    m = ALTERNATIVE.search(b.text, max(0, start - 8), start)
    places = b.listed_to(m.start()) if m else []
    if len(places) < 2:
        return 0
    begin = places[0][0]
    core, end = b.text[start : stop - 1], stop + 3 * b.text.startswith("（局）", stop)
    for _, p in places:
        own = core + ("厅" if p.name.endswith(("省", "自治区")) else "局")
        b.scene.mention(enter(b.scene, Prefix(start, p), own, "department", f"{short(p)}{own}"), begin, end, take=False)
    b.scene.take(begin, end)
    return end
