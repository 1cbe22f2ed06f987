"""Supervision that a page tells twice, in other words or of a part: one of the two is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kg.lazy import lazy
from loaders.prose.count import number
from loaders.prose.page import Statement
from loaders.words import SEVERAL

_SO_MANY = lazy(f"(?P<n>{SEVERAL})[个家](?!.*[等])|(?:相关|有关)?责任单位$")
_GOVERNMENT = lazy("人民政府$|政府$")
_OFFICE = lazy(
    "(?<!督察)(?<!督查)[局厅队所站]$|(?<!督察)(?<!督查)(?<!委员会)办公?室?$|(?:农业农村|城市管理|住房和城乡建设|发展和改革)委员会$"
)


def said_once(found: Iterable[Statement]) -> list[Statement]:
    """The SUPERVISES statements of a page without those that others of them say already."""
    return _not_counted(_by_fewer_words(_governed(_not_of_parts(list(found)))))


def _not_counted(found: list[Statement]) -> list[Statement]:
    """Without '4个责任单位' where the same supervisor is said on the page to look into just so many by name, and without
    '相关责任单位' where he is said to look into some by name."""
    named = Counter(id(s.source) for s in found if not s.target.props.get("generic") and s.target.label != "Person")
    return [
        s
        for s in found
        if not s.target.props.get("generic")
        or not (m := _SO_MANY.match(s.target.name))
        or named[id(s.source)] != (number(m["n"]) if m["n"] else max(1, named[id(s.source)]))
    ]


def _not_of_parts(found: list[Statement]) -> list[Statement]:
    """Without the stops of somebody in a place that is said before to be looked into by them: '赴甲市检查。先后到甲市乙镇、丙厂…检查'."""
    wholes = [s for s in found if s.target.label == "Region" and s.target.place]
    return [
        s
        for s in found
        if s.rule != "goes-to-several"
        or not any(
            w.source is s.source
            and w.spans[0].end <= s.spans[0].start
            and w.target is not s.target
            and s.target.place.startswith(w.target.place)
            for w in wholes
        )
    ]


def _by_fewer_words(found: list[Statement]) -> list[Statement]:
    """Without a class by more of its words ('全县16个乡镇') that the same supervisor is said there to look into by fewer, and without
    one by fewer where those before tell it from others ('3家偷排的酒精企业')."""

    def twice(less: Statement, more: Statement) -> bool:
        return (
            less.source is more.source
            and less.target is not more.target
            and more.target.name.endswith(less.target.name)
            and any(a.start < b.end and b.start < a.end for a in less.spans for b in more.spans)
        )

    found = [s for s in found if not s.rule.endswith("such-class") or not any(twice(t, s) for t in found)]
    return [s for s in found if not any(t.rule == "looks-into-counted" and twice(s, t) for t in found)]


def _governed(found: Iterable[Statement]) -> list[Statement]:
    """Without what is handed to the committee and the government of a place that the same supervisor looks into."""
    kept = list(found)
    both = {id(s.source) for s in kept if s.rule == "comes-back" and _GOVERNMENT.search(s.target.name)}
    kept = [
        s for s in kept if s.rule != "comes-back" or id(s.source) not in both or not s.target.name.startswith("中共")
    ]
    looked = {id(s.source) for s in kept if s.target.label == "Region"}
    given = ("hands-over", "feeds-back")
    return [
        s
        for s in kept
        if s.rule not in given
        or s.target.label == "Region"
        or id(s.source) not in looked
        or _OFFICE.search(s.target.name)
    ]
