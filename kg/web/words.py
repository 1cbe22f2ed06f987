"""What the pages say, in Chinese and English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kg.vocabulary import vocabulary

TONGUES = ("zh", "en")
_PAIR = re.compile(
    r"(?P<en>[a-z]+(?:_[a-z]+)*) (?P<zh>[\u4e00-\u9fff]+)"
)  # a value said in both: 'deadline_moved 延期'


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; ``at`` is its place in each pair (0 Chinese, 1 English)."""

    at: int

    @property
    def lang(self) -> str:
        return ("zh-CN", "en")[self.at]

    @property
    def tongue(self) -> str:
        return TONGUES[self.at]

    def __call__(self, key: str, **values: object) -> str:
        """A word or sentence of the table, with its places filled."""
        return str(_table()["words"][key][self.at]).format(**values)

    def label(self, label: str) -> str:
        """A class of things."""
        info = vocabulary().labels.get(label)
        return (info.zh, info.en)[self.at] if info else label

    def relation(self, type_: str, leaving: bool) -> str:
        """The heading of a thing's relationships of a type, as seen from its source or its target."""
        pair = _table()["from" if leaving else "into"].get(type_)
        if pair:
            return str(pair[self.at])
        info = vocabulary().types.get(type_)
        return f"{'→' if leaving else '←'} {(info.zh, info.en)[self.at] if info else type_}"

    def topic(self, name: str) -> str:
        """A folder of saved questions."""
        pair = _table()["topics"].get(name)
        return str(pair[self.at]) if pair else name

    def column(self, name: str) -> str:
        """A column of a saved question."""
        pair = _table()["columns"].get(name.removesuffix("_en"))
        return str(pair[self.at]) if pair else name

    def change(self, key: str, days: int | None = None) -> str:
        """What is said of an item between two states of its list, with the days that it is about."""
        text = str(_table()["changes"][key][self.at])
        return f"{text} {self('days', n=days)}" if days else text

    def basis(self, text: str) -> str:
        """What speaks for two being the same (``wording 0.94, same number``)."""
        for pattern, zh in _table()["basis"].items() if self.tongue == "zh" else ():
            text = re.sub(pattern, zh, text)
        return text

    def wrong(self, text: str) -> str:
        """What went wrong, in the reader's language where the table has the sentence."""
        for pattern, zh in _table()["wrong"].items() if self.tongue == "zh" else ():
            if m := re.search(pattern, text, re.DOTALL):
                return text[: m.start()] + m.expand(zh)
        return text

    def truth(self, column: str, value: bool) -> str:
        """Yes or no, or whether something is derived."""
        if column == "derived":
            return self("derived" if value else "stated")
        return self("yes" if value else "no")

    def twin(self, column: str, columns: Sequence[str]) -> bool:
        """Whether a column only says in the other language what one beside it says in the reader's (``gap``, ``gap_en``)."""
        return (f"{column}_en" if self.at else column.removesuffix("_en")) in columns and column.endswith("_en") == (
            not self.at
        )

    def cell(self, column: str, value: object) -> object:
        """A value of an answer in the reader's language; what is only a name or a number stays."""
        if isinstance(value, bool):
            return self.truth(column, value)
        if not isinstance(value, str):
            return value
        if column == "level":
            return self.value("Region", "level", value)
        if column == "way" and value in ("up", "down"):
            return self(value)
        if column == "basis":
            return self.basis(value)
        pairs = [_PAIR.fullmatch(part) for part in value.split(", ")]
        if all(pairs):
            return ("、", ", ")[self.at].join(p[("zh", "en")[self.at]].replace("_", " ") for p in pairs if p)
        return self.how(value)

    def how(self, value: str) -> str:
        """A relationship type with its qualifier, as queries write them (``SUPERVISES inspection``); else the text."""
        type_, _, rest = value.partition(" ")
        info = vocabulary().types.get(type_)
        if info is None:
            return value
        return " ".join(t for t in (self.verb(type_), self.detail(type_, rest)) if t)

    def detail(self, type_: str, value: str) -> str:
        """What qualifies a relationship: a role, kind or form."""
        info = vocabulary().types.get(type_)
        return self.value(type_, info.qualifier, value) if info and info.qualifier else value

    def verb(self, type_: str) -> str:
        """A relationship type."""
        info = vocabulary().types.get(type_)
        return (info.zh, info.en)[self.at] if info else type_

    def property(self, owner: str, name: str) -> str:
        """A property of a label or relationship type."""
        info = vocabulary().labels.get(owner) or vocabulary().types.get(owner)
        entry = info.properties.get(name) if info else None
        return (entry.zh, entry.en)[self.at] if entry else name

    def value(self, owner: str, name: str, value: object) -> str:
        """A coded value of a property, or the value as it is."""
        if name == "basis":
            return self.basis(str(value))
        info = vocabulary().labels.get(owner) or vocabulary().types.get(owner)
        entry = info.properties.get(name) if info else None
        pair = (entry.value_labels or {}).get(str(value)) if entry else None
        return str(pair[self.at]) if pair else "、".join(value) if isinstance(value, list) else str(value)


def words(asked: str, accepted: str) -> Words:
    """``asked`` is what the reader chose (zh, en or ''), ``accepted`` the browser's Accept-Language."""
    if asked in TONGUES:
        return Words(TONGUES.index(asked))
    first = accepted.split(",")[0].strip().lower()
    return Words(1 if first and not first.startswith(("zh", "*")) else 0)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("kg.web").joinpath("words.toml").read_text("utf-8"))
