"""A cache of figures that many pages show and that are costly to compute. One request at a time recomputes a figure."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

KEPT_S = 20.0
Value = TypeVar("Value")


class RecentValues:
    """Cached values by name, at most about KEPT_S old when returned. Thread-safe."""

    def __init__(self, kept_s: float = KEPT_S) -> None:
        self._kept_s = kept_s
        self._values: dict[Hashable, tuple[float, Any]] = {}
        self._locks: dict[Hashable, threading.Lock] = {}

    def get(self, name: Hashable, compute: Callable[[], Value]) -> Value:
        """Return the value. One caller recomputes an old value; others get it as it is, or wait for the first.

        An error of compute is raised to its caller only. name: one of few names, since values are never dropped.
        """
        held = self._values.get(name)
        if held is not None and time.monotonic() - held[0] < self._kept_s:
            return held[1]  # type: ignore[no-any-return] # the result of compute for the same name
        lock = self._locks.setdefault(name, threading.Lock())
        if not lock.acquire(blocking=held is None):
            assert held is not None  # noqa: S101 - else the lock was waited for
            return held[1]  # type: ignore[no-any-return]
        try:
            after = self._values.get(name)
            if after is not None and after is not held:  # another thread computed it while this one waited
                return after[1]  # type: ignore[no-any-return]
            value = compute()
            self._values[name] = time.monotonic(), value
            return value
        finally:
            lock.release()
