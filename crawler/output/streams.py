"""Standard input, output and error as a command can rely on them, wherever cron or a shell has left them."""

import errno
import os
import sys

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)


def prepare() -> None:
    """Before anything is opened or printed: three open streams, UTF-8 in and out, arguments as they were typed.

    A stream that the caller has closed becomes /dev/null: otherwise the archive's own database could be opened as
    file 2, and take what is printed there. UTF-8 whatever the locale: under cron it is often none ("C"), and Arabic
    can't be printed in ASCII.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free
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
    """Python decodes arguments by the locale, and keeps as surrogates what that can't read."""
    return argument if argument.isprintable() else os.fsencode(argument).decode("utf-8", "replace")


def is_broken_pipe(error: BaseException | None) -> bool:
    """Whether the reader of our output has gone away, as `| head` does."""
    return isinstance(error, OSError) and error.errno == errno.EPIPE


def is_refused(error: OSError) -> bool:
    """Whether the disk that our output goes to takes no more."""
    return error.errno in _NO_ROOM


def flush_or_hush() -> None:
    """Print what is left, after an error that was told: one more is told by nobody."""
    try:
        sys.stdout.flush()
    except OSError:
        hush()


def hush() -> None:
    """Print no more: Python flushes what is left at exit, and would complain once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
