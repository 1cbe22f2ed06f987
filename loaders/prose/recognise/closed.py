"""Townships and villages of a list whose last one's kind is all of theirs."""

from __future__ import annotations

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.places import Ends, Found, child, region
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.towns import between_marks

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
