"""What takes long to work out, kept in the user's cache folder so that the next start need not do it again.

A file is named by the SHA-256 of all that its content follows from, so it can never be stale: of anything else the name
is another. One that is missing, damaged or not writable costs the work, nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def file_for(name: str, sources: Mapping[str, bytes], folder: Path | None = None) -> Path:
    """Where what follows from ``sources`` (their bytes by name) is kept; ``folder`` None: in the user's own."""
    digest = hashlib.sha256()
    for source, data in sources.items():
        digest.update(f"{source} {len(data)}\n".encode())
        digest.update(data)
    if folder is None:
        import platformdirs

        folder = platformdirs.user_cache_path("accountability-kg", appauthor=False)
    return folder / f"{name}-{digest.hexdigest()[:32]}.json"


def keep(path: Path, content: Mapping[str, Any]) -> None:
    """Write a file whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False)
        os.replace(temporary, path)
    except OSError:
        pass  # a cache folder that cannot be written only makes the next start slower
