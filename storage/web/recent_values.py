"""Figures that many requests show and that cost more than a page: each is computed once in a while, by one of them."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

KEPT_S = 20.0
Value = TypeVar("Value")


class RecentValues:
    """Values by name, at most KEPT_S old where somebody asks for them. For any number of threads."""

    def __init__(self, kept_s: float = KEPT_S) -> None:
        self._kept_s = kept_s
        self._values: dict[Hashable, tuple[float, Any]] = {}
        self._locks: dict[Hashable, threading.Lock] = {}

    def get(self, name: Hashable, compute: Callable[[], Value]) -> Value:
        """The value. Who finds it too old computes it; others get the old one meanwhile, or wait for the first.

        An error of compute is that caller's alone. name: one of few, as nothing is ever dropped.
        """
        held = self._values.get(name)
        if held is not None and time.monotonic() - held[0] < self._kept_s:
            return held[1]  # type: ignore[no-any-return] # what compute of the same name gave
        lock = self._locks.setdefault(name, threading.Lock())
        if not lock.acquire(blocking=held is None):
            assert held is not None  # noqa: S101 - else the lock was waited for
            return held[1]  # type: ignore[no-any-return]
        try:
            after = self._values.get(name)
            if after is not None and after is not held:  # somebody else did it while this one waited
                return after[1]  # type: ignore[no-any-return]
            value = compute()
            self._values[name] = time.monotonic(), value
            return value
        finally:
            lock.release()
