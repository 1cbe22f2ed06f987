"""Agencies, found left to right: the class of the word at hand says which kind of body may stand there."""

from __future__ import annotations

from collections.abc import Callable

from loaders.prose.page import Entity
from loaders.prose.recognise.departments import department
from loaders.prose.recognise.groups import firm, task
from loaders.prose.recognise.organs import committee, national, organ
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.surroundings import Bodies

KINDS: dict[str, Callable[[Bodies, int], int]] = {
    "N": national,
    "D": department,
    "O": organ,
    "Q": task,
    "F": firm,
    "x": committee,
}
"""Letter of a word -> reader of the body that it may belong to: (bodies, word) -> where the body ends, 0 for none."""


def read(scene: Scene, ends: dict[int, tuple[int, Entity]]) -> Bodies:
    """All bodies of a scene. ``ends`` maps where a place ends to its start and entity."""
    bodies, t, i = Bodies(scene, ends), scene.tokens, 0
    while i < len(t.letters):
        reader = KINDS.get(t.letters[i])
        end = reader(bodies, i) if reader else 0
        if not end:
            i += 1
        elif end > t.starts[i] and end in t.begins:
            i = t.at(end)
        else:
            i = max(i + 1, t.at(end - 1) + 1)
    return bodies
