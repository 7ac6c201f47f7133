"""The summary of a crawl on stdout: a line per site when it ends, and at the end the sites that are not done."""

import sys
from collections.abc import Callable, Sequence
from typing import Any

from crawler.output import streams
from crawler.output.log_lines import LogLines
from crawler.output.printing import print_json
from crawler.platforms.run_statistics import RunStatistics
from crawler.runs import summary
from crawler.translation import _, in_english, terminal_line


def teller(log: LogLines | None, *, on_stdout: bool) -> Callable[[RunStatistics], None]:
    """Return a function that reports each site when it ends: a line on stdout, and an entry in the log, if any.

    Sites that a limit prevented from starting are named together at the end.
    """

    def tell(run: RunStatistics) -> None:
        if summary.was_kept_back(run):
            return
        if on_stdout:
            _print(summary.summary_line(run))
        if log is not None:
            with in_english():
                line = summary.summary_line(run)
            log.entry(line, level="info" if run.status == "done" else "warning", run=summary.as_json(run))

    return tell


def print_end(runs: Sequence[RunStatistics], notices: Sequence[str] = ()) -> None:
    """Print the sites that are not done. notices: lines about the command, such as that no site was due."""
    for line in (*summary.closing_lines(runs), *map(_, notices)):
        _print(line)


def print_answer(answer: dict[str, Any]) -> None:
    """Print the JSON of the crawl."""
    _guarded(lambda: print_json(answer))


def _print(line: str) -> None:
    _guarded(lambda: print(terminal_line(line), flush=True))


def _guarded(output: Callable[[], None]) -> None:
    """Write to stdout. A closed pipe must not end the crawl, whose exit code must still state its result."""
    try:
        output()
    except OSError as error:
        streams.discard_stdout()
        if not streams.is_broken_pipe(error):
            print(f"warraq: can't write the summary: {error.strerror}", file=sys.stderr)
