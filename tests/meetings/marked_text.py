"""Sentences with their mentions marked up, as pages: '{Agency:县政府}约谈{Region*:各乡镇}' (an asterisk marks a class)."""

from __future__ import annotations

import re

from loaders.prose.cut import cut
from loaders.prose.page import Entity, Mention, Meta, Page, Span

_MARK = re.compile(r"\{(?P<label>[A-Z][a-z]+)(?P<generic>\*?):(?P<words>[^}]+)\}")


def marked(text: str, published: str = "2024-06-01", publisher: str = "", title: str = "") -> Page:
    """The page of a marked-up text; equal words of one label are one thing."""
    plain: list[str] = []
    mentions: list[Mention] = []
    known: dict[tuple[str, str], Entity] = {}
    at = length = 0
    for m in _MARK.finditer(text):
        plain.append(text[at : m.start()])
        length += m.start() - at
        words = m["words"]
        props: dict[str, object] = {"generic": True} if m["generic"] else {}
        entity = known.setdefault((m["label"], words), Entity(m["label"], words, [], "", dict(props)))  # type: ignore[arg-type]
        mentions.append(Mention(Span(length, length + len(words)), entity, words))
        plain.append(words)
        length += len(words)
        at = m.end()
    plain.append(text[at:])
    return cut(Page("".join(plain), Meta(title=title, published=published, publisher=publisher), mentions=mentions))
