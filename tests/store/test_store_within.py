"""What takes too long is left to itself; what does not is as if it were called."""

from __future__ import annotations

from threading import Event

import pytest

from kg.store.within import within


def test_what_ends_in_time_returns_and_raises_as_it_is() -> None:
    assert within(60, lambda: "rows") == "rows"
    with pytest.raises(ZeroDivisionError):
        within(60, lambda: 1 // 0)


def test_what_takes_longer_is_not_waited_for() -> None:
    late, ended = Event(), Event()

    def work() -> None:
        late.wait()
        ended.set()

    with pytest.raises(TimeoutError):
        within(0.05, work)
    assert not ended.is_set()
    late.set()
    assert ended.wait(60)
