"""How a crawl tells that it is alive: a live line on a terminal, one plain line a minute elsewhere."""

import asyncio
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from crawler.runs.summary import Outcome

TERMINAL_INTERVAL_S = 0.5
PLAIN_INTERVAL_S = 60.0
BAR_PLACES = 20


class Progress:
    """Reports on stderr while used as a context manager within a running event loop."""

    def __init__(self, outcomes: Sequence[Outcome], *, quiet: bool = False) -> None:
        self._outcomes = outcomes
        self._console = Console(stderr=True)
        self._quiet = quiet
        self._live: Live | None = None
        self._task: asyncio.Task[None] | None = None
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        if not self._quiet:
            if self._console.is_terminal:
                self._live = Live(console=self._console, transient=True, auto_refresh=False)
                self._live.start()
            self._task = asyncio.get_running_loop().create_task(self._report())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
        if self._live is not None:
            self._live.stop()

    async def _report(self) -> None:
        while True:
            await asyncio.sleep(PLAIN_INTERVAL_S if self._live is None else TERMINAL_INTERVAL_S)
            if self._live is None:
                print(f"warraq: {self.line()}", file=sys.stderr, flush=True)
            else:
                self._live.update(Text(self.line(), no_wrap=True, overflow="ellipsis"), refresh=True)

    def line(self) -> str:
        """Pages, articles and rate of all sites together."""
        seconds = time.monotonic() - self._began
        pages = sum(outcome.pages for outcome in self._outcomes)
        articles = sum(outcome.articles for outcome in self._outcomes)
        new = sum(outcome.new for outcome in self._outcomes)
        running = [outcome.site for outcome in self._outcomes if outcome.status == "running"]
        where = running[0] if len(running) == 1 else f"{len(running)} sites"
        rate = pages / seconds if seconds else 0.0
        told = f"{articles} articles ({new} new)"
        expected = [(outcome.articles + outcome.passed, outcome.expected) for outcome in self._outcomes]
        if running and all(end is not None and end >= done for done, end in expected):
            end = sum(end or 0 for _done, end in expected)
            told = f"{bar(sum(done for done, _end in expected), end)} of {end} articles ({new} new)"
        return f"{where}: {pages} pages, {told}, {rate:.1f} pages/s, {seconds:.0f} s"


def bar(done: int, end: int) -> str:
    """A bar of 20 places and the share: "#####...............  25 %". Plain letters: a log may be in any encoding."""
    share = min(1.0, done / end) if end else 1.0
    full = int(share * BAR_PLACES)
    return f"{'#' * full}{'.' * (BAR_PLACES - full)} {share:4.0%}"
