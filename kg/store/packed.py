"""JSON and lists of keys, packed small to be kept as a property."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable

pack_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""Plain values as JSON without a space, keys in order."""


class PackedKeys:
    """Keys of statements, packed as they come."""

    def __init__(self) -> None:
        self._packer, self._packed, self._mark = zlib.compressobj(6), list[bytes](), "["

    def add(self, keys: Iterable[str]) -> None:
        """More of them."""
        if told := pack_json(list(keys))[1:-1]:
            self._packed.append(self._packer.compress(f"{self._mark}{told}".encode()))
            self._mark = ","

    def text(self) -> str:
        """All of them; :func:`unpack_keys` is the inverse. Nothing can be added then."""
        rest = self._packer.compress(b"]" if self._mark == "," else b"[]") + self._packer.flush()
        return base64.b64encode(b"".join([*self._packed, rest])).decode()


def pack_keys(keys: Iterable[str]) -> str:
    """Keys of statements as one text; :func:`unpack_keys` is the inverse."""
    packed = PackedKeys()
    packed.add(sorted(keys))
    return packed.text()


def unpack_keys(packed: str) -> list[str]:
    """The keys of a notice's statements."""
    return list(json.loads(zlib.decompress(base64.b64decode(packed))))
