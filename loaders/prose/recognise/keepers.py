"""Bodies named for what they keep or gather: the management of a reservoir, a reserve, a park; societies and chambers."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.recognise.places import left_edge
from loaders.prose.recognise.surroundings import Bodies, Prefix, enter

KEPT = lazy(
    r"(?:国家级?|省级|市级|县级)?(?:水库|灌区|林场|自然保护区|保护区|风景名胜区|风景区|景区|森林公园|地质公园|湿地公园|公园|湿地|矿区|(?:水利|航电|水电|航运)?枢纽|水电站|船闸|[湖河江海渠池](?:流域)?|[山岭])"
    r"(?:(?:综合|水利|生态|资源|保护|流域|湿地|景区|灌溉){0,2}(?:管理|管护|保护|服务|事务|发展|建设|行政执法|执法)){1,2}(?:局|处|所|站|中心|总站)"
    r"(?![长里势面置罚理分以任工城区镇])"
    r"|(?:国家公园|(?:国家级?|省级)?自然保护区)[\u4e00-\u9fff]{2,4}(?:分局|管护站|管理站|管护中心)"
    r"|(?<=[\u4e00-\u9fff])(?:河|江|湖)流域(?:[\u4e00-\u9fff]{2,4}(?:环境))?(?:水利|水务|生态|资源|保护){0,2}(?:监督)?管理局"
)
SOCIETY = lazy(
    r"(?<=[省市县区州旗镇乡])(?![省市县区旗镇乡])((?:(?![的由与和对将把向在要应从各为及])[\u4e00-\u9fff]){0,10}?(?:协会|总商会|商会|联合会|促进会|基金会|研究会|学会))"
    r"(?![员长议同见上])"
)
FAR = 8
"""Characters that the name of what is kept may have."""


def read(b: Bodies) -> None:
    """All such bodies."""
    kept(b)
    societies(b)


def kept(b: Bodies) -> None:
    """Who manages a reservoir, a reserve or a park ('石门水库管理处', '望都县孟良河保护管理局')."""
    for m in KEPT.finditer(b.text):
        start, end = left_edge(b.scene, m.start(), b.ends, FAR), m.end()
        if start == m.start() and b.t.inside(start) and b.t.letters[b.t.at(start)] == "P":
            start = b.t.starts[b.t.at(start)]  # '淮' + '河流域水利管理局'
        i = b.t.begins.get(start)
        own = b.text[start : m.start()]
        if own in tuple("江河湖溪山岭海") and i and b.t.letters[i - 1] == "P":  # '汨罗' + '江' + '国家湿地公园管理处'
            i -= 1
            start = b.t.starts[i]
            own = b.text[start : m.start()]
        if not own and start in b.ends and b.text[start - 1] not in "省市县区州盟旗镇乡村":  # '白云' + '公园管理处'
            start = b.ends[start][0]
            i = b.t.begins.get(start)
            own = b.text[start : m.start()]
        named = own and own not in "大小江河湖城内外沿" and own[0] not in "各每该本全"
        if not named or i is None or not b.scene.free(start, end):
            continue
        prefix = b.prefix(i)
        if (
            not prefix and i and b.t.letters[i - 1] == "P"
        ):  # '安徽' + '石桥灌区': a place that names the district itself
            prefix = Prefix(start := b.t.starts[i - 1])
        core = b.text[start:end]
        e = enter(b.scene, prefix, core, "department", b.text[prefix.start : end])
        if stop := b.nested(end):
            b.inner(e, prefix.start, end, stop, prefix)
            continue
        b.record(prefix.start, end, e, prefix)


def societies(b: Bodies) -> None:
    """Societies and chambers of a place or a level ('望都县钢铁行业协会')."""
    for m in SOCIETY.finditer(b.text):
        start, end = m.span(1)
        i = b.t.begins.get(start)
        known = all(c in "xWDFLP" for n in range(start, end) if (c := b.t.letter_at(n)))
        prefix = b.prefix(i) if i is not None and known and b.scene.free(start, end) else None
        if prefix:
            e = enter(b.scene, prefix, m.group(1), "organ", b.text[prefix.start : end])
            b.record(prefix.start, end, e, prefix)
