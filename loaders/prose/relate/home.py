"""Whose notice a page is: the place that '我市' speaks of, the body that issued it."""

from __future__ import annotations

import re

from loaders.prose.page import Entity
from loaders.prose.relate.fill import Mark
from loaders.prose.relate.slots import Slots

_OURS = re.compile(r"(?:我|本)(?:省|市|县|区|旗|州|盟|镇|乡|街道)$|全(?:省|市|县|区|旗|州|盟|镇|乡)$")


def home(slots: Slots) -> Entity | None:
    """The Region that the notice calls its own, or that ``meta.place`` names and the body mentions; None if open."""
    regions = [m for m in slots.marks if m.kind == "R" and not m.generic]
    for m in regions:
        if _OURS.fullmatch(slots.page.quote(m.span)):
            return m.entities[0]
    place = slots.page.meta.place
    return next((e for m in regions for e in m.entities if place and place.endswith(e.name)), None)


def issuer(slots: Slots) -> Mark | None:
    """The body that issued the notice (its publisher, else who its headline begins with), where the text mentions it."""
    meta = slots.page.meta
    for mark in slots.marks:
        names = (
            [n for e in mark.entities for n in (e.name, *e.aliases)] if mark.kind == "A" and not mark.generic else []
        )
        if (
            meta.publisher in names
            or not meta.publisher
            and any(len(n) > 3 and meta.title.startswith(n) for n in names)
        ):
            return mark
    return None
