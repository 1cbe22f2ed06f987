"""The title phrases of a scene and the posts they name: the door to :mod:`.chains` and :mod:`.seats`."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.recognise.chains import chains
from loaders.prose.recognise.classes import classes, reach_of
from loaders.prose.recognise.phrase import Chain, Post
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.seats import Seats
from loaders.prose.recognise.surroundings import Bodies

HEAD_OF_ITS_OWN = lazy("(宣传|组织|统战)部长")

__all__ = ["Chain", "Post", "Posts", "classes", "reach_of"]


class Posts:
    """Reads the title chains of one scene, after its places and bodies."""

    def __init__(self, scene: Scene, bodies: Bodies) -> None:
        self.scene, self.bodies, self.seats = scene, bodies, Seats(scene, bodies)

    def chains(self) -> list[Chain]:
        """All title phrases, those joined by marks into one chain, each post with its body."""
        found = chains(self.scene, self.bodies, self.seats)
        for chain in found:
            for post in chain.posts:
                self._department(post)
        return found

    def _department(self, post: Post) -> None:
        """A committee's 统战部长 heads its 统战部, said short."""
        m, party = HEAD_OF_ITS_OWN.fullmatch(post.title), post.body
        if m is None or party is None or not party.key.endswith("/委员会"):
            return
        unit = f"{m[1]}部"
        at = self.scene.page.text.find(unit, post.start, post.end)
        body = self.seats.unit(party, unit, "department", at, at + len(unit), unit)
        body.props.pop("inferred", None)
        self.scene.mention(body, at, at + len(unit), take=False)
        post.body, post.title = body, "部长"

    def enter(self, post: Post) -> Entity:
        """A post as a thing, in its body; mentioned where it stands."""
        return self.seats.enter(post)

    def seat(self, place: Entity, title: str, rule: str) -> Entity | None:
        """The body of a place that a title sits in: its government, its party committee, or the place itself."""
        return self.seats.seat(place, title, rule)
