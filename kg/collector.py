"""Reading, storing and drawing make many small things that all stay: looking for garbage cycles among them meanwhile costs up to
half the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


@contextmanager
def at_rest() -> Iterator[None]:
    """The cycle collector waits while one source is read or stored or one chain drawn, and goes on as before afterwards."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@cache
def keep_tables() -> None:
    """Once the tables are loaded they live as long as the process: the collector need not look at them again, nor at the
    little that is garbage by then."""
    gc.freeze()
