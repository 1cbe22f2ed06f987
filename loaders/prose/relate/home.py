"""The place whose notice a page is: what '我市' and '我县' speak of."""

from __future__ import annotations

import re

from loaders.prose.page import Entity, Page

_OURS = re.compile(r"(?:我|本)(?:省|市|县|区|旗|州|盟|镇|乡|街道)$|全(?:省|市|县|区|旗|州|盟|镇|乡)$")


def home(page: Page) -> Entity | None:
    """The Region that the notice calls its own, or that ``meta.place`` names and the body mentions; None if open."""
    regions = [m for m in page.mentions if m.entity.label == "Region" and not m.entity.props.get("generic")]
    for m in regions:
        if _OURS.fullmatch(m.surface):
            return m.entity
    place = page.meta.place
    for m in regions:
        if place and (m.entity.name == place or place.endswith(m.entity.name)):
            return m.entity
    return None
