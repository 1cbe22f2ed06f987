"""The sides of an agreement or letter of responsibility, named once by a label ('甲方：石桥县人民政府') and then by it alone."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.recognise.home import first_place
from loaders.prose.recognise.scene import Scene, home_of

SIDE = lazy("(?:^|(?<=[\n\t 　]))(?P<side>[甲乙丙]方)(?:（[^（）\n]{1,20}）)?：[ 　]*")


def part(scene: Scene) -> None:
    """Leave open what '县' means where the sides are of different counties: the words of one are not the other's."""
    page = scene.page
    lines = (page.text[m.end() :].partition("\n")[0] for m in SIDE.finditer(page.text))
    homes = [home_of(first_place(line, page.meta.published, [])) for line in lines]
    for level in list(scene.home):
        if len({home[level].adcode for home in homes if level in home}) > 1:
            del scene.home[level]


def read(scene: Scene) -> None:
    """Mention who is meant wherever a side is called by its label; a label that stands for two says nothing."""
    text = scene.page.text
    named = {m.span.start: m.entity for m in scene.mentions if m.entity.label in ("Agency", "Region")}
    meant = [(m["side"], named[m.end()]) for m in SIDE.finditer(text) if m.end() in named]
    for side in {side for side, _ in meant}:
        sides = {id(e): e for name, e in meant if name == side}
        if len(sides) > 1:
            continue
        [body] = sides.values()
        for m in re.finditer(f"{side}(?![：（代]|[^，。；\n]{{0,4}}签[字章])", text):
            if scene.free(*m.span()):
                body.aliases += [side] if side not in body.aliases else []
                scene.mention(body, *m.span())
