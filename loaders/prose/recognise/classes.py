"""Things named by what they are: people by class (县级领导), and waters and woods that somebody has charge of."""

from __future__ import annotations

import re

from loaders.prose.page import Entity, Span, Statement
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.surroundings import Bodies


def reach_of(scene: Scene, name: str) -> Entity:
    """A river, reach, lake or wood that somebody is put in charge of: no place of the division tables."""
    e = scene.entity("Region", f"reach/{name}", name, name, name, level="reach")
    e.props.setdefault("inferred", True)
    return e


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
        else:
            e = scene.entity("Post", f"class/{word}", word, word, title=word, generic=True)
        if scene.free(start, end):
            scene.mention(e, start, end)
