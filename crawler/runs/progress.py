"""Progress of a crawl on stderr: a live line on a terminal, else a plain line each minute."""

import asyncio
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from crawler.platforms.run_statistics import RunStatistics

TERMINAL_INTERVAL_S = 0.5
PLAIN_INTERVAL_S = 60.0
SILENT_S = 60.0  # longer than a complete answer may take
MOST_NAMED = 4
BAR_WIDTH = 20  # characters


class Progress:
    """Context manager that reports on stderr; for use in a running event loop."""

    def __init__(self, runs: Sequence[RunStatistics], *, quiet: bool = False) -> None:
        self._runs = runs
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
        pages = sum(run.pages for run in self._runs)
        articles = sum(run.articles for run in self._runs)
        new = sum(run.new for run in self._runs)
        running = [run.site for run in self._runs if run.status == "running"]
        where = running[0] if len(running) == 1 else f"{len(running)} sites"
        rate = pages / seconds if seconds else 0.0
        count = f"{articles} articles"
        expected = [(run.articles + run.already_known, run.expected) for run in self._runs]
        if running and all(end is not None and end >= done for done, end in expected):
            end = sum(end or 0 for _done, end in expected)
            count = f"{bar(sum(done for done, _end in expected), end)} of {end} articles"
        text = f"{where}: {pages} pages, {count} ({new} new), {rate:.1f} pages/s, {seconds:.0f} s"
        return f"{text}; {silent}" if (silent := self._silent()) else text

    def _silent(self) -> str:
        """A message that names the sites without a response for SILENT_S, the longest first; "" without any."""
        now = time.monotonic()
        since = {run.site: now - run.answered_at for run in self._runs if run.status == "running" and run.run_id}
        sites = sorted((site for site, age in since.items() if age > SILENT_S), key=lambda site: -since[site])
        if not sites:
            return ""
        more = f" and {len(sites) - MOST_NAMED} more" if len(sites) > MOST_NAMED else ""
        named = ", ".join(f"{site} for {since[site]:.0f} s" for site in sites[:MOST_NAMED])
        return f"no answer from {named}{more}"


def bar(done: int, end: int) -> str:
    """A bar and the share: "#####...............  25 %". It is ASCII, as a log may have any encoding."""
    share = min(1.0, done / end) if end else 1.0
    full = int(share * BAR_WIDTH)
    return f"{'#' * full}{'.' * (BAR_WIDTH - full)} {share:4.0%}"
