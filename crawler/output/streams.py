"""Standard streams: opens them, sets UTF-8, and prevents tracebacks when a pipe closes."""

import errno
import os
import sys

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)


def prepare() -> None:
    """Open the three streams, set UTF-8, and decode the arguments. Call it before anything is opened or printed.

    A closed stream becomes /dev/null: otherwise the archive's database could be opened as file 2 and receive the
    output of stderr. UTF-8 in any locale: under cron it is often "C", and ASCII has no Arabic.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # os.open returns the lowest free number
    if sys.stdin is None:
        sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.argv = [_as_typed(argument) for argument in sys.argv]


def _as_typed(argument: str) -> str:
    """The argument as UTF-8. Python decodes by the locale, and keeps undecodable bytes as surrogates."""
    return argument if argument.isprintable() else os.fsencode(argument).decode("utf-8", "replace")


def is_broken_pipe(error: BaseException | None) -> bool:
    """Whether the reader of the output has closed the pipe, as `| head` does."""
    return isinstance(error, OSError) and error.errno == errno.EPIPE


def is_refused(error: OSError) -> bool:
    """Whether the disk that receives the output is full or failing."""
    return error.errno in _NO_ROOM


def flush_or_discard() -> None:
    """Flush stdout after an error was printed; a further error is ignored."""
    try:
        sys.stdout.flush()
    except OSError:
        discard_stdout()


def discard_stdout() -> None:
    """Redirect stdout to /dev/null: Python flushes it at exit, which would raise again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
