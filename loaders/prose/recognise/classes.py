"""Things named by what they are: people by class (县级领导), and waters and woods that somebody has charge of."""

from __future__ import annotations

import re

from kg.lazy import lazy
from loaders.prose.page import Entity, Span, Statement
from loaders.prose.recognise import regions
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.surroundings import Bodies

REACH = lazy(
    r"(?:^|[\n。；])(?:[0-9一二三四五六七八九十]{1,3}[.．、])?"
    r"(?:[\u4e00-\u9fff]{1,4}的)?(?P<reach>(?:(?!的)[\u4e00-\u9fff]){1,10}(?:河|江|湖|水库|溪|渠|港|段))，(?:[^，。；\n]{2,24}，)?$"
)
LEVEL = lazy(r"(?:^|\n)(?:[一二三四五六七八九十]{1,3}、)?全(?P<level>[省市县区州旗])\n(?:[^\n]{2,60}\n)?$")


def reach_of(scene: Scene, name: str) -> Entity:
    """A river, reach, lake or wood that somebody is put in charge of: no place of the division tables."""
    e = scene.entity("Region", f"reach/{name}", name, name, name, level="reach")
    e.props.setdefault("inferred", True)
    return e


def listed(scene: Scene, title: str, start: int) -> Entity | None:
    """What a roster puts before a chief: the reach whose entry it is ('枫沙河，河长某某'), for the first of all chiefs the
    level that its line stands under ('全县')."""
    text = scene.page.text
    if "总" not in title:
        m = REACH.search(text, max(0, start - 60), start)
        return reach_of(scene, m["reach"]) if m else None
    m = LEVEL.search(text, max(0, start - 80), start)
    place = scene.level_place(m["level"]) if m else None
    return regions.region(scene, place, inferred=True) if place else None


def committee_beside(bodies: Bodies, start: int, body: Entity) -> tuple[int, Entity] | None:
    """The party committee that a title shares with the government of its place ('市委、市政府' + '主要负责同志'), and where it
    begins."""
    joint = start - (bodies.text[start - 1 : start] in ("、", "和"))
    before = bodies.at_end.get(joint)
    if before is None or body.props.get("kind") != "government" or before[1].props.get("kind") != "party":
        return None
    same = before[1].key.rpartition("/")[0] == body.key.rpartition("/")[0]
    return (before[0], before[1]) if same and "/" in body.key else None


def classes(scene: Scene, bodies: Bodies) -> None:
    """People named by class (县级领导, 主要负责同志): generic posts, in the body right before them where there is one."""
    t, text = scene.tokens, scene.page.text
    for found in re.finditer("K", t.letters):
        i = found.start()
        start, end, word = t.starts[i], t.starts[i + 1], t.word(i)
        body = bodies.at_end.get(start)
        if body is not None:
            key, name, surface = f"{body[1].key}/{word}", f"{body[1].name}{word}", text[body[0] : end]
            e = scene.entity("Post", key, name, surface, title=word, generic=True)
            scene.page.facts.append(Statement(e, "POST_IN", body[1], (Span(body[0], end),), "class-of-people", 0.9))
            if (beside := committee_beside(bodies, *body[:2])) is not None:
                begin, party = beside
                of_both = scene.entity("Post", f"{party.key}/{word}", f"{party.name}{word}", title=word, generic=True)
                span = (Span(begin, end),)
                scene.page.facts.append(Statement(of_both, "POST_IN", party, span, "class-of-people", 0.9))
                if scene.free(start, end):
                    scene.mention(of_both, start, end, take=False)
        else:
            e = scene.entity("Post", f"class/{word}", word, word, title=word, generic=True)
        if scene.free(start, end):
            scene.mention(e, start, end)
