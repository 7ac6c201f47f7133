"""One progress bar on stderr, shown only on a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from crawler.translation import _, terminal_line

# Sets the amount done, the total (None: unknown), and the present item (None: as before).
Advance = Callable[..., None]


@contextmanager
def progress_bar(what: str, *, in_bytes: bool = False) -> Iterator[Advance]:
    """Show a bar while the block runs. what: a Message or a name. in_bytes: numbers are bytes, shown as MB and GB."""
    if not sys.stderr.isatty():
        yield _no_bar
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    amount = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), amount, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(terminal_line(_(what), sys.stderr), total=None)

        def advance(done: int, total: int | None = None, what: str | None = None) -> None:
            progress.update(task, completed=done, total=total, description=what)

        yield advance


def _no_bar(done: int, total: int | None = None, what: str | None = None) -> None:
    """Do nothing: stderr is no terminal, and loading a bar takes time."""
