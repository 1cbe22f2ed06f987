"""What a duty is about: words of the topic scheme in a span."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from kg.vocabulary import vocabulary
from loaders.prose.page import Entity, Page, Span


@cache
def _matcher() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, str], ...]]:
    """The matcher of all topic words, and the notation and name that each stands for."""
    words: dict[str, tuple[str, str]] = {}
    for topic in vocabulary().topics:
        for word in (topic.name, *topic.alt_labels):
            words.setdefault(word, (topic.notation, topic.name))
    return ahocorasick_rs.AhoCorasick(list(words), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), tuple(
        words.values()
    )


class Topics:
    """The topics that a page speaks of, by place."""

    def __init__(self, page: Page) -> None:
        matcher, topics = _matcher()
        made: dict[str, Entity] = {}
        self._found: list[tuple[int, int, Entity]] = []
        for k, start, end in matcher.find_matches_as_indexes(page.text):
            notation, name = topics[k]
            entity = made.setdefault(notation, Entity("Topic", name, [], "", {"notation": notation}))
            self._found.append((start, end, entity))
        self._starts = [f[0] for f in self._found]

    def within(self, span: Span) -> Iterator[tuple[Entity, Span]]:
        """The topics of a span, each once, with the words that name it first."""
        seen: set[int] = set()
        for i in range(bisect_left(self._starts, span.start), len(self._found)):
            start, end, entity = self._found[i]
            if end > span.end:
                break
            if id(entity) not in seen:
                seen.add(id(entity))
                yield entity, Span(start, end)
