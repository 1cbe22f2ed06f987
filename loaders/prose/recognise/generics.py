"""Collectives named by class: 各级各部门, 有关部门, 乡镇（办）, 工业企业."""

from __future__ import annotations

import re
from functools import cache

from kg.sieve import Part
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.scene import Scene
from loaders.prose.sift import sift


@cache
def pattern() -> re.Pattern[str]:
    """All rows of generics.toml as one expression."""
    return re.compile("|".join(f"(?P<r{i}>{r['pattern']})" for i, r in enumerate(table("generics.toml")["row"])))


@cache
def rows() -> Part[re.Pattern[str]]:
    """Each row's expression."""
    return sift([re.compile(r["pattern"]) for r in table("generics.toml")["row"]], lambda p: p)


def spans(text: str) -> list[tuple[int, int]]:
    """Where collectives stand: the longest reading at each place, left to right."""
    every = {m.span() for _, m in rows().over(text).matches() if m.end() > m.start()}
    found = sorted(every, key=lambda s: (s[0], -s[1]))
    out: list[tuple[int, int]] = []
    for s, e in found:
        if not out or s >= out[-1][1]:
            out.append((s, e))
    return out


def read(scene: Scene) -> None:
    """Mention every collective that nothing more definite has read."""
    for s, e in spans(scene.page.text):
        if scene.free(s, e):
            word = scene.page.text[s:e]
            scene.mention(scene.entity("Agency", f"class/{word}", word, word, generic=True), s, e)
