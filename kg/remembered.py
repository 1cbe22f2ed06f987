"""Answers that are kept while a graph stays as it is, and answers that come part by part."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")

MOST = 64
"""Answers that are kept; of more the one goes that was not asked for the longest."""


class Remembered:
    """Answers by what was asked, all of one version of the graph: with another version they are forgotten."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._version: object = None
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def answer(self, asked: Hashable, version: object, ask: Callable[[], T]) -> T:
        """The answer that is kept, or that of ``ask``, which is kept unless it raises."""
        with self._lock:
            if version != self._version:
                self._answers.clear()
                self._version = version
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return cast(T, self._answers[asked])
        found = ask()
        with self._lock:
            if version == self._version:
                self._answers[asked] = found
                while len(self._answers) > self._most:
                    self._answers.popitem(last=False)
        return found

    def forget(self, asked: Hashable = None) -> None:
        """Forget one answer, or all."""
        with self._lock:
            if asked is None:
                self._answers.clear()
            else:
                self._answers.pop(asked, None)


class Growing(Generic[T]):
    """An answer that is found in the background, part by part: ``states`` yields it as it grows, the last time whole."""

    def __init__(self, states: Iterable[T]) -> None:
        self._changed = threading.Condition()
        self._newest: T | None = None
        self._error: Exception | None = None
        self._ended = False
        threading.Thread(target=self._follow, args=(states,), daemon=True).start()

    def newest(self, patience: float | None) -> T:
        """The whole of it, or after ``patience`` seconds as much as is there, but the first state at least. Raises
        what ended it."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended, patience)
            self._changed.wait_for(lambda: self._ended or self._newest is not None)
            if self._error is not None:
                raise self._error
            return cast(T, self._newest)

    def _follow(self, states: Iterable[T]) -> None:
        error: Exception | None = None
        try:
            for state in states:
                with self._changed:
                    self._newest = state
                    self._changed.notify_all()
        except Exception as wrong:  # noqa: BLE001 - told to whoever asks
            error = wrong
        with self._changed:
            self._error, self._ended = error, True
            self._changed.notify_all()
