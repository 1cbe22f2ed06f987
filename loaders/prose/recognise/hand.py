"""Whose body a bare name means: what is in hand where it stands."""

from __future__ import annotations

from loaders.prose.page import Entity
from loaders.prose.recognise.naming import Prefix, enter
from loaders.prose.recognise.regions import region
from loaders.prose.recognise.scene import ORDER
from loaders.prose.recognise.surroundings import Bodies


def own_office(b: Bodies, start: int) -> Entity | None:
    """The department that a lone 厅, 局 or 委 before an offset means: the only one of that ending met so far, else the
    one that publishes."""
    word = b.text[start - 1 : start]
    if not word or word not in "厅局委" or b.t.letter_at(start - 2) != "p" and start > 1:
        return None
    bodies = (x for (label, _), x in b.scene.entities.items() if label == "Agency" and not x.props.get("generic"))
    every = [x for x in bodies if x.name.endswith(word)]
    if len(every) == 1:
        return every[0]
    own, level = b.scene.page.meta.publisher, next((x for x in reversed(ORDER) if x in b.scene.home), "")
    if every or not level or not own.endswith(word) or not own.startswith(b.scene.home[level].name):
        return None
    place = region(b.scene, b.scene.home[level], inferred=True)
    return enter(b.scene, Prefix(start, place), own.removeprefix(place.name), "department", own)


def place_in_hand(b: Bodies, start: int) -> Entity | None:
    """Whose organ is meant within a chain of posts: that of the party body just before, else of the notice's own place."""
    for _, _, body, prefix in b.back(start - 1, max(0, start - 30)):
        if body.props.get("kind") == "party" and prefix.region is not None:
            return prefix.region
    level = next((x for x in ("county", "prefecture", "province") if x in b.scene.home), None)
    return region(b.scene, b.scene.home[level], inferred=True) if level else None
