"""A division of China or a named area, and the forms in which texts name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from kg.places import tables

Level = Literal["country", "province", "prefecture", "county", "township", "area"]

#: ``full``: the official name; ``trimmed``: without the peoples, its kind kept (玉屏县, 黔东南州, 湘西自治州); ``short``: without its kind
#: (望都, 保定); ``other``: from a table (冀, 达茂旗, 京津冀地区).
FormKind = Literal["full", "trimmed", "short", "other"]

# What a name ends in, by level; longer endings first. The stem before it is the short form.
_ENDINGS = {
    "province": ("特别行政区", "自治区", "省", "市"),
    "prefecture": ("地区", "新区", "自治州", "市", "盟", "州"),
    "county": ("自治县", "自治旗", "新区", "特区", "林区", "矿区", "市", "县", "旗", "区"),
    "township": ("街道", "民族苏木", "苏木", "区公所", "镇", "乡"),
}
_WORDS = {
    "自治区": "自治区",
    "特别行政区": "特区",
    "自治州": "州",
    "自治县": "县",
    "自治旗": "旗",
    "矿区": "区",
    "林区": "区",
}


class Form(NamedTuple):
    """One way of writing a place.

    ``safe``: it names a place wherever it stands, without help from the context; bare stems of counties never do, since too
    many stand by chance across two words. ``nested``: it names a place right after the name of a division above (河北望都).
    """

    text: str
    kind: FormKind
    safe: bool
    nested: bool = True


@dataclass(frozen=True, slots=False)
class Place:
    """A division in one of its states, or a named area.

    ``adcode`` is the code of the Ministry of Civil Affairs (6 digits, townships 9); a named area has its name instead.
    ``parents`` are codes from the province down, ``parent_names`` their names at the time. ``since`` and ``until`` are years
    ('' if open): the change fell somewhere within that year. ``successors`` are the present codes of what a past division
    became. ``renamed_from`` is set on a place that was asked for by a name it no longer has. A division that keeps its
    name keeps its code here even when its official code changed with its parent.
    """

    adcode: str
    name: str
    level: Level
    parents: tuple[str, ...] = ()
    parent_names: tuple[str, ...] = field(default=(), compare=False)
    since: str = field(default="", compare=False)
    until: str = ""
    successors: tuple[str, ...] = field(default=(), compare=False)
    renamed_from: str = field(default="", compare=False)

    @property
    def full_name(self) -> str:
        """From the province down: 河北省保定市望都县, 北京市海淀区."""
        return "".join(self.parent_names) + self.name

    @property
    def parent(self) -> str:
        """Code of the division right above, '' if none."""
        return self.parents[-1] if self.parents else ""

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """All forms, the full name first."""
        return tuple(forms_of(self.adcode, self.name, self.level))

    def holds_on(self, date: str) -> bool:
        """Whether this state held on an ISO date, or its year of change contains it; '' asks for the present."""
        if not date:
            return not self.until
        year = date[:4]
        return (not self.since or self.since <= year) and (not self.until or year <= self.until)


def split_ending(name: str, level: str) -> tuple[str, str]:
    """Stem and ending: ('保定', '市'), ('玉屏侗族', '自治县'); ending '' where none is known."""
    for ending in _ENDINGS.get(level, ()):
        if name.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)], ending
    return name, ""


def without_peoples(stem: str) -> str:
    """A stem without the peoples at its end: 玉屏侗族 -> 玉屏, 东乡族 -> 东乡; 内蒙古 and 鄂伦春 stay."""
    found = stem
    while True:
        people = max((p for p in tables.peoples() if found.endswith(p)), key=len, default="")
        if len(people) == len(found):
            return found.removesuffix("族")
        if not people or len(found) - len(people) < 2:
            return found
        found = found[: -len(people)]


def government_level_word(place: Place) -> str:
    """The word by which texts go on to speak of it: 省, 自治区, 市, 州, 盟, 地区, 县, 区, 旗, 镇, 乡, 街道, 苏木; '' for an area."""
    ending = split_ending(place.name, place.level)[1]
    if place.level == "county" and ending == "新区":
        return "新区"
    return _WORDS.get(ending, ending)


def forms_of(adcode: str, name: str, level: str) -> list[Form]:
    """All forms of a name, the full one first, without repetition."""
    common = tables.common_words()
    found = [Form(name, "full", level != "township" and len(name) > 2 and name not in common)]
    if level in _ENDINGS:
        stem, ending = split_ending(name, level)
        bare = without_peoples(stem) if ending.startswith("自治") or stem[-1:] == "族" else stem
        if bare != stem or ending in ("自治县", "自治旗", "自治州"):
            word = _WORDS.get(ending, ending)
            found += [Form(bare + w, "trimmed", level != "township" and len(bare) > 1) for w in (word, ending)]
        if len(bare) > 1:
            district = level == "county" and ending in ("区", "新区", "矿区")
            nested = level != "township" and not district and bare not in common
            found.append(Form(bare, "short", nested and level in ("province", "prefecture"), nested))
    found += [Form(text, "other", safe and text not in common) for text, safe in tables.other_forms().get(adcode, ())]
    unique: dict[str, Form] = {}
    for form in found:
        unique.setdefault(form.text, form)
    return list(unique.values())
