"""A limit of time for what cannot be broken off."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """What ``work`` returns or raises; TimeoutError where it has not ended after so many seconds: it is left to itself then."""
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - told where it is waited for
            done.set_exception(error)

    Thread(target=run, daemon=True).start()
    return done.result(seconds)
