"""Whole organs: governments, party committees, congresses, bodies of the state; of a place, a level or each place of a list."""

from __future__ import annotations

import re

from loaders.prose.page import Entity
from loaders.prose.recognise import departments
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.regions import home_region, region, short
from loaders.prose.recognise.surroundings import INNER, SEPARATORS, Bodies, Prefix, enter

NOT_THE_CENTRE = re.compile(r"生态|环保|环境|财政|预算|巡视|层面|电视台|媒体|储备|企业")


def national(b: Bodies, i: int) -> int:
    """A body of the state or the party that stands alone, with what hangs on it ('环境保护部督查组')."""
    word, start, end = b.t.word(i), b.t.starts[i], b.t.starts[i + 1]
    if b.text[end : end + 1] == "门" and word.endswith("部"):
        return departments.branch(b, i, start, end - 1)
    if b.text[start - 1 : start] in ("市", "省", "县", "区") or (word == "中央" and NOT_THE_CENTRE.match(b.text, end)):
        return 0
    nested = b.nested(end)
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
        sub = b.scene.entity(
            "Agency", f"{head.key}/{core}", f"{official}{core}", b.text[start:nested], "中国", kind="department"
        )
        sub.aliases += [x for x in (core,) if x not in sub.aliases]
        b.part_of(sub, head, start, nested)
        return b.record(start, nested, sub, Prefix(start))
    head.props.pop("inferred", None)
    return b.record(start, end, head, Prefix(start))


def organ(b: Bodies, i: int) -> int:
    """A whole organ: of the place or level before it, of each place of a list, or of a level it names itself ('市委')."""
    word, start, end = b.t.word(i), b.t.starts[i], b.t.starts[i + 1]
    prefix, core = b.prefix(i), word
    zones = b.scene.listed.get(start)
    if m := re.match(
        r"(自治区|[省市县区州旗盟镇乡]|街道)(委|党委|党工委|政协|政府|政府办|政府办公室|政府办公厅)$", word
    ):
        before = b.ends.get(start)
        place = b.scene.level_place(m.group(1))
        where = (
            before[1]
            if before and before[1].name.endswith(m.group(1))
            else region(b.scene, place, inferred=True)
            if place
            else b.last_town(start)
            if m.group(1) in ("镇", "乡", "街道")
            else None
        )
        prefix, core = (
            Prefix(before[0] if before and where is before[1] else start, where, "" if where else m.group(1)),
            m.group(2),
        )
        places: list[Entity] = []
    elif zones:
        places = zones
    elif (
        n := len(word) - len(word.lstrip("村街道"))
    ) and start + n in b.ends:  # '高家坪村' and '村委会' share a character
        s, place = b.ends[start + n]
        prefix, core, places = Prefix(s, place), {"办事处": "街道办事处", "办": "街道办事处"}.get(word[n:], word), []
    elif word in ("行署", "盟行署"):
        place = b.scene.level_place("盟")
        prefix, core, places = (
            Prefix(start, region(b.scene, place, inferred=True) if place else None, "" if place else "盟"),
            "行政公署",
            [],
        )
    elif not prefix:
        return bare_organ(b, start, end, word)
    else:
        places = b.places_before(prefix)
    kind = (
        "party"
        if re.search(r"委$|党|纪|委员会$", core) and core not in ("管委会", "监委", "村委会", "居委会")
        else "government"
        if "政府" in core
        else "organ"
    )
    nested = b.nested(end)
    if len(places) > 1:
        for p in places:
            e = enter(b.scene, Prefix(start, p), core, kind, "")
            b.scene.mention(e, prefix.start if p is places[-1] else start, end, take=False)
        b.scene.take(prefix.start, end)
        for p in places:
            p.props.pop("inferred", None)
            if not any(m.entity is p for m in b.scene.mentions):
                b.scene.mention(p, prefix.start, prefix.start + len(short(p)), take=False)
        b.shared = (places, end)
        b.at_end[end] = (prefix.start, e, Prefix(prefix.start, places[-1]))
        return end
    if "党委政府" == core:
        for c, k in (("党委", "party"), ("政府", "government")):
            b.scene.mention(
                enter(b.scene, prefix, c, k, f"{b.text[prefix.start : start]}{c}"), prefix.start, end, take=False
            )
        b.scene.take(prefix.start, end)
        return end
    head = enter(b.scene, prefix, core, kind, b.text[prefix.start : end])
    if nested:
        return b.inner(head, prefix.start, end, nested, prefix)
    return b.record(prefix.start, end, head, prefix)


def bare_organ(b: Bodies, start: int, end: int, word: str) -> int:
    """An organ without place: of the body or place the list before it names ('县委、政府'), else nothing."""
    if (
        start
        and b.text[start - 1] in SEPARATORS
        and (start - 1) in b.at_end
        and word in ("政府", "人民政府", "人大", "政协", "纪委", "宣传部", "组织部", "统战部", "政法委", "监委")
    ):
        before = b.at_end[start - 1][2]
        if before:
            return b.record(
                start,
                end,
                enter(b.scene, before, word, "government" if "政府" in word else "organ", word),
                Prefix(start, before.region, before.level),
            )
    if word in ("宣传部", "组织部", "统战部", "政法委", "纪委", "人大", "政协") and b.text[start - 1 : start] in (
        "、",
        "，",
        "兼",
    ):
        home = home_region(b.scene) or next(
            (region(b.scene, b.scene.home[x], inferred=True) for x in ("prefecture", "province") if x in b.scene.home),
            None,
        )
        near = [
            x
            for e, x in b.at_end.items()
            if start - 12 <= e < start and x[1].props.get("kind") == "party" and x[2].region is not None
        ]
        if near:
            home = near[-1][2].region
        if home is not None:
            return b.record(start, end, enter(b.scene, Prefix(start, home), word, "organ", word), Prefix(start, home))
    return 0


def committee(b: Bodies, i: int) -> int:
    """'保定市' + '委': the party committee of a place."""
    start = b.t.starts[i]
    if b.text[start] != "委" or start not in b.ends:
        return 0
    s, place = b.ends[start]
    if place.props.get("level") not in ("province", "prefecture", "county"):
        return 0
    head = enter(b.scene, Prefix(s, place), "委员会", "party", b.text[s : start + 1])
    if m := INNER.match(b.text, start + 1):
        return b.inner(head, s, start + 1, m.end(), Prefix(s, place))
    return b.record(s, start + 1, head, Prefix(s, place))
