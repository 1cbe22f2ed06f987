"""Named areas that no division table has: river basins, plains, groups of cities."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.recognise.edges import everyday_at
from loaders.prose.recognise.places import Ends, Found, left_edge, named_at_length, own_start
from loaders.prose.recognise.scene import Scene

AROUND = lazy(
    r"(?:(?<![\u4e00-\u9fff—])|(?<=[和与及]))[\u4e00-\u9fff]{1,4}(?:—[\u4e00-\u9fff]{1,4}){1,3}(?:区域|地区|城市群|都市圈)|黄河“?几字弯”?|“几字弯”|[市县]?及周边(?:地区|区域)?(?:“[^”]{1,8}”)?(?:区域|地区|城市)|“[^”]{1,8}”区域"
)
AREA = lazy(r"(?:片区|流域|平原|谷地|盆地|城市群|都市圈|经济圈|库区|湖区|灌区)(?:城市(?!群|圈))?")
OF_A_PLACE = (
    "平原",
    "谷地",
    "盆地",
    "城市群",
    "都市圈",
    "经济圈",
    "灌区",
)  # '太原盆地' is named by a place and is none of it
GREAT_RIVERS = lazy(r"长江|黄河|海河|淮河|珠江|松花江|辽河|太湖|巢湖|滇池|汾河|渭河|湘江|赣江|汉江|嘉陵江|乌江|海滦河")
NO_NAME = lazy(r"[\d个各每]|渣场|尾矿|灰场|填埋|储罐")


def areas(scene: Scene, found: Found, ends: Ends) -> None:
    """Named areas that no division table has: river basins, plains, groups of cities."""
    text = scene.page.text
    by_end = found.by_end()
    for m in AROUND.finditer(text):
        start = by_end.get(m.start(), (m.start(), None))[0]
        own = m.group().startswith(("“", "黄河")) or "—" in m.group()
        if start == m.start() and not own or not found.free(m.start(), m.end()):
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
        found.drop(start, m.start())
        entity = inner or scene.entity("Region", f"area/{name}", name, name, name, level="area", inferred=True)
        if name not in (entity.name, *entity.aliases):
            entity.aliases.append(name)
        found.add(start, m.end(), entity)
    for m in AREA.finditer(text):
        start = own_start(text, left_edge(scene, m.start(), ends, 4), m.start())
        if m.group() in ("库区", "湖区"):
            start = named_at_length(scene, start, m.start(), ends)
        if m.group() in OF_A_PLACE and m.start() in by_end:
            start = by_end[m.start()][0]
            found.drop(start, m.start())
        if m.start() - start < 2 or not found.free(start, m.end()):
            continue
        name = text[start : m.end()]
        inside = range(start, m.start())
        counted = NO_NAME.search(text, start, m.start()) is not None
        if counted or m.group() == "片区" and text[start] in "环沿" or any(everyday_at(text, i) for i in inside):
            continue  # '环湖片区', '推广片区', '地处湖区'
        if name.endswith("流域") and not GREAT_RIVERS.search(name):
            continue
        entity = scene.entity("Region", f"area/{name}", name, name, name, level="area", inferred=True)
        found.add(start, m.end(), entity)
