"""How stale the search index may be for a process that answers many searches, so that it need not check for each."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

_OPTION = "warraq_freshness"


class Freshness:
    """One catch-up at a time in this process, and none that begins within lag_s of the one before."""

    def __init__(self, lag_s: float) -> None:
        self._lag_s = lag_s
        self._lock = threading.Lock()
        self._began = -lag_s
        self._under_way = False

    @contextmanager
    def turn(self) -> Iterator[bool]:
        """Whether the caller is to catch up; it has done so when the block ends."""
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
    """Let searches with this engine miss what was saved in the last seconds, where it is more than one a second."""
    engine.update_execution_options(**{_OPTION: Freshness(lag_s)})


@contextmanager
def catch_up_turn(engine: Engine) -> Iterator[bool]:
    """Whether the caller is to bring the index up to date: always, unless the engine allows a lag."""
    freshness: Freshness | None = engine.get_execution_options().get(_OPTION)
    if freshness is None:
        yield True
        return
    with freshness.turn() as mine:
        yield mine
