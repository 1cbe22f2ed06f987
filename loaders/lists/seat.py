"""Where the people of a row sit: its bodies, its places, its home."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.lazy import lazy
from kg.places import gazetteer
from loaders.lists.phrases import Home
from loaders.prose.page import Entity


@dataclass(slots=True)
class Seat:
    """What a row says of where its people sit: bodies, the likeliest first; its places; its home."""

    home: Home
    bodies: Sequence[Entity] = ()
    town: Entity | None = None
    village: Entity | None = None
    county: Entity | None = None
    code: str = ""
    of_county: bool = False  # the column says that its people are the county's: a bare 副市长 is of a county-level city


_ZONE = lazy(r"([\u4e00-\u9fff]{2,8}(?:园区|开发区|新区|示范区))管委会")
BARE_STREET = lazy(r"^街道|(?:^|(?<=、))(?=办事处)")  # of a subdistrict that is not named: '街道办主任', '办事处主任'


def in_town(seat: Seat) -> bool:
    """Whether a row's bodies or its home say which township it speaks of."""
    return "township" in seat.home.places or any(re.search(r"[镇乡]|街道", b.name) for b in seat.bodies)


def of_street(text: str, seat: Seat) -> tuple[str, Seat]:
    """A title of a subdistrict that does not say which (``BARE_STREET``), with the row's; no other body of the row is meant."""
    there = [b for b in (*seat.bodies, seat.town) if b is not None]
    streets = {b.name for b in there if b.label == "Region" and b.name.endswith("街道")}
    streets |= {b.name.removesuffix("办事处") for b in there if b.label == "Agency" and b.name.endswith("街道办事处")}
    if len(streets) == 1:
        return BARE_STREET.sub(streets.pop(), text), seat
    if not text.startswith("街道"):
        return text, seat
    return text, replace(seat, bodies=tuple(b for b in seat.bodies if re.search("街道|办事处", b.name)))


def of_another_zone(text: str, body: Entity | None) -> bool:
    """Whether a title is of the committee of a zone by another name than the body it was read as: '工业园区管委会主任' beside
    '东山工业园'."""
    m = _ZONE.search(text)
    return (
        m is not None
        and body is not None
        and body.key.endswith("/管理委员会")
        and not any(m[1] in x for x in (body.name, *body.aliases))
    )


def division_code(e: Entity | None) -> str:
    """Code of the division that a thing is or is in, '' where none is known."""
    return _division(e.key) if e is not None else ""


@lru_cache(4096)
def _division(key: str) -> str:
    code = key.split("/", 1)[0]
    return code if code.isdigit() and gazetteer().get(code) else ""
