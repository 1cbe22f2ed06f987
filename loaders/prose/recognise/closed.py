"""Townships and villages of a list whose last one's kind is all of theirs."""

from __future__ import annotations

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.lexicon import function_words
from loaders.prose.recognise.places import Ends, Found, between_marks, child, counted_members, home_region, region
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.towns import as_named, counties_in_hand, township_names

SHORT_MEMBER = lazy(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}$")
"""A member of a list that fills what stands between two marks, the one before it a colon where it is the first."""


def closed_towns(scene: Scene, found: Found, ends: Ends) -> None:
    """Townships of a list whose last one's kind is all of theirs ('平川：石桥、东坝、南渡镇'), where the tables
    have them in the last one's county."""
    text, g = scene.page.text, gazetteer()
    for start, _, last in [f for f in found if f[2].props.get("level") == "township" and f[2].key.isdigit()]:
        town = g.get(last.key)
        siblings = {p.name: p for p in g.children(town.parent)} if town and town.parent else {}
        while text[start - 1 : start] == "、":
            end = start - 1
            start = ends[end][0] if end in ends else (between_marks(text, end) or first_short(scene, end, ends))
            place = next((siblings[n] for k in ("镇", "乡", "街道") if (n := text[start:end] + k) in siblings), None)
            if place is None or not found.free(start, end):
                break
            entity = region(scene, place, text[start:end], inferred=True)
            found.add(start, end, entity)
            ends[end] = (start, entity)


def first_short(scene: Scene, end: int, ends: Ends) -> int:
    """Where the first member of a list begins: behind a mark or behind the place that it lies in."""
    m = SHORT_MEMBER.search(scene.page.text, max(0, end - 5), end)
    return m.start() if m else next((e for e in range(end - 2, end - 5, -1) if e in ends), end)


def closed_villages(scene: Scene, found: Found, ends: Ends) -> None:
    """Villages of a list whose first one stands behind its township and whose last one's kind is all of theirs
    ('石桥镇柳湾、双井、东岗村')."""
    text, t = scene.page.text, scene.tokens
    for start, _, last in [
        f
        for f in found
        if f[2].props.get("level") == "village" and text[f[1] - 1] == "村" and not text.startswith("村民", f[1])
    ]:
        items, at = list[tuple[int, int]](), start
        while text[at - 1 : at] == "、":
            end = at - 1
            at = between_marks(text, end) or first_short(scene, end, ends)
            if at >= end or any(t.letter_at(i) not in ("x", "P", "") or everyday_at(text, i) for i in range(at, end)):
                break
            items.append((at, end))
        town = ends[at][1] if items and items[-1][0] == at and at in ends else None
        if town is None or town.props.get("level") != "township":
            continue
        for s, e in items:
            if found.free(s, e):
                entity = child(scene, town, f"{text[s:e]}村", text[s:e], "village")
                entity.props.setdefault("inferred", True)
                found.add(s, e, entity)
                ends[e] = (s, entity)


LISTED_TOWNS = lazy(
    "等(?P<kind>乡镇街道|乡镇|镇街|街镇|街道|镇|乡)(?![长级域村])(?P<sure>[、，。；和与及的要应须在对将党政境辖内负有]|主要|有关|沿|相关|分管|街办)?"
)


def listed_towns(scene: Scene, found: Found, ends: Ends) -> None:
    """Townships that the class behind a list names together ('狮山、里水、西樵等镇'): by the tables of the counties in hand or of
    the city's, others where the class is but one."""
    text, city = scene.page.text, scene.home.get("prefecture")
    for m in LISTED_TOWNS.finditer(text):
        items = counted_members(scene, m.start(), ends, 0)
        if len(items) < 2 or any(not found.free(*i) or text[i[1] - 1] in "镇乡村道区县" for i in items):
            continue
        kinds = [k for k in ("镇", "乡", "街道") if k in m["kind"] or k == "街道" and "街" in m["kind"]]
        over = ends.get(items[-1][0])
        counties = counties_in_hand(scene, found)
        if not counties and city is not None:
            counties = tuple(p.adcode for p in gazetteer().children(city.adcode))
        _, known = township_names(counties)
        tabled = {i: [k for k in kinds if len(known.get(text[slice(*i)] + k, ())) == 1] for i in items}
        own = len(kinds) == 1 and m["sure"] and all(named_so(scene, *i) for i in items)
        for i in [i for i in items if own or tabled[i]]:
            start, end = i
            name = f"{text[start:end]}{(tabled[i] or kinds)[0]}"
            parent = over[1] if over and over[1].props.get("level") == "county" else home_region(scene)
            entity = (
                as_named(scene, known[name][0], name) if tabled[i] else child(scene, parent, name, name, "township")
            )
            entity.props.setdefault("inferred", True)
            entity.aliases += [x for x in (text[start:end],) if x not in entity.aliases]
            found.add(start, end, entity)
            ends[end] = (start, entity)


def named_so(scene: Scene, start: int, end: int) -> bool:
    """Whether start..end can be a name that no table has: two or three unknown characters, none of them a word's."""
    t = scene.tokens
    unknown = all(t.letter_at(i) in ("x", "P", "") and not everyday_at(t.text, i) for i in range(start, end))
    return unknown and end - start < 4 and t.text[start] not in function_words()
