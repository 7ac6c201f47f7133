"""The lag allowed to the search index in a process that answers many searches, which then need not check each time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

_OPTION = "warraq_freshness"


class Freshness:
    """Allows one catch-up at a time in this process, and none within lag_s after the start of the one before."""

    def __init__(self, lag_s: float) -> None:
        self._lag_s = lag_s
        self._lock = threading.Lock()
        self._began = -lag_s
        self._under_way = False

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Yield whether the caller should catch up; it must be done when the block ends."""
        with self._lock:
            now = time.monotonic()
            mine = not self._under_way and now - self._began >= self._lag_s
            if mine:
                self._under_way, self._began = True, now
        try:
            yield mine
        finally:
            if mine:
                self._under_way = False


def allow_lag(engine: Engine, lag_s: float) -> None:
    """Let searches with this engine miss articles saved in the last `lag_s` seconds."""
    engine.update_execution_options(**{_OPTION: Freshness(lag_s)})


@contextmanager
def catch_up_turn(engine: Engine) -> Iterator[bool]:
    """Yield whether the caller should update the index: always, unless the engine allows a lag."""
    freshness: Freshness | None = engine.get_execution_options().get(_OPTION)
    if freshness is None:
        yield True
        return
    with freshness.turn() as mine:
        yield mine
