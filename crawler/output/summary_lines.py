"""The summary of a crawl on stdout: a line for each site when it ends, and what is not done again at the end."""

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
    """What tells of each site when it ends: a line on stdout, and an entry in the log where there is one.

    Sites that a limit kept from beginning are named together at the end.
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
    """What an operator of many sites reads first. notices: of the command, such as that nothing was due."""
    for line in (*summary.closing_lines(runs), *map(_, notices)):
        _print(line)


def print_answer(answer: dict[str, Any]) -> None:
    """The JSON of the crawl."""
    _guarded(lambda: print_json(answer))


def _print(line: str) -> None:
    _guarded(lambda: print(terminal_line(line), flush=True))


def _guarded(output: Callable[[], None]) -> None:
    """Write to stdout. The crawl goes on when nobody reads it, and its exit code must still say how it went."""
    try:
        output()
    except OSError as error:
        streams.discard_stdout()
        if not streams.is_broken_pipe(error):
            print(f"warraq: can't write the summary: {error.strerror}", file=sys.stderr)
