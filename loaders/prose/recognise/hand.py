"""Whose body a bare name means, and in which place: what is in hand where it stands."""

from __future__ import annotations

from loaders.prose.page import Entity
from loaders.prose.recognise.naming import Prefix, enter
from loaders.prose.recognise.regions import region
from loaders.prose.recognise.scene import ORDER, Scene
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
    k = b.t.begins.get(start - 1, 0) - 1
    if k > 0 and b.t.letters[k] == "T" and b.t.word(k).startswith("党委"):  # '镇党委委员、纪委书记'
        at = b.t.starts[k]
        if at in b.ends and b.ends[at][1].props.get("level") == "township":
            return b.ends[at][1]
        if b.t.letters[k - 1] == "L" and b.t.word(k - 1) in ("镇", "乡", "街道"):
            return b.last_town(at)
    level = next((x for x in ("county", "prefecture", "province") if x in b.scene.home), None)
    return region(b.scene, b.scene.home[level], inferred=True) if level else None


def zone_in_hand(scene: Scene, before: int) -> Entity | None:
    """The development zone last named in the paragraph, else the only one of the notice."""
    near = scene.places_back(before, scene.paragraph(before))
    return next((x for x in near if x.props.get("level") == "zone"), None) or scene.only_place(("zone",))


def corps_in_hand(scene: Scene, ending: str) -> Entity | None:
    """The one division (师), regiment (团) or company (连) of the corps that the notice names."""
    every = [x for x in scene.entities.values() if x.props.get("kind") == "corps" and x.name.endswith(ending)]
    return every[0] if len(every) == 1 else None


def village_in_hand(scene: Scene, before: int) -> Entity | None:
    """The village last named in the paragraph, else the only one of the notice."""
    left = scene.paragraph(before)
    near = next((x for x in scene.places_back(before, left) if x.props.get("level") == "village"), None)
    return near if near is not None else scene.only_place(("village",))


def village_before(scene: Scene, before: int) -> Entity | None:
    """The village last named before an offset, in whatever paragraph."""
    return next((x for x in scene.places_back(before, 0) if x.props.get("level") == "village"), None)
