"""The title phrases of a scene and the posts they name: the door to :mod:`.chains` and :mod:`.seats`."""

from __future__ import annotations

from loaders.prose.page import Entity
from loaders.prose.recognise.chains import Chain, Post, chains
from loaders.prose.recognise.classes import classes, reach_of
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.seats import Seats
from loaders.prose.recognise.surroundings import Bodies

__all__ = ["Chain", "Post", "Posts", "classes", "reach_of"]


class Posts:
    """Reads the title chains of one scene, after its places and bodies."""

    def __init__(self, scene: Scene, bodies: Bodies) -> None:
        self.scene, self.bodies, self.seats = scene, bodies, Seats(scene, bodies)

    def chains(self) -> list[Chain]:
        """All title phrases, those joined by marks into one chain, each post with its body."""
        return chains(self.scene, self.bodies, self.seats)

    def enter(self, post: Post) -> Entity:
        """A post as a thing, in its body; mentioned where it stands."""
        return self.seats.enter(post)

    def seat(self, place: Entity, title: str, rule: str) -> Entity | None:
        """The body of a place that a title sits in: its government, its party committee, or the place itself."""
        return self.seats.seat(place, title, rule)
