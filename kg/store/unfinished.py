"""Long work on a store that is a file: while it lasts a file ``PATH-part`` beside it says that its log holds only a part of it.

The store was saved before, so that to undo the work is to throw the log away.
"""

from __future__ import annotations

import os
from pathlib import Path


def begin(path: Path) -> None:
    """Say so, on disk."""
    with _mark(path).open("wb") as file:
        os.fsync(file.fileno())
    _written(path)


def is_there(path: Path) -> bool:
    """Whether work on the store is under way, or was cut off."""
    return _mark(path).exists()


def end(path: Path) -> None:
    """The work is whole: from now on the log counts."""
    _mark(path).unlink(missing_ok=True)
    _written(path)


def undo(path: Path) -> None:
    """Put the store back to what it was before; nobody may have it open for writing. Broken off, it can be done again."""
    if is_there(path):
        Path(f"{path}-wal").unlink(missing_ok=True)
        _written(path)
        end(path)


def _mark(path: Path) -> Path:
    return Path(f"{path}-part")


def _written(path: Path) -> None:
    """Have the folder on disk, where the system offers that."""
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
