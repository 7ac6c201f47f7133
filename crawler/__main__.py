"""Entry point of `warraq` and `python -m crawler`. Ctrl-C and SIGTERM end it with one line even during the imports."""

import gc
import os
import signal
from types import FrameType
from typing import NoReturn

from storage.errors import Interrupted


def main() -> None:
    """Run the command line."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    # What the imports make is never garbage: looking through it took a tenth of the time of a short command.
    gc.disable()
    from crawler import cli  # noqa: PLC0415 - after the handlers are set: it imports every command

    gc.freeze()
    gc.enable()
    cli.main()


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End the process at once. Nothing is open during the imports, and imported code might catch an exception."""
    os.write(2, b"warraq: interrupted\n")
    os._exit(Interrupted.exit_code)


if __name__ == "__main__":
    main()
