"""Whose notice a page is: the place that '我市' speaks of, the body that issued it."""

from __future__ import annotations

import re
from functools import cached_property

from kg.lazy import lazy
from loaders.prose.page import Entity, Page
from loaders.prose.relate.fill import own_place
from loaders.prose.relate.runs import Run
from loaders.prose.relate.slots import Slots

_OURS = lazy(r"(?:我|本)(?:地区|省|市|县|区|旗|州|盟|镇|乡|街道)$|全(?:省|市|县|区|旗|州|盟|镇|乡)$")
_OWN = lazy(r"[全我](?P<level>[省市县区旗州盟镇乡])(?![长委级直域内外])")


def home(slots: Slots) -> Entity | None:
    """The Region that the notice calls its own, or that ``meta.place`` names and the body mentions; None if open."""
    regions = [m for m in slots.marks if m.kind == "R" and not m.generic]
    for m in regions:
        if _OURS.fullmatch(slots.page.quote(m.span)):
            return m.entities[0]
    place = slots.page.meta.place
    return next((e for m in regions for e in m.entities if place and place.endswith(e.name)), None)


class Places:
    """The places that figures and targets of a page are said of."""

    def __init__(self, page: Page) -> None:
        self.page, self.slots = page, Slots.of(page)
        self._known: dict[tuple[str, str], Entity] = {}

    @cached_property
    def home(self) -> Entity | None:
        """The notice's own place, where its body names it."""
        return home(self.slots)

    @property
    def own(self) -> Entity | None:
        """The notice's own place."""
        return self.home or self._own(self.page.meta.place[-1:]) if self.page.home else self.home

    def named(self, start: int, at: int) -> Run | re.Match[str] | None:
        """What names a place last between two offsets: names, or words for the notice's own ('全县'); None where nothing does."""
        runs = [r for r in self.slots.runs_in(start, at) if any(h.kind == "R" for h in r.heads)]
        own = list(_OWN.finditer(self.page.text, start, at))
        if own and (not runs or runs[-1].span.start <= own[-1].start()):
            return own[-1]
        return runs[-1] if runs else None

    def only(self, named: Run | re.Match[str] | None) -> Entity | None:
        """The one place that words name; None where they name several (which share figures in ways that vary) or a class."""
        if isinstance(named, re.Match):
            known = self.home is not None and self.home.name.endswith(named["level"])
            return self.home if known else self._own(named["level"])
        if named is None or len(named.entities) != 1 or named.heads[0].kind != "R" or named.heads[0].generic:
            return None
        return named.entities[0]

    def _own(self, level: str) -> Entity | None:
        place = own_place(self.page, f"我{level}", self._known)
        return None if place.props.get("unresolved") else place
