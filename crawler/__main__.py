"""`warraq`, and `python -m crawler`: from the first moment on, Ctrl-C and SIGTERM end it in one line."""

import os
import signal
from types import FrameType
from typing import NoReturn

INTERRUPTED = 4


def main() -> None:
    """Run the command line."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, _interrupt)
    from crawler import cli  # noqa: PLC0415

    cli.main()


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    """While the commands are being imported: nothing is open yet, and what imports them might catch an exception."""
    os.write(2, b"warraq: interrupted\n")
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
