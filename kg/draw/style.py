"""The drawings' table of colours and words, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LIGHT, DARK = 0, 1
LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as ``(light, dark)`` and the name as ``(zh, en)``; ``fill`` is empty for relationships."""

    line: tuple[str, str]
    name: tuple[str, str]
    fill: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Style:
    """``style.toml`` as read."""

    font: str
    kinds: dict[str, Look]
    groups: dict[str, Look]
    group_of: dict[str, str]
    words: dict[str, tuple[str, str]]

    def say(self, key: str, lang: str, **values: object) -> str:
        """A phrase of the drawings in ``zh`` or ``en``."""
        return self.words[key][LANGUAGES.index(lang)].format(**values)

    def group(self, relation: str) -> str:
        """The group a relationship is coloured by."""
        return self.group_of.get(relation, "structure")


@cache
def style() -> Style:
    """The table."""
    data = tomllib.loads(files("kg.draw").joinpath("style.toml").read_text("utf-8"))
    kinds = {k: Look(tuple(v["line"]), tuple(v["name"]), tuple(v["fill"])) for k, v in data["kind"].items()}
    groups = {k: Look(tuple(v["line"]), tuple(v["name"])) for k, v in data["group"].items()}
    group_of = {t: k for k, v in data["group"].items() for t in v["types"]}
    words = {k: (zh, en) for k, (zh, en) in data["words"].items()}
    return Style(data["font"], kinds, groups, group_of, words)
