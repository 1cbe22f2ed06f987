"""Files are written whole, all of them that belong together, or what was there stays."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from kg.errors import KgError


def write(files: Mapping[Path, str | bytes]) -> None:
    """Write each file; a text as UTF-8. Every one stands beside its place in full before the first is moved there. A link stays
    a link; a pipe or a device, which cannot be replaced, is written to. Raises KgError that names the file."""
    waiting: dict[Path, Path] = {}
    path = Path()
    try:
        for path, content in files.items():
            place = Path(os.path.realpath(path.expanduser()))
            data = content.encode("utf-8", "replace") if isinstance(content, str) else content
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, "it is a folder")
            if place.exists() and not place.is_file():
                place.write_bytes(data)
                continue
            beside = place.with_name(f".kg-{os.getpid()}-{len(waiting)}.tmp")
            waiting[beside] = place
            beside.write_bytes(data)
        for beside, path in waiting.items():
            os.replace(beside, path)
    except OSError as error:
        raise KgError(f"{path}: cannot be written: {error.strerror or error}; choose another place with -o") from error
    finally:
        for beside in waiting:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
