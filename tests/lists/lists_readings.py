"""Lists as they are read, and what they say of whom."""

from __future__ import annotations

from kg.loading import Defaults
from kg.model import Reading
from loaders.lists import LOADER


def read(*lines: str | bytes, name: str = "list.csv", home: Defaults = Defaults()) -> Reading:  # noqa: B008
    """The reading of a list of these lines, or of one file's bytes."""
    data = b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines)
    found = LOADER.read(data, name, home)
    assert found is not None
    return found


def said(reading: Reading, type_: str, prop: str = "role") -> set[tuple[str, str, str]]:
    """What is stated by relationships of a type: (source, a property, target)."""
    names = {n.id: n.name for n in reading.nodes}
    return {
        (names[e.source], str(e.props.get(prop, "")), names[e.target])
        for e in reading.edges
        if e.type == type_ and not e.derived
    }
