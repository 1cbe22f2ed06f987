"""Development zones and named areas: places that no division table has."""

from __future__ import annotations

import re

from loaders.prose.page import Entity
from loaders.prose.recognise.places import Ends, Found, child, home_region, left_edge, region, scene_free, short
from loaders.prose.recognise.scene import Scene

ZONE = re.compile(
    r"(?:高新(?=执法|分局|住建|城管|生态环境|公安)|经济技术开发区|经济技术产业开发区|高新技术产业开发区|高新技术开发区|经济开发区|工业园区|产业园区|产业集聚区|高新区|经开区|"
    r"化工园区|工业集中区|循环经济产业园|产业园|工业园|新区|开发区|示范区|保税区|风景名胜区|自然保护区|湿地公园|林场)(?![长委域内])"
)
AROUND = re.compile(r"[市县]?及周边(?:地区|区域)?(?:“[^”]{1,8}”)?(?:区域|地区|城市)|“[^”]{1,8}”区域")
AREA = re.compile(r"(?:片区|流域|平原|谷地|盆地|城市群|都市圈|沿线|库区|湖区)(?:城市)?")
LISTED_ZONES = re.compile(r"(?:等)?(?:两|三|四|五|\d+)个?$")


def zones(scene: Scene, found: Found, ends: Ends) -> None:
    """Development zones and the like: under the place before them, listed ('阳泉、运城两个…开发区'), or the notice's own."""
    text = scene.page.text
    by_end = {e: (s, x) for s, e, x in found}
    for m in ZONE.finditer(text):
        start, end = m.span()
        if not scene_free(found, start, end):
            continue
        counted = LISTED_ZONES.search(text[max(0, start - 4) : start])
        if counted and counted.group():
            at, listed = start - len(counted.group()), []
            while at in by_end:
                s, x = by_end[at]
                listed.append((s, at, x))
                at = s - 1 if s and text[s - 1] in "、和" else -1
            for s, e, x in listed:
                zone = child(scene, x, f"{short(x)}{m.group()}", f"{short(x)}{m.group()}", "zone")
                found.append((s, e, zone) if e != start else (s, end, zone))
            if listed:
                ends[end] = (listed[-1][0], found[-1][2])
                scene.listed[end] = [f[2] for f in found[-len(listed) :]]
            continue
        kind = "高新区" if m.group() == "高新" else m.group()
        begin = left_edge(scene, start, ends, 4)
        prefix = ends.get(begin) if begin == start or begin in ends else None
        name = text[begin:end]
        if prefix is None and begin == start:
            parent = home_region(scene) or (
                region(scene, scene.home["prefecture"], inferred=True) if "prefecture" in scene.home else None
            )
            if parent is None or kind not in ("高新区", "经开区", "开发区", "新区"):
                continue
            parent_name = scene.home.get("prefecture") if "county" not in scene.home else scene.home["county"]
            zone = child(
                scene,
                region(scene, parent_name, inferred=True) if parent_name else parent,
                f"{parent_name.name.rstrip('市县区') if parent_name else ''}{kind}",
                name,
                "zone",
            )
        else:
            parent = (
                prefix[1]
                if prefix
                else home_region(scene)
                or next(
                    (
                        region(scene, scene.home[x], inferred=True)
                        for x in ("prefecture", "province")
                        if x in scene.home
                    ),
                    None,
                )
            )
            label = f"{short(prefix[1])}{name}" if prefix and begin == start else name
            zone = child(scene, parent, label, text[prefix[0] : end] if prefix else name, "zone")
            if prefix:
                begin = prefix[0]
                found[:] = [f for f in found if f[:2] != (prefix[0], start) and f[:2] != (prefix[0], begin)]
        zone.props.setdefault("inferred", True)
        found.append((begin, end, zone))
        ends[end] = (begin, zone)


def areas(scene: Scene, found: Found, ends: Ends) -> None:
    """Named areas that no division table has: river basins, plains, groups of cities."""
    text = scene.page.text
    by_end = {e: (s, x) for s, e, x in found}
    for m in AROUND.finditer(text):
        start = by_end.get(m.start(), (m.start(), None))[0]
        if start == m.start() and not m.group().startswith("“") or not scene_free(found, m.start(), m.end()):
            continue
        name = text[start : m.end()]
        inner = next(
            (
                x
                for k, x in scene.entities.items()
                if k[0] == "Region" and k[1].startswith("area/") and name.startswith("“") and k[1].endswith(name)
            ),
            None,
        )
        found[:] = [f for f in found if f[:2] != (start, m.start())]
        entity = inner or scene.entity("Region", f"area/{name}", name, name, name, level="area", inferred=True)
        if name not in (entity.name, *entity.aliases):
            entity.aliases.append(name)
        found.append((start, m.end(), entity))
    for m in AREA.finditer(text):
        start = left_edge(scene, m.start(), ends, 4)
        if m.start() - start < 2 or not scene_free(found, start, m.end()):
            continue
        name = text[start : m.end()]
        entity = scene.entity("Region", f"area/{name}", name, name, name, level="area", inferred=True)
        found.append((start, m.end(), entity))
