"""A post as its phrase says it, and the chain that such phrases make before or behind a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.prose.page import Entity
from loaders.prose.recognise.lexicon import Title, titles

NO_TITLE = Title("", "")


@dataclass(slots=True)
class Post:
    """A post as a phrase: its span, title, how it is held, and the body or place that it is in; ``own`` where the phrase
    names that body itself. ``tail`` is where a bracket behind the title ends ('副县长（挂职）')."""

    start: int
    end: int
    title: str
    status: str = ""
    body: Entity | None = None
    own: bool = False
    entity: Entity | None = None
    tail: int = 0


@dataclass(slots=True)
class Chain:
    """Posts that one phrase strings together."""

    posts: list[Post] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where the first body or title begins."""
        return self.posts[0].start

    @property
    def end(self) -> int:
        """Where the last title ends, its bracket included."""
        return max(self.posts[-1].end, self.posts[-1].tail)

    @property
    def rule(self) -> str:
        """What the last title says of where it sits."""
        return titles().get(self.posts[-1].title, NO_TITLE).at
