"""Collectives named by class: 各级各部门, 有关部门, 乡镇（办）, 工业企业."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from kg.sieve import Part
from loaders.prose.recognise.lexicon import table
from loaders.prose.recognise.scene import Scene
from loaders.prose.recognise.surroundings import Bodies
from loaders.prose.sift import sift


@cache
def pattern() -> re.Pattern[str]:
    """All rows of generics.toml as one expression."""
    return re.compile("|".join(f"(?P<r{i}>{r['pattern']})" for i, r in enumerate(table("generics.toml")["row"])))


@cache
def rows() -> Part[str]:
    """Each row's expression."""
    return sift([r["pattern"] for r in table("generics.toml")["row"]], lambda p: p)


def spans(text: str, free: Callable[[int, int], bool]) -> list[tuple[int, int]]:
    """Where collectives stand: the longest reading at each place that is ``free``, left to right."""
    every = {m.span() for _, m in rows().over(text).matches() if m.end() > m.start() and free(*m.span())}
    found = sorted(every, key=lambda s: (s[0], -s[1]))
    out: list[tuple[int, int]] = []
    for s, e in found:
        if not out or s >= out[-1][1]:
            out.append((s, e))
    return out


def read(scene: Scene, bodies: Bodies) -> None:
    """Mention every collective that nothing more definite has read; the members of a body by the body's name as well."""
    for s, e in spans(scene.page.text, scene.free):
        word = scene.page.text[s:e]
        if word.endswith("成员单位") and s in bodies.at_end:
            at, host, _ = bodies.at_end[s]
            whole = scene.entity("Agency", f"class/{host.key}{word}", f"{host.name}{word}", word, generic=True)
            if (surface := scene.page.text[at:e]) not in (whole.name, *whole.aliases):
                whole.aliases.append(surface)
            scene.mention(whole, at, e)
        else:
            scene.mention(scene.entity("Agency", f"class/{word}", word, word, generic=True), s, e)
