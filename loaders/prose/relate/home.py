"""Whose notice a page is: the place that '我市' speaks of, the body that issued it."""

from __future__ import annotations

from kg.lazy import lazy
from loaders.prose.page import Entity
from loaders.prose.relate.slots import Slots

_OURS = lazy(r"(?:我|本)(?:地区|省|市|县|区|旗|州|盟|镇|乡|街道)$|全(?:省|市|县|区|旗|州|盟|镇|乡)$")


def home(slots: Slots) -> Entity | None:
    """The Region that the notice calls its own, or that ``meta.place`` names and the body mentions; None if open."""
    regions = [m for m in slots.marks if m.kind == "R" and not m.generic]
    for m in regions:
        if _OURS.fullmatch(slots.page.quote(m.span)):
            return m.entities[0]
    place = slots.page.meta.place
    return next((e for m in regions for e in m.entities if place and place.endswith(e.name)), None)
